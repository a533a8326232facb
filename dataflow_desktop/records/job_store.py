"""The job store: every job, its state and its newest checkpoint, in a SQLite file that programs may share."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from dataflow_desktop.domain.checkpoint import Checkpoint
from dataflow_desktop.domain.job import ENDED, Job, JobState, SourceChanged, WholeFile
from dataflow_desktop.errors import ConfigurationError, DestinationError, Reason, ReasonCode, RefusedError
from dataflow_desktop.records.job_tables import MIGRATIONS, SCHEMA_VERSION, Base, CheckpointRow, JobRow
from dataflow_desktop.records.stored_form import to_json

BUSY_SECONDS = 30.0
"""Writes here take milliseconds; whoever waits longer than this waits for a broken program."""


class JobStore:
    """All jobs of this user. A write is durable when its method returns; any thread may call."""

    def __init__(self, path: Path) -> None:
        """Open the store, made when missing; raises DestinationError, or RefusedError when newer."""
        self.path = path
        self.lock_folder = path.parent / "locks"
        with turned_errors(path):
            self.lock_folder.mkdir(parents=True, exist_ok=True)
        self._engine = sa.create_engine(
            sa.URL.create("sqlite", database=str(path)),
            connect_args={"timeout": BUSY_SECONDS, "isolation_level": None},
        )
        sa.event.listen(self._engine, "connect", _configure)
        sa.event.listen(self._engine, "begin", _begin)
        self._make_tables()

    def close(self) -> None:
        """Close all connections to the file."""
        self._engine.dispose()

    def add(self, job: Job) -> None:
        """Keep a new job; raises RefusedError when an unfinished one is to become the same target."""
        with self._writing() as session:
            unfinished = sa.select(JobRow.id).where(
                JobRow.target == job.spec.target, JobRow.state.not_in([state.value for state in ENDED])
            )
            other = session.scalars(unfinished).first()
            if other is not None:
                raise RefusedError(ReasonCode.TARGET_TAKEN, job=other, target=job.spec.target)
            session.add(
                JobRow(
                    id=job.id,
                    created_at=job.created_at,
                    state=job.state.value,
                    target=job.spec.target,
                    spec=to_json(job.spec),
                    plan=to_json(job.plan),
                )
            )

    def forget(self, job_id: str) -> None:
        """Drop a job that never came to be."""
        with self._writing() as session:
            session.execute(sa.delete(JobRow).where(JobRow.id == job_id))

    def jobs(self) -> list[Job]:
        """Return every job as stored, newest first."""
        return self._read(sa.select(JobRow))

    def job(self, job_id: str) -> Job:
        """Return one job by its id or a unique prefix of it; raises ConfigurationError."""
        found = self._read(sa.select(JobRow).where(JobRow.id.startswith(job_id, autoescape=True)))
        if not found or not job_id:
            raise ConfigurationError(ReasonCode.JOB_UNKNOWN, job=job_id)
        if len(found) > 1:
            raise ConfigurationError(ReasonCode.JOB_AMBIGUOUS, job=job_id, count=len(found))
        return found[0]

    def newest_done_for(self, target: str) -> Job | None:
        """Return the newest job that wrote `target`, if there is one."""
        found = self._read(
            sa.select(JobRow).where(JobRow.target == target, JobRow.state == JobState.DONE.value)
        )
        return found[0] if found else None

    def wish_cancel(self, job_id: str) -> None:
        """Ask the owner of a job, in whatever process, to give it up at its next checkpoint."""
        with self._writing() as session:
            session.execute(sa.update(JobRow).where(JobRow.id == job_id).values(is_cancel_wished=True))

    def take(self, job_id: str) -> "OwnedJob":
        """Begin a new epoch of a job whose lock the caller holds; writes of older epochs are turned down."""
        with self._writing() as session:
            session.execute(sa.update(JobRow).where(JobRow.id == job_id).values(epoch=JobRow.epoch + 1))
            epoch = session.scalars(sa.select(JobRow.epoch).where(JobRow.id == job_id)).one()
        return OwnedJob(self, job_id, epoch)

    def _read(self, statement: sa.Select[JobRow]) -> list[Job]:
        newest_first = statement.order_by(JobRow.created_at.desc(), JobRow.id)
        with turned_errors(self.path), Session(self._engine) as session:
            rows = session.scalars(newest_first).all()
            checkpoints = self._checkpoints_of(session, rows)
            return [row.to_job(checkpoints.get(row.id)) for row in rows]

    @staticmethod
    def _checkpoints_of(session: Session, rows: Sequence[JobRow]) -> dict[str, CheckpointRow]:
        if len(rows) == 1:
            statement = sa.select(CheckpointRow).where(CheckpointRow.job_id == rows[0].id)
        else:
            statement = sa.select(CheckpointRow)
        return {row.job_id: row for row in session.scalars(statement)}

    @contextmanager
    def _writing(self) -> Iterator[Session]:
        writing = self._engine.execution_options(is_writing=True)
        with turned_errors(self.path), Session(writing) as session, session.begin():
            yield session

    def _make_tables(self) -> None:
        with turned_errors(self.path), self._engine.connect() as connection:
            version = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
        if version > SCHEMA_VERSION:
            raise RefusedError(ReasonCode.RECORDS_NEWER, file=self.path)
        if version < SCHEMA_VERSION:
            with self._writing() as session:
                _upgrade(session.connection())


def _upgrade(connection: sa.Connection) -> None:
    # Asked again inside the transaction: another process may have been faster.
    version = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
    for older in range(max(version, 1), SCHEMA_VERSION if version else 1):
        connection.exec_driver_sql(MIGRATIONS[older])
    Base.metadata.create_all(connection)
    connection.exec_driver_sql(f"PRAGMA user_version = {SCHEMA_VERSION}")


class OwnedJob:
    """The right to change one job: every write carries the owner's epoch; RefusedError when it is old."""

    def __init__(self, store: JobStore, job_id: str, epoch: int) -> None:
        self._store = store
        self._job_id = job_id
        self._epoch = epoch

    def enter(self, state: JobState, reason: Reason | None = None) -> None:
        """Go to `state`; `reason` says why the job stopped."""
        stored_reason = to_json(reason) if reason is not None else None
        finished_at = datetime.now(UTC).isoformat() if state in ENDED else None
        self._update(state=state.value, reason=stored_reason, finished_at=finished_at)

    def save(self, checkpoint: Checkpoint) -> None:
        """Keep `checkpoint` as the newest; its bytes must be durable already."""
        with self._store._writing() as session:  # noqa: SLF001 - one part of the program in two classes
            self._update_in(session, epoch=self._epoch)
            session.merge(CheckpointRow.of(self._job_id, self._epoch, checkpoint))

    def finalize(self, whole_file: WholeFile, source_changed: SourceChanged) -> None:
        """Go to FINALIZING with what the target must be, and whether the source stood still meanwhile."""
        self._update(
            source_changed=source_changed.value,
            state=JobState.FINALIZING.value,
            whole_rows=whole_file.rows,
            whole_bytes=whole_file.bytes,
            whole_sha256=whole_file.sha256,
        )

    def is_cancel_wished(self) -> bool:
        """Whether somebody, perhaps in another process, asked to give the job up."""
        with turned_errors(self._store.path), Session(self._store._engine) as session:  # noqa: SLF001 - as above
            wished = session.scalars(sa.select(JobRow.is_cancel_wished).where(JobRow.id == self._job_id))
            return bool(wished.one_or_none())

    def _update(self, **values: object) -> None:
        with self._store._writing() as session:  # noqa: SLF001 - as above
            self._update_in(session, **values)

    def _update_in(self, session: Session, **values: object) -> None:
        fenced = sa.update(JobRow).where(JobRow.id == self._job_id, JobRow.epoch == self._epoch)
        result = session.connection().execute(fenced.values(**values))
        if result.rowcount != 1:
            raise RefusedError(ReasonCode.JOB_TAKEN_OVER, job=self._job_id)


def _configure(connection: sqlite3.Connection, _: object) -> None:
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")


def _begin(connection: sa.Connection) -> None:
    # A transaction that will write says so at once: one that finds out later cannot wait for another writer.
    is_writing = connection.get_execution_options().get("is_writing", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if is_writing else "BEGIN")


@contextmanager
def turned_errors(path: Path) -> Iterator[None]:
    """Turn what SQLAlchemy, its driver and the system raise inside into DestinationError."""
    try:
        yield
    except DBAPIError as error:
        raise DestinationError(ReasonCode.RECORDS_UNUSABLE, file=path, reason=error.orig) from error
    except (sqlite3.Error, OSError) as error:
        raise DestinationError(ReasonCode.RECORDS_UNUSABLE, file=path, reason=error) from error
