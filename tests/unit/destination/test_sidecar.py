"""The sidecar: what was written comes back, up to the first line that is not whole."""

import errno
import os
import stat
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dataflow_desktop.destination.part_names import (
    MOST_NAME_BYTES,
    job_id_in,
    part_path_for,
    sidecar_of,
    sidecar_path_for,
)
from dataflow_desktop.destination.sidecar import Sidecar, discard_sidecar, read_sidecar
from dataflow_desktop.errors import DestinationError, ReasonCode, RefusedError

JOB = "0123456789ab"
LINES = ["the job", '{"a": "ü😀"}', ""]


@pytest.fixture
def part(tmp_path: Path) -> Path:
    return part_path_for(tmp_path / "out.csv", JOB)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the sidecar stands."""
    return sidecar_path_for(tmp_path / "out.csv", JOB)


@pytest.fixture
def written(path: Path) -> bytes:
    """The content of a sidecar of three lines and two more that were appended."""
    with closing(Sidecar.begin(path, LINES)) as sidecar:
        sidecar.append("fourth")
        sidecar.append("fifth")
    return path.read_bytes()


def unknown(part: Path) -> None:
    with pytest.raises(RefusedError) as caught:
        read_sidecar(part)
    assert caught.value.reason.code == ReasonCode.PART_UNKNOWN.name


def test_it_stands_beside_the_part_file_and_is_its_owners_only(
    part: Path, path: Path, written: bytes
) -> None:
    assert path.name == part.name + ".job" == f".out.csv.{JOB}.part.job"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(path.parent.iterdir()) == [path]


def test_all_lines_come_back_by_either_name(part: Path, path: Path, written: bytes) -> None:
    assert read_sidecar(part) == read_sidecar(path) == [*LINES, "fourth", "fifth"]


def test_begun_again_it_has_the_new_lines_only(part: Path, path: Path, written: bytes) -> None:
    with closing(Sidecar.begin(path, ["new"])) as sidecar:
        sidecar.append("newer")
    assert read_sidecar(part) == ["new", "newer"]
    assert list(path.parent.iterdir()) == [path]


def test_nobody_has_it_open_when_it_gets_its_name_as_windows_wants_it(
    part: Path, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace = Path.replace

    def replace_as_on_windows(new: Path, name: Path) -> None:
        if is_open(new):
            raise PermissionError(errno.EACCES, "it is open")
        replace(new, name)

    monkeypatch.setattr(Path, "replace", replace_as_on_windows)
    with closing(Sidecar.begin(path, LINES)) as sidecar:
        sidecar.append("more")
    assert read_sidecar(part) == [*LINES, "more"]


def is_open(path: Path) -> bool:
    """Whether this process has the file at `path` open."""
    for descriptor in range(256):
        with suppress(OSError):
            if os.path.samestat(os.fstat(descriptor), path.stat()):
                return True
    return False


def test_a_line_never_stands_where_another_one_is(part: Path, path: Path) -> None:
    with closing(Sidecar.begin(path, LINES)) as sidecar:
        with path.open("ab") as other:
            other.write(path.read_bytes())
        sidecar.append("last")
    assert read_sidecar(part) == [*LINES, *LINES, "last"]


def test_begun_by_one_that_died_it_is_begun_again(part: Path, path: Path) -> None:
    path.with_suffix(".new").write_text("half a li")
    Sidecar.begin(path, LINES).close()
    assert read_sidecar(part) == LINES
    assert list(path.parent.iterdir()) == [path]


@given(torn=st.integers(1, 6 + 9))
def test_a_torn_last_line_is_not_read(tmp_path_factory: pytest.TempPathFactory, torn: int) -> None:
    target = tmp_path_factory.mktemp("torn") / "out.csv"
    path = sidecar_path_for(target, JOB)
    Sidecar.begin(path, [*LINES, "fifth"]).close()
    path.write_bytes(path.read_bytes()[:-torn])
    assert read_sidecar(part_path_for(target, JOB)) == LINES


@given(data=st.data())
def test_a_flipped_bit_ends_reading_at_its_line(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    target = tmp_path_factory.mktemp("flipped") / "out.csv"
    path = sidecar_path_for(target, JOB)
    lines = ["the job", "second", "third", "fourth"]
    Sidecar.begin(path, lines).close()
    content = bytearray(path.read_bytes())
    place = data.draw(st.integers(0, len(content) - 1))
    content[place] ^= 1 << data.draw(st.integers(0, 7))
    path.write_bytes(content)
    intact = path.read_bytes()[:place].count(b"\n")
    if intact:
        assert read_sidecar(part_path_for(target, JOB)) == lines[:intact]
    else:
        unknown(part_path_for(target, JOB))


@pytest.mark.parametrize("name", ["out.csv", "out.csv.part", f"{JOB}.part", f".out.csv.{JOB}.par", ".x.part"])
def test_what_is_not_named_as_a_part_file_is_unknown(path: Path, written: bytes, name: str) -> None:
    assert job_id_in(name) is None
    path.with_name(name).write_bytes(b"anything")
    unknown(path.with_name(name))


@pytest.mark.parametrize("content", [b"", b"no sidecar\n", b"00000000 wrong sum\n"])
def test_a_sidecar_of_no_whole_line_makes_the_part_file_unknown(
    part: Path, path: Path, content: bytes
) -> None:
    path.write_bytes(content)
    unknown(part)
    assert path.read_bytes() == content


def test_a_part_file_without_sidecar_is_unknown(part: Path, path: Path) -> None:
    part.touch()
    sidecar_path_for(path.with_name("other.csv"), "ba9876543210").touch()
    unknown(part)
    unknown(part.parent / "no folder" / part.name)


def test_a_very_long_name_has_a_sidecar_too(tmp_path: Path) -> None:
    target = tmp_path / ("ü" * (MOST_NAME_BYTES // 2))
    part, path = part_path_for(target, JOB), sidecar_path_for(target, JOB)
    Sidecar.begin(path, LINES).close()
    assert sidecar_of(part) == path
    assert read_sidecar(part) == read_sidecar(path) == LINES
    assert max(len(part.name.encode()), len(path.name.encode())) <= MOST_NAME_BYTES


@pytest.mark.parametrize("suffix", [".job", ".new"])
@pytest.mark.parametrize("is_there", [True, False])
def test_a_symbolic_link_in_its_place_is_not_followed(
    part: Path, path: Path, suffix: str, is_there: bool
) -> None:
    somebodys = path.with_name("somebody.txt")
    if is_there:
        somebodys.write_bytes(b"mine")
    path.with_suffix(suffix).symlink_to(somebodys)
    try:
        with closing(Sidecar.begin(path, LINES)) as sidecar:
            sidecar.append("more")
    except DestinationError:
        assert not path.exists()
    else:
        assert not path.is_symlink()
        assert read_sidecar(part) == [*LINES, "more"]
    assert somebodys.exists() is is_there
    assert not is_there or somebodys.read_bytes() == b"mine"


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda path: path.mkdir(), ReasonCode.FOLDER_NOT_WRITABLE),
        (lambda path: path.parent.rmdir(), ReasonCode.FOLDER_MISSING),
    ],
)
def test_where_it_cannot_stand_is_a_destination_error_and_nothing_is_left(
    tmp_path: Path, make: Callable[[Path], None], code: ReasonCode
) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    path = sidecar_path_for(folder / "out.csv", JOB)
    make(path)
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(DestinationError) as caught:
        Sidecar.begin(path, LINES)
    assert caught.value.reason.code == code.name
    assert sorted(tmp_path.rglob("*")) == before


def test_discarding_removes_it_and_what_was_begun_and_nothing_else(
    part: Path, path: Path, written: bytes
) -> None:
    path.with_suffix(".new").touch()
    part.touch()
    discard_sidecar(path)
    discard_sidecar(path)
    assert list(path.parent.iterdir()) == [part]
