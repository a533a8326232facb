"""The address of a database server as its parts, and as one URL.

The options of a URL are those of the servers' own clients where these have one:

==================  ==================================  ==============================================
what                PostgreSQL                          MySQL and MariaDB
==================  ==================================  ==============================================
TLS where offered   (nothing said)                      (nothing said)
TLS required        ``sslmode=require``                 ``ssl=required``
TLS verified        ``sslmode=verify-full``, and        ``ssl_ca=FILE``, or
                    ``sslrootcert=FILE`` or ``system``  ``ssl=verified`` by the system's certificates
connecting, longest ``connect_timeout=SECONDS``         ``connect_timeout=SECONDS``
a local socket      ``host=/FOLDER``                    ``unix_socket=/FILE``
lost connections    ``retry_seconds=SECONDS``           ``retry_seconds=SECONDS``
==================  ==================================  ==============================================

``retry_seconds`` is our own: how long a lost connection is tried again before an export pauses. For
PostgreSQL's, see https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-PARAMKEYWORDS. PyMySQL has
no name for "required", and takes ``ssl_ca`` as the wish to verify.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import parse_qsl, quote, unquote, urlsplit

CONNECT_SECONDS = 10
"""For each address of a server, where its URL says nothing else."""

RETRY_SECONDS = 30
"""How long a source that is locked or lost is asked again, where its URL says nothing else."""

Options = dict[str, str]


class ServerKind(StrEnum):
    """Which servers there are, by the beginning of their URL."""

    POSTGRESQL = "postgresql"
    MYSQL = "mysql+pymysql"


class Encryption(StrEnum):
    """How much a person wants of TLS."""

    AUTOMATIC = "where the server offers it"
    REQUIRED = "always"
    VERIFIED = "always, and only with the very server meant"


DEFAULT_PORTS = {ServerKind.POSTGRESQL: 5432, ServerKind.MYSQL: 3306}

_KINDS = {
    "postgresql": ServerKind.POSTGRESQL,
    "postgres": ServerKind.POSTGRESQL,
    "mysql": ServerKind.MYSQL,
    "mariadb": ServerKind.MYSQL,
}
_SOCKET_OPTIONS = {ServerKind.POSTGRESQL: "host", ServerKind.MYSQL: "unix_socket"}
_SYSTEM_CA = "system"
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9_]*(\+[A-Za-z0-9_]+)?")


@dataclass(frozen=True)
class ServerAddress:
    """One database on a server.

    `host` may be the path of a local socket; `other` are options that are kept as they are.
    """

    kind: ServerKind = ServerKind.POSTGRESQL
    host: str = ""
    port: int | None = None
    database: str = ""
    user: str = ""
    encryption: Encryption = Encryption.AUTOMATIC
    ca_file: str = ""
    connect_seconds: int = CONNECT_SECONDS
    retry_seconds: int = RETRY_SECONDS
    other: tuple[tuple[str, str], ...] = ()

    @property
    def url(self) -> str:
        """The address as one URL, without a password."""
        user = f"{quote(self.user, safe='')}@" if self.user else ""
        port = f":{self.port}" if self.port is not None else ""
        database = quote(self.database, safe="")
        options = (f"{quote(name)}={quote(value, safe='/:')}" for name, value in self._options().items())
        return f"{self.kind}://{user}{self._url_host}{port}/{database}?{'&'.join(options)}"

    @property
    def _is_socket(self) -> bool:
        return self.host.startswith("/")

    @property
    def _url_host(self) -> str:
        if self._is_socket:
            return ""
        return f"[{self.host}]" if ":" in self.host else quote(self.host, safe=",")

    def _options(self) -> Options:
        socket = {_SOCKET_OPTIONS[self.kind]: self.host} if self._is_socket else {}
        seconds = {"connect_timeout": str(self.connect_seconds), "retry_seconds": str(self.retry_seconds)}
        own = {**socket, **self._tls_options(), **seconds}
        return {**own, **{name: value for name, value in self.other if name not in own}}

    def _tls_options(self) -> Options:
        is_postgresql = self.kind is ServerKind.POSTGRESQL
        match self.encryption:
            case Encryption.AUTOMATIC:
                return {}
            case Encryption.REQUIRED:
                return {"sslmode": "require"} if is_postgresql else {"ssl": "required"}
            case Encryption.VERIFIED if is_postgresql:
                return {"sslmode": "verify-full", "sslrootcert": self.ca_file or _SYSTEM_CA}
            case Encryption.VERIFIED:
                return {"ssl_ca": self.ca_file} if self.ca_file else {"ssl": "verified"}


def parse_server_address(url: str) -> ServerAddress | None:
    """Return the parts of a URL without a password; None when it is not one of a server known here.

    Options whose meaning has no part of its own stay as they are.
    """
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError:
        return None
    kind = _KINDS.get(parts.scheme.partition("+")[0])
    if kind is None or not parts.netloc + parts.path or "://" not in url:
        return None
    options = dict(parse_qsl(parts.query, keep_blank_values=True))
    encryption, ca_file = _taken_tls(kind, options)
    return ServerAddress(
        kind=kind,
        host=_taken_socket(kind, options) or _host(parts.netloc),
        port=port,
        database=unquote(parts.path.removeprefix("/")),
        user=unquote(parts.username or ""),
        encryption=encryption,
        ca_file=ca_file,
        connect_seconds=_taken_seconds(options, "connect_timeout", CONNECT_SECONDS),
        retry_seconds=_taken_seconds(options, "retry_seconds", RETRY_SECONDS),
        other=tuple(options.items()),
    )


def is_other_database(url: str) -> bool:
    """Whether `url` is one of a database that has no parts here, and no file of SQLite's."""
    scheme, separator, place = url.strip().partition("://")
    system = scheme.partition("+")[0]
    is_known = system in _KINDS or system == "sqlite"
    return bool(separator and place) and bool(_SCHEME.fullmatch(scheme)) and not is_known


