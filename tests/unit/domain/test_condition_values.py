"""What a person types as a condition, for every kind of column and every comparison."""

import pytest

from dataflow_desktop.domain.condition_values import parse_condition
from dataflow_desktop.domain.row_query import Condition, Operator, TypedValue
from dataflow_desktop.domain.schema import Column, ColumnKind
from dataflow_desktop.errors import ConfigurationError, ReasonCode
from tests.unit.databases import column_of

ONE_VALUE = [
    Operator.EQUAL, Operator.NOT_EQUAL, Operator.LESS, Operator.LESS_OR_EQUAL,
    Operator.GREATER, Operator.GREATER_OR_EQUAL,
]  # fmt: skip
TEXT_TESTS = [Operator.CONTAINS, Operator.STARTS, Operator.ENDS]
NULL_TESTS = [Operator.IS_NULL, Operator.NOT_NULL]
LISTS = [Operator.IN, Operator.NOT_IN, Operator.BETWEEN]
NUMBERS = [ColumnKind.INTEGER, ColumnKind.FLOAT, ColumnKind.DECIMAL]


def parse(kind: ColumnKind, operator: Operator, text: str | None) -> tuple[TypedValue, ...]:
    return parse_condition(column_of(kind), operator, text).values


def refusal(kind: ColumnKind, operator: Operator, text: str | None) -> ConfigurationError:
    with pytest.raises(ConfigurationError) as caught:
        parse(kind, operator, text)
    return caught.value


def test_every_comparison_is_covered_here() -> None:
    assert {*ONE_VALUE, *TEXT_TESTS, *NULL_TESTS, *LISTS} == set(Operator)


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        (ColumnKind.INTEGER, "5", 5),
        (ColumnKind.INTEGER, "-5", -5),
        (ColumnKind.INTEGER, " 5 ", 5),
        (ColumnKind.INTEGER, "5.5", 5.5),
        (ColumnKind.INTEGER, "1e3", 1000),
        (ColumnKind.INTEGER, "9223372036854775807", 2**63 - 1),
        (ColumnKind.INTEGER, "-9223372036854775807", -(2**63) + 1),
        (ColumnKind.FLOAT, "0.1", 0.1),
        (ColumnKind.FLOAT, "-1e308", -1e308),
        (ColumnKind.FLOAT, "5e-324", 5e-324),
        (ColumnKind.DECIMAL, "19.90", 19.9),
        (ColumnKind.DECIMAL, "20.00", 20),
        (ColumnKind.TEXT, "5", "5"),
        (ColumnKind.TEXT, "", ""),
        (ColumnKind.TEXT, " a ", " a "),
        (ColumnKind.TEXT, "a,b", "a,b"),
        (ColumnKind.DATE, "2026-03-14", "2026-03-14"),
        (ColumnKind.DATE, "20000", 20000),
        (ColumnKind.TIMESTAMP, "2026-03-14T09:30:00", "2026-03-14T09:30:00"),
        (ColumnKind.TIMESTAMP, "2026-03-14 09:30", "2026-03-14 09:30"),
        (ColumnKind.TIMESTAMP, "2026-03-14", "2026-03-14"),
        (ColumnKind.BOOLEAN, "true", 1),
        (ColumnKind.BOOLEAN, "False", 0),
        (ColumnKind.BOOLEAN, "1", 1),
        (ColumnKind.BYTES, "00ff", b"\x00\xff"),
        (ColumnKind.BYTES, "", b""),
        (ColumnKind.ANY, "abc", "abc"),
    ],
)
@pytest.mark.parametrize("operator", ONE_VALUE)
def test_a_value_gets_the_type_of_its_column(
    kind: ColumnKind, operator: Operator, text: str, value: TypedValue
) -> None:
    (parsed,) = parse(kind, operator, text)
    assert parsed == value
    assert type(parsed) is type(value)


@pytest.mark.parametrize(
    "text", ["9223372036854775808", "-9223372036854775808", "-9223372036854775809", "1e30"]
)
def test_a_number_that_sqlite_cannot_hold_as_integer_stays_comparable(text: str) -> None:
    (parsed,) = parse(ColumnKind.INTEGER, Operator.LESS, text)
    assert parsed == float(text)
    assert isinstance(parsed, float) or -(2**63) <= int(parsed) < 2**63


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        *[
            (kind, text)
            for kind in NUMBERS
            for text in ("abc", "", "1,5", "nan", "inf", "0x10", "1 2", "--1")
        ],
        (ColumnKind.DATE, "14.3.2026"),
        (ColumnKind.DATE, "2026-02-30"),
        (ColumnKind.TIMESTAMP, "half past nine"),
        (ColumnKind.BOOLEAN, "maybe"),
        (ColumnKind.BOOLEAN, "2"),
        (ColumnKind.BYTES, "xyz"),
        (ColumnKind.BYTES, "abc"),
    ],
)
@pytest.mark.parametrize("operator", [Operator.EQUAL, Operator.LESS, Operator.IN])
def test_a_value_of_the_wrong_type_is_refused_and_the_column_named(
    kind: ColumnKind, text: str, operator: Operator
) -> None:
    value = f'"{text}"' if operator is Operator.IN else text
    error = refusal(kind, operator, value)
    assert error.reason.code == ReasonCode.VALUE_WRONG.name
    assert error.reason.facts["column"] == "c"
    assert "column c" in str(error)
    assert repr(text) in str(error)


