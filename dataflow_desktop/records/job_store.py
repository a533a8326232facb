"""The job store: every job, its state and its checkpoints, in a SQLite file that programs may share."""

from collections.abc import Collection, Iterable, Sequence
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.orm import Session

from dataflow_desktop.domain.checkpoint import Checkpoint
from dataflow_desktop.domain.finished_file import FinishedFile
from dataflow_desktop.domain.job import ENDED, Job, JobState
from dataflow_desktop.errors import ConfigurationError, Reason, ReasonCode
from dataflow_desktop.records.job_file import JobFile
from dataflow_desktop.records.job_tables import CheckpointRow, FileRow, JobRow, whole_values
from dataflow_desktop.records.owned_job import OwnedJob, refuse_taken, stored_files
from dataflow_desktop.records.stored_form import to_json


class JobStore:
    """All jobs of this user. A write is durable when its method returns; any thread may call.

    Every method raises DestinationError when the file cannot be used.
    """

    def __init__(self, path: Path) -> None:
        """Open the store, made when missing; raises DestinationError, or RefusedError when newer."""
        self.path = path
        self.lock_folder = path.parent / "locks"
        self._file = JobFile(path, self.lock_folder)

    @property
    def moved_aside(self) -> Path | None:
        """Where the file went that stood here before and was damaged; None when all was well."""
        return self._file.moved_aside

    @property
    def notice(self) -> Reason | None:
        """What a person must be told of the store; None when all was well."""
        if self.moved_aside is None:
            return None
        facts = {"file": str(self.moved_aside)}
        return Reason("destination", ReasonCode.RECORDS_MOVED_ASIDE.name, facts)

    def close(self) -> None:
        """Close all connections to the file."""
        self._file.close()

    def add(
        self, job: Job, checkpoints: Iterable[Checkpoint] = (), finished: Sequence[FinishedFile] = ()
    ) -> None:
        """Keep a new job and its `checkpoints`, oldest first, and the files that have their last byte.

        Raises RefusedError when an unfinished one is to become the same target.
        """
        with self._file.writing() as session:
            refuse_taken(session, job.id, job.spec.target)
            session.add(
                JobRow(
                    id=job.id,
                    created_at=job.created_at,
                    state=job.state.value,
                    epoch=job.epoch,
                    target=job.spec.target,
                    spec=to_json(job.spec),
                    plan=to_json(job.plan),
                    reason=to_json(job.reason) if job.reason is not None else None,
                    **(whole_values(job.whole_file) if job.whole_file is not None else {}),
                )
            )
            for ordinal, checkpoint in enumerate(checkpoints, 1):
                session.add(CheckpointRow.of(job.id, ordinal, job.epoch, checkpoint))
            session.add_all(FileRow.of(job.id, number, file) for number, file in enumerate(finished, 1))

    def forget(self, job_id: str) -> None:
        """Drop a job that never came to be."""
        with self._file.writing() as session:
            _forget(session, job_id)

    def remove_ended(self, job_ids: Collection[str]) -> None:
        """Take those of the jobs that have ended from the list; no file is touched.

        They are forgotten, but for what was exported by a profile: its next export of only new rows would
        have all of them once more.
        """
        with self._file.writing() as session:
            ended = set(session.scalars(sa.select(JobRow.id).where(JobRow.state.in_(ENDED))))
            for job_id in ended.intersection(job_ids):
                row = session.get_one(JobRow, job_id)
                if row.is_gone_on_from:
                    row.is_hidden = True
                else:
                    _forget(session, job_id)

    def keep_queue(self, order: Sequence[str], left: Collection[str] = ()) -> None:
        """Give the unfinished jobs in `order` places behind all others', and those that `left` none."""
        with self._file.writing() as session:
            _place(session, JobRow.id.in_(left), None)
            others = sa.select(sa.func.max(JobRow.queue_place)).where(JobRow.id.not_in(order))
            last = session.scalars(others).one() or 0
            for place, job_id in enumerate(order, last + 1):
                _place(session, sa.and_(JobRow.id == job_id, JobRow.state.not_in(ENDED)), place)

    def jobs(self) -> list[Job]:
        """Return every job as stored, newest first, but for those removed from the list."""
        return self._read(sa.select(JobRow).where(~JobRow.is_hidden))

    def done_jobs(self) -> list[Job]:
        """Return every job that is done, newest first, also those removed from the list."""
        return self._read(sa.select(JobRow).where(JobRow.state == JobState.DONE.value))

    def find(self, job_id: str) -> Job | None:
        """Return the job of just that id, also one removed from the list; None where there is none."""
        return next(iter(self._read(sa.select(JobRow).where(JobRow.id == job_id))), None)

    def job(self, job_id: str) -> Job:
        """Return one job by its id or a unique prefix of it; raises ConfigurationError.

        One removed from the list is found by its whole id only.
        """
        is_called_so = sa.and_(JobRow.id.startswith(job_id, autoescape=True), ~JobRow.is_hidden)
        found = self._read(sa.select(JobRow).where(sa.or_(JobRow.id == job_id, is_called_so)))
        if not found or not job_id:
            raise ConfigurationError(ReasonCode.JOB_UNKNOWN, job=job_id)
        if len(found) > 1:
            raise ConfigurationError(ReasonCode.JOB_AMBIGUOUS, job=job_id, count=len(found))
        return found[0]

    def newest_done_for(self, target: str, *, is_split: bool = False) -> Job | None:
        """Return the newest job that wrote `target`, or with `is_split` its numbered files, if there is one.

        Also one removed from the list.
        """
        found = self._read(
            sa.select(JobRow).where(JobRow.target == target, JobRow.state == JobState.DONE.value)
        )
        return next((job for job in found if job.spec.options.is_split is is_split), None)

    def newest_done_in(self, folder: Path) -> list[Job]:
        """Return the newest job of each file, or set of numbered ones, that one wrote in `folder`.

        In the order of their names; also those removed from the list.
        """
        beginning = JobRow.target.startswith(str(folder), autoescape=True)
        found = self._read(sa.select(JobRow).where(beginning, JobRow.state == JobState.DONE.value))
        newest_last = (job for job in reversed(found) if Path(job.spec.target).parent == folder)
        newest = {(job.spec.target, job.spec.options.is_split): job for job in newest_last}
        return [newest[target] for target in sorted(newest)]

    def files(self, job_id: str) -> tuple[FinishedFile, ...]:
        """Return the files of a job that have their last byte, in order."""
        with self._file.reading() as session:
            return stored_files(session, job_id)

    def wish_cancel(self, job_id: str) -> None:
        """Ask the owner of a job, in whatever process, to give it up at its next checkpoint."""
        with self._file.writing() as session:
            session.execute(sa.update(JobRow).where(JobRow.id == job_id).values(is_cancel_wished=True))

    def take(self, job_id: str) -> OwnedJob:
        """Begin a new epoch of a job whose lock the caller holds; writes of older epochs are turned down."""
        ordinals = sa.select(CheckpointRow.ordinal).where(CheckpointRow.job_id == job_id)
        with self._file.writing() as session:
            session.execute(sa.update(JobRow).where(JobRow.id == job_id).values(epoch=JobRow.epoch + 1))
            epoch = session.scalars(sa.select(JobRow.epoch).where(JobRow.id == job_id)).one()
            known = session.scalars(ordinals.order_by(CheckpointRow.ordinal)).all()
        return OwnedJob(self._file, job_id, epoch, known)

    def _read(self, statement: sa.Select[JobRow]) -> list[Job]:
        newest_first = statement.order_by(JobRow.created_at.desc(), JobRow.id)
        with self._file.reading() as session:
            rows = session.scalars(newest_first).all()
            checkpoints = _newest_checkpoints(session, rows)
            return [row.to_job(checkpoints.get(row.id)) for row in rows]


def _forget(session: Session, job_id: str) -> None:
    session.execute(sa.delete(JobRow).where(JobRow.id == job_id))
    session.execute(sa.delete(CheckpointRow).where(CheckpointRow.job_id == job_id))
    session.execute(sa.delete(FileRow).where(FileRow.job_id == job_id))


def _place(session: Session, which: sa.ColumnElement[bool], place: int | None) -> None:
    session.execute(sa.update(JobRow).where(which).values(queue_place=place))


def _newest_checkpoints(session: Session, jobs: Sequence[JobRow]) -> dict[str, CheckpointRow]:
    newest = sa.select(CheckpointRow.job_id, sa.func.max(CheckpointRow.ordinal))
    newest = newest.group_by(CheckpointRow.job_id)
    if len(jobs) == 1:
        newest = newest.where(CheckpointRow.job_id == jobs[0].id)
    places = sa.tuple_(CheckpointRow.job_id, CheckpointRow.ordinal)
    return {row.job_id: row for row in session.scalars(sa.select(CheckpointRow).where(places.in_(newest)))}
