"""One column at a glance beside the table: how full it is, its values, and how they are spread."""

from datetime import UTC, datetime, timedelta

from PySide6.QtCore import QEvent, QLocale, Qt, Signal
from PySide6.QtGui import QFont, QPalette
from PySide6.QtWidgets import (
    QFormLayout,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QProgressBar,
    QPushButton,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from dataflow_desktop.browse.cell_text import CellMaker, cell_makers
from dataflow_desktop.domain.profile import ColumnProfile, HistogramBar, ValueCount
from dataflow_desktop.domain.schema import Column
from dataflow_desktop.ui.charts import SHARE_ROLE, Bar, Histogram, Share, ShareBar, ShareDelegate
from dataflow_desktop.ui.elided_label import ElidedLabel
from dataflow_desktop.ui.figures import number, permille, rough_number, rows_text
from dataflow_desktop.ui.reading_table import reading_table

SMALLEST_WIDTH = 240
BAR_HEIGHT = 4
LONGEST_SHOWN = 60
VALUE, ROWS = 0, 1
ROWS_WIDTH = 160

LEAST_SAMPLED = 10
"""A value that a sample has less often is there by chance."""

MEAN_DIGITS = 8
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_DAY_SECONDS = 86_400

_FILLED, _EMPTY, _NULL = QPalette.ColorRole.Accent, QPalette.ColorRole.LinkVisited, QPalette.ColorRole.Dark


class ColumnPane(QWidget):
    """Shows the profile it is told; hidden until a person asks for it.

    `value_chosen` brings one of the frequent values, a ValueCount, to filter by; `again_wished` to read anew.
    """

    value_chosen = Signal(object)
    again_wished = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._values: tuple[ValueCount, ...] = ()
        self._shown: ColumnProfile | None = None
        self._title = ElidedLabel(Qt.TextElideMode.ElideRight)
        font = QFont(self._title.font())
        font.setBold(True)
        self._title.setFont(font)
        self.note = _MutedLabel()
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setFixedHeight(BAR_HEIGHT)
        self.progress.setAccessibleName(self.tr("Rows read"))
        self.again_button = QPushButton(self.tr("Read agai&n"))
        self.again_button.setAccessibleName(self.tr("Read the column again"))
        self.again_button.clicked.connect(self.again_wished)
        self.shares = ShareBar()
        self._legend = QLabel()
        self._legend.setWordWrap(True)
        self._facts = {
            "distinct": (QLabel(self.tr("Different values")), _FactLabel()),
            "smallest": (QLabel(self.tr("Smallest")), _FactLabel()),
            "largest": (QLabel(self.tr("Largest")), _FactLabel()),
            "mean": (QLabel(self.tr("Mean")), _FactLabel()),
        }
        self.histogram = Histogram()
        self._low, self._high = _MutedLabel(), _MutedLabel()
        self._make_values()
        self.sample_note = _MutedLabel()
        self._lay_out()
        self.say_nothing(self.tr("Choose a cell of the column to look at."))
        self.hide()

    def _make_values(self) -> None:
        self.values = reading_table(
            self.tr("Most frequent values"), [self.tr("Most frequent"), self.tr("Rows")]
        )
        header = self.values.horizontalHeader()
        header.setSectionResizeMode(VALUE, QHeaderView.ResizeMode.Stretch)
        header.resizeSection(ROWS, ROWS_WIDTH)
        header.setHighlightSections(False)
        self.values.setItemDelegateForColumn(ROWS, ShareDelegate(self.values))
        self.values.setToolTip(self.tr("Double-click or Enter: only rows with this value"))
        self.values.activated.connect(self._on_activated)

    def _lay_out(self) -> None:
        self._body = QWidget()
        facts = QFormLayout()
        facts.setHorizontalSpacing(16)
        facts.setVerticalSpacing(4)
        for name, value in self._facts.values():
            facts.addRow(name, value)
        ends = QHBoxLayout()
        ends.addWidget(self._low)
        ends.addStretch(1)
        ends.addWidget(self._high)
        body = QVBoxLayout(self._body)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(8)
        body.addWidget(self.shares)
        body.addWidget(self._legend)
        body.addLayout(facts)
        body.addWidget(self.histogram)
        body.addLayout(ends)
        body.addWidget(self.values, 1_000)
        body.addWidget(self.sample_note)
        body.addStretch(1)  # takes the room where there are no values to be listed
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 6, 8, 6)
        layout.setSpacing(6)
        for part in (self._title, self.note, self.progress):
            layout.addWidget(part)
        layout.addWidget(self.again_button, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self._body, 1_000)
        layout.addStretch(1)
        self.setMinimumWidth(SMALLEST_WIDTH)

    def say_nothing(self, text: str) -> None:
        """Say why there is no column to be shown."""
        self._title.setText(self.tr("Column at a glance"))
        self._say(text, is_reading=False, can_try_again=False)
        self._body.hide()

    def begin(self, column: Column) -> None:
        """Say that a column is being read; what was shown of another one goes."""
        self._title.setText(column.name)
        self._title.setToolTip(f"{column.name} {column.declared_type}".strip())
        self._say(self.tr("reading…"), is_reading=True, can_try_again=False)
        self.progress.setRange(0, 1)  # not a bar that runs to and fro: nothing moves but what tells how far
        self.progress.setValue(0)
        self._body.hide()

    def wait(self, text: str) -> None:
        """Say what reading waits for; what is there stays."""
        self._say(text, is_reading=True, can_try_again=False)

    def stop(self, text: str) -> None:
        """Say why reading ended before its end; what is there stays."""
        self._say(text, is_reading=False, can_try_again=True)

    def show_profile(self, column: Column, profile: ColumnProfile, all_rows: int | None) -> None:
        """Show what is known of a column; `all_rows` is how many there will be, where that is known."""
        self._title.setText(column.name)
        self._title.setToolTip(f"{column.name} {column.declared_type}".strip())
        words = self.tr("of {rows}") if profile.is_complete else self.tr("reading… {rows}")
        self._say(
            words.format(rows=rows_text(profile.rows)),
            is_reading=not profile.is_complete,
            can_try_again=False,
        )
        if all_rows:
            self.progress.setRange(0, 1000)
            self.progress.setValue(permille(profile.rows, all_rows))
        (make,) = cell_makers([column])
        self._shown = profile
        self._show_shares(profile)
        self._show_facts(profile, make)
        self._show_histogram(profile)
        self._show_values(profile, make)
        self._body.show()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the colours."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self._shown is not None:
            self._show_shares(self._shown)

    @property
    def title(self) -> str:
        """The name of the column shown."""
        return self._title.text()

    def fact(self, name: str) -> str:
        """Return what is said of "distinct", "smallest", "largest" or "mean"; empty where there is none."""
        return self._facts[name][1].text()

    def _say(self, text: str, *, is_reading: bool, can_try_again: bool) -> None:
        self.note.setText(text)
        self.progress.setVisible(is_reading)
        self.again_button.setVisible(can_try_again)

    def _show_shares(self, profile: ColumnProfile) -> None:
        parts = [
            (self.tr("filled"), profile.filled_rows, _FILLED),
            (self.tr("empty"), profile.empty_rows, _EMPTY),
            (self.tr("NULL"), profile.null_rows, _NULL),
        ]
        words = [f"{_percent(part, profile.rows)} {name}" for name, part, _ in parts]
        self.shares.show_shares([Share(part, role) for _, part, role in parts], ", ".join(words))
        self.shares.setToolTip("\n".join(f"{rows_text(part)} {name}" for name, part, _ in parts))
        self._legend.setText(" &nbsp; ".join(map(self._legend_entry, words, [role for *_, role in parts])))

    def _legend_entry(self, words: str, role: QPalette.ColorRole) -> str:
        colour = self.palette().color(role).name()
        return f'<span style="color:{colour}">■</span>&nbsp;{words.replace(" ", "&nbsp;")}'

    def _show_facts(self, profile: ColumnProfile, make: CellMaker) -> None:
        distinct = number(profile.distinct)
        if not profile.is_distinct_exact:
            distinct = f"~{rough_number(_two_digits(profile.distinct))}"
        mean = None if profile.mean is None else QLocale().toString(profile.mean, "g", MEAN_DIGITS)
        texts = {
            "distinct": distinct,
            "smallest": make(profile.smallest),
            "largest": make(profile.largest),
            "mean": mean,
        }
        for name, text in texts.items():
            label, value = self._facts[name]
            value.setText(_cut(text or ""))
            for part in (label, value):
                part.setVisible(text is not None)

    def _show_histogram(self, profile: ColumnProfile) -> None:
        bars = profile.histogram
        is_shown = len(bars) > 1
        for part in (self.histogram, self._low, self._high):
            part.setVisible(is_shown)
        if not is_shown:
            return
        low, high = _place_text(bars[0].low, profile), _place_text(bars[-1].high, profile)
        self._low.setText(low)
        self._high.setText(high)
        words = self.tr("How the values are spread from {low} to {high}").format(low=low, high=high)
        self.histogram.show_bars([self._bar(bar, profile) for bar in bars], words)

    def _bar(self, bar: HistogramBar, profile: ColumnProfile) -> Bar:
        words = self.tr("{low} to {high}: {share}").format(
            low=_place_text(bar.low, profile),
            high=_place_text(bar.high, profile),
            share=_percent(bar.rows, profile.sampled_rows),
        )
        return Bar(bar.rows, words)

    def _show_values(self, profile: ColumnProfile, make: CellMaker) -> None:
        is_exact = profile.sampled_rows == profile.rows
        least = 0 if is_exact else LEAST_SAMPLED
        self._values = tuple(counted for counted in profile.top_values if counted.rows >= least)
        self.values.setVisible(bool(self._values))
        self.values.setRowCount(len(self._values))
        for place, counted in enumerate(self._values):
            percent = _percent(counted.rows, profile.sampled_rows)
            count = f"{number(counted.rows)} · {percent}" if is_exact else f"~{percent}"
            share = QTableWidgetItem(count)
            share.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            share.setData(SHARE_ROLE, counted.rows / max(1, profile.sampled_rows))
            self.values.setItem(place, VALUE, QTableWidgetItem(_cut(make(counted.value) or "")))
            self.values.setItem(place, ROWS, share)
        self.sample_note.setVisible(not is_exact)
        words = self.tr("Spread, frequent and different values are estimates from {rows} all over the table.")
        self.sample_note.setText(words.format(rows=rows_text(profile.sampled_rows)))

    def _on_activated(self) -> None:
        place = self.values.currentRow()
        if 0 <= place < len(self._values):
            self.value_chosen.emit(self._values[place])


