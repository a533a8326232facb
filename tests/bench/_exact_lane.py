"""The program with the exact lane alone, as it reads what the columnar lane cannot."""

from dataflow_desktop import cli
from dataflow_desktop.__main__ import main
from dataflow_desktop.export import lanes
from tests.bench._patches import replace, run_program


def run() -> None:
    """Keep the columnar lane and its process from starting, and run the command line."""
    replace(lanes, "is_columnar", lambda _connection, _task: False)
    for module in (lanes, cli):
        replace(module, "is_large", lambda _source: False)
    run_program(main)


if __name__ == "__main__":
    run()
