"""SQLite files nobody designed, through the engine: half changed, in closed folders, as wide as can be."""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from dataflow_desktop.domain.row_query import RowQuery, Search, SortColumn
from dataflow_desktop.domain.schema import KeyKind
from dataflow_desktop.errors import ReasonCode, SourceError
from dataflow_desktop.source.opening import open_source
from dataflow_desktop.source.ordered_rows import OrderedRows
from tests.unit.databases import connected, described, fetch, insert, make_database
from tests.unit.exports import job_store, new_job, run_to_end, spec_for

MOST = 2_000


def csv_of(source: Path, table: str, target: Path, query: RowQuery | None = None) -> list[str]:
    query = query or RowQuery(table, described(source, table).column_names)
    with job_store() as store:
        run_to_end(store, new_job(store, spec_for(source, target, query)))
    return target.read_text().splitlines()


def fail_to_open(path: Path) -> str:
    with pytest.raises(SourceError) as caught:
        open_source(str(path)).connect()
    return caught.value.reason.code


def test_a_file_left_in_the_middle_of_a_transaction_says_so_and_stays_so(tmp_path: Path) -> None:
    path, left = tmp_path / "shop.db", tmp_path / "left.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as writer:
        writer.execute("PRAGMA cache_size = 5")  # so that half of the change is on the disk already
        writer.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, v)")
        writer.execute("BEGIN")
        writer.executemany("INSERT INTO t VALUES (?, ?)", [(number, "a" * 500) for number in range(2_000)])
        writer.execute("COMMIT")
        writer.execute("BEGIN")
        writer.execute("UPDATE t SET v = 'b'")
        for suffix in ("", "-journal"):
            shutil.copy(f"{path}{suffix}", f"{left}{suffix}")
        writer.execute("ROLLBACK")
    before = left.read_bytes(), Path(f"{left}-journal").read_bytes()
    assert fail_to_open(left) == ReasonCode.SOURCE_UNFINISHED.name
    assert (left.read_bytes(), Path(f"{left}-journal").read_bytes()) == before
    assert fetch(left, "SELECT DISTINCT substr(v, 1, 1) FROM t") == [
        ("a",)
    ]  # whoever may write takes it back
    open_source(str(left)).connect().close()


def test_rows_that_are_only_in_the_wal_are_exported(tmp_path: Path) -> None:
    path = tmp_path / "shop.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as writer:
        writer.execute("PRAGMA journal_mode = WAL")
        writer.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, v)")
        writer.execute("INSERT INTO t VALUES (1, 'here')")
        assert csv_of(path, "t", tmp_path / "t.csv") == ["id,v", "1,here"]


@pytest.mark.parametrize("cut_at", [0.5, 0.98])
def test_a_truncated_file_is_damaged_and_leaves_no_file(tmp_path: Path, cut_at: float) -> None:
    path = make_database(tmp_path / "t.db", "CREATE TABLE t (id INTEGER PRIMARY KEY, v)")
    insert(path, "t", [(number, "a" * 400) for number in range(3_000)])
    os.truncate(path, int(path.stat().st_size * cut_at))
    with pytest.raises(SourceError) as caught:
        csv_of(path, "t", tmp_path / "t.csv")
    assert caught.value.reason.code == ReasonCode.SOURCE_DAMAGED.name
    assert not (tmp_path / "t.csv").exists()


