"""Everything there is to say of an export, as lines of a name and words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from PySide6.QtCore import QCoreApplication

from dataflow_desktop.browse.cell_text import cell_text
from dataflow_desktop.domain.file_options import DELIMITED, DelimitedOptions, FileOptions
from dataflow_desktop.domain.job import ENDED, Job, JobState, SourceChanged
from dataflow_desktop.domain.reading import Consistency, InvalidText
from dataflow_desktop.domain.row_query import RowQuery, SortColumn, Value
from dataflow_desktop.domain.source_address import without_secrets
from dataflow_desktop.ui.error_texts import describe
from dataflow_desktop.ui.figures import (
    duration_text,
    number,
    percent_text,
    plural,
    rows_text,
    size_text,
    time_left_text,
    time_text,
)
from dataflow_desktop.ui.filter_words import filters_in_words
from dataflow_desktop.ui.format_words import (
    compression_words,
    decimal_words,
    delimiter_words,
    encoding_words,
    format_words,
    line_ending_words,
    quoting_words,
)
from dataflow_desktop.ui.job_words import (
    JobView,
    added_words,
    digest_name,
    place_words,
    speed_words,
    state_words,
)
from dataflow_desktop.ui.table_words import name_text

MOST_COLUMNS = 100
"""More are counted and not named: nobody reads two thousand names, and to lay them out takes long."""


@dataclass(frozen=True)
class Detail:
    """One thing that is said of an export: what it is, and how it is."""

    name: str
    words: str


def asked_details(job: Job) -> list[Detail]:
    """Return what is exported, and how it is written."""
    spec = job.spec
    query, options = spec.query, spec.options
    details = [Detail(_tr("Table"), name_text(query.table))]
    if spec.own_query is not None:
        details.append(Detail(_tr("Statement"), spec.own_query.statement))
        if spec.own_query.parameters:
            values = ", ".join(f"{name} = {value}" for name, value in spec.own_query.parameters)
            details.append(Detail(_tr("Values"), values))
    details += [
        Detail(_tr("Source"), without_secrets(spec.source)),
        Detail(_tr("Columns"), _columns(query, len(job.plan.table.columns))),
        Detail(_tr("Rows"), _rows_asked(job)),
        Detail(_tr("Order"), _order(query.order, job.plan.table.key)),
        Detail(_tr("Format"), _format(job)),
    ]
    if options.is_split:
        details.append(Detail(_tr("Split"), _split(options)))
    if options.file_format in DELIMITED:
        details += _delimited(options.delimited)
    if options.renames:
        renames = (f"{name_text(old)} → {name_text(new)}" for old, new in options.renames)
        details.append(Detail(_tr("New names"), _listed(list(renames))))
    if spec.profile:
        details.append(Detail(_tr("Profile"), spec.profile))
    return [*details, Detail(_tr("Care"), _care(job))]


def course_details(view: JobView, now: datetime | None = None) -> list[Detail]:
    """Return where a job stands and how it came there."""
    job = view.job
    details = [Detail(_tr("State"), state_words(view)), *_reason(view)]
    if not job.has_ended:
        total = job.plan.total_rows
        words = _tr("{rows} of {total}, {percent}").format(
            rows=number(view.rows), total=rows_text(total), percent=percent_text(view.rows, total)
        )
        details.append(Detail(_tr("Progress"), words))
        if (speed := speed_words(view)) and view.progress is not None:
            left = view.progress.eta_seconds
            words = speed if left is None else f"{speed} · {time_left_text(left)}"
            details.append(Detail(_tr("Speed"), words))
    details += [
        *_begin_and_end(job, now or datetime.now(UTC)),
        Detail(_tr("Resumed"), _times(max(job.epoch - 1, 0))),
        Detail(_tr("Source changed"), _source_changed(job)),
        Detail(_tr("Job"), job.id),  # by which the command line knows it
    ]
    return details


def file_details(job: Job) -> list[Detail]:
    """Return what is known of the file, but for what a look at the disk tells."""
    details = [Detail(_tr("File"), place_words(job))]
    whole = job.whole_file
    if whole is None:
        return details
    return [
        *details,
        Detail(
            _tr("Size"), f"{rows_text(whole.rows)} · {size_text(whole.bytes)} · {_exact_bytes(whole.bytes)}"
        ),
        Detail(digest_name(job), whole.sha256),
    ]


def traces_words(job: Job, files_there: int, *, has_manifest: bool) -> str:
    """Return what a look at the disk told: so many of the job's files are there."""
    state = job.state
    if state is JobState.DONE:
        file = _files_there_words(files_there, job.file_count)
    elif files_there:
        file = _tr("Another file has its name")
    else:
        file = _tr("There is no file") if state in ENDED else _tr("The file is not there yet")
    if job.file_count > 1:
        manifest = (
            _tr("a manifest stands beside them") if has_manifest else _tr("no manifest stands beside them")
        )
    else:
        manifest = _tr("a manifest stands beside it") if has_manifest else _tr("no manifest stands beside it")
    return _tr("{file}; {manifest}.").format(file=file, manifest=manifest)


def _files_there_words(there: int, count: int) -> str:
    if count == 1:
        return _tr("The file is there") if there else _tr("The file is gone")
    if there == count:
        return _tr("All {count} files are there").format(count=number(count))
    gone = count - there
    words = _counted("{gone} of {count} files (is|are) gone", gone)
    return words.format(gone=number(gone), count=number(count))


