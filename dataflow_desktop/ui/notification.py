"""A word from the system's own notifications, for a person who looks at another window."""

from dataclasses import dataclass
from pathlib import PurePath

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal
from PySide6.QtWidgets import QSystemTrayIcon

from dataflow_desktop.domain.file_words import files_in_words
from dataflow_desktop.domain.job import Job
from dataflow_desktop.domain.progress import Finished
from dataflow_desktop.errors import Reason
from dataflow_desktop.ui.error_texts import describe
from dataflow_desktop.ui.figures import rows_text
from dataflow_desktop.ui.icons import app_icon
from dataflow_desktop.ui.job_words import file_name
from dataflow_desktop.ui.window_voice import window_voice

SHOWN_MS = 10_000
"""How long the icon stands in the tray: as long as the message, which would go with it."""


@dataclass(frozen=True)
class Notice:
    """What is said: a title, and what became of which file."""

    title: str
    text: str
    is_error: bool = False


class Notifier(QObject):
    """Shows notices where the system has a tray, else nothing; `chosen` when a person clicks on one."""

    chosen = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._icon: QSystemTrayIcon | None = None
        self._showing = QTimer(self, singleShot=True, interval=SHOWN_MS)

    @property
    def is_shown(self) -> bool:
        """Whether our icon stands in the tray."""
        return self._icon is not None and self._icon.isVisible()

    def show_notice(self, notice: Notice) -> None:
        """Show `notice` for a while; the icon is in the tray only as long."""
        if not QSystemTrayIcon.isSystemTrayAvailable():
            return
        icon = self._icon = self._icon or self._make_icon()
        icon.show()
        kinds = QSystemTrayIcon.MessageIcon
        kind = kinds.Warning if notice.is_error else kinds.Information
        icon.showMessage(notice.title, notice.text, kind, SHOWN_MS)
        self._showing.start()

    def _make_icon(self) -> QSystemTrayIcon:
        icon = QSystemTrayIcon(app_icon(), self)
        icon.messageClicked.connect(self._on_clicked)
        self._showing.timeout.connect(icon.hide)
        return icon

    def _on_clicked(self) -> None:
        if self._icon is not None:
            self._icon.hide()
        self.chosen.emit()


def done_notice(finished: Finished) -> Notice:
    """Return what is said of an export that is done."""
    names = finished.names or (PurePath(finished.file).name,)
    files = files_in_words(names[0], names[-1], len(names), window_voice())
    text = _tr("{rows} are in {file}.").format(rows=rows_text(finished.rows), file=files)
    return Notice(_tr("Export done"), text)


def error_notice(job: Job, reason: Reason) -> Notice:
    """Return what is said of an export that an error stopped."""
    text = _tr("{file}: {reason}").format(file=file_name(job), reason=describe(reason).message)
    return Notice(_tr("Export stopped by an error"), text, is_error=True)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Notification", text)
