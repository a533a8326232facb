"""Threads that need SQLAlchemy at the same moment, each in another part, all get the whole of it."""

import subprocess
import sys

import pytest

PROGRAM = """
import sys, threading, time
from importlib.abc import MetaPathFinder
from dataflow_desktop.source.sqlalchemy_loading import load_sqlalchemy

class Slow(MetaPathFinder):
    def find_spec(self, name, *_):
        if name == "{slow}":
            begun.set()
            time.sleep(0.3)

def use(module, name):
    load_sqlalchemy()
    found.append(getattr(sys.modules[module], name))

begun, found = threading.Event(), []
sys.meta_path.insert(0, Slow())
threads = [threading.Thread(target=use, args=("sqlalchemy.orm.exc", "UnmappedClassError"))]
threads[0].start()
begun.wait(20)
threads.append(threading.Thread(target=use, args=("sqlalchemy.dialects.sqlite", "dialect")))
threads[1].start()
for thread in threads:
    thread.join()
assert len(found) == 2
"""


@pytest.mark.parametrize("slow", ["sqlalchemy.sql.schema", "sqlalchemy.orm.exc", "sqlalchemy.orm.mapper"])
def test_nobody_meets_half_of_it(slow: str) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", PROGRAM.format(slow=slow)], capture_output=True, text=True, check=False
    )
    assert (ended.returncode, ended.stderr) == (0, "")
