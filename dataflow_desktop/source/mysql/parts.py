"""What `systems` asks of MySQL and MariaDB."""

from dataflow_desktop.source.mysql.description import find_table, list_tables
from dataflow_desktop.source.mysql.dialect import MysqlDialect
from dataflow_desktop.source.mysql.query_plan import is_sorted_anew

__all__ = ["dialect", "find_table", "is_sorted_anew", "list_tables"]

dialect = MysqlDialect()
