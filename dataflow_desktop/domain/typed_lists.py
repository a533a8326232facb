"""Lists as a person types them: separated by commas, quoted as in CSV."""

import csv
from collections.abc import Iterable

_QUOTED = frozenset(',"\r\n')


def split_list(text: str) -> list[str]:
    """Return the entries of `text`, one at least; raises ValueError when its quotes do not close."""
    try:
        return next(csv.reader([text], strict=True), None) or [""]
    except csv.Error as error:
        raise ValueError(text) from error


def join_list(entries: Iterable[str]) -> str:
    """Return the text that `split_list` takes apart into `entries`, of which there is one at least."""
    return ",".join(quoted(entry) if _QUOTED & set(entry) else entry for entry in entries)


def quoted(entry: str) -> str:
    """Return `entry` in quotes, as in CSV."""
    return '"' + entry.replace('"', '""') + '"'
