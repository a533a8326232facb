"""An export's rows in chunks, in order: sizes that adapt to the rows, and patience with a busy database."""

from dataflow_desktop.domain.chunk import Chunk
from dataflow_desktop.domain.keyset import Keyset
from dataflow_desktop.domain.row_query import RowQuery
from dataflow_desktop.domain.schema import Table
from dataflow_desktop.errors import ReasonCode, SourceError
from dataflow_desktop.pacing import Stopped, StopRequest
from dataflow_desktop.source.connection import SourceConnection
from dataflow_desktop.source.exact_lane import read_exact_chunk

FIRST_ROWS = 500
"""Small, because nothing is known yet: a row may hold a megabyte."""

MOST_ROWS = 10_000
CHUNK_BYTES = 1_000_000
"""Bytes of output aimed at: well below a checkpoint's second, so that a stop is answered at once."""

GROWTH = 4
"""At most so many times larger than the chunk before, for the next rows may be wider."""

BUSY_PATIENCE_SECONDS = 30.0
"""How long a database locked by another program is waited for before the export pauses."""

_FIRST_WAIT_SECONDS = 0.1


class ChunkReader:
    """Reads the rows of `query` up to `bound` from one connection, on the thread that calls."""

    def __init__(
        self,
        connection: SourceConnection,
        table: Table,
        query: RowQuery,
        bound: Keyset | None,
        stop: StopRequest,
        fixed_rows: int | None = None,
    ) -> None:
        """`fixed_rows` sets the rows of every chunk; None lets them adapt. `stop` cuts a read short."""
        self._connection = connection
        self._table = table
        self._query = query
        self._bound = bound
        self._stop = stop
        self._fixed_rows = fixed_rows
        self._rows = fixed_rows or FIRST_ROWS
        connection.obey(stop)

    def read(self, after: Keyset | None) -> Chunk | None:
        """Return the chunk beyond `after` (None: the first), None when all rows were read.

        Raises SourceError, and Stopped when a stop was asked for meanwhile.
        """
        if self._bound is None:
            return None
        waited = 0.0
        pause = _FIRST_WAIT_SECONDS
        while True:
            try:
                return read_exact_chunk(
                    self._connection, self._table, self._query, after, self._bound, self._rows
                )
            except SourceError as error:
                if error.reason.code != ReasonCode.SOURCE_BUSY.name or waited > BUSY_PATIENCE_SECONDS:
                    raise
            self._stop.rest(pause)
            if self._stop.is_asked():
                raise Stopped
            waited += pause
            pause *= 2

    def learn(self, rows: int, size: int) -> None:
        """Adapt the next chunk to one of `rows` rows that gave `size` bytes."""
        if self._fixed_rows is None:
            fitting = CHUNK_BYTES * rows // max(size, 1)
            self._rows = max(1, min(fitting, rows * GROWTH, MOST_ROWS))
