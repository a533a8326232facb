"""The few statements about rows that are run before SQLAlchemy is loaded; all others are put by it.

They are for tables whose key is an integer, which has no collation, and ask for all rows.
"""

from collections.abc import Iterable

from dataflow_desktop.domain.schema import KeyKind, Table, TableKind
from dataflow_desktop.source.filled import Filled
from dataflow_desktop.source.sqlite.limits import MOST_COLUMNS


def has_plain_rows(table: Table) -> bool:
    """Whether `select_first_rows` gives the rows of `table`, in the order of its key."""
    is_ordinary = table.kind is TableKind.TABLE and table.key_kind is KeyKind.ROWID_ALIAS
    return is_ordinary and table.own_query is None and len(table.columns) <= MOST_COLUMNS


def select_first_rows(table: Table, columns: Iterable[str], rows: int) -> Filled:
    """Return the `columns` of the first `rows` rows."""
    wanted, key = ", ".join(map(_quoted, columns)), _quoted(table.key[0])
    return Filled(f"SELECT {wanted} FROM {_quoted(table.name)} ORDER BY {key} LIMIT ?", (rows,))  # noqa: S608 - quoted


def select_key_end(table: Table, *, is_last: bool) -> Filled:
    """Return the lowest or the highest key; no row where there are none."""
    key, direction = _quoted(table.key[0]), "DESC" if is_last else "ASC"
    return Filled(f"SELECT {key} FROM {_quoted(table.name)} ORDER BY {key} {direction} LIMIT 1", ())  # noqa: S608 - quoted


def _quoted(name: str) -> str:
    """Return a name as SQL takes it, whatever is in it: https://www.sqlite.org/lang_keywords.html."""
    return '"' + name.replace('"', '""') + '"'
