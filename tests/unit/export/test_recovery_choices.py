"""Where it is not safe to go on without asking: refused with nothing touched, and on as a person chose."""

import importlib
import shutil
from collections import namedtuple
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from dataflow_desktop.domain.chunk import Chunk
from dataflow_desktop.domain.consent import Consent
from dataflow_desktop.domain.export_spec import ExportSpec
from dataflow_desktop.domain.job import Job, JobState, SourceChanged
from dataflow_desktop.domain.keyset import Keyset
from dataflow_desktop.domain.progress import Finished, Progress, Started
from dataflow_desktop.domain.reading import Consistency
from dataflow_desktop.domain.row_query import RowQuery
from dataflow_desktop.errors import (
    ConfigurationError,
    DestinationError,
    Reason,
    ReasonCode,
    RefusedError,
    SourceError,
)
from dataflow_desktop.export import lanes
from dataflow_desktop.export.engine import run_job
from dataflow_desktop.pacing import StopRequest
from dataflow_desktop.records.job_store import JobStore
from dataflow_desktop.source.exact_lane import ExactReader
from dataflow_desktop.source.product_catalogue import make_catalogue
from tests.unit.databases import fetch, make_database
from tests.unit.exports import as_csv, drop_after, new_job, part_of, run_to_end, spec_for

SAVED_ROWS = 30

Usage = namedtuple("Usage", "total used free")  # noqa: PYI024 - as shutil has it


@pytest.fixture
def stopped(store: JobStore, spec: ExportSpec) -> Job:
    """A job with 30 of 40 rows saved, a checkpoint after each ten, its process gone."""
    job = new_job(store, spec)
    drop_after(store, job, 4)
    return store.job(job.id)


def refusal(store: JobStore, job: Job, *consents: Consent) -> Reason:
    """Run a job that must be refused; see that neither its record nor its part file is touched."""
    part = part_of(job)
    content = part.read_bytes() if part.exists() else None
    with pytest.raises(RefusedError) as caught:
        run_to_end(store, job, *consents)
    failed = store.job(job.id)
    assert (failed.state, failed.reason) == (JobState.FAILED, caught.value.reason)
    assert (failed.checkpoint, failed.whole_file, failed.plan) == (job.checkpoint, job.whole_file, job.plan)
    assert not failed.can_resume_by_itself
    assert (part.read_bytes() if part.exists() else None) == content
    return caught.value.reason


def finish(store: JobStore, job: Job, content: bytes, *consents: Consent) -> Started:
    """Run a job to its end, see that its target has `content`, and return how it started."""
    started, *_, finished = run_to_end(store, job, *consents)
    assert isinstance(started, Started)
    assert isinstance(finished, Finished)
    target = Path(job.spec.target)
    assert target.read_bytes() == content
    assert list(target.parent.iterdir()) == [target]
    assert store.job(job.id).state is JobState.DONE
    return started


def edit_line(part: Path, line: int) -> None:
    """Change one letter of a line (0 is the header) without moving anything."""
    lines = part.read_bytes().splitlines(keepends=True)
    lines[line] = lines[line].replace(b"20", b"70", 1)
    assert b"".join(lines) != part.read_bytes()
    part.write_bytes(b"".join(lines))


def keep_lines(part: Path, lines: int) -> None:
    part.write_bytes(b"".join(part.read_bytes().splitlines(keepends=True)[:lines]))


# The part file is damaged.


@pytest.mark.parametrize(
    ("damage", "intact_rows"),
    [
        (lambda part: edit_line(part, 11), 10),
        (lambda part: edit_line(part, 20), 10),
        (lambda part: edit_line(part, 21), 20),
        (lambda part: edit_line(part, 30), 20),
        (lambda part: keep_lines(part, 30), 20),
        (lambda part: keep_lines(part, 12), 10),
        (lambda part: keep_lines(part, 11), 10),
    ],
)
def test_a_damaged_part_file_is_refused_and_with_consent_cut_back_to_what_is_sound(
    store: JobStore, stopped: Job, undisturbed: bytes, damage: Callable[[Path], None], intact_rows: int
) -> None:
    damage(part_of(stopped))
    reason = refusal(store, stopped)
    assert reason.code == ReasonCode.PART_DAMAGED.name
    assert f"its first {intact_rows} rows are, of {SAVED_ROWS}" in reason.message
    assert finish(store, stopped, undisturbed, Consent.CUT_BACK).resumed_rows == intact_rows


