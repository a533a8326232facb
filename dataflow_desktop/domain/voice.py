"""How a front says things that the window and the command line say alike."""

import re
from collections.abc import Callable
from dataclasses import dataclass

_FORMS = re.compile(r"\((?:([^(){}|]*)\|)?([^()|]+)\)")
"""What depends on a number: row(s), (is|are)."""


def english_form(text: str, count: int) -> str:
    """Return the form of an English text for so many things: of ``row(s)`` for one that without ``s``.

    ``(is|are)`` stands for one word or the other, ``(s)`` for the ending of more than one.
    """
    return _FORMS.sub(lambda found: (found[1] or "") if count == 1 else found[2], text)


def _as_it_is(text: str) -> str:
    return text


@dataclass(frozen=True)
class Voice:
    """How a front says things: times as stored, numbers, and the English texts in the person's language.

    `counted` is for texts with forms that depend on a number, see `english_form`.
    """

    time: Callable[[str | None], str]
    number: Callable[[int], str] = "{:,}".format
    translated: Callable[[str], str] = _as_it_is
    counted: Callable[[str, int], str] = english_form
