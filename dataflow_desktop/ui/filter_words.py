"""Says in words what a row query leaves in."""

from PySide6.QtCore import QCoreApplication

from dataflow_desktop.domain.row_query import Condition, Operator, RowQuery


def filters_in_words(query: RowQuery) -> str:
    """Return the search and the conditions as one line; empty when nothing is filtered."""
    parts = [_condition(condition) for condition in query.conditions]
    if query.search is not None:
        parts.insert(0, _search(query.search.text, query.search.column))
    return " · ".join(parts)


def _search(text: str, column: str | None) -> str:
    if column is None:
        return _tr("any text contains “{text}”").format(text=text)
    return _tr("{column} contains “{text}”").format(column=column, text=text)


def _condition(condition: Condition) -> str:
    values = ", ".join(str(value) for value in condition.values)
    match condition.operator:
        case Operator.EQUAL:
            return _tr("{column} is {values}").format(column=condition.column, values=values)
        case Operator.IS_NULL:
            return _tr("{column} is NULL").format(column=condition.column)
        case _:
            return f"{condition.column} {condition.operator} {values}".strip()


def _tr(text: str) -> str:
    return QCoreApplication.translate("FilterWords", text)
