"""What the window says about browsing, each with its next step."""

from PySide6.QtCore import QCoreApplication

from dataflow_desktop.domain.row_query import RowQuery
from dataflow_desktop.ui.error_texts import ErrorText
from dataflow_desktop.ui.figures import number, rough_number, rows_of_text, rows_text
from dataflow_desktop.ui.filter_words import filters_in_words
from dataflow_desktop.ui.table_states import TableState


def count_words(rows: int | None, total_rows: int | None, *, is_counting: bool) -> str:
    """Return how many rows match, of how many where that is known; `rows` None while it is not."""
    if rows is None:
        return _tr("counting…") if is_counting else _tr("not counted")
    if total_rows is None:
        return rows_text(rows)
    return rows_of_text(rows, total_rows)


def estimate_words(rows: int) -> str:
    """Return about how many rows there are, while they are counted."""
    return _tr("~{rows}, counting…").format(rows=rough_number(rows))


def sorting_words(rows: int, seconds: float) -> str:
    """Return how many rows are sorted; none while SQLite still sorts and tells only that time passes."""
    if rows:
        return _tr("sorting… {rows}").format(rows=rows_text(rows))
    if seconds < 1:
        return _tr("sorting…")
    return _tr("sorting… {seconds} s").format(seconds=number(int(seconds)))


def forward_words(rows: int | None, *, is_counting: bool) -> str:
    """Return how many rows there are, and that none of them can be jumped to."""
    return _tr("{rows} · forward only").format(rows=count_words(rows, None, is_counting=is_counting))


def locked_words(*, is_locked: bool) -> str:
    """Return what stands in the place of the count while the database is locked, or its server away."""
    return _tr("locked, trying again…") if is_locked else _tr("no connection, trying again…")


def locked_note(error: ErrorText) -> str:
    """Say in passing that the rows shown wait for another program, or for their server."""
    return f"{error.message} {_tr('It is tried again by itself; Esc stops that.')}"


def locked_state(error: ErrorText) -> TableState:
    """Say that nothing can be shown until another program has finished, or the server is back."""
    text = _tr("It is tried again by itself until the way is free; Esc stops that.")
    return TableState("database", error.message, text, _tr("&Try again"), offers_open=True)


def columns_changed_words(table: str) -> str:
    """Say in passing that a table is another one than it was."""
    return _tr("{table} was changed by another program; it is shown as it is now.").format(table=table)


def loading_state(name: str) -> TableState:
    """Say that something is being read."""
    return TableState("database", _tr("Opening…"), name)


def empty_state(query: RowQuery) -> TableState:
    """Say that there are no rows, and what to do about it."""
    if query.is_filtered:
        return TableState(
            "no-rows", _tr("No row matches"), filters_in_words(query), _tr("&Clear all filters")
        )
    return TableState("database", _tr("This table is empty"), query.table, _tr("&Refresh"))


def no_tables_state() -> TableState:
    """Say that the database has no tables."""
    text = _tr("There is nothing to show or to export here.")
    return TableState("database", _tr("This database has no tables"), text, _tr("&Open another database…"))


def error_state(error: ErrorText) -> TableState:
    """Say what went wrong."""
    return TableState(
        "warning", error.message, error.hint, _tr("&Try again"), is_error=True, offers_open=True
    )


def stopped_state() -> TableState:
    """Say that the query was stopped as asked."""
    return TableState(
        "paused", _tr("Stopped"), _tr("The query was stopped; nothing was changed."), _tr("&Try again")
    )


def catalogue_state(rows: int, total_rows: int) -> TableState:
    """Say how far the example is."""
    text = _tr("{rows} of {total} products written").format(rows=number(rows), total=number(total_rows))
    return TableState("database", _tr("Making the product catalogue"), text)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Browsing", text)
