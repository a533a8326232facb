"""The columnar lane gives the bytes of the exact lane, whatever the columns hold and wherever chunks end."""

import csv
import io
import tempfile
from collections.abc import Sequence
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dataflow_desktop.domain.keyset import Keyset
from dataflow_desktop.domain.reading import InvalidText, ReadingTask
from dataflow_desktop.domain.row_query import RowQuery, SortColumn, Value
from dataflow_desktop.domain.schema import Table
from dataflow_desktop.formats.delimited import DelimitedEncoder
from dataflow_desktop.formats.delimited_columns import ColumnarEncoder
from dataflow_desktop.pacing import StopRequest
from dataflow_desktop.source import chunk_plan
from dataflow_desktop.source.arrow_errors import ArrowReadError
from dataflow_desktop.source.exact_lane import ExactReader
from dataflow_desktop.source.read_ahead import ReadAhead
from tests.campaign import examples
from tests.unit.databases import all_of, connected, described, insert, make_database

DECLARED = (
    "INTEGER", "TEXT", "REAL", "BLOB", "", "NUMERIC", "DECIMAL(10,2)", "DECIMAL(5,0)", "DATE", "DATETIME",
    "BOOLEAN", "VARCHAR(10)", "STRING", "FLOATING POINT",
)  # fmt: skip

INTEGERS = st.integers(-(2**63), 2**63 - 1) | st.sampled_from(
    [0, 1, 2**53, 2**53 + 1, -(2**53) - 1, 2**63 - 1]
)
REALS = st.floats(allow_nan=False) | st.sampled_from(
    [
        0.1,
        -0.0,
        5.0,
        1e308,
        5e-324,
        0.1 + 0.2,
        2.5,
        1e15,
        1e16,
        1e-5,
        float("inf"),
        float("-inf"),
        12.345,
        2.0**53,
    ]
)
TEXTS = st.text(st.characters(codec="utf-8"), max_size=8) | st.sampled_from(
    ["", "\0", "a\0b", "a,b", 'a"b', "\r", "\n", "\r\n", "\u2028", "\ufeff", "inf", "1.000000e-01",
     "-2.500000e+10", "1e5", "é", "e", "nan"]
)  # fmt: skip
VALUES = st.none() | INTEGERS | REALS | TEXTS | st.binary(max_size=5)


def exact_bytes(task: ReadingTask) -> bytes:
    """Return what the exact lane makes of the rows."""
    encoder = DelimitedEncoder(task.table.columns_named(task.query.columns))
    data = b""
    after: Keyset | None = task.after
    with connected(Path(task.source)) as connection:
        reader = ExactReader(connection, task, StopRequest())
        for _ in count():
            chunk = reader.read(after)
            if chunk is None:
                return data
            data += encoder.encode(chunk)
            after = chunk.last
    raise AssertionError


def columnar_bytes(task: ReadingTask) -> bytes:
    """Return what the columnar lane makes of the rows."""
    encoder = ColumnarEncoder(task.table.columns_named(task.query.columns))
    return b"".join(chunk.data for chunk in ReadAhead(task, encoder.encode).chunks())


def task_for(
    path: Path, table: Table, *, chunk_rows: int | None = None, query: RowQuery | None = None
) -> ReadingTask:
    bound = (2**63 - 1,) if len(table.key) == 1 else ("\U0010ffff",) * len(table.key)
    return ReadingTask(str(path), table, query or all_of(table), bound, chunk_rows=chunk_rows)


