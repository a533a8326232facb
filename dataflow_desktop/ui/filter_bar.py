"""What a person asks to see: search, drop-downs and clear become a row query."""

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from dataflow_desktop.domain.facet import Facet
from dataflow_desktop.domain.row_query import Condition, RowQuery, Search
from dataflow_desktop.domain.schema import Table
from dataflow_desktop.ui.announcing import announce
from dataflow_desktop.ui.condition_dialog import ConditionDialog
from dataflow_desktop.ui.facet_choice import FacetChoice
from dataflow_desktop.ui.figures import rows_of_text
from dataflow_desktop.ui.filter_chips import FilterChips
from dataflow_desktop.ui.flow_layout import FlowLayout
from dataflow_desktop.ui.icons import palette_icon
from dataflow_desktop.ui.search_field import SearchField

SEARCH_DELAY_MS = 400
"""After the last key: long enough to finish a word, short enough to feel at once."""

USUAL_COUNT = 1_000_000
"""The room kept for the count, so that the fields beside it stand still while rows are counted."""

LEAST_FIELD_WIDTH, LEAST_CHOICE_WIDTH = 120, 80
"""In a small window, beside the tables."""

STILL_COUNTING = "…"
"""Stands in every text that says of a count that it goes on."""

MOST_FACETS = 12
"""More drop-downs than this are a form, not a filter bar."""


