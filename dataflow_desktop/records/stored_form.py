"""Specs, plans and reasons as JSON text, and back, without loss."""

from typing import Any, TypeVar

from cattrs.errors import BaseValidationError
from cattrs.gen import make_dict_unstructure_fn, override
from cattrs.preconf.json import make_converter

from dataflow_desktop.domain.export_spec import ExportSpec
from dataflow_desktop.domain.file_options import FileOptions
from dataflow_desktop.domain.frame_layout import FrameLayout
from dataflow_desktop.domain.keyset import load_value, store_value
from dataflow_desktop.domain.row_query import RowQuery, TypedValue, Value
from dataflow_desktop.domain.schema import Column, Table

T = TypeVar("T")

UNREADABLE = (BaseValidationError, ValueError)
"""What `from_json` raises for a text that `to_json` did not give for that kind."""

_VALUES = (Value, TypedValue)

_converter = make_converter()
_converter.register_unstructure_hook_func(lambda kind: kind in _VALUES, store_value)
_converter.register_structure_hook_func(lambda kind: kind in _VALUES, lambda stored, _: load_value(stored))
# Left out where there is none, as before there were any: the fingerprints of older jobs stay what they are.
_left_out = override(omit_if_default=True)
_converter.register_unstructure_hook(
    RowQuery, make_dict_unstructure_fn(RowQuery, _converter, rows=_left_out, beyond=_left_out)
)
_converter.register_unstructure_hook(
    FileOptions,
    make_dict_unstructure_fn(FileOptions, _converter, split_rows=_left_out, split_bytes=_left_out),
)
_converter.register_unstructure_hook(
    FrameLayout, make_dict_unstructure_fn(FrameLayout, _converter, file_rows=_left_out)
)
_converter.register_unstructure_hook(
    Column, make_dict_unstructure_fn(Column, _converter, base_type=_left_out, has_language_order=_left_out)
)
_converter.register_unstructure_hook(
    Table,
    make_dict_unstructure_fn(Table, _converter, system=_left_out, path=_left_out, own_query=_left_out),
)
_converter.register_unstructure_hook(
    ExportSpec,
    make_dict_unstructure_fn(
        ExportSpec,
        _converter,
        own_query=_left_out,
        has_manifest=_left_out,
        profile=_left_out,
        is_since_last=_left_out,
        last=_left_out,
    ),
)


def to_json(thing: Any, kind: type[T] | Any = None) -> str:  # noqa: ANN401 - any frozen dataclass, or a keyset
    """Return `thing` as JSON text with sorted keys, so that equal things give equal text."""
    return _converter.dumps(thing, unstructure_as=kind or type(thing), sort_keys=True)


def from_json(text: str, kind: type[T]) -> T:
    """Return the `kind` that `to_json` was given."""
    return _converter.loads(text, kind)
