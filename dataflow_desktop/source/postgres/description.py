"""Tables, columns and keys as PostgreSQL's catalogue describes them, all in three statements.

https://www.postgresql.org/docs/current/catalogs.html
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

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

_VIEWS = frozenset({"v", "m"})

_RELATIONS = sa.text(
    """
    SELECT c.oid::bigint, n.nspname, c.relname, c.relkind::text, c.reltuples::bigint,
           n.nspname = current_schema() AS is_at_home
    FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f')
      AND (CAST(:name AS text) IS NULL OR c.relname = CAST(:name AS text)
           OR n.nspname || '.' || c.relname = CAST(:name AS text))
      AND (CAST(:name AS text) IS NOT NULL OR NOT c.relispartition)
      AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'crdb_internal', 'pg_extension')
      AND n.nspname NOT LIKE 'pg\\_toast%' AND n.nspname NOT LIKE 'pg\\_temp\\_%'
    ORDER BY is_at_home DESC, n.nspname COLLATE "C", c.relname COLLATE "C"
    """
)

# A domain is looked through to the type behind it, however many domains lie between. A server may have very
# many types, two for each table: only those of the columns asked for are looked at.
_COLUMNS = sa.text(
    """
    WITH RECURSIVE base AS (
        SELECT t.oid AS declared, t.oid, t.typname, t.typtype, t.typbasetype, t.typtypmod
        FROM pg_catalog.pg_type t
        WHERE t.oid IN (
            SELECT atttypid FROM pg_catalog.pg_attribute WHERE attrelid = ANY(CAST(:relations AS oid[]))
        )
        UNION ALL
        SELECT base.declared, t.oid, t.typname, t.typtype, t.typbasetype,
               CASE WHEN base.typtypmod >= 0 THEN base.typtypmod ELSE t.typtypmod END
        FROM base JOIN pg_catalog.pg_type t ON t.oid = base.typbasetype
        WHERE base.typtype = 'd'
    )
    SELECT a.attrelid::bigint, a.attname, a.attnum::int,
           pg_catalog.format_type(a.atttypid, a.atttypmod), base.typname, a.attnotnull,
           CASE WHEN a.atttypmod >= 0 THEN a.atttypmod ELSE base.typtypmod END::int,
           a.attcollation <> 0 AND COALESCE(
               NULLIF(col.collcollate, ''), db.datcollate, '') NOT IN ('C', 'POSIX')
    FROM pg_catalog.pg_attribute a
    JOIN base ON base.declared = a.atttypid AND base.typtype <> 'd'
    LEFT JOIN pg_catalog.pg_collation col ON col.oid = a.attcollation
    LEFT JOIN pg_catalog.pg_database db ON db.datname = current_database()
    WHERE a.attrelid = ANY(CAST(:relations AS oid[])) AND a.attnum > 0 AND NOT a.attisdropped
    ORDER BY a.attrelid, a.attnum
    """
)

_INDEXES = sa.text(
    """
    SELECT i.indrelid::bigint, c.relname, i.indisprimary, i.indnkeyatts::int, i.indkey::text
    FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
    WHERE i.indrelid = ANY(CAST(:relations AS oid[])) AND i.indisunique AND i.indisvalid AND i.indimmediate
      AND i.indpred IS NULL AND i.indexprs IS NULL
    ORDER BY i.indrelid
    """
)


@dataclass(frozen=True)
class _Relation:
    oid: int
    schema: str
    name: str
    kind: str
    estimated_rows: int
    is_at_home: bool

    @property
    def shown_name(self) -> str:
        return self.name if self.is_at_home else self.whole_name

    @property
    def whole_name(self) -> str:
        return f"{self.schema}.{self.name}"


def list_tables(connection: SourceConnection) -> list[TableSummary]:
    """Return all tables and views, those of the session's own schema first; partitions are no tables here."""
    relations = _relations(connection, None)
    tables = _described(connection, relations)
    return [
        TableSummary(tables[relation.oid], relation.estimated_rows if relation.estimated_rows >= 0 else None)
        for relation in relations
    ]


def find_table(connection: SourceConnection, name: str) -> Table | None:
    """Return the table or view called `name`, None when there is none.

    A schema stands before the name; it may be left out where it is the session's own.
    """
    relations = _relations(connection, name)
    found = [relation for relation in relations if relation.shown_name == name] or relations
    found = [relation for relation in found if name in {relation.shown_name, relation.whole_name}]
    return _described(connection, found[:1])[found[0].oid] if found else None


