"""Table, or what there is to say in its place: loading, empty, failed; each with the next step."""

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QPalette, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from dataflow_desktop.ui.announcing import announce
from dataflow_desktop.ui.icons import IconLabel

ICON_PIXELS = 40
TEXT_WIDTH, TEXT_MARGIN = 520, 16


@dataclass(frozen=True)
class TableState:
    """Something to say in the table's place; `step` is the button's text, empty for none.

    `offers_open` adds a second button that opens another database.
    """

    icon: str
    title: str
    text: str
    step: str = ""
    is_error: bool = False
    offers_open: bool = False


class TableStates(QStackedWidget):
    """Shows the table or a state; `step_taken` and `open_wished` when the person pressed a button of it."""

    step_taken = Signal()
    open_wished = Signal()

    def __init__(self, table: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._table = table
        self._icon = IconLabel("database", ICON_PIXELS, QPalette.ColorRole.PlaceholderText)
        self._title = QLabel()
        self._text = QLabel()
        self.progress = QProgressBar()
        self.step_button = QPushButton()
        self.step_button.clicked.connect(self.step_taken)
        self.open_button = QPushButton(self.tr("&Open another database…"))
        self.open_button.setAccessibleName(self.tr("Open another database"))
        self.open_button.clicked.connect(self.open_wished)
        self.addWidget(table)
        self.addWidget(self._make_page())

    def _make_page(self) -> QWidget:
        font = QFont(self.font())
        font.setPointSizeF(font.pointSizeF() * 1.25)
        font.setBold(True)
        self._title.setFont(font)
        self.progress.setRange(0, 1000)
        self.progress.setTextVisible(False)
        self.progress.setFixedWidth(TEXT_WIDTH // 2)
        self.progress.setAccessibleName(self.tr("Progress"))
        for label in (self._title, self._text):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        page = QWidget()
        page.setObjectName("table_state")
        layout = QVBoxLayout(page)
        layout.setSpacing(12)
        layout.addStretch(2)
        for widget in (self._icon, self._title, self._text, self.progress):
            layout.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
        steps = QHBoxLayout()
        steps.setSpacing(8)
        steps.addStretch(1)
        steps.addWidget(self.step_button)
        steps.addWidget(self.open_button)
        steps.addStretch(1)
        layout.addLayout(steps)
        layout.addStretch(3)
        return page

    @property
    def is_table_shown(self) -> bool:
        """Whether the table is on the screen, not a state."""
        return self.currentWidget() is self._table

    def show_table(self) -> None:
        """Show the table."""
        self.setCurrentWidget(self._table)

    def show_state(self, state: TableState, permille: int | None = None) -> None:
        """Say `state` in the table's place, with a progress bar when `permille` tells how far it is."""
        is_new = self._title.text() != state.title or self.is_table_shown
        role = QPalette.ColorRole.BrightText if state.is_error else QPalette.ColorRole.PlaceholderText
        self._icon.show_icon(state.icon, role)
        self._title.setText(state.title)
        self._text.setText(state.text)
        self._text.setVisible(bool(state.text))
        self._fit_texts()
        self.step_button.setText(state.step)
        self.step_button.setAccessibleName(state.step.replace("&", ""))
        self.step_button.setVisible(bool(state.step))
        self.open_button.setVisible(state.offers_open)
        self.progress.setVisible(permille is not None)
        if permille is not None:
            self.progress.setValue(permille)
        self.setCurrentIndex(1)
        if is_new:
            announce(self, f"{state.title}. {state.text}", is_urgent=state.is_error)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the texts whole beside a pane."""
        super().resizeEvent(event)
        self._fit_texts()

    def _fit_texts(self) -> None:
        width = min(TEXT_WIDTH, self.width() - 2 * TEXT_MARGIN)
        for label in (self._title, self._text):
            # A layout that centres a widget does not ask how high its wrapped text is.
            label.setFixedSize(width, max(0, label.heightForWidth(width)))

    @property
    def state_text(self) -> str:
        """What is said in the table's place; empty while the table is shown."""
        return "" if self.is_table_shown else f"{self._title.text()}\n{self._text.text()}"
