"""Every reason can be shown: its texts ask for no fact that its raiser does not give."""

import ast
import string
from pathlib import Path

import pytest

import dataflow_desktop
from dataflow_desktop.errors import (
    ConfigurationError,
    DataFlowError,
    DestinationError,
    Reason,
    ReasonCode,
    RefusedError,
    SourceError,
)

PACKAGE = Path(dataflow_desktop.__file__).parent


def facts_of(code: ReasonCode) -> set[str]:
    texts = code.value.message + code.value.hint
    return {name for _, name, _, _ in string.Formatter().parse(texts) if name is not None}


def raised_with_facts() -> list[tuple[str, str, set[str]]]:
    """Return place, code and facts of every call in the program that names a ReasonCode first."""
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and node.args and is_code(node.args[0]):
                code = ast.unparse(node.args[0]).partition(".")[2]
                facts = {keyword.arg for keyword in node.keywords if keyword.arg is not None}
                found.append((f"{path.relative_to(PACKAGE)}:{node.lineno}", code, facts))
    return found


def is_code(node: ast.expr) -> bool:
    return (
        isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "ReasonCode"
    )


@pytest.mark.parametrize(("place", "code", "facts"), raised_with_facts())
def test_whoever_raises_gives_the_facts_its_texts_name(place: str, code: str, facts: set[str]) -> None:
    assert facts_of(ReasonCode[code]) <= facts, place


@pytest.mark.parametrize("code", ReasonCode, ids=lambda code: code.name)
def test_every_reason_says_what_happened_and_what_to_do(code: ReasonCode) -> None:
    reason = Reason("x", code.name, dict.fromkeys(facts_of(code), "FACT"))
    assert reason.message.endswith((".", "FACT"))
    assert reason.hint.endswith((".", "FACT"))


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (ConfigurationError, "configuration"),
        (SourceError, "source"),
        (DestinationError, "destination"),
        (RefusedError, "refused"),
    ],
)
def test_an_error_carries_its_reason(error: type[DataFlowError], kind: str) -> None:
    raised = error(ReasonCode.JOB_AMBIGUOUS, job="ab", count=2)
    assert raised.reason == Reason(kind, "JOB_AMBIGUOUS", {"job": "ab", "count": "2"})
    assert str(raised) == "ab stands for 2 exports."


def test_braces_in_a_fact_are_no_place_for_another() -> None:
    assert "{known}" in ConfigurationError(ReasonCode.JOB_UNKNOWN, job="{known}").reason.message