@pytest.mark.parametrize("damage", [lambda part: edit_line(part, 5), lambda part: keep_lines(part, 10)])
def test_a_part_file_of_which_nothing_is_sound_is_refused_until_it_may_begin_again(
    store: JobStore, stopped: Job, undisturbed: bytes, damage: Callable[[Path], None]
) -> None:
    damage(part_of(stopped))
    codes = {ReasonCode.PART_CHANGED.name, ReasonCode.PART_TOO_SHORT.name}
    assert refusal(store, stopped).code in codes
    assert refusal(store, stopped, Consent.CUT_BACK).code in codes
    assert finish(store, stopped, undisturbed, Consent.RESTART).resumed_rows == 0


def test_a_sound_part_file_is_not_cut_back_though_it_might_be(
    store: JobStore, stopped: Job, undisturbed: bytes
) -> None:
    assert finish(store, stopped, undisturbed, Consent.CUT_BACK).resumed_rows == SAVED_ROWS


def test_the_choice_between_many_checkpoints_is_the_newest_sound_one(
    store: JobStore, source: Path, target: Path, undisturbed: bytes
) -> None:
    job = new_job(store, spec_for(source, target, chunk_rows=1))
    drop_after(store, job, 36)
    job = store.job(job.id)
    edit_line(part_of(job), 30)
    assert "its first 29 rows are, of 35" not in refusal(store, job).message  # thinned: 28 is kept
    assert finish(store, job, undisturbed, Consent.CUT_BACK).resumed_rows == 28


def test_a_part_file_that_is_gone_is_refused_until_it_may_begin_again(
    store: JobStore, stopped: Job, undisturbed: bytes
) -> None:
    part_of(stopped).unlink()
    for consents in ((), (Consent.CUT_BACK,), (Consent.LIVE, Consent.SOURCE)):
        assert refusal(store, stopped, *consents).code == ReasonCode.PART_MISSING.name
    assert finish(store, stopped, undisturbed, Consent.RESTART).resumed_rows == 0


def test_what_is_saved_stays_when_there_is_no_file_to_begin_again_in(
    store: JobStore, stopped: Job, undisturbed: bytes, folder: Path
) -> None:
    away = folder.rename(folder.with_name("away"))
    with pytest.raises(DestinationError):
        run_to_end(store, stopped, Consent.RESTART)
    away.rename(folder)
    assert finish(store, stopped, undisturbed).resumed_rows == SAVED_ROWS


def test_what_is_no_part_file_of_ours_is_not_emptied_even_to_begin_again(
    store: JobStore, stopped: Job, folder: Path
) -> None:
    mine = part_of(stopped).rename(folder / "mine")
    content = mine.read_bytes()
    part_of(stopped).symlink_to(mine)
    with pytest.raises(RefusedError) as caught:
        run_to_end(store, stopped, Consent.RESTART)
    assert caught.value.reason.code == ReasonCode.PART_NOT_A_FILE.name
    assert mine.read_bytes() == content


@pytest.mark.parametrize("consent", [Consent.CUT_BACK, Consent.RESTART])
@pytest.mark.parametrize("reports", [1, 2, 3])
def test_a_crash_right_after_a_choice_goes_on_without_asking_again(
    store: JobStore, stopped: Job, undisturbed: bytes, consent: Consent, reports: int
) -> None:
    edit_line(part_of(stopped), 15)
    refusal(store, stopped)
    drop_after(store, stopped, reports, consent)
    rows = (10 if consent is Consent.CUT_BACK else 0) + 10 * (reports - 1)
    assert finish(store, stopped, undisturbed).resumed_rows == min(rows, 40)


