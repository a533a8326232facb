"""What each command does, and the exit code it ends with."""

import logging
import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, nullcontext, suppress
from functools import partial
from pathlib import Path

from dataflow_desktop import locations, logs
from dataflow_desktop.cli.arguments import Arguments, parse_arguments
from dataflow_desktop.cli.excel_warning import warn_of_excel
from dataflow_desktop.cli.export_wish import row_query
from dataflow_desktop.cli.file_options import file_options
from dataflow_desktop.cli.going_on import announce_last
from dataflow_desktop.cli.login import connected, log_in
from dataflow_desktop.cli.output import (
    mute_output,
    print_any_letter,
    print_jobs,
    print_reason,
    print_remedies,
    print_tables,
    say,
)
from dataflow_desktop.cli.profiles import chosen_profile, profile, profiles
from dataflow_desktop.cli.progress_output import ProgressPrinter, progress_printer
from dataflow_desktop.cli.queries import query, query_store, table_named
from dataflow_desktop.cli.verifying import verify_file, verify_folder
from dataflow_desktop.destination.part_names import job_id_in
from dataflow_desktop.destination.target import absolute_target, check_target
from dataflow_desktop.domain.consent import Consent
from dataflow_desktop.domain.export_profile import ExportProfile
from dataflow_desktop.domain.export_spec import ExportSpec
from dataflow_desktop.domain.job import Job
from dataflow_desktop.domain.progress import Cancelled, Paused, Report
from dataflow_desktop.errors import ConfigurationError, DataFlowError, ReasonCode, unexpected_reason
from dataflow_desktop.export.cancellation import cancel_job
from dataflow_desktop.export.creation import KnownTable, create_job
from dataflow_desktop.export.engine import run_job
from dataflow_desktop.export.estimate import estimate_space
from dataflow_desktop.export.head_start import HeadStart
from dataflow_desktop.export.job_list import jobs_to_resume, list_jobs
from dataflow_desktop.export.reader_process import ReaderProcess
from dataflow_desktop.export.relocation import locate_part, move_export, recover_job
from dataflow_desktop.pacing import Stopped, StopRequest, StopWish
from dataflow_desktop.records.job_store import JobStore
from dataflow_desktop.source.connection import SourceConnection
from dataflow_desktop.source.description import list_tables
from dataflow_desktop.source.product_catalogue import make_catalogue

log = logging.getLogger(__name__)

DONE = 0
UNEXPECTED = 1
REFUSED = 5
STOPPED = 6
TAKEN = frozenset({ReasonCode.JOB_ENDED.name, ReasonCode.JOB_OWNED.name})
EXIT_CODES = {"configuration": 2, "source": 3, "destination": 4, "refused": REFUSED}


def main(arguments: Sequence[str], reader: ReaderProcess | None = None) -> int:
    """Run the command that `arguments` name and return its exit code; no traceback reaches the user.

    `reader` is a reader process that an export may use.
    """
    logs.log_to_file()
    print_any_letter()
    try:
        parsed = parse_arguments(arguments)
        parsed.reader = reader
        return COMMANDS[parsed.command](parsed)
    except DataFlowError as error:
        print_reason(error.reason)
        return EXIT_CODES[error.reason.kind]
    except BrokenPipeError:
        mute_output()
        return UNEXPECTED
    except Exception as error:
        log.exception("unexpected")
        print_reason(unexpected_reason(error))
        return UNEXPECTED


def export(arguments: Arguments) -> int:
    """Make a new job and run it."""
    printer = progress_printer(arguments.progress)
    profile = chosen_profile(arguments)
    reader = arguments.reader
    with (
        _job_store() as store,
        _stop_on_signals() as stop,
        HeadStart(reader, stop) if reader is not None else nullcontext() as head_start,
    ):

        def run() -> int:
            with connected(arguments.source, stop) as connection:
                known = KnownTable(table_named(connection, arguments.table), connection)
                job = create_job(store, _spec(arguments, known, profile), stop, head_start, known)
                announce_last(store, job)
                _announce(job, connection)
                warn_of_excel(job, connection, stop)
            return _run(run_job(store, job.id, stop, head_start=head_start), stop, printer)

        return _ended(printer, run)


def resume(arguments: Arguments) -> int:
    """Go on with the jobs named, or with all that can go on by themselves."""
    _check_resume(arguments)
    printer = progress_printer(arguments.progress)
    with _job_store() as store, _stop_on_signals() as stop:
        worst = DONE
        for job_id in _jobs_to_resume(store, arguments):
            run = partial(_resume, store, job_id, stop, arguments, printer)
            code = _ended(printer, run, with_remedies=True)
            if code == STOPPED:
                return STOPPED
            worst = worst or code
        return worst


def jobs(arguments: Arguments) -> int:
    """List every job."""
    with _job_store() as store:
        print_jobs(list_jobs(store), as_json=arguments.json)
    return DONE


def cancel(arguments: Arguments) -> int:
    """Give a job up."""
    with _job_store() as store:
        job = store.job(arguments.job)
        if cancel_job(store, job.id):
            say(f"Export {job.id} is cancelled; its unfinished file is gone.")
        else:
            say(f"Export {job.id} runs in another process. It will give up at its next checkpoint.")
    return DONE


def tables(arguments: Arguments) -> int:
    """List the tables and views of a source."""
    with connected(arguments.source) as connection:
        queries = query_store().queries_of(connection.source.address)
        print_tables(list_tables(connection, queries), as_json=arguments.json)
    return DONE


