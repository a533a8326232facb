"""Takes one safeguard out of the program at run time, to see that the tests would miss it.

By hand, with what `power_cut` takes behind the name of the mutant:
`python -m tests.crash.mutants MUTANT STEP MOMENT NUMBER DISKS ARGUMENTS...`.
"""

import hashlib
import os
import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.crash.power_cut import is_folder, is_part, run_by_hand

UNMUTATED = "none"


def mutate(mutant: str) -> None:
    """Take the safeguard out that `mutant` names."""
    # All modules are there before a name in one of them is changed.
    import dataflow_desktop.cli.commands  # noqa: F401 - as above

    MUTANTS[mutant]()


def no_sync_of_the_part() -> None:
    """Let every fsync of a part file, also in the background, do nothing."""
    _let_fsync_skip(is_part)


def no_sync_of_folders() -> None:
    """Let the sync of names do nothing."""
    _let_fsync_skip(is_folder)


def no_sync_of_the_store() -> None:
    """Let SQLite commit without waiting for the disk."""
    import sqlalchemy as sa

    def relaxed(connection: sqlite3.Connection, *_: object) -> None:
        connection.execute("PRAGMA synchronous = OFF")

    # With every use of a connection, for the program sets its own when it opens one.
    sa.event.listen(sa.pool.Pool, "checkout", relaxed)


def no_cut_back() -> None:
    """Leave what lies beyond the checkpoint in the part file."""
    truncate = os.ftruncate

    def spared(descriptor: int, size: int) -> None:
        if not is_part(descriptor):
            truncate(descriptor, size)

    _replace(os, "ftruncate", spared)


def no_prefix_check() -> None:
    """Take the part file for what the checkpoint says, whatever its size and bytes."""
    from dataflow_desktop.destination.part_file import PartFile

    cut_back = PartFile.cut_back

    def trusting(part: PartFile, size: int, _: str) -> None:
        with part.path.open("r+b") as file:
            if part.path.stat().st_size < size:
                file.truncate(size)  # as `ftruncate` does to a file that is too short
            digest = hashlib.sha256(file.read(size)).hexdigest()
        cut_back(part, size, digest)

    _replace(PartFile, "cut_back", trusting)


def checkpoint_before_sync() -> None:
    """Commit the checkpoint first, and make its bytes durable then."""
    from dataflow_desktop.destination.part_file import PartFile
    from dataflow_desktop.records.owned_job import OwnedJob

    make_durable = PartFile.make_durable
    put_off: list[PartFile] = []

    def put_it_off(part: PartFile) -> None:
        put_off.append(part)

    def finish() -> None:
        make_durable(put_off.pop())

    _replace(PartFile, "make_durable", put_it_off)
    for name in ("save", "finalize"):
        _replace(OwnedJob, name, _followed(getattr(OwnedJob, name), finish))


def checkpoint_before_write() -> None:
    """Commit the checkpoint first, and write its bytes then."""
    from dataflow_desktop.records.owned_job import OwnedJob

    write = os.write
    finalize = OwnedJob.finalize
    put_off: list[tuple[int, int, bytes]] = []

    def write_now() -> None:
        while put_off:
            descriptor, position, data = put_off.pop()
            os.pwrite(descriptor, data, position)

    def written_with_the_next(descriptor: int, data: bytes) -> int:
        if not is_part(descriptor):
            return write(descriptor, data)
        write_now()
        put_off.append((descriptor, os.lseek(descriptor, 0, os.SEEK_CUR), bytes(data)))
        return len(data)

    def written_in_the_end(*arguments: Any) -> None:  # noqa: ANN401 - whatever it takes
        write_now()
        finalize(*arguments)

    _replace(os, "write", written_with_the_next)
    _replace(OwnedJob, "finalize", written_in_the_end)


def done_before_publishing() -> None:
    """Say DONE before the target has its name."""
    from dataflow_desktop.domain.job import JobState
    from dataflow_desktop.records.owned_job import OwnedJob

    finalize = OwnedJob.finalize

    def ended_too_early(owned: OwnedJob, *arguments: Any) -> None:  # noqa: ANN401 - whatever it takes
        finalize(owned, *arguments)
        owned.enter(JobState.DONE)

    _replace(OwnedJob, "finalize", ended_too_early)


def published_over_anything() -> None:
    """Let the target have its name whoever has it already."""

    from dataflow_desktop.destination import publishing

    _replace(publishing, "_rename_exclusively", Path.replace)


MUTANTS: dict[str, Callable[[], None]] = {
    UNMUTATED: lambda: None,
    **{
        mutant.__name__: mutant
        for mutant in (
            no_sync_of_the_part,
            no_sync_of_folders,
            no_sync_of_the_store,
            no_cut_back,
            no_prefix_check,
            checkpoint_before_sync,
            checkpoint_before_write,
            done_before_publishing,
            published_over_anything,
        )
    },
}


def _let_fsync_skip(is_meant: Callable[[int], bool]) -> None:
    sync = os.fsync

    def skipping(descriptor: int) -> None:
        if not is_meant(descriptor):
            sync(descriptor)

    _replace(os, "fsync", skipping)


def _followed(commit: Callable[..., None], finish: Callable[[], None]) -> Callable[..., None]:
    def followed(*arguments: Any) -> None:  # noqa: ANN401 - whatever it takes
        commit(*arguments)
        finish()

    return followed


def _replace(owner: object, name: str, function: Callable[..., object]) -> None:
    setattr(owner, name, function)


if __name__ == "__main__":
    mutate(sys.argv[1])
    sys.exit(run_by_hand(sys.argv[2:]))
