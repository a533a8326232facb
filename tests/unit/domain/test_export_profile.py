"""What a profile takes of an export, and what it says of another; lists as they are typed."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dataflow_desktop.domain.export_profile import ExportProfile, profile_of
from dataflow_desktop.domain.export_spec import ExportSpec
from dataflow_desktop.domain.file_options import FileOptions
from dataflow_desktop.domain.row_query import Condition, Operator, RowQuery, RowRange, Search, SortColumn
from dataflow_desktop.domain.typed_lists import join_list, split_list

COLUMNS = ("id", "name", "price")
DEAR = Condition("price", Operator.GREATER, (100,))
BY_NAME = (SortColumn("name"),)


def test_it_holds_no_secret_and_all_columns_are_none_in_particular() -> None:
    spec = ExportSpec("postgresql://ada:secret@host/shop?sslmode=require", RowQuery("t", COLUMNS), "/x.csv")
    profile = profile_of("p", spec, COLUMNS)
    assert (profile.source, profile.columns) == ("postgresql://ada@host/shop", None)
    fewer = replace(spec, query=RowQuery("t", ("price", "id")))
    assert profile_of("p", fewer, COLUMNS).columns == ("price", "id")


def test_where_it_says_nothing_the_rows_and_their_order_stay() -> None:
    query = RowQuery("t", COLUMNS, (DEAR,), Search("a"), BY_NAME)
    assert ExportProfile().rows_of(query) == query
    ordered = ExportProfile(order=(SortColumn("id"),)).rows_of(query)
    assert ordered == replace(query, order=(SortColumn("id"),))


@pytest.mark.parametrize("said", [ExportProfile(search=Search("b")), ExportProfile(conditions=(DEAR,))])
def test_a_filter_of_it_takes_the_place_of_the_whole_filter(said: ExportProfile) -> None:
    other = Condition("id", Operator.LESS, (5,))
    query = said.rows_of(RowQuery("t", COLUMNS, (other,), Search("a")))
    assert (query.conditions, query.search) == (said.conditions, said.search)


def test_selected_rows_are_left_alone() -> None:
    query = RowQuery("t", COLUMNS, rows=RowRange((SortColumn("id"),), (1,), (2,)))
    assert ExportProfile(conditions=(DEAR,), order=BY_NAME).rows_of(query) == query


@pytest.mark.parametrize(
    "named",
    [
        ExportProfile(columns=("name",)),
        ExportProfile(conditions=(Condition("name", Operator.IS_NULL),)),
        ExportProfile(order=BY_NAME),
        ExportProfile(search=Search("a", "name")),
        ExportProfile(options=FileOptions(renames=(("name", "Name"),))),
    ],
)
def test_it_fits_a_table_that_has_every_column_it_names(named: ExportProfile) -> None:
    assert named.fits(COLUMNS)
    assert not named.fits(("id", "price"))


def test_names_in_the_file_are_kept_for_columns_that_are_written() -> None:
    profile = ExportProfile(options=FileOptions(renames=(("name", "Name"), ("price", "Preis"))))
    assert profile.options_for(("id", "price")).renames == (("price", "Preis"),)


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=1))
def test_a_joined_list_is_split_into_its_entries(entries: list[str]) -> None:
    assert split_list(join_list(entries)) == entries
