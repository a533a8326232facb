"""A job store in this test's home."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from dataflow_desktop.records.job_store import JobStore


@pytest.fixture
def path(home: Path) -> Path:
    return home / "jobs.db"


@pytest.fixture
def store(path: Path) -> Iterator[JobStore]:
    with closing(JobStore(path)) as store:
        yield store
