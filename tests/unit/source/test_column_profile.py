"""A column at a glance says what plain SQL says, and of a large table what a sample can say."""

import itertools
import math
import random
import sqlite3
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeGuard
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dataflow_desktop.domain.profile import ColumnProfile
from dataflow_desktop.domain.row_query import Condition, Operator, RowQuery, Search, Value
from dataflow_desktop.errors import ConfigurationError
from dataflow_desktop.pacing import Stopped, StopRequest, StopWish
from dataflow_desktop.source import column_profile, value_sample
from dataflow_desktop.source.column_profile import profile_column
from dataflow_desktop.source.connection import Row, SourceConnection
from dataflow_desktop.source.filled import Filled
from dataflow_desktop.source.prepared import Prepared
from dataflow_desktop.source.value_sample import estimated_distinct, order_of, seconds_of
from tests.campaign import examples
from tests.unit.databases import connected, described, fetch, insert, make_database

KEYED = "CREATE TABLE t (id INTEGER PRIMARY KEY, c)"
MOST_INTEGER = 2**63 - 1


def reports(path: Path, query: RowQuery | None = None, column: str = "c") -> list[ColumnProfile]:
    with connected(path) as connection:
        return list(profile_column(connection, described(path, "t"), query or RowQuery("t", ()), column))


def profiled(path: Path, query: RowQuery | None = None, column: str = "c") -> ColumnProfile:
    return reports(path, query, column)[-1]


def made(tmp_path: Path, values: Sequence[object], create: str = KEYED) -> Path:
    path = make_database(tmp_path / "p.db", create)
    fill(path, values)
    return path


def fill(path: Path, values: Sequence[object]) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("DELETE FROM t")
        connection.executemany("INSERT INTO t VALUES (?, ?)", enumerate(values))


def is_sized(value: Value) -> TypeGuard[str | bytes]:
    return isinstance(value, str | bytes)


def watched(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Filled, list[Row]]]:
    """Return a list that each statement run from now on is added to, with its rows."""
    seen: list[tuple[Filled, list[Row]]] = []
    run = SourceConnection.run

    def watch(connection: SourceConnection, filled: Filled) -> list[Row]:
        rows = run(connection, filled)
        seen.append((filled, rows))
        return rows

    monkeypatch.setattr(SourceConnection, "run", watch)
    return seen


