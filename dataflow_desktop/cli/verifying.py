"""The words of `verify`: whether files are still what was exported, and what of them is not."""

from collections.abc import Sequence
from pathlib import Path

from dataflow_desktop.cli.output import print_lines, readable_time, say
from dataflow_desktop.errors import DataFlowError, ReasonCode, RefusedError
from dataflow_desktop.export.verification import (
    ByteRange,
    Comparison,
    Proof,
    compare,
    proof_for,
    proofs_in,
    record_of,
)
from dataflow_desktop.records.job_store import JobStore

MOST_RANGES = 10
"""So many stretches are named; who has more needs the file anew, not a longer list."""


def verify_file(store: JobStore, path: Path) -> bool:
    """Tell a person whether the file at `path` is what was exported, and return it."""
    if not path.is_file():
        say(f"There is no file {path}.\nNothing was changed. Check the path, or export it again.")
        return False
    proof = proof_for(store, path)
    if proof is None:
        say(f"No export of this program is known to have written {path}.\nThe file was not changed.")
        return False
    comparison = _compared(path, proof)
    if comparison.is_equal:
        size = f"{proof.file.rows:,} rows, {comparison.bytes:,} bytes, sha256 {comparison.sha256}"
        say(f"{path} is just what was exported: {size}.\nSo says {_witness(proof)}.")
        return True
    say("\n".join(_difference(store, path, proof, comparison)))
    return False


def verify_folder(store: JobStore, folder: Path) -> bool:
    """List the files in `folder` that were exported, one line each, and return whether all are equal."""
    total = different = 0
    for path, proof in proofs_in(store, folder):
        is_equal, words = _line(path, proof)
        print_lines([words])
        total += 1
        different += not is_equal
    if not total:
        say(f"No file in {folder} has a manifest or the record of an export.\nNothing was changed.")
        return False
    say(f"{total:,} compared in {folder}, {different:,} not as exported. Nothing was changed.")
    return not different


def _compared(path: Path, proof: Proof) -> Comparison:
    comparison = compare(path, proof.file)
    is_same_by_pieces = comparison.differing == () and comparison.bytes == proof.file.bytes
    if is_same_by_pieces and not comparison.is_equal and proof.manifest is not None:
        reason = "by its parts the file is what was exported, by its sha256 it is not"
        raise RefusedError(ReasonCode.MANIFEST_DAMAGED, manifest=proof.manifest, reason=reason)
    return comparison


def _difference(store: JobStore, path: Path, proof: Proof, comparison: Comparison) -> list[str]:
    words = [
        f"{path} is not what was exported at {readable_time(proof.finished)}.",
        f"So says {_witness(proof)}:",
        *(f"- it {what}" for what in _changes(proof, comparison)),
        f"- its sha256 is {comparison.sha256}, and was {proof.file.sha256}",
    ]
    record = record_of(store, path) if proof.manifest is not None else None
    if record is not None and _is_as(record, comparison):
        words.append(
            f"It is what another export wrote at {readable_time(record.finished)}: "
            "the manifest is not of that one."
        )
    return [*words, "The file was not changed. Bring it back from a copy, or export it again."]


def _is_as(proof: Proof, comparison: Comparison) -> bool:
    return (proof.file.bytes, proof.file.sha256) == (comparison.bytes, comparison.sha256)


def _changes(proof: Proof, comparison: Comparison) -> list[str]:
    added = comparison.bytes - proof.file.bytes
    changes = []
    if added:
        direction = "longer" if added > 0 else "shorter"
        size = f"it has {comparison.bytes:,} and had {proof.file.bytes:,}"
        changes.append(f"is {direction} by {abs(added):,} {'byte' if abs(added) == 1 else 'bytes'}: {size}")
    if comparison.differing:
        changes.append(f"differs in {_stretches(comparison.differing)}")
    elif comparison.differing is None:
        changes.append("differs somewhere: its digests by pieces are not known")
    else:
        changes.append(f"begins with the {proof.file.bytes:,} bytes that were exported")
    return changes


def _stretches(ranges: Sequence[ByteRange]) -> str:
    named = [f"bytes {one.first:,} to {one.last:,}" for one in ranges[:MOST_RANGES]]
    more = len(ranges) - len(named)
    return ", ".join(named) + (f" and {more:,} more stretches" if more else "")


def _witness(proof: Proof) -> str:
    return f"its manifest {proof.manifest}" if proof.manifest is not None else "the record of its export"


def _line(path: Path, proof: Proof | DataFlowError) -> tuple[bool, str]:
    """Return whether a file is what was exported, and the words for it."""
    if isinstance(proof, DataFlowError):
        return False, f"unknown    {path.name}  {proof.reason.message}"
    if not path.is_file():
        return False, f"missing    {path.name}  it is in {_witness(proof)}"
    try:
        comparison = _compared(path, proof)
    except DataFlowError as error:
        return False, f"unknown    {path.name}  {error.reason.message}"
    if comparison.is_equal:
        return True, f"equal      {path.name}  {proof.file.rows:,} rows, {comparison.bytes:,} bytes"
    return False, f"different  {path.name}  it {'; it '.join(_changes(proof, comparison))}"
