"""The unfinished file: created alone, cut back only when it is what was saved."""

import errno
import hashlib
import os
import stat
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from dataflow_desktop.destination import part_file
from dataflow_desktop.destination.part_file import PartFile, discard_part
from dataflow_desktop.destination.part_names import part_path_for
from dataflow_desktop.errors import DataFlowError, DestinationError, ReasonCode, RefusedError

SAVED = b"id,name\n1,a\n"
DIGEST = hashlib.sha256(SAVED).hexdigest()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return part_path_for(tmp_path / "out.csv", "0123456789ab")


@pytest.fixture
def umask() -> Iterator[None]:
    """A umask that lets others read."""
    previous = os.umask(0o022)
    yield
    os.umask(previous)


def written(path: Path, *pieces: bytes) -> None:
    part = PartFile.create(path)
    for piece in pieces:
        part.append(piece)
    part.make_durable()
    part.close()


def refused(path: Path) -> str:
    with pytest.raises(RefusedError) as caught:
        reopen_and_cut_back(path)
    return caught.value.reason.code


def reopen_and_cut_back(path: Path) -> None:
    with closing(PartFile.reopen(path)) as part:
        part.cut_back(len(SAVED), DIGEST)


def test_it_stands_hidden_beside_its_target_and_carries_the_job(path: Path) -> None:
    assert path.name == ".out.csv.0123456789ab.part"


