"""The command line before servers that want a password."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.servers import mariadb_databases, postgres_databases
from tests.servers.mariadb_server import MariadbServer
from tests.servers.postgres_server import PostgresServer

PASSWORD = "s3cret"


@pytest.fixture(scope="module", params=["postgresql", "mysql"])
def url(request: pytest.FixtureRequest) -> Iterator[str]:
    """The address, without the password, of a server that lets nobody in without it."""
    if request.param == "mysql":
        with MariadbServer(password=PASSWORD) as mariadb:
            mariadb.create_database("shop")
            mariadb.execute(mariadb_databases.PRODUCTS.format(rows=100), database="shop")
            yield f"mysql://root@127.0.0.1:{mariadb.port}/shop"
    else:
        with PostgresServer(password=PASSWORD) as postgres:
            postgres.execute(postgres_databases.PRODUCTS.format(rows=100))
            yield f"postgresql://postgres@127.0.0.1:{postgres.port}/postgres"


def on_a_terminal(home: Path, arguments: list[str], typed: list[str]) -> tuple[int, str]:
    """Run the program on a terminal where `typed` is typed; return its exit code and what it said."""
    program = [sys.executable, "-m", "dataflow_desktop", *arguments]
    command = " ".join(f"'{word}'" for word in program)
    said = b""
    with subprocess.Popen(
        ["script", "--quiet", "--return", "--command", command, "/dev/null"],
        env={**os.environ, "DATAFLOW_HOME": str(home)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        bufsize=0,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        while piece := process.stdout.read(1_000):
            said += piece
            if piece.endswith(b": ") and typed:
                time.sleep(0.2)  # what is typed before the terminal is quiet is thrown away
                process.stdin.write(f"{typed.pop(0)}\n".encode())
    return process.returncode, said.decode()


def test_a_password_is_asked_for_until_it_is_right_and_kept_nowhere(
    url: str, home: Path, tmp_path: Path
) -> None:
    target = tmp_path / "p.csv"
    code, said = on_a_terminal(home, ["export", url, "products", "-o", str(target)], ["wrong", PASSWORD])
    assert code == 0, said
    assert said.count("Password for") == 2
    assert "refused the login" in said
    assert target.read_bytes().count(b"\n") == 101
    kept = [path for path in tmp_path.rglob("*") if path.is_file()]  # the home is below it
    assert [path for path in kept if home in path.parents]
    assert not [path for path in kept if PASSWORD.encode() in path.read_bytes()]


def test_without_a_terminal_it_ends_with_3(url: str, home: Path) -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "dataflow_desktop", "tables", url],
        check=False,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        env={**os.environ, "DATAFLOW_HOME": str(home)},
        text=True,
        timeout=60,
    )
    assert ended.returncode == 3
    assert "asks for a password" in ended.stderr
