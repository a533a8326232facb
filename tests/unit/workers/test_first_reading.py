"""What is read before SQLAlchemy is loaded is what is read ever after."""

from pathlib import Path

import pytest

from dataflow_desktop import locations
from dataflow_desktop.browse.row_window import PageRead, RowSpan
from dataflow_desktop.domain.keyset import Anchor
from dataflow_desktop.domain.row_query import Condition, Operator, RowQuery, SortColumn
from dataflow_desktop.domain.schema import Table
from dataflow_desktop.pacing import StopRequest
from dataflow_desktop.workers.first_reading import can_answer, first_answers
from dataflow_desktop.workers.held_source import HeldSource
from dataflow_desktop.workers.query_wishes import (
    Answer,
    OpenedSource,
    PageArrived,
    PageWish,
    ShownQuery,
    TablesListed,
    TablesWish,
    VersionWish,
    Wish,
)
from dataflow_desktop.workers.source_reading import SourceReading
from tests.unit.databases import make_database

FIRST = Anchor()


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(locations.HOME_VARIABLE, str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def odd(tmp_path: Path) -> Path:
    return make_database(
        tmp_path / "odd.db",
        'CREATE TABLE "a "" b" ("select" INTEGER PRIMARY KEY, "x""y" TEXT COLLATE NOCASE, "[z]" ANY)',
        """INSERT INTO "a "" b" VALUES (9, 'é', 1.5), (-3, NULL, x'00ff'), (4, '', 'text'), (5, 'x', NULL)""",
        "CREATE TABLE plain (name TEXT, n INT)",
        "INSERT INTO plain VALUES ('b', 1), ('a', 2)",
        "CREATE TABLE coded (code TEXT PRIMARY KEY NOT NULL, n INT) WITHOUT ROWID",
        "INSERT INTO coded VALUES ('b', 1), ('a', 2)",
        "CREATE TABLE generated (id INTEGER PRIMARY KEY, twice INT AS (2 * id))",
        "INSERT INTO generated (id) VALUES (1), (2)",
        "CREATE TABLE bare (id INTEGER PRIMARY KEY)",
        "CREATE VIEW looked AS SELECT n FROM plain",
        "ANALYZE",
    )


def answers(wish: Wish, *, is_first: bool) -> list[Answer]:
    held = HeldSource(lambda _: None)
    try:
        if is_first:
            return list(first_answers(held, wish, StopRequest()))
        return list(SourceReading(held).answers(wish, StopRequest()))
    finally:
        held.close()


def tables(path: Path) -> dict[str, Table]:
    (listed,) = answers(TablesWish(OpenedSource(str(path), 1)), is_first=True)
    assert isinstance(listed, TablesListed)
    return {summary.table.name: summary.table for summary in listed.tables}


def page_wish(path: Path, table: Table, query: RowQuery, anchor: Anchor | None = FIRST) -> PageWish:
    shown = ShownQuery(OpenedSource(str(path), 1), 1, table, query)
    first = 0 if anchor is None else anchor.row
    return PageWish(shown, PageRead(RowSpan(first, 3), anchor))


def test_the_tables_are_the_same(odd: Path) -> None:
    wish = TablesWish(OpenedSource(str(odd), 1))
    assert can_answer(wish)
    assert answers(wish, is_first=True) == answers(wish, is_first=False)
    assert len(tables(odd)) == 6


@pytest.mark.parametrize("name", ['a " b', "generated", "bare"])
def test_the_first_rows_are_the_same(odd: Path, name: str) -> None:
    table = tables(odd)[name]
    wish = page_wish(odd, table, RowQuery(name, tuple(reversed(table.column_names))))
    assert can_answer(wish)
    (first,), (usual,) = (answers(wish, is_first=is_first) for is_first in (True, False))
    assert isinstance(first, PageArrived)
    assert first == usual


@pytest.mark.parametrize("name", ["plain", "coded", "looked"])
def test_tables_without_an_integer_key_are_left_to_the_usual_reading(odd: Path, name: str) -> None:
    table = tables(odd)[name]
    assert not can_answer(page_wish(odd, table, RowQuery(name, table.column_names)))


def test_whatever_is_not_all_rows_from_the_first_on_is_left_to_the_usual_reading(odd: Path) -> None:
    table = tables(odd)["generated"]
    everything = RowQuery(table.name, table.column_names)
    filtered = RowQuery(table.name, table.column_names, (Condition("twice", Operator.EQUAL, (2,)),))
    ordered = RowQuery(table.name, table.column_names, order=(SortColumn("twice"),))
    assert can_answer(page_wish(odd, table, everything))
    assert not can_answer(page_wish(odd, table, filtered))
    assert not can_answer(page_wish(odd, table, ordered))
    assert not can_answer(page_wish(odd, table, everything, Anchor(1, (1,))))
    assert not can_answer(page_wish(odd, table, everything, None))


def test_servers_and_saved_queries_are_left_to_the_usual_reading(odd: Path, home: Path) -> None:
    assert not can_answer(VersionWish(OpenedSource("postgresql://localhost/db", 1), 1))
    assert not can_answer(VersionWish(OpenedSource(f"sqlite:///{odd}", 1), 1))
    home.mkdir()
    (home / "queries.json").write_text("{}", encoding="utf-8")
    assert not can_answer(TablesWish(OpenedSource(str(odd), 1)))
