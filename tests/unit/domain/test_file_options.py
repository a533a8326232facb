"""What the name of a file tells of its format."""

import pytest

from dataflow_desktop.domain.file_options import Compression, FileFormat, compression_named, format_named


@pytest.mark.parametrize(
    ("name", "file_format"),
    [
        ("a.csv", FileFormat.CSV),
        ("A.CSV", FileFormat.CSV),
        ("a.csv.gz", FileFormat.CSV),
        ("a.gz.csv", FileFormat.CSV),
        ("a.tsv.zst", FileFormat.TSV),
        ("a.tab", FileFormat.TSV),
        ("a.jsonl", FileFormat.JSONL),
        ("a.ndjson.GZ", FileFormat.JSONL),
        ("/folder.csv/a.parquet", FileFormat.PARQUET),
        ("a.XLSX", FileFormat.XLSX),
        ("a", None),
        ("a.txt", None),
        ("a.gz", None),
        (".csv", None),
        ("/ordner.parquet/a", None),
    ],
)
def test_the_last_suffix_but_that_of_a_compression_tells_the_format(
    name: str, file_format: FileFormat | None
) -> None:
    assert format_named(name) is file_format


@pytest.mark.parametrize(
    ("name", "compression"),
    [
        ("a.csv", Compression.NONE),
        ("a.csv.gz", Compression.GZIP),
        ("a.CSV.GZ", Compression.GZIP),
        ("a.jsonl.zst", Compression.ZSTD),
        ("a.gz.csv", Compression.NONE),
        ("/ordner.gz/a.csv", Compression.NONE),
    ],
)
def test_the_last_suffix_tells_the_compression(name: str, compression: Compression) -> None:
    assert compression_named(name) is compression
