"""Saved connections: a small file that is whole or was not written, and never lost."""

import json
import os
import stat
import sys
from pathlib import Path

import pytest

from dataflow_desktop.domain.saved_connection import SavedConnection
from dataflow_desktop.errors import DestinationError, ReasonCode
from dataflow_desktop.records.connections import ConnectionStore

SHOP = SavedConnection("shop", "postgresql://ada@host/shop", keeps_password=True)
LOGS = SavedConnection("Logs", "mysql+pymysql://ada@host/logs", keeps_password=False)


@pytest.fixture
def file(home: Path) -> Path:
    return home / "connections.json"


def test_there_are_none_at_first_and_nothing_is_written(file: Path) -> None:
    store = ConnectionStore(file)
    assert store.connections() == []
    assert store.notice is None
    assert not file.parent.exists()


def test_connections_come_back_by_name(file: Path) -> None:
    ConnectionStore(file).save(SHOP)
    ConnectionStore(file).save(LOGS)
    assert ConnectionStore(file).connections() == [LOGS, SHOP]
    assert list(file.parent.iterdir()) == [file]


def test_one_of_the_same_name_is_replaced(file: Path) -> None:
    store = ConnectionStore(file)
    store.save(SHOP)
    other = SavedConnection("shop", "postgresql://eve@host/shop", keeps_password=False)
    store.save(other)
    assert store.connections() == [other]


def test_a_deleted_one_is_gone(file: Path) -> None:
    store = ConnectionStore(file)
    store.save(SHOP)
    store.save(LOGS)
    store.delete(SHOP)
    store.delete(SHOP)
    assert store.connections() == [LOGS]


@pytest.mark.skipif(sys.platform == "win32", reason="rights of POSIX")
def test_nobody_else_may_read_the_file(file: Path) -> None:
    ConnectionStore(file).save(SHOP)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


@pytest.mark.parametrize(
    "content",
    [b"", b"\x00\xff", b"[]", b'{"version": 1}', b'{"version": 1, "connections": [{"name": "x"}]}',
     json.dumps({"version": 2, "connections": []}).encode()],
)  # fmt: skip
def test_what_cannot_be_read_is_put_aside(file: Path, content: bytes) -> None:
    file.parent.mkdir()
    file.write_bytes(content)
    store = ConnectionStore(file)
    assert store.connections() == []
    assert store.notice is not None
    aside = Path(store.notice.facts["file"])
    assert aside.parent == file.parent
    assert aside.read_bytes() == content
    store.save(SHOP)
    assert store.connections() == [SHOP]
    assert aside.read_bytes() == content


def test_a_second_damaged_file_does_not_replace_the_first(file: Path) -> None:
    file.parent.mkdir()
    for content in ("one", "two", "three"):
        file.write_text(content)
        ConnectionStore(file).connections()
    assert sorted(path.read_text() for path in file.parent.iterdir()) == ["one", "three", "two"]


def test_a_file_that_cannot_be_used_is_an_error_with_its_name(file: Path) -> None:
    file.mkdir(parents=True)
    for use in (ConnectionStore(file).connections, lambda: ConnectionStore(file).save(SHOP)):
        with pytest.raises(DestinationError) as caught:
            use()
        assert caught.value.reason.code == ReasonCode.SETTINGS_UNUSABLE.name
        assert str(file) in caught.value.reason.message


def test_a_write_that_fails_leaves_the_old_file(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = ConnectionStore(file)
    store.save(SHOP)

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as context:
        context.setattr(os, "fsync", fail)
        with pytest.raises(DestinationError):
            store.save(LOGS)
    assert store.connections() == [SHOP]
    assert list(file.parent.iterdir()) == [file]
