"""Part file → target, never over somebody's file."""

import ctypes
import errno
import hashlib
import multiprocessing
import os
import stat
from collections.abc import Callable
from multiprocessing.synchronize import Barrier as ProcessBarrier
from pathlib import Path

import pytest

from dataflow_desktop.destination import publishing
from dataflow_desktop.destination.publishing import Rename, digest_of, publish
from dataflow_desktop.errors import DestinationError, ReasonCode, RefusedError

WAYS = ["_rename_exclusively", "_link", "_claim_and_replace"]
RACERS = 6
ROUNDS = 20


@pytest.fixture
def part(tmp_path: Path) -> Path:
    path = tmp_path / ".out.csv.0123456789ab.part"
    path.write_bytes(b"whole")
    return path


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "out.csv"


def see_that_nobody_is_overwritten(part: Path, target: Path) -> None:
    """Publish where somebody's file stands, and again when it is gone."""
    target.write_bytes(b"mine")
    with pytest.raises(RefusedError):
        publish(part, target, is_overwrite_allowed=False)
    assert (target.read_bytes(), part.read_bytes()) == (b"mine", b"whole")
    target.unlink()
    publish(part, target, is_overwrite_allowed=False)
    assert target.read_bytes() == b"whole"
    assert list(target.parent.iterdir()) == [target]


@pytest.mark.parametrize("is_overwrite_allowed", [True, False])
def test_the_part_file_becomes_the_target(part: Path, target: Path, is_overwrite_allowed: bool) -> None:
    publish(part, target, is_overwrite_allowed=is_overwrite_allowed)
    assert target.read_bytes() == b"whole"
    assert list(target.parent.iterdir()) == [target]
    assert target.stat().st_nlink == 1


@pytest.mark.parametrize(
    "make", [Path.touch, Path.mkdir, os.mkfifo, lambda target: target.symlink_to("nowhere")]
)
def test_whatever_stands_at_the_target_is_not_touched(
    part: Path, target: Path, make: Callable[[Path], None]
) -> None:
    make(target)
    before = target.lstat()
    with pytest.raises(RefusedError) as caught:
        publish(part, target, is_overwrite_allowed=False)
    assert caught.value.reason.code == ReasonCode.TARGET_APPEARED.name
    assert target.lstat() == before
    assert part.read_bytes() == b"whole"
    assert not target.with_name("nowhere").exists()


def test_an_allowed_overwrite_replaces_the_file(part: Path, target: Path) -> None:
    target.write_bytes(b"old")
    publish(part, target, is_overwrite_allowed=True)
    assert target.read_bytes() == b"whole"
    assert not part.exists()


def test_a_folder_is_not_replaced_even_when_overwriting_is_allowed(part: Path, target: Path) -> None:
    target.mkdir()
    with pytest.raises(DestinationError) as caught:
        publish(part, target, is_overwrite_allowed=True)
    assert caught.value.reason.code == ReasonCode.PUBLISH_FAILED.name
    assert part.exists()
    assert target.is_dir()


def test_a_missing_part_file_publishes_nothing(part: Path, target: Path) -> None:
    part.unlink()
    with pytest.raises(DestinationError):
        publish(part, target, is_overwrite_allowed=False)
    assert not target.exists()


@pytest.mark.parametrize("way", WAYS)
def test_no_way_overwrites(part: Path, target: Path, way: str) -> None:
    give_name = getattr(publishing, way)
    target.write_bytes(b"mine")
    with pytest.raises(FileExistsError):
        give_name(part, target)
    assert (target.read_bytes(), part.read_bytes()) == (b"mine", b"whole")
    target.unlink()
    give_name(part, target)
    assert target.read_bytes() == b"whole"
    assert not part.exists()


class LibraryWithoutTheCall:
    """The C library of an older system, or musl."""


@pytest.mark.parametrize("code", [*sorted(publishing._NOT_HERE), None])
def test_without_exclusive_renames_it_is_linked(
    part: Path, target: Path, monkeypatch: pytest.MonkeyPatch, code: int | None
) -> None:
    def missing(*_: object) -> None:
        raise OSError(code, "not here")

    if code is None:
        monkeypatch.setattr(ctypes, "CDLL", lambda *_, **__: LibraryWithoutTheCall())
    else:
        monkeypatch.setattr(publishing, "_rename_exclusively", missing)
    monkeypatch.setattr(publishing, "_claim_and_replace", None)
    see_that_nobody_is_overwritten(part, target)


