"""Frames end where the rows say: at the ends of files and sheets too."""

import pytest

from dataflow_desktop.domain.file_options import Compression, FileFormat, FileOptions
from dataflow_desktop.domain.frame_layout import FrameLayout, layout_for
from dataflow_desktop.domain.sheet_limits import SHEET_ROWS

GZIP = FileOptions(compression=Compression.GZIP)


def test_a_frame_ends_with_its_sheet_and_with_its_file() -> None:
    layout = FrameLayout(100, section_rows=30, file_rows=70)
    assert [layout.rows_left(row) for row in (0, 29, 30, 59, 60, 69, 70, 99, 100, 139, 140)] == [
        *(30, 1, 30, 1, 10, 1, 30, 1, 30, 1, 30)
    ]
    assert [layout.row_in_file(row) for row in (0, 69, 70, 140)] == [0, 69, 0, 0]


def test_plain_text_has_frames_only_where_it_is_split() -> None:
    assert layout_for(FileOptions(), 7) is None
    by_rows = layout_for(FileOptions(split_rows=1_000), 7)
    assert by_rows is not None
    assert (by_rows.file_rows, by_rows.rows) == (1_000, 32_768)
    assert layout_for(GZIP, 7) == FrameLayout(32_768)


def test_sheets_that_are_split_keep_their_own_limit() -> None:
    layout = layout_for(FileOptions(FileFormat.XLSX, split_rows=2_000_000), 7)
    assert layout is not None
    assert (layout.section_rows, layout.file_rows) == (SHEET_ROWS, 2_000_000)


@pytest.mark.parametrize("size", [1, 10_000, 1_000_000, 10**9, 10**12])
def test_a_frame_of_short_values_is_at_most_half_a_file(size: int) -> None:
    layout = layout_for(FileOptions(split_bytes=size), 7)
    assert layout is not None
    assert layout.rows == 1 or layout.rows * 7 * 64 <= size / 2
    assert 1 <= layout.long_bytes <= max(size / 8, 1)
    assert layout.rows <= 32_768
