"""A system that writes less than it was given, again and again, changes nothing in the file."""

import signal
from pathlib import Path

import pytest

from tests.crash.short_writes import UNTRIED
from tests.program import ENDING_SECONDS, Program

SEEDS = range(3)
NEVER = 0


def run_with_short_writes(program: Program, seed: int, deadly: int, *arguments: str) -> tuple[int, str]:
    launcher = ("-m", "tests.crash.short_writes", str(seed), str(deadly))
    process = program.start(*arguments, launcher=launcher)
    _, errors = process.communicate(timeout=ENDING_SECONDS)
    assert process.returncode != UNTRIED, "no write was shortened"
    return process.returncode, errors


def export_arguments(catalogue: Path, target: Path) -> list[str]:
    each_chunk_a_checkpoint = ("--chunk-rows", "500", "--checkpoint-seconds", "0")
    return ["export", str(catalogue), "products", "-o", str(target), *each_chunk_a_checkpoint]


@pytest.mark.parametrize("seed", SEEDS)
def test_export_in_short_writes_gives_the_same_bytes(
    program: Program, small_catalogue: Path, small_reference: bytes, tmp_path: Path, seed: int
) -> None:
    target = tmp_path / "products.csv"
    code, errors = run_with_short_writes(program, seed, NEVER, *export_arguments(small_catalogue, target))
    assert code == 0, errors
    assert target.read_bytes() == small_reference
    assert list(tmp_path.glob(".*.part")) == []


@pytest.mark.parametrize("seed", SEEDS)
def test_export_killed_after_a_short_write_and_resumed_in_short_writes_gives_the_same_bytes(
    program: Program, small_catalogue: Path, small_reference: bytes, tmp_path: Path, seed: int
) -> None:
    target = tmp_path / "products.csv"
    deadly = 20 + seed  # some chunks are saved by then: each takes a few writes
    code, _ = run_with_short_writes(program, seed, deadly, *export_arguments(small_catalogue, target))
    assert code == -signal.SIGKILL
    assert not target.exists()
    code, errors = run_with_short_writes(program, seed, NEVER, "resume", "--all")
    assert code == 0, errors
    assert target.read_bytes() == small_reference
    assert list(tmp_path.glob(".*.part")) == []
    assert [job["state"] for job in program.jobs()] == ["DONE"]
