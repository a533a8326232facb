"""Passwords live in memory and in the system's keyring, and nowhere else."""

import logging
import threading
from collections.abc import Iterator

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends import fail
from keyring.errors import InitError

from dataflow_desktop import passwords
from dataflow_desktop.passwords import forget, has_keyring, password_for, remember, without_password
from tests.unit.keyrings import MemoryKeyring

ADDRESS = "postgresql://ada@host/shop"


class BrokenKeyring(MemoryKeyring):
    """A keyring whose service went away."""

    def get_password(self, service: str, username: str) -> str | None:
        raise OSError("no bus")

    def set_password(self, service: str, username: str, password: str) -> None:
        raise InitError("no bus")


class PlainKeyring(MemoryKeyring):
    """A keyring that writes into a file anybody can read."""

    priority = 0.5  # type: ignore[assignment]


@pytest.fixture(autouse=True)
def former_keyring(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(passwords, "_session", {})
    former = keyring.get_keyring()
    yield
    keyring.set_keyring(former)


@pytest.fixture
def memory() -> MemoryKeyring:
    backend = MemoryKeyring()
    keyring.set_keyring(backend)
    return backend


def end_session() -> None:
    passwords._session.clear()


@pytest.mark.parametrize(
    ("address", "left", "password"),
    [
        ("/data/shop.db", "/data/shop.db", None),
        ("C:\\data\\a:b@c.db", "C:\\data\\a:b@c.db", None),
        ("data/a:b@c.db", "data/a:b@c.db", None),
        (ADDRESS, ADDRESS, None),
        ("postgresql://ada:s3cret@host/shop", ADDRESS, "s3cret"),
        ("postgresql://ada:@host/shop", ADDRESS, ""),
        ("postgresql://ada:p%40ss%3A%2F%25+@host/shop", ADDRESS, "p@ss:/%+"),
        ("postgresql://ada:a@b:c/d@host/shop", ADDRESS, "a@b:c/d"),
        ("postgresql://ada:a?b@host/shop", ADDRESS, "a?b"),
        ("postgresql://:s3cret@host/shop", "postgresql://@host/shop", "s3cret"),
        ("postgresql://a%3Ab:s@host:5432/shop?x=1", "postgresql://a%3Ab@host:5432/shop?x=1", "s"),
        ("postgresql://host:5432/shop?mail=a@b", "postgresql://host:5432/shop?mail=a@b", None),
        ("postgresql://ada:s@host/shop?mail=a@b", "postgresql://ada@host/shop?mail=a@b", "s"),
        ("postgresql://host?mail=a@b", "postgresql://host?mail=a@b", None),
        (
            "postgresql://host/shop?user=ada&password=a%26b+c&x=1",
            "postgresql://host/shop?user=ada&x=1",
            "a&b c",
        ),
        ("mysql+pymysql://ada@[::1]:3306/shop?passwd=s", "mysql+pymysql://ada@[::1]:3306/shop", "s"),
        ("mysql+pymysql://ada:s@[::1]:3306/shop", "mysql+pymysql://ada@[::1]:3306/shop", "s"),
    ],
)
def test_a_password_leaves_its_url_decoded(address: str, left: str, password: str | None) -> None:
    assert without_password(address) == (left, password)


def test_a_password_is_known_for_this_session_only(memory: MemoryKeyring) -> None:
    assert password_for(ADDRESS) is None
    assert remember(ADDRESS, "s3cret", is_kept=False)
    assert password_for(ADDRESS) == "s3cret"
    assert memory.stored == {}
    end_session()
    assert password_for(ADDRESS) is None


def test_a_kept_password_is_known_in_the_next_session(memory: MemoryKeyring) -> None:
    assert has_keyring()
    assert remember(ADDRESS, "s3cret", is_kept=True)
    assert memory.stored == {("DataFlow Desktop", ADDRESS): "s3cret"}
    end_session()
    assert password_for(ADDRESS) == "s3cret"


def test_a_forgotten_password_is_gone_from_both_places(memory: MemoryKeyring) -> None:
    remember(ADDRESS, "s3cret", is_kept=True)
    forget(ADDRESS)
    forget(ADDRESS)
    assert password_for(ADDRESS) is None
    assert memory.stored == {}


def test_this_session_comes_before_the_keyring(memory: MemoryKeyring) -> None:
    remember(ADDRESS, "kept", is_kept=True)
    remember(ADDRESS, "typed", is_kept=False)
    assert password_for(ADDRESS) == "typed"
    end_session()
    assert password_for(ADDRESS) == "kept"


def test_options_that_say_nothing_of_the_login_do_not_lose_its_password(memory: MemoryKeyring) -> None:
    remember(f"{ADDRESS}?connect_timeout=10&sslmode=require", "s3cret", is_kept=True)
    assert password_for(f"{ADDRESS}?connect_timeout=20") == "s3cret"
    assert password_for(f"{ADDRESS}?host=/run") is None
    assert password_for("postgresql://eve@host/shop") is None


@pytest.mark.parametrize("backend", [fail.Keyring, BrokenKeyring, PlainKeyring])
def test_without_a_safe_keyring_a_password_lasts_for_the_session(backend: type[KeyringBackend]) -> None:
    keyring.set_keyring(backend())  # type: ignore[no-untyped-call, unused-ignore]
    assert not remember(ADDRESS, "s3cret", is_kept=True)
    assert password_for(ADDRESS) == "s3cret"
    forget(ADDRESS)
    assert password_for(ADDRESS) is None


@pytest.mark.parametrize("backend", [fail.Keyring, PlainKeyring])
def test_what_keeps_nothing_or_keeps_it_in_plain_text_is_no_keyring(backend: type[KeyringBackend]) -> None:
    keyring.set_keyring(backend())  # type: ignore[no-untyped-call, unused-ignore]
    assert not has_keyring()


def test_the_path_of_a_file_asks_no_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "_backend_password", lambda _: "never")
    assert password_for("/data/shop.db") is None


def test_a_failing_keyring_is_logged_without_the_password(caplog: pytest.LogCaptureFixture) -> None:
    keyring.set_keyring(BrokenKeyring())
    with caplog.at_level(logging.DEBUG):
        remember(ADDRESS, "s3cret", is_kept=True)
    assert "InitError" in caplog.text
    assert "s3cret" not in caplog.text


def test_the_keyring_is_asked_once_however_many_lanes_connect(
    memory: MemoryKeyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    remember(ADDRESS, "s3cret", is_kept=True)
    end_session()
    asked: list[str] = []
    both = threading.Barrier(4)
    real = passwords._backend_password
    found: list[str | None] = []

    def ask(account: str) -> str | None:
        asked.append(account)
        return real(account)

    monkeypatch.setattr(passwords, "_backend_password", ask)

    def connect() -> None:
        both.wait(10)
        found.append(password_for(ADDRESS))

    lanes = [threading.Thread(target=connect) for _ in range(4)]
    for lane in lanes:
        lane.start()
    for lane in lanes:
        lane.join()
    assert found == ["s3cret"] * 4
    assert asked == [ADDRESS]


def test_many_threads_may_remember_at_once(memory: MemoryKeyring) -> None:
    def work(number: int) -> None:
        for turn in range(200):
            address = f"postgresql://u{number}@host/{turn}"
            remember(address, f"{number} {turn}", is_kept=False)
            assert password_for(address) == f"{number} {turn}"

    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(passwords._session) == 1600
