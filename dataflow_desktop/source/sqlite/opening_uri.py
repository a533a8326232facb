"""How a SQLite file is opened: for reading only, whatever lies on the disk beside it."""

import os
from pathlib import Path


def read_only_uri(path: Path) -> str:
    """Return the URI by which SQLite opens the file at `path` and writes nothing into it.

    A file in WAL mode needs others beside it, which SQLite makes where there are none. On a disk that is
    mounted read-only it cannot, and nobody can change the file there: then it is read without them. Where
    only this program may not write into the folder somebody else might, and SQLite refuses, as it must.
    https://www.sqlite.org/wal.html#read_only_databases
    """
    is_final = _is_mounted_read_only(path) and not path.with_name(f"{path.name}-wal").exists()
    return f"{path.as_uri()}?mode=ro{'&immutable=1' if is_final else ''}"


def _is_mounted_read_only(path: Path) -> bool:
    if not hasattr(os, "statvfs"):  # Windows
        return False
    try:
        return bool(os.statvfs(path).f_flag & os.ST_RDONLY)
    except OSError:
        return False
