"""What an export writes, and how: everything an encoder needs to know, in whatever process it works."""

from dataclasses import dataclass

from dataflow_desktop.domain.file_options import DELIMITED, Encoding, FileOptions
from dataflow_desktop.domain.frame_layout import FrameLayout
from dataflow_desktop.domain.reading import InvalidText
from dataflow_desktop.domain.schema import Column


@dataclass(frozen=True)
class WritingTask:
    """The columns of a file in their order, as the source describes them, and how they are written.

    `layout` says where frames end; None where the bytes do not depend on it. `title` is what a sheet is
    called. `column_types` are the types of a Parquet file's columns, none for other formats. `first_row` is
    the number of the first row that is still to be written, from 0.
    """

    columns: tuple[Column, ...]
    options: FileOptions
    layout: FrameLayout | None
    title: str = ""
    column_types: tuple[str, ...] = ()
    invalid_text: InvalidText = InvalidText.FAIL
    first_row: int = 0

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns in the file."""
        return self.options.names_in_file(column.name for column in self.columns)

    @property
    def needs_keys(self) -> bool:
        """Whether each row must come with its keyset: a frame may end at any, and an error may name any."""
        options = self.options
        is_narrow = options.file_format in DELIMITED and options.delimited.encoding is Encoding.CP1252
        return self.layout is not None or (is_narrow and self.invalid_text is InvalidText.FAIL)

    @property
    def needs_types(self) -> bool:
        """Whether the integer 5 is written in another way than the text 5."""
        return self.options.file_format not in DELIMITED
