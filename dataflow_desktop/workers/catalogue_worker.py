"""Makes the product catalogue at first start."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, Signal

from dataflow_desktop.errors import Reason
from dataflow_desktop.pacing import Stopped, StopRequest, StopWish
from dataflow_desktop.source.sqlalchemy_loading import load_sqlalchemy
from dataflow_desktop.workers.edge import reason_for
from dataflow_desktop.workers.worker_thread import Worker


@dataclass(frozen=True)
class CatalogueProgress:
    """Products written so far."""

    rows: int
    total_rows: int


@dataclass(frozen=True)
class CatalogueMade:
    """The catalogue stands, whole."""

    path: Path


@dataclass(frozen=True)
class CatalogueFailed:
    """Why there is no catalogue."""

    path: Path
    reason: Reason


class CatalogueWorker(Worker):
    """Writes one catalogue; `reported` brings CatalogueProgress, then CatalogueMade or CatalogueFailed."""

    reported = Signal(object)
    _asked = Signal(object)

    def __init__(self, rows: int) -> None:
        super().__init__()
        self.rows = rows
        self._stop = StopRequest()
        self._asked.connect(self._on_asked, Qt.ConnectionType.QueuedConnection)

    def make(self, path: Path) -> None:
        """Write the catalogue at `path`, unless it stands there already; from any thread."""
        self._asked.emit(path)

    def ask_to_stop(self) -> None:
        """Give up; the unfinished file goes."""
        self._stop.ask(StopWish.CANCEL)

    def _on_asked(self, path: Path) -> None:
        try:
            if not path.exists():
                self._make(path)
            self.reported.emit(CatalogueMade(path))
        except Stopped:
            pass
        except Exception as error:  # noqa: BLE001 - the worker's edge
            self.reported.emit(CatalogueFailed(path, reason_for(error)))

    def _make(self, path: Path) -> None:
        load_sqlalchemy()
        from dataflow_desktop.source.product_catalogue import make_catalogue

        path.parent.mkdir(parents=True, exist_ok=True)
        make_catalogue(path, self.rows, on_progress=self._on_rows)

    def _on_rows(self, rows: int) -> None:
        if self._stop.is_asked():
            raise Stopped
        self.reported.emit(CatalogueProgress(rows, self.rows))
