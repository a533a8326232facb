"""How a front says things that the window and the command line say alike."""

from collections.abc import Callable
from dataclasses import dataclass


def _as_it_is(text: str) -> str:
    return text


@dataclass(frozen=True)
class Voice:
    """How a front says things: times as stored, numbers, and the English texts in the person's language."""

    time: Callable[[str | None], str]
    number: Callable[[int], str] = "{:,}".format
    translated: Callable[[str], str] = _as_it_is
