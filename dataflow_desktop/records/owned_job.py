"""What the owner of a job stores of it."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from dataflow_desktop.domain.checkpoint import Checkpoint, is_kept
from dataflow_desktop.domain.export_spec import ExportSpec
from dataflow_desktop.domain.finished_file import FinishedFile, WholeFile
from dataflow_desktop.domain.job import ENDED, Job, JobState, Plan, SourceChanged
from dataflow_desktop.errors import Reason, ReasonCode, RefusedError
from dataflow_desktop.records.job_file import JobFile
from dataflow_desktop.records.job_tables import CheckpointRow, FileRow, JobRow, whole_values
from dataflow_desktop.records.stored_form import to_json

_NOTHING_WHOLE = dict.fromkeys(("whole_rows", "whole_bytes", "whole_sha256", "whole_files", "finished_at"))


class OwnedJob:
    """The right to change one job: every write carries the owner's epoch; RefusedError when it is old."""

    def __init__(self, file: JobFile, job_id: str, epoch: int, ordinals: Sequence[int]) -> None:
        """`ordinals` are those of the checkpoints that the job has, in order."""
        self._file = file
        self._job_id = job_id
        self._epoch = epoch
        self._ordinals = list(ordinals)
        self._has_ended = False

    @property
    def has_ended(self) -> bool:
        """Whether the job ended while it was owned."""
        return self._has_ended

    def enter(self, state: JobState, reason: Reason | None = None) -> None:
        """Go to `state`; `reason` says why the job stopped."""
        has_ended = state in ENDED
        # Once it has ended there is nothing to go back to any more.
        with self._dropping(self._ordinals[:-1] if has_ended else ()) as session:
            self._update(
                session,
                state=state.value,
                reason=to_json(reason) if reason is not None else None,
                **_ending(state),
            )
        self._has_ended = has_ended

    def save(self, checkpoint: Checkpoint, finished: Sequence[FinishedFile] = ()) -> None:
        """Keep `checkpoint` as the newest, and the files `finished` since the last; all durable already."""
        newest = self._ordinals[-1] + 1 if self._ordinals else 1
        dropped = [ordinal for ordinal in self._ordinals if not is_kept(ordinal, newest)]
        with self._dropping(dropped) as session:
            self._update(session, epoch=self._epoch)
            session.add(CheckpointRow.of(self._job_id, newest, self._epoch, checkpoint))
            self._add_files(session, finished)
        self._ordinals.append(newest)

    def checkpoints(self) -> list[Checkpoint]:
        """Return the checkpoints that the job has, newest first."""
        rows = sa.select(CheckpointRow).where(CheckpointRow.job_id == self._job_id)
        with self._file.reading() as session:
            found = session.scalars(rows.order_by(CheckpointRow.ordinal.desc()))
            return [row.to_checkpoint() for row in found]

    def cut_back(self, checkpoint: Checkpoint) -> None:
        """Forget all that was written after `checkpoint`."""
        kept = self.checkpoints()[::-1].index(checkpoint) + 1
        with self._dropping(self._ordinals[kept:]) as session:
            self._update(session, **_NOTHING_WHOLE)
            self._drop_files(session, checkpoint.file_number)

    def job(self) -> Job:
        """Return the job as it is stored now, without its checkpoint."""
        with self._file.reading() as session:
            return session.scalars(sa.select(JobRow).where(JobRow.id == self._job_id)).one().to_job(None)

    def files(self) -> tuple[FinishedFile, ...]:
        """Return the files that have their last byte, in order."""
        with self._file.reading() as session:
            return stored_files(session, self._job_id)

    def files_before(self, target: str) -> list[FinishedFile]:
        """Return the files of every export that has become `target`."""
        done = sa.select(JobRow.id).where(JobRow.target == target, JobRow.state == JobState.DONE.value)
        with self._file.reading() as session:
            return [
                row.to_file() for row in session.scalars(sa.select(FileRow).where(FileRow.job_id.in_(done)))
            ]

    def finalize(
        self, whole_file: WholeFile, source_changed: SourceChanged, finished: Sequence[FinishedFile]
    ) -> None:
        """Go to FINALIZING with what the export is, and whether the source stood still meanwhile.

        `finished` are the files that have their last byte since the newest checkpoint.
        """
        with self._file.writing() as session:
            self._update(
                session,
                source_changed=source_changed.value,
                state=JobState.FINALIZING.value,
                **whole_values(whole_file),
                finished_at=_now(),
            )
            self._add_files(session, finished)

    def start_over(self, plan: Plan) -> None:
        """Forget all that was written; `plan` is what is to be written now."""
        with self._dropping(self._ordinals) as session:
            self._update(session, plan=to_json(plan), **_NOTHING_WHOLE)
            self._drop_files(session, 1)

    def replan(self, plan: Plan) -> None:
        """Keep `plan`, in which a person agreed to what has changed."""
        self._write(plan=to_json(plan))

    def check_target_is_free(self, target: str) -> None:
        """Raise RefusedError when another unfinished job is to become `target`."""
        with self._file.reading() as session:
            refuse_taken(session, self._job_id, target)

    def retarget(self, spec: ExportSpec) -> None:
        """Keep `spec`, whose target is another one; raises RefusedError when another job is to become it."""
        with self._file.writing() as session:
            refuse_taken(session, self._job_id, spec.target)
            self._update(session, spec=to_json(spec), target=spec.target)

    def check(self) -> None:
        """Raise RefusedError when another owner has taken over."""
        epoch = sa.select(JobRow.epoch).where(JobRow.id == self._job_id)
        with self._file.reading() as session:
            if session.scalars(epoch).one_or_none() != self._epoch:
                self._refuse()

    def is_cancel_wished(self) -> bool:
        """Whether somebody, perhaps in another process, asked to give the job up."""
        wished = sa.select(JobRow.is_cancel_wished).where(JobRow.id == self._job_id)
        with self._file.reading() as session:
            return bool(session.scalars(wished).one_or_none())

    def _write(self, **values: object) -> None:
        with self._file.writing() as session:
            self._update(session, **values)

    def _update(self, session: Session, **values: object) -> None:
        fenced = sa.update(JobRow).where(JobRow.id == self._job_id, JobRow.epoch == self._epoch)
        result = session.connection().execute(fenced.values(**values))
        if result.rowcount != 1:
            self._refuse()

    def _add_files(self, session: Session, files: Sequence[FinishedFile]) -> None:
        mine = sa.select(sa.func.count()).where(FileRow.job_id == self._job_id)
        first = session.scalars(mine).one() + 1 if files else 1
        session.add_all(FileRow.of(self._job_id, number, file) for number, file in enumerate(files, first))

    def _drop_files(self, session: Session, first: int) -> None:
        """Forget that the files from the number `first` on have their last byte."""
        mine = FileRow.job_id == self._job_id
        session.execute(sa.delete(FileRow).where(mine, FileRow.number >= first))

    @contextmanager
    def _dropping(self, ordinals: Sequence[int]) -> Iterator[Session]:
        """Yield a session that is one transaction; the checkpoints of `ordinals` go with it."""
        with self._file.writing() as session:
            yield session
            if ordinals:
                mine = CheckpointRow.job_id == self._job_id
                session.execute(sa.delete(CheckpointRow).where(mine, CheckpointRow.ordinal.in_(ordinals)))
        # Only now: a transaction that failed has dropped nothing.
        self._ordinals = [ordinal for ordinal in self._ordinals if ordinal not in set(ordinals)]

    def _refuse(self) -> None:
        raise RefusedError(ReasonCode.JOB_TAKEN_OVER, job=self._job_id)


def stored_files(session: Session, job_id: str) -> tuple[FinishedFile, ...]:
    """Return the files of a job that have their last byte, in order."""
    mine = sa.select(FileRow).where(FileRow.job_id == job_id).order_by(FileRow.number)
    return tuple(row.to_file() for row in session.scalars(mine))


def _ending(state: JobState) -> dict[str, object]:
    match state:
        case JobState.DONE:  # stored when the file was whole; not so by older versions
            return {"finished_at": sa.func.coalesce(JobRow.finished_at, _now()), "queue_place": None}
        case JobState.CANCELLED:
            return {"finished_at": _now(), "queue_place": None}
        case _:
            return {}


def _now() -> str:
    return datetime.now(UTC).isoformat()


def refuse_taken(session: Session, job_id: str, target: str) -> None:
    """Raise RefusedError when another unfinished job is to become `target`."""
    others = sa.select(JobRow.id).where(
        JobRow.id != job_id,
        JobRow.target == target,
        JobRow.state.not_in([state.value for state in ENDED]),
    )
    other = session.scalars(others).first()
    if other is not None:
        raise RefusedError(ReasonCode.TARGET_TAKEN, job=other, target=target)
