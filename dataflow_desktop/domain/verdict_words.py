"""A verdict on a file in words, the same in the window and on the command line."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from dataflow_desktop.domain.verification import ByteRange, Comparison, Proof, Verdict

MOST_RANGES = 10
"""So many stretches are named; who has more needs the file anew, not a longer list."""


def _as_it_is(text: str) -> str:
    return text


@dataclass(frozen=True)
class Voice:
    """How a front says things: times as stored, numbers, and the English texts in the person's language."""

    time: Callable[[str | None], str]
    number: Callable[[int], str] = "{:,}".format
    translated: Callable[[str], str] = _as_it_is


def verdict_words(verdict: Verdict, voice: Voice) -> str:
    """Return what a verdict says, what is safe and what to do; in several lines where much differs."""
    path, proof, comparison, say = verdict.path, verdict.proof, verdict.comparison, voice.translated
    if not verdict.is_there:
        return say(
            "There is no file {path}.\nNothing was changed. Check the path, or export it again."
        ).format(path=path)
    if proof is None or comparison is None:
        return say(
            "No export of this program is known to have written {path}.\nThe file was not changed."
        ).format(path=path)
    if comparison.is_equal:
        return say(
            "{path} is just what was exported: {rows} rows, {bytes} bytes, sha256 {sha256}.\n"
            "So says {witness}."
        ).format(
            path=path,
            rows=voice.number(proof.file.rows),
            bytes=voice.number(comparison.bytes),
            sha256=comparison.sha256,
            witness=witness_words(proof, voice),
        )
    return "\n".join(_difference(verdict, proof, comparison, voice))


def witness_words(proof: Proof, voice: Voice) -> str:
    """Return who says what the file must be."""
    if proof.manifest is None:
        return voice.translated("the record of its export")
    return voice.translated("its manifest {manifest}").format(manifest=proof.manifest)


def changes_in_words(proof: Proof, comparison: Comparison, voice: Voice) -> list[str]:
    """Return what became of a file that is not what was exported; each continues a sentence with "it"."""
    say, number = voice.translated, voice.number
    added = comparison.bytes - proof.file.bytes
    changes = []
    if added:
        words = say("is longer by {count}: it has {has} and had {had}")
        if added < 0:
            words = say("is shorter by {count}: it has {has} and had {had}")
        bytes_added = say("1 byte") if abs(added) == 1 else say("{count} bytes")
        changes.append(
            words.format(
                count=bytes_added.format(count=number(abs(added))),
                has=number(comparison.bytes),
                had=number(proof.file.bytes),
            )
        )
    if comparison.differing:
        changes.append(
            say("differs in {stretches}").format(stretches=_stretches(comparison.differing, voice))
        )
    elif comparison.differing is None:
        changes.append(say("differs somewhere: its digests by pieces are not known"))
    else:
        begins = say("begins with the {count} bytes that were exported")
        changes.append(begins.format(count=number(proof.file.bytes)))
    return changes


def _difference(verdict: Verdict, proof: Proof, comparison: Comparison, voice: Voice) -> list[str]:
    say = voice.translated
    words = [
        say("{path} is not what was exported at {time}.").format(
            path=verdict.path, time=voice.time(proof.finished)
        ),
        say("So says {witness}:").format(witness=witness_words(proof, voice)),
        *(say("- it {what}").format(what=what) for what in changes_in_words(proof, comparison, voice)),
        say("- its sha256 is {sha256}, and was {was}").format(
            sha256=comparison.sha256, was=proof.file.sha256
        ),
    ]
    if verdict.other is not None:
        other = say("It is what another export wrote at {time}.")
        if proof.manifest is not None:
            other = say("It is what another export wrote at {time}: the manifest is not of that one.")
        words.append(other.format(time=voice.time(verdict.other.finished)))
    return [*words, say("The file was not changed. Bring it back from a copy, or export it again.")]


def _stretches(ranges: Sequence[ByteRange], voice: Voice) -> str:
    say, number = voice.translated, voice.number
    named = [
        say("bytes {first} to {last}").format(first=number(one.first), last=number(one.last))
        for one in ranges[:MOST_RANGES]
    ]
    more = len(ranges) - len(named)
    rest = say(" and {count} more stretches").format(count=number(more)) if more else ""
    return ", ".join(named) + rest
