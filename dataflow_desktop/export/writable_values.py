"""Values that a file cannot hold: which one it is, so that a person can find it."""

from dataflow_desktop.domain.chunk import Chunk
from dataflow_desktop.domain.file_options import DELIMITED, Encoding, FileFormat
from dataflow_desktop.domain.reading import InvalidText, ReadingTask
from dataflow_desktop.domain.row_query import Value
from dataflow_desktop.domain.sheet_limits import CELL_UNITS
from dataflow_desktop.domain.writing import WritingTask
from dataflow_desktop.errors import ReasonCode, SourceError
from dataflow_desktop.formats.delimited import unencodable
from dataflow_desktop.source.connection import SourceConnection, TextDecoding
from dataflow_desktop.source.statements import select_long


def check_values(reading: ReadingTask, writing: WritingTask, chunk: Chunk) -> None:
    """Raise SourceError, with table, column and key, for the first value that the file cannot hold."""
    options = writing.options
    if options.file_format in DELIMITED:
        encoding = options.delimited.encoding
        if encoding is Encoding.CP1252 and writing.invalid_text is InvalidText.FAIL:
            _check_letters(reading, writing, chunk, encoding)
    elif options.file_format is FileFormat.XLSX:
        _check_lengths(reading, writing, chunk)


def check_cells(connection: SourceConnection, reading: ReadingTask, writing: WritingTask) -> None:
    """Raise SourceError for a value that no cell of a sheet can hold, before anything is written.

    One pass over the rows, of which only the lengths are looked at.
    """
    if writing.options.file_format is not FileFormat.XLSX:
        return
    width = len(reading.read_columns)
    # Two units are the most that a letter becomes.
    statement = select_long(reading.table, reading.query, reading.after, CELL_UNITS // 2)
    with connection.decoding(TextDecoding.REPLACE), connection.cursor(statement) as cursor:
        while found := cursor.fetch(1):
            columns = list(zip(*found, strict=True))
            check_values(reading, writing, Chunk(columns[:width], 1, found[0][width:]))


def _check_letters(reading: ReadingTask, writing: WritingTask, chunk: Chunk, encoding: Encoding) -> None:
    shown = Chunk(chunk.columns[: len(writing.columns)], chunk.rows, chunk.last)
    if (found := unencodable(shown, encoding)) is None:
        return
    row, number = found
    letter = next(letter for letter in str(shown.columns[number][row]) if not encoding.has(letter))
    raise SourceError(
        ReasonCode.LETTER_NOT_IN_ENCODING,
        letter=f"{letter} (U+{ord(letter):04X})",
        encoding=encoding.value,
        table=reading.table.name,
        column=writing.columns[number].name,
        key=_key_of(writing, chunk, row),
    )


def _check_lengths(reading: ReadingTask, writing: WritingTask, chunk: Chunk) -> None:
    long = (
        (row, number)
        for number in range(len(writing.columns))
        for row, value in enumerate(chunk.columns[number])
        if _length(value) > CELL_UNITS
    )
    if (found := min(long, default=None)) is None:
        return
    row, number = found
    value = chunk.columns[number][row]
    raise SourceError(
        ReasonCode.CELL_TOO_LONG,
        length=f"{_length(value):,}",
        most=f"{CELL_UNITS:,}",
        table=reading.table.name,
        column=writing.columns[number].name,
        key=_key_of(writing, chunk, row),
    )


def _key_of(writing: WritingTask, chunk: Chunk, row: int) -> str:
    key: list[Value] = [values[row] for values in chunk.columns[len(writing.columns) :]]
    return ", ".join(map(repr, key)) or "without a key"


def _length(value: Value) -> int:
    if not isinstance(value, str | bytes):
        return 0
    if isinstance(value, bytes):
        return 2 * len(value)  # as hex
    # Most texts are too short whatever their letters are.
    return len(value) if 2 * len(value) <= CELL_UNITS else len(value.encode("utf-16-le")) // 2
