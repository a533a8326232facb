"""Rows as text for the clipboard, whole and exact, in the form that the other program wants."""

import json
import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import StrEnum

from dataflow_desktop.browse.cell_text import decimal_text
from dataflow_desktop.domain.row_query import Value
from dataflow_desktop.domain.schema import Column

Rows = Iterable[Sequence[Value]]


class ClipboardForm(StrEnum):
    """How rows are written; the value is a word for settings."""

    TSV = "tsv"
    TSV_WITH_HEADERS = "tsv with headers"
    CSV = "csv"
    JSON = "json"
    MARKDOWN = "markdown"


# What a spreadsheet needs quoted when it is pasted, and what a CSV file does (RFC 4180).
_BREAKS_TSV = '\t\r\n"'
_BREAKS_CSV = ',\r\n"'
_LINE_BREAK = re.compile("\r\n|\r|\n")


def head_of(form: ClipboardForm, columns: Sequence[Column]) -> str:
    """Return what comes before the first row."""
    names = [column.name for column in columns]
    match form:
        case ClipboardForm.TSV:
            return ""
        case ClipboardForm.TSV_WITH_HEADERS:
            return "\t".join(map(_tsv_text, names)) + "\n"
        case ClipboardForm.CSV:
            return ",".join(map(_csv_text, names)) + "\n"
        case ClipboardForm.JSON:
            return "["
        case ClipboardForm.MARKDOWN:
            rules = ["---:" if column.is_numeric else "---" for column in columns]
            return _markdown_line(map(_markdown_text, names)) + "\n" + _markdown_line(rules) + "\n"


def body_of(form: ClipboardForm, columns: Sequence[Column], rows: Rows) -> str:
    """Return `rows`, which `joint_of` joins to those before."""
    return joint_of(form).join(_LINE_OF[form](columns, row) for row in rows)


def joint_of(form: ClipboardForm) -> str:
    """Return what stands between two rows."""
    return ",\n " if form is ClipboardForm.JSON else "\n"


def end_of(form: ClipboardForm) -> str:
    """Return what comes behind the last row."""
    return "]" if form is ClipboardForm.JSON else ""


def whole_text(column: Column, value: Value) -> str:
    """Return a value as text without loss; NULL becomes nothing, bytes hex."""
    match value:
        case None:
            return ""
        case str():
            return value
        case bytes():
            return value.hex()
        case int() | float():
            return repr(value) if column.decimals is None else decimal_text(value, column.decimals)


def _tsv_line(columns: Sequence[Column], row: Sequence[Value]) -> str:
    return "\t".join(_tsv_text(whole_text(*cell)) for cell in zip(columns, row, strict=True))


def _tsv_text(text: str) -> str:
    return _quoted(text) if _has_any(_BREAKS_TSV, text) else text


def _csv_line(columns: Sequence[Column], row: Sequence[Value]) -> str:
    return ",".join(
        '""' if value == "" else _csv_text(whole_text(column, value))
        for column, value in zip(columns, row, strict=True)
    )


def _csv_text(text: str) -> str:
    return _quoted(text) if _has_any(_BREAKS_CSV, text) else text


def _has_any(letters: str, text: str) -> bool:
    # Not a regular expression: that keeps the interpreter from the window for 0.7 s where a text has 100 MB.
    return any(letter in text for letter in letters)


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def _json_line(columns: Sequence[Column], row: Sequence[Value]) -> str:
    named = (
        f"{json.dumps(column.name, ensure_ascii=False)}: {_json_value(column, value)}"
        for column, value in zip(columns, row, strict=True)
    )
    return "{" + ", ".join(named) + "}"


def _json_value(column: Column, value: Value) -> str:
    match value:
        case None:
            return "null"
        case float() if not math.isfinite(value):
            return json.dumps(whole_text(column, value))  # JSON has no number for it
        case int() | float():
            return whole_text(column, value)
        case _:
            return json.dumps(whole_text(column, value), ensure_ascii=False)


def _markdown_text(text: str) -> str:
    return _LINE_BREAK.sub("<br>", text.replace("\\", "\\\\").replace("|", "\\|"))


def _markdown_row(columns: Sequence[Column], row: Sequence[Value]) -> str:
    return _markdown_line(_markdown_text(whole_text(*cell)) for cell in zip(columns, row, strict=True))


def _markdown_line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


_LINE_OF: Mapping[ClipboardForm, Callable[[Sequence[Column], Sequence[Value]], str]] = {
    ClipboardForm.TSV: _tsv_line,
    ClipboardForm.TSV_WITH_HEADERS: _tsv_line,
    ClipboardForm.CSV: _csv_line,
    ClipboardForm.JSON: _json_line,
    ClipboardForm.MARKDOWN: _markdown_row,
}
