"""What the program is made of, and under which licences."""

from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version


@dataclass(frozen=True)
class Library:
    """Another one's work that comes with the program; `package` is its name where Python packages are had."""

    name: str
    licence: str
    package: str

    @property
    def version(self) -> str:
        """Its version, empty where that was left out."""
        try:
            return version(self.package)
        except PackageNotFoundError:
            return ""


LIBRARIES = (
    Library("Qt for Python", "LGPL-3.0", "PySide6-Essentials"),
    Library("SQLAlchemy", "MIT", "SQLAlchemy"),
    Library("Polars", "MIT", "polars"),
    Library("Arrow Database Connectivity", "Apache-2.0", "adbc-driver-manager"),
    Library("ADBC driver for SQLite", "Apache-2.0", "adbc-driver-sqlite"),
    Library("ADBC driver for PostgreSQL", "Apache-2.0", "adbc-driver-postgresql"),
    Library("Psycopg", "LGPL-3.0", "psycopg"),
    Library("PyMySQL", "MIT", "PyMySQL"),
    Library("XlsxWriter", "BSD-2-Clause", "XlsxWriter"),
    Library("python-isal", "PSF-2.0", "isal"),
    Library("python-zstandard", "BSD-3-Clause", "zstandard"),
    Library("SQLGlot", "MIT", "sqlglot"),
    Library("cattrs", "MIT", "cattrs"),
    Library("keyring", "MIT", "keyring"),
    Library("platformdirs", "MIT", "platformdirs"),
    Library("wakepy", "MIT", "wakepy"),
)
"""Those that pyproject.toml names; a test holds them together."""

INTERPRETER_LICENCE = "PSF-2.0"
