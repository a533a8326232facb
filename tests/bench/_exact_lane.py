"""The program with the exact lane alone, as it reads what the columnar lane cannot."""

from dataflow_desktop.__main__ import main
from dataflow_desktop.export import lanes
from tests.bench._patches import replace, run_program


def run() -> None:
    """Keep the columnar lane and its process from starting, and run the command line."""
    replace(lanes.Lanes, "_is_columnar", lambda _lanes: False)
    replace(lanes, "is_large", lambda _source: False)
    run_program(main)


if __name__ == "__main__":
    run()
