"""Whether anybody changed the source while an export read it."""

from dataflow_desktop.domain.job import Job, SourceChanged
from dataflow_desktop.domain.keyset import Keyset
from dataflow_desktop.domain.reading import Consistency
from dataflow_desktop.domain.schema import KeyKind, Table
from dataflow_desktop.domain.source_identity import SourceIdentity
from dataflow_desktop.errors import ReasonCode, RefusedError, SourceError
from dataflow_desktop.source.connection import SourceConnection
from dataflow_desktop.source.row_marks import has_marked_row, mark_rows


def identity_of(connection: SourceConnection, table: Table, bound: Keyset | None) -> SourceIdentity:
    """Return what the source can be known by later; raises SourceError."""
    return SourceIdentity(connection.identity(), mark_rows(connection, table, bound))


def check_database(job: Job, connection: SourceConnection) -> None:
    """Raise RefusedError when another database than the one `job` was made for has the source's name.

    Raises SourceError when none has: it may come back.
    """
    if not connection.identity().may_be(job.plan.source_identity.file):
        raise RefusedError(ReasonCode.SOURCE_REPLACED, source=connection.source.address)


def check_rows(job: Job, connection: SourceConnection) -> None:
    """Raise RefusedError when the source holds other rows than it did: it was overwritten in place."""
    if not has_marked_row(connection, job.plan.table, job.plan.source_identity.marks):
        raise RefusedError(ReasonCode.SOURCE_REPLACED, source=connection.source.address)


def is_same_source(job: Job, connection: SourceConnection) -> bool:
    """Whether this is the database that `job` was made for, or a copy of it that has some of its rows still.

    Rows may all have gone or been changed by now, and a fresh copy of a file has another identity: one of
    the two is enough.
    """
    identity = job.plan.source_identity
    if connection.identity().may_be(identity.file):
        return True
    try:
        return bool(identity.marks) and has_marked_row(connection, job.plan.table, identity.marks)
    except SourceError as error:
        if error.reason.code != ReasonCode.QUERY_FAILED.name:
            raise
        return False  # it has not even the columns


class SourceWatch:
    """Watches one run of a job from its making on.

    SQLite tells changes of the database, not of which table. Rowids that are nobody's INTEGER PRIMARY KEY are
    numbered anew by VACUUM (https://www.sqlite.org/lang_vacuum.html), which shows in the schema's version:
    a job that knows its rows by them cannot go on then. Nor can any when another file has the source's name.
    """

    def __init__(self, connection: SourceConnection, job: Job) -> None:
        """Raise RefusedError when the job's rows were numbered anew before."""
        self._connection = connection
        self._job = job
        self._version = connection.data_version()
        self._schema_version = connection.schema_version()
        if job.plan.table.key_kind is KeyKind.ROWID and self._schema_version != job.plan.schema_version:
            self._refuse()

    def check(self) -> None:
        """Raise RefusedError when rows read by now may be other rows: of another file, or renumbered."""
        check_database(self._job, self._connection)
        table = self._job.plan.table
        is_numbered = table.key_kind is KeyKind.ROWID or bool(self._job.spec.query.order)
        if table.key_kind is KeyKind.ROWID_ALIAS or not is_numbered:
            return
        if self._connection.schema_version() != self._schema_version:
            self._refuse()

    def has_changed(self, rows: int) -> SourceChanged:
        """Return what this run, after which the file has `rows` rows, can tell.

        Rows that came or went since they were counted show too. An earlier run may have missed a change.
        """
        plan, spec, checkpoint = self._job.plan, self._job.spec, self._job.checkpoint
        if spec.consistency is Consistency.SNAPSHOT and self._job.position is None:
            return SourceChanged.NO
        if plan.is_source_replaced or rows != plan.total_rows or self._has_moved():
            return SourceChanged.YES
        is_known = checkpoint is None and self._connection.tells_all_changes
        return SourceChanged.NO if is_known else SourceChanged.UNKNOWN

    def _has_moved(self) -> bool:
        try:
            return self._connection.data_version() != self._version
        except SourceError:  # somebody is writing at this moment
            return True

    def _refuse(self) -> None:
        raise RefusedError(ReasonCode.ROWS_RENUMBERED, table=self._job.plan.table.name)
