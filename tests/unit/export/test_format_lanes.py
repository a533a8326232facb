"""Files of every format: the same bytes whichever lane reads, by turns too, and from any checkpoint on."""

import gzip
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pyarrow.parquet  # type: ignore[import-untyped]  # it has no types to tell
import pytest

from dataflow_desktop.domain.checkpoint import Checkpoint
from dataflow_desktop.domain.chunk import EncodedChunk
from dataflow_desktop.domain.file_options import (
    Compression,
    DelimitedOptions,
    Encoding,
    FileFormat,
    FileOptions,
    Quoting,
)
from dataflow_desktop.domain.job import Job, JobState, SourceChanged
from dataflow_desktop.domain.keyset import Keyset
from dataflow_desktop.domain.progress import Progress, Started
from dataflow_desktop.domain.reading import Consistency, InvalidText, ReadingTask
from dataflow_desktop.domain.row_query import Condition, Operator, RowQuery, SortColumn, Value
from dataflow_desktop.domain.writing import WritingTask
from dataflow_desktop.errors import SourceError
from dataflow_desktop.export.engine import run_job
from dataflow_desktop.export.frames_ahead import FramesAhead
from dataflow_desktop.export.lanes import Lanes
from dataflow_desktop.export.recovery import reading_of, writing_of
from dataflow_desktop.pacing import StopRequest
from dataflow_desktop.records.job_store import JobStore
from dataflow_desktop.source.arrow_errors import ArrowReadError
from tests.unit.databases import all_of, connected, described, insert, make_database
from tests.unit.export.small_frames import (
    FRAME_ROWS,
    WAYS,
    make_frames_small,
    name_of,
    read_by_turns,
    read_columnar,
)
from tests.unit.exports import drop_after, new_job, run_to_end, spec_for

ROWS = 75
CHUNK_ROWS = 10

TABLE = (
    "CREATE TABLE t (id INTEGER PRIMARY KEY, whole INTEGER, real REAL, price DECIMAL(10,2), name TEXT,"
    " anything, born DATE, flag BOOLEAN, raw BLOB)"
)

VALUES: Sequence[Value] = [
    None,
    0,
    5,
    -(2**63),
    2**53 + 1,
    0.5,
    5.0,
    -0.0,
    1e300,
    "",
    "5",
    "plain",
    'say "so", =1+1',
    "two\r\nlines\u2028",
    "ä😀",
    "2024-02-29",
    "2024-02-30",
    b"",
    b"\x00\xff",
    "long " * 60,
    b"\x01" * 300,
]

OTHERS = [
    FileOptions(delimited=DelimitedOptions(quoting=Quoting.ALL, null_text="0", encoding=Encoding.UTF_16)),
    FileOptions(compression=Compression.GZIP, delimited=DelimitedOptions(encoding=Encoding.CP1252)),
]


@pytest.fixture(autouse=True)
def _small_frames(monkeypatch: pytest.MonkeyPatch) -> None:
    make_frames_small(monkeypatch)


@pytest.fixture
def mixed(tmp_path: Path) -> Path:
    """Values of every type in every column; regular ones in the first rows."""
    path = make_database(tmp_path / "mixed.db", TABLE)
    regular = ("whole", 1, 0.5, 2.25, "x", "y", "2024-01-01", 1, b"r")
    rows = [
        (key, *(regular[1:] if key < 20 else mixture(key, len(regular) - 1))) for key in range(1, ROWS + 1)
    ]
    insert(path, "t", rows)
    return path


