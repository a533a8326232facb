"""How much of a disk an export leaves alone."""

import shutil
from collections import namedtuple
from pathlib import Path

import pytest

from dataflow_desktop.destination.room import MOST_RESERVED_BYTES, Room, check_room, room_in
from dataflow_desktop.errors import DestinationError, ReasonCode

Usage = namedtuple("Usage", "total used free")  # noqa: PYI024 - as shutil has it


def let_disk_have(monkeypatch: pytest.MonkeyPatch, *, total: int, free: int) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(total, total - free, free))


@pytest.mark.parametrize(
    ("size", "is_enough"), [(0, True), (899, True), (900, True), (901, False), (1_000, False), (5_000, False)]
)
def test_what_is_reserved_is_not_touched(size: int, is_enough: bool) -> None:
    assert Room(free=1_000, total=10_000).is_enough_for(size) is is_enough


def test_where_less_is_free_than_reserved_not_even_nothing_fits() -> None:
    assert not Room(free=99, total=10_000).is_enough_for(0)


@pytest.mark.parametrize(
    ("total", "reserved"),
    [(1_000_000, 10_000), (10**10, MOST_RESERVED_BYTES), (10**13, MOST_RESERVED_BYTES)],
)
def test_a_hundredth_of_a_small_disk_is_reserved_and_so_much_of_a_large_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, total: int, reserved: int
) -> None:
    let_disk_have(monkeypatch, total=total, free=total)
    assert room_in(tmp_path) == Room(total, total)
    assert room_in(tmp_path).reserved == reserved


def test_a_disk_that_says_nothing_of_its_room_is_never_in_the_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    let_disk_have(monkeypatch, total=0, free=0)
    check_room(tmp_path, 10**15)
    room = room_in(tmp_path)
    assert not room.is_known
    assert room.is_enough_for(10**15)


def test_a_full_disk_is_known_to_be_full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    let_disk_have(monkeypatch, total=1_000_000, free=0)
    assert room_in(tmp_path).is_known
    assert not room_in(tmp_path).is_enough_for(0)


def test_room_is_that_of_the_real_disk(tmp_path: Path) -> None:
    assert 0 < room_in(tmp_path).free <= room_in(tmp_path).total == shutil.disk_usage(tmp_path).total


def test_a_nearly_full_disk_is_told_with_its_figures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    let_disk_have(monkeypatch, total=1_000_000, free=12_345)
    check_room(tmp_path, 2_345)
    with pytest.raises(DestinationError) as caught:
        check_room(tmp_path, 2_346)
    reason = caught.value.reason
    assert reason.code == ReasonCode.DISK_NEARLY_FULL.name
    assert reason.facts == {"folder": str(tmp_path), "free": "12,345", "reserved": "10,000"}
    assert "12,345 bytes are free" in reason.message


@pytest.mark.parametrize("is_file", [True, False])
def test_a_folder_that_is_none_is_said_to_be_missing(tmp_path: Path, is_file: bool) -> None:
    if is_file:
        (tmp_path / "away").touch()
    with pytest.raises(DestinationError) as caught:
        room_in(tmp_path / "away")
    assert caught.value.reason.code == ReasonCode.FOLDER_MISSING.name
