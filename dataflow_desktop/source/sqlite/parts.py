"""What `systems` asks of SQLite."""

from dataflow_desktop.source.sqlite.description import find_table, list_tables
from dataflow_desktop.source.sqlite.dialect import SqliteDialect
from dataflow_desktop.source.sqlite.own_query import columns_of
from dataflow_desktop.source.sqlite.query_plan import is_sorted_anew

__all__ = ["columns_of", "dialect", "find_table", "is_sorted_anew", "list_tables"]

dialect = SqliteDialect()
