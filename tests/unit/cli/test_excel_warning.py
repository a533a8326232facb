"""What Excel would change is said before a file for it is written."""

from pathlib import Path

import pytest
import sqlalchemy as sa

from dataflow_desktop.cli import excel_warning
from dataflow_desktop.errors import ReasonCode, SourceError
from dataflow_desktop.pacing import Stopped
from dataflow_desktop.source.connection import SourceConnection
from tests.unit.cli.conftest import Command
from tests.unit.databases import insert, make_database


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = make_database(
        tmp_path / "codes.db", "CREATE TABLE t (id INTEGER PRIMARY KEY, code TEXT, card INT)"
    )
    insert(path, "t", [(1, "A1", 5), (2, "00123", 4111111111111111)])
    return path


SAID = "00123 in column code becomes 123, 4111111111111111 in column card becomes 4111111111111110"


@pytest.mark.parametrize("name", ["a.csv", "a.tsv", "a.csv.gz"])
def test_it_names_columns_examples_and_the_way_out(
    run: Command, folder: Path, source: Path, name: str
) -> None:
    ended = run("export", source, "t", "-o", name, "--preset", "excel")
    assert ended.code == 0
    kind = "TSV" if "tsv" in name else "CSV"
    assert f"Excel changes values when it opens a {kind} file: {SAID}." in ended.errors
    assert "An XLSX file keeps them: -o a.xlsx" in ended.errors
    assert ended.output == ""


EXCEL = ("--preset", "excel")


@pytest.mark.parametrize(
    "options",
    [(), (*EXCEL, "--columns", "id"), (*EXCEL, "--where", "id", "=", "1"), ("--format", "xlsx")],
    ids=str,
)
def test_else_nothing_is_said(run: Command, folder: Path, source: Path, options: tuple[str, ...]) -> None:
    ended = run("export", source, "t", "-o", "a.csv", *options)
    assert ended.code == 0
    assert "Excel" not in ended.errors


@pytest.mark.parametrize("error", [SourceError(ReasonCode.SOURCE_BUSY, source="x"), Stopped()], ids=str)
def test_a_look_in_vain_keeps_nothing_from_being_exported(
    run: Command, folder: Path, source: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(excel_warning, "excel_changes", fail)
    assert run("export", source, "t", "-o", "a.csv", "--preset", "excel").code == 0
    assert (folder / "a.csv").exists()


def test_a_look_ends_in_time(
    run: Command, folder: Path, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_database(
        source,
        "CREATE VIEW endless AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n "
        "WHERE i < (SELECT count(*) * 50000000 FROM t)) SELECT i AS nr FROM n",
    )
    monkeypatch.setattr(excel_warning, "LOOK_SECONDS", 0.01)
    steps: list[str] = []

    def look(connection: SourceConnection, *_: object) -> None:
        steps.append("began")
        connection.rows(sa.text("SELECT count(*) FROM endless"))
        steps.append("ended by itself")

    monkeypatch.setattr(excel_warning, "excel_changes", look)
    assert run("export", source, "t", "-o", "a.csv", "--preset", "excel").code == 0
    assert steps == ["began"]
