"""Frames of compressed bytes: read as one file by readers that are not ours, the same for the same data."""

import gzip
import io
import os
import subprocess
import sys
import zlib

import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from dataflow_desktop.domain.file_options import Compression
from dataflow_desktop.formats.compression import compressed, compressor_version
from tests.campaign import examples

PACKED = [Compression.GZIP, Compression.ZSTD]
PIECES = st.lists(
    st.binary(max_size=50) | st.sampled_from([b"", b"a,b\n" * 5_000, bytes(70_000)]), max_size=5
)

PRINT_FRAMES = """
from dataflow_desktop.domain.file_options import Compression
from dataflow_desktop.formats.compression import compressed
print([compressed(b"text " * 10_000, packed).hex() for packed in (Compression.GZIP, Compression.ZSTD)])
"""


def unpacked(data: bytes, compression: Compression) -> bytes:
    """Return what all frames hold, read as one file."""
    if compression is Compression.GZIP:
        return gzip.decompress(data)
    with zstandard.ZstdDecompressor().stream_reader(io.BytesIO(data), read_across_frames=True) as file:
        return file.read()


@pytest.mark.parametrize("compression", PACKED)
@settings(max_examples=examples(50), deadline=None)
@given(pieces=PIECES)
def test_frames_one_after_another_are_one_file(compression: Compression, pieces: list[bytes]) -> None:
    file = b"".join(compressed(piece, compression) for piece in pieces)
    assert unpacked(file, compression) == b"".join(pieces)


@pytest.mark.parametrize("compression", PACKED)
def test_a_file_cut_off_between_two_frames_is_what_stands_before(compression: Compression) -> None:
    first, second = (compressed(piece, compression) for piece in (b"first\n" * 1_000, b"second\n"))
    assert unpacked((first + second)[: len(first)], compression) == b"first\n" * 1_000


@pytest.mark.parametrize("compression", PACKED)
def test_a_frame_is_small(compression: Compression) -> None:
    data = b"".join(b"%d,row %d\n" % (number, number) for number in range(20_000))
    assert len(compressed(data, compression)) < len(data) / 2


def test_a_frame_tells_no_time_and_no_system() -> None:
    data = compressed(b"text", Compression.GZIP)
    assert data[:4] == b"\x1f\x8b\x08\x00"
    assert data[4:8] == bytes(4)  # no time: https://www.rfc-editor.org/rfc/rfc1952#page-7
    assert data[9] == 255  # an unknown system


def test_the_same_data_gives_the_same_bytes_in_another_process_too() -> None:
    elsewhere = [
        subprocess.run(
            [sys.executable, "-c", PRINT_FRAMES],
            env={**os.environ, "TZ": zone, "PYTHONHASHSEED": seed},
            check=True,
            capture_output=True,
        ).stdout
        for zone, seed in (("Asia/Tokyo", "1"), ("UTC", "2"))
    ]
    here = [compressed(b"text " * 10_000, compression).hex() for compression in PACKED]
    assert elsewhere == [f"{here}\n".encode()] * 2


@pytest.mark.parametrize("compression", PACKED)
def test_a_damaged_frame_is_found_by_its_reader(compression: Compression) -> None:
    data = bytearray(compressed(bytes(range(256)) * 40, compression))
    data[len(data) // 2] ^= 1
    with pytest.raises((zlib.error, gzip.BadGzipFile, zstandard.ZstdError)):
        unpacked(bytes(data), compression)


def test_nothing_is_done_to_what_is_not_compressed() -> None:
    assert compressed(b"text", Compression.NONE) == b"text"
    assert compressor_version(Compression.NONE) == ""


@pytest.mark.parametrize(("compression", "library"), [(Compression.GZIP, "isal"), (Compression.ZSTD, "zstd")])
def test_what_makes_the_bytes_has_a_version(compression: Compression, library: str) -> None:
    name, number, level = compressor_version(compression).split()
    assert (name, level) == (library, "1")
    assert number.count(".") >= 1
