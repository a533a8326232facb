"""SIGKILL at moments nobody chose: every run ends in the undisturbed bytes."""

import random
import time
from pathlib import Path

import pytest

from tests.program import Program, parts_in, read_event

RUNS = 10
KILLS_EACH = 2


@pytest.mark.parametrize("seed", range(RUNS))
def test_killed_export_and_killed_resume_end_in_the_same_bytes(
    program: Program, large_catalogue: Path, large_reference: bytes, tmp_path: Path, seed: int
) -> None:
    moments = random.Random(seed)
    target = tmp_path / "products.csv"
    arguments = ["export", str(large_catalogue), "products", "-o", str(target), "--chunk-rows", "250"]
    # Rests between the chunks last longer than all moments together: no machine is too fast to be killed.
    arguments += ["--checkpoint-seconds", "0.02", "--throttle-ms", "4", "--progress", "json"]
    for _ in range(KILLS_EACH):
        kill_running(program, arguments, moments)
        assert not target.exists()
        assert [job["state"] for job in program.jobs()] == ["INTERRUPTED"]
        arguments = ["resume", "--all", "--progress", "json"]
    program.run("resume", "--all")
    assert target.read_bytes() == large_reference
    assert parts_in(tmp_path) == []


def kill_running(program: Program, arguments: list[str], moments: random.Random) -> None:
    """Kill a run a random while after it has begun to write, before it can be done."""
    process = program.start(*arguments)
    assert read_event(process.stdout)["event"] == "started"
    time.sleep(moments.uniform(0, 0.15))  # the random moment itself: nothing is waited for
    process.kill()
    process.communicate()
    assert process.returncode < 0, "the export was faster than the kill"
