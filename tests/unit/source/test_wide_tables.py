"""Tables of as many columns as SQLite allows, which takes no expression that is more than 1,000 deep."""

from contextlib import closing
from pathlib import Path

import pytest

from dataflow_desktop.domain.reading import ReadingTask
from dataflow_desktop.domain.row_query import Condition, Operator, RowQuery, Search, SortColumn
from dataflow_desktop.source.ordered_rows import count_rows
from dataflow_desktop.source.range_statements import RangeStatements
from dataflow_desktop.source.sqlite.arrow_connection import ArrowConnection
from dataflow_desktop.source.statements import is_after, select_keysets, select_rows
from tests.unit.databases import WIDEST, all_of, connected, described, make_wide_database

TEXTS = tuple(f"c{number}" for number in range(1, WIDEST))


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three rows that differ in the first, a middle and the last of the texts."""
    rows = []
    for key, differing in enumerate(("c1", "c1000", f"c{WIDEST - 1}"), 1):
        rows.append((key, *("needle" if name == differing else "hay" for name in TEXTS)))
    return make_wide_database(tmp_path_factory.mktemp("wide") / "wide.db", rows)


def test_a_search_looks_into_all_columns(path: Path) -> None:
    table = described(path, "t")
    for text, expected in (("NEEDLE", 3), ("ha", 3), ("thread", 0)):
        with connected(path) as connection:
            assert count_rows(connection, table, RowQuery("t", ("id",), search=Search(text))) == expected


def test_as_many_conditions_must_all_hold(path: Path) -> None:
    all_hay = [Condition(name, Operator.EQUAL, ("hay",)) for name in TEXTS[1:-1] if name != "c1000"]
    last_too = [*all_hay, Condition(TEXTS[-1], Operator.EQUAL, ("hay",))]
    with connected(path) as connection:
        for conditions, ids in ((all_hay, [1, 2, 3]), (last_too, [1, 2])):
            query = RowQuery("t", ("id",), tuple(conditions))
            rows = connection.rows(select_rows(described(path, "t"), query))
            assert [row[0] for row in rows] == ids


def test_rows_in_an_order_of_a_thousand_columns_are_found_from_a_keyset(path: Path) -> None:
    # Up and down in turn, so that no comparison of whole rows will do.
    order = tuple(SortColumn(name, is_descending=bool(place % 2)) for place, name in enumerate(TEXTS[:1_001]))
    table, query = described(path, "t"), RowQuery("t", ("id",), order=order)
    with connected(path) as connection:
        keysets = connection.rows(select_keysets(table, query))
        assert [keyset[-1] for keyset in keysets] == [2, 3, 1]
        for place, keyset in enumerate(keysets):
            others = select_keysets(table, query).where(is_after(table, query, keyset))
            assert connection.rows(others) == keysets[place + 1 :]


def test_the_width_of_a_row_is_the_sum_of_all_columns(path: Path) -> None:
    table = described(path, "t")
    statements = RangeStatements(ReadingTask(str(path), table, all_of(table), (3,)))
    with closing(ArrowConnection(path)) as connection:
        assert connection.row(statements.width((2,))) == (1 + 3 * (len(TEXTS) - 1) + len("needle"),)
