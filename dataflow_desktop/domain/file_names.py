"""The name of a file follows its format and compression."""

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


def _packed(file_format: FileFormat, compression: Compression) -> str:
    return _PACKED[compression] if file_format in TEXT_FORMATS else ""


def _unpacked(name: str) -> str:
    return name[: name.rindex(".")] if compression_named(name) is not Compression.NONE else name
