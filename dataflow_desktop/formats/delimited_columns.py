"""Delimited text of whole columns at once: the bytes of DelimitedEncoder, a dozen times as fast."""

import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import IO, Literal

import polars as pl

from dataflow_desktop.domain.file_options import DelimitedOptions, Encoding, Quoting
from dataflow_desktop.domain.schema import Column, ColumnKind
from dataflow_desktop.formats import text_cells
from dataflow_desktop.formats.delimited import DelimitedEncoder, holds_numbers_as_text
from dataflow_desktop.formats.delimited_rules import (
    COMMA,
    DEFAULT_OPTIONS,
    INTEGER_CHARACTERS,
    may_need_quotes,
    real_characters,
)
from dataflow_desktop.formats.encoding import WrittenFile
from dataflow_desktop.formats.number_cells import first_of, integer_cells, number_cells, real_cells
from dataflow_desktop.formats.text_cells import Step


class ColumnarEncoder:
    """Encodes frames of the given columns; the bytes never depend on where frames begin and end.

    Frames are as FileEncoder has them, names and characters that do not fit as in DelimitedEncoder.
    """

    def __init__(
        self,
        columns: Sequence[Column],
        options: DelimitedOptions = DEFAULT_OPTIONS,
        names: Sequence[str] | None = None,
        *,
        is_replacing: bool = False,
    ) -> None:
        self._columns = columns
        self._options = options
        self._by_row = DelimitedEncoder(columns, options, names, is_replacing=is_replacing)
        self._steps = [_steps_for(column, options, is_replacing=is_replacing) for column in columns]

    def header(self) -> bytes:
        """Return the bytes that come before the first row."""
        return self._by_row.header()

    def encode(self, frame: pl.DataFrame, first_row: int = 0) -> bytes:  # noqa: ARG002 - every row is alike
        """Return the bytes of all rows of `frame`, in order."""
        sink = io.BytesIO()
        self.write(frame, sink)
        return sink.getvalue()

    def trailer(self, file: WrittenFile, rows: int) -> Iterator[bytes]:  # noqa: ARG002 - nothing ends the text
        """Yield nothing."""
        return iter(())

    def write(self, frame: pl.DataFrame, sink: IO[bytes]) -> None:
        """Write the bytes of `encode` to `sink`."""
        cells = [
            _cells(series, column, steps).alias(str(number))
            for number, (series, column, steps) in enumerate(
                zip(frame.iter_columns(), self._columns, self._steps, strict=True)
            )
        ]
        encoding = self._options.encoding
        if encoding is Encoding.UTF_8:
            self._write_lines(pl.DataFrame(cells), sink)
            return
        lines = io.BytesIO()
        self._write_lines(pl.DataFrame(cells), lines)
        sink.write(_encoded(lines.getvalue(), encoding))

    def _write_lines(self, cells: pl.DataFrame, sink: IO[bytes]) -> None:
        options = self._options
        if is_wide := _is_wide(options):
            texts = pl.all().fill_null(options.null_text)
            cells = cells.select(pl.concat_str(texts, separator=options.delimiter))
        cells.write_csv(
            sink,
            include_header=False,
            separator=COMMA if is_wide else options.delimiter,
            line_terminator=options.line_ending.text,
            null_value=options.null_text,
            decimal_comma=options.decimal_mark == COMMA,
            quote_style=_quote_style(options),
        )


@dataclass(frozen=True)
class _Steps:
    """What is done to cells after they are spelled, by what they hold."""

    integers: Sequence[Step]
    reals: Sequence[Step]
    texts: Sequence[Step]
    hexes: Sequence[Step]

    def numbers(self, cells: pl.Series) -> pl.Series:
        """Take those for the numbers that `cells` hold."""
        return _in_turn(cells, self.integers if cells.dtype == pl.Int64 else self.reals)


def _steps_for(column: Column, options: DelimitedOptions, *, is_replacing: bool) -> _Steps:
    quotes = _quotes(options)
    return _Steps(
        _number_steps(options, INTEGER_CHARACTERS),
        _number_steps(options, real_characters(options)),
        [*_text_steps(column, options, is_replacing=is_replacing), *quotes],
        quotes,
    )


