"""What stands in the table's place: the rows, or what there is to say instead and the next step."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from dataflow_desktop.app.browsing_words import error_state
from dataflow_desktop.errors import Reason
from dataflow_desktop.ui.error_texts import describe
from dataflow_desktop.ui.main_window import MainWindow
from dataflow_desktop.ui.table_states import TableState


class TablePlace(QObject):
    """Keeps which step the button of a state takes. Lives in the window's thread."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._states = window.table_states
        self._step: Callable[[], object] = window.menus.open_wished.emit
        self._states.step_taken.connect(self._on_step_taken)
        self._states.open_wished.connect(window.menus.open_wished)

    def say(self, state: TableState, step: Callable[[], object]) -> None:
        """Say `state`; its button takes `step`."""
        self._step = step
        self._states.show_state(state)

    def fail(self, reason: Reason, step: Callable[[], object]) -> None:
        """Say what went wrong; `step` tries again."""
        self.say(error_state(describe(reason)), step)

    @property
    def has_rows(self) -> bool:
        """Whether the table is on the screen."""
        return self._states.is_table_shown

    def show_rows(self) -> None:
        """Show the table."""
        self._states.show_table()

    def _on_step_taken(self) -> None:
        self._step()
