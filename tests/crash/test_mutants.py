"""A test of the tests: without one of its safeguards, the program fails a check that it passes with it.

Each case is one story of a power cut, a kill or a hand in the files. It is told twice, with the safeguard and
without, and ends as it should only the first time.
"""

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.crash.cut_disk import CutDisk
from tests.crash.forks import Forks
from tests.crash.mutants import MUTANTS, UNMUTATED
from tests.crash.power_cut import Cut
from tests.crash.scene import Ending, Outcome, Scene

pytestmark = pytest.mark.root

BEFORE = b"what stood there before\n"
SOMEBODYS = b"somebody else's file\n"
LEFT_ROWS = 2_600
"""2,500 are saved with the fifth checkpoint."""

TWO_SAVED = Cut("checkpoint saved", "after", 2)
BETWEEN_TWO = Cut("part synced", "before", 2)
LAST_ROWS_UNSAVED = Cut("part written", "after", 7)
UNPUBLISHED = Cut("target named", "before", 1)
DONE_SAVED = Cut("done saved", "after", 1)

LOST_ROWS = "The unfinished file"
OTHER_BYTES = "DONE, but the target is"


def cut_at(cut: Cut) -> Callable[[Scene], Ending]:
    """Return the story of an export that is cut off: by a power cut, or by a kill where there is no disk."""

    def story(scene: Scene) -> Ending:
        scene.export_until(cut)
        return scene.ending()

    return story


def replaced_file_cut_when_done(scene: Scene) -> Ending:
    scene = replace(scene, before=BEFORE)
    scene.export_until(DONE_SAVED)
    return scene.ending()


def store_on_the_disk_that_is_cut(scene: Scene) -> Ending:
    scene = replace(scene, home=scene.target.parent / "store")
    scene.export_until(TWO_SAVED)
    return scene.ending()


def last_rows_deleted_at_the_source(scene: Scene) -> Ending:
    """The rows that were written but not saved go before the resume: the tail in the part file is stale."""
    catalogue = scene.target.parent.with_suffix(".db")
    shutil.copy(scene.catalogue, catalogue)
    header_and_rows = scene.reference.splitlines(keepends=True)[: 1 + LEFT_ROWS]
    scene = replace(scene, catalogue=catalogue, reference=b"".join(header_and_rows))
    scene.export_until(LAST_ROWS_UNSAVED)
    with closing(sqlite3.connect(catalogue)) as connection, connection:
        connection.execute("DELETE FROM products WHERE id > ?", (LEFT_ROWS,))
    return scene.ending()


def part_grown_by_somebody(scene: Scene) -> Ending:
    scene.export_until(TWO_SAVED)
    with scene.part.open("ab") as part:
        part.write(scene.reference)
    return scene.ending()


def part_edited_by_somebody(scene: Scene) -> Ending:
    scene.export_until(TWO_SAVED)
    content = bytearray(scene.part.read_bytes())
    content[len(content) // 2] ^= 1
    scene.part.write_bytes(content)
    return scene.ending()


def part_cut_short_by_somebody(scene: Scene) -> Ending:
    scene.export_until(TWO_SAVED)
    os.truncate(scene.part, scene.part.stat().st_size // 2)
    return scene.ending()


def target_created_by_somebody(scene: Scene) -> Ending:
    scene.export_until(TWO_SAVED)
    scene.target.write_bytes(SOMEBODYS)
    return replace(scene, before=SOMEBODYS).ending()


class Case(NamedTuple):
    """A story, what its end says without the safeguard, and how it ends with and without."""

    mutant: str
    story: Callable[[Scene], Ending]
    why: str
    right: Outcome = Outcome.IDENTICAL
    wrong: Outcome = Outcome.BROKEN


POWER_CUTS = [
    # The journal had the name, nobody had the bytes.
    Case("no_sync_of_the_part", cut_at(DONE_SAVED), "other bytes have the target's name"),
    # The digest still keeps wrong bytes out, but rows that were called saved are lost.
    Case("no_sync_of_the_part", cut_at(TWO_SAVED), LOST_ROWS, wrong=Outcome.REFUSED),
    Case("checkpoint_before_sync", cut_at(BETWEEN_TWO), LOST_ROWS, wrong=Outcome.REFUSED),
    Case("no_sync_of_folders", cut_at(DONE_SAVED), "DONE, but the target is missing"),
    Case("no_sync_of_folders", replaced_file_cut_when_done, f"DONE, but the target is {len(BEFORE)} other"),
    Case("no_sync_of_the_store", store_on_the_disk_that_is_cut, "the job is lost"),
]

OTHERS = [
    Case("checkpoint_before_write", cut_at(TWO_SAVED), LOST_ROWS, wrong=Outcome.REFUSED),
    Case("done_before_publishing", cut_at(UNPUBLISHED), "DONE, but the target is missing"),
    Case("no_cut_back", last_rows_deleted_at_the_source, OTHER_BYTES),
    Case("no_cut_back", part_grown_by_somebody, OTHER_BYTES),
    Case("no_prefix_check", part_edited_by_somebody, OTHER_BYTES, right=Outcome.REFUSED),
    Case("no_prefix_check", part_cut_short_by_somebody, OTHER_BYTES, right=Outcome.REFUSED),
    # The export is whole, but somebody's file is gone.
    Case(
        "published_over_anything",
        target_created_by_somebody,
        "the reference bytes",
        right=Outcome.REFUSED,
        wrong=Outcome.IDENTICAL,
    ),
]


def named(case: Case) -> str:
    """Return the words by which a case is found in a list of tests."""
    return case.mutant


class Stage(NamedTuple):
    """What all scenes share."""

    forks: Forks
    catalogue: Path
    reference: bytes

    def see_missed(self, case: Case, place: Path, disks: tuple[CutDisk, ...], home: Path) -> None:
        """See the story of `case` end right with the safeguard, and wrong without."""
        for mutant in (UNMUTATED, case.mutant):
            target = place / mutant / "products.csv"
            scene = Scene(
                self.forks, home / mutant, self.catalogue, target, self.reference, disks, mutant=mutant
            )
            ending = case.story(scene)
            outcome, why = (case.right, "") if mutant == UNMUTATED else (case.wrong, case.why)
            assert ending.outcome is outcome, f"{mutant}: {ending.why}"
            assert why in ending.why


@pytest.fixture
def stage(forks: Forks, small_catalogue: Path, small_reference: bytes) -> Stage:
    return Stage(forks, small_catalogue, small_reference)


@pytest.mark.parametrize("case", POWER_CUTS, ids=named)
def test_power_cut_shows_a_missing_safeguard(stage: Stage, disk: CutDisk, tmp_path: Path, case: Case) -> None:
    stage.see_missed(case, disk.folder, (disk,), tmp_path / "homes")


@pytest.mark.parametrize("case", OTHERS, ids=named)
def test_kill_or_somebodys_hand_shows_a_missing_safeguard(stage: Stage, tmp_path: Path, case: Case) -> None:
    stage.see_missed(case, tmp_path, (), tmp_path / "homes")


def test_every_mutant_is_found_out() -> None:
    assert {case.mutant for case in (*POWER_CUTS, *OTHERS)} == set(MUTANTS) - {UNMUTATED}
