"""SIGKILL at moments nobody chose: every run ends in the undisturbed bytes.

A few runs of the campaign that `python3 dev.py bench kills` makes a thousand of.
"""

from collections import Counter
from pathlib import Path

import pytest

from tests.crash.forks import Forks
from tests.crash.kill_campaign import Campaign, Place, plan_of

SEED = 2717
"""One whose first runs are of few sorts, for each sort needs a reference, and yet leave nothing out."""

RUNS = 8


@pytest.mark.timeout(600)  # it runs some fifty processes, one after the other
def test_exports_killed_again_and_again_end_in_the_bytes_of_undisturbed_ones(
    tmp_path: Path, forks: Forks
) -> None:
    campaign = Campaign(tmp_path / "campaign", SEED, forks)
    kills: Counter[Place] = Counter()
    for number in range(RUNS):
        outcome = campaign.run(number)
        assert not outcome.broken, outcome.broken
        kills += outcome.kills
    assert set(kills) == set(Place), "a campaign that misses a place to kill at shows nothing of it"


def test_the_few_runs_leave_no_sort_of_export_and_no_way_to_die_out() -> None:
    plans = [plan_of(SEED, number) for number in range(RUNS)]
    wishes = {plan.wish for plan in plans}
    assert {wish.table for wish in wishes} == {"products", "places", "words"}
    assert {wish.is_large for wish in wishes} == {wish.is_by_window for wish in wishes} == {True, False}
    assert {plan.is_overwriting for plan in plans} == {True, False}
    assert {option for wish in wishes for option in wish.options} >= {"--where", "--order-by"}
    assert {kill.step is None for plan in plans for kill in plan.kills} == {True, False}
