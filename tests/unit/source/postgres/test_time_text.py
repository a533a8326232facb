"""Whole columns of times become the text that Python gives each of them."""

from datetime import UTC, datetime, timedelta

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dataflow_desktop.source.postgres.time_text import can_say, iso_texts

BEGINNING = datetime(1970, 1, 1)  # noqa: DTZ001 - of times without a zone
TICK = timedelta(microseconds=1)
FIRST, LAST = datetime.min, datetime.max  # noqa: DTZ901 - likewise

ALL = st.datetimes()
NEAR_ONE_ANOTHER = st.datetimes(datetime(1969, 12, 30), datetime(1970, 1, 2))  # noqa: DTZ001
WHOLE_SECONDS = ALL.map(lambda time: time.replace(microsecond=0))


def column(times: list[datetime | None]) -> pl.Series:
    ticks = [time if time is None else (time - BEGINNING) // TICK for time in times]
    return pl.Series(ticks, dtype=pl.Int64).cast(pl.Datetime("us"))


@pytest.mark.parametrize("zone", ["", "+00:00"])
@given(times=st.one_of(*(st.lists(st.none() | some) for some in (ALL, NEAR_ONE_ANOTHER, WHOLE_SECONDS))))
def test_each_time_is_as_python_writes_it(times: list[datetime | None], zone: str) -> None:
    wanted = [time and (time.replace(tzinfo=UTC) if zone else time).isoformat() for time in times]
    assert can_say(column(times))
    assert iso_texts(column(times), zone).to_list() == wanted


def test_the_first_and_the_last_time_can_be_said() -> None:
    assert iso_texts(column([FIRST, LAST]), "").to_list() == [FIRST.isoformat(), LAST.isoformat()]


@pytest.mark.parametrize("beyond", [-1, 1])
def test_times_beyond_four_digits_cannot_be_said(beyond: int) -> None:
    end = column([FIRST if beyond < 0 else LAST]).to_physical() + beyond
    assert not can_say(end.cast(pl.Datetime("us")))


def test_infinity_cannot_be_said() -> None:
    assert not can_say(pl.Series([0, 2**63 - 1], dtype=pl.Int64).cast(pl.Datetime("us")))
