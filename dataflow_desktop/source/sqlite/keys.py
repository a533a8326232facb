"""What tells the rows of a SQLite table apart and orders them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dataflow_desktop.domain.schema import KeyKind
from dataflow_desktop.source.connection import Row, SourceConnection
from dataflow_desktop.source.filled import Filled
from dataflow_desktop.source.sqlite.limits import MOST_COLUMNS

# The table-valued form of a PRAGMA takes a name as a bound value, so none is ever quoted by hand.
_STORAGE = "SELECT type, wr FROM pragma_table_list(?) WHERE schema = 'main'"
_INDEXES = 'SELECT name, "unique", origin, partial FROM pragma_index_list(?)'
_INDEX_PARTS = 'SELECT seqno, name, "desc", coll, key FROM pragma_index_xinfo(?)'

_ROWID_NAMES = ("rowid", "_rowid_", "oid")
"""https://www.sqlite.org/lang_createtable.html#rowid; a column of that name hides it."""


@dataclass(frozen=True)
class Key:
    """The key of a table, and what else its storage says; see `domain.schema.Table`."""

    columns: tuple[str, ...]
    kind: KeyKind
    rowid_name: str | None = None
    is_virtual: bool = False


@dataclass(frozen=True)
class _Index:
    """A unique index over columns; `is_plain` says whether it is ordered byte by byte, in one direction."""

    name: str
    columns: tuple[str, ...]
    is_primary: bool
    is_plain: bool


def find_key(connection: SourceConnection, table: str, described: Sequence[Row]) -> Key:
    """Return the key of `table`, whose columns are `described` as (name, type, notnull, pk, hidden).

    First an INTEGER PRIMARY KEY, then a primary key and unique indexes that cannot hold NULL (which SQLite
    allows in most primary keys, any number of times), then the rowid, unless it would be a column too many.
    """
    kind, is_without_rowid = _storage(connection, table)
    if kind in {"view", "virtual"}:  # "shadow" is the ordinary table behind a virtual one
        return Key((), KeyKind.NONE, is_virtual=kind == "virtual")
    indexes = list(_unique_indexes(connection, table))
    if alias := _rowid_alias(described, indexes):
        return Key((alias,), KeyKind.ROWID_ALIAS, alias)
    never_null = {
        str(name) for name, _, is_not_null, pk, _ in described if is_not_null or (is_without_rowid and pk)
    }
    rowid_name = None if is_without_rowid or len(described) >= MOST_COLUMNS else _rowid_name(described)
    usable = [index for index in indexes if never_null.issuperset(index.columns)]
    for index in sorted(usable, key=_preference):
        if index.is_plain or rowid_name is None:
            return Key(index.columns, KeyKind.PRIMARY if index.is_primary else KeyKind.UNIQUE, rowid_name)
    return Key((rowid_name,), KeyKind.ROWID, rowid_name) if rowid_name is not None else Key((), KeyKind.NONE)


def _preference(index: _Index) -> tuple[object, ...]:
    return not index.is_plain, not index.is_primary, len(index.columns), index.name


def _storage(connection: SourceConnection, table: str) -> tuple[str, bool]:
    found = connection.run(Filled(_STORAGE, (table,)))
    return (str(found[0][0]), bool(found[0][1])) if found else ("view", False)


def _unique_indexes(connection: SourceConnection, table: str) -> Iterator[_Index]:
    for name, is_unique, origin, is_partial in connection.run(Filled(_INDEXES, (table,))):
        if not is_unique or is_partial:
            continue
        parts = sorted(part for part in connection.run(Filled(_INDEX_PARTS, (name,))) if part[4])
        if all(part[1] is not None for part in parts):  # else it is over an expression
            columns = tuple(dict.fromkeys(str(part[1]) for part in parts))
            is_plain = {part[3] for part in parts} == {"BINARY"} and len({part[2] for part in parts}) == 1
            yield _Index(str(name), columns, origin == "pk", is_plain)


def _rowid_alias(described: Sequence[Row], indexes: Sequence[_Index]) -> str | None:
    key = [(str(name), str(declared).upper()) for name, declared, _, pk, _ in described if pk]
    # Only an alias of the rowid needs no index of its own. INTEGER PRIMARY KEY DESC is none (it may hold NULL
    # and text), nor is the key of a WITHOUT ROWID table: https://www.sqlite.org/lang_createtable.html#rowid
    is_alias = len(key) == 1 and key[0][1] == "INTEGER" and not any(index.is_primary for index in indexes)
    return key[0][0] if is_alias else None


def _rowid_name(described: Sequence[Row]) -> str | None:
    hidden = {str(name).lower() for name, *_ in described}
    return next((name for name in _ROWID_NAMES if name not in hidden), None)
