"""Whether the file of one export is still what that export wrote, and the words for it."""

from dataclasses import replace
from pathlib import Path

import pytest

from dataflow_desktop.destination import file_digest
from dataflow_desktop.domain.file_options import FileOptions
from dataflow_desktop.domain.job import Job
from dataflow_desktop.domain.verdict_words import MOST_FILES, verdict_words, verdicts_words
from dataflow_desktop.domain.verification import Verdict
from dataflow_desktop.domain.voice import Voice
from dataflow_desktop.export import verification
from dataflow_desktop.export.verification import verdicts_on_export
from dataflow_desktop.pacing import Stopped
from tests.unit.exports import job_store, new_job, run_to_end, spec_for

PIECE = 10_000

VOICE = Voice(lambda stored: f"<{stored}>", "{:_}".format, lambda text: text.replace("So says", "Says"))


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "out.csv"


@pytest.fixture
def job(catalogue: Path, target: Path, monkeypatch: pytest.MonkeyPatch) -> Job:
    """A finished export of which the digests of some eight pieces are known."""
    monkeypatch.setattr(file_digest.PieceDigester.__init__, "__defaults__", (PIECE,))
    return exported(catalogue, target)


def exported(catalogue: Path, target: Path, rows: int = 1_000) -> Job:
    with job_store() as store:
        spec = replace(spec_for(catalogue, target, chunk_rows=rows), is_overwrite_allowed=True)
        job = new_job(store, spec)
        run_to_end(store, job)
        return store.job(job.id)


def verdict_on(job: Job, watch: verification.Watch = lambda _: None) -> Verdict:
    with job_store() as store:
        (verdict,) = verdicts_on_export(store, job.id, watch)
        return verdict


def test_a_file_left_alone_is_equal_and_the_words_say_how_one_knows(job: Job, target: Path) -> None:
    verdict = verdict_on(job)
    assert verdict.is_equal
    assert job.whole_file is not None
    words = verdicts_words([verdict], VOICE)
    assert words == (
        f"{target} is just what was exported: 1_000 rows, {job.whole_file.bytes:_} bytes, "
        f"sha256 {job.whole_file.sha256}.\nSays the record of its export."
    )


def test_the_bytes_that_differ_are_named(job: Job, target: Path) -> None:
    content = bytearray(target.read_bytes())
    content[2 * PIECE] ^= 1
    target.write_bytes(content + b"x")
    verdict = verdict_on(job)
    assert not verdict.is_equal
    words = verdict_words(verdict, VOICE)
    assert f"not what was exported at <{job.finished_at}>" in words
    assert "- it is longer by 1 byte:" in words
    assert "- it differs in bytes 20_000 to 29_999" in words
    assert "Bring it back from a copy" in words


def test_a_missing_file_is_said_to_be_missing(job: Job, target: Path) -> None:
    target.unlink()
    verdict = verdict_on(job)
    assert not verdict.is_equal
    assert verdict_words(verdict, VOICE).startswith(f"There is no file {target}.")


def test_a_file_that_a_later_export_wrote_is_said_to_be_that_ones(
    job: Job, target: Path, catalogue: Path
) -> None:
    with job_store() as store:
        spec = replace(spec_for(catalogue, target), is_overwrite_allowed=True)
        query = replace(spec.query, columns=("id",))
        later = new_job(store, replace(spec, query=query))
        run_to_end(store, later)
        later = store.job(later.id)
    verdict = verdict_on(job)
    assert not verdict.is_equal
    words = verdict_words(verdict, VOICE)
    assert f"It is what another export wrote at <{later.finished_at}>.\n" in words
    assert verdict_on(later).is_equal


def test_who_watches_hears_how_far_it_is_and_may_give_up(
    job: Job, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dataflow_desktop.destination.file_reading.READ_BYTES", 1_000)
    heard: list[int] = []
    verdict_on(job, heard.append)
    size = target.stat().st_size
    assert heard == [*range(1_000, size, 1_000), size]

    def give_up(read: int) -> None:
        if read > 5_000:
            raise Stopped

    with pytest.raises(Stopped):
        verdict_on(job, give_up)


def split_in(catalogue: Path, target: Path, rows: int) -> Job:
    """Return a finished export of 1,000 rows to files of `rows` each."""
    with job_store() as store:
        job = new_job(store, replace(spec_for(catalogue, target), options=FileOptions(split_rows=rows)))
        run_to_end(store, job)
        return store.job(job.id)


def words_on(job: Job) -> str:
    with job_store() as store:
        return verdicts_words(list(verdicts_on_export(store, job.id)), VOICE)


def test_of_numbered_files_each_that_is_not_equal_is_named(catalogue: Path, target: Path) -> None:
    job = split_in(catalogue, target, 300)
    assert job.whole_file is not None
    assert job.file_count == 4
    assert words_on(job) == (
        f"All 4 files are just what was exported: 1_000 rows, {job.whole_file.bytes:_} bytes.\n"
        "Says the record of their export."
    )
    fourth = Path(job.spec.file(4))
    fourth.write_bytes(fourth.read_bytes() + b"x")
    assert words_on(job).startswith(
        "1 of 4 files is not what was exported:\n- out-0004.csv is longer by 1 byte"
    )
    Path(job.spec.file(2)).unlink()
    first, *lines, last = words_on(job).splitlines()
    assert first == "2 of 4 files are not what was exported:"
    assert [line.split(":")[0] for line in lines] == [
        "- out-0002.csv is missing",
        "- out-0004.csv is longer by 1 byte",
    ]
    assert last.startswith("No file was changed. ")


def test_of_many_numbered_files_the_first_are_named_and_the_rest_are_counted(
    catalogue: Path, target: Path
) -> None:
    job = split_in(catalogue, target, 50)
    for path in target.parent.glob("out-*"):
        path.unlink()
    first, *lines, more, _ = words_on(job).splitlines()
    assert first == "20 of 20 files are not what was exported:"
    assert (len(lines), more) == (MOST_FILES, "- and 10 more")
    assert lines[-1] == "- out-0010.csv is missing"


def test_a_numbered_file_that_a_later_export_wrote_is_said_to_be_that_ones(
    catalogue: Path, target: Path
) -> None:
    job = split_in(catalogue, target, 300)
    with job_store() as store:
        spec = replace(job.spec, is_overwrite_allowed=True, query=replace(job.spec.query, columns=("id",)))
        later = new_job(store, spec)
        run_to_end(store, later)
        finished = store.job(later.id).finished_at
    assert words_on(job).count(f"; it is what another export wrote at <{finished}>") == 4
