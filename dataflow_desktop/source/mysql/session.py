"""One session as PyMySQL has it: text in, rows out; the only place that looks behind that driver's door."""

import socket
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any, cast

import pymysql  # type: ignore[import-untyped]  # it has no types to tell
from pymysql.constants import FIELD_TYPE, FLAG  # type: ignore[import-untyped]
from pymysql.converters import encoders  # type: ignore[import-untyped]
from pymysql.cursors import SSCursor  # type: ignore[import-untyped]

from dataflow_desktop.domain.row_query import Value
from dataflow_desktop.source.connection import Fetching, Row
from dataflow_desktop.source.running import shut_down

_INTEGERS = ("TINY", "SHORT", "INT24", "LONG", "LONGLONG", "YEAR")
_DECODERS = {
    **{getattr(FIELD_TYPE, name): int for name in _INTEGERS},
    FIELD_TYPE.FLOAT: float,
    FIELD_TYPE.DOUBLE: float,
}
"""All else stays the text or the bytes that the server sends: the driver's dates and decimals lose some."""

_KEEPING_ALIVE = {
    # Half a minute without an answer of the network is a lost connection; not every system has each of them.
    "TCP_KEEPIDLE": 10,
    "TCP_KEEPINTVL": 5,
    "TCP_KEEPCNT": 4,
    "TCP_USER_TIMEOUT": 30_000,
}


_BASE_TYPES = {
    FIELD_TYPE.TINY: "tinyint",
    FIELD_TYPE.SHORT: "smallint",
    FIELD_TYPE.INT24: "mediumint",
    FIELD_TYPE.LONG: "int",
    FIELD_TYPE.LONGLONG: "bigint",
    FIELD_TYPE.BIT: "bit",
    FIELD_TYPE.YEAR: "year",
    FIELD_TYPE.FLOAT: "float",
    FIELD_TYPE.DOUBLE: "double",
    FIELD_TYPE.DECIMAL: "decimal",
    FIELD_TYPE.NEWDECIMAL: "decimal",
    FIELD_TYPE.DATE: "date",
    FIELD_TYPE.DATETIME: "datetime",
    FIELD_TYPE.TIMESTAMP: "timestamp",
    FIELD_TYPE.TIME: "time",
    FIELD_TYPE.JSON: "json",
    FIELD_TYPE.GEOMETRY: "geometry",
    FIELD_TYPE.NULL: "varchar",
}
_BINARY = 63
"""The character set of bytes: https://dev.mysql.com/doc/c-api/8.0/en/c-api-data-structures.html"""


@dataclass(frozen=True)
class ResultField:
    """A column of a result: its type by the short name, its digits in all and behind the point."""

    name: str
    base_type: str
    digits: int
    decimals: int


class MysqlSession:
    """A session; every method but `give_up` is for one thread at a time, and raises what PyMySQL does."""

    def __init__(self, arguments: dict[str, Any]) -> None:
        """Open it; until `wait_for_answers` the server has to answer within `connect_timeout`."""
        self._driver = pymysql.connect(
            **arguments,
            read_timeout=arguments["connect_timeout"],  # a server that takes connections and says nothing
            conv={**encoders, **_DECODERS},
        )
        self._is_streaming = False
        self._keep_alive()

    @property
    def number(self) -> int:
        """What the server calls the session."""
        return int(self._driver.thread_id())

    @property
    def is_closed(self) -> bool:
        """Whether the session is closed, or known to be lost."""
        return not self._driver.open

    @property
    def is_encrypted(self) -> bool:
        """Whether nobody on the way can read along."""
        return bool(self._driver._secure)  # noqa: SLF001 - nothing else tells

    @property
    def has_rows_to_come(self) -> bool:
        """Whether the server still works on the rows of `stream`, or waits for somebody to take them."""
        result = self._driver._result  # noqa: SLF001 - it knows whether there are more rows
        return self._driver.open and result is not None and bool(result.unbuffered_active)

    def wait_for_answers(self) -> None:
        """Wait from now on as long as a statement takes."""
        self._driver._read_timeout = None  # noqa: SLF001 - else it could only be set for good

    def rows(self, text: str, values: Sequence[Value] = ()) -> list[Row]:
        """Return all rows of a statement."""
        self._check_idle()
        with self._driver.cursor() as cursor:
            cursor.execute(text, tuple(values))
            return cast("list[Row]", cursor.fetchall())

    def fields(self, text: str, values: Sequence[Value] = ()) -> list[ResultField]:
        """Return what the columns of a statement's result are."""
        with self._driver.cursor() as cursor:
            cursor.execute(text, tuple(values))
            return [_field(field) for field in cursor._result.fields]  # noqa: SLF001 - `description` tells less

    @contextmanager
    def stream(self, text: str, values: Sequence[Value]) -> Iterator[Fetching]:
        """Let the rows of a statement be fetched piece by piece.

        Nothing else can be asked meanwhile. Who leaves early loses the session.
        """
        self._check_idle()
        cursor = self._driver.cursor(SSCursor)
        self._is_streaming = True
        try:
            cursor.execute(text, tuple(values))
            yield cursor
        finally:
            self._is_streaming = False
            self._end(cursor)

    def _check_idle(self) -> None:
        if self._is_streaming:
            raise RuntimeError("the rows that are still to come would be dropped")

    def close(self) -> None:
        """Close the session, which may be lost already."""
        with suppress(pymysql.Error):
            self._driver.close()

    def give_up(self) -> None:
        """Let whoever waits for the session hear at once that it is lost; from any thread."""
        connected = self._driver._sock  # noqa: SLF001 - nothing else leads to it
        if connected is not None:
            with suppress(OSError):
                shut_down(connected.fileno())

    def _end(self, cursor: Any) -> None:  # noqa: ANN401 - PyMySQL has no types
        result = cursor._result  # noqa: SLF001 - as above
        if result is not None and result.unbuffered_active:
            # The driver would read the rows that nobody wants, to the last.
            result.unbuffered_active = False
            self._driver._force_close()  # noqa: SLF001
        cursor.close()

    def _keep_alive(self) -> None:
        connected = self._driver._sock  # noqa: SLF001 - as above
        if connected.family == getattr(socket, "AF_UNIX", None):
            return
        for name, value in _KEEPING_ALIVE.items():
            if hasattr(socket, name):
                connected.setsockopt(socket.IPPROTO_TCP, getattr(socket, name), value)


def _field(field: Any) -> ResultField:  # noqa: ANN401 - PyMySQL has no types
    is_unsigned, decimals = bool(field.flags & FLAG.UNSIGNED), field.scale
    signs = (not is_unsigned) + (decimals > 0)  # the length counts those too
    return ResultField(field.name, _base_type(field), field.length - signs, decimals)


def _base_type(field: Any) -> str:  # noqa: ANN401 - PyMySQL has no types
    if field.flags & FLAG.ENUM:
        return "enum"
    if field.flags & FLAG.SET:
        return "set"
    known = _BASE_TYPES.get(field.type_code)
    return known or ("longblob" if field.charsetnr == _BINARY else "longtext")
