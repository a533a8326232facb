"""Puts a reason into the user's language: what happened, and what is safe and to do now."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from dataflow_desktop.domain.job import JobState
from dataflow_desktop.domain.row_query import Operator
from dataflow_desktop.errors import Reason, ReasonCode
from dataflow_desktop.phrases import phrase_in
from dataflow_desktop.ui.condition_words import operator_words
from dataflow_desktop.ui.figures import number
from dataflow_desktop.ui.job_state_words import stored_state_words

CONTEXT = "Reason"
"""Where translations keep these texts; their sources are the English ones of ReasonCode."""

PHRASE_CONTEXT = "Phrase"
"""Where they keep what facts say."""

_COUNTS = frozenset(
    {
        "at_least",
        "count",
        "expected",
        "free",
        "length",
        "limit",
        "megabytes",
        "most",
        "named",
        "reserved",
        "rows",
        "saved",
        "size",
    }
)
"""Facts that are numbers where they are not words; a name or a value is shown as it is."""

_SAYINGS = frozenset({"expected", "given", "problem", "reason", "title", "what"})
"""Facts that may be phrases."""

_NUMBER = re.compile(r"\d{1,3}(,\d{3})+|\d+")


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
    facts = _Facts({name: _said(name, fact) for name, fact in reason.facts.items()})
    return ErrorText(_filled(texts.message, facts), _filled(texts.hint, facts))


class _Facts(dict[str, str]):
    """Facts of a reason; one that another version did not store must not hide the rest."""

    def __missing__(self, name: str) -> str:
        return "…"


def _said(name: str, fact: str) -> str:
    if name in _COUNTS and _NUMBER.fullmatch(fact):
        return number(int(fact.replace(",", "")))
    if name in _SAYINGS and (found := phrase_in(fact)) is not None:
        phrase, facts = found
        return QCoreApplication.translate(PHRASE_CONTEXT, phrase).format_map(facts)
    if name == "operator" and fact in tuple(Operator):
        quoted = QCoreApplication.translate("Reason", "“{operator}”")
        return quoted.format(operator=operator_words(Operator(fact)))
    if name == "state" and fact in tuple(JobState):
        return stored_state_words(JobState(fact))
    return fact


def _filled(template: str, facts: Mapping[str, str]) -> str:
    return QCoreApplication.translate(CONTEXT, template).format_map(facts)
