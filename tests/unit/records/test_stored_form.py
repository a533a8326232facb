"""Specs, plans, keysets and reasons come back as they were."""

import json
from copy import deepcopy
from dataclasses import fields, is_dataclass, replace

from hypothesis import given
from hypothesis import strategies as st

from dataflow_desktop.domain.export_spec import ExportSpec
from dataflow_desktop.domain.job import Plan
from dataflow_desktop.domain.keyset import Keyset
from dataflow_desktop.domain.last_export import LastExport, OldVersion
from dataflow_desktop.domain.row_query import (
    Condition,
    Operator,
    RowQuery,
    RowRange,
    Search,
    SortColumn,
    TypedValue,
    Value,
)
from dataflow_desktop.domain.schema import Column, ColumnKind, Table, TableKind
from dataflow_desktop.errors import Reason
from dataflow_desktop.records.stored_form import from_json, to_json

NAMES = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
NUMBERS = st.integers(-(2**63), 2**63 - 1) | st.floats(allow_nan=False)
TYPED: st.SearchStrategy[TypedValue] = NUMBERS | NAMES | st.binary(max_size=8)
VALUES: st.SearchStrategy[Value] = st.none() | TYPED
CONDITIONS = st.builds(Condition, NAMES, st.sampled_from(Operator), st.lists(TYPED, max_size=3).map(tuple))
QUERIES = st.builds(
    RowQuery,
    NAMES,
    st.lists(NAMES, max_size=3).map(tuple),
    st.lists(CONDITIONS, max_size=3).map(tuple),
    st.none() | st.builds(Search, NAMES, st.none() | NAMES),
    rows=st.none()
    | st.builds(
        RowRange,
        st.lists(st.builds(SortColumn, NAMES, st.booleans()), max_size=2).map(tuple),
        st.lists(VALUES, max_size=3).map(tuple),
        st.lists(VALUES, max_size=3).map(tuple),
    ),
    beyond=st.none() | st.lists(VALUES, max_size=3).map(tuple),
)
SPECS = st.builds(
    ExportSpec,
    source=NAMES,
    query=QUERIES,
    target=NAMES,
    is_overwrite_allowed=st.booleans(),
    chunk_rows=st.none() | st.integers(1, 10**6),
    throttle_ms=st.integers(0, 1000),
    checkpoint_seconds=st.floats(0, 60),
    has_manifest=st.booleans(),
    profile=NAMES,
    is_since_last=st.booleans(),
    last=st.none()
    | st.builds(
        LastExport,
        NAMES,
        NAMES,
        NAMES,
        st.none() | st.builds(OldVersion, st.integers(0, 10**12), st.integers(0, 10**12), NAMES),
    ),
)
KEYSETS: st.SearchStrategy[Keyset | None] = st.none() | st.lists(VALUES, max_size=3).map(tuple)
TABLES = st.builds(
    Table,
    NAMES,
    st.sampled_from(TableKind),
    st.lists(
        st.builds(
            Column, NAMES, NAMES, st.sampled_from(ColumnKind), st.booleans(), st.none() | st.integers(0, 9)
        ),
        max_size=3,
    ).map(tuple),
    st.lists(NAMES, max_size=2).map(tuple),
)
PLANS = st.builds(Plan, TABLES, KEYSETS, st.integers(0, 10**12), NAMES, NAMES)


def types_in(value: object) -> object:
    """Return the types of what lies in `value`: 1, 1.0 and True are equal but not the same."""
    if isinstance(value, tuple):
        return [types_in(item) for item in value]
    if is_dataclass(value):
        return [types_in(getattr(value, field.name)) for field in fields(value)]
    return type(value)


@given(SPECS)
def test_a_spec_comes_back(spec: ExportSpec) -> None:
    loaded = from_json(to_json(spec), ExportSpec)
    assert loaded == spec
    assert types_in(loaded) == types_in(spec)


@given(PLANS)
def test_a_plan_comes_back(plan: Plan) -> None:
    loaded = from_json(to_json(plan), Plan)
    assert loaded == plan
    assert types_in(loaded) == types_in(plan)


@given(KEYSETS)
def test_a_keyset_comes_back(keyset: Keyset | None) -> None:
    loaded: Keyset | None = from_json(to_json(keyset, Keyset | None), Keyset | None)  # type: ignore[arg-type]
    assert loaded == keyset
    assert types_in(loaded) == types_in(keyset)


@given(NAMES, NAMES, st.dictionaries(NAMES, NAMES))
def test_a_reason_comes_back(kind: str, code: str, facts: dict[str, str]) -> None:
    reason = Reason(kind, code, facts)
    assert from_json(to_json(reason), Reason) == reason


@given(SPECS)
def test_the_form_is_json_that_any_reader_takes(spec: ExportSpec) -> None:
    stored = json.loads(to_json(spec), parse_constant=lambda name: (_ for _ in ()).throw(ValueError(name)))
    assert stored["target"] == spec.target


@given(SPECS, SPECS)
def test_equal_things_give_equal_text_and_others_do_not(spec: ExportSpec, other: ExportSpec) -> None:
    assert to_json(deepcopy(spec)) == to_json(spec)
    if to_json(other) == to_json(spec):
        assert other == spec


def test_a_query_of_all_rows_is_stored_as_it_always_was() -> None:
    # Its text is part of the fingerprint of every job: another text would refuse all older ones.
    expected = '{"columns": ["a"], "conditions": [], "order": [], "search": null, "table": "t"}'
    assert to_json(RowQuery("t", ("a",))) == expected


def test_what_a_spec_does_not_ask_for_is_left_out() -> None:
    spec = ExportSpec("/s.db", RowQuery("t", ("a",)), "/t.csv")
    assert {"own_query", "has_manifest"}.isdisjoint(json.loads(to_json(spec)))
    assert json.loads(to_json(replace(spec, has_manifest=True)))["has_manifest"] is True
