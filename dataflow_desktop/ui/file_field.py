"""Which file to write: its path, a chooser, and whether a file of this name may be replaced."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from dataflow_desktop.ui.error_label import ErrorLabel


class FileField(QWidget):
    """`edited` when the path is another one than the program gave it; `choice_wished` to choose a file."""

    edited = Signal()
    choice_wished = Signal()

    def __init__(self, target: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._folder = target.parent
        self._is_renaming = False
        self.path_field = QLineEdit(str(target))
        self.path_field.setAccessibleName(self.tr("File to write"))
        self.path_field.textChanged.connect(self._on_text_changed)
        self.choose_button = QPushButton(self.tr("C&hoose…"))
        self.choose_button.setAccessibleName(self.tr("Choose the file to write"))
        self.choose_button.setAutoDefault(False)
        self.choose_button.clicked.connect(self.choice_wished)
        self.replace_box = QCheckBox(self.tr("&Replace the file if it exists, once the export is whole"))
        self.replace_box.setAccessibleName(self.tr("Replace an existing file"))
        self.error = ErrorLabel()
        path = QHBoxLayout()
        path.addWidget(self.path_field, 1)
        path.addWidget(self.choose_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addLayout(path)
        layout.addWidget(self.error)
        layout.addWidget(self.replace_box)
        self.setFocusProxy(self.path_field)

    @property
    def text(self) -> str:
        """The path as it is typed; empty while it names no file."""
        text = self.path_field.text().strip()
        return "" if text.endswith(("/", "\\")) else text

    def rename(self, text: str) -> None:
        """Let the path be `text` because the format is another: what may be replaced is another file too."""
        if text != self.path_field.text():
            self._is_renaming = True
            self.path_field.setText(text)
            self._is_renaming = False
            self._forget()

    def settle(self, target: Path) -> None:
        """Show the whole path of the file that was typed."""
        self._is_renaming = True
        self.path_field.setText(str(target))
        self._is_renaming = False

    def target(self, suffixes: str) -> Path | None:
        """Return the file to write, with `suffixes` where it has none; None while no file is named.

        A folder stays as it is, to be refused as one.
        """
        if not self.text:
            return None
        path = self._folder / Path(self.text).expanduser()
        stem = path.name.rstrip(".")
        return path if path.suffix or not stem or path.is_dir() else path.with_name(f"{stem}{suffixes}")

    def choose_name_part(self, suffixes: str) -> None:
        """Select what a person most likely types over: the file's name without its suffixes."""
        name = Path(self.path_field.text()).name
        start = len(self.path_field.text()) - len(name)
        self.path_field.setFocus()
        self.path_field.setSelection(start, len(name.removesuffix(suffixes)))

    def choose(self, filters: Sequence[str], suffixes: str) -> None:
        """Let the person choose a file."""
        # The question whether to replace a file is asked in one place only, here in the dialog.
        chooser = QFileDialog(self, self.tr("Export to"), self.path_field.text())
        chooser.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        chooser.setOption(QFileDialog.Option.DontConfirmOverwrite)
        chooser.setNameFilters(filters)
        chooser.setDefaultSuffix(suffixes.removeprefix("."))
        chooser.selectFile(self.path_field.text())
        chooser.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        chooser.fileSelected.connect(self._on_chosen)
        chooser.open()

    def _on_chosen(self, path: str) -> None:
        self.path_field.setText(str(Path(path)))

    def _on_text_changed(self) -> None:
        if not self._is_renaming:
            self._forget()
            self.edited.emit()

    def _forget(self) -> None:
        # What was said is about another file.
        self.error.say("")
        self.replace_box.setChecked(False)
