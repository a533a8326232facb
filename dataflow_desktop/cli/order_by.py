"""`--order-by COL[:desc],...`: columns and directions, as a person types them."""

import re
from collections.abc import Iterator

from dataflow_desktop.domain.row_query import RowQuery, SortColumn
from dataflow_desktop.domain.schema import Table
from dataflow_desktop.domain.sort_key import sort_key
from dataflow_desktop.errors import ConfigurationError, ReasonCode

_ENTRY = re.compile(r'(?:"(?P<quoted>(?:[^"]|"")*)"(?P<suffix>[^",]*)|(?P<plain>(?!")[^,]*))(?P<end>,|$)')
_IS_DESCENDING = {"": False, ":asc": False, ":desc": True}


def parse_order(text: str, table: Table) -> tuple[SortColumn, ...]:
    """Return the order that `text` stands for.

    A column whose name ends in a direction itself is meant as it stands; quoted, a name is only a name, and
    its direction may follow the quotes or stand in them. Raises ConfigurationError.
    """
    order = tuple(_sort_column(name, suffix, table) for name, suffix in _entries(text))
    sort_key(table, RowQuery(table.name, (), order=order))  # says which column is named twice
    return order


def _entries(text: str) -> Iterator[tuple[str, str]]:
    """Yield each name, and what follows its quotes."""
    position = 0
    while True:
        entry = _ENTRY.match(text, position)
        if entry is None or entry["suffix"] not in {None, *_IS_DESCENDING}:
            raise ConfigurationError(
                ReasonCode.ARGUMENTS_WRONG,
                problem="--order-by takes COL[:desc],... with names quoted as in CSV.",
                command="dataflow-desktop export",
            )
        quoted = entry["quoted"]
        yield (entry["plain"], "") if quoted is None else (quoted.replace('""', '"'), entry["suffix"])
        if not entry["end"]:
            return
        position = entry.end()


def _sort_column(name: str, suffix: str, table: Table) -> SortColumn:
    if not suffix and name not in table.column_names:
        suffix = next((word for word in _IS_DESCENDING if word and name.endswith(word)), "")
        name = name.removesuffix(suffix)
    return SortColumn(table.column(name).name, _IS_DESCENDING[suffix])
