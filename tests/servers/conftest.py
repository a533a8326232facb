"""Servers that run for all tests of a process, and proxies before them."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.servers.mariadb_server import MariadbServer
from tests.servers.own_server import HOST
from tests.servers.postgres_server import PostgresServer
from tests.servers.tcp_proxy import TcpProxy

HERE = Path(__file__).parent


@pytest.hookimpl(tryfirst=True)  # before -m chooses
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark all tests of this folder."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker("servers")


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A PostgreSQL server that runs; leave it so, and make a database of your own in it."""
    with PostgresServer() as server:
        yield server


@pytest.fixture(scope="session")
def mariadb() -> Iterator[MariadbServer]:
    """A MariaDB server that runs; leave it so, and make a database of your own in it."""
    with MariadbServer() as server:
        yield server


@pytest.fixture
def proxy() -> Iterator[Callable[[int], TcpProxy]]:
    """Make a proxy before the server on a port of this machine; it ends with the test."""
    with ExitStack() as stack:
        yield lambda port: stack.enter_context(TcpProxy(HOST, port))
