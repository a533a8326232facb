"""Lines are what Python's own writer makes of each value, and its reader makes the values of them again."""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dataflow_desktop.domain.chunk import Chunk
from dataflow_desktop.domain.row_query import Value
from dataflow_desktop.domain.schema import Column, ColumnKind
from dataflow_desktop.formats.encoding import FileEncoder
from dataflow_desktop.formats.frames import frame_of
from dataflow_desktop.formats.json_lines import JsonLinesEncoder
from tests.campaign import examples
from tests.unit.databases import column_of

GOLDEN = Path(__file__).parents[2] / "golden"
MIXED = pl.Struct({"integer": pl.Int64, "real": pl.Float64, "text": pl.String, "bytes": pl.Binary})
LOWEST, HIGHEST = -(2**63), 2**63 - 1
PLAIN = column_of(ColumnKind.ANY)
SPECIAL = "".join(map(chr, range(0x21))) + "\"\\/'\x7f\x80\x85\u2028\u2029\ufeff\uffff\u20ac😀é"
CONTROLS, FAMILY = "\0\x01\b\t\n\v\f\r\x1f ~\x7f\u2028", "ÄÖ 😀 👩\u200d👩\u200d👧"
TEXTS = st.text(st.sampled_from(SPECIAL) | st.characters(exclude_categories=["Cs"])) | st.sampled_from(
    ["true", "false", "null", "0", "1", "NaN", '"', "\\", '\\"']
)
WIDE_INTEGERS = [LOWEST - 1, HIGHEST + 1, 2**64, 10**40]
SMALL_INTEGERS = st.sampled_from([0, 1, -1, 2])
INTEGERS = st.integers(LOWEST, HIGHEST) | st.sampled_from(
    [*(sign * (2**53 + step) for sign in (1, -1) for step in (-1, 0, 1)), LOWEST, HIGHEST]
)
REALS = st.floats() | st.sampled_from(
    [
        0.0,
        -0.0,
        1.0,
        0.1 + 0.2,
        19.9,
        0.005,
        1e-4,
        1e-5,
        1e15,
        2.0**53,
        1e16,
        1e22,
        5e-324,
        1e308,
        math.inf,
        math.nan,
    ]
)
BY_TYPE: list[st.SearchStrategy[Value]] = [
    st.none(),
    SMALL_INTEGERS,
    INTEGERS | st.sampled_from(WIDE_INTEGERS),
    REALS,
    TEXTS,
    st.binary(max_size=20),
]


@st.composite
def some_columns(draw: st.DrawFn) -> Column:
    kind = draw(st.sampled_from([*ColumnKind, ColumnKind.DECIMAL, ColumnKind.BOOLEAN]))
    decimals = draw(st.sampled_from([None, 0, 2, 19, 20, 30])) if kind is ColumnKind.DECIMAL else None
    return replace(column_of(kind, "", decimals), base_type=draw(st.sampled_from(["", "bool"])))


def values_of(rows: int) -> st.SearchStrategy[list[Value]]:
    """Return columns of one type, with NULL or without, and of mixtures."""
    types = st.lists(st.sampled_from(BY_TYPE), min_size=1, max_size=3)
    return types.flatmap(lambda some: st.lists(st.one_of(some), min_size=rows, max_size=rows))


@dataclass(frozen=True)
class Content:
    """Columns, their names in the file, and their values."""

    columns: Sequence[Column]
    names: Sequence[str]
    values: Sequence[Sequence[Value]]

    def chunk(self, begin: int = 0, end: int | None = None) -> Chunk:
        cut = [values[begin:end] for values in self.values]
        return Chunk(cut, len(cut[0]), (0,))

    def frame(self, begin: int = 0, end: int | None = None) -> pl.DataFrame:
        return frame_of(self.chunk(begin, end), self.columns)

    @property
    def encoder(self) -> JsonLinesEncoder:
        return JsonLinesEncoder(self.columns, self.names)

    def encoded(self) -> bytes:
        return self.encoder.encode(self.frame(), 0)


