"""Columns with few values."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from dataflow_desktop.domain.facet import Facet
from dataflow_desktop.pacing import Stopped, StopRequest, StopWish
from dataflow_desktop.source import facets, spread_sample
from dataflow_desktop.source.facets import FACET_VALUES, find_facets
from tests.unit.databases import connected, described, fetch, insert, make_database

MIXED = [None, 3, -1.5, "b", "B", "a", "", b"", b"a", 2**53 + 1]


def found(path: Path, table: str = "t") -> list[Facet]:
    with connected(path) as connection:
        return list(find_facets(connection, described(path, table)))


def facets_of(path: Path, table: str = "t") -> dict[str, tuple[object, ...]]:
    return {facet.column: facet.values for facet in found(path, table)}


def made(tmp_path: Path, values: Sequence[object]) -> Path:
    path = make_database(tmp_path / "f.db", "CREATE TABLE t (id INTEGER PRIMARY KEY, c TEXT)")
    insert(path, "t", enumerate(values))
    return path


def test_the_catalogue_is_chosen_from_by_category_and_status(catalogue: Path) -> None:
    found = facets_of(catalogue, "products")
    assert set(found) == {"category", "status"}
    assert found["status"] == ("active", "discontinued", "inactive")
    assert len(found["category"]) == 10


def test_null_is_a_value_of_its_own(tmp_path: Path) -> None:
    assert facets_of(made(tmp_path, [None, "a", "b", "", None, "a", "b", ""])) == {"c": (None, "", "a", "b")}


@pytest.mark.parametrize(
    ("values", "is_facet"),
    [
        (["a"] * 10, False),
        (["a", "b"] * 5, True),
        ([f"v{number:02}" for number in range(FACET_VALUES)] * 2, True),
        ([f"v{number:02}" for number in range(FACET_VALUES + 1)] * 2, False),
        (["a", "b", "c"], False),
        ([], False),
    ],
)
def test_only_few_values_that_repeat_are_a_choice(
    tmp_path: Path, values: Sequence[object], is_facet: bool
) -> None:
    assert bool(facets_of(made(tmp_path, values))) is is_facet


def test_a_value_beyond_the_sample_counts_too(tmp_path: Path) -> None:
    path = made(tmp_path, ["a", "b"] * 1_000 + ["late"])
    assert facets_of(path) == {"c": ("a", "b", "late")}
    many = ["a", "b"] * 1_000 + [f"late {number}" for number in range(FACET_VALUES)]
    (tmp_path / "many").mkdir()
    assert facets_of(made(tmp_path / "many", many)) == {}


def test_a_part_of_a_key_may_be_chosen_by_and_a_whole_key_never(tmp_path: Path) -> None:
    path = make_database(
        tmp_path / "p.db",
        "CREATE TABLE pairs (shop TEXT, number INT, PRIMARY KEY (shop, number)) WITHOUT ROWID",
        "CREATE TABLE plain (c TEXT)",
    )
    insert(path, "pairs", [(shop, number) for shop in "ab" for number in range(50)])
    insert(path, "plain", [(value,) for value in "abab"])
    assert facets_of(path, "pairs") == {"shop": ("a", "b")}
    assert facets_of(path, "plain") == {"c": ("a", "b")}


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every table of more than 100 rows be a large one."""
    monkeypatch.setattr(facets, "SMALL_ROWS", 100)
    monkeypatch.setattr(facets, "LOOK_ROWS", 10)


@pytest.mark.usefixtures("large")
@pytest.mark.parametrize(("rows", "is_complete"), [(100, True), (101, False)])
def test_a_table_is_large_by_its_rows(tmp_path: Path, rows: int, *, is_complete: bool) -> None:
    path = made(tmp_path, ["a", "b", *["a"] * (rows - 2)])
    assert found(path) == [Facet("c", ("a", "b"), is_complete)]


def test_a_table_is_large_by_the_time_it_takes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(facets, "LOOK_ROWS", 10)
    monkeypatch.setattr(facets, "LOOK_SECONDS", 0)
    assert found(made(tmp_path, ["a", "b"] * 4)) == [Facet("c", ("a", "b"))]
    (tmp_path / "more").mkdir()
    assert not found(made(tmp_path / "more", ["a", "b"] * 50))[0].is_complete


@pytest.fixture
def with_rare(tmp_path: Path) -> Path:
    """A table with one value that no sample meets."""
    path = make_database(tmp_path / "r.db", "CREATE TABLE t (id INTEGER PRIMARY KEY, c TEXT)")
    make_database(
        path,
        "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 59999)"
        " INSERT INTO t SELECT i, CASE WHEN i = 1000 THEN 'rare' WHEN i % 3 THEN 'a' END FROM n",
    )
    return path


@pytest.mark.usefixtures("large")
def test_a_sample_does_not_pass_for_the_whole(with_rare: Path) -> None:
    assert found(with_rare) == [Facet("c", (None, "a"), is_complete=False)]


def test_a_small_table_has_its_rare_values(with_rare: Path) -> None:
    assert found(with_rare) == [Facet("c", (None, "a", "rare"))]


