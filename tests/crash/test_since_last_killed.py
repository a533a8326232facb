"""Wherever the program dies while it puts new rows behind those of a file, that is the old one or the new."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from dataflow_desktop.source.product_catalogue import make_catalogue
from tests.crash.test_killed_at_every_step import die_at
from tests.program import Program, parts_in

OLD_ROWS = 20_000
"""Their copy is more than one write."""

STEPS = [
    ("job kept", "after", 1),
    ("part created", "after", 1),
    ("epoch begun", "after", 1),
    ("state entered", "after", 1),
    ("chunk appended", "before", 1),
    ("system write", "halfway", 1),
    ("chunk appended", "after", 1),
    ("chunk appended", "before", 2),
    ("part made durable", "before", 1),
    ("part made durable", "after", 1),
    ("checkpoint saved", "before", 1),
    ("checkpoint saved", "after", 1),
    ("checkpoint saved", "after", 3),
    ("part made public", "after", 1),
    ("finalizing saved", "before", 1),
    ("finalizing saved", "after", 1),
    ("target replaced", "before", 3),
    ("target replaced", "after", 3),
    ("state entered", "after", 2),
]


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "growing.db"
    make_catalogue(path, OLD_ROWS)
    return path


@pytest.fixture
def target(tmp_path: Path) -> Path:
    folder = tmp_path / "out"
    folder.mkdir()
    return folder / "products.csv"


@pytest.mark.parametrize("step", STEPS, ids=str)
def test_killed_at_any_step_it_becomes_the_whole_file(
    program: Program, source: Path, target: Path, step: tuple[str, str, int]
) -> None:
    reference = target.with_name("reference.csv")
    program.run("profile", "daily", "--save", str(source), "products")
    asked = ["export", str(source), "products", "--profile", "daily", "--since-last", "--overwrite"]
    asked += ["-o", str(target), "--chunk-rows", "100", "--checkpoint-seconds", "0"]
    program.run(*asked)
    old = target.read_bytes()
    with closing(sqlite3.connect(source)) as connection, connection:
        connection.execute(
            "INSERT INTO products SELECT id + ?, name, category, price, quantity, status, created_at "
            "FROM products WHERE id <= 500",
            (OLD_ROWS,),
        )
    program.run("export", str(source), "products", "-o", str(reference))
    new = reference.read_bytes()
    die_at(program, step, asked)
    assert target.read_bytes() == (new if step in STEPS[-2:] else old)
    program.run("resume", "--all")
    assert target.read_bytes() == new
    assert parts_in(target.parent) == []
    assert {job["state"] for job in program.jobs()} == {"DONE"}
    program.run("verify", str(target))
