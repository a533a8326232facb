"""What an export was asked to do."""

from dataclasses import dataclass, field, replace

from dataflow_desktop.domain.file_names import numbered
from dataflow_desktop.domain.file_options import FileOptions
from dataflow_desktop.domain.last_export import LastExport, OldVersion
from dataflow_desktop.domain.own_query import OwnQuery
from dataflow_desktop.domain.reading import Consistency, InvalidText
from dataflow_desktop.domain.row_query import RowQuery

CHECKPOINT_SECONDS = 1.0
"""How much work a crash may cost where nobody says otherwise."""


@dataclass(frozen=True)
class ExportSpec:
    """A wish for a file, frozen when the job is made.

    `source` is the absolute path or the address of the database, without secrets; `target` the absolute path
    of the file, `moved_from` the one before, where the part file may still be. `chunk_rows` None lets the
    size of a read adapt to the width of the rows. `own_query` is what `query` asks where that is no table.
    With `has_manifest` a manifest stands beside the target in the end. `profile` is the name of the one it
    was asked for by, if any; with `is_since_last` it has only rows that were added since the last export of
    that profile, which is `last` once a job is made, None where there was none.
    """

    source: str
    query: RowQuery
    target: str
    options: FileOptions = field(default_factory=FileOptions)
    is_overwrite_allowed: bool = False
    chunk_rows: int | None = None
    throttle_ms: int = 0
    checkpoint_seconds: float = CHECKPOINT_SECONDS
    consistency: Consistency = Consistency.LIVE
    invalid_text: InvalidText = InvalidText.FAIL
    moved_from: str | None = None
    own_query: OwnQuery | None = None
    has_manifest: bool = False
    profile: str = ""
    is_since_last: bool = False
    last: LastExport | None = None

    @property
    def old_version(self) -> OldVersion | None:
        """What the target begins with that was there before, None where all of it is written anew."""
        return self.last.old_version if self.last is not None else None

    @property
    def old_rows(self) -> int:
        """How many rows of the target were there before."""
        return self.old_version.rows if self.old_version is not None else 0

    def file(self, number: int = 1) -> str:
        """Return the path of the file of that number, from 1; the only one where the export is not split."""
        return numbered(self.target, number) if self.options.is_split else self.target


def retargeted(spec: ExportSpec, target: str) -> ExportSpec:
    """Return `spec` for another target. That a file may be replaced was said of the first one only."""
    is_overwrite_allowed = spec.is_overwrite_allowed and target == spec.target
    return replace(spec, target=target, is_overwrite_allowed=is_overwrite_allowed, moved_from=None)
