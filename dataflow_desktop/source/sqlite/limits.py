"""What SQLite has bounds for."""

MOST_COLUMNS = 2_000
"""Of a table, and of a result: https://www.sqlite.org/limits.html#max_column."""
