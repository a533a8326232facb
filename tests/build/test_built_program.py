"""The executable works where there is nothing but itself, and has inside what a plain desktop may lack."""

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from dataflow_desktop import __version__
from dataflow_desktop.export.reader_protocol import FILE, READER_ARGUMENT
from tests.build.built_program import BuiltProgram

pytestmark = pytest.mark.timeout(300)

FROM_THE_SYSTEM = re.compile(r"lib(GL|EGL|GLX|OpenGL|GLdispatch|drm|gbm|c|m|dl|pthread|rt|xcb)\.so")
"""What fits the kernel or the graphics card, and so must never come along."""

NEEDED_TO_PAINT = ("libxcb-cursor.so.0", "libxkbcommon-x11.so.0", "libxcb-icccm.so.4", "libxcb-util.so.1")
"""What a plain desktop may lack: https://doc.qt.io/qt-6/linux-requirements.html"""


@pytest.fixture
def display() -> Iterator[str]:
    """The name of a screen that nobody looks at."""
    reading, writing = os.pipe()
    with subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1280x800x24", "-nolisten", "tcp"],
        pass_fds=[writing],
        stderr=subprocess.DEVNULL,
    ) as screen:
        os.close(writing)
        with os.fdopen(reading) as said:
            yield f":{said.readline().strip()}"
        screen.terminate()


def until(is_so: Callable[[], bool], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.05)


def loaded_libraries(process_id: int) -> set[Path]:
    lines = Path(f"/proc/{process_id}/maps").read_text(encoding="utf-8").splitlines()
    return {Path(line.split(maxsplit=5)[5]) for line in lines if ".so" in line}


def test_it_says_its_version(built: BuiltProgram) -> None:
    assert built.run("--version").strip() == f"dataflow-desktop {__version__}"


def test_it_passes_its_smoke_test_without_a_screen(built: BuiltProgram) -> None:
    assert "smoke test passed" in built.run("--smoke-test", QT_QPA_PLATFORM="offscreen")


def test_it_passes_its_smoke_test_on_a_screen(built: BuiltProgram, linux_folder: Path, display: str) -> None:
    assert "smoke test passed" in built.run("--smoke-test", QT_QPA_PLATFORM="xcb", DISPLAY=display)


def test_its_window_loads_nothing_of_another_python(
    built: BuiltProgram, linux_folder: Path, display: str
) -> None:
    process = built.start(DISPLAY=display)
    # The last to come: the catalogue is read once the window is painted.
    until(lambda: any("_sqlite3" in path.name for path in loaded_libraries(process.pid)))
    libraries = loaded_libraries(process.pid)
    assert any(path.name == "libqxcb.so" for path in libraries)
    outside = {path for path in libraries if linux_folder not in path.parents}
    assert [path for path in outside if not str(path).startswith(("/usr/lib/", "/lib/"))] == []
    assert [path for path in outside if "python" in str(path).lower()] == []


def test_an_export_is_read_by_a_reader_process(built: BuiltProgram) -> None:
    built.run("demo", "products.db", "--rows", "100000")
    built.run("export", "products.db", "products", "-o", "products.csv")
    assert "done: 100000 rows" in built.log
    assert "columnar lane" not in built.log  # that it gave up


def test_a_query_of_ones_own_is_understood_and_exported(built: BuiltProgram) -> None:
    built.run("demo", "products.db", "--rows", "10")
    built.run("query", "products.db", "cheap", "SELECT id, name FROM products WHERE id <= 3", "--key", "id")
    built.run("export", "products.db", "cheap", "-o", "cheap.csv")
    assert (built.home / "cheap.csv").read_bytes().count(b"\n") == 4


def test_a_reader_process_ends_with_its_input(built: BuiltProgram) -> None:
    process = built.start(READER_ARGUMENT, FILE)
    assert process.communicate(timeout=60) == ("", "")
    assert process.returncode == 0


def test_what_a_plain_desktop_may_lack_is_inside(linux_folder: Path) -> None:
    inside = linux_folder / "_internal"
    assert [name for name in NEEDED_TO_PAINT if not (inside / name).exists()] == []
    plugin = next(inside.rglob("libqxcb.so"))
    environment = {"LD_LIBRARY_PATH": str(inside)}
    said = subprocess.check_output(["/usr/bin/ldd", plugin], env=environment, text=True)
    assert "not found" not in said
    outside = [line.split()[0] for line in said.splitlines() if "=>" in line and str(inside) not in line]
    # libX11 and its kin: every screen that speaks X has them.
    assert [name for name in outside if "xcb-" in name or "xkb" in name or "Qt" in name] == []


def test_what_fits_the_graphics_card_stays_outside(linux_folder: Path) -> None:
    names = [path.name for path in linux_folder.rglob("*.so*")]
    assert names
    assert [name for name in names if FROM_THE_SYSTEM.match(name)] == []


def test_keyrings_are_found_by_their_entry_points(linux_folder: Path) -> None:
    [entries] = linux_folder.glob("_internal/keyring-*.dist-info/entry_points.txt")
    assert "SecretService" in entries.read_text(encoding="utf-8")


def test_licences_of_what_is_inside_are_there(linux_folder: Path) -> None:
    licences = linux_folder / "_internal" / "licences"
    listed = (licences / "LICENCES.txt").read_text(encoding="utf-8")
    for part in ("PySide6_Essentials", "polars", "SQLAlchemy", "psycopg", "adbc-driver-postgresql", "Python"):
        assert re.search(rf"^{part}\b.*: .+$", listed, re.MULTILINE), part
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in (licences / "LGPL-3.0.txt").read_text(encoding="utf-8")


def test_it_can_be_moved(built: BuiltProgram, linux_folder: Path, tmp_path: Path) -> None:
    moved = shutil.copytree(linux_folder, tmp_path / "élsewhere with spaces", symlinks=True)
    try:
        output = BuiltProgram(built.home, moved / "DataFlow").run("--version")
    finally:
        shutil.rmtree(moved)
    assert __version__ in output


def test_this_python_is_not_the_one_inside(linux_folder: Path) -> None:
    assert not Path(sys.prefix).is_relative_to(linux_folder)
