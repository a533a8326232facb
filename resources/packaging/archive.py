"""Packs what build.spec made into one file to hand on, and holds both to their sizes.

`python -m resources.packaging.archive` packs; with --only-measure it measures the folder only.
"""

import os
import platform
import shutil
import subprocess
import sys
import tarfile
import time
from pathlib import Path

from dataflow_desktop import __version__

DIST = Path(__file__).resolve().parents[2] / "dist"
FOLDER = DIST / "DataFlow"

MOST_FOLDER_BYTES = 330_000_000
MOST_ARCHIVE_BYTES = 110_000_000


def main(arguments: list[str]) -> int:
    """Pack and measure; 1 when something is too large."""
    is_small = _measured(FOLDER, _bytes_in(FOLDER), MOST_FOLDER_BYTES)
    if "--only-measure" not in arguments:
        started = time.monotonic()
        archive = _pack()
        print(f"packed in {time.monotonic() - started:.0f} s", file=sys.stderr)
        is_small &= _measured(archive, archive.stat().st_size, MOST_ARCHIVE_BYTES)
    return 0 if is_small else 1


def _measured(path: Path, size: int, most: int) -> bool:
    verdict = "" if size <= most else ": too large"
    print(f"{path.name}: {size / 1e6:.0f} MB of at most {most / 1e6:.0f} MB{verdict}", file=sys.stderr)
    return size <= most


def _bytes_in(folder: Path) -> int:
    return sum(path.lstat().st_size for path in folder.rglob("*") if not path.is_dir())


def _pack() -> Path:
    system = {"linux": "linux", "win32": "windows", "darwin": "macos"}[sys.platform]
    name = f"DataFlow-{__version__}-{system}-{platform.machine().lower()}"
    if system == "linux":
        return _pack_tar_xz(DIST / f"{name}.tar.xz")
    archive = DIST / f"{name}.zip"
    if system == "macos":  # ditto keeps the links in a bundle, and what signs it
        subprocess.run(["ditto", "-c", "-k", "--keepParent", FOLDER.with_suffix(".app"), archive], check=True)
    else:
        shutil.make_archive(str(archive.with_suffix("")), "zip", DIST, FOLDER.name)
    return archive


def _pack_tar_xz(archive: Path) -> Path:
    """Write the folder in the order of its names, with neither times nor owners of this machine.

    `xz` uses all cores, which Python's lzma does not. Its lowest level makes 97 MB in 41 s of one core, the
    usual one 86 MB in five times that.
    """
    with archive.open("wb") as file:
        packer = subprocess.Popen(["xz", "-T0", "-1"], stdin=subprocess.PIPE, stdout=file)
        with tarfile.open(fileobj=packer.stdin, mode="w|", format=tarfile.PAX_FORMAT) as tar:
            for path in [FOLDER, *sorted(FOLDER.rglob("*"))]:
                tar.add(path, str(path.relative_to(DIST)), recursive=False, filter=_neutral)
        packer.communicate()
    if packer.returncode != 0:
        raise OSError(f"xz ended with {packer.returncode}")
    return archive


def _neutral(entry: tarfile.TarInfo) -> tarfile.TarInfo:
    entry.uid = entry.gid = 0
    entry.uname = entry.gname = ""
    entry.mtime = int(os.environ.get("SOURCE_DATE_EPOCH", "0")) or 1_000_000_000
    return entry


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
