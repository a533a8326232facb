"""Literal search without case, against a plain Python reference."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dataflow_desktop.domain.row_query import Operator
from dataflow_desktop.errors import ConfigurationError, ReasonCode
from dataflow_desktop.source.connection import SourceConnection
from dataflow_desktop.source.letters import SEARCH_LIMIT
from dataflow_desktop.source.sqlite.text_match import matches
from tests.campaign import examples
from tests.unit.databases import connected, make_database

SPECIAL = "%_\\*?[]^-!{}()|.+$\"'`~/ \t\r\n"
LETTERS = (
    "abkKsSiIzZ019äÄöÖüÜßẞéÉñÑσςΣάΆωΩжЖёЁшШİıǅǆǄﬁ中😀åÅ"  # noqa: RUF001 - looks alike on purpose
    "\u0301\u0345\u2028\ufeff\N{KELVIN SIGN}\N{ANGSTROM SIGN}"
)
# SQLite ends a pattern at NUL. The two ligatures of s and t are case variants since Unicode 15.1 only.
ANY_LETTER = st.characters(exclude_categories=["Cs"], exclude_characters="\x00\ufb05\ufb06")
NEAR = st.text(st.sampled_from(SPECIAL + LETTERS), max_size=6)
ANY_TEXT = NEAR | st.text(ANY_LETTER, max_size=8)


@pytest.fixture(scope="module")
def connection(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SourceConnection]:
    path = make_database(tmp_path_factory.mktemp("match") / "empty.db", "CREATE TABLE t (x)")
    with connected(path) as connection:
        yield connection


def same(left: str, right: str) -> bool:
    """Whether two letters are one, but for their case; no ASCII letter is any other letter."""
    if left == right:
        return True
    if left.isascii() != right.isascii():
        return False
    return left.casefold() == right.casefold() or left.lower() == right.lower()


def fits(value: str, text: str, start: int) -> bool:
    piece = value[start : start + len(text)]
    return start >= 0 and len(piece) == len(text) and all(map(same, piece, text))


def expected(operator: Operator, value: str, text: str) -> bool:
    match operator:
        case Operator.STARTS:
            return fits(value, text, 0)
        case Operator.ENDS:
            return fits(value, text, len(value) - len(text))
        case _:
            return any(fits(value, text, start) for start in range(len(value) + 1))


def found(connection: SourceConnection, operator: Operator, value: str, text: str) -> bool:
    return bool(connection.scalar(sa.select(matches(sa.literal(value), operator, text))))


@settings(max_examples=examples(400))
@given(
    operator=st.sampled_from([Operator.CONTAINS, Operator.STARTS, Operator.ENDS]),
    before=NEAR,
    text=ANY_TEXT,
    after=NEAR,
    fold=st.sampled_from([str, str.upper, str.lower, str.swapcase]),
)
@example(Operator.CONTAINS, "", "ẞ", "", str.lower)
@example(Operator.CONTAINS, "", "σ", "ς", str)  # noqa: RUF001 - a sigma
@example(Operator.ENDS, "a", "]", "]", str)
def test_a_text_put_together_matches_as_in_python(
    connection: SourceConnection,
    operator: Operator,
    before: str,
    text: str,
    after: str,
    fold: "type[str]",
) -> None:
    value = before + fold(text) + after
    assert found(connection, operator, value, text) is expected(operator, value, text)


@settings(max_examples=examples(300))
@given(
    operator=st.sampled_from([Operator.CONTAINS, Operator.STARTS, Operator.ENDS]), value=ANY_TEXT, text=NEAR
)
def test_any_text_in_any_other_matches_as_in_python(
    connection: SourceConnection, operator: Operator, value: str, text: str
) -> None:
    assert found(connection, operator, value, text) is expected(operator, value, text)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("Übergroße Lampe", "ÜBERGROẞE"),
        ("ÜBERGROẞE", "übergroße"),
        ("ΟΔΥΣΣΕΥΣ", "οδυσσευς"),
        ("οδυσσευς", "ΟΔΥΣΣΕΥΣ"),
        ("Привет, МИР", "пРИВЕТ, мир"),
        ("Café", "CAFÉ"),
        ("Señor Ultra Kit", "ultra"),
        ("50%_off\\now", "%_OFF\\"),
        ("a[b]c^d-e*f?", "[B]C^D-E*F?"),
        ("naïve é]", "Ï"),
        ("é[x]é*é?", "É[X]É*É?"),
    ],
)
def test_letters_of_any_script_are_found_in_either_case(
    connection: SourceConnection, value: str, text: str
) -> None:
    assert found(connection, Operator.CONTAINS, value, text)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("50 off", "%"),
        ("50 off", "_"),
        ("50 off", "\\"),
        ("50 off", "5?"),
        ("50 off", "*"),
        ("é off", "é*f"),
        ("é off", "é?o"),
        ("é off", "[é]"),
        ("éb", "é[a-z]"),
        ("cafe", "café"),
        ("Strasse", "straße"),
        ("K", "\N{KELVIN SIGN}"),
    ],
)
def test_nothing_in_a_search_is_special(connection: SourceConnection, value: str, text: str) -> None:
    assert not found(connection, Operator.CONTAINS, value, text)


@pytest.mark.parametrize("letter", ["ä", "σ", "a", "%", "[", "ᾳ", "😀"])  # noqa: RUF001 - a sigma
def test_the_longest_search_works_and_a_longer_one_is_refused(
    connection: SourceConnection, letter: str
) -> None:
    text = letter * SEARCH_LIMIT
    assert found(connection, Operator.CONTAINS, "x" + text.upper()[:SEARCH_LIMIT] + text, text)
    with pytest.raises(ConfigurationError) as caught:
        matches(sa.literal(""), Operator.CONTAINS, text + letter)
    assert caught.value.reason.code == ReasonCode.SEARCH_TOO_LONG.name


def test_a_number_is_searched_as_its_digits(tmp_path: Path) -> None:
    path = make_database(tmp_path / "n.db", "CREATE TABLE t (x)", "INSERT INTO t VALUES (12345), (NULL)")
    column: sa.ColumnClause[Any] = sa.column("x")
    statement = sa.select(column).select_from(sa.table("t")).where(matches(column, Operator.CONTAINS, "234"))
    with connected(path) as connection:
        assert connection.rows(statement) == [(12345,)]
