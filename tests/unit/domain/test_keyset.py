"""Values of a keyset as text and back."""

import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dataflow_desktop.domain.keyset import load_value, store_value
from dataflow_desktop.domain.row_query import Value

VALUES: st.SearchStrategy[Value] = st.one_of(
    st.none(), st.integers(-(2**63), 2**63 - 1), st.floats(allow_nan=False), st.text(), st.binary()
)


@given(VALUES)
def test_a_value_comes_back_from_json_as_it_was(value: Value) -> None:
    loaded = load_value(json.loads(json.dumps(store_value(value))))
    assert loaded == value
    assert type(loaded) is type(value)
    if isinstance(value, float) and isinstance(loaded, float):
        assert math.copysign(1, loaded) == math.copysign(1, value)


@pytest.mark.parametrize("stored", [["date", "2026-01-01"], ["integer", "x"], ["bytes", "xx"], []])
def test_what_was_never_stored_is_turned_down(stored: list[str]) -> None:
    with pytest.raises(ValueError, match=r"."):
        load_value(stored)
