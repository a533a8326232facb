"""A store that cannot be read is put aside whole and told; one that only cannot be used now is left alone."""

import errno
import multiprocessing
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import datetime, tzinfo
from itertools import cycle
from multiprocessing.synchronize import Barrier as ProcessBarrier
from pathlib import Path

import pytest

from dataflow_desktop.domain.job import JobState
from dataflow_desktop.errors import DestinationError, ReasonCode, RefusedError
from dataflow_desktop.file_lock import FileLock
from dataflow_desktop.records import job_file
from dataflow_desktop.records.job_store import JobStore
from tests.unit.databases import fetch
from tests.unit.records.jobs import checkpoint_at, job_called

JOBS = 200
PAGE_BYTES = 4096
OPENERS, ROUNDS = 3, 24


def put_garbage(path: Path) -> None:
    path.write_bytes(b"no database at all. " * 1000)


def overwrite_page_in_the_middle(path: Path) -> None:
    pages = path.stat().st_size // PAGE_BYTES
    with path.open("r+b") as file:
        file.seek(pages // 2 * PAGE_BYTES)
        file.write(b"\xa5" * PAGE_BYTES)


def cut_in_half(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])


DAMAGES = [put_garbage, overwrite_page_in_the_middle, cut_in_half]


@pytest.fixture
def path(home: Path) -> Path:
    """A store with many jobs, which nobody has open."""
    path = home / "jobs.db"
    fill(path)
    return path


def fill(path: Path) -> None:
    with closing(JobStore(path)) as store:
        store.add(job_called("first"))
        store.take("first").save(checkpoint_at(1))
    row = fetch(path, "SELECT * FROM jobs")[0]
    with closing(sqlite3.connect(path)) as connection, connection:
        for number in range(JOBS):
            values = (f"job {number}", *row[1:])
            connection.execute(f"INSERT INTO jobs VALUES ({', '.join('?' * len(values))})", values)


def asides(path: Path) -> list[Path]:
    """Return the stores put aside; what SQLite keeps beside one of them is no store."""
    found = path.parent.glob("jobs.db.damaged-*")
    return sorted(aside for aside in found if not aside.name.endswith(("-wal", "-shm")))


def use(store: JobStore, job_id: str) -> None:
    """See that a store keeps a job."""
    store.add(job_called(job_id))
    store.take(job_id).save(checkpoint_at(7))
    assert store.job(job_id).checkpoint == checkpoint_at(7)


def test_a_sound_store_stays_where_it_is(path: Path) -> None:
    with closing(JobStore(path)) as store:
        assert store.moved_aside is None
        assert len(store.jobs()) == JOBS + 1
    assert asides(path) == []


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_store_is_put_aside_with_its_bytes_and_a_new_one_works(
    path: Path, damage: Callable[[Path], None]
) -> None:
    damage(path)
    content = path.read_bytes()
    with closing(JobStore(path)) as store:
        assert [store.moved_aside] == asides(path)
        assert store.jobs() == []
        use(store, "new")
    (aside,) = asides(path)
    assert aside.read_bytes() == content
    with closing(JobStore(path)) as again:
        assert again.moved_aside is None
        assert [job.id for job in again.jobs()] == ["new"]


def damage_with_a_log(path: Path) -> bytes:
    """Leave a damaged store as a program that was killed leaves one; return its log."""
    log = path.with_name("jobs.db-wal")
    with closing(JobStore(path)) as store:  # the log is there as long as somebody has the store open
        store.add(job_called("in the log"))
        last = log.read_bytes()
        (path.parent / "copy").write_bytes(path.read_bytes())
    (path.parent / "copy").replace(path)
    put_garbage(path)
    log.write_bytes(last)
    return last


def test_what_the_damaged_store_had_not_yet_taken_in_goes_with_it(path: Path) -> None:
    last = damage_with_a_log(path)
    with closing(JobStore(path)) as store:
        moved = store.moved_aside
    assert moved is not None
    assert moved.with_name(moved.name + "-wal").read_bytes() == last


def test_two_damaged_stores_of_one_second_are_both_kept(path: Path) -> None:
    contents = {f"damaged {number} ".encode() * 1000 for number in range(3)}
    for content in contents:
        path.write_bytes(content)
        JobStore(path).close()
    assert {aside.read_bytes() for aside in asides(path)} == contents


