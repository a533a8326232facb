"""A language in which every text of the window is its English in ⟦ and ⟧: what has none was forgotten."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator

from PySide6.QtCore import QCoreApplication, QTranslator
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDoubleSpinBox,
    QGroupBox,
    QLabel,
    QLineEdit,
    QMenu,
    QMessageBox,
    QPlainTextEdit,
    QProgressBar,
    QSpinBox,
    QStatusBar,
    QTableWidget,
    QTabWidget,
    QTextEdit,
    QWidget,
)

from dataflow_desktop.domain.voice import english_form

_MARKED = re.compile("⟦[^⟦⟧]*⟧")
_TAG = re.compile("<[^<>]*>")
_FILE = re.compile(
    r"[0-9a-f]{64}|\b[0-9a-f]{12}\b|[\w+]+://\S+|(/[\w.…-]+)+|[\w.-]+\.(db|csv|tsv|jsonl|parquet|xlsx|part|json)\b"
)
"""Digests, ids of jobs, addresses, paths and the names of files."""

_WORD = re.compile(r"(?:[^\W\d_]|_)[\w-]+")
Where = tuple[str, str, str]
"""Which widget, which of its texts, and what it says."""


class PseudoLanguage(QTranslator):
    """Knows every text there is."""

    def isEmpty(self) -> bool:
        return False

    def translate(self, context: str, text: str, disambiguation: str | None = None, n: int = -1) -> str:
        # What Qt keeps there are no words but settings.
        if not text or text == "QT_LAYOUT_DIRECTION":
            return text
        return f"⟦{text if n < 0 else english_form(text, n)}⟧"


def speak_pseudo_language(application: QCoreApplication, language: object) -> None:
    """Stand in the place of `languages.speak`."""
    application.installTranslator(PseudoLanguage(application))


def forgotten(names: Iterable[str]) -> set[Where]:
    """Return what the windows shown say that nobody translated, but for `names`, which are data."""
    known = frozenset(names)
    return {
        (type(widget).__name__, what, text)
        for window in QApplication.topLevelWidgets()
        if window.isVisible()
        for widget in [window, *window.findChildren(QWidget)]
        if not widget.objectName().startswith("qt_")
        for what, text in texts_of(widget)
        if text not in known and untranslated(text, known)
    }


def untranslated(text: str, names: Collection[str]) -> list[str]:
    """Return the words of a text that stand outside of all marks and are no names."""
    while _MARKED.search(text):
        text = _MARKED.sub("", text)
    text = _FILE.sub("", _TAG.sub("", text).replace("&nbsp;", " "))
    return [word for word in _WORD.findall(text) if word not in names]


def texts_of(widget: QWidget) -> Iterator[tuple[str, str]]:
    """Yield all that a widget says, to the eye or to a screen reader."""
    yield "tool tip", widget.toolTip()
    yield "status tip", widget.statusTip()
    yield "explanation", widget.whatsThis()
    yield "accessible name", widget.accessibleName()
    yield "accessible description", widget.accessibleDescription()
    if widget.isWindow() or isinstance(widget, QMenu):
        yield "title", widget.windowTitle()
    for kind, own_texts in _OWN_TEXTS.items():
        if isinstance(widget, kind):
            yield from (("text", text) for text in own_texts(widget))
    for action in widget.actions():
        yield from texts_of_action(action)


def texts_of_action(action: QAction) -> Iterator[tuple[str, str]]:
    yield "entry", action.text()
    yield "tool tip of an entry", action.toolTip()
    yield "status tip of an entry", action.statusTip()


def _of_line(field: QLineEdit) -> list[str]:
    return [field.placeholderText()]


def _of_tabs(tabs: QTabWidget) -> list[str]:
    return [tabs.tabText(place) for place in range(tabs.count())]


def _of_choices(box: QComboBox) -> list[str]:
    return [box.itemText(place) for place in range(box.count())] + [box.placeholderText()]


def _of_heads(table: QTableWidget) -> list[str]:
    heads = [table.horizontalHeaderItem(place) for place in range(table.columnCount())]
    return [head.text() for head in heads if head is not None]


_OWN_TEXTS: dict[type[QWidget], Callable[..., list[str]]] = {
    QLabel: lambda label: [label.text()],
    QAbstractButton: lambda button: [button.text()],
    QGroupBox: lambda group: [group.title()],
    QLineEdit: _of_line,
    QPlainTextEdit: lambda field: [field.placeholderText()],
    QTextEdit: lambda field: [field.placeholderText()],
    QSpinBox: lambda field: [field.suffix(), field.prefix()],
    QDoubleSpinBox: lambda field: [field.suffix(), field.prefix()],
    QAbstractSpinBox: lambda field: [field.specialValueText()],
    QProgressBar: lambda bar: [bar.text()] if bar.isTextVisible() else [],
    QStatusBar: lambda bar: [bar.currentMessage()],
    QTabWidget: _of_tabs,
    QComboBox: _of_choices,
    QTableWidget: _of_heads,
    QMessageBox: lambda box: [box.text(), box.informativeText(), box.detailedText()],
}
