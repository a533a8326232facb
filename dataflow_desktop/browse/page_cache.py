"""Keeps formatted pages of the table, bounded in bytes."""

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from sys import getsizeof

from dataflow_desktop.browse.cell_text import CellText

CACHE_BYTES = 32 * 2**20
"""About 60,000 rows of the product catalogue: scrolling back and forth costs no read."""


@dataclass(frozen=True)
class Page:
    """Consecutive rows as text from row number `first` on; `is_last`: it is not full, the table ends here.

    `is_guess`: they are rows of about there, for nobody knows yet which stand there.
    """

    generation: int
    first: int
    rows: tuple[tuple[CellText, ...], ...]
    is_last: bool
    size_bytes: int
    is_guess: bool = False


def make_page(
    generation: int,
    first: int,
    rows: Iterable[tuple[CellText, ...]],
    *,
    asked_rows: int,
    is_guess: bool = False,
) -> Page:
    """Return a page that knows its size in memory; `asked_rows` tells a full page from the last one."""
    kept = tuple(rows)
    size = sum(getsizeof(row) + sum(map(getsizeof, row)) for row in kept) + getsizeof(kept)
    return Page(generation, first, kept, len(kept) < asked_rows, size, is_guess)


class PageCache:
    """Pages by their number; the one not looked at for longest goes first. Not thread-safe."""

    def __init__(self, limit_bytes: int = CACHE_BYTES) -> None:
        self._limit_bytes = limit_bytes
        self._pages: OrderedDict[int, Page] = OrderedDict()
        self.size_bytes = 0

    def __contains__(self, number: int) -> bool:
        return number in self._pages

    def get(self, number: int) -> Page | None:
        """Return the page, or None when it is not kept; looking is not using."""
        return self._pages.get(number)

    def use(self, number: int) -> None:
        """Remember that the page is looked at now."""
        if number in self._pages:
            self._pages.move_to_end(number)

    def put(self, number: int, page: Page) -> None:
        """Keep the page and let the longest unused ones go; the new one always stays."""
        self._drop(number)
        self._pages[number] = page
        self.size_bytes += page.size_bytes
        while self.size_bytes > self._limit_bytes and len(self._pages) > 1:
            self._drop(next(iter(self._pages)))

    def clear(self) -> None:
        """Let all pages go."""
        self._pages.clear()
        self.size_bytes = 0

    def _drop(self, number: int) -> None:
        page = self._pages.pop(number, None)
        if page is not None:
            self.size_bytes -= page.size_bytes
