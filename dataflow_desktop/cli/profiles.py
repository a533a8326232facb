"""Profiles of exports: options kept under a name, listed, shown, given away as a file, forgotten."""

from dataclasses import replace
from pathlib import Path

from dataflow_desktop import locations
from dataflow_desktop.cli.arguments import PROGRAM, Arguments
from dataflow_desktop.cli.export_wish import row_query
from dataflow_desktop.cli.file_options import file_options
from dataflow_desktop.cli.login import connected
from dataflow_desktop.cli.output import print_columns, print_json, print_lines, print_reason, say
from dataflow_desktop.cli.queries import table_named
from dataflow_desktop.domain.command_line import profile_options, shell_line
from dataflow_desktop.domain.export_profile import ExportProfile, profile_of
from dataflow_desktop.domain.export_spec import ExportSpec
from dataflow_desktop.domain.reading import Consistency, InvalidText
from dataflow_desktop.errors import ConfigurationError, ReasonCode
from dataflow_desktop.export.file_checks import check_file
from dataflow_desktop.records.profiles import ProfileStore, read_profile, write_profile

DONE = 0

_WISHES = (
    "where", "search", "columns", "order_by", "consistency", "invalid_text", "file_format", "compression",
    "preset", "renames", "encoding", "decimal_mark", "delimiter", "null_text", "line_ending", "has_bom",
    "has_no_header", "quoting", "has_formula_guard", "split_rows",
    "split_bytes",
)  # fmt: skip
"""What options of `export` set, where a profile has a say."""


def chosen_profile(arguments: Arguments) -> ExportProfile | None:
    """Return the profile that an export names, None where it names none; raises ConfigurationError."""
    if arguments.is_since_last and arguments.profile is None:
        problem = "--since-last needs --profile NAME: it goes on from the last export of that profile."
        raise ConfigurationError(ReasonCode.ARGUMENTS_WRONG, problem=problem, command=f"{PROGRAM} export")
    return _store().profile(arguments.profile) if arguments.profile is not None else None


def profile(arguments: Arguments) -> int:
    """Save a profile, write it into a file or read it from one, forget it, or show it."""
    store = _store()
    _check_wishes(arguments)
    if arguments.made_for is not None:
        _save(store, _made(arguments, *arguments.made_for))
    elif arguments.imported is not None:
        _save(store, replace(read_profile(Path(arguments.imported)), name=arguments.name))
    else:
        _use(store.profile(arguments.name), store, arguments)
    return DONE


def profiles(arguments: Arguments) -> int:
    """List every profile."""
    saved = _store().profiles()
    if arguments.json:
        print_json([_entry(one) for one in saved])
        return DONE
    lines = [(one.name, one.table, one.options.file_format.value, one.source) for one in saved]
    print_columns(("NAME", "TABLE", "FORMAT", "SOURCE"), lines)
    return DONE


def _store() -> ProfileStore:
    """Return the saved profiles; what is wrong with their file is said."""
    store = ProfileStore(locations.profiles_path())
    store.all()
    if store.notice is not None:
        print_reason(store.notice)
    return store


def _use(saved: ExportProfile, store: ProfileStore, arguments: Arguments) -> None:
    if arguments.exported is not None:
        write_profile(Path(arguments.exported), saved)
        say(f"The profile {saved.name} is in {arguments.exported}.")
    elif arguments.delete:
        store.delete(saved)
        say(f"The profile {saved.name} is forgotten. What was exported with it stays.")
    else:
        print_lines([f"# for {saved.table} of {saved.source}", shell_line(profile_options(saved))])


def _save(store: ProfileStore, wished: ExportProfile) -> None:
    if not wished.name.strip():
        raise _wrong("A profile needs a name.")
    store.save(wished)
    say(f"The profile {wished.name} is saved. Use it: {PROGRAM} export SOURCE TABLE -o FILE --profile NAME")


def _made(arguments: Arguments, source: str, table_name: str) -> ExportProfile:
    """Return the options given as a profile; they must fit the table."""
    arguments.file = ""
    with connected(source) as connection:
        table = table_named(connection, table_name)
        spec = ExportSpec(
            source=connection.source.address,
            query=row_query(arguments, table, None),
            target="",
            options=file_options(arguments),
            consistency=arguments.consistency or Consistency.LIVE,
            invalid_text=arguments.invalid_text or InvalidText.FAIL,
        )
        check_file(spec, table)
    return profile_of(arguments.name, spec, table.column_names)


def _check_wishes(arguments: Arguments) -> None:
    given = [wish for wish in _WISHES if getattr(arguments, wish) not in (None, False, [], ())]
    if arguments.made_for is None and given:
        raise _wrong("Options of export are for profile NAME --save SOURCE TABLE.")


def _wrong(problem: str) -> ConfigurationError:
    return ConfigurationError(ReasonCode.ARGUMENTS_WRONG, problem=problem, command=f"{PROGRAM} profile")


def _entry(saved: ExportProfile) -> dict[str, object]:
    return {
        "name": saved.name,
        "table": saved.table,
        "source": saved.source,
        "format": saved.options.file_format.value,
        "options": profile_options(saved),
    }
