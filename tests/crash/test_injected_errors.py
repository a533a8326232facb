"""Every system call of an export that changes a file fails once: nothing is lost, and nothing false is said.

The program runs under strace, which lets the Nth call of a kind fail, for N from 1 until there is no such
call. By default the calls that matter most fail in the likeliest ways, which take turns; with
DATAFLOW_CAMPAIGN=full in the environment each call of each kind fails in each way at each stage, which takes
about a quarter of an hour.
"""

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest

from dataflow_desktop.domain.job import JobState
from dataflow_desktop.source.product_catalogue import make_catalogue
from tests.campaign import IS_FULL
from tests.crash.failing_scene import DONE, STAGES, Scene, is_part, make_scene, problems_after
from tests.crash.forks import Forks
from tests.crash.injecting import Call, Host, Injection, Run

# A loop over hundreds of calls may take its time on a busy machine.
pytestmark = [pytest.mark.root, pytest.mark.timeout(900)]

ROWS = 300

ERRORS = {
    "write": ("ENOSPC", "EIO", "EDQUOT"),
    "pwrite": ("ENOSPC", "EIO", "EDQUOT"),
    "fsync": ("EIO", "ENOSPC", "EDQUOT"),
    "fdatasync": ("EIO", "ENOSPC", "EDQUOT"),
    "truncate": ("EIO",),
    "exclusive rename": ("EINVAL", "EIO", "ENOSPC"),
    "link": ("EPERM", "EIO", "ENOSPC"),
    "rename": ("EPERM", "EIO", "ENOSPC"),
    "unlink": ("EPERM", "EIO"),
}
"""How calls of each kind fail on real disks."""

FULL = [(stage, call, [error]) for stage in STAGES for call, errors in ERRORS.items() for error in errors]

IMPORTANT = [
    ("export", "write", ["ENOSPC", "EIO", "EDQUOT"]),
    ("export", "pwrite", ["ENOSPC"]),
    ("export", "fsync", ["EIO", "ENOSPC", "EDQUOT"]),
    ("export", "fdatasync", ["EIO"]),
    ("export", "exclusive rename", ["EINVAL"]),
    ("export", "exclusive rename", ["EIO"]),
    ("export", "link", ["EPERM"]),
    ("export", "link", ["EIO"]),
    ("export", "unlink", ["EIO"]),
    ("export that replaces", "rename", ["EPERM"]),
    ("export that replaces", "rename", ["EIO"]),
    ("resume", "truncate", ["EIO"]),
    ("resume", "write", ["ENOSPC"]),
    ("resume", "fsync", ["EIO"]),
    ("resume", "fdatasync", ["EIO"]),
    ("publishing again", "fsync", ["EIO"]),
    ("publishing again", "fdatasync", ["ENOSPC"]),
    ("publishing again", "exclusive rename", ["EIO"]),
    ("publishing again", "link", ["EIO"]),
    ("publishing again", "unlink", ["EIO"]),
]

CASES = FULL if IS_FULL else IMPORTANT


@pytest.fixture(scope="module")
def host(forks: Forks, tmp_path_factory: pytest.TempPathFactory) -> Host:
    return Host(forks, tmp_path_factory.mktemp("traced") / "trace")


