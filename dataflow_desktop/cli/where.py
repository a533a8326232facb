"""`--where COLUMN OP VALUE`, taken out of the arguments before argparse sees them.

argparse cannot take a VALUE that starts with a minus sign, nor an option whose number of values hangs on the
second one.
"""

from collections.abc import Sequence
from typing import NamedTuple

from dataflow_desktop.domain.row_query import WITHOUT_VALUE, Operator
from dataflow_desktop.errors import ConfigurationError, ReasonCode

OPTION = "--where"


class TypedCondition(NamedTuple):
    """A condition as it was typed; its value is not yet checked against the column."""

    column: str
    operator: Operator
    value: str | None


def take_conditions(arguments: Sequence[str]) -> tuple[list[TypedCondition], list[str]]:
    """Return the conditions in `arguments`, and the arguments without them; raises ConfigurationError."""
    conditions: list[TypedCondition] = []
    others: list[str] = []
    rest = list(arguments)
    while rest:
        argument = rest.pop(0)
        if argument == OPTION:
            conditions.append(_condition(rest))
        elif argument == "--":  # what follows are names, whatever they look like
            return conditions, [*others, argument, *rest]
        else:
            others.append(argument)
    return conditions, others


def _condition(rest: list[str]) -> TypedCondition:
    column = _next(rest)
    operator = _operator(_next(rest))
    return TypedCondition(column, operator, None if operator in WITHOUT_VALUE else _next(rest))


def _next(rest: list[str]) -> str:
    if not rest:
        problem = f"{OPTION} takes COLUMN OP VALUE."
        raise ConfigurationError(
            ReasonCode.ARGUMENTS_WRONG, problem=problem, command="dataflow-desktop export"
        )
    return rest.pop(0)


def _operator(word: str) -> Operator:
    try:
        return Operator(word)
    except ValueError as error:
        known = " ".join(Operator)
        raise ConfigurationError(ReasonCode.OPERATOR_UNKNOWN, operator=word, known=known) from error
