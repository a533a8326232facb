"""What MySQL, MariaDB and their driver say, as errors of ours."""

from collections.abc import Iterator
from contextlib import contextmanager

import pymysql  # type: ignore[import-untyped]  # it has no types to tell

from dataflow_desktop.errors import ReasonCode, SourceError

# By number: https://dev.mysql.com/doc/mysql-errors/en/server-error-reference.html, from 2000 on the client's:
# https://dev.mysql.com/doc/mysql-errors/en/client-error-reference.html, some from 1900 on and above 4000
# MariaDB's: https://mariadb.com/docs/server/reference/error-codes/mariadb-error-code-reference
_NUMBERS: dict[ReasonCode, tuple[int, ...]] = {
    # Denied by name and password, by host, as locked or expired, or for a way to log in that is not known.
    ReasonCode.LOGIN_REFUSED: (1045, 1129, 1130, 1251, 1524, 1698, 1820, 1862, 2059, 2061, 3118, 4151),
    ReasonCode.DATABASE_UNKNOWN: (1049,),
    ReasonCode.PERMISSION_DENIED: (1044, 1142, 1143, 1227, 1345, 1370),
    # A lock, a deadlock, or the longest time that the server lets a statement run.
    ReasonCode.SOURCE_BUSY: (1205, 1213, 1969, 3024),
    ReasonCode.SOURCE_DAMAGED: (1034, 1035, 1194, 1195, 1712),
    ReasonCode.SERVER_UNREACHABLE: (2002, 2003, 2005, 2026),
    # Gone, shut down, killed, idle for too long, or out of sessions and memory.
    ReasonCode.CONNECTION_LOST: (
        *(0, 1040, 1053, 1077, 1079, 1152, 1158, 1159, 1160, 1161, 1184, 1203, 1226, 1927),
        *(2006, 2013, 2014, 2027, 2055, 3159, 3169, 4031),
    ),
}
_REASONS = {number: code for code, numbers in _NUMBERS.items() for number in numbers}

LOGIN_REFUSED = 1045
NO_ENCRYPTION = 2026


@contextmanager
def turned_errors(address: str, *, is_connecting: bool = False) -> Iterator[None]:
    """Turn what PyMySQL raises inside into SourceError; `is_connecting` while there is no session yet."""
    try:
        yield
    except pymysql.Error as error:
        code = code_of(error, is_connecting=is_connecting)
        raise SourceError(code, source=address, reason=_words(error)) from error
    except UnicodeError as error:  # half a character in a text to search for
        raise SourceError(ReasonCode.QUERY_FAILED, source=address, reason=error) from error
    except RuntimeError as error:  # PyMySQL's, where a way to log in needs another library
        if not is_connecting:
            raise
        raise SourceError(ReasonCode.LOGIN_REFUSED, source=address, reason=error) from error


def code_of(error: Exception, *, is_connecting: bool = False) -> ReasonCode:
    """Return the reason that `error` gives."""
    number = error.args[0] if error.args else None
    if number == LOGIN_REFUSED and "using password: NO" in str(error):
        return ReasonCode.PASSWORD_NEEDED
    code = _REASONS.get(number) if isinstance(number, int) else None
    if code is None and isinstance(error, pymysql.InternalError) and not isinstance(number, int):
        code = ReasonCode.CONNECTION_LOST  # packets out of order
    if code is None:
        return ReasonCode.SERVER_UNREACHABLE if is_connecting else ReasonCode.QUERY_FAILED
    is_lost = is_connecting and code is ReasonCode.CONNECTION_LOST
    return ReasonCode.SERVER_UNREACHABLE if is_lost else code


def asks_for_password(error: Exception) -> bool:
    """Whether a server let nobody in for want of a password, or of a better one."""
    return code_of(error, is_connecting=True) in {ReasonCode.PASSWORD_NEEDED, ReasonCode.LOGIN_REFUSED}


def _words(error: Exception) -> str:
    said = str(error.args[-1]) if error.args else ""
    return (said.strip() or type(error).__name__).splitlines()[0].strip().rstrip(".")
