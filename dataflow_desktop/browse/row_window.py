"""What is known of the current row query, by row number, and which page to ask for next."""

from collections.abc import Sequence
from dataclasses import dataclass

from dataflow_desktop.browse.cell_text import CellText
from dataflow_desktop.browse.page_cache import CACHE_BYTES, Page, PageCache
from dataflow_desktop.browse.row_index import RowIndex
from dataflow_desktop.domain.keyset import Anchor

MOST_PAGE_ROWS = 256
LEAST_PAGE_ROWS = 16
CELLS_IN_PAGE = 2_000
"""Formatting so many cells holds the interpreter for about 2 ms: painting never waits longer for it."""

MOST_SKIPPED_ROWS = 20_000
"""A read may skip so many rows behind an anchor (measured: 1 ms in a table, 10 ms under a filter)."""


@dataclass(frozen=True)
class RowSpan:
    """Rows from number `first` (counted from 0), `count` of them."""

    first: int
    count: int


@dataclass(frozen=True)
class PageRead:
    """Rows to read next, from `anchor` on; None: from where `share` of all rows, from 0 to 1, may lie before.

    `is_guess` when other rows may stand there: what is read is shown until better is known.
    """

    span: RowSpan
    anchor: Anchor | None
    share: float = 0.0
    is_guess: bool = False


