"""A job store, a place for files, and what an undisturbed export gives."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from dataflow_desktop.destination import job_lock
from dataflow_desktop.domain.export_spec import ExportSpec
from dataflow_desktop.records.job_store import JobStore
from dataflow_desktop.source.product_catalogue import make_catalogue
from tests.unit.exports import job_store, new_job, run_to_end, spec_for

FEW_ROWS = 40


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give up on a held lock at once: nobody here lets it go by waiting."""
    monkeypatch.setattr(job_lock, "WAIT_SECONDS", 0.001)


@pytest.fixture
def store() -> Iterator[JobStore]:
    with job_store() as store:
        yield store


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where targets go, and nothing else."""
    folder = tmp_path / "out"
    folder.mkdir()
    return folder


@pytest.fixture
def target(folder: Path) -> Path:
    return folder / "products.csv"


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A catalogue of 40 products that the test may change."""
    path = tmp_path / "few.db"
    make_catalogue(path, FEW_ROWS)
    return path


@pytest.fixture
def spec(source: Path, target: Path) -> ExportSpec:
    """The wish for all 40 products: four chunks, each with a checkpoint."""
    return spec_for(source, target)


@pytest.fixture
def undisturbed(store: JobStore, source: Path, tmp_path: Path) -> bytes:
    """The bytes of the same export, never stopped."""
    reference = tmp_path / "reference.csv"
    run_to_end(store, new_job(store, spec_for(source, reference, chunk_rows=None)))
    return reference.read_bytes()
