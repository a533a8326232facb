"""Delimited text after RFC 4180, value by value; unless told otherwise NULL is nothing, '' two quotes."""

import re
from collections.abc import Callable, Sequence
from functools import partial, reduce
from typing import Any

from dataflow_desktop.domain.chunk import Chunk
from dataflow_desktop.domain.file_options import DelimitedOptions, Encoding, Quoting
from dataflow_desktop.domain.row_query import Value
from dataflow_desktop.domain.schema import Column, ColumnKind
from dataflow_desktop.formats.delimited_rules import (
    COMMA,
    DEFAULT_OPTIONS,
    FORMULA_GUARD,
    FORMULA_START,
    HEX_CHARACTERS,
    INTEGER_CHARACTERS,
    PLAIN_NUMBER,
    QUOTE,
    may_need_quotes,
    odd_character,
    real_characters,
)

_BYTE_ORDER_MARK = "\ufeff"

_begins_like_a_formula = re.compile(FORMULA_START).match
_is_plain_number = re.compile(PLAIN_NUMBER).fullmatch

CellText = Callable[[Any], str]
TextStep = Callable[[str], str]


class DelimitedEncoder:
    """Encodes chunks of the given columns; the bytes never depend on where chunks begin and end.

    `names` are the columns' names in the file, where they are not their own. A character that the encoding
    does not have raises UnicodeEncodeError, or with `is_replacing` becomes a question mark.
    """

    def __init__(
        self,
        columns: Sequence[Column],
        options: DelimitedOptions = DEFAULT_OPTIONS,
        names: Sequence[str] | None = None,
        *,
        is_replacing: bool = False,
    ) -> None:
        self._options = options
        self._names = [column.name for column in columns] if names is None else names
        self._name_text = _in_turn(*_text_steps(options, is_replacing=is_replacing))
        self._cell_texts = [_cell_text_for(column, options, is_replacing=is_replacing) for column in columns]

    def header(self) -> bytes:
        """Return the bytes that come before the first row: a byte order mark, the names, both or neither."""
        options = self._options
        has_mark = options.has_bom or options.encoding is Encoding.UTF_16
        names = options.delimiter.join(map(self._name_text, self._names)) + options.line_ending.text
        text = (_BYTE_ORDER_MARK if has_mark else "") + (names if options.has_header else "")
        return text.encode(options.encoding.codec)

    def encode(self, chunk: Chunk) -> bytes:
        """Return the bytes of all rows of `chunk`, in order."""
        texts = [
            list(map(cell_text, values))
            for cell_text, values in zip(self._cell_texts, chunk.columns, strict=True)
        ]
        lines = map(self._options.delimiter.join, zip(*texts, strict=True))
        line_end = self._options.line_ending.text
        return "".join(line + line_end for line in lines).encode(self._options.encoding.codec)


def unencodable(chunk: Chunk, encoding: Encoding) -> tuple[int, int] | None:
    """Return row and column, from 0, of the first text in `chunk` with a character `encoding` has not."""
    unfit = (
        (row, number)
        for number, values in enumerate(chunk.columns)
        for row, value in enumerate(values)
        if isinstance(value, str) and not encoding.has(value)
    )
    return min(unfit, default=None)


def _cell_text_for(column: Column, options: DelimitedOptions, *, is_replacing: bool) -> CellText:
    # By type and not by declaration: SQLite lets any column hold any type.
    texts: dict[type, CellText] = {
        type(None): lambda _: options.null_text,
        int: _in_turn(_integer_text(column.decimals), *_number_steps(column, options, int)),
        float: _in_turn(_real_text(column.decimals), *_number_steps(column, options, float)),
        str: _in_turn(*_text_steps(options, column, is_replacing=is_replacing)),
        bytes: _bytes_text_for(options),
    }

    def cell_text(value: Value) -> str:
        return texts[type(value)](value)

    return cell_text


def _in_turn(first: CellText, *others: TextStep) -> CellText:
    return reduce(_then, others, first)


def _then(first: CellText, second: TextStep) -> CellText:
    return lambda value: second(first(value))


def _integer_text(decimals: int | None) -> CellText:
    return _scaled_text(decimals) if decimals else str


def _real_text(decimals: int | None) -> CellText:
    # repr() of a float is the shortest text that reads back to the same double:
    # https://docs.python.org/3/tutorial/floatingpoint.html
    return repr if decimals is None else _scaled_text(decimals)


def _scaled_text(decimals: int) -> CellText:
    return lambda number: _scaled(number, decimals)


def _scaled(number: float, decimals: int) -> str:
    """Return `number` with so many decimals where that reads back to the same number, else in full."""
    if isinstance(number, int):
        return f"{number}.{'0' * decimals}" if decimals else str(number)
    text = f"{number:.{decimals}f}"
    return text if float(text) == number else repr(number)


def _number_steps(column: Column, options: DelimitedOptions, number_type: type) -> list[TextStep]:
    is_integer = number_type is int and not column.decimals
    characters = INTEGER_CHARACTERS if is_integer else real_characters(options)
    comma = [_with_comma] if options.decimal_mark == COMMA and not is_integer else []
    return [*comma, _quoting(options)] if may_need_quotes(options, characters) else [*comma]


def _with_comma(number: str) -> str:
    return number.replace(".", COMMA)


def _bytes_text_for(options: DelimitedOptions) -> CellText:
    if may_need_quotes(options, HEX_CHARACTERS):
        return _in_turn(bytes.hex, _quoting(options))
    return lambda value: value.hex() or QUOTE + QUOTE


def _text_steps(
    options: DelimitedOptions, column: Column | None = None, *, is_replacing: bool
) -> list[TextStep]:
    """Return what is done to a text of `column`, or to a name; quotes come last, they go by all the rest."""
    steps: list[TextStep] = []
    if is_replacing:
        steps.append(partial(_with_question_marks, codec=options.encoding.codec))
    if options.decimal_mark == COMMA and column is not None and holds_numbers_as_text(column):
        steps.append(_with_comma_in_number)
    if options.has_formula_guard:
        steps.append(_guarded)
    return [*steps, _quoting(options)]


def holds_numbers_as_text(column: Column) -> bool:
    """Tell whether texts in `column` are a server's exact numbers; SQLite stores texts only as texts."""
    return column.kind is ColumnKind.DECIMAL and bool(column.base_type)


def _with_question_marks(text: str, codec: str) -> str:
    return text.encode(codec, "replace").decode(codec)


def _with_comma_in_number(text: str) -> str:
    return _with_comma(text) if _is_plain_number(text) else text


def _guarded(text: str) -> str:
    return FORMULA_GUARD + text if _begins_like_a_formula(text) and not _is_plain_number(text) else text


def _quoting(options: DelimitedOptions) -> TextStep:
    if options.quoting is Quoting.ALL:
        return _quoted
    is_null_text = rf"|\A{re.escape(options.null_text)}\Z" if options.null_text else ""
    needs_quotes = re.compile(odd_character(options) + is_null_text).search

    def quoted_where_needed(text: str) -> str:
        return _quoted(text) if not text or needs_quotes(text) else text

    return quoted_where_needed


def _quoted(text: str) -> str:
    return QUOTE + text.replace(QUOTE, QUOTE + QUOTE) + QUOTE
