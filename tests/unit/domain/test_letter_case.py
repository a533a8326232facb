"""Texts found in other ones, letter by letter, without case."""

import pytest

from dataflow_desktop.domain.letter_case import without_case


@pytest.mark.parametrize(
    ("part", "whole"),
    [
        ("", ""),
        ("", "orders"),
        ("ORD", "orders"),
        ("straße", "HAUPTSTRAẞE"),
        ("ΣΊΣΥΦΟΣ", "σίσυφος"),
        ("ёж", "ЁЖИК"),
        ("100%_", "over 100%_of"),
    ],
)
def test_a_text_is_found_whatever_its_case(part: str, whole: str) -> None:
    assert without_case(part) in without_case(whole)


@pytest.mark.parametrize(
    ("part", "whole"),
    [("x", ""), ("ss", "straße"), ("ß", "strasse"), ("k", "\N{KELVIN SIGN}"), ("a%c", "abc"), ("é", "e")],
)
def test_nothing_else_is_found(part: str, whole: str) -> None:
    assert without_case(part) not in without_case(whole)
