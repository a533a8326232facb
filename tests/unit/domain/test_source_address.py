"""What is shown of an address holds no secret."""

import pytest

from dataflow_desktop.domain.source_address import without_secrets


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