@st.composite
def contents(draw: st.DrawFn) -> Content:
    rows = draw(st.integers(1, 6))
    columns = draw(st.lists(some_columns(), min_size=1, max_size=4))
    width = len(columns)
    names = draw(st.lists(TEXTS, min_size=width, max_size=width, unique=True))
    return Content(columns, names, [draw(values_of(rows)) for _ in columns])


def single(values: Sequence[Value], column: Column = PLAIN) -> Content:
    return Content([column], ["c"], [values])


def meaning(value: Value, column: Column) -> Any:  # noqa: ANN401 - what json.dumps takes
    """Return what stands for a value in JSON, as the interfaces have it: the law, value by value."""
    match value:
        case bytes():
            return value.hex()
        case int() | float():
            return number_meaning(value, column)
        case "true" | "false" if column.kind is ColumnKind.BOOLEAN and column.base_type:
            return value == "true"
        case _:
            return value


def number_meaning(number: float, column: Column) -> bool | float | str | None:
    if column.kind is ColumnKind.DECIMAL:
        return decimal_text(number, column.decimals)
    if not isinstance(number, int):
        return number if math.isfinite(number) else None
    if column.kind is ColumnKind.BOOLEAN and number in {0, 1}:
        return bool(number)
    return number if abs(number) <= 2**53 else str(number)


def decimal_text(number: float, decimals: int | None) -> str:
    if isinstance(number, int):
        return str(number) + ("." + "0" * decimals if decimals else "")
    scaled = repr(number) if decimals is None else f"{number:.{decimals}f}"
    return scaled if float(scaled) == number else repr(number)


def by_value(content: Content) -> bytes:
    """Return the bytes that Python's writer makes, one value after the other."""
    lines = []
    for row in zip(*content.values, strict=True):
        meant = [meaning(value, column) for value, column in zip(row, content.columns, strict=True)]
        of_names = dict(zip(content.names, meant, strict=True))
        lines.append(json.dumps(of_names, ensure_ascii=False, separators=(",", ":"), allow_nan=False) + "\n")
    return "".join(lines).encode()


@settings(max_examples=examples(300))
@given(contents())
def test_lines_are_those_of_pythons_writer(content: Content) -> None:
    assert content.encoded() == by_value(content)


@settings(max_examples=examples(120))
@given(contents())
def test_pythons_reader_finds_the_values_again(content: Content) -> None:
    lines = content.encoded().decode().removesuffix("\n").split("\n")
    assert len(lines) == len(content.values[0])
    for number, line in enumerate(lines):
        found = json.loads(line, parse_constant=pytest.fail)
        assert list(found) == content.names
        for name, column, values in zip(content.names, content.columns, content.values, strict=True):
            meant = meaning(values[number], column)
            # By repr(): True equals 1, 1 equals 1.0, and 0.0 equals -0.0.
            assert repr(found[name]) == repr(meant)


@settings(max_examples=examples(120))
@given(content=contents(), data=st.data())
def test_bytes_do_not_depend_on_where_chunks_and_frames_begin(content: Content, data: st.DataObject) -> None:
    border = data.draw(st.integers(0, len(content.values[0])))
    encoder, frame, whole = content.encoder, content.frame(), content.encoded()
    assert encoder.encode(frame[:border], 0) + encoder.encode(frame[border:], border) == whole
    chunks = [content.frame(0, border), content.frame(border)]
    assert b"".join(encoder.encode(chunk, 0) for chunk in chunks) == whole
    rows = [content.frame(row, row + 1) for row in range(frame.height)]
    assert b"".join(encoder.encode(row, number) for number, row in enumerate(rows)) == whole


@settings(max_examples=examples(300))
@given(
    numbers=st.lists(st.none() | REALS | st.integers(-5, 5).map(float), min_size=1, max_size=5),
    column=some_columns(),
)
@example(numbers=[-0.0, 0.0, 1.0], column=column_of(ColumnKind.BOOLEAN))
@example(numbers=[-0.0, 5.0, 1e15], column=column_of(ColumnKind.DECIMAL))
@example(numbers=[-0.0, 5.0, 1e15], column=column_of(ColumnKind.FLOAT))
def test_a_whole_real_is_an_integer_outside_of_float_columns(
    numbers: list[float | None], column: Column
) -> None:
    held: list[float | None] = [number for number in numbers if number is None or is_promised(number, column)]
    meant = [meant_by(number, column) for number in held]
    encoded = JsonLinesEncoder([column], ["c"]).encode(
        pl.DataFrame({"": pl.Series(held, dtype=pl.Float64)}), 0
    )
    assert encoded == by_value(single(meant, column))


