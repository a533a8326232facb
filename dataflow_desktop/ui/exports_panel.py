"""Every export: first what runs or stands still and why, then what has ended, newest first; with a search."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QPalette
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from dataflow_desktop.domain.progress import Progress
from dataflow_desktop.ui.announcing import announce
from dataflow_desktop.ui.card_note import CardNote, NoteKind
from dataflow_desktop.ui.error_texts import ErrorText
from dataflow_desktop.ui.figures import number, plural
from dataflow_desktop.ui.job_announcements import end_words, step_words
from dataflow_desktop.ui.job_card import JobCard
from dataflow_desktop.ui.job_details import JobDetails, JobTraces
from dataflow_desktop.ui.job_menu import FileStep, FileWish
from dataflow_desktop.ui.job_search import found, in_order
from dataflow_desktop.ui.job_words import RUNS_HERE, JobView, file_name
from dataflow_desktop.ui.question import make_question
from dataflow_desktop.ui.search_field import SearchField
from dataflow_desktop.ui.speed_history import SpeedHistory

FIRST_CARDS = 15
"""A card takes up to eight milliseconds to make: a thousand of them would hold up the window for seconds."""

MORE_CARDS = 20
SEARCH_WIDTH = 260


class ExportsPanel(QWidget):
    """Shows JobViews as cards; its signals are those of a JobCard.

    `traces_wished` carries a Job: `show_traces` is to show what is left of it.
    """

    pause_wished = Signal(str)
    resume_wished = Signal(str)
    cancel_wished = Signal(str)
    remedy_wished = Signal(object)
    step_wished = Signal(object)
    file_wished = Signal(object)
    traces_wished = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._views: dict[str, JobView] = {}
        self._cards: dict[str, JobCard] = {}
        self._spare_cards: list[JobCard] = []
        self._speeds: dict[str, SpeedHistory] = {}
        self._notes: dict[str, CardNote] = {}
        self._details: JobDetails | None = None
        self._most_cards = FIRST_CARDS
        self._stops: list[QWidget] = []
        self._asked_about = ""
        self._heading = QLabel(self.tr("Exports"))
        self.search_field = SearchField()
        self._empty = QLabel()
        self._error = QLabel()
        self.more_button = QPushButton()
        self._list = QWidget()
        self._list_layout = QVBoxLayout(self._list)
        self._style()
        self._lay_out()
        self.search_field.textChanged.connect(self._on_searched)
        self.search_field.left.connect(self._on_search_left)
        self.more_button.clicked.connect(self._on_more)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._on_focus_changed)
        self._show()

    def _style(self) -> None:
        bold = QFont(self.font())
        bold.setBold(True)
        self._heading.setFont(bold)
        self.search_field.setAccessibleName(self.tr("Find an export"))
        self.search_field.setPlaceholderText(self.tr("Find an export"))
        self.search_field.setToolTip(
            self.tr("By the name of the file, the table, the database or the state.")
        )
        self.search_field.setMaximumWidth(SEARCH_WIDTH)
        self.search_field.setClearButtonEnabled(True)
        self.more_button.setAccessibleName(self.tr("Show more exports"))
        self._error.setObjectName("field_error")
        self._empty.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        for label in (self._empty, self._error):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignTop)
        self._error.hide()
        self._list.setObjectName("job_list")

    def _lay_out(self) -> None:
        self._list_layout.setContentsMargins(0, 0, 0, 0)
        self._list_layout.setSpacing(6)
        self._list_layout.addWidget(self.more_button, 0, Qt.AlignmentFlag.AlignHCenter)
        self._list_layout.addStretch(1)
        self.scroll_area = QScrollArea()
        self.scroll_area.setAccessibleName(self.tr("List of exports"))
        self.scroll_area.setWidgetResizable(True)
        self.scroll_area.setFrameShape(QFrame.Shape.NoFrame)
        self.scroll_area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.scroll_area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.scroll_area.setWidget(self._list)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self._heading)
        head.addStretch(1)
        head.addWidget(self.search_field, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 8, 12, 8)
        layout.setSpacing(6)
        layout.addLayout(head)
        layout.addWidget(self._error)
        layout.addWidget(self._empty)
        layout.addWidget(self.scroll_area, 1)

    def focus_search(self) -> None:
        """Go to the search field, ready to type over what stands there; without exports there is none."""
        if not self.search_field.isHidden():
            self.search_field.take_keys()

    def show_views(self, views: Sequence[JobView]) -> None:
        """Show these jobs, each as it is now; of many, and of those not searched for, not all."""
        for view in views:
            announce(self, end_words(self._views.get(view.job.id), view))
        self._views = {view.job.id: view for view in in_order(views)}
        for job_id in [job_id for job_id in self._speeds if not self._runs_here(job_id)]:
            del self._speeds[job_id]
        self._notes = {job_id: note for job_id, note in self._notes.items() if job_id in self._views}
        self._show()
        self._follow_details()

    def show_progress(self, progress: Progress) -> None:
        """Show the newest report of one job."""
        before = self._views.get(progress.job_id)
        if before is None:
            return
        view = replace(before, progress=progress)
        self._views[progress.job_id] = view
        announce(self, step_words(before, view))
        speeds = self._speeds.setdefault(progress.job_id, SpeedHistory())
        speeds.note(progress.rows_per_second)
        card = self._cards.get(progress.job_id)
        if card is not None:
            card.show_view(view)
            card.show_speed(speeds.samples)
        if self._details is not None and self._details.job.id == progress.job_id:
            self._details.show_view(view)

    def show_note(self, job_id: str, note: CardNote | None) -> None:
        """Say something of a job's file on its card; None takes it back."""
        if note is None:
            self._notes.pop(job_id, None)
        elif job_id in self._views:
            self._notes[job_id] = note
            if note.kind is not NoteKind.RUNNING:
                announce(self, f"{file_name(self._views[job_id].job)}: {note.words}")
        if job_id in self._cards:
            self._cards[job_id].show_note(note)

    def show_traces(self, job_id: str, traces: JobTraces) -> None:
        """Show in the details of a job, while they are open, what is left of it."""
        if self._details is not None and self._details.job.id == job_id:
            self._details.show_traces(traces)

    def show_error(self, error: ErrorText | None) -> None:
        """Say what is wrong with the record of exports; None takes it back."""
        self._error.setText(error.whole if error is not None else "")
        self._error.setVisible(error is not None)
        announce(self, self._error.text(), is_urgent=True)

    @property
    def error_text(self) -> str:
        """What the panel says is wrong; empty while nothing is."""
        return self._error.text()

    @property
    def empty_text(self) -> str:
        """What stands in the place of the cards; empty while there are any."""
        return "" if self._empty.isHidden() else self._empty.text()

    @property
    def details(self) -> JobDetails | None:
        """The details of a job while they are open."""
        return self._details

    def card(self, job_id: str) -> JobCard:
        """Return the card of a job that is shown."""
        return self._cards[job_id]

    @property
    def cards(self) -> tuple[JobCard, ...]:
        """All cards, in no certain order."""
        return tuple(self._cards.values())

    def ask_cancel(self, view: JobView) -> None:
        """Ask whether the job is to be given up; `cancel_wished` follows only after a yes."""
        box, give_up = make_question(
            self,
            self.tr("Give up this export?"),
            self.tr("Give up the export to {file}?").format(file=file_name(view.job)),
            self._loss_words(view.rows),
            self.tr("&Give up"),
        )
        self._asked_about = view.job.id
        give_up.clicked.connect(self._on_given_up)
        box.open()

    def _loss_words(self, rows: int) -> str:
        if rows == 0:
            return self.tr("No row was written so far. It cannot be resumed.")
        words = self.tr(
            "The (row|{count} rows) written so far (is|are) thrown away. It cannot be resumed.",
            "",
            plural(rows),
        )
        return words.format(count=number(rows))

    def _on_given_up(self) -> None:
        self.cancel_wished.emit(self._asked_about)

    def _on_cancel_pressed(self, job_id: str) -> None:
        self.ask_cancel(self._cards[job_id].view)

    def _on_focus_changed(self, before: QWidget | None, now: QWidget | None) -> None:
        # A scroll area follows the Tab key within it, not what comes into it from outside.
        if now is not None and self._list.isAncestorOf(now):
            self.scroll_area.ensureWidgetVisible(now)

    def _on_searched(self) -> None:
        self._most_cards = FIRST_CARDS
        self._show()
        self.scroll_area.verticalScrollBar().setValue(0)

    def _on_search_left(self) -> None:
        if self._stops:
            self._stops[0].setFocus(Qt.FocusReason.TabFocusReason)

    def _on_more(self) -> None:
        before = len(self._cards)
        self._most_cards += MORE_CARDS
        self._show()
        self._cards[list(self._cards)[before]].setFocus(Qt.FocusReason.TabFocusReason)

    def _on_file_wished(self, wish: FileWish) -> None:
        if wish.step is FileStep.SHOW_DETAILS:
            self._open_details(self._views.get(wish.job.id) or JobView(wish.job))
        else:
            self.file_wished.emit(wish)

    def _on_note_closed(self, job_id: str) -> None:
        self.show_note(job_id, None)
        self._cards[job_id].setFocus(Qt.FocusReason.OtherFocusReason)

    def _open_details(self, view: JobView) -> None:
        if self._details is not None:
            self._details.close()
        self._details = JobDetails(view, self.window())
        self._details.finished.connect(self._on_details_closed)
        self._details.show()
        self.traces_wished.emit(view.job)

    def _on_details_closed(self) -> None:
        self._details = None

    def _follow_details(self) -> None:
        """Let open details say where the job stands by now; what is left of it may be something else too.

        Those of a job that nobody knows any more are closed.
        """
        if self._details is None:
            return
        view = self._views.get(self._details.job.id)
        if view is None:
            self._details.close()
            return
        is_another = view.job != self._details.job
        self._details.show_view(view)
        if is_another:
            self.traces_wished.emit(view.job)

    def _runs_here(self, job_id: str) -> bool:
        view = self._views.get(job_id)
        return view is not None and view.situation in RUNS_HERE

    def _show(self) -> None:
        views = found(list(self._views.values()), self.search_field.text())
        shown = views[: self._most_cards]
        self._spare_cards_but({view.job.id for view in shown})
        for place, view in enumerate(shown):
            self._place_card(place, view)
        self._drop_spare_cards()
        self._keep_tab_order([view.job.id for view in shown])
        self._say_what_is_missing(len(views), len(shown))

    def _say_what_is_missing(self, count: int, shown: int) -> None:
        self.search_field.setVisible(bool(self._views))
        words = self.tr(
            "No exports yet. Filter the table, then press Ctrl+E to write what you see to a file."
        )
        if self._views:
            text = self.search_field.text().strip()
            words = self.tr("No export matches “{text}”. Esc in the field shows all {count} again.").format(
                text=text, count=number(len(self._views))
            )
        self._empty.setText(words)
        self._empty.setVisible(not count)
        self.scroll_area.setVisible(bool(count))
        more = min(count - shown, MORE_CARDS)
        self.more_button.setVisible(more > 0)
        self.more_button.setText(
            self.tr("Show {more} &more of {count}").format(more=number(more), count=number(count - shown))
        )

    def _place_card(self, place: int, view: JobView) -> None:
        card = self._cards.get(view.job.id)
        if card is None:
            self._cards[view.job.id] = card = self._new_card(view)
        elif card.view != view:
            card.show_view(view)
        if self._list_layout.indexOf(card) != place:
            self._list_layout.removeWidget(card)
            self._list_layout.insertWidget(place, card)
            card.show()

    def _keep_tab_order(self, order: list[str]) -> None:
        # As on the screen; without this, cards take the focus in the order they were made.
        stops = [stop for job_id in order for stop in self._cards[job_id].stops]
        if stops == self._stops:
            return
        self._stops = stops
        for before, stop in pairwise([self.search_field, *stops, self.more_button]):
            QWidget.setTabOrder(before, stop)

    def _new_card(self, view: JobView) -> JobCard:
        """Return a card that shows `view`; not always a new one, for a search shows others with each key."""
        if self._spare_cards:
            card = self._spare_cards.pop()
            card.show_view(view)
        else:
            card = self._make_card(view)
        speeds = self._speeds.get(view.job.id)
        card.show_speed(speeds.samples if speeds is not None else ())
        card.show_note(self._notes.get(view.job.id))
        return card

    def _make_card(self, view: JobView) -> JobCard:
        card = JobCard(view, self._list)
        card.pause_wished.connect(self.pause_wished)
        card.resume_wished.connect(self.resume_wished)
        card.cancel_wished.connect(self._on_cancel_pressed)
        card.remedy_wished.connect(self.remedy_wished)
        card.step_wished.connect(self.step_wished)
        card.file_wished.connect(self._on_file_wished)
        card.note_closed.connect(self._on_note_closed)
        return card

    def _spare_cards_but(self, kept: set[str]) -> None:
        """Take the cards of all other jobs away."""
        for job_id in [job_id for job_id in self._cards if job_id not in kept]:
            self._spare_cards.append(self._cards.pop(job_id))

    def _drop_spare_cards(self) -> None:
        """Hide what nobody needs now, and keep some of it for the next search."""
        for card in self._spare_cards:
            self._list_layout.removeWidget(card)
            card.hide()
        for card in self._spare_cards[FIRST_CARDS:]:
            card.deleteLater()
        del self._spare_cards[FIRST_CARDS:]