def _quote_style(options: DelimitedOptions) -> Literal["necessary", "non_numeric", "never"]:
    """Return how Polars is to quote texts: never what looks like NULL or has a wide delimiter, we do that."""
    if _is_wide(options):
        return "never"
    if options.quoting is Quoting.ALL:
        return "non_numeric"
    return "never" if options.null_text else "necessary"


def _is_wide(options: DelimitedOptions) -> bool:
    """Tell whether the delimiter has more bytes than the one that those of Polars have."""
    return not options.delimiter.isascii()


def _quotes(options: DelimitedOptions) -> list[Step]:
    if _quote_style(options) != "never":
        return []
    is_always = options.quoting is Quoting.ALL
    return [text_cells.quoted if is_always else text_cells.quoted_where_needed(options)]


def _number_steps(options: DelimitedOptions, characters: str) -> list[Step]:
    # As texts where they may need quotes, which Polars puts around texts only, or are joined with the rest.
    is_quoted = may_need_quotes(options, characters)
    steps: list[Step] = [_as_texts] if is_quoted or _is_wide(options) else []
    if options.decimal_mark == COMMA:
        steps.append(_with_comma_if_texts)
    return [*steps, *_quotes(options)] if is_quoted else steps


def _as_texts(numbers: pl.Series) -> pl.Series:
    return numbers.cast(pl.String)


def _with_comma_if_texts(numbers: pl.Series) -> pl.Series:
    """Return numbers with a comma, which those that are no texts get when they are written."""
    return text_cells.with_comma(numbers) if numbers.dtype == pl.String else numbers


def _text_steps(column: Column, options: DelimitedOptions, *, is_replacing: bool) -> Iterator[Step]:
    if is_replacing:
        yield from text_cells.with_question_marks(options.encoding)
    if options.decimal_mark == COMMA and holds_numbers_as_text(column):
        yield text_cells.with_comma_in_numbers
    if options.has_formula_guard:
        yield text_cells.guarded


def _in_turn(cells: pl.Series, steps: Iterable[Step]) -> pl.Series:
    return reduce(lambda changed, step: step(changed), steps, cells)


def _encoded(lines: bytes, encoding: Encoding) -> bytes:
    """Return UTF-8 in `encoding`, of which Python's cp1252 is slow; ASCII is the same in both."""
    if encoding is Encoding.CP1252 and lines.isascii():
        return lines
    return lines.decode().encode(encoding.codec)


def plain_cells(series: pl.Series, column: Column) -> pl.Series:
    """Return the values of `series` as the texts, or the numbers, that cells without any quotes have."""
    return _cells(series, column, _Steps((), (), (), ()))


def _cells(series: pl.Series, column: Column, steps: _Steps) -> pl.Series:
    """Return what write_csv writes as the cells of `series`."""
    match series.dtype:
        case pl.Int64:
            return steps.numbers(integer_cells(series, column.decimals))
        case pl.Float64 if column.kind is ColumnKind.FLOAT:
            return steps.numbers(real_cells(series, column.decimals))
        case pl.Float64:
            return steps.numbers(number_cells(series, column.decimals))
        case pl.Struct():
            return _mixed_cells(series, column.decimals, steps)
        case pl.Binary:
            return _in_turn(series.bin.encode("hex"), steps.hexes)
        case pl.String | pl.Null:
            return _in_turn(series.cast(pl.String), steps.texts)
        case _:
            raise TypeError(f"no cells for {series.dtype}")


def _mixed_cells(mixed: pl.Series, decimals: int | None, steps: _Steps) -> pl.Series:
    fields = [
        (integer_cells(mixed.struct.field("integer"), decimals), steps.numbers),
        (real_cells(mixed.struct.field("real"), decimals), steps.numbers),
        (mixed.struct.field("text"), lambda cells: _in_turn(cells, steps.texts)),
        (mixed.struct.field("bytes").bin.encode("hex"), lambda cells: _in_turn(cells, steps.hexes)),
    ]
    used = [(cells, step) for cells, step in fields if cells.null_count() < len(cells)] or fields[-1:]
    if len(used) == 1:
        [(cells, step)] = used
        return step(cells)
    # Texts before the steps: a number that is turned into a text later would get no comma.
    return reduce(first_of, [step(cells.cast(pl.String)) for cells, step in used])
