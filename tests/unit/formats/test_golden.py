"""Real tables as CSV, byte for byte what tests/golden holds; those files were written by hand."""

import math
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import pytest

from dataflow_desktop.domain.file_options import DelimitedOptions, Encoding, LineEnding, Quoting
from dataflow_desktop.domain.keyset import Keyset
from dataflow_desktop.domain.reading import ReadingTask
from dataflow_desktop.domain.row_query import RowQuery
from dataflow_desktop.formats.delimited import DelimitedEncoder
from dataflow_desktop.formats.delimited_rules import DEFAULT_OPTIONS
from dataflow_desktop.pacing import StopRequest
from dataflow_desktop.source.exact_lane import ExactReader
from tests.unit.databases import connected, described, insert, make_database

GOLDEN = Path(__file__).parents[2] / "golden"
LOWEST, HIGHEST = -(2**63), 2**63 - 1
NAMES = [
    'a"; DROP TABLE x;--', ":x", "%", "😀", "a,b", "a\nb", "a\rb", "ID2", "", "  ", "007", "Ä", "?1", "%s",
]  # fmt: skip


def quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


@dataclass(frozen=True)
class Case:
    """A table `t`, its rows, which of its columns are wanted, and how they are written."""

    create: str
    rows: list[tuple[object, ...]] = field(default_factory=list)
    columns: tuple[str, ...] | None = None
    options: DelimitedOptions = DEFAULT_OPTIONS


CASES = {
    "text": Case(
        "id INTEGER PRIMARY KEY, value TEXT",
        list(
            enumerate(
                [
                    None, "", "plain", "a,b", 'say "hi"', '"', "a\rb", "a\nb", "a\r\nb", "a\u2028b",
                    "\ufeffbom", "😀 👩\u200d👩\u200d👧", "  both sides  ", "\ttab\t", "007", "NULL", "a;b|c",
                    "=1+1", "-5", "it's", "nul\0byte", "Übergroße Ünïcødé σς", "\n",
                    "a\vb\fc\x1cd\x85e", "\\n",
                ],
                start=1,
            )
        ),
    ),
    "numbers": Case(
        "id INTEGER PRIMARY KEY, i INTEGER, f REAL, d DECIMAL(10,2), bare",
        [
            (LOWEST, LOWEST, 0.1 + 0.2, 20, -0.0),
            (-1, -1, 1e308, "19.9", 0.1),
            (0, 0, 5e-324, 0.005, math.inf),
            (1, None, None, None, None),
            (2, HIGHEST, math.inf, 1e308, -math.inf),
            (3, "42", -math.inf, LOWEST, HIGHEST),
            (4, "007x", "0.1", "n/a", "007"),
            (5, 2.5, 1, -0.01, 1.0),
            (6, 7.0, 100_000, 0.1 + 0.2, 1e16),
            (7, "8", 1e16, 1e-7, 0.00001),
            (HIGHEST, 0.0, -2.5e-10, 9007199254740993, 123456789.123456789),
        ],
    ),
    "blobs": Case(
        "id INTEGER PRIMARY KEY, value BLOB",
        [
            (1, None), (2, b""), (3, b"\0"), (4, b'\0\xff\n\r"'), (5, b"\xde\xad\xbe\xef"),
            (6, "text in it"), (7, 12),
        ],
    ),
    "names": Case(
        "id INTEGER PRIMARY KEY, " + ", ".join(f"{quoted(name)} INTEGER" for name in NAMES),
        [tuple(range(1, len(NAMES) + 2))],
    ),
    "one_column": Case(
        "id INTEGER PRIMARY KEY, value TEXT", [(1, None), (2, ""), (3, "x"), (4, None), (5, '"')], ("value",)
    ),
    "header_only": Case("id INTEGER PRIMARY KEY, name TEXT, price DECIMAL(10,2)"),
    "excel": Case(
        'id INTEGER PRIMARY KEY, name TEXT, price DECIMAL(10,2), weight REAL, "=note" TEXT',
        [
            (1, "=1+1", 19.9, 0.5, None),
            (2, "-5", 20, 1e16, ""),
            (3, "@a;b", 0.005, 1.5e-7, 'say "hi"'),
            (4, "\uff1d1", "n/a", -0.25, "a\nb"),
            (5, "+1,5", -7, 2, "\t1"),
        ],
        options=DelimitedOptions(
            ";", line_ending=LineEnding.CRLF, has_bom=True, decimal_mark=",", has_formula_guard=True
        ),
    ),
    "quoted": Case(
        "id INTEGER PRIMARY KEY, value TEXT, bytes BLOB",
        [
            (1, "a", b"\xff"), (2, None, None), (3, "", b""), (4, "\\N", b"\0"), (5, '"\t', 2.5),
        ],
        options=DelimitedOptions("\t", Quoting.ALL, "\\N"),
    ),
    "commas": Case(
        "id INTEGER PRIMARY KEY, price DECIMAL(10,2), weight REAL",
        [(1, 19.9, None), (2, None, 1e16), (3, 7, 0.25)],
        options=DelimitedOptions(null_text="0,25", quoting=Quoting.NEEDED, delimiter=";", decimal_mark=","),
    ),
    "utf_16": Case(
        "id INTEGER PRIMARY KEY, value TEXT",
        [(1, "😀"), (2, "NULL"), (3, None), (4, "a\r\nb"), (5, "")],
        options=DelimitedOptions(null_text="NULL", encoding=Encoding.UTF_16),
    ),
    "cp1252": Case(
        "id INTEGER PRIMARY KEY, value TEXT",
        [(1, "€ä"), (2, "a§b"), (3, None), (4, "")],
        options=DelimitedOptions("§", has_header=False, encoding=Encoding.CP1252),
    ),
}  # fmt: skip


def exported(path: Path, case: Case, rows_of_a_chunk: int) -> bytes:
    table = described(path, "t")
    query = RowQuery("t", case.columns or table.column_names)
    encoder = DelimitedEncoder(table.columns_named(query.columns), case.options)
    data = encoder.header()
    after: Keyset | None = None
    with connected(path) as connection:
        task = ReadingTask(str(path), table, query, (HIGHEST,), chunk_rows=rows_of_a_chunk)
        reader = ExactReader(connection, task, StopRequest())
        for _ in count():
            chunk = reader.read(after)
            if chunk is None:
                break
            data += encoder.encode(chunk)
            after = chunk.last
    return data


@pytest.mark.parametrize("rows_of_a_chunk", [1, 3, 1000])
@pytest.mark.parametrize("name", CASES)
def test_a_table_gives_the_golden_bytes(tmp_path: Path, name: str, rows_of_a_chunk: int) -> None:
    case = CASES[name]
    path = make_database(tmp_path / "golden.db", f"CREATE TABLE t ({case.create})")
    insert(path, "t", case.rows)
    assert exported(path, case, rows_of_a_chunk) == (GOLDEN / f"{name}.csv").read_bytes()


def test_every_golden_file_belongs_to_a_case() -> None:
    assert {path.stem for path in GOLDEN.glob("*.csv")} == set(CASES)