@pytest.mark.usefixtures("large")
@pytest.mark.parametrize(
    ("index", "is_complete"),
    [
        ("i ON t (c)", True),
        ("i ON t (c DESC, id)", True),
        ("i ON t (c COLLATE NOCASE)", False),
        ("i ON t (c) WHERE c IS NOT NULL", False),
        ("i ON t (upper(c))", False),
    ],
)
def test_an_index_gives_all_values_of_a_large_table(
    with_rare: Path, index: str, *, is_complete: bool
) -> None:
    make_database(with_rare, f"CREATE INDEX {index}")
    values = (None, "a", "rare") if is_complete else (None, "a")
    assert found(with_rare) == [Facet("c", values, is_complete)]


@pytest.mark.usefixtures("large")
def test_an_index_finds_values_where_a_sample_finds_one(with_rare: Path) -> None:
    make_database(with_rare, "UPDATE t SET c = 'a' WHERE c IS NULL")
    assert found(with_rare) == []
    make_database(with_rare, "CREATE INDEX i ON t (c)")
    assert found(with_rare) == [Facet("c", ("a", "rare"))]


@pytest.mark.parametrize("index", ["", "CREATE INDEX i ON t (c)"])
@pytest.mark.usefixtures("large")
def test_a_table_in_the_order_of_a_column_is_judged_by_all_of_it(tmp_path: Path, index: str) -> None:
    path = make_database(
        tmp_path / "o.db", "CREATE TABLE t (id INTEGER PRIMARY KEY, c INT, d INT)", *filter(None, [index])
    )
    make_database(
        path,
        "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 59999)"
        " INSERT INTO t SELECT i, i / 3000, i / 1000 FROM n",
    )
    assert found(path) == [Facet("c", tuple(range(20)), is_complete=bool(index))]


@pytest.mark.usefixtures("large")
@pytest.mark.parametrize("declared", ["c", "c TEXT", "c INTEGER"])
def test_sampled_values_of_all_types_come_in_the_order_of_the_database(tmp_path: Path, declared: str) -> None:
    path = make_database(tmp_path / "m.db", f"CREATE TABLE t (id INTEGER PRIMARY KEY, {declared})")
    insert(path, "t", enumerate(MIXED * 30))
    (facet,) = found(path)
    assert list(facet.values) == [value for (value,) in fetch(path, "SELECT DISTINCT c FROM t ORDER BY c")]
    assert not facet.is_complete


@pytest.mark.usefixtures("large")
def test_what_a_condition_takes_for_the_same_is_sampled_once(tmp_path: Path) -> None:
    path = make_database(tmp_path / "n.db", "CREATE TABLE t (id INTEGER PRIMARY KEY, c TEXT COLLATE NOCASE)")
    insert(path, "t", enumerate(["a", "A", "b", "B"] * 50))
    (facet,) = found(path)
    assert [str(value).lower() for value in facet.values] == ["a", "b"]


@pytest.mark.usefixtures("large")
@pytest.mark.parametrize(
    "declared",
    [
        "(k TEXT PRIMARY KEY NOT NULL, c TEXT)",
        "(k TEXT PRIMARY KEY NOT NULL, c TEXT) WITHOUT ROWID",
        "(k TEXT, c TEXT, PRIMARY KEY (k, c)) WITHOUT ROWID",
        "(k TEXT, c TEXT)",
    ],
)
def test_any_key_will_do(tmp_path: Path, declared: str) -> None:
    path = make_database(tmp_path / "k.db", f"CREATE TABLE t {declared}")
    insert(path, "t", [(f"{number:04}", "xy"[number % 2]) for number in range(200)])
    assert found(path) == [Facet("c", ("x", "y"), is_complete=False)]


def test_a_view_is_chosen_from_by_what_its_beginning_holds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = made(tmp_path, ["b", None, "a", "b", None, "a", "late"])
    make_database(path, "CREATE VIEW v AS SELECT c FROM t", "CREATE VIEW none AS SELECT c FROM t WHERE 0")
    assert found(path, "v") == []
    make_database(path, "INSERT INTO t (c) SELECT c FROM t")
    assert found(path, "v") == [Facet("c", (None, "a", "b", "late"))]
    monkeypatch.setattr(spread_sample, "ROWS_WITHOUT_KEY", 6)
    assert found(path, "v") == [Facet("c", (None, "a", "b"), is_complete=False)]
    assert found(path, "none") == []


def test_a_text_that_cannot_be_read_costs_its_own_column_only(with_rare: Path) -> None:
    make_database(
        with_rare,
        "ALTER TABLE t ADD COLUMN d INT",
        "UPDATE t SET d = id % 2, c = CASE id WHEN 1000 THEN CAST(x'ff' AS TEXT) ELSE c END",
    )
    assert found(with_rare) == [Facet("d", (0, 1))]
    make_database(with_rare, "CREATE INDEX i ON t (c)")
    assert found(with_rare) == [Facet("d", (0, 1))]


def test_a_slow_view_can_be_stopped(tmp_path: Path) -> None:
    path = make_database(
        tmp_path / "w.db",
        "CREATE VIEW t AS WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n)"
        " SELECT i AS c FROM n WHERE i < 0",
    )
    stop = StopRequest()
    with connected(path) as connection:
        connection.obey(stop)
        stop.ask(StopWish.CANCEL)
        with pytest.raises(Stopped):
            list(find_facets(connection, described(path, "t")))
