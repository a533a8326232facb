"""What every file format does: rows → bytes, and what stands before and after them."""

from collections.abc import Iterator
from typing import IO, TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import polars as pl


class WrittenFile(Protocol):
    """The bytes of a file written so far."""

    @property
    def size(self) -> int:
        """How many they are."""

    def read(self, offset: int, length: int, /) -> bytes:
        """Return so many of them from `offset` on."""


class FileEncoder(Protocol):
    """Encodes the rows of one file; only `encode` is called by several threads.

    A frame has one series for each column, in order; their names do not matter. A series is Int64, Float64,
    String, Binary, Null, or for mixed values a Struct of integer, real, text and bytes, in each row one of
    them at most. A whole Float64 is a real in a FLOAT column and an integer, below 2**53, in any other; in a
    Struct every number is what its field says.
    """

    def header(self) -> bytes:
        """Return the bytes before the first row."""

    def encode(self, frame: "pl.DataFrame", first_row: int) -> bytes:
        """Return the bytes of all rows of `frame`, the first of which is row `first_row` of the file, from 0.

        Raises MisfitError for values that the format has no way to write as planned.
        """

    def trailer(self, file: WrittenFile, rows: int) -> Iterator[bytes]:
        """Yield the bytes after the last of `rows` rows; `file` has all before."""


class TextEncoder(FileEncoder, Protocol):
    """An encoder of text: its bytes do not depend on where frames begin and end."""

    def write(self, frame: "pl.DataFrame", sink: IO[bytes]) -> None:
        """Write the bytes of all rows of `frame` to `sink`."""


class MisfitError(Exception):
    """Values of these columns do not fit the types planned for them; the columns can be written as text."""

    def __init__(self, columns: frozenset[str]) -> None:
        super().__init__(", ".join(sorted(columns)))
        self.columns = columns
