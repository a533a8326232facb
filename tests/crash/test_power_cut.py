"""Wherever the power goes, a resume on what was durable gives the undisturbed bytes.

The protocol lets no checkpoint lead its data, so that no cut of these needs a refusal. Each runs with the job
store on another disk, which knows of all that was saved; some run with both on one disk, or with the store's
power alone cut. DATAFLOW_CAMPAIGN=full in the environment runs every cut in every layout.
"""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.campaign import IS_FULL
from tests.crash.cut_disk import CutDisk
from tests.crash.forks import ForkedProgram, Forks
from tests.crash.power_cut import ANYWHERE, STEPS, Cut, shut_down
from tests.crash.scene import Outcome, Scene

pytestmark = pytest.mark.root

Layout = Callable[[Path, Path], tuple[Path, Path]]
"""Gives where home and target's folder are, from a folder on the disk to be cut and from one elsewhere."""


def store_elsewhere(cut: Path, safe: Path) -> tuple[Path, Path]:
    return safe / "store", cut / "out"


def one_disk(cut: Path, safe: Path) -> tuple[Path, Path]:
    return cut / "store", cut / "out"


def store_alone(cut: Path, safe: Path) -> tuple[Path, Path]:
    return cut / "store", safe / "out"


def named(value: object) -> str:
    """Return the words by which a cut or a layout is found in a list of tests."""
    return " ".join(map(str, value)) if isinstance(value, Cut) else getattr(value, "__name__", str(value))


FIRST_RUN = [
    Cut("job kept", "after", 1),
    Cut("part created", "after", 1),
    Cut("folder synced", "after", 1),
    Cut("state entered", "after", 1),
    Cut("part written", "halfway", 1),
    Cut("part written", "after", 2),
    Cut("part synced", "before", 1),
    Cut("part synced", "after", 1),
    Cut("checkpoint saved", "after", 1),
    Cut("part written", "halfway", 4),
    Cut("part synced", "before", 4),
    Cut("checkpoint saved", "after", 6),
    Cut("part synced", "after", 7),
    Cut("finalizing saved", "after", 1),
    Cut("target named", "after", 1),
    Cut("target synced", "after", 1),
    Cut("done saved", "after", 1),
]

OTHER_LAYOUTS = [
    (one_disk, Cut("job kept", "after", 1)),
    (one_disk, Cut("part synced", "before", 3)),
    (one_disk, Cut("checkpoint saved", "after", 3)),
    (one_disk, Cut("target named", "after", 1)),
    (one_disk, Cut("done saved", "after", 1)),
    (store_alone, Cut("checkpoint saved", "after", 3)),
    (store_alone, Cut("target named", "after", 1)),
]

TWO_SAVED = Cut("checkpoint saved", "after", 2)
WHOLE = Cut("finalizing saved", "after", 1)

SECOND_RUN = [
    (TWO_SAVED, Cut("epoch begun", "after", 1)),
    (TWO_SAVED, Cut("part cut back", "after", 1)),
    (TWO_SAVED, Cut("part written", "halfway", 1)),
    (TWO_SAVED, Cut("part synced", "before", 2)),
    (TWO_SAVED, Cut("checkpoint saved", "after", 1)),
    (TWO_SAVED, Cut("target named", "after", 1)),
    (WHOLE, Cut("part synced", "after", 1)),
    (WHOLE, Cut("target named", "after", 1)),
    (WHOLE, Cut("done saved", "after", 1)),
]
"""Where the export is cut off, and where its resume."""

OVERWRITING = [
    Cut("target replaced", "before", 1),
    Cut("target replaced", "after", 1),
    Cut("done saved", "before", 1),
    Cut("done saved", "after", 1),
]

UNPLUGGED = [
    (store_elsewhere, Cut("part written", "unplugged", 3)),
    (store_elsewhere, Cut("part synced", "unplugged", 3)),
    (store_elsewhere, Cut("target named", "unplugged", 1)),
    (store_elsewhere, Cut("target synced", "unplugged", 1)),
    (store_alone, Cut("checkpoint saved", "unplugged", 3)),
    (one_disk, Cut("part synced", "unplugged", 3)),
]

BEFORE = b"what stood there before\n" * 10

MILLISECONDS = [1, 12, 25, 40]
"""Rests between the chunks last longer than these together, on however fast a machine."""

CALLS = {
    "job kept": 1,
    "part created": 1,
    "folder synced": 2,
    "target synced": 1,
    "epoch begun": 1,
    "state entered": 2,
    "done saved": 1,
    "part cut back": 1,
    "part written": 7,
    "part synced": 7,
    "checkpoint saved": 6,
    "finalizing saved": 1,
    "target named": 1,
}
"""How often a first run comes to each step."""

