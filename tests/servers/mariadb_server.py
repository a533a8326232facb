"""A MariaDB server of the tests' own."""

import signal
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

import pymysql  # type: ignore[import-untyped]
from pymysql.constants import CLIENT, ER  # type: ignore[import-untyped]

from tests.servers.own_server import HOST, OwnServer, Rows

OPTIONS = (
    f"--bind-address={HOST}",
    "--skip-name-resolve",
    "--skip-log-bin",
    "--character-set-server=utf8mb4",
    "--innodb-flush-log-at-trx-commit=2",  # a killed process loses nothing by that, only a machine would
    "--innodb-buffer-pool-size=32M",
    "--innodb-log-file-size=16M",
    "--innodb-use-native-aio=0",  # containers often forbid it
    "--max-connections=40",
    "--socket=mariadb.sock",
    "--pid-file=mariadb.pid",
)


class MariadbServer(OwnServer):
    """A server with the superuser `root`, which has a password when one is given, and no database."""

    users = ("mysql", "nobody")

    def __init__(
        self,
        *,
        password: str = "",
        collation: str = "utf8mb4_general_ci",
        options: Sequence[str] = (),
    ) -> None:
        super().__init__("mariadb")
        self.user = "root"
        self.password = password
        self.options = [*OPTIONS, f"--collation-server={collation}", *options]

    def url(
        self,
        database: str = "mysql",
        *,
        user: str | None = None,
        password: str | None = None,
        port: int | None = None,
    ) -> str:
        """Return the address of a database; with the `port` of a proxy, the way through it."""
        secret = password or (self.password if user is None else None)
        who = quote(user or self.user, safe="") + (f":{quote(secret, safe='')}" if secret else "")
        place = f"{HOST}:{port or self.port}/{quote(database, safe='')}"
        return f"mysql+pymysql://{who}@{place}?charset=utf8mb4"

    def connect(self, database: str | None = None, *, password: str | None = None) -> Any:  # noqa: ANN401 - PyMySQL has no types
        """Open a connection that commits by itself and takes several statements; the caller closes it."""
        return pymysql.connect(
            host=HOST,
            port=self.port,
            user=self.user,
            password=self.password if password is None else password,
            database=database,
            charset="utf8mb4",
            autocommit=True,
            connect_timeout=10,
            client_flag=CLIENT.MULTI_STATEMENTS,
        )

    def execute(
        self, sql: str, parameters: Sequence[object] | None = None, *, database: str | None = None
    ) -> Rows:
        """Run one statement or several, and return the rows of the last."""
        with self.connect(database) as connection, connection.cursor() as cursor:
            cursor.execute(sql, parameters)
            while cursor.nextset():
                pass
            return list(cursor.fetchall())

    def create_database(self, name: str) -> str:
        """Create a database and return its address."""
        self.execute(f"CREATE DATABASE {quoted(name)}")
        return self.url(name)

    def drop_database(self, name: str) -> None:
        """Drop a database."""
        self.execute(f"DROP DATABASE IF EXISTS {quoted(name)}")

    def make(self) -> None:
        """Create the system's tables; `root` has no password yet."""
        options = ["--auth-root-authentication-method=normal", "--skip-test-db", "--skip-name-resolve"]
        self.run(["mariadb-install-db", "--no-defaults", *options, f"--datadir={self.data}"])

    def start(self) -> None:
        """Start it, made first when it is new, and wait until it answers."""
        is_new = not self.data.exists()
        super().start()
        if is_new and self.password:
            with self.connect(password="") as connection, connection.cursor() as cursor:
                cursor.execute("SET PASSWORD = PASSWORD(%s)", [self.password])

    def command(self) -> list[str]:
        """Return the call of the server."""
        place = [f"--datadir={self.data}", f"--port={self.port}"]
        return ["mariadbd", "--no-defaults", *place, *self.options]

    def stop_signal(self, *, immediate: bool) -> signal.Signals:
        """Return that of a shutdown; it knows no other immediate one than its death."""
        return signal.SIGKILL if immediate else signal.SIGTERM

    def can_connect(self) -> bool:
        """Whether a connection is answered, if only with a refusal."""
        try:
            self.connect().close()
        except pymysql.err.OperationalError as refusal:
            return bool(refusal.args[0] == ER.ACCESS_DENIED_ERROR)
        return True


def quoted(name: str) -> str:
    """Write a name as the server wants it."""
    return "`" + name.replace("`", "``") + "`"
