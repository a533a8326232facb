"""What an export reads, and how: everything a reader needs to know, in whatever process it works."""

from dataclasses import dataclass
from enum import StrEnum

from dataflow_desktop.domain.keyset import Keyset
from dataflow_desktop.domain.row_query import RowQuery
from dataflow_desktop.domain.schema import Table


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
    reads.
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
