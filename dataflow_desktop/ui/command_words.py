"""Why an export cannot be said as a command."""

from PySide6.QtCore import QCoreApplication

from dataflow_desktop.domain.command_line import Unsayable


def unsayable_words(why: Unsayable) -> str:
    """Return why there is no command for an export, for a tool tip."""
    return {
        Unsayable.SELECTED_ROWS: _tr("Selected rows cannot be named on the command line."),
        Unsayable.CONDITION: _tr("One of the filters has a value that cannot be typed on the command line."),
        Unsayable.SEARCH: _tr("On the command line a search looks into all text columns, not into one."),
        Unsayable.CHANGED_PROFILE: _tr(
            "What is new goes by the profile, and that does not say yet what was changed here. Save it first."
        ),
        Unsayable.ARGUMENT: _tr("Something here has a character that no command line can hold."),
    }[why]


def _tr(text: str) -> str:
    return QCoreApplication.translate("CommandWords", text)
