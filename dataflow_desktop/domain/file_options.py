"""How the rows of an export are written: format, compression, and what each format can be told."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import PurePath

from dataflow_desktop.errors import ConfigurationError, ReasonCode


class FileFormat(StrEnum):
    """What kind of file an export makes."""

    CSV = "csv"
    TSV = "tsv"
    JSONL = "jsonl"
    PARQUET = "parquet"
    XLSX = "xlsx"


MOST_FILES = 9_999
"""Of more numbered files, the names would not be in the order of the rows any more."""

DELIMITED = frozenset({FileFormat.CSV, FileFormat.TSV})
"""Formats of delimited text, which have many ways to write a cell."""

TEXT_FORMATS = DELIMITED | {FileFormat.JSONL}
"""Formats of lines: a file may have a header, and ends with its last row."""


class Compression(StrEnum):
    """How bytes are made fewer: text in frames that can be unpacked alone, Parquet inside its pages."""

    NONE = "none"
    GZIP = "gzip"
    ZSTD = "zstd"


class Quoting(StrEnum):
    """Which cells of delimited text stand in quotes: those that must, or all but NULL."""

    NEEDED = "needed"
    ALL = "all"


class LineEnding(StrEnum):
    """What ends a line of delimited text."""

    LF = "lf"
    CRLF = "crlf"

    @property
    def text(self) -> str:
        """The characters themselves."""
        return "\r\n" if self is LineEnding.CRLF else "\n"


class Encoding(StrEnum):
    """What bytes letters become; UTF-16 is little-endian and begins with a byte order mark."""

    UTF_8 = "utf-8"
    UTF_16 = "utf-16"
    CP1252 = "cp1252"

    @property
    def codec(self) -> str:
        """Python's name for it, without a byte order mark."""
        return "utf-16-le" if self is Encoding.UTF_16 else self.value

    def has(self, text: str) -> bool:
        """Tell whether it has every character of `text`."""
        try:
            text.encode(self.codec)
        except UnicodeEncodeError:
            return False
        return True


@dataclass(frozen=True)
class DelimitedOptions:
    """How delimited text is written.

    `null_text` is what NULL becomes; a value of the same text is quoted, so that the two stay apart.
    `decimal_mark` is what numbers have for a point; dates and texts keep theirs. With `has_formula_guard` an
    apostrophe stands before texts that a spreadsheet would run as a formula.
    """

    delimiter: str = ","
    quoting: Quoting = Quoting.NEEDED
    null_text: str = ""
    line_ending: LineEnding = LineEnding.LF
    has_header: bool = True
    has_bom: bool = False
    encoding: Encoding = Encoding.UTF_8
    decimal_mark: str = "."
    has_formula_guard: bool = False


EXCEL = DelimitedOptions(line_ending=LineEnding.CRLF, has_bom=True, has_formula_guard=True)
"""Opens in Excel by a double click, with all its letters, and runs no formula."""


def fitting(options: DelimitedOptions, file_format: FileFormat) -> DelimitedOptions:
    """Return `options` with the delimiter that the format is named for, if it is named for one."""
    return replace(options, delimiter="\t") if file_format is FileFormat.TSV else options


def check_delimited(options: DelimitedOptions) -> None:
    """Raise ConfigurationError for options that no encoder can follow, or no reader undo."""
    delimiter, null_text, encoding = options.delimiter, options.null_text, options.encoding
    if len(delimiter) != 1 or delimiter in '"\r\n\0' or not encoding.has(delimiter):
        raise ConfigurationError(ReasonCode.DELIMITER_WRONG, delimiter=repr(delimiter), encoding=encoding)
    if any(odd in null_text for odd in (delimiter, *'"\r\n')) or not encoding.has(null_text):
        raise ConfigurationError(ReasonCode.NULL_TEXT_WRONG, text=repr(null_text), encoding=encoding)
    if options.decimal_mark not in {".", ","}:
        raise ConfigurationError(ReasonCode.DECIMAL_MARK_WRONG, mark=repr(options.decimal_mark))
    if options.has_bom and encoding is Encoding.CP1252:
        raise ConfigurationError(ReasonCode.BOM_NOT_POSSIBLE, encoding=encoding)


@dataclass(frozen=True)
class FileOptions:
    """Everything that decides how the same rows are written.

    `renames` are pairs of a column's name and its name in the file. `delimited` counts for delimited text
    only. With `split_rows` or `split_bytes` the rows go to numbered files, each of so many at most; a row
    that is longer alone has a file of its own.
    """

    file_format: FileFormat = FileFormat.CSV
    compression: Compression = Compression.NONE
    delimited: DelimitedOptions = field(default_factory=DelimitedOptions)
    renames: tuple[tuple[str, str], ...] = ()
    split_rows: int | None = None
    split_bytes: int | None = None

    @property
    def is_split(self) -> bool:
        """Whether the rows go to numbered files."""
        return self.split_rows is not None or self.split_bytes is not None

    @property
    def is_for_excel(self) -> bool:
        """Whether it is delimited text with what only a spreadsheet has a use for."""
        is_marked = self.delimited.has_bom or self.delimited.has_formula_guard
        return self.file_format in DELIMITED and is_marked

    def most_files(self, rows: int) -> int:
        """Return how many files an export of so many rows can have: by bytes, one for each row."""
        return max(1, min(-(-rows // (self.split_rows or 1)), MOST_FILES)) if self.is_split else 1

    def names_in_file(self, columns: Iterable[str]) -> tuple[str, ...]:
        """Return what `columns` are called in the file."""
        new = dict(self.renames)
        return tuple(new.get(column, column) for column in columns)


_FORMATS = {
    ".csv": FileFormat.CSV,
    ".tsv": FileFormat.TSV,
    ".tab": FileFormat.TSV,
    ".jsonl": FileFormat.JSONL,
    ".ndjson": FileFormat.JSONL,
    ".parquet": FileFormat.PARQUET,
    ".xlsx": FileFormat.XLSX,
}
_COMPRESSIONS = {".gz": Compression.GZIP, ".zst": Compression.ZSTD}


def format_named(file: str) -> FileFormat | None:
    """Return the format that the suffixes of a file's name tell, None where they tell none."""
    suffixes = [suffix.lower() for suffix in PurePath(file).suffixes]
    if suffixes and suffixes[-1] in _COMPRESSIONS:
        suffixes.pop()
    return _FORMATS.get(suffixes[-1]) if suffixes else None


def compression_named(file: str) -> Compression:
    """Return the compression that the last suffix of a file's name tells."""
    return _COMPRESSIONS.get(PurePath(file).suffix.lower(), Compression.NONE)


def usual_compression(file: str, file_format: FileFormat) -> Compression:
    """Return the compression of a file of which only name and format are said: Parquet's is inside it."""
    return Compression.ZSTD if file_format is FileFormat.PARQUET else compression_named(file)
