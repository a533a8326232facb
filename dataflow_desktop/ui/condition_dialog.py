"""One more filter: a column, a comparison that fits it, and a value."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from dataflow_desktop.domain.condition_values import parse_condition
from dataflow_desktop.domain.row_query import WITH_LIST, WITHOUT_VALUE, Operator
from dataflow_desktop.domain.schema import Column, Table
from dataflow_desktop.errors import ConfigurationError
from dataflow_desktop.ui.condition_words import operator_words, operators_for
from dataflow_desktop.ui.error_texts import describe

NARROWEST = 420


class ConditionDialog(QDialog):
    """`condition_chosen` carries the Condition; what does not fit is said beside the value.

    With a `first_column` it begins by asking for one value of that.
    """

    condition_chosen = Signal(object)

    def __init__(self, table: Table, parent: QWidget | None = None, first_column: str | None = None) -> None:
        super().__init__(parent)
        self._table = table
        self.setWindowTitle(self.tr("Add filter"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(NARROWEST)
        self.column_choice = QComboBox()
        self.column_choice.setAccessibleName(self.tr("Column"))
        self.column_choice.addItems(list(table.column_names))
        self.column_choice.currentIndexChanged.connect(self._on_column_chosen)
        self.operator_choice = QComboBox()
        self.operator_choice.setAccessibleName(self.tr("Comparison"))
        self.operator_choice.currentIndexChanged.connect(self._on_operator_chosen)
        self.value_field = QLineEdit()
        self.value_field.setAccessibleName(self.tr("Value"))
        self.error = QLabel()
        self.error.setObjectName("field_error")
        self.error.setWordWrap(True)
        self.error.hide()
        self.value_field.textEdited.connect(self.error.hide)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.add_button = self.buttons.addButton(self.tr("&Add"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.add_button.setObjectName("primary")
        self.buttons.accepted.connect(self._on_add)
        self.buttons.rejected.connect(self.reject)
        self._lay_out()
        self._on_column_chosen()
        if first_column is not None:
            self.choose_column(first_column)
            self.operator_choice.setCurrentIndex(max(0, self.operator_choice.findData(str(Operator.EQUAL))))

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setSpacing(8)
        form.addRow(self.tr("C&olumn"), self.column_choice)
        form.addRow(self.tr("Co&mparison"), self.operator_choice)
        form.addRow(self.tr("&Value"), self.value_field)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(12)
        layout.addLayout(form)
        layout.addWidget(self.error)
        layout.addWidget(self.buttons)

    def choose_column(self, name: str) -> None:
        """Begin with that column."""
        self.column_choice.setCurrentText(name)
        self.value_field.setFocus()

    @property
    def _column(self) -> Column:
        return self._table.columns[self.column_choice.currentIndex()]

    @property
    def _operator(self) -> Operator:
        return Operator(self.operator_choice.currentData())

    def _on_column_chosen(self) -> None:
        self.operator_choice.clear()
        for operator in operators_for(self._column):
            self.operator_choice.addItem(operator_words(operator), str(operator))
        self.error.hide()

    def _on_operator_chosen(self) -> None:
        if self.operator_choice.currentIndex() < 0:
            return
        operator = self._operator
        self.value_field.setEnabled(operator not in WITHOUT_VALUE)
        hint = self.tr("values separated by commas") if operator in WITH_LIST else ""
        self.value_field.setPlaceholderText(hint)
        self.error.hide()

    def _on_add(self) -> None:
        text = None if self._operator in WITHOUT_VALUE else self.value_field.text()
        try:
            condition = parse_condition(self._column, self._operator, text)
        except ConfigurationError as error:
            self.error.setText(describe(error.reason).message)
            self.error.show()
            self.value_field.setFocus()
            self.value_field.selectAll()
            return
        self.condition_chosen.emit(condition)
        self.accept()
