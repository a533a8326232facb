"""Puts a reason into the user's language: what happened, and what is safe and to do now."""

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from dataflow_desktop.errors import Reason, ReasonCode

CONTEXT = "Reason"
"""Where translations keep these texts; their sources are the English ones of ReasonCode."""


@dataclass(frozen=True)
class ErrorText:
    """One reason as a person reads it."""

    message: str
    hint: str

    @property
    def whole(self) -> str:
        """Both sentences, as one paragraph."""
        return f"{self.message} {self.hint}"


def describe(reason: Reason) -> ErrorText:
    """Return `reason` in the user's language."""
    texts = ReasonCode[reason.code].value
    return ErrorText(_filled(texts.message, reason), _filled(texts.hint, reason))


class _Facts(dict[str, str]):
    """Facts of a reason; one that another version did not store must not hide the rest."""

    def __missing__(self, name: str) -> str:
        return "…"


def _filled(template: str, reason: Reason) -> str:
    return QCoreApplication.translate(CONTEXT, template).format_map(_Facts(reason.facts))
