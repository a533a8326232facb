"""`--where` taken out of the arguments."""

import pytest

from dataflow_desktop.cli.where import TypedCondition, take_conditions
from dataflow_desktop.domain.row_query import WITHOUT_VALUE, Operator
from dataflow_desktop.errors import ConfigurationError, ReasonCode


@pytest.mark.parametrize("operator", Operator)
def test_every_operator_is_known_by_its_word(operator: Operator) -> None:
    values = [] if operator in WITHOUT_VALUE else ["-1"]
    conditions, others = take_conditions(["a", "--where", "c", operator.value, *values, "b"])
    assert conditions == [TypedCondition("c", operator, values[0] if values else None)]
    assert others == ["a", "b"]


def test_conditions_may_be_repeated_and_their_values_may_look_like_anything() -> None:
    arguments = [
        "--where",
        "-c",
        "=",
        "--where",
        "x",
        "--where",
        "--search",
        "is-null",
        "--where",
        "a b",
        "!=",
        "",
    ]
    conditions, others = take_conditions(arguments)
    assert conditions == [
        TypedCondition("-c", Operator.EQUAL, "--where"),
        TypedCondition("--search", Operator.IS_NULL, None),
        TypedCondition("a b", Operator.NOT_EQUAL, ""),
    ]
    assert others == ["x"]


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["--where"], ReasonCode.ARGUMENTS_WRONG),
        (["--where", "c"], ReasonCode.ARGUMENTS_WRONG),
        (["--where", "c", "="], ReasonCode.ARGUMENTS_WRONG),
        (["--where", "c", "==", "1"], ReasonCode.OPERATOR_UNKNOWN),
        (["--where", "c", "like", "1"], ReasonCode.OPERATOR_UNKNOWN),
    ],
)
def test_half_a_condition_is_refused(arguments: list[str], code: ReasonCode) -> None:
    with pytest.raises(ConfigurationError) as caught:
        take_conditions(arguments)
    assert caught.value.reason.code == code.name