@pytest.fixture(scope="module")
def tiny_catalogue(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("tiny") / "tiny.db"
    make_catalogue(path, ROWS)
    return path


@pytest.fixture(scope="module")
def tiny_reference(host: Host, tiny_catalogue: Path) -> bytes:
    folder = tiny_catalogue.parent
    target = folder / "reference.csv"
    host.run(folder / "home", "export", str(tiny_catalogue), "products", "-o", str(target))
    return target.read_bytes()


@pytest.fixture
def stage() -> str:
    """The stage of a test that does not name another."""
    return "export"


@pytest.fixture
def scene(stage: str, host: Host, tiny_catalogue: Path, tiny_reference: bytes, tmp_path: Path) -> Scene:
    return make_scene(stage, host, tiny_catalogue, tiny_reference, tmp_path)


def runs_with_each_call_failing(scene: Scene, call: str, *errors: str) -> Iterator[Run]:
    """Yield a run for each call of a kind, which alone fails in it, until there is no further one."""
    # Only where there is no exclusive rename links are made.
    missing = [Injection("exclusive rename", "EINVAL", "1+")] if call == "link" else []
    for number, error in enumerate(itertools.cycle(errors), 1):
        run = scene.run(*missing, Injection(call, error, number))
        if not [hit for hit in run.injected if not (missing and hit.name == "renameat2")]:
            return
        yield run


def named(value: object) -> str:
    """Return the words by which a case is found in a list of tests."""
    return " ".join(value) if isinstance(value, list) else str(value)


@pytest.mark.parametrize(("stage", "call", "errors"), CASES, ids=named)
def test_whichever_call_fails_nothing_is_lost_and_nothing_false_is_said(
    scene: Scene, stage: str, call: str, errors: list[str]
) -> None:
    problems: list[str] = []
    runs = 0
    for run in runs_with_each_call_failing(scene, call, *errors):
        problems += problems_after(scene, run)
        runs += 1
    assert not problems, "\n".join(problems)
    # A loop that ended before it began has shown nothing. In the full matrix a stage may lack a kind of call.
    assert runs or (stage, call) not in {important[:2] for important in IMPORTANT}


@pytest.mark.parametrize("stage", ["export", "resume", "publishing again"])
@pytest.mark.parametrize("when", ["1+2", "2+2"])
def test_interrupted_calls_are_made_again_and_have_no_effect(scene: Scene, stage: str, when: str) -> None:
    # Each second call, and so each call once, for whoever makes an interrupted one again. Not fdatasync:
    # SQLite does not, for no file system that Linux knows ends it so.
    run = scene.run(*(Injection(call, "EINTR", when) for call in ("write", "pwrite", "fsync")))
    assert {call.name for call in run.injected} >= {"pwrite64", "fsync"}
    assert run.code == DONE, run.errors
    assert scene.is_whole()
    assert [job.state for job in scene.jobs()] == [JobState.DONE]
    assert scene.parts() == []


@pytest.mark.parametrize("stage", ["export", "resume"])
def test_bytes_whose_sync_failed_are_never_synced_again_but_cut_off_and_written_anew(
    scene: Scene, stage: str
) -> None:
    failed = 0
    for run in runs_with_each_call_failing(scene, "fsync", "EIO"):
        (hit,) = run.injected
        if not is_part(hit.path):
            continue
        failed += 1
        after = run.calls[run.calls.index(hit) + 1 :]
        assert not [call for call in after if call.path == hit.path], "the part file is to be left alone"
        (job,) = scene.jobs()
        saved = job.checkpoint.bytes if job.checkpoint is not None else 0
        first, *_ = changes_of(hit.path, scene.resume())
        assert first.name == "ftruncate", first
        assert first.size == saved, first
        assert scene.is_whole()
    assert failed >= 2, "an export of some checkpoints syncs its part file for each"


def changes_of(path: str, run: Run) -> list[Call]:
    """Return what a run did to the file at `path`, in order."""
    return [call for call in run.calls if call.path == path]


@pytest.mark.parametrize("stage", ["export", "export that replaces"])
@pytest.mark.parametrize("error", ["EIO", "SIGKILL"])
def test_name_of_the_target_is_made_durable_before_a_resumed_export_counts_as_done(
    scene: Scene, stage: str, error: str
) -> None:
    undisturbed = scene.run()
    syncs = [call for call in undisturbed.calls if call.name == "fsync"]
    named = next(call for call in undisturbed.calls if f'"{scene.target}"' in call.text)
    after_naming = undisturbed.calls[undisturbed.calls.index(named) :]
    of_folder = next(call for call in after_naming if call.name == "fsync" and call.path == str(scene.out))
    number = next(number for number, call in enumerate(syncs, 1) if call is of_folder)
    scene.run(Injection("fsync", error, number))
    assert scene.is_whole(), "the failure came before the name"
    resumed = scene.resume()
    assert resumed.code == DONE
    assert [call for call in changes_of(str(scene.out), resumed) if call.name == "fsync"], (
        "DONE was committed, but the folder was never synced: a power cut may take the name away again"
    )