@settings(max_examples=examples(150), deadline=None)
@given(
    declared=st.lists(st.sampled_from(DECLARED), min_size=1, max_size=4),
    data=st.data(),
    chunk_rows=st.none() | st.integers(1, 7),
)
def test_both_lanes_give_the_same_bytes(
    declared: list[str], data: st.DataObject, chunk_rows: int | None
) -> None:
    cells = st.tuples(*(VALUES for _ in declared))
    # Columns of one class are the rule: without them only ever the split would be tried.
    same = st.sampled_from([INTEGERS, REALS, TEXTS, st.none() | REALS, INTEGERS | REALS]).flatmap(
        lambda kind: st.tuples(*(kind for _ in declared))
    )
    rows = data.draw(st.lists(cells, max_size=12) | st.lists(same, max_size=12))
    with tempfile.TemporaryDirectory() as folder:
        columns = ", ".join(f"c{number} {kind}" for number, kind in enumerate(declared))
        path = make_database(Path(folder) / "t.db", f"CREATE TABLE t (id INTEGER PRIMARY KEY, {columns})")
        insert(path, "t", [(number * 3, *row) for number, row in enumerate(rows)])
        task = task_for(path, described(path, "t"), chunk_rows=chunk_rows)
        assert columnar_bytes(task) == exact_bytes(task)


