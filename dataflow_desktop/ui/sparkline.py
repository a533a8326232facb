"""A small line of how fast an export ran lately, in the palette's colours; it says itself in words too."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from dataflow_desktop.ui.figures import number
from dataflow_desktop.ui.speed_history import SPAN_SECONDS, SpeedSample

SIZE = (150, 34)

LEAST_SPAN_SECONDS = 10.0
"""The line of a run that has just begun grows from the right; without this its first jumps would fill it."""

_LINE_WIDTH = 1.5
_FILL_ALPHA = 46
_ROOM_ABOVE = 0.1


class Sparkline(QWidget):
    """From left to right the speeds of the last minute, or of the run where that is shorter."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._samples: tuple[SpeedSample, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @property
    def samples(self) -> tuple[SpeedSample, ...]:
        """What is drawn, the oldest first."""
        return self._samples

    def show_samples(self, samples: Sequence[SpeedSample]) -> None:
        """Draw these, the oldest first."""
        self._samples = tuple(samples)
        words = self._words()
        self.setAccessibleName(self.tr("Speed"))
        self.setAccessibleDescription(words)
        self.setToolTip(words)
        self.update()

    def sizeHint(self) -> QSize:
        """Return a small strip."""
        return QSize(*SIZE)

    def points(self) -> list[QPointF]:
        """Return where the line goes, the newest sample at the right, twice the least room at the top."""
        if not self._samples:
            return []
        span = min(max(self._samples[0].age_seconds, LEAST_SPAN_SECONDS), SPAN_SECONDS)
        most = max(sample.rows_per_second for sample in self._samples) or 1.0
        width, floor = self.width() - _LINE_WIDTH, self.height() - _LINE_WIDTH
        height = floor * (1 - _ROOM_ABOVE)
        return [
            QPointF(
                _LINE_WIDTH / 2 + width * (1 - sample.age_seconds / span),
                floor - height * sample.rows_per_second / most,
            )
            for sample in self._samples
        ]

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the floor, the line, and what is below it."""
        painter = QPainter(self)
        palette = self.palette()
        floor = self.height() - 1
        painter.fillRect(0, floor, self.width(), 1, palette.color(QPalette.ColorRole.Mid))
        points = self.points()
        if len(points) > 1:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            colour = palette.color(QPalette.ColorRole.Accent)
            self._fill(painter, points, colour)
            painter.setPen(QPen(colour, _LINE_WIDTH, j=Qt.PenJoinStyle.RoundJoin))
            painter.drawPolyline(QPolygonF(points))
        painter.end()

    def _fill(self, painter: QPainter, points: list[QPointF], colour: QColor) -> None:
        below = QColor(colour)
        below.setAlpha(_FILL_ALPHA)
        floor = float(self.height() - 1)
        area = [QPointF(points[0].x(), floor), *points, QPointF(points[-1].x(), floor)]
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(below)
        painter.drawPolygon(QPolygonF(area))

    def _words(self) -> str:
        if len(self._samples) < 2:  # noqa: PLR2004 - a course has a beginning and an end
            return self.tr("Not known yet.")
        speeds = [sample.rows_per_second for sample in self._samples]
        return self.tr("In the last {seconds} s between {least} and {most} rows/s, now {now}.").format(
            seconds=number(self._samples[0].age_seconds),
            least=number(min(speeds)),
            most=number(max(speeds)),
            now=number(speeds[-1]),
        )
