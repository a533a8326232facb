"""The voice of the window, for what the command line says too."""

from PySide6.QtCore import QCoreApplication

from dataflow_desktop.domain.voice import Voice
from dataflow_desktop.ui.figures import number, plural, time_text


def window_voice() -> Voice:
    """Return how the window says things: in the person's language, with numbers as in their country."""
    return Voice(time_text, number, _tr, _counted)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Voice", text)


def _counted(text: str, count: int) -> str:
    return QCoreApplication.translate("Voice", text, None, plural(count))
