"""The export dialog: formats and names, options, renamed columns, the preview, and what is remembered."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QLocale, QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from dataflow_desktop.app.program import Program
from dataflow_desktop.domain.export_spec import ExportSpec
from dataflow_desktop.domain.file_options import (
    EXCEL,
    Compression,
    DelimitedOptions,
    Encoding,
    FileFormat,
    FileOptions,
    LineEnding,
    Quoting,
)
from dataflow_desktop.domain.file_preview import TablePreview
from dataflow_desktop.domain.job import JobState
from dataflow_desktop.domain.row_query import RowQuery
from dataflow_desktop.errors import Reason
from dataflow_desktop.ui import option_presets
from dataflow_desktop.ui.choice_box import ChoiceBox
from dataflow_desktop.ui.export_choices import ExportChoices
from dataflow_desktop.ui.export_columns import ExportColumns
from dataflow_desktop.ui.export_dialog import ExportDialog
from dataflow_desktop.ui.export_offer import ExportOffer
from dataflow_desktop.ui.export_preview import MOST_COLUMNS
from dataflow_desktop.ui.option_presets import Preset, preset_options
from tests.gui.conftest import SMALL_ROWS, StartProgram
from tests.gui.driving import close, expected_csv, open_dialog, wait_for_rows, wait_for_state, wait_until

COLUMNS = ("id", "name", "price")
NO_PLAIN_WAY = FileOptions(
    FileFormat.CSV, Compression.ZSTD, DelimitedOptions(";", Quoting.ALL, "NULL", has_header=False)
)

Value = TypeVar("Value")
OpenDialog = Callable[[], ExportDialog]


@pytest.fixture
def choices(tmp_path: Path) -> ExportChoices:
    return ExportChoices(QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat))


@pytest.fixture
def open_alone(qtbot: QtBot, choices: ExportChoices, tmp_path: Path) -> OpenDialog:
    """The dialog without a window; nobody answers it."""

    def opened() -> ExportDialog:
        offer = ExportOffer("a.db", RowQuery("products", COLUMNS), 3, tmp_path / "products.csv")
        dialog = ExportDialog(offer, choices)
        qtbot.addWidget(dialog)
        dialog.show()
        return dialog

    return opened


@pytest.fixture
def dialog(open_alone: OpenDialog) -> ExportDialog:
    return open_alone()


@pytest.fixture
def set_locale(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Let the desktop be one of another country, whatever the window speaks."""

    def set_to(name: str) -> None:
        monkeypatch.setattr(option_presets, "system_decimal_mark", QLocale(name).decimalPoint)

    return set_to


def pick(box: ChoiceBox[Value], value: Value) -> None:
    """Choose a value as a person does."""
    box.choose(value)
    box.chosen_changed.emit()


def pick_format(dialog: ExportDialog, file_format: FileFormat) -> None:
    pick(dialog.file_part.format_box, file_format)


def pick_compression(dialog: ExportDialog, compression: Compression) -> None:
    pick(dialog.file_part.compression_box, compression)


def name_of_file(dialog: ExportDialog) -> str:
    return Path(dialog.path_field.text()).name


def requested(dialog: ExportDialog) -> ExportSpec:
    """Press the button and return what the dialog asks for."""
    specs: list[ExportSpec] = []
    dialog.export_requested.connect(specs.append)
    dialog.export_button.click()
    dialog.export_requested.disconnect(specs.append)
    dialog.show_failure(None)
    (spec,) = specs
    return spec


def lines_shown(dialog: ExportDialog) -> list[str]:
    preview = dialog.preview
    return preview.text.toPlainText().split("\n") if preview.currentWidget() is preview.text else []


def edit_name(columns: ExportColumns, row: int, name: str) -> None:
    """Rename a column in place, with keys only."""
    columns.list.setCurrentRow(row)
    columns.list.setFocus()
    QTest.keyClick(columns.list, Qt.Key.Key_F2)
    editor = columns.list.findChildren(QLineEdit)[-1]  # one that is done with may still be there
    editor.setText(name)
    QTest.keyClick(editor, Qt.Key.Key_Return)
    QApplication.processEvents()  # Qt takes the text over in the next round


def test_the_name_follows_the_format_and_the_compression(dialog: ExportDialog) -> None:
    pick_compression(dialog, Compression.GZIP)
    assert name_of_file(dialog) == "products.csv.gz"
    pick_format(dialog, FileFormat.PARQUET)
    assert name_of_file(dialog) == "products.parquet"
    assert requested(dialog).options.compression is Compression.ZSTD
    pick_format(dialog, FileFormat.JSONL)
    pick_compression(dialog, Compression.ZSTD)
    assert name_of_file(dialog) == "products.jsonl.zst"
    pick_format(dialog, FileFormat.CSV)
    assert name_of_file(dialog) == "products.csv.gz"  # as it was left


