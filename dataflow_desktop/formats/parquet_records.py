"""Row groups of a Parquet file as records that are appended one by one, and the footer made of them.

    "PAR1" (pages, gaps, RowGroup, tail)* footer "PAR1"

Parquet's footer has absolute offsets of every page, and so can only be written last; but a part file may be
cut back to any record and gone on with. So each record keeps its own RowGroup behind its pages, and a tail of
fixed size to find it by from the end. Readers go by the footer and never look at what lies between pages.

The RowGroup is kept as the bytes that the footer will have, but for the offsets: they stand before it, from
the record's begin on, each with the place where it belongs. So a footer of thousands is soon put together.

The structs and their fields:
https://github.com/apache/parquet-format/blob/master/src/main/thrift/parquet.thrift
"""

import struct
import zlib
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum

from dataflow_desktop.formats.encoding import WrittenFile
from dataflow_desktop.formats.thrift_compact import (
    STRUCT_END,
    ThriftField,
    ThriftKind,
    ThriftStruct,
    field_bytes,
    field_header,
    integer_bytes,
    list_header,
    parsed_struct,
)

MAGIC = b"PAR1"
"""What a Parquet file begins and ends with."""

_CREATED_BY = b"dataflow-desktop version 1 (build 1)"
"""In the form that readers look into for the faults of known writers; never the version of this program."""

_LENGTH_BYTES = 4
_TAIL = struct.Struct("<QQIII4s")
"""Rows; bytes of the pages, of the gaps, and of the RowGroup; CRC-32 of these two; and the mark."""
_TAIL_MARK = b"DFRG"
_GAP = struct.Struct("<IQ")
"""How many bytes of the RowGroup stand between two offsets, and the second one."""

_MOST_ORDINAL = 2**15 - 1


class DamagedRecordsError(Exception):
    """What is written so far is not the records that were."""


class _File(IntEnum):
    VERSION = 1
    SCHEMA = 2
    NUM_ROWS = 3
    ROW_GROUPS = 4
    CREATED_BY = 6


class _Group(IntEnum):
    COLUMNS = 1
    TOTAL_BYTE_SIZE = 2
    NUM_ROWS = 3
    FILE_OFFSET = 5
    TOTAL_COMPRESSED_SIZE = 6
    ORDINAL = 7


class _Chunk(IntEnum):
    FILE_OFFSET = 2
    META_DATA = 3


class _Meta(IntEnum):
    TOTAL_COMPRESSED_SIZE = 7
    DATA_PAGE_OFFSET = 9
    DICTIONARY_PAGE_OFFSET = 11
    STATISTICS = 12


_KEPT_OF_META = frozenset({*range(1, 8), 9, 11, 12, 13, 16})
"""All but what lies outside the pages: key-values, index pages, Bloom filters."""
_OFFSETS = (_Meta.DATA_PAGE_OFFSET, _Meta.DICTIONARY_PAGE_OFFSET)
_NULL_COUNT = 3
"""The field of Statistics that says nothing of order."""


def metadata_of(file: bytes) -> ThriftStruct:
    """Return the FileMetaData of a whole Parquet file."""
    end = len(file) - len(MAGIC) - _LENGTH_BYTES
    length = int.from_bytes(file[end : end + _LENGTH_BYTES], "little")
    return parsed_struct(file[end - length : end])


def record_of(file: bytes, unordered: Container[int]) -> bytes:
    """Return the record of the one row group that a whole Parquet file has.

    Columns whose numbers are in `unordered` get no lowest and highest value.
    """
    (group,) = metadata_of(file)[_File.ROW_GROUPS].value.values
    chunks = group[_Group.COLUMNS].value.values
    pages: list[bytes] = []
    pieces: list[bytes | int] = [_list_begin(_Group.COLUMNS, 0, len(chunks))]
    begin = 0
    for number, chunk in enumerate(chunks):
        meta = chunk[_Chunk.META_DATA].value
        pages.append(_pages(file, meta))
        pieces += _chunk_pieces(_own_meta(meta, begin, has_order=number not in unordered))
        begin += len(pages[-1])
    counts: ThriftStruct = {field: group[field] for field in (_Group.TOTAL_BYTE_SIZE, _Group.NUM_ROWS)}
    gaps, written = _with_gaps([*pieces, field_bytes(counts, after=_Group.COLUMNS)])
    kept = gaps + written
    rows = group[_Group.NUM_ROWS].value
    tail = _TAIL.pack(rows, begin, len(gaps), len(written), zlib.crc32(kept), _TAIL_MARK)
    return b"".join([*pages, kept, tail])


def footer_of(metadata: ThriftStruct, file: WrittenFile, rows: int) -> Iterator[bytes]:
    """Yield the footer for all records of `file`, which have so many rows, and the end of the file.

    `metadata` is that of a file without rows. No pages are read. Raises DamagedRecordsError, before the first
    bytes where the records do not follow one another.
    """
    places = _places(file)
    found = sum(place.rows for place in places)
    if found != rows:
        raise DamagedRecordsError(f"{found} rows, not {rows}")
    length = 0
    for part in _footer_parts(metadata, file, places):
        length += len(part)
        yield part
    yield length.to_bytes(_LENGTH_BYTES, "little") + MAGIC


@dataclass(frozen=True)
class _Place:
    """Where a record begins, and what it keeps behind its pages."""

    begin: int
    rows: int
    page_bytes: int
    gap_bytes: int
    group_bytes: int
    checksum: int

    @property
    def kept_begin(self) -> int:
        return self.begin + self.page_bytes

    @property
    def kept_bytes(self) -> int:
        return self.gap_bytes + self.group_bytes


