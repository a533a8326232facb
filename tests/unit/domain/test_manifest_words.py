"""A manifest in words of JSON says what it should and no secrets, and its files come back."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dataflow_desktop.domain.export_spec import ExportSpec
from dataflow_desktop.domain.finished_file import PieceDigests
from dataflow_desktop.domain.job import SourceChanged
from dataflow_desktop.domain.manifest import ExportedColumn, ExportedFile, Manifest
from dataflow_desktop.domain.manifest_words import manifest_from, words_of
from dataflow_desktop.domain.own_query import OwnQuery
from dataflow_desktop.domain.row_query import Condition, Operator, RowQuery, RowRange, SortColumn
from dataflow_desktop.domain.schema import ColumnKind
from tests.unit.databases import column_of

FILE = ExportedFile("t.csv", 3, 25, "whole", PieceDigests(10, ("first", "second", "third")))
MANIFEST = Manifest(
    program="dataflow-desktop 1",
    encoder="csv 1",
    spec=ExportSpec("/s.db", RowQuery("t", ("c",)), "/t.csv"),
    columns=(ExportedColumn(column_of(ColumnKind.INTEGER, "INT"), "number", "int64"),),
    files=(FILE,),
    started="2026-01-01T00:00:00+00:00",
    finished="2026-01-01T00:00:01+00:00",
    resumes=0,
    source_changed=SourceChanged.NO,
)
NAMES = st.from_regex(r"[a-zäß][a-zäß0-9. ]*", fullmatch=True)


@st.composite
def files(draw: st.DrawFn) -> ExportedFile:
    size, piece_bytes = draw(st.integers(0, 100)), draw(st.integers(1, 40))
    count = -(-size // piece_bytes)
    pieces = PieceDigests(piece_bytes, tuple(draw(st.lists(NAMES, min_size=count, max_size=count))))
    is_known = draw(st.booleans())
    return ExportedFile(draw(NAMES), draw(st.integers(0)), size, draw(NAMES), pieces if is_known else None)


@given(st.lists(files(), min_size=1, max_size=3))
def test_files_come_back(files: list[ExportedFile]) -> None:
    words = json.loads(json.dumps(words_of(replace(MANIFEST, files=tuple(files)))))
    assert (words["rows"], words["bytes"]) == (sum(f.rows for f in files), sum(f.bytes for f in files))
    read = manifest_from(words)
    assert (read.started, read.finished) == (MANIFEST.started, MANIFEST.finished)
    for found, file in zip(read.files, files, strict=True):
        assert replace(found, pieces=None) == replace(file, pieces=None)
        assert (found.pieces is None) == (file.pieces is None)
        if found.pieces is not None and file.pieces is not None:
            assert list(found.pieces.pieces(file.bytes)) == list(file.pieces.pieces(file.bytes))


def test_one_file_stands_at_the_top_and_several_in_a_list() -> None:
    one, two = words_of(MANIFEST), words_of(replace(MANIFEST, files=(FILE, replace(FILE, name="u.csv"))))
    assert (one["file"], one["sha256"], len(one["parts"])) == ("t.csv", "whole", 3)
    assert [file["name"] for file in two["files"]] == ["t.csv", "u.csv"]
    assert {"file", "sha256", "parts"}.isdisjoint(two)


@pytest.mark.parametrize(
    "address",
    ["postgresql://me:hidden@host/db", "postgresql://me@host/db?password=hidden", "mysql://:hidden@h/d"],
)
def test_no_secret_of_an_address_stands_in_it(address: str) -> None:
    manifest = replace(MANIFEST, spec=replace(MANIFEST.spec, source=address))
    assert "hidden" not in json.dumps(words_of(manifest))


def test_any_value_is_valid_json() -> None:
    values = (1, 2**53, 2**53 + 1, -(2**63), 1.5, float("inf"), float("nan"), "ü", b"\xff")
    order = (SortColumn("c", is_descending=True),)
    query = RowQuery(
        "t", ("c",), (Condition("c", Operator.IN, values),), rows=RowRange(order, (None, 1), ("z", 2))
    )
    words = words_of(replace(MANIFEST, spec=replace(MANIFEST.spec, query=query)))
    text = json.dumps(words["query"], allow_nan=False)
    assert json.loads(text)["conditions"][0]["values"] == [
        1, 2**53, str(2**53 + 1), str(-(2**63)), 1.5, "inf", "nan", "ü", {"hex": "ff"}
    ]  # fmt: skip
    assert words["query"]["rows"] == {
        "order": [{"column": "c", "descending": True}], "first": [None, 1], "last": ["z", 2]
    }  # fmt: skip


def test_a_query_of_ones_own_stands_in_it_as_it_was_asked() -> None:
    own = OwnQuery("dear", "SELECT * FROM t WHERE c > :least", ("c",), (("least", "100"),))
    query = words_of(replace(MANIFEST, spec=replace(MANIFEST.spec, own_query=own)))["query"]
    assert (query["statement"], query["key"], query["parameters"]) == (
        own.statement, ["c"], {"least": "100"}
    )  # fmt: skip


def test_words_that_this_version_does_not_know_do_not_disturb() -> None:
    assert manifest_from({**words_of(MANIFEST), "colour": "blue"}).file_called("t.csv") is not None
    assert manifest_from(words_of(MANIFEST)).file_called("u.csv") is None
