"""A PostgreSQL server of the tests' own."""

import signal
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

import psycopg

from tests.servers.own_server import HOST, OwnServer, Rows, wait_until

BEST_LOCALES = ("en_US.utf8", "C.utf8", "C")
"""One that sorts as people do where there is one: text then has another order than its bytes."""

SETTINGS = {
    "listen_addresses": HOST,
    "unix_socket_directories": "",
    "lc_messages": "C",
    "fsync": "off",  # a killed process loses nothing by that, only a machine would
    "shared_buffers": "16MB",
    "max_connections": "40",
}


class Backend(NamedTuple):
    """A connection, as the server sees it; `query` is the last one when `state` is `idle`."""

    pid: int
    state: str | None
    query: str


class PostgresServer(OwnServer):
    """A cluster in UTF-8 with the superuser `user`; with a `password` it asks for it (SCRAM).

    One that `is_encrypted` lets nobody in without TLS, and has a certificate of its own, for `localhost`.
    """

    users = ("postgres", "nobody")

    def __init__(
        self,
        *,
        locale: str | None = None,
        user: str = "postgres",
        password: str | None = None,
        settings: Mapping[str, str] | None = None,
        is_encrypted: bool = False,
    ) -> None:
        super().__init__("postgres")
        self.is_encrypted = is_encrypted
        self.locale = locale or best_locale()
        self.user = user
        self.password = password
        self.settings = {**SETTINGS, **(settings or {})}

    def url(
        self,
        database: str = "postgres",
        *,
        user: str | None = None,
        password: str | None = None,
        port: int | None = None,
    ) -> str:
        """Return the address of a database; with the `port` of a proxy, the way through it."""
        secret = password or (self.password if user is None else None)
        who = quote(user or self.user, safe="") + (f":{quote(secret, safe='')}" if secret else "")
        return f"postgresql://{who}@{HOST}:{port or self.port}/{quote(database, safe='')}"

    def connect(self, database: str = "postgres") -> "psycopg.Connection[tuple[object, ...]]":
        """Open a connection that commits by itself; the caller closes it."""
        # A URL that says nothing of TLS takes it where the server has it.
        return psycopg.connect(self.url(database), autocommit=True, connect_timeout=10)

    def execute(
        self, sql: str, parameters: Sequence[object] | None = None, *, database: str = "postgres"
    ) -> Rows:
        """Run one statement, or several without parameters, and return the rows of the last."""
        with self.connect(database) as connection:
            cursor = connection.execute(sql.encode(), parameters)
            while cursor.nextset():
                pass
            return cursor.fetchall() if cursor.description else []

    def create_database(
        self,
        name: str,
        *,
        template: str = "template0",
        encoding: str | None = None,
        locale: str | None = None,
        icu_locale: str | None = None,
    ) -> str:
        """Create a database and return its address; what is not given is the template's."""
        options = {
            "template": template,
            "encoding": encoding,
            "locale": locale,
            "locale_provider": icu_locale and "icu",
            "icu_locale": icu_locale,
        }
        given = " ".join(f"{option} = '{value}'" for option, value in options.items() if value)
        self.execute(f"CREATE DATABASE {quoted(name)} {given}")
        return self.url(name)

    def drop_database(self, name: str) -> None:
        """Drop a database, whoever is connected to it."""
        self.execute(f"DROP DATABASE IF EXISTS {quoted(name)} WITH (FORCE)")

    def backends(self) -> list[Backend]:
        """Return the connections of clients, without the one that asks."""
        rows = self.execute(
            "SELECT pid, state, query FROM pg_stat_activity"
            " WHERE backend_type = 'client backend' AND pid <> pg_backend_pid() ORDER BY backend_start, pid"
        )
        return [Backend._make(row) for row in rows]

    def end_backends(self) -> None:
        """End every connection from the server's side, and wait until they are gone."""
        self.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()")
        wait_until(lambda: not self.backends())

    def make(self) -> None:
        """Create the cluster."""
        options = ["--encoding=UTF8", f"--locale={self.locale}", f"--username={self.user}", "--no-sync"]
        if self.password is None:
            options.append("--auth=trust")
        else:
            secret = self.folder / "password"
            secret.write_text(self.password)
            self.give_away(secret)
            options += ["--auth=scram-sha-256", f"--pwfile={secret}"]
        self.run(["initdb", *options, f"--pgdata={self.data}"])
        if self.is_encrypted:
            self._make_certificate()

    @property
    def certificate(self) -> Path:
        """The certificate that the server shows."""
        return self.data / "server.crt"

    def _make_certificate(self) -> None:
        key, rules = self.data / "server.key", self.data / "pg_hba.conf"
        what = ["-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"]
        names = ["-addext", "subjectAltName=DNS:localhost"]
        self.run(["openssl", "req", *what, *names, "-keyout", str(key), "-out", str(self.certificate)])
        key.chmod(0o600)
        rules.write_text("hostssl all all all trust\n")
        self.settings |= {"ssl": "on", "ssl_cert_file": str(self.certificate), "ssl_key_file": str(key)}

    def command(self) -> list[str]:
        """Return the call of the postmaster."""
        settings = [f"--{name}={value}" for name, value in self.settings.items()]
        return ["postgres", "-D", str(self.data), "-p", str(self.port), *settings]

    def stop_signal(self, *, immediate: bool) -> signal.Signals:
        """Return that of a fast or an immediate shutdown."""
        return signal.SIGQUIT if immediate else signal.SIGINT

    def can_connect(self) -> bool:
        """Whether a connection is answered."""
        try:
            self.connect().close()
        except psycopg.OperationalError:
            return False
        return True


def best_locale() -> str:
    """Return the best locale in UTF-8 that this system has."""
    listed = subprocess.run(["locale", "-a"], capture_output=True, text=True, check=True).stdout.split()
    return next(locale for locale in BEST_LOCALES if locale in listed)


def quoted(name: str) -> str:
    """Write a name as SQL wants it."""
    return '"' + name.replace('"', '""') + '"'
