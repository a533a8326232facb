"""How much room an export will need, before anything is written."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from dataflow_desktop.destination.room import Room, room_in
from dataflow_desktop.domain.export_spec import ExportSpec
from dataflow_desktop.domain.file_options import Compression, Encoding, FileFormat, FileOptions
from dataflow_desktop.domain.row_query import RowQuery
from dataflow_desktop.domain.schema import Column, ColumnKind, Table
from dataflow_desktop.source.connection import SourceConnection
from dataflow_desktop.source.statements import select_widths

SAMPLE_ROWS = 50
"""Rows looked at from each end of the table: enough for a guess, and read at once however large they are."""

DELIMITED_SHARES = {Compression.NONE: 1.0, Compression.GZIP: 0.34, Compression.ZSTD: 0.32}
"""Bytes of a file for one of plain CSV, measured on the product table, as are those below."""

PARQUET_SHARES = {Compression.NONE: 0.67, Compression.GZIP: 0.24, Compression.ZSTD: 0.25}
XLSX_SHARE = 0.88

JSON_LINES_SHARES = {Compression.NONE: 1.0, Compression.GZIP: 0.22, Compression.ZSTD: 0.19}
"""Of plain JSON Lines: names that come again in each row take little room when they are compressed."""

_JSON_BARE = frozenset({ColumnKind.INTEGER, ColumnKind.FLOAT, ColumnKind.BOOLEAN})
"""Kinds whose values stand without quotes."""


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

    Of an old version that it begins with the bytes are known, and its rows are not among `rows`. Raises
    DataFlowError.
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
    old_bytes = spec.old_version.bytes if spec.old_version is not None else 0
    needed = old_bytes + round(_size(columns, spec.options, mean, rows))
    return SpaceEstimate(needed, room_in(Path(spec.target).parent))


def _size(columns: Sequence[Column], options: FileOptions, mean: float, rows: int) -> float:
    """Return about how many bytes `rows` rows become whose values are `mean` bytes as text."""
    names = [len(name.encode()) for name in options.names_in_file(column.name for column in columns)]
    ends_and_commas = len(columns)
    plain = sum(names) + ends_and_commas + rows * (mean + ends_and_commas)
    match options.file_format:
        case FileFormat.PARQUET:
            return plain * PARQUET_SHARES[options.compression]
        case FileFormat.XLSX:
            return plain * XLSX_SHARE
        case FileFormat.JSONL:
            row = mean + ends_and_commas + sum(names) + _json_marks(columns)
            return rows * row * JSON_LINES_SHARES[options.compression]
        case _:
            has_wide_letters = options.delimited.encoding is Encoding.UTF_16
            return plain * DELIMITED_SHARES[options.compression] * (2 if has_wide_letters else 1)


def _json_marks(columns: Sequence[Column]) -> int:
    """Return how many braces, colons and quotation marks a row has."""
    braces, name_marks, quotes = 2, 3, 2
    quoted = sum(column.kind not in _JSON_BARE for column in columns)
    return braces + name_marks * len(columns) + quotes * quoted
