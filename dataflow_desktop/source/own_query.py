"""A SELECT of a person's own as the source of rows: it stands in brackets where a table's name would.

So nothing but one SELECT gets through: databases allow no other statement in there. What could leave the
brackets is refused before, by what https://github.com/tobymao/sqlglot takes the text apart into.
"""

import functools
import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from dataflow_desktop.domain.own_query import OwnQuery
from dataflow_desktop.domain.row_query import Value
from dataflow_desktop.domain.schema import DatabaseSystem
from dataflow_desktop.errors import ConfigurationError, ReasonCode
from dataflow_desktop.phrases import Phrase

if TYPE_CHECKING:  # loaded by the first query of one's own: it takes a quarter of a second
    from sqlglot.tokenizer_core import Token

_TOKENIZERS = {
    DatabaseSystem.SQLITE: "sqlite",
    DatabaseSystem.POSTGRESQL: "postgres",
    DatabaseSystem.MYSQL: "mysql",
    DatabaseSystem.OTHER: "",  # what SQL itself says
}

_FIRST_WORDS = frozenset({"SELECT", "WITH", "VALUES", "TABLE", "L_PAREN"})
_WRITING = frozenset({"INSERT", "UPDATE", "DELETE", "MERGE"})
_OPENING = {"L_PAREN": "R_PAREN", "L_BRACKET": "R_BRACKET", "L_BRACE": "R_BRACE"}
_BEFORE_A_SLICE = frozenset({"NUMBER", "VAR", "IDENTIFIER", "R_PAREN", "L_BRACKET", "R_BRACKET"})
"""What stands before the colon in `a[1:n]` of PostgreSQL."""
_NUMBER = re.compile(r"-?(0|[1-9]\d{0,17})(\.\d+)?", re.ASCII)


def parameters_of(query: OwnQuery, system: DatabaseSystem) -> tuple[str, ...]:
    """Return the name of each `:name` in the statement, in their order; raises ConfigurationError."""
    tokens = _tokens(query, system)
    return tuple(dict.fromkeys(tokens[place + 1].text for place in _parameters(tokens)))


def check_statement(query: OwnQuery, system: DatabaseSystem) -> None:
    """Raise ConfigurationError unless the statement is one SELECT, and nothing more to any database."""
    tokens = _tokens(query, system)
    if not tokens:
        raise _wrong(query, Phrase.NO_STATEMENT)
    if any(token.token_type.name == "SEMICOLON" for token in tokens):
        raise _wrong(query, Phrase.SEVERAL_STATEMENTS)
    if tokens[0].token_type.name not in _FIRST_WORDS:
        raise _wrong(query, Phrase.NOT_A_SELECT.format(word=tokens[0].text))
    _check_brackets(query, tokens)
    for before, token in pairwise(tokens):
        if token.token_type.name in _WRITING and before.token_type.name in {"L_PAREN", "R_PAREN"}:
            raise _wrong(query, Phrase.WOULD_WRITE.format(word=token.text.upper()))
    _check_no_other_parameters(query, tokens, system)
    if any(comment.startswith(("!", "M!")) for token in tokens for comment in token.comments):
        raise _wrong(query, Phrase.LIVE_COMMENT)


def check_parameters(query: OwnQuery, system: DatabaseSystem) -> None:
    """Raise ConfigurationError unless all parameters of the statement have a value."""
    missing = set(parameters_of(query, system)).difference(dict(query.parameters))
    if missing:
        raise _wrong(query, Phrase.VALUE_MISSING.format(parameters=f":{', :'.join(sorted(missing))}"))


def selected_from(query: OwnQuery, columns: Sequence[str], system: DatabaseSystem) -> sa.Subquery:
    """Return the rows of `query` as a statement names them; raises ConfigurationError."""
    check_statement(query, system)
    check_parameters(query, system)
    given = dict(query.parameters)
    bound = _with_values(query, system, lambda name: _value(given[name], system))
    return bound.columns(*(sa.column(name) for name in columns)).subquery(query.name)


