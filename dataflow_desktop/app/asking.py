"""What the export dialog wants to know: the first lines, the room needed, what is new, what Excel changes."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from dataflow_desktop.app.newest_wish import NewestWish
from dataflow_desktop.app.wish_lanes import WishLanes
from dataflow_desktop.domain.export_spec import ExportSpec
from dataflow_desktop.ui.export_dialog import ExportDialog
from dataflow_desktop.workers.export_wishes import (
    Answer,
    EstimateWish,
    ExcelChangesFound,
    ExcelLookWish,
    LastExportFound,
    LastExportWish,
    PreviewMade,
    PreviewWish,
    SpaceEstimated,
    WishFailed,
)

if TYPE_CHECKING:
    from dataflow_desktop.export.preview import PreviewRows


class Asking(QObject):
    """Joins a dialog's questions to their lanes. Lives in the window's thread."""

    def __init__(self, lanes: WishLanes, parent: QObject) -> None:
        super().__init__(parent)
        self._dialog: ExportDialog | None = None
        self._rows: PreviewRows | None = None
        self._preview = NewestWish(lanes, self)
        self._preview.answered.connect(self._on_preview)
        self._estimate = NewestWish(lanes, self)
        self._estimate.answered.connect(self._on_estimate)
        self._last_export = NewestWish(lanes, self)
        self._last_export.answered.connect(self._on_last_export)
        self._excel_look = NewestWish(lanes, self)
        self._excel_look.answered.connect(self._on_excel_look)

    def serve(self, dialog: ExportDialog) -> None:
        """Answer what `dialog` wants to know, until it is closed."""
        self._dialog = dialog
        dialog.preview_wished.connect(self._on_preview_wished)
        dialog.estimate_wished.connect(self._on_estimate_wished)
        dialog.last_wished.connect(self._on_last_wished)
        dialog.excel_look_wished.connect(self._on_excel_look_wished)
        dialog.finished.connect(self._on_finished)

    def _on_preview_wished(self, spec: ExportSpec | None) -> None:
        self._preview.ask(PreviewWish(spec, self._rows) if spec is not None else None)

    def _on_estimate_wished(self, spec: ExportSpec) -> None:
        rows = self._dialog.rows if self._dialog is not None else None
        if rows is not None:
            self._estimate.ask(EstimateWish(spec, rows))

    def _on_last_wished(self, spec: ExportSpec | None) -> None:
        self._last_export.ask(LastExportWish(spec) if spec is not None else None)

    def _on_excel_look_wished(self, spec: ExportSpec | None) -> None:
        self._excel_look.ask(ExcelLookWish(spec) if spec is not None else None)

    def _on_finished(self) -> None:
        self._dialog = self._rows = None
        for question in (self._preview, self._estimate, self._last_export, self._excel_look):
            question.ask(None)

    def _on_preview(self, answer: Answer) -> None:
        if self._dialog is None:
            return
        if isinstance(answer, PreviewMade):
            self._rows = answer.rows
            self._dialog.preview.show_preview(answer.preview)
        elif isinstance(answer, WishFailed):
            self._dialog.preview.show_reason(answer.reason)

    def _on_estimate(self, answer: Answer) -> None:
        # Without an answer, the export itself will say what is wrong.
        if self._dialog is not None and isinstance(answer, SpaceEstimated) and answer.free is not None:
            self._dialog.show_space(answer.needed, answer.free, is_enough=answer.is_enough)

    def _on_last_export(self, answer: Answer) -> None:
        if self._dialog is None:
            return
        if isinstance(answer, LastExportFound):
            self._dialog.since_part.show_last(answer.going_on, answer.rows)
        elif isinstance(answer, WishFailed):
            self._dialog.since_part.show_reason(answer.reason)

    def _on_excel_look(self, answer: Answer) -> None:
        if self._dialog is not None and isinstance(answer, ExcelChangesFound):
            self._dialog.show_excel_changes(answer.changes)