def is_promised(number: float, column: Column) -> bool:
    """Tell whether a Float64 of the column may hold the number."""
    return column.kind is ColumnKind.FLOAT or not number.is_integer() or abs(number) < 2**53


def meant_by(number: float | None, column: Column) -> Value:
    if number is None or column.kind is ColumnKind.FLOAT or not number.is_integer():
        return number
    return int(number)


@pytest.mark.parametrize("character", [*map(chr, range(0x30)), *SPECIAL[0x21:]])
def test_every_odd_character_is_escaped_wherever_it_stands(character: str) -> None:
    texts = [character, character * 2, "a" + character, character + "a", "a" * 20 + character + "b", None, ""]
    for values in (texts, texts[:1], [*texts, 1]):
        for column in (PLAIN, column_of(ColumnKind.DECIMAL, "", 2), column_of(ColumnKind.BOOLEAN)):
            content = Content([column], [character], [values])
            assert content.encoded() == by_value(content)


@pytest.mark.parametrize(
    ("value", "column", "token"),
    [
        (None, PLAIN, "null"),
        ("", PLAIN, '""'),
        ("null", PLAIN, '"null"'),
        (b"", PLAIN, '""'),
        (b"\xff", PLAIN, '"ff"'),
        (2**53, PLAIN, "9007199254740992"),
        (-(2**53), PLAIN, "-9007199254740992"),
        (2**53 + 1, PLAIN, '"9007199254740993"'),
        (-(2**53) - 1, PLAIN, '"-9007199254740993"'),
        (1.0, column_of(ColumnKind.FLOAT), "1.0"),
        (1e16, PLAIN, "1e+16"),
        (-math.inf, PLAIN, "null"),
        (20, column_of(ColumnKind.DECIMAL, "", 2), '"20.00"'),
        (0.005, column_of(ColumnKind.DECIMAL, "", 2), '"0.005"'),
        ("9.90", column_of(ColumnKind.DECIMAL, "", 1), '"9.90"'),
        (5.0, column_of(ColumnKind.DECIMAL), '"5.0"'),
        (5, column_of(ColumnKind.DECIMAL), '"5"'),
        (math.inf, column_of(ColumnKind.DECIMAL, "", 2), '"inf"'),
        (math.nan, column_of(ColumnKind.DECIMAL), '"nan"'),
        (1, column_of(ColumnKind.BOOLEAN), "true"),
        (2, column_of(ColumnKind.BOOLEAN), "2"),
        (1.0, column_of(ColumnKind.BOOLEAN), "1.0"),
        ("true", column_of(ColumnKind.BOOLEAN), '"true"'),
        ("true", replace(column_of(ColumnKind.BOOLEAN), base_type="bool"), "true"),
        ("t", replace(column_of(ColumnKind.BOOLEAN), base_type="bool"), '"t"'),
        ("true", replace(column_of(ColumnKind.TEXT), base_type="text"), '"true"'),
    ],
)  # fmt: skip
def test_a_value_has_its_token(value: Value, column: Column, token: str) -> None:
    line = f'{{"c":{token}}}\n'.encode()
    assert single([value], column).encoded() == line
    assert single([value, None], column).encoded() == line + b'{"c":null}\n'
    assert single([value, b"\0"], column).encoded() == line + b'{"c":"00"}\n'


