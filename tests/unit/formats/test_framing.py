"""Frames are the same rows and end at the same keysets, however many rows come at a time."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import polars as pl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dataflow_desktop.domain.chunk import Chunk
from dataflow_desktop.domain.file_options import Compression, FileFormat, FileOptions
from dataflow_desktop.domain.frame_layout import LONG_BYTES, FrameLayout, layout_for
from dataflow_desktop.domain.keyset import Keyset
from dataflow_desktop.domain.row_query import Value
from dataflow_desktop.domain.schema import Column, ColumnKind
from dataflow_desktop.domain.sheet_limits import SHEET_ROWS
from dataflow_desktop.domain.writing import WritingTask
from dataflow_desktop.formats.encoding import WrittenFile
from dataflow_desktop.formats.frames import frame_of
from dataflow_desktop.formats.framing import Frame, FrameCutter, joined
from tests.campaign import examples

SHOWN = (Column("v", "", ColumnKind.ANY), Column("t", "TEXT", ColumnKind.TEXT))
KEYS = (Column("t", "TEXT", ColumnKind.TEXT), Column("k", "", ColumnKind.ANY))
LONG = "l" * (LONG_BYTES + 1)

Row = tuple[Value, Value, Value, Value]
"""Two values that are shown, and a keyset of two more."""

VALUES: st.SearchStrategy[Value] = (
    st.none()
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats(allow_nan=False)
    | st.sampled_from([3, 3.0, "3", b"3", "", b"", -0.0, "ä" * LONG_BYTES, b"\0" * (LONG_BYTES + 1)])
)
TEXTS: st.SearchStrategy[Value] = st.none() | st.sampled_from(["", "short", "s" * LONG_BYTES, LONG])
ROWS = st.lists(st.tuples(VALUES, TEXTS, TEXTS, VALUES), max_size=30)
LAYOUTS = st.builds(
    FrameLayout, st.integers(1, 9), st.integers(1, 4 * LONG_BYTES), st.none() | st.integers(1, 12)
)


def task_with(layout: FrameLayout | None, first_row: int = 0) -> WritingTask:
    return WritingTask(SHOWN, FileOptions(FileFormat.JSONL), layout, first_row=first_row)


def frames_of(pieces: Sequence[Sequence[Row]], layout: FrameLayout, first_row: int = 0) -> list[Frame]:
    """Return the frames of rows that come in these pieces, those of no rows too."""
    return list(cut(FrameCutter(task_with(layout, first_row), KEYS), pieces))


def cut(cutter: FrameCutter, pieces: Sequence[Sequence[Row]]) -> Iterator[Frame]:
    last: Keyset = ()
    for piece in pieces:
        last = piece[-1][len(SHOWN) :] if piece else last
        yield from cutter.add(frame_with(piece), last)
    yield from cutter.rest()


def frame_with(rows: Sequence[Row]) -> pl.DataFrame:
    columns: Sequence[Sequence[Value]] = list(zip(*rows, strict=True)) or [()] * (len(SHOWN) + len(KEYS))
    return frame_of(Chunk(columns, len(rows), ()), (*SHOWN, *KEYS))


def described(frames: Sequence[Frame]) -> list[str]:
    """Return what the frames of any rows hold, so that 3, 3.0 and "3" are told apart."""
    return [repr((values_of(frame), frame.first_row, frame.last)) for frame in frames if frame.rows.height]


def values_of(frame: Frame) -> list[list[Value]]:
    """Return the values of each column, whatever its series is."""
    columns = zip(frame.rows.get_columns(), SHOWN, strict=True)
    return [[value_of(cell) for cell in as_cells(series, column)] for series, column in columns]


def as_cells(series: pl.Series, column: Column) -> list[object]:
    assert isinstance(series.dtype, pl.Struct) or series.dtype in {pl.Int64, pl.Float64, pl.String, pl.Binary}
    assert series.dtype != pl.Float64 or column.kind is ColumnKind.FLOAT
    return series.to_list()


def value_of(cell: object) -> Value:
    """Return a cell's value; that of a struct is the only one in it."""
    if isinstance(cell, dict):
        values = [value for value in cell.values() if value is not None]
        assert len(values) <= 1
        return values[0] if values else None
    assert cell is None or isinstance(cell, int | float | str | bytes)
    return cell


