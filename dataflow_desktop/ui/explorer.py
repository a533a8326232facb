"""The side of the window where a table is found: a field to search for it above the tree of all tables.

A table opens in place of the one shown, not in a tab of its own: filters, count, panes and export all speak
of the one table there is, and another is a click away here. Each tab would keep queries and pages of its own.
"""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QLabel, QStackedWidget, QVBoxLayout, QWidget

from dataflow_desktop.browse.table_tree import SchemaFolder, TableList
from dataflow_desktop.domain.schema import TableSummary
from dataflow_desktop.ui.search_field import SearchField
from dataflow_desktop.ui.table_tree_model import TableTreeModel, TreeNode
from dataflow_desktop.ui.table_tree_view import TableTreeView
from dataflow_desktop.ui.table_words import name_text

MOST_OPENED = 200
"""Of so many tables all schemas are open at first; of more only the first one, that of the session."""

MOST_AT_ONCE = 2_000
SEARCH_DELAY_MS = 150
"""With more tables a search waits so long for the next key: to lay out 20,000 lines takes 200 ms."""

LONGEST_QUOTE = 40
LEAST_WIDTH, USUAL_WIDTH = 130, 240

FIELD_MARGINS = (12, 8, 12, 8)
"""As in the filter bar, so that both fields stand on one line."""


