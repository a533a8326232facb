"""Chunks of PostgreSQL as typed columns: read through ADBC without holding Python's lock.

Each column has one type, so that nothing is converted with loss. What has no type in common with a frame the
server makes text of; times it sends as numbers, of which text is made here at a fifth of the cost.
"""

from collections.abc import Callable, Sequence

import adbc_driver_postgresql  # type: ignore[import-untyped]  # it has no types to tell
import polars as pl
from adbc_driver_manager import AdbcConnection, AdbcStatement
from adbc_driver_manager import Error as AdbcError

from dataflow_desktop.domain.schema import Column
from dataflow_desktop.source.arrow_errors import ArrowReadError
from dataflow_desktop.source.filled import Filled
from dataflow_desktop.source.postgres.connection import PostgresConnection
from dataflow_desktop.source.postgres.time_text import can_say, iso_texts

_BATCH_BYTES = "adbc.postgresql.batch_size_hint_bytes"
_ONE_BATCH = str(256 << 20)

_ZONES = {"timestamp": "", "timestamptz": "+00:00"}


class PostgresReader:
    """Reads chunks of the given columns on a session of its own; for one thread at a time."""

    def __init__(self, planning: PostgresConnection, columns: Sequence[Column], snapshot: str | None) -> None:
        """Open a session like that of `planning`; raises ArrowReadError.

        `snapshot` is one that `planning` has exported, None to read what is there now.
        """
        self._columns = columns
        self._written = planning.writer()
        try:
            self._database = adbc_driver_postgresql.connect(planning.source.connection_text())
            self._session = AdbcConnection(self._database)
        except AdbcError as error:
            raise ArrowReadError(str(error)) from error
        for pinning in planning.source.pinning_statements():
            self._execute(pinning)
        if snapshot is not None:
            self._session.set_autocommit(False)
            self._execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            self._execute(self._written(Filled("SET TRANSACTION SNAPSHOT %s", (snapshot,))))

    def read(self, statement_for: Callable[[frozenset[int]], Filled], most_rows: int) -> pl.DataFrame:
        """Return the rows of a statement that selects the columns in order; one series for each.

        A series is Int64, Float64, String or Binary. Raises ArrowReadError when the rows cannot be read, or
        there are more than `most_rows`.
        """
        frame = self._execute(self._written(statement_for(frozenset())))
        if frame.height > most_rows:
            raise ArrowReadError(f"more than {most_rows} rows")
        found = zip(frame.get_columns(), self._columns, strict=True)
        return pl.DataFrame(
            [_normal(series, column).alias(str(number)) for number, (series, column) in enumerate(found)]
        )

    def close(self) -> None:
        """Close the session."""
        self._session.close()
        self._database.close()

    def _execute(self, text: str) -> pl.DataFrame:
        statement = AdbcStatement(self._session)
        try:
            statement.set_options(**{_BATCH_BYTES: _ONE_BATCH})
            statement.set_sql_query(text)
            result, _ = statement.execute_query()
            return pl.DataFrame(result)
        except (AdbcError, OSError, pl.exceptions.PolarsError) as error:
            raise ArrowReadError(f"{type(error).__name__}: {error}") from error
        finally:
            statement.close()


def _normal(series: pl.Series, column: Column) -> pl.Series:
    if series.dtype.is_integer():
        return series.cast(pl.Int64)
    if isinstance(series.dtype, pl.Datetime):
        return _times(series, _ZONES[column.base_type])
    if series.dtype in {pl.Float64, pl.String, pl.Binary}:
        return series
    if series.null_count() == len(series):
        return series.cast(pl.String)
    raise ArrowReadError(f"no way to write {series.dtype}")


def _times(times: pl.Series, zone: str) -> pl.Series:
    """Return times as the exact lane has them: ISO 8601, six decimals or none."""
    if not can_say(times):
        raise ArrowReadError("a time that only the server can say")
    return iso_texts(times, zone)
