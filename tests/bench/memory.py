"""Peak memory of an export of 3,000,000 rows against one of 1,000,000."""

import argparse
import sys
import tempfile
from pathlib import Path

from dataflow_desktop.source.product_catalogue import make_catalogue
from tests.bench._figures import Figure, print_figures
from tests.bench._processes import run_process

SMALL_ROWS, LARGE_ROWS = 1_000_000, 3_000_000
MOST_GROWTH_MB = 20.0


def peak_mb(catalogue: Path, folder: Path) -> float:
    """Return the peak resident memory of an export of the products, all its processes, in MB (10^6 bytes)."""
    command = [sys.executable, "-m", "dataflow_desktop", "export", str(catalogue), "products"]
    command += ["-o", str(folder / f"{catalogue.stem}.csv"), "--progress", "none"]
    run = run_process(command, {"DATAFLOW_HOME": str(folder / "home")}, folder / "output")
    return run.peak_bytes / 1e6


def main() -> None:
    """Measure, print the table, and write the figures where --json says."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", type=Path)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        peaks = []
        for rows in (SMALL_ROWS, LARGE_ROWS):
            catalogue = folder / f"{rows}.db"
            make_catalogue(catalogue, rows)
            peaks.append(peak_mb(catalogue, folder))
    small, large = peaks
    print_figures(
        [
            Figure("peak memory of 1,000,000 rows", small, "MB"),
            Figure("peak memory of 3,000,000 rows", large, "MB"),
            Figure("growth of peak memory", large - small, "MB", bar=MOST_GROWTH_MB, at_most=True),
        ],
        arguments.json,
    )


if __name__ == "__main__":
    main()