def test_odd_values_give_the_golden_bytes() -> None:
    is_sold = Column("is_sold", "boolean", ColumnKind.BOOLEAN, base_type="bool")
    content = Content(
        [
            Column("id", "", ColumnKind.INTEGER),
            Column("any", "", ColumnKind.ANY),
            Column("price", "DECIMAL(10,2)", ColumnKind.DECIMAL, decimals=2),
            Column("ratio", "REAL", ColumnKind.FLOAT),
            Column("is_new", "BOOLEAN", ColumnKind.BOOLEAN),
            is_sold,
            Column("data", "BLOB", ColumnKind.BYTES),
            Column("seen", "DATETIME", ColumnKind.TIMESTAMP),
        ],
        ["id", 'any "one"', "price", "ratio", "is_new", "is_sold", "data", "seen"],
        [
            [1, 2, 3, 2**53, 2**53 + 1, LOWEST, 2**64 - 1, "\\"],
            [None, "", 'say "hi", \\ and /', CONTROLS, b"\xff", -0.0, 100_000.0, 5],
            [20, 19.9, 0.005, "n/a", -0.01, 1e-7, 2**64 - 1, None],
            [1.0, -0.0, 1e16, math.nan, math.inf, 5e-324, 0.1 + 0.2, 7],
            [0, 1, 2, "true", 1.0, None, 2**64 - 1, -1],
            ["true", "false", None, "yes", "TRUE", "true", "false", '"'],
            [b"\xde\xad\xbe\xef", b"", None, b'\0\xff\n"', "text", 12, 1.5, "\ufeff"],
            ["2024-02-30T24:00:00", None, 1_709_164_800, "now", FAMILY, 0.1, 0.00001, "'"],
        ],
    )
    assert content.encoded() == (GOLDEN / "odd_values.jsonl").read_bytes()


def test_nothing_stands_before_and_after_the_lines() -> None:
    class Written:
        size = 0

        def read(self, offset: int, length: int, /) -> bytes:
            return b""

    encoder: FileEncoder = JsonLinesEncoder([PLAIN], ["c"])
    assert encoder.header() == b""
    assert list(encoder.trailer(Written(), 0)) == []


@pytest.mark.parametrize("dtype", [pl.Int64(), pl.Float64(), pl.String(), pl.Binary(), pl.Null(), MIXED])
def test_no_rows_and_rows_of_nothing(dtype: pl.DataType) -> None:
    encoder = JsonLinesEncoder([PLAIN], ["c"])
    assert encoder.encode(pl.DataFrame({"c": pl.Series([], dtype=dtype)}), 0) == b""
    nothing = pl.DataFrame({"c": pl.Series([None, None], dtype=dtype)})
    assert encoder.encode(nothing, 0) == b'{"c":null}\n' * 2


def test_two_thousand_columns_keep_their_order() -> None:
    row: list[Value] = ['"', 1, 2.5, None]
    names = [f"c{number}" for number in range(2000)]
    content = Content([PLAIN] * 2000, names, [[value, None, value] for value in row * 500])
    assert content.encoded() == by_value(content)


def test_many_rows_and_long_texts_keep_their_order() -> None:
    long = single(["x" * 2**20 + '"', None, "é" * 2**20])
    assert long.encoded() == by_value(long)
    numbers = range(150_000)
    many = Content([PLAIN] * 2, ["a", "b"], [list(numbers), list(map(str, numbers))])
    assert many.encoded() == by_value(many)


def test_series_in_chunks_of_their_own_stay_beside_each_other() -> None:
    texts = pl.concat([pl.Series(["a", '"']), pl.Series(["c"])], rechunk=False)
    reals = pl.concat([pl.Series([1e-7]), pl.Series([0.5, None])], rechunk=False)
    encoder = JsonLinesEncoder([PLAIN, column_of(ColumnKind.FLOAT)], ["a", "b"])
    frame = pl.DataFrame([texts.alias("^x$"), reals.alias("*")])
    assert encoder.encode(frame, 0) == b'{"a":"a","b":1e-07}\n{"a":"\\"","b":0.5}\n{"a":"c","b":null}\n'


def test_a_series_of_another_type_is_refused() -> None:
    with pytest.raises(TypeError, match="Boolean"):
        JsonLinesEncoder([PLAIN], ["a"]).encode(pl.DataFrame({"a": [True]}), 0)


def test_a_frame_of_another_width_is_refused() -> None:
    with pytest.raises(ValueError, match="zip"):
        JsonLinesEncoder([PLAIN, PLAIN], ["a", "b"]).encode(pl.DataFrame({"a": [1]}), 0)
