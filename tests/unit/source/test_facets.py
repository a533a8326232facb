"""Columns with few values."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from dataflow_desktop.errors import ConfigurationError
from dataflow_desktop.source.facets import FACET_VALUES, find_facets
from tests.unit.databases import connected, described, insert, make_database


def facets_of(path: Path, table: str = "t") -> dict[str, tuple[object, ...]]:
    with connected(path) as connection:
        return {facet.column: facet.values for facet in find_facets(connection, described(path, table))}


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


def test_a_table_without_a_key_is_turned_down(tmp_path: Path) -> None:
    path = make_database(tmp_path / "k.db", "CREATE VIEW t AS SELECT 'a' AS c")
    with pytest.raises(ConfigurationError):
        facets_of(path)