def verify(arguments: Arguments) -> int:
    """Compare a file, or all in a folder, with manifests or what the newest job that wrote it recorded."""
    place = Path(arguments.file)
    with _job_store() as store:
        if place.is_dir():
            is_equal = verify_folder(store, place.resolve())
        else:
            is_equal = verify_file(store, absolute_target(place))
    return DONE if is_equal else REFUSED


def demo(arguments: Arguments) -> int:
    """Make a product catalogue."""
    path = absolute_target(Path(arguments.file))
    check_target(path, is_overwrite_allowed=False)
    make_catalogue(path, arguments.rows, arguments.seed)
    say(f"{path} holds {arguments.rows:,} products.")
    return DONE


COMMANDS: dict[str, Callable[[Arguments], int]] = {
    command.__name__: command
    for command in (export, resume, jobs, cancel, tables, query, profile, profiles, verify, demo)
}


def _spec(arguments: Arguments, known: KnownTable, profile: ExportProfile | None = None) -> ExportSpec:
    query = row_query(arguments, known.table, profile)
    asked = profile or ExportProfile()
    said = profile.options_for(query.columns) if profile is not None else None
    return ExportSpec(
        source=known.connection.source.address,
        query=query,
        target=str(absolute_target(Path(arguments.file))),
        options=file_options(arguments, said),
        is_overwrite_allowed=arguments.overwrite,
        chunk_rows=arguments.chunk_rows,
        throttle_ms=arguments.throttle_ms,
        checkpoint_seconds=arguments.checkpoint_seconds,
        consistency=arguments.consistency or asked.consistency,
        invalid_text=arguments.invalid_text or asked.invalid_text,
        own_query=known.table.own_query,
        has_manifest=arguments.has_manifest,
        profile=arguments.profile or "",
        is_since_last=arguments.is_since_last,
    )


def _jobs_to_resume(store: JobStore, arguments: Arguments) -> list[str]:
    if not arguments.all:
        return [_named_job(store, name).id for name in arguments.jobs]
    return [job.id for job in jobs_to_resume(store)]


def _named_job(store: JobStore, name: str) -> Job:
    """Return the job with that id, or with that unfinished file, which is enough to know it again."""
    path = Path(name)
    return recover_job(store, path) if job_id_in(path.name) else store.job(name)


def _check_resume(arguments: Arguments) -> None:
    problem = None
    if arguments.all == bool(arguments.jobs):
        problem = "resume takes either jobs or --all."
    elif (arguments.part or arguments.to) and len(arguments.jobs) != 1:
        problem = "--part and --to are for one export."
    if problem is not None:
        command = "dataflow-desktop resume"
        raise ConfigurationError(ReasonCode.ARGUMENTS_WRONG, problem=problem, command=command)


def _resume(
    store: JobStore, job_id: str, stop: StopRequest, arguments: Arguments, printer: ProgressPrinter
) -> int:
    try:
        log_in(store.job(job_id).spec.source)
        consents = frozenset(arguments.consents or ())
        if arguments.part is not None:
            locate_part(store, job_id, Path(arguments.part), stop)
        if arguments.to is not None:
            is_without_rows = Consent.RESTART in consents
            move_export(store, job_id, Path(arguments.to), stop, is_without_rows=is_without_rows)
        reports = run_job(store, job_id, stop, consents=consents)
        return _run(reports, stop, printer)
    except DataFlowError as error:
        if arguments.all and error.reason.code in TAKEN:  # another process took it in hand meanwhile
            return DONE
        raise


def _announce(job: Job, connection: SourceConnection) -> None:
    table = job.plan.table
    if not table.key:
        say(f"{table.name} has no key: it is read in one pass, and begins again when it is stopped.")
    estimate = None
    with suppress(DataFlowError, Stopped):  # the run will tell
        estimate = estimate_space(connection, table, job.spec, job.plan.total_rows - job.spec.old_rows)
    if estimate is not None and not estimate.is_enough:
        say(
            f"About {estimate.needed:,} bytes will be needed, and {estimate.room.free:,} are free there.\n"
            "The export pauses before the disk is full, and resumes when there is room."
        )


def _run(reports: Iterator[Report], stop: StopRequest, printer: ProgressPrinter) -> int:
    code = DONE
    for report in reports:
        try:
            printer.show(report)
        except OSError:  # whoever read our output has gone, or the disk it goes to is full
            mute_output()
            stop.ask(StopWish.PAUSE)
        code = STOPPED if isinstance(report, Paused | Cancelled) else DONE
    return code


def _ended(printer: ProgressPrinter, run: Callable[[], int], *, with_remedies: bool = False) -> int:
    try:
        return run()
    except Stopped:
        say("Stopped before the first row. Nothing was written.")
        return STOPPED
    except DataFlowError as error:
        printer.show_error(error)
        if with_remedies:
            print_remedies(error.reason)
        return EXIT_CODES[error.reason.kind]


@contextmanager
def _job_store() -> Iterator[JobStore]:
    with closing(JobStore(locations.job_store_path())) as store:
        if store.notice is not None:
            print_reason(store.notice)
        yield store


@contextmanager
def _stop_on_signals() -> Iterator[StopRequest]:
    """Let SIGINT and SIGTERM ask for a pause at a checkpoint instead of ending the process."""
    stop = StopRequest()
    previous = {
        number: signal.signal(number, lambda *_: stop.ask(StopWish.PAUSE))
        for number in (signal.SIGINT, signal.SIGTERM)
    }
    try:
        yield stop
    finally:
        for number, handler in previous.items():
            signal.signal(number, handler)
