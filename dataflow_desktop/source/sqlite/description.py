"""Tables, columns, kinds and keys of a source, as SQLite itself describes them."""

import re
from collections.abc import Sequence

from dataflow_desktop.domain.schema import Column, ColumnKind, KeyKind, Table, TableKind, TableSummary
from dataflow_desktop.errors import ReasonCode, SourceError
from dataflow_desktop.source.connection import Row, SourceConnection
from dataflow_desktop.source.filled import Filled
from dataflow_desktop.source.sqlite.keys import find_key
from dataflow_desktop.source.sqlite.plain_statements import select_key_end

_TABLES = r"""
SELECT name, type FROM sqlite_master
WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite\_%' ESCAPE '\' AND name = coalesce(?, name)
ORDER BY name
"""
"""All, or the one of the name that is given."""
_HAS_STATISTICS = "SELECT 1 FROM sqlite_master WHERE name = 'sqlite_stat1'"
_STATISTICS = "SELECT stat FROM sqlite_stat1 WHERE tbl = ? LIMIT 1"
COLUMNS = 'SELECT name, type, "notnull", pk, hidden FROM pragma_table_xinfo(?)'
"""Each as `column_of` takes it; the name is a bound value, so that none is ever quoted by hand."""

_HIDDEN_COLUMN = 1
"""A column that `SELECT *` of a virtual table leaves out; 2 and 3 are generated ones, ordinary to read."""

_SCALE = re.compile(r"\(\s*\d+\s*,\s*(\d+)\s*\)")


def list_tables(connection: SourceConnection) -> list[TableSummary]:
    """Return all tables and views of the source, by name."""
    return [_summary(connection, name, kind) for name, kind in _names_and_kinds(connection)]


def find_table(connection: SourceConnection, name: str) -> Table | None:
    """Return the table or view called `name`, None when there is none."""
    found = _names_and_kinds(connection, name)
    return _described(connection, *found[0]) if found else None


def _described(connection: SourceConnection, name: str, kind: TableKind) -> Table:
    described = connection.run(Filled(COLUMNS, (name,)))
    key = find_key(connection, name, described)
    return Table(
        name=name,
        kind=kind,
        columns=tuple(column_of(row) for row in described if row[4] != _HIDDEN_COLUMN),
        key=key.columns,
        key_kind=key.kind,
        rowid_name=key.rowid_name,
        is_virtual=key.is_virtual,
    )


def _summary(connection: SourceConnection, name: str, kind: TableKind) -> TableSummary:
    try:
        table = _described(connection, name, kind)
    except SourceError as error:
        if error.reason.code != ReasonCode.QUERY_FAILED.name:
            raise
        # A view of something that is gone: it stands there all the same, and hides none of the others.
        return TableSummary(Table(name, kind, (), (), KeyKind.NONE), None)
    return TableSummary(table, _estimated_rows(connection, table))


def _names_and_kinds(connection: SourceConnection, only: str | None = None) -> list[tuple[str, TableKind]]:
    return [(str(name), TableKind(str(kind))) for name, kind in connection.run(Filled(_TABLES, (only,)))]


def column_of(described: Row) -> Column:
    """Return the column that is `described` as (name, type, notnull, ...)."""
    name, declared_type, is_not_null, *_ = described
    declared = str(declared_type or "")
    kind = kind_of(declared)
    return Column(
        name=str(name),
        declared_type=declared,
        kind=kind,
        is_nullable=not is_not_null,
        decimals=_decimals(declared) if kind is ColumnKind.DECIMAL else None,
    )


def kind_of(declared_type: str) -> ColumnKind:
    """Return what a column declared so is meant to hold.

    The order is SQLite's own (https://www.sqlite.org/datatype3.html#determination_of_column_affinity), with
    its NUMERIC affinity told apart by the usual names.
    """
    declared = declared_type.upper()
    for kind, words in _KIND_WORDS:
        if any(word in declared for word in words):
            return kind
    return ColumnKind.ANY


_KIND_WORDS: Sequence[tuple[ColumnKind, tuple[str, ...]]] = (
    (ColumnKind.INTEGER, ("INT",)),
    (ColumnKind.TEXT, ("CHAR", "CLOB", "TEXT")),
    (ColumnKind.BYTES, ("BLOB",)),
    (ColumnKind.FLOAT, ("REAL", "FLOA", "DOUB")),
    (ColumnKind.BOOLEAN, ("BOOL",)),
    (ColumnKind.TIMESTAMP, ("DATETIME", "TIMESTAMP")),
    (ColumnKind.DATE, ("DATE",)),
    (ColumnKind.DECIMAL, ("DEC", "NUMERIC", "MONEY")),
)


def _decimals(declared_type: str) -> int | None:
    scale = _SCALE.search(declared_type)
    return int(scale[1]) if scale else None


def _estimated_rows(connection: SourceConnection, table: Table) -> int | None:
    is_numbered = table.key_kind in {KeyKind.ROWID_ALIAS, KeyKind.ROWID}
    return _key_span(connection, table) if is_numbered else _analyzed_rows(connection, table)


def _analyzed_rows(connection: SourceConnection, table: Table) -> int | None:
    if not connection.run(Filled(_HAS_STATISTICS, ())):
        return None
    found = connection.run(Filled(_STATISTICS, (table.name,)))
    stat = found[0][0] if found else None
    return int(str(stat).split()[0]) if stat else None


def _key_span(connection: SourceConnection, table: Table) -> int:
    # Both ends of the key come from the tree's edges, whatever the table's size; gaps make it too high.
    ends = [connection.run(select_key_end(table, is_last=is_last)) for is_last in (False, True)]
    lowest, highest = (found[0][0] if found else None for found in ends)
    if not isinstance(lowest, int) or not isinstance(highest, int):
        return 0
    return highest - lowest + 1
