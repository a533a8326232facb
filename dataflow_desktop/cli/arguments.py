"""Arguments of every command."""

import argparse
from collections.abc import Sequence
from typing import NoReturn, TypeVar

from dataflow_desktop import __version__
from dataflow_desktop.cli.file_options import Preset, add_file_options
from dataflow_desktop.cli.output import FLAGS
from dataflow_desktop.cli.where import TypedCondition, take_conditions
from dataflow_desktop.cli.words import name_and_value, word_of
from dataflow_desktop.domain.consent import Consent
from dataflow_desktop.domain.export_spec import CHECKPOINT_SECONDS
from dataflow_desktop.domain.file_options import Compression, Encoding, FileFormat, LineEnding, Quoting
from dataflow_desktop.domain.reading import Consistency, InvalidText
from dataflow_desktop.domain.row_query import Operator
from dataflow_desktop.domain.typed_lists import split_list
from dataflow_desktop.errors import ConfigurationError, ReasonCode
from dataflow_desktop.export.reader_process import ReaderProcess

PROGRAM = "dataflow-desktop"

MOST_CHUNK_ROWS = 10_000_000
MOST_NUMBER = 2**53
SECONDS_OF_A_DAY = 86_400

Number = TypeVar("Number", int, float)


class Parser(argparse.ArgumentParser):
    """A parser whose errors are ours."""

    def error(self, message: str) -> NoReturn:
        """Raise ConfigurationError."""
        problem = message[:1].upper() + message[1:] + "."
        raise ConfigurationError(ReasonCode.ARGUMENTS_WRONG, problem=problem, command=self.prog)

    def _get_values(self, action: argparse.Action, arg_strings: list[str]) -> object:
        """Take a lone -- for the value it is; before Python 3.13 argparse drops it, and the value is []."""
        if action.nargs is None and arg_strings == ["--"]:
            value = self._get_value(action, "--")
            self._check_value(action, value)
            return value
        return super()._get_values(action, arg_strings)


_FILES = frozenset({"file", "part", "to", "exported", "imported"})
"""Only these may be called by bytes that are no text."""


class Arguments(argparse.Namespace):
    """What was asked for; each command sets the fields of its own."""

    command: str
    source: str
    table: str
    file: str
    where: Sequence[TypedCondition] = ()
    search: str | None
    columns: str | None
    order_by: str | None
    overwrite: bool
    chunk_rows: int | None
    throttle_ms: int
    checkpoint_seconds: float
    consistency: Consistency | None
    invalid_text: InvalidText | None
    has_manifest: bool
    file_format: FileFormat | None
    compression: Compression | None
    preset: Preset | None
    split_rows: int | None
    split_bytes: int | None
    renames: list[tuple[str, str]]
    encoding: Encoding | None
    decimal_mark: str | None
    delimiter: str | None
    null_text: str | None
    line_ending: LineEnding | None
    has_bom: bool
    has_no_header: bool
    quoting: Quoting | None
    has_formula_guard: bool
    progress: str | None
    consents: list[Consent] | None
    part: str | None
    to: str | None
    jobs: list[str]
    job: str
    all: bool
    json: bool
    rows: int
    seed: int
    name: str
    statement: str | None
    key: str | None
    parameters: list[tuple[str, str]]
    delete: bool
    profile: str | None
    is_since_last: bool
    made_for: list[str] | None
    exported: str | None
    imported: str | None
    reader: ReaderProcess | None


def parse_arguments(arguments: Sequence[str]) -> Arguments:
    """Return what `arguments` ask for; raises ConfigurationError. Help and version print and exit."""
    conditions, others = take_conditions(arguments)
    parsed = _parser().parse_args(others, Arguments())
    if conditions and parsed.command not in {"export", "profile"}:
        raise ConfigurationError(
            ReasonCode.ARGUMENTS_WRONG, problem="--where belongs to export.", command=f"{PROGRAM} export"
        )
    parsed.where = conditions
    _check_are_text(parsed)
    return parsed


def split_names(names: str, option: str, command: str) -> list[str]:
    """Return the names that an option lists; raises ConfigurationError for a quote that does not close."""
    try:
        return split_list(names)
    except ValueError as error:
        raise ConfigurationError(
            ReasonCode.ARGUMENTS_WRONG,
            problem=f"{option} has a quote that does not close.",
            command=f"{PROGRAM} {command}",
        ) from error