class Explorer(QWidget):
    """Emits `table_chosen` (a name) for the table to be shown, and `left` when keys are to go to its rows."""

    table_chosen = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("explorer")
        self._summaries: tuple[TableSummary, ...] | None = None
        self._list = TableList()
        self._opened: set[str] = set()
        self._delay = QTimer(self, singleShot=True, interval=SEARCH_DELAY_MS)
        self._delay.timeout.connect(self.apply)
        self._shown_table = ""
        self.usual_width = USUAL_WIDTH
        self.search_field = SearchField()
        self.search_field.setAccessibleName(self.tr("Find a table"))
        self.search_field.setPlaceholderText(self.tr("Find a table"))
        self.model = TableTreeModel(self)
        self.tree = TableTreeView(self.model)
        self.tree.setAccessibleName(self.tr("Tables"))
        self._note = QLabel()
        self._lay_out()
        self._join()
        self.forget_tables()

    def _lay_out(self) -> None:
        self._note.setTextFormat(Qt.TextFormat.PlainText)
        self._note.setAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignTop)
        self._note.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._note.setContentsMargins(12, 8, 8, 8)
        self._note.setWordWrap(True)
        self._note.setMinimumWidth(1)  # a word that finds no room must not widen the window
        self._pages = QStackedWidget()
        self._pages.addWidget(self.tree)
        self._pages.addWidget(self._note)
        above = QVBoxLayout()
        above.setContentsMargins(*FIELD_MARGINS)
        above.addWidget(self.search_field)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(above)
        layout.addWidget(self._pages, 1)
        self.setMinimumWidth(LEAST_WIDTH)

    def _join(self) -> None:
        self.search_field.textChanged.connect(self._on_text_changed)
        self.search_field.returnPressed.connect(self._on_return)
        self.search_field.left.connect(self._on_field_left)
        self.tree.table_chosen.connect(self.table_chosen)
        self.tree.text_typed.connect(self._on_text_typed)
        self.tree.expanded.connect(self._on_expanded)
        self.tree.collapsed.connect(self._on_collapsed)

    def forget_tables(self) -> None:
        """Another source is being opened: nothing is known of its tables yet."""
        self._summaries = None
        self._list = TableList()
        self._shown_table = ""
        self.model.mark_open("")
        self.search_field.clear()
        self.apply()

    def show_tables(self, summaries: Sequence[TableSummary], shown_table: str) -> None:
        """Show the tables of a source, and which of them is open, empty when none is.

        What was opened and chosen in the tree stays so when the same source is read again.
        """
        if self._summaries is None or _lines(self._summaries) != _lines(summaries):
            self._take(tuple(summaries), is_first=self._summaries is None)
        if shown_table != self._shown_table:
            self._shown_table = shown_table
            self.model.mark_open(shown_table)
            self.tree.setCurrentIndex(self.model.index_of(shown_table))

    def _take(self, summaries: tuple[TableSummary, ...], *, is_first: bool) -> None:
        self._summaries = summaries
        self._list = TableList(summaries)
        if is_first:
            folders = self._list.matching("").folders
            opened = folders if len(summaries) <= MOST_OPENED else folders[:1]
            self._opened = {folder.schema for folder in opened}
            self._show_matching()
        else:
            self._show_matching_in_place()

    def _show_matching_in_place(self) -> None:
        chosen, scrolled = self.model.node(self.tree.currentIndex()), self.tree.verticalScrollBar().value()
        self._show_matching()
        self.tree.setCurrentIndex(self._visible_place_of(chosen))
        self.tree.verticalScrollBar().setValue(scrolled)

    def take_keys(self) -> None:
        """Let the next keys search for a table."""
        self.search_field.take_keys()

    @property
    def has_keys(self) -> bool:
        """Whether the keys go to the field or to the tree."""
        return self.search_field.hasFocus() or self.tree.hasFocus()

    @property
    def note_text(self) -> str:
        """What is said in the place of the tree; empty while the tree is shown."""
        return self._note.text() if self._pages.currentWidget() is self._note else ""

    def _show_matching(self) -> None:
        text = self.search_field.text()
        self.model.show(self._list.matching(text))
        for folder in self.model.tree.folders:
            if text or folder.schema in self._opened:
                self.tree.expand(self.model.index_of(folder))
        self.tree.setRootIsDecorated(bool(self.model.tree.folders))  # else all names are indented for nothing
        self._note.setText(self._missing_words(text))
        self._pages.setCurrentWidget(self.tree if self.model.rowCount() else self._note)

    def _visible_place_of(self, node: TreeNode) -> QModelIndex:
        """Return where `node` stands now, or its folder where that is closed: to go there would open it."""
        index = self.model.index_of(node)
        is_hidden = index.parent().isValid() and not self.tree.isExpanded(index.parent())
        return index.parent() if is_hidden else index

    def _missing_words(self, text: str) -> str:
        if self._summaries is None:
            return self.tr("Once a database is open, its tables are listed here.")
        if not self._summaries:
            return self.tr("This database has no tables.")
        quoted = name_text(text if len(text) <= LONGEST_QUOTE else text[:LONGEST_QUOTE] + "…")
        return self.tr("No table matches “{text}”. Esc in the field above shows all of them.").format(
            text=quoted
        )

    def _on_text_changed(self) -> None:
        if len(self._list) > MOST_AT_ONCE:
            self._delay.start()
        else:
            self.apply()

    def apply(self) -> None:
        """Show what matches the text in the field, without waiting for more of it."""
        self._delay.stop()
        chosen = self.model.node(self.tree.currentIndex())
        self._show_matching()
        index = self.model.index_of(chosen)
        self.tree.setCurrentIndex(index if index.isValid() else self.model.index_of(self._shown_table))

    def _apply_if_due(self) -> None:
        if self._delay.isActive():
            self.apply()

    def _on_text_typed(self, text: str) -> None:
        self.search_field.take_keys()
        self.search_field.insert(text)

    def _on_return(self) -> None:
        """Show the first table that matches: to type and to press Enter is the quickest way to one."""
        self._apply_if_due()
        node = self.model.node(self.model.first_table())
        if self.search_field.text() and node is not None and not isinstance(node, SchemaFolder):
            self.table_chosen.emit(node.table.name)
            self.left.emit()

    def _on_field_left(self) -> None:
        self._apply_if_due()
        if not self.tree.currentIndex().isValid():
            self.tree.setCurrentIndex(self.model.index(0, 0))
        self.tree.setFocus(Qt.FocusReason.TabFocusReason)

    def _on_expanded(self, index: QModelIndex) -> None:
        self._keep_opened(index, is_open=True)

    def _on_collapsed(self, index: QModelIndex) -> None:
        self._keep_opened(index, is_open=False)

    def _keep_opened(self, index: QModelIndex, *, is_open: bool) -> None:
        folder = self.model.node(index)
        if self.search_field.text() or not isinstance(folder, SchemaFolder):
            return  # what matches is always open
        if is_open:
            self._opened.add(folder.schema)
        else:
            self._opened.discard(folder.schema)


def _lines(summaries: Sequence[TableSummary]) -> list[tuple[object, ...]]:
    """Return what is to be seen of tables: to compare all their columns too would take long for 20,000."""
    return [
        (table.name, table.path, table.kind, table.is_virtual, bool(table.key), summary.estimated_rows)
        for summary in summaries
        for table in (summary.table,)
    ]
