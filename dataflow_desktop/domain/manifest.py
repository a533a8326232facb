"""What was exported, and the proof of it."""

from dataclasses import dataclass

from dataflow_desktop.domain.export_spec import ExportSpec
from dataflow_desktop.domain.finished_file import PieceDigests
from dataflow_desktop.domain.job import SourceChanged
from dataflow_desktop.domain.schema import Column


@dataclass(frozen=True)
class ExportedFile:
    """One file of an export; `pieces` is None where an older version of the program wrote it."""

    name: str
    rows: int
    bytes: int
    sha256: str
    pieces: PieceDigests | None = None


@dataclass(frozen=True)
class ExportedColumn:
    """A column of the source, its name in the file, and its type there where the format has types."""

    column: Column
    name: str
    file_type: str | None = None


@dataclass(frozen=True)
class Manifest:
    """Everything that tells what an export is and how it came to be.

    `program` and `encoder` are the versions that wrote it. Times are ISO 8601 in UTC, those of the job:
    `finished` is when its last byte was durable. `resumes` counts how often it was taken up again.
    """

    program: str
    encoder: str
    spec: ExportSpec
    columns: tuple[ExportedColumn, ...]
    files: tuple[ExportedFile, ...]
    started: str
    finished: str | None
    resumes: int
    source_changed: SourceChanged
