"""An export as the command that asks for the same."""

import os
import re
import shlex
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields
from enum import Enum, auto

from dataflow_desktop.domain.condition_values import INTEGER_LIMIT, parse_condition
from dataflow_desktop.domain.export_profile import ExportProfile, profile_of
from dataflow_desktop.domain.export_spec import CHECKPOINT_SECONDS, ExportSpec
from dataflow_desktop.domain.file_options import (
    DELIMITED,
    EXCEL,
    DelimitedOptions,
    FileOptions,
    fitting,
    format_named,
    usual_compression,
)
from dataflow_desktop.domain.row_query import (
    WITH_LIST,
    WITHOUT_VALUE,
    Condition,
    Operator,
    SortColumn,
    TypedValue,
)
from dataflow_desktop.domain.schema import Table
from dataflow_desktop.domain.source_address import holds_secret, without_secrets
from dataflow_desktop.domain.typed_lists import join_list, quoted
from dataflow_desktop.errors import ConfigurationError

PROGRAM = "dataflow-desktop"

_PLAIN_NAME = re.compile(r"\w+")
_SPECIAL_TO_CMD = re.compile(r"[<>|&^()]")

_DELIMITED_FLAGS = {
    "delimiter": "--delimiter",
    "quoting": "--quote",
    "null_text": "--null",
    "line_ending": "--line-ending",
    "encoding": "--encoding",
    "decimal_mark": "--decimal",
    "has_bom": "--bom",
    "has_header": "--no-header",
    "has_formula_guard": "--formula-guard",
}


class Unsayable(Enum):
    """What no command line can ask for."""

    SELECTED_ROWS = auto()
    CONDITION = auto()
    """A value that is not of its column's type, or cannot be typed."""
    SEARCH = auto()
    """A search in one column."""
    CHANGED_PROFILE = auto()
    """Only what was added since the last export of a profile, which says something else by now."""
    ARGUMENT = auto()
    """A text with NUL, which ends an argument."""


def what_is_unsayable(spec: ExportSpec, table: Table) -> Unsayable | None:
    """Return why `export_command` would not ask for just this export, None where it does."""
    query = spec.query
    if query.rows is not None:
        return Unsayable.SELECTED_ROWS
    if query.search is not None and (query.search.column is not None or not query.search.text):
        return Unsayable.SEARCH
    if any(_typed_text(condition, table) is None for condition in query.conditions):
        return Unsayable.CONDITION
    has_nul = any("\0" in argument for argument in export_command(spec, table))
    return Unsayable.ARGUMENT if has_nul else None


def export_command(spec: ExportSpec, table: Table) -> list[str]:
    """Return the arguments that ask for `spec`, the program first; those that are so anyhow are left out.

    What is new is asked for by the profile, which says all the rest and must not have been changed since.
    """
    source = without_secrets(spec.source) if holds_secret(spec.source) else spec.source
    profile = profile_of("", spec, table.column_names)
    wishes = _since_options(spec) if spec.is_since_last else _wish_options(profile, spec.target, table)
    options = [*wishes, *_run_options(spec)]
    if table.name.startswith("-"):
        return [PROGRAM, "export", "-o", spec.target, *options, "--", source, table.name]
    return [PROGRAM, "export", source, table.name, "-o", spec.target, *options]


def profile_options(profile: ExportProfile) -> list[str]:
    """Return the options of `export` that ask for the same as `profile`; the format is always among them."""
    return list(_wish_options(profile, "", None))


def shell_line(arguments: Iterable[str], *, is_windows: bool = os.name == "nt") -> str:
    """Return `arguments` as a line for the shell: POSIX's, or cmd.exe of Windows."""
    if is_windows:
        return " ".join(map(_word_of_cmd, arguments))
    return shlex.join(arguments)


def _word_of_cmd(argument: str) -> str:
    word = subprocess.list2cmdline([argument])
    if word.startswith('"') or not _SPECIAL_TO_CMD.search(word):
        return word
    backslashes = len(word) - len(word.rstrip("\\"))
    return f'"{word}{word[len(word) - backslashes :]}"'


