"""The program without fsync, checkpoint commits and SHA-256: what these cost is the difference."""

import os
from types import SimpleNamespace

from dataflow_desktop.__main__ import main
from dataflow_desktop.destination import file_digest, part_file
from dataflow_desktop.records import owned_job
from tests.bench._patches import Counted, replace, run_program

NO_DIGEST = "0" * 64


def run() -> None:
    """Take them out and run the command line."""
    make_durable, update = Counted("PartFile.make_durable"), Counted("the digest's update")
    digest = SimpleNamespace(update=update, hexdigest=lambda: NO_DIGEST)
    replace(part_file.PartFile, "make_durable", make_durable)
    replace(file_digest, "hashlib", SimpleNamespace(sha256=lambda: digest))
    # Not counted: an export that is done within a second has no checkpoint.
    replace(owned_job.OwnedJob, "save", lambda _owned, _checkpoint: None)
    # Whatever else the program itself syncs. SQLite syncs the job store in C, at the start and the end.
    for name in {"fsync", "fdatasync"} & set(dir(os)):
        replace(os, name, lambda _descriptor: None)
    run_program(main, make_durable, update)


if __name__ == "__main__":
    run()