def _check_are_text(parsed: Arguments) -> None:
    # Bytes that are no text in the user's encoding arrive as surrogates.
    words = [word for name, word in vars(parsed).items() if isinstance(word, str) and name not in _FILES]
    words += [word for condition in parsed.where for word in condition if word]
    for word in words:
        try:
            word.encode()
        except UnicodeEncodeError as error:
            raise ConfigurationError(
                ReasonCode.ARGUMENTS_WRONG, problem=f"{word!a} is not text.", command=PROGRAM
            ) from error


def _parser() -> Parser:
    parser = Parser(
        prog=PROGRAM,
        allow_abbrev=False,
        description="Browse large database tables, and export them so that a crash costs a second at most.",
        epilog=f"Without a command: {PROGRAM} [SOURCE [TABLE]] opens the window.",
    )
    parser.add_argument("--version", action="version", version=f"{PROGRAM} {__version__}")
    parser.add_argument("--smoke-test", action="store_true", help="check that this program works here")
    commands = parser.add_subparsers(dest="command", required=True, parser_class=Parser, metavar="COMMAND")
    _add_export(commands)
    _add_resume(commands)
    _add_jobs(commands)
    _add_cancel(commands)
    _add_tables(commands)
    _add_query(commands)
    _add_profile(commands)
    _add_json(_command(commands, "profiles", "list the saved profiles of exports"))
    _add_verify(commands)
    _add_demo(commands)
    return parser


Commands = argparse._SubParsersAction  # noqa: SLF001 - argparse has no public name for it


def _add_export(commands: "Commands[Parser]") -> None:
    export = _command(commands, "export", "write the rows of a table into a file")
    _add_source(export)
    export.add_argument("table", metavar="TABLE")
    export.add_argument("-o", "--output", dest="file", metavar="FILE", required=True)
    export.add_argument("--profile", metavar="NAME", help="what a saved profile says, and no option here")
    export.add_argument(
        "--since-last",
        dest="is_since_last",
        action="store_true",
        help="only rows added since the last export of the profile; with --overwrite behind those of FILE",
    )
    _add_wish_options(export)
    export.add_argument(
        "--overwrite", action="store_true", help="FILE may be replaced, once the export is whole"
    )
    export.add_argument("--chunk-rows", type=_positive, metavar="N", help="rows of one read (adaptive)")
    export.add_argument(
        "--throttle-ms", type=_milliseconds, default=0, metavar="MS", help="rest between two reads"
    )
    export.add_argument(
        "--checkpoint-seconds",
        type=_seconds,
        default=CHECKPOINT_SECONDS,
        metavar="S",
        help="at most so much work is lost in a crash (%(default)s)",
    )
    export.add_argument(
        "--manifest",
        dest="has_manifest",
        action="store_true",
        help="also write FILE.manifest.json: what was exported, and digests to verify it by",
    )
    _add_progress(export)


def _add_wish_options(export: Parser) -> None:
    """Add the options that say which rows and columns, and how they are written."""
    export.add_argument(
        "--where",
        metavar=("COLUMN OP", "VALUE"),
        nargs=2,
        help=f"only rows for which this holds; may be repeated. OP is one of: {' '.join(Operator)}",
    )
    export.add_argument("--search", metavar="TEXT", help="only rows with TEXT in any text column")
    export.add_argument("--columns", metavar="A,B", help="which columns, in which order; quoted as in CSV")
    export.add_argument(
        "--order-by",
        metavar="COL[:desc],...",
        help="in which order of rows; names quoted as in CSV (by the key)",
    )
    export.add_argument(
        "--consistency",
        type=word_of(Consistency),
        metavar="live|snapshot",
        help="short reads, or one state of the database for the whole run (live)",
    )
    export.add_argument(
        "--invalid-text",
        type=word_of(InvalidText),
        metavar="fail|replace",
        help="what becomes of text that is not valid UTF-8 (fail)",
    )
    add_file_options(export)


