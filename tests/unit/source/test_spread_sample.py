"""A sample of rows from everywhere in a table."""

from pathlib import Path

import pytest

from dataflow_desktop.source.spread_sample import (
    PLACES,
    ROWS_AT_PLACE,
    ROWS_WITHOUT_KEY,
    SpreadSample,
    sample_values,
)
from tests.unit.databases import connected, described, make_database

ALL_PLACES = PLACES * ROWS_AT_PLACE

NUMBERS = "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < {rows}) "


def made(folder: Path, declared: str, select: str, rows: int) -> Path:
    insert = f"INSERT INTO t {NUMBERS.format(rows=rows)} SELECT {select} FROM n WHERE i < {rows}"
    return make_database(folder / "s.db", f"CREATE TABLE t {declared}", insert)


def sampled(path: Path, *columns: str, most: int = 40, table: str = "t") -> SpreadSample:
    with connected(path) as connection:
        return sample_values(connection, described(path, table), columns, most)


@pytest.mark.parametrize("rows", [0, 1, 399, 400, 401, 1_000, 19_999, 20_000, 20_001, 60_000])
@pytest.mark.parametrize("key", ["i", "i - 9000", "7 * i"])
def test_no_row_is_met_twice_and_no_place_left_out(tmp_path: Path, rows: int, key: str) -> None:
    path = made(tmp_path, "(id INTEGER PRIMARY KEY, c)", f"{key}, i", rows)
    sample = sampled(path, "c", most=rows)
    met = len(sample.values("c"))
    assert met == sample.rows
    assert sample.rows >= min(rows, ALL_PLACES) * 0.95
    assert sample.rows <= ALL_PLACES
    if rows:
        assert {0, rows - 1} <= sample.values("c")


@pytest.mark.parametrize(
    "declared", ["(id INTEGER PRIMARY KEY, c)", "(id TEXT PRIMARY KEY NOT NULL, c)", "(id, c)"]
)
def test_a_table_in_the_order_of_its_values_shows_them_all(tmp_path: Path, declared: str) -> None:
    path = made(tmp_path, declared, "i, i / 2000", 60_000)
    assert sampled(path, "c").values("c") == set(range(30))


def test_without_a_number_for_each_row_both_ends_are_looked_at(tmp_path: Path) -> None:
    declared = "(a TEXT, b INT, c, PRIMARY KEY (a, b)) WITHOUT ROWID"
    path = made(tmp_path, declared, "'k', i, i / 2000", 60_000)
    sample = sampled(path, "c")
    assert sample.values("c") == {*range(5), *range(25, 30)}
    assert sample.rows == ALL_PLACES


@pytest.mark.parametrize("rows", [0, 100, 5_000])
def test_few_rows_without_a_number_are_all_looked_at(tmp_path: Path, rows: int) -> None:
    path = made(tmp_path, "(id TEXT PRIMARY KEY, c) WITHOUT ROWID", "i, i", rows)
    sample = sampled(path, "c", most=rows)
    assert sample.values("c") == set(range(rows))
    assert sample.rows == rows


def test_keys_may_be_as_far_apart_as_integers_are(tmp_path: Path) -> None:
    path = made(tmp_path, "(id INTEGER PRIMARY KEY, c)", "i, i % 3", 1_000)
    lowest, highest = -(2**63), 2**63 - 1
    make_database(path, f"INSERT INTO t VALUES ({lowest}, 1)", f"INSERT INTO t VALUES ({highest}, 'last')")
    assert sampled(path, "c").values("c") == {0, 1, 2, "last"}


def test_a_column_of_many_values_drops_out_and_the_others_stay(tmp_path: Path) -> None:
    path = made(
        tmp_path, "(id INTEGER PRIMARY KEY, many, few, late)", "i, i, i % 3, max(i - 30000, 0)", 60_000
    )
    sample = sampled(path, "many", "few", "late")
    assert sample.columns == ("few",)
    assert sample.values("few") == {0, 1, 2}
    assert sample.rows == ALL_PLACES


def test_no_more_is_read_once_every_column_has_too_many_values(tmp_path: Path) -> None:
    sample = sampled(made(tmp_path, "(id INTEGER PRIMARY KEY, c)", "i, i", 60_000), "c")
    assert sample.columns == ()
    assert sample.rows == ROWS_AT_PLACE


def test_a_text_that_cannot_be_read_costs_its_own_column_only(tmp_path: Path) -> None:
    bad = "CASE i WHEN 50 THEN CAST(x'ff' AS TEXT) ELSE 'a' END"
    path = made(tmp_path, "(id INTEGER PRIMARY KEY, bad TEXT, good TEXT)", f"i, {bad}, 'ü' || (i % 2)", 100)
    sample = sampled(path, "bad", "good")
    assert sample.columns == ("good",)
    assert sample.values("good") == {"ü0", "ü1"}


@pytest.mark.parametrize(
    ("rows", "met", "is_whole"),
    [
        (0, 0, True),
        (500, 500, True),
        (ROWS_WITHOUT_KEY + 1, ROWS_WITHOUT_KEY, False),
    ],
)
def test_a_view_is_looked_at_from_its_beginning(
    tmp_path: Path, rows: int, met: int, *, is_whole: bool
) -> None:
    path = made(tmp_path, "(id INTEGER PRIMARY KEY, c)", "i, i % 3", rows)
    make_database(path, "CREATE VIEW v AS SELECT c FROM t")
    sample = sampled(path, "c", table="v")
    assert sample.rows == met
    assert sample.is_whole is is_whole
    assert not sampled(path, "c").is_whole
