"""A command made of an export asks for just that export, whatever it has of odd names and values."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dataflow_desktop.cli.arguments import parse_arguments
from dataflow_desktop.cli.commands import _spec
from dataflow_desktop.domain.command_line import (
    Unsayable,
    export_command,
    profile_options,
    shell_line,
    what_is_unsayable,
)
from dataflow_desktop.domain.condition_values import parse_condition
from dataflow_desktop.domain.export_profile import profile_of
from dataflow_desktop.domain.export_spec import ExportSpec
from dataflow_desktop.domain.file_options import (
    DELIMITED,
    EXCEL,
    Compression,
    DelimitedOptions,
    Encoding,
    FileFormat,
    FileOptions,
    LineEnding,
    Quoting,
)
from dataflow_desktop.domain.reading import Consistency, InvalidText
from dataflow_desktop.domain.row_query import (
    ON_TEXT,
    WITH_LIST,
    WITHOUT_VALUE,
    Condition,
    Operator,
    RowQuery,
    RowRange,
    Search,
    SortColumn,
    TypedValue,
)
from dataflow_desktop.domain.schema import Column, ColumnKind, Table
from dataflow_desktop.errors import ConfigurationError
from dataflow_desktop.export.creation import KnownTable
from dataflow_desktop.source.description import describe_table
from tests.campaign import examples
from tests.unit.databases import connected, make_database

ODD = '''CREATE TABLE odd (id INTEGER PRIMARY KEY, name TEXT, "a=b" TEXT, "say ""hi""" TEXT,
    "x,y:desc" INTEGER, "-n" REAL, raw BLOB, "any thing", ok BOOLEAN, day DATE, price DECIMAL(10,2),
    "price:desc" TEXT, "--where" TEXT, "two
lines" TEXT, "" TEXT, Größe TEXT)'''

COLUMNS = (
    "id", "name", "a=b", 'say "hi"', "x,y:desc", "-n", "raw", "any thing", "ok", "day", "price", "price:desc",
    "--where", "two\nlines", "", "Größe",
)  # fmt: skip

TEXT = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12),
    st.sampled_from(
        ["", "-5", "--", "--where", "a,b", '"', '""', "a\nb", "\r\n", "it's", "$HOME", "%x%", "="]
    ),
)
INTEGERS = st.integers(-(2**63) + 1, 2**63 - 1)
FLOATS = st.floats(allow_nan=False, allow_infinity=False)
DAYS = st.sampled_from(["2026-03-14", "1999-12-31T23:59:59"])


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KnownTable]:
    path = make_database(tmp_path_factory.mktemp("odd") / "odd.db", ODD)
    with connected(path) as connection:
        yield KnownTable(describe_table(connection, "odd"), connection)


def values_of(column: Column, operator: Operator) -> st.SearchStrategy[TypedValue]:
    if operator in ON_TEXT:
        return TEXT
    match column.kind:
        case ColumnKind.TEXT:
            return TEXT
        case ColumnKind.BYTES:
            return st.binary(max_size=8)
        case ColumnKind.BOOLEAN:
            return st.sampled_from([0, 1])
        case ColumnKind.DATE:
            return st.one_of(INTEGERS, FLOATS, DAYS)
        case _:
            return st.one_of(INTEGERS, FLOATS)


@st.composite
def conditions(draw: st.DrawFn, table: Table) -> Condition:
    column = draw(st.sampled_from(table.columns))
    operator = draw(st.sampled_from(Operator))
    if operator in WITHOUT_VALUE:
        return Condition(column.name, operator)
    if column.kind is ColumnKind.ANY and operator is not Operator.BETWEEN:
        return parse_condition(
            column, operator, draw(st.sampled_from(["5", "5.0", "abc", "-1e3", "1,a", ""]))
        )
    counts = {Operator.BETWEEN: (2, 2), Operator.IN: (1, 4), Operator.NOT_IN: (1, 4)}
    least, most = counts.get(operator, (1, 1))
    values = draw(st.lists(values_of(column, operator), min_size=least, max_size=most))
    return Condition(column.name, operator, tuple(values))


