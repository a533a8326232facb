"""What is said of an export of only what is new before it begins."""

from pathlib import Path

from dataflow_desktop.cli.output import readable_time, say
from dataflow_desktop.domain.job import Job
from dataflow_desktop.export.going_on import unfinished_before
from dataflow_desktop.records.job_store import JobStore


def announce_last(store: JobStore, job: Job) -> None:
    """Say since when rows count as new, and what a person may not expect of that."""
    spec, last = job.spec, job.spec.last
    if not spec.is_since_last:
        return
    if last is None:
        say(f"No export of these rows by the profile {spec.profile} has ended yet: this one has them all.")
    elif last.old_version is None:
        say(f"Only rows added since {readable_time(last.time)}, when {last.file} was exported.")
    else:
        name = Path(last.file).name
        say(f"Rows added since {readable_time(last.time)} are put behind those of {name}, in a new version.")
    if (other := unfinished_before(store, job)) is not None:
        say(
            f"The export {other.id} with the same profile is not finished: some rows may be in both files.\n"
            f"Resume it first, or give it up: dataflow-desktop cancel {other.id}"
        )