class FilterBar(QWidget):
    """Emits `query_wanted` (RowQuery) when what is asked for changed; Enter does not wait for the delay."""

    query_wanted = Signal(object)
    table_left = Signal()
    filtered_changed = Signal(bool)
    history_changed = Signal()
    refresh_wished = Signal()
    export_wished = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._table: Table | None = None
        self._wanted: RowQuery | None = None
        self._conditions: tuple[Condition, ...] = ()
        self._undone: list[RowQuery] = []
        self._done: list[RowQuery] = []
        self._facets: dict[str, FacetChoice] = {}
        self._delay = QTimer(self, singleShot=True, interval=SEARCH_DELAY_MS)
        self._delay.timeout.connect(self.apply)
        self._make_search()
        self.add_button = QPushButton(self.tr("A&dd filter…"))
        self.add_button.setAccessibleName(self.tr("Add a filter"))
        self.add_button.clicked.connect(self._on_add_clicked)
        self._chips = FilterChips()
        self._chips.removed.connect(self._on_chip_removed)
        self.changed_button = QPushButton(self.tr("Chan&ged since: refresh"))
        self.changed_button.setAccessibleName(self.tr("The database changed since: read the rows again"))
        self.changed_button.clicked.connect(self.refresh_wished)
        self.changed_button.hide()
        self._clear_button = QPushButton(self.tr("C&lear"))
        self._clear_button.setAccessibleName(self.tr("Clear all filters"))
        self._clear_button.clicked.connect(self.clear)
        self.export_button = QPushButton(self.tr("E&xport…"))
        self.export_button.setAccessibleName(self.tr("Export these rows to a file"))
        self.export_button.setObjectName("primary")
        self.export_button.clicked.connect(self.export_wished)
        self.count_label = _CountLabel()
        self.count_label.setAccessibleName(self.tr("Number of rows"))
        self.count_label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._error = QLabel()
        self._error.setObjectName("field_error")
        self._error.setWordWrap(True)
        self._error.hide()
        self._lay_out()
        self._draw_icon()

    def _make_search(self) -> None:
        self.search_field = SearchField()
        self.search_field.setAccessibleName(self.tr("Search text"))
        self.search_field.setMinimumWidth(LEAST_FIELD_WIDTH)
        self.search_field.setPlaceholderText(self.tr("Search in all text columns"))
        self.search_field.textEdited.connect(self._on_text_edited)
        self.search_field.returnPressed.connect(self.apply)
        self.search_field.emptied.connect(self.apply)
        self.search_field.left.connect(self.table_left)
        self.column_choice = QComboBox()
        self.column_choice.setAccessibleName(self.tr("Column to search in"))
        # Where a drop-down is called by what it shows, as on Linux, this says what it is for.
        self.column_choice.setAccessibleDescription(self.column_choice.accessibleName())
        self.column_choice.addItem(self.tr("All text columns"))
        self.column_choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.column_choice.setMinimumWidth(LEAST_CHOICE_WIDTH)
        self.column_choice.activated.connect(self._on_column_chosen)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.search_field, 1)
        top.addWidget(self.column_choice)
        top.addWidget(self.add_button)
        top.addWidget(self._clear_button)
        top.addSpacing(8)
        top.addWidget(self.count_label)
        top.addSpacing(8)
        top.addWidget(self.export_button)
        self._facet_row = QWidget()
        self._facet_layout = FlowLayout(self._facet_row, spacing=12)
        self._facet_row.hide()
        below = QHBoxLayout()  # where there is room for a long text: the line above has none to spare
        below.setSpacing(8)
        below.addWidget(self._facet_row, 1)
        below.addWidget(self.changed_button, 0, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 8, 12, 8)
        layout.setSpacing(8)
        layout.addLayout(top)
        layout.addWidget(self._error)
        layout.addLayout(below)
        layout.addWidget(self._chips)

    def show_table(self, table: Table) -> None:
        """Begin anew with another table; wishes for nothing."""
        self._forget_filters()
        self._table = table
        for column in table.text_columns:
            self.column_choice.addItem(column.name, column.name)
        has_text = bool(table.text_columns)
        self.search_field.setEnabled(has_text)
        self.column_choice.setEnabled(has_text)
        if not has_text:
            self.search_field.setPlaceholderText(self.tr("This table has no text to search"))
        self._wanted = self.row_query()
        self._follow_wanted()

    def leave_table(self) -> None:
        """Forget the table shown, with everything that was offered for it."""
        self._table = self._wanted = None
        self._forget_filters()
        self.show_count("")
        self._follow_wanted()

    def show_facet(self, facet: Facet) -> None:
        """Offer a column's values; one that is offered already keeps what was chosen."""
        known = self._facets.get(facet.column)
        if known is not None:
            known.offer(facet)
        elif len(self._facets) < MOST_FACETS:
            choice = FacetChoice(facet, self._facet_row)
            choice.changed.connect(self.apply)
            choice.other_wished.connect(self.ask_condition)
            self._facets[facet.column] = choice
            self._facet_layout.addWidget(choice)
            self._facet_row.show()
            self._keep_tab_order()

    def show_changed(self, *, is_changed: bool) -> None:
        """Say, or take back, that the database changed since the rows were read."""
        self.changed_button.setVisible(is_changed)

    def show_count(self, text: str) -> None:
        """Say how many rows match; a screen reader hears it once they are counted."""
        is_new = text != self.count_label.text()
        self.count_label.setText(text)
        if is_new and STILL_COUNTING not in text:
            announce(self.count_label, text)

    def show_error(self, text: str) -> None:
        """Say beside the search field what is wrong with it; an empty text takes it back."""
        self._error.setText(text)
        self._error.setVisible(bool(text))
        announce(self._error, text, is_urgent=True)

    @property
    def facet_columns(self) -> tuple[str, ...]:
        """The columns offered as drop-downs."""
        return tuple(self._facets)

    def row_query(self) -> RowQuery:
        """Return what is asked for now."""
        if self._table is None:
            raise RuntimeError("no table is shown")
        chosen = (choice.condition() for choice in self._facets.values())
        conditions = (*(condition for condition in chosen if condition), *self._conditions)
        return RowQuery(self._table.name, self._table.column_names, conditions, self._search())

    def apply(self) -> None:
        """Wish for what is asked for now, if that is something else than before."""
        self._delay.stop()
        if self._table is None or self.row_query() == self._wanted:
            return
        if self._wanted is not None:
            self._done.append(self._wanted)
        self._undone.clear()
        self._want()

    def _want(self) -> None:
        self._wanted = self.row_query()
        self.show_error("")
        self._follow_wanted()
        self.query_wanted.emit(self._wanted)

    def undo(self) -> None:
        """Ask for what was asked for before the last change."""
        if self._done and self._wanted is not None:
            self._undone.append(self._wanted)
            self._show_query(self._done.pop())

    def redo(self) -> None:
        """Ask again for what `undo` took back."""
        if self._undone and self._wanted is not None:
            self._done.append(self._wanted)
            self._show_query(self._undone.pop())

    def _show_query(self, query: RowQuery) -> None:
        """Let the fields say what `query` asks for, and ask for it."""
        self._delay.stop()
        search = query.search
        self.search_field.setText(search.text if search is not None else "")
        column = self.column_choice.findData(search.column) if search is not None and search.column else 0
        self.column_choice.setCurrentIndex(column)
        for choice in self._facets.values():
            choice.choose(query.conditions)
        by_facets = {choice.condition() for choice in self._facets.values()}
        self._keep_conditions(condition for condition in query.conditions if condition not in by_facets)
        self._want()

    def add_condition(self, condition: Condition) -> None:
        """Ask for rows for which `condition` holds too."""
        if condition not in self._conditions:
            self._keep_conditions((*self._conditions, condition))
        self.apply()

    def ask_condition(self, column: str | None = None) -> None:
        """Let a person make one more condition, about `column` to begin with."""
        if self._table is not None:
            dialog = ConditionDialog(self._table, self, column)
            dialog.condition_chosen.connect(self.add_condition)
            dialog.open()

    @property
    def chips(self) -> FilterChips:
        """The conditions added, in words."""
        return self._chips

    def _keep_conditions(self, conditions: Iterable[Condition]) -> None:
        self._conditions = tuple(conditions)
        self._chips.show_conditions(self._conditions)

    def _on_add_clicked(self) -> None:
        self.ask_condition()  # not as the slot itself, for `clicked` carries whether the button is pressed

    def _on_chip_removed(self, number: int) -> None:
        self._keep_conditions(self._conditions[:number] + self._conditions[number + 1 :])
        self.apply()

    def clear(self) -> None:
        """Take back every filter."""
        self._keep_conditions(())
        self.search_field.clear()
        self.column_choice.setCurrentIndex(0)
        for choice in self._facets.values():
            choice.clear()
        self.apply()

    def focus_search(self) -> None:
        """Go to the search field, ready to type over what stands there."""
        self.search_field.take_keys()

    def begin_search(self, text: str) -> None:
        """Search for what was typed elsewhere; the next keys go to the search field."""
        if not self.search_field.isEnabled():
            return
        self.focus_search()
        self.search_field.insert(text)
        self._delay.start()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the colours."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._draw_icon()

    def _search(self) -> Search | None:
        text = self.search_field.text()
        return Search(text, self.column_choice.currentData()) if text else None

    def _on_text_edited(self) -> None:
        self._delay.start()

    def _on_column_chosen(self) -> None:
        column = self.column_choice.currentData()
        where = self.tr("Search in {column}").format(column=column)
        self.search_field.setPlaceholderText(where if column else self.tr("Search in all text columns"))
        self.apply()

    def _follow_wanted(self) -> None:
        is_filtered = self._wanted is not None and self._wanted.is_filtered
        self._clear_button.setEnabled(is_filtered)
        self.filtered_changed.emit(is_filtered)
        self.history_changed.emit()

    @property
    def can_undo(self) -> bool:
        """Whether there is a change to take back."""
        return bool(self._done)

    @property
    def can_redo(self) -> bool:
        """Whether there is a change to make again."""
        return bool(self._undone)

    def _forget_filters(self) -> None:
        self._delay.stop()
        self._done.clear()
        self._undone.clear()
        self._keep_conditions(())
        self._drop_facets()
        self.search_field.clear()
        self.search_field.setPlaceholderText(self.tr("Search in all text columns"))
        self.column_choice.clear()
        self.column_choice.addItem(self.tr("All text columns"))
        self.show_error("")

    def _drop_facets(self) -> None:
        for choice in self._facets.values():
            self._facet_layout.removeWidget(choice)
            choice.hide()
            choice.deleteLater()
        self._facets.clear()
        self._facet_row.hide()

    def _keep_tab_order(self) -> None:
        before: QWidget = self._clear_button
        for choice in self._facets.values():
            QWidget.setTabOrder(before, choice.box)
            before = choice.box

    def _draw_icon(self) -> None:
        self._clear_button.setIcon(palette_icon("clear", self.palette()))
        self._clear_button.setIconSize(QSize(16, 16))


class _CountLabel(QLabel):
    """Asks for the room of a usual count, and in a narrow window takes as much as its text needs."""

    def sizeHint(self) -> QSize:
        """Return the room of a usual count, or of the text where that is longer."""
        usual = self.fontMetrics().horizontalAdvance(rows_of_text(USUAL_COUNT, USUAL_COUNT))
        return super().sizeHint().expandedTo(QSize(usual, 0))

    def minimumSizeHint(self) -> QSize:
        """Return the room of the text."""
        return super().sizeHint()
