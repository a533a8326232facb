"""Collects the texts of the window out of the code into the files that translators work on.

Qt's own lupdate sees ``self.tr("…")`` and no more. Here also count: ``_tr("…")`` and ``_counted("…", n)`` of
a module, whose context stands in their definition; what the core says through a ``Voice``; the texts of
``ReasonCode``, and each ``Phrase``, which stand on floors that know nothing of Qt. Only the standard library
is needed.
"""

import ast
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET
from xml.sax.saxutils import escape

from dataflow_desktop.domain.voice import english_form

VOICE_CONTEXT, REASON_CONTEXT, PHRASE_CONTEXT = "Voice", "Reason", "Phrase"
COUNTED = 3
"""So many arguments has a call of ``tr`` that asks for a plural form: the text, a comment and the number."""

FORMS = 2
"""English and German have one form for one thing, and one for all other numbers."""


class UnreadableTextError(Exception):
    """A call that asks for a translation of something else than a literal, with its place."""


@dataclass(frozen=True, order=True)
class Text:
    """One text of the window: where it belongs, its English, and whether it has plural forms."""

    context: str
    source: str
    is_counted: bool = False


@dataclass(frozen=True)
class Translation:
    """What a text is in another language: one form, or one for each kind of number; empty while unknown."""

    forms: tuple[str, ...]

    @property
    def is_finished(self) -> bool:
        """Whether somebody wrote all of it."""
        return all(form.strip() for form in self.forms)


FOLDER = Path("resources", "translations")
GERMAN, ENGLISH = FOLDER / "dataflow_de.ts", FOLDER / "dataflow_en.ts"

Translations = Mapping[Text, Translation]


def update(repository: Path) -> list[Text]:
    """Bring the translations up to the code, and return what is to be translated.

    What has gone from the code goes, what is new is unfinished. Raises UnreadableTextError.
    """
    texts = texts_of_package(repository / "dataflow_desktop")
    german = updated(read_translations(repository / GERMAN), texts)
    write_translations(repository / GERMAN, "de_DE", german)
    write_translations(repository / ENGLISH, "en_US", in_english(texts))
    return [text for text, translation in german.items() if not translation.is_finished]


def files(repository: Path) -> list[tuple[Path, Path]]:
    """Return what translators work on, and what lrelease makes of it for the program."""
    return [(repository / path, (repository / path).with_suffix(".qm")) for path in (GERMAN, ENGLISH)]


def texts_of_package(package: Path) -> list[Text]:
    """Return all texts of a package, sorted, each once; raises UnreadableTextError."""
    found = {text for path in sorted(package.rglob("*.py")) for text in texts_of_module(path)}
    return sorted(found)


def texts_of_module(path: Path) -> Iterator[Text]:
    """Yield the texts of one module as they come; raises UnreadableTextError."""
    module = ast.parse(path.read_text(encoding="utf-8"))
    finder = _Finder(path, _contexts(module))
    finder.visit(module)
    yield from finder.texts


def read_translations(path: Path) -> dict[Text, Translation]:
    """Return what a file of translations has, the unfinished ones too."""
    found: dict[Text, Translation] = {}
    for context in ET.parse(path).getroot().iter("context"):  # noqa: S314 - a file of this repository
        name = context.findtext("name", "")
        for message in context.iter("message"):
            is_counted = message.get("numerus") == "yes"
            translation = message.find("translation")
            if translation is None:
                continue
            forms = [form.text or "" for form in translation.iter("numerusform")]
            text = Text(name, message.findtext("source", ""), is_counted)
            found[text] = Translation(tuple(forms) if is_counted else (translation.text or "",))
    return found


def updated(known: Translations, texts: Iterable[Text]) -> dict[Text, Translation]:
    """Return the translations of `texts`: what is known stays, what is new is empty, what is gone goes."""
    return {
        text: known.get(text, Translation(("",) * (FORMS if text.is_counted else 1)))
        for text in sorted(texts)
    }


def _unknown(text: Text) -> Translation:
    return Translation(("",) * (FORMS if text.is_counted else 1))


def in_english(texts: Iterable[Text]) -> dict[Text, Translation]:
    """Return the plural forms of English, by the rule of `english_form`; all else is English already."""
    return {
        text: Translation((english_form(text.source, 1), english_form(text.source, 2)))
        for text in sorted(texts)
        if text.is_counted
    }


