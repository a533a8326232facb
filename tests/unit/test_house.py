"""The core runs where Qt cannot be imported."""

import subprocess
import sys
from pathlib import Path

import pytest

CORE = ("domain", "source", "formats", "destination", "records", "export", "browse")

BLOCK_QT = """
import sys

class NoQt:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {"PySide6", "shiboken6"}:
            raise ImportError(f"{name} is blocked")

sys.meta_path.insert(0, NoQt())
"""

IMPORT_ALL = """
import importlib, pkgutil

package = importlib.import_module("dataflow_desktop." + sys.argv[1])
for module in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
    importlib.import_module(module.name)
    print(module.name)
"""

RUN_COMMAND = """
from dataflow_desktop.__main__ import main

sys.exit(main())
"""


def run_without_qt(script: str, *arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-c", BLOCK_QT + script, *arguments],
        check=False,
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_the_block_keeps_qt_out() -> None:
    assert "PySide6 is blocked" in run_without_qt("import PySide6").stderr


@pytest.mark.parametrize("package", CORE)
def test_a_core_package_needs_no_qt(package: str) -> None:
    process = run_without_qt(IMPORT_ALL, package)
    assert process.returncode == 0, process.stderr
    assert process.stdout.startswith(f"dataflow_desktop.{package}.")


def test_the_command_line_needs_no_qt(tmp_path: Path) -> None:
    database, target = str(tmp_path / "products.db"), tmp_path / "out.csv"
    for arguments in (
        ("demo", database, "--rows", "10"),
        ("tables", database),
        ("export", database, "products", "-o", str(target)),
        ("jobs",),
        ("verify", str(target)),
        ("resume", "--all"),
    ):
        process = run_without_qt(RUN_COMMAND, *arguments)
        assert process.returncode == 0, process.stderr
    assert target.read_bytes().count(b"\n") == 11
