"""What Excel makes of values when it opens delimited text."""

import pytest

from dataflow_desktop.domain.excel_changes import shown_by_excel
from dataflow_desktop.domain.row_query import Value


@pytest.mark.parametrize(
    ("value", "becomes"),
    [
        ("00123", "123"),
        ("007", "7"),
        ("000", "0"),
        ("-007", None),  # no code has a sign before its zeros
        ("4111111111111111", "4111111111111110"),
        ("-4111111111111111", "-4111111111111110"),
        ("0004111111111111111", "4111111111111110"),
        (4111111111111111, "4111111111111110"),
        (-(2**63), "-9223372036854770000"),
        (1234567890123456, "1234567890123450"),
    ],
)
def test_zeros_before_and_digits_behind_go(value: Value, becomes: str | None) -> None:
    assert shown_by_excel(value) == becomes


@pytest.mark.parametrize(
    "value",
    [
        None, "", "0", "7", "123", "0.5", "0x1f", "00-12", "007 ", "00:12", 0, 123, 999999999999999,
        123456789012345, 1234567890123450, 10**18, "1000000000000000000", "abc4111111111111111", "٠٠١٢٣",
        "x" * 100, 1.5, 1e300, b"00123", "-", "0-",
    ],
)  # fmt: skip
def test_other_values_stay(value: Value) -> None:
    assert shown_by_excel(value) is None
