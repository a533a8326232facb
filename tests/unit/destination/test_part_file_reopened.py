"""A part file opened again: by one writer at a time, and searched for what of it is still as it was saved."""

import hashlib
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dataflow_desktop.destination import part_file
from dataflow_desktop.destination.part_file import PartFile, rename_part
from dataflow_desktop.destination.part_files import PartFiles, PartPlace
from dataflow_desktop.destination.part_names import part_path_for
from dataflow_desktop.domain.checkpoint import Checkpoint
from dataflow_desktop.errors import ReasonCode, RefusedError

CONTENT = bytes(range(256)) * 40
SIZES = (7, 2_000, 2_001, 9_000, len(CONTENT))


def checkpoint_at(size: int, content: bytes = CONTENT) -> Checkpoint:
    digest = hashlib.sha256(content[:size]).hexdigest()
    return Checkpoint((size,), size, size, digest, "fingerprint")


NEWEST_FIRST = [checkpoint_at(size) for size in reversed(SIZES)]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A part file of some content, which nobody has open."""
    path = part_path_for(tmp_path / "out.csv", "0123456789ab")
    path.write_bytes(CONTENT)
    return path


def newest_intact(path: Path, checkpoints: Sequence[Checkpoint] = NEWEST_FIRST) -> int | None:
    """Return the size of the newest checkpoint that holds; see that the file is only read."""
    content = path.read_bytes()
    with closing(PartFiles.reopen(PartPlace(path, is_split=False))) as parts:
        newest = parts.newest_intact([checkpoint.saved_files(()) for checkpoint in checkpoints])
    assert path.read_bytes() == content
    return None if newest is None else checkpoints[newest].bytes


def in_use(path: Path) -> None:
    with pytest.raises(RefusedError) as caught:
        PartFile.reopen(path)
    assert caught.value.reason.code == ReasonCode.PART_IN_USE.name
    assert caught.value.reason.facts["part"] == str(path)


def test_while_one_has_it_open_a_second_is_refused_and_afterwards_let_in(path: Path) -> None:
    with closing(PartFile.reopen(path)):
        in_use(path)
        in_use(path)  # being refused does not let the first one's lock go
    with closing(PartFile.reopen(path)) as part:
        part.cut_back(7, checkpoint_at(7).digest)
        in_use(path)
    assert path.read_bytes() == CONTENT[:7]


def test_its_creator_has_it_alone_too(path: Path) -> None:
    path.unlink()
    with closing(PartFile.create(path)) as part:
        in_use(path)
        part.append(b"mine")
    PartFile.reopen(path).close()
    assert path.read_bytes() == b"mine"


def test_being_renamed_does_not_free_it(path: Path) -> None:
    with closing(PartFile.reopen(path)):
        in_use(path.rename(path.with_name("elsewhere")))


@given(place=st.integers(0, len(CONTENT) - 1))
def test_edited_at_any_byte_it_is_intact_up_to_the_checkpoint_before(
    tmp_path_factory: pytest.TempPathFactory, place: int
) -> None:
    path = tmp_path_factory.mktemp("edited") / ".x.0a.part"
    content = bytearray(CONTENT)
    content[place] ^= 1
    path.write_bytes(content)
    assert newest_intact(path) == max((size for size in SIZES if size <= place), default=None)


@given(size=st.integers(0, len(CONTENT)))
def test_shortened_to_any_size_it_is_intact_up_to_the_checkpoint_before(
    tmp_path_factory: pytest.TempPathFactory, size: int
) -> None:
    path = tmp_path_factory.mktemp("shortened") / ".x.0a.part"
    path.write_bytes(CONTENT[:size])
    assert newest_intact(path) == max((saved for saved in SIZES if saved <= size), default=None)


def test_grown_it_is_intact_to_the_newest_checkpoint(path: Path) -> None:
    path.write_bytes(CONTENT + b"more")
    assert newest_intact(path) == len(CONTENT)


def test_of_checkpoints_of_one_size_the_first_that_holds_is_found(path: Path) -> None:
    foreign = checkpoint_at(2_000, b"x" * 2_000)
    assert newest_intact(path, [foreign, checkpoint_at(2_000), checkpoint_at(7)]) == 2_000
    assert newest_intact(path, [foreign, checkpoint_at(7)]) == 7
    assert newest_intact(path, [foreign]) is None
    assert newest_intact(path, []) is None


def test_what_was_found_intact_can_be_cut_back_to_and_written_on(path: Path) -> None:
    path.write_bytes(CONTENT[:3_000])
    assert newest_intact(path) == 2_001
    with closing(PartFile.reopen(path)) as part:
        part.cut_back(2_001, checkpoint_at(2_001).digest)
        part.append(CONTENT[2_001:])
        assert part.digest == hashlib.sha256(CONTENT).hexdigest()
    assert path.read_bytes() == CONTENT


@pytest.mark.parametrize("size", SIZES)
def test_verifying_changes_nothing(path: Path, size: int) -> None:
    with closing(PartFile.reopen(path)) as part:
        assert part.verify(size, checkpoint_at(size).digest).hexdigest() == checkpoint_at(size).digest
        with pytest.raises(RefusedError) as caught:
            part.verify(size, checkpoint_at(size - 1).digest)
        assert caught.value.reason.code == ReasonCode.PART_CHANGED.name
        with pytest.raises(RefusedError) as caught:
            part.verify(len(CONTENT) + size, checkpoint_at(size).digest)
        assert caught.value.reason.code == ReasonCode.PART_TOO_SHORT.name
    assert path.read_bytes() == CONTENT


@pytest.mark.parametrize("block", [1, 1_000, 1 << 20])
@pytest.mark.parametrize("size", [0, 1_000, 1_001, len(CONTENT)])
def test_blocks_are_the_first_bytes_in_pieces(
    path: Path, monkeypatch: pytest.MonkeyPatch, size: int, block: int
) -> None:
    monkeypatch.setattr(part_file, "READ_BYTES", block)
    with closing(PartFile.reopen(path)) as part:
        blocks = list(part.blocks(size))
    assert b"".join(blocks) == CONTENT[:size]
    assert all(0 < len(piece) <= block for piece in blocks)


def test_blocks_of_a_file_that_is_shorter_end_with_it(path: Path) -> None:
    with closing(PartFile.reopen(path)) as part:
        assert b"".join(part.blocks(2 * len(CONTENT))) == CONTENT


def test_renamed_it_has_one_name(path: Path) -> None:
    rename_part(path, path.with_name("new"))
    assert [left.name for left in path.parent.iterdir()] == ["new"]
    assert path.with_name("new").stat().st_nlink == 1


def test_a_kill_never_leaves_it_two_names(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "unlink", killed)  # which gives a linked file's first name up
    rename_part(path, path.with_name("new"))
    assert [left.name for left in path.parent.iterdir()] == ["new"]


def test_renaming_never_takes_somebody_elses_name(path: Path) -> None:
    path.with_name("mine").write_bytes(b"mine")
    with pytest.raises(RefusedError) as caught:
        rename_part(path, path.with_name("mine"))
    assert caught.value.reason.code == ReasonCode.TARGET_EXISTS.name
    assert (path.with_name("mine").read_bytes(), path.read_bytes()) == (b"mine", CONTENT)