def _relations(connection: SourceConnection, name: str | None) -> list[_Relation]:
    return [_Relation(*row) for row in connection.rows(_RELATIONS.bindparams(name=name))]  # type: ignore[arg-type]  # the statement says what they are


def _described(connection: SourceConnection, relations: Sequence[_Relation]) -> dict[int, Table]:
    oids = "{" + ",".join(str(relation.oid) for relation in relations) + "}"
    columns: defaultdict[int, list[Row]] = defaultdict(list)
    for relation, *described in connection.rows(_COLUMNS.bindparams(relations=oids)):
        columns[int(relation or 0)].append(tuple(described))
    indexes: defaultdict[int, list[Row]] = defaultdict(list)
    for relation, *index in connection.rows(_INDEXES.bindparams(relations=oids)):
        indexes[int(relation or 0)].append(tuple(index))
    return {
        relation.oid: _table(relation, columns[relation.oid], indexes[relation.oid]) for relation in relations
    }


def _table(relation: _Relation, columns: Sequence[Row], indexes: Sequence[Row]) -> Table:
    key, key_kind = _key(columns, indexes)
    return Table(
        name=relation.shown_name,
        kind=TableKind.VIEW if relation.kind in _VIEWS else TableKind.TABLE,
        columns=tuple(map(column_of, columns)),
        key=key,
        key_kind=key_kind,
        system=DatabaseSystem.POSTGRESQL,
        path=(relation.schema, relation.name),
    )


def _key(columns: Sequence[Row], indexes: Sequence[Row]) -> tuple[tuple[str, ...], KeyKind]:
    """Return the columns of the primary key, else of the shortest unique index that cannot hold NULL."""
    names = {int(number or 0): str(name) for name, number, *_ in columns}
    never_null = {str(name) for name, _, _, _, is_not_null, *_ in columns if is_not_null}
    usable = []
    for index_name, is_primary, width, numbers in indexes:
        parts = [int(number) for number in str(numbers).split()][: int(width or 0)]
        key = tuple(names[number] for number in parts if number in names)
        if len(key) == len(parts) and never_null.issuperset(key):
            usable.append((not is_primary, len(parts), str(index_name), key))
    if not usable:
        return (), KeyKind.NONE
    is_secondary, _, _, key = min(usable)
    return key, KeyKind.UNIQUE if is_secondary else KeyKind.PRIMARY


_KINDS = {
    **dict.fromkeys(("int2", "int4", "int8"), ColumnKind.INTEGER),
    **dict.fromkeys(("float4", "float8"), ColumnKind.FLOAT),
    **dict.fromkeys(("numeric", "money"), ColumnKind.DECIMAL),
    **dict.fromkeys(("text", "varchar", "bpchar", "citext", "name"), ColumnKind.TEXT),
    "bool": ColumnKind.BOOLEAN,
    "bytea": ColumnKind.BYTES,
    "date": ColumnKind.DATE,
    **dict.fromkeys(("timestamp", "timestamptz"), ColumnKind.TIMESTAMP),
}

_ORDERED_BY_LANGUAGE = frozenset({"text", "varchar", "bpchar"})
_HEADER = 4
_SCALE_MASK = 0x7FF
_SCALE_SIGN = 0x400


def column_of(described: Row) -> Column:
    """Return a column.

    `described` are its name, number, declared and base type, whether it is NOT NULL, the modifier of its
    type, and whether it is ordered by the rules of a language.
    """
    name, _, declared_type, base_type, is_not_null, modifier, has_language_order = described
    kind = _KINDS.get(str(base_type), ColumnKind.ANY)
    return Column(
        name=str(name),
        declared_type=str(declared_type),
        kind=kind,
        is_nullable=not is_not_null,
        decimals=_decimals(int(modifier or 0)) if str(base_type) == "numeric" else None,
        base_type=str(base_type),
        has_language_order=bool(has_language_order) and str(base_type) in _ORDERED_BY_LANGUAGE,
    )


def _decimals(modifier: int) -> int | None:
    """Return the scale of a numeric(p, s), None where none is declared or it is below zero.

    It stands in the lower 11 bits, with a sign since PostgreSQL 15, of what format_type() reads.
    """
    if modifier < _HEADER:
        return None
    scale = ((modifier - _HEADER) & _SCALE_MASK ^ _SCALE_SIGN) - _SCALE_SIGN
    return scale if scale >= 0 else None