@pytest.mark.parametrize(
    ("consent", "step"),
    [
        (Consent.CUT_BACK, "destination.part_files:PartFiles.newest_intact"),
        (Consent.CUT_BACK, "records.owned_job:OwnedJob.cut_back"),
        (Consent.RESTART, "records.owned_job:OwnedJob.start_over"),
        (Consent.RESTART, "destination.part_file:PartFile.start_over"),
    ],
)
@pytest.mark.parametrize("is_done_first", [True, False])
def test_a_crash_in_the_middle_of_a_choice_loses_nothing(
    *,
    store: JobStore,
    stopped: Job,
    undisturbed: bytes,
    monkeypatch: pytest.MonkeyPatch,
    consent: Consent,
    step: str,
    is_done_first: bool,
) -> None:
    edit_line(part_of(stopped), 15)
    with monkeypatch.context() as killed:
        die_at(killed, step, is_done_first=is_done_first)
        with pytest.raises(KeyboardInterrupt):
            run_to_end(store, stopped, consent)
    finish(store, stopped, undisturbed, consent)


def die_at(monkeypatch: pytest.MonkeyPatch, step: str, *, is_done_first: bool) -> None:
    """Let the process end at a step as if it were killed: no code of the program notes anything after it."""
    module, _, name = step.partition(":")
    owner_name, _, method = name.partition(".")
    owner = getattr(importlib.import_module(f"dataflow_desktop.{module}"), owner_name)
    original = getattr(owner, method)

    def deadly(*arguments: object) -> None:
        if is_done_first:
            original(*arguments)
        raise KeyboardInterrupt

    monkeypatch.setattr(owner, method, deadly)


# All is written, but the target has not its name yet.


@pytest.fixture
def whole(store: JobStore, spec: ExportSpec, target: Path) -> Job:
    """A job that has written all and could not be published."""
    job = new_job(store, spec)
    target.write_text("in the way")
    with pytest.raises(RefusedError):
        run_to_end(store, job)
    target.unlink()
    return store.job(job.id)


@pytest.mark.parametrize("damage", [Path.unlink, lambda part: edit_line(part, 35)])
@pytest.mark.parametrize("state", [JobState.FAILED, JobState.FINALIZING])
def test_a_whole_part_file_that_is_lost_is_refused_until_it_may_begin_again(
    store: JobStore, whole: Job, undisturbed: bytes, damage: Callable[[Path], None], state: JobState
) -> None:
    store.take(whole.id).enter(state)
    damage(part_of(whole))
    codes = {ReasonCode.PART_MISSING.name, ReasonCode.PART_DAMAGED.name}
    assert refusal(store, whole).code in codes
    assert finish(store, whole, undisturbed, Consent.RESTART).resumed_rows == 0


@pytest.mark.parametrize("line", [35, 40])
def test_a_whole_part_file_that_is_damaged_goes_on_from_its_intact_rows(
    store: JobStore, whole: Job, undisturbed: bytes, line: int
) -> None:
    edit_line(part_of(whole), line)
    drop_after(store, whole, 1, Consent.CUT_BACK)
    job = store.job(whole.id)
    assert (job.whole_file, job.durable_rows) == (None, 30)
    assert finish(store, whole, undisturbed).resumed_rows == 30


def test_a_whole_part_file_is_not_cut_back_for_nothing(
    store: JobStore, whole: Job, undisturbed: bytes
) -> None:
    assert finish(store, whole, undisturbed, Consent.CUT_BACK).resumed_rows == 40


def test_a_crash_after_a_whole_file_began_again_is_resumed(
    store: JobStore, whole: Job, undisturbed: bytes
) -> None:
    part_of(whole).unlink()
    drop_after(store, whole, 3, Consent.RESTART)
    job = store.job(whole.id)
    assert (job.whole_file, job.durable_rows) == (None, 20)
    assert finish(store, whole, undisturbed).resumed_rows == 20


def test_begun_again_though_it_is_published_already_the_target_stays_and_the_job_can_still_end(
    store: JobStore, whole: Job, undisturbed: bytes, target: Path
) -> None:
    target.hardlink_to(part_of(whole))  # killed before the part file lost its name
    with suppress(RefusedError):
        run_to_end(store, whole, Consent.RESTART)
    assert target.read_bytes() == undisturbed
    if not store.job(whole.id).has_ended:
        run_to_end(store, whole)
    assert (store.job(whole.id).state, target.read_bytes()) == (JobState.DONE, undisturbed)


# The source is another.


def replace_source(source: Path, rows: int = 40, seed: int = 7) -> None:
    """Put another database of the same schema in the place of the source."""
    other = source.with_name("other.db")
    make_catalogue(other, rows, seed)
    other.replace(source)


