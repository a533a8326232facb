"""Programs of the system are started as the system would, also by our executable."""

import os
import sys

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from dataflow_desktop.ui.desktop import open_path

PLACES = {"LD_LIBRARY_PATH": "/ours", "QT_PLUGIN_PATH": "/ours/plugins", "QML2_IMPORT_PATH": "/ours/qml"}


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, str]]:
    """What a program that is opened would be told of libraries."""
    seen: list[dict[str, str]] = []

    def note(url: QUrl) -> bool:
        seen.append({name: os.environ[name] for name in PLACES if name in os.environ})
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", note)
    for name, value in PLACES.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("LD_LIBRARY_PATH_ORIG", raising=False)
    return seen


def ours() -> dict[str, str]:
    return {name: os.environ[name] for name in PLACES}


def test_the_executable_keeps_its_libraries_to_itself(
    monkeypatch: pytest.MonkeyPatch, told: list[dict[str, str]]
) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert open_path("/a.csv")
    assert told == [{}]
    assert ours() == PLACES


def test_what_a_person_set_is_passed_on(monkeypatch: pytest.MonkeyPatch, told: list[dict[str, str]]) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setenv("LD_LIBRARY_PATH_ORIG", "/theirs")
    assert open_path("/a.csv")
    assert told == [{"LD_LIBRARY_PATH": "/theirs"}]
    assert ours() == PLACES


def test_from_source_the_environment_is_passed_on(told: list[dict[str, str]]) -> None:
    assert open_path("/a.csv")
    assert told == [PLACES]
