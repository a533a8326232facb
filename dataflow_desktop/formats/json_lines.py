"""JSON Lines: one object a line, and nothing before or after them (https://jsonlines.org)."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import IO

import polars as pl

from dataflow_desktop.domain.schema import Column, ColumnKind
from dataflow_desktop.formats.encoding import WrittenFile
from dataflow_desktop.formats.number_cells import first_of, integer_cells, number_cells, real_cells

_QUOTE = '"'

_EXACT_TO = 2**53
"""Beyond it, whoever reads numbers as doubles, as JavaScript does, takes an integer for another one."""

_ESCAPED = {character: json.dumps(character)[1:-1] for character in (*map(chr, range(0x20)), _QUOTE, "\\")}
"""What no text holds as it is (https://www.rfc-editor.org/rfc/rfc8259#section-7), and what stands for it."""


@dataclass(frozen=True)
class _Tokens:
    """The values of a column as JSON has them, NULL as NULL; with `are_bare` quotes go around each."""

    texts: pl.Series
    are_bare: bool = False

    def quoted(self) -> pl.Series:
        """Return them with their quotes."""
        return _quoted(self.texts) if self.are_bare else self.texts


class JsonLinesEncoder:
    """Encodes rows of `columns` under `names`; the bytes never depend on where frames begin and end."""

    def __init__(self, columns: Sequence[Column], names: Sequence[str]) -> None:
        self._columns = columns
        self._keys = [json.dumps(name, ensure_ascii=False) + ":" for name in names]

    def header(self) -> bytes:
        """Return no bytes."""
        return b""

    def encode(self, frame: pl.DataFrame, first_row: int) -> bytes:  # noqa: ARG002 - no row is numbered
        """Return the bytes of all rows of `frame`, in order."""
        return self._lines(frame)

    def write(self, frame: pl.DataFrame, sink: IO[bytes]) -> None:
        """Write the bytes of all rows of `frame`."""
        sink.write(self._lines(frame))

    def _lines(self, frame: pl.DataFrame) -> bytes:
        lines = pl.select(pl.concat_str(self._pieces(frame))).to_series()
        # Binary becomes bytes in one copy; a text would be encoded once more. write_csv takes twice as long.
        data: bytes = lines.str.join("").cast(pl.Binary).item()
        return data

    def trailer(self, file: WrittenFile, rows: int) -> Iterator[bytes]:  # noqa: ARG002 - the last row ends it
        """Yield no bytes."""
        return iter(())

    def _pieces(self, frame: pl.DataFrame) -> list[pl.Expr]:
        """Return what a line is made of, in order; as few pieces as can be, for each takes its time."""
        pieces = []
        before = "{"
        odd = _names_of_odd_texts(frame)
        for series, column, key in zip(frame.iter_columns(), self._columns, self._keys, strict=True):
            unnamed = series.alias("")  # Polars takes a name like ^a$ for a pattern
            held = _escaped(unnamed) if series.name in odd else unnamed
            tokens = _without_nulls(_tokens(held, column))
            quote = _QUOTE if tokens.are_bare else ""
            pieces += [pl.lit(before + key + quote), pl.lit(tokens.texts)]
            before = quote + ","
        return [*pieces, pl.lit(before.removesuffix(",") + "}\n")]


def _without_nulls(tokens: _Tokens) -> _Tokens:
    return _Tokens(tokens.quoted().fill_null("null")) if tokens.texts.has_nulls() else tokens


def _tokens(series: pl.Series, column: Column) -> _Tokens:
    """Return what stands for the values of a series whose texts have their escapes, unless it is mixed."""
    match series.dtype:
        case pl.Int64:
            return _integer_tokens(series, column)
        case pl.Float64 if column.kind is ColumnKind.FLOAT:
            return _real_tokens(series, column)
        case pl.Float64:
            return _number_tokens(series, column)
        case pl.Struct():
            return _mixed_tokens(series, column)
        case pl.Binary:
            return _Tokens(series.bin.encode("hex"), are_bare=True)
        case pl.String | pl.Null:
            return _text_tokens(series.cast(pl.String), column)
        case _:
            raise TypeError(f"no tokens for {series.dtype}")


def _integer_tokens(integers: pl.Series, column: Column) -> _Tokens:
    if column.kind is ColumnKind.DECIMAL:
        return _Tokens(integer_cells(integers, column.decimals).cast(pl.String), are_bare=True)
    digits = _digits(integers.cast(pl.String), column)
    is_exact = (integers <= _EXACT_TO) & (integers >= -_EXACT_TO)
    return _Tokens(digits if is_exact.all() else digits.zip_with(is_exact, _quoted(digits)))


def _real_tokens(reals: pl.Series, column: Column) -> _Tokens:
    if column.kind is ColumnKind.DECIMAL:
        return _Tokens(real_cells(reals, column.decimals).cast(pl.String), are_bare=True)
    return _Tokens(real_cells(_finite(reals), None).cast(pl.String))


def _number_tokens(numbers: pl.Series, column: Column) -> _Tokens:
    if column.kind is ColumnKind.DECIMAL:
        return _Tokens(number_cells(numbers, column.decimals).cast(pl.String), are_bare=True)
    return _Tokens(_digits(number_cells(_finite(numbers), None).cast(pl.String), column))


def _text_tokens(texts: pl.Series, column: Column) -> _Tokens:
    if column.kind is ColumnKind.BOOLEAN and column.base_type:
        is_truth = texts.is_in(["true", "false"])
        return _Tokens(texts.zip_with(is_truth, _quoted(texts)))
    return _Tokens(texts, are_bare=True)


def _mixed_tokens(mixed: pl.Series, column: Column) -> _Tokens:
    fields = [
        _integer_tokens(mixed.struct.field("integer"), column),
        _real_tokens(mixed.struct.field("real"), column),
        _text_tokens(_escaped(mixed.struct.field("text")), column),
        _Tokens(mixed.struct.field("bytes").bin.encode("hex"), are_bare=True),
    ]
    used = [tokens for tokens in fields if tokens.texts.null_count() < len(mixed)]
    return _Tokens(reduce(first_of, [tokens.quoted() for tokens in used or fields[-1:]]))


def _digits(digits: pl.Series, column: Column) -> pl.Series:
    """Return the digits of integers, where they are truths the words for 0 and 1."""
    return digits.replace({"0": "false", "1": "true"}) if column.kind is ColumnKind.BOOLEAN else digits


def _finite(numbers: pl.Series) -> pl.Series:
    """Return the numbers with NULL for NaN and infinities, which JSON does not have."""
    is_finite = numbers.is_finite()
    return numbers if is_finite.all() else pl.select(pl.when(is_finite).then(numbers)).to_series()


def _names_of_odd_texts(frame: pl.DataFrame) -> set[str]:
    """Return the names of the series with texts that need escapes: few have, and all are told at once."""
    texts = pl.col(pl.String)
    are_odd = frame.select(texts.str.contains_any(list(_ESCAPED)).any())
    return {is_odd.name for is_odd in are_odd.iter_columns() if is_odd.item()}


def _escaped(texts: pl.Series) -> pl.Series:
    return texts.str.replace_many(list(_ESCAPED), list(_ESCAPED.values()))


def _quoted(texts: pl.Series) -> pl.Series:
    quote = pl.lit(_QUOTE)
    return pl.select(pl.concat_str(quote, texts, quote)).to_series()