def test_at_no_moment_a_file_has_two_names(part: Path, target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # For whoever is killed then leaves a part file that nobody can tell from somebody's link to it.
    monkeypatch.setattr(os, "link", None)
    publishing.rename_without_overwriting(part, target)
    assert list(target.parent.iterdir()) == [target]


def test_without_links_and_exclusive_renames_the_name_is_claimed_first(
    part: Path, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(*_: object) -> None:
        raise OSError(errno.EINVAL, "not here")

    monkeypatch.setattr(publishing, "_link", missing)
    monkeypatch.setattr(publishing, "_rename_exclusively", missing)
    see_that_nobody_is_overwritten(part, target)


def test_a_claimed_name_is_given_back_when_the_rename_fails(part: Path, target: Path) -> None:
    part.unlink()
    with pytest.raises(FileNotFoundError):
        publishing._claim_and_replace(part, target)
    assert list(target.parent.iterdir()) == []


@pytest.mark.parametrize("way", WAYS[:2])
def test_an_error_that_is_no_missing_way_is_not_got_round(
    part: Path, target: Path, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    def failing_with(code: int) -> Rename:
        def fail(*_: object) -> None:
            raise OSError(code, "failing")

        return fail

    for missing in WAYS[: WAYS.index(way)]:
        monkeypatch.setattr(publishing, missing, failing_with(errno.EINVAL))
    monkeypatch.setattr(publishing, way, failing_with(errno.EIO))
    with pytest.raises(DestinationError):
        publish(part, target, is_overwrite_allowed=False)
    assert (part.exists(), target.exists()) == (True, False)


def test_windows_refuses_an_existing_name_by_itself_and_others_are_asked_for_one_step_first() -> None:
    assert publishing._ways("win32") == (publishing._rename,)
    for platform in ("linux", "darwin"):
        assert [way.__name__ for way in publishing._ways(platform)] == WAYS


class SharingViolationError(OSError):
    """What Python raises on Windows while somebody has the file open."""

    winerror = 32


@pytest.mark.parametrize("is_overwrite_allowed", [True, False])
def test_a_file_that_somebody_has_open_is_waited_for(
    part: Path, target: Path, monkeypatch: pytest.MonkeyPatch, is_overwrite_allowed: bool
) -> None:
    failures = iter([SharingViolationError(), SharingViolationError()])

    def renamed(part: Path, target: Path) -> None:
        for failure in failures:
            raise failure
        part.replace(target)

    monkeypatch.setattr(publishing, "PAUSE_SECONDS", 0.0)
    monkeypatch.setattr(publishing, "_replace", renamed)
    monkeypatch.setattr(publishing, "rename_without_overwriting", renamed)
    publish(part, target, is_overwrite_allowed=is_overwrite_allowed)
    assert target.read_bytes() == b"whole"


def test_a_file_that_stays_open_is_not_waited_for_forever(
    part: Path, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def open_elsewhere(*_: object) -> None:
        raise SharingViolationError(errno.EACCES, "open elsewhere")

    monkeypatch.setattr(publishing, "RETRY_SECONDS", 0.0)
    monkeypatch.setattr(publishing, "_replace", open_elsewhere)
    with pytest.raises(DestinationError):
        publish(part, target, is_overwrite_allowed=True)
    assert part.exists()


def test_permissions_go_with_the_file(part: Path, target: Path) -> None:
    part.chmod(0o640)
    publish(part, target, is_overwrite_allowed=False)
    assert stat.S_IMODE(target.stat().st_mode) == 0o640


def race(folder: Path, racer: int, start: ProcessBarrier, way: str) -> None:
    """Publish one part file in each round; note in a file of its own which rounds were won."""
    won = []
    for number in range(ROUNDS):
        part, target = folder / f".{number}.{racer}.part", folder / f"{number}.csv"
        part.write_text(str(racer))
        start.wait(30)
        try:
            getattr(publishing, way)(part, target)
            won.append(number)
        except FileExistsError:
            assert part.read_text() == str(racer)
    (folder / f"won.{racer}").write_text(" ".join(map(str, won)))


@pytest.mark.parametrize("way", WAYS)
def test_of_many_processes_one_gets_the_name(tmp_path: Path, way: str) -> None:
    context = multiprocessing.get_context("spawn")
    start = context.Barrier(RACERS)
    racers = [context.Process(target=race, args=(tmp_path, racer, start, way)) for racer in range(RACERS)]
    for process in racers:
        process.start()
    for process in racers:
        process.join(60)
        assert process.exitcode == 0
    winners = {
        number: racer for racer in range(RACERS) for number in (tmp_path / f"won.{racer}").read_text().split()
    }
    wins = sum(len((tmp_path / f"won.{racer}").read_text().split()) for racer in range(RACERS))
    assert wins == len(winners) == ROUNDS
    for number, racer in winners.items():
        assert (tmp_path / f"{number}.csv").read_text() == str(racer)


def test_size_and_digest_of_a_file(part: Path) -> None:
    assert digest_of(part) == (5, hashlib.sha256(b"whole").hexdigest())
    with pytest.raises(DestinationError) as caught:
        digest_of(part.with_name("none"))
    assert caught.value.reason.code == ReasonCode.FILE_UNREADABLE.name
