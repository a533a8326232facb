"""What statements about rows say differently to each database."""

import functools
from typing import Any, Protocol

import sqlalchemy as sa

from dataflow_desktop.domain.row_query import Operator, SortColumn, Value
from dataflow_desktop.domain.schema import DatabaseSystem, Table
from dataflow_desktop.source.systems import parts_of

Expression = sa.ColumnElement[Any]


class Dialect(Protocol):
    """The words of one database. Columns are given by their table and name.

    Values are those of `domain.row_query`, and `source.prepared.Given` where one is to come later.
    """

    def sqlalchemy_dialect(self) -> sa.Dialect:
        """Return what compiles statements for the driver, with parameters by their place."""

    def shown(self, table: Table, name: str) -> Expression:
        """Return the column as an int, float, text, bytes or NULL, exactly and in one spelling everywhere."""

    compares_rows: bool
    """Whether an index finds what lies above or below a row of several values."""

    def compared(self, table: Table, name: str) -> Expression:
        """Return the column as it is compared with `placed` values, and with `ranked` ones."""

    def order_by(self, table: Table, by: SortColumn) -> Expression:
        """Return the term that orders by a column: texts by their bytes, NULL before everything else."""

    def placed(self, table: Table, name: str, value: Value) -> Expression:
        """Return a value that a column is compared with in that order."""

    def same(self, table: Table, name: str, value: Value) -> Expression:
        """Return a value that is to be found in a column, to the last byte."""

    def wanted(self, table: Table, name: str, value: Value) -> Expression:
        """Return a value that a person wants to find in a column, as the column itself compares."""

    def ranked(self, table: Table, name: str, value: Value) -> Expression:
        """Return a value that a person wants a column to be above or below."""

    def matches(self, table: Table, name: str, operator: Operator, text: str) -> sa.ColumnElement[bool]:
        """Return the condition that a column contains, starts or ends with `text`."""

    def width(self, table: Table, name: str) -> Expression:
        """Return about how many bytes a column has as text in the file."""

    def columnar(self, table: Table, name: str) -> Expression:
        """Return the column as the columnar lane reads it."""

    def columnar_width(self, table: Table, name: str) -> Expression:
        """Return about how many bytes a column has, for nearly nothing."""

    def beginning(self, table: Table, name: str, characters: int) -> Expression:
        """Return a value that tells one row from another, of long ones the beginning."""

    def glanced(self, table: Table, name: str, characters: int) -> Expression:
        """Return a value for a column at a glance: numbers as numbers, of long ones the beginning."""

    def glanced_ends(self, table: Table, name: str, characters: int) -> tuple[Expression, Expression]:
        """Return the lowest and the highest of those values, both aggregates."""

    def glanced_total(self, table: Table, name: str) -> Expression:
        """Return the sum of the numbers of a column as a float or NULL, an aggregate."""

    def glanced_mixture(self, table: Table, name: str) -> tuple[Expression, Expression, Expression]:
        """Return how many numbers stand among other values, their sum, and how many values are empty."""

    def drawn(self, mask: Expression) -> sa.ColumnElement[bool]:
        """Return the condition that one of `mask` + 1 rows is drawn, a power of two."""


def dialect_of(table: Table) -> Dialect:
    """Return how statements about `table` are put."""
    return parts_of(table.system).dialect


@functools.cache
def sqlalchemy_dialect(system: DatabaseSystem) -> sa.Dialect:
    """Return what compiles statements for `system`."""
    return parts_of(system).dialect.sqlalchemy_dialect()
