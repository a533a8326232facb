"""Profiles of exports in the dialog: one to choose, and a menu to save, delete, import and export them."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QAction, QPalette
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QInputDialog,
    QLabel,
    QMenu,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from dataflow_desktop.domain.export_profile import ExportProfile
from dataflow_desktop.domain.file_names import usable_stem
from dataflow_desktop.domain.reading import Consistency, InvalidText
from dataflow_desktop.errors import Reason
from dataflow_desktop.ui.buddy_label import BuddyLabel
from dataflow_desktop.ui.choice_box import ChoiceBox
from dataflow_desktop.ui.error_label import ErrorLabel
from dataflow_desktop.ui.error_texts import describe
from dataflow_desktop.ui.question import make_question

FEWEST_LETTERS = 12


class ProfilePart(QWidget):
    """Says by its name which profile the dialog is filled with, and whether it was changed since.

    `chosen` brings the ExportProfile to fill the dialog with, or None for none. What is wished by the other
    signals is answered by `show_profiles` and `choose`, `take` or `show_failure`. `current` returns what the
    dialog asks for now, under the name that it is given; None where that is nothing to be kept.
    """

    chosen = Signal(object)
    save_wished = Signal(object)
    delete_wished = Signal(object)
    import_wished = Signal(object)
    export_wished = Signal(object, object)

    def __init__(self, current: Callable[[str], ExportProfile | None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._current = current
        self._profiles: dict[str, ExportProfile] = {}
        self._as_chosen: ExportProfile | None = None
        self.box: ChoiceBox[str | None] = ChoiceBox(self._words(), self.tr("Profile"))
        self.box.setSizeAdjustPolicy(ChoiceBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.box.setMinimumContentsLength(FEWEST_LETTERS)  # a long name does not widen the dialog
        self.box.activated.connect(self._on_activated)
        self.menu_button = QPushButton(self.tr("Manage"))
        self.menu_button.setAccessibleName(self.tr("Manage profiles"))
        self.menu_button.setAutoDefault(False)
        self.hint = QLabel()
        self.hint.setWordWrap(True)
        self.hint.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.hint.hide()
        self.error = ErrorLabel()
        self._make_menu()
        self._lay_out()

    @property
    def profile(self) -> ExportProfile | None:
        """The saved profile that is chosen, None while none is."""
        return self._profiles.get(self.box.chosen or "")

    @property
    def is_changed(self) -> bool:
        """Whether the dialog asks for something else than it did when the profile was chosen."""
        return self.profile is not None and self._current(self.profile.name) != self._as_chosen

    def show_profiles(self, profiles: Sequence[ExportProfile], notice: Reason | None = None) -> None:
        """Offer these; the one that was chosen stays so, if it is still there."""
        before = self.box.chosen
        self._profiles = {profile.name: profile for profile in profiles}
        self.box.offer(self._words())
        self.box.choose(before if before in self._profiles else None)
        self.error.say(describe(notice).whole if notice is not None else "")
        self.follow()

    def choose(self, name: str | None) -> None:
        """Choose the profile of this name, or none, and let the dialog be filled with it."""
        self.box.choose(name if name in self._profiles else None)
        self._on_activated()

    def settle(self, words: str = "") -> None:
        """Take the dialog as it is now for what the profile says; `words` say what is not taken of it."""
        profile = self.profile
        self._as_chosen = self._current(profile.name) if profile is not None else None
        said = [words, *(_words_of_reading(profile) if profile is not None else ())]
        self.hint.setText(" ".join(filter(None, said)))
        self.hint.setVisible(bool(self.hint.text()))
        self.follow()

    def follow(self) -> None:
        """Say whether the dialog still asks for what the profile says."""
        profile = self.profile
        for action in (self.delete_action, self.export_action):
            action.setEnabled(profile is not None)
        if profile is not None:
            text = self.tr("{name} (changed)") if self.is_changed else "{name}"
            self.box.setItemText(self.box.currentIndex(), text.format(name=profile.name))

    def take(self, profile: ExportProfile) -> None:
        """Save a profile that came from a file; asks before it replaces one."""
        self.error.say("")
        self._save(profile)

    def show_failure(self, reason: Reason) -> None:
        """Say why nothing came of a wish."""
        self.error.say(describe(reason).whole)

    def _words(self) -> dict[str | None, str]:
        return {None: self.tr("(none)"), **{name: name for name in self._profiles}}

    def _make_menu(self) -> None:
        menu = QMenu(self)
        self.save_action = self._add(menu, self.tr("&Save as…"), self._on_save)
        self.delete_action = self._add(menu, self.tr("&Delete"), self._on_delete)
        menu.addSeparator()
        self.import_action = self._add(menu, self.tr("&Import…"), self._on_import)
        self.export_action = self._add(menu, self.tr("&Export…"), self._on_export)
        self.menu_button.setMenu(menu)
        self.follow()

    def _add(self, menu: QMenu, text: str, act: Callable[[], None]) -> QAction:
        action = menu.addAction(text)
        action.triggered.connect(act)
        return action

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(BuddyLabel(self.tr("Profil&e"), self.box))
        row.addWidget(self.box, 1)
        row.addWidget(self.menu_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(row)
        layout.addWidget(self.hint)
        layout.addWidget(self.error)

    def _on_activated(self) -> None:
        """Fill the dialog, also with the profile that it shows already: that takes the changes back."""
        self.error.say("")
        for row, (name, text) in enumerate(self._words().items()):
            if name is not None:
                self.box.setItemText(row, text)
        self.chosen.emit(self.profile)

    def _on_save(self) -> None:
        asking = QInputDialog(self)
        asking.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        asking.setWindowTitle(self.tr("Save as a profile"))
        asking.setLabelText(self.tr("Name of the profile:"))
        asking.setTextValue(self.box.chosen or "")
        asking.textValueSelected.connect(self._on_named)
        asking.open()

    def _on_named(self, name: str) -> None:
        profile = self._current(name.strip()) if name.strip() else None
        if profile is not None:
            self.error.say("")
            self._save(profile)

    def _save(self, profile: ExportProfile) -> None:
        if profile.name not in self._profiles:
            self.save_wished.emit(profile)
            return
        box, yes = make_question(
            self,
            self.tr("Replace a profile"),
            self.tr("Replace the profile {name}?").format(name=profile.name),
            self.tr("There is one of this name already; what it says would be gone."),
            self.tr("&Replace"),
        )
        yes.clicked.connect(lambda: self.save_wished.emit(profile))
        box.open()

    def _on_delete(self) -> None:
        profile = self.profile
        if profile is None:
            return
        box, yes = make_question(
            self,
            self.tr("Delete a profile"),
            self.tr("Delete the profile {name}?").format(name=profile.name),
            self.tr("Files that were exported with it stay, and so does all that is chosen here."),
            self.tr("&Delete"),
        )
        yes.clicked.connect(lambda: self.delete_wished.emit(profile))
        box.open()

    def _on_import(self) -> None:
        chooser = self._chooser(self.tr("Import a profile"))
        chooser.setFileMode(QFileDialog.FileMode.ExistingFile)
        chooser.fileSelected.connect(lambda path: self.import_wished.emit(Path(path)))
        chooser.open()

    def _on_export(self) -> None:
        profile = self.profile
        if profile is None:
            return
        chooser = self._chooser(self.tr("Export the profile"))
        chooser.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        chooser.setDefaultSuffix("json")
        chooser.selectFile(f"{usable_stem(profile.name)}.json")
        chooser.fileSelected.connect(lambda path: self.export_wished.emit(profile, Path(path)))
        chooser.open()

    def _chooser(self, title: str) -> QFileDialog:
        chooser = QFileDialog(self, title)
        chooser.setNameFilters([self.tr("Profiles (*.json)"), self.tr("All files (*)")])
        chooser.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return chooser


def _words_of_reading(profile: ExportProfile) -> list[str]:
    """Return what a profile says of the reading, which no field of the dialog shows."""
    words = []
    if profile.consistency is Consistency.SNAPSHOT:
        words.append(_tr("All rows are of one state of the database."))
    if profile.invalid_text is InvalidText.REPLACE:
        words.append(_tr("Letters that are not valid are replaced."))
    return words


def _tr(text: str) -> str:
    return QCoreApplication.translate("ProfilePart", text)
