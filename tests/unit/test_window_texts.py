"""Every text of the window is found in the code, and said in German; `python3 dev.py texts` helps."""

import ast
import re
import string
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from resources.translations import window_texts
from resources.translations.window_texts import Text, Translation, UnreadableTextError

REPOSITORY = Path(__file__).parents[2]
PACKAGE = REPOSITORY / "dataflow_desktop"
TEXTS = window_texts.texts_of_package(PACKAGE)
GERMAN = window_texts.read_translations(REPOSITORY / window_texts.GERMAN)
ENGLISH = window_texts.read_translations(REPOSITORY / window_texts.ENGLISH)
LRELEASE = Path(sys.executable).with_name("pyside6-lrelease")
NEXT_STEP = "translate them in resources/translations/dataflow_de.ts, then run: python3 dev.py texts"

MAY_STAY_ENGLISH = frozenset(
    {" MB", " s", "CA &file", "Details", "Excel", "Excel (XLSX)", "Export", "Format", "Host", "JSON Lines"}
    | {"Link", "NULL", "Name", "OK", "Port", "SHA-256", "Server", "Text", "URL", "{file}: {reason}"}
    | {"&Host", "E&xport…", "&Name", "&Port", "&Details…", "Profil&e", "{problem}", "For&mat"}
    | {"{hours} h {minutes} min", "{minutes} min {seconds} s"}
)
"""Words that German has too, and names."""


def module(folder: Path, code: str, name: str = "module.py") -> list[Text]:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(code, encoding="utf-8")
    return list(window_texts.texts_of_module(path))


# What is found.


def test_a_method_tells_to_which_class_a_text_belongs(tmp_path: Path) -> None:
    code = 'class Bar:\n  def f(self):\n    self.tr("one " "text")\n    g(self.tr("row(s)", "", 2))\n'
    assert module(tmp_path, code) == [Text("Bar", "one text"), Text("Bar", "row(s)", is_counted=True)]


def test_a_function_that_translates_tells_the_context(tmp_path: Path) -> None:
    code = 'def _tr(text):\n  return QCoreApplication.translate("Words", text)\n\nx = _tr("a"), other("b")\n'
    assert module(tmp_path, code) == [Text("Words", "a")]
    assert module(tmp_path, code.replace("_tr", "_counted")) == [Text("Words", "a", is_counted=True)]


def test_what_the_core_says_is_found(tmp_path: Path) -> None:
    code = 'say("a"); voice.counted("b", 1); ReasonText("c", "d")\nclass Phrase(StrEnum):\n  X = "e"\n'
    found = module(tmp_path, code, "domain/words.py")
    assert found == [
        Text("Voice", "a"),
        Text("Voice", "b", is_counted=True),
        Text("Reason", "c"),
        Text("Reason", "d"),
        Text("Phrase", "e"),
    ]


@pytest.mark.parametrize("call", ["self.tr(word)", 'self.tr(f"{a} b")', 'other.tr("a")', 'self.tr("a" + b)'])
def test_what_nobody_could_translate_is_refused_with_its_place(tmp_path: Path, call: str) -> None:
    with pytest.raises(UnreadableTextError, match=r"module\.py:3"):
        module(tmp_path, f"class A:\n  def f(self):\n    {call}\n")


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "x.ts"
    texts = {
        Text("A", "a <b> & “c”\nd"): Translation(("Ä <b>\n&",)),
        Text("A", "row(s)", is_counted=True): Translation(("Zeile", "")),
        Text("B", "unknown"): Translation(("",)),
    }
    window_texts.write_translations(path, "de_DE", texts)
    assert window_texts.read_translations(path) == texts
    assert path.read_text(encoding="utf-8").count('type="unfinished"') == 2


def test_an_update_keeps_what_is_known_adds_what_is_new_and_drops_what_is_gone() -> None:
    known = {Text("A", "gone"): Translation(("fort",)), Text("A", "old"): Translation(("alt",))}
    new = window_texts.updated(known, [Text("B", "row(s)", is_counted=True), Text("A", "old")])
    assert new == {
        Text("A", "old"): Translation(("alt",)),
        Text("B", "row(s)", is_counted=True): Translation(("", "")),
    }


# What stands in the translations.


def test_german_has_every_text_and_no_other() -> None:
    untranslated = [text for text in TEXTS if text not in GERMAN or not GERMAN[text].is_finished]
    assert untranslated == [], NEXT_STEP
    assert [text for text in GERMAN if text not in set(TEXTS)] == [], "run: python3 dev.py texts"


def test_english_has_the_plural_forms() -> None:
    assert window_texts.in_english(TEXTS) == ENGLISH, "run: python3 dev.py texts"
    assert all("(s)" not in form and "|" not in form for found in ENGLISH.values() for form in found.forms)


def test_the_program_loads_what_the_translations_say(tmp_path: Path) -> None:
    for source, compiled in window_texts.files(REPOSITORY):
        made = tmp_path / compiled.name
        subprocess.run([LRELEASE, "-silent", source, "-qm", made], check=True, timeout=60)
        assert made.read_bytes() == compiled.read_bytes(), "run: python3 dev.py texts"


def test_a_translation_has_the_facts_of_its_text() -> None:
    for text, found in GERMAN.items():
        for form in found.forms:
            given = facts_of(form) if not text.is_counted else facts_of(form) | {"count"}
            asked = facts_of(text.source) if not text.is_counted else facts_of(text.source) | {"count"}
            assert given == asked, (text, form)