@pytest.mark.parametrize(
    ("name", "file_format", "compression"),
    [
        ("a.tsv", FileFormat.TSV, Compression.NONE),
        ("a.csv.gz", FileFormat.CSV, Compression.GZIP),
        ("a.ndjson.zst", FileFormat.JSONL, Compression.ZSTD),
        ("a.PARQUET", FileFormat.PARQUET, Compression.ZSTD),
        ("a.xlsx", FileFormat.XLSX, Compression.NONE),
        ("a.txt", FileFormat.CSV, Compression.NONE),
        ("a.gz", FileFormat.CSV, Compression.GZIP),
    ],
)
def test_a_typed_suffix_chooses_format_and_compression(
    dialog: ExportDialog, tmp_path: Path, name: str, file_format: FileFormat, compression: Compression
) -> None:
    dialog.path_field.selectAll()
    QTest.keyClicks(dialog.path_field, str(tmp_path / name))
    assert dialog.file_part.format_box.chosen is file_format
    spec = requested(dialog)
    assert (spec.options.file_format, spec.options.compression) == (file_format, compression)
    assert spec.target == str(tmp_path / name)


def test_a_suffix_of_ones_own_stays(dialog: ExportDialog, tmp_path: Path) -> None:
    dialog.path_field.setText(str(tmp_path / "list.txt"))
    pick_compression(dialog, Compression.GZIP)
    assert name_of_file(dialog) == "list.txt.gz"


def test_a_name_without_a_suffix_gets_that_of_the_format(dialog: ExportDialog, tmp_path: Path) -> None:
    pick_format(dialog, FileFormat.JSONL)
    dialog.path_field.setText(str(tmp_path / "list"))
    assert requested(dialog).target == str(tmp_path / "list.jsonl")


def test_xlsx_says_why_it_has_no_compression(dialog: ExportDialog) -> None:
    pick_format(dialog, FileFormat.XLSX)
    assert not dialog.file_part.compression_box.isEnabled()
    assert "compressed already" in dialog.file_part.hint.text()
    pick_format(dialog, FileFormat.CSV)
    assert dialog.file_part.compression_box.isEnabled()


def test_another_format_takes_the_permission_to_replace_back(dialog: ExportDialog) -> None:
    dialog.replace_box.setChecked(True)
    pick_format(dialog, FileFormat.TSV)
    assert not dialog.replace_box.isChecked()


def test_the_chooser_offers_files_of_the_format(qtbot: QtBot, dialog: ExportDialog) -> None:
    pick_format(dialog, FileFormat.JSONL)
    pick_compression(dialog, Compression.GZIP)
    dialog.file_part.file.choose_button.click()
    chooser = dialog.findChild(QFileDialog)
    assert chooser is not None
    assert "*.jsonl.gz *.jsonl" in chooser.nameFilters()[0]
    assert chooser.defaultSuffix() == "jsonl.gz"
    chooser.reject()


def test_each_option_is_in_the_spec(dialog: ExportDialog) -> None:
    options = dialog.file_part.format_options
    pick(options.delimiter_box, "|")
    pick(options.quoting_box, Quoting.ALL)
    QTest.keyClicks(options.null_field, "NULL")
    pick(options.line_ending_box, LineEnding.CRLF)
    pick(options.decimal_box, ",")
    for check in (options.header_check, options.bom_check, options.guard_check):
        check.click()
    expected = DelimitedOptions(
        delimiter="|",
        quoting=Quoting.ALL,
        null_text="NULL",
        line_ending=LineEnding.CRLF,
        has_header=False,
        has_bom=True,
        decimal_mark=",",
        has_formula_guard=True,
    )
    assert requested(dialog).options.delimited == expected
    pick(options.encoding_box, Encoding.CP1252)
    assert requested(dialog).options.delimited == replace(expected, encoding=Encoding.CP1252, has_bom=False)


def test_any_character_can_be_the_delimiter_and_none_cannot(dialog: ExportDialog) -> None:
    options = dialog.file_part.format_options
    pick(options.delimiter_box, "")
    for unusable in ("", '"'):
        options.delimiter_field.setText(unusable)
        dialog.export_button.click()
        assert dialog.option_error.isVisible()
        assert dialog.export_button.isEnabled()
    options.delimiter_field.setText("~")
    assert not dialog.option_error.isVisible()
    assert requested(dialog).options.delimited.delimiter == "~"