def expected(rows: Sequence[Row], layout: FrameLayout, first_row: int) -> list[str]:
    """Return what `described` must, by looking at one row after the other."""
    frames: list[tuple[list[Row], int]] = []
    waiting: list[Row] = []
    long_bytes = 0
    for number, row in enumerate(rows, first_row + 1):
        waiting.append(row)
        long_bytes += sum(length for value in row[: len(SHOWN)] if (length := size_of(value)) > LONG_BYTES)
        is_section_full = layout.section_rows is not None and number % layout.section_rows == 0
        if len(waiting) == layout.rows or long_bytes >= layout.long_bytes or is_section_full:
            frames.append((waiting, number))
            waiting, long_bytes = [], 0
    if waiting:
        frames.append((waiting, first_row + len(rows)))
    return [
        repr(
            (
                [[row[place] for row in part] for place in range(len(SHOWN))],
                end - len(part),
                part[-1][len(SHOWN) :],
            )
        )
        for part, end in frames
    ]


def size_of(value: Value) -> int:
    if isinstance(value, str):
        return len(value.encode())
    return len(value) if isinstance(value, bytes) else 0


def in_pieces(rows: Sequence[Row], sizes: Sequence[int]) -> list[Sequence[Row]]:
    """Return the rows in pieces of these sizes, and the rest."""
    pieces, start = [], 0
    for size in sizes:
        pieces.append(rows[start : start + size])
        start += size
    return [*pieces, rows[start:]]


@settings(max_examples=examples(150), deadline=None)
@given(ROWS, st.lists(st.integers(0, 10), max_size=6), LAYOUTS, st.integers(0, 20))
@example([(1, LONG, "k", 1), (0.5, LONG, "k", 2), (b"", "", None, 2.0)], [1, 1], FrameLayout(2, 130), 0)
@example([(1, LONG, "k", 1)] * 4, [1], FrameLayout(9, 2 * LONG_BYTES), 0)
def test_frames_do_not_depend_on_how_rows_come(
    rows: list[Row], sizes: list[int], layout: FrameLayout, first_row: int
) -> None:
    found = described(frames_of(in_pieces(rows, sizes), layout, first_row))
    assert found == expected(rows, layout, first_row)


@settings(max_examples=examples(60), deadline=None)
@given(ROWS, LAYOUTS, st.data())
def test_whoever_goes_on_behind_a_frame_gets_the_frames_that_follow(
    rows: list[Row], layout: FrameLayout, data: st.DataObject
) -> None:
    frames = [frame for frame in frames_of([rows], layout) if frame.rows.height]
    ends = [frame.first_row + frame.rows.height for frame in frames]
    number, first_row = data.draw(st.sampled_from(list(enumerate([0, *ends]))))
    assert described(frames_of([rows[first_row:]], layout, first_row)) == described(frames[number:])


def test_no_rows_move_the_position_while_none_wait() -> None:
    cutter = FrameCutter(task_with(FrameLayout(2)), KEYS)
    nothing, row = frame_with([]), frame_with([(1, "", "k", 1)])
    assert [frame.last for frame in cutter.add(nothing, ("k", 0))] == [("k", 0)]
    assert list(cutter.add(row, ("k", 5))) == []
    assert list(cutter.add(nothing, ("k", 6))) == []
    full, beyond = cutter.add(row, ("k", 9))
    assert (full.rows.height, full.last) == (2, ("k", 1))
    assert (beyond.rows.height, beyond.first_row, beyond.last) == (0, 2, ("k", 9))
    assert list(cutter.rest()) == []