def rows_of(source: Path, price: str = "%.2f") -> list[bytes]:
    """Return the lines of an export of all products."""
    columns = ("id", "name", "category", "price", "quantity", "status", "created_at")
    selected = f"id, name, category, printf('{price}', price), quantity, status, created_at"
    rows = fetch(source, f"SELECT {selected} FROM products ORDER BY id")
    return as_csv(columns, rows).splitlines(keepends=True)


def test_a_source_that_was_replaced_is_refused_until_the_first_one_is_back(
    store: JobStore, stopped: Job, source: Path, undisturbed: bytes
) -> None:
    first = source.with_name("first.db")
    first.hardlink_to(source)
    replace_source(source)
    for consents in ((), (Consent.LIVE, Consent.CUT_BACK)):
        assert refusal(store, stopped, *consents).code == ReasonCode.SOURCE_REPLACED.name
    first.replace(source)
    assert finish(store, stopped, undisturbed).resumed_rows == SAVED_ROWS


def test_a_source_that_was_deleted_and_made_anew_is_refused_whatever_number_the_new_file_got(
    store: JobStore, stopped: Job, source: Path
) -> None:
    source.unlink()  # ext4 gives its number to the next file
    make_catalogue(source, 40, seed=7)
    assert refusal(store, stopped).code == ReasonCode.SOURCE_REPLACED.name


def test_a_source_that_was_overwritten_in_place_is_refused(
    store: JobStore, stopped: Job, source: Path, undisturbed: bytes, tmp_path: Path
) -> None:
    other, first = tmp_path / "other.db", tmp_path / "first.db"
    shutil.copy(source, first)
    make_catalogue(other, 40, seed=7)
    shutil.copy(other, source)  # the file is the same one, only its bytes are others
    assert refusal(store, stopped).code == ReasonCode.SOURCE_REPLACED.name
    shutil.copy(first, source)
    assert finish(store, stopped, undisturbed).resumed_rows == SAVED_ROWS


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE products SET name = 'new' WHERE id <= 30",
        "DELETE FROM products WHERE id <= 30",
        "UPDATE products SET name = 'new' WHERE id > 35",
        "INSERT INTO products SELECT id + 100, name, category, price, quantity, status, '' FROM products",
    ],
)
def test_a_source_that_lives_on_is_the_same_whatever_becomes_of_some_of_its_rows(
    store: JobStore, stopped: Job, source: Path, change: str
) -> None:
    before = rows_of(source)
    make_database(source, change)
    after = rows_of(source)
    lines = {line.split(b",")[0]: line for line in after}
    rest = [lines[number] for number in (str(row).encode() for row in range(31, 41))]
    finish(store, stopped, b"".join([*before[: SAVED_ROWS + 1], *rest]))
    assert store.job(stopped.id).source_changed is not SourceChanged.NO


def test_a_source_that_goes_while_the_export_runs_is_waited_for(
    store: JobStore, spec: ExportSpec, source: Path, undisturbed: bytes
) -> None:
    job = new_job(store, replace(spec, checkpoint_seconds=0))

    def at(rows: int) -> None:
        if rows == 20:
            source.rename(source.with_suffix(".away"))

    with pytest.raises(SourceError) as caught:
        run_watched(store, job, at)
    assert caught.value.reason.code == ReasonCode.SOURCE_MISSING.name
    paused = store.job(job.id)
    assert (paused.state, paused.durable_rows) == (JobState.PAUSED, 20)
    source.with_suffix(".away").rename(source)
    assert finish(store, job, undisturbed).resumed_rows == 20


