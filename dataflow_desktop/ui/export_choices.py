"""How files were written the last time: which format, and of each format its options."""

import json
from dataclasses import asdict, fields, replace
from enum import StrEnum
from typing import Any

from PySide6.QtCore import QSettings

from dataflow_desktop.domain.file_options import Compression, DelimitedOptions, FileFormat, FileOptions
from dataflow_desktop.ui.format_words import decimal_words
from dataflow_desktop.ui.option_presets import plain_options

_FORMAT = "export/format"


class ExportChoices:
    """Among the window's settings; what cannot be read there is as if nothing was remembered."""

    def __init__(self, settings: QSettings) -> None:
        self._settings = settings

    @property
    def last_format(self) -> FileFormat:
        """The format of the last export."""
        stored = str(self._settings.value(_FORMAT, FileFormat.CSV))
        return FileFormat(stored) if stored in tuple(FileFormat) else FileFormat.CSV

    def options(self, file_format: FileFormat) -> FileOptions:
        """Return how a file of this format was written the last time, the plain way if none was."""
        plain = plain_options(file_format)
        try:
            stored = json.loads(str(self._settings.value(_key(file_format), "{}")))
            compression = Compression(stored.get("compression", plain.compression))
            given = stored.get("delimited", {})
            delimited = _checked(replace(plain.delimited, **_known(given, plain.delimited)))
        except (ValueError, TypeError, AttributeError):
            return plain
        return replace(plain, compression=compression, delimited=delimited)

    def remember(self, options: FileOptions) -> None:
        """Propose these options and this format the next time; names of columns are a table's own affair."""
        kept = {"compression": options.compression, "delimited": asdict(options.delimited)}
        self._settings.setValue(_FORMAT, options.file_format.value)
        self._settings.setValue(_key(options.file_format), json.dumps(kept))


def _known(given: dict[str, Any], plain: DelimitedOptions) -> dict[str, Any]:
    """Return what `given` says of fields that there are, each of its own type; raises ValueError."""
    return {
        field.name: _typed(given[field.name], getattr(plain, field.name))
        for field in fields(plain)
        if field.name in given
    }


def _checked(options: DelimitedOptions) -> DelimitedOptions:
    """Return options that the dialog can show; raises ValueError for others, which a person wrote."""
    if options.decimal_mark not in decimal_words() or len(options.delimiter) != 1:
        raise ValueError(options)
    return options


def _typed(value: object, like: object) -> object:
    if isinstance(like, StrEnum):
        return type(like)(str(value))
    if type(value) is not type(like):
        raise ValueError(value)
    return value


def _key(file_format: FileFormat) -> str:
    return f"export/{file_format.value}"
