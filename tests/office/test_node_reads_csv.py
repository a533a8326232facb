"""Node reads what the program writes: the cases of csv-spectrum, and texts that programs stumble over."""

import json
import sqlite3
import subprocess
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from dataflow_desktop.domain.file_options import DelimitedOptions, FileOptions, LineEnding, Quoting
from dataflow_desktop.domain.row_query import RowQuery
from tests.unit.databases import described
from tests.unit.exports import job_store, new_job, run_to_end, spec_for
from tests.unit.naughty_texts import NAUGHTY

pytestmark = pytest.mark.office

NODE_PACKAGES = "/usr/share/nodejs"
CASES = Path(NODE_PACKAGES, "csv-spectrum", "json")

READ = """
const { dsvFormat } = require("d3-dsv");
const rows = dsvFormat(process.argv[2]).parseRows(require("fs").readFileSync(process.argv[1], "utf8"));
console.log(JSON.stringify(rows));
"""

WAYS = [
    DelimitedOptions(),
    DelimitedOptions(quoting=Quoting.ALL, line_ending=LineEnding.CRLF),
    DelimitedOptions(delimiter=";"),
]


def read_by_node(file: Path, delimiter: str) -> list[list[str]]:
    command = ["node", "-e", READ, str(file), delimiter]
    done = subprocess.run(
        command,
        check=True,
        capture_output=True,
        timeout=60,
        env={"NODE_PATH": NODE_PACKAGES, "PATH": "/usr/bin:/bin"},
    )
    rows: list[list[str]] = json.loads(done.stdout)
    return rows


def exported(
    folder: Path, names: Sequence[str], rows: Sequence[Sequence[str]], options: DelimitedOptions
) -> Path:
    """Put `rows` into a table and export it."""
    source, target = folder / "source.db", folder / "out.csv"
    declared = ", ".join('"{}" TEXT'.format(name.replace('"', '""')) for name in names)
    with closing(sqlite3.connect(source)) as database, database:
        database.execute(f"CREATE TABLE cases (row_number INTEGER PRIMARY KEY, {declared})")
        marks = ", ".join("?" * len(names))
        database.executemany(f"INSERT INTO cases VALUES (NULL, {marks})", rows)
    table = described(source, "cases")
    spec = spec_for(source, target, RowQuery("cases", table.column_names[1:]))
    with job_store() as store:
        run_to_end(store, new_job(store, replace(spec, options=FileOptions(delimited=options))))
    return target


@pytest.mark.parametrize(
    "options", WAYS, ids=lambda options: f"{options.delimiter!a} {options.quoting} {options.line_ending}"
)
@pytest.mark.parametrize("case", sorted(path.stem for path in CASES.glob("*.json")) or ["none"])
def test_every_case_of_csv_spectrum_comes_back(tmp_path: Path, case: str, options: DelimitedOptions) -> None:
    objects = json.loads((CASES / f"{case}.json").read_text("utf-8"))
    names = list(objects[0])
    rows = [[str(found[name]) for name in names] for found in objects]
    file = exported(tmp_path, names, rows, options)
    assert read_by_node(file, options.delimiter) == [names, *rows]


@pytest.mark.parametrize(
    "options", WAYS, ids=lambda options: f"{options.delimiter!a} {options.quoting} {options.line_ending}"
)
def test_node_reads_every_naughty_text(tmp_path: Path, options: DelimitedOptions) -> None:
    rows = [[text, str(number)] for number, text in enumerate(NAUGHTY)]
    file = exported(tmp_path, ["text", "behind"], rows, options)
    assert read_by_node(file, options.delimiter) == [["text", "behind"], *rows]
