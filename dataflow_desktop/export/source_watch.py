"""Whether anybody changed the source while an export read it."""

from dataflow_desktop.domain.job import Job, SourceChanged
from dataflow_desktop.domain.reading import Consistency
from dataflow_desktop.domain.schema import KeyKind
from dataflow_desktop.errors import ReasonCode, RefusedError, SourceError
from dataflow_desktop.source.connection import Source, SourceConnection


def check_source(job: Job, source: Source) -> None:
    """Raise RefusedError when the file that `job` was made for no longer has the source's name."""
    if job.plan.file_number not in {None, source.file_number()}:
        raise RefusedError(ReasonCode.SOURCE_REPLACED, source=source.address)


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
        check_source(self._job, self._connection.source)
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
        job = self._job
        if job.spec.consistency is Consistency.SNAPSHOT and job.checkpoint is None:
            return SourceChanged.NO
        if rows != job.plan.total_rows or self._has_moved():
            return SourceChanged.YES
        return SourceChanged.UNKNOWN if job.checkpoint is not None else SourceChanged.NO

    def _has_moved(self) -> bool:
        try:
            return self._connection.data_version() != self._version
        except SourceError:  # somebody is writing at this moment
            return True

    def _refuse(self) -> None:
        raise RefusedError(ReasonCode.ROWS_RENUMBERED, table=self._job.plan.table.name)
