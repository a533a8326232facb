"""A manifest in words of JSON, and back as far as a file can be compared with it."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from dataflow_desktop.domain.export_spec import ExportSpec
from dataflow_desktop.domain.file_options import DELIMITED, DelimitedOptions
from dataflow_desktop.domain.finished_file import Piece, PieceDigests
from dataflow_desktop.domain.manifest import ExportedColumn, ExportedFile, Manifest
from dataflow_desktop.domain.row_query import RowQuery, SortColumn, Value
from dataflow_desktop.domain.source_address import without_secrets

FORMAT_VERSION = 1
"""Changes when a reader of the one before would misunderstand a manifest, not when a word is added."""

MOST_EXACT_INTEGER = 2**53
"""Larger ones are texts, as in JSON Lines: many readers of JSON take every number for a double."""

Words = Mapping[str, Any]


class NewerManifestError(ValueError):
    """A manifest is of a newer version of the program."""


@dataclass(frozen=True)
class ReadManifest:
    """As much of a manifest as is read again: its files, and when they were exported."""

    files: tuple[ExportedFile, ...]
    started: str
    finished: str | None

    def file_called(self, name: str) -> ExportedFile | None:
        """Return what it says of the file of that name, None where it says nothing."""
        return next((file for file in self.files if file.name == name), None)


def words_of(manifest: Manifest) -> dict[str, Any]:
    """Return `manifest` as JSON has it: one file at the top, of several a list."""
    spec, files = manifest.spec, manifest.files
    return {
        "format_version": FORMAT_VERSION,
        "program": manifest.program,
        "encoder": manifest.encoder,
        "source": without_secrets(spec.source),
        "table": spec.query.table,
        "query": _query_words(spec),
        "columns": [_column_words(column) for column in manifest.columns],
        "options": _option_words(spec),
        "rows": sum(file.rows for file in files),
        "bytes": sum(file.bytes for file in files),
        "started": manifest.started,
        "finished": manifest.finished,
        "resumes": manifest.resumes,
        "source_changed": manifest.source_changed.value,
        **_since_words(spec),
        **(_single_words(files[0]) if len(files) == 1 else {"files": [_file_words(file) for file in files]}),
    }


def manifest_from(words: object) -> ReadManifest:
    """Return what the words of a manifest say; raises ValueError, with why, where they are none."""
    try:
        return _manifest_from(_typed(words, dict))
    except KeyError as error:
        raise ValueError(f"it has no {error.args[0]}") from error


def _manifest_from(words: Words) -> ReadManifest:
    if _typed(words["format_version"], int) > FORMAT_VERSION:
        raise NewerManifestError(words["format_version"])
    listed = words.get("files", [{**words, "name": words.get("file")}])
    files = tuple(_file_from(_typed(file, dict)) for file in _typed(listed, list))
    finished = words["finished"]
    return ReadManifest(
        files, _typed(words["started"], str), None if finished is None else _typed(finished, str)
    )


def _single_words(file: ExportedFile) -> dict[str, Any]:
    words = _file_words(file)
    return {"file": words.pop("name"), **words}


def _file_words(file: ExportedFile) -> dict[str, Any]:
    words: dict[str, Any] = {
        "name": file.name,
        "rows": file.rows,
        "bytes": file.bytes,
        "sha256": file.sha256,
    }
    if file.pieces is not None:
        words["parts"] = [
            {"offset": piece.offset, "bytes": piece.bytes, "sha256": piece.sha256}
            for piece in file.pieces.pieces(file.bytes)
        ]
    return words


def _file_from(words: Words) -> ExportedFile:
    name, size = _typed(words["name"], str), _typed(words["bytes"], int)
    if PurePath(name).name != name or name in {"", ".."}:
        raise ValueError(f"{name!r} is no file's name")
    rows, sha256 = _typed(words["rows"], int), _typed(words["sha256"], str)
    return ExportedFile(name, rows, size, sha256, _pieces_from(words.get("parts"), size))


def _pieces_from(parts: object, size: int) -> PieceDigests | None:
    if parts is None:
        return None
    found = [
        Piece(_typed(part["offset"], int), _typed(part["bytes"], int), _typed(part["sha256"], str))
        for part in (_typed(part, dict) for part in _typed(parts, list))
    ]
    # Of an empty file there is nothing that a size could be taken from, nor is one needed.
    pieces = PieceDigests(found[0].bytes if found else 1, tuple(piece.sha256 for piece in found))
    if list(pieces.pieces(size)) != found or sum(piece.bytes for piece in found) != size:
        raise ValueError("its parts do not make up the file")
    return pieces


def _typed(value: Any, kind: type) -> Any:  # noqa: ANN401 - whatever JSON has
    if not isinstance(value, kind) or isinstance(value, bool):
        raise ValueError(f"{value!r:.40} is not what stands there in a manifest")  # noqa: TRY004 - as JSON does
    return value


def _query_words(spec: ExportSpec) -> dict[str, Any]:
    query, own = spec.query, spec.own_query
    words: dict[str, Any] = {
        "columns": list(query.columns),
        "conditions": [
            {
                "column": condition.column,
                "operator": condition.operator.value,
                "values": [_value_word(value) for value in condition.values],
            }
            for condition in query.conditions
        ],
        "search": None,
        "order": [_sort_words(sort) for sort in query.order],
        **_range_words(query),
    }
    if query.search is not None:
        words["search"] = {"text": query.search.text, "column": query.search.column}
    if own is not None:
        words["statement"], words["key"] = own.statement, list(own.key)
        words["parameters"] = dict(own.parameters)
    return words


def _range_words(query: RowQuery) -> dict[str, Any]:
    if query.rows is None:
        return {}
    return {
        "rows": {
            "order": [_sort_words(sort) for sort in query.rows.order],
            "first": [_value_word(value) for value in query.rows.first],
            "last": [_value_word(value) for value in query.rows.last],
        }
    }


def _since_words(spec: ExportSpec) -> dict[str, Any]:
    """Return since when rows are in the file, and behind which key; nothing where it has them all."""
    last, beyond = spec.last, spec.query.beyond
    if last is None:
        return {}
    words: dict[str, Any] = {
        "time": last.time,
        "key": None if beyond is None else [_value_word(value) for value in beyond],
        "file": PurePath(last.file).name,
    }
    if last.old_version is not None:
        words["appended_to"] = {
            "rows": last.old_version.rows,
            "bytes": last.old_version.bytes,
            "sha256": last.old_version.sha256,
        }
    return {"profile": spec.profile, "since": words}


def _sort_words(sort: SortColumn) -> dict[str, Any]:
    return {"column": sort.column, "descending": sort.is_descending}


def _value_word(value: Value) -> object:
    match value:
        case bytes():
            return {"hex": value.hex()}
        case int() if abs(value) > MOST_EXACT_INTEGER:
            return str(value)
        case float() if not math.isfinite(value):
            return str(value)
        case _:
            return value


def _column_words(exported: ExportedColumn) -> dict[str, Any]:
    column = exported.column
    words = {
        "column": column.name,
        "name": exported.name,
        "kind": column.kind.value,
        "declared_type": column.declared_type,
    }
    return words if exported.file_type is None else {**words, "type": exported.file_type}


def _option_words(spec: ExportSpec) -> dict[str, Any]:
    options = spec.options
    words: dict[str, Any] = {
        "format": options.file_format.value,
        "compression": options.compression.value,
        "invalid_text": spec.invalid_text.value,
        "consistency": spec.consistency.value,
    }
    if options.split_rows is not None:
        words["split_rows"] = options.split_rows
    if options.split_bytes is not None:
        words["split_bytes"] = options.split_bytes
    if options.file_format in DELIMITED:
        words.update(_delimited_words(options.delimited))
    return words


def _delimited_words(options: DelimitedOptions) -> dict[str, Any]:
    return {
        "delimiter": options.delimiter,
        "quoting": options.quoting.value,
        "null": options.null_text,
        "line_ending": options.line_ending.value,
        "header": options.has_header,
        "bom": options.has_bom,
        "encoding": options.encoding.value,
        "decimal": options.decimal_mark,
        "formula_guard": options.has_formula_guard,
    }