def test_a_name_for_the_damaged_store_is_nobodys_not_even_of_a_file_beside_one(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Noon(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> "Noon":
            return cls(2026, 3, 14, 12, tzinfo=tz)

    monkeypatch.setattr(job_file, "datetime", Noon)
    first = path.with_name("jobs.db.damaged-20260314-120000")
    first.symlink_to("nowhere")
    first.with_name(f"{first.name}-2-wal").write_bytes(b"somebody's")
    put_garbage(path)
    with closing(JobStore(path)) as store:
        assert store.moved_aside == first.with_name(f"{first.name}-3")
    assert first.is_symlink()
    assert first.with_name(f"{first.name}-2-wal").read_bytes() == b"somebody's"


def test_a_start_that_ends_while_it_puts_the_store_aside_loses_nothing_of_it(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    last = damage_with_a_log(path)
    content = path.read_bytes()

    moved: list[Path] = []

    def ended(file: Path, name: Path) -> None:
        if moved:
            raise PermissionError(errno.EACCES, "the end")
        file.replace(name)
        moved.append(name)

    with monkeypatch.context() as ending:
        ending.setattr(Path, "rename", ended)
        with pytest.raises(DestinationError):
            JobStore(path)
    JobStore(path).close()
    kept = {aside.read_bytes() for aside in path.parent.glob("jobs.db.damaged-*")}
    assert kept >= {content, last}


def test_a_store_that_another_program_is_opening_is_busy_for_longer_than_that_takes(
    path: Path, impatient: None
) -> None:
    put_garbage(path)
    lock = FileLock.acquire(path.with_name("jobs.db.opening"), 1, 0)
    assert lock is not None
    with pytest.raises(DestinationError) as caught:
        JobStore(path)
    assert caught.value.reason.code == ReasonCode.RECORDS_BUSY.name
    assert asides(path) == []
    lock.release()
    JobStore(path).close()


def open_and_use(folder: Path, process: int, start: ProcessBarrier) -> None:
    """Open one damaged store in each round and keep a job there; note what went wrong."""
    problems = []
    for number in range(ROUNDS):
        start.wait(60)
        try:
            with closing(JobStore(folder / str(number) / "jobs.db")) as store:
                use(store, f"of {process}")
        except DestinationError as error:
            problems.append(f"round {number}: {error.reason.message}")
    (folder / f"problems {process}").write_text("\n".join(problems))


def open_at_once(folder: Path) -> list[str]:
    """Let some processes open the store of each round at once; return what went wrong in each process."""
    context = multiprocessing.get_context("spawn")
    start = context.Barrier(OPENERS)
    openers = [
        context.Process(target=open_and_use, args=(folder, number, start)) for number in range(OPENERS)
    ]
    for opener in openers:
        opener.start()
    for opener in openers:
        opener.join(60)
        assert opener.exitcode == 0
    return [(folder / f"problems {process}").read_text() for process in range(OPENERS)]


def has_all(path: Path) -> bool:
    """Whether a sound store stands at `path` in which every process has kept its job."""
    with closing(JobStore(path)) as store:
        jobs = {job.id for job in store.jobs()}
        return store.moved_aside is None and jobs == {f"of {process}" for process in range(OPENERS)}


def test_processes_that_open_a_damaged_store_at_once_lose_nothing(tmp_path: Path, path: Path) -> None:
    rounds = [tmp_path / str(number) / "jobs.db" for number in range(ROUNDS)]
    for damaged, damage in zip(rounds, cycle(DAMAGES), strict=False):
        damaged.parent.mkdir()
        damaged.write_bytes(path.read_bytes())
        damage(damaged)
    contents = [[damaged.read_bytes()] for damaged in rounds]
    assert open_at_once(tmp_path) == [""] * OPENERS
    assert [[aside.read_bytes() for aside in asides(damaged)] for damaged in rounds] == contents
    assert all(map(has_all, rounds))


def test_processes_that_make_a_new_store_at_once_lose_nothing(tmp_path: Path) -> None:
    assert open_at_once(tmp_path) == [""] * OPENERS
    assert all(has_all(tmp_path / str(number) / "jobs.db") for number in range(ROUNDS))


def test_a_store_of_a_newer_program_is_refused_with_its_bytes_unchanged(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 99")
    content = path.read_bytes()
    with pytest.raises(RefusedError) as caught:
        JobStore(path)
    assert caught.value.reason.code == ReasonCode.RECORDS_NEWER.name
    assert path.read_bytes() == content
    assert asides(path) == []


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait for a lock for a moment only."""
    monkeypatch.setattr(job_file, "BUSY_SECONDS", 0.05)


def test_a_store_that_another_program_writes_to_for_long_is_busy_and_works_afterwards(
    path: Path, impatient: None
) -> None:
    with closing(JobStore(path)) as store:
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(DestinationError) as caught:
                store.add(job_called("late"))
            assert caught.value.reason.code == ReasonCode.RECORDS_BUSY.name
            assert store.job("first").state is JobState.PENDING  # looking is not held up
        use(store, "late")


def test_a_store_that_another_program_keeps_to_itself_is_busy_and_not_put_aside(
    path: Path, impatient: None
) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(DestinationError) as caught:
            JobStore(path)
        assert caught.value.reason.code == ReasonCode.RECORDS_BUSY.name
    assert asides(path) == []
    with closing(JobStore(path)) as store:
        assert len(store.jobs()) == JOBS + 1


def test_a_store_locked_between_two_writes_of_its_owner_leaves_the_last_checkpoint(
    path: Path, impatient: None
) -> None:
    with closing(JobStore(path)) as store:
        owned = store.take("first")
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(DestinationError):
                owned.save(checkpoint_at(2))
        assert store.job("first").checkpoint == checkpoint_at(1)
        owned.save(checkpoint_at(3))
        assert [checkpoint.rows for checkpoint in owned.checkpoints()] == [3, 1]
