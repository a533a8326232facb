"""Whether a file can be written as it was asked for, told before anything is written."""

from collections import Counter

from dataflow_desktop.domain.export_spec import ExportSpec
from dataflow_desktop.domain.file_options import (
    DELIMITED,
    MOST_FILES,
    Compression,
    DelimitedOptions,
    FileFormat,
    FileOptions,
    check_delimited,
    compression_named,
    format_named,
)
from dataflow_desktop.domain.schema import Table
from dataflow_desktop.domain.sheet_limits import SHEET_COLUMNS
from dataflow_desktop.errors import ConfigurationError, ReasonCode


def check_file(spec: ExportSpec, table: Table) -> None:
    """Raise ConfigurationError unless the chosen columns of `table` can be written as `spec` says."""
    options = spec.options
    names = _checked_names(spec, table)
    if options.file_format is FileFormat.XLSX:
        if options.compression is not Compression.NONE:
            raise ConfigurationError(ReasonCode.COMPRESSED_ALREADY)
        if len(names) > SHEET_COLUMNS:
            raise ConfigurationError(
                ReasonCode.TOO_MANY_COLUMNS, count=f"{len(names):,}", most=f"{SHEET_COLUMNS:,}"
            )
    _check_split(options)
    if options.file_format in DELIMITED:
        check_delimited(options.delimited)
        _check_header(options.delimited, names)


def check_file_count(spec: ExportSpec, rows: int) -> None:
    """Raise ConfigurationError when so many rows need more numbered files than have names in their order."""
    split_rows = spec.options.split_rows
    if split_rows is not None and rows > split_rows * MOST_FILES:
        raise ConfigurationError(
            ReasonCode.SPLIT_TOO_SMALL,
            rows=f"{rows:,}",
            most=f"{MOST_FILES:,}",
            at_least=f"{-(-rows // MOST_FILES):,}",
        )


def check_name_fits(spec: ExportSpec, target: str) -> None:
    """Raise ConfigurationError when the name of `target` tells another format than `spec` has.

    Of a name that somebody chose with a format of its own nothing is said: `spec` has that name already.
    """
    told = (format_named(target) or spec.options.file_format, compression_named(target))
    chosen = (spec.options.file_format, spec.options.compression)
    before = (format_named(spec.target), compression_named(spec.target))
    if told not in {chosen, before}:
        raise ConfigurationError(
            ReasonCode.NAME_MISLEADS, target=target, format=spec.options.file_format.value.upper()
        )


def _check_split(options: FileOptions) -> None:
    if any(most is not None and most < 1 for most in (options.split_rows, options.split_bytes)):
        raise ConfigurationError(ReasonCode.SPLIT_WRONG)
    if options.split_rows is not None and options.split_bytes is not None:
        raise ConfigurationError(ReasonCode.SPLIT_TWICE)
    if options.split_bytes is not None and options.file_format is FileFormat.XLSX:
        raise ConfigurationError(ReasonCode.SPLIT_BYTES_OF_SHEETS)


def _checked_names(spec: ExportSpec, table: Table) -> list[str]:
    """Return the names in the file."""
    for old, _ in spec.options.renames:
        if old not in spec.query.columns:
            known = ", ".join(spec.query.columns)
            raise ConfigurationError(ReasonCode.COLUMN_UNKNOWN, column=old, table=table.name, known=known)
    names = list(spec.options.names_in_file(spec.query.columns))
    for name, count in Counter(names).items():
        if count > 1:
            raise ConfigurationError(ReasonCode.NAME_TWICE, name=name)
    return names


def _check_header(options: DelimitedOptions, names: list[str]) -> None:
    for name in names:
        if options.has_header and not options.encoding.has(name):
            raise ConfigurationError(
                ReasonCode.NAME_NOT_IN_ENCODING, name=name, encoding=options.encoding.value
            )
