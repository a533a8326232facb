"""What an export reads, and how: everything a reader needs to know, in whatever process it works."""

from dataclasses import dataclass
from enum import StrEnum

from dataflow_desktop.domain.keyset import Keyset
from dataflow_desktop.domain.row_query import RowQuery
from dataflow_desktop.domain.schema import Column, ColumnKind, Table
from dataflow_desktop.domain.sort_key import sort_key


class Consistency(StrEnum):
    """Which state of the source an export shows: that of each short read, or one for the whole run."""

    LIVE = "live"
    SNAPSHOT = "snapshot"


class InvalidText(StrEnum):
    """What becomes of text that is not valid UTF-8."""

    FAIL = "fail"
    REPLACE = "replace"


@dataclass(frozen=True)
class ReadingTask:
    """The rows of `query` beyond `after` (None: all) up to `bound` (None: there are none).

    `chunk_rows` None lets the rows of a chunk adapt to their width; `throttle_ms` is the rest between two
    reads. With `is_keyed` each row read ends in its keyset. Without `is_typed` an integer among texts may
    come as the text it looks like, but never in a keyset.
    """

    source: str
    table: Table
    query: RowQuery
    bound: Keyset | None
    after: Keyset | None = None
    chunk_rows: int | None = None
    throttle_ms: int = 0
    consistency: Consistency = Consistency.LIVE
    invalid_text: InvalidText = InvalidText.FAIL
    is_keyed: bool = False
    is_typed: bool = False

    @property
    def read_columns(self) -> tuple[Column, ...]:
        """The columns of a row as it is read: the query's, and behind them those of its keyset if wanted."""
        columns = self.table.columns_named(self.query.columns)
        return columns + self.key_columns if self.is_keyed else columns

    @property
    def key_columns(self) -> tuple[Column, ...]:
        """The columns of a keyset."""
        shown = set(self.table.column_names)
        return tuple(
            self.table.column(by.column) if by.column in shown else _rowid(by.column)
            for by in sort_key(self.table, self.query)
        )


def _rowid(name: str) -> Column:
    return Column(name, "INTEGER", ColumnKind.INTEGER, is_nullable=False)
