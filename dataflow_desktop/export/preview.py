"""The first lines of a file before it is written: few rows, read and encoded as the export itself would."""

from dataclasses import dataclass, replace

from dataflow_desktop.browse.cell_text import cell_makers, format_row
from dataflow_desktop.domain.chunk import Chunk
from dataflow_desktop.domain.export_spec import ExportSpec
from dataflow_desktop.domain.file_options import DELIMITED, TEXT_FORMATS, Compression, Encoding, FileOptions
from dataflow_desktop.domain.file_preview import FilePreview, TablePreview, TextPreview
from dataflow_desktop.domain.keyset import Keyset
from dataflow_desktop.domain.own_query import OwnQuery
from dataflow_desktop.domain.reading import ReadingTask
from dataflow_desktop.domain.row_query import RowQuery
from dataflow_desktop.domain.schema import Table
from dataflow_desktop.domain.writing import WritingTask
from dataflow_desktop.export import writable_values
from dataflow_desktop.export.chunk_encoding import chunk_encoding
from dataflow_desktop.export.creation import bound_of, described, reading_for, writing_for
from dataflow_desktop.export.file_checks import check_file
from dataflow_desktop.formats.edges import FileEdges
from dataflow_desktop.pacing import StopRequest
from dataflow_desktop.source.condition_checks import check_values
from dataflow_desktop.source.connection import SourceConnection
from dataflow_desktop.source.exact_lane import ExactReader

PREVIEW_ROWS = 5

LONGEST_LINE = 500
"""Characters: several times what a screen has beside each other."""

MOST_LINES = 40
"""Lines, for a text in a cell may have thousands of them."""

_CUT_MARK = "…"


@dataclass(frozen=True)
class PreviewRows:
    """The first rows of a query, for as many previews as there are ways to write them.

    `chunk` is None where there is no row; behind its columns stand those of the key.
    """

    source: str
    query: RowQuery
    own_query: OwnQuery | None
    table: Table
    chunk: Chunk | None

    def are_of(self, spec: ExportSpec) -> bool:
        """Whether these are the rows that an export of `spec` begins with."""
        return (self.source, self.query, self.own_query) == (spec.source, spec.query, spec.own_query)


def read_first_rows(connection: SourceConnection, spec: ExportSpec, stop: StopRequest) -> PreviewRows:
    """Return the rows that an export of `spec` begins with; raises DataFlowError, Stopped."""
    table = described(connection, spec)
    table.columns_named(spec.query.columns)
    check_values(connection, table, spec.query)
    reading = _reading(spec, table, bound_of(connection, table, spec.query.rows))
    chunk = ExactReader(connection, reading, stop).read(reading.after)
    return PreviewRows(spec.source, spec.query, spec.own_query, table, chunk)


def preview_of(rows: PreviewRows, spec: ExportSpec) -> FilePreview:
    """Return what `rows` look like in the file of `spec`; raises DataFlowError where they cannot be there."""
    check_file(spec, rows.table)
    if spec.options.file_format in TEXT_FORMATS:
        return TextPreview(_lines(_text(rows, spec)))
    return _table(rows, spec)


def _text(rows: PreviewRows, spec: ExportSpec) -> str:
    # Packed or split it has the same first lines, and plain text needs nothing loaded to be made.
    options = replace(spec.options, compression=Compression.NONE, split_rows=None, split_bytes=None)
    writing = writing_for(replace(spec, options=options), rows.table)
    data = [FileEdges(writing).header()]
    if rows.chunk is not None:
        encoding = chunk_encoding(_reading(spec, rows.table, rows.chunk.last), writing)
        data += [bytes(encoded.data) for encoded in encoding.encode(rows.chunk)]
        data += [bytes(encoded.data) for encoded in encoding.rest()]
    return b"".join(data).decode(_codec(options), errors="replace")


def _table(rows: PreviewRows, spec: ExportSpec) -> TablePreview:
    columns = rows.table.columns_named(spec.query.columns)
    writing = WritingTask(columns, spec.options, layout=None, invalid_text=spec.invalid_text)
    if rows.chunk is None:
        return TablePreview(writing.names, ())
    writable_values.check_values(_reading(spec, rows.table, rows.chunk.last), writing, rows.chunk)
    makers = cell_makers(columns)
    found = zip(*rows.chunk.columns[: len(columns)], strict=True)
    return TablePreview(writing.names, tuple(format_row(makers, row) for row in found))


def _reading(spec: ExportSpec, table: Table, bound: Keyset | None) -> ReadingTask:
    writing = writing_for(spec, table)
    reading = reading_for(spec, table, bound, writing)
    return replace(reading, chunk_rows=PREVIEW_ROWS, is_keyed=True)


def _codec(options: FileOptions) -> str:
    if options.file_format not in DELIMITED:
        return Encoding.UTF_8.value
    delimited = options.delimited
    is_marked = delimited.has_bom and delimited.encoding is Encoding.UTF_8
    return "utf-8-sig" if is_marked else delimited.encoding.value


def _lines(text: str) -> tuple[str, ...]:
    lines = [line.removesuffix("\r") for line in text.removesuffix("\n").split("\n", MOST_LINES)]
    return tuple(_cut(line) for line in lines[:MOST_LINES])


def _cut(line: str) -> str:
    return line if len(line) <= LONGEST_LINE else line[:LONGEST_LINE] + _CUT_MARK
