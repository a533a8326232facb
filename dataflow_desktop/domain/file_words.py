"""The names of the files of an export in words, the same in the window and on the command line."""

from pathlib import PurePath

from dataflow_desktop.domain.job import Job
from dataflow_desktop.domain.voice import Voice


def files_in_words(first: str, last: str, count: int, voice: Voice) -> str:
    """Return the names of `count` files; one is named alone, of more the first, the last and how many."""
    if count == 1:
        return first
    words = voice.counted("{first} to {last} ({count} file(s))", count)
    return words.format(first=first, last=last, count=voice.number(count))


def job_files_in_words(job: Job, voice: Voice) -> str:
    """Return where the file of a job stands, or its numbered files, which are counted once all are whole."""
    spec, whole = job.spec, job.whole_file
    if not spec.options.is_split:
        return spec.target
    if whole is None:
        return f"{spec.file()}, …"
    return files_in_words(spec.file(), PurePath(spec.file(whole.files)).name, whole.files, voice)
