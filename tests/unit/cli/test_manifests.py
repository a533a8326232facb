"""`export --manifest`, and `verify` with a manifest beside the file or the record of its export."""

import hashlib
import json
import signal
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from dataflow_desktop.destination import file_digest
from dataflow_desktop.destination.file_digest import PieceDigester
from dataflow_desktop.domain.job import Job
from dataflow_desktop.records.job_store import JobStore
from tests.program import ENDING_SECONDS, Program
from tests.unit.cli.conftest import Command
from tests.unit.databases import make_database
from tests.unit.exports import drop_after, job_store, new_job, part_of, spec_for

PIECE = 10_000
"""Small enough that the file of a small table has several."""


@pytest.fixture
def small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let pieces have 10,000 bytes, the file of 1,000 products some eight."""
    monkeypatch.setattr(PieceDigester.__init__, "__defaults__", (PIECE,))
    assert file_digest.PieceDigester().pieces.piece_bytes == PIECE


@pytest.fixture
def exported(run: Command, folder: Path, catalogue: Path, small_pieces: None) -> Path:
    """A file with its manifest."""
    assert run("export", catalogue, "products", "-o", "out.csv", "--manifest").code == 0
    return folder / "out.csv"


def unfinished_in(store: JobStore, catalogue: Path, target: Path) -> Job:
    """Leave an export that is to have a manifest as a crash would, some rows of it saved."""
    job = new_job(store, replace(spec_for(catalogue, target, chunk_rows=77), has_manifest=True))
    drop_after(store, job, 6)
    return job


def manifest_beside(target: Path) -> Path:
    return target.with_name(f"{target.name}.manifest.json")


def manifest_of(target: Path) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(manifest_beside(target).read_bytes())
    return read


def change(target: Path, *places: int) -> None:
    content = bytearray(target.read_bytes())
    for place in places:
        content[place] ^= 1
    target.write_bytes(content)


def test_a_manifest_says_what_was_exported(exported: Path, catalogue: Path) -> None:
    content = exported.read_bytes()
    manifest = manifest_of(exported)
    assert (manifest["format_version"], manifest["source"]) == (1, str(catalogue))
    assert (manifest["file"], manifest["table"], manifest["rows"]) == ("out.csv", "products", 1_000)
    assert (manifest["bytes"], manifest["sha256"]) == (len(content), hashlib.sha256(content).hexdigest())
    assert (manifest["resumes"], manifest["source_changed"]) == (0, "no")
    assert manifest["started"] < manifest["finished"]
    assert manifest["columns"][3] == {
        "column": "price", "name": "price", "kind": "decimal", "declared_type": "DECIMAL(10,2)"
    }  # fmt: skip
    assert (manifest["options"]["format"], manifest["options"]["delimiter"]) == ("csv", ",")
    for part in manifest["parts"]:
        piece = content[part["offset"] : part["offset"] + part["bytes"]]
        assert part["sha256"] == hashlib.sha256(piece).hexdigest()
    assert sum(part["bytes"] for part in manifest["parts"]) == len(content)
    assert len(manifest["parts"]) > 5


def test_a_manifest_is_text_that_people_can_read_and_compare(exported: Path) -> None:
    text = manifest_beside(exported).read_text(encoding="utf-8")
    again = json.dumps(json.loads(text), indent=2, sort_keys=True, ensure_ascii=False)
    assert text == again + "\n"
    assert manifest_beside(exported).stat().st_mode == exported.stat().st_mode
    assert sorted(path.name for path in exported.parent.iterdir()) == ["out.csv", "out.csv.manifest.json"]


def test_query_and_options_stand_in_a_manifest(run: Command, folder: Path, tmp_path: Path) -> None:
    source = make_database(
        tmp_path / "s.db", "CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER, ä TEXT, b BLOB)"
    )
    options = ["--where", "n", "in", f"1,{2**60}", "--where", "id", "not-null", "--search", "ü", "--columns"]
    options += ["ä,n", "--order-by", "ä:desc", "--rename", "ä=ö", "--null", "NULL", "--compress", "gzip"]
    ended = run("export", source, "t", "-o", "o.csv.gz", "--manifest", *options)
    assert ended.code == 0, ended.errors
    manifest = manifest_of(folder / "o.csv.gz")
    assert manifest["query"] == {
        "columns": ["ä", "n"],
        "conditions": [
            {"column": "n", "operator": "in", "values": [1, str(2**60)]},
            {"column": "id", "operator": "not-null", "values": []},
        ],
        "search": {"text": "ü", "column": None},
        "order": [{"column": "ä", "descending": True}],
    }
    assert [column["name"] for column in manifest["columns"]] == ["ö", "n"]
    assert (manifest["options"]["compression"], manifest["options"]["null"]) == ("gzip", "NULL")
    assert (manifest["rows"], len(manifest["parts"])) == (0, 1)
    assert run("verify", "o.csv.gz").code == 0


@pytest.mark.parametrize("name", ["o.parquet", "o.xlsx", "o.jsonl", "o.tsv", "o.csv.zst"])
def test_files_of_every_format_verify(run: Command, folder: Path, catalogue: Path, name: str) -> None:
    assert run("export", catalogue, "products", "-o", name, "--manifest").code == 0
    assert [column.get("type") for column in manifest_of(folder / name)["columns"]][:2] == (
        ["int64", "utf8"] if name == "o.parquet" else [None, None]
    )
    assert run("verify", name).code == 0
    change(folder / name, 200)
    assert run("verify", name).code == 5


def test_without_being_asked_no_manifest_is_written(run: Command, folder: Path, catalogue: Path) -> None:
    assert run("export", catalogue, "products", "-o", "out.csv").code == 0
    assert [path.name for path in folder.iterdir()] == ["out.csv"]


def test_an_equal_file_is_called_so_and_by_whom(run: Command, exported: Path) -> None:
    ended = run("verify", exported)
    assert (ended.code, "its manifest" in ended.errors) == (0, True)
    manifest_beside(exported).unlink()
    ended = run("verify", exported)
    assert (ended.code, "the record of its export" in ended.errors) == (0, True)


@pytest.mark.parametrize("has_manifest", [True, False])
@pytest.mark.parametrize(
    ("places", "words"),
    [
        ([0], "differs in bytes 0 to 9,999\n"),
        ([PIECE - 1], "differs in bytes 0 to 9,999\n"),
        ([PIECE], "differs in bytes 10,000 to 19,999\n"),
        ([PIECE, 2 * PIECE], "differs in bytes 10,000 to 29,999\n"),
        ([5, 2 * PIECE], "differs in bytes 0 to 9,999, bytes 20,000 to 29,999\n"),
        ([-1], "differs in bytes {last_piece:,} to {last:,}\n"),
    ],
)
def test_a_changed_byte_is_named(
    run: Command, exported: Path, *, has_manifest: bool, places: list[int], words: str
) -> None:
    if not has_manifest:
        manifest_beside(exported).unlink()
    last = exported.stat().st_size - 1
    change(exported, *places)
    ended = run("verify", exported)
    assert ended.code == 5
    assert words.format(last=last, last_piece=last // PIECE * PIECE) in ended.errors
    assert ("its manifest" in ended.errors) == has_manifest


def test_another_size_is_told(run: Command, exported: Path) -> None:
    content = exported.read_bytes()
    exported.write_bytes(content + b"\n")
    longer = run("verify", exported)
    assert "longer by 1 byte:" in longer.errors
    assert f"begins with the {len(content):,} bytes that were exported" in longer.errors
    exported.write_bytes(content[:PIECE])
    shorter = run("verify", exported)
    assert f"shorter by {len(content) - PIECE:,} bytes" in shorter.errors
    assert f"differs in bytes 10,000 to {len(content) - 1:,}\n" in shorter.errors
    assert (longer.code, shorter.code) == (5, 5)


def test_of_many_stretches_some_are_named(run: Command, folder: Path, catalogue: Path) -> None:
    assert run("export", catalogue, "products", "-o", "out.csv", "--manifest").code == 0
    target = folder / "out.csv"
    content = target.read_bytes()
    manifest = manifest_of(target)
    manifest["parts"] = [
        {"offset": at, "bytes": len(piece), "sha256": hashlib.sha256(piece).hexdigest()}
        for at in range(0, len(content), 1_000)
        for piece in [content[at : at + 1_000]]
    ]
    manifest_beside(target).write_text(json.dumps(manifest))
    change(target, *range(0, 30_000, 2_000))
    assert "bytes 18,000 to 18,999 and 5 more stretches" in run("verify", target).errors


def test_a_record_of_an_older_version_tells_no_pieces(run: Command, exported: Path, home: Path) -> None:
    manifest_beside(exported).unlink()
    make_database(home / "jobs.db", "UPDATE files SET pieces = NULL")
    assert run("verify", exported).code == 0
    change(exported, 0)
    ended = run("verify", exported)
    assert (ended.code, "digests by pieces are not known" in ended.errors) == (5, True)


def without(key: str) -> Callable[[dict[str, Any]], object]:
    return lambda manifest: manifest.pop(key)


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (without("sha256"), "it has no sha256"),
        (without("format_version"), "it has no format_version"),
        (lambda manifest: manifest["parts"].pop(), "its parts do not make up the file"),
        (lambda manifest: manifest.update(bytes="many"), "not what stands there"),
        (lambda manifest: manifest.update(sha256="0" * 64), "by its parts the file is what was exported"),
        (lambda manifest: manifest.update(format_version=2), "written by a newer version"),
        (lambda manifest: manifest.update(file="other.csv"), "is the manifest of another file"),
        (lambda manifest: manifest.update(file="../out.csv"), "is no file's name"),
    ],
)
def test_a_manifest_that_is_no_proof_is_said_plainly(
    run: Command, exported: Path, damage: Callable[[dict[str, Any]], object], words: str
) -> None:
    manifest = manifest_of(exported)
    damage(manifest)
    manifest_beside(exported).write_text(json.dumps(manifest))
    ended = run("verify", exported)
    assert (ended.code, words in ended.errors) == (5, True), ended.errors


@pytest.mark.parametrize("raw", [b"", b"{", b"[]", b"\xff\xfe", b"[" * 100_000])
def test_a_manifest_that_is_no_json_is_said_plainly(run: Command, exported: Path, raw: bytes) -> None:
    manifest_beside(exported).write_bytes(raw)
    ended = run("verify", exported)
    assert (ended.code, "not a manifest that can be understood" in ended.errors) == (5, True)


def test_a_manifest_of_an_earlier_export_is_told_from_a_changed_file(
    run: Command, exported: Path, catalogue: Path
) -> None:
    assert run("export", catalogue, "products", "-o", exported, "--overwrite", "--columns", "id").code == 0
    ended = run("verify", exported)
    assert (ended.code, "the manifest is not of that one" in ended.errors) == (5, True)


def test_what_stands_at_the_manifest_is_replaced_only_when_allowed(
    run: Command, folder: Path, catalogue: Path
) -> None:
    other = folder / "out.csv.manifest.json"
    other.write_text("mine")
    arguments = ("export", catalogue, "products", "-o", "out.csv", "--manifest")
    ended = run(*arguments)
    assert (ended.code, f"{other} exists already" in ended.errors) == (5, True)
    assert [path.read_text() for path in folder.iterdir()] == ["mine"]
    assert run(*arguments, "--overwrite").code == 0
    assert run("verify", "out.csv").code == 0
    assert run(*arguments, "--overwrite", "--columns", "id").code == 0
    assert run("verify", "out.csv").code == 0


def test_a_manifest_that_appeared_meanwhile_is_not_touched(
    run: Command, folder: Path, catalogue: Path
) -> None:
    with job_store() as store:
        job = unfinished_in(store, catalogue, folder / "out.csv")
    other = folder / "out.csv.manifest.json"
    other.write_text("somebody's")
    ended = run("resume", job.id)
    assert (ended.code, "Somebody created or changed" in ended.errors) == (5, True)
    assert other.read_text() == "somebody's"
    other.unlink()
    assert run("resume", job.id).code == 0
    manifest = manifest_of(folder / "out.csv")
    assert (manifest["resumes"], manifest["source_changed"]) == (2, "unknown")
    assert run("verify", "out.csv").code == 0
    assert sorted(path.name for path in folder.iterdir()) == ["out.csv", "out.csv.manifest.json"]


def test_an_export_that_moves_takes_its_manifest_along(run: Command, folder: Path, catalogue: Path) -> None:
    with job_store() as store:
        job = unfinished_in(store, catalogue, folder / "out.csv")
    taken = folder / "new.csv.manifest.json"
    taken.write_text("mine")
    assert run("resume", job.id, "--to", "new.csv").code == 5
    taken.unlink()
    assert run("resume", job.id, "--to", "new.csv").code == 0
    assert manifest_of(folder / "new.csv")["file"] == "new.csv"
    assert sorted(path.name for path in folder.iterdir()) == ["new.csv", "new.csv.manifest.json"]


def test_a_name_too_long_for_its_manifest_is_said_before_the_start(
    run: Command, folder: Path, catalogue: Path
) -> None:
    name = "x" * 245 + ".csv"
    ended = run("export", catalogue, "products", "-o", name, "--manifest")
    assert (ended.code, "cannot be used as a file name" in ended.errors) == (4, True)
    assert list(folder.iterdir()) == []
    assert run("export", catalogue, "products", "-o", name).code == 0


def test_a_resumed_export_has_the_pieces_of_an_undisturbed_one(
    run: Command, exported: Path, catalogue: Path
) -> None:
    with job_store() as store:
        job = unfinished_in(store, catalogue, exported.with_name("r.csv"))
    assert run("resume", job.id).code == 0
    resumed, undisturbed = manifest_of(exported.with_name("r.csv")), manifest_of(exported)
    assert resumed["parts"] == undisturbed["parts"]
    assert (resumed["resumes"], undisturbed["resumes"]) == (1, 0)


def test_found_again_without_its_record_an_export_still_counts_its_resumes(
    run: Command, folder: Path, catalogue: Path, home: Path
) -> None:
    with job_store() as store:
        job = unfinished_in(store, catalogue, folder / "out.csv")
        drop_after(store, job, 2)
    for path in home.glob("jobs.db*"):
        path.unlink()
    assert run("resume", part_of(job)).code == 0
    assert manifest_of(folder / "out.csv")["resumes"] == 2
    assert run("verify", "out.csv").code == 0


def test_a_folder_is_verified_file_by_file(
    run: Command, exported: Path, catalogue: Path, tmp_path: Path
) -> None:
    folder = exported.parent
    (folder / "stranger.csv").write_text("not ours")
    (folder / "app.manifest.json").write_text("a web page's")
    assert run("export", catalogue, "products", "-o", "recorded.csv", "--columns", "id").code == 0
    ended = run("verify", ".")
    assert (ended.code, [line.split()[:2] for line in ended.output.splitlines()]) == (
        0,
        [["equal", "out.csv"], ["equal", "recorded.csv"]],
    )
    change(folder / "recorded.csv", 3)
    exported.unlink()
    ended = run("verify", folder)
    assert [line.split()[:2] for line in ended.output.splitlines()] == [
        ["missing", "out.csv"],
        ["different", "recorded.csv"],
    ]
    assert (ended.code, "differs in bytes 0 to" in ended.output) == (5, True)
    assert run("verify", tmp_path).code == 5


def test_a_damaged_manifest_shows_in_a_folder(run: Command, exported: Path) -> None:
    manifest_beside(exported).write_text("{")
    ended = run("verify", exported.parent)
    assert (ended.code, ended.output.split()[:2]) == (5, ["unknown", "out.csv"])


def test_files_of_a_set_are_found_in_its_manifest(run: Command, exported: Path) -> None:
    folder, content = exported.parent, exported.read_bytes()
    manifest = manifest_of(exported)
    one = {key: manifest.pop(key) for key in ("file", "sha256", "parts")}
    files = [
        {"name": name, "rows": 1_000, "bytes": len(content), "sha256": one["sha256"], "parts": one["parts"]}
        for name in ("out-1.csv", "out-2.csv")
    ]
    manifest_beside(exported).write_text(json.dumps({**manifest, "files": files}))
    exported.rename(folder / "out-1.csv")
    (folder / "out-2.csv").write_bytes(content)
    assert run("verify", "out-2.csv").code == 0
    assert run("verify", ".").code == 0
    change(folder / "out-2.csv", PIECE)
    ended = run("verify", ".")
    assert (ended.code, ended.output.splitlines()[1]) == (
        5,
        "different  out-2.csv  it differs in bytes 10,000 to 19,999",
    )


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_long_comparison_answers_a_signal(program: Program, folder: Path, number: signal.Signals) -> None:
    for name, size in (("empty.csv", 0), ("large.csv", 2**40)):
        with (folder / name).open("wb") as file:
            file.truncate(size)  # which takes no room
        words = {"format_version": 1, "file": name, "rows": 1, "bytes": size, "started": "", "finished": None}
        words["sha256"] = hashlib.sha256().hexdigest()
        manifest_beside(folder / name).write_text(json.dumps(words))
    process = program.start("verify", str(folder))
    assert process.stdout is not None
    assert process.stdout.readline().split()[:2] == ["equal", "empty.csv"]
    process.send_signal(number)
    output, errors = process.communicate(timeout=ENDING_SECONDS)
    assert (process.returncode, output, "Traceback" in errors) == (6, "", False), errors


def test_an_empty_file_has_a_manifest_too(run: Command, folder: Path, tmp_path: Path) -> None:
    source = make_database(tmp_path / "s.db", "CREATE TABLE t (id INTEGER PRIMARY KEY)")
    assert run("export", source, "t", "-o", "o.csv", "--manifest", "--no-header").code == 0
    manifest = manifest_of(folder / "o.csv")
    assert (manifest["rows"], manifest["bytes"], manifest["parts"]) == (0, 0, [])
    assert run("verify", "o.csv").code == 0
    (folder / "o.csv").write_text("1")
    assert "longer by 1 byte" in run("verify", "o.csv").errors
