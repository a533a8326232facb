"""How smooth the window scrolls and takes letters while it exports, against no export.

The real window without a screen, built as the program builds it, shows the large product catalogue. Its table
is moved a little at every turn of the event loop, without a pause, while letters come from another thread as
they would from a keyboard. A frame is a paint of the table; the gap between two is all that the loop did
meanwhile. In turns: a while without an export, then an export of all rows through the window's own dialog and
threads, from the moment at which the dialog closes.

The bars are those of issue 3; a figure is the median of the runs.
"""

import argparse
import os
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from dataflow_desktop.app.program import Program
from dataflow_desktop.app.running import SWITCH_SECONDS
from dataflow_desktop.domain.progress import Finished, Progress, Report, Started
from tests.bench import _data
from tests.bench._figures import Figure, machine, print_figures
from tests.bench._hands import Hands
from tests.bench._window import percentile_ms, shown, turn_until, wait

ROWS = 10_000_000
RUNS = 5
SECONDS = 20.0
SETTLING_SECONDS = 1.0


@dataclass(frozen=True)
class Pass:
    """What a person met while scrolling: gaps and delays in seconds, all in the order in which they came."""

    frame_gaps: Sequence[float]
    letter_delays: Sequence[float]
    blank_share: float
    rows_per_second: float = 0.0


class ExportWatch:
    """How far the newest export has come, by the reports that reach the window."""

    def __init__(self, program: Program) -> None:
        self.begin()
        program.exporting.reported.connect(self._on_reported)

    def begin(self) -> None:
        """Forget what was reported so far: another export comes."""
        self.job_id = ""
        self.has_finished = False
        self._rows = 0
        self._begun_at = self._reported_at = 0.0

    @property
    def rows_per_second(self) -> float:
        """Rows a second since the export started."""
        return self._rows / max(self._reported_at - self._begun_at, 1e-9)

    def _on_reported(self, report: Report) -> None:
        self._reported_at = time.perf_counter()
        match report:
            case Started(job_id=job_id):
                self.job_id, self._begun_at = job_id, self._reported_at
            case Progress(rows=rows):
                self._rows = rows
            case Finished(rows=rows):
                self._rows, self.has_finished = rows, True
            case _:
                pass


def main() -> None:
    """Measure, print the table, and write the figures where --json says."""
    arguments = _arguments()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    sys.setswitchinterval(SWITCH_SECONDS)  # as the program's own start does
    database = _data.products(arguments.rows)
    _data.bring_into_cache(database)
    with TemporaryDirectory(dir=_data.FOLDER) as name, shown(Path(name), database) as program:
        watch = ExportWatch(program)
        quiet: list[Pass] = []
        busy: list[Pass] = []
        for number in range(arguments.runs):
            sys.stderr.write(f"Run {number + 1} of {arguments.runs}: {machine()}\n")
            quiet.append(_quiet_pass(program, arguments.seconds))
            busy.append(_export_pass(program, watch, Path(name) / f"{number}.csv", arguments.seconds))
    _print_passes(quiet, busy)
    print_figures(_figures(quiet, busy), arguments.json)


def _quiet_pass(program: Program, seconds: float) -> Pass:
    with Hands(program.window) as hands:
        turn_until(lambda: False, seconds)
    return Pass(hands.frame_gaps, hands.letter_delays, hands.blank_share)


def _export_pass(program: Program, watch: ExportWatch, target: Path, seconds: float) -> Pass:
    watch.begin()
    _begin_export(program, target)
    with Hands(program.window) as hands:
        turn_until(lambda: watch.has_finished, seconds)
    rows_per_second = watch.rows_per_second
    _end_export(program, watch)
    target.unlink(missing_ok=True)
    return Pass(hands.frame_gaps, hands.letter_delays, hands.blank_share, rows_per_second)


def _begin_export(program: Program, target: Path) -> None:
    program.ask_export()
    dialog = program.exporting.dialog
    if dialog is None:
        sys.exit("no export dialog")
    dialog.path_field.setText(str(target))
    dialog.export_button.click()
    wait("the dialog closes", lambda: program.exporting.dialog is None)


def _end_export(program: Program, watch: ExportWatch) -> None:
    """Cancel what still runs, and let what follows an export pass by."""
    if program.exporting.running_count:
        program.exporting.cancel(watch.job_id)
    wait("the export has ended", lambda: program.exporting.running_count == 0)
    turn_until(lambda: False, SETTLING_SECONDS)


def _print_passes(quiet: Sequence[Pass], busy: Sequence[Pass]) -> None:
    heads = f"{'frames':>7}{'p50 ms':>8}{'p99':>7}{'longest':>9}{'letter p99':>12}{'blank':>8}{'rows/s':>12}"
    print(f"\n{'':10}{heads}")
    for without, with_export in zip(quiet, busy, strict=True):
        print(f"{'no export':10}{_line(without)}\n{'export':10}{_line(with_export)}")
    print()


def _line(made: Pass) -> str:
    gaps = made.frame_gaps
    line = f"{len(gaps):7}{percentile_ms(gaps, 50):8.1f}{percentile_ms(gaps, 99):7.1f}{max(gaps) * 1000:9.1f}"
    line += f"{percentile_ms(made.letter_delays, 99):12.1f}{made.blank_share:8.1%}"
    return line + (f"{made.rows_per_second:12,.0f}" if made.rows_per_second else "")


def _figures(quiet: Sequence[Pass], busy: Sequence[Pass]) -> list[Figure]:
    figures = []
    for words, passes, has_bar in (("no export", quiet, False), ("export", busy, True)):
        p99 = median(percentile_ms(made.frame_gaps, 99) for made in passes)
        longest = median(max(made.frame_gaps) * 1000 for made in passes)
        letter = median(percentile_ms(made.letter_delays, 99) for made in passes)
        figures += [
            Figure(f"{words}: gap between frames, p99", p99, "ms", 60 if has_bar else None, at_most=True),
            Figure(
                f"{words}: gap between frames, longest", longest, "ms", 100 if has_bar else None, at_most=True
            ),
            Figure(f"{words}: letter shown, p99", letter, "ms"),
        ]
    rate = median(made.rows_per_second for made in busy)
    return [*figures, Figure("export while scrolling", rate, "rows/s")]


class Arguments(argparse.Namespace):
    """What was asked for."""

    json: Path | None
    runs: int
    rows: int
    seconds: float


def _arguments() -> Arguments:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures that have a bar")
    parser.add_argument("--runs", type=int, default=RUNS, metavar="N", help="of each (%(default)s)")
    parser.add_argument("--rows", type=int, default=ROWS, metavar="N", help="of the table (%(default)s)")
    parser.add_argument(
        "--seconds", type=float, default=SECONDS, metavar="S", help="of one pass at most (%(default)s)"
    )
    return parser.parse_args(namespace=Arguments())


if __name__ == "__main__":
    main()
