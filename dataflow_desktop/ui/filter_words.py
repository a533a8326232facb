"""Says in words what a row query leaves in."""

from PySide6.QtCore import QCoreApplication

from dataflow_desktop.browse.cell_text import cell_text
from dataflow_desktop.domain.row_query import Condition, Operator, RowQuery, TypedValue
from dataflow_desktop.ui.condition_words import operator_words


def filters_in_words(query: RowQuery) -> str:
    """Return the search and the conditions as one line; empty when nothing is filtered."""
    parts = [condition_words(condition) for condition in query.conditions]
    if query.search is not None:
        parts.insert(0, _search(query.search.text, query.search.column))
    return " · ".join(parts)


def _search(text: str, column: str | None) -> str:
    if column is None:
        return _tr("any text contains “{text}”").format(text=text)
    return _tr("{column} contains “{text}”").format(column=column, text=text)


def condition_words(condition: Condition) -> str:
    """Return one condition in words."""
    values = ", ".join(map(_value_words, condition.values))
    if condition.operator is Operator.BETWEEN:
        values = _tr("{low} and {high}").format(
            low=_value_words(condition.values[0]), high=_value_words(condition.values[1])
        )
    return f"{condition.column} {operator_words(condition.operator)} {values}".strip()


def _value_words(value: TypedValue) -> str:
    return cell_text(value) or _tr("(empty)")


def _tr(text: str) -> str:
    return QCoreApplication.translate("FilterWords", text)
