"""SQLAlchemy's dialect for MySQL, with every name in quotes."""

from typing import Any

from sqlalchemy.dialects.mysql.base import MySQLIdentifierPreparer
from sqlalchemy.dialects.mysql.pymysql import MySQLDialect_pymysql


class _Quoting(MySQLIdentifierPreparer):
    """Each server and version has reserved words of its own, which only quotes make names of."""

    def quote(self, ident: str, force: Any = None) -> str:  # noqa: ANN401, ARG002 - SQLAlchemy's
        return self.quote_identifier(ident)


class QuotingDialect(MySQLDialect_pymysql):
    """Compiles statements for PyMySQL."""

    preparer = _Quoting  # type: ignore[assignment]  # as MySQL's own dialect does
    supports_statement_cache = True