def test_a_translation_has_a_letter_to_press_where_its_text_has_one() -> None:
    different = [
        text for text, found in GERMAN.items() for form in found.forms if keys(text.source) != keys(form)
    ]
    assert different == []


def test_a_translation_ends_and_breaks_as_its_text_does() -> None:
    for text, found in GERMAN.items():
        for form in found.forms:
            assert form.count("\n") == text.source.count("\n"), text
            assert form.endswith("…") == text.source.endswith("…"), text
            assert form[:1].isspace() == text.source[:1].isspace(), text
            assert form[-1:].isspace() == text.source[-1:].isspace(), text


def test_what_is_the_same_in_both_languages_is_so_on_purpose() -> None:
    same = {
        text.source for text, found in GERMAN.items() if text.source in found.forms and has_words(text.source)
    }
    assert same - MAY_STAY_ENGLISH == set()


def facts_of(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def keys(text: str) -> int:
    return len(re.findall("&(?=[^& ])", text))


def has_words(text: str) -> bool:
    return re.search("[A-Za-z]{2}", re.sub(r"\{\w+\}", "", text)) is not None


# What should be in them and is not.

FOR_DEVELOPERS = {"libraries.py", "smoke.py", "trouble_report.py"}
"""What they say is English, whatever the person speaks, or names of libraries."""

NO_TEXTS = frozenset(
    {
        # names of the program, of products and of formats
        "DataFlow Desktop",
        "DataFlow Desktop ",
        "English",
        "Deutsch",
        "Parquet",
        "Zstandard",
        "PostgreSQL",
        "Windows-1252",
        "Fusion",
        "Python ",
        "Qt ",
        " · LGPL-3.0",
        # names of types, of keys, and what only the developers see
        "Value",
        "Reason",
        "Phrase",
        "Alt+Up",
        "Alt+Down",
        "Esc",
        "Home",
        "End",
        "Menu",
        "Down",
        "Return",
        "Tab",
        "export ",
        "looks at files",
        "last exports",
        "looks for Excel",
        " crashed\n",  # of the report
        # keys of our own
        "copy ",
        "appearance ",
        "language ",
        "at once ",
        # markup and style
        "padding: 0 2px; border-radius: 0",
        '<span style="color:',
        '">■</span>&nbsp;',
        " &nbsp; ",
        "<p style='white-space: pre'>",
        # a pattern of what a person types
        "d+[^My]*M+|M+[^My]*d+\\w*",
    }
)
"""Literals that look like a text and are none."""

ON_THE_TERMINAL = frozenset({"NO_SCREEN"})
"""Constants said on the terminal, which speaks English."""

SAID_OTHERWISE = frozenset(
    {"tr", "_tr", "_counted", "translate", "log", "error", "warning", "exception", "info"}
)
"""Calls whose literals are translated, or stand in the log."""


def test_no_text_goes_past_the_translators() -> None:
    found = [
        f"{path.relative_to(REPOSITORY)}:{place}: {text!r}"
        for folder in ("ui", "app")
        for path in sorted((PACKAGE / folder).glob("*.py"))
        if path.name not in FOR_DEVELOPERS
        for place, text in literals(ast.parse(path.read_text(encoding="utf-8")))
        if looks_like_a_text(text) and text not in NO_TEXTS
    ]
    assert found == []


@pytest.mark.parametrize("text", ["Rows", "rows of the table", "Row {number}", "Looking…", "of rows"])
def test_a_text_is_told_from_a_key(text: str) -> None:
    assert looks_like_a_text(text)
    code = f'"""A docstring."""\n\nlabel.setText({text!r})\n'
    assert list(literals(ast.parse(code))) == [(3, text)]
    assert list(literals(ast.parse(code.replace("label.setText", "self.tr")))) == []


def looks_like_a_text(text: str) -> bool:
    """Whether a person could be meant to read it: several words, or one that begins large."""
    return re.search("[A-Za-z]{2}", text) is not None and (
        re.search(r"[^\W\d_]\s|\s[^\W\d_]|…", text) is not None
        or re.fullmatch("[A-Z][a-z]+([ -].*)?", text) is not None
    )


def literals(module: ast.Module) -> Iterator[tuple[int, str]]:
    """Yield line and text of each literal that nobody translates: no docstring, enumeration, error or log."""
    parts = [part for node in ast.walk(module) for part in [node, *annotations(node)]]
    left_out = {id(node) for part in parts if is_left_out(part) for node in ast.walk(part)}
    for node in ast.walk(module):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in left_out:
            yield node.lineno, node.value


def annotations(node: ast.AST) -> Iterator[ast.AST]:
    """Yield the types that a function or an assignment names, each as an expression that says nothing."""
    for type_ in (getattr(node, "returns", None), getattr(node, "annotation", None)):
        if isinstance(type_, ast.Constant):
            yield ast.Expr(type_)


def is_left_out(node: ast.AST) -> bool:
    match node:
        case ast.Expr(value=ast.Constant()) | ast.Raise():
            return True
        case ast.Call(func=ast.Attribute(attr=name) | ast.Name(id=name)):
            return name in SAID_OTHERWISE
        case ast.ClassDef(bases=[ast.Name(id="Enum" | "StrEnum")]):
            return True
        case ast.Assign(targets=[ast.Name(id=name)]):
            return name in ON_THE_TERMINAL
        case _:
            return False
