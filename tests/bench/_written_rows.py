"""How many rows a file has, by its suffixes; no row holds a line break.

A piece at a time, for what this process once held, its children's ru_maxrss never falls below.
"""

import gzip
from collections.abc import Iterator
from pathlib import Path
from typing import IO
from zipfile import ZipFile

import zstandard

from tests.bench import _data

_READ_BYTES = 1 << 20
_ROW_END = b"</row>"


def written_rows(path: Path) -> int:
    """Return the rows of `path`, which is whole: without the header where there is one."""
    match path.suffixes:
        case [".csv"]:
            return _lines(_data.blocks(path)) - 1
        case [".csv", ".gz"]:
            with gzip.open(path) as file:
                return _lines(_blocks(file)) - 1
        case [".csv", ".zst"]:
            with (
                path.open("rb") as packed,
                zstandard.ZstdDecompressor().stream_reader(packed, read_across_frames=True) as file,
            ):
                return _lines(_blocks(file)) - 1
        case [".jsonl"]:
            return _lines(_data.blocks(path))
        case [".parquet"]:
            import polars as pl  # 50 MB that the benchmarks of text do without

            return int(pl.scan_parquet(path).select(pl.len()).collect().item())
        case [".xlsx"]:
            with ZipFile(path) as archive, archive.open("xl/worksheets/sheet1.xml") as sheet:
                return _count(_blocks(sheet), _ROW_END) - 1
        case suffixes:
            raise ValueError(suffixes)


def _blocks(file: IO[bytes] | gzip.GzipFile) -> Iterator[bytes]:
    while block := file.read(_READ_BYTES):
        yield block


def _lines(blocks: Iterator[bytes]) -> int:
    return sum(block.count(b"\n") for block in blocks)


def _count(blocks: Iterator[bytes], word: bytes) -> int:
    """Return how often the `word` is there, whether or not it lies across the end of a block."""
    found, end = 0, b""
    for block in blocks:
        piece = end + block
        found += piece.count(word)
        end = piece[-(len(word) - 1) :]  # too short to hold the word, so none is counted twice
    return found
