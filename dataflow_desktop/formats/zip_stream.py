"""The records of a ZIP file whose first large entries are written before their sizes are known."""

import struct
from collections.abc import Sequence
from dataclasses import dataclass, replace

from isal import igzip_lib, isal_zlib

from dataflow_desktop.formats.encoding import WrittenFile

MOST_BYTES = 0xFFFF_FFFF
"""What sizes and offsets of 32 bits can say. Excel refuses ZIP64 in entries with a data descriptor."""

# APPNOTE.TXT 6.3.10 of PKWARE, 4.3: local file header, data descriptor, central directory header and its end.
_LOCAL = struct.Struct("<4s5H3I2H")
_DESCRIPTOR = struct.Struct("<4s3I")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")

_VERSION = 20
_DEFLATED = 8
_SIZES_FOLLOW = 1 << 3
# The first day that a ZIP can say, as XlsxWriter has it: the time of writing is in no file of ours.
_TIME, _DATE = 0, 1 << 5 | 1

_WITHOUT_FRAME = -15
_READ_BYTES = 1 << 20
_INFLATED_BYTES = 4 << 20


class TooLargeError(Exception):
    """The entry `name`, or with None the whole file, would need `size` bytes or more, beyond MOST_BYTES."""

    def __init__(self, name: str | None, size: int) -> None:
        super().__init__(f"{name}: {size}")
        self.name = name
        self.size = size


@dataclass(frozen=True)
class Entry:
    """One file in a ZIP: where its local header is, and CRC-32 and sizes of its data."""

    name: str
    offset: int
    crc: int = 0
    packed: int = 0
    plain: int = 0
    has_descriptor: bool = False

    def local_header(self) -> bytes:
        """Return what stands before the data; the sizes are 0 where a descriptor follows."""
        known = (0, 0, 0) if self.has_descriptor else self._sizes
        name = self.name.encode("ascii")
        return _LOCAL.pack(b"PK\3\4", *self._how, *known, len(name), 0) + name

    def descriptor(self) -> bytes:
        """Return what stands after data whose size was not known before."""
        return _DESCRIPTOR.pack(b"PK\7\10", *self._sizes)

    def central_header(self) -> bytes:
        """Return its line in the directory at the end of the file."""
        name = self.name.encode("ascii")
        places = (len(name), 0, 0, 0, 0, 0, self.offset)
        return _CENTRAL.pack(b"PK\1\2", _VERSION, *self._how, *self._sizes, *places) + name

    @property
    def data_offset(self) -> int:
        """Where the data begins."""
        return self.offset + _LOCAL.size + len(self.name)

    @property
    def end(self) -> int:
        """Where the next entry begins."""
        return self.data_offset + self.packed + (_DESCRIPTOR.size if self.has_descriptor else 0)

    @property
    def _how(self) -> tuple[int, ...]:
        return _VERSION, _SIZES_FOLLOW if self.has_descriptor else 0, _DEFLATED, _TIME, _DATE

    @property
    def _sizes(self) -> tuple[int, ...]:
        return self.crc, self.packed, self.plain


def deflated(data: bytes | bytearray, level: int, *, is_last: bool) -> bytes:
    """Return `data` as a piece of a deflate stream, which ends on a byte and refers to nothing before it."""
    compressor = isal_zlib.compressobj(level, isal_zlib.DEFLATED, _WITHOUT_FRAME)
    ending = isal_zlib.Z_FINISH if is_last else isal_zlib.Z_FULL_FLUSH
    return compressor.compress(data) + compressor.flush(ending)


def whole_entry(name: str, data: bytes, offset: int, level: int) -> tuple[Entry, bytes]:
    """Return an entry for `data`, and all its bytes."""
    packed = deflated(data, level, is_last=True)
    entry = Entry(name, offset, isal_zlib.crc32(data), len(packed), len(data))
    return entry, entry.local_header() + packed


def directory(entries: Sequence[Entry]) -> bytes:
    """Return the central directory, which stands behind the last of `entries` and ends the file."""
    offset = entries[-1].end
    if offset > MOST_BYTES:
        raise TooLargeError(None, offset)
    headers = b"".join(entry.central_header() for entry in entries)
    return headers + _END.pack(b"PK\5\6", 0, 0, len(entries), len(entries), len(headers), offset, 0)


def measured(file: WrittenFile, begun: Entry) -> tuple[Entry, bool]:
    """Return an entry with a descriptor as far as `file` has its data, and whether that is whole.

    Inflates the data, a few MiB at a time. Raises TooLargeError as soon as there is too much.
    """
    inflating = igzip_lib.IgzipDecompressor(igzip_lib.DECOMP_DEFLATE)
    entry, read, size = begun, begun.data_offset, file.size
    while not inflating.eof and (read < size or not inflating.needs_input):
        piece = file.read(read, min(_READ_BYTES, size - read)) if inflating.needs_input else b""
        read += len(piece)
        entry = grown(entry, inflating.decompress(piece, _INFLATED_BYTES), 0)
    packed = read - len(inflating.unused_data) - begun.data_offset
    return replace(entry, packed=packed), inflating.eof


def grown(entry: Entry, data: bytes, packed: int) -> Entry:
    """Return the entry with more `data`, `packed` bytes in all; raise TooLargeError where it is too much."""
    plain = entry.plain + len(data)
    if max(plain, packed) > MOST_BYTES:
        raise TooLargeError(entry.name, plain)
    return replace(entry, crc=isal_zlib.crc32(data, entry.crc), packed=packed, plain=plain)
