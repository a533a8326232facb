"""What one run writes: the part files and their sidecar, and the position in them."""

from collections.abc import Iterable

from dataflow_desktop.destination.part_files import PartFiles
from dataflow_desktop.destination.room import check_room
from dataflow_desktop.domain.checkpoint import Checkpoint
from dataflow_desktop.domain.chunk import EncodedChunk
from dataflow_desktop.domain.file_options import MOST_FILES
from dataflow_desktop.domain.finished_file import FinishedFile, WholeFile, whole_of
from dataflow_desktop.domain.job import Job, SourceChanged
from dataflow_desktop.errors import ReasonCode, RefusedError
from dataflow_desktop.export.creation import writing_for
from dataflow_desktop.export.publication import discard_surplus, publish_files
from dataflow_desktop.export.rebuilding import begin_sidecar, whole_line
from dataflow_desktop.formats.edges import FileEdges
from dataflow_desktop.pacing import seconds_even_asleep
from dataflow_desktop.records.owned_job import OwnedJob
from dataflow_desktop.records.stored_form import to_json

AWAY_SECONDS = 2.0
"""An owner that did nothing for so long (stopped, swapped out, a closed lid) may have been taken over."""


class UnfinishedFile:
    """The files of a job in the hands of its owner; any error it raises leaves the last checkpoint intact.

    There is one, unless the export is split: then the rows go on in the next file when one is full.
    """

    def __init__(
        self, owned: OwnedJob, job: Job, parts: PartFiles, checkpoints: Iterable[Checkpoint]
    ) -> None:
        """Write to `parts`, which stand at the newest of `checkpoints` (oldest first), or are empty."""
        self._owned = owned
        self._job = job
        self._options = job.spec.options
        self._parts = parts
        self._keyset = job.checkpoint.keyset if job.checkpoint is not None else None
        self._rows = self._durable_rows = job.durable_rows
        self._finished = list(owned.files())
        self._saved_files = len(self._finished)
        self._rows_before = sum(file.rows for file in self._finished)
        self._bytes_before = sum(file.bytes for file in self._finished)
        self._last_step = seconds_even_asleep()
        self._edges = self._new_edges()
        self._sidecar = begin_sidecar(job, checkpoints, self._finished)

    @property
    def rows(self) -> int:
        """Rows written."""
        return self._rows

    @property
    def durable_rows(self) -> int:
        """Rows that a crash cannot take away any more."""
        return self._durable_rows

    @property
    def size(self) -> int:
        """Bytes written."""
        return self._bytes_before + self._parts.current.size

    def append_header(self) -> None:
        """Write what comes before the first row; nothing where rows are saved already."""
        if self._job.checkpoint is None:
            self._parts.current.append(self._edges.header())

    def append_old_version(self, blocks: Iterable[bytes], rows: int) -> None:
        """Write what the target was, its header too, before all other rows; that is the first checkpoint."""
        for block in blocks:
            check_room(self._parts.place.path.parent, len(block))
            self._parts.current.append(block)
        self._rows = rows
        self.checkpoint()

    def check_room_for(self, chunk: EncodedChunk) -> None:
        """Raise DestinationError when the disk would be too full with these rows, or its folder is gone."""
        check_room(self._parts.place.path.parent, len(chunk.data))

    def append(self, chunk: EncodedChunk) -> None:
        """Write the next rows; raises RefusedError when they do not fit in as many files as there may be."""
        if seconds_even_asleep() - self._last_step > AWAY_SECONDS:
            self._owned.check()
        if chunk.rows:
            self._make_ready_for(chunk)
        self._parts.current.append(chunk.data)
        self._keyset, self._rows = chunk.last, self._rows + chunk.rows
        self._last_step = seconds_even_asleep()

    def checkpoint(self) -> None:
        """Make all rows written durable, then say so in the job store."""
        if not self._job.plan.table.key:  # without a key there is no position to come back to
            return
        part = self._parts.current
        part.make_durable()
        fingerprint = self._job.plan.fingerprint
        checkpoint = Checkpoint(
            self._keyset, self._rows, part.size, part.digest, fingerprint, self._parts.number
        )
        finished = self._take_unsaved()
        self._owned.save(checkpoint, finished)
        for saved in (*finished, checkpoint):
            self._sidecar.append(to_json(saved))
        self._durable_rows = self._rows

    def make_whole(self, source_changed: SourceChanged) -> WholeFile:
        """End the last file, make it durable as what it will be, and go to FINALIZING with all of them."""
        self._end_file()
        whole_file = whole_of(self._finished, is_split=self._options.is_split)
        finished = self._take_unsaved()
        self._owned.finalize(whole_file, source_changed, finished)
        for line in (*map(to_json, finished), whole_line(whole_file)):
            self._sidecar.append(line)
        return whole_file

    def publish(self) -> None:
        """Give the whole files their names; raises as `publish_files` does."""
        publish_files(self._owned, self._job, self._parts, range(1, len(self._finished) + 1))
        discard_surplus(self._owned, self._job, len(self._finished))

    def close(self) -> None:
        """Close the sidecar; the part files are their opener's."""
        self._sidecar.close()

    @property
    def _rows_in_file(self) -> int:
        return self._rows - self._rows_before

    def _new_edges(self) -> FileEdges:
        return FileEdges(writing_for(self._job.spec, self._job.plan.table, self._job.plan.column_types))

    def _make_ready_for(self, chunk: EncodedChunk) -> None:
        """Begin the next file, or the next section, where these rows belong to one."""
        if self._is_full_before(chunk):
            self._begin_next_file()
        part, rows = self._parts.current, self._rows_in_file
        if self._edges.is_between_sections(rows):
            for piece in self._edges.between_sections(part, rows):
                part.append(piece)

    def _is_full_before(self, chunk: EncodedChunk) -> bool:
        rows, options = self._rows_in_file, self._options
        if rows == 0:
            return False
        if options.split_bytes is not None:
            return self._parts.current.size + len(chunk.data) > options.split_bytes
        return rows == options.split_rows

    def _begin_next_file(self) -> None:
        if self._parts.number == MOST_FILES:
            raise RefusedError(ReasonCode.TOO_MANY_FILES, most=f"{MOST_FILES:,}", rows=f"{self._rows:,}")
        self._end_file()
        self._rows_before, self._bytes_before = self._rows, self.size
        self._parts.begin_next()
        self._edges = self._new_edges()
        self._parts.current.append(self._edges.header())

    def _end_file(self) -> None:
        """Write what comes after the last row of the file, and make it durable as what it will be."""
        part, rows = self._parts.current, self._rows_in_file
        for piece in self._edges.trailer(part, rows):
            part.append(piece)
        part.make_public()
        part.make_durable()
        self._finished.append(FinishedFile(rows, part.size, part.digest, part.pieces))

    def _take_unsaved(self) -> list[FinishedFile]:
        """Return the files finished since the last checkpoint, which are to be saved now."""
        unsaved = self._finished[self._saved_files :]
        self._saved_files = len(self._finished)
        return unsaved