def without_values(query: OwnQuery, system: DatabaseSystem) -> sa.TextClause:
    """Return the statement of `query` with NULL for each parameter; raises ConfigurationError.

    Of what type the columns of its result are does not depend on values.
    """
    check_statement(query, system)
    return _with_values(query, system, lambda _: None)


def no_rows_of(query: OwnQuery, system: DatabaseSystem) -> sa.Select[Any]:
    """Return a statement with the columns of `query` and no rows; raises ConfigurationError."""
    rows = without_values(query, system).columns().subquery(query.name)
    return sa.select(sa.literal_column("*")).select_from(rows).limit(0)


def _with_values(query: OwnQuery, system: DatabaseSystem, value_of: Callable[[str], Value]) -> sa.TextClause:
    names = parameters_of(query, system)
    values = (sa.bindparam(name, value_of(name), sa.types.NullType()) for name in names)
    return sa.text(_as_text_clause(query, system)).bindparams(*values)


def _as_text_clause(query: OwnQuery, system: DatabaseSystem) -> str:
    r"""Return the statement with `\:` for each colon that begins no parameter, as SQLAlchemy wants it."""
    tokens = _tokens(query, system)
    kept = {tokens[place].start for place in _parameters(tokens)}
    statement = query.statement
    end = tokens[-1].end + 1  # without the comment at the end, which would swallow the closing bracket
    return "".join(
        "\\:" if letter == ":" and place not in kept else letter
        for place, letter in enumerate(statement[:end])
    )


def _value(typed: str, system: DatabaseSystem) -> str | int | float:
    """Return a value as the database is to get it.

    Servers find out by themselves what type a text is meant to have. SQLite compares as it gets it: there a
    number, as anyone would write it, is one.
    """
    if system is not DatabaseSystem.SQLITE or not _NUMBER.fullmatch(typed):
        return typed
    return float(typed) if "." in typed else int(typed)


def _parameters(tokens: Sequence["Token"]) -> Iterator[int]:
    """Yield the places of the colons that begin a parameter."""
    for place, (colon, name) in enumerate(pairwise(tokens)):
        is_together = name.start == colon.end + 1 and name.text.isidentifier()
        before = tokens[place - 1] if place else colon
        is_slice = before.end + 1 == colon.start and before.token_type.name in _BEFORE_A_SLICE
        if colon.token_type.name == "COLON" and is_together and not is_slice:
            yield place


def _check_no_other_parameters(query: OwnQuery, tokens: Sequence["Token"], system: DatabaseSystem) -> None:
    """Raise ConfigurationError for a parameter that would take its value from the statement around."""
    signs = ("$", "?", "@") if system is DatabaseSystem.SQLITE else ("$",)
    for token in tokens:
        if token.token_type.name in {"PLACEHOLDER", "PARAMETER", "VAR"} and token.text.startswith(signs):
            raise _wrong(query, Phrase.OTHER_PARAMETER.format(sign=token.text[0]))


def _check_brackets(query: OwnQuery, tokens: Sequence["Token"]) -> None:
    awaited: list[str] = []
    for token in tokens:
        name = token.token_type.name
        if name in _OPENING:
            awaited.append(_OPENING[name])
        elif name in _OPENING.values() and (not awaited or awaited.pop() != name):
            raise _wrong(query, Phrase.BRACKET_TOO_MANY.format(bracket=token.text))
    if awaited:
        raise _wrong(query, Phrase.BRACKET_OPEN)


@functools.lru_cache(maxsize=16)
def _tokens(query: OwnQuery, system: DatabaseSystem) -> "tuple[Token, ...]":
    """Return the words and signs of the statement, without the semicolon at its end; each check asks anew."""
    from sqlglot.dialects.dialect import Dialect
    from sqlglot.errors import TokenError

    try:
        tokens = Dialect.get_or_raise(_TOKENIZERS[system]).tokenize(query.statement)
    except TokenError as error:
        raise _wrong(query, Phrase.QUOTE_OPEN) from error
    while tokens and tokens[-1].token_type.name == "SEMICOLON":
        tokens.pop()
    return tuple(tokens)


def _wrong(query: OwnQuery, problem: str) -> ConfigurationError:
    return ConfigurationError(ReasonCode.OWN_QUERY_WRONG, name=query.name, problem=problem)