@pytest.mark.parametrize(
    ("locale", "expected"),
    [
        ("de_DE", replace(EXCEL, delimiter=";", decimal_mark=",")),
        ("pt_BR", replace(EXCEL, delimiter=";", decimal_mark=",")),
        ("en_US", EXCEL),
    ],
)
def test_the_preset_for_excel_has_the_marks_of_the_country(
    dialog: ExportDialog, set_locale: Callable[[str], None], locale: str, expected: DelimitedOptions
) -> None:
    set_locale(locale)
    options = dialog.file_part.format_options
    pick(options.preset_box, Preset.EXCEL)
    assert requested(dialog).options.delimited == expected
    seen = []
    for _ in range(2):
        options.header_check.click()
        seen.append(options.preset_box.chosen)
    assert seen == [Preset.CUSTOM, Preset.EXCEL]


def test_tsv_keeps_its_tabs_whatever_the_preset_is(set_locale: Callable[[str], None]) -> None:
    set_locale("de_DE")
    assert preset_options(Preset.PLAIN, FileFormat.TSV).delimiter == "\t"
    assert preset_options(Preset.EXCEL, FileFormat.TSV).delimiter == "\t"


@pytest.mark.parametrize("file_format", [FileFormat.JSONL, FileFormat.PARQUET, FileFormat.XLSX])
def test_the_dialog_stays_as_large_as_it_is_when_the_options_go(
    dialog: ExportDialog, file_format: FileFormat
) -> None:
    before = dialog.size()
    pick_format(dialog, file_format)
    assert not dialog.file_part.format_options.isVisible()
    assert requested(dialog).options.delimited == DelimitedOptions()
    assert dialog.size() == before


def test_columns_are_renamed_with_the_keys(dialog: ExportDialog) -> None:
    columns = dialog.columns
    specs: list[ExportSpec] = []
    dialog.export_requested.connect(specs.append)
    edit_name(columns, 2, "Preis")
    assert specs == []  # the key that ends it does not press the button
    assert columns.list.item(2).text() == "price → Preis"
    assert columns.chosen() == COLUMNS
    edit_name(columns, 0, "Nr")
    assert requested(dialog).options.renames == (("id", "Nr"), ("price", "Preis"))
    columns.choose(["name", "price"])
    assert requested(dialog).options.renames == (("price", "Preis"),)
    edit_name(columns, 2, "")
    assert columns.list.item(2).text() == "price"
    assert requested(dialog).options.renames == ()


