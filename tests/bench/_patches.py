"""Replaces parts of the program in a benchmark's own process, and says so loudly when they are gone."""

import sys
from collections.abc import Callable


def replace(owner: object, name: str, substitute: object) -> None:
    """Put `substitute` in the place of a part that must be there."""
    if not hasattr(owner, name):
        sys.exit(f"{owner!r} has no {name} any more: this benchmark must learn how the engine does it now")
    setattr(owner, name, substitute)


class Counted:
    """A stand-in that does nothing but count how often it was called."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._calls = 0

    def __call__(self, *_: object, **__: object) -> None:
        """Do nothing."""
        self._calls += 1

    def check_was_called(self) -> None:
        """End the process when it was never called: then something else did what it stands for."""
        if not self._calls:
            sys.exit(f"{self._name} was never called: this benchmark must learn how the engine does it now")


def run_program(main: Callable[[], int], *stand_ins: Counted) -> None:
    """Run the program as patched, to a good end."""
    code = main()
    if code == 0:
        for stand_in in stand_ins:
            stand_in.check_was_called()
    sys.exit(code)
