"""The columns that order the rows of a query and tell each from all others."""

from collections.abc import Iterable, Sequence

from dataflow_desktop.domain.row_query import RowQuery, SortColumn
from dataflow_desktop.domain.schema import Table
from dataflow_desktop.errors import ConfigurationError, ReasonCode


def sort_key(table: Table, query: RowQuery) -> tuple[SortColumn, ...]:
    """Return the order of `query`, made total by the table's key; a keyset has one value for each column.

    Without a key only the order itself remains, and rows may stand at the same place in it. Raises
    ConfigurationError for an unknown column and for one that is named twice.
    """
    _check_order(table, query.order)
    ordered = {by.column: by for by in query.order}
    for column in table.key:
        ordered.setdefault(column, SortColumn(column))
    return tuple(_up_to_unique(ordered.values(), set(table.key)))


def _check_order(table: Table, order: Sequence[SortColumn]) -> None:
    named: set[str] = set()
    for by in order:
        if by.column not in table.key:  # a rowid is a key, and none of the columns
            table.column(by.column)
        if by.column in named:
            raise ConfigurationError(ReasonCode.COLUMN_TWICE, column=by.column)
        named.add(by.column)


def _up_to_unique(ordered: Iterable[SortColumn], missing: set[str]) -> Iterable[SortColumn]:
    # Behind the last column of the key no two rows are left to be ordered.
    is_keyed = bool(missing)
    for by in ordered:
        yield by
        missing.discard(by.column)
        if is_keyed and not missing:
            return
