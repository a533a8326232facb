"""How much room an export needs, and how much there is."""

from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from dataflow_desktop.ui.figures import size_text
from dataflow_desktop.ui.text_label import TextLabel

_UNKNOWN = "…"


class SpaceLine(QWidget):
    """Shows only an answer that is still waited for: an older one is about another file."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_asked = False
        self.label = TextLabel(_UNKNOWN)
        self.label.setWordWrap(True)
        self.label.setAccessibleName(self.tr("Space"))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(QLabel(self.tr("Space:")))
        layout.addWidget(self.label, 1)

    def expect(self) -> None:
        """Take the next answer: it is about what is asked for now."""
        self._is_asked = True

    def forget(self) -> None:
        """Show and take nothing: what is asked for has changed."""
        self._is_asked = False
        self._say(_UNKNOWN, is_enough=True)

    def show_space(self, needed: int, free: int, *, is_enough: bool) -> None:
        """Say about how many bytes are needed and how many are free."""
        if not self._is_asked:
            return
        text = self.tr("about {needed} needed, {free} free on that disk")
        text = text.format(needed=size_text(needed), free=size_text(free))
        if not is_enough:
            text = self.tr("{text}. The export would pause when the disk is nearly full.").format(text=text)
        self._say(text, is_enough=is_enough)

    def _say(self, text: str, *, is_enough: bool) -> None:
        self.label.setText(text)
        self.label.setObjectName("" if is_enough else "field_error")
        self.label.style().polish(self.label)
