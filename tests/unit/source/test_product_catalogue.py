"""The embedded example."""

import re
from datetime import datetime
from pathlib import Path

import pytest

from dataflow_desktop.domain.schema import ColumnKind
from dataflow_desktop.errors import DestinationError, ReasonCode, RefusedError
from dataflow_desktop.source.product_catalogue import make_catalogue
from tests.unit.databases import described, fetch

CATEGORIES = [
    "Automotive", "Books", "Clothing", "Electronics", "Food", "Garden", "Health", "Home", "Sports", "Toys",
]  # fmt: skip


def content(path: Path) -> list[tuple[object, ...]]:
    return fetch(path, "SELECT * FROM products ORDER BY id")


def test_the_table_is_as_promised(catalogue: Path) -> None:
    table = described(catalogue, "products")
    assert [(column.name, column.declared_type) for column in table.columns] == [
        ("id", "INTEGER"),
        ("name", "TEXT"),
        ("category", "TEXT"),
        ("price", "DECIMAL(10,2)"),
        ("quantity", "INTEGER"),
        ("status", "TEXT"),
        ("created_at", "DATETIME"),
    ]
    assert table.key == ("id",)
    assert table.column("created_at").kind is ColumnKind.TIMESTAMP
    assert not any(column.is_nullable for column in table.columns if column.name != "id")


def test_the_rows_are_as_promised(catalogue: Path) -> None:
    rows = content(catalogue)
    assert [row[0] for row in rows] == list(range(1, 1001))
    assert sorted({str(row[2]) for row in rows}) == CATEGORIES
    assert {row[5] for row in rows} == {"active", "inactive", "discontinued"}
    assert not any(value is None for row in rows for value in row)


def test_some_names_hold_commas_quotes_and_other_letters(catalogue: Path) -> None:
    names = [str(row[1]) for row in content(catalogue)]
    for kind in (r"^[A-Z][a-z]+ [A-Z][a-z]+ \d+$", ",", '"', r"[^\x00-\x7f]"):
        assert any(re.search(kind, name) for name in names), kind
    assert len(set(names)) == len(names)


def test_prices_have_two_decimals_and_times_are_iso_8601(catalogue: Path) -> None:
    for *_, price, quantity, _status, created_at in content(catalogue):
        assert isinstance(price, int | float)
        assert round(price, 2) == price > 0
        assert isinstance(quantity, int)
        assert isinstance(created_at, str)
        assert datetime.fromisoformat(created_at).isoformat() == created_at
        assert "T" in created_at


def test_the_same_seed_gives_the_same_content(catalogue: Path, tmp_path: Path) -> None:
    make_catalogue(tmp_path / "again.db", 1000, seed=1)
    assert content(tmp_path / "again.db") == content(catalogue)
    assert (tmp_path / "again.db").read_bytes() == catalogue.read_bytes()


@pytest.mark.parametrize("seed", [2, 0, -1])
def test_another_seed_gives_other_content(catalogue: Path, tmp_path: Path, seed: int) -> None:
    make_catalogue(tmp_path / "other.db", 1000, seed=seed)
    assert content(tmp_path / "other.db") != content(catalogue)


@pytest.mark.parametrize("rows", [0, 1, 4999, 5000, 5001])
def test_it_has_the_rows_that_were_asked_for_and_says_how_far_it_is(tmp_path: Path, rows: int) -> None:
    heard: list[int] = []
    make_catalogue(tmp_path / "p.db", rows, on_progress=heard.append)
    assert len(content(tmp_path / "p.db")) == rows
    assert heard == sorted(heard)
    assert heard[-1:] == ([rows] if rows else [])


def test_fewer_rows_are_the_first_of_more(catalogue: Path, tmp_path: Path) -> None:
    make_catalogue(tmp_path / "few.db", 10)
    assert content(tmp_path / "few.db") == content(catalogue)[:10]


def test_an_existing_file_is_refused_and_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "mine.db"
    path.write_text("mine")
    with pytest.raises(RefusedError) as caught:
        make_catalogue(path, 10)
    assert caught.value.reason.code == ReasonCode.TARGET_EXISTS.name
    assert path.read_text() == "mine"
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_that_appears_meanwhile_is_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "mine.db"
    with pytest.raises(RefusedError):
        make_catalogue(path, 10, on_progress=lambda _: None if path.exists() else path.touch())
    assert path.stat().st_size == 0
    assert list(tmp_path.iterdir()) == [path]


def test_a_link_that_leads_nowhere_is_not_replaced(tmp_path: Path) -> None:
    path = tmp_path / "link.db"
    path.symlink_to(tmp_path / "nowhere")
    with pytest.raises(RefusedError):
        make_catalogue(path, 10)
    assert path.is_symlink()


def test_nothing_is_left_when_it_fails(tmp_path: Path) -> None:
    class BrokenError(Exception):
        pass

    def fail(_: int) -> None:
        raise BrokenError

    with pytest.raises(BrokenError):
        make_catalogue(tmp_path / "p.db", 10_000, on_progress=fail)
    assert list(tmp_path.iterdir()) == []


def test_a_file_in_the_way_of_the_folder_is_a_destination_error(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(DestinationError):
        make_catalogue(tmp_path / "file" / "p.db", 10)
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_a_name_that_is_too_long_is_a_destination_error(tmp_path: Path) -> None:
    with pytest.raises(DestinationError):
        make_catalogue(tmp_path / ("x" * 300), 10)
