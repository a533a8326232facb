"""Options that say how a file is written."""

import argparse
import re
from enum import StrEnum
from typing import TYPE_CHECKING

from dataflow_desktop.cli.words import word_of
from dataflow_desktop.domain.file_options import (
    DELIMITED,
    EXCEL,
    Compression,
    DelimitedOptions,
    Encoding,
    FileFormat,
    FileOptions,
    LineEnding,
    Quoting,
    fitting,
    format_named,
    usual_compression,
)
from dataflow_desktop.errors import ConfigurationError, ReasonCode

if TYPE_CHECKING:
    from dataflow_desktop.cli.arguments import Arguments


class Preset(StrEnum):
    """Options of delimited text that go together."""

    PLAIN = "plain"
    EXCEL = "excel"


_FLAGS = {
    "encoding": "--encoding",
    "decimal_mark": "--decimal",
    "delimiter": "--delimiter",
    "null_text": "--null",
    "line_ending": "--line-ending",
    "has_bom": "--bom",
    "has_no_header": "--no-header",
    "quoting": "--quote",
    "has_formula_guard": "--formula-guard",
}
"""Options of delimited text, by the field they set."""

_RENAME = re.compile(r'(?s)(?:"(?P<quoted>(?:[^"]|"")*)"|(?P<plain>[^"=][^=]*))=(?P<new>.*)')


def add_file_options(export: argparse.ArgumentParser) -> None:
    """Add the options of `export` that say how the file is written."""
    export.add_argument(
        "--rename",
        dest="renames",
        type=_rename,
        action="append",
        default=[],
        metavar="OLD=NEW",
        help="a column's name in the file; may be repeated; OLD quoted as in CSV where it has a =",
    )
    _add_word(export, "--format", "file_format", FileFormat, "by FILE's name")
    _add_word(
        export, "--compress", "compression", Compression, "by FILE's name: .gz, .zst; zstd inside Parquet"
    )
    split = export.add_mutually_exclusive_group()
    for field, unit in (("split_rows", "rows"), ("split_bytes", "bytes")):
        summary = f"numbered files of at most N {unit} each, with a header in each (one file)"
        split.add_argument(_flag(field), dest=field, type=_whole_number, metavar="N", help=summary)
    _add_word(export, "--preset", "preset", Preset, "plain; excel opens in Excel by a double click")
    text = export.add_argument_group("delimited text", "CSV and TSV can be written in many ways.")
    text.add_argument("--delimiter", type=_delimiter, metavar="C", help="between two cells (a comma)")
    text.add_argument("--null", dest="null_text", metavar="TEXT", help="what NULL becomes (nothing)")
    _add_word(text, "--quote", "quoting", Quoting, "which cells stand in quotes (needed)")
    _add_word(text, "--line-ending", "line_ending", LineEnding, "lf")
    _add_word(text, "--encoding", "encoding", Encoding, "utf-8")
    text.add_argument(
        "--decimal", dest="decimal_mark", choices=(".", ","), help="the decimal mark of numbers (a point)"
    )
    text.add_argument("--bom", dest="has_bom", action="store_true", help="begin with a byte order mark")
    text.add_argument("--no-header", dest="has_no_header", action="store_true", help="no line of names")
    text.add_argument(
        "--formula-guard",
        dest="has_formula_guard",
        action="store_true",
        help="an apostrophe before texts that a spreadsheet would run",
    )


def file_options(arguments: "Arguments", profile: FileOptions | None = None) -> FileOptions:
    """Return what `arguments` say, where they say nothing `profile`, and without one the name of the file.

    In another format than its own a profile says no more than the names of columns. Raises
    ConfigurationError for options that the format does not have.
    """
    told = profile.file_format if profile is not None else format_named(arguments.file)
    file_format = arguments.file_format or told or FileFormat.CSV
    if file_format not in DELIMITED:
        _refuse_delimited(arguments, file_format)
    renames = {**dict(profile.renames if profile is not None else ()), **dict(arguments.renames)}
    if profile is None or profile.file_format is not file_format:
        profile = _usual(file_format, usual_compression(arguments.file, file_format))
    delimited = _delimited(arguments, profile) if file_format in DELIMITED else DelimitedOptions()
    is_split = arguments.split_rows is not None or arguments.split_bytes is not None
    split = arguments if is_split else profile
    return FileOptions(
        file_format,
        arguments.compression or profile.compression,
        delimited,
        tuple(renames.items()),
        split_rows=split.split_rows,
        split_bytes=split.split_bytes,
    )


def _usual(file_format: FileFormat, compression: Compression) -> FileOptions:
    return FileOptions(file_format, compression, _preset_options(Preset.PLAIN, file_format))


def _preset_options(preset: Preset, file_format: FileFormat) -> DelimitedOptions:
    options = EXCEL if preset is Preset.EXCEL else DelimitedOptions()
    return fitting(options, file_format)


def _delimited(arguments: "Arguments", base: FileOptions) -> DelimitedOptions:
    options = base.delimited
    if arguments.preset is not None:
        options = _preset_options(arguments.preset, base.file_format)
    return DelimitedOptions(
        delimiter=arguments.delimiter or options.delimiter,
        quoting=arguments.quoting or options.quoting,
        null_text=options.null_text if arguments.null_text is None else arguments.null_text,
        line_ending=arguments.line_ending or options.line_ending,
        has_header=options.has_header and not arguments.has_no_header,
        has_bom=arguments.has_bom or options.has_bom,
        encoding=arguments.encoding or options.encoding,
        decimal_mark=arguments.decimal_mark or options.decimal_mark,
        has_formula_guard=arguments.has_formula_guard or options.has_formula_guard,
    )


def _refuse_delimited(arguments: "Arguments", file_format: FileFormat) -> None:
    given = [flag for field, flag in _FLAGS.items() if getattr(arguments, field) not in {None, False}]
    if arguments.preset is Preset.EXCEL:
        given.append("--preset")
    for flag in given:
        raise ConfigurationError(
            ReasonCode.OPTION_NOT_FOR_FORMAT,
            option=flag,
            formats="delimited text",
            format=file_format.value.upper(),
        )


def _add_word(
    group: argparse._ActionsContainer,
    flag: str,
    field: str,
    words: type[StrEnum],
    summary: str,
) -> None:
    group.add_argument(
        flag, dest=field, type=word_of(words), metavar="|".join(words), help=f"default: {summary}"
    )


def _flag(field: str) -> str:
    return f"--{field.replace('_', '-')}"


def _whole_number(text: str) -> int:
    try:
        return int(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number") from error


def _rename(text: str) -> tuple[str, str]:
    found = _RENAME.fullmatch(text)
    if found is None:
        raise argparse.ArgumentTypeError(f"{text!r} is not OLD=NEW")
    old = found["plain"] if found["quoted"] is None else found["quoted"].replace('""', '"')
    return old, found["new"]


def _delimiter(text: str) -> str:
    """Take also what a shell makes hard to type."""
    return {"\\t": "\t", "tab": "\t"}.get(text, text)
