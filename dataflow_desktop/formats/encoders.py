"""Which encoder writes which file, and the version of what it writes."""

from importlib.metadata import version
from typing import TYPE_CHECKING

from dataflow_desktop.domain.file_options import DELIMITED, Compression, FileFormat
from dataflow_desktop.domain.reading import InvalidText
from dataflow_desktop.domain.writing import WritingTask
from dataflow_desktop.formats.delimited import DelimitedEncoder
from dataflow_desktop.formats.encoding import FileEncoder, TextEncoder

if TYPE_CHECKING:
    from dataflow_desktop.formats.xlsx import XlsxEncoder

ENCODER_VERSIONS = dict.fromkeys(FileFormat, "1")
"""Changes only when the same rows and options would give other bytes: such jobs cannot go on."""


def encoder_for(task: WritingTask) -> FileEncoder:
    """Return what encodes the rows of `task`; what it stands on is loaded then."""
    match task.options.file_format:
        case FileFormat.PARQUET:
            from dataflow_desktop.formats.parquet import ParquetEncoder
            from dataflow_desktop.formats.parquet_types import parsed_type

            types = tuple(map(parsed_type, task.column_types))
            return ParquetEncoder(task.columns, task.names, types, task.options.compression)
        case FileFormat.XLSX:
            return sheets_encoder_for(task)
        case _ if task.options.compression is Compression.NONE:
            return text_encoder_for(task)
        case _:
            from dataflow_desktop.formats.compressed import CompressedEncoder

            return CompressedEncoder(text_encoder_for(task), task.options.compression)


def sheets_encoder_for(task: WritingTask) -> "XlsxEncoder":
    """Return what encodes the rows of a workbook, and what stands between its sheets."""
    from dataflow_desktop.formats.xlsx import XlsxEncoder

    if task.layout is None or task.layout.section_rows is None:
        raise ValueError(task)
    return XlsxEncoder(task.columns, task.names, title=task.title, sheet_rows=task.layout.section_rows)


def line_encoder_for(task: WritingTask) -> DelimitedEncoder:
    """Return what encodes delimited text row by row, with nothing loaded for it."""
    is_replacing = task.invalid_text is InvalidText.REPLACE
    return DelimitedEncoder(task.columns, task.options.delimited, task.names, is_replacing=is_replacing)


def text_encoder_for(task: WritingTask) -> TextEncoder:
    """Return what encodes the rows of a text file before it is compressed."""
    if task.options.file_format in DELIMITED:
        from dataflow_desktop.formats.delimited_columns import ColumnarEncoder

        is_replacing = task.invalid_text is InvalidText.REPLACE
        return ColumnarEncoder(task.columns, task.options.delimited, task.names, is_replacing=is_replacing)
    from dataflow_desktop.formats.json_lines import JsonLinesEncoder

    return JsonLinesEncoder(task.columns, task.names)


def text_header(task: WritingTask) -> bytes:
    """Return what stands before the rows of a text file, as its encoder has it, with little loaded."""
    is_delimited = task.options.file_format in DELIMITED
    header = line_encoder_for(task).header() if is_delimited else b""
    if task.options.compression is Compression.NONE:
        return header
    from dataflow_desktop.formats.compression import compressed

    return compressed(header, task.options.compression)


def version_of(task: WritingTask) -> str:
    """Return what changes only when the same rows and options would give other bytes."""
    file_format, compression = task.options.file_format, task.options.compression
    own = ENCODER_VERSIONS[file_format]
    if file_format is FileFormat.PARQUET:
        return f"{own} polars {version('polars')}"
    if file_format is FileFormat.XLSX:
        return f"{own} isal {version('isal')} XlsxWriter {version('XlsxWriter')}"
    if compression is Compression.NONE:
        return own
    from dataflow_desktop.formats.compression import compressor_version

    return f"{own} {compressor_version(compression)}"
