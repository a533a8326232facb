"""Every export: what runs, what stands still and why, what is done."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QPalette
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from dataflow_desktop.domain.progress import Progress
from dataflow_desktop.ui.error_texts import ErrorText
from dataflow_desktop.ui.figures import number, rows_text
from dataflow_desktop.ui.job_card import JobCard
from dataflow_desktop.ui.job_words import JobView, file_name
from dataflow_desktop.ui.question import make_question

MOST_CARDS = 60
"""Newest jobs and all unfinished ones first; a thousand cards would take seconds to lay out."""


class ExportsPanel(QWidget):
    """Shows JobViews as cards; its signals are those of a JobCard."""

    pause_wished = Signal(str)
    resume_wished = Signal(str)
    cancel_wished = Signal(str)
    folder_wished = Signal(str)
    remedy_wished = Signal(object)
    step_wished = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cards: dict[str, JobCard] = {}
        self._order: list[str] = []
        self._asked_about = ""
        self._heading = QLabel(self.tr("Exports"))
        self._empty = QLabel(
            self.tr("No exports yet. Filter the table, then press Ctrl+E to write what you see to a file.")
        )
        self._error = QLabel()
        self._older = QLabel()
        self._list = QWidget()
        self._list_layout = QVBoxLayout(self._list)
        self._lay_out()

    def _lay_out(self) -> None:
        bold = QFont(self.font())
        bold.setBold(True)
        self._heading.setFont(bold)
        self._error.setObjectName("field_error")
        for label in (self._empty, self._older):
            label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        for label in (self._empty, self._older, self._error):
            label.setWordWrap(True)
        self._error.hide()
        self._older.hide()
        self._list.setObjectName("job_list")
        self._list_layout.setContentsMargins(0, 0, 0, 0)
        self._list_layout.setSpacing(6)
        self._list_layout.addWidget(self._older)
        self._list_layout.addStretch(1)
        scroll = QScrollArea()
        scroll.setAccessibleName(self.tr("List of exports"))
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(self._list)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 8, 12, 8)
        layout.setSpacing(6)
        for widget in (self._heading, self._error, self._empty):
            layout.addWidget(widget)
        layout.addWidget(scroll, 1)

    def show_views(self, views: Sequence[JobView]) -> None:
        """Show these jobs in their order; of more than MOST_CARDS the unfinished ones and the first."""
        shown = _shown(views)
        self._drop_cards({view.job.id for view in shown})
        for place, view in enumerate(shown):
            self._place_card(place, view)
        self._keep_tab_order([view.job.id for view in shown])
        self._empty.setVisible(not views)
        hidden = len(views) - len(shown)
        self._older.setVisible(hidden > 0)
        self._older.setText(self.tr("… and {count} older exports.").format(count=number(hidden)))

    def show_progress(self, progress: Progress) -> None:
        """Show the newest report of one job."""
        card = self._cards.get(progress.job_id)
        if card is not None:
            view = card.view
            card.show_view(replace(view, progress=progress))

    def show_error(self, error: ErrorText | None) -> None:
        """Say what is wrong with the record of exports; None takes it back."""
        self._error.setText(error.whole if error is not None else "")
        self._error.setVisible(error is not None)

    @property
    def error_text(self) -> str:
        """What the panel says is wrong; empty while nothing is."""
        return self._error.text()

    def card(self, job_id: str) -> JobCard:
        """Return the card of a job that is shown."""
        return self._cards[job_id]

    @property
    def cards(self) -> tuple[JobCard, ...]:
        """All cards, in no certain order."""
        return tuple(self._cards.values())

    def ask_cancel(self, view: JobView) -> None:
        """Ask whether the job is to be given up; `cancel_wished` follows only after a yes."""
        rows = rows_text(view.rows)
        box, give_up = make_question(
            self,
            self.tr("Give up this export?"),
            self.tr("Give up the export to {file}?").format(file=file_name(view.job)),
            self.tr("The {rows} written so far are thrown away. It cannot be resumed.").format(rows=rows),
            self.tr("&Give up"),
        )
        self._asked_about = view.job.id
        give_up.clicked.connect(self._on_given_up)
        box.open()

    def _on_given_up(self) -> None:
        self.cancel_wished.emit(self._asked_about)

    def _on_cancel_pressed(self, job_id: str) -> None:
        self.ask_cancel(self._cards[job_id].view)

    def _place_card(self, place: int, view: JobView) -> None:
        card = self._cards.get(view.job.id)
        if card is None:
            card = self._make_card(view)
        else:
            card.show_view(view)
        if self._list_layout.indexOf(card) != place:
            self._list_layout.removeWidget(card)
            self._list_layout.insertWidget(place, card)

    def _keep_tab_order(self, order: list[str]) -> None:
        # As on the screen; without this, cards take the focus in the order they were made.
        if order == self._order:
            return
        self._order = order
        buttons = [button for job_id in order for button in self._cards[job_id].buttons]
        for before, button in pairwise(buttons):
            QWidget.setTabOrder(before, button)

    def _make_card(self, view: JobView) -> JobCard:
        card = JobCard(view, self._list)
        card.pause_wished.connect(self.pause_wished)
        card.resume_wished.connect(self.resume_wished)
        card.cancel_wished.connect(self._on_cancel_pressed)
        card.folder_wished.connect(self.folder_wished)
        card.remedy_wished.connect(self.remedy_wished)
        card.step_wished.connect(self.step_wished)
        self._cards[view.job.id] = card
        return card

    def _drop_cards(self, kept: set[str]) -> None:
        for job_id in set(self._cards) - kept:
            card = self._cards.pop(job_id)
            self._list_layout.removeWidget(card)
            card.hide()
            card.deleteLater()


def _shown(views: Sequence[JobView]) -> list[JobView]:
    if len(views) <= MOST_CARDS:
        return list(views)
    unfinished_first = sorted(views, key=lambda view: view.job.has_ended)
    ids = {view.job.id for view in unfinished_first[:MOST_CARDS]}
    return [view for view in views if view.job.id in ids]
