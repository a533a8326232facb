"""The rows of one query from any keyset on, up or down, read or hopped over."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from dataflow_desktop.domain.keyset import Keyset
from dataflow_desktop.domain.row_query import RowQuery, Value
from dataflow_desktop.domain.schema import Table
from dataflow_desktop.source.connection import Made, Row, SourceConnection
from dataflow_desktop.source.description import require_key
from dataflow_desktop.source.prepared import Prepared, given_keyset, named_values, shape_of
from dataflow_desktop.source.statements import (
    Rows,
    ranges_after,
    select_count,
    select_keysets,
    select_rows,
    select_rows_backwards,
)
from dataflow_desktop.source.values import Given

_MOST: sa.BindParameter[Any] = sa.bindparam("most", Given("most"))
_SKIPPED: sa.BindParameter[Any] = sa.bindparam("skipped", Given("skipped"))


@dataclass(frozen=True)
class Hop:
    """Where one ends after `rows` rows: the keyset of the last of them, None where the rows end before."""

    keyset: Keyset | None
    rows: int


class OrderedRows:
    """Reads through one connection; for one thread. Raises SourceError, and Stopped when interrupted.

    Where an order has NULLs or mixed directions, what comes after a keyset is read range by range, each of
    which an index can find. Statements are compiled once.
    """

    def __init__(self, connection: SourceConnection, table: Table, query: RowQuery) -> None:
        """Raise ConfigurationError when `table` has no key to read by."""
        require_key(table)
        self._connection = connection
        self._table = table
        self._query = query
        self._prepared: dict[object, list[Prepared]] = {}

    def read(
        self, after: Keyset | None, count: int, *, skipped: int = 0, is_backwards: bool = False
    ) -> list[Row]:
        """Return `count` rows beyond `after` (None: from the first on), fewer at the end, with keysets.

        `is_backwards` goes from `after` towards the first row, and returns the rows in that order.
        """
        return self.read_as(_whole, after, count, skipped=skipped, is_backwards=is_backwards)

    def read_as(
        self,
        make: Callable[[Row], Made],
        after: Keyset | None,
        count: int,
        *,
        skipped: int = 0,
        is_backwards: bool = False,
    ) -> list[Made]:
        """Return what `make` makes of each of those rows; no two of them are held whole at once."""
        reads = self._ranges("read", after, is_backwards=is_backwards)
        counts = self._ranges("count", after, is_backwards=is_backwards)
        rows: list[Made] = []
        for read, counted in zip(reads, counts, strict=True):
            given = _given(after, count - len(rows), skipped)
            found = self._connection.run_as(read.filled(given), make)
            rows += found
            if len(rows) == count:
                break
            skipped = 0 if found else skipped - self._count(counted, after, skipped)
        return rows

    def hop(self, after: Keyset | None, rows: int) -> Hop:
        """Return where one ends `rows` rows beyond `after`."""
        left = rows
        for keysets, counted in zip(self._ranges("keys", after), self._ranges("count", after), strict=True):
            found = self._run(keysets, after, 1, left - 1)
            if found:
                return Hop(found[0], rows)
            left -= self._count(counted, after, left)
        return Hop(None, rows - left)

    def _ranges(self, what: str, after: Keyset | None, *, is_backwards: bool = False) -> list[Prepared]:
        """Return a statement for each range beyond `after`."""
        key = what, is_backwards, shape_of(after)
        if key not in self._prepared:
            place = after and given_keyset("after", after)
            statement = self._statement(what, is_backwards=is_backwards)
            ranges = (
                [statement]
                if place is None
                else map(
                    statement.where,
                    ranges_after(self._table, self._query, place, is_backwards=is_backwards),
                )
            )
            finished = map(_FINISH[what], ranges)
            self._prepared[key] = [Prepared.of(statement, self._table.system) for statement in finished]
        return self._prepared[key]

    def _statement(self, what: str, *, is_backwards: bool) -> Rows:
        if what != "read":
            return select_keysets(self._table, self._query)
        select = select_rows_backwards if is_backwards else select_rows
        return select(self._table, self._query)

    def _count(self, counted: Prepared, after: Keyset | None, most: int) -> int:
        """Return how many rows there are, but no more than `most`."""
        ((rows,),) = self._run(counted, after, most, 0)
        return int(rows or 0)

    def _run(self, prepared: Prepared, after: Keyset | None, most: int, skipped: int) -> list[Row]:
        return self._connection.run(prepared.filled(_given(after, most, skipped)))


def count_rows(connection: SourceConnection, table: Table, query: RowQuery) -> int:
    """Return how many rows `query` has now."""
    count = connection.scalar(select_count(table, query))
    if not isinstance(count, int):
        raise TypeError(count)
    return count


def _whole(row: Row) -> Row:
    return row


def _given(after: Keyset | None, most: int, skipped: int) -> dict[str, Value]:
    return {"most": most, "skipped": skipped, **named_values("after", after or ())}


def _limited(statement: Rows) -> Rows:
    return statement.limit(_MOST).offset(_SKIPPED)


def _counted(statement: Rows) -> Rows:
    rows = statement.with_only_columns(sa.literal(1).label("one"), maintain_column_froms=True)
    return sa.select(sa.func.count()).select_from(rows.order_by(None).limit(_MOST).subquery())


_FINISH: dict[str, Callable[[Rows], Rows]] = {"read": _limited, "keys": _limited, "count": _counted}
