"""Digests of pieces are those of the bytes, however these came."""

import hashlib
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dataflow_desktop.destination.file_digest import FileDigest, PieceDigester
from dataflow_desktop.destination.part_file import PartFile
from dataflow_desktop.domain.finished_file import PIECE_BYTES, Piece, PieceDigests

KINDS = st.sampled_from([bytes, bytearray, memoryview])


def digests_of(data: bytes, piece_bytes: int) -> tuple[str, ...]:
    starts = range(0, len(data), piece_bytes)
    return tuple(hashlib.sha256(data[start : start + piece_bytes]).hexdigest() for start in starts)


@given(st.lists(st.tuples(st.binary(max_size=40), KINDS)), st.integers(1, 30))
def test_pieces_do_not_depend_on_how_their_bytes_came(
    blocks: list[tuple[bytes, type[bytes]]], piece_bytes: int
) -> None:
    digester = PieceDigester(piece_bytes)
    data = b""
    for block, kind in blocks:
        digester.update(kind(block))
        data += block
        assert digester.pieces == PieceDigests(piece_bytes, digests_of(data, piece_bytes))
    pieces = list(digester.pieces.pieces(len(data)))
    assert [data[piece.offset :][: piece.bytes] for piece in pieces] == [
        data[start : start + piece_bytes] for start in range(0, len(data), piece_bytes)
    ]


def test_a_file_has_both_digests() -> None:
    digest = FileDigest()
    for block in (b"abc", b"", b"defg"):
        digest.update(block)
    sha256 = hashlib.sha256(b"abcdefg").hexdigest()
    assert digest.hexdigest() == sha256
    assert list(digest.pieces.pieces.pieces(7)) == [Piece(0, 7, sha256)]


@pytest.mark.parametrize("saved", [PIECE_BYTES - 1, PIECE_BYTES, PIECE_BYTES + 1])
def test_a_part_file_cut_back_has_the_pieces_of_one_written_at_once(tmp_path: Path, saved: int) -> None:
    data = bytes(range(256)) * (PIECE_BYTES // 256 * 2) + b"end"
    path = tmp_path / ".x.0a.part"
    with closing(PartFile.create(path)) as part:
        part.append(data[:saved])
        digest = part.digest
        part.append(b"lost" * 10)
    with closing(PartFile.reopen(path)) as part:
        part.cut_back(saved, digest)
        part.append(data[saved:])
        assert part.pieces == PieceDigests(PIECE_BYTES, digests_of(data, PIECE_BYTES))
        assert part.digest == hashlib.sha256(data).hexdigest()
