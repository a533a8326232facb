"""Formats and what can be chosen of them, in words."""

from PySide6.QtCore import QCoreApplication

from dataflow_desktop.domain.file_names import suffixes_of
from dataflow_desktop.domain.file_options import (
    TEXT_FORMATS,
    Compression,
    Encoding,
    FileFormat,
    LineEnding,
    Quoting,
)
from dataflow_desktop.ui.option_presets import Preset


def format_words() -> dict[FileFormat, str]:
    """Return what each format is called."""
    return {
        FileFormat.CSV: "CSV",
        FileFormat.TSV: "TSV",
        FileFormat.JSONL: _tr("JSON Lines"),
        FileFormat.PARQUET: "Parquet",
        FileFormat.XLSX: _tr("Excel (XLSX)"),
    }


def compression_words(file_format: FileFormat) -> dict[Compression, str]:
    """Return the compressions that a format can have."""
    words = {Compression.NONE: _tr("None"), Compression.GZIP: "gzip", Compression.ZSTD: "Zstandard"}
    return {Compression.NONE: words[Compression.NONE]} if file_format is FileFormat.XLSX else words


def compression_hint(file_format: FileFormat) -> str:
    """Return why the compression is as it is; nothing for text, whose name says it."""
    hints = {
        FileFormat.PARQUET: _tr("Inside the file’s own pages, where any reader of Parquet expects it."),
        FileFormat.XLSX: _tr("An XLSX file is compressed already."),
    }
    return hints.get(file_format, "")


def name_filters(file_format: FileFormat, compression: Compression) -> list[str]:
    """Return what a file chooser offers to look at."""
    plain = suffixes_of(file_format, Compression.NONE)
    suffixes = [suffixes_of(file_format, compression)]
    if file_format in TEXT_FORMATS and plain not in suffixes:
        suffixes.append(plain)
    patterns = " ".join(f"*{suffix}" for suffix in suffixes)
    name = format_words()[file_format].replace("(", "").replace(")", "")
    return [_tr("{format} files ({patterns})").format(format=name, patterns=patterns), _tr("All files (*)")]


def preset_words() -> dict[Preset, str]:
    """Return what each preset is called."""
    return {Preset.PLAIN: _tr("Plain"), Preset.EXCEL: _tr("Excel"), Preset.CUSTOM: _tr("Custom")}


def delimiter_words() -> dict[str, str]:
    """Return the delimiters that have a word; nothing stands for any other."""
    return {",": _tr("Comma"), ";": _tr("Semicolon"), "\t": _tr("Tab"), "|": _tr("Pipe"), "": _tr("Other:")}


def quoting_words() -> dict[Quoting, str]:
    """Return which cells may stand in quotes."""
    return {Quoting.NEEDED: _tr("Where needed"), Quoting.ALL: _tr("All cells")}


def line_ending_words() -> dict[LineEnding, str]:
    """Return how lines may end."""
    return {LineEnding.LF: "LF", LineEnding.CRLF: "CRLF"}


def encoding_words() -> dict[Encoding, str]:
    """Return what letters may become."""
    return {Encoding.UTF_8: "UTF-8", Encoding.UTF_16: "UTF-16", Encoding.CP1252: "Windows-1252"}


def decimal_words() -> dict[str, str]:
    """Return what may stand before decimals."""
    return {".": _tr("Point: 1.5"), ",": _tr("Comma: 1,5")}


def _tr(text: str) -> str:
    return QCoreApplication.translate("Formats", text)
