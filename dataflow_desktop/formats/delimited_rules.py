"""The rules of delimited text that hold for single values and for whole columns alike.

The patterns mean the same to Python's re and to Polars, and have no anchors, which are spelled differently.
"""

import re

from dataflow_desktop.domain.file_options import DelimitedOptions, Quoting

DEFAULT_OPTIONS = DelimitedOptions()

QUOTE = '"'
COMMA = ","

FORMULA_GUARD = "'"
FORMULA_START = "[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20]"
"""What a text begins with that a spreadsheet may run, the full-width ones too:
https://owasp.org/www-community/attacks/CSV_Injection"""

PLAIN_NUMBER = "[+-]?[0-9]+(?:[.,][0-9]+)?(?:[eE][+-]?[0-9]+)?"
"""A whole text that is a number and nothing else: no spreadsheet runs it, whatever it begins with."""

HEX_CHARACTERS = "0123456789abcdef"
INTEGER_CHARACTERS = "-0123456789"


def real_characters(options: DelimitedOptions) -> str:
    """Return what doubles are spelled with, among them inf and nan, and integers with decimals."""
    return INTEGER_CHARACTERS + options.decimal_mark + "+einfa"


def odd_character(options: DelimitedOptions) -> str:
    """Return the pattern of what a cell without quotes must not contain."""
    return f"[{QUOTE}\r\n{re.escape(options.delimiter)}]"


def may_need_quotes(options: DelimitedOptions, characters: str) -> bool:
    """Tell whether a cell spelled with nothing but `characters`, one at least, may have to be in quotes."""
    if options.quoting is Quoting.ALL or options.delimiter in characters:
        return True
    return bool(options.null_text) and set(options.null_text) <= set(characters)