def mixture(key: int, count: int) -> Sequence[Value]:
    """Return values that wander through all, at another pace in each column."""
    return [VALUES[(key * (place + 1) + key // 7) % len(VALUES)] for place in range(count)]


def job_for(
    store: JobStore, source: Path, target: Path, options: FileOptions, query: RowQuery | None = None
) -> Job:
    """Return a new job that exports `t`, with a checkpoint behind every frame."""
    query = query or all_of(described(source, "t"))
    spec = spec_for(source, target, query, chunk_rows=CHUNK_ROWS)
    return new_job(store, replace(spec, options=options, invalid_text=InvalidText.REPLACE))


def exported(
    store: JobStore, source: Path, target: Path, options: FileOptions, query: RowQuery | None = None
) -> bytes:
    """Return the bytes of an export that nothing disturbs."""
    run_to_end(store, job_for(store, source, target, options, query))
    return target.read_bytes()


def let_go_at_every_checkpoint(store: JobStore, job: Job) -> list[Checkpoint]:
    """Run a job to its end, but let go of it at each checkpoint as a crash would; return the checkpoints."""
    checkpoints: list[Checkpoint] = []
    while (job := store.job(job.id)).state is not JobState.DONE:
        if job.checkpoint is not None:
            checkpoints.append(job.checkpoint)
        drop_after(store, job, 2)  # that it started, and the first frame
    return checkpoints


OFTEN_ENOUGH = {
    FileOptions(FileFormat.TSV, Compression.GZIP),
    FileOptions(FileFormat.TSV, Compression.ZSTD),
    FileOptions(FileFormat.PARQUET, Compression.GZIP),
}
"""Ways that have every step in common with others."""


@pytest.mark.parametrize("options", [way for way in WAYS if way not in OFTEN_ENOUGH] + OTHERS, ids=name_of)
def test_both_lanes_give_the_same_bytes_from_any_checkpoint_on(
    store: JobStore, mixed: Path, folder: Path, options: FileOptions, monkeypatch: pytest.MonkeyPatch
) -> None:
    exact = exported(store, mixed, folder / "exact", options)
    checkpoints = let_go_at_every_checkpoint(store, job_for(store, mixed, folder / "let go", options))
    assert len(checkpoints) >= ROWS // FRAME_ROWS
    assert (folder / "let go").read_bytes() == exact
    read_columnar(monkeypatch)
    assert exported(store, mixed, folder / "columnar", options) == exact


@pytest.mark.parametrize("file_format", [FileFormat.XLSX, FileFormat.PARQUET])
def test_a_file_read_by_both_lanes_in_turn_has_the_same_bytes(
    store: JobStore, mixed: Path, folder: Path, file_format: FileFormat, monkeypatch: pytest.MonkeyPatch
) -> None:
    options = FileOptions(file_format)
    exact = exported(store, mixed, folder / "exact", options)
    failures = read_by_turns(monkeypatch, chunks=2, exact_rows=1)
    assert exported(store, mixed, folder / "turns", options) == exact
    assert len(failures) > 1


def test_json_lines_tell_numbers_from_the_texts_they_look_like(
    store: JobStore, mixed: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    insert(mixed, "t", [(1000, *"5" * 8), (1001, *[5] * 8)])
    read_columnar(monkeypatch)
    lines = exported(store, mixed, folder / "file", FileOptions(FileFormat.JSONL)).splitlines()
    texts, numbers = map(json.loads, lines[-2:])
    assert (texts["anything"], texts["raw"]) == ("5", "5")
    assert (numbers["anything"], numbers["raw"]) == (5, 5)


ODD: Sequence[Value] = [None, 3, -7, 0.5, 3.0, 2**60, "3", "", "b\u00e4", "\ufffd", b"", b"3", 1e300]
"""In an order that no type has for itself."""


@dataclass(frozen=True)
class Scene:
    """A table, some of its rows and how they are ordered."""

    table: str
    rows: Sequence[Sequence[Value]]
    query: RowQuery


def order(*columns: str) -> tuple[SortColumn, ...]:
    """Return the order by these columns, downwards where a minus stands before the name."""
    return tuple(SortColumn(name.lstrip("-"), is_descending=name.startswith("-")) for name in columns)


NUMBERED = "CREATE TABLE t (id INTEGER PRIMARY KEY, a, v)"
NUMBERS = [(key, ODD[key % len(ODD)], f"row {key}") for key in range(1, 80)]
SPARSE = (Condition("id", Operator.IN, (3, 4, 5, 33, 50, *range(55, 72))),)

SCENES = {
    "numbers": Scene(NUMBERED, NUMBERS, RowQuery("t", ("v", "a"))),
    "few of them": Scene(NUMBERED, NUMBERS, RowQuery("t", ("v",), SPARSE)),
    "none of them": Scene(NUMBERED, NUMBERS, RowQuery("t", ("v",), (Condition("id", Operator.LESS, (0,)),))),
    "by mixed values and NULLs": Scene(NUMBERED, NUMBERS, RowQuery("t", ("v",), order=order("a"))),
    "downwards": Scene(NUMBERED, NUMBERS, RowQuery("t", ("id",), order=order("-a", "-id"))),
    "two columns": Scene(
        "CREATE TABLE t (a TEXT, b REAL, v, PRIMARY KEY (a, b)) WITHOUT ROWID",
        [(f"a{key % 5}", key / 2, ODD[key % len(ODD)]) for key in range(80)],
        RowQuery("t", ("v",)),
    ),
    "a key of any type": Scene(
        "CREATE TABLE t (k PRIMARY KEY, v) WITHOUT ROWID",
        [(value, "of the odd") for value in ODD if value not in {None, 3.0}]
        + [(kind(key), key) for key in range(100, 125) for kind in (int, str, lambda n: str(n).encode())],
        RowQuery("t", ("v", "k")),
    ),
    "rowid": Scene("CREATE TABLE t (a, v)", [row[1:] for row in NUMBERS], RowQuery("t", ("a",))),
    "rowid, ordered": Scene(
        "CREATE TABLE t (a, v)", [row[1:] for row in NUMBERS], RowQuery("t", ("v",), order=order("-a"))
    ),
}


@pytest.mark.parametrize("scene", SCENES.values(), ids=SCENES)
def test_whatever_orders_the_rows_every_frame_ends_where_the_next_begins(
    store: JobStore, tmp_path: Path, scene: Scene
) -> None:
    path = make_database(tmp_path / "scene.db", scene.table)
    insert(path, "t", scene.rows)
    job = job_for(
        store, path, tmp_path / "file", FileOptions(FileFormat.JSONL, Compression.GZIP), scene.query
    )
    reading, writing = reading_of(job), writing_of(job)
    exact = frames_of_exact_lane(reading, writing)
    assert repr(frames_of_reader(reading, writing)) == repr(exact)  # for 3 is 3.0 else
    data = b"".join(gzip.decompress(data) for data, _, _ in exact)
    assert len(data.splitlines()) == job.plan.total_rows == sum(rows for _, rows, _ in exact)
    first_row = 0
    for number, (_, rows, last) in enumerate(exact[:-1], 1):
        first_row += rows
        rest = replace(reading, after=last), replace(writing, first_row=first_row)
        assert frames_of_exact_lane(*rest) == exact[number:]
        assert frames_of_reader(*rest) == exact[number:]


def frames_of_reader(reading: ReadingTask, writing: WritingTask) -> list[tuple[bytes, int, Keyset]]:
    """Return what the reader process gives, read here: nobody else has the database open now."""
    return as_frames(FramesAhead(reading, writing).chunks())


def frames_of_exact_lane(reading: ReadingTask, writing: WritingTask) -> list[tuple[bytes, int, Keyset]]:
    with connected(Path(reading.source)) as connection:
        return as_frames(Lanes(connection, reading, writing, 0, StopRequest()).chunks())


def as_frames(chunks: Iterable[EncodedChunk]) -> list[tuple[bytes, int, Keyset]]:
    """Return all frames of any rows; how far was read behind the last of them depends on the lane."""
    frames = [(bytes(chunk.data), chunk.rows, chunk.last) for chunk in chunks if chunk.rows]
    return [*frames[:-1], *((data, rows, ()) for data, rows, _ in frames[-1:])]


def test_a_frame_of_rows_that_were_moved_in_the_order_meanwhile_is_not_taken(
    store: JobStore, tmp_path: Path
) -> None:
    path = make_database(tmp_path / "moved.db", "CREATE TABLE t (id INTEGER PRIMARY KEY, a)")
    insert(path, "t", [(key, key) for key in range(1, 400)])
    query = RowQuery("t", ("id",), order=order("a"))
    job = job_for(store, path, tmp_path / "file", FileOptions(FileFormat.JSONL, Compression.GZIP), query)
    frames = FramesAhead(reading_of(job), writing_of(job)).chunks()
    first = next(frames)
    make_database(path, "UPDATE t SET a = 1000 - a WHERE id > 200")
    with pytest.raises(ArrowReadError, match="changed"):
        list(frames)
    assert first.last == (FRAME_ROWS, FRAME_ROWS)


def test_an_invalid_text_in_a_key_is_no_end_of_a_frame(
    store: JobStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = make_database(tmp_path / "keys.db", "CREATE TABLE t (k TEXT PRIMARY KEY, v) WITHOUT ROWID")
    insert(path, "t", [(f"{key:03}", key) for key in range(FRAME_ROWS - 1)])
    make_database(path, "INSERT INTO t VALUES (CAST(x'30ff' AS TEXT), 'odd')")
    insert(path, "t", [(f"1{key:03}", key) for key in range(30)])
    job = job_for(store, path, tmp_path / "file", FileOptions(FileFormat.JSONL, Compression.GZIP))
    with pytest.raises(ArrowReadError):
        frames_of_reader(reading_of(job), writing_of(job))
    with pytest.raises(SourceError) as caught:
        run_to_end(store, job)
    facts = {"table": "t", "column": "k", "key": repr("0\udcff")}
    assert facts.items() <= dict(caught.value.reason.facts).items()


def test_frames_before_the_one_that_cannot_be_read_are_given(store: JobStore, tmp_path: Path) -> None:
    path = make_database(tmp_path / "odd.db", "CREATE TABLE t (id INTEGER PRIMARY KEY, v TEXT)")
    insert(path, "t", [(key, "v") for key in range(1, 5 * FRAME_ROWS)])
    make_database(path, f"UPDATE t SET v = CAST(x'ff' AS TEXT) WHERE id > {4 * FRAME_ROWS + CHUNK_ROWS}")
    job = job_for(store, path, tmp_path / "file", FileOptions(FileFormat.JSONL, Compression.GZIP))
    reading = replace(reading_of(job), invalid_text=InvalidText.FAIL)
    ends: list[Keyset] = []
    with pytest.raises(ArrowReadError):
        ends.extend(chunk.last for chunk in FramesAhead(reading, writing_of(job)).chunks() if chunk.rows)
    assert ends == [(number * FRAME_ROWS,) for number in range(1, 5)]


def test_a_view_is_cut_into_frames_too(store: JobStore, mixed: Path, folder: Path) -> None:
    make_database(mixed, "CREATE VIEW w AS SELECT anything, id FROM t WHERE id > 7")
    view = described(mixed, "w")
    options = FileOptions(FileFormat.JSONL, Compression.GZIP)
    query = RowQuery("w", ("id",))
    data = exported(store, mixed, folder / "file", options, query)
    assert not view.key
    assert [json.loads(line)["id"] for line in gzip.decompress(data).splitlines()] == list(range(8, ROWS + 1))
    job = job_for(store, mixed, folder / "again", options, query)
    drop_after(store, job, 3)
    assert store.job(job.id).checkpoint is None
    run_to_end(store, job)
    assert (folder / "again").read_bytes() == data


@pytest.mark.parametrize("is_columnar", [False, True])
def test_a_snapshot_whose_types_turn_out_wrong_is_read_anew_as_one(
    store: JobStore, tmp_path: Path, folder: Path, is_columnar: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = make_database(tmp_path / "s.db", "PRAGMA journal_mode = WAL")
    make_database(path, "CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER)")
    insert(path, "t", [(key, key if key != 70 else "odd") for key in range(1, 100)])
    spec = spec_for(path, folder / "file", all_of(described(path, "t")))
    options = FileOptions(FileFormat.PARQUET)
    job = new_job(store, replace(spec, options=options, consistency=Consistency.SNAPSHOT))
    if is_columnar:
        read_columnar(monkeypatch)
    starts = 0
    for report in run_job(store, job.id, StopRequest()):
        starts += isinstance(report, Started)
        if starts == 2 and isinstance(report, Progress) and report.rows == FRAME_ROWS:
            make_database(path, "UPDATE t SET n = 0")
    assert starts == 2
    assert store.job(job.id).source_changed is SourceChanged.NO
    rows = pyarrow.parquet.read_table(folder / "file").column("n").to_pylist()
    assert rows == [str(key) if key != 70 else "odd" for key in range(1, 100)]
