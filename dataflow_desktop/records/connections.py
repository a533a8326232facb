"""The saved connections, without any password."""

from collections.abc import Sequence
from dataclasses import dataclass

from dataflow_desktop.domain.saved_connection import SavedConnection
from dataflow_desktop.phrases import Phrase
from dataflow_desktop.records.settings_list import SettingsList


@dataclass(frozen=True)
class _Stored:
    version: int
    connections: tuple[SavedConnection, ...]


class ConnectionStore(SettingsList[SavedConnection]):
    """The saved connections; no two have one name."""

    title = Phrase.CONNECTIONS
    _stored_kind = _Stored

    def connections(self) -> list[SavedConnection]:
        """Return all of them, by name."""
        return sorted(self.all(), key=lambda connection: connection.name.casefold())

    def _things(self, stored: _Stored) -> Sequence[SavedConnection]:
        return stored.connections

    def _is_same(self, one: SavedConnection, other: SavedConnection) -> bool:
        return one.name == other.name
