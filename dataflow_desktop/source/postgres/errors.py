"""What PostgreSQL and its driver say, as errors of ours."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg

from dataflow_desktop.domain.source_address import without_options
from dataflow_desktop.errors import ReasonCode, SourceError

# By SQLSTATE, a class of them or a single one: https://www.postgresql.org/docs/current/errcodes-appendix.html
_REASONS = {
    "08": ReasonCode.CONNECTION_LOST,
    "53": ReasonCode.CONNECTION_LOST,  # out of sessions, memory or disk
    "57P": ReasonCode.CONNECTION_LOST,  # the server shuts down, or starts
    "28": ReasonCode.LOGIN_REFUSED,
    "3D": ReasonCode.DATABASE_UNKNOWN,
    "42501": ReasonCode.PERMISSION_DENIED,
    "40": ReasonCode.SOURCE_BUSY,  # a standby ended the statement, to go on with what its primary did
    "55P03": ReasonCode.SOURCE_BUSY,
    "XX001": ReasonCode.SOURCE_DAMAGED,
    "XX002": ReasonCode.SOURCE_DAMAGED,
}

# Errors of connecting have no SQLSTATE; what libpq says itself is English, what the server says may not be.
_CONNECTING = {
    "certificate": ReasonCode.ENCRYPTION_FAILED,
    "no encryption": ReasonCode.ENCRYPTION_FAILED,  # pg_hba.conf has no entry for a session without
    "closed the connection unexpectedly": ReasonCode.CONNECTION_LOST,
    "Connection reset": ReasonCode.CONNECTION_LOST,
    "does not support SSL": ReasonCode.ENCRYPTION_FAILED,
    "no password supplied": ReasonCode.PASSWORD_NEEDED,
    "password authentication failed": ReasonCode.LOGIN_REFUSED,
    "authentication failed": ReasonCode.LOGIN_REFUSED,
    "no pg_hba.conf entry": ReasonCode.LOGIN_REFUSED,
    "role": ReasonCode.LOGIN_REFUSED,
    "does not exist": ReasonCode.DATABASE_UNKNOWN,
}


@contextmanager
def turned_errors(address: str, *, is_connecting: bool = False) -> Iterator[None]:
    """Turn what psycopg raises inside into SourceError; `is_connecting` while there is no session yet."""
    try:
        yield
    except psycopg.Error as error:
        code = _code_of(error, is_connecting=is_connecting)
        raise SourceError(code, source=without_options(address), reason=_first_line(error)) from error
    except UnicodeDecodeError as error:  # of a server that does not look at its texts (SQL_ASCII)
        raise SourceError(ReasonCode.TEXT_INVALID, source=without_options(address), reason=error) from error


def asks_for_password(error: psycopg.OperationalError) -> bool:
    """Whether a server let nobody in for want of a password, or of a better one."""
    codes = {ReasonCode.PASSWORD_NEEDED, ReasonCode.LOGIN_REFUSED}
    return _code_of(error, is_connecting=True) in codes


def _code_of(error: psycopg.Error, *, is_connecting: bool) -> ReasonCode:
    state = error.sqlstate
    if state is not None:
        found = (_REASONS[state[:length]] for length in (5, 3, 2) if state[:length] in _REASONS)
        return next(found, ReasonCode.QUERY_FAILED)
    if is_connecting:
        words = str(error)
        return next(
            (code for said, code in _CONNECTING.items() if said in words), ReasonCode.SERVER_UNREACHABLE
        )
    if isinstance(error, psycopg.OperationalError | psycopg.InterfaceError):
        return ReasonCode.CONNECTION_LOST
    return ReasonCode.QUERY_FAILED


def _first_line(error: psycopg.Error) -> str:
    if error.diag.message_primary:
        return error.diag.message_primary.rstrip(".")
    # Of connecting libpq tells each address and what came of it; the last is the server's own word, if any.
    lines = str(error).strip().splitlines() or [type(error).__name__]
    said = next((line for line in reversed(lines) if "failed: " in line), lines[0])
    return said.rpartition("failed: ")[2].removeprefix("FATAL: ").strip().rstrip(".")