def test_rows_written_before_the_source_failed_are_saved(
    store: JobStore, spec: ExportSpec, undisturbed: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = new_job(store, replace(spec, checkpoint_seconds=1_000))
    read = ExactReader.read

    def read_two(reader: ExactReader, after: Keyset | None) -> Chunk | None:
        if after == (20,):
            raise SourceError(ReasonCode.SOURCE_FAILED, reason="disk I/O error")
        return read(reader, after)

    with monkeypatch.context() as patch:
        patch.setattr(ExactReader, "read", read_two)
        with pytest.raises(SourceError):
            run_to_end(store, job)
    assert store.job(job.id).durable_rows == 20
    assert finish(store, job, undisturbed).resumed_rows == 20


def test_a_source_that_was_replaced_before_the_first_row_is_refused_too(
    store: JobStore, spec: ExportSpec, source: Path
) -> None:
    job = new_job(store, spec)
    replace_source(source)
    assert refusal(store, job).code == ReasonCode.SOURCE_REPLACED.name


def test_with_consent_the_rest_is_read_from_the_new_source(
    store: JobStore, stopped: Job, source: Path
) -> None:
    before = rows_of(source)
    replace_source(source)
    after = rows_of(source)
    assert before != after
    finish(store, stopped, b"".join(before[: SAVED_ROWS + 1] + after[SAVED_ROWS + 1 :]), Consent.SOURCE)
    assert store.job(stopped.id).source_changed is SourceChanged.YES


def test_consent_to_one_new_source_is_remembered_but_not_given_to_the_next(
    store: JobStore, stopped: Job, source: Path
) -> None:
    replace_source(source)
    drop_after(store, stopped, 1, Consent.SOURCE)
    drop_after(store, stopped, 1)
    replace_source(source, seed=8)
    assert refusal(store, store.job(stopped.id)).code == ReasonCode.SOURCE_REPLACED.name


def test_begun_again_all_is_read_from_the_new_source(store: JobStore, stopped: Job, source: Path) -> None:
    replace_source(source, rows=55)
    started = finish(store, stopped, b"".join(rows_of(source)), Consent.RESTART)
    assert (started.total_rows, started.resumed_rows) == (55, 0)


def test_consent_to_a_new_source_is_no_consent_to_another_table(
    store: JobStore, stopped: Job, source: Path
) -> None:
    replace_source(source)
    make_database(source, "ALTER TABLE products ADD COLUMN note TEXT")
    assert refusal(store, stopped, Consent.SOURCE).code == ReasonCode.TABLE_CHANGED.name


@pytest.mark.parametrize(
    ("is_columnar", "rows"), [(False, 0), (False, 10), (False, 20), (False, 40), (True, 20)]
)
def test_a_source_replaced_while_the_export_runs_is_refused_before_a_foreign_row_is_saved(
    *,
    store: JobStore,
    spec: ExportSpec,
    source: Path,
    undisturbed: bytes,
    monkeypatch: pytest.MonkeyPatch,
    is_columnar: bool,
    rows: int,
) -> None:
    monkeypatch.setattr(lanes, "FEW_CELLS", -1 if is_columnar else 10**9)
    job = new_job(store, spec)
    first = source.with_name("first.db")
    first.hardlink_to(source)
    with pytest.raises(RefusedError) as caught:
        run_watched(store, job, lambda written: replace_source(source) if written == rows else None)
    assert caught.value.reason.code == ReasonCode.SOURCE_REPLACED.name
    assert store.job(job.id).durable_rows == rows
    assert not Path(spec.target).exists()
    first.replace(source)
    assert finish(store, job, undisturbed).resumed_rows == rows


def run_watched(store: JobStore, job: Job, at: Callable[[int], None], *consents: Consent) -> None:
    """Run a job and call `at` with the rows written, first with 0 and then after each chunk."""
    for report in run_job(store, job.id, StopRequest(), consents=frozenset(consents)):
        if isinstance(report, Started | Progress):
            at(report.rows if isinstance(report, Progress) else 0)


def let_disk_be_full(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(1_000_000, 999_999, 1))


def test_a_nearly_full_disk_pauses_with_all_rows_saved(
    store: JobStore, spec: ExportSpec, undisturbed: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = new_job(store, replace(spec, checkpoint_seconds=1_000))
    with monkeypatch.context() as full, pytest.raises(DestinationError) as caught:
        run_watched(store, job, lambda written: let_disk_be_full(full) if written == 20 else None)
    assert caught.value.reason.code == ReasonCode.DISK_NEARLY_FULL.name
    paused = store.job(job.id)
    assert (paused.state, paused.durable_rows) == (JobState.PAUSED, 20)
    assert paused.can_resume_by_itself
    assert finish(store, job, undisturbed).resumed_rows == 20


def test_a_nearly_full_disk_saves_no_row_of_a_source_that_was_replaced(
    store: JobStore, spec: ExportSpec, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = new_job(store, replace(spec, checkpoint_seconds=1_000))

    def at(rows: int) -> None:
        if rows == 10:
            replace_source(source)
        if rows == 20:
            let_disk_be_full(monkeypatch)

    with pytest.raises((RefusedError, DestinationError)):
        run_watched(store, job, at)
    assert store.job(job.id).durable_rows == 0  # which of the rows are foreign, nobody can tell


# The table is another.


def test_a_changed_table_is_written_as_it_is_now_once_the_export_may_begin_again(
    store: JobStore, stopped: Job, source: Path
) -> None:
    make_database(
        source,
        "CREATE TABLE built_anew (id INTEGER PRIMARY KEY, name TEXT, category TEXT, price DECIMAL(10,3),"
        " quantity INTEGER, status TEXT, created_at DATETIME, note TEXT)",
        "INSERT INTO built_anew SELECT id + 100, name, category, price, quantity, status, created_at, 'n'"
        " FROM products WHERE id > 5",
        "DROP TABLE products",
        "ALTER TABLE built_anew RENAME TO products",
    )
    for consents in ((), (Consent.CUT_BACK, Consent.SOURCE, Consent.LIVE)):
        assert refusal(store, stopped, *consents).code == ReasonCode.TABLE_CHANGED.name
    content = b"".join(rows_of(source, price="%.3f"))
    started = finish(store, stopped, content, Consent.RESTART)
    assert (started.total_rows, started.resumed_rows) == (35, 0)


def test_a_column_that_is_gone_is_told_even_to_one_who_begins_again(
    store: JobStore, stopped: Job, source: Path
) -> None:
    make_database(source, "ALTER TABLE products DROP COLUMN quantity")
    content = part_of(stopped).read_bytes()
    with pytest.raises(ConfigurationError) as caught:
        run_to_end(store, stopped, Consent.RESTART)
    assert caught.value.reason.code == ReasonCode.COLUMN_UNKNOWN.name
    assert store.job(stopped.id).checkpoint == stopped.checkpoint
    assert part_of(stopped).read_bytes() == content


# The snapshot is lost.


@pytest.fixture
def lost_snapshot(store: JobStore, source: Path, target: Path) -> Job:
    """A snapshot export with ten of 40 rows saved, its process gone, and rows changed since."""
    make_database(source, "PRAGMA journal_mode = WAL")  # there writers go on beside a snapshot
    query = RowQuery("products", ("id", "name"))
    spec = replace(spec_for(source, target, query), consistency=Consistency.SNAPSHOT)
    job = new_job(store, spec)
    drop_after(store, job, 2)
    make_database(source, "UPDATE products SET name = 'changed since' WHERE id IN (1, 40)")
    return store.job(job.id)


def test_a_lost_snapshot_begins_again_as_a_fresh_one(
    store: JobStore, lost_snapshot: Job, source: Path
) -> None:
    assert refusal(store, lost_snapshot).code == ReasonCode.SNAPSHOT_LOST.name
    now = as_csv(("id", "name"), fetch(source, "SELECT id, name FROM products ORDER BY id"))

    def at(rows: int) -> None:
        if rows == 10:
            make_database(source, "UPDATE products SET name = 'later still' WHERE id > 20")

    run_watched(store, lost_snapshot, at, Consent.RESTART)
    assert Path(lost_snapshot.spec.target).read_bytes() == now
    assert store.job(lost_snapshot.id).source_changed is SourceChanged.NO


def test_a_fresh_snapshot_that_is_lost_again_is_refused_again(store: JobStore, lost_snapshot: Job) -> None:
    drop_after(store, lost_snapshot, 3, Consent.RESTART)
    job = store.job(lost_snapshot.id)
    assert job.durable_rows == 20
    assert refusal(store, job).code == ReasonCode.SNAPSHOT_LOST.name


def test_the_rest_of_a_lost_snapshot_is_read_as_it_is_now_with_consent(
    store: JobStore, lost_snapshot: Job
) -> None:
    drop_after(store, lost_snapshot, 2, Consent.LIVE)
    run_to_end(store, lost_snapshot)  # it was agreed to once and for all
    lines = Path(lost_snapshot.spec.target).read_text().splitlines()
    assert [lines[1] == "1,changed since", lines[40] == "40,changed since"] == [False, True]
    assert store.job(lost_snapshot.id).source_changed is SourceChanged.UNKNOWN
