"""Asks what a remedy needs to know before it is done: a yes, or a file."""

from dataclasses import dataclass
from pathlib import Path, PurePath

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from dataflow_desktop.domain.consent import Consent
from dataflow_desktop.domain.remedies import Remedy
from dataflow_desktop.errors import Reason
from dataflow_desktop.ui.error_texts import describe
from dataflow_desktop.ui.figures import rows_text
from dataflow_desktop.ui.job_card import RemedyWish
from dataflow_desktop.ui.job_words import file_name
from dataflow_desktop.ui.part_chooser import choose_part
from dataflow_desktop.ui.question import make_question


@dataclass(frozen=True)
class ConsentGiven:
    """A person agreed that a job goes on in another way than first asked for."""

    job_id: str
    consent: Consent


@dataclass(frozen=True)
class PathChosen:
    """A person chose a file for a job."""

    job_id: str
    path: str


class RemedyDialogs(QObject):
    """`consent_given` carries a ConsentGiven, the others a PathChosen."""

    consent_given = Signal(object)
    part_located = Signal(object)
    target_chosen = Signal(object)
    begin_again_chosen = Signal(object)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._wish: RemedyWish | None = None

    def ask(self, wish: RemedyWish) -> None:
        """Ask what is needed for `wish`, if anything; a signal follows unless the person thinks again."""
        self._wish = wish
        match wish.remedy:
            case Remedy.LOCATE:
                self._ask_part(wish)
            case Remedy.MOVE:
                self._ask_target(wish)
            case Remedy.RESTART if wish.view.job.durable_rows:
                self._ask_restart(wish)
            case _:
                self._give_consent()

    def ask_begin_again(self, chosen: PathChosen, reason: Reason) -> None:
        """Ask whether a job that cannot move, for `reason`, is to begin anew as the file `chosen`."""
        box, again = make_question(
            self._window,
            self.tr("Begin this export again?"),
            self.tr("Begin the export again in {folder}?").format(folder=PurePath(chosen.path).parent),
            self.tr("{reason} The rows saved so far cannot be read.").format(reason=describe(reason).message),
            self.tr("&Begin again"),
        )
        # Its own `chosen`: another question may be asked before this one is answered.
        again.clicked.connect(lambda: self.begin_again_chosen.emit(chosen))
        box.open()

    def _ask_part(self, wish: RemedyWish) -> None:
        text = self.tr("Where is the unfinished file of {file}?").format(file=file_name(wish.view.job))
        folder = Path(wish.view.job.spec.target).parent
        chooser = choose_part(self._window, text, str(folder))
        chooser.fileSelected.connect(self._on_part_chosen)
        chooser.open()

    def _ask_target(self, wish: RemedyWish) -> None:
        target = Path(wish.view.job.spec.target)
        chooser = QFileDialog(self._window, self.tr("Save the export elsewhere"), str(target.parent))
        chooser.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        chooser.setOption(QFileDialog.Option.DontConfirmOverwrite)
        chooser.setDefaultSuffix(target.suffix.lstrip("."))
        chooser.selectFile(target.name)
        chooser.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        chooser.fileSelected.connect(self._on_target_chosen)
        chooser.open()

    def _ask_restart(self, wish: RemedyWish) -> None:
        job = wish.view.job
        rows = rows_text(job.durable_rows)
        box, again = make_question(
            self._window,
            self.tr("Begin this export again?"),
            self.tr("Begin the export to {file} again?").format(file=file_name(job)),
            self.tr("The {rows} saved so far are thrown away.").format(rows=rows),
            self.tr("&Begin again"),
        )
        again.clicked.connect(self._give_consent)
        box.open()

    def _give_consent(self) -> None:
        if self._wish is not None and self._wish.remedy.consent is not None:
            self.consent_given.emit(ConsentGiven(self._wish.view.job.id, self._wish.remedy.consent))

    def _on_part_chosen(self, path: str) -> None:
        if self._wish is not None:
            self.part_located.emit(PathChosen(self._wish.view.job.id, path))

    def _on_target_chosen(self, path: str) -> None:
        if self._wish is not None:
            self.target_chosen.emit(PathChosen(self._wish.view.job.id, path))
