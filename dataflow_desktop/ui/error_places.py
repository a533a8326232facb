"""What in the export dialog an error is about."""

from enum import Enum, auto

from dataflow_desktop.errors import Reason


class ErrorPlace(Enum):
    """Beside what an error is said."""

    COLUMNS = auto()
    FILE = auto()
    OPTIONS = auto()
    ALL = auto()


_CODES = {
    ErrorPlace.COLUMNS: frozenset(
        {
            "COLUMN_UNKNOWN", "COLUMN_TWICE", "NO_COLUMNS", "NAME_TWICE", "NAME_NOT_IN_ENCODING",
            "TOO_MANY_COLUMNS",
        }
    ),
    ErrorPlace.FILE: frozenset(
        {
            "TARGET_EXISTS", "TARGET_TAKEN", "TARGET_NOT_A_FILE", "TARGET_IS_SOURCE", "FOLDER_MISSING",
            "FOLDER_NOT_WRITABLE", "FILE_NAME_UNUSABLE", "NAME_MISLEADS", "DISK_FULL", "WRITE_FAILED",
            "OLD_VERSION_CHANGED", "NOTHING_TO_APPEND_TO", "WRITTEN_OTHERWISE", "NUMBERED_NOT_APPENDED_TO",
        }
    ),
    ErrorPlace.OPTIONS: frozenset(
        {
            "OPTION_NOT_FOR_FORMAT", "COMPRESSED_ALREADY", "LETTER_NOT_IN_ENCODING", "DELIMITER_WRONG",
            "NULL_TEXT_WRONG", "DECIMAL_MARK_WRONG", "BOM_NOT_POSSIBLE", "SPLIT_WRONG", "SPLIT_TWICE",
            "SPLIT_BYTES_OF_SHEETS", "SPLIT_TOO_SMALL",
        }
    ),
}  # fmt: skip


def place_of(reason: Reason) -> ErrorPlace:
    """Return what `reason` is about, everything where it is nothing in particular."""
    return next((place for place, codes in _CODES.items() if reason.code in codes), ErrorPlace.ALL)