def rows_in_page(column_count: int) -> int:
    """Return how many rows one read brings: fewer when rows are wide."""
    return max(LEAST_PAGE_ROWS, min(MOST_PAGE_ROWS, CELLS_IN_PAGE // max(1, column_count)))


class RowWindow:
    """Pages, index and wishes of one generation.

    After `restart` the rows of the generation before stay until the first page of the new one arrives: the
    table must not flash. Lives in the window's thread.
    """

    def __init__(self, limit_bytes: int = CACHE_BYTES) -> None:
        self._cache = PageCache(limit_bytes)
        self._page_rows = MOST_PAGE_ROWS
        self._index = RowIndex()
        self._older_index = RowIndex()
        self._estimated_rows: int | None = None
        self._end: int | None = None
        self._known_end = 0
        self._old_rows = 0
        self._guessed: set[int] = set()
        self._is_being_sorted = False
        self.reads_forward = False
        self._shown = RowSpan(0, 0)
        self._is_going_down = True
        self._asked: int | None = None
        self._keeps_place = False
        self.generation = 0
        self.is_waiting = False

    @property
    def row_count(self) -> int:
        """Rows to show: all of them, or as many as are known or thought to be there."""
        if self.is_waiting:
            return self._old_rows
        if self._end is not None:
            return self._end
        if self._index.count is not None:
            return self._index.count
        return max(self._known_end, self._index.indexed_rows, self._estimated_rows or 0)

    @property
    def is_count_known(self) -> bool:
        """Whether the current generation has been counted, or read to its end."""
        return self._index.count is not None or (self._end is not None and not self.is_waiting)

    @property
    def is_estimated(self) -> bool:
        """Whether the row count is a guess that may be too high."""
        return not self.is_count_known and not self.is_waiting and self.row_count == self._estimated_rows

    @property
    def starts_over(self) -> bool:
        """Whether the next page replaces everything shown, from the first row on."""
        return self.is_waiting and not self._keeps_place

    @property
    def size_bytes(self) -> int:
        """Memory taken by the pages kept."""
        return self._cache.size_bytes

    def restart(
        self,
        page_rows: int,
        *,
        keeps_place: bool = False,
        estimated_rows: int | None = None,
        reads_forward: bool = False,
    ) -> int:
        """Begin a new generation and return its number; `keeps_place` asks for the rows looked at now.

        `estimated_rows` is about how many there will be, where that is known and rows can be read anywhere.
        `reads_forward` where no key tells where rows are: they become known by going on to them.
        """
        self.reads_forward = reads_forward
        self._old_rows = self.row_count
        self._older_index = self._index if keeps_place else RowIndex()
        self.generation += 1
        self.is_waiting = True
        self._index = RowIndex()
        self._estimated_rows = estimated_rows
        self._guessed.clear()
        self._is_being_sorted = False
        self._asked = None
        self._page_rows = page_rows
        self._keeps_place = keeps_place
        if not keeps_place:
            self._shown = RowSpan(0, 1)
            self._is_going_down = True
        return self.generation

    def forget(self) -> None:
        """Drop everything, for another table."""
        self._cache.clear()
        self._index = self._older_index = RowIndex()
        self._estimated_rows = self._end = None
        self._known_end = self._old_rows = 0

    def look_at(self, span: RowSpan) -> None:
        """Remember which rows are on the screen; the direction of travel follows from it."""
        if self.starts_over:
            return
        if span.first != self._shown.first:
            self._is_going_down = span.first > self._shown.first
        self._shown = span
        for number in self._page_numbers():
            self._cache.use(number)

    def next_read(self) -> PageRead | None:
        """Return the rows to read next, None when nothing is wanted or the wish is under way already."""
        number = self._next_number()
        if number is None or number == self._asked:
            return None
        read = self._read_of(RowSpan(number * self._page_rows, self._page_rows))
        if read is not None:  # or else the index will get there
            self._asked = number
        return read

    def forget_read(self) -> None:
        """Let `next_read` return again what is under way: no answer will come."""
        self._asked = None

    def _read_of(self, span: RowSpan) -> PageRead | None:
        anchor = self._index.anchor_for(span.first)
        if self.reads_forward:
            return PageRead(span, anchor)
        if self.is_being_sorted and span.first:
            return None  # each read would sort all rows again
        if self._index.count is not None or _is_near(anchor, span):
            return PageRead(span, anchor)
        older = self._older_index.anchor_for(span.first)
        if _is_near(older, span):
            return PageRead(span, older, is_guess=True)
        if not self._estimated_rows:
            return None
        return PageRead(span, None, span.first / self._estimated_rows, is_guess=True)

    def read_of(self, span: RowSpan) -> PageRead:
        """Return how any rows are read, of which the first is indexed."""
        return PageRead(span, self._index.anchor_for(span.first))

    def accept_page(self, page: Page) -> bool:
        """Take in a page; False when it answers an older generation and is dropped."""
        if page.generation != self.generation:
            return False
        if self.is_waiting:
            self._begin_showing()
        number = page.first // self._page_rows
        if number == self._asked:
            self._asked = None
        self._cache.put(number, page)
        if page.is_guess:
            self._guessed.add(number)
            return True
        self._guessed.discard(number)
        self._known_end = max(self._known_end, page.first + len(page.rows))
        if page.is_last:
            self._end_at(page)
        return True

    def accept_anchors(self, generation: int, anchors: Sequence[Anchor], count: int | None) -> bool:
        """Take in what was indexed, and in the end the exact row count; False for an older generation."""
        if generation != self.generation:
            return False
        self._index.grow(anchors)
        if count is not None:
            self._index.complete(count)
        return True

    @property
    def is_being_sorted(self) -> bool:
        """Whether rows are being sorted of which only the first can be read yet."""
        return self._is_being_sorted and self._index.count is None

    def accept_sorting(self, generation: int) -> bool:
        """Take in that rows have to be sorted before more than the first can be read; False if older."""
        if generation != self.generation:
            return False
        self._is_being_sorted = True
        return True

    def row(self, number: int) -> tuple[CellText, ...] | None:
        """Return one row as text, None while it is not here."""
        page = self._cache.get(number // self._page_rows)
        if page is None:
            return None
        place = number - page.first
        return page.rows[place] if 0 <= place < len(page.rows) else None

    def _begin_showing(self) -> None:
        self._cache.clear()
        # A place to be kept must not vanish because the rows before it are not counted yet.
        self._known_end = self._old_rows if self._keeps_place else 0
        self._end = None
        self.is_waiting = False

    def _end_at(self, page: Page) -> None:
        # An empty page beyond the start only says that the end lies before it.
        end = page.first + len(page.rows)
        counted = self._end if self._end is not None else self._index.count
        self._end = end if page.rows or counted is None else min(counted, end)

    def _is_indexed(self, number: int) -> bool:
        return self._index.count is not None or (number + 1) * self._page_rows <= self._index.indexed_rows

    def _page_numbers(self) -> range:
        first = self._shown.first // self._page_rows
        last = max(self._shown.first, self._shown.first + self._shown.count - 1) // self._page_rows
        return range(first, last + 1)

    def _next_number(self) -> int | None:
        if self.is_waiting:
            return self._page_numbers()[0]
        visible = self._page_numbers()
        ahead = visible[-1] + 1 if self._is_going_down else visible[0] - 1
        return next((number for number in (*visible, ahead) if self._is_missing(number)), None)

    def _is_missing(self, number: int) -> bool:
        if number < 0:
            return False
        if number in self._cache:
            return number in self._guessed and self._is_indexed(number)
        return not self.is_count_known or number * self._page_rows < self.row_count


def _is_near(anchor: Anchor, span: RowSpan) -> bool:
    return span.first - anchor.row <= MOST_SKIPPED_ROWS
