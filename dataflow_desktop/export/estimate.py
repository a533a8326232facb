"""How much room an export will need, before anything is written."""

from dataclasses import dataclass
from pathlib import Path

from dataflow_desktop.destination.room import Room, room_in
from dataflow_desktop.domain.export_spec import ExportSpec
from dataflow_desktop.domain.row_query import RowQuery
from dataflow_desktop.domain.schema import Table
from dataflow_desktop.formats.delimited import DelimitedEncoder
from dataflow_desktop.source.connection import SourceConnection
from dataflow_desktop.source.statements import select_widths

SAMPLE_ROWS = 50
"""Rows looked at from each end of the table: enough for a guess, and read at once however large they are."""


@dataclass(frozen=True)
class SpaceEstimate:
    """About how many bytes the file will have, and the room on its disk."""

    needed: int
    room: Room

    @property
    def is_enough(self) -> bool:
        """Whether the file seems to fit."""
        return self.room.is_enough_for(self.needed)


def estimate_space(connection: SourceConnection, table: Table, spec: ExportSpec, rows: int) -> SpaceEstimate:
    """Return what an export of `rows` rows will need, guessed from a few rows whatever its conditions are.

    Raises DataFlowError.
    """
    columns = table.columns_named(spec.query.columns)
    query = RowQuery(table.name, spec.query.columns)
    widths = [
        width
        for backwards in ((False, True) if table.key else (False,))
        for (width,) in connection.rows(select_widths(table, query, SAMPLE_ROWS, is_backwards=backwards))
        if isinstance(width, int)
    ]
    mean = sum(widths) / len(widths) if widths else 0
    ends_and_commas = len(columns)
    needed = len(DelimitedEncoder(columns).header()) + round(rows * (mean + ends_and_commas))
    return SpaceEstimate(needed, room_in(Path(spec.target).parent))
