"""SQLite through ADBC: whole results as Arrow in Polars frames, read without holding Python's lock.

ADBC brings a SQLite library of its own. Two libraries must never have one database open in one process: POSIX
locks belong to the process, so whichever ends a read drops the locks of the other
(https://www.sqlite.org/howtocorrupt.html#_posix_advisory_locks_canceled_by_a_separate_thread_doing_close_).
That is why only the reader process imports this module.
"""

from collections.abc import Sequence
from pathlib import Path

import adbc_driver_sqlite
import polars as pl
from adbc_driver_manager import AdbcConnection, AdbcStatement
from adbc_driver_manager import Error as AdbcError

from dataflow_desktop.domain.row_query import Value
from dataflow_desktop.source.arrow_errors import ArrowReadError
from dataflow_desktop.source.filled import Filled
from dataflow_desktop.source.prepared import Prepared
from dataflow_desktop.source.sqlite.opening_uri import read_only_uri

BUSY_MS = 5_000
"""How long SQLite waits for a writer; who wants to wait longer falls back to the exact lane, which can."""

_ROWS_OF_A_BATCH = 65_536
_BATCH_ROWS = "adbc.sqlite.query.batch_rows"


class ArrowConnection:
    """A read-only connection for one thread at a time; each statement is a short read of its own."""

    def __init__(self, path: Path) -> None:
        self._database = adbc_driver_sqlite.connect(read_only_uri(path))
        self._connection = AdbcConnection(self._database)
        self._execute(f"PRAGMA busy_timeout = {BUSY_MS}", [], 1)
        self._execute("PRAGMA query_only = ON", [], 1)

    def integers(self, statement: Filled) -> pl.Series:
        """Return the one column of `statement`, which holds integers and nothing else."""
        return self._execute(statement.text, _row_of(statement.values), _ROWS_OF_A_BATCH).to_series()

    def frame(self, statement: Filled, most_rows: int) -> pl.DataFrame:
        """Return the result of `statement`.

        ADBC infers each column's type from all values of the result, and converts mixed values with loss: see
        `columnar_lane`, which proves that none was. Raises ArrowReadError, also for more than `most_rows`
        rows, whose types would be inferred from the first ones only.
        """
        frame = self._execute(statement.text, _row_of(statement.values), most_rows)
        if frame.height > most_rows:
            raise ArrowReadError(f"more than {most_rows} rows")
        return frame

    def row(self, statement: Filled) -> tuple[Value, ...] | None:
        """Return the only row of `statement`, None without one; alone, each value keeps its type exactly."""
        frame = self.frame(statement, 1)
        return tuple(_whole(column).item() for column in frame.get_columns()) if frame.height else None

    def rows_of(self, statement: Prepared, parameter: pl.Series) -> pl.DataFrame:
        """Return the rows of `statement` for each value of its one parameter in turn, one below another.

        The statement has at most one row for a value; values without a row leave none.
        """
        return self._execute(statement.text, [parameter], len(parameter) + 1)

    def data_version(self) -> object:
        """Return what changes whenever another connection has committed something.

        https://www.sqlite.org/pragma.html#pragma_data_version
        """
        return self._execute("PRAGMA data_version", [], 1).item()

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

    def _execute(self, text: str, parameters: Sequence[pl.Series], batch_rows: int) -> pl.DataFrame:
        statement = AdbcStatement(self._connection)
        try:
            statement.set_options(**{_BATCH_ROWS: str(batch_rows + 1)})
            statement.set_sql_query(text)
            if parameters:
                statement.prepare()
                statement.bind_stream(pl.DataFrame(parameters).__arrow_c_stream__())
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


def _row_of(values: Sequence[Value]) -> list[pl.Series]:
    return [pl.Series(str(number), [value]) for number, value in enumerate(values)]
