"""When two letters are the same without case: one rule for every search of the program."""

import functools

_BETWEEN = "\0"


@functools.cache
def folded_letter(letter: str) -> str:
    """Return what a letter has in common with those that differ from it by their case only."""
    # Two symbols fold to one ASCII letter (the Kelvin sign to k). LIKE does not know them: they stand alone.
    folded = letter.casefold()
    return letter if len(folded) == 1 and folded.isascii() and not letter.isascii() else folded


def without_case(text: str) -> str:
    """Return what stands in that of another text just where `text` stands in it, case left aside.

    Letter by letter: ß is not found in ss, though both fold to the same.
    """
    return _BETWEEN + "".join(folded_letter(letter) + _BETWEEN for letter in text)
