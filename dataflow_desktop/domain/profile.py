"""A column at a glance: what its values are, as far as its rows were read."""

from dataclasses import dataclass

from dataflow_desktop.domain.row_query import Value

CUT_LENGTH = 200
"""Of longer texts and blobs only the beginning is looked at: a cell may have 100 MB."""


@dataclass(frozen=True)
class ValueCount:
    """One of the most frequent values, or so many letters or bytes of it, and how many rows have it."""

    value: Value
    rows: int

    @property
    def is_whole(self) -> bool:
        """Whether it is the value itself and not only its beginning."""
        return not isinstance(self.value, str | bytes) or len(self.value) < CUT_LENGTH


@dataclass(frozen=True)
class HistogramBar:
    """How many rows have a value from `low` on, below `high`; the last bar includes its end."""

    low: float
    high: float
    rows: int


@dataclass(frozen=True)
class ColumnProfile:
    """What is known of one column after so many rows.

    `rows`, `null_rows`, `empty_rows`, `smallest`, `largest` and `mean` are of all rows read. The others stand
    for `sampled_rows` of them, which are all when the profile is exact. Long texts and blobs are cut.
    """

    rows: int
    null_rows: int
    empty_rows: int
    """Rows with a text or blob without content."""
    smallest: Value
    """In the database's order: numbers, texts, blobs. None when there is no value, as `largest`."""
    largest: Value
    mean: float | None
    """Of the numbers; None where there are none, or no mean of them is a number."""
    distinct: int
    """How many different values there are beside NULL."""
    is_distinct_exact: bool
    sampled_rows: int
    top_values: tuple[ValueCount, ...]
    """The most frequent first, then in the database's order; empty when no value repeats."""
    histogram: tuple[HistogramBar, ...]
    """Bars of equal width in their order; empty when there are no numbers."""
    is_time: bool
    """Whether the values are ISO 8601 dates, and the histogram's numbers seconds since 1970 in UTC."""
    is_complete: bool
    """Whether every row of the query was read."""

    @property
    def filled_rows(self) -> int:
        """How many rows have a value with content."""
        return self.rows - self.null_rows - self.empty_rows
