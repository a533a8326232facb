"""What `systems` asks of MySQL and MariaDB."""

from dataflow_desktop.source.mysql.description import find_table, list_tables
from dataflow_desktop.source.mysql.dialect import MysqlDialect
from dataflow_desktop.source.mysql.own_query import columns_of
from dataflow_desktop.source.mysql.query_plan import is_sorted_anew

__all__ = ["columns_of", "dialect", "find_table", "is_sorted_anew", "list_tables"]

dialect = MysqlDialect()
