"""The name of a file follows its format and compression, and those of the files it is split into its own."""

import re
from pathlib import PurePath

from dataflow_desktop.domain.file_options import (
    TEXT_FORMATS,
    Compression,
    FileFormat,
    compression_named,
    format_named,
)

_PACKED = {Compression.NONE: "", Compression.GZIP: ".gz", Compression.ZSTD: ".zst"}


def suffixes_of(file_format: FileFormat, compression: Compression) -> str:
    """Return what the name of such a file ends in."""
    return f".{file_format.value}{_packed(file_format, compression)}"


def with_format(name: str, file_format: FileFormat, compression: Compression) -> str:
    """Return `name`, of a file or a whole path, with the suffixes of a format in place of another's."""
    bare = _unpacked(name)
    if format_named(bare) is not None:
        bare = bare[: bare.rindex(".")]
    return bare + suffixes_of(file_format, compression)


def with_compression(name: str, file_format: FileFormat, compression: Compression) -> str:
    """Return `name` with the suffix of a compression in place of another's; what is before it stays."""
    return _unpacked(name) + _packed(file_format, compression)


def usable_stem(name: str) -> str:
    """Return `name` as a file can be called, whatever signs it has."""
    return "".join(letter if letter.isalnum() or letter in "-_ " else "_" for letter in name) or "export"


def numbered(target: str, number: int) -> str:
    """Return the name, or whole path, of the file `number`, from 1, of an export that is split."""
    name = PurePath(target).name
    stem = _stem(name)
    return f"{target[: len(target) - len(name)]}{stem}-{number:04}{name[len(stem) :]}"


def number_in(target: str, name: str) -> int | None:
    """Return which file of an export to `target` is called `name`; None where it is none of them."""
    own = PurePath(target).name
    stem = _stem(own)
    found = re.fullmatch(rf"{re.escape(stem)}-(\d{{4}}){re.escape(own[len(stem) :])}", name)
    return int(found[1]) if found is not None and found[1] != "0000" else None


def unnumbered(name: str) -> str | None:
    """Return the name of an export that is split, told by that of one of its files; None where it is none."""
    stem = _stem(name)
    found = re.fullmatch(r"(.+)-\d{4}", stem, re.DOTALL)
    return found[1] + name[len(stem) :] if found is not None else None


def _stem(name: str) -> str:
    """Return `name` without the suffixes that tell its format; the last suffix is one, whatever it tells."""
    bare = _unpacked(name)
    return bare[: len(bare) - len(PurePath(bare).suffix)]


def _packed(file_format: FileFormat, compression: Compression) -> str:
    return _PACKED[compression] if file_format in TEXT_FORMATS else ""


def _unpacked(name: str) -> str:
    return name[: name.rindex(".")] if compression_named(name) is not Compression.NONE else name
