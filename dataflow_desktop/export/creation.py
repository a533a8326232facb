"""Wish → counted, bounded, frozen job with its part file."""

import hashlib
import secrets
from collections.abc import Iterable, Sequence
from contextlib import nullcontext, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from dataflow_desktop.destination.manifest import manifest_path_for, places_of
from dataflow_desktop.destination.part_files import PartFiles, part_place_of
from dataflow_desktop.destination.part_names import sidecar_path_of
from dataflow_desktop.destination.sidecar import discard_sidecar
from dataflow_desktop.destination.target import (
    absolute_target,
    check_is_not_a_database,
    check_target,
    numbered_files,
    stamp_of,
)
from dataflow_desktop.domain.export_spec import ExportSpec
from dataflow_desktop.domain.file_options import FileOptions
from dataflow_desktop.domain.frame_layout import layout_for
from dataflow_desktop.domain.job import Job, JobState, Plan
from dataflow_desktop.domain.keyset import Keyset
from dataflow_desktop.domain.reading import Consistency, ReadingTask
from dataflow_desktop.domain.row_query import RowQuery, RowRange
from dataflow_desktop.domain.schema import Table
from dataflow_desktop.domain.sort_key import sort_key
from dataflow_desktop.domain.writing import WritingTask
from dataflow_desktop.errors import ConfigurationError, DestinationError, ReasonCode, SourceError
from dataflow_desktop.export.column_types import column_types_for
from dataflow_desktop.export.file_checks import check_file, check_file_count
from dataflow_desktop.export.going_on import gone_on
from dataflow_desktop.export.head_start import HeadStart
from dataflow_desktop.export.lanes import is_columnar
from dataflow_desktop.export.rebuilding import begin_sidecar
from dataflow_desktop.export.source_watch import identity_of
from dataflow_desktop.export.writable_values import check_cells
from dataflow_desktop.formats.encoders import version_of
from dataflow_desktop.pacing import Stopped, StopRequest
from dataflow_desktop.records.job_store import JobStore
from dataflow_desktop.records.stored_form import to_json
from dataflow_desktop.source.condition_checks import check_values
from dataflow_desktop.source.connection import SourceConnection
from dataflow_desktop.source.description import check_key, describe_query, describe_table
from dataflow_desktop.source.opening import open_source
from dataflow_desktop.source.ordered_rows import count_rows
from dataflow_desktop.source.retrying import Retrying
from dataflow_desktop.source.sqlite.connection import SqliteSource
from dataflow_desktop.source.statements import select_bound

ID_BYTES = 6
"""12 hex digits: short enough to type a prefix of, long enough never to meet twice on one machine."""


@dataclass(frozen=True)
class KnownTable:
    """A table, and the connection that has just described it."""

    table: Table
    connection: SourceConnection


def create_job(
    store: JobStore,
    spec: ExportSpec,
    stop: StopRequest,
    head_start: HeadStart | None = None,
    known: KnownTable | None = None,
) -> Job:
    """Return a new PENDING job for `spec`, its part file created.

    With `head_start`, reading begins while the rows are counted. What is `known` of the source is not asked
    again: a server may be far away, and the run looks whether the table is still the same. Of a wish for what
    is new it is found out here since when. Counts the rows, which takes as long as the filter does; raises
    Stopped when `stop` was asked meanwhile. Raises ConfigurationError, SourceError, DestinationError or
    RefusedError when the wish cannot be granted, and leaves nothing behind then.
    """
    source = known.connection.source if known is not None else open_source(spec.source)
    spec = replace(spec, target=str(absolute_target(Path(spec.target))), source=source.address)
    databases = [store.path, *([Path(source.address)] if isinstance(source, SqliteSource) else [])]
    check_places(spec, databases)
    with nullcontext(known.connection) if known is not None else source.connect(stop) as connection:
        connection.obey(stop)
        with stop.calling(connection.interrupt):  # to count all rows is one step of SQLite's
            table = known.table if known is not None else None
            if spec.is_since_last:
                spec = gone_on(store, connection, spec, table or described(connection, spec), stop)
            plan = _patiently_planned(connection, spec, stop, head_start, table)
        if stop.is_asked():
            raise Stopped
    job = Job(
        id=secrets.token_hex(ID_BYTES),
        spec=spec,
        plan=plan,
        state=JobState.PENDING,
        epoch=0,
        created_at=datetime.now(UTC).isoformat(),
    )
    store.add(job)
    _create_part(store, job)
    return job


