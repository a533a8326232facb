"""What one run writes: the part file and its sidecar, and the position in them."""

from collections.abc import Iterable
from pathlib import Path

from dataflow_desktop.destination.part_file import PartFile
from dataflow_desktop.destination.room import check_room
from dataflow_desktop.destination.target import stamp_of
from dataflow_desktop.domain.checkpoint import Checkpoint
from dataflow_desktop.domain.chunk import EncodedChunk
from dataflow_desktop.domain.job import Job, SourceChanged, WholeFile
from dataflow_desktop.export.creation import writing_for
from dataflow_desktop.export.rebuilding import begin_sidecar
from dataflow_desktop.formats.edges import FileEdges
from dataflow_desktop.pacing import seconds_even_asleep
from dataflow_desktop.records.owned_job import OwnedJob
from dataflow_desktop.records.stored_form import to_json

AWAY_SECONDS = 2.0
"""An owner that did nothing for so long (stopped, swapped out, a closed lid) may have been taken over."""


class UnfinishedFile:
    """The file of a job in the hands of its owner; any error it raises leaves the last checkpoint intact."""

    def __init__(self, owned: OwnedJob, job: Job, part: PartFile, checkpoints: Iterable[Checkpoint]) -> None:
        """Write to `part`, which stands at the newest of `checkpoints` (oldest first), or is empty."""
        self._owned = owned
        self._job = job
        self._part = part
        self._keyset = job.checkpoint.keyset if job.checkpoint is not None else None
        self._rows = self._durable_rows = job.durable_rows
        self._last_step = seconds_even_asleep()
        self._edges = FileEdges(writing_for(job.spec, job.plan.table, job.plan.column_types))
        self._sidecar = begin_sidecar(job, checkpoints)

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
        return self._part.size

    def append_header(self) -> None:
        """Write what comes before the first row; nothing where rows are saved already."""
        if self._job.checkpoint is None:
            self._part.append(self._edges.header())

    def check_room_for(self, chunk: EncodedChunk) -> None:
        """Raise DestinationError when the disk would be too full with these rows, or its folder is gone."""
        check_room(self._part.path.parent, len(chunk.data))

    def append(self, chunk: EncodedChunk) -> None:
        """Write the next rows."""
        if seconds_even_asleep() - self._last_step > AWAY_SECONDS:
            self._owned.check()
        if chunk.rows and self._edges.is_between_sections(self._rows):
            for piece in self._edges.between_sections(self._part, self._rows):
                self._part.append(piece)
        self._part.append(chunk.data)
        self._keyset, self._rows = chunk.last, self._rows + chunk.rows
        self._last_step = seconds_even_asleep()

    def checkpoint(self) -> None:
        """Make all rows written durable, then say so in the job store."""
        if not self._job.plan.table.key:  # without a key there is no position to come back to
            return
        self._part.make_durable()
        fingerprint = self._job.plan.fingerprint
        checkpoint = Checkpoint(self._keyset, self._rows, self._part.size, self._part.digest, fingerprint)
        self._owned.save(checkpoint)
        self._sidecar.append(to_json(checkpoint))
        self._durable_rows = self._rows

    def make_whole(self, source_changed: SourceChanged) -> WholeFile:
        """End the file, make it durable as what the target will be, and go to FINALIZING with it."""
        for piece in self._edges.trailer(self._part, self._rows):
            self._part.append(piece)
        self._part.make_public()
        self._part.make_durable()
        whole_file = WholeFile(self._rows, self._part.size, self._part.digest)
        self._owned.finalize(whole_file, source_changed, self._part.pieces)
        return whole_file

    def publish(self) -> None:
        """Give the whole file the target's name; raises as `publish_part` does."""
        publish_part(self._owned, self._job, self._part)

    def close(self) -> None:
        """Close the sidecar; the part file is its opener's."""
        self._sidecar.close()


def publish_part(owned: OwnedJob, job: Job, part: PartFile) -> None:
    """Give `part`, whole and durable, the target's name, as the owner of the job.

    Replaces only the very file that stood there when the job was made. Raises RefusedError for another one,
    or when somebody took the job over; else as `PartFile.publish` does.
    """
    target = Path(job.spec.target)
    replaced = job.plan.replaced_file
    may_replace = job.spec.is_overwrite_allowed and replaced is not None and stamp_of(target) == replaced
    owned.check()
    part.publish(target, is_overwrite_allowed=may_replace)
