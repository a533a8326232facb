"""How a field for a number looks like the other fields."""

from PySide6.QtWidgets import QAbstractSpinBox

TEXT_INDENT = 5


def align_text(field: QAbstractSpinBox) -> None:
    """Let the number begin where text begins in other fields: the style sheet has no say in it."""
    field.lineEdit().setTextMargins(TEXT_INDENT, 0, TEXT_INDENT, 0)
