"""Which rows and columns go into which file, and how: asks, shows what comes of it, emits an export spec."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QPalette, QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from dataflow_desktop.domain.command_line import Unsayable, export_command, shell_line, what_is_unsayable
from dataflow_desktop.domain.excel_changes import ExcelChange
from dataflow_desktop.domain.export_profile import ExportProfile, profile_of
from dataflow_desktop.domain.export_spec import ExportSpec
from dataflow_desktop.domain.row_query import RowQuery
from dataflow_desktop.domain.schema import Table
from dataflow_desktop.errors import Reason
from dataflow_desktop.ui.buddy_label import BuddyLabel
from dataflow_desktop.ui.command_words import unsayable_words
from dataflow_desktop.ui.copy_button import CopyButton
from dataflow_desktop.ui.error_label import ErrorLabel
from dataflow_desktop.ui.error_places import ErrorPlace, place_of
from dataflow_desktop.ui.error_texts import describe
from dataflow_desktop.ui.export_choices import ExportChoices
from dataflow_desktop.ui.export_columns import ExportColumns
from dataflow_desktop.ui.export_offer import ExportOffer, offer_label, offer_words
from dataflow_desktop.ui.export_preview import ExportPreview
from dataflow_desktop.ui.file_part import FilePart
from dataflow_desktop.ui.profile_part import ProfilePart
from dataflow_desktop.ui.since_part import SincePart
from dataflow_desktop.ui.space_line import SpaceLine
from dataflow_desktop.ui.two_panes import TwoPanes

ESTIMATE_MS = 300
"""After the last key: nobody needs to know about each letter of a path."""

PREVIEW_MS = 150
"""After the last change: at once for the eye, but not for each letter of a text for NULL."""


class ExportDialog(QDialog):
    """Emits `export_requested` (ExportSpec), then waits for `show_failure` or, when it began, `accept`.

    `estimate_wished` carries the spec as it would be now; `show_space` answers it. So does `preview_wished`,
    whose answer goes to `preview`; with None there is nothing to preview any more. `last_wished` asks since
    when rows would be new, which `since_part` shows, and `excel_look_wished` which values Excel would
    change, answered by `show_excel_changes`; with None nobody wants to know.
    """

    export_requested = Signal(object)
    estimate_wished = Signal(object)
    preview_wished = Signal(object)
    last_wished = Signal(object)
    excel_look_wished = Signal(object)

    def __init__(self, offer: ExportOffer, choices: ExportChoices, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._offer = self._offered = offer
        self._asked = ExportProfile()
        self._looked_at: RowQuery | None = None
        self.setWindowTitle(self.tr("Export to a file"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.profile_part = ProfilePart(self._profile)
        self.profile_part.chosen.connect(self._on_profile_chosen)
        self.since_part = SincePart()
        self.since_part.changed.connect(self._on_since_changed)
        self.columns = ExportColumns(offer.all_columns)
        if offer.columns:
            self.columns.choose(offer.columns)
        self.columns.changed.connect(self._on_columns_changed)
        self.file_part = FilePart(offer.target, choices)
        self.file_part.path_changed.connect(self._estimate_anew)
        self.file_part.options_changed.connect(self._on_options_changed)
        self.path_field, self.path_error = self.file_part.file.path_field, self.file_part.file.error
        self.replace_box = self.file_part.file.replace_box
        self.replace_box.toggled.connect(self._ask_last_anew)
        self.file_part.path_changed.connect(self._ask_last_anew)
        self.column_error, self.error = ErrorLabel(), ErrorLabel()
        self.option_error = self.file_part.error
        self.preview = ExportPreview()
        self._space = SpaceLine()
        self.space_label = self._space.label
        self._waiting = QLabel()
        self._estimating = QTimer(self, singleShot=True, interval=ESTIMATE_MS)
        self._estimating.timeout.connect(self.ask_estimate)
        self._previewing = QTimer(self, singleShot=True, interval=PREVIEW_MS)
        self._previewing.timeout.connect(self.ask_preview)
        self._asking_last = QTimer(self, singleShot=True, interval=ESTIMATE_MS)
        self._asking_last.timeout.connect(self.ask_last)
        self._make_buttons()
        self._lay_out()
        self._follow_command()
        self._panes.make_room()
        self.file_part.file.choose_name_part(self.file_part.suffixes)

    def show_failure(self, reason: Reason | None) -> None:
        """Let the person go on; say what is wrong, if anything, beside the field it is about."""
        self._set_busy(is_busy=False)
        if reason is None:
            return
        label, field = self._parts_at(place_of(reason))
        self._say(label, describe(reason).whole)
        field.setFocus()

    @property
    def rows(self) -> int | None:
        """How many rows are offered, None while nobody has counted."""
        return self._offered.rows if self.since_part.last is None else self.since_part.rows

    def ask_estimate(self) -> None:
        """Wish to know how much room the export would need, if it is known what to ask."""
        target = self.file_part.target
        if target is not None and self.columns.chosen() and self.rows is not None:
            self._space.expect()
            self.estimate_wished.emit(self._spec(target))

    def ask_last(self) -> None:
        """Wish to know since when rows would be new, where a profile can tell."""
        self._asking_last.stop()
        query, profile = self._offered.query, self.profile_part.profile
        is_fitting = self._asked.fits(self._offer.query.columns)
        is_asked = profile is not None and is_fitting and query.rows is None
        if not is_asked:
            self.since_part.forget()
        target = self.file_part.target or self._offer.target
        self.last_wished.emit(self._wish_for_new(target) if is_asked else None)

    def ask_preview(self) -> None:
        """Wish to see the first lines of the file, if it is known what they would be."""
        problem = self.file_part.problem
        if not self.columns.chosen():
            problem = self.tr("No column is chosen.")
        if problem:
            self.preview.show_words(problem, is_error=True)
        spec = None if problem else self._spec(self._offer.target)
        self.preview_wished.emit(spec)
        self._ask_excel_look(spec)

    def _ask_excel_look(self, spec: ExportSpec | None) -> None:
        """Wish to know what Excel would change, unless that is known of these rows already."""
        if spec is None or not spec.options.is_for_excel:
            self._looked_at = None
            self.excel_look_wished.emit(None)
            self.show_excel_changes(())
        elif spec.query != self._looked_at:
            self._looked_at = spec.query
            self.excel_look_wished.emit(spec)

    def show_excel_changes(self, changes: Sequence[ExcelChange]) -> None:
        """Say which values Excel would change."""
        self.file_part.format_options.excel_notice.show_changes(changes)
        self._panes.make_room()

    def show_space(self, needed: int, free: int, *, is_enough: bool) -> None:
        """Say about how many bytes are needed and how many are free, unless file or columns changed since."""
        self._space.show_space(needed, free, is_enough=is_enough)
        self._panes.make_room()

    def showEvent(self, event: QShowEvent) -> None:
        """Begin where a person is to type, also on a small screen."""
        super().showEvent(event)
        self._panes.make_room()
        self._panes.bring_into_view(self.path_field)

    def _make_buttons(self) -> None:
        self.buttons = QDialogButtonBox()
        # Without letters, of which there are not enough here: Return and Esc are their keys.
        role = QDialogButtonBox.ButtonRole
        self.export_button = self.buttons.addButton(self.tr("Export"), role.AcceptRole)
        self.cancel_button = self.buttons.addButton(self.tr("Cancel"), role.RejectRole)
        self.command_button = CopyButton(
            self.tr("Copy a&s command"), self.tr("Copy the export as a command"), self._command
        )
        self.export_button.setObjectName("primary")
        self.export_button.setAccessibleName(self.tr("Start the export"))
        self.export_button.setDefault(True)
        self.cancel_button.setAccessibleName(self.tr("Close without exporting"))
        self.buttons.accepted.connect(self._on_export)
        self.buttons.rejected.connect(self.reject)

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 12, 0, 12)
        layout.setSpacing(8)
        layout.addLayout(self._head())  # before the panes are made: the Tab key follows what came first
        self._panes = TwoPanes(self)
        self._panes.setAccessibleName(self.tr("What to export, and how"))
        self.since_part.arranged.connect(self._panes.make_room)
        self._offer_label = offer_label(self._offer)
        self._panes.left.addWidget(self._offer_label)
        self._panes.left.addSpacing(6)
        self._panes.left.addWidget(BuddyLabel(self.tr("&Columns"), self.columns.list))
        self._panes.left.addWidget(self.columns, 1)
        self._panes.left.addWidget(self.column_error)
        self._panes.right.addWidget(self.file_part)
        self._panes.right.addStretch(1)
        self._panes.below.addWidget(BuddyLabel(self.tr("Pre&view"), self.preview))
        self._panes.below.addWidget(self.preview, 1)
        self._panes.below.addWidget(self.error)
        self._waiting.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._waiting.hide()
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 0, 16, 0)
        foot.addWidget(self._space, 1)
        foot.addWidget(self._waiting, 1)
        foot.addSpacing(12)
        foot.addWidget(self.command_button)
        foot.addWidget(self.buttons)
        layout.addWidget(self._panes, 1)
        layout.addLayout(foot)

    def _head(self) -> QVBoxLayout:
        head = QVBoxLayout()
        head.setContentsMargins(16, 0, 16, 0)
        head.setSpacing(6)
        head.addWidget(self.profile_part)
        head.addWidget(self.since_part)
        return head

    def _on_columns_changed(self) -> None:
        self.column_error.say("")
        self._on_wish_changed()

    def _on_options_changed(self) -> None:
        self.column_error.say("")  # a name may fit another encoding
        self._on_wish_changed()

    def _on_wish_changed(self) -> None:
        self.profile_part.follow()
        self._previewing.start()
        self._estimate_anew()
        self._ask_last_anew()
        self._follow_command()

    def _estimate_anew(self) -> None:
        self._space.forget()
        self._estimating.start()

    def _parts_at(self, place: ErrorPlace) -> tuple[ErrorLabel, QWidget]:
        """Return where an error is said, and where a person mends it."""
        match place:
            case ErrorPlace.COLUMNS:
                return self.column_error, self.columns.list
            case ErrorPlace.FILE:
                return self.path_error, self.path_field
            case ErrorPlace.OPTIONS:
                return self.option_error, self.file_part.format_box
            case ErrorPlace.ALL:
                return self.error, self.export_button

    def _say(self, label: ErrorLabel, text: str) -> None:
        label.say(text)
        self._panes.make_room()
        self._panes.bring_into_view(label)

    def _on_export(self) -> None:
        spec = self._checked_spec()
        if spec is not None:
            self.file_part.file.settle(Path(spec.target))
            self._set_busy(is_busy=True)
            self.export_requested.emit(spec)

    def _checked_spec(self) -> ExportSpec | None:
        """Return what is asked for; where that is nothing yet, say what is missing, and return None."""
        for label in (self.path_error, self.column_error, self.option_error, self.error):
            label.say("")
        target = self.file_part.target
        if not self.columns.chosen():
            self._say(self.column_error, self.tr("Choose at least one column."))
        elif target is None:
            words = self.tr("Say which file to write, with its folder, or press “Choose…”.")
            self._say(self.path_error, words)
            self.path_field.setFocus()
        elif self.file_part.problem:
            self._say(self.option_error, self.file_part.problem)
        else:
            return self._spec(target)
        return None

    def _command(self) -> str | None:
        spec, table = self._checked_spec(), self._offer.table
        return shell_line(export_command(spec, table)) if spec is not None and table is not None else None

    def _follow_command(self) -> None:
        """Let the button copy what can be said, and say why it cannot."""
        table = self._offer.table
        why = self._why_unsayable(table) if table is not None else None
        is_busy = not self.export_button.isEnabled()
        self.command_button.setEnabled(table is not None and why is None and not is_busy)
        words = self.tr("A line for a terminal that does the same.")
        self.command_button.setToolTip(words if why is None else unsayable_words(why))

    def _why_unsayable(self, table: Table) -> Unsayable | None:
        spec, profile = self._spec(self._offer.target), self.profile_part.profile
        if spec.is_since_last and profile is not None:
            asked = replace(self._profile(profile.name), table=profile.table, source=profile.source)
            if asked != profile:
                return Unsayable.CHANGED_PROFILE
        return what_is_unsayable(spec, table)

    def _profile(self, name: str) -> ExportProfile:
        return profile_of(name, self._spec(self._offer.target), self._offer.query.columns)

    def _on_profile_chosen(self, profile: ExportProfile | None) -> None:
        """Be as the profile says; with none, let the rows be those that the table shows."""
        self._asked = profile or ExportProfile()
        self.since_part.forget()
        is_fitting = self._asked.fits(self._offer.query.columns)
        query = self._asked.rows_of(self._offer.query) if is_fitting else self._offer.query
        self._offer_rows(query)
        if profile is not None:
            self.file_part.fill(profile.options)
            self._arrange_columns(profile, is_fitting=is_fitting)
        words = self.tr("It was made for {table}: only the way to write the file is taken from it.")
        self.profile_part.settle("" if is_fitting else words.format(table=self._asked.table))
        self._follow_command()
        self.ask_last()
        self._panes.make_room()

    def _ask_last_anew(self) -> None:
        if self.profile_part.profile is not None:
            self._asking_last.start()

    def _on_since_changed(self) -> None:
        """Speak of the rows that are meant now."""
        self._offer_label.setText(offer_words(replace(self._offered, rows=self.rows)))
        self._follow_command()
        self._previewing.start()
        self._estimate_anew()
        self._panes.make_room()

    def _offer_rows(self, query: RowQuery) -> None:
        is_same = (query.conditions, query.search) == (self._offer.query.conditions, self._offer.query.search)
        self._offered = replace(self._offer, query=query, rows=self._offer.rows if is_same else None)
        self._offer_label.setText(offer_words(self._offered))
        self._previewing.start()
        self._estimate_anew()

    def _arrange_columns(self, profile: ExportProfile, *, is_fitting: bool) -> None:
        every = self._offer.query.columns
        names = (profile.columns or every) if is_fitting else self.columns.chosen()
        self.columns.arrange(names, [pair for pair in profile.options.renames if pair[0] in every])

    def _spec(self, target: Path) -> ExportSpec:
        spec = self._wish_for_all(target)
        going_on = self.since_part.last
        if going_on is None:
            return spec
        query = replace(spec.query, beyond=going_on.query.beyond)
        return replace(spec, query=query, is_since_last=True, last=going_on.last)

    def _wish_for_new(self, target: Path) -> ExportSpec:
        return replace(self._wish_for_all(target), is_since_last=True)

    def _wish_for_all(self, target: Path) -> ExportSpec:
        profile = self.profile_part.profile
        return ExportSpec(
            source=self._offer.source,
            query=replace(self._offered.query, columns=self.columns.chosen()),
            target=str(target),
            options=replace(self.file_part.options, renames=self.columns.renames),
            is_overwrite_allowed=self.replace_box.isChecked(),
            own_query=self._offer.own_query,
            consistency=self._asked.consistency,
            invalid_text=self._asked.invalid_text,
            profile=profile.name if profile is not None else "",
        )

    def _set_busy(self, *, is_busy: bool) -> None:
        self._waiting.setText(self.tr("Counting the rows…"))
        self._waiting.setVisible(is_busy)
        self._space.setVisible(not is_busy)
        for widget in (self.profile_part, self.since_part, self.columns, self.file_part, self.export_button):
            widget.setEnabled(not is_busy)
        self._follow_command()
