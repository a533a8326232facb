"""What MySQL and MariaDB call their types, and what is to be known of a column of each."""

import re

from dataflow_desktop.domain.schema import Column, ColumnKind

INTEGERS = frozenset({"tinyint", "smallint", "mediumint", "int", "bigint", "bit", "year"})
CHOICES = frozenset({"enum", "set"})
"""Texts that are ordered by the place of a word in the declaration, and compared by the word."""

BLOBS = frozenset({"tinyblob", "blob", "mediumblob", "longblob"})
GEOMETRIES = frozenset(
    {
        *("geometry", "point", "linestring", "polygon", "geomcollection", "geometrycollection"),
        *("multipoint", "multilinestring", "multipolygon"),
    }
)
TIMES = frozenset({"datetime", "timestamp"})

_KINDS = {
    # BOOLEAN is another word for TINYINT(1), in which any small integer may stand.
    **dict.fromkeys(INTEGERS, ColumnKind.INTEGER),
    **dict.fromkeys(("float", "double"), ColumnKind.FLOAT),
    "decimal": ColumnKind.DECIMAL,
    **dict.fromkeys(("char", "varchar", "tinytext", "text", "mediumtext", "longtext"), ColumnKind.TEXT),
    **dict.fromkeys(CHOICES, ColumnKind.TEXT),
    **dict.fromkeys(("binary", "varbinary", "vector", *BLOBS, *GEOMETRIES), ColumnKind.BYTES),
    "date": ColumnKind.DATE,
    **dict.fromkeys(TIMES, ColumnKind.TIMESTAMP),
}

_UNICODE = frozenset({"utf8mb4", "utf8mb3", "utf8", "ascii"})
_BY_BYTES = re.compile(r"(?:utf8|utf8mb3|utf8mb4|ascii)_(?:nopad|0900)_bin")
"""Collations in the order of UTF-8's bytes. Others that end in _bin call texts equal that end in spaces."""

MOST_SORTED_BYTES = 1024
"""A longer value is sorted by its first bytes: so many the server allots to each row that it sorts."""

_ENCODING = re.compile(r" CHARACTER SET (\w+)$")
_PRECISION = re.compile(r"\((\d+),(\d+)\)")
_LENGTH = re.compile(r"\((\d+)\)")


def kind_of(base_type: str) -> ColumnKind:
    """Return what a column of this type holds."""
    return _KINDS.get(base_type, ColumnKind.ANY)


def is_ordered_by_bytes(collation: str, most_bytes: int) -> bool:
    """Whether texts of a column are ordered by all of their bytes in UTF-8, in indexes too."""
    return bool(_BY_BYTES.fullmatch(collation)) and most_bytes <= MOST_SORTED_BYTES


def with_encoding(declared_type: str, encoding: str | None) -> str:
    """Return a type as it is declared, with the encoding where that is none of Unicode."""
    is_usual = encoding is None or encoding in _UNICODE
    return declared_type if is_usual else f"{declared_type} CHARACTER SET {encoding}"


def encoding_of(column: Column) -> str | None:
    """Return the encoding of a text column where it is none of Unicode, else None."""
    found = _ENCODING.search(column.declared_type)
    return found[1] if found else None


def is_long(column: Column) -> bool:
    """Whether bytes of the column may be more than are sorted."""
    if column.base_type in {"binary", "varbinary"}:
        length = _LENGTH.search(column.declared_type)
        return length is None or int(length[1]) > MOST_SORTED_BYTES
    return column.kind is ColumnKind.BYTES


def digits_before_point(column: Column) -> int:
    """Return how many a decimal of the column may have."""
    found = _PRECISION.search(column.declared_type)
    return int(found[1]) - int(found[2]) if found else 35


def has_fixed_decimals(column: Column) -> bool:
    """Whether a float of the column is shown with so many decimals, as in FLOAT(7,2)."""
    return "(" in column.declared_type
