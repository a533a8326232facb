"""Tables and columns of a source, as far as the program needs to know them."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from dataflow_desktop.domain.own_query import OwnQuery
from dataflow_desktop.errors import ConfigurationError, ReasonCode


class ColumnKind(StrEnum):
    """What a column is meant to hold, by its declaration; SQLite may hold anything in it."""

    INTEGER = "integer"
    FLOAT = "float"
    DECIMAL = "decimal"
    TEXT = "text"
    DATE = "date"
    TIMESTAMP = "timestamp"
    BOOLEAN = "boolean"
    BYTES = "bytes"
    ANY = "any"


class DatabaseSystem(StrEnum):
    """Which program holds the tables: it decides how statements are put."""

    SQLITE = "sqlite"
    POSTGRESQL = "postgresql"
    MYSQL = "mysql"
    OTHER = "other"
    """Any that only SQLAlchemy knows."""


class TableKind(StrEnum):
    """Whether rows are stored or worked out."""

    TABLE = "table"
    VIEW = "view"
    QUERY = "query"
    """A SELECT of a person's own, which the source knows nothing of."""


class KeyKind(StrEnum):
    """What the key of a table is: what its rows can be told apart and ordered by."""

    ROWID_ALIAS = "rowid alias"
    """An INTEGER PRIMARY KEY, which is the rowid itself."""
    PRIMARY = "primary"
    UNIQUE = "unique"
    ROWID = "rowid"
    """SQLite's own number of a row, which no column shows and VACUUM may change."""
    NONE = "none"


NUMERIC_KINDS = frozenset({ColumnKind.INTEGER, ColumnKind.FLOAT, ColumnKind.DECIMAL})


@dataclass(frozen=True)
class Column:
    """One column; `decimals` is the scale s of a DECIMAL(p, s), else None.

    `base_type` is the server's own short name of the type behind the declared one; SQLite has none.
    `has_language_order` where the server orders texts by the rules of a language and not by their bytes.
    """

    name: str
    declared_type: str
    kind: ColumnKind
    is_nullable: bool = True
    decimals: int | None = None
    base_type: str = ""
    has_language_order: bool = False

    @property
    def is_numeric(self) -> bool:
        """Whether the column is declared to hold numbers."""
        return self.kind in NUMERIC_KINDS


@dataclass(frozen=True)
class Table:
    """A table or view; `key` names the columns that order and tell apart its rows, empty when none do.

    A key never holds NULL. `rowid_name` is what SQLite's number of a row can be called here, None where rows
    have none; as a key it is not among `columns`. `path` is the schema and the name in it, empty in SQLite.
    `own_query` is what the rows are worked out by where the source has no such table.
    """

    name: str
    kind: TableKind
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    key_kind: KeyKind = KeyKind.ROWID_ALIAS
    rowid_name: str | None = None
    is_virtual: bool = False
    system: DatabaseSystem = DatabaseSystem.SQLITE
    path: tuple[str, ...] = ()
    own_query: OwnQuery | None = None

    def column(self, name: str) -> Column:
        """Return the column called `name`, or raise ConfigurationError."""
        for column in self.columns:
            if column.name == name:
                return column
        known = ", ".join(column.name for column in self.columns)
        raise ConfigurationError(ReasonCode.COLUMN_UNKNOWN, column=name, table=self.name, known=known)

    def columns_named(self, names: Iterable[str]) -> tuple[Column, ...]:
        """Return the columns called `names`, in that order; raise ConfigurationError for an unknown one."""
        return tuple(self.column(name) for name in names)

    @property
    def schema(self) -> str | None:
        """The schema it is in, None where the source has none."""
        return self.path[0] if self.path else None

    @property
    def own_name(self) -> str:
        """Its name without a schema before it."""
        return self.path[-1] if self.path else self.name

    @property
    def is_coerced(self) -> bool:
        """Whether what a column holds went through its affinity: nothing stores the rows of other tables."""
        return self.kind is TableKind.TABLE and not self.is_virtual

    @property
    def has_integer_key(self) -> bool:
        """Whether the key is one integer, which can be counted with."""
        if self.key_kind in {KeyKind.ROWID_ALIAS, KeyKind.ROWID}:
            return True
        is_typed = self.system is not DatabaseSystem.SQLITE and len(self.key) == 1
        return is_typed and self.column(self.key[0]).kind is ColumnKind.INTEGER

    @property
    def column_names(self) -> tuple[str, ...]:
        """Names of all columns, in the table's order."""
        return tuple(column.name for column in self.columns)

    @property
    def text_columns(self) -> tuple[Column, ...]:
        """The columns a search looks into when no single one is chosen."""
        return tuple(column for column in self.columns if column.kind is ColumnKind.TEXT)


@dataclass(frozen=True)
class TableSummary:
    """One line of a list of tables; `estimated_rows` is None where nothing cheap tells it."""

    table: Table
    estimated_rows: int | None
