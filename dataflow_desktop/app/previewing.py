"""The preview in the export dialog: the newest one wished for is made, an older one is given up."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from dataflow_desktop.app.wish_lanes import WishLanes
from dataflow_desktop.domain.export_spec import ExportSpec
from dataflow_desktop.pacing import StopWish
from dataflow_desktop.ui.export_dialog import ExportDialog
from dataflow_desktop.workers.export_wishes import Answer, PreviewMade, PreviewWish, WishFailed, WishStopped

if TYPE_CHECKING:
    from dataflow_desktop.export.preview import PreviewRows


class Previewing(QObject):
    """Joins a dialog's previews to their lane. Lives in the window's thread."""

    def __init__(self, lanes: WishLanes, parent: QObject) -> None:
        super().__init__(parent)
        self._lanes = lanes
        self._dialog: ExportDialog | None = None
        self._asked: PreviewWish | None = None
        self._is_old = False
        self._wanted: ExportSpec | None = None
        self._rows: PreviewRows | None = None
        lanes.answered.connect(self._on_answered)

    def serve(self, dialog: ExportDialog) -> None:
        """Answer the previews that `dialog` wishes for, until it is closed."""
        self._dialog = dialog
        dialog.preview_wished.connect(self._on_wished)
        dialog.finished.connect(self._on_finished)

    def _on_wished(self, spec: ExportSpec | None) -> None:
        self._wanted = spec
        self._give_up()
        if self._asked is None:
            self._ask()

    def _on_finished(self) -> None:
        self._dialog = self._wanted = self._rows = None
        self._give_up()

    def _give_up(self) -> None:
        """Let what is being made come to nothing: it is about something else than what is asked for now."""
        self._is_old = True
        if self._asked is not None:
            self._asked.stop.ask(StopWish.CANCEL)

    def _ask(self) -> None:
        if self._wanted is not None:
            self._asked = PreviewWish(self._wanted, self._rows)
            self._wanted, self._is_old = None, False
            self._lanes.ask(self._asked)

    def _on_answered(self, answer: Answer) -> None:
        match answer:
            case PreviewMade() | WishFailed(wish=PreviewWish()) | WishStopped(wish=PreviewWish()):
                self._asked = None
                self._show(answer)
                self._ask()
            case _:
                pass  # others listen too

    def _show(self, answer: PreviewMade | WishFailed | WishStopped) -> None:
        if self._dialog is None:
            return
        if isinstance(answer, PreviewMade):
            self._rows = answer.rows
        if self._is_old:
            return
        if isinstance(answer, PreviewMade):
            self._dialog.preview.show_preview(answer.preview)
        elif isinstance(answer, WishFailed):
            self._dialog.preview.show_reason(answer.reason)