def test_columns_are_moved_with_the_keys(dialog: ExportDialog) -> None:
    columns = dialog.columns
    columns.rename("price", "Preis")
    columns.list.setFocus()
    columns.list.setCurrentRow(2)
    for _ in range(3):  # one more than there are rows above
        QTest.keyClick(columns.list, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert columns.chosen() == ("price", "id", "name")
    QTest.keyClick(columns.list, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    spec = requested(dialog)
    assert spec.query.columns == ("id", "price", "name")
    assert spec.options.renames == (("price", "Preis"),)


def test_a_column_that_was_dragged_is_where_it_was_dropped(qtbot: QtBot, dialog: ExportDialog) -> None:
    model = dialog.columns.list.model()
    with qtbot.waitSignal(dialog.columns.changed):
        model.moveRow(model.index(-1, 0), 0, model.index(-1, 0), 3)  # what a drop does
    assert requested(dialog).query.columns == ("name", "price", "id")


@pytest.mark.parametrize(
    ("code", "place"),
    [
        ("NAME_TWICE", "column_error"),
        ("NAME_NOT_IN_ENCODING", "column_error"),
        ("TOO_MANY_COLUMNS", "column_error"),
        ("OPTION_NOT_FOR_FORMAT", "option_error"),
        ("COMPRESSED_ALREADY", "option_error"),
        ("LETTER_NOT_IN_ENCODING", "option_error"),
        ("NAME_MISLEADS", "path_error"),
        ("TARGET_IS_SOURCE", "path_error"),
        ("SOURCE_MISSING", "error"),
    ],
)
def test_an_error_is_said_beside_what_it_is_about(dialog: ExportDialog, code: str, place: str) -> None:
    dialog.show_failure(Reason("configuration", code, {}))
    places = ("column_error", "option_error", "path_error", "error")
    assert [name for name in places if getattr(dialog, name).isVisible()] == [place]
    fields = (dialog.columns.list, dialog.file_part.format_box, dialog.path_field, dialog.export_button)
    assert dialog.focusWidget() is fields[places.index(place)]


def test_every_control_has_a_name_and_a_key_of_its_own(dialog: ExportDialog) -> None:
    assert all(widget.accessibleName() for widget in in_tab_order(dialog))
    texts = [label.text() for label in dialog.findChildren(QLabel) if label.buddy() is not None]
    texts += [button.text() for button in dialog.findChildren(QAbstractButton)]
    assert {text for text in texts if text and "&" not in text} <= {"Export", "Cancel", "Manage"}
    keys = [text[text.index("&") + 1].lower() for text in texts if "&" in text]
    assert len(set(keys)) == len(keys)


def test_tab_goes_from_the_profile_over_columns_and_file_to_the_buttons(dialog: ExportDialog) -> None:
    dialog.since_part.show()
    dialog.file_part.split_part.box.setCurrentIndex(1)
    order = in_tab_order(dialog)
    options = dialog.file_part.format_options
    expected: list[QWidget] = [
        dialog.profile_part.box,
        dialog.profile_part.menu_button,
        dialog.since_part.all_button,
        dialog.since_part.new_button,
        dialog.columns.all_box,
        dialog.columns.list,
        dialog.path_field,
        dialog.file_part.file.choose_button,
        dialog.replace_box,
        dialog.file_part.format_box,
        dialog.file_part.compression_box,
        dialog.file_part.split_part.box,
        dialog.file_part.split_part.number_field,
        options.preset_box,
        options.encoding_box,
        options.delimiter_box,
        options.null_field,
        dialog.preview.text,
        dialog.export_button,
        dialog.cancel_button,
    ]
    assert [widget for widget in order if widget in expected] == expected


def in_tab_order(dialog: ExportDialog) -> list[QWidget]:
    """What the tab key reaches, beginning at the top."""
    dialog.preview.setCurrentWidget(dialog.preview.text)
    found: list[QWidget] = []
    widget: QWidget = dialog.profile_part.box
    while widget not in found:
        found.append(widget)
        widget = next_by_tab(widget)
    return found


def next_by_tab(widget: QWidget) -> QWidget:
    while True:
        following = widget.nextInFocusChain()
        assert following is not None
        widget = following
        takes_tab = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.focusProxy() is None
        if takes_tab and widget.isVisible() and widget.isEnabled() and not widget.isWindow():
            return widget


def test_the_last_choice_is_remembered_for_each_format(
    open_alone: OpenDialog, choices: ExportChoices
) -> None:
    choices.remember(NO_PLAIN_WAY)
    choices.remember(FileOptions(FileFormat.PARQUET, Compression.GZIP))
    dialog = open_alone()
    assert name_of_file(dialog) == "products.parquet"
    assert requested(dialog).options == FileOptions(FileFormat.PARQUET, Compression.GZIP)
    pick_format(dialog, FileFormat.CSV)
    assert requested(dialog).options == NO_PLAIN_WAY
    assert name_of_file(dialog) == "products.csv.zst"
    pick_format(dialog, FileFormat.TSV)
    assert requested(dialog).options.delimited == DelimitedOptions(delimiter="\t")


@pytest.mark.parametrize(
    "stored",
    [
        "",
        "nonsense",
        "[]",
        '{"compression": "rar"}',
        '{"delimited": {"null_text": 1}}',
        '{"delimited": {"decimal_mark": "!"}}',
        '{"delimited": {"delimiter": ";;"}}',
    ],
)
def test_what_cannot_be_read_is_as_if_nothing_was_remembered(tmp_path: Path, stored: str) -> None:
    settings = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    settings.setValue("export/format", "doc")
    settings.setValue("export/csv", stored)
    remembered = ExportChoices(settings)
    assert remembered.options(remembered.last_format) == FileOptions()


def test_it_is_not_larger_than_the_screen(dialog: ExportDialog) -> None:
    for place in (dialog.path_error, dialog.column_error, dialog.option_error, dialog.error):
        dialog._say(place, "What is wrong is said at length. " * 20)
    screen = QApplication.primaryScreen().availableSize()
    assert dialog.height() <= screen.height()
    assert dialog.width() <= screen.width()


def test_the_preview_shows_the_first_lines_of_the_file(qtbot: QtBot, shown: Program, catalogue: Path) -> None:
    dialog = open_dialog(qtbot, shown)
    query = "SELECT * FROM products ORDER BY id LIMIT 5"
    expected = expected_csv(catalogue, query).decode().splitlines()
    wait_until(qtbot, lambda: lines_shown(dialog) == expected)
    dialog.columns.choose(["name", "id"])
    names = expected_csv(catalogue, "SELECT id, name FROM products LIMIT 5").decode().splitlines()
    wait_until(qtbot, lambda: lines_shown(dialog) == names)
    dialog.reject()


def test_the_preview_of_a_file_for_programs_is_a_table(qtbot: QtBot, shown: Program) -> None:
    dialog = open_dialog(qtbot, shown)
    dialog.columns.rename("price", "Preis")
    pick_format(dialog, FileFormat.PARQUET)
    table = dialog.preview.table
    wait_until(qtbot, lambda: dialog.preview.currentWidget() is table)
    assert table.rowCount() == 5
    model = table.model()
    assert model.headerData(3, Qt.Orientation.Horizontal) == "Preis"
    assert model.index(0, 0).data() == "1"
    dialog.reject()


def test_of_very_many_columns_the_preview_shows_some_and_says_how_many_more(dialog: ExportDialog) -> None:
    names = tuple(f"c{number}" for number in range(2_000))
    dialog.preview.show_preview(TablePreview(names, (names, (None, *names[1:]))))
    model = dialog.preview.table.model()
    assert model.columnCount() == MOST_COLUMNS + 1
    assert model.headerData(MOST_COLUMNS, Qt.Orientation.Horizontal) == "… and 1,950 more"
    assert [model.index(row, 0).data() for row in range(2)] == ["c0", "NULL"]


def test_names_that_meet_are_said_in_the_preview_and_beside_the_columns(
    qtbot: QtBot, shown: Program, tmp_path: Path
) -> None:
    dialog = open_dialog(qtbot, shown)
    dialog.columns.rename("price", "name")
    wait_until(qtbot, lambda: "would be called name" in dialog.preview.words.text())
    assert dialog.preview.currentWidget() is dialog.preview.words
    dialog.path_field.setText(str(tmp_path / "a.csv"))
    dialog.export_button.click()
    wait_until(qtbot, dialog.column_error.isVisible)
    assert "would be called name" in dialog.column_error.text()
    dialog.columns.rename("price", "")
    assert not dialog.column_error.isVisible()
    wait_until(qtbot, lambda: len(lines_shown(dialog)) == 6)
    dialog.reject()


def test_many_changes_end_in_the_preview_of_the_last(qtbot: QtBot, shown: Program) -> None:
    dialog = open_dialog(qtbot, shown)
    for names in (["id"], ["name"], ["price"], ["status"]):
        dialog.columns.choose(names)
        dialog.ask_preview()
    wait_until(qtbot, lambda: lines_shown(dialog)[:1] == ["status"])
    qtbot.wait(300)
    assert lines_shown(dialog)[:1] == ["status"]
    dialog.reject()


def test_the_next_dialog_begins_as_the_last_export_ended(
    qtbot: QtBot, start: StartProgram, shown: Program, catalogue: Path, tmp_path: Path
) -> None:
    dialog = open_dialog(qtbot, shown)
    dialog.path_field.setText(str(tmp_path / "products.csv.gz"))
    dialog.export_button.click()
    wait_until(qtbot, lambda: len(shown.window.exports_panel.cards) == 1)
    job = shown.window.exports_panel.cards[0].view.job
    wait_for_state(qtbot, shown, job.id, JobState.DONE)
    close(qtbot, shown)
    again = start(catalogue)
    wait_for_rows(qtbot, again, SMALL_ROWS)
    dialog = open_dialog(qtbot, again)
    assert dialog.path_field.text() == str(tmp_path / "products.csv.gz")
    assert dialog.file_part.compression_box.chosen is Compression.GZIP
    dialog.reject()


def test_what_was_only_tried_is_not_remembered(qtbot: QtBot, shown: Program) -> None:
    dialog = open_dialog(qtbot, shown)
    pick_format(dialog, FileFormat.XLSX)
    dialog.reject()
    wait_until(qtbot, lambda: not shown.window.findChildren(ExportDialog))
    dialog = open_dialog(qtbot, shown)
    assert dialog.file_part.format_box.chosen is FileFormat.CSV
    dialog.reject()


def test_the_room_needed_follows_the_compression(qtbot: QtBot, shown: Program) -> None:
    dialog = open_dialog(qtbot, shown)
    wait_until(qtbot, lambda: "needed" in dialog.space_label.text())
    plain = dialog.space_label.text().split()[1]
    pick_compression(dialog, Compression.GZIP)
    assert dialog.space_label.text() == "…"
    wait_until(qtbot, lambda: "needed" in dialog.space_label.text())
    assert float(dialog.space_label.text().split()[1]) < float(plain) / 2
    dialog.reject()
