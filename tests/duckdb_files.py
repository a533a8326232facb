"""Files of DuckDB, a database that has no package of its own here and needs no server."""

from pathlib import Path

import sqlalchemy as sa


def make_duckdb(path: Path, *statements: str) -> str:
    """Make or change the file at `path` by `statements`, and return its URL."""
    url = f"duckdb:///{path}"
    engine = sa.create_engine(url)
    with engine.begin() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)
    engine.dispose()
    return url
