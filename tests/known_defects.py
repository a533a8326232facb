"""Marks for tests of defects that are found and not yet mended; whoever mends one takes its mark away."""

import pytest

KNOWN_DEFECT = pytest.mark.xfail(reason="found, and not yet mended")
"""It shows each time: a test that passes all the same fails, so that the mark goes with the defect."""
