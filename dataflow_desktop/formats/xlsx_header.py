"""The header row of a sheet: the names of the columns, in bold."""

from collections.abc import Sequence

from xlsxwriter.utility import xl_col_to_name  # type: ignore[import-untyped]  # it has no py.typed

from dataflow_desktop.domain.schema import Column
from dataflow_desktop.domain.sheet_limits import CELL_UNITS
from dataflow_desktop.formats.xlsx_package import CellStyles
from dataflow_desktop.formats.xlsx_rules import LongTextError, escaped_text, utf16_units


def header_row(columns: Sequence[Column], names: Sequence[str], styles: CellStyles) -> bytes:
    """Return row 1 as XML; raise LongTextError for a name that no cell can hold."""
    for column, name in zip(columns, names, strict=True):
        if (units := utf16_units(name)) > CELL_UNITS:
            raise LongTextError(column.name, None, units)
    around = f'1" s="{styles.header}" t="inlineStr"><is><t xml:space="preserve">', "</t></is></c>"
    cells = [
        f'<c r="{xl_col_to_name(number)}' + around[0] + escaped_text(name) + around[1]
        for number, name in enumerate(names)
    ]
    return f'<row r="1">{"".join(cells)}</row>'.encode()