def _host(netloc: str) -> str:
    """Return the host with its letters as typed: urllib makes them small, which surprises in a field."""
    place = netloc.rpartition("@")[2]
    return place[1 : place.index("]")] if place.startswith("[") else unquote(place.partition(":")[0])


def _taken_socket(kind: ServerKind, options: Options) -> str:
    name = _SOCKET_OPTIONS[kind]
    return options.pop(name) if options.get(name, "").startswith("/") else ""


def _taken_seconds(options: Options, name: str, default: int) -> int:
    value = options.get(name, "")
    if not value.isascii() or not value.isdigit():
        return default
    return int(options.pop(name))


def _taken_tls(kind: ServerKind, options: Options) -> tuple[Encryption, str]:
    return _taken_sslmode(options) if kind is ServerKind.POSTGRESQL else _taken_ssl(options)


def _taken_sslmode(options: Options) -> tuple[Encryption, str]:
    match options.get("sslmode"):
        case "verify-full":
            del options["sslmode"]
            ca_file = options.pop("sslrootcert", "")
            return Encryption.VERIFIED, "" if ca_file == _SYSTEM_CA else ca_file
        case "require" if "sslrootcert" not in options:  # with one it is verify-ca: libpq's own rule
            del options["sslmode"]
            return Encryption.REQUIRED, ""
        case "prefer":
            del options["sslmode"]
        case _:
            pass
    return Encryption.AUTOMATIC, ""


def _taken_ssl(options: Options) -> tuple[Encryption, str]:
    wish = options.get("ssl", "").lower()
    if "ssl_ca" in options or wish == "verified":
        options.pop("ssl", None)
        return Encryption.VERIFIED, options.pop("ssl_ca", "")
    if wish in ("required", "true", "1"):
        del options["ssl"]
        return Encryption.REQUIRED, ""
    return Encryption.AUTOMATIC, ""
