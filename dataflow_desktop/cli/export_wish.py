"""Which rows of a table an export is to have: what was typed, and beside it what a profile says."""

from dataflow_desktop.cli.arguments import Arguments, split_names
from dataflow_desktop.cli.order_by import parse_order
from dataflow_desktop.domain.condition_values import parse_condition
from dataflow_desktop.domain.export_profile import ExportProfile
from dataflow_desktop.domain.row_query import Condition, RowQuery, Search, SortColumn
from dataflow_desktop.domain.schema import Table
from dataflow_desktop.errors import ConfigurationError, ReasonCode


def row_query(arguments: Arguments, table: Table, profile: ExportProfile | None) -> RowQuery:
    """Return the query; an option that was given counts, and `profile` where it was not."""
    asked = profile or ExportProfile()
    return RowQuery(
        table=table.name,
        columns=_columns(arguments, table, asked),
        conditions=_conditions(arguments, table) or _known_columns(asked.conditions, table),
        search=asked.search if arguments.search is None else _search(arguments.search),
        order=_order(arguments, table, asked),
    )


def _columns(arguments: Arguments, table: Table, asked: ExportProfile) -> tuple[str, ...]:
    if arguments.columns is not None:
        return _checked(split_names(arguments.columns, "--columns", arguments.command), table)
    return table.column_names if asked.columns is None else _checked(asked.columns, table)


def _checked(names: "list[str] | tuple[str, ...]", table: Table) -> tuple[str, ...]:
    columns = [column.name for column in table.columns_named(names)]
    for name in columns:
        if columns.count(name) > 1:
            raise ConfigurationError(ReasonCode.COLUMN_TWICE, column=name)
    return tuple(columns)


def _conditions(arguments: Arguments, table: Table) -> tuple[Condition, ...]:
    return tuple(
        parse_condition(table.column(typed.column), typed.operator, typed.value) for typed in arguments.where
    )


def _known_columns(conditions: tuple[Condition, ...], table: Table) -> tuple[Condition, ...]:
    for condition in conditions:
        table.column(condition.column)
    return conditions


def _search(text: str) -> Search | None:
    return Search(text) if text else None


def _order(arguments: Arguments, table: Table, asked: ExportProfile) -> tuple[SortColumn, ...]:
    if arguments.order_by is not None:
        return parse_order(arguments.order_by, table)
    for by in asked.order:
        table.column(by.column)
    return asked.order
