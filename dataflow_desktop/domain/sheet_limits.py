"""What a sheet of XLSX can hold, as Excel says.

https://support.microsoft.com/office/1672b34d-7043-467e-8e27-269d656771c3.
"""

SHEET_ROWS = 1_048_575
"""Rows, without the line of names."""

SHEET_COLUMNS = 16_384

CELL_UNITS = 32_767
"""UTF-16 units of the text in a cell."""