@pytest.fixture
def small_ranges() -> Iterator[None]:
    """So few rows in a range that small tables have many."""
    with patch.multiple(column_profile, FIRST_RANGE_ROWS=3, MOST_RANGE_ROWS=7, REPORT_SECONDS=0):
        yield


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A table that each example fills anew."""
    return make_database(tmp_path_factory.mktemp("profile") / "t.db", KEYED)


NUMBERS = st.integers(-(2**63), MOST_INTEGER) | st.integers(-3, 3) | st.floats(allow_nan=False)
VALUES = st.none() | NUMBERS | st.text(max_size=3) | st.binary(max_size=2) | st.sampled_from(["", b"", "1"])


@settings(max_examples=examples(200))
@given(
    values=st.lists(VALUES, max_size=40),
    few=st.sampled_from([1, 5, 1_000]),
    where=st.sampled_from(["1", "id > 5", "c IS NOT NULL"]),
)
def test_an_exact_profile_says_what_sql_says(
    database: Path, values: list[Value], few: int, where: str
) -> None:
    fill(database, values)
    conditions = {
        "1": (),
        "id > 5": (Condition("id", Operator.GREATER, (5,)),),
        "c IS NOT NULL": (Condition("c", Operator.NOT_NULL),),
    }[where]
    with patch.multiple(column_profile, FIRST_RANGE_ROWS=2, MOST_RANGE_ROWS=5, FEW_VALUES=few):
        profile = profiled(database, RowQuery("t", (), conditions))
    ((rows, nulls, empty, smallest, largest, distinct),) = fetch(
        database,
        "SELECT count(*), count(*) - count(c), ifnull(sum(length(CAST(c AS BLOB)) = 0), 0), "
        f"min(c), max(c), count(DISTINCT c) FROM t WHERE {where}",
    )
    assert (profile.rows, profile.null_rows, profile.empty_rows) == (rows, nulls, empty)
    assert (profile.smallest, profile.largest, profile.distinct) == (smallest, largest, distinct)
    assert profile.is_complete
    assert profile.is_distinct_exact
    assert profile.sampled_rows == rows
    counts = fetch(
        database,
        f"SELECT c, count(*) FROM t WHERE {where} AND c IS NOT NULL GROUP BY c ORDER BY 2 DESC, c LIMIT 10",
    )
    repeats = counts if counts and counts[0][1] != 1 else []
    assert [(top.value, top.rows) for top in profile.top_values] == repeats
    bars = profile.histogram
    finite = f"typeof(c) IN ('integer', 'real') AND abs(CAST(c AS REAL)) < 9e999 AND {where}"
    assert [(sum(bar.rows for bar in bars),)] == fetch(database, f"SELECT count(*) FROM t WHERE {finite}")
    assert len(bars) <= 24
    assert all(one.high == two.low and one.low < one.high for one, two in itertools.pairwise(bars))


@settings(max_examples=examples(100))
@given(
    values=st.lists(st.integers(-(10**12), 10**12) | st.floats(-1e9, 1e9) | st.none() | st.just("x")),
    few=st.sampled_from([1, 1_000]),
)
def test_the_mean_is_that_of_the_numbers(database: Path, values: list[Value], few: int) -> None:
    fill(database, values)
    with patch.multiple(column_profile, FIRST_RANGE_ROWS=2, MOST_RANGE_ROWS=5, FEW_VALUES=few):
        mean = profiled(database).mean
    ((expected,),) = fetch(database, "SELECT avg(c) FROM t WHERE typeof(c) IN ('integer', 'real')")
    assert mean == (None if expected is None else pytest.approx(expected, rel=1e-9, abs=1e-3))


@pytest.mark.parametrize("few", [0, 1_000])
@pytest.mark.parametrize(
    ("values", "mean"),
    [
        ([MOST_INTEGER, MOST_INTEGER, MOST_INTEGER - 2], pytest.approx(float(MOST_INTEGER))),
        ([float("inf"), 1, 2], float("inf")),
        ([float("inf"), float("-inf"), 1], None),
        ([1e308, -1e308, 1e307], pytest.approx(1e307 / 3)),
        ([1e308, 1e308], float("inf")),
        (["1", "2"], None),
        ([None, None], None),
        ([], None),
        ([7], 7),
    ],
)
def test_no_number_is_too_much(tmp_path: Path, values: list[object], mean: object, few: int) -> None:
    with patch.object(column_profile, "FEW_VALUES", few):
        profile = profiled(made(tmp_path, values))
    assert profile.rows == len(values)
    assert profile.is_complete
    assert profile.mean == mean
    finite = [value for value in values if isinstance(value, int | float) and math.isfinite(value)]
    assert sum(bar.rows for bar in profile.histogram) == len(finite)


def test_one_and_one_point_zero_are_one_value_and_the_text_another(tmp_path: Path) -> None:
    profile = profiled(made(tmp_path, [1, 1.0, "1", b"1", 1]))
    assert profile.distinct == 3
    assert [(top.value, top.rows) for top in profile.top_values] == [(1, 3), ("1", 1), (b"1", 1)]
    assert (profile.smallest, profile.largest) == (1, b"1")


def test_a_column_is_told_apart_by_bytes_whatever_its_collation(tmp_path: Path) -> None:
    path = made(
        tmp_path, ["B", "b", "a", "A  ", ""], "CREATE TABLE t (id INTEGER PRIMARY KEY, c COLLATE NOCASE)"
    )
    for few in (1, 1_000):
        with patch.object(column_profile, "FEW_VALUES", few):
            profile = profiled(path)
        assert (profile.smallest, profile.largest, profile.distinct) == ("", "b", 5)
        assert profile.filled_rows == 4


@pytest.mark.usefixtures("small_ranges")
@pytest.mark.parametrize(
    "create",
    [
        "CREATE TABLE t (a TEXT, b, c, PRIMARY KEY (a, b)) WITHOUT ROWID",
        "CREATE TABLE t (a TEXT, b TEXT PRIMARY KEY, c) WITHOUT ROWID",
        "CREATE TABLE t (a TEXT, b, c)",
        "CREATE TABLE t (a TEXT, b NOT NULL, c, UNIQUE (b))",
    ],
)
def test_any_key_leads_through_all_rows(tmp_path: Path, create: str) -> None:
    path = make_database(tmp_path / "k.db", create)
    insert(path, "t", [("äb"[number % 2], f"{number:03}", number % 5) for number in range(100)])
    profile = profiled(path, RowQuery("t", (), (Condition("c", Operator.LESS, (4,)),), Search("Ä", "a")))
    expected = Counter(number % 5 for number in range(0, 100, 2) if number % 5 < 4)
    assert {top.value: top.rows for top in profile.top_values} == expected
    assert profile.rows == 40


def test_a_view_without_a_key_is_read_too(tmp_path: Path) -> None:
    path = make_database(tmp_path / "v.db", "CREATE TABLE s (c)", "CREATE VIEW t AS SELECT c FROM s")
    insert(path, "s", [(number % 50,) for number in range(500)])
    profile = profiled(path)
    assert (profile.rows, profile.distinct, profile.is_distinct_exact, profile.mean) == (500, 50, True, 24.5)
    with patch.object(value_sample, "SAMPLE_ROWS", 100):
        profile = profiled(path)
    assert 10 < profile.sampled_rows <= 120
    assert not profile.is_distinct_exact
    assert profile.rows == 500


def test_invalid_text_is_shown_and_does_not_stop_the_reading(tmp_path: Path) -> None:
    path = make_database(tmp_path / "i.db", "CREATE TABLE t (c TEXT PRIMARY KEY, n) WITHOUT ROWID")
    with closing(sqlite3.connect(path)) as connection, connection:
        for number in range(40):
            connection.execute("INSERT INTO t VALUES (CAST(? AS TEXT), ?)", (b"\xff%02d" % number, number))
    with patch.multiple(column_profile, FIRST_RANGE_ROWS=3, MOST_RANGE_ROWS=3):
        profile = profiled(path)
    assert (profile.rows, profile.smallest, profile.distinct) == (40, "\N{REPLACEMENT CHARACTER}00", 40)


def test_a_key_that_is_no_valid_text_ends_no_range(tmp_path: Path) -> None:
    path = make_database(tmp_path / "i.db", "CREATE TABLE t (k TEXT PRIMARY KEY, c) WITHOUT ROWID")
    with closing(sqlite3.connect(path)) as connection, connection:
        for number in range(60):
            key = b"%02d" % number + (b"\xff" if number % 3 == 0 else b"")
            connection.execute("INSERT INTO t VALUES (CAST(? AS TEXT), ?)", (key, number))
    with patch.multiple(column_profile, FIRST_RANGE_ROWS=3, MOST_RANGE_ROWS=3, REPORT_SECONDS=0):
        grown = reports(path)
    assert len(grown) > 10
    assert grown[-1].rows == grown[-1].distinct == 60


def test_of_huge_cells_only_the_beginning_comes_into_the_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    come = watched(monkeypatch)
    path = made(tmp_path, [])
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("INSERT INTO t VALUES (1, replace(hex(zeroblob(100000)), '0', 'ä'))")
        connection.execute("INSERT INTO t VALUES (2, zeroblob(1000000)), (3, 'short'), (4, char(0, 65))")
        connection.execute("INSERT INTO t VALUES (5, CAST(x'41' || zeroblob(100000) AS TEXT))")
    for few in (1, 1_000):
        with patch.object(column_profile, "FEW_VALUES", few):
            profile = profiled(path)
        assert (profile.smallest, profile.largest) == ("\0A", bytes(200))
        assert (profile.rows, profile.distinct, profile.empty_rows) == (5, 5, 0)
    assert come
    assert all(len(value) <= 200 for _, rows in come for row in rows for value in row if is_sized(value))


def test_values_that_differ_behind_the_cut_count_as_one(tmp_path: Path) -> None:
    profile = profiled(made(tmp_path, ["x" * 250 + "a", "x" * 250 + "b", "x" * 200]))
    assert [(top.value, top.rows) for top in profile.top_values] == [("x" * 200, 3)]


@pytest.mark.parametrize(
    ("texts", "is_time"),
    [
        (["2024-01-01", "2024-01-02T00:00:00", "2024-01-03 12:00:00+02:00"], True),
        (["2024-01-01"] * 9 + ["unknown"], True),
        (["2024-01-01"] * 8 + ["unknown"] * 2, False),
        (["20240101", "2024-13-01"], False),
        (["20240101012", "20240101T12"], False),
    ],
)
def test_dates_are_seen_by_their_time(tmp_path: Path, texts: list[str], is_time: bool) -> None:
    profile = profiled(made(tmp_path, [*texts, None]))
    assert profile.is_time is is_time
    assert profile.mean is None
    seconds = [number for text in texts if (number := seconds_of(text)) is not None]
    if is_time:
        assert sum(bar.rows for bar in profile.histogram) == len(seconds)
        assert (profile.histogram[0].low, profile.histogram[-1].high) == (min(seconds), max(seconds))
        assert min(seconds) == datetime(2024, 1, 1, tzinfo=UTC).timestamp()
    else:
        assert profile.histogram == ()


def test_bars_over_integers_have_as_many_of_them_each(tmp_path: Path) -> None:
    bars = profiled(made(tmp_path, list(range(1, 31)))).histogram
    assert {bar.rows for bar in bars} == {2}
    assert [bar.low for bar in bars] == list(range(1, 31, 2))
    (tmp_path / "5").mkdir()
    ratings = profiled(made(tmp_path / "5", [1, 2, 3, 4, 5, 5])).histogram
    assert [bar.rows for bar in ratings] == [1, 1, 1, 1, 2]


def test_equal_numbers_are_one_bar(tmp_path: Path) -> None:
    (bar,) = profiled(made(tmp_path, [2.5, 2.5, None])).histogram
    assert (bar.low, bar.high, bar.rows) == (2.5, 2.5, 2)


@pytest.mark.usefixtures("small_ranges")
def test_profiles_grow_and_the_last_one_is_complete(tmp_path: Path) -> None:
    path = made(tmp_path, [number % 7 if number < 100 else number for number in range(200)])
    with patch.multiple(column_profile, FEW_VALUES=20), patch.object(value_sample, "SAMPLE_ROWS", 50):
        grown = reports(path)
    rows = [profile.rows for profile in grown]
    assert rows[0] == 3
    assert rows == sorted(rows)
    assert [profile.is_complete for profile in grown] == [False] * (len(grown) - 1) + [True]
    assert all(profile.sampled_rows <= profile.rows for profile in grown)
    assert all(not profile.is_distinct_exact or profile.sampled_rows == profile.rows for profile in grown)
    assert grown[10].is_distinct_exact
    assert not grown[-1].is_distinct_exact


def test_a_key_column_has_as_many_values_as_rows_without_counting_them(tmp_path: Path) -> None:
    path = made(tmp_path, range(500))
    with patch.object(column_profile, "FEW_VALUES", 10), patch.object(value_sample, "SAMPLE_ROWS", 50):
        profile = profiled(path, column="id")
    assert (profile.distinct, profile.is_distinct_exact, profile.top_values) == (500, True, ())
    assert profile.sampled_rows < 100


def test_keys_that_differ_behind_the_cut_are_different(tmp_path: Path) -> None:
    path = make_database(tmp_path / "c.db", "CREATE TABLE t (c TEXT PRIMARY KEY, n) WITHOUT ROWID")
    insert(path, "t", [("x" * 250 + str(number), number) for number in range(9)])
    assert profiled(path).distinct == 9


@pytest.mark.usefixtures("small_ranges")
def test_a_sample_is_bounded_and_spread_over_the_whole_table(tmp_path: Path) -> None:
    path = made(tmp_path, range(10_000))
    with (
        patch.multiple(column_profile, FEW_VALUES=10, MOST_RANGE_ROWS=100),
        patch.object(value_sample, "SAMPLE_ROWS", 400),
    ):
        grown = reports(path)
    assert max(profile.sampled_rows for profile in grown) < 600
    last = grown[-1]
    assert (last.smallest, last.largest, last.mean, last.rows) == (0, 9_999, 4_999.5, 10_000)
    quarters = Counter(min(int(bar.low // 2_500), 3) for bar in last.histogram for _ in range(bar.rows))
    assert all(share > 0.15 * last.sampled_rows for share in quarters.values())
    assert len(quarters) == 4


def test_a_stop_cuts_it_short(tmp_path: Path) -> None:
    path = make_database(
        tmp_path / "s.db",
        "CREATE VIEW t AS WITH RECURSIVE n(c) AS (SELECT 1 UNION ALL SELECT c + 1 FROM n LIMIT 100000000) "
        "SELECT c FROM n",
    )
    stop = StopRequest()
    stop.ask(StopWish.CANCEL)
    table = described(path, "t")
    with connected(path) as connection:
        connection.obey(stop)
        with pytest.raises(Stopped):
            list(profile_column(connection, table, RowQuery("t", ()), "c"))


@pytest.mark.usefixtures("small_ranges")
def test_a_stop_between_two_reports_ends_the_reading(tmp_path: Path) -> None:
    path = made(tmp_path, range(1_000))
    stop = StopRequest()
    with (
        connected(path) as connection,
        patch("dataflow_desktop.source.sqlite.connection.STEPS_BETWEEN_LOOKS", 1),
    ):
        connection.obey(stop)
        profiles = profile_column(connection, described(path, "t"), RowQuery("t", ()), "c")
        next(profiles)
        stop.ask(StopWish.CANCEL)
        with pytest.raises(Stopped):
            next(profiles)


@pytest.mark.usefixtures("small_ranges")
def test_many_ranges_are_few_statements_and_found_by_the_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = make_database(
        tmp_path / "i.db", "CREATE TABLE t (k TEXT NOT NULL PRIMARY KEY, c, n)", "CREATE INDEX by_n ON t (n)"
    )
    insert(path, "t", [(f"{number:03}", max(number, 100), number % 2) for number in range(400)])
    asked = watched(monkeypatch)
    is_even = RowQuery("t", (), (Condition("n", Operator.EQUAL, (0,)),))
    with (
        patch.object(column_profile, "FEW_VALUES", 20),
        patch.object(Prepared, "of", wraps=Prepared.of) as made,
    ):
        assert profiled(path, is_even).rows == 200
    texts = {filled.text: filled for filled, _ in asked}
    assert len(asked) > 100
    assert made.call_count < 15
    with closing(sqlite3.connect(path)) as connection:
        plans = [connection.execute(f"EXPLAIN QUERY PLAN {text}", texts[text].values) for text in texts]
        steps = [str(step[-1]) for plan in plans for step in plan]
    assert [step for step in steps if "(k>? AND k<?)" in step]
    assert not [step for step in steps if "by_n" in step]


def test_an_unknown_column_is_turned_down(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError):
        profiled(made(tmp_path, [1]), column="nothing")


ROWS = 1_000_000


@pytest.mark.parametrize(
    ("true_values", "frequency_of"),
    [
        pytest.param(ROWS, dict.fromkeys(range(ROWS), 1), id="an id"),
        pytest.param(2_000, dict.fromkeys(range(2_000), ROWS // 2_000), id="few heavy values"),
        pytest.param(
            100_010,
            dict.fromkeys(range(10), ROWS * 9 // 100) | dict.fromkeys(range(10, 100_010), 1),
            id="heavy and single values",
        ),
        pytest.param(ROWS // 2, dict.fromkeys(range(ROWS // 2), 2), id="each twice"),
    ],
)
def test_the_estimate_is_within_a_tenth(true_values: int, frequency_of: dict[int, int]) -> None:
    rows = [value for value, times in frequency_of.items() for _ in range(times)]
    sample = random.Random(7).sample(rows, 20_000)
    frequencies = Counter(Counter(sample).values())
    assert estimated_distinct(frequencies, len(rows)) == pytest.approx(true_values, rel=0.1)


def test_a_sample_of_all_rows_leaves_nothing_to_estimate() -> None:
    assert estimated_distinct({1: 5, 2: 3, 60: 1}, 71) == 9


@given(values=st.lists(VALUES.filter(lambda value: value is not None), max_size=20))
def test_values_are_ordered_as_the_database_orders_them(values: list[Value]) -> None:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("CREATE TABLE t (c)")
        connection.executemany("INSERT INTO t VALUES (?)", [(value,) for value in values])
        expected = [value for (value,) in connection.execute("SELECT c FROM t ORDER BY c")]
    assert sorted(values, key=order_of) == expected
