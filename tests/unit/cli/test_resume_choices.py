"""`resume` of an unfinished file, from elsewhere, to elsewhere, and with what a person agreed to."""

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from dataflow_desktop import locations
from dataflow_desktop.destination import job_lock
from dataflow_desktop.destination.part_names import sidecar_path_for
from dataflow_desktop.domain.job import Job
from dataflow_desktop.domain.reading import Consistency
from tests.unit.cli.conftest import Command
from tests.unit.databases import fetch, make_database
from tests.unit.exports import drop_after, job_store, new_job, part_of, spec_for

DAMAGED = b"no database at all. " * 1000


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give up on a held lock at once: nobody here lets it go by waiting."""
    monkeypatch.setattr(job_lock, "WAIT_SECONDS", 0.001)


@pytest.fixture
def source(tmp_path: Path, catalogue: Path) -> Path:
    """A catalogue of 1,000 products that the test may change."""
    return Path(shutil.copy(catalogue, tmp_path / "source.db"))


@pytest.fixture
def undisturbed(run: Command, folder: Path, source: Path) -> bytes:
    """The bytes of an export that was never stopped."""
    assert run("export", source, "products", "-o", "reference.csv").code == 0
    content = Path("reference.csv").read_bytes()
    Path("reference.csv").unlink()
    return content


@pytest.fixture
def interrupted(folder: Path, source: Path) -> Job:
    """A job whose process is gone, with 200 of 1,000 rows saved."""
    with job_store() as store:
        job = new_job(store, spec_for(source, folder / "out.csv", chunk_rows=100))
        drop_after(store, job, 3)
    return job


def resumed_rows(output: str) -> int:
    rows: int = json.loads(output.splitlines()[0])["resumed_rows"]
    return rows


def states(run: Command) -> list[str]:
    return [job["state"] for job in json.loads(run("jobs", "--json").output)]


def lose_store() -> None:
    for path in locations.data_folder().glob("jobs.db*"):
        path.unlink()


@pytest.mark.parametrize("is_store_lost", [True, False])
@pytest.mark.parametrize("suffix", [".part", ".part.job"])
def test_an_unfinished_file_names_its_job_with_and_without_the_record(
    run: Command, undisturbed: bytes, interrupted: Job, suffix: str, is_store_lost: bool
) -> None:
    if is_store_lost:
        lose_store()
    ended = run("resume", part_of(interrupted).with_suffix("").name + suffix, "--progress", "json")
    assert ended.code == 0, ended.errors
    assert resumed_rows(ended.output) == 200
    assert Path("out.csv").read_bytes() == undisturbed
    assert sorted(path.name for path in Path().iterdir()) == ["out.csv"]


@pytest.mark.parametrize("has_sidecar", [True, False])
def test_an_unfinished_file_of_a_known_job_names_its_new_place(
    run: Command, undisturbed: bytes, interrupted: Job, has_sidecar: bool
) -> None:
    Path("moved").mkdir()
    name = part_of(interrupted).name
    part = part_of(interrupted).rename(Path("moved") / name)
    if has_sidecar:
        Path(f"{name}.job").rename(f"moved/{name}.job")
    ended = run("resume", part, "--progress", "json")
    assert ended.code == 0, ended.errors
    assert resumed_rows(ended.output) == 200
    assert Path("moved/out.csv").read_bytes() == undisturbed
    assert sorted(path.name for path in Path("moved").iterdir()) == ["out.csv"]


def test_several_unfinished_files_may_be_named(
    run: Command, undisturbed: bytes, interrupted: Job, source: Path, folder: Path
) -> None:
    with job_store() as store:
        other = new_job(store, spec_for(source, folder / "other.csv"))
        drop_after(store, other, 2)
    lose_store()
    assert run("resume", part_of(interrupted), part_of(other)).code == 0
    assert Path("out.csv").read_bytes() == Path("other.csv").read_bytes() == undisturbed


@pytest.mark.parametrize("name", [".none.csv.0123456789ab.part", "/no folder/.out.csv.0123456789ab.part"])
def test_an_unfinished_file_without_its_record_is_refused_with_5(
    run: Command, folder: Path, name: str
) -> None:
    ended = run("resume", name)
    assert ended.code == 5
    assert "(.part.job)" in ended.errors


def test_a_part_file_that_was_moved_is_said_to_be_elsewhere(
    run: Command, undisturbed: bytes, interrupted: Job
) -> None:
    Path("moved").mkdir()
    part = part_of(interrupted).rename("moved/rows so far")
    missing = run("resume", interrupted.id)
    assert missing.code == 5
    assert "--part FILE" in missing.errors
    ended = run("resume", interrupted.id, "--part", part, "--progress", "json")
    assert ended.code == 0, ended.errors
    assert resumed_rows(ended.output) == 200
    assert Path("moved/out.csv").read_bytes() == undisturbed
    assert not Path("out.csv").exists()


def test_somebody_elses_file_is_not_taken_for_the_part_file(run: Command, interrupted: Job) -> None:
    part_of(interrupted).unlink()
    Path("letter.txt").write_text("mine")
    assert run("resume", interrupted.id, "--part", "letter.txt").code == 5
    assert Path("letter.txt").read_text() == "mine"


def test_an_export_may_become_another_file(run: Command, undisturbed: bytes, interrupted: Job) -> None:
    Path("new").mkdir()
    ended = run("resume", interrupted.id, "--to", "new/name.csv", "--progress", "json")
    assert ended.code == 0, ended.errors
    assert resumed_rows(ended.output) == 200
    assert Path("new/name.csv").read_bytes() == undisturbed
    assert sorted(path.name for path in Path().iterdir()) == ["new"]
    assert run("verify", "new/name.csv").code == 0


def test_what_is_lost_begins_again_elsewhere(run: Command, undisturbed: bytes, interrupted: Job) -> None:
    part_of(interrupted).unlink()
    Path("new").mkdir()
    assert run("resume", interrupted.id, "--to", "new/name.csv").code == 5
    ended = run("resume", interrupted.id, "--to", "new/name.csv", "--restart", "--progress", "json")
    assert ended.code == 0, ended.errors
    assert resumed_rows(ended.output) == 0
    assert Path("new/name.csv").read_bytes() == undisturbed
    assert sorted(path.name for path in Path().iterdir()) == ["new"]


def test_where_the_target_appeared_it_finishes_under_another_name(
    run: Command, undisturbed: bytes, interrupted: Job
) -> None:
    Path("out.csv").write_text("mine")
    assert run("resume", interrupted.id).code == 5
    assert run("resume", interrupted.id, "--to", "new.csv").code == 0
    assert Path("new.csv").read_bytes() == undisturbed
    assert Path("out.csv").read_text() == "mine"


def test_located_and_moved_in_one_go(run: Command, undisturbed: bytes, interrupted: Job) -> None:
    Path("moved").mkdir()
    part = part_of(interrupted).rename("moved/rows so far")
    ended = run("resume", interrupted.id, "--part", part, "--to", "new.csv")
    assert ended.code == 0, ended.errors
    assert Path("new.csv").read_bytes() == undisturbed
    assert list(Path("moved").iterdir()) == [part]  # of a file with a name of its own, the rows were copied


def test_an_existing_file_is_not_moved_to(run: Command, interrupted: Job, source: Path) -> None:
    Path("mine.csv").write_text("mine")
    before = source.read_bytes()
    assert run("resume", interrupted.id, "--to", "mine.csv").code == 5
    assert run("resume", interrupted.id, "--to", source).code == 5
    assert run("resume", interrupted.id, "--to", "none/new.csv").code == 4
    assert (Path("mine.csv").read_text(), source.read_bytes()) == ("mine", before)
    assert part_of(interrupted).exists()


def test_a_damaged_part_file_is_cut_back_on_demand_only(
    run: Command, undisturbed: bytes, interrupted: Job
) -> None:
    part = part_of(interrupted)
    content = part.read_bytes()[:-1]
    part.write_bytes(content)
    refused = run("resume", interrupted.id)
    assert refused.code == 5
    assert "its first 100 rows are, of 200" in refused.errors
    assert "--cut-back" in refused.errors
    assert run("resume", "--all").code == 0
    assert "FAILED" in states(run)
    assert part.read_bytes() == content
    ended = run("resume", interrupted.id, "--cut-back", "--progress", "json")
    assert (ended.code, resumed_rows(ended.output)) == (0, 100)
    assert Path("out.csv").read_bytes() == undisturbed


def test_a_lost_part_file_begins_again_on_demand_only(
    run: Command, undisturbed: bytes, interrupted: Job
) -> None:
    part_of(interrupted).unlink()
    refused = run("resume", interrupted.id)
    assert refused.code == 5
    assert "--restart" in refused.errors
    ended = run("resume", interrupted.id, "--restart", "--progress", "json")
    assert (ended.code, resumed_rows(ended.output)) == (0, 0)
    assert Path("out.csv").read_bytes() == undisturbed


def test_a_replaced_source_is_read_on_demand_only(
    run: Command, undisturbed: bytes, interrupted: Job, source: Path
) -> None:
    Path(shutil.copy(source, source.with_name("copy.db"))).replace(source)
    refused = run("resume", interrupted.id)
    assert refused.code == 5
    assert "--accept-source" in refused.errors
    assert run("resume", interrupted.id, "--accept-source").code == 0
    assert Path("out.csv").read_bytes() == undisturbed


def test_a_changed_table_begins_again_on_demand_only(run: Command, interrupted: Job, source: Path) -> None:
    make_database(source, "ALTER TABLE products ADD COLUMN note TEXT")
    refused = run("resume", interrupted.id)
    assert refused.code == 5
    assert "--restart" in refused.errors
    assert run("resume", interrupted.id, "--restart").code == 0
    assert Path("out.csv").read_bytes().count(b"\n") == 1001


def test_a_lost_snapshot_is_read_on_as_it_is_now_on_demand_only(
    run: Command, undisturbed: bytes, folder: Path, source: Path
) -> None:
    with job_store() as store:
        spec = spec_for(source, folder / "out.csv", chunk_rows=100)
        job = new_job(store, replace(spec, consistency=Consistency.SNAPSHOT))
        drop_after(store, job, 3)
    refused = run("resume", job.id)
    assert refused.code == 5
    assert "--accept-live" in refused.errors
    assert run("resume", job.id, "--accept-live").code == 0
    assert Path("out.csv").read_bytes() == undisturbed


@pytest.mark.parametrize(
    "options",
    [
        ["--all", "--part", "x.part"],
        ["--all", "--to", "x.csv"],
        ["{id}", "{id}", "--part", "x.part"],
        ["{id}", "{id}", "--to", "x.csv"],
        ["{id}", "--all"],
        ["{id}", "--part"],
        ["{id}", "--to"],
        ["{id}", "--cut"],
        ["{id}", "--restart=now"],
        ["--restart"],
        ["--part", "x.part"],
        [],
    ],
)
def test_what_does_not_go_together_is_refused_with_2(
    run: Command, interrupted: Job, options: list[str]
) -> None:
    before = sorted(Path().iterdir())
    ended = run("resume", *[option.format(id=interrupted.id) for option in options])
    assert ended.code == 2
    assert len(ended.errors.splitlines()) == 2
    assert sorted(Path().iterdir()) == before


@pytest.mark.parametrize("command", [["jobs"], ["jobs", "--json"], ["resume", "--all"]], ids=" ".join)
def test_a_damaged_record_is_told_once_and_the_command_goes_on(
    run: Command, interrupted: Job, command: list[str]
) -> None:
    lose_store()
    locations.job_store_path().write_bytes(DAMAGED)
    ended = run(*command)
    assert ended.code == 0
    (aside,) = locations.data_folder().glob("jobs.db.damaged-*")
    assert aside.read_bytes() == DAMAGED
    what_happened, what_to_do = ended.errors.splitlines()
    assert str(aside) in what_happened
    assert "ends in .part" in what_to_do
    assert "damaged" not in ended.output
    assert run(*command).errors == ""


def test_after_a_damaged_record_the_unfinished_file_goes_on(
    run: Command, undisturbed: bytes, interrupted: Job
) -> None:
    lose_store()
    locations.job_store_path().write_bytes(DAMAGED)
    ended = run("resume", part_of(interrupted))
    assert ended.code == 0
    assert "put aside" in ended.errors
    assert Path("out.csv").read_bytes() == undisturbed


@pytest.mark.parametrize("spoil", [Path.unlink, lambda sidecar: sidecar.write_bytes(b"garbage\n")])
def test_an_unfinished_file_whose_record_says_nothing_is_refused_and_kept(
    run: Command, interrupted: Job, spoil: Callable[[Path], None]
) -> None:
    spoil(sidecar_path_for(Path(interrupted.spec.target), interrupted.id))
    lose_store()
    content = part_of(interrupted).read_bytes()
    assert run("resume", part_of(interrupted)).code == 5
    assert part_of(interrupted).read_bytes() == content
    assert fetch(locations.job_store_path(), "SELECT * FROM jobs") == []
