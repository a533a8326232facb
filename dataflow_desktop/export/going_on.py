"""An export of only what is new: since when that is, and the file that it may become a new version of.

It goes on from the last export of its profile that asked for the same rows of the same table: with another
filter there are rows below that one's bound which nobody has exported. A file that is to be replaced goes on
from itself, whatever else was exported in between.
"""

import hashlib
from collections import deque
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from dataflow_desktop.destination.file_errors import turned_errors
from dataflow_desktop.destination.file_reading import blocks_of
from dataflow_desktop.destination.room import check_room
from dataflow_desktop.domain.export_spec import ExportSpec
from dataflow_desktop.domain.file_options import TEXT_FORMATS
from dataflow_desktop.domain.job import Job
from dataflow_desktop.domain.last_export import LastExport, OldVersion, tells_later_rows
from dataflow_desktop.domain.schema import KeyKind, Table
from dataflow_desktop.errors import ConfigurationError, ReasonCode, RefusedError
from dataflow_desktop.export.source_watch import is_same_source
from dataflow_desktop.pacing import Stopped, StopRequest
from dataflow_desktop.records.job_store import JobStore
from dataflow_desktop.source.connection import SourceConnection


def gone_on(
    store: JobStore, connection: SourceConnection, spec: ExportSpec, table: Table, stop: StopRequest
) -> ExportSpec:
    """Return `spec` for the rows of `table` that were added since the last export; all where there was none.

    The file that a new version is made of is read once, to see that it is what was exported. Raises
    ConfigurationError where nothing tells which rows are new or how to append them, RefusedError where source
    or file are not what they were, else DestinationError, SourceError, and Stopped.
    """
    spec = going_on_from_last(store, connection, spec, table)
    if spec.last is not None and spec.last.old_version is not None:
        check_room(Path(spec.target).parent, spec.last.old_version.bytes)
        deque(old_blocks(Path(spec.last.file), spec.last.old_version, stop), maxlen=0)
    return spec


def going_on_from_last(
    store: JobStore, connection: SourceConnection, spec: ExportSpec, table: Table
) -> ExportSpec:
    """Return the same without a look into the file; raises as `gone_on` does."""
    if not tells_later_rows(table):
        key = ", ".join(table.key) or "none"
        raise ConfigurationError(ReasonCode.NEW_ROWS_NOT_TOLD, table=table.name, key=key)
    spec = replace(spec, query=replace(spec.query, beyond=None), last=None)
    last = _last_job(store, spec)
    if last is None:
        return spec
    _check_source(connection, last, table)
    old_version = _old_version(last, spec, table) if _is_new_version(last, spec) else None
    going_on = LastExport(last.id, last.created_at, last.spec.target, old_version)
    return replace(spec, query=replace(spec.query, beyond=last.plan.bound), last=going_on)


def unfinished_before(store: JobStore, job: Job) -> Job | None:
    """Return another export of the profile of `job` that may still go on, and so have rows of it too."""
    others = (other for other in store.jobs() if other.id != job.id and not other.has_ended)
    return next((other for other in others if _asks_for_same_rows(other.spec, job.spec)), None)


def old_blocks(path: Path, old: OldVersion, stop: StopRequest) -> Iterator[bytes]:
    """Yield the file at `path` in pieces; raises RefusedError, at its end at the latest, unless it is `old`.

    Else DestinationError, or Stopped when `stop` was asked.
    """
    digest, size = hashlib.sha256(), 0
    with turned_errors(path, ReasonCode.FILE_UNREADABLE):
        if not path.is_file() or path.stat().st_size != old.bytes:
            raise RefusedError(ReasonCode.OLD_VERSION_CHANGED, file=path)
    for block in blocks_of(path):
        if stop.is_asked():
            raise Stopped
        digest.update(block)
        size += len(block)
        yield block
    if (size, digest.hexdigest()) != (old.bytes, old.sha256):
        raise RefusedError(ReasonCode.OLD_VERSION_CHANGED, file=path)


def _last_job(store: JobStore, spec: ExportSpec) -> Job | None:
    done = [job for job in store.done_jobs() if _asks_for_same_rows(job.spec, spec)]
    of_target = [job for job in done if _is_new_version(job, spec)]
    return next(iter([*of_target, *done]), None)


def _asks_for_same_rows(one: ExportSpec, other: ExportSpec) -> bool:
    return _rows_of(one) == _rows_of(other)


def _rows_of(spec: ExportSpec) -> tuple[object, ...]:
    query = spec.query
    statement = (spec.own_query.statement, spec.own_query.parameters) if spec.own_query is not None else None
    return (
        spec.profile, spec.source, query.table, statement, query.conditions, query.search, query.rows,
    )  # fmt: skip


def _is_new_version(last: Job, spec: ExportSpec) -> bool:
    return spec.is_overwrite_allowed and last.spec.target == spec.target


def _check_source(connection: SourceConnection, last: Job, table: Table) -> None:
    """Raise RefusedError unless the bound of `last` still means something here."""
    before = last.plan.table
    is_numbered_anew = (
        table.key_kind is KeyKind.ROWID and connection.schema_version() != last.plan.schema_version
    )
    if _key_of(before) != _key_of(table) or is_numbered_anew:
        raise RefusedError(ReasonCode.LAST_KEY_CHANGED, table=table.name)
    if not is_same_source(last, connection):
        raise RefusedError(ReasonCode.LAST_SOURCE_REPLACED, source=connection.source.address)


def _key_of(table: Table) -> tuple[object, ...]:
    shown = set(table.column_names)
    return table.key_kind, *((name, table.column(name).kind if name in shown else None) for name in table.key)


def _old_version(last: Job, spec: ExportSpec, table: Table) -> OldVersion:
    """Return what `last` wrote, if the new rows can stand behind it; raises ConfigurationError."""
    whole, before = last.whole_file, last.spec
    if spec.options.file_format not in TEXT_FORMATS:
        raise ConfigurationError(
            ReasonCode.NOTHING_TO_APPEND_TO, file=before.target, format=spec.options.file_format.value.upper()
        )
    if spec.options.is_split or before.options.is_split:
        raise ConfigurationError(ReasonCode.NUMBERED_NOT_APPENDED_TO, file=before.target)
    is_same = (
        spec.options == before.options
        and spec.invalid_text is before.invalid_text
        and table.columns_named(spec.query.columns) == last.plan.table.columns_named(before.query.columns)
    )
    if not is_same or whole is None:
        raise ConfigurationError(ReasonCode.WRITTEN_OTHERWISE, file=before.target)
    return OldVersion(whole.rows, whole.bytes, whole.sha256)
