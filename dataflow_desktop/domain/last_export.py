"""Where an export of only what is new goes on from: the last one of its profile."""

from dataclasses import dataclass

from dataflow_desktop.domain.schema import ColumnKind, Table


@dataclass(frozen=True)
class OldVersion:
    """Rows, bytes and SHA-256 of what the target was: a new version of it begins with just that."""

    rows: int
    bytes: int
    sha256: str


@dataclass(frozen=True)
class LastExport:
    """The job that wrote `file`, and when it saw which rows there are (ISO 8601 in UTC).

    With an `old_version` the new rows are to stand behind those of that file, in a new version of it.
    """

    job: str
    time: str
    file: str
    old_version: OldVersion | None = None


def tells_later_rows(table: Table) -> bool:
    """Whether a higher key of `table` means that its row was added later, for all that its columns tell.

    One whole number is counted up, and times go on. Of several columns the first may be the number of a
    customer, who still gets rows when others have higher numbers, or a day that is not over: such rows would
    be missed. Texts and UUIDs come in no order of time at all.
    """
    if not table.key:
        return False
    if table.has_integer_key:
        return True
    first = table.column(table.key[0])
    if first.kind is ColumnKind.TIMESTAMP:
        return True
    is_whole = first.kind is ColumnKind.DECIMAL and first.decimals == 0
    is_counted = is_whole or first.kind in {ColumnKind.INTEGER, ColumnKind.DATE}
    return is_counted and len(table.key) == 1
