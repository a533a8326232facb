"""How a person arranged the columns of each table: order, widths, and which are hidden."""

import hashlib
from collections.abc import Sequence

from PySide6.QtCore import QByteArray, QSettings
from PySide6.QtWidgets import QHeaderView


class ColumnLayouts:
    """Keeps the state of a header for each table, by its address, its name and its columns."""

    def __init__(self, settings: QSettings) -> None:
        self._settings = settings

    def keep(self, table: str, columns: Sequence[str], header: QHeaderView) -> None:
        """Remember how the columns of a table stand; `table` tells it from all others."""
        self._settings.setValue(_key(table, columns), header.saveState())

    def restore(self, table: str, columns: Sequence[str], header: QHeaderView) -> bool:
        """Arrange the columns as they stood; False where nothing is remembered of this table."""
        state = self._settings.value(_key(table, columns))
        return isinstance(state, QByteArray) and header.restoreState(state)


def _key(table: str, columns: Sequence[str]) -> str:
    # A hash: addresses have slashes, which settings take for groups, and may be long.
    text = "\0".join([table, *columns])
    return f"columns/{hashlib.sha256(text.encode(errors='surrogatepass')).hexdigest()[:32]}"
