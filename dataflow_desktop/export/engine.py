"""Read → encode → append → make durable → checkpoint → report."""

import logging
import time
from collections.abc import Generator, Iterator
from contextlib import closing, suppress
from pathlib import Path

from dataflow_desktop.awake import kept_awake
from dataflow_desktop.domain.chunk import EncodedChunk
from dataflow_desktop.domain.finished_file import WholeFile
from dataflow_desktop.domain.job import Job, JobState
from dataflow_desktop.domain.progress import Cancelled, Finished, Paused, Progress, Report, Started
from dataflow_desktop.errors import (
    DataFlowError,
    DestinationError,
    Reason,
    ReasonCode,
    SourceError,
    unexpected_reason,
)
from dataflow_desktop.export.cancellation import discard_unfinished
from dataflow_desktop.export.going_on import old_blocks
from dataflow_desktop.export.head_start import HeadStart
from dataflow_desktop.export.lanes import Lanes
from dataflow_desktop.export.manifest_making import publish_manifest
from dataflow_desktop.export.ownership import owning
from dataflow_desktop.export.progress_meter import ProgressMeter
from dataflow_desktop.export.recovery import (
    Consents,
    checked,
    open_unfinished,
    prepared,
    publish_whole,
    reading_of,
    retyped,
    writing_of,
)
from dataflow_desktop.export.source_watch import SourceWatch
from dataflow_desktop.export.unfinished_file import UnfinishedFile
from dataflow_desktop.formats.encoding import MisfitError
from dataflow_desktop.logs import in_log_of
from dataflow_desktop.pacing import Stopped, StopRequest, StopWish
from dataflow_desktop.records.job_store import JobStore
from dataflow_desktop.records.owned_job import OwnedJob
from dataflow_desktop.source.opening import connected, open_source
from dataflow_desktop.source.retrying import Retrying

log = logging.getLogger(__name__)


def run_job(
    store: JobStore,
    job_id: str,
    stop: StopRequest,
    *,
    consents: Consents = frozenset(),
    head_start: HeadStart | None = None,
) -> Iterator[Report]:
    """Run a job from where it stands to its end, a pause or a cancel, and yield reports as it goes.

    The same for a new job and for one that resumes. `consents` are what a person agreed to after an earlier
    run was refused. `head_start` has a reader process at hand. Raises DataFlowError after the job's state and
    reason are stored; RefusedError when another process owns the job. Closing the iterator leaves the job as
    a crash would.
    """
    yield from in_log_of(job_id, _owned_run(store, job_id, stop, consents, head_start))


def _owned_run(
    store: JobStore,
    job_id: str,
    stop: StopRequest,
    consents: Consents,
    head_start: HeadStart | None,
) -> Generator[Report, None, None]:
    with owning(store, job_id) as (job, owned), kept_awake():
        run = _Run(owned, job, stop, consents, head_start)
        # Closed here, so that the part file is let go before the lock.
        with closing(_told_apart(owned, _logged(run.reports()))) as reports:
            yield from reports


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
        log.exception("unexpected")
        _enter(owned, JobState.FAILED, unexpected_reason(error))
        raise


def _logged(reports: Generator[Report, None, None]) -> Generator[Report, None, None]:
    """Pass `reports` on, and keep in the log how the run began and ended."""
    for report in reports:
        match report:
            case Started():
                log.info("the run begins at row %d of %d", report.resumed_rows, report.total_rows)
            case Finished():
                log.info("done: %d rows, %d bytes, sha256 %s", report.rows, report.bytes, report.sha256)
            case Paused():
                log.info("paused with %d rows saved: %s", report.durable_rows, report.reason.message)
            case Cancelled():
                log.info("given up")
            case Progress():
                pass
        yield report


def _enter(owned: OwnedJob, state: JobState, reason: Reason) -> None:
    # The error on its way matters more than one met while noting it; a taken-over job is not ours to note on.
    log.warning("export stopped in state %s: %s", state, reason.message)
    with suppress(DataFlowError):
        owned.enter(state, reason)