def test_the_last_frame_ends_where_all_was_read() -> None:
    cutter = FrameCutter(task_with(FrameLayout(9)), KEYS)
    assert list(cutter.add(frame_with([(1, "", "k", 1)]), ("k", 7))) == []
    assert [frame.last for frame in cutter.rest()] == [("k", 7)]


def test_a_frame_of_no_rows_has_no_bytes() -> None:
    cutter = FrameCutter(task_with(FrameLayout(2)), KEYS)
    (frame,) = cutter.add(frame_with([]), ("k", 0))
    chunk = frame.encoded(_NoEncoder())
    assert (chunk.data, chunk.rows, chunk.last) == (b"", 0, ("k", 0))


class _NoEncoder:
    """Encodes nothing, and is not asked to."""

    def header(self) -> bytes:
        raise AssertionError

    def encode(self, frame: pl.DataFrame, first_row: int) -> bytes:
        raise AssertionError(frame, first_row)

    def trailer(self, file: WrittenFile, rows: int) -> Iterator[bytes]:
        raise AssertionError(file, rows)


def test_a_file_without_frames_has_none_to_cut() -> None:
    with pytest.raises(ValueError, match="WritingTask"):
        FrameCutter(task_with(None), KEYS)


WHOLE = pl.Series([3.0, 0.5, None])
MIXTURE = frame_of(Chunk([[1, 2.5, "t", b"b"]], 4, ()), SHOWN[:1]).to_series()


@pytest.mark.parametrize(
    ("kind", "parts", "values"),
    [
        (ColumnKind.DECIMAL, [WHOLE, MIXTURE], [3, 0.5, None, 1, 2.5, "t", b"b"]),
        (ColumnKind.FLOAT, [WHOLE, MIXTURE], [3.0, 0.5, None, 1, 2.5, "t", b"b"]),
        (ColumnKind.INTEGER, [pl.Series([1, None]), pl.Series(["1", None])], [1, None, "1", None]),
        (ColumnKind.ANY, [pl.Series([b"1"]), pl.Series(["1"]), pl.Series([1])], [b"1", "1", 1]),
        (ColumnKind.TEXT, [pl.Series([None], dtype=pl.Null), pl.Series(["x"])], [None, "x"]),
        (ColumnKind.TEXT, [pl.Series([None], dtype=pl.Int64), pl.Series(["x"])], [None, "x"]),
    ],
)
def test_pieces_of_several_types_become_one_column_of_the_same_values(
    kind: ColumnKind, parts: list[pl.Series], values: list[Value]
) -> None:
    column = replace(SHOWN[0], kind=kind)
    frame = joined([pl.DataFrame([part.alias("any name")]) for part in parts], [column])
    assert repr([value_of(cell) for cell in frame.to_series().to_list()]) == repr(values)


def test_an_unknown_type_is_no_value() -> None:
    truths, numbers = (pl.DataFrame({"v": [value]}) for value in (True, 1))
    with pytest.raises(TypeError, match="Boolean"):
        joined([truths, numbers], SHOWN[:1])


@pytest.mark.parametrize(
    ("file_format", "compression", "layout"),
    [
        (FileFormat.CSV, Compression.NONE, None),
        (FileFormat.JSONL, Compression.NONE, None),
        (FileFormat.TSV, Compression.ZSTD, FrameLayout(16_384)),
        (FileFormat.PARQUET, Compression.NONE, FrameLayout(65_536)),
        (FileFormat.XLSX, Compression.NONE, FrameLayout(16_384, section_rows=SHEET_ROWS)),
    ],
)
def test_frames_have_fewer_rows_where_rows_are_wide(
    file_format: FileFormat, compression: Compression, layout: FrameLayout | None
) -> None:
    """Other numbers are another file: a job that began with these could not go on."""
    assert layout_for(FileOptions(file_format, compression), 10) == layout


def test_a_frame_has_a_row_however_wide_it_is() -> None:
    layout = layout_for(FileOptions(compression=Compression.GZIP), 2_000_000)
    assert layout is not None
    assert layout.rows == 1
