"""Tables by their schema, and found by a part of their name."""

import time

import pytest

from dataflow_desktop.browse.table_tree import TableList, TableTree, whole_name
from dataflow_desktop.domain.schema import KeyKind, Table, TableKind, TableSummary

MANY = 20_000


def summary(name: str, kind: TableKind = TableKind.TABLE, schema: str | None = None) -> TableSummary:
    path = () if schema is None else (schema, name)
    shown = name if schema in {None, "public"} else f"{schema}.{name}"
    return TableSummary(Table(shown, kind, (), (), KeyKind.NONE, path=path), None)


def names(tree: TableTree) -> dict[str | None, list[str]]:
    """The names in each schema, and under None those in no schema."""
    found: dict[str | None, list[str]] = {
        folder.schema: [each.table.own_name for each in folder.tables] for folder in tree.folders
    }
    return {**found, None: [each.table.own_name for each in tree.loose]} if tree.loose else found


def test_tables_stand_in_their_schemas_in_the_order_of_the_source_and_views_after_them() -> None:
    tables = TableList(
        [
            summary("v", TableKind.VIEW, "public"),
            summary("b", schema="public"),
            summary("a", schema="public"),
            summary("c", schema="archive"),
        ]
    )
    assert names(tables.matching("")) == {"public": ["b", "a", "v"], "archive": ["c"]}
    assert len(tables) == 4


def test_tables_of_a_source_without_schemas_stand_in_no_folder() -> None:
    assert names(TableList([summary("a"), summary("")]).matching("")) == {None: ["a", ""]}


def test_a_schema_without_a_name_is_a_schema() -> None:
    assert names(TableList([summary("a", schema="")]).matching("")) == {"": ["a"]}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ORDERS", {"public": ["orders"], "sales": ["Orders_2024"]}),
        ("sales.ord", {"sales": ["Orders_2024"]}),
        ("public.", {"public": ["orders", "größe"]}),
        ("GRÖSSE", {}),
        ("GRÖẞE", {"public": ["größe"]}),
        ("s_2", {"sales": ["Orders_2024"]}),
        ("%", {"sales": ["100%"]}),
        ("o.*s", {}),
        (" ", {}),
    ],
)
def test_a_name_is_found_literally_and_without_case(text: str, found: dict[str | None, list[str]]) -> None:
    tables = TableList(
        [
            summary("orders", schema="public"),
            summary("größe", schema="public"),
            summary("Orders_2024", schema="sales"),
            summary("100%", schema="sales"),
        ]
    )
    assert names(tables.matching(text)) == found


def test_the_whole_name_has_the_schema_before_it_also_where_it_can_be_left_out() -> None:
    assert whole_name(summary("a", schema="public").table) == "public.a"
    assert whole_name(summary("a").table) == "a"


def seconds(tables: TableList, text: str) -> float:
    """Return how long the processor takes for one search."""
    begun = time.process_time()
    tables.matching(text)
    return time.process_time() - begun


def test_twenty_thousand_tables_are_searched_at_once() -> None:
    tables = TableList([summary(f"table_{number}", schema=f"s{number % 7}") for number in range(MANY)])
    assert names(tables.matching("LE_19999")) == {"s0": ["table_19999"]}
    assert min(seconds(tables, f"LE_{number}") for number in range(5)) < 0.03
