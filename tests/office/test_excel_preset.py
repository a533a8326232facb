"""The Excel preset as a spreadsheet opens it: all letters, numbers as numbers, no formula run."""

import csv
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from dataflow_desktop.domain.file_options import EXCEL, DelimitedOptions, FileOptions
from dataflow_desktop.domain.row_query import RowQuery
from tests.unit.databases import insert, make_database
from tests.unit.exports import job_store, new_job, run_to_end, spec_for

pytestmark = pytest.mark.office

ROWS = [
    (1, "Größe „ß“ 😀", 12.5),
    (2, "=1+1", -3.25),
    (3, "@SUM(1)", 0.0),
    (4, 'say "so",\nthen', 1000.75),
    (5, "+49 30 1234", None),
]
SHOWN = [
    ["id", "name", "price"],
    ["1", "Größe „ß“ 😀", "12.5"],
    ["2", "'=1+1", "-3.25"],
    ["3", "'@SUM(1)", "0"],
    ["4", 'say "so",\nthen', "1000.75"],
    ["5", "'+49 30 1234", ""],
]
# Delimiter, quotes, UTF-8, from line 1 on; formulas are evaluated, as Excel does. UTF-8 comes out again:
# "Filter Options for CSV" in LibreOffice's help.
FROM_CSV = "CSV:{delimiter},34,76,1,,1033,false,true,false,false,false,-1,true"
TO_CSV = "csv:Text - txt - csv (StarCalc):44,34,76,1,,1033,false,true,false"


def opened_by_libreoffice(file: Path, delimiter: str) -> list[list[str]]:
    profile, folder = file.parent / "profile", file.parent / "shown"
    program = ["soffice", f"-env:UserInstallation={profile.as_uri()}", "--headless"]
    read = f"--infilter={FROM_CSV.format(delimiter=ord(delimiter))}"
    command = [*program, read, "--convert-to", TO_CSV, "--outdir", str(folder), str(file)]
    subprocess.run(command, check=True, capture_output=True, timeout=110)
    with (folder / file.name).open(newline="", encoding="utf-8") as shown:
        return list(csv.reader(shown))


def exported(folder: Path, options: DelimitedOptions) -> Path:
    source = make_database(
        folder / "source.db", "CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT, price REAL)"
    )
    insert(source, "t", ROWS)
    target = folder / "excel.csv"
    spec = replace(
        spec_for(source, target, RowQuery("t", ("id", "name", "price"))),
        options=FileOptions(delimited=options),
    )
    with job_store() as store:
        run_to_end(store, new_job(store, spec))
    return target


def test_all_letters_are_shown_and_no_formula_runs(tmp_path: Path) -> None:
    assert opened_by_libreoffice(exported(tmp_path, EXCEL), ",") == SHOWN


def test_without_the_guard_the_formula_runs(tmp_path: Path) -> None:
    shown = opened_by_libreoffice(exported(tmp_path, replace(EXCEL, has_formula_guard=False)), ",")
    assert shown[2][1] == "2"
