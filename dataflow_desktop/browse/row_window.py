"""What is known of the current row query, by row number, and which page to ask for next."""

from dataclasses import dataclass

from dataflow_desktop.browse.cell_text import CellText
from dataflow_desktop.browse.page_cache import CACHE_BYTES, Page, PageCache

MOST_PAGE_ROWS = 256
LEAST_PAGE_ROWS = 16
CELLS_IN_PAGE = 2_000
"""Formatting so many cells holds the interpreter for about 2 ms: painting never waits longer for it."""


@dataclass(frozen=True)
class RowSpan:
    """Rows from number `first` (counted from 0), `count` of them."""

    first: int
    count: int


def rows_in_page(column_count: int) -> int:
    """Return how many rows one read brings: fewer when rows are wide."""
    return max(LEAST_PAGE_ROWS, min(MOST_PAGE_ROWS, CELLS_IN_PAGE // max(1, column_count)))


class RowWindow:
    """Pages, row count and wishes of one generation.

    After `restart` the rows of the generation before stay until the first page of the new one arrives: the
    table must not flash. Lives in the window's thread.
    """

    def __init__(self, limit_bytes: int = CACHE_BYTES) -> None:
        self._cache = PageCache(limit_bytes)
        self._page_rows = MOST_PAGE_ROWS
        self._count: int | None = None
        self._new_count: int | None = None
        self._known_end = 0
        self._shown = RowSpan(0, 0)
        self._is_going_down = True
        self._asked: int | None = None
        self._keeps_place = False
        self.generation = 0
        self.is_waiting = False

    @property
    def row_count(self) -> int:
        """Rows to show: the counted ones, or as many as were read while nobody has counted."""
        return self._known_end if self._count is None else self._count

    @property
    def is_count_known(self) -> bool:
        """Whether the current generation has been counted."""
        return (self._new_count if self.is_waiting else self._count) is not None

    @property
    def starts_over(self) -> bool:
        """Whether the next page replaces everything shown, from the first row on."""
        return self.is_waiting and not self._keeps_place

    @property
    def size_bytes(self) -> int:
        """Memory taken by the pages kept."""
        return self._cache.size_bytes

    def restart(self, page_rows: int, *, keeps_place: bool = False) -> int:
        """Begin a new generation and return its number; `keeps_place` asks for the rows looked at now."""
        self.generation += 1
        self.is_waiting = True
        self._new_count = None
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
        self._count = self._new_count = None
        self._known_end = 0

    def look_at(self, span: RowSpan) -> None:
        """Remember which rows are on the screen; the direction of travel follows from it."""
        if self.starts_over:
            return
        if span.first != self._shown.first:
            self._is_going_down = span.first > self._shown.first
        self._shown = span
        for number in self._page_numbers():
            self._cache.use(number)

    def next_span(self) -> RowSpan | None:
        """Return the rows to read next, None when nothing is wanted or the wish is under way already."""
        number = self._next_number()
        if number is None or number == self._asked:
            return None
        self._asked = number
        return RowSpan(number * self._page_rows, self._page_rows)

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
        end = page.first + len(page.rows)
        self._known_end = max(self._known_end, end)
        if page.is_last:
            self._end_at(page)
        return True

    def accept_count(self, generation: int, rows: int) -> bool:
        """Take in the exact row count; False when it answers an older generation and is dropped."""
        if generation != self.generation:
            return False
        if self.is_waiting:
            self._new_count = rows
        else:
            self._count = rows
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
        self._known_end = 0
        self._count = self._new_count
        self.is_waiting = False

    def _end_at(self, page: Page) -> None:
        # An empty page beyond the start only says that the end lies before it.
        end = page.first + len(page.rows)
        self._count = end if page.rows or self._count is None else min(self._count, end)

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
        if number < 0 or number in self._cache:
            return False
        return self._count is None or number * self._page_rows < self._count
