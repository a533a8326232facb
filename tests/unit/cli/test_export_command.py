"""`export`: which rows and columns, and what is said."""

import hashlib
import json
import os
import signal
import threading
from pathlib import Path

import pytest

from tests.unit.cli.conftest import Command
from tests.unit.databases import fetch, insert, make_database

PROGRESS_KEYS = ["event", "rows", "durable_rows", "total_rows", "bytes", "rows_per_second", "eta_seconds"]


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """A table whose rows differ in what conditions can ask for."""
    path = make_database(
        tmp_path / "shop.db",
        'CREATE TABLE goods (id INTEGER PRIMARY KEY, name TEXT, "a,b" INTEGER, price DECIMAL(10,2))',
    )
    insert(
        path,
        "goods",
        [
            (-5, "minus", -5, 1),
            (1, "50%_off", 1, 2.5),
            (2, "50 off", None, 19.9),
            (3, None, 3, 20),
            (4, "a,b", 4, None),
            (5, 'say "hi"', 5, 0.005),
            (6, "ÜBER", 6, 100),
        ],
    )
    return path


def exported_ids(run: Command, source: Path, *options: str) -> list[int]:
    target = Path("ids.csv")
    target.unlink(missing_ok=True)
    assert run("export", source, "goods", "-o", target, "--columns", "id", *options).code == 0
    return [int(line) for line in target.read_text().splitlines()[1:]]


@pytest.mark.parametrize(
    ("options", "ids"),
    [
        ([], [-5, 1, 2, 3, 4, 5, 6]),
        (["--where", "id", "=", "-5"], [-5]),
        (["--where", "id", "<", "-1"], [-5]),
        (["--where", "name", "contains", "%"], [1]),
        (["--where", "name", "contains", "_"], [1]),
        (["--where", "name", "starts", "50"], [1, 2]),
        (["--where", "name", "ends", "OFF"], [1, 2]),
        (["--where", "name", "contains", "über"], [6]),
        (["--where", "name", "is-null"], [3]),
        (["--where", "name", "not-null", "--where", "id", ">", "4"], [5, 6]),
        (["--where", "name", "in", 'minus,"a,b","say ""hi"""'], [-5, 4, 5]),
        (["--where", "name", "not-in", "minus,50 off"], [1, 4, 5, 6]),
        (["--where", "id", "between", "-5,1"], [-5, 1]),
        (["--where", "a,b", ">=", "4"], [4, 5, 6]),
        (["--where", "price", "=", "19.90"], [2]),
        (["--where", "price", "!=", "20"], [-5, 1, 2, 5, 6]),
        (["--search", "%"], [1]),
        (["--search", "OFF"], [1, 2]),
        (["--search=-"], []),
        (["--search", ""], [-5, 1, 2, 3, 4, 5, 6]),
        (["--search", "off", "--where", "id", "=", "2"], [2]),
    ],
)
def test_only_the_rows_asked_for_are_exported(
    run: Command, folder: Path, shop: Path, options: list[str], ids: list[int]
) -> None:
    assert exported_ids(run, shop, *options) == ids


def test_search_and_conditions_together_find_what_sqlite_finds(
    run: Command, folder: Path, catalogue: Path
) -> None:
    ended = run(
        "export", catalogue, "products", "-o", "out.csv", "--columns", "id",
        "--where", "category", "=", "Electronics", "--where", "status", "=", "active", "--search", "ultra",
    )  # fmt: skip
    assert ended.code == 0
    where = "category = 'Electronics' AND status = 'active' AND instr(lower(name), 'ultra')"
    expected = [
        str(number) for (number,) in fetch(catalogue, f"SELECT id FROM products WHERE {where} ORDER BY id")
    ]
    assert expected
    assert Path("out.csv").read_text().splitlines()[1:] == expected


@pytest.mark.parametrize(
    ("columns", "header", "row"),
    [
        ("price,id", "price,id", "1.00,-5"),
        ('"a,b",name', '"a,b",name', "-5,minus"),
        ("name", "name", "minus"),
    ],
)
def test_columns_come_in_the_order_asked_for(
    run: Command, folder: Path, shop: Path, columns: str, header: str, row: str
) -> None:
    assert run("export", shop, "goods", "-o", "out.csv", "--columns", columns).code == 0
    assert Path("out.csv").read_text(encoding="utf-8").splitlines()[:2] == [header, row]