def check_places(spec: ExportSpec, databases: Iterable[Path]) -> None:
    """Raise RefusedError or DestinationError unless target and manifest may have their names.

    `databases` are files that neither may be.
    """
    for place in places_of(spec):
        check_target(place, is_overwrite_allowed=spec.is_overwrite_allowed)
    for place in places_of(spec):
        for database in databases:
            check_is_not_a_database(place, database)


def fingerprint_of(spec: ExportSpec, table: Table, bound: Keyset | None, writing: WritingTask) -> str:
    """Return what ties a checkpoint to everything that makes the bytes: query, columns, bound, encoder."""
    frozen = [to_json(spec.query), to_json(table), to_json(bound, Keyset | None), version_of(writing)]
    frozen += [spec.options.file_format, spec.invalid_text]
    if spec.options != FileOptions():  # as before there were any, so that older jobs go on
        frozen += [to_json(spec.options), to_json(writing.layout), *writing.column_types]
    if spec.old_version is not None:
        frozen.append(to_json(spec.old_version))
    return hashlib.sha256("\n".join(frozen).encode()).hexdigest()


def writing_for(spec: ExportSpec, table: Table, column_types: Sequence[str] = ()) -> WritingTask:
    """Return all that a job for `spec` writes."""
    columns = table.columns_named(spec.query.columns)
    return WritingTask(
        columns,
        spec.options,
        layout_for(spec.options, len(columns)),
        title=table.own_name,
        column_types=tuple(column_types),
        invalid_text=spec.invalid_text,
    )


def reading_for(spec: ExportSpec, table: Table, bound: Keyset | None, writing: WritingTask) -> ReadingTask:
    """Return all that a job for `spec` reads."""
    query, after = spec.query, None
    # In the order of the key that is where reading begins, and no condition of each of many reads, which a
    # database could take for the place to begin at.
    if query.beyond is not None and sort_key(table, query) == sort_key(table, RowQuery(table.name, ())):
        query, after = replace(query, beyond=None), query.beyond
    return ReadingTask(
        source=spec.source,
        table=table,
        query=query,
        bound=bound,
        after=after,
        chunk_rows=spec.chunk_rows,
        throttle_ms=spec.throttle_ms,
        consistency=spec.consistency,
        invalid_text=spec.invalid_text,
        is_keyed=writing.needs_keys,
        is_typed=writing.needs_types,
    )


def described(connection: SourceConnection, spec: ExportSpec) -> Table:
    """Return the table of `spec` as it is now; raises ConfigurationError, SourceError."""
    if spec.own_query is not None:
        return describe_query(connection, spec.own_query)
    return describe_table(connection, spec.query.table)