def test_the_message_names_the_declared_type() -> None:
    with pytest.raises(ConfigurationError, match=r"column c \(DECIMAL\(10,2\)\): a number is needed"):
        parse_condition(column_of(ColumnKind.DECIMAL, "DECIMAL(10,2)", 2), Operator.EQUAL, "x")


@pytest.mark.parametrize("kind", ColumnKind)
@pytest.mark.parametrize("operator", TEXT_TESTS)
def test_text_tests_take_any_text_on_any_column(kind: ColumnKind, operator: Operator) -> None:
    assert parse(kind, operator, "-5, %_x") == ("-5, %_x",)


@pytest.mark.parametrize("kind", ColumnKind)
@pytest.mark.parametrize("operator", NULL_TESTS)
def test_null_tests_take_no_value(kind: ColumnKind, operator: Operator) -> None:
    assert parse_condition(column_of(kind), operator, None) == Condition("c", operator)
    assert refusal(kind, operator, "5").reason.code == ReasonCode.VALUE_COUNT_WRONG.name


@pytest.mark.parametrize("operator", [*ONE_VALUE, *TEXT_TESTS, *LISTS])
def test_all_other_comparisons_need_a_value(operator: Operator) -> None:
    error = refusal(ColumnKind.TEXT, operator, None)
    assert error.reason.code == ReasonCode.VALUE_COUNT_WRONG.name
    assert "column c" in str(error)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("a", ("a",)),
        ("a,b", ("a", "b")),
        ('"a,b",c', ("a,b", "c")),
        ('"say ""hi""",b', ('say "hi"', "b")),
        ("a,,b", ("a", "", "b")),
        ('a,""', ("a", "")),
        (" a , b", (" a ", " b")),
        ('"line\nbreak",b', ("line\nbreak", "b")),
        ("-1,%", ("-1", "%")),
        ("", ("",)),
    ],
)
@pytest.mark.parametrize("operator", [Operator.IN, Operator.NOT_IN])
def test_a_list_is_quoted_as_in_csv(operator: Operator, text: str, values: tuple[str, ...]) -> None:
    assert parse(ColumnKind.TEXT, operator, text) == values


@pytest.mark.parametrize("text", ['"a', 'a,"b', '"a"b', "a\nb", "a\rb"])
def test_a_list_that_is_no_csv_is_refused_and_the_column_named(text: str) -> None:
    error = refusal(ColumnKind.TEXT, Operator.IN, text)
    assert "column c" in str(error)


def test_a_list_of_numbers_is_typed_number_by_number() -> None:
    assert parse(ColumnKind.INTEGER, Operator.IN, "-1, 2,3.5") == (-1, 2, 3.5)


@pytest.mark.parametrize("text", ["1", "1,2,3", ""])
def test_a_range_has_two_ends(text: str) -> None:
    error = refusal(ColumnKind.INTEGER, Operator.BETWEEN, text)
    assert error.reason.code == ReasonCode.VALUE_COUNT_WRONG.name
    assert "two values" in str(error)
    assert parse(ColumnKind.INTEGER, Operator.BETWEEN, "-5,5") == (-5, 5)


def on_server(kind: ColumnKind, base_type: str, text: str) -> tuple[TypedValue, ...]:
    column = Column("c", base_type, kind, base_type=base_type)
    return parse_condition(column, Operator.EQUAL, text).values


@pytest.mark.parametrize(
    ("kind", "base_type", "text", "value"),
    [
        (ColumnKind.DECIMAL, "numeric", "19.90", 19.9),
        (ColumnKind.DECIMAL, "numeric", "20", 20),
        (ColumnKind.DECIMAL, "numeric", " 12345678901234567890.01 ", "12345678901234567890.01"),
        (ColumnKind.DATE, "date", "2026-03-14", "2026-03-14"),
        (ColumnKind.DATE, "date", "-Infinity", "-Infinity"),
        (ColumnKind.TIMESTAMP, "timestamptz", "2026-03-14T09:30:00+02:00", "2026-03-14T09:30:00+02:00"),
        (ColumnKind.ANY, "interval", "5", "5"),
        (
            ColumnKind.ANY,
            "uuid",
            "123E4567-e89b-12d3-a456-426614174000",
            "123E4567-e89b-12d3-a456-426614174000",
        ),
        (ColumnKind.ANY, "inet", "10.0.0.0/8", "10.0.0.0/8"),
        (ColumnKind.ANY, "inet", "::1", "::1"),
    ],
)
def test_a_column_of_a_server_holds_its_own_type_only(
    kind: ColumnKind, base_type: str, text: str, value: TypedValue
) -> None:
    (parsed,) = on_server(kind, base_type, text)
    assert parsed == value
    assert type(parsed) is type(value)


@pytest.mark.parametrize(
    ("kind", "base_type", "text"),
    [
        (ColumnKind.DATE, "date", "20000"),
        (ColumnKind.TIMESTAMP, "timestamp", "5"),
        (ColumnKind.ANY, "uuid", "x"),
        (ColumnKind.ANY, "cidr", "10.0.0.300"),
        (ColumnKind.DECIMAL, "numeric", "x"),
    ],
)
def test_another_type_is_refused_by_the_name_of_the_column(
    kind: ColumnKind, base_type: str, text: str
) -> None:
    with pytest.raises(ConfigurationError) as caught:
        on_server(kind, base_type, text)
    assert caught.value.reason.code == ReasonCode.VALUE_WRONG.name
    assert "column c" in caught.value.reason.message
