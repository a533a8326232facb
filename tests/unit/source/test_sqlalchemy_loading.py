"""Threads that need SQLAlchemy or a driver at once, each in another part, all get the whole of it."""

import subprocess
import sys
from pathlib import Path

import pytest

from dataflow_desktop.source.product_catalogue import make_catalogue

PROGRAM = """
import sys, threading, time
from importlib.abc import MetaPathFinder
from dataflow_desktop.source.sqlalchemy_loading import load_postgres, load_sqlalchemy

class Slow(MetaPathFinder):
    def find_spec(self, name, *_):
        if name == "{slow}":
            begun.set()
            time.sleep(0.3)

def use(load, module, name):
    load()
    found.append(getattr(sys.modules[module], name))

begun, found = threading.Event(), []
sys.meta_path.insert(0, Slow())
threads = [threading.Thread(target=use, args=(load_sqlalchemy, "sqlalchemy.orm.exc", "UnmappedClassError"))]
threads[0].start()
begun.wait(20)
threads.append(threading.Thread(target=use, args={other}))
threads[1].start()
for thread in threads:
    thread.join()
assert len(found) == 2
"""


OF_SQLITE = '(load_sqlalchemy, "sqlalchemy.dialects.sqlite", "dialect")'
OF_POSTGRES = '(load_postgres, "psycopg", "ClientCursor")'

ONLY_SQLITE = """
import sys
from dataflow_desktop.source.description import list_tables
from dataflow_desktop.source.opening import open_source
import dataflow_desktop.cli.commands

with open_source(sys.argv[1]).connect() as connection:
    assert len(list_tables(connection)) == 1
print(*(name for name in sys.modules if "psycopg" in name or "postgres" in name))
"""


def run(script: str, *arguments: str) -> tuple[int, str, str]:
    ended = subprocess.run(
        [sys.executable, "-c", script, *arguments], capture_output=True, text=True, check=False
    )
    return ended.returncode, ended.stdout.strip(), ended.stderr


@pytest.mark.parametrize("other", [OF_SQLITE, OF_POSTGRES])
@pytest.mark.parametrize("slow", ["sqlalchemy.sql.schema", "sqlalchemy.orm.exc", "sqlalchemy.orm.mapper"])
def test_nobody_meets_half_of_it(slow: str, other: str) -> None:
    assert run(PROGRAM.format(slow=slow, other=other)) == (0, "", "")


def test_who_reads_a_file_does_not_wait_for_what_a_server_needs(tmp_path: Path) -> None:
    make_catalogue(tmp_path / "products.db", 1)
    assert run(ONLY_SQLITE, str(tmp_path / "products.db")) == (0, "", "")
