"""The queries of a person's own, each kept for one source."""

from collections.abc import Sequence
from dataclasses import dataclass

from dataflow_desktop.domain.own_query import OwnQuery, SavedQuery
from dataflow_desktop.domain.source_address import without_options
from dataflow_desktop.phrases import Phrase
from dataflow_desktop.records.settings_list import SettingsList


@dataclass(frozen=True)
class _Stored:
    version: int
    queries: tuple[SavedQuery, ...]


class QueryStore(SettingsList[SavedQuery]):
    """The saved queries; no two of one source have one name.

    The address of a source may hold secrets and options: what is kept has neither.
    """

    title = Phrase.QUERIES
    _stored_kind = _Stored

    def queries_of(self, source: str) -> list[OwnQuery]:
        """Return those of the source at the address `source`, by name."""
        own = [saved.query for saved in self.all() if saved.source == without_options(source)]
        return sorted(own, key=lambda query: query.name.casefold())

    def keep(self, source: str, query: OwnQuery) -> None:
        """Save `query` for the source, in the place of the one of its name."""
        self.save(SavedQuery(without_options(source), query))

    def forget(self, source: str, query: OwnQuery) -> None:
        """Delete the query of that name, if the source has one."""
        self.delete(SavedQuery(without_options(source), query))

    def _things(self, stored: _Stored) -> Sequence[SavedQuery]:
        return stored.queries

    def _is_same(self, one: SavedQuery, other: SavedQuery) -> bool:
        return (one.source, one.query.name) == (other.source, other.query.name)
