"""Letters of any script without case, and search texts in which nothing is special."""

import functools
import sys
from collections import defaultdict

from dataflow_desktop.domain.letter_case import folded_letter
from dataflow_desktop.domain.row_query import Operator
from dataflow_desktop.errors import ConfigurationError, ReasonCode

SEARCH_LIMIT = 2_000
"""Characters of a search text: SQLite's patterns end at 50,000 bytes, and a letter's class takes up to 20."""


def check_length(text: str) -> None:
    """Raise ConfigurationError unless one can search for `text`."""
    if len(text) > SEARCH_LIMIT:
        raise ConfigurationError(ReasonCode.SEARCH_TOO_LONG, limit=SEARCH_LIMIT)


def like_pattern(text: str, escape: str) -> str:
    """Return what LIKE takes for just this text."""
    return "".join(escape + letter if letter in {"%", "_", escape} else letter for letter in text)


def with_room(operator: Operator, pattern: str, anything: str) -> str:
    """Return `pattern` with `anything` before and behind it, where `operator` lets more stand there."""
    before = "" if operator is Operator.STARTS else anything
    after = "" if operator is Operator.ENDS else anything
    return f"{before}{pattern}{after}"


def case_variants(letter: str) -> str:
    """Return all letters that are the same without case, itself among them."""
    return _variants().get(folded_letter(letter), letter)


@functools.cache
def _variants() -> dict[str, str]:
    variants: defaultdict[str, str] = defaultdict(str)
    for letter in map(chr, range(sys.maxunicode + 1)):
        if letter.isupper() or letter.islower() or letter.istitle():
            variants[folded_letter(letter)] += letter
    return dict(variants)
