"""What `systems` asks of databases that have no package of their own."""

from dataflow_desktop.source.anydb.description import find_table, list_tables
from dataflow_desktop.source.anydb.dialect import AnyDialect
from dataflow_desktop.source.anydb.own_query import columns_of
from dataflow_desktop.source.anydb.query_plan import is_sorted_anew

__all__ = ["columns_of", "dialect", "find_table", "is_sorted_anew", "list_tables"]

dialect = AnyDialect()
