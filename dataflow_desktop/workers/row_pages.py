"""Rows as they come from a source → a page of texts, ready to be shown."""

from collections.abc import Callable, Iterable, Sequence

from dataflow_desktop.browse.cell_text import CellMaker, CellText, format_row
from dataflow_desktop.browse.page_cache import make_page
from dataflow_desktop.pacing import paint_gate
from dataflow_desktop.source.connection import Row
from dataflow_desktop.workers.query_wishes import PageArrived, PageWish


def formatted_by(makers: Sequence[CellMaker]) -> Callable[[Row], tuple[CellText, ...]]:
    """Return what makes the texts of a row, and lets painting go first."""

    def formatted(row: Row) -> tuple[CellText, ...]:
        paint_gate.pass_through()
        return format_row(makers, row)

    return formatted


def page_of(wish: PageWish, rows: Iterable[tuple[CellText, ...]]) -> PageArrived:
    """Return the page wished for, of the texts of its rows."""
    read = wish.read
    page = make_page(
        wish.generation, read.span.first, rows, asked_rows=read.span.count, is_guess=read.is_guess
    )
    return PageArrived(wish, page)
