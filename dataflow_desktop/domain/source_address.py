"""Where a database is: the path of a file or a URL, and how it is shown to people."""

import re
from pathlib import Path
from urllib.parse import unquote

_URL = re.compile(r"[A-Za-z][A-Za-z0-9+_.-]*://")
_PASSWORD = re.compile(r"^([A-Za-z][A-Za-z0-9+_.-]*://[^/?#:@]*):.*@")
_SECRET_OPTION = re.compile(r"(?i)([?&][^=&]*(?:pass|pwd|secret|token|key)[^=&]*)=[^&#]*")
_SERVER = re.compile(r"^[A-Za-z][A-Za-z0-9+_.-]*://(?:[^/?#]*@)?([^/?#]*)/?([^?#]*)")
_SECRET_IN_PLAIN = re.compile(r"(?i)[?&][^=&]*(?:pass|pwd|secret|token)[^=&]*=[^&#]")

_URL = re.compile(r"[A-Za-z][A-Za-z0-9+_.-]*://")
_FILE_URL = re.compile(r"((?:sqlite|duckdb)(?:\+[a-z0-9_]+)?:///)([^/?#:][^?#]*)")


def absolute_address(address: str, folder: Path) -> str:
    """Return `address` so that it means the same in any working folder; a path counts from `folder`."""
    if not _URL.match(address):
        return str(folder / _expanded(Path(address)))
    url = _FILE_URL.match(address)
    return f"{url[1]}{folder / url[2]}{address[url.end() :]}" if url is not None else address


def _expanded(path: Path) -> Path:
    try:
        return path.expanduser()
    except RuntimeError:  # a ~ that stands for nobody's home is part of a name
        return path


def is_path(address: str) -> bool:
    """Whether `address` is no URL: the path of a SQLite file."""
    return not _URL.match(address)


def without_secrets(address: str) -> str:
    """Return `address` for the eye: a URL without its password, and without secrets among its options.

    Also of what only looks like a URL: whoever mistyped it still meant the password as one.
    """
    return _SECRET_OPTION.sub(r"\1=…", _PASSWORD.sub(r"\1@", address))


def holds_secret(address: str) -> bool:
    """Whether a URL holds what must not be written down: a password, or an option that is one by its name.

    The path of a key is none.
    """
    return bool(_PASSWORD.match(address) or _SECRET_IN_PLAIN.search(address))


def without_options(address: str) -> str:
    """Return `address` for the eye where room is scarce: a URL without its secrets and options."""
    shown = without_secrets(address)
    return shown.partition("?")[0] if _SERVER.match(shown) else shown


def name_of(address: str) -> str:
    """Return what a source is called in a title: the file's name, or its database and server."""
    server = _SERVER.match(without_secrets(address))
    if server is None:
        return address.replace("\\", "/").rsplit("/", 1)[-1]
    host, database = server[1], unquote(server[2])
    return f"{database} – {host}" if database and host else database or host
