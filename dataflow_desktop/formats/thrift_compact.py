"""Thrift's compact protocol, as Parquet's footers are written in it; no field needs to be known by name.

The rules: https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md
"""

import struct
from collections.abc import Callable, Sequence
from enum import IntEnum
from typing import Any, NamedTuple


class ThriftKind(IntEnum):
    """What kind of value follows; Parquet's footers have no sets and maps."""

    TRUE = 1
    """A boolean: in a field's header the kind is the value, FALSE the other one."""
    FALSE = 2
    I8 = 3
    I16 = 4
    I32 = 5
    I64 = 6
    DOUBLE = 7
    BINARY = 8
    LIST = 9
    STRUCT = 12


class ThriftField(NamedTuple):
    """One field's value: a bool (its kind is TRUE then), int, float, bytes, ThriftList or ThriftStruct."""

    kind: ThriftKind
    value: Any


class ThriftList(NamedTuple):
    """Values of one kind."""

    kind: ThriftKind
    values: Sequence[Any]


ThriftStruct = dict[int, ThriftField]
"""A value for each field's id."""

STRUCT_END = b"\0"
"""What stands behind a struct's last field."""


class ThriftError(Exception):
    """The bytes are no such struct."""


def parsed_struct(data: bytes) -> ThriftStruct:
    """Return the struct that `data` is, to its last byte; raises ThriftError."""
    reader = _Reader(data)
    try:
        found = reader.struct()
    except (IndexError, KeyError, ValueError, RecursionError) as error:
        raise ThriftError(f"no struct: {error}") from error
    if reader.position != len(data):
        raise ThriftError(f"{len(data) - reader.position} bytes after the struct")
    return found


def struct_bytes(fields: ThriftStruct) -> bytes:
    """Return the bytes of a struct."""
    return field_bytes(fields) + STRUCT_END


def field_bytes(fields: ThriftStruct, *, after: int = 0) -> bytes:
    """Return the bytes of fields that stand behind field `after`, without the end of their struct."""
    parts: list[bytes] = []
    for number, (kind, value) in sorted(fields.items()):
        is_false = kind is ThriftKind.TRUE and not value
        parts.append(field_header(number, after, ThriftKind.FALSE if is_false else kind))
        if kind is not ThriftKind.TRUE:
            parts.append(_WRITERS[kind](value))
        after = number
    return b"".join(parts)


def field_header(number: int, after: int, kind: ThriftKind) -> bytes:
    """Return what stands before the value of field `number`, behind field `after`."""
    step = number - after
    if 0 < step <= _LONGEST_STEP:
        return bytes([step << 4 | kind])
    return bytes([kind]) + integer_bytes(number)


def list_header(kind: ThriftKind, length: int) -> bytes:
    """Return what stands before the values of a list."""
    if length < _LONGEST_STEP:
        return bytes([length << 4 | kind])
    return bytes([_LONGEST_STEP << 4 | kind]) + _varint_bytes(length)


def integer_bytes(value: int) -> bytes:
    """Return the bytes of an i16, i32 or i64."""
    return _varint_bytes(value << 1 if value >= 0 else (-value << 1) - 1)


_LONGEST_STEP = 15
"""Between two fields' ids; and the length of a list that needs a number of its own."""
_VARINT_BITS = 70
"""Ten bytes of seven bits hold any i64."""

# Calling ThriftKind for each field took a fifth of the time. A list may have either kind for booleans.
_KINDS = {int(kind): kind for kind in ThriftKind} | {int(ThriftKind.FALSE): ThriftKind.TRUE}


class _Reader:
    """Reads values one after another; `position` is where the next begins."""

    def __init__(self, data: bytes) -> None:
        self.position = 0
        self._data = data
        self._readers: dict[ThriftKind, Callable[[], Any]] = {
            ThriftKind.TRUE: lambda: self._byte() == ThriftKind.TRUE,
            ThriftKind.I8: lambda: int.from_bytes(self._bytes(1), signed=True),
            ThriftKind.I16: self._integer,
            ThriftKind.I32: self._integer,
            ThriftKind.I64: self._integer,
            ThriftKind.DOUBLE: self._double,
            ThriftKind.BINARY: lambda: self._bytes(self._varint()),
            ThriftKind.LIST: self._list,
            ThriftKind.STRUCT: self.struct,
        }

    def struct(self) -> ThriftStruct:
        fields: ThriftStruct = {}
        number = 0
        while head := self._byte():
            step = head >> 4
            number = number + step if step else self._integer()
            kind = _KINDS[head & 0x0F]
            if kind is ThriftKind.TRUE:
                fields[number] = ThriftField(kind, head & 0x0F == ThriftKind.TRUE)
            else:
                fields[number] = ThriftField(kind, self._readers[kind]())
        return fields

    def _double(self) -> float:
        (number,) = struct.unpack("<d", self._bytes(8))
        return float(number)

    def _list(self) -> ThriftList:
        head = self._byte()
        length = head >> 4
        if length == _LONGEST_STEP:
            length = self._varint()
        kind = _KINDS[head & 0x0F]
        read = self._readers[kind]
        return ThriftList(kind, [read() for _ in range(length)])

    def _byte(self) -> int:
        self.position += 1
        return self._data[self.position - 1]

    def _bytes(self, length: int) -> bytes:
        end = self.position + length
        if end > len(self._data):
            raise IndexError("cut short")
        self.position, begin = end, self.position
        return self._data[begin:end]

    def _varint(self) -> int:
        value = 0
        for shift in range(0, _VARINT_BITS, 7):
            byte = self._byte()
            value |= (byte & 0x7F) << shift
            if byte < 0x80:  # noqa: PLR2004 - the bit that says that more follows
                return value
        raise ValueError("a number without an end")

    def _integer(self) -> int:
        zigzag = self._varint()
        return (zigzag >> 1) ^ -(zigzag & 1)


def _list_bytes(values: ThriftList) -> bytes:
    write = _WRITERS[values.kind]
    return list_header(values.kind, len(values.values)) + b"".join(map(write, values.values))


def _varint_bytes(value: int) -> bytes:
    written = bytearray()
    while value > 0x7F:  # noqa: PLR2004 - seven bits a byte
        written.append(value & 0x7F | 0x80)
        value >>= 7
    written.append(value)
    return bytes(written)


_WRITERS: dict[ThriftKind, Callable[[Any], bytes]] = {
    ThriftKind.TRUE: lambda value: bytes([ThriftKind.TRUE if value else ThriftKind.FALSE]),
    ThriftKind.I8: lambda value: value.to_bytes(1, signed=True),
    ThriftKind.I16: integer_bytes,
    ThriftKind.I32: integer_bytes,
    ThriftKind.I64: integer_bytes,
    ThriftKind.DOUBLE: lambda value: struct.pack("<d", value),
    ThriftKind.BINARY: lambda value: _varint_bytes(len(value)) + value,
    ThriftKind.LIST: _list_bytes,
    ThriftKind.STRUCT: struct_bytes,
}
