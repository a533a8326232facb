"""The manifest beside a target: where it stands, how it gets there durably, and how it is read again."""

import json
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from dataflow_desktop.destination.file_errors import errors_of_creating, turned_errors
from dataflow_desktop.destination.publishing import make_name_durable, publish
from dataflow_desktop.destination.target import stamp_of
from dataflow_desktop.destination.writing import write_durably
from dataflow_desktop.domain.export_spec import ExportSpec
from dataflow_desktop.domain.file_stamp import FileStamp
from dataflow_desktop.domain.manifest import ExportedFile, Manifest
from dataflow_desktop.domain.manifest_words import (
    NewerManifestError,
    ReadManifest,
    manifest_from,
    words_of,
)
from dataflow_desktop.errors import ReasonCode, RefusedError

SUFFIX = ".manifest.json"

MOST_BYTES = 256_000_000
"""No manifest is larger, and more is not taken into memory: one of 10,000 pieces has two million bytes."""


def manifest_path_for(target: Path) -> Path:
    """Return where the manifest of `target` stands."""
    return target.with_name(target.name + SUFFIX)


def places_of(spec: ExportSpec) -> Iterator[Path]:
    """Yield the names that an export is to have in the end: its target, and its manifest if it has one.

    Of numbered files the first only: how many there will be, the rows tell.
    """
    yield Path(spec.file())
    if spec.has_manifest:
        yield manifest_path_for(Path(spec.target))


def put_manifest(manifest: Manifest, draft: Path, replaced: FileStamp | None) -> None:
    """Let `manifest` stand beside its target; on return it is durable, and its `draft` is gone.

    Takes the place of the same export's, which one that was killed may have left, and of the very file that
    `replaced` is the stamp of. Raises RefusedError for another one, else DestinationError.
    """
    target = Path(manifest.spec.target)
    path = manifest_path_for(target)
    content = _content(manifest)
    if _has(path, content):
        make_name_durable(path)
        return
    may_replace = _is_of_same(manifest, path) or (replaced is not None and stamp_of(path) == replaced)
    with errors_of_creating(draft):
        write_durably(draft, content, 0o666)  # whoever may read any new file here may read it
    try:
        publish(draft, path, is_overwrite_allowed=may_replace)
    except RefusedError as error:
        raise RefusedError(ReasonCode.MANIFEST_APPEARED, manifest=path, target=target) from error


def read_manifest(path: Path) -> ReadManifest:
    """Return what the manifest at `path` says; raises RefusedError for one that cannot be understood."""
    with turned_errors(path, ReasonCode.FILE_UNREADABLE), path.open("rb") as file:
        raw = file.read(MOST_BYTES + 1)
    try:
        return manifest_from(_words_in(raw))
    except NewerManifestError as error:
        raise RefusedError(ReasonCode.MANIFEST_NEWER, manifest=path) from error
    except (ValueError, RecursionError) as error:
        raise RefusedError(ReasonCode.MANIFEST_DAMAGED, manifest=path, reason=error) from error


def _words_in(raw: bytes) -> object:
    if len(raw) > MOST_BYTES:
        raise ValueError("it is too large")
    words: object = json.loads(raw.decode())
    return words


def _content(manifest: Manifest) -> bytes:
    return json.dumps(words_of(manifest), indent=2, sort_keys=True, ensure_ascii=False).encode() + b"\n"


def _has(path: Path, content: bytes) -> bool:
    with turned_errors(path, ReasonCode.FILE_UNREADABLE), suppress(FileNotFoundError):
        return path.is_file() and path.stat().st_size == len(content) and path.read_bytes() == content
    return False


def _is_of_same(manifest: Manifest, path: Path) -> bool:
    """Whether the manifest of the same export stands there: it may count fewer resumes."""
    if not path.is_file():
        return False
    try:
        found = read_manifest(path)
    except RefusedError:
        return False
    is_same_run = (found.started, found.finished) == (manifest.started, manifest.finished)
    return is_same_run and list(map(_known_by, found.files)) == list(map(_known_by, manifest.files))


def _known_by(file: ExportedFile) -> tuple[str, int, str]:
    return file.name, file.bytes, file.sha256
