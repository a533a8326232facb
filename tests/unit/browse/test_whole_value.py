"""One value in full."""

import json

from hypothesis import given
from hypothesis import strategies as st

from dataflow_desktop.browse.whole_value import MOST_BYTES, MOST_CHARACTERS, whole_value


def test_json_is_indented_and_any_other_text_is_as_it_is() -> None:
    assert whole_value('{"a":[1,2.5,"ü"]}') == ('{\n  "a": [\n    1,\n    2.5,\n    "ü"\n  ]\n}', 0)
    for text in ("", "plain", "{not json", '{"a": 1.10}', '{"a": 1, "a": 2}', "[" * 100_000, '["\\u00fc"]'):
        assert whole_value(text) == (text, 0)


def test_null_numbers_and_bytes() -> None:
    assert whole_value(None) == ("NULL", 0)
    assert whole_value(-0.0) == ("-0.0", 0)
    assert whole_value(2**63 - 1) == ("9223372036854775807", 0)
    assert whole_value(b"Hello, world!\x00\xff") == (
        "00000000  48 65 6c 6c 6f 2c 20 77 6f 72 6c 64 21 00 ff     Hello, world!..",
        0,
    )
    assert whole_value(b"") == ("", 0)


def test_what_is_too_long_for_a_field_says_how_much_is_left_out() -> None:
    text, left_out = whole_value("x" * (MOST_CHARACTERS + 5))
    assert (len(text), left_out) == (MOST_CHARACTERS, 5)
    text, left_out = whole_value(bytes(MOST_BYTES + 7))
    assert (text.count("\n") + 1, left_out) == (MOST_BYTES // 16, 7)


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(), st.lists, max_leaves=10))
def test_indented_json_says_the_same(thing: object) -> None:
    shown, _ = whole_value(json.dumps([thing], ensure_ascii=False))
    assert json.loads(shown) == [thing]