@settings(max_examples=examples(60), deadline=None)
@given(rows=st.lists(st.tuples(REALS | st.none(), TEXTS | st.none(), INTEGERS | st.none()), max_size=20))
def test_every_cell_reads_back_to_the_value_in_the_database(rows: list[tuple[Value, ...]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = make_database(
            Path(folder) / "t.db", "CREATE TABLE t (id INTEGER PRIMARY KEY, r REAL, s TEXT, n INTEGER)"
        )
        insert(path, "t", [(number, *row) for number, row in enumerate(rows)])
        data = columnar_bytes(task_for(path, described(path, "t")))
    # Python's reader cannot tell NULL from '': compare those as the same.
    found = list(csv.reader(io.StringIO(data.decode(), newline="")))
    assert len(found) == len(rows)
    for cells, (real, text, number) in zip(found, rows, strict=True):
        assert (float(cells[1]) if cells[1] else None) == real
        assert cells[2] == (text or "")
        assert (int(cells[3]) if cells[3] else None) == number


def table_that_switches(folder: Path) -> Path:
    path = make_database(folder / "s.db", "CREATE TABLE t (id INTEGER PRIMARY KEY, v NUMERIC, w TEXT)")
    rows: list[Sequence[object]] = [(number, number / 4, "plain") for number in range(100)]
    rows += [
        (number, value, b"blob") for number, value in zip(range(100, 104), ("x", b"\1", None, 1), strict=True)
    ]
    rows += [(number, number, "plain") for number in range(104, 200)]
    insert(path, "t", rows)
    return path


@pytest.mark.parametrize("chunk_rows", [1, 7, 50, None])
def test_a_column_that_is_mixed_in_the_middle_gives_the_same_bytes(
    tmp_path: Path, chunk_rows: int | None
) -> None:
    path = table_that_switches(tmp_path)
    task = task_for(path, described(path, "t"), chunk_rows=chunk_rows)
    assert columnar_bytes(task) == exact_bytes(task)


@pytest.mark.parametrize(
    "create",
    [
        "CREATE TABLE t (id INTEGER PRIMARY KEY, v REAL, w NUMERIC, x ANY, y) STRICT".replace(
            "NUMERIC", "INT"
        ).replace(", y", ", y BLOB"),
        "CREATE TABLE t (id INTEGER PRIMARY KEY, v, w AS (v) STORED, x REAL AS (v), y NUMERIC AS (v || ''))",
    ],
)
def test_strict_and_generated_columns_give_the_same_bytes(tmp_path: Path, create: str) -> None:
    path = make_database(tmp_path / "g.db", create)
    if "STRICT" in create:
        insert(
            path, "t", [(1, 5.0, 5, 5.0, b"\0"), (2, 0.1, 2**63 - 1, "5", b""), (3, None, None, b"x", None)]
        )
    else:
        for number, value in enumerate([5, 5.0, "5", "5.0", 0.1, None, b"5", "x"]):
            make_database(path, f"INSERT INTO t (id, v) VALUES ({number}, {_literal(value)})")
    task = task_for(path, described(path, "t"))
    assert columnar_bytes(task) == exact_bytes(task)


def _literal(value: Value) -> str:
    if value is None:
        return "NULL"
    return f"x'{value.hex()}'" if isinstance(value, bytes) else repr(value)


def broken_text(folder: Path) -> Path:
    path = make_database(folder / "b.db", "CREATE TABLE t (id INTEGER PRIMARY KEY, s TEXT)")
    insert(path, "t", [(1, "ok"), (3, "fine")])
    return make_database(path, "INSERT INTO t VALUES (2, CAST(x'61ff62' AS TEXT))")


def test_invalid_text_is_not_read(tmp_path: Path) -> None:
    path = broken_text(tmp_path)
    with pytest.raises(ArrowReadError):
        columnar_bytes(task_for(path, described(path, "t")))


def test_invalid_text_is_replaced_alike_by_both_lanes(tmp_path: Path) -> None:
    path = broken_text(tmp_path)
    table = described(path, "t")
    task = ReadingTask(str(path), table, all_of(table), (9,), invalid_text=InvalidText.REPLACE)
    assert columnar_bytes(task) == exact_bytes(task) == "1,ok\n2,a\ufffdb\n3,fine\n".encode()


def test_sparse_and_negative_keys_cost_no_more_than_their_rows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = make_database(tmp_path / "k.db", "CREATE TABLE t (id INTEGER PRIMARY KEY)")
    keys = [-(2**63), -(2**40), -5, -4, 0, *range(10, 100), 2**40, 2**62, 2**63 - 1]
    insert(path, "t", [(key,) for key in keys])
    monkeypatch.setattr(chunk_plan, "FIRST_ROWS", 4)
    task = task_for(path, described(path, "t"), chunk_rows=4)
    encoder = ColumnarEncoder(task.table.columns)
    chunks = list(ReadAhead(task, encoder.encode).chunks())
    assert b"".join(chunk.data for chunk in chunks) == "".join(f"{key}\n" for key in keys).encode()
    assert len(chunks) < len(keys)


def test_a_few_wide_rows_among_narrow_ones_make_small_chunks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = make_database(tmp_path / "w.db", "CREATE TABLE t (id INTEGER PRIMARY KEY, s TEXT)")
    insert(path, "t", [(number, "x" * (10_000 if number > 50 else 1)) for number in range(100)])
    monkeypatch.setattr(chunk_plan, "WIDEST_CHUNK_BYTES", 50_000)
    task = task_for(path, described(path, "t"), chunk_rows=50)
    sizes = [chunk.rows for chunk in ReadAhead(task, ColumnarEncoder(task.table.columns).encode).chunks()]
    assert sum(sizes) == 100
    assert max(sizes[1:]) <= 5


@settings(max_examples=examples(60), deadline=None)
@given(
    rows=st.lists(st.tuples(VALUES, st.none() | st.integers(0, 3)), max_size=15),
    order=st.permutations(["a", "b"]),
    directions=st.tuples(st.booleans(), st.booleans()),
    chunk_rows=st.none() | st.integers(1, 5),
)
def test_a_sorted_list_gives_the_rows_of_the_exact_lane(
    rows: list[tuple[Value, ...]], order: list[str], directions: tuple[bool, bool], chunk_rows: int | None
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = make_database(Path(folder) / "t.db", "CREATE TABLE t (id INTEGER PRIMARY KEY, a, b NUMERIC)")
        insert(path, "t", [(number, *row) for number, row in enumerate(rows)])
        table = described(path, "t")
        by = tuple(SortColumn(name, down) for name, down in zip(order, directions, strict=True))
        query = RowQuery("t", ("id", "a", "b"), order=by)
        task = task_for(path, table, chunk_rows=chunk_rows, query=query)
        assert columnar_bytes(task) == exact_bytes(task)