@pytest.fixture(scope="module")
def widest(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Tables with as many columns as SQLite takes, with and without a key among them."""
    names = [f"c{number}" for number in range(1, MOST)]
    texts = ", ".join(f"{name} TEXT" for name in names)
    path = make_database(
        tmp_path_factory.mktemp("widest") / "w.db",
        f"CREATE TABLE keyed (id INTEGER PRIMARY KEY, {texts})",
        f"CREATE TABLE keyless (c0 TEXT, {texts})",
        f"CREATE TABLE paired (id INTEGER, {texts}, PRIMARY KEY (c7, id)) WITHOUT ROWID",
    )
    rows = [(row, *(f"{row} {number}" for number in range(1, MOST))) for row in range(25)]
    for table in ("keyed", "keyless", "paired"):
        insert(path, table, rows)
    return path


@pytest.mark.parametrize("table", ["keyed", "keyless", "paired"])
def test_a_table_as_wide_as_can_be_is_exported(widest: Path, tmp_path: Path, table: str) -> None:
    lines = csv_of(widest, table, tmp_path / "w.csv")
    order = "c7, id" if table == "paired" else "rowid"
    expected = fetch(widest, f"SELECT * FROM {table} ORDER BY {order}")
    assert [line.split(",") for line in lines[1:]] == [[str(value) for value in row] for row in expected]


def test_it_is_browsed_sorted_and_searched(widest: Path) -> None:
    table = described(widest, "keyed")
    order = (SortColumn("c5", is_descending=True),)
    query = RowQuery("keyed", table.column_names, search=Search(" 1999"), order=order)
    with connected(widest) as connection:
        rows = OrderedRows(connection, table, query).read(None, 3)
    assert [row[0] for row in rows] == [9, 8, 7]
    assert {len(row) for row in rows} == {MOST + 2}
    assert [row[-2:] for row in rows] == [(row[5], row[0]) for row in rows]


def test_a_rowid_would_be_a_column_too_many(widest: Path) -> None:
    assert described(widest, "keyless").key_kind is KeyKind.NONE


@pytest.mark.root
class TestFolders:
    """Where SQLite may make no files beside the database."""

    @pytest.fixture
    def disk(self, tmp_path: Path) -> Iterator[Path]:
        """A disk with two databases, mounted so that nobody can write to it."""
        folder = tmp_path / "disk"
        folder.mkdir()
        subprocess.run(["mount", "-t", "tmpfs", "tmpfs", str(folder)], check=True)
        for mode in ("WAL", "DELETE"):
            path = make_database(folder / f"{mode}.db", f"PRAGMA journal_mode = {mode}")
            make_database(path, "CREATE TABLE t (id INTEGER PRIMARY KEY, v)")
            insert(path, "t", [(number, f"v{number}") for number in range(5_000)])
        subprocess.run(["mount", "-o", "remount,ro", str(folder)], check=True)
        yield folder
        subprocess.run(["umount", str(folder)], check=True)

    @pytest.mark.parametrize("mode", ["WAL", "DELETE"])
    def test_a_disk_that_is_read_only_is_read(self, disk: Path, tmp_path: Path, mode: str) -> None:
        lines = csv_of(disk / f"{mode}.db", "t", tmp_path / "t.csv")
        assert lines[1:] == [f"{number},v{number}" for number in range(5_000)]

    def test_a_folder_of_somebody_else_says_what_is_missing(self, disk: Path, tmp_path: Path) -> None:
        # Root may write everywhere: another user has to ask.
        shared = tmp_path / "shared"
        shutil.copytree(disk, shared)
        shared.chmod(0o555)
        for folder in (tmp_path, *tmp_path.parents[:-1]):
            folder.chmod(folder.stat().st_mode | 0o055)
        found = _as_nobody(shared / "WAL.db"), _as_nobody(shared / "DELETE.db")
        assert found == (ReasonCode.SOURCE_FOLDER_CLOSED.name, "opened")


def _as_nobody(path: Path) -> str:
    """Return how opening `path` ends for a user who may write nowhere."""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        os.setgid(65_534)
        os.setuid(65_534)
        try:
            open_source(str(path)).connect().close()
            ended = "opened"
        except SourceError as error:
            ended = error.reason.code
        os.write(write, ended.encode())
        os._exit(0)
    os.close(write)
    os.waitpid(child, 0)
    with os.fdopen(read) as answer:
        return answer.read()
