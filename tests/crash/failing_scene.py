"""A small export whose system calls fail one by one, and what must hold whichever of them did."""

import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from dataflow_desktop.domain.job import Job, JobState
from dataflow_desktop.export.job_list import list_jobs
from dataflow_desktop.records.job_store import JobStore
from tests.crash.injecting import Call, Host, Injection, Run

FORMER = b"what stood there before\n"
DONE, DESTINATION_FAILED = 0, 4


@dataclass
class Scene:
    """A home, a folder and a target in it; brought back to where it was kept before each run."""

    host: Host
    catalogue: Path
    reference: bytes
    folder: Path
    command: list[str] = field(default_factory=list)
    former: bytes | None = None

    @property
    def home(self) -> Path:
        """Where the program keeps its own files."""
        return self.folder / "now" / "home"

    @property
    def out(self) -> Path:
        """The folder of the target."""
        return self.folder / "now" / "out"

    @property
    def target(self) -> Path:
        """What the export is to become."""
        return self.out / "products.csv"

    @property
    def export(self) -> list[str]:
        """The arguments of an export in which each chunk is a checkpoint."""
        each_chunk_a_checkpoint = ("--chunk-rows", "100", "--checkpoint-seconds", "0")
        more = ("--overwrite",) if self.former is not None else ()
        arguments = ["export", str(self.catalogue), "products", "-o", str(self.target)]
        return [*arguments, *each_chunk_a_checkpoint, *more]

    def jobs(self) -> list[Job]:
        """Return every job as a person sees it."""
        with closing(JobStore(self.home / "jobs.db")) as store:
            return list_jobs(store)

    def parts(self) -> list[Path]:
        """Return the part files."""
        return sorted(self.out.glob(".*.part"))

    def content(self) -> bytes | None:
        """Return what stands at the target."""
        return self.target.read_bytes() if self.target.exists() else None

    def is_whole(self) -> bool:
        """Whether the target has the bytes of an undisturbed export."""
        return self.content() == self.reference

    def keep(self) -> None:
        """Let every further `run` begin from what is there now."""
        shutil.copytree(self.folder / "now", self.folder / "kept")

    def run(self, *injections: Injection) -> Run:
        """Run the command from the kept state on, with the `injections`."""
        shutil.rmtree(self.folder / "now")
        shutil.copytree(self.folder / "kept", self.folder / "now")
        return self.host.traced(self.home, *self.command, injections=injections)

    def resume(self) -> Run:
        """Go on after a run, with nothing in the way, traced."""
        return self.host.traced(self.home, "resume", "--all")


STAGES = ("first export", "export", "export that replaces", "resume", "publishing again")


def make_scene(stage: str, host: Host, catalogue: Path, reference: bytes, folder: Path) -> Scene:
    """Return the scene of a stage, with the command that is to suffer."""
    scene = Scene(host, catalogue, reference, folder)
    scene.out.mkdir(parents=True)
    scene.home.mkdir()
    if stage != "first export":
        host.run(scene.home, "jobs")  # makes the job store
    if stage == "export that replaces":
        scene.former = FORMER
        scene.target.write_bytes(FORMER)
    scene.command = scene.export
    if stage in {"resume", "publishing again"}:
        _interrupt(scene, is_publishing=stage == "publishing again")
    scene.keep()
    return scene


def _interrupt(scene: Scene, *, is_publishing: bool) -> None:
    """Leave an export that was killed in its middle, or once it was whole."""
    last = Injection("exclusive rename", "SIGKILL", 1)
    if not is_publishing:
        last = Injection("fsync", "SIGKILL", _middle(scene))
    scene.host.traced(scene.home, *scene.export, injections=[last])
    scene.command = ["resume", "--all"]
    (job,) = scene.jobs()
    assert job.state is JobState.INTERRUPTED
    assert (job.whole_file is not None) == is_publishing
    assert job.durable_rows > 0


def _middle(scene: Scene) -> int:
    """Return which fsync of an export comes after the first checkpoint and before the last."""
    whole = scene.host.traced(scene.folder / "rehearsal", *scene.export)
    scene.target.unlink()
    syncs = [call for call in whole.calls if call.name == "fsync"]
    return [number for number, call in enumerate(syncs, 1) if is_part(call.path)][2]


def is_part(path: str) -> bool:
    """Whether `path` is that of a part file."""
    return path.endswith(".part")


def problems_after(scene: Scene, run: Run) -> Iterator[str]:
    """Yield what is wrong after a run in which a call failed, and after the resume that follows."""
    calls = [str(call) for call in run.injected] or ["nothing"]
    for problem in (*_problems_of(scene, run), *_problems_of_resuming(scene)):
        yield f"{problem}; what failed: {', '.join(calls)}; exit code {run.code}; said:\n{run.errors}"


def _problems_of(scene: Scene, run: Run) -> Iterator[str]:
    jobs = scene.jobs()
    is_done = [job.state for job in jobs] == [JobState.DONE]
    if "Traceback" in run.output + run.errors:
        yield "a traceback reached the person"
    if run.code not in {DONE, DESTINATION_FAILED}:
        yield "an exit code that this cause must not have"
    if scene.content() not in {scene.former, scene.reference}:
        yield "the target has wrong bytes"
    if any(job.state is JobState.DONE for job in jobs) and not scene.is_whole():
        yield "DONE without the right target"
    if run.code == DONE and not (scene.is_whole() and is_done):
        yield "exit code 0, but the export is not done"
    if run.code == DONE and any(_matters(scene, call) for call in run.injected):
        yield "exit code 0, although bytes or a name may not be on the disk"
    if run.code == DESTINATION_FAILED and not _is_for_people(scene, run):
        yield "the message does not say what happened to which file, and what to do"
    if run.code == DESTINATION_FAILED and any(str(scene.out) in call.path for call in run.injected):
        # The job store was well, and has to know.
        yield from (f"{job.state} without a pause" for job in jobs if job.state is not JobState.PAUSED)


def _problems_of_resuming(scene: Scene) -> Iterator[str]:
    # A wish that was turned down leaves nothing that could be resumed: then it is wished again.
    again = scene.host.run(scene.home, *(["resume", "--all"] if scene.jobs() else scene.export))
    if again.code != DONE:
        yield f"going on without failures ended with {again.code}, {again.errors}"
    if not scene.is_whole():
        yield "after going on the target has wrong bytes"
    if [job.state for job in scene.jobs()] != [JobState.DONE]:
        yield "after going on the job is not done"
    if scene.parts():
        yield "after going on a part file is left"


def _matters(scene: Scene, call: Call) -> bool:
    is_change = call.name in {"write", "fsync", "ftruncate"}
    return is_change and (is_part(call.path) or call.path == str(scene.out))


def _is_for_people(scene: Scene, run: Run) -> bool:
    is_full = any(
        "ENOSPC" in call.text or "EDQUOT" in call.text for call in run.injected if _matters(scene, call)
    )
    says_so = any(word in run.errors for word in ("room", "full", "space", "quota"))
    return str(scene.folder) in run.errors and len(run.errors.splitlines()) >= 2 and (says_so or not is_full)
