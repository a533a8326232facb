"""Read → encode → append → make durable → checkpoint → report."""

import logging
import time
from collections.abc import Generator, Iterator
from contextlib import closing, suppress
from pathlib import Path

from dataflow_desktop.destination.job_lock import JobLock
from dataflow_desktop.destination.part_file import PartFile, discard_part, part_path_for
from dataflow_desktop.destination.publishing import publish
from dataflow_desktop.domain.checkpoint import Checkpoint
from dataflow_desktop.domain.chunk import EncodedChunk
from dataflow_desktop.domain.job import Job, JobState, SourceChanged, WholeFile
from dataflow_desktop.domain.keyset import Keyset
from dataflow_desktop.domain.progress import Cancelled, Finished, Paused, Progress, Report, Started
from dataflow_desktop.errors import (
    ConfigurationError,
    DataFlowError,
    DestinationError,
    Reason,
    ReasonCode,
    RefusedError,
    SourceError,
    unexpected_reason,
)
from dataflow_desktop.export.head_start import HeadStart
from dataflow_desktop.export.lanes import Lanes
from dataflow_desktop.export.progress_meter import ProgressMeter
from dataflow_desktop.export.recovery import check_unchanged, open_part, publish_whole, task_of
from dataflow_desktop.export.source_watch import SourceWatch
from dataflow_desktop.formats.delimited import DelimitedEncoder
from dataflow_desktop.pacing import Stopped, StopRequest, StopWish
from dataflow_desktop.records.job_store import JobStore, OwnedJob
from dataflow_desktop.source.connection import open_source
from dataflow_desktop.source.description import describe_table

log = logging.getLogger(__name__)


def run_job(
    store: JobStore,
    job_id: str,
    stop: StopRequest,
    *,
    is_live_accepted: bool = False,
    head_start: HeadStart | None = None,
) -> Iterator[Report]:
    """Run a job from where it stands to its end, a pause or a cancel, and yield reports as it goes.

    The same for a new job and for one that resumes. `is_live_accepted`: a person agreed that the rest of an
    export whose snapshot is lost is read as it is now. `head_start` has a reader process at hand. Raises
    DataFlowError after the job's state and reason are stored; RefusedError when another process owns the job.
    Closing the iterator leaves the job as a crash would.
    """
    lock = JobLock.acquire(store.lock_folder, job_id)
    if lock is None:
        raise RefusedError(ReasonCode.JOB_OWNED, job=job_id)
    has_ended = False
    try:
        job = store.job(job_id)
        has_ended = job.has_ended
        if has_ended:
            raise ConfigurationError(ReasonCode.JOB_ENDED, job=job.id, state=job.state)
        owned = store.take(job.id)
        run = _Run(owned, job, stop, head_start, is_live_accepted=is_live_accepted)
        # Closed here, so that the part file is let go before the lock.
        with closing(_told_apart(owned, run.reports())) as reports:
            for report in reports:
                has_ended = isinstance(report, Finished | Cancelled)
                yield report
    finally:
        if has_ended:
            lock.release_for_good()
        else:
            lock.release()


def _told_apart(owned: OwnedJob, reports: Generator[Report, None, None]) -> Generator[Report, None, None]:
    """Pass `reports` on; store in which state an error leaves the job, then let the error go on."""
    try:
        yield from reports
    except (SourceError, DestinationError) as error:
        _enter(owned, JobState.PAUSED, error.reason)
        raise
    except DataFlowError as error:
        _enter(owned, JobState.FAILED, error.reason)
        raise
    except Exception as error:
        _enter(owned, JobState.FAILED, unexpected_reason(error))
        raise


def _enter(owned: OwnedJob, state: JobState, reason: Reason) -> None:
    # The error on its way matters more than one met while noting it; a taken-over job is not ours to note on.
    log.warning("export stopped in state %s: %s", state, reason.message)
    with suppress(DataFlowError):
        owned.enter(state, reason)


