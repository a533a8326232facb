"""What can go wrong: four kinds of error, and every reason for one, with its English text."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from dataflow_desktop import locations


@dataclass(frozen=True)
class ReasonText:
    """What happened, and a hint: what is safe and what to do now. Facts stand in braces."""

    message: str
    hint: str


class ReasonCode(Enum):
    """Why a wish was turned down or an export stopped; the name is stored, the text shown or translated."""

    # Configuration: what was asked for does not fit.
    ARGUMENTS_WRONG = ReasonText("{problem}", "Nothing was changed. See {command} --help.")
    OPTION_NOT_FOR_FORMAT = ReasonText(
        "{option} is for {formats}, and the file is to be {format}.",
        "Nothing was changed. Leave the option out, or choose another format.",
    )
    NAME_MISLEADS = ReasonText(
        "The name of {target} tells another format than the export has, which is {format}.",
        "What is saved stays saved. Choose a name that ends as the one before did.",
    )
    NAME_TWICE = ReasonText(
        "Two columns of the file would be called {name}.", "Nothing was changed. Rename one of them."
    )
    NAME_NOT_IN_ENCODING = ReasonText(
        "The column name {name} has letters that {encoding} does not have.",
        "Nothing was changed. Rename the column for the file, or choose UTF-8.",
    )
    COMPRESSED_ALREADY = ReasonText(
        "An XLSX file is compressed already.", "Nothing was changed. Leave the compression out."
    )
    SPLIT_WRONG = ReasonText(
        "A file of fewer than one row or byte cannot be written.",
        "Nothing was changed. Choose how many rows or bytes a file may have.",
    )
    SPLIT_TWICE = ReasonText(
        "Files are split by rows or by bytes, not by both.", "Nothing was changed. Leave one of the two out."
    )
    SPLIT_BYTES_OF_SHEETS = ReasonText(
        "An XLSX file cannot be split by bytes: its rows are numbered before it is known how many fit.",
        "Nothing was changed. Split it by rows.",
    )
    SPLIT_TOO_SMALL = ReasonText(
        "{rows} rows would need more than {most} files.",
        "Nothing was changed. Let a file have {at_least} rows or more.",
    )
    TOO_MANY_FILES = ReasonText(
        "The rows need more than {most} files: {rows} are in as many.",
        "What is saved stays saved, and helps no further. Export again, with larger files.",
    )
    SHEET_TOO_LARGE = ReasonText(
        "An XLSX file cannot hold so much: a sheet ends below 4 GiB, and so does the whole file.",
        "What is saved stays saved, and helps no further. Export fewer columns or rows, or another format.",
    )
    TOO_MANY_COLUMNS = ReasonText(
        "A sheet holds {most} columns, and {count} are wanted.",
        "Nothing was changed. Choose fewer columns, or another format.",
    )
    SOURCE_DIALECT_UNKNOWN = ReasonText(
        "SQLAlchemy knows no databases of the kind {dialect}.",
        "Nothing was changed. Correct the URL's beginning, or install the package that brings this dialect.",
    )
    SOURCE_DRIVER_MISSING = ReasonText(
        "Databases of the kind {dialect} need the package {package}, which is not installed.",
        "Nothing was changed. Install it: {python} -m pip install {package}",
    )
    SOURCE_DRIVER_NOT_IN_BUILD = ReasonText(
        "This build of the program has no driver for databases of the kind {dialect} ({package}).",
        "Nothing was changed. Run the program from its source and install the package {package} there.",
    )
    SOURCE_DRIVER_ASYNC = ReasonText(
        "The driver of {dialect} is an asynchronous one, which the program does not use.",
        "Nothing was changed. Name another driver of this database in the URL.",
    )
    SNAPSHOT_UNKNOWN = ReasonText(
        "Whether {source} can show one state of its tables for a whole run is not known.",
        "Nothing was changed. Export without --consistency snapshot.",
    )
    NOT_EXACT_HERE = ReasonText(
        "{what} is not possible for column {column} ({declared_type}) of {table}: its database follows rules"
        " that are not known.",
        "Nothing was changed. Leave this column out of conditions, search and order.",
    )
    SEARCH_NOT_EXACT_HERE = ReasonText(
        "Texts that start or end with {text} cannot be looked for in this database: [ may be special to it.",
        "Nothing was changed. Look for texts that contain it.",
    )
    TABLE_UNKNOWN = ReasonText(
        "There is no table {table} in {source}.", "Nothing was changed. The tables there: {known}."
    )
    TABLE_WITHOUT_KEY = ReasonText(
        "{table} has no key, so that it cannot be shown page by page.",
        "Nothing was changed. It can be exported on the command line, in one pass.",
    )
    COLUMN_UNKNOWN = ReasonText(
        "There is no column {column} in table {table}.", "Nothing was changed. The columns there: {known}."
    )
    COLUMN_TWICE = ReasonText(
        "Column {column} is named twice.", "Nothing was changed. Name each column once."
    )
    OWN_QUERY_WRONG = ReasonText(
        "The query {name} cannot be used: {problem}", "Nothing was changed. Correct the query."
    )
    OWN_QUERY_UNKNOWN = ReasonText(
        "No query {name} is saved for {source}.", "Nothing was changed. The queries saved for it: {known}."
    )
    OWN_QUERY_KEY_WRONG = ReasonText(
        "{key} cannot be the key of the query {name}: {problem}",
        "Nothing was changed. Choose columns whose values together are different in each row, or none: an "
        "export is then made in one pass, and begins again when it is stopped.",
    )
    PROFILE_UNKNOWN = ReasonText(
        "No profile {name} is saved.", "Nothing was changed. The profiles saved: {known}."
    )
    PROFILE_FILE_WRONG = ReasonText(
        "{file} is no profile of an export, or was damaged.",
        "Nothing was changed. Choose a file to which this program saved a profile.",
    )
    PROFILE_FILE_NEWER = ReasonText(
        "The profile in {file} was saved by a newer version of this program.",
        "Nothing was changed. Use the newer version.",
    )
    NEW_ROWS_NOT_TOLD = ReasonText(
        "Which rows of {table} are new cannot be told by its key ({key}): only one whole number or date, or "
        "a time in the first place, says what was added later.",
        "Nothing was changed. Export all rows, or ask by a condition for those that you want.",
    )
    NUMBERED_NOT_APPENDED_TO = ReasonText(
        "Rows cannot be added to the numbered files of {file}.",
        "Nothing was changed. Give the new rows another file name.",
    )
    NOTHING_TO_APPEND_TO = ReasonText(
        "New rows cannot stand behind those of {file}: {format} files cannot be added to.",
        "Nothing was changed. Let the new rows become a file of their own, with another name.",
    )
    WRITTEN_OTHERWISE = ReasonText(
        "New rows cannot stand behind those of {file}: it was written with other columns or options.",
        "Nothing was changed. Choose those of then, or let the new rows become a file with another name.",
    )
    OPERATOR_UNKNOWN = ReasonText(
        "There is no comparison {operator}.", "Nothing was changed. The comparisons: {known}."
    )
    VALUE_WRONG = ReasonText(
        "{value} is not a value for column {column} ({declared_type}): {expected} is needed.",
        "Nothing was changed. Correct the value.",
    )
    VALUE_WRONG_FOR_SERVER = ReasonText(
        "{value} is not a value for column {column} ({declared_type}). The database says: {reason}.",
        "Nothing was changed. Correct the value.",
    )
    VALUE_COUNT_WRONG = ReasonText(
        "{operator} on column {column} takes {expected}, not {given}.",
        "Nothing was changed. Lists are separated by commas and quoted as in CSV.",
    )
    SEARCH_TOO_LONG = ReasonText(
        "The search text is longer than {limit} characters.",
        "Nothing was changed. Search for a shorter text.",
    )
    NO_COLUMNS = ReasonText(
        "An export of no columns has no rows either.", "Nothing was changed. Name a column of {table}."
    )
    DELIMITER_WRONG = ReasonText(
        "{delimiter} cannot stand between cells.",
        "Nothing was changed. Choose one character that {encoding} has and that is no quotation mark, line "
        "break or NUL.",
    )
    NULL_TEXT_WRONG = ReasonText(
        "{text} cannot stand for NULL.",
        "Nothing was changed. Choose a text of characters that {encoding} has, without the delimiter, "
        "quotation marks and line breaks.",
    )
    DECIMAL_MARK_WRONG = ReasonText(
        "{mark} cannot stand before decimals.", "Nothing was changed. Choose a point or a comma."
    )
    BOM_NOT_POSSIBLE = ReasonText(
        "A byte order mark cannot be written in {encoding}.",
        "Nothing was changed. Leave it out, or choose utf-8 or utf-16.",
    )
    COPY_TOO_LARGE = ReasonText(
        "The cells selected hold more than {megabytes} MB.",
        "Nothing was copied. Select fewer, or export them with Ctrl+E.",
    )
    JOB_UNKNOWN = ReasonText(
        "There is no export {job}.", "Nothing was changed. The command jobs lists them all."
    )
    JOB_AMBIGUOUS = ReasonText(
        "{job} stands for {count} exports.", "Nothing was changed. Give more characters of the id."
    )
    JOB_ENDED = ReasonText("Export {job} has ended: {state}.", "Nothing was changed. Start a new export.")

    # Source: the database.
    SOURCE_MISSING = ReasonText(
        "There is no file {source}.", "What is saved stays saved. Check the path, then try again or resume."
    )
    SOURCE_DAMAGED = ReasonText(
        "{source} is damaged: {reason}.",
        "It was not touched; what is saved stays saved. Bring it back from a copy, then try again or resume.",
    )
    SOURCE_UNFINISHED = ReasonText(
        "{source} was left in the middle of a change, and to read it, that would have to be ended first.",
        "It was not touched: this program writes into no database. Open it once with the program that "
        "changed it, then try again or resume.",
    )
    SOURCE_FOLDER_CLOSED = ReasonText(
        "{source} is in WAL mode, and this program may not make the files that SQLite needs beside it.",
        "Nothing was changed. Copy the database into a folder of your own, or let its owner switch it to "
        "another journal mode, then try again or resume.",
    )
    SOURCE_NOT_A_DATABASE = ReasonText(
        "{source} is not a SQLite database.",
        "Nothing was changed. The file may be damaged, encrypted or of another kind.",
    )
    SOURCE_UNREADABLE = ReasonText(
        "{source} cannot be opened: {reason}.", "Nothing was changed. Check that you may read the file."
    )
    SOURCE_BUSY = ReasonText(
        "{source} is locked by another program.",
        "What is saved stays saved. Let the other program finish, then try again or resume.",
    )
    SERVER_UNREACHABLE = ReasonText(
        "{source} does not answer: {reason}.",
        "What is saved stays saved. Check that the server runs and its address, then try again or resume.",
    )
    CONNECTION_LOST = ReasonText(
        "The connection to {source} was lost: {reason}.",
        "What is saved stays saved. Try again or resume when the server is back.",
    )
    ENCRYPTION_FAILED = ReasonText(
        "{source} cannot be reached with the encryption that is asked for: {reason}.",
        "What is saved stays saved. Check the TLS setting and the certificate, then try again or resume.",
    )
    LOGIN_REFUSED = ReasonText(
        "{source} refused the login: {reason}.",
        "What is saved stays saved. Check user and password, then try again or resume.",
    )
    PASSWORD_NEEDED = ReasonText(
        "{source} asks for a password.", "What is saved stays saved. Enter it, then try again or resume."
    )
    DATABASE_UNKNOWN = ReasonText(
        "There is no such database at {source}: {reason}.",
        "What is saved stays saved. Check its name, then try again or resume.",
    )
    PERMISSION_DENIED = ReasonText(
        "{source} does not let you read this: {reason}.",
        "What is saved stays saved. Ask for the right to SELECT, then try again or resume.",
    )
    SOURCE_FAILED = ReasonText(
        "The database stopped answering: {reason}.",
        "What is saved stays saved. Try again or resume when it is back.",
    )
    QUERY_FAILED = ReasonText(
        "{source} cannot answer: {reason}.",
        "What is saved stays saved. Mend the table or view in the database, then try again or resume.",
    )
    TEXT_INVALID = ReasonText(
        "{source} holds text that is not valid UTF-8: {reason}.",
        "What is saved stays saved. Correct the row in the database, then resume.",
    )
    TEXT_INVALID_AT = ReasonText(
        "Table {table} holds text that is not valid UTF-8: column {column}, row {key}.",
        "What is saved stays saved. Correct the row and resume, or export anew and have such text replaced.",
    )
    LETTER_NOT_IN_ENCODING = ReasonText(
        "Table {table} holds {letter}, which {encoding} does not have: column {column}, row {key}.",
        "What is saved stays saved. Export anew in UTF-8, or have such letters replaced.",
    )
    CELL_TOO_LONG = ReasonText(
        "Table {table} holds a value of {length} characters, and a cell of a sheet holds {most}:"
        " column {column}, row {key}.",
        "What is saved stays saved. Export anew without this column or row, or in another format.",
    )
    SNAPSHOT_UNREADABLE = ReasonText(
        "The rows of {source} cannot be read from one snapshot: {reason}.",
        "Nothing was changed. Export again when the database is less busy, or without a snapshot.",
    )

    # Destination: the file.
    FOLDER_MISSING = ReasonText(
        "There is no folder {folder}.", "Nothing was changed. Bring it back, or choose another."
    )
    FOLDER_NOT_WRITABLE = ReasonText(
        "No file can be created in {folder}: {reason}.",
        "Nothing was written. Choose a folder you may write to.",
    )
    TARGET_NOT_A_FILE = ReasonText(
        "{target} is not an ordinary file.", "It was not touched. Choose another name."
    )
    FILE_NAME_UNUSABLE = ReasonText(
        "{target} cannot be used as a file name: {reason}.", "Nothing was written. Choose another name."
    )
    DISK_FULL = ReasonText(
        "There is no room left for {file}.", "What is saved stays saved. Make room, then resume."
    )
    DISK_NEARLY_FULL = ReasonText(
        "The disk of {folder} is nearly full: {free} bytes are free, and {reserved} are left for the system.",
        "The export paused before it came to harm; what is saved stays saved. Make room, then resume.",
    )
    WRITE_FAILED = ReasonText(
        "{file} cannot be written: {reason}.", "What is saved stays saved. Mend the cause, then resume."
    )
    PUBLISH_FAILED = ReasonText(
        "The finished file cannot be given its name {target}: {reason}.",
        "All rows are safe in {part}. Mend the cause, then resume.",
    )
    FILE_UNREADABLE = ReasonText("{file} cannot be read: {reason}.", "Nothing was changed. Check the path.")

    # Records: the job store.
    RECORDS_UNUSABLE = ReasonText(
        "The record of exports {file} cannot be used: {reason}.",
        "No exported file was touched. Check the folder and its disk, then try again.",
    )
    RECORDS_READ_ONLY = ReasonText(
        "The record of exports {file} cannot be written: {reason}.",
        "No exported file was touched. Check the permissions of the file and its folder, then try again.",
    )
    RECORDS_FULL = ReasonText(
        "There is no room left for the record of exports {file}.",
        "What is saved stays saved. Make room on that disk, then resume.",
    )
    RECORDS_BUSY = ReasonText(
        "The record of exports {file} is locked by another program.",
        "What is saved stays saved. Let the other program finish, then try again.",
    )
    RECORDS_DAMAGED = ReasonText(
        "The record of exports {file} is damaged: {reason}.",
        "What is saved stays saved. Start the program again: it puts the damaged file aside.",
    )
    RECORDS_MOVED_ASIDE = ReasonText(
        "The record of exports was damaged. It was put aside as {file}, and a new one begun.",
        "No exported file was touched. Recover an unfinished export from its own file, which ends in .part.",
    )
    RECORDS_NEWER = ReasonText(
        "The record of exports {file} was written by a newer version of this program.",
        "Nothing was changed. Use the newer version.",
    )
    SETTINGS_UNUSABLE = ReasonText(
        "The {title} in {file} cannot be used: {reason}.",
        "Nothing was lost. Check the permissions of the file and its folder, then try again.",
    )
    SETTINGS_MOVED_ASIDE = ReasonText(
        "The {title} could not be read, or a newer version of this program wrote them.",
        "They were put aside as {file}, and a new list begun. Nothing was deleted.",
    )

    # Refused: a person decides.
    TARGET_EXISTS = ReasonText(
        "{target} exists already.", "It was not touched. Choose another name, or allow it to be replaced."
    )
    TARGET_IS_SOURCE = ReasonText(
        "{target} is a database in use, or a file that belongs to one.",
        "It was not touched. Choose another name.",
    )
    FILES_HAVE_NAMES = ReasonText(
        "{named} of the {count} numbered files have their names already, {file} among them.",
        "All rows are written. Resume the export, so that the others get theirs.",
    )
    TARGET_APPEARED = ReasonText(
        "Somebody created or changed {target} while the export ran.",
        "It was not touched, and all rows are safe in {part}. Move it away, then resume to finish.",
    )
    MANIFEST_APPEARED = ReasonText(
        "Somebody created or changed {manifest} while the export ran.",
        "It was not touched, and {target} is whole. Move it away, then resume to finish.",
    )
    MANIFEST_DAMAGED = ReasonText(
        "{manifest} is not a manifest that can be understood: {reason}.",
        "Nothing was changed. Bring it back from a copy; put aside, it leaves the record of the export to "
        "compare with.",
    )
    MANIFEST_NEWER = ReasonText(
        "{manifest} was written by a newer version of this program.",
        "Nothing was changed. Use the newer version.",
    )
    MANIFEST_OF_OTHER = ReasonText(
        "{manifest} is the manifest of another file, and says nothing of {file}.",
        "Nothing was changed. Give the file the name that its manifest has for it, or put that aside.",
    )
    TARGET_TAKEN = ReasonText(
        "The unfinished export {job} is to become {target} already.",
        "Nothing was touched. Resume or cancel that one, or choose another name.",
    )
    LAST_SOURCE_REPLACED = ReasonText(
        "{source} is no longer the database of the last export: another has its name, with none of the rows "
        "that were looked at then.",
        "Nothing was changed. Put the first one back, or export all rows.",
    )
    LAST_KEY_CHANGED = ReasonText(
        "The rows of {table} have another key than at the last export, or were numbered anew (VACUUM).",
        "Nothing was changed. Export all rows: the next export can go on from there.",
    )
    OLD_VERSION_CHANGED = ReasonText(
        "{file} is no longer what was exported, so that no new rows can stand behind its own.",
        "It was not touched. Bring it back from a copy, or let the new rows become a file with another name.",
    )
    JOB_OWNED = ReasonText(
        "Another running program works on export {job}.",
        "Nothing was touched. Let it finish, or stop it there.",
    )
    JOB_TAKEN_OVER = ReasonText(
        "Another program has taken over export {job}.", "This one stopped without writing. Look at it there."
    )
    PART_IN_USE = ReasonText(
        "Another running program writes to the unfinished file {part}.",
        "Nothing was touched. Let it finish, or stop it there.",
    )
    PART_UNKNOWN = ReasonText(
        "{part} is not an unfinished file with its record (.part.job) beside it.",
        "It was not touched. Name a file that ends in .part, as this program left it.",
    )
    PART_MISSING = ReasonText(
        "The unfinished file {part} is gone.",
        "Nothing was deleted by this program. Put it back and resume, say where it is, or begin again.",
    )
    PART_NOT_A_FILE = ReasonText(
        "The unfinished file {part} is no longer an ordinary file of ours.",
        "It was not touched. Put the file back and resume, or cancel and export again.",
    )
    PART_TOO_SHORT = ReasonText(
        "The unfinished file {part} has {size} bytes; {expected} were saved.",
        "It was not touched. Put the whole file back and resume, or begin again.",
    )
    PART_CHANGED = ReasonText(
        "The unfinished file {part} is not what was saved.",
        "It was not touched. Put the file back and resume, or begin again.",
    )
    PART_DAMAGED = ReasonText(
        "The unfinished file {part} is no longer what was saved, but its first {rows} rows are, of {saved}.",
        "It was not touched. Put the file back and resume, or go on from those rows.",
    )
    SOURCE_REPLACED = ReasonText(
        "{source} is no longer the database that this export began with: another has its name.",
        "The saved part was not touched. Put the first one back and resume, begin again, or read the rest "
        "from the new one.",
    )
    TABLE_CHANGED = ReasonText(
        "Table {table} is not built as it was when the export began.",
        "The saved part was not touched. Begin again with the table as it is now, or cancel.",
    )
    ROWS_RENUMBERED = ReasonText(
        "The rows of {table} were numbered anew (VACUUM), and it has no other key.",
        "The saved part was not touched. Begin again, or cancel.",
    )
    SNAPSHOT_LOST = ReasonText(
        "The snapshot of {source} that this export was reading ended with its process.",
        "The saved part was not touched. Begin again, or let the rest be read as it is now.",
    )
    JOB_FORMAT_UNKNOWN = ReasonText(
        "Export {job} was written by another version of this program and cannot go on.",
        "Nothing was touched. Resume it with that version, or cancel and export again.",
    )

    # Stops that are no errors, and surprises.
    PAUSE_ASKED = ReasonText("Paused as you asked.", "What is saved stays saved. Resume when you like.")
    PROGRAM_CLOSED = ReasonText(
        "Paused because the program was closed.", "What is saved stays saved. Resume it."
    )
    RECORD_REBUILT = ReasonText(
        "This export was found again by its unfinished file.", "What is saved stays saved. Resume it."
    )
    PROCESS_GONE = ReasonText(
        "The program ended in the middle of this export.", "What is saved stays saved. Resume it."
    )
    UNEXPECTED = ReasonText(
        "Something went wrong that should not: {reason}.",
        "What is saved stays saved. The log {log} says more.",
    )


@dataclass(frozen=True)
class Reason:
    """Why an export stopped or a wish was turned down; `kind` says whom to ask or what to mend."""

    kind: str
    code: str
    facts: Mapping[str, str]

    @property
    def message(self) -> str:
        """What happened, in English."""
        return ReasonCode[self.code].value.message.format_map(self.facts)

    @property
    def hint(self) -> str:
        """What is safe and what to do now, in English."""
        return ReasonCode[self.code].value.hint.format_map(self.facts)


def unexpected_reason(error: Exception) -> Reason:
    """Return the reason for an error that nobody foresaw; whoever catches it also logs it."""
    facts = {"reason": f"{type(error).__name__}: {error}", "log": str(locations.log_path())}
    return Reason("unexpected", ReasonCode.UNEXPECTED.name, facts)


class DataFlowError(Exception):
    """An error a person can understand; its `reason` is what gets stored, shown and translated."""

    kind = "unexpected"

    def __init__(self, code: ReasonCode, **facts: object) -> None:
        self.reason = Reason(self.kind, code.name, {name: str(fact) for name, fact in facts.items()})
        super().__init__(self.reason.message)


class ConfigurationError(DataFlowError):
    """What was asked for cannot be done as asked: ask the person."""

    kind = "configuration"


class SourceError(DataFlowError):
    """The database does not answer as it must: retry, then pause."""

    kind = "source"


class DestinationError(DataFlowError):
    """The file or the record of exports cannot be written: pause, keep the checkpoint."""

    kind = "destination"


class RefusedError(DataFlowError):
    """Going on could harm somebody's data: a person decides; nothing is deleted."""

    kind = "refused"
