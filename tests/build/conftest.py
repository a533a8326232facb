"""The executable in dist/ as a person has it: without this Python, its packages and its environment."""

import sys
from pathlib import Path

import pytest

from tests.build.built_program import FOLDER, PROGRAM, BuiltProgram

HERE = Path(__file__).parent


@pytest.hookimpl(tryfirst=True)  # before -m chooses
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark all tests of this folder."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker("build")


@pytest.fixture
def built(tmp_path: Path) -> BuiltProgram:
    """The executable, with an empty home of its own."""
    if not PROGRAM.is_file():
        pytest.fail(f"{PROGRAM} is not there: make it with `python3 dev.py build`")
    home = tmp_path / "home of the built program"
    home.mkdir()
    return BuiltProgram(home)


@pytest.fixture
def linux_folder(built: BuiltProgram) -> Path:
    """The folder of the executable, on the only system that these tests know from inside."""
    if sys.platform != "linux":
        pytest.skip("a test for Linux")
    return FOLDER