@st.composite
def file_options(draw: st.DrawFn, columns: tuple[str, ...]) -> FileOptions:
    file_format = draw(st.sampled_from(FileFormat))
    delimited = DelimitedOptions()
    if file_format in DELIMITED:
        delimited = DelimitedOptions(
            draw(st.sampled_from([",", ";", "\t", "|", "-", "=", "'", " "])),
            draw(st.sampled_from(Quoting)),
            draw(st.sampled_from(["", "NULL", "-", "--", "--bom", "\\N", "a b"])),
            draw(st.sampled_from(LineEnding)),
            draw(st.booleans()),
            draw(st.booleans()),
            draw(st.sampled_from(Encoding)),
            draw(st.sampled_from([".", ","])),
            draw(st.booleans()),
        )
    names = draw(st.lists(st.sampled_from(columns), unique=True, max_size=3))
    renames = tuple((name, draw(TEXT)) for name in names)
    limit = draw(st.sampled_from(["", "split_rows", "split_bytes"]))
    split = {limit: draw(st.integers(1, 10**15))} if limit else {}
    return FileOptions(file_format, draw(st.sampled_from(Compression)), delimited, renames, **split)


@st.composite
def specs(draw: st.DrawFn, known: KnownTable) -> ExportSpec:
    table = known.table
    names = st.sampled_from(table.column_names)
    columns = draw(
        st.one_of(st.just(table.column_names), st.lists(names, unique=True, min_size=1).map(tuple))
    )
    order = draw(
        st.lists(st.builds(SortColumn, names, st.booleans()), max_size=4, unique_by=lambda by: by.column)
    )
    text = draw(st.one_of(st.none(), TEXT.filter(bool)))
    query = RowQuery(
        table.name,
        columns,
        tuple(draw(st.lists(conditions(table), max_size=3))),
        Search(text) if text else None,
        tuple(order),
    )
    target = draw(
        st.sampled_from(["/tmp/a.csv", "/tmp/b c.tsv.gz", "/tmp/-c.parquet", "/tmp/d", "/tmp/e.zst"])
    )
    return ExportSpec(
        known.connection.source.address,
        query,
        target,
        draw(file_options(columns)),
        is_overwrite_allowed=draw(st.booleans()),
        chunk_rows=draw(st.one_of(st.none(), st.integers(1, 10_000_000))),
        throttle_ms=draw(st.integers(0, 1000)),
        checkpoint_seconds=draw(st.floats(0, 86_400)),
        consistency=draw(st.sampled_from(Consistency)),
        invalid_text=draw(st.sampled_from(InvalidText)),
        has_manifest=draw(st.booleans()),
    )


def asked_by(arguments: list[str], known: KnownTable) -> ExportSpec:
    return _spec(parse_arguments(arguments), known)


def test_the_table_is_as_odd_as_it_is_meant_to_be(known: KnownTable) -> None:
    assert known.table.column_names == COLUMNS
    assert {column.kind for column in known.table.columns} >= {
        ColumnKind.ANY,
        ColumnKind.BYTES,
        ColumnKind.DATE,
    }


@settings(deadline=None, max_examples=examples(150), suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_the_command_asks_for_the_same_export(known: KnownTable, data: st.DataObject) -> None:
    spec = data.draw(specs(known))
    assert what_is_unsayable(spec, known.table) is None
    program, *arguments = export_command(spec, known.table)
    assert program == "dataflow-desktop"
    assert asked_by(arguments, known) == spec


@settings(deadline=None, max_examples=examples(60), suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_the_options_of_a_profile_ask_for_the_same(known: KnownTable, data: st.DataObject) -> None:
    spec = data.draw(specs(known))
    whole = profile_of("p", spec, known.table.column_names)
    if any(known.table.column(one.column).kind is ColumnKind.ANY for one in spec.query.conditions):
        return  # without the table nobody knows that 5 and '5' were typed as one
    arguments = ["export", spec.source, "odd", "-o", "x", *profile_options(whole)]
    again = asked_by(arguments, known)
    assert profile_of("p", replace(again, target=spec.target), known.table.column_names) == whole


@pytest.fixture
def plain(known: KnownTable) -> ExportSpec:
    query = RowQuery("odd", known.table.column_names)
    return ExportSpec(known.connection.source.address, query, "/tmp/odd.csv")


def options_of(spec: ExportSpec, known: KnownTable) -> list[str]:
    return export_command(spec, known.table)[6:]


def test_what_is_so_anyhow_is_left_out(known: KnownTable, plain: ExportSpec) -> None:
    source = known.connection.source.address
    expected = ["dataflow-desktop", "export", source, "odd", "-o", "/tmp/odd.csv"]
    assert export_command(plain, known.table) == expected
    options = FileOptions(FileFormat.TSV, Compression.GZIP, DelimitedOptions(delimiter="\t"))
    assert options_of(replace(plain, target="/tmp/odd.tsv.gz", options=options), known) == []


def test_options_for_excel_are_one_word(known: KnownTable, plain: ExportSpec) -> None:
    german = replace(EXCEL, delimiter=";", decimal_mark=",")
    options = options_of(replace(plain, options=FileOptions(delimited=german)), known)
    assert options == ["--preset=excel", "--delimiter=;", "--decimal=,"]


@pytest.mark.parametrize("name", ["-t", "--where", "-1", "--", "-o"])
def test_a_table_may_be_called_like_an_option(known: KnownTable, plain: ExportSpec, name: str) -> None:
    table = replace(known.table, name=name)
    condition = Condition("name", Operator.EQUAL, ("--",))
    spec = replace(plain, query=replace(plain.query, table=name, conditions=(condition,)))
    _, *arguments = export_command(spec, table)
    parsed = parse_arguments(arguments)
    assert (parsed.source, parsed.table, parsed.file) == (spec.source, name, spec.target)
    assert parsed.where == [("name", "=", "--")]


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("postgresql://ada:se:cr@t@host/shop", "postgresql://ada@host/shop"),
        ("mysql://ada@host/shop?password=secret", "mysql://ada@host/shop?password=…"),
        (
            "postgresql://host/shop?sslkey=/home/ada/key.pem",
            "postgresql://host/shop?sslkey=/home/ada/key.pem",
        ),
    ],
)
def test_no_password_is_in_it(known: KnownTable, plain: ExportSpec, source: str, shown: str) -> None:
    assert export_command(replace(plain, source=source), known.table)[2] == shown


