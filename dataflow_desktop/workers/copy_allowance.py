"""How much a copy may hold: the clipboard lives in memory, and twice there while it is filled."""

from dataflow_desktop.domain.row_query import Value
from dataflow_desktop.errors import ConfigurationError, ReasonCode
from dataflow_desktop.source.connection import Row

MOST_MEGABYTES = 250
"""A value of 100 MB still fits, as hexadecimal digits too; to put so much on the clipboard takes a second."""


class CopyAllowance:
    """What one copy may still take."""

    def __init__(self, megabytes: int = MOST_MEGABYTES) -> None:
        self._megabytes = megabytes
        self._left = megabytes * 1_000_000

    def weighed(self, row: Row) -> Row:
        """Return `row` and count it; raises ConfigurationError when it is too much with those before."""
        self._left -= sum(map(_weight, row))
        if self._left < 0:
            raise ConfigurationError(ReasonCode.COPY_TOO_LARGE, megabytes=self._megabytes)
        return row


def _weight(value: Value) -> int:
    match value:
        case str():
            return len(value)
        case bytes():
            return 2 * len(value)  # as hexadecimal digits
        case _:
            return 0
