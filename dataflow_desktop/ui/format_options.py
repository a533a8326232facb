"""How delimited text is written: each option, and presets of all of them."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QGroupBox, QHBoxLayout, QLineEdit, QWidget

from dataflow_desktop.domain.file_options import DelimitedOptions, Encoding, FileFormat
from dataflow_desktop.ui.buddy_label import BuddyLabel
from dataflow_desktop.ui.choice_box import ChoiceBox
from dataflow_desktop.ui.excel_notice import ExcelNotice
from dataflow_desktop.ui.format_words import (
    decimal_words,
    delimiter_words,
    encoding_words,
    line_ending_words,
    preset_words,
    quoting_words,
)
from dataflow_desktop.ui.option_presets import Preset, preset_of, preset_options

OTHER = ""
"""Stands for a delimiter that has no word."""

OTHER_WIDTH = 34
_UNUSABLE = frozenset('"\r\n\0')
"""What cannot stand between cells: it means something else in delimited text."""


class FormatOptions(QGroupBox):
    """The options of delimited text; `changed` when a person changed one."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTitle(self.tr("Options"))
        self._format = FileFormat.CSV
        self._has_bom = False
        self.excel_notice = ExcelNotice()
        self._make_boxes()
        self._make_checks()
        self._lay_out()
        self._join()
        self.show_options(FileFormat.CSV, DelimitedOptions())

    @property
    def options(self) -> DelimitedOptions:
        """What is chosen; an other delimiter that is not typed yet is empty."""
        encoding = self.encoding_box.chosen
        return DelimitedOptions(
            delimiter=self.delimiter_box.chosen or self.delimiter_field.text(),
            quoting=self.quoting_box.chosen,
            null_text=self.null_field.text(),
            line_ending=self.line_ending_box.chosen,
            has_header=self.header_check.isChecked(),
            has_bom=self._has_bom and encoding is Encoding.UTF_8,
            encoding=encoding,
            decimal_mark=self.decimal_box.chosen,
            has_formula_guard=self.guard_check.isChecked(),
        )

    @property
    def problem(self) -> str:
        """What keeps the options from being used, in words; empty when nothing does."""
        delimiter = self.options.delimiter
        if delimiter and delimiter not in _UNUSABLE:
            return ""
        return self.tr("Type the character between two cells: any one but a quotation mark.")

    def show_options(self, file_format: FileFormat, options: DelimitedOptions) -> None:
        """Show these options of a file of this format."""
        self._format = file_format
        has_word = options.delimiter in delimiter_words()
        self.delimiter_box.choose(options.delimiter if has_word else OTHER)
        self.quoting_box.choose(options.quoting)
        self.line_ending_box.choose(options.line_ending)
        self.encoding_box.choose(options.encoding)
        self.decimal_box.choose(options.decimal_mark)
        self._has_bom = options.has_bom
        self._set_quietly(self.delimiter_field, "" if has_word else options.delimiter)
        self._set_quietly(self.null_field, options.null_text)
        self._check_quietly(self.header_check, is_checked=options.has_header)
        self._check_quietly(self.guard_check, is_checked=options.has_formula_guard)
        self._follow()

    def _make_boxes(self) -> None:
        self.preset_box = ChoiceBox(preset_words(), self.tr("Preset of options"))
        self.preset_box.forbid(Preset.CUSTOM)
        self.delimiter_box = ChoiceBox(delimiter_words(), self.tr("Delimiter between cells"))
        self.delimiter_field = QLineEdit()
        self.delimiter_field.setAccessibleName(self.tr("Other delimiter, one character"))
        self.delimiter_field.setMaxLength(1)
        self.delimiter_field.setFixedWidth(OTHER_WIDTH)
        policy = self.delimiter_field.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.delimiter_field.setSizePolicy(policy)
        self.quoting_box = ChoiceBox(quoting_words(), self.tr("Which cells stand in quotes"))
        self.null_field = QLineEdit()
        self.null_field.setAccessibleName(self.tr("What NULL becomes"))
        self.null_field.setPlaceholderText(self.tr("nothing"))
        self.line_ending_box = ChoiceBox(line_ending_words(), self.tr("What ends a line"))
        self.encoding_box = ChoiceBox(encoding_words(), self.tr("Encoding of letters"))
        self.decimal_box = ChoiceBox(decimal_words(), self.tr("Decimal mark of numbers"))

    def _make_checks(self) -> None:
        self.header_check = QCheckBox(self.tr("Header l&ine"))
        self.header_check.setAccessibleName(self.tr("Begin with a line of names"))
        self.bom_check = QCheckBox(self.tr("B&yte order mark"))
        self.bom_check.setAccessibleName(self.tr("Begin with a byte order mark"))
        self.bom_check.setToolTip(self.tr("By it, Excel and others know UTF-8."))
        self.guard_check = QCheckBox(self.tr("Formula g&uard"))
        self.guard_check.setAccessibleName(self.tr("Guard against formulas"))
        self.guard_check.setToolTip(self.tr("An apostrophe before texts that a spreadsheet would run."))

    def _lay_out(self) -> None:
        delimiter = QHBoxLayout()
        delimiter.setSpacing(4)
        delimiter.addWidget(self.delimiter_box, 1)
        delimiter.addWidget(self.delimiter_field)
        grid = QGridLayout(self)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(6)
        grid.addWidget(BuddyLabel(self.tr("Prese&t"), self.preset_box), 0, 0)
        grid.addWidget(self.preset_box, 0, 1)
        grid.addWidget(BuddyLabel(self.tr("Enc&oding"), self.encoding_box), 0, 2)
        grid.addWidget(self.encoding_box, 0, 3)
        grid.addWidget(self.excel_notice, 1, 0, 1, 4)
        grid.addWidget(BuddyLabel(self.tr("&Delimiter"), self.delimiter_box), 2, 0)
        grid.addLayout(delimiter, 2, 1)
        grid.addWidget(BuddyLabel(self.tr("Line endin&g"), self.line_ending_box), 2, 2)
        grid.addWidget(self.line_ending_box, 2, 3)
        grid.addWidget(BuddyLabel(self.tr("&Quotes"), self.quoting_box), 3, 0)
        grid.addWidget(self.quoting_box, 3, 1)
        grid.addWidget(BuddyLabel(self.tr("Decimal mar&k"), self.decimal_box), 3, 2)
        grid.addWidget(self.decimal_box, 3, 3)
        grid.addWidget(BuddyLabel(self.tr("&NULL as"), self.null_field), 4, 0)
        grid.addWidget(self.null_field, 4, 1)
        grid.addWidget(self.header_check, 4, 2, 1, 2)
        grid.addWidget(self.guard_check, 5, 0, 1, 2)
        grid.addWidget(self.bom_check, 5, 2, 1, 2)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(3, 1)

    def _join(self) -> None:
        self.preset_box.chosen_changed.connect(self._on_preset_chosen)
        self.delimiter_box.chosen_changed.connect(self._on_delimiter_chosen)
        for box in (self.quoting_box, self.line_ending_box, self.encoding_box, self.decimal_box):
            box.chosen_changed.connect(self._on_changed)
        for field in (self.delimiter_field, self.null_field):
            field.textChanged.connect(self._on_changed)
        for check in (self.header_check, self.guard_check):
            check.toggled.connect(self._on_changed)
        self.bom_check.toggled.connect(self._on_bom_toggled)

    def _on_preset_chosen(self) -> None:
        self.show_options(self._format, preset_options(self.preset_box.chosen, self._format))
        self.changed.emit()

    def _on_delimiter_chosen(self) -> None:
        self._on_changed()
        if self.delimiter_box.chosen == OTHER:
            self.delimiter_field.setFocus()

    def _on_bom_toggled(self) -> None:
        self._has_bom = self.bom_check.isChecked()
        self._on_changed()

    def _on_changed(self) -> None:
        self._follow()
        self.changed.emit()

    def _follow(self) -> None:
        """Let what depends on other options be as they are."""
        self.delimiter_field.setVisible(self.delimiter_box.chosen == OTHER)
        # UTF-16 always has the mark, and Windows-1252 knows none.
        encoding = self.encoding_box.chosen
        self.bom_check.setEnabled(encoding is Encoding.UTF_8)
        is_marked = self._has_bom if encoding is Encoding.UTF_8 else encoding is Encoding.UTF_16
        self._check_quietly(self.bom_check, is_checked=is_marked)
        self.preset_box.choose(preset_of(self.options, self._format))

    def _set_quietly(self, field: QLineEdit, text: str) -> None:
        field.blockSignals(True)
        field.setText(text)
        field.blockSignals(False)

    def _check_quietly(self, check: QCheckBox, *, is_checked: bool) -> None:
        check.blockSignals(True)
        check.setChecked(is_checked)
        check.blockSignals(False)
