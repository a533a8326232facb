"""An export to numbered files, asked for in the dialog."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QSettings
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from dataflow_desktop.domain.file_options import FileFormat, FileOptions
from dataflow_desktop.domain.job import JobState
from dataflow_desktop.ui.export_choices import ExportChoices
from dataflow_desktop.ui.file_part import FilePart
from dataflow_desktop.ui.split_part import MEGABYTE, USUAL_MEGABYTES, USUAL_ROWS, Split, SplitPart
from tests.gui.conftest import StartProgram
from tests.gui.driving import close, expected_csv, open_dialog, wait_for_rows, wait_for_state, wait_until

ROWS = 3_000
FILE_ROWS = 1_300


def choose(part: SplitPart, split: Split) -> None:
    part.box.setCurrentIndex([Split.NOTHING, Split.ROWS, Split.SIZE].index(split))


def pick_format(part: FilePart, file_format: FileFormat) -> None:
    part.format_box.setCurrentIndex(list(FileFormat).index(file_format))


@pytest.fixture
def file_part(qtbot: QtBot, tmp_path: Path) -> FilePart:
    settings = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    part = FilePart(tmp_path / "list.csv", ExportChoices(settings))
    qtbot.addWidget(part)
    part.show()
    return part


def test_the_files_asked_for_are_written(
    qtbot: QtBot, start: StartProgram, small_catalogue: Path, tmp_path: Path
) -> None:
    program = start(small_catalogue)
    wait_for_rows(qtbot, program, ROWS)
    target = tmp_path / "out" / "products.csv"
    target.parent.mkdir()
    dialog = open_dialog(qtbot, program)
    dialog.path_field.setText(str(target))
    part = dialog.file_part.split_part
    choose(part, Split.ROWS)
    part.number_field.setValue(FILE_ROWS)
    dialog.export_button.click()
    panel = program.window.exports_panel
    wait_until(qtbot, lambda: bool(panel.cards))
    wait_for_state(qtbot, program, panel.cards[0].view.job.id, JobState.DONE)
    files = sorted(target.parent.iterdir())
    assert [path.name for path in files] == [f"products-000{number}.csv" for number in (1, 2, 3)]
    whole = expected_csv(small_catalogue, "SELECT * FROM products ORDER BY id")
    header, *lines = whole.splitlines(keepends=True)
    pieces = [lines[first : first + FILE_ROWS] for first in range(0, ROWS, FILE_ROWS)]
    assert [path.read_bytes() for path in files] == [b"".join([header, *piece]) for piece in pieces]
    close(qtbot, program)


def test_one_file_is_what_is_written_unless_a_person_says_otherwise(file_part: FilePart) -> None:
    split = file_part.split_part
    assert not file_part.options.is_split
    assert not split.number_field.isVisible()
    choose(split, Split.ROWS)
    assert (file_part.options.split_rows, file_part.options.split_bytes) == (USUAL_ROWS, None)
    assert split.number_field.isVisible()
    choose(split, Split.SIZE)
    assert (file_part.options.split_rows, file_part.options.split_bytes) == (
        None,
        USUAL_MEGABYTES * MEGABYTE,
    )
    choose(split, Split.NOTHING)
    assert not file_part.options.is_split


def test_each_kind_of_limit_keeps_its_own_number(file_part: FilePart) -> None:
    split = file_part.split_part
    choose(split, Split.ROWS)
    split.number_field.setValue(5)
    choose(split, Split.SIZE)
    split.number_field.setValue(2.5)
    assert file_part.options.split_bytes == 2_500_000
    choose(split, Split.ROWS)
    assert file_part.options.split_rows == 5


@pytest.mark.parametrize("options", [FileOptions(split_rows=123), FileOptions(split_bytes=1_234_567)])
def test_what_a_profile_says_is_shown_to_the_last_byte(file_part: FilePart, options: FileOptions) -> None:
    file_part.fill(options)
    shown = file_part.options
    assert (shown.split_rows, shown.split_bytes) == (options.split_rows, options.split_bytes)


def test_sheets_are_not_split_by_size(file_part: FilePart) -> None:
    choose(file_part.split_part, Split.SIZE)
    pick_format(file_part, FileFormat.XLSX)
    assert file_part.format_box.chosen is FileFormat.XLSX
    assert (file_part.split_part.box.count(), file_part.options.is_split) == (2, False)
    pick_format(file_part, FileFormat.CSV)
    assert file_part.options.split_bytes == USUAL_MEGABYTES * MEGABYTE


def test_another_format_is_split_likewise(file_part: FilePart) -> None:
    for split in (Split.SIZE, Split.ROWS):
        pick_format(file_part, FileFormat.CSV)
        choose(file_part.split_part, split)
        asked = (file_part.options.split_rows, file_part.options.split_bytes)
        for file_format in (FileFormat.XLSX, FileFormat.PARQUET, FileFormat.JSONL):
            pick_format(file_part, file_format)
        assert (file_part.options.split_rows, file_part.options.split_bytes) == asked
        file_part.file.path_field.setText("/a/other.tsv")
        assert file_part.options.file_format is FileFormat.TSV
        assert (file_part.options.split_rows, file_part.options.split_bytes) == asked
    choose(file_part.split_part, Split.NOTHING)
    pick_format(file_part, FileFormat.CSV)
    assert not file_part.options.is_split


def test_that_a_format_is_not_split_by_size_is_said(file_part: FilePart) -> None:
    split = file_part.split_part
    choose(split, Split.SIZE)
    pick_format(file_part, FileFormat.XLSX)
    assert split.names_label.isVisible()
    assert split.names_label.text() == "Files of this format are not split by size."
    choose(split, Split.ROWS)
    assert split.names_label.text() == "list-0001.xlsx, …"
    choose(split, Split.NOTHING)
    assert not split.names_label.isVisible()


def test_one_row_is_called_so_while_the_number_is_typed(file_part: FilePart) -> None:
    split = file_part.split_part
    choose(split, Split.ROWS)
    split.number_field.selectAll()
    texts = []
    for key in "12":
        QTest.keyClicks(split.number_field, key)
        texts.append(split.number_field.text())
    assert texts == ["1 row", "12 rows"]
    assert file_part.options.split_rows == 12


def test_the_choice_stands_below_the_format_whether_there_is_a_number_or_not(file_part: FilePart) -> None:
    split = file_part.split_part
    file_part.resize(700, 500)
    for chosen in Split:
        choose(split, chosen)
        left = split.box.mapTo(file_part, QPoint(0, 0)).x()
        assert left == file_part.format_box.mapTo(file_part, QPoint(0, 0)).x()


def test_the_names_follow_the_file(file_part: FilePart) -> None:
    choose(file_part.split_part, Split.ROWS)
    file_part.file.path_field.setText("/a/other.csv.gz")
    assert file_part.split_part.names_label.text() == "other-0001.csv.gz, …"
