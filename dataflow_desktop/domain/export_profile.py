"""What an export is asked for, kept under a name: everything but its source, its target and how it runs."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from dataflow_desktop.domain.export_spec import ExportSpec
from dataflow_desktop.domain.file_options import FileOptions
from dataflow_desktop.domain.reading import Consistency, InvalidText
from dataflow_desktop.domain.row_query import Condition, RowQuery, Search, SortColumn
from dataflow_desktop.domain.source_address import without_options


@dataclass(frozen=True)
class ExportProfile:
    """Which rows and columns, in which order, and how they are written.

    It was made for `table` of the source at the address `source`, which holds neither secrets nor options,
    and serves any table that has its columns. `columns` None are all of them. How an export runs (the size of
    a read, rests, checkpoints) hangs on the machine, and that a file may be replaced on the file: neither is
    part of it.
    """

    name: str = ""
    table: str = ""
    source: str = ""
    options: FileOptions = field(default_factory=FileOptions)
    columns: tuple[str, ...] | None = None
    conditions: tuple[Condition, ...] = ()
    search: Search | None = None
    order: tuple[SortColumn, ...] = ()
    consistency: Consistency = Consistency.LIVE
    invalid_text: InvalidText = InvalidText.FAIL

    @property
    def is_filtered(self) -> bool:
        """Whether it says which rows."""
        return bool(self.conditions) or self.search is not None

    @property
    def named_columns(self) -> set[str]:
        """Every column it names: a table without one of them is another than it was made for."""
        named = {*(self.columns or ()), *(old for old, _ in self.options.renames)}
        named |= {condition.column for condition in self.conditions} | {by.column for by in self.order}
        return named | ({self.search.column} if self.search and self.search.column else set())

    def fits(self, columns: Sequence[str]) -> bool:
        """Whether a table of these columns has all that it names."""
        return self.named_columns <= set(columns)

    def options_for(self, columns: Sequence[str]) -> FileOptions:
        """Return how the file is written with these columns only."""
        renames = tuple((old, new) for old, new in self.options.renames if old in columns)
        return replace(self.options, renames=renames)

    def rows_of(self, query: RowQuery) -> RowQuery:
        """Return `query` for the rows that it says, and in its order; where it says nothing both stay.

        Rows that somebody selected are these and no other.
        """
        if query.rows is not None:
            return query
        if self.is_filtered:
            query = replace(query, conditions=self.conditions, search=self.search)
        return replace(query, order=self.order or query.order)


def profile_of(name: str, spec: ExportSpec, all_columns: Sequence[str]) -> ExportProfile:
    """Return what `spec` asks for as a profile; its table has `all_columns`."""
    query = spec.query
    return ExportProfile(
        name=name,
        table=query.table,
        source=without_options(spec.source),
        options=spec.options,
        columns=None if query.columns == tuple(all_columns) else query.columns,
        conditions=query.conditions,
        search=query.search,
        order=query.order,
        consistency=spec.consistency,
        invalid_text=spec.invalid_text,
    )
