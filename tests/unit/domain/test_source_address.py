"""What is shown of an address holds no secret."""

import sys
from pathlib import Path

import pytest

from dataflow_desktop.domain.source_address import (
    absolute_address,
    holds_secret,
    name_of,
    without_options,
    without_secrets,
)


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("/data/shop.db", "/data/shop.db"),
        ("C:\\data\\a@b.db", "C:\\data\\a@b.db"),
        ("postgresql://ada@host/db", "postgresql://ada@host/db"),
        ("postgresql://ada:s3cret@host/db", "postgresql://ada@host/db"),
        ("postgresql+psycopg://ada:a@b:c/d@host:5432/db", "postgresql+psycopg://ada@host:5432/db"),
        ("postgresql://:s3cret@host/db", "postgresql://@host/db"),
        ("postgresql://host/db?user=ada&password=s3cret&x=1", "postgresql://host/db?user=ada&password=…&x=1"),
        ("mysql://host/db?ssl_key_passphrase=s3cret", "mysql://host/db?ssl_key_passphrase=…"),
        ("nonsense://ada:s3cret@", "nonsense://ada@"),
    ],
)
def test_passwords_are_left_out(address: str, shown: str) -> None:
    assert without_secrets(address) == shown


@pytest.mark.parametrize(
    ("address", "does"),
    [
        ("/data/shop.db", False),
        ("postgresql://ada@host/db?sslkey=/etc/key.pem&connect_timeout=1", False),
        ("postgresql://ada@host/db?sslpassword=", False),
        ("postgresql://ada:s3cret@host/db", True),
        ("postgresql://ada@host/db?sslpassword=s3cret", True),
        ("mysql://ada@host/db?x=1&auth_token=s3cret", True),
    ],
)
def test_an_address_with_a_secret_is_told_from_one_without(address: str, does: bool) -> None:
    assert holds_secret(address) is does


@pytest.mark.parametrize(
    ("address", "name", "shown"),
    [
        ("/data/shop.db", "shop.db", "/data/shop.db"),
        ("C:\\data\\a?b.db", "a?b.db", "C:\\data\\a?b.db"),
        ("postgresql://ada@h:5433/my%20shop?x=/1", "my shop – h:5433", "postgresql://ada@h:5433/my%20shop"),
        ("postgresql://ada:s3cret@h/shop", "shop – h", "postgresql://ada@h/shop"),
        ("mysql+pymysql://ada@[::1]/", "[::1]", "mysql+pymysql://ada@[::1]/"),
        ("postgresql://ada@/shop?host=/run", "shop", "postgresql://ada@/shop"),
    ],
)
def test_a_source_has_a_name_and_a_short_form_for_the_eye(address: str, name: str, shown: str) -> None:
    assert name_of(address) == name
    assert without_options(address) == shown


@pytest.mark.skipif(sys.platform == "win32", reason="paths of Unix")
@pytest.mark.parametrize(
    ("address", "absolute"),
    [
        ("shop.db", "/here/shop.db"),
        ("../shop.db", "/here/../shop.db"),
        ("/there/shop.db", "/there/shop.db"),
        ("sqlite:///shop.db", "sqlite:////here/shop.db"),
        ("sqlite+pysqlite:///data/shop.db?mode=ro", "sqlite+pysqlite:////here/data/shop.db?mode=ro"),
        ("sqlite:////there/shop.db", "sqlite:////there/shop.db"),
        ("sqlite:///:memory:", "sqlite:///:memory:"),
        ("duckdb:///shop.duckdb", "duckdb:////here/shop.duckdb"),
        ("postgresql:///shop", "postgresql:///shop"),
        ("postgresql://ada:a/b@host/shop", "postgresql://ada:a/b@host/shop"),
        ("~nobody-of-that-name/shop.db", "/here/~nobody-of-that-name/shop.db"),
    ],
)
def test_an_address_is_made_to_mean_the_same_in_any_folder(address: str, absolute: str) -> None:
    assert absolute_address(address, Path("/here")) == absolute