def test_json_progress_tells_start_progress_and_end_and_nothing_else(
    run: Command, folder: Path, catalogue: Path
) -> None:
    ended = run("export", catalogue, "products", "-o", "out.csv", "--progress", "json", "--chunk-rows", "100")
    started, *steps, done = ended.events
    assert list(started) == ["event", "job", "total_rows", "resumed_rows"]
    assert (started["event"], started["total_rows"], started["resumed_rows"]) == ("started", 1000, 0)
    assert steps
    for step in steps:
        assert list(step) == PROGRESS_KEYS
        assert step["event"] == "progress"
        assert step["durable_rows"] <= step["rows"] <= step["total_rows"] == 1000
    content = Path("out.csv").read_bytes()
    assert done == {
        "event": "done",
        "rows": 1000,
        "bytes": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
        "file": str(folder / "out.csv"),
    }
    assert list(done) == ["event", "rows", "bytes", "sha256", "file"]
    assert (ended.code, ended.errors) == (0, "")


def test_an_error_of_the_destination_is_an_event(run: Command, folder: Path, catalogue: Path) -> None:
    ended = run("export", catalogue, "products", "-o", "none/out.csv", "--progress", "json")
    (event,) = ended.events
    assert list(event) == ["event", "kind", "message", "hint"]
    assert (event["event"], event["kind"]) == ("error", "destination")
    assert event["message"] in ended.errors
    assert ended.code == 4


def test_a_refusal_is_an_event(run: Command, folder: Path, catalogue: Path) -> None:
    Path("taken.csv").touch()
    ended = run("export", catalogue, "products", "-o", "taken.csv", "--progress", "json")
    assert [(event["event"], event["kind"]) for event in ended.events] == [("error", "refused")]
    assert ended.code == 5


def test_an_error_of_the_source_is_an_event(run: Command, folder: Path) -> None:
    ended = run("export", "none.db", "products", "-o", "out.csv", "--progress", "json")
    assert [(event["event"], event["kind"]) for event in ended.events] == [("error", "source")]
    assert ended.code == 3


def test_without_a_terminal_only_the_end_is_told(run: Command, folder: Path, catalogue: Path) -> None:
    ended = run("export", catalogue, "products", "-o", "out.csv")
    assert ended.output == ""
    assert ended.errors.startswith("Done: 1,000 rows")
    assert "\033" not in ended.errors


def test_a_bar_goes_to_standard_error(run: Command, folder: Path, catalogue: Path) -> None:
    ended = run("export", catalogue, "products", "-o", "out.csv", "--progress", "bar", "--chunk-rows", "100")
    assert ended.output == ""
    assert "of 1,000 rows" in ended.errors
    assert "█" in ended.errors


def test_overwrite_replaces_the_file(run: Command, folder: Path, catalogue: Path) -> None:
    Path("out.csv").write_text("old")
    assert run("export", catalogue, "products", "-o", "out.csv").code == 5
    assert Path("out.csv").read_text() == "old"
    assert run("export", catalogue, "products", "-o", "out.csv", "--overwrite").code == 0
    assert Path("out.csv").read_text(encoding="utf-8").startswith("id,name")


def test_a_signal_while_the_rows_are_counted_leaves_nothing(
    run: Command, folder: Path, tmp_path: Path
) -> None:
    numbers = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300000)"
    source = make_database(
        tmp_path / "many.db",
        "CREATE TABLE t (id INTEGER PRIMARY KEY)",
        f"INSERT INTO t {numbers} SELECT i FROM n",
    )
    usual = signal.getsignal(signal.SIGINT)

    def interrupt() -> None:
        while signal.getsignal(signal.SIGINT) == usual:
            pass
        os.kill(os.getpid(), signal.SIGINT)

    interrupter = threading.Thread(target=interrupt)
    interrupter.start()
    # So many conditions that counting takes much longer than the signal.
    ended = run("export", source, "t", "-o", "out.csv", *["--where", "id", ">", "0"] * 100)
    interrupter.join()
    assert ended.code == 6
    assert "Nothing was written" in ended.errors
    assert list(folder.iterdir()) == []
    assert json.loads(run("jobs", "--json").output) == []


def test_options_of_pace_do_not_change_the_bytes(run: Command, folder: Path, catalogue: Path) -> None:
    run("export", catalogue, "products", "-o", "plain.csv")
    run(
        "export", catalogue, "products", "-o", "paced.csv",
        "--chunk-rows", "333", "--throttle-ms", "1", "--checkpoint-seconds", "0",
    )  # fmt: skip
    assert Path("paced.csv").read_bytes() == Path("plain.csv").read_bytes()


def test_the_source_may_be_a_url(run: Command, folder: Path, catalogue: Path) -> None:
    assert run("export", f"sqlite:///{catalogue}", "products", "-o", "out.csv").code == 0
    listed = json.loads(run("jobs", "--json").output)
    assert [job["state"] for job in listed] == ["DONE"]
