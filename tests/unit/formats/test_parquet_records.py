"""The walk back from record to record, and what it refuses."""

from collections.abc import Callable

import polars as pl
import pytest

from dataflow_desktop.domain.schema import ColumnKind
from dataflow_desktop.formats import parquet_records
from dataflow_desktop.formats.parquet_records import DamagedRecordsError, metadata_of
from dataflow_desktop.formats.thrift_compact import parsed_struct, struct_bytes
from tests.unit.formats.parquet_files import (
    DOUBLE,
    INT64,
    UTF8,
    Bytes,
    Plan,
    body_of,
    by_pyarrow,
    encoder_of,
    frame_of,
    opened,
    whole_file,
)

PLANS = [
    Plan("id", ColumnKind.INTEGER, INT64),
    Plan("text", ColumnKind.TEXT, UTF8),
    Plan("real", ColumnKind.FLOAT, DOUBLE),
]
FRAME = frame_of(pl.Series([1, 2, None]), pl.Series(["a", "a", "b"]), pl.Series([0.5, 1.5, None]))
ENCODER = encoder_of(PLANS)
BODY = body_of(ENCODER, [FRAME] * 3)
RECORD = ENCODER.encode(FRAME, 0)


class Watched:
    """A file that knows which of its bytes were asked for."""

    def __init__(self, data: bytes) -> None:
        self.size = len(data)
        self.asked: set[int] = set()
        self._data = data

    def read(self, offset: int, length: int) -> bytes:
        self.asked.update(range(offset, offset + length))
        return self._data[offset : offset + length]


def trailer(body: bytes, rows: int = 9) -> bytes:
    return b"".join(ENCODER.trailer(Bytes(body), rows))


def test_every_offset_leads_to_the_same_page_as_in_the_first_record() -> None:
    metadata = opened(BODY + trailer(BODY)).metadata
    for number in range(3):
        for place in range(len(PLANS)):
            first, chunk = (metadata.row_group(group).column(place) for group in (0, number))
            shift = number * len(RECORD)
            assert chunk.data_page_offset == first.data_page_offset + shift
            assert chunk.has_dictionary_page == first.has_dictionary_page
            if chunk.has_dictionary_page:
                assert chunk.dictionary_page_offset == first.dictionary_page_offset + shift
            assert chunk.total_compressed_size == first.total_compressed_size


def test_row_groups_are_numbered_and_begin_where_their_first_page_does() -> None:
    groups = metadata_of(BODY + trailer(BODY))[4].value.values
    assert [group[7].value for group in groups] == [0, 1, 2]
    assert [group[5].value for group in groups] == [4 + number * len(RECORD) for number in range(3)]
    assert [group[3].value for group in groups] == [3, 3, 3]


def test_ordinals_end_where_sixteen_bits_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet_records, "_MOST_ORDINAL", 1)
    groups = metadata_of(BODY + trailer(BODY))[4].value.values
    assert [7 in group for group in groups] == [True, True, False]
    assert len(by_pyarrow(BODY + trailer(BODY))) == 9


def test_a_part_cut_back_to_a_record_goes_on_to_the_same_file() -> None:
    cut = BODY[: 4 + len(RECORD)]
    assert cut + RECORD * 2 == BODY
    assert len(by_pyarrow(cut + trailer(cut, 3))) == 3


def test_pages_are_never_read_for_the_footer() -> None:
    file = Watched(BODY)
    assert b"".join(ENCODER.trailer(file, 9)) == trailer(BODY)
    places = parquet_records._places(Bytes(BODY))
    pages = {at for place in places for at in range(place.begin, place.kept_begin)}
    assert pages
    assert not pages & file.asked


def test_the_footer_comes_in_parts_of_one_row_group() -> None:
    parts = list(ENCODER.trailer(Bytes(BODY), 9))
    assert len(parts) == 2 + 3 + 2
    assert int.from_bytes(parts[-1][:4], "little") == sum(map(len, parts[:-1]))


def test_the_footer_reads_back_as_it_was_written() -> None:
    footer = trailer(BODY)[:-8]
    assert struct_bytes(parsed_struct(footer)) == footer


def flipped(body: bytes, at: int) -> bytes:
    return body[:at] + bytes([body[at] ^ 0xFF]) + body[at + 1 :]


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "cut": lambda body: body[:-1],
    "cut at the header": lambda body: body[:3],
    "cut to less than a tail": lambda body: body[:20],
    "empty": lambda _: b"",
    "one byte more": lambda body: body + b"\0",
    "text behind": lambda body: body + b"x" * 100,
    "another header": lambda body: b"PAR2" + body[4:],
    "no header": lambda body: body[4:],
    "a record twice": lambda body: body + RECORD,
    "a record gone": lambda body: body[: -len(RECORD)],
    "bytes between records": lambda body: body[: -len(RECORD)] + b"xx" + body[-len(RECORD) :],
    "bytes behind the header": lambda body: body[:4] + b"xx" + body[4:],
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES.keys())
def test_a_damaged_file_is_refused(damage: Callable[[bytes], bytes]) -> None:
    with pytest.raises(DamagedRecordsError):
        next(ENCODER.trailer(Bytes(damage(BODY)), 9))


def test_every_changed_byte_of_what_is_read_is_refused() -> None:
    (place, *_) = parquet_records._places(Bytes(BODY))
    read = [*range(4), *range(place.kept_begin, place.begin + len(RECORD))]
    for at in read:
        with pytest.raises(DamagedRecordsError):
            trailer(flipped(BODY, at))


def test_another_count_of_rows_is_refused() -> None:
    for rows in (0, 8, 10):
        with pytest.raises(DamagedRecordsError):
            trailer(BODY, rows)


def test_a_file_that_holds_the_mark_in_its_values_is_read_right() -> None:
    plans = [Plan("text", ColumnKind.TEXT, UTF8)]
    text = "DFRG" * 20 + "PAR1"
    assert by_pyarrow(whole_file(encoder_of(plans), [frame_of(pl.Series([text]))] * 2)) == [(text,)] * 2
