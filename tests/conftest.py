"""What all tests share: a home of their own, a small product catalogue, Hypothesis without a clock."""

import logging
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import is_hypothesis_test, settings

from dataflow_desktop import passwords
from dataflow_desktop.source.product_catalogue import make_catalogue
from tests.campaign import examples
from tests.program import end_what_was_started

CATALOGUE_ROWS = 1_000

# A busy machine makes single examples slow; that is no failure.
settings.register_profile("tests", deadline=None, max_examples=examples(60))
settings.load_profile("tests")


def pytest_configure() -> None:
    """Let the processes that tests start hear Ctrl+C, also where the tests themselves were told not to."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave out of the coverage what goes the same ways a hundred times: it would take half as long again."""
    for item in items:
        if is_hypothesis_test(getattr(item, "obj", None)):
            item.add_marker("no_cover")


@pytest.fixture(autouse=True)
def no_process_left() -> Iterator[None]:
    """A process that a failing test leaves behind must not disturb the next."""
    yield
    end_what_was_started()


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Where the program keeps its own files in this test; a log that was opened there is closed again."""
    folder = tmp_path / "home"
    monkeypatch.setenv("DATAFLOW_HOME", str(folder))
    yield folder
    close_log()


def close_log() -> None:
    """Take the log's handlers away, and the secrets it hides, as the end of the process would."""
    passwords._heard.clear()
    logger = logging.getLogger("dataflow_desktop")
    for handler in logger.handlers:
        handler.close()
    logger.handlers = []
    logger.propagate = True


@pytest.fixture(scope="session")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A catalogue of 1,000 products; only read it."""
    path = tmp_path_factory.mktemp("catalogue") / "products.db"
    make_catalogue(path, CATALOGUE_ROWS)
    return path
