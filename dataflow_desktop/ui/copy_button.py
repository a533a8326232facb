"""A button that puts a text onto the clipboard and says so for a moment."""

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QPushButton, QWidget

from dataflow_desktop.ui.desktop import set_clipboard

COPIED_MS = 2000
"""How long it says that it has done its work."""


class CopyButton(QPushButton):
    """Copies what `text` returns when it is pressed; nothing where that is None."""

    def __init__(
        self, label: str, name: str, text: Callable[[], str | None], parent: QWidget | None = None
    ) -> None:
        """`label` stands on the button; `name` is for a screen reader."""
        super().__init__(label, parent)
        self._label = label
        self._text = text
        self.setAccessibleName(name)
        self.setAutoDefault(False)
        self._telling = QTimer(self, singleShot=True, interval=COPIED_MS)
        self._telling.timeout.connect(self._on_told)
        self.clicked.connect(self._on_clicked)

    def _on_clicked(self) -> None:
        text = self._text()
        if text is None:
            return
        set_clipboard(text)
        self.setMinimumWidth(self.width())  # the buttons beside it are not to jump
        self.setText(self.tr("Copied"))
        self._telling.start()

    def _on_told(self) -> None:
        self.setText(self._label)