def _columns(query: RowQuery, in_table: int) -> str:
    listed = _listed([name_text(column) for column in query.columns])
    if len(query.columns) == in_table:
        return _tr("all {count}: {names}").format(count=number(in_table), names=listed)
    return _tr("{count} of {total}: {names}").format(
        count=number(len(query.columns)), total=number(in_table), names=listed
    )


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(names[:MOST_COLUMNS])
    more = len(names) - MOST_COLUMNS
    return _tr("{names} … and {count} more").format(names=shown, count=number(more)) if more > 0 else shown


def _rows_asked(job: Job) -> str:
    query = job.spec.query
    parts = [filters_in_words(query), added_words(job)]
    if job.spec.old_version is not None:
        parts.append(_tr("behind the {rows} that were there").format(rows=rows_text(job.spec.old_rows)))
    if query.rows is not None:
        first, last = (
            ", ".join(_value(value) for value in key) for key in (query.rows.first, query.rows.last)
        )
        parts.append(_tr("selected ones, from {first} to {last}").format(first=first, last=last))
    return " · ".join(filter(None, parts)) or _tr("all, without a filter")


def _value(value: Value) -> str:
    text = cell_text(value)
    return "NULL" if text is None else text


def _order(order: Iterable[SortColumn], key: Sequence[str]) -> str:
    said = [
        (_tr("{column}, largest first") if by.is_descending else _tr("{column}, smallest first")).format(
            column=name_text(by.column)
        )
        for by in order
    ]
    keys = ", ".join(map(name_text, key))
    if not said:
        return _tr("as the key: {key}").format(key=keys) if keys else _tr("as the database gives them")
    return "; ".join([*said, _tr("then as the key: {key}").format(key=keys)] if keys else said)


def _format(job: Job) -> str:
    options = job.spec.options
    compression = compression_words(options.file_format).get(options.compression)
    words = format_words()[options.file_format]
    is_packed = options.compression.value != "none" and compression is not None
    return (
        _tr("{format}, packed with {compression}").format(format=words, compression=compression)
        if is_packed
        else words
    )


def _split(options: FileOptions) -> str:
    if options.split_bytes is not None:
        return _tr("at most {count} in each file").format(count=_exact_bytes(options.split_bytes))
    return _tr("at most {count} in each file").format(count=rows_text(options.split_rows or 0))


def _delimited(options: DelimitedOptions) -> list[Detail]:
    bom = _tr("{encoding} with BOM") if options.has_bom else "{encoding}"
    lines = [
        line_ending_words()[options.line_ending],
        bom.format(encoding=encoding_words()[options.encoding]),
        _tr("with a line of names") if options.has_header else _tr("without a line of names"),
    ]
    if options.has_formula_guard:
        lines.append(_tr("formulas made harmless"))
    return [
        Detail(_tr("Delimiter"), delimiter_words().get(options.delimiter, options.delimiter)),
        Detail(_tr("Quotes"), quoting_words()[options.quoting]),
        Detail(
            _tr("NULL"),
            _tr("as “{text}”").format(text=options.null_text) if options.null_text else _tr("as nothing"),
        ),
        Detail(_tr("Decimals"), decimal_words()[options.decimal_mark]),
        Detail(_tr("Lines"), " · ".join(lines)),
    ]


def _care(job: Job) -> str:
    spec = job.spec
    parts = [
        _tr("all rows as of one moment")
        if spec.consistency is not Consistency.LIVE
        else _tr("rows as they are when read"),
        _tr("stops at text that is not valid")
        if spec.invalid_text is InvalidText.FAIL
        else _tr("replaces text that is not valid"),
        _tr("with a manifest") if spec.has_manifest else _tr("without a manifest"),
    ]
    if spec.is_overwrite_allowed:
        parts.append(_tr("may replace a file"))
    return " · ".join(parts)


def _reason(view: JobView) -> list[Detail]:
    reason = view.job.reason
    if reason is None or view.job.has_ended or not view.stands_still:
        return []
    text = describe(reason)
    return [Detail(_tr("Why"), text.message), Detail(_tr("What to do"), text.hint)]


def _begin_and_end(job: Job, now: datetime) -> list[Detail]:
    begin = datetime.fromisoformat(job.created_at)
    started = time_text(job.created_at)
    if job.finished_at is None:
        ago = _tr("{time}, {duration} ago").format(
            time=started, duration=duration_text((now - begin).total_seconds())
        )
        name = _tr("Asked for") if job.state is JobState.PENDING else _tr("Started")
        return [Detail(name, started if job.has_ended else ago)]
    lasted = duration_text((datetime.fromisoformat(job.finished_at) - begin).total_seconds())
    ended = _tr("{time}, after {duration}").format(time=time_text(job.finished_at), duration=lasted)
    is_done = job.state is JobState.DONE
    return [Detail(_tr("Started"), started), Detail(_tr("Finished") if is_done else _tr("Ended"), ended)]


def _times(count: int) -> str:
    if count == 0:
        return _tr("never")
    return _counted("(once|{count} times)", count).format(count=number(count))


def _source_changed(job: Job) -> str:
    words = {
        SourceChanged.YES: _tr("yes, while it was read: some rows may be older than others"),
        SourceChanged.NO: _tr("no, not while it was read"),
        SourceChanged.UNKNOWN: _tr("not known"),
    }
    return words[job.source_changed]


def _exact_bytes(count: int) -> str:
    return _counted("{count} byte(s)", count).format(count=number(count))


def _tr(text: str) -> str:
    return QCoreApplication.translate("JobDetailsWords", text)


def _counted(text: str, count: int) -> str:
    return QCoreApplication.translate("JobDetailsWords", text, None, plural(count))