class _Run:
    """One owner's run of one job."""

    def __init__(
        self, owned: OwnedJob, job: Job, stop: StopRequest, consents: Consents, head_start: HeadStart | None
    ) -> None:
        self._owned = owned
        self._job = job
        self._stop = stop
        self._consents = consents
        self._head_start = head_start
        self._durable_rows = job.durable_rows

    def reports(self) -> Generator[Report, None, None]:
        """Run the job from where it stands; raises what stops it, which the caller records."""
        self._look_for_cancel()
        try:
            self._job = prepared(self._owned, self._job, self._consents, self._stop)
            self._durable_rows = self._job.durable_rows
            whole_file = self._job.whole_file
            if whole_file is None:
                whole_file = yield from self._written_with_fitting_types()
            else:
                yield Started(self._job.id, self._job.plan.total_rows, self._job.durable_rows)
                self._owned.enter(JobState.FINALIZING)
                publish_whole(self._owned, self._job)
        except Stopped:
            yield self._stopped()
            return
        yield self._done(whole_file)

    def _written_with_fitting_types(self) -> Generator[Report, None, WholeFile]:
        """Write all rows; begin again with text where a value is not of the type planned for its column."""
        while True:
            try:
                return (yield from self._written())
            except MisfitError as misfit:
                log.info("the columns %s become text: some values are of no other type", misfit)
                self._job = retyped(self._owned, self._job, misfit.columns)
                self._durable_rows = 0

    def _written(self) -> Generator[Report, None, WholeFile]:
        """Write all rows from the position on, and publish them."""
        source = open_source(self._job.spec.source)
        retrying = Retrying(self._stop, source.retry_seconds)
        with connected(source, self._stop, retrying) as connection:
            connection.wait_for_locks(retrying.hold_up)
            job = checked(self._owned, self._job, connection, self._consents)
            with open_unfinished(self._owned, job, self._consents) as (job, file):
                self._job = job
                watch = SourceWatch(connection, job)
                new_rows = job.plan.total_rows - job.spec.old_rows
                lanes = Lanes(connection, reading_of(job), writing_of(job), new_rows, self._stop)
                reader = self._head_start.taken() if self._head_start is not None else None
                self._owned.enter(JobState.PROCESSING)
                self._begin(file)
                yield Started(job.id, job.plan.total_rows, file.rows)
                try:
                    with closing(lanes.chunks(reader)) as chunks:
                        yield from self._write_rows(chunks, file, watch, retrying)
                except Stopped:
                    self._checkpoint(file, watch)
                    raise
                except SourceError:
                    self._save_if_possible(file, watch)
                    raise
                watch.check()
                whole_file = file.make_whole(watch.has_changed(file.rows))
                file.publish()
                return whole_file

    def _begin(self, file: UnfinishedFile) -> None:
        """Write what stands before the first row that is read, unless it is saved already."""
        last = self._job.spec.last
        if last is None or last.old_version is None or self._job.checkpoint is not None:
            file.append_header()
            return
        # Killed in between, it has no checkpoint, and begins anew.
        file.append_old_version(
            old_blocks(Path(last.file), last.old_version, self._stop), self._job.spec.old_rows
        )
        self._durable_rows = file.durable_rows

    def _write_rows(
        self, chunks: Iterator[EncodedChunk], file: UnfinishedFile, watch: SourceWatch, retrying: Retrying
    ) -> Iterator[Progress]:
        meter = ProgressMeter(self._job, file.rows, file.size)
        checkpoint_seconds = self._job.spec.checkpoint_seconds
        due = time.monotonic() + checkpoint_seconds
        for chunk in chunks:
            self._make_sure_of_room(chunk, file, watch)
            file.append(chunk)
            retrying.note_progress()
            if time.monotonic() >= due:
                self._checkpoint(file, watch)
                due = time.monotonic() + checkpoint_seconds
            meter.mark(file.rows, file.size, chunk.last)
            yield self._progress(file, meter)
            if self._stop.is_asked():
                raise Stopped

    def _make_sure_of_room(self, chunk: EncodedChunk, file: UnfinishedFile, watch: SourceWatch) -> None:
        try:
            file.check_room_for(chunk)
        except DestinationError:
            self._save_if_possible(file, watch)
            raise

    def _save_if_possible(self, file: UnfinishedFile, watch: SourceWatch) -> None:
        """Checkpoint on the way out, so that one who tries again and again gets further each time."""
        with suppress(DataFlowError):  # the error on its way says more
            self._checkpoint(file, watch)

    def _checkpoint(self, file: UnfinishedFile, watch: SourceWatch) -> None:
        watch.check()
        file.checkpoint()
        self._durable_rows = file.durable_rows
        self._look_for_cancel()

    def _look_for_cancel(self) -> None:
        if self._owned.is_cancel_wished():
            self._stop.ask(StopWish.CANCEL)

    def _progress(self, file: UnfinishedFile, meter: ProgressMeter) -> Progress:
        return Progress(
            job_id=self._job.id,
            rows=file.rows,
            durable_rows=file.durable_rows,
            total_rows=self._job.plan.total_rows,
            bytes=file.size,
            rows_per_second=meter.rows_per_second(),
            eta_seconds=meter.eta_seconds(),
            bytes_per_second=meter.bytes_per_second(),
        )

    def _stopped(self) -> Report:
        if self._stop.wish is StopWish.CANCEL:
            discard_unfinished(self._job)
            self._owned.enter(JobState.CANCELLED)
            return Cancelled(self._job.id)
        is_closing = self._stop.wish is StopWish.CLOSE
        code = ReasonCode.PROGRAM_CLOSED if is_closing else ReasonCode.PAUSE_ASKED
        reason = Reason("asked", code.name, {})
        self._owned.enter(JobState.PAUSED, reason)
        return Paused(self._job.id, self._durable_rows, reason)

    def _done(self, whole_file: WholeFile) -> Finished:
        publish_manifest(self._owned)
        discard_unfinished(self._job)  # the sidecar, and a second name that a kill while publishing left
        self._owned.enter(JobState.DONE)
        spec = self._job.spec
        numbers = range(1, whole_file.files + 1) if spec.options.is_split else ()
        names = tuple(Path(spec.file(number)).name for number in numbers)
        return Finished(
            self._job.id,
            whole_file.rows,
            whole_file.bytes,
            whole_file.sha256,
            spec.target,
            new_rows=whole_file.rows - spec.old_rows,
            since=spec.last.time if spec.last is not None else None,
            names=names,
        )
