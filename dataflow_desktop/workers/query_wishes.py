"""What the window may ask of a source, and the answers; each carries the wish it belongs to."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dataflow_desktop.browse.clipboard import ClipboardForm
from dataflow_desktop.browse.page_cache import Page
from dataflow_desktop.browse.row_index import Anchor
from dataflow_desktop.browse.row_window import PageRead
from dataflow_desktop.domain.facet import Facet
from dataflow_desktop.domain.row_query import RowQuery, Value
from dataflow_desktop.domain.schema import Table, TableSummary
from dataflow_desktop.errors import Reason

if TYPE_CHECKING:
    from dataflow_desktop.source.sorted_keys import SortedKeys


@dataclass(frozen=True)
class TablesWish:
    """Which tables the source at `address` has."""

    address: str
    generation: int


@dataclass(frozen=True)
class PageWish:
    """Rows of a query for the eye; by `sorted_keys` where no index has their order."""

    address: str
    generation: int
    table: Table
    query: RowQuery
    read: PageRead
    sorted_keys: "SortedKeys | None" = None


@dataclass(frozen=True)
class IndexWish:
    """How many rows a query has, and anchors to read them from."""

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
class VersionWish:
    """The number by which this connection tells changes that others made."""

    address: str
    generation: int


@dataclass(frozen=True)
class RowWish:
    """One row with its whole values, read as a page is."""

    address: str
    generation: int
    table: Table
    query: RowQuery
    read: PageRead
    sorted_keys: "SortedKeys | None" = None


@dataclass(frozen=True)
class CopyWish:
    """Rows of a query as text for the clipboard, read as a page is; `query` names the columns to copy."""

    address: str
    generation: int
    table: Table
    query: RowQuery
    form: ClipboardForm
    read: PageRead
    sorted_keys: "SortedKeys | None" = None


Wish = TablesWish | PageWish | IndexWish | FacetsWish | VersionWish | RowWish | CopyWish


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
class RowsIndexed:
    """The next anchors, of many parts; `rows` have been found so far, all of them when `is_last`."""

    wish: IndexWish
    anchors: tuple[Anchor, ...]
    rows: int
    is_last: bool


@dataclass(frozen=True)
class RowsSorted:
    """The keys of rows in an order that no index has: `rows` so far, and `keys` once all are there."""

    wish: IndexWish
    rows: int
    keys: "SortedKeys | None" = None


@dataclass(frozen=True)
class FacetFound:
    """One column with few values; a wish may bring none or many."""

    wish: FacetsWish
    facet: Facet


@dataclass(frozen=True)
class VersionRead:
    """Another number than the last time when somebody changed the database."""

    wish: VersionWish
    version: int


@dataclass(frozen=True)
class RowRead:
    """The values of one row; None when it is not there any more."""

    wish: RowWish
    row: tuple[Value, ...] | None


@dataclass(frozen=True)
class RowsCopied:
    """How many rows of a copy are there."""

    wish: CopyWish
    rows: int


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


Answer = (
    TablesListed
    | PageArrived
    | RowsIndexed
    | RowsSorted
    | FacetFound
    | VersionRead
    | RowRead
    | RowsCopied
    | TextReady
    | QueryFailed
)