LONG = RowRange((SortColumn("id"),), (1,), (9,))


@pytest.mark.parametrize(
    ("query", "why"),
    [
        (RowQuery("odd", COLUMNS, rows=LONG), Unsayable.SELECTED_ROWS),
        (RowQuery("odd", COLUMNS, search=Search("a", "name")), Unsayable.SEARCH),
        (RowQuery("odd", COLUMNS, (Condition("id", Operator.EQUAL, ("abc",)),)), Unsayable.CONDITION),
        (RowQuery("odd", COLUMNS, (Condition("name", Operator.EQUAL, (5,)),)), Unsayable.CONDITION),
        (RowQuery("odd", COLUMNS, (Condition("-n", Operator.LESS, (float("inf"),)),)), Unsayable.CONDITION),
        (RowQuery("odd", COLUMNS, (Condition("name", Operator.IN, ()),)), Unsayable.CONDITION),
        (RowQuery("odd", COLUMNS, (Condition("name", Operator.EQUAL, ("a\0b",)),)), Unsayable.ARGUMENT),
    ],
)
def test_what_cannot_be_said_is_told(
    known: KnownTable, plain: ExportSpec, query: RowQuery, why: Unsayable
) -> None:
    assert what_is_unsayable(replace(plain, query=query), known.table) is why


def test_a_line_for_a_shell_is_quoted_as_that_shell_wants() -> None:
    words = ["a b", "it's", "$x", ">", "c:\\d e\\", 'say "hi"', "x&y\\"]
    assert shell_line(words, is_windows=False) == (
        "'a b' 'it'\"'\"'s' '$x' '>' 'c:\\d e\\' 'say \"hi\"' 'x&y\\'"
    )
    assert shell_line(words, is_windows=True) == ('"a b" it\'s $x ">" "c:\\d e\\\\" "say \\"hi\\"" "x&y\\\\"')


@pytest.mark.parametrize("text", ["=x", "name", '"a=x', '"a"b=x', ""])
def test_a_rename_without_a_name_is_refused(text: str, known: KnownTable) -> None:
    with pytest.raises(ConfigurationError):
        parse_arguments(["export", "s", "t", "-o", "f", f"--rename={text}"])


@pytest.mark.parametrize(
    ("text", "pair"),
    [
        ('"a=b"=c=d', ("a=b", "c=d")),
        ("a=b=c", ("a", "b=c")),
        ('"say ""hi"""=', ('say "hi"', "")),
        ('a"=b', ('a"', "b")),
    ],
)
def test_a_name_with_an_equals_sign_stands_in_quotes(text: str, pair: tuple[str, str]) -> None:
    assert parse_arguments(["export", "s", "t", "-o", "f", "--rename", text]).renames == [pair]


def test_every_value_of_a_list_is_kept(known: KnownTable, plain: ExportSpec) -> None:
    values = ("a,b", 'say "hi"', "", "-5", "two\nlines")
    for operator in WITH_LIST - {Operator.BETWEEN}:
        condition = Condition("name", operator, values)
        spec = replace(plain, query=replace(plain.query, conditions=(condition,)))
        assert asked_by(export_command(spec, known.table)[1:], known) == spec
