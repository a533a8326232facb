"""Structs read back as they were written, and other writers' structs come out byte for byte."""

import io
import math
from pathlib import Path

import duckdb
import polars as pl
import pyarrow as pa  # type: ignore[import-untyped]  # it has no types to tell
import pyarrow.parquet as pq  # type: ignore[import-untyped]  # nor has this
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dataflow_desktop.formats.thrift_compact import (
    ThriftError,
    ThriftField,
    ThriftKind,
    ThriftList,
    ThriftStruct,
    field_bytes,
    field_header,
    integer_bytes,
    list_header,
    parsed_struct,
    struct_bytes,
)

LEAVES: dict[ThriftKind, st.SearchStrategy[object]] = {
    ThriftKind.TRUE: st.booleans(),
    ThriftKind.I8: st.integers(-128, 127),
    ThriftKind.I16: st.integers(-(2**15), 2**15 - 1),
    ThriftKind.I32: st.integers(-(2**31), 2**31 - 1),
    ThriftKind.I64: st.integers(-(2**63), 2**63 - 1),
    ThriftKind.DOUBLE: st.floats(allow_nan=False),
    ThriftKind.BINARY: st.binary(max_size=300),
}


def lists_of(kind: ThriftKind, values: st.SearchStrategy[object]) -> st.SearchStrategy[ThriftField]:
    return st.lists(values, max_size=20).map(
        lambda found: ThriftField(ThriftKind.LIST, ThriftList(kind, found))
    )


def structs_of(fields: st.SearchStrategy[ThriftField]) -> st.SearchStrategy[ThriftStruct]:
    return st.dictionaries(st.integers(1, 2**15 - 1) | st.integers(1, 20), fields, max_size=6)


def nested(fields: st.SearchStrategy[ThriftField]) -> st.SearchStrategy[ThriftField]:
    structs = structs_of(fields)
    return structs.map(lambda found: ThriftField(ThriftKind.STRUCT, found)) | lists_of(
        ThriftKind.STRUCT, structs
    )


LEAF_FIELDS = st.one_of(
    [
        *(st.builds(ThriftField, st.just(kind), values) for kind, values in LEAVES.items()),
        *(lists_of(kind, values) for kind, values in LEAVES.items()),
    ]
)
STRUCTS = structs_of(st.recursive(LEAF_FIELDS, nested, max_leaves=10))


def footer_in(file: bytes) -> bytes:
    return file[-8 - int.from_bytes(file[-8:-4], "little") : -8]


def footers() -> list[bytes]:
    values = {"id": [1, 2, None], "text": ["a", "", None], "real": [0.5, math.nan, None], "flag": [True] * 3}
    by_polars, by_pyarrow = io.BytesIO(), io.BytesIO()
    pl.DataFrame(values).write_parquet(by_polars)
    table = pa.table({**values, "deep": [[{"a": 1}], [], None]})
    pq.write_table(table, by_pyarrow, write_page_index=True, row_group_size=1)
    return [footer_in(by_polars.getvalue()), footer_in(by_pyarrow.getvalue())]


@given(STRUCTS)
def test_a_struct_reads_back_as_it_was_written(fields: ThriftStruct) -> None:
    assert parsed_struct(struct_bytes(fields)) == fields


@pytest.mark.parametrize("footer", footers(), ids=["polars", "pyarrow"])
def test_another_writers_footer_comes_out_byte_for_byte(footer: bytes) -> None:
    assert struct_bytes(parsed_struct(footer)) == footer


def test_the_footer_of_duckdb_comes_out_byte_for_byte(tmp_path: Path) -> None:
    path = tmp_path / "file.parquet"
    duckdb.sql("SELECT range AS id, 'x' || range AS t FROM range(5000)").write_parquet(str(path))
    footer = footer_in(path.read_bytes())
    assert struct_bytes(parsed_struct(footer)) == footer


def test_a_footer_cut_anywhere_is_refused() -> None:
    footer = footers()[0]
    for length in range(len(footer)):
        with pytest.raises(ThriftError):
            parsed_struct(footer[:length])
    with pytest.raises(ThriftError):
        parsed_struct(footer + b"\0")


@given(st.binary(max_size=60))
def test_whatever_bytes_there_are_they_are_a_struct_or_an_error(data: bytes) -> None:
    try:
        found = parsed_struct(data)
    except ThriftError:
        return
    assert parsed_struct(struct_bytes(found)) == found or "nan" in repr(found)


@pytest.mark.parametrize("data", [b"\x1c" * 100_000, b"\x19" + b"\x19" * 100_000, b"\x16" + b"\xff" * 100])
def test_nesting_and_numbers_without_end_are_an_error(data: bytes) -> None:
    with pytest.raises(ThriftError):
        parsed_struct(data)


def test_the_bytes_are_those_of_the_specification() -> None:
    fields: ThriftStruct = {
        1: ThriftField(ThriftKind.TRUE, value=True),
        2: ThriftField(ThriftKind.TRUE, value=False),
        3: ThriftField(ThriftKind.I32, -1),
        20: ThriftField(ThriftKind.I64, 150),
        21: ThriftField(ThriftKind.BINARY, b"ab"),
    }
    assert struct_bytes(fields) == b"\x11\x12\x15\x01\x06\x28\xac\x02\x18\x02ab\x00"


@pytest.mark.parametrize("length", [0, 14, 15, 200])
def test_a_list_may_be_written_value_by_value(length: int) -> None:
    values = ThriftList(ThriftKind.I32, list(range(length)))
    fields: ThriftStruct = {4: ThriftField(ThriftKind.LIST, values)}
    written = field_bytes(fields, after=3)
    begin = field_header(4, 3, ThriftKind.LIST) + list_header(ThriftKind.I32, length)
    assert written == begin + b"".join(map(integer_bytes, range(length)))
