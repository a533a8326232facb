"""Which checkpoints are kept: few, and the newer the denser."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dataflow_desktop.domain.checkpoint import is_kept

NUMBERS = st.integers(1, 3_000)


def kept_of(newest: int) -> list[int]:
    """Return the ordinals that the rule keeps beside `newest`."""
    return [ordinal for ordinal in range(1, newest + 1) if is_kept(ordinal, newest)]


@given(NUMBERS)
def test_the_newest_four_are_always_kept(newest: int) -> None:
    assert kept_of(newest)[-4:] == list(range(max(1, newest - 3), newest + 1))


@pytest.mark.parametrize(("newest", "most"), [(100, 20), (10_000, 40), (100_000, 50)])
def test_their_number_grows_with_the_logarithm(newest: int, most: int) -> None:
    assert len(kept_of(newest)) <= most


def test_a_day_of_checkpoints_each_second_leaves_some_thirty() -> None:
    assert 30 <= len(kept_of(24 * 60 * 60)) < 40


@given(NUMBERS)
def test_thinning_at_each_step_leaves_what_the_rule_keeps_at_the_end(newest: int) -> None:
    kept: list[int] = []
    for ordinal in range(1, newest + 1):
        kept = [older for older in kept if is_kept(older, ordinal)] + [ordinal]
    assert kept == kept_of(newest)


@given(NUMBERS, NUMBERS)
def test_what_was_dropped_is_never_wanted_again(ordinal: int, later: int) -> None:
    is_dropped = not is_kept(ordinal, ordinal + later)
    assert not is_dropped or not any(is_kept(ordinal, ordinal + later + more) for more in range(50))


@given(NUMBERS, st.data())
def test_before_a_place_in_the_last_three_fifths_one_is_kept_within_two_thirds_of_the_way_to_the_newest(
    newest: int, data: st.DataObject
) -> None:
    place = data.draw(st.integers(-(-2 * newest // 5), newest))
    before = max(ordinal for ordinal in kept_of(newest) if ordinal <= place)
    assert place - before <= (newest - place) * 2 / 3


@given(NUMBERS)
def test_one_of_the_first_half_is_kept(newest: int) -> None:
    assert newest < 2 or kept_of(newest)[0] <= newest / 2
