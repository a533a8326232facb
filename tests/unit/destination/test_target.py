"""Whether an export may become a file."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from dataflow_desktop.destination.target import absolute_target, check_target
from dataflow_desktop.errors import DataFlowError, DestinationError, ReasonCode, RefusedError


def turned_down(target: Path, *, is_overwrite_allowed: bool = False) -> DataFlowError:
    with pytest.raises(DataFlowError) as caught:
        check_target(target, is_overwrite_allowed=is_overwrite_allowed)
    return caught.value


def test_a_free_name_in_a_folder_is_fine_and_nothing_is_created(tmp_path: Path) -> None:
    check_target(tmp_path / "out.csv", is_overwrite_allowed=False)
    assert list(tmp_path.iterdir()) == []


def test_an_existing_file_is_refused_unless_it_may_be_replaced(tmp_path: Path) -> None:
    target = tmp_path / "out.csv"
    target.write_text("mine")
    error = turned_down(target)
    assert isinstance(error, RefusedError)
    assert error.reason.code == ReasonCode.TARGET_EXISTS.name
    check_target(target, is_overwrite_allowed=True)
    assert target.read_text() == "mine"


@pytest.mark.parametrize("make", [Path.mkdir, os.mkfifo, lambda target: target.symlink_to("nowhere")])
@pytest.mark.parametrize("is_overwrite_allowed", [True, False])
def test_what_is_no_file_is_never_replaced(
    tmp_path: Path, make: Callable[[Path], None], is_overwrite_allowed: bool
) -> None:
    target = tmp_path / "out.csv"
    make(target)
    error = turned_down(target, is_overwrite_allowed=is_overwrite_allowed)
    assert error.reason.code == ReasonCode.TARGET_NOT_A_FILE.name


@pytest.mark.parametrize(
    ("folder", "code"), [("none", ReasonCode.FOLDER_MISSING), ("file", ReasonCode.FOLDER_NOT_WRITABLE)]
)
def test_a_folder_that_is_none_is_named(tmp_path: Path, folder: str, code: ReasonCode) -> None:
    (tmp_path / "file").touch()
    error = turned_down(tmp_path / folder / "out.csv")
    assert isinstance(error, DestinationError)
    assert error.reason.code == code.name
    assert str(tmp_path / folder) in error.reason.message


def test_a_target_has_one_name_however_it_is_spelled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to("real")
    monkeypatch.chdir(tmp_path / "real")
    monkeypatch.setenv("HOME", str(tmp_path))
    names = ["out.csv", "./out.csv", "../link/out.csv", str(tmp_path / "link" / "out.csv"), "~/real/out.csv"]
    assert {absolute_target(Path(name)) for name in names} == {tmp_path / "real" / "out.csv"}


def test_a_link_at_the_target_keeps_its_own_name(tmp_path: Path) -> None:
    link = tmp_path / "link.csv"
    link.symlink_to("elsewhere.csv")
    assert absolute_target(link) == link


def test_an_unknown_home_is_a_destination_error() -> None:
    with pytest.raises(DestinationError):
        absolute_target(Path("~nobody-of-that-name/out.csv"))
