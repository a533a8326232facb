"""The name of a file follows its format and compression."""

import pytest

from dataflow_desktop.domain.file_names import (
    number_in,
    numbered,
    suffixes_of,
    unnumbered,
    with_compression,
    with_format,
)
from dataflow_desktop.domain.file_options import Compression, FileFormat, compression_named, format_named


@pytest.mark.parametrize(
    ("name", "file_format", "compression", "expected"),
    [
        ("/a.b/list.csv", FileFormat.JSONL, Compression.GZIP, "/a.b/list.jsonl.gz"),
        ("list.csv.gz", FileFormat.PARQUET, Compression.ZSTD, "list.parquet"),
        ("list.ndjson.zst", FileFormat.XLSX, Compression.NONE, "list.xlsx"),
        ("list", FileFormat.TSV, Compression.NONE, "list.tsv"),
        ("v1.2", FileFormat.CSV, Compression.NONE, "v1.2.csv"),
        ("LIST.CSV.GZ", FileFormat.CSV, Compression.NONE, "LIST.csv"),
    ],
)
def test_suffixes_of_one_format_give_way_to_those_of_another(
    name: str, file_format: FileFormat, compression: Compression, expected: str
) -> None:
    assert with_format(name, file_format, compression) == expected


@pytest.mark.parametrize(
    ("name", "compression", "expected"),
    [
        ("list.csv", Compression.GZIP, "list.csv.gz"),
        ("list.txt.gz", Compression.ZSTD, "list.txt.zst"),
        ("list.csv.zst", Compression.NONE, "list.csv"),
    ],
)
def test_a_compression_changes_only_its_own_suffix(
    name: str, compression: Compression, expected: str
) -> None:
    assert with_compression(name, FileFormat.CSV, compression) == expected


@pytest.mark.parametrize("file_format", FileFormat)
def test_a_name_tells_the_format_it_was_made_for(file_format: FileFormat) -> None:
    name = "a" + suffixes_of(file_format, Compression.GZIP)
    is_packed = file_format not in {FileFormat.PARQUET, FileFormat.XLSX}
    assert format_named(name) is file_format
    assert (compression_named(name) is Compression.GZIP) is is_packed


@pytest.mark.parametrize(
    ("target", "name"),
    [
        ("/a.b/list.csv", "list-0007.csv"),
        ("list.csv.gz", "list-0007.csv.gz"),
        ("list", "list-0007"),
        ("list-0001.csv", "list-0001-0007.csv"),
        ("liste (1) [x].txt.zst", "liste (1) [x]-0007.txt.zst"),
        (".csv", ".csv-0007"),
    ],
)
def test_a_split_file_has_its_number_before_the_suffixes(target: str, name: str) -> None:
    assert numbered(target, 7) == target[: target.rfind("/") + 1] + name
    assert number_in(target, name) == 7
    assert unnumbered(name) == target[target.rfind("/") + 1 :]


@pytest.mark.parametrize(
    "name", ["list.csv", "list-007.csv", "list-0000.csv", "list-00007.csv", "list-0007.csv.gz"]
)
def test_other_names_are_none_of_its_files(name: str) -> None:
    assert number_in("list.csv", name) is None
