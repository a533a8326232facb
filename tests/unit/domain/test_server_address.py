"""An address as parts and as one URL: the two always say the same."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dataflow_desktop.domain.server_address import (
    Encryption,
    ServerAddress,
    ServerKind,
    is_other_database,
    parse_server_address,
)

POSTGRESQL = ServerAddress(host="db.example.com", port=5433, database="shop", user="ada")
MYSQL = replace(POSTGRESQL, kind=ServerKind.MYSQL)
PLACE = "postgresql://ada@db.example.com:5433/shop"
SECONDS = "connect_timeout=10&retry_seconds=30"


@pytest.mark.parametrize(
    ("address", "url"),
    [
        (POSTGRESQL, f"postgresql://ada@db.example.com:5433/shop?{SECONDS}"),
        (replace(POSTGRESQL, port=None, user=""), f"postgresql://db.example.com/shop?{SECONDS}"),
        (replace(POSTGRESQL, host="::1"), f"postgresql://ada@[::1]:5433/shop?{SECONDS}"),
        (
            replace(POSTGRESQL, host="/run/postgresql"),
            f"postgresql://ada@:5433/shop?host=/run/postgresql&{SECONDS}",
        ),
        (
            replace(POSTGRESQL, encryption=Encryption.REQUIRED),
            f"postgresql://ada@db.example.com:5433/shop?sslmode=require&{SECONDS}",
        ),
        (
            replace(POSTGRESQL, encryption=Encryption.VERIFIED),
            f"postgresql://ada@db.example.com:5433/shop?sslmode=verify-full&sslrootcert=system&{SECONDS}",
        ),
        (
            replace(POSTGRESQL, encryption=Encryption.VERIFIED, ca_file="/etc/ca one.pem"),
            f"{PLACE}?sslmode=verify-full&sslrootcert=/etc/ca%20one.pem&{SECONDS}",
        ),
        (MYSQL, f"mysql+pymysql://ada@db.example.com:5433/shop?{SECONDS}"),
        (
            replace(MYSQL, host="/run/mysqld.sock", port=None),
            f"mysql+pymysql://ada@/shop?unix_socket=/run/mysqld.sock&{SECONDS}",
        ),
        (
            replace(MYSQL, encryption=Encryption.REQUIRED),
            f"mysql+pymysql://ada@db.example.com:5433/shop?ssl=required&{SECONDS}",
        ),
        (
            replace(MYSQL, encryption=Encryption.VERIFIED),
            f"mysql+pymysql://ada@db.example.com:5433/shop?ssl=verified&{SECONDS}",
        ),
        (
            replace(MYSQL, encryption=Encryption.VERIFIED, ca_file="/etc/ca.pem"),
            f"mysql+pymysql://ada@db.example.com:5433/shop?ssl_ca=/etc/ca.pem&{SECONDS}",
        ),
        (
            replace(POSTGRESQL, connect_seconds=3, retry_seconds=0, other=(("application_name", "a&b"),)),
            f"{PLACE}?connect_timeout=3&retry_seconds=0&application_name=a%26b",
        ),
    ],
)
def test_parts_become_a_url_and_parts_again(address: ServerAddress, url: str) -> None:
    assert address.url == url
    assert parse_server_address(url) == address


@pytest.mark.parametrize(
    ("url", "parts"),
    [
        ("postgres://db", ServerAddress(host="db")),
        ("postgresql+psycopg://DB.Example/Shop", ServerAddress(host="DB.Example", database="Shop")),
        ("mariadb+pymysql://db/shop", ServerAddress(ServerKind.MYSQL, "db", database="shop")),
        (" mysql://5:5/x ", ServerAddress(ServerKind.MYSQL, "5", 5, "x")),
        (
            "postgresql://h/d?sslmode=verify-ca&connect_timeout=soon",
            ServerAddress(
                host="h", database="d", other=(("sslmode", "verify-ca"), ("connect_timeout", "soon"))
            ),
        ),
    ],
)
def test_urls_of_other_programs_are_understood(url: str, parts: ServerAddress) -> None:
    assert parse_server_address(url) == parts


@pytest.mark.parametrize(
    "text",
    ["", "shop.db", "/data/shop.db", "sqlite:///shop.db", "oracle://h/d", "postgresql://", "postgresql:h",
     "postgresql://h:port/d", "postgresql://h:99999/d", "mysql://[::1/d"],
)  # fmt: skip
def test_what_is_no_address_of_a_server_is_none(text: str) -> None:
    assert parse_server_address(text) is None


def test_a_wish_for_tls_takes_the_place_of_what_the_url_said() -> None:
    parts = parse_server_address("postgresql://h/d?sslmode=verify-ca")
    assert parts is not None
    assert replace(parts, encryption=Encryption.REQUIRED).url.count("sslmode") == 1


@given(user=st.text(max_size=8), database=st.text(max_size=8), file=st.text(min_size=1, max_size=8))
def test_any_letters_survive_the_url(user: str, database: str, file: str) -> None:
    address = replace(MYSQL, user=user, database=database, encryption=Encryption.VERIFIED, ca_file=file)
    assert parse_server_address(address.url) == address


@pytest.mark.parametrize(
    ("url", "is_other"),
    [
        ("duckdb:///shop.duckdb", True),
        ("oracle+oracledb://ada@host/shop", True),
        ("mssql+pyodbc://host/shop?driver=x", True),
        ("postgresql://host/shop", False),
        ("mariadb+mariadbconnector://host/shop", False),
        ("sqlite:///shop.db", False),
        ("duckdb://", False),
        ("shop.db", False),
        ("/data/shop.db", False),
        ("a b://host", False),
        ("", False),
    ],
)
def test_databases_without_parts_are_told_by_their_url(url: str, is_other: bool) -> None:
    assert is_other_database(url) is is_other