def plan_for(
    connection: SourceConnection,
    spec: ExportSpec,
    head_start: HeadStart | None = None,
    table: Table | None = None,
) -> Plan:
    """Return what a job for `spec` is to write, as the source is now; raises what `create_job` does.

    `table` is given where it has just been described.
    """
    table = table or described(connection, spec)
    _check_columns(table, spec)
    check_file(spec, table)
    check_key(connection, table)
    check_values(connection, table, spec.query)
    if spec.consistency is Consistency.SNAPSHOT and not connection.has_snapshots:
        raise ConfigurationError(ReasonCode.SNAPSHOT_UNKNOWN, source=connection.source.address)
    writing = writing_for(spec, table, column_types_for(connection, table, spec))
    check_cells(connection, reading_for(spec, table, (), writing), writing)
    with connection.one_state():  # what is counted is what lies below the bound
        bound = bound_of(connection, table, spec.query.rows)
        identity = identity_of(connection, table, bound)
        schema_version = connection.schema_version()
        reading = reading_for(spec, table, bound, writing)
        if head_start is not None and is_columnar(connection, reading):
            head_start.begin(connection.source, reading, writing)
        total_rows = count_rows(connection, table, spec.query) if bound is not None else 0
        total_rows += spec.old_rows
    check_file_count(spec, total_rows)
    numbered = _checked_numbered(spec, connection, total_rows) if spec.options.is_split else []
    plan = Plan(
        table=table,
        bound=bound,
        total_rows=total_rows,
        schema_version=schema_version,
        source_identity=identity,
        encoder_version=version_of(writing),
        fingerprint=fingerprint_of(spec, table, bound, writing),
        column_types=writing.column_types,
    )
    return _with_replaced(plan, spec, numbered) if spec.is_overwrite_allowed else plan


def _checked_numbered(spec: ExportSpec, connection: SourceConnection, rows: int) -> list[Path]:
    """Return what stands at names that numbered files can have; raises unless all of that may be replaced."""
    most, source = spec.options.most_files(rows), connection.source
    found = [path for number, path in numbered_files(Path(spec.target)).items() if number <= most]
    for path in found:
        check_target(path, is_overwrite_allowed=spec.is_overwrite_allowed)
        if isinstance(source, SqliteSource):
            check_is_not_a_database(path, Path(source.address))
    return found


def _with_replaced(plan: Plan, spec: ExportSpec, numbered: Iterable[Path]) -> Plan:
    """Return `plan` with the stamps of what stands at target and manifest and may be replaced."""
    target = Path(spec.target)
    stamped = [(path.name, stamp_of(path)) for path in numbered]
    return replace(
        plan,
        replaced_file=None if spec.options.is_split else stamp_of(target),
        replaced_numbered=tuple((name, stamp) for name, stamp in stamped if stamp is not None),
        replaced_manifest=stamp_of(manifest_path_for(target)) if spec.has_manifest else None,
    )


def _patiently_planned(
    connection: SourceConnection,
    spec: ExportSpec,
    stop: StopRequest,
    head_start: HeadStart | None,
    table: Table | None,
) -> Plan:
    """Return the plan, made anew on another session where one was lost while the rows were counted."""
    retrying = Retrying(stop, connection.source.retry_seconds)
    while True:
        try:
            return plan_for(connection, spec, head_start, table)
        except SourceError as error:
            if error.reason.code not in {ReasonCode.CONNECTION_LOST.name, ReasonCode.SERVER_UNREACHABLE.name}:
                raise
            retrying.hold_up(error)


def _check_columns(table: Table, spec: ExportSpec) -> None:
    query = spec.query
    if not query.columns:
        raise ConfigurationError(ReasonCode.NO_COLUMNS, table=table.name)
    table.columns_named(query.columns)
    table.columns_named(condition.column for condition in query.conditions)
    table.columns_named(sort.column for sort in query.order)
    sort_key(table, query)
    if query.search is not None and query.search.column is not None:
        table.column(query.search.column)


def bound_of(connection: SourceConnection, table: Table, rows: RowRange | None) -> Keyset | None:
    """Return the highest key in the table, or of the rows in a range of it; None where there are no rows."""
    if not table.key:
        return ()  # no row lies above it, and none below
    highest = connection.rows(select_bound(table, rows))
    return highest[0] if highest else None


def _create_part(store: JobStore, job: Job) -> None:
    # A folder nobody may write to is a wrong wish, not an export to be resumed: the job goes as it came.
    try:
        begin_sidecar(job).close()
        PartFiles.create(part_place_of(job)).close()
    except DestinationError:
        with suppress(DestinationError):
            discard_sidecar(sidecar_path_of(job))
        store.forget(job.id)
        raise
