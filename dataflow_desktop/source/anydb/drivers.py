"""From a URL to SQLAlchemy's dialect and its driver, and what is missing in plain words."""

import sys

import sqlalchemy as sa
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

from dataflow_desktop.errors import ConfigurationError, ReasonCode

_PACKAGES = {
    "access": "sqlalchemy-access",
    "bigquery": "sqlalchemy-bigquery",
    "clickhouse": "clickhouse-sqlalchemy",
    "cockroachdb": "sqlalchemy-cockroachdb",
    "crate": "sqlalchemy-cratedb",
    "databricks": "databricks-sqlalchemy",
    "db2": "ibm_db_sa",
    "duckdb": "duckdb-sqlalchemy",
    "exa": "sqlalchemy-exasol",
    "firebird": "sqlalchemy-firebird",
    "hana": "sqlalchemy-hana",
    "ibm_db_sa": "ibm_db_sa",
    "monetdb": "sqlalchemy-monetdb",
    "redshift": "sqlalchemy-redshift",
    "snowflake": "snowflake-sqlalchemy",
    "teradatasql": "teradatasqlalchemy",
    "trino": "trino",
}
"""Where the dialects come from that are not SQLAlchemy's own: https://docs.sqlalchemy.org/en/21/dialects/"""


def require_driver(url: sa.URL) -> None:
    """Raise ConfigurationError unless the dialect of `url` is known and its driver can be loaded."""
    name = url.drivername
    try:
        dialect = url.get_dialect()
        dialect.import_dbapi()
    except (NoSuchModuleError, ArgumentError) as error:
        raise _unknown(url) from error
    except ImportError as error:
        raise _missing(name, error.name or str(error)) from error
    if dialect.is_async:
        raise ConfigurationError(ReasonCode.SOURCE_DRIVER_ASYNC, dialect=name)


def _unknown(url: sa.URL) -> ConfigurationError:
    backend = url.get_backend_name()
    if backend in _PACKAGES:
        return _missing(url.drivername, _PACKAGES[backend])
    return ConfigurationError(ReasonCode.SOURCE_DIALECT_UNKNOWN, dialect=url.drivername)


def _missing(dialect: str, package: str) -> ConfigurationError:
    if getattr(sys, "frozen", False):
        return ConfigurationError(ReasonCode.SOURCE_DRIVER_NOT_IN_BUILD, dialect=dialect, package=package)
    return ConfigurationError(
        ReasonCode.SOURCE_DRIVER_MISSING, dialect=dialect, package=package, python=sys.executable
    )
