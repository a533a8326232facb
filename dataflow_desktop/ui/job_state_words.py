"""Says in words which state of a job is stored: for its card, and for errors that name it."""

from PySide6.QtCore import QCoreApplication

from dataflow_desktop.domain.job import JobState


def stored_state_words(state: JobState) -> str:
    """Return `state` in one or a few words, as it is seen from a window in which the job does not run."""
    words = {
        JobState.PENDING: _tr("Not begun"),
        JobState.PROCESSING: _tr("Exporting in another program"),
        JobState.FINALIZING: _tr("Finishing in another program"),
        JobState.DONE: _tr("Done"),
        JobState.PAUSED: _tr("Paused"),
        JobState.INTERRUPTED: _tr("Interrupted"),
        JobState.FAILED: _tr("Stopped by an error"),
        JobState.CANCELLED: _tr("Given up"),
    }
    return words[state]


def _tr(text: str) -> str:
    return QCoreApplication.translate("JobWords", text)
