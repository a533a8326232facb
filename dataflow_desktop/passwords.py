"""Passwords of server addresses: in memory for this session; where a person wants it, in the keyring.

They are stored nowhere else. Any thread may call; `password_for`, `forget`, `has_keyring` and `remember` with
`is_kept` may wait for the keyring, which may ask the person to unlock it.
"""

import logging
import re
import threading
from collections.abc import Callable
from typing import TypeVar
from urllib.parse import unquote, unquote_plus

SERVICE = "DataFlow Desktop"
"""Under which name the keyring has the passwords; the user is the address they belong to."""

_RECOMMENDED = 1
"""Backends below this priority keep nothing, or keep it in plain text: keyring.backend.KeyringBackend."""

_URL = re.compile(r"[A-Za-z][A-Za-z0-9+_.-]*://")
_PASSWORD = re.compile(r"([A-Za-z][A-Za-z0-9+_.-]*://[^/?#:@]*):(.*)@")
_PORT = re.compile(r"[A-Za-z][A-Za-z0-9+_.-]*://[^/?#:@]*:[0-9]*(?:[/?#]|$)")
_PASSWORD_OPTIONS = frozenset({"password", "passwd"})
_LOGIN_OPTIONS = frozenset({"user", "host", "hostaddr", "port", "dbname", "service", "unix_socket"})

T = TypeVar("T")

log = logging.getLogger(__name__)

_keyring_lock = threading.Lock()
_session: dict[str, str] = {}
"""By account; each look and each change is one step of the interpreter."""
_heard: dict[str, None] = {}
"""Every password this process was told, also those that were refused: none may be written down."""


def without_password(address: str) -> tuple[str, str | None]:
    """Return a URL without its password, and the password, decoded; None where it has none, as a path has.

    A password among the options counts too. One that was typed with an @, / or ? in it, not encoded, is
    meant as it stands.
    """
    if not _URL.match(address):
        return address, None
    place, mark, options = address.partition("?")
    found = _PASSWORD.match(place)
    if found is None and mark and not _PORT.match(address):
        found = _PASSWORD.match(address)
    if found is not None:
        return f"{found[1]}@{address[found.end() :]}", unquote(found[2])
    left, password = _without_option(options)
    return (place + "?" * bool(left) + left, password) if password is not None else (address, None)


def remember(address: str, password: str, *, is_kept: bool) -> bool:
    """Use `password` for `address` while this program runs, and later too when `is_kept`.

    False when it was to be kept and there is no keyring that does so.
    """
    account = _account(address)
    _heard[password] = None
    _session[account] = password
    return not is_kept or _keep(account, password)


def known_password(address: str) -> str | None:
    """Return the password for `address` that this session knows; None when it knows none."""
    return _session.get(_account(address))


def heard_passwords() -> list[str]:
    """Return every password that this process was ever told, so that it can be taken out of texts."""
    return list(_heard)


def password_for(address: str) -> str | None:
    """Return the password for `address`: this session's, else the keyring's; None when neither has one."""
    account = _account(address)
    if not _URL.match(address) or account in _session:
        return _session.get(account)
    with _keyring_lock:  # or else each lane that connects would let the person be asked to unlock it
        if account not in _session:
            kept = _asked(lambda: _backend_password(account), None)
            if kept is not None:
                _heard[kept] = None
                _session.setdefault(account, kept)
        return _session.get(account)


def unlearn(address: str) -> None:
    """Use this session's password of `address` no more, for it was refused; one in the keyring stays."""
    _session.pop(_account(address), None)


def forget(address: str) -> None:
    """Use the password of `address` no more: it goes from this session and from the keyring."""
    unlearn(address)
    _asked(lambda: _drop(_account(address)), None)


def has_keyring() -> bool:
    """Whether the system has a keyring that keeps passwords safe."""
    return _asked(_is_safe, otherwise=False)


def _account(address: str) -> str:
    """Return what tells one login from another: how long to wait for a server, say, is no part of it."""
    place, _, options = without_password(address)[0].partition("?")
    telling = [option for option in options.split("&") if option.partition("=")[0] in _LOGIN_OPTIONS]
    return f"{place}?{'&'.join(telling)}" if telling else place


def _without_option(options: str) -> tuple[str, str | None]:
    password = None
    left = []
    for option in options.split("&"):
        name, _, value = option.partition("=")
        if name.lower() in _PASSWORD_OPTIONS:
            password = unquote_plus(value)
        else:
            left.append(option)
    return "&".join(left), password


def _keep(account: str, password: str) -> bool:
    def keep() -> bool:
        import keyring

        if not _is_safe():
            return False
        keyring.set_password(SERVICE, account, password)
        return True

    return _asked(keep, otherwise=False)


def _backend_password(account: str) -> str | None:
    import keyring

    return keyring.get_password(SERVICE, account) if _is_safe() else None


def _drop(account: str) -> None:
    import keyring

    if _backend_password(account) is not None:
        keyring.delete_password(SERVICE, account)


def _is_safe() -> bool:
    import keyring

    return keyring.get_keyring().priority >= _RECOMMENDED


def _asked(ask: Callable[[], T], otherwise: T) -> T:
    """Return what the keyring answers, or `otherwise` when it cannot."""
    try:
        return ask()
    except Exception as error:  # noqa: BLE001 - beside KeyringError a backend raises what its system raises
        log.info("the keyring does not answer: %s", type(error).__name__)
        return otherwise
