"""What `systems` asks of PostgreSQL."""

from dataflow_desktop.source.postgres.description import find_table, list_tables
from dataflow_desktop.source.postgres.dialect import PostgresDialect
from dataflow_desktop.source.postgres.own_query import columns_of
from dataflow_desktop.source.postgres.query_plan import is_sorted_anew

__all__ = ["columns_of", "dialect", "find_table", "is_sorted_anew", "list_tables"]

dialect = PostgresDialect()