def test_it_is_its_owners_only_whatever_the_umask(path: Path, umask: None) -> None:
    written(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize("make", [Path.touch, Path.mkdir, lambda path: path.symlink_to("elsewhere")])
def test_what_stands_in_its_place_is_never_taken(path: Path, make: Callable[[Path], None]) -> None:
    make(path)
    before = path.lstat()
    with pytest.raises(DestinationError):
        PartFile.create(path)
    assert path.lstat() == before
    assert not path.with_name("elsewhere").exists()


def test_a_missing_folder_is_a_destination_error(tmp_path: Path) -> None:
    with pytest.raises(DestinationError) as caught:
        PartFile.create(tmp_path / "none" / "x.part")
    assert caught.value.reason.code == ReasonCode.FOLDER_MISSING.name
    assert caught.value.reason.facts == {"folder": str(tmp_path / "none")}


def test_size_and_digest_are_those_of_the_bytes(path: Path) -> None:
    part = PartFile.create(path)
    assert (part.size, part.digest) == (0, hashlib.sha256().hexdigest())
    for piece in (SAVED[:3], b"", SAVED[3:]):
        part.append(piece)
    assert (part.size, part.digest) == (len(SAVED), DIGEST)
    part.close()
    assert path.read_bytes() == SAVED


def test_a_large_piece_is_written_whole(path: Path) -> None:
    data = os.urandom(3_000_000)
    written(path, data)
    assert path.read_bytes() == data


@pytest.mark.parametrize("beyond", [b"", b"2,b\n", b"x" * 3_000_000])
def test_what_lies_beyond_the_saved_bytes_is_cut_off(path: Path, beyond: bytes) -> None:
    written(path, SAVED, beyond)
    part = PartFile.reopen(path)
    part.cut_back(len(SAVED), DIGEST)
    assert path.read_bytes() == SAVED
    assert (part.size, part.digest) == (len(SAVED), DIGEST)
    part.append(b"3,c\n")
    assert part.digest == hashlib.sha256(SAVED + b"3,c\n").hexdigest()
    part.close()
    assert path.read_bytes() == SAVED + b"3,c\n"


def test_a_long_prefix_is_verified_to_its_last_byte(path: Path) -> None:
    data = os.urandom(2_500_000)
    written(path, data, b"beyond")
    part = PartFile.reopen(path)
    with pytest.raises(RefusedError):
        part.cut_back(len(data), hashlib.sha256(data[:-1] + b"?").hexdigest())
    part.cut_back(len(data), hashlib.sha256(data).hexdigest())
    part.close()
    assert path.read_bytes() == data


def test_a_shorter_file_is_refused_and_not_touched(path: Path) -> None:
    written(path, SAVED[:-1])
    assert refused(path) == ReasonCode.PART_TOO_SHORT.name
    assert path.read_bytes() == SAVED[:-1]


def test_an_edited_file_is_refused_and_not_touched(path: Path) -> None:
    edited = SAVED.replace(b"1", b"7") + b"grown too"
    written(path, edited)
    assert refused(path) == ReasonCode.PART_CHANGED.name
    assert path.read_bytes() == edited


def test_starting_over_leaves_nothing(path: Path) -> None:
    written(path, SAVED)
    part = PartFile.reopen(path)
    part.start_over()
    part.append(b"new")
    assert (part.size, part.digest) == (3, hashlib.sha256(b"new").hexdigest())
    part.close()
    assert path.read_bytes() == b"new"


def test_a_file_that_is_gone_is_said_to_be_gone(path: Path) -> None:
    assert refused(path) == ReasonCode.PART_MISSING.name


def test_a_folder_in_its_place_is_refused(path: Path) -> None:
    path.mkdir()
    assert refused(path) == ReasonCode.PART_NOT_A_FILE.name


@pytest.mark.timeout(10)
def test_a_fifo_in_its_place_is_refused_without_waiting_for_a_writer(path: Path) -> None:
    os.mkfifo(path)
    assert refused(path) == ReasonCode.PART_NOT_A_FILE.name
    assert stat.S_ISFIFO(path.stat().st_mode)


@pytest.mark.parametrize("is_there", [True, False])
def test_a_symbolic_link_in_its_place_is_refused(path: Path, is_there: bool) -> None:
    other = path.with_name("somebody.csv")
    if is_there:
        other.write_bytes(SAVED)
    path.symlink_to(other)
    assert refused(path) == ReasonCode.PART_NOT_A_FILE.name
    assert other.exists() is is_there


def test_a_file_that_has_a_second_name_is_refused(path: Path) -> None:
    other = path.with_name("somebody.csv")
    other.write_bytes(SAVED)
    os.link(other, path)
    assert refused(path) == ReasonCode.PART_NOT_A_FILE.name
    assert other.read_bytes() == SAVED


@pytest.mark.parametrize("mask", [0o022, 0o002, 0o077, 0o027])
def test_made_public_it_has_the_permissions_of_any_new_file(path: Path, umask: None, mask: int) -> None:
    os.umask(mask)
    part = PartFile.create(path)
    part.make_public()
    part.close()
    other = path.with_name("other")
    other.touch()
    assert path.stat().st_mode == other.stat().st_mode
    assert os.umask(mask) == mask


def test_discarding_removes_it_and_nothing_else(path: Path) -> None:
    written(path, SAVED)
    neighbour = path.with_name("neighbour")
    neighbour.touch()
    discard_part(path)
    discard_part(path)
    assert list(path.parent.iterdir()) == [neighbour]


def test_discarding_a_link_leaves_what_it_leads_to(path: Path) -> None:
    other = path.with_name("somebody.csv")
    other.write_bytes(SAVED)
    path.symlink_to(other)
    discard_part(path)
    assert other.read_bytes() == SAVED


def test_discarding_never_removes_a_folder(path: Path) -> None:
    path.mkdir()
    with pytest.raises(DataFlowError):
        discard_part(path)
    assert path.is_dir()


def test_a_part_file_on_a_full_device_is_a_full_disk() -> None:
    descriptor = os.open("/dev/full", os.O_RDWR)
    part = PartFile(Path("/dev/full"), descriptor)
    with pytest.raises(DestinationError) as caught:
        part.append(b"x")
    part.close()
    assert caught.value.reason.code == ReasonCode.DISK_FULL.name
    assert part.size == 0


def test_what_the_system_could_not_write_out_is_an_error_once_and_for_all(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(part_file, "WRITE_OUT_BYTES", 1)
    part = PartFile.create(path)
    with monkeypatch.context() as broken:
        broken.setattr(os, "fsync", raise_input_output_error)
        part.append(SAVED)
        wait_for_write_out(part)
    with pytest.raises(DestinationError):  # the system itself tells it to the first who asks only
        part.make_durable()
    part.close()


def test_a_failed_write_out_is_noticed_by_the_next_append(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(part_file, "WRITE_OUT_BYTES", 1)
    monkeypatch.setattr(os, "fsync", raise_input_output_error)
    monkeypatch.setattr(part_file, "sync_folder", lambda _: None)
    with closing(PartFile.create(path)) as part:
        part.append(SAVED)
        wait_for_write_out(part)
        with pytest.raises(DestinationError):
            part.append(SAVED)


def raise_input_output_error(_: int) -> None:
    raise OSError(errno.EIO, os.strerror(errno.EIO))


def wait_for_write_out(part: PartFile) -> None:
    assert part._writing_out is not None
    part._writing_out.exception(timeout=10)


def test_any_stretch_of_what_is_written_can_be_read(path: Path) -> None:
    with closing(PartFile.create(path)) as part:
        part.append(b"0123456789")
        assert (part.read(0, 10), part.read(3, 4), part.read(10, 0)) == (b"0123456789", b"3456", b"")
        part.append(b"x")
        assert part.read(9, 2) == b"9x"


def test_what_somebody_cut_off_meanwhile_cannot_be_read(path: Path) -> None:
    with closing(PartFile.create(path)) as part:
        part.append(b"0123456789")
        os.truncate(path, 5)
        with pytest.raises(DestinationError) as caught:
            part.read(0, 10)
    assert "shorter" in caught.value.reason.facts["reason"]
