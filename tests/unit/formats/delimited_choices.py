"""Options of delimited text, as odd as they may be."""

from dataclasses import replace

from hypothesis import strategies as st

from dataflow_desktop.domain.file_options import (
    DelimitedOptions,
    Encoding,
    LineEnding,
    Quoting,
    check_delimited,
)
from dataflow_desktop.errors import ConfigurationError

NULL_TEXTS = [
    "", "NULL", "\\N", "-", "0", "-1", "1.5", "1,5", "nan", "inf", "ff", "'=1+1", "a", "?", " ", "$", "[x",
]  # fmt: skip
FORMULAS = [
    "=1+1",
    "+a",
    "-",
    "-1-1",
    "@a",
    "\t=",
    "\r",
    "\n",
    "\uff1d1",
    "\uff0b",
    "\uff0d5",
    "\uff20a",
    "=5",
]
NUMBERS = [
    "-5",
    "+1.50",
    "-1,5",
    "12.50",
    "-0.001",
    "1.5e-07",
    "-1E+5",
    "1.",
    "-.5",
    "-1.5\n",
    "1.5.5",
    "-\u0661",
]
TEXTS = st.sampled_from(NULL_TEXTS + FORMULAS + NUMBERS) | st.text(
    st.sampled_from(',"\r\n \t;=+-@.?aé€😀§\u2028\ufeff\0\x85\x81\uff1d')
    | st.characters(exclude_categories=["Cs"])
)
DELIMITERS = st.sampled_from(",,;;\t| .-+5eaf?'§¦\u2028😀") | st.characters(max_codepoint=127)


def is_possible(options: DelimitedOptions) -> bool:
    try:
        check_delimited(options)
    except ConfigurationError:
        return False
    return True


def any_options() -> st.SearchStrategy[DelimitedOptions]:
    return st.builds(
        DelimitedOptions,
        delimiter=DELIMITERS,
        quoting=st.sampled_from(Quoting),
        null_text=st.sampled_from(NULL_TEXTS) | st.text(max_size=3),
        line_ending=st.sampled_from(LineEnding),
        has_header=st.booleans(),
        has_bom=st.booleans(),
        encoding=st.sampled_from(Encoding),
        decimal_mark=st.sampled_from(".,"),
        has_formula_guard=st.booleans(),
    ).filter(is_possible)


def reversible_options() -> st.SearchStrategy[DelimitedOptions]:
    """Options that change no text and fit every character."""
    return (
        any_options()
        .filter(lambda options: options.encoding is not Encoding.CP1252)
        .map(lambda options: replace(options, has_formula_guard=False))
    )
