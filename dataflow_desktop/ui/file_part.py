"""The file of an export: path, format, compression and options, kept in step with each other."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from dataflow_desktop.domain.file_names import suffixes_of, with_compression, with_format
from dataflow_desktop.domain.file_options import (
    DELIMITED,
    TEXT_FORMATS,
    Compression,
    FileFormat,
    FileOptions,
    compression_named,
    format_named,
)
from dataflow_desktop.ui.buddy_label import BuddyLabel
from dataflow_desktop.ui.choice_box import ChoiceBox
from dataflow_desktop.ui.error_label import ErrorLabel
from dataflow_desktop.ui.export_choices import ExportChoices
from dataflow_desktop.ui.file_field import FileField
from dataflow_desktop.ui.format_options import FormatOptions
from dataflow_desktop.ui.format_words import (
    compression_hint,
    compression_words,
    format_words,
    name_filters,
)
from dataflow_desktop.ui.option_presets import plain_options
from dataflow_desktop.ui.split_part import SplitPart


class FilePart(QWidget):
    """The suffixes follow the format, and a typed suffix chooses it in turn.

    `path_changed` when another file is meant, `options_changed` when it is written otherwise. A format that
    is chosen has the options that it had the last time, in this dialog or before; into how many files the
    rows go is the export's affair, whatever its format.
    """

    path_changed = Signal()
    options_changed = Signal()

    def __init__(self, target: Path, choices: ExportChoices, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choices = choices
        self._drafts: dict[FileFormat, FileOptions] = {}
        first = choices.options(choices.last_format)
        self._format = first.file_format
        self.file = FileField(target.with_name(_renamed(target.name, first)))
        self.format_box = ChoiceBox(format_words(), self.tr("Format of the file"))
        self.compression_box = ChoiceBox(compression_words(self._format), self.tr("Compression of the file"))
        self.hint = QLabel()
        self.hint.setWordWrap(True)
        self.hint.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.split_part = SplitPart()
        self.format_options = FormatOptions()
        self.error = ErrorLabel()
        self._show(first)
        self.split_part.show_options(first)
        self._lay_out()
        self.file.edited.connect(self._on_path_edited)
        self.file.choice_wished.connect(self._on_choice_wished)
        self.format_box.chosen_changed.connect(self._on_format_chosen)
        self.compression_box.chosen_changed.connect(self._on_compression_chosen)
        self.split_part.changed.connect(self._on_options_changed)
        self.format_options.changed.connect(self._on_options_changed)
        self.format_options.excel_notice.xlsx_wished.connect(self._on_xlsx_wished)

    @property
    def options(self) -> FileOptions:
        """How the file is to be written; columns have their own names."""
        options = replace(
            plain_options(self._format),
            compression=self.compression_box.chosen,
            split_rows=self.split_part.rows,
            split_bytes=self.split_part.bytes,
        )
        is_delimited = self._format in DELIMITED
        return replace(options, delimited=self.format_options.options) if is_delimited else options

    @property
    def suffixes(self) -> str:
        """What the file's name ends in unless a person wants another."""
        return suffixes_of(self._format, self.compression_box.chosen)

    @property
    def target(self) -> Path | None:
        """The file to write; None while no file is named."""
        return self.file.target(self.suffixes)

    @property
    def problem(self) -> str:
        """What keeps the options from being used, in words; empty when nothing does."""
        return self.format_options.problem if self._format in DELIMITED else ""

    def fill(self, options: FileOptions) -> None:
        """Show these options; the file's name follows their format."""
        self._drafts[self._format] = self.options
        self._show(options)
        self.split_part.show_options(options)
        self._follow_format()

    def _lay_out(self) -> None:
        kind = QHBoxLayout()
        kind.setSpacing(8)
        format_label = BuddyLabel(self.tr("For&mat"), self.format_box)
        labels = (format_label, self.split_part.label)
        for label in labels:  # the boxes behind them, one below the other, begin at the same place
            label.setMinimumWidth(max(label.sizeHint().width() for label in labels))
        kind.addWidget(format_label)
        kind.addWidget(self.format_box, 1)
        kind.addSpacing(8)
        kind.addWidget(BuddyLabel(self.tr("Com&pression"), self.compression_box))
        kind.addWidget(self.compression_box, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(BuddyLabel(self.tr("&File"), self.file.path_field))
        layout.addWidget(self.file)
        layout.addSpacing(6)
        layout.addLayout(kind)
        layout.addWidget(self.hint)
        layout.addWidget(self.split_part)
        layout.addWidget(self.format_options)
        layout.addWidget(self.error)

    def _show(self, options: FileOptions) -> None:
        """Show these options and take their format for the file's."""
        self._format = options.file_format
        self.format_box.choose(self._format)
        words = compression_words(self._format)
        self.compression_box.offer(words)
        self.compression_box.setEnabled(len(words) > 1)
        self.compression_box.choose(options.compression if options.compression in words else Compression.NONE)
        hint = compression_hint(self._format)
        self.compression_box.setToolTip(hint)
        self.hint.setText(hint)
        self.hint.setVisible(bool(hint))
        self.split_part.let_split_by_size(is_possible=self._format is not FileFormat.XLSX)
        self._show_names()
        self.format_options.setVisible(self._format in DELIMITED)
        if self._format in DELIMITED:
            self.format_options.show_options(self._format, options.delimited)

    def _turn_to(self, file_format: FileFormat) -> None:
        self._drafts[self._format] = self.options
        self._show(self._drafts.get(file_format) or self._choices.options(file_format))

    def _on_xlsx_wished(self) -> None:
        self.format_box.choose(FileFormat.XLSX)
        self._on_format_chosen()
        self.format_box.setFocus()  # the button is gone

    def _on_format_chosen(self) -> None:
        self._turn_to(self.format_box.chosen)
        self._follow_format()

    def _follow_format(self) -> None:
        if self.file.text:
            self.file.rename(_renamed(self.file.text, self.options))
        self._tell_all()

    def _on_compression_chosen(self) -> None:
        if self.file.text:
            chosen = self.options
            self.file.rename(with_compression(self.file.text, chosen.file_format, chosen.compression))
        self._tell_all()

    def _on_path_edited(self) -> None:
        before = self.options
        told = format_named(self.file.text)
        if told is not None and told is not self._format:
            self._turn_to(told)
        packed = compression_named(self.file.text)
        is_told = told is not None or packed is not Compression.NONE
        if is_told and self._format in TEXT_FORMATS:
            self.compression_box.choose(packed)
        self._show_names()
        self.path_changed.emit()
        if self.options != before:
            self._on_options_changed()

    def _on_choice_wished(self) -> None:
        self.file.choose(name_filters(self._format, self.compression_box.chosen), self.suffixes)

    def _on_options_changed(self) -> None:
        self.error.say("")
        self.options_changed.emit()

    def _show_names(self) -> None:
        target = self.target
        self.split_part.show_names(target.name if target is not None else "")

    def _tell_all(self) -> None:
        self._show_names()
        self.path_changed.emit()
        self._on_options_changed()


def _renamed(name: str, options: FileOptions) -> str:
    return with_format(name, options.file_format, options.compression)
