"""Tables, columns and keys as SQLAlchemy's inspection tells them, whatever the database."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import NoSuchTableError

from dataflow_desktop.domain.schema import (
    Column,
    ColumnKind,
    DatabaseSystem,
    KeyKind,
    Table,
    TableKind,
    TableSummary,
)
from dataflow_desktop.source.anydb.connection import AnyConnection
from dataflow_desktop.source.anydb.values import SINGLE
from dataflow_desktop.source.connection import SourceConnection

# The first that fits: some types are children of others.
_KINDS: tuple[tuple[type[sa.types.TypeEngine[Any]], ColumnKind], ...] = (
    (sa.Uuid, ColumnKind.ANY),
    (sa.Enum, ColumnKind.ANY),
    (sa.Boolean, ColumnKind.BOOLEAN),
    (sa.Integer, ColumnKind.INTEGER),
    (sa.Float, ColumnKind.FLOAT),
    (sa.Numeric, ColumnKind.DECIMAL),
    (sa.String, ColumnKind.TEXT),
    (sa.types._Binary, ColumnKind.BYTES),  # noqa: SLF001 - what BLOB, BINARY and RAW have in common
    (sa.DateTime, ColumnKind.TIMESTAMP),
    (sa.Date, ColumnKind.DATE),
)

_KEY_KINDS = frozenset(
    {ColumnKind.INTEGER, ColumnKind.TEXT, ColumnKind.DECIMAL, ColumnKind.DATE, ColumnKind.TIMESTAMP}
)
"""Of which a value that has left comes back as the same."""

Described = Mapping[str, Any]


def list_tables(connection: SourceConnection) -> list[TableSummary]:
    """Return all tables and views of the session's own schema, by name; nobody tells of how many rows."""
    described = _described_by(connection)
    kinds = {
        **dict.fromkeys(described.names(lambda look: look.get_table_names()), TableKind.TABLE),
        **dict.fromkeys(described.names(lambda look: look.get_view_names()), TableKind.VIEW),
    }
    return [TableSummary(described.table(name, kinds[name]), None) for name in sorted(kinds)]


def find_table(connection: SourceConnection, name: str) -> Table | None:
    """Return the table or view called `name`, or `schema.name`, None when there is none."""
    described = _described_by(connection)
    if name in described.names(lambda look: look.get_table_names()):
        return described.table(name, TableKind.TABLE)
    if name in described.names(lambda look: look.get_view_names()):
        return described.table(name, TableKind.VIEW)
    schema, dot, plain = name.partition(".")
    schemas = described.names(lambda look: look.get_schema_names())
    if not dot or not any(known == schema or known.endswith(f".{schema}") for known in schemas):
        return None  # some databases put their own name before that of a schema
    if plain in described.names(lambda look: look.get_table_names(schema)):
        return described.table(plain, TableKind.TABLE, schema)
    if plain in described.names(lambda look: look.get_view_names(schema)):
        return described.table(plain, TableKind.VIEW, schema)
    return None


def _described_by(connection: SourceConnection) -> "_Inspection":
    if not isinstance(connection, AnyConnection):
        raise TypeError(connection)
    return _Inspection(connection)


class _Inspection:
    """What the database tells; what its dialect cannot ask for, it does not tell."""

    def __init__(self, connection: AnyConnection) -> None:
        self._connection = connection
        self._is_ordered_by_bytes = connection.is_ordered_by_bytes

    def names(self, ask: Callable[[sa.Inspector], list[str]]) -> list[str]:
        """Return names of tables, views or schemas."""
        return self._told(ask) or []

    def table(self, name: str, kind: TableKind, schema: str | None = None) -> Table:
        """Return the table called `name`."""
        columns = tuple(map(self._column, self._told(lambda look: look.get_columns(name, schema)) or []))
        key, key_kind = self._key(name, schema, columns) if kind is TableKind.TABLE else ((), KeyKind.NONE)
        return Table(
            name=f"{schema}.{name}" if schema else name,
            kind=kind,
            columns=columns,
            key=key,
            key_kind=key_kind,
            system=DatabaseSystem.OTHER,
            path=(schema, name) if schema else (),
        )

    def _told(self, ask: Callable[[sa.Inspector], Any]) -> Any:  # noqa: ANN401 - each question has its answer
        def told(session: sa.Connection) -> Any:  # noqa: ANN401 - as above
            try:
                return ask(sa.inspect(session))
            except (NotImplementedError, NoSuchTableError):
                return None

        return self._connection.ask(told)

    def _key(
        self, name: str, schema: str | None, columns: Sequence[Column]
    ) -> tuple[tuple[str, ...], KeyKind]:
        primary = self._told(lambda look: look.get_pk_constraint(name, schema)) or {}
        usable = {column.name for column in columns if column.kind in _KEY_KINDS}
        key = tuple(primary.get("constrained_columns") or ())
        if key and usable.issuperset(key):
            return key, KeyKind.PRIMARY
        filled = usable.intersection(column.name for column in columns if not column.is_nullable)
        unique = self._told(lambda look: look.get_unique_constraints(name, schema)) or []
        keys = [tuple(one["column_names"]) for one in unique if filled.issuperset(one["column_names"])]
        keys = [one for one in keys if one]
        return (min(keys, key=lambda one: (len(one), one)), KeyKind.UNIQUE) if keys else ((), KeyKind.NONE)

    def _column(self, described: Described) -> Column:
        declared = described["type"]
        kind = next((kind for known, kind in _KINDS if isinstance(declared, known)), ColumnKind.ANY)
        return Column(
            name=str(described["name"]),
            declared_type=_words(declared),
            kind=kind,
            is_nullable=bool(described.get("nullable", True)),
            decimals=getattr(declared, "scale", None) if kind is ColumnKind.DECIMAL else None,
            base_type=SINGLE if isinstance(declared, sa.REAL) else "",
            has_language_order=kind is ColumnKind.TEXT
            and (not self._is_ordered_by_bytes or bool(getattr(declared, "collation", None))),
        )


def _words(declared: sa.types.TypeEngine[Any]) -> str:
    try:
        return str(declared)
    except sa.exc.CompileError:  # a type of one dialect only, or of none
        return type(declared).__name__
