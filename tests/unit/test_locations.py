"""Places of the program's own files."""

from pathlib import Path

import pytest

from dataflow_desktop import locations, logs


def test_all_places_lie_below_the_home_that_is_set(home: Path) -> None:
    places = (
        locations.data_folder(),
        locations.settings_folder(),
        locations.log_path(),
        locations.job_store_path(),
        locations.catalogue_path(),
    )
    assert all(place.is_relative_to(home) for place in places)
    assert not home.exists()


def test_without_a_home_the_places_are_the_platforms(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("DATAFLOW_HOME")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    assert not locations.job_store_path().is_relative_to(tmp_path / "home")
    assert locations.job_store_path().is_absolute()


def test_a_home_is_absolute_however_it_was_spelled(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATAFLOW_HOME", "here")
    assert locations.data_folder() == tmp_path / "here"


def test_a_second_log_closes_the_first(home: Path) -> None:
    import logging

    logger = logging.getLogger("dataflow_desktop")
    logs.log_to_file()
    logger.warning("first")
    first = logger.handlers[0]
    assert isinstance(first, logging.FileHandler)
    stream = first.stream
    logs.log_to_file()
    is_closed = stream is None or stream.closed
    first.close()
    assert is_closed
    assert "first" in locations.log_path().read_text(encoding="utf-8")
