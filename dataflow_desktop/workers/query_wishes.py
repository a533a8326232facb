"""What the window may ask of a source, and the answers; each carries the wish it belongs to."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dataflow_desktop.browse.clipboard import ClipboardForm
from dataflow_desktop.browse.page_cache import Page
from dataflow_desktop.browse.row_window import PageRead
from dataflow_desktop.domain.facet import Facet
from dataflow_desktop.domain.keyset import Anchor
from dataflow_desktop.domain.own_query import OwnQuery
from dataflow_desktop.domain.profile import ColumnProfile
from dataflow_desktop.domain.row_query import RowQuery, RowRange, Value
from dataflow_desktop.domain.schema import Column, Table, TableSummary
from dataflow_desktop.errors import Reason

if TYPE_CHECKING:
    from dataflow_desktop.source.sorted_keys import SortedKeys


@dataclass(frozen=True)
class OpenedSource:
    """A source as it was opened or refreshed for the `opening`th time.

    For each, every lane connects anew: the file may be another one by then.
    """

    address: str
    opening: int


@dataclass(frozen=True)
class ShownQuery:
    """What the table shows: one generation of rows; by `sorted_keys` where no index has their order."""

    source: OpenedSource
    generation: int
    table: Table
    query: RowQuery
    sorted_keys: "SortedKeys | None" = None


@dataclass(frozen=True)
class TablesWish:
    """Which tables the source has."""

    source: OpenedSource

    @property
    def generation(self) -> int:
        """Each opening is a generation of its own."""
        return self.source.opening


@dataclass(frozen=True)
class FacetsWish:
    """Which columns of a table have few values."""

    source: OpenedSource
    generation: int
    table: Table


@dataclass(frozen=True)
class VersionWish:
    """The number by which this connection tells changes that others made."""

    source: OpenedSource
    generation: int


@dataclass(frozen=True)
class _ShownWish:
    shown: ShownQuery

    @property
    def source(self) -> OpenedSource:
        """Where the rows are."""
        return self.shown.source

    @property
    def generation(self) -> int:
        """The number of the row query it is about."""
        return self.shown.generation


@dataclass(frozen=True)
class PageWish(_ShownWish):
    """Rows for the eye."""

    read: PageRead


@dataclass(frozen=True)
class IndexWish(_ShownWish):
    """How many rows there are, and anchors to read them from."""


@dataclass(frozen=True)
class RowWish(_ShownWish):
    """One row with its whole values, read as a page is."""

    read: PageRead


@dataclass(frozen=True)
class CopyWish(_ShownWish):
    """Rows as text for the clipboard, read as a page is; the query names the columns to copy."""

    read: PageRead
    form: ClipboardForm


@dataclass(frozen=True)
class RangeWish(_ShownWish):
    """The range from one row to another, each read as a page is."""

    first: PageRead
    last: PageRead


@dataclass(frozen=True)
class ProfileWish(_ShownWish):
    """What one column holds."""

    column: str


@dataclass(frozen=True)
class LookAtQueryWish:
    """What a SELECT that somebody is writing is so far."""

    source: OpenedSource
    generation: int
    query: OwnQuery


@dataclass(frozen=True)
class SaveQueryWish:
    """Check a query and save it for the source, in the place of `replaced`."""

    source: OpenedSource
    generation: int
    query: OwnQuery
    replaced: OwnQuery | None = None


@dataclass(frozen=True)
class DeleteQueryWish:
    """Forget a query that was saved for the source."""

    source: OpenedSource
    generation: int
    query: OwnQuery


Wish = (
    TablesWish
    | FacetsWish
    | VersionWish
    | PageWish
    | IndexWish
    | RowWish
    | CopyWish
    | RangeWish
    | ProfileWish
    | LookAtQueryWish
    | SaveQueryWish
    | DeleteQueryWish
)


@dataclass(frozen=True)
class TablesListed:
    """The tables of a source, and its full address."""

    wish: TablesWish
    address: str
    tables: tuple[TableSummary, ...]


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
class RowsCounted:
    """How many rows there are that have no key to be indexed by."""

    wish: IndexWish
    rows: int


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
class RangeFound:
    """Rows from one to another; None when one of the two is not there any more."""

    wish: RangeWish
    rows: RowRange | None


@dataclass(frozen=True)
class ColumnProfiled:
    """What a column holds, as far as it is read."""

    wish: ProfileWish
    profile: ColumnProfile


@dataclass(frozen=True)
class QueryLooked:
    """The parameters of a SELECT and the columns of its result; or what is wrong with it."""

    wish: LookAtQueryWish
    parameters: tuple[str, ...]
    columns: tuple[Column, ...]
    problem: Reason | None


@dataclass(frozen=True)
class QuerySaved:
    """The query can be used, and is saved."""

    wish: SaveQueryWish


@dataclass(frozen=True)
class QueryDeleted:
    """The query is saved no more."""

    wish: DeleteQueryWish


@dataclass(frozen=True)
class HeldUp:
    """Another program has the database locked; the wish is tried again until it is answered or forgotten."""

    wish: Wish
    reason: Reason


@dataclass(frozen=True)
class QueryFailed:
    """Why a wish could not be answered."""

    wish: Wish
    reason: Reason


Answer = (
    TablesListed
    | FacetFound
    | VersionRead
    | PageArrived
    | RowsIndexed
    | RowsSorted
    | RowsCounted
    | RowRead
    | RowsCopied
    | TextReady
    | RangeFound
    | ColumnProfiled
    | QueryLooked
    | QuerySaved
    | QueryDeleted
    | HeldUp
    | QueryFailed
)