class _MutedLabel(QLabel):
    def __init__(self) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setForegroundRole(QPalette.ColorRole.PlaceholderText)


class _FactLabel(QLabel):
    def __init__(self) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)


def _percent(part: int, whole: int) -> str:
    """Return a share; what is a little more than nothing, or less than all, does not look like it."""
    percent = 100 * part / whole if whole else 0.0
    if 0 < percent < 0.1:  # noqa: PLR2004 - the last digit shown
        return f"< {QLocale().toString(0.1, 'f', 1)} %"
    if 99.9 < percent < 100:  # noqa: PLR2004 - likewise
        return f"> {QLocale().toString(99.9, 'f', 1)} %"
    return f"{QLocale().toString(percent, 'f', 1)} %"


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_SHOWN else text[:LONGEST_SHOWN] + "…"


def _two_digits(rows: int) -> int:
    """Return an estimate with no more digits than it is good for."""
    return round(rows, min(0, 2 - len(str(rows))))


def _place_text(place: float, profile: ColumnProfile) -> str:
    if not profile.is_time:
        return QLocale().toString(place, "g", 6)
    bars = profile.histogram
    shows_time = bars[-1].high - bars[0].low < 2 * _DAY_SECONDS
    return (_EPOCH + timedelta(seconds=place)).strftime("%Y-%m-%d %H:%M" if shows_time else "%Y-%m-%d")
