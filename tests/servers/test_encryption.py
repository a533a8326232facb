"""A server that speaks TLS only, and certificates that are wrong."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

import pytest

from dataflow_desktop.errors import ReasonCode, SourceError
from dataflow_desktop.export import lanes
from dataflow_desktop.source.opening import open_source
from tests.servers.postgres_databases import PRODUCTS
from tests.servers.postgres_server import PostgresServer
from tests.servers.server_exports import exported, spec_for


@pytest.fixture(scope="module")
def server() -> Iterator[PostgresServer]:
    with PostgresServer(is_encrypted=True) as server:
        server.execute(PRODUCTS.format(rows=2_000))
        yield server


@pytest.fixture
def certificate(server: PostgresServer, tmp_path: Path) -> Path:
    return Path(shutil.copy(server.certificate, tmp_path / "server.crt"))


def address(server: PostgresServer, host: str, options: str) -> str:
    return f"postgresql://postgres@{host}:{server.port}/postgres?{options}"


@pytest.mark.parametrize("few", [0, 10**9], ids=["columnar", "exact"])
@pytest.mark.parametrize("options", ["sslmode=require", "sslmode=verify-full&sslrootcert={certificate}"])
def test_rows_are_exported_over_tls(
    server: PostgresServer, certificate: Path, tmp_path: Path, options: str, few: int
) -> None:
    url = address(server, "localhost", options.format(certificate=certificate))
    with patch.multiple(lanes, FEW_CELLS=few, VERY_FEW_CELLS=few):
        assert exported(spec_for(url, "products", tmp_path / "p.csv")).count(b"\n") == 2_001
    encrypted = server.execute("SELECT bool_and(ssl) FROM pg_stat_ssl JOIN pg_stat_activity USING (pid)")
    assert encrypted == [(True,)]


@pytest.mark.parametrize(
    ("host", "options"),
    [
        ("localhost", "sslmode=disable"),
        ("localhost", "sslmode=verify-full&sslrootcert=system"),
        ("127.0.0.1", "sslmode=verify-full&sslrootcert={certificate}"),
        ("localhost", "sslmode=verify-full&sslrootcert=/nowhere/ca.crt"),
    ],
    ids=["no TLS", "unknown certificate", "another name", "no such file"],
)
def test_what_is_not_as_wished_is_refused_with_the_reason(
    server: PostgresServer, certificate: Path, host: str, options: str
) -> None:
    url = address(server, host, options.format(certificate=certificate))
    with pytest.raises(SourceError) as caught:
        open_source(url).connect()
    assert caught.value.reason.code == ReasonCode.ENCRYPTION_FAILED.name
    words = ("certificate", "no encryption", "/nowhere/ca.crt")
    assert any(word in caught.value.reason.message for word in words)
