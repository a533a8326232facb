"""The tables of a source as a tree of schemas, and which of them match what is looked for."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from dataflow_desktop.domain.letter_case import without_case
from dataflow_desktop.domain.schema import Table, TableKind, TableSummary

_RANKS = {kind: rank for rank, kind in enumerate(TableKind)}
"""Tables before views, and each further kind in its turn."""


@dataclass(frozen=True)
class SchemaFolder:
    """The tables of one schema."""

    schema: str
    tables: tuple[TableSummary, ...]


@dataclass(frozen=True)
class TableTree:
    """Schemas with their tables, and the tables that are in no schema."""

    folders: tuple[SchemaFolder, ...] = ()
    loose: tuple[TableSummary, ...] = ()


class TableList:
    """All tables of a source, kind by kind, else in the source's order; `matching` is quick for 20,000."""

    def __init__(self, summaries: Sequence[TableSummary] = ()) -> None:
        self._summaries = sorted(summaries, key=lambda summary: _RANKS[summary.table.kind])

    def __len__(self) -> int:
        return len(self._summaries)

    def matching(self, text: str) -> TableTree:
        """Return the tables that have `text` in their name, literal, letters compared without case.

        Where there are schemas the name begins with that of the schema and a dot.
        """
        if not text:
            return _tree_of(self._summaries)
        wanted = without_case(text)
        return _tree_of(summary for name, summary in self._by_name if wanted in name)

    @cached_property
    def _by_name(self) -> list[tuple[str, TableSummary]]:
        # Only a person who searches needs it.
        return [(without_case(whole_name(summary.table)), summary) for summary in self._summaries]


def whole_name(table: Table) -> str:
    """Return the name of a table after that of its schema, where it has one."""
    return table.own_name if table.schema is None else f"{table.schema}.{table.own_name}"


def _tree_of(summaries: Iterable[TableSummary]) -> TableTree:
    loose: list[TableSummary] = []
    folders: defaultdict[str, list[TableSummary]] = defaultdict(list)
    for summary in summaries:
        schema = summary.table.schema
        (loose if schema is None else folders[schema]).append(summary)
    return TableTree(
        tuple(SchemaFolder(schema, tuple(tables)) for schema, tables in folders.items()), tuple(loose)
    )
