"""What the details of an export say, in words."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from dataflow_desktop.domain.file_options import Compression, DelimitedOptions, FileFormat, FileOptions
from dataflow_desktop.domain.job import Job, JobState, SourceChanged
from dataflow_desktop.domain.last_export import LastExport, OldVersion
from dataflow_desktop.domain.own_query import OwnQuery
from dataflow_desktop.domain.progress import Finished, Progress
from dataflow_desktop.domain.row_query import Condition, Operator, RowQuery, RowRange, Search, SortColumn
from dataflow_desktop.domain.schema import Column, ColumnKind
from dataflow_desktop.errors import Reason, ReasonCode
from dataflow_desktop.ui.figures import time_text
from dataflow_desktop.ui.job_details_words import (
    MOST_COLUMNS,
    Detail,
    asked_details,
    course_details,
    file_details,
    traces_words,
)
from dataflow_desktop.ui.job_words import JobView, Situation, details_words, ended_text
from dataflow_desktop.ui.notification import done_notice
from tests.gui.test_exports_panel import JOB
from tests.gui.test_history import WHOLE, done

NOW = datetime(2026, 1, 1, 2, 5, tzinfo=UTC)


def asked(job: Job) -> dict[str, str]:
    return said(asked_details(job))


def course(view: JobView) -> dict[str, str]:
    return said(course_details(view, NOW))


def said(details: list[Detail]) -> dict[str, str]:
    words = {detail.name: detail.words for detail in details}
    assert len(words) == len(details), "two things are called the same"
    return words


def job_for(query: RowQuery, **changes: object) -> Job:
    names = ("id", "price", "name")
    columns = tuple(Column(name, "TEXT", ColumnKind.TEXT) for name in names)
    table = replace(JOB.plan.table, columns=columns)
    return replace(
        JOB,
        spec=replace(JOB.spec, query=query, **changes),  # type: ignore[arg-type]  # whatever a test changes
        plan=replace(JOB.plan, table=table),
    )


def test_rows_columns_and_order_are_said_as_they_were_asked_for() -> None:
    query = RowQuery(
        "t",
        ("id", "price"),
        (Condition("price", Operator.GREATER, (20.0,)), Condition("name", Operator.IN, ("a", "b"))),
        Search("ultra"),
        (SortColumn("price", True), SortColumn("name")),
    )
    words = asked(job_for(query))
    assert words["Columns"] == "2 of 3: id, price"
    assert words["Rows"] == "any text contains “ultra” · price is more than 20.0 · name is one of a, b"
    assert words["Order"] == "price, largest first; name, smallest first; then as the key: id"


def test_selected_rows_are_said_by_their_ends() -> None:
    rows = RowRange((SortColumn("id"),), (3,), (None,))
    assert asked(job_for(RowQuery("t", ("id",), rows=rows)))["Rows"] == "selected ones, from 3 to NULL"


def test_a_query_of_ones_own_shows_its_statement() -> None:
    own = OwnQuery("dear", "SELECT * FROM t WHERE price > :least", ("id",), (("least", "20"),))
    words = asked(job_for(RowQuery("dear", ("id",)), own_query=own))
    assert words["Statement"] == "SELECT * FROM t WHERE price > :least"
    assert words["Values"] == "least = 20"


def test_no_password_is_shown() -> None:
    words = asked(job_for(RowQuery("t", ("id",)), source="postgresql://me:hidden@host/db?password=hidden"))
    assert "hidden" not in "".join(words.values())
    assert "host/db" in words["Source"]


def test_of_thousands_of_columns_the_first_are_named_and_the_rest_are_counted() -> None:
    names = tuple(f"c{number}" for number in range(2_000))
    words = asked(job_for(RowQuery("t", names)))["Columns"]
    assert words.endswith(f"c{MOST_COLUMNS - 1} … and 1,900 more")


def test_options_of_delimited_text_are_said_and_of_other_formats_left_out() -> None:
    delimited = DelimitedOptions(delimiter=";", null_text="NULL", decimal_mark=",", has_header=False)
    options = FileOptions(FileFormat.CSV, Compression.GZIP, delimited, renames=(("id", "number"),))
    words = asked(job_for(RowQuery("t", ("id",)), options=options, has_manifest=True))
    assert words["Format"] == "CSV, packed with gzip"
    assert (words["Delimiter"], words["NULL"], words["Decimals"]) == ("Semicolon", "as “NULL”", "Comma: 1,5")
    assert words["Lines"] == "LF · UTF-8 · without a line of names"
    assert words["New names"] == "id → number"
    assert "with a manifest" in words["Care"]
    assert "Delimiter" not in asked(
        job_for(RowQuery("t", ("id",)), options=FileOptions(FileFormat.PARQUET, Compression.ZSTD))
    )


def test_the_course_of_a_running_job_has_progress_and_speed() -> None:
    progress = Progress("0", 45_000, 40_000, 100_000, 3_660_000, 910_000.0, 75, 73_400_000.0)
    words = course(JobView(JOB, Situation.RUNNING, progress))
    assert words["State"] == "Exporting"
    assert words["Progress"] == "45,000 of 100,000 rows, 45 %"
    assert words["Speed"] == "910,000 rows/s · 73.4 MB/s · 40,000 rows saved · 1 min 15 s left"
    assert words["Started"].endswith(", 2 h 5 min ago")
    assert (words["Resumed"], words["Job"]) == ("never", "0")


def test_the_course_of_a_finished_job_says_how_long_it_took() -> None:
    job = replace(done(1), epoch=3, finished_at="2026-01-01T00:00:42+00:00", source_changed=SourceChanged.YES)
    words = course(JobView(job))
    assert words["Finished"].endswith(", after 42 s")
    assert words["Resumed"] == "2 times"
    assert words["Source changed"].startswith("yes, ")
    assert "Progress" not in words


def test_the_course_of_a_job_that_stopped_says_why_and_what_to_do() -> None:
    reason = Reason("destination", ReasonCode.DISK_FULL.name, {"file": "file.csv"})
    words = course(JobView(replace(JOB, reason=reason)))
    assert words["State"] == "Paused by an error"
    assert words["Why"]
    assert words["What to do"]
    given_up = course(JobView(replace(JOB, reason=reason, state=JobState.CANCELLED)))
    assert "Why" not in given_up


def test_the_file_is_said_with_its_exact_size_and_digest() -> None:
    words = said(file_details(done(1)))
    assert words["Size"] == "100,000 rows · 5.0 MB · 5,000,000 bytes"
    assert words["SHA-256"] == "ab" * 32
    assert said(file_details(JOB)) == {"File": "/folder/file.csv"}


def split_done(files: int) -> Job:
    job = done(1, "/folder/out.csv")
    return replace(
        job,
        spec=replace(job.spec, options=FileOptions(split_rows=10)),
        whole_file=replace(WHOLE, files=files),
    )


def test_numbered_files_are_said_by_the_first_the_last_and_how_many() -> None:
    words = said(file_details(split_done(1_200)))
    assert words["File"] == "/folder/out-0001.csv to out-1200.csv (1,200 files)"
    assert words["SHA-256 of the list"] == "ab" * 32
    assert said(file_details(split_done(1)))["File"] == "/folder/out-0001.csv"
    unfinished = replace(split_done(3), whole_file=None, state=JobState.PAUSED)
    assert said(file_details(unfinished)) == {"File": "/folder/out-0001.csv, …"}


def test_what_stands_on_the_card_names_the_numbered_files_and_no_secret() -> None:
    job = split_done(3)
    job = replace(job, spec=replace(job.spec, source="postgresql://me:hidden@host/db"))
    files = "/folder/out-0001.csv to out-0003.csv (3 files)"
    assert details_words(JobView(job)).splitlines() == [
        files,
        "from t in postgresql://me@host/db",
        f"SHA-256 of the list: {'ab' * 32}",
    ]
    assert ended_text(job).hint == f"All its rows are in {files}."
    finished = Finished("1", 30, 90, "x", "/folder/out.csv", 30, names=("out-0001.csv", "out-0002.csv"))
    assert done_notice(finished).text == "30 rows are in out-0001.csv to out-0002.csv (2 files)."
    assert done_notice(replace(finished, names=())).text == "30 rows are in out.csv."


def since_last(old_version: OldVersion | None = None) -> Job:
    last = LastExport("0", "2026-01-01T00:00:00+00:00", "/folder/old.csv", old_version)
    query = RowQuery("t", ("id",), (Condition("id", Operator.GREATER, (2,)),), beyond=(20,))
    job = job_for(query, profile="daily", is_since_last=True, last=last)
    return replace(job, plan=replace(job.plan, total_rows=25))


def test_rows_that_were_added_since_the_last_export_are_said_with_their_time() -> None:
    time = time_text("2026-01-01T00:00:00+00:00")
    words = asked(since_last())
    assert words["Rows"] == f"id is more than 2 · 25 rows added since {time}"
    assert words["Profile"] == "daily"
    appended = asked(since_last(OldVersion(24, 1, "x")))["Rows"]
    assert appended == f"id is more than 2 · 1 row added since {time} · behind the 24 rows that were there"
    assert "Profile" not in asked(JOB)


def test_an_export_that_waits_was_asked_for_and_has_not_started() -> None:
    words = course(JobView(replace(JOB, state=JobState.PENDING), Situation.WAITING))
    assert words["Asked for"].endswith(", 2 h 5 min ago")
    assert "Started" not in words


@pytest.mark.parametrize(
    ("job", "files_there", "words"),
    [
        (done(1), 1, "The file is there; a manifest stands beside it."),
        (done(1), 0, "The file is gone; a manifest stands beside it."),
        (split_done(3), 3, "All 3 files are there; a manifest stands beside them."),
        (split_done(3), 2, "1 of 3 files is gone; a manifest stands beside them."),
        (split_done(3), 0, "3 of 3 files are gone; a manifest stands beside them."),
        (JOB, 0, "The file is not there yet; a manifest stands beside it."),
        (JOB, 1, "Another file has its name; a manifest stands beside it."),
        (replace(JOB, state=JobState.CANCELLED), 0, "There is no file; a manifest stands beside it."),
    ],
)
def test_what_is_on_the_disk_is_said(job: Job, files_there: int, words: str) -> None:
    assert traces_words(job, files_there, has_manifest=True) == words
