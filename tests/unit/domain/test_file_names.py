"""The name of a file follows its format and compression."""

import pytest

from dataflow_desktop.domain.file_names import suffixes_of, with_compression, with_format
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
