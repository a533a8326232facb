"""Frames in order, read, cut and encoded ahead of whoever takes them; for the reader process."""

import sys
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

import polars as pl

from dataflow_desktop.domain.chunk import EncodedChunk
from dataflow_desktop.domain.reading import ReadingTask
from dataflow_desktop.domain.writing import WritingTask
from dataflow_desktop.formats.encoders import encoder_for
from dataflow_desktop.formats.framing import Frame, FrameCutter
from dataflow_desktop.source.arrow_errors import ArrowReadError
from dataflow_desktop.source.read_ahead import ReadAhead

READERS, CHUNKS_AHEAD = 2, 3
"""Fewer than where readers encode too: here reading is a third of the work, and what waits to be encoded only
fills memory (three and five: 25 MB more, and no faster)."""

ENCODERS = 2
"""Threads that encode and compress frames while others read: none holds Python's lock for long."""

FRAMES_AHEAD = 3
"""Frames in work or done before their turn: some tens of megabytes each, with the rows they are made of."""

_VIEW_BYTES = 16
"""https://arrow.apache.org/docs/format/Columnar.html#variable-size-binary-view-layout"""


class FramesAhead:
    """Reads and encodes the frames of one file; raises ArrowReadError when its rows cannot be read so."""

    def __init__(self, reading: ReadingTask, writing: WritingTask) -> None:
        self._reading = reading
        self._encoder = encoder_for(writing)
        self._cutter = FrameCutter(writing, reading.key_columns)

    def chunks(self) -> Iterator[EncodedChunk]:
        """Yield all frames in order; those of no rows too, for they move the position."""
        waiting: deque[Future[EncodedChunk]] = deque()
        with ThreadPoolExecutor(ENCODERS, "encoder") as pool:
            try:
                for frame in self._frames():
                    waiting.append(pool.submit(frame.encoded, self._encoder))
                    while len(waiting) >= FRAMES_AHEAD or (waiting and waiting[0].done()):
                        yield waiting.popleft().result()
            except ArrowReadError:
                yield from _results(waiting)  # they were read before: the less is to be read again
                raise
            yield from _results(waiting)

    def _frames(self) -> Iterator[Frame]:
        ahead = ReadAhead(self._reading, _Rows, readers=READERS, chunks_ahead=CHUNKS_AHEAD)
        for chunk in ahead.chunks():
            yield from self._cutter.add(chunk.data.frame, chunk.last)
        yield from self._cutter.rest()


def _results(waiting: Iterable[Future[EncodedChunk]]) -> Iterator[EncodedChunk]:
    return (future.result() for future in waiting)


@dataclass(frozen=True)
class _Rows:
    """Rows as they were read; their length is about that of the memory they take."""

    frame: pl.DataFrame

    def __len__(self) -> int:
        # Polars counts the letters of texts, but not the view of each.
        texts = sum(dtype == pl.String for dtype in self.frame.dtypes)
        size = int(self.frame.estimated_size()) + _VIEW_BYTES * texts * self.frame.height
        return min(size, sys.maxsize)
