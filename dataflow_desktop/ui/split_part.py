"""Whether an export is one file, or numbered ones of so many rows or bytes each."""

from enum import Enum, auto

from PySide6.QtCore import Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QDoubleSpinBox, QHBoxLayout, QWidget

from dataflow_desktop.domain.file_names import numbered
from dataflow_desktop.domain.file_options import FileOptions
from dataflow_desktop.ui.buddy_label import BuddyLabel
from dataflow_desktop.ui.choice_box import ChoiceBox
from dataflow_desktop.ui.elided_label import ElidedLabel
from dataflow_desktop.ui.figures import plural
from dataflow_desktop.ui.number_field import align_text

MEGABYTE = 1_000_000
MOST = 1_000_000_000
"""No table has more rows, and no disk more megabytes, than make a file of this size the only one."""

NUMBER_WIDTH = 150

USUAL_ROWS = 1_000_000
USUAL_MEGABYTES = 100


class Split(Enum):
    """What files are split by."""

    NOTHING = auto()
    ROWS = auto()
    SIZE = auto()


class SplitPart(QWidget):
    """A choice, and the number that belongs to it; `changed` when a person changed one of them.

    What was chosen stays chosen while files cannot be split so, and counts again when they can.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._numbers: dict[Split, float] = {Split.ROWS: USUAL_ROWS, Split.SIZE: USUAL_MEGABYTES}
        self._chosen = Split.NOTHING
        self._has_size = True
        self.box = ChoiceBox(self._words(), self.tr("What to split the export by"))
        self.label = BuddyLabel(self.tr("Split &by"), self.box)
        self.number_field = _NumberField()
        self.number_field.setAccessibleName(self.tr("What a file has at most"))
        self.number_field.setToolTip(self.tr("Each file has so much at most, and a header of its own."))
        self.number_field.setFixedWidth(NUMBER_WIDTH)
        self.number_field.setMinimumHeight(self.box.sizeHint().height())
        self._names = ""
        self.names_label = ElidedLabel()
        self.names_label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.label)
        layout.addWidget(self.box)
        layout.addWidget(self.number_field)
        layout.addWidget(self.names_label, 1)
        layout.addStretch(0)
        self.box.chosen_changed.connect(self._on_chosen)
        self.number_field.valueChanged.connect(self._on_number_changed)
        self._follow()

    @property
    def rows(self) -> int | None:
        """How many rows a file has at most; None where it may have any number."""
        return round(self._numbers[Split.ROWS]) if self.box.chosen is Split.ROWS else None

    @property
    def bytes(self) -> int | None:
        """How many bytes a file has at most; None where it may have any number."""
        return round(self._numbers[Split.SIZE] * MEGABYTE) if self.box.chosen is Split.SIZE else None

    def show_options(self, options: FileOptions) -> None:
        """Show how `options` split."""
        self._chosen = Split.NOTHING
        if options.split_rows is not None:
            self._chosen, self._numbers[Split.ROWS] = Split.ROWS, options.split_rows
        elif options.split_bytes is not None:
            self._chosen, self._numbers[Split.SIZE] = Split.SIZE, options.split_bytes / MEGABYTE
        self._choose()

    def let_split_by_size(self, *, is_possible: bool) -> None:
        """Offer to split by size, or not, for some files cannot be."""
        self._has_size = is_possible
        self.box.offer(self._words())
        self._choose()

    def show_names(self, name: str) -> None:
        """Say what the files are called where the export is called `name`."""
        self._names = f"{numbered(name, 1)}, …" if name else ""
        self._follow()

    def _words(self) -> dict[Split, str]:
        words = {Split.NOTHING: self.tr("Nothing: one file"), Split.ROWS: self.tr("Rows")}
        return {**words, Split.SIZE: self.tr("Size")} if self._has_size else words

    @property
    def _is_in_vain(self) -> bool:
        """Whether what was chosen cannot be done."""
        return self._chosen is Split.SIZE and not self._has_size

    def _choose(self) -> None:
        self.box.choose(Split.NOTHING if self._is_in_vain else self._chosen)
        self._follow()

    def _on_chosen(self) -> None:
        self._chosen = self.box.chosen
        self._follow()
        self.changed.emit()

    def _on_number_changed(self, number: float) -> None:
        self._numbers[self.box.chosen] = number
        self.number_field.say_unit(self._unit())
        self.changed.emit()

    def _follow(self) -> None:
        chosen = self.box.chosen
        self.number_field.setVisible(chosen is not Split.NOTHING)
        self.names_label.setVisible(chosen is not Split.NOTHING or self._is_in_vain)
        in_vain = self.tr("Files of this format are not split by size.")
        self.names_label.setText(in_vain if self._is_in_vain else self._names)
        if chosen is not Split.NOTHING:
            is_whole = chosen is Split.ROWS
            self.number_field.show_number(self._numbers[chosen], self._unit(), is_whole=is_whole)

    def _unit(self) -> str:
        if self.box.chosen is Split.SIZE:
            return self.tr(" MB")
        return self.tr(" row(s)", "", plural(self.rows or 0))


class _NumberField(QDoubleSpinBox):
    """A number, whole or not, without zeros at its end."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setGroupSeparatorShown(True)
        self.setKeyboardTracking(True)

    def say_unit(self, unit: str) -> None:
        """Say what the number counts; while it is typed, only where that is another word than before."""
        if unit != self.suffix():
            self.setSuffix(unit)

    def show_number(self, number: float, unit: str, *, is_whole: bool) -> None:
        """Show `number` and what it counts."""
        self.blockSignals(True)
        self.setDecimals(0 if is_whole else 6)
        self.setRange(1 if is_whole else 1 / MEGABYTE, MOST)
        self.say_unit(unit)
        align_text(self)
        self.setStepType(QDoubleSpinBox.StepType.AdaptiveDecimalStepType)
        self.setValue(number)
        self.blockSignals(False)

    def textFromValue(self, value: float) -> str:
        """Return `value` in the user's language."""
        text = super().textFromValue(value)
        point = self.locale().decimalPoint()
        return text.rstrip("0").removesuffix(point) if point in text else text
