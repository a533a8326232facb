"""SQLite through ADBC: whole results as Arrow in Polars frames, read without holding Python's lock.

ADBC brings a SQLite library of its own. Two libraries must never have one database open in one process: POSIX
locks belong to the process, so whichever ends a read drops the locks of the other
(https://www.sqlite.org/howtocorrupt.html#_posix_advisory_locks_canceled_by_a_separate_thread_doing_close_).
That is why only the reader process imports this module.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import adbc_driver_sqlite
import polars as pl
import sqlalchemy as sa
from adbc_driver_manager import AdbcConnection, AdbcStatement
from adbc_driver_manager import Error as AdbcError
from sqlalchemy.dialects.sqlite import dialect as sqlite_dialect

from dataflow_desktop.domain.row_query import Value

BUSY_MS = 5_000
"""How long SQLite waits for a writer; who wants to wait longer falls back to the exact lane, which can."""

_ROWS_OF_A_BATCH = 65_536
_BATCH_ROWS = "adbc.sqlite.query.batch_rows"
_DIALECT = sqlite_dialect()


class ArrowReadError(Exception):
    """The result could not be read, or not without loss; what is wrong with it the exact lane finds out."""


class ArrowConnection:
    """A read-only connection for one thread at a time; each statement is a short read of its own."""

    def __init__(self, path: Path) -> None:
        self._database = adbc_driver_sqlite.connect(f"{path.as_uri()}?mode=ro")
        self._connection = AdbcConnection(self._database)
        self._execute(f"PRAGMA busy_timeout = {BUSY_MS}", {}, 1)
        self._execute("PRAGMA query_only = ON", {}, 1)

    def integers(self, statement: sa.Select[Any]) -> pl.Series:
        """Return the one column of `statement`, which holds integers and nothing else."""
        return self._execute(*_compiled(_numbered(statement)), _ROWS_OF_A_BATCH).to_series()

    def frame(self, statement: sa.Select[Any], most_rows: int) -> pl.DataFrame:
        """Return the result of `statement`, its columns called by their numbers from 0 on.

        ADBC infers each column's type from all values of the result, and converts mixed values with loss: see
        `columnar_lane`, which proves that none was. Raises ArrowReadError, also for more than `most_rows`
        rows, whose types would be inferred from the first ones only.
        """
        text, values = _compiled(_numbered(statement))
        frame = self._execute(text, values, most_rows)
        if frame.height > most_rows:
            raise ArrowReadError(f"more than {most_rows} rows")
        return frame

    def row(self, statement: sa.Select[Any]) -> tuple[Value, ...] | None:
        """Return the only row of `statement`, None without one; alone, each value keeps its type exactly."""
        frame = self.frame(statement, 1)
        return tuple(_whole(column).item() for column in frame.get_columns()) if frame.height else None

    def rows_of(self, statement: sa.Select[Any], parameter: pl.Series) -> pl.DataFrame:
        """Return the rows of `statement` for each value of its one parameter in turn, one below another.

        The statement has at most one row for a value; values without a row leave none.
        """
        text, _ = _compiled(_numbered(statement))
        return self._execute(text, {"0": parameter}, len(parameter) + 1)

    def begin(self) -> None:
        """Let all reads up to `end` see one state of the database: that of the first of them."""
        self._connection.set_autocommit(False)

    def end(self) -> None:
        """Let go of the state that `begin` asked for."""
        self._connection.set_autocommit(True)

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()
        self._database.close()

    def _execute(self, text: str, values: Mapping[str, Any], batch_rows: int) -> pl.DataFrame:
        statement = AdbcStatement(self._connection)
        try:
            statement.set_options(**{_BATCH_ROWS: str(batch_rows + 1)})
            statement.set_sql_query(text)
            if values:
                statement.prepare()
                statement.bind_stream(pl.DataFrame(values).__arrow_c_stream__())
            result, _ = statement.execute_query()
            return pl.DataFrame(result)
        except (AdbcError, OSError, pl.exceptions.PolarsError) as error:
            raise ArrowReadError(type(error).__name__) from error
        finally:
            statement.close()


def validated(column: pl.Series) -> pl.Series:
    """Return a text column that is known to be valid UTF-8, which neither ADBC nor SQLite look after.

    Raises ArrowReadError when it is not.
    """
    try:
        return column.cast(pl.Binary).cast(pl.String)
    except pl.exceptions.PolarsError as error:
        raise ArrowReadError("invalid UTF-8") from error


def _whole(column: pl.Series) -> pl.Series:
    return validated(column) if column.dtype == pl.String else column


def _numbered(statement: sa.Select[Any]) -> sa.Select[Any]:
    # A frame's columns need different names; those of a query may be the same, or empty.
    columns = [column.label(str(number)) for number, column in enumerate(statement.selected_columns)]
    return statement.with_only_columns(*columns, maintain_column_froms=True)


def _compiled(statement: sa.Select[Any]) -> tuple[str, dict[str, Any]]:
    compiled = statement.compile(dialect=_DIALECT, compile_kwargs={"render_postcompile": True})
    values = compiled.params
    names = compiled.positiontup or []
    return str(compiled), {str(number): [values[name]] for number, name in enumerate(names)}
