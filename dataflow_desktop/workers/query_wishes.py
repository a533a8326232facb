"""What the window may ask of a source, and the answers; each carries the wish it belongs to."""

from dataclasses import dataclass

from dataflow_desktop.browse.page_cache import Page
from dataflow_desktop.domain.facet import Facet
from dataflow_desktop.domain.row_query import RowQuery
from dataflow_desktop.domain.schema import Table, TableSummary
from dataflow_desktop.errors import Reason


@dataclass(frozen=True)
class TablesWish:
    """Which tables the source at `address` has."""

    address: str
    generation: int


@dataclass(frozen=True)
class PageWish:
    """Rows of a query for the eye, from row number `first` on."""

    address: str
    generation: int
    table: Table
    query: RowQuery
    first: int
    rows: int


@dataclass(frozen=True)
class CountWish:
    """How many rows a query has."""

    address: str
    generation: int
    table: Table
    query: RowQuery


@dataclass(frozen=True)
class FacetsWish:
    """Which columns of a table have few values."""

    address: str
    generation: int
    table: Table


@dataclass(frozen=True)
class CopyWish:
    """Rows of a query as text for the clipboard; `query` names the columns to copy."""

    address: str
    generation: int
    table: Table
    query: RowQuery
    first: int
    rows: int


Wish = TablesWish | PageWish | CountWish | FacetsWish | CopyWish


@dataclass(frozen=True)
class TablesListed:
    """The tables of a source, and its full address."""

    wish: TablesWish
    address: str
    tables: tuple[TableSummary, ...]


@dataclass(frozen=True)
class PageArrived:
    """Rows as text, ready to be shown."""

    wish: PageWish
    page: Page


@dataclass(frozen=True)
class RowsCounted:
    """The exact number of rows of a query."""

    wish: CountWish
    rows: int


@dataclass(frozen=True)
class FacetFound:
    """One column with few values; a wish may bring none or many."""

    wish: FacetsWish
    facet: Facet


@dataclass(frozen=True)
class TextReady:
    """Rows as text for the clipboard."""

    wish: CopyWish
    text: str


@dataclass(frozen=True)
class QueryFailed:
    """Why a wish could not be answered."""

    wish: Wish
    reason: Reason


Answer = TablesListed | PageArrived | RowsCounted | FacetFound | TextReady | QueryFailed