def _pages(file: bytes, meta: ThriftStruct) -> bytes:
    begin = min(meta[offset].value for offset in _OFFSETS if offset in meta)
    return file[begin : begin + meta[_Meta.TOTAL_COMPRESSED_SIZE].value]


def _own_meta(meta: ThriftStruct, begin: int, *, has_order: bool) -> ThriftStruct:
    """Return the ColumnMetaData of pages that now begin at `begin`."""
    shift = begin - min(meta[offset].value for offset in _OFFSETS if offset in meta)
    own = {number: field for number, field in meta.items() if number in _KEPT_OF_META}
    for offset in _OFFSETS:
        if offset in own:
            own[offset] = ThriftField(ThriftKind.I64, own[offset].value + shift)
    if _Meta.STATISTICS in own and not has_order:
        kept = {n: field for n, field in own[_Meta.STATISTICS].value.items() if n == _NULL_COUNT}
        own[_Meta.STATISTICS] = ThriftField(ThriftKind.STRUCT, kept)
    return own


def _chunk_pieces(meta: ThriftStruct) -> Iterator[bytes | int]:
    """Yield the bytes of a ColumnChunk, and the offsets between them as numbers."""
    # 0 says that there is no other copy of the metadata.
    yield field_bytes({_Chunk.FILE_OFFSET: ThriftField(ThriftKind.I64, 0)})
    yield field_header(_Chunk.META_DATA, _Chunk.FILE_OFFSET, ThriftKind.STRUCT)
    after = 0
    for number, field in sorted(meta.items()):
        if number in _OFFSETS:
            yield field_header(number, after, field.kind)
            yield field.value
        else:
            yield field_bytes({number: field}, after=after)
        after = number
    yield STRUCT_END + STRUCT_END


def _with_gaps(pieces: Iterable[bytes | int]) -> tuple[bytes, bytes]:
    """Return where numbers stand among the pieces, and the pieces without them."""
    written = bytearray()
    gaps: list[bytes] = []
    last = 0
    for piece in pieces:
        if isinstance(piece, int):
            gaps.append(_GAP.pack(len(written) - last, piece))
            last = len(written)
        else:
            written += piece
    return b"".join(gaps), bytes(written)


def _list_begin(number: int, after: int, length: int) -> bytes:
    return field_header(number, after, ThriftKind.LIST) + list_header(ThriftKind.STRUCT, length)


def _places(file: WrittenFile) -> list[_Place]:
    """Walk from the last record back to the first; return them in order."""
    places: list[_Place] = []
    begin = file.size
    while begin > len(MAGIC):
        places.append(_place_before(file, begin))
        begin = places[-1].begin
    if begin != len(MAGIC) or _read(file, 0, len(MAGIC)) != MAGIC:
        raise DamagedRecordsError("no record begins behind the header")
    return places[::-1]


def _place_before(file: WrittenFile, end: int) -> _Place:
    tail_begin = end - _TAIL.size
    if tail_begin < len(MAGIC):
        raise DamagedRecordsError(f"no record ends at {end}")
    rows, pages, gaps, group, checksum, mark = _TAIL.unpack(_read(file, tail_begin, _TAIL.size))
    if mark != _TAIL_MARK:
        raise DamagedRecordsError(f"no record ends at {end}")
    return _Place(tail_begin - pages - gaps - group, rows, pages, gaps, group, checksum)


def _read(file: WrittenFile, offset: int, length: int) -> bytes:
    found = file.read(offset, length)
    if len(found) != length:
        raise DamagedRecordsError(f"{len(found)} bytes at {offset}, not {length}")
    return found


def _footer_parts(metadata: ThriftStruct, file: WrittenFile, places: list[_Place]) -> Iterator[bytes]:
    rows = sum(place.rows for place in places)
    before: ThriftStruct = {
        _File.VERSION: metadata[_File.VERSION],
        _File.SCHEMA: metadata[_File.SCHEMA],
        _File.NUM_ROWS: ThriftField(ThriftKind.I64, rows),
    }
    yield field_bytes(before)
    yield _list_begin(_File.ROW_GROUPS, _File.NUM_ROWS, len(places))
    for number, place in enumerate(places):
        yield _group_at(file, place, number)
    after = {number: field for number, field in metadata.items() if number > _File.ROW_GROUPS}
    after[_File.CREATED_BY] = ThriftField(ThriftKind.BINARY, _CREATED_BY)
    yield field_bytes(after, after=_File.ROW_GROUPS) + STRUCT_END


def _group_at(file: WrittenFile, place: _Place, number: int) -> bytes:
    """Return the RowGroup of a record with the offsets it has in the file."""
    kept = _read(file, place.kept_begin, place.kept_bytes)
    if zlib.crc32(kept) != place.checksum:
        raise DamagedRecordsError(f"the row group at {place.begin} is another")
    parts: list[bytes] = []
    last = place.gap_bytes
    for length, offset in _GAP.iter_unpack(kept[: place.gap_bytes]):
        parts += kept[last : last + length], integer_bytes(place.begin + offset)
        last += length
    return b"".join([*parts, kept[last:], _group_end(place, number)])


def _group_end(place: _Place, number: int) -> bytes:
    """Return what a RowGroup ends with."""
    fields: ThriftStruct = {
        _Group.FILE_OFFSET: ThriftField(ThriftKind.I64, place.begin),
        _Group.TOTAL_COMPRESSED_SIZE: ThriftField(ThriftKind.I64, place.page_bytes),
    }
    if number <= _MOST_ORDINAL:
        fields[_Group.ORDINAL] = ThriftField(ThriftKind.I16, number)
    return field_bytes(fields, after=_Group.NUM_ROWS) + STRUCT_END
