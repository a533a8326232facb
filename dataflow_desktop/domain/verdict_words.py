"""A verdict on a file in words, the same in the window and on the command line."""

from collections.abc import Sequence

from dataflow_desktop.domain.verification import ByteRange, Comparison, Proof, Verdict
from dataflow_desktop.domain.voice import Voice

MOST_RANGES = 10
"""So many stretches are named; who has more needs the file anew, not a longer list."""

MOST_FILES = 10
"""Of so many files is said what became of them; who has more to bring back takes them all."""


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


def verdicts_words(verdicts: Sequence[Verdict], voice: Voice) -> str:
    """Return what the verdicts on all files of an export say, what is safe and what to do."""
    if len(verdicts) == 1:
        return verdict_words(verdicts[0], voice)
    say, number = voice.translated, voice.number
    bad = [verdict for verdict in verdicts if not verdict.is_equal]
    if not bad:
        files = [verdict.proof.file for verdict in verdicts if verdict.proof is not None]
        return say(
            "All {count} files are just what was exported: {rows} rows, {bytes} bytes.\n"
            "So says the record of their export."
        ).format(
            count=number(len(verdicts)),
            rows=number(sum(file.rows for file in files)),
            bytes=number(sum(file.bytes for file in files)),
        )
    words = voice.counted("{bad} of {count} files (is|are) not what was exported:", len(bad))
    lines = [words.format(bad=number(len(bad)), count=number(len(verdicts)))]
    lines += [f"- {verdict.path.name} {outcome_words(verdict, voice)}" for verdict in bad[:MOST_FILES]]
    if (more := len(bad) - MOST_FILES) > 0:
        lines.append(say("- and {count} more").format(count=number(more)))
    lines.append(say("No file was changed. Bring them back from a copy, or export them again."))
    return "\n".join(lines)


def outcome_words(verdict: Verdict, voice: Voice) -> str:
    """Return what became of a file that is not what was exported; continues a sentence that names it."""
    say, proof, comparison = voice.translated, verdict.proof, verdict.comparison
    if proof is None or comparison is None:
        return say("is missing")
    words = say("; it ").join(_changes_in_words(proof, comparison, voice))
    if verdict.other is None:
        return words
    other = say("; it is what another export wrote at {time}")
    return words + other.format(time=voice.time(verdict.other.finished))


def witness_words(proof: Proof, voice: Voice) -> str:
    """Return who says what the file must be."""
    if proof.manifest is None:
        return voice.translated("the record of its export")
    return voice.translated("its manifest {manifest}").format(manifest=proof.manifest)


def _changes_in_words(proof: Proof, comparison: Comparison, voice: Voice) -> list[str]:
    """Return what became of a file that is not what was exported; each continues a sentence with "it"."""
    say, number = voice.translated, voice.number
    added = comparison.bytes - proof.file.bytes
    changes = []
    if added:
        words = say("is longer by {count}: it has {has} and had {had}")
        if added < 0:
            words = say("is shorter by {count}: it has {has} and had {had}")
        bytes_added = voice.counted("{count} byte(s)", abs(added))
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
        *(say("- it {what}").format(what=what) for what in _changes_in_words(proof, comparison, voice)),
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
