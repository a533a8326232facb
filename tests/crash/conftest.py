"""A catalogue, and the bytes that an undisturbed export of it gives."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from dataflow_desktop.source.product_catalogue import make_catalogue
from tests.crash.cut_disk import CutDisk, cut_disk
from tests.crash.forks import ForkedProgram, Forks, forks_ready

SMALL_ROWS = 3_000
LARGE_ROWS = 60_000


@pytest.fixture(scope="session")
def forks() -> Iterator[Forks]:
    """Starts processes of the program quickly."""
    with forks_ready() as forks:
        yield forks


@pytest.fixture
def program(tmp_path: Path, forks: Forks) -> ForkedProgram:
    """The program with an empty home."""
    return ForkedProgram(tmp_path / "home", forks)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[CutDisk]:
    """A disk whose power can be cut; needs root."""
    with cut_disk(tmp_path / "cut") as disk:
        yield disk


@pytest.fixture(scope="session")
def small_catalogue(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A catalogue of a few chunks."""
    path = tmp_path_factory.mktemp("small") / "small.db"
    make_catalogue(path, SMALL_ROWS)
    return path


@pytest.fixture(scope="session")
def large_catalogue(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A catalogue that takes about as long to export as the program takes to start."""
    path = tmp_path_factory.mktemp("large") / "large.db"
    make_catalogue(path, LARGE_ROWS)
    return path


@pytest.fixture(scope="session")
def small_reference(forks: Forks, small_catalogue: Path, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The bytes of an undisturbed export of the small catalogue."""
    return _exported(forks, small_catalogue, tmp_path_factory.mktemp("small_reference"))


@pytest.fixture(scope="session")
def large_reference(forks: Forks, large_catalogue: Path, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The bytes of an undisturbed export of the large catalogue."""
    return _exported(forks, large_catalogue, tmp_path_factory.mktemp("large_reference"))


def _exported(forks: Forks, catalogue: Path, folder: Path) -> bytes:
    target = folder / "reference.csv"
    ForkedProgram(folder / "home", forks).run("export", str(catalogue), "products", "-o", str(target))
    return target.read_bytes()