if IS_FULL:
    FIRST_RUN = [
        Cut(step, moment, number)
        for step, calls in CALLS.items()
        for moment in ("before", "after", *(("halfway",) if step == "part written" else ()))
        for number in range(1, calls + 1)
        if (step, moment) != ("job kept", "before")
    ]
    OTHER_LAYOUTS = [(layout, cut) for layout in (one_disk, store_alone) for cut in FIRST_RUN]
    MILLISECONDS = list(range(41))

SceneIn = Callable[..., Scene]


@pytest.fixture
def scene_in(
    forks: Forks, disk: CutDisk, tmp_path: Path, small_catalogue: Path, small_reference: bytes
) -> SceneIn:
    """Sets an export up in a layout."""

    def scene(layout: Layout = store_elsewhere, before: bytes | None = None) -> Scene:
        home, folder = layout(disk.folder, tmp_path)
        target = folder / "products.csv"
        return Scene(forks, home, small_catalogue, target, small_reference, (disk,), before)

    return scene


def see_identical(scene: Scene, cut: Cut) -> None:
    """See the reference bytes, and no saved row lost."""
    ending = scene.ending()
    assert ending.outcome is Outcome.IDENTICAL, f"{cut}: {ending.why}"
    if cut.step == "checkpoint saved":
        saved_checkpoints = cut.number if cut.moment == "after" else cut.number - 1
        assert ending.resumed_rows == 500 * saved_checkpoints


def test_the_disk_of_these_tests_loses_just_what_was_not_synced(disk: CutDisk) -> None:
    for name, is_synced in (("kept", True), ("lost", False)):
        with (disk.folder / name).open("wb") as file:
            file.write(name.encode())
            file.flush()
            if is_synced:
                os.fsync(file.fileno())
    shut_down([disk.folder])
    with pytest.raises(OSError, match="Input/output error"):
        (disk.folder / "late").touch()
    disk.come_back()
    assert (disk.folder / "kept").read_bytes() == b"kept"
    assert not (disk.folder / "lost").exists()


@pytest.mark.parametrize("cut", FIRST_RUN, ids=named)
def test_export_resumes_to_the_same_bytes_after_a_power_cut_at_any_step(scene_in: SceneIn, cut: Cut) -> None:
    scene = scene_in()
    scene.export_until(cut)
    see_identical(scene, cut)


@pytest.mark.parametrize(("layout", "cut"), OTHER_LAYOUTS, ids=named)
def test_export_resumes_to_the_same_bytes_when_the_job_store_loses_its_power_too(
    scene_in: SceneIn, layout: Layout, cut: Cut
) -> None:
    scene = scene_in(layout)
    scene.export_until(cut)
    see_identical(scene, cut)


@pytest.mark.parametrize(("first", "second"), SECOND_RUN, ids=named)
def test_power_cut_during_a_resume_is_resumed_too(scene_in: SceneIn, first: Cut, second: Cut) -> None:
    scene = scene_in()
    scene.export_until(first)
    scene.resume_until(second)
    ending = scene.ending()
    assert ending.outcome is Outcome.IDENTICAL, ending.why


@pytest.mark.parametrize("cut", OVERWRITING, ids=named)
def test_power_cut_while_a_file_is_replaced_leaves_the_old_or_the_new(scene_in: SceneIn, cut: Cut) -> None:
    scene = scene_in(before=BEFORE)
    scene.export_until(cut)
    see_identical(scene, cut)


@pytest.mark.parametrize("milliseconds", MILLISECONDS)
def test_power_cut_in_the_middle_of_whatever_runs_is_resumed(scene_in: SceneIn, milliseconds: int) -> None:
    cut = Cut(ANYWHERE, "after", milliseconds)
    scene = scene_in(one_disk)
    scene.export_until(cut, "--throttle-ms", "20")
    see_identical(scene, cut)


@pytest.mark.parametrize(("layout", "cut"), UNPLUGGED, ids=named)
def test_disk_that_goes_away_pauses_the_export_until_it_is_back(
    scene_in: SceneIn, layout: Layout, cut: Cut
) -> None:
    scene = scene_in(layout)
    told = scene.export_unplugged(cut)
    assert "error" in told
    assert "Traceback" not in told
    see_identical(scene, cut)


def test_power_cut_before_the_job_is_kept_leaves_nothing(scene_in: SceneIn) -> None:
    scene = scene_in(one_disk)
    scene.export_until(Cut("job kept", "before", 1))
    assert list(scene.target.parent.iterdir()) == []
    assert ForkedProgram(scene.home, scene.forks).jobs() == []


def test_every_step_is_cut() -> None:
    cuts = [*FIRST_RUN, *OVERWRITING, *(second for _, second in SECOND_RUN)]
    assert {cut.step for cut in cuts} == set(STEPS)
