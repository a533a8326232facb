"""Whether a file is still what was exported, and which part of it is not."""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

from dataflow_desktop.destination.file_digest import PieceDigester
from dataflow_desktop.destination.file_errors import turned_errors
from dataflow_desktop.destination.file_reading import blocks_of
from dataflow_desktop.destination.manifest import SUFFIX, manifest_path_for, read_manifest
from dataflow_desktop.domain.file_names import number_in, unnumbered
from dataflow_desktop.domain.job import Job
from dataflow_desktop.domain.manifest import ExportedFile
from dataflow_desktop.domain.manifest_words import ReadManifest
from dataflow_desktop.domain.verification import ByteRange, Comparison, Proof, Verdict
from dataflow_desktop.errors import DataFlowError, ReasonCode, RefusedError
from dataflow_desktop.export.manifest_making import exported_files
from dataflow_desktop.phrases import Phrase
from dataflow_desktop.records.job_store import JobStore

Watch = Callable[[int], None]
"""Is told after each read how many bytes were read so far; raises Stopped to give up."""


def _watch_nothing(_: int) -> None:
    pass


def verdict_on(store: JobStore, path: Path) -> Verdict:
    """Compare the file at `path` with its proof; raises as `proof_for` and `compared` do."""
    if not path.is_file():
        return Verdict(path, is_there=False)
    proof = proof_for(store, path)
    if proof is None:
        return Verdict(path, is_there=True)
    comparison = compared(path, proof)
    other = record_of(store, path) if proof.manifest is not None else None
    return Verdict(path, True, proof, comparison, _if_written_by(other, comparison))


def verdicts_on_export(store: JobStore, job_id: str, watch: Watch = _watch_nothing) -> Iterator[Verdict]:
    """Compare each file of a job with what that job wrote, whatever a manifest says or another wrote since.

    `watch` is told of the bytes of all of them. Raises DestinationError, and what `watch` raises.
    """
    job, done = store.job(job_id), 0
    target, files = Path(job.spec.target), exported_files(job, store.files(job_id))
    if not files:
        yield _verdict_by_record(store, target, None, watch)
    for file in files:
        proof = Proof(file, job.finished_at)
        yield _verdict_by_record(store, target.with_name(file.name), proof, _from(done, watch))
        done += file.bytes


def _from(done: int, watch: Watch) -> Watch:
    """Return what tells `watch` of what is read beyond the bytes that are `done`."""
    return lambda read: watch(done + read)


def _verdict_by_record(store: JobStore, path: Path, proof: Proof | None, watch: Watch) -> Verdict:
    with turned_errors(path, ReasonCode.FILE_UNREADABLE):
        is_there = path.is_file()
    if proof is None or not is_there:
        return Verdict(path, is_there, proof)
    comparison = compare(path, proof.file, watch)
    other = record_of(store, path) if not comparison.is_equal else None
    return Verdict(path, is_there, proof, comparison, _if_written_by(other, comparison))


def numbered_proofs(store: JobStore, path: Path) -> list[tuple[Path, Proof]]:
    """Return where the files of the export that was split and is called `path` must stand, and their proofs.

    In order; none where no such export is known. Raises RefusedError when its manifest is not to be
    understood.
    """
    manifest, proofs = manifest_path_for(path), list[Proof]()
    if manifest.is_file():
        read = read_manifest(manifest)
        proofs = [Proof(file, read.finished, manifest) for file in read.files]
    elif (job := store.newest_done_for(str(path), is_split=True)) is not None:
        proofs = list(_recorded(store, job).values())
    named = ((path.with_name(proof.file.name), proof) for proof in proofs)
    return [(file, proof) for file, proof in named if number_in(path.name, file.name) is not None]


def proof_for(store: JobStore, path: Path) -> Proof | None:
    """Return the proof of the file at `path`: its manifest, else another that names it, else its record.

    None where there is none of them. Raises RefusedError when its own manifest is not to be understood, or is
    that of another file.
    """
    manifest = manifest_path_for(path)
    if not manifest.is_file():
        return _proofs_by_manifests(path.parent).get(path.name) or record_of(store, path)
    read = read_manifest(manifest)
    proof = _proof_in(manifest, read, path.name)
    if any(number_in(path.name, file.name) is not None for file in read.files):
        return proof or record_of(store, path)  # it is that of the numbered files of this name
    if proof is None:
        raise RefusedError(ReasonCode.MANIFEST_OF_OTHER, manifest=manifest, file=path.name)
    return proof


def record_of(store: JobStore, path: Path) -> Proof | None:
    """Return what the newest job that wrote `path` has recorded, None where there is none."""
    jobs = [store.newest_done_for(str(path))]
    if (target := unnumbered(path.name)) is not None:
        jobs.append(store.newest_done_for(str(path.with_name(target)), is_split=True))
    newest_first = sorted(filter(None, jobs), key=lambda job: job.created_at, reverse=True)
    proofs = (_recorded(store, job).get(path.name) for job in newest_first)
    return next(filter(None, proofs), None)


def proofs_in(store: JobStore, folder: Path) -> Iterator[tuple[Path, Proof | DataFlowError]]:
    """Yield every file in `folder` that has a manifest or a record, and its proof or what is wrong with that.

    A file that only a manifest speaks of counts, whether it is there or not.
    """
    proofs: dict[str, Proof | DataFlowError] = {}
    for job in store.newest_done_in(folder):
        recorded = _recorded(store, job)
        proofs.update({name: proof for name, proof in recorded.items() if (folder / name).is_file()})
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


def compared(path: Path, proof: Proof) -> Comparison:
    """Return how the file at `path` compares with its proof.

    Raises DestinationError, and RefusedError for a manifest whose digests contradict each other.
    """
    comparison = compare(path, proof.file)
    is_same_by_pieces = comparison.differing == () and comparison.bytes == proof.file.bytes
    if is_same_by_pieces and not comparison.is_equal and proof.manifest is not None:
        reason = Phrase.PARTS_AGREE_ALONE
        raise RefusedError(ReasonCode.MANIFEST_DAMAGED, manifest=proof.manifest, reason=reason)
    return comparison


def compare(path: Path, file: ExportedFile, watch: Watch = _watch_nothing) -> Comparison:
    """Return how the file at `path` compares with what it was.

    Read block by block, and a second time only where something differs, to find out where. Raises
    DestinationError, and what `watch` raises.
    """
    digest, size = hashlib.sha256(), 0
    for block in blocks_of(path):
        digest.update(block)
        size += len(block)
        watch(size)
    is_equal = (size, digest.hexdigest()) == (file.bytes, file.sha256)
    differing = () if is_equal else _differing(path, file, watch)
    return Comparison(size, digest.hexdigest(), is_equal, differing)


def _if_written_by(other: Proof | None, comparison: Comparison) -> Proof | None:
    is_other = other is not None and not comparison.is_equal and other.is_of(comparison)
    return other if is_other else None


def _recorded(store: JobStore, job: Job) -> dict[str, Proof]:
    """Return the proofs of the files of `job`, by their names."""
    return {file.name: Proof(file, job.finished_at) for file in exported_files(job, store.files(job.id))}


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


def _differing(path: Path, file: ExportedFile, watch: Watch) -> tuple[ByteRange, ...] | None:
    if file.pieces is None:
        return None
    digester, rest = PieceDigester(file.pieces.piece_bytes), file.bytes
    for block in blocks_of(path):
        digester.update(block[:rest])  # what was added at the end is in none of its pieces
        rest -= min(len(block), rest)
        watch(file.bytes - rest)
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
