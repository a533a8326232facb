"""The statements of the columnar lane: hops over the key, ranges of it, and rows by their rowid."""

from collections.abc import Callable, Sequence
from typing import Any

import sqlalchemy as sa

from dataflow_desktop.domain.keyset import Keyset
from dataflow_desktop.domain.reading import ReadingTask
from dataflow_desktop.domain.row_query import RowQuery
from dataflow_desktop.source.balanced import balanced
from dataflow_desktop.source.dialects import dialect_of
from dataflow_desktop.source.filled import Filled
from dataflow_desktop.source.prepared import Prepared, given_keyset, named_values, shape_of
from dataflow_desktop.source.relations import rows_of
from dataflow_desktop.source.statements import (
    Rows,
    is_within,
    select_keysets,
    select_rows_backwards,
    select_span,
)
from dataflow_desktop.source.values import Given

STORAGE_CLASSES = ("integer", "real", "text", "blob")
"""What typeof() says of values that are not NULL."""


class RangeStatements:
    """The statements of one task, ready to run; each is compiled when it is needed first. For any thread."""

    def __init__(self, task: ReadingTask) -> None:
        self._table = task.table
        self._query = task.query
        self._names = [column.name for column in task.read_columns]
        self._in_key_order = RowQuery(task.table.name, ())
        self._bound = () if task.bound is None else task.bound
        self._prepared: dict[object, Prepared] = {}

    def hop(self, after: Keyset | None, rows: int) -> Filled:
        """The key of the last of the next `rows` rows of the table; no row where fewer are left."""

        def select() -> Rows:
            place = after and given_keyset("after", after)
            statement = select_span(self._table, self._in_key_order, place, self._bound)
            return statement.limit(1).offset(sa.bindparam("skipped", Given("skipped")))

        prepared = self._once(("hop", shape_of(after)), select)
        return prepared.filled({"skipped": rows - 1, **named_values("after", after or ())})

    def width(self, last: Keyset) -> Filled:
        """How many bytes the query's columns have in the last row up to the key `last`."""

        def select() -> Rows:
            statement = select_rows_backwards(self._table, self._in_key_order)
            statement = statement.where(is_within(self._table, given_keyset("last", last))).limit(1)
            return statement.with_only_columns(self._width(), maintain_column_froms=True)

        return self._once("width", select).filled(named_values("last", last))

    def rows_in(self, after: Keyset | None, last: Keyset, split: frozenset[int]) -> Filled:
        """The columns that the task reads, of its rows beyond the key `after` up to `last`, in key order.

        Columns whose number is in `split` come as one column for each of the STORAGE_CLASSES.
        """

        def select() -> Rows:
            place = after and given_keyset("after", after)
            statement = select_span(self._table, self._query, place, given_keyset("last", last))
            dialect = dialect_of(self._table)
            columns = [dialect.columnar(self._table, name) for name in self._names]
            return statement.with_only_columns(*_split(columns, split), maintain_column_froms=True)

        prepared = self._once(("rows", shape_of(after), split), select)
        return prepared.filled({**named_values("after", after or ()), **named_values("last", last)})

    def row_at(self, split: frozenset[int]) -> Prepared:
        """The same columns, split as those of `rows_in`, of one row, whose rowid is to be given."""

        def select() -> Rows:
            columns = [rows_of(self._table).c[name] for name in self._names]
            return sa.select(*_split(columns, split)).where(self._is_at_rowid())

        return self._once(("row", split), select)

    def keyset_at(self, rowid: int) -> Filled:
        """The keyset of the row with that rowid."""

        def select() -> Rows:
            unfiltered = RowQuery(self._table.name, (), order=self._query.order)
            return select_keysets(self._table, unfiltered).order_by(None).where(self._is_at_rowid())

        return self._once("keyset at", select).filled({"rowid": rowid})

    def width_at(self, rowid: int) -> Filled:
        """How many bytes the query's columns have in the row with that rowid."""
        prepared = self._once("width at", lambda: sa.select(self._width()).where(self._is_at_rowid()))
        return prepared.filled({"rowid": rowid})

    def sorted_rowids(self, after: Keyset | None) -> Filled:
        """The rowids of all rows of the query beyond `after`, in its order."""
        statement = select_span(self._table, self._query, after, self._bound)
        rowids = statement.with_only_columns(self._rowid(), maintain_column_froms=True)
        return Prepared.of(rowids, self._table.system).filled({})

    def _once(self, key: object, select: Callable[[], Rows]) -> Prepared:
        if key not in self._prepared:
            self._prepared[key] = Prepared.of(select(), self._table.system)
        return self._prepared[key]

    def _rowid(self) -> sa.ColumnClause[Any]:
        return sa.column(self._table.rowid_name or "rowid", _selectable=rows_of(self._table))

    def _is_at_rowid(self) -> sa.ColumnElement[bool]:
        return self._rowid() == sa.bindparam("rowid", Given("rowid"))

    def _width(self) -> sa.ColumnElement[Any]:
        dialect = dialect_of(self._table)
        widths = [dialect.columnar_width(self._table, name) for name in self._query.columns]
        return balanced("+", [sa.literal(0), *widths])


def _split(columns: Sequence[Any], split: frozenset[int]) -> list[Any]:
    wanted: list[Any] = []
    for number, column in enumerate(columns):
        wanted += [_of_class(column, name) for name in STORAGE_CLASSES] if number in split else [column]
    return wanted


def _of_class(column: Any, storage_class: str) -> Any:  # noqa: ANN401 - whatever SQLAlchemy can select
    """Return the column where it holds that class, else NULL; text as a blob, for it may be invalid."""
    is_of_class = sa.func.typeof(column) == sa.literal(storage_class, literal_execute=True)
    return sa.case((is_of_class, sa.cast(column, sa.BLOB) if storage_class == "text" else column))
