"""Words of a command line → what they mean, for argparse."""

import argparse
from collections.abc import Callable
from enum import StrEnum
from typing import TypeVar

Word = TypeVar("Word", bound=StrEnum)


def name_and_value(text: str) -> tuple[str, str]:
    """Return the two sides of NAME=VALUE, where NAME can stand in a statement."""
    name, separator, value = text.partition("=")
    if not separator or not name.isidentifier():
        raise argparse.ArgumentTypeError(f"{text!r} is not NAME=VALUE")
    return name, value


def word_of(words: type[Word]) -> Callable[[str], Word]:
    """Return what takes one of `words` and nothing else."""

    def word(text: str) -> Word:
        try:
            return words(text)
        except ValueError as error:
            raise argparse.ArgumentTypeError(f"{text!r} is none of: {' '.join(words)}") from error

    return word
