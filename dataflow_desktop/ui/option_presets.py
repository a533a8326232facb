"""Options of delimited text that go together, in the format and the country of the user."""

from dataclasses import replace
from enum import StrEnum

from dataflow_desktop.domain.file_options import (
    EXCEL,
    DelimitedOptions,
    FileFormat,
    FileOptions,
    fitting,
    usual_compression,
)
from dataflow_desktop.ui.languages import system_decimal_mark


class Preset(StrEnum):
    """A way to write delimited text; custom is every other."""

    PLAIN = "plain"
    EXCEL = "excel"
    CUSTOM = "custom"


def plain_options(file_format: FileFormat) -> FileOptions:
    """Return how a file of this format is written when nobody says otherwise."""
    compression = usual_compression("", file_format)
    return FileOptions(file_format, compression, preset_options(Preset.PLAIN, file_format))


def preset_options(preset: Preset, file_format: FileFormat) -> DelimitedOptions:
    """Return the options of `preset`: Excel's with the marks of the user's locale, as their Excel has them.

    Excel takes the list separator for the delimiter of CSV, which is a semicolon where the comma is in
    numbers. Custom has no options of its own: it gives the plain ones.
    """
    options = DelimitedOptions()
    if preset is Preset.EXCEL:
        has_comma = system_decimal_mark() == ","
        options = replace(EXCEL, delimiter=";", decimal_mark=",") if has_comma else EXCEL
    return fitting(options, file_format)


def preset_of(options: DelimitedOptions, file_format: FileFormat) -> Preset:
    """Return the preset whose options these are."""
    presets = (Preset.PLAIN, Preset.EXCEL)
    return next((one for one in presets if preset_options(one, file_format) == options), Preset.CUSTOM)
