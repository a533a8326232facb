"""Which comparisons fit a column, and what they are called in the window."""

from PySide6.QtCore import QCoreApplication

from dataflow_desktop.domain.row_query import Operator
from dataflow_desktop.domain.schema import Column, ColumnKind

_EQUALITY = (Operator.EQUAL, Operator.NOT_EQUAL, Operator.IN, Operator.NOT_IN)
_TEXT = (Operator.CONTAINS, Operator.STARTS, Operator.ENDS)
_SIZE = (Operator.LESS, Operator.LESS_OR_EQUAL, Operator.GREATER, Operator.GREATER_OR_EQUAL, Operator.BETWEEN)
_NULL = (Operator.IS_NULL, Operator.NOT_NULL)


def operators_for(column: Column) -> tuple[Operator, ...]:
    """Return the comparisons that say something of such a column, the most wanted first."""
    match column.kind:
        case ColumnKind.TEXT:
            return (*_TEXT, *_EQUALITY, *_NULL)
        case ColumnKind.BOOLEAN:
            return (*_EQUALITY[:2], *_NULL)
        case ColumnKind.BYTES:
            return _NULL
        case ColumnKind.ANY:
            return (*_EQUALITY, *_TEXT, *_SIZE, *_NULL)
        case _:
            return (*_EQUALITY[:1], *_SIZE, *_EQUALITY[1:], *_NULL)


def operator_words(operator: Operator) -> str:
    """Return what a comparison is called."""
    words = {
        Operator.EQUAL: _tr("is"),
        Operator.NOT_EQUAL: _tr("is not"),
        Operator.LESS: _tr("is less than"),
        Operator.LESS_OR_EQUAL: _tr("is at most"),
        Operator.GREATER: _tr("is more than"),
        Operator.GREATER_OR_EQUAL: _tr("is at least"),
        Operator.CONTAINS: _tr("contains"),
        Operator.STARTS: _tr("begins with"),
        Operator.ENDS: _tr("ends with"),
        Operator.IN: _tr("is one of"),
        Operator.NOT_IN: _tr("is none of"),
        Operator.BETWEEN: _tr("is between"),
        Operator.IS_NULL: _tr("is NULL"),
        Operator.NOT_NULL: _tr("is not NULL"),
    }
    return words[operator]


def _tr(text: str) -> str:
    return QCoreApplication.translate("ConditionWords", text)
