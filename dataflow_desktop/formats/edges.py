"""What stands before the first row of a file, between its sections, and after the last row."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING

from dataflow_desktop.domain.file_options import TEXT_FORMATS, FileFormat
from dataflow_desktop.domain.writing import WritingTask
from dataflow_desktop.errors import ReasonCode, RefusedError
from dataflow_desktop.formats.encoders import encoder_for, sheets_encoder_for, text_header
from dataflow_desktop.formats.encoding import FileEncoder, WrittenFile

if TYPE_CHECKING:
    from dataflow_desktop.formats.xlsx import XlsxEncoder


@contextmanager
def _turned_errors() -> Iterator[None]:
    from dataflow_desktop.formats.zip_stream import TooLargeError

    try:
        yield
    except TooLargeError as error:
        raise RefusedError(ReasonCode.SHEET_TOO_LARGE) from error


class FileEdges:
    """The edges of one file; those of text need no Polars, which would take its time to load."""

    def __init__(self, task: WritingTask) -> None:
        self._task = task

    def header(self) -> bytes:
        """Return what stands before the first row."""
        if self._is_text:
            return text_header(self._task)
        return self._encoder.header()

    def is_between_sections(self, row: int) -> bool:
        """Whether the row number `row` begins another section than the one before it."""
        section_rows = self._section_rows
        return section_rows is not None and row > 0 and row % section_rows == 0

    def between_sections(self, file: WrittenFile, rows: int) -> Iterator[bytes]:
        """Yield what ends a section and begins the next, after so many rows; `file` has all before."""
        with _turned_errors():
            yield from self._sheets.sheet_end(file, rows)
        yield self._sheets.sheet_begin(rows // (self._section_rows or rows) + 1)

    def trailer(self, file: WrittenFile, rows: int) -> Iterator[bytes]:
        """Yield what stands after the last of `rows` rows; `file` has all before."""
        if not self._is_text:  # which ends with its last row
            with _turned_errors():
                yield from self._encoder.trailer(file, rows)

    @property
    def _section_rows(self) -> int | None:
        return self._task.layout.section_rows if self._task.layout is not None else None

    @property
    def _is_text(self) -> bool:
        return self._task.options.file_format in TEXT_FORMATS

    @cached_property
    def _encoder(self) -> FileEncoder:
        is_workbook = self._task.options.file_format is FileFormat.XLSX
        return self._sheets if is_workbook else encoder_for(self._task)

    @cached_property
    def _sheets(self) -> "XlsxEncoder":
        """One for the whole file: it remembers the sheets that have ended, and inflates none again."""
        return sheets_encoder_for(self._task)
