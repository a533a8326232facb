"""The line one types into to search, with the keys that lead out of it."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QWidget

from dataflow_desktop.ui.icons import palette_icon

EXPORT_KEYS = QKeySequence("Ctrl+E")


class SearchField(QLineEdit):
    """`emptied` when Esc cleared it; `left` by Down, or by Esc when it is empty, for what is searched."""

    emptied = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = QAction(self)
        self.addAction(self._icon, QLineEdit.ActionPosition.LeadingPosition)
        self._draw_icon()

    def take_keys(self) -> None:
        """Let the next keys type over what stands here."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()

    def event(self, event: QEvent) -> bool:
        """Keep Esc from the window's shortcuts, and leave the keys of the export to them."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            # Else the window's own Esc, which stops a query, would come first.
            if event.key() == Qt.Key.Key_Escape:
                event.accept()
                return True
            if QKeySequence(event.keyCombination()) == EXPORT_KEYS:
                # Else the field would take it as "end of line", as it does on X11.
                event.ignore()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Esc clear what is typed, or leave when nothing is."""
        if event.key() == Qt.Key.Key_Escape:
            self._leave_or_clear()
        elif event.matches(QKeySequence.StandardKey.MoveToNextLine):
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the colours."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._draw_icon()

    def _leave_or_clear(self) -> None:
        if self.text():
            self.clear()
            self.emptied.emit()
        else:
            self.left.emit()

    def _draw_icon(self) -> None:
        self._icon.setIcon(palette_icon("search", self.palette()))
