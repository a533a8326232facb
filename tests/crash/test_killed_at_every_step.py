"""Wherever the program dies, no half file has the target's name, and a resume gives the undisturbed bytes."""

import hashlib
import json
import signal
from pathlib import Path

import pytest

from tests.crash.killed_at import STEPS
from tests.program import ENDING_SECONDS, Program, parts_in

FIRST_RUN = [
    ("job kept", "after", 1),
    ("part created", "before", 1),
    ("part created", "after", 1),
    ("epoch begun", "before", 1),
    ("epoch begun", "after", 1),
    ("state entered", "before", 1),
    ("state entered", "after", 1),
    ("chunk appended", "before", 1),
    ("chunk appended", "before", 2),
    ("chunk appended", "after", 3),
    ("system write", "halfway", 1),
    ("system write", "halfway", 3),
    ("part made durable", "before", 1),
    ("part made durable", "after", 1),
    ("part made durable", "before", 3),
    ("checkpoint saved", "before", 1),
    ("checkpoint saved", "after", 1),
    ("checkpoint saved", "before", 4),
    ("checkpoint saved", "after", 6),
    ("part made public", "before", 1),
    ("part made public", "after", 1),
    ("finalizing saved", "before", 1),
    ("finalizing saved", "after", 1),
    ("target named", "before", 1),
    ("target named", "after", 1),
    ("target linked", "before", 1),
    ("target linked", "after", 1),
    ("part unlinked", "before", 1),
    ("part unlinked", "after", 1),
    ("folder synced", "before", 1),
    ("folder synced", "after", 1),
    ("state entered", "before", 2),
    ("state entered", "after", 2),
]

RESUMED_RUN = [
    ("epoch begun", "before", 1),
    ("epoch begun", "after", 1),
    ("prefix verified", "before", 1),
    ("prefix verified", "after", 1),
    ("state entered", "after", 1),
    ("system write", "halfway", 2),
    ("checkpoint saved", "before", 1),
    ("checkpoint saved", "after", 2),
    ("finalizing saved", "after", 1),
]

PUBLISHING_AGAIN = [
    ("state entered", "before", 1),
    ("state entered", "after", 1),
    ("target named", "before", 1),
    ("target named", "after", 1),
    ("target linked", "before", 1),
    ("target linked", "after", 1),
    ("part unlinked", "after", 1),
    ("state entered", "before", 2),
]

TARGET_REPLACED = ("target replaced", "after", 3)
"""The sidecar is replaced twice before: when the job is made, and when its run begins."""

WITH_A_MANIFEST = [
    ("target named", "after", 1),
    ("manifest drafted", "before", 1),
    ("manifest drafted", "after", 1),
    ("manifest named", "after", 1),
    ("state entered", "before", 2),
    ("state entered", "after", 2),
]


@pytest.fixture
def target(tmp_path: Path) -> Path:
    folder = tmp_path / "out"
    folder.mkdir()
    return folder / "products.csv"


def export_arguments(catalogue: Path, target: Path, *more: str) -> list[str]:
    each_chunk_a_checkpoint = ("--chunk-rows", "500", "--checkpoint-seconds", "0")
    return ["export", str(catalogue), "products", "-o", str(target), *each_chunk_a_checkpoint, *more]


def die_at(program: Program, step: tuple[str, str, int], arguments: list[str]) -> None:
    """Run `arguments` and see that the process died at `step` and nowhere else."""
    name, moment, number = step
    launcher = ("-m", "tests.crash.killed_at", name, moment, str(number))
    process = program.start(*arguments, launcher=launcher)
    _, errors = process.communicate(timeout=ENDING_SECONDS)
    assert process.returncode == -signal.SIGKILL, f"{step} was never reached: {errors}"


def see_promise_kept(program: Program, target: Path, reference: bytes) -> None:
    """After a kill: no half target and no false DONE, and `resume --all` makes the file whole."""
    (job,) = program.jobs()
    assert not target.exists() or target.read_bytes() == reference
    assert job["state"] in {"PENDING", "INTERRUPTED"} or (job["state"] == "DONE" and target.exists())
    program.run("resume", "--all")
    assert target.read_bytes() == reference
    assert parts_in(target.parent) == []
    assert [job["state"] for job in program.jobs()] == ["DONE"]


