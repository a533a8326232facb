"""Whether a file is still what was exported, and which part of it is not."""

import hashlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from dataflow_desktop.destination.file_digest import PieceDigester
from dataflow_desktop.destination.file_errors import turned_errors
from dataflow_desktop.destination.manifest import SUFFIX, manifest_path_for, read_manifest
from dataflow_desktop.domain.job import Job
from dataflow_desktop.domain.manifest import ExportedFile
from dataflow_desktop.domain.manifest_words import ReadManifest
from dataflow_desktop.errors import DataFlowError, ReasonCode, RefusedError
from dataflow_desktop.export.manifest_making import exported_file
from dataflow_desktop.records.job_store import JobStore

READ_BYTES = 1 << 20
"""One read: large enough that hashing, not the calls, takes the time, and Ctrl+C is answered between two."""


@dataclass(frozen=True)
class Proof:
    """What a file must be, and who says so: the `manifest`, or without one the record of its export."""

    file: ExportedFile
    finished: str | None
    manifest: Path | None = None


@dataclass(frozen=True)
class ByteRange:
    """Bytes of a file from `first` to `last`, both of them included; the first byte of all is 0."""

    first: int
    last: int


@dataclass(frozen=True)
class Comparison:
    """What a file is: its bytes and SHA-256, and where it is not what it was.

    `differing` is None where the proof does not tell pieces. What is missing at the end differs too; what was
    added there does not count among them.
    """

    bytes: int
    sha256: str
    is_equal: bool
    differing: tuple[ByteRange, ...] | None = ()


def proof_for(store: JobStore, path: Path) -> Proof | None:
    """Return the proof of the file at `path`: its manifest, else another that names it, else its record.

    None where there is neither. Raises RefusedError when its own manifest is not to be understood, or is that
    of another file.
    """
    manifest = manifest_path_for(path)
    if not manifest.is_file():
        return _proofs_by_manifests(path.parent).get(path.name) or record_of(store, path)
    proof = _proof_in(manifest, read_manifest(manifest), path.name)
    if proof is None:
        raise RefusedError(ReasonCode.MANIFEST_OF_OTHER, manifest=manifest, file=path.name)
    return proof


def record_of(store: JobStore, path: Path) -> Proof | None:
    """Return what the newest job that wrote `path` has recorded, None where there is none."""
    job = store.newest_done_for(str(path))
    return _recorded(store, job) if job is not None else None


def proofs_in(store: JobStore, folder: Path) -> Iterator[tuple[Path, Proof | DataFlowError]]:
    """Yield every file in `folder` that has a manifest or a record, and its proof or what is wrong with that.

    A file that only a manifest speaks of counts, whether it is there or not.
    """
    proofs: dict[str, Proof | DataFlowError] = {}
    for job in store.newest_done_in(folder):
        if Path(job.spec.target).is_file() and (recorded := _recorded(store, job)) is not None:
            proofs[recorded.file.name] = recorded
    proofs.update(_proofs_by_manifests(folder))
    for manifest in _manifests_in(folder):
        path = manifest.with_name(manifest.name.removesuffix(SUFFIX))
        if path.is_file():
            try:
                own = proof_for(store, path)
            except DataFlowError as error:
                proofs[path.name] = error
            else:
                proofs.update({path.name: own} if own is not None else {})
    for name in sorted(proofs):
        yield folder / name, proofs[name]


def compare(path: Path, file: ExportedFile) -> Comparison:
    """Return how the file at `path` compares with what it was; raises DestinationError.

    Read block by block, and a second time only where something differs, to find out where.
    """
    digest, size = hashlib.sha256(), 0
    for block in _blocks(path):
        digest.update(block)
        size += len(block)
    is_equal = (size, digest.hexdigest()) == (file.bytes, file.sha256)
    differing = () if is_equal else _differing(path, file)
    return Comparison(size, digest.hexdigest(), is_equal, differing)


def _recorded(store: JobStore, job: Job) -> Proof | None:
    if job.whole_file is None:
        return None
    return Proof(exported_file(job, job.whole_file, store.pieces(job.id)), job.finished_at)


def _proof_in(manifest: Path, read: ReadManifest, name: str) -> Proof | None:
    file = read.file_called(name)
    return Proof(file, read.finished, manifest) if file is not None else None


def _proofs_by_manifests(folder: Path) -> dict[str, Proof]:
    """Return the proofs that the readable manifests in `folder` have, by the names of their files."""
    proofs: dict[str, Proof] = {}
    manifests: list[Path] = []
    with suppress(DataFlowError):  # a folder whose files may be read, but not listed
        manifests = _manifests_in(folder)
    for manifest in manifests:
        with suppress(DataFlowError):  # somebody else's, for all we know
            read = read_manifest(manifest)
            proofs.update({file.name: Proof(file, read.finished, manifest) for file in read.files})
    return proofs


def _manifests_in(folder: Path) -> list[Path]:
    with turned_errors(folder, ReasonCode.FILE_UNREADABLE):
        return sorted(path for path in folder.iterdir() if path.name.endswith(SUFFIX) and path.is_file())


def _differing(path: Path, file: ExportedFile) -> tuple[ByteRange, ...] | None:
    if file.pieces is None:
        return None
    digester, rest = PieceDigester(file.pieces.piece_bytes), file.bytes
    for block in _blocks(path):
        digester.update(block[:rest])  # what was added at the end is in none of its pieces
        rest -= min(len(block), rest)
    present = dict(enumerate(digester.pieces.digests))
    return _joined(
        ByteRange(piece.offset, piece.offset + piece.bytes - 1)
        for number, piece in enumerate(file.pieces.pieces(file.bytes))
        if present.get(number) != piece.sha256
    )


def _joined(ranges: Iterator[ByteRange]) -> tuple[ByteRange, ...]:
    """Return ranges, in order, with those as one between which nothing lies."""
    joined: list[ByteRange] = []
    for one in ranges:
        is_next = joined and joined[-1].last + 1 == one.first
        first = joined.pop().first if is_next else one.first
        joined.append(ByteRange(first, one.last))
    return tuple(joined)


def _blocks(path: Path) -> Iterator[bytes]:
    with turned_errors(path, ReasonCode.FILE_UNREADABLE), path.open("rb") as file:
        while block := file.read(READ_BYTES):
            yield block
