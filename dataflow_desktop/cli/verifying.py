"""What `verify` prints: whether files are still what was exported, and what of them is not."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from dataflow_desktop.cli.output import VOICE, print_lines, say
from dataflow_desktop.domain.verdict_words import outcome_words, verdict_words, witness_words
from dataflow_desktop.domain.verification import Proof, Verdict
from dataflow_desktop.errors import DataFlowError
from dataflow_desktop.export.verification import (
    compared,
    numbered_proofs,
    proofs_in,
    verdict_on,
)
from dataflow_desktop.records.job_store import JobStore


def verify_file(store: JobStore, path: Path) -> bool:
    """Tell a person whether the file at `path`, or all files it was split into, are what was exported."""
    numbered = numbered_proofs(store, path) if not path.is_file() else []
    if numbered:
        return _verify_numbered(path, numbered)
    verdict = verdict_on(store, path)
    say(verdict_words(verdict, VOICE))
    return verdict.is_equal


def verify_folder(store: JobStore, folder: Path) -> bool:
    """List the files in `folder` that were exported, one line each, and return whether all are equal."""
    total, different = _list_lines(proofs_in(store, folder))
    if not total:
        say(f"No file in {folder} has a manifest or the record of an export.\nNothing was changed.")
        return False
    say(f"{total:,} compared in {folder}, {different:,} not as exported. Nothing was changed.")
    return not different


def _verify_numbered(path: Path, proofs: Sequence[tuple[Path, Proof]]) -> bool:
    total, different = _list_lines(proofs)
    say(f"{path.name} was split into {total:,}, {different:,} not as exported. Nothing was changed.")
    return not different


def _list_lines(proofs: Iterable[tuple[Path, Proof | DataFlowError]]) -> tuple[int, int]:
    """List files, one line each; return how many they are, and how many of them are not as exported."""
    total = different = 0
    for path, proof in proofs:
        is_equal, words = _line(path, proof)
        print_lines([words])
        total += 1
        different += not is_equal
    return total, different


def _line(path: Path, proof: Proof | DataFlowError) -> tuple[bool, str]:
    """Return whether a file is what was exported, and the words for it."""
    if isinstance(proof, DataFlowError):
        return False, f"unknown    {path.name}  {proof.reason.message}"
    if not path.is_file():
        return False, f"missing    {path.name}  it is in {witness_words(proof, VOICE)}"
    try:
        comparison = compared(path, proof)
    except DataFlowError as error:
        return False, f"unknown    {path.name}  {error.reason.message}"
    if comparison.is_equal:
        return True, f"equal      {path.name}  {proof.file.rows:,} rows, {comparison.bytes:,} bytes"
    outcome = outcome_words(Verdict(path, True, proof, comparison), VOICE)
    return False, f"different  {path.name}  it {outcome}"