def write_translations(path: Path, language: str, translations: Translations) -> None:
    """Write a file for translators and for lrelease; without line numbers, so that it changes little."""
    lines = ['<?xml version="1.0" encoding="utf-8"?>', "<!DOCTYPE TS>"]
    lines.append(f'<TS version="2.1" language="{language}" sourcelanguage="en">')
    context = None
    for text, translation in translations.items():
        if text.context != context:
            lines += ["</context>"] if context is not None else []
            lines += ["<context>", f"    <name>{escape(text.context)}</name>"]
            context = text.context
        lines += _message(text, translation)
    lines += ["</context>"] if context is not None else []
    path.write_text("\n".join([*lines, "</TS>", ""]), encoding="utf-8", newline="\n")


def _message(text: Text, translation: Translation) -> list[str]:
    state = "" if translation.is_finished else ' type="unfinished"'
    if text.is_counted:
        forms = [f"            <numerusform>{escape(form)}</numerusform>" for form in translation.forms]
        shown = [f"        <translation{state}>", *forms, "        </translation>"]
    else:
        shown = [f"        <translation{state}>{escape(translation.forms[0])}</translation>"]
    numerus = ' numerus="yes"' if text.is_counted else ""
    return [
        f"    <message{numerus}>",
        f"        <source>{escape(text.source)}</source>",
        *shown,
        "    </message>",
    ]


def _contexts(module: ast.Module) -> dict[str, str]:
    """Return the functions of a module that translate what they are given, and in which context."""
    return {
        function.name: context
        for function in module.body
        if isinstance(function, ast.FunctionDef)
        for call in ast.walk(function)
        if isinstance(call, ast.Call) and _name(call.func) == "translate"
        if (context := _literal(call.args[0])) is not None and _literal(call.args[1]) is None
    }


class _Finder(ast.NodeVisitor):
    """Walks through one module; `texts` are those met so far."""

    def __init__(self, path: Path, contexts: Mapping[str, str]) -> None:
        self.texts: list[Text] = []
        self._path = path
        self._contexts = contexts
        self._classes: list[str] = []

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        self._classes.append(node.name)
        if node.name == "Phrase":
            for line in node.body:
                if isinstance(line, ast.Assign):
                    self._add(PHRASE_CONTEXT, line.value)
        self.generic_visit(node)
        self._classes.pop()

    def visit_Call(self, node: ast.Call) -> None:
        name = _name(node.func)
        is_method = isinstance(node.func, ast.Attribute)
        if name == "tr" and is_method:
            if not self._classes or ast.unparse(node.func) != "self.tr":
                raise self._unreadable(node, "only self.tr says to which class a text belongs")
            self._add(self._classes[-1], node.args[0], is_counted=len(node.args) == COUNTED)
        elif name in self._contexts and not is_method:
            self._add(self._contexts[name], node.args[0], is_counted=name == "_counted")
        elif name == "translate" and ast.unparse(node.func) == "QCoreApplication.translate":
            self._add_translate(node)
        elif name == "ReasonText":
            for argument in node.args:
                self._add(REASON_CONTEXT, argument)
        elif self._is_said(node):
            self._add(VOICE_CONTEXT, node.args[0], is_counted=name == "counted")
        self.generic_visit(node)

    def _add_translate(self, node: ast.Call) -> None:
        context = _literal(node.args[0])
        if context is not None and _literal(node.args[1]) is not None:
            self._add(context, node.args[1])

    def _is_said(self, node: ast.Call) -> bool:
        """Whether a module of the core says something through its voice."""
        called = ast.unparse(node.func)
        return "domain" in self._path.parts and called in {
            "say",
            "counted",
            "voice.translated",
            "voice.counted",
        }

    def _add(self, context: str, argument: ast.expr, *, is_counted: bool = False) -> None:
        source = _literal(argument)
        if source is None:
            raise self._unreadable(argument, "a text must be a literal")
        self.texts.append(Text(context, source, is_counted))

    def _unreadable(self, node: ast.expr, why: str) -> UnreadableTextError:
        return UnreadableTextError(f"{self._path}:{node.lineno}: {why}: {ast.unparse(node)}")


def _name(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def _literal(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None