class _Run:
    """One owner's run of one job: the position, and the part file while it is open."""

    def __init__(
        self,
        owned: OwnedJob,
        job: Job,
        stop: StopRequest,
        head_start: HeadStart | None,
        *,
        is_live_accepted: bool,
    ) -> None:
        self._owned = owned
        self._head_start = head_start
        self._is_live_accepted = is_live_accepted
        self._job = job
        self._stop = stop
        self._target = Path(job.spec.target)
        self._part_path = part_path_for(self._target, job.id)
        self._keyset: Keyset | None = None
        self._rows = 0
        self._durable_rows = job.durable_rows

    def reports(self) -> Generator[Report, None, None]:
        """Run the job from where it stands; raises what stops it, which the caller records."""
        job = self._job
        if job.whole_file is not None:
            yield Started(job.id, job.plan.total_rows, job.durable_rows)
            self._owned.enter(JobState.FINALIZING)
            publish_whole(job, job.whole_file)
            yield self._done(job.whole_file)
            return
        if self._owned.is_cancel_wished():
            self._stop.ask(StopWish.CANCEL)
        try:
            whole_file = yield from self._written()
        except Stopped:
            yield self._stopped()
            return
        publish(self._part_path, self._target, is_overwrite_allowed=job.spec.is_overwrite_allowed)
        yield self._done(whole_file)

    def _written(self) -> Generator[Report, None, WholeFile]:
        """Write all rows from the position on; the part file is durable and closed when this ends."""
        job = self._job
        with open_source(job.spec.source).connect() as connection:
            table = describe_table(connection, job.spec.query.table)
            check_unchanged(job, table)
            task = task_of(job, is_live_accepted=self._is_live_accepted)
            lanes = Lanes(connection, task, job.plan.total_rows, self._stop)
            watch = SourceWatch(connection, job)
            prepared = self._head_start.taken() if self._head_start is not None else None
            with closing(open_part(job)) as part:
                self._owned.enter(JobState.PROCESSING)
                self._begin(part)
                yield Started(job.id, job.plan.total_rows, self._rows)
                try:
                    with closing(lanes.chunks(prepared)) as chunks:
                        yield from self._write_rows(chunks, part, watch)
                except Stopped:
                    self._checkpoint(part, watch)
                    raise
                watch.check_rowids()
                return self._make_whole(part, watch.has_changed(self._rows))

    def _begin(self, part: PartFile) -> None:
        checkpoint = self._job.checkpoint
        if checkpoint is None:
            columns = self._job.plan.table.columns_named(self._job.spec.query.columns)
            part.append(DelimitedEncoder(columns).header())
        else:
            self._keyset, self._rows = checkpoint.keyset, checkpoint.rows

    def _write_rows(
        self, chunks: Iterator[EncodedChunk], part: PartFile, watch: SourceWatch
    ) -> Iterator[Progress]:
        meter = ProgressMeter(self._rows)
        checkpoint_seconds = self._job.spec.checkpoint_seconds
        due = time.monotonic() + checkpoint_seconds
        for chunk in chunks:
            part.append(chunk.data)
            self._keyset, self._rows = chunk.last, self._rows + chunk.rows
            if time.monotonic() >= due:
                self._checkpoint(part, watch)
                due = time.monotonic() + checkpoint_seconds
            meter.mark(self._rows)
            yield self._progress(part, meter)
            if self._stop.is_asked():
                raise Stopped

    def _checkpoint(self, part: PartFile, watch: SourceWatch) -> None:
        if self._job.plan.table.key:  # without a key there is no position to come back to
            watch.check_rowids()
            part.make_durable()
            fingerprint = self._job.plan.fingerprint
            self._owned.save(Checkpoint(self._keyset, self._rows, part.size, part.digest, fingerprint))
            self._durable_rows = self._rows
        if self._owned.is_cancel_wished():
            self._stop.ask(StopWish.CANCEL)

    def _progress(self, part: PartFile, meter: ProgressMeter) -> Progress:
        total_rows = self._job.plan.total_rows
        return Progress(
            job_id=self._job.id,
            rows=self._rows,
            durable_rows=self._durable_rows,
            total_rows=total_rows,
            bytes=part.size,
            rows_per_second=meter.rows_per_second(),
            eta_seconds=meter.eta_seconds(total_rows),
        )

    def _make_whole(self, part: PartFile, source_changed: SourceChanged) -> WholeFile:
        part.make_public()
        part.make_durable()
        whole_file = WholeFile(self._rows, part.size, part.digest)
        self._owned.finalize(whole_file, source_changed)
        return whole_file

    def _stopped(self) -> Report:
        if self._stop.wish is StopWish.CANCEL:
            discard_part(self._part_path)
            self._owned.enter(JobState.CANCELLED)
            return Cancelled(self._job.id)
        is_closing = self._stop.wish is StopWish.CLOSE
        code = ReasonCode.PROGRAM_CLOSED if is_closing else ReasonCode.PAUSE_ASKED
        reason = Reason("asked", code.name, {})
        self._owned.enter(JobState.PAUSED, reason)
        return Paused(self._job.id, self._durable_rows, reason)

    def _done(self, whole_file: WholeFile) -> Finished:
        self._owned.enter(JobState.DONE)
        return Finished(self._job.id, whole_file.rows, whole_file.bytes, whole_file.sha256, str(self._target))
