"""Tables, columns and keys of the URL's database, as its server describes them, all in three statements.

https://dev.mysql.com/doc/refman/en/information-schema.html
"""

from collections import defaultdict
from collections.abc import Sequence

import sqlalchemy as sa

from dataflow_desktop.domain.schema import (
    Column,
    ColumnKind,
    DatabaseSystem,
    KeyKind,
    Table,
    TableKind,
    TableSummary,
)
from dataflow_desktop.source.connection import Row, SourceConnection
from dataflow_desktop.source.mysql.column_types import is_ordered_by_bytes, kind_of, with_encoding

# Sequences of MariaDB's are tables too, of one row each, and nothing to browse.
_TABLES = sa.text(
    """
    SELECT table_name, table_type, table_rows
    FROM information_schema.tables
    WHERE table_schema = DATABASE() AND (:name IS NULL OR table_name = :name)
      AND table_type IN ('BASE TABLE', 'VIEW', 'SYSTEM VIEW', 'SYSTEM VERSIONED')
    """
)

_COLUMNS = sa.text(
    """
    SELECT table_name, column_name, column_type, data_type, is_nullable, numeric_scale,
           character_set_name, collation_name, character_octet_length
    FROM information_schema.columns
    WHERE table_schema = DATABASE() AND (:name IS NULL OR table_name = :name)
    ORDER BY table_name, ordinal_position
    """
)

# An index over an expression has no column's name there, one over beginnings of texts says how long they are.
_INDEXES = sa.text(
    """
    SELECT table_name, index_name, column_name, nullable, sub_part, index_type
    FROM information_schema.statistics
    WHERE table_schema = DATABASE() AND (:name IS NULL OR table_name = :name) AND non_unique = 0
    ORDER BY table_name, index_name, seq_in_index
    """
)

_PRIMARY = "PRIMARY"


def list_tables(connection: SourceConnection) -> list[TableSummary]:
    """Return all tables and views of the database, by name."""
    found = sorted(connection.rows(_TABLES.bindparams(name=None)), key=lambda row: str(row[0]))
    described = _Described(connection, None)
    return [
        TableSummary(described.table(str(name), str(kind)), int(rows) if isinstance(rows, int) else None)
        for name, kind, rows in found
    ]


def find_table(connection: SourceConnection, name: str) -> Table | None:
    """Return the table or view called `name`, None when there is none."""
    for found, kind, _ in connection.rows(_TABLES.bindparams(name=name)):
        if str(found) == name:  # to the server, which compares without case, others may be the same
            return _Described(connection, name).table(name, str(kind))
    return None


class _Described:
    """What is known of all tables, or of those that the server calls `name`."""

    def __init__(self, connection: SourceConnection, name: str | None) -> None:
        self._columns: defaultdict[str, list[Row]] = defaultdict(list)
        for table, *column in connection.rows(_COLUMNS.bindparams(name=name)):
            self._columns[str(table)].append(tuple(column))
        self._indexes: defaultdict[str, list[Row]] = defaultdict(list)
        for table, *part in connection.rows(_INDEXES.bindparams(name=name)):
            self._indexes[str(table)].append(tuple(part))

    def table(self, name: str, kind: str) -> Table:
        """Return the table called `name`."""
        key, key_kind = _key(self._indexes[name])
        return Table(
            name=name,
            kind=TableKind.VIEW if kind.endswith("VIEW") else TableKind.TABLE,
            columns=tuple(map(_column, self._columns[name])),
            key=key,
            key_kind=key_kind,
            system=DatabaseSystem.MYSQL,
        )


def _key(parts: Sequence[Row]) -> tuple[tuple[str, ...], KeyKind]:
    """Return the columns of the primary key, else of the shortest unique index that cannot hold NULL."""
    indexes: defaultdict[str, list[Row]] = defaultdict(list)
    for index, *part in parts:
        indexes[str(index)].append(tuple(part))
    usable = []
    for name, columns in indexes.items():
        if all(
            column is not None and nullable != "YES" and length is None
            for column, nullable, length, _ in columns
        ):
            is_hash = any(kind == "HASH" for *_, kind in columns)  # it has no order
            key = tuple(str(column) for column, *_ in columns)
            usable.append((name != _PRIMARY, is_hash, len(key), name, key))
    if not usable:
        return (), KeyKind.NONE
    is_secondary, _, _, _, key = min(usable)
    return key, KeyKind.UNIQUE if is_secondary else KeyKind.PRIMARY


def _column(described: Row) -> Column:
    name, declared_type, base_type, is_nullable, scale, encoding, collation, most_bytes = described
    kind = kind_of(str(base_type))
    is_sortable = is_ordered_by_bytes(str(collation), int(most_bytes or 0))
    return Column(
        name=str(name),
        declared_type=with_encoding(str(declared_type), None if encoding is None else str(encoding)),
        kind=kind,
        is_nullable=is_nullable == "YES",
        decimals=int(scale or 0) if kind is ColumnKind.DECIMAL else None,
        base_type=str(base_type),
        has_language_order=kind is ColumnKind.TEXT and not is_sortable,
    )