def _wish_options(profile: ExportProfile, target: str, table: Table | None) -> Iterator[str]:
    for condition in profile.conditions:
        yield from _where(condition, table)
    if profile.search is not None:
        yield f"--search={profile.search.text}"
    if profile.columns is not None:
        yield f"--columns={join_list(profile.columns)}"
    if profile.order:
        yield f"--order-by={','.join(_order_entry(by, table) for by in profile.order)}"
    yield from _file_options(profile.options, target)
    default = ExportProfile()
    if profile.consistency is not default.consistency:
        yield f"--consistency={profile.consistency}"
    if profile.invalid_text is not default.invalid_text:
        yield f"--invalid-text={profile.invalid_text}"


def _since_options(spec: ExportSpec) -> Iterator[str]:
    yield f"--profile={spec.profile}"
    yield "--since-last"


def _run_options(spec: ExportSpec) -> Iterator[str]:
    if spec.is_overwrite_allowed:
        yield "--overwrite"
    if spec.has_manifest:
        yield "--manifest"
    if spec.chunk_rows is not None:
        yield f"--chunk-rows={spec.chunk_rows}"
    if spec.throttle_ms:
        yield f"--throttle-ms={spec.throttle_ms}"
    if spec.checkpoint_seconds != CHECKPOINT_SECONDS:
        yield f"--checkpoint-seconds={spec.checkpoint_seconds}"


def _where(condition: Condition, table: Table | None) -> Sequence[str]:
    begin = ("--where", condition.column, condition.operator.value)
    if condition.operator in WITHOUT_VALUE:
        return begin
    typed = _typed_text(condition, table) if table is not None else None
    return (*begin, _text_of(condition.operator, condition.values) if typed is None else typed)


def _typed_text(condition: Condition, table: Table) -> str | None:
    """Return the text that a person types for the values of `condition`, None where there is none.

    Of a column without a type an equality has what was typed, and beside it the number that it looks like:
    there only the texts are typed.
    """
    if condition.operator in WITHOUT_VALUE:
        return "" if not condition.values else None
    texts = tuple(value for value in condition.values if isinstance(value, str))
    for values in (texts, condition.values):
        text = _text_of(condition.operator, values)
        if values and _stands_for(text, condition, table):
            return text
    return None


def _stands_for(text: str, condition: Condition, table: Table) -> bool:
    try:
        return parse_condition(table.column(condition.column), condition.operator, text) == condition
    except ConfigurationError:
        return False


def _text_of(operator: Operator, values: Sequence[TypedValue]) -> str:
    is_list = operator in WITH_LIST or len(values) != 1
    return join_list(map(_text, values)) if is_list else _text(values[0])


def _text(value: TypedValue) -> str:
    if isinstance(value, bytes):
        return value.hex()
    # The shortest text of a large double is another integer than the double itself.
    is_integer = isinstance(value, float) and value.is_integer() and abs(value) < INTEGER_LIMIT
    return str(int(value) if is_integer else value)


def _order_entry(by: SortColumn, table: Table | None) -> str:
    suffix = ":desc" if by.is_descending else ""
    # A column that is called like this one with its direction would be meant instead, were it not for quotes.
    is_clear = not suffix or (table is not None and by.column + suffix not in table.column_names)
    return (by.column if is_clear and _PLAIN_NAME.fullmatch(by.column) else quoted(by.column)) + suffix


def _file_options(options: FileOptions, target: str) -> Iterator[str]:
    for old, new in options.renames:
        name = quoted(old) if "=" in old or old.startswith('"') or not old else old
        yield f"--rename={name}={new}"
    if options.file_format is not format_named(target):
        yield f"--format={options.file_format}"
    if options.compression is not usual_compression(target, options.file_format):
        yield f"--compress={options.compression}"
    if options.split_rows is not None:
        yield f"--split-rows={options.split_rows}"
    if options.split_bytes is not None:
        yield f"--split-bytes={options.split_bytes}"
    if options.file_format in DELIMITED:
        yield from _delimited_options(options)


def _delimited_options(options: FileOptions) -> Iterator[str]:
    delimited, base = options.delimited, DelimitedOptions()
    if (delimited.line_ending, delimited.has_bom, delimited.has_formula_guard) == (
        EXCEL.line_ending,
        EXCEL.has_bom,
        EXCEL.has_formula_guard,
    ):
        base = EXCEL
        yield "--preset=excel"
    base = fitting(base, options.file_format)
    for field in fields(base):
        value = getattr(delimited, field.name)
        if value != getattr(base, field.name):
            flag = _DELIMITED_FLAGS[field.name]
            yield flag if isinstance(value, bool) else f"{flag}={_typed_option(value)}"


def _typed_option(value: str) -> str:
    return "tab" if value == "\t" else value
