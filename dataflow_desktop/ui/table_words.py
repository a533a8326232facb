"""What the window says of a table in a list: its name, its icon, about how many rows, and what it is.

A new kind of table gets its icon and its word here; the type checker asks for both.
"""

import html
import textwrap

from PySide6.QtCore import QCoreApplication

from dataflow_desktop.browse.cell_text import cell_text
from dataflow_desktop.browse.table_tree import SchemaFolder, whole_name
from dataflow_desktop.domain.schema import Table, TableKind, TableSummary
from dataflow_desktop.ui.figures import number, plural, rough_number

TIP_LETTERS = 80
"""The width of a tool tip; Qt breaks lines between words only, and a name has none."""


def name_text(name: str) -> str:
    """Return a name for the eye: on one line, cut when very long, never nothing."""
    return cell_text(name) or _tr("(no name)")


def icon_of(table: Table) -> str:
    """Return which of our icons stands for a table."""
    match table.kind:
        case TableKind.TABLE:
            return "virtual-table" if table.is_virtual else "table"
        case TableKind.VIEW:
            return "view"
        case TableKind.QUERY:
            return "query"


def kind_text(table: Table) -> str:
    """Return in words what a table is."""
    match table.kind:
        case TableKind.TABLE:
            return _tr("Virtual table") if table.is_virtual else _tr("Table")
        case TableKind.VIEW:
            return _tr("View")
        case TableKind.QUERY:
            return _tr("Query of your own")


def estimate_text(summary: TableSummary) -> str:
    """Return about how many rows there are, empty where nobody knows; ~ marks a guess, as above the table."""
    rows = summary.estimated_rows
    return "" if rows is None else _tr("~{rows}").format(rows=rough_number(rows))


def spoken_text(summary: TableSummary) -> str:
    """Return for a screen reader what the icon and the number beside the name tell the eye."""
    return ", ".join([name_text(summary.table.own_name), *_facts(summary)])


def table_tip(summary: TableSummary) -> str:
    """Return the tool tip of a table: its whole name, and what the line has no room for."""
    return _tip([name_text(whole_name(summary.table)), " · ".join(_facts(summary)), *_hints(summary.table)])


def folder_tip(folder: SchemaFolder) -> str:
    """Return the tool tip of a schema."""
    count = len(folder.tables)
    words = _counted("{count} (table or view|tables and views)", count).format(count=number(count))
    return _tip([name_text(folder.schema), words])


def _facts(summary: TableSummary) -> list[str]:
    rows = summary.estimated_rows
    about = [] if rows is None else [_counted("about {count} row(s)", rows).format(count=number(rows))]
    return [kind_text(summary.table), *about, *([] if summary.table.key else [_tr("no key")])]


def _hints(table: Table) -> list[str]:
    return [] if table.key else [_tr("Without a key its rows are read forward, one after another.")]


def _tip(lines: list[str]) -> str:
    # As markup with everything escaped: else Qt would take a name with tags for markup of ours.
    shown = [html.escape(part) for line in lines for part in textwrap.wrap(line, TIP_LETTERS)]
    return f"<p style='white-space: pre'>{'<br>'.join(shown)}</p>"


def _tr(text: str) -> str:
    return QCoreApplication.translate("Tables", text)


def _counted(text: str, count: int) -> str:
    return QCoreApplication.translate("Tables", text, None, plural(count))
