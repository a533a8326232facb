"""What an export is offered of, and how it is said."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QLabel

from dataflow_desktop.domain.own_query import OwnQuery
from dataflow_desktop.domain.row_query import RowQuery
from dataflow_desktop.domain.schema import Table
from dataflow_desktop.ui.figures import rows_text
from dataflow_desktop.ui.filter_words import filters_in_words


@dataclass(frozen=True)
class ExportOffer:
    """What the table shows now: `rows` is None while nobody has counted, `target` the path proposed.

    `columns` are those on the screen, in their order there; all of the query's when there are none. `table`
    is what the rows are of, where that is known.
    """

    source: str
    query: RowQuery
    rows: int | None
    target: Path
    columns: tuple[str, ...] = ()
    own_query: OwnQuery | None = None
    table: Table | None = None

    @property
    def all_columns(self) -> list[str]:
        """All columns of the query, those on the screen first and in their order there."""
        shown = set(self.columns)
        return [*self.columns, *(name for name in self.query.columns if name not in shown)]


def offer_label(offer: ExportOffer) -> QLabel:
    """Return a label that says which rows are offered."""
    label = QLabel(offer_words(offer))
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    font = QFont(label.font())
    font.setBold(True)
    label.setFont(font)
    return label


def offer_words(offer: ExportOffer) -> str:
    """Return which rows are offered, in words."""
    filters = filters_in_words(offer.query)
    if offer.rows is None:
        count = _tr("All rows that match") if filters else _tr("All rows")
    else:
        count = rows_text(offer.rows)
    words = _tr("{count} of {table}")
    if offer.query.rows is not None:
        words = _tr("{count} selected of {table}")
    table = words.format(count=count, table=offer.query.table)
    return f"{table}\n{_tr('where {filters}').format(filters=filters)}" if filters else table


def _tr(text: str) -> str:
    return QCoreApplication.translate("ExportOffer", text)
