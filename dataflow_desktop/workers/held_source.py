"""The source that a lane holds open from one wish to the next."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from dataflow_desktop.errors import ReasonCode, SourceError
from dataflow_desktop.pacing import Stopped, StopRequest
from dataflow_desktop.source.connection import Source, SourceConnection
from dataflow_desktop.source.opening import open_source
from dataflow_desktop.workers.query_wishes import Answer, HeldUp, OpenedSource, Wish

RETRY_SECONDS = 0.5
"""SQLite itself has waited for a second by then."""


class HeldSource:
    """One open source and the connection to it; for one thread.

    A lock of another program is waited for, and `tell` hears it as HeldUp.
    """

    def __init__(self, tell: Callable[[Answer], None]) -> None:
        self._tell = tell
        self._opened: OpenedSource | None = None
        self._source: Source | None = None
        self._connection: SourceConnection | None = None

    @contextmanager
    def connected(self, wish: Wish, stop: StopRequest) -> Iterator[SourceConnection]:
        """Lend the connection for `wish`, which `stop` cuts short; raises SourceError, Stopped."""

        def hold_up(error: SourceError) -> None:
            self._tell(HeldUp(wish, error.reason))
            stop.rest(RETRY_SECONDS)
            if stop.is_asked():
                raise Stopped

        connection = self._connected(wish.source, stop, hold_up)
        connection.obey(stop)
        connection.wait_for_locks(hold_up)
        # A look at the wish between steps comes late where one step reads or compares 100 MB.
        with stop.calling(connection.interrupt):
            yield connection

    def close(self) -> None:
        """Close the connection, if one is open."""
        if self._connection is not None:
            self._connection.close()
        if self._source is not None:
            self._source.close()
        self._opened = self._source = self._connection = None

    def _connected(
        self, opened: OpenedSource, stop: StopRequest, hold_up: Callable[[SourceError], None]
    ) -> SourceConnection:
        while self._connection is None or opened != self._opened:
            self.close()
            try:
                self._source = open_source(opened.address)
                self._connection = self._source.connect(stop)
            except SourceError as error:
                if error.reason.code != ReasonCode.SOURCE_BUSY.name:
                    raise
                hold_up(error)
            else:
                self._opened = opened
        return self._connection
