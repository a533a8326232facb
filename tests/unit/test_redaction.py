"""No secret gets into the log or a report, in whatever words a driver or a traceback says it."""

import json
import logging
import time
from pathlib import Path
from urllib.parse import quote, quote_plus

import psycopg
import pytest
import sqlalchemy as sa
from hypothesis import example, given
from hypothesis import strategies as st

from dataflow_desktop import locations, logs, passwords
from dataflow_desktop.redaction import HIDDEN, redacted, without_home

log = logging.getLogger("dataflow_desktop.somewhere")

SECRET = "hunter2-TOP"

SAID = (
    "postgresql://ada:{}@host:5432/shop",
    "cannot open postgresql+psycopg://ada:{}@host/shop?sslmode=require: refused",
    "mysql://:{}@host",
    "two: postgresql://ada@host/shop and postgresql://bob:{}@host/shop",
    "two: postgresql://bob:{}@host/shop and postgresql://ada:5432@host/shop, mail bob@example.org",
    "postgresql://host/shop?user=ada&password={}&connect_timeout=2",
    "mysql+pymysql://host/shop?passwd={}",
    "odbc://host/?Driver=x;PWD={}",
    "host=host user=ada password={} dbname=shop",
    "host=host user=ada password = '{}' dbname=shop",
    'OperationalError: password="{}"',
    "PGPASSWORD={} psql shop",
    "MYSQL_PWD={}",
    "connect(host='host', password='{}')",
    "{{'user': 'ada', 'password': '{}', 'port': 5432}}",
    '{{"user": "ada", "password": "{}"}}',
    "{{'password': b'{}'}}",
    "Password: {}",
    "ALTER USER ada PASSWORD '{}'",
    "CREATE USER ada IDENTIFIED BY '{}'",
    "sslpassword={}",
    "access_token={}",
    "api_key={}",
    "client_secret: nothing, client_secret={}",
    "password='{} without an end",
)


@pytest.mark.parametrize("said", SAID)
def test_what_looks_like_a_secret_is_taken_out(said: str) -> None:
    text = redacted(f"before {said.format(SECRET)}\nafter")
    assert SECRET not in text
    assert HIDDEN in text
    assert text.startswith("before ")
    assert text.endswith("\nafter")


@pytest.mark.parametrize(
    "harmless",
    [
        "postgresql://ada@host:5432/shop",
        "cannot reach postgresql://host:5432/shop: user bob@example.org is not known",
        "password authentication failed for user ada",
        "Access denied for user 'bob'@'host' (using a password)",
        "sqlite:///C:/data/shop.db",
        "the run begins at row 10 of 20",
        "12:30:01 done: 5 rows",
    ],
)
def test_what_is_no_secret_stays(harmless: str) -> None:
    assert redacted(harmless) == harmless


LETTERS = st.characters(min_codepoint=33, exclude_categories=["Cs", "Cc", "Zs", "Zl", "Zp"])


@given(secret=st.text(LETTERS, min_size=1))
@example(secret="a@b")
@example(secret="5432/x")
@example(secret="://x:")
def test_any_password_in_a_url_is_taken_out_however_it_is_spelled(secret: str) -> None:
    for spelled in (secret, quote(secret, safe=""), quote_plus(secret)):
        text = redacted(f"x postgresql://ada:{spelled}@host/shop\ny")
        assert text == "x postgresql://ada:***@host/shop\ny"


@given(secret=st.text(LETTERS | st.just(" "), min_size=1).filter(lambda text: bool(text.strip())))
def test_a_password_that_the_program_knows_is_taken_out_of_anything(secret: str) -> None:
    passwords._heard.clear()
    passwords.remember("postgresql://ada@host/known", secret, is_kept=False)
    for spelled in (secret, quote(secret, safe=""), quote_plus(secret), repr(secret), json.dumps(secret)):
        text = redacted(f"§ {spelled} §")
        assert secret not in text.replace("§", "").replace(HIDDEN, "").strip() or secret in " '\""
    passwords._heard.clear()


def test_the_longer_one_of_two_known_passwords_leaves_no_rest() -> None:
    for number, secret in enumerate(("hunter", "hunter-and-more")):
        passwords.remember(f"postgresql://ada@host/{number}", secret, is_kept=False)
    assert redacted("hunter-and-more") == HIDDEN


def test_a_refused_password_stays_a_secret() -> None:
    passwords.remember("postgresql://ada@host/shop", SECRET, is_kept=False)
    passwords.unlearn("postgresql://ada@host/shop")
    assert SECRET not in redacted(f"refused: {SECRET}")


def test_a_password_of_the_environment_is_a_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PGPASSWORD", SECRET)
    assert redacted(f"tried {SECRET}") == f"tried {HIDDEN}"


def test_errors_of_drivers_and_tracebacks_get_into_the_log_without_secrets() -> None:
    logs.log_to_file()
    log.info("opened %s", f"postgresql://ada:{SECRET}@host/shop")
    driver_error = psycopg.OperationalError(f"no way to mysql://ada:{SECRET}@host/shop")
    error = sa.exc.OperationalError("SELECT", {"password": SECRET}, driver_error)
    error.__cause__ = driver_error
    log.error("unexpected", exc_info=error)
    text = locations.log_path().read_text(encoding="utf-8")
    assert "no way to mysql://ada:***@host/shop" in text
    assert "direct cause" in text
    assert SECRET not in text


@pytest.mark.parametrize("piece", ["x", "password", "://u:", "'", "password='", "a=", "://"])
def test_a_long_line_costs_no_more_than_its_length(piece: str) -> None:
    line = piece * (200_000 // len(piece))
    begin = time.process_time()
    redacted(line)
    assert time.process_time() - begin < 5


def test_the_home_folder_becomes_a_tilde(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    home = tmp_path / "ada.lovelace"
    monkeypatch.setattr(Path, "home", lambda: home)
    text = without_home(f'File "{home}/x.py", {home} and {home}-else and {str(home)!r}')
    assert text == f"File \"~/x.py\", ~ and {home}-else and '~'"