@pytest.mark.parametrize("step", FIRST_RUN, ids=str)
def test_export_killed_at_any_step_resumes_to_the_same_bytes(
    program: Program, small_catalogue: Path, small_reference: bytes, target: Path, step: tuple[str, str, int]
) -> None:
    die_at(program, step, export_arguments(small_catalogue, target))
    see_promise_kept(program, target, small_reference)


@pytest.mark.parametrize("step", RESUMED_RUN, ids=str)
def test_resume_killed_at_any_step_resumes_to_the_same_bytes(
    program: Program, small_catalogue: Path, small_reference: bytes, target: Path, step: tuple[str, str, int]
) -> None:
    die_at(program, ("checkpoint saved", "after", 2), export_arguments(small_catalogue, target))
    die_at(program, step, ["resume", "--all"])
    see_promise_kept(program, target, small_reference)


@pytest.mark.parametrize("step", PUBLISHING_AGAIN, ids=str)
def test_publishing_killed_twice_ends_in_one_whole_file(
    program: Program, small_catalogue: Path, small_reference: bytes, target: Path, step: tuple[str, str, int]
) -> None:
    die_at(program, ("finalizing saved", "after", 1), export_arguments(small_catalogue, target))
    die_at(program, step, ["resume", "--all"])
    see_promise_kept(program, target, small_reference)


@pytest.mark.parametrize("more", [[], ["--overwrite"]], ids=["new", "replaced"])
@pytest.mark.parametrize("step", WITH_A_MANIFEST, ids=str)
def test_killed_between_publishing_and_done_an_export_has_its_manifest_in_the_end(
    program: Program,
    small_catalogue: Path,
    small_reference: bytes,
    target: Path,
    step: tuple[str, str, int],
    more: list[str],
) -> None:
    manifest = target.with_name("products.csv.manifest.json")
    if more:
        target.write_text("what stood there before")
        manifest.write_text("beside it")
        step = TARGET_REPLACED if step[0] == "target named" else step
    die_at(program, step, export_arguments(small_catalogue, target, "--manifest", *more))
    if manifest.exists() and not more:
        json.loads(manifest.read_bytes())  # never half of one
    see_promise_kept(program, target, small_reference)
    says = json.loads(manifest.read_bytes())
    assert (says["rows"], says["sha256"]) == (3_000, hashlib.sha256(small_reference).hexdigest())
    assert says["resumes"] == (0 if step == ("state entered", "after", 2) else 1)
    assert sorted(target.parent.iterdir()) == [target, manifest]
    program.run("verify", str(target))


@pytest.mark.parametrize("moment", ["before", "after"])
def test_replacing_a_file_is_all_or_nothing(
    program: Program, small_catalogue: Path, small_reference: bytes, target: Path, moment: str
) -> None:
    before = b"what stood there before"
    target.write_bytes(before)
    step = (TARGET_REPLACED[0], moment, TARGET_REPLACED[2])
    die_at(program, step, export_arguments(small_catalogue, target, "--overwrite"))
    assert target.read_bytes() == (before if moment == "before" else small_reference)
    program.run("resume", "--all")
    assert target.read_bytes() == small_reference
    assert parts_in(target.parent) == []


def test_kill_before_the_job_is_kept_leaves_nothing(
    program: Program, small_catalogue: Path, target: Path
) -> None:
    die_at(program, ("job kept", "before", 1), export_arguments(small_catalogue, target))
    assert program.jobs() == []
    assert list(target.parent.iterdir()) == []


def test_every_named_step_is_a_place_to_die() -> None:
    named = {step for step, _, _ in (*FIRST_RUN, *RESUMED_RUN, *WITH_A_MANIFEST)} | {"target replaced"}
    assert named == set(STEPS)
