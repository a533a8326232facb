"""Reading that begins while its job is still being made: counting may take as long as reading does."""

from contextlib import suppress
from types import TracebackType
from typing import Self

from dataflow_desktop.domain.reading import ReadingTask
from dataflow_desktop.domain.writing import WritingTask
from dataflow_desktop.errors import SourceError
from dataflow_desktop.export.reader_client import ReaderFailedError, begin_reading
from dataflow_desktop.export.reader_process import ReaderProcess
from dataflow_desktop.pacing import StopRequest
from dataflow_desktop.source.connection import Source, SourceConnection


class HeadStart:
    """A reader process that may read ahead, and whether what it read still counts.

    A run tells changes of its source from its own beginning on. So what was read before counts only if nobody
    changed anything until then. Of a change that a server tells of late the run hears, as of its own.
    """

    def __init__(self, process: ReaderProcess, stop: StopRequest | None = None) -> None:
        """`stop` cuts the asking short."""
        self._process = process
        self._stop = stop
        self._watching: SourceConnection | None = None
        self._state: object = None

    def begin(self, source: Source, reading: ReadingTask, writing: WritingTask) -> None:
        """Let the process read and encode rows; whether it can, the run will see. Raises Stopped."""
        self._end_watching()  # of a wish that was planned before, on a connection lost since
        with suppress(SourceError, ReaderFailedError):
            self._watching = source.connect(self._stop)
            self._state = _state_of(self._watching)
            begin_reading(self._process, reading, writing)

    def taken(self) -> ReaderProcess | None:
        """Return the process for a run that watches the source by now; None when it must not be used."""
        if self._watching is not None and _state_of(self._watching) != self._state:
            self._process.end()
            return None
        return self._process

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end_watching()

    def _end_watching(self) -> None:
        if self._watching is not None:
            self._watching.close()
            self._watching = None


def _state_of(connection: SourceConnection) -> object:
    try:
        return connection.data_version(), connection.schema_version()
    except SourceError:  # somebody is writing at this moment
        return object()
