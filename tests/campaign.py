"""How much the tests try: the telling part on every run, all of it where DATAFLOW_CAMPAIGN=full is set."""

import os

IS_FULL = os.environ.get("DATAFLOW_CAMPAIGN") == "full"


def examples(count: int) -> int:
    """Return how many examples Hypothesis makes of the `count` that a full campaign has: a third.

    Each run makes others, so that what one leaves out the next ones find.
    """
    return count if IS_FULL else max(count // 3, 10)
