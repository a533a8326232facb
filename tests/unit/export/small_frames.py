"""Exports in frames so small that a few rows make many, by the one lane, the other, or both in turn."""

from collections.abc import Iterator

import pytest

from dataflow_desktop.domain.chunk import EncodedChunk
from dataflow_desktop.domain.file_options import Compression, FileFormat, FileOptions
from dataflow_desktop.domain.frame_layout import FrameLayout, layout_for
from dataflow_desktop.domain.reading import ReadingTask
from dataflow_desktop.domain.writing import WritingTask
from dataflow_desktop.export import creation, lanes
from dataflow_desktop.export.reader_client import ReaderFailedError, read_chunks
from dataflow_desktop.export.reader_process import ReaderProcess
from dataflow_desktop.pacing import StopRequest

FRAME_ROWS = 16
LONG_BYTES = 1_000
SHEET_ROWS = 40
"""Not a multiple of a frame's rows: so each sheet ends in a shorter frame."""


def make_frames_small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the jobs made from now on have small frames and sheets; the reader process is told by its task."""
    monkeypatch.setattr(creation, "layout_for", small_layout_for)


def small_layout_for(options: FileOptions, columns: int) -> FrameLayout | None:
    """Return a small layout where `layout_for` has any."""
    if layout_for(options, columns) is None:
        return None
    section_rows = SHEET_ROWS if options.file_format is FileFormat.XLSX else None
    return FrameLayout(FRAME_ROWS, LONG_BYTES, section_rows)


def read_columnar(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a reader process read even the smallest table."""
    monkeypatch.setattr(lanes, "FEW_CELLS", -1)


def read_by_turns(monkeypatch: pytest.MonkeyPatch, chunks: int, exact_rows: int) -> list[int]:
    """Let each reader process fail behind so many chunks, and the exact lane read so many rows then.

    Returns a list that grows with each failure.
    """
    failures: list[int] = []

    def read_some(
        process: ReaderProcess, reading: ReadingTask, writing: WritingTask, stop: StopRequest
    ) -> Iterator[EncodedChunk]:
        for number, chunk in enumerate(read_chunks(process, reading, writing, stop)):
            if number == chunks:
                failures.append(number)
                raise ReaderFailedError("made to fail")
            yield chunk

    read_columnar(monkeypatch)
    monkeypatch.setattr(lanes, "EXACT_ROWS", exact_rows)
    monkeypatch.setattr(lanes, "read_chunks", read_some)
    return failures


WAYS = [
    FileOptions(file_format, compression)
    for file_format in FileFormat
    for compression in Compression
    if file_format is not FileFormat.XLSX or compression is Compression.NONE
]


def name_of(options: FileOptions) -> str:
    """Return what a test of `options` is called."""
    return f"{options.file_format}-{options.compression}"
