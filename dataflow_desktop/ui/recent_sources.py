"""The databases opened last, files and servers, without any password."""

from PySide6.QtCore import QSettings

from dataflow_desktop.domain.source_address import holds_secret
from dataflow_desktop.passwords import without_password

MOST = 10
_KEY = "recent/sources"


class RecentSources:
    """Remembered from one start to the next; the newest is the first."""

    def __init__(self, settings: QSettings) -> None:
        self._settings = settings

    @property
    def addresses(self) -> list[str]:
        """The addresses, newest first."""
        stored = self._settings.value(_KEY)
        if isinstance(stored, str):  # a list of one comes back from the file as its one text
            return [stored]
        return [str(address) for address in stored] if isinstance(stored, list) else []

    def add(self, address: str) -> None:
        """Put `address` first, without its password; not at all when another secret would be left in it."""
        bare, _ = without_password(address)
        if bare and not holds_secret(bare):
            others = [other for other in self.addresses if other != bare]
            self._settings.setValue(_KEY, [bare, *others][:MOST])

    def clear(self) -> None:
        """Forget them all."""
        self._settings.remove(_KEY)