def _add_resume(commands: "Commands[Parser]") -> None:
    resume = _command(commands, "resume", "go on with exports that stopped")
    resume.add_argument(
        "jobs", nargs="*", metavar="JOB", help="a job's id or a unique prefix of it, or an unfinished file"
    )
    resume.add_argument("--all", action="store_true", help="every export that can go on")
    for remedy, flag in FLAGS.items():
        if consent := remedy.consent:
            text = consent.value
            resume.add_argument(flag, dest="consents", action="append_const", const=consent, help=text)
    resume.add_argument("--part", metavar="FILE", help="where the unfinished file was moved to")
    resume.add_argument("--to", metavar="FILE", help="let it become this file instead")
    _add_progress(resume)


def _add_jobs(commands: "Commands[Parser]") -> None:
    _add_json(_command(commands, "jobs", "list every export, newest first"))


def _add_cancel(commands: "Commands[Parser]") -> None:
    cancel = _command(commands, "cancel", "give an export up: its unfinished file goes, its record stays")
    cancel.add_argument("job", metavar="JOB")


def _add_tables(commands: "Commands[Parser]") -> None:
    tables = _command(commands, "tables", "list the tables and views of a database")
    _add_source(tables)
    _add_json(tables)


def _add_query(commands: "Commands[Parser]") -> None:
    query = _command(commands, "query", "save a SELECT to be used like a table, or show the one saved")
    _add_source(query)
    query.add_argument("name", metavar="NAME")
    query.add_argument("statement", nargs="?", metavar="SELECT", help="the statement; - reads it from input")
    query.add_argument(
        "--key", metavar="A,B", help="columns that tell its rows apart, so that an export can be resumed"
    )
    query.add_argument(
        "--set",
        dest="parameters",
        type=name_and_value,
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="the value of :NAME in the statement; may be repeated",
    )
    query.add_argument("--delete", action="store_true", help="forget it")


def _add_profile(commands: "Commands[Parser]") -> None:
    profile = _command(commands, "profile", "save options of export under a name, or show those saved")
    profile.add_argument("name", metavar="NAME")
    what = profile.add_mutually_exclusive_group()
    what.add_argument(
        "--save",
        dest="made_for",
        nargs=2,
        metavar=("SOURCE", "TABLE"),
        help="save the options that stand beside it, made for this table",
    )
    what.add_argument("--export", dest="exported", metavar="FILE", help="write the profile into a new file")
    what.add_argument("--import", dest="imported", metavar="FILE", help="save what is in such a file as NAME")
    what.add_argument("--delete", action="store_true", help="forget it")
    _add_wish_options(profile)


def _add_verify(commands: "Commands[Parser]") -> None:
    verify = _command(commands, "verify", "compare a file, or all in a folder, with what was exported")
    verify.add_argument("file", metavar="FILE", help="an exported file, or a folder of such")


def _add_demo(commands: "Commands[Parser]") -> None:
    demo = _command(commands, "demo", "make a database with a table of products")
    demo.add_argument("file", metavar="FILE")
    demo.add_argument("--rows", type=_not_negative, default=100_000, metavar="N", help="default %(default)s")
    demo.add_argument("--seed", type=int, default=1, metavar="N", help="the same seed, the same products")


def _command(commands: "Commands[Parser]", name: str, summary: str) -> Parser:
    return commands.add_parser(name, help=summary, description=summary.capitalize() + ".", allow_abbrev=False)


def _add_source(parser: Parser) -> None:
    parser.add_argument("source", metavar="SOURCE", help="path of a SQLite file, or a database URL")


def _add_json(parser: Parser) -> None:
    parser.add_argument("--json", action="store_true", help="print JSON")


def _add_progress(parser: Parser) -> None:
    parser.add_argument(
        "--progress", choices=("bar", "json", "none"), help="bar on a terminal, else none; json prints events"
    )


def _positive(text: str) -> int:
    return _between(1, _number(int, text), MOST_CHUNK_ROWS)


def _not_negative(text: str) -> int:
    return _between(0, _number(int, text), MOST_NUMBER)


def _milliseconds(text: str) -> int:
    return _between(0, _number(int, text), SECONDS_OF_A_DAY * 1000)


def _seconds(text: str) -> float:
    return _between(0, _number(float, text), SECONDS_OF_A_DAY)


def _number(kind: type[Number], text: str) -> Number:
    try:
        return kind(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number") from error


def _between(lowest: int, number: Number, highest: int) -> Number:
    if not lowest <= number <= highest:
        raise argparse.ArgumentTypeError(f"{number} is not between {lowest:,} and {highest:,}")
    return number
