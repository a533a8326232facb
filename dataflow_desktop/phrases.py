"""What reasons say besides names and numbers: parts of sentences that can be told in another language.

A fact of a reason is stored as its English text; by these the window finds out what it says.
"""

import re
from enum import StrEnum


class Phrase(StrEnum):
    """A part of a sentence; facts stand in braces, as in ReasonText."""

    # What is wrong with a query of one's own, or with its key.
    NO_NAME = "it has no name."
    NAME_OF_A_TABLE = "a table has that name."
    NAME_OF_A_QUERY = "another query has that name."
    NO_STATEMENT = "there is no statement."
    SEVERAL_STATEMENTS = "it is more than one statement."
    NOT_A_SELECT = "it begins with {word}, and only a SELECT is allowed."
    WOULD_WRITE = "it would write ({word})."
    LIVE_COMMENT = "a comment in it is one that MySQL carries out."
    VALUE_MISSING = "no value is given for {parameters}."
    OTHER_PARAMETER = "a parameter is written with {sign}. Write :name instead."
    BRACKET_TOO_MANY = "a {bracket} closes nothing."
    BRACKET_OPEN = "a bracket is not closed."
    QUOTE_OPEN = "a quote or a comment is not closed."
    TWO_COLUMNS = "two columns of its result are called {name}. Name one of them with AS."
    DATABASE_SAYS = "the database says: {reason}."
    NOT_OF_THIS_KIND = "of this kind of database only tables and views can be shown. Make a view of it there."
    KEY_HOLDS_NULL = "it holds NULL."
    KEY_NOT_UNIQUE = "several rows have the same value."

    # What a condition takes.
    ONE_VALUE = "a value"
    NO_VALUE = "no value"
    TWO_VALUES = "two values"
    CLOSED_LIST = "a list with closed quotes"
    NOTHING = "none"
    NUMBER = "a number"
    TEXT = "text"
    DATE = "a date like 2026-03-14"
    TIME = "a time like 2026-03-14T09:30:00"
    TRUTH = "true or false"
    HEX = "bytes in hex"
    TEXT_OR_NUMBER = "text or a number"
    ADDRESS = "an address like 10.0.0.1 or 10.0.0.0/8"
    UUID = "a UUID like 123e4567-e89b-12d3-a456-426614174000"

    # What an unknown database cannot be asked for.
    SORTING = "Sorting and comparing by rank"
    COMPARING = "Comparing"
    SEARCHING = "Searching"

    # What settings are about, and why something cannot be opened.
    CONNECTIONS = "saved connections"
    PROFILES = "saved profiles"
    PROFILE = "profile"
    QUERIES = "saved queries"
    IS_FOLDER = "it is a folder"
    IS_FILE = "it is a file"
    NO_URL = "The source is not a database URL."
    IN_A_SNAPSHOT = "in the middle of a snapshot"
    PARTS_AGREE_ALONE = "by its parts the file is what was exported, by its sha256 it is not"


def phrase_in(fact: str) -> tuple[Phrase, dict[str, str]] | None:
    """Return the phrase that a fact of a reason is, with the facts in it; None where it is something else."""
    for phrase, pattern in _PATTERNS.items():
        if found := pattern.fullmatch(fact):
            return phrase, found.groupdict()
    return None


def _pattern(phrase: Phrase) -> re.Pattern[str]:
    escaped = re.escape(phrase).replace(r"\{", "{").replace(r"\}", "}")
    return re.compile(re.sub(r"\{(\w+)\}", r"(?P<\1>.+)", escaped), re.DOTALL)


_PATTERNS = {phrase: _pattern(phrase) for phrase in Phrase}
