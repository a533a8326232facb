"""Which exports a person looks for, and in which order they stand."""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import PurePath

from dataflow_desktop.domain.letter_case import without_case
from dataflow_desktop.domain.source_address import without_secrets
from dataflow_desktop.ui.job_words import JobView, state_words

_MOST_REMEMBERED = 10_000


def in_order(views: Sequence[JobView]) -> list[JobView]:
    """Return the jobs of which something is still to come, then those that have ended, each as they came."""
    return sorted(views, key=lambda view: view.job.has_ended)


def found(views: Sequence[JobView], text: str) -> list[JobView]:
    """Return the jobs that have each word of `text` in the file's name, table, source or state."""
    words = [without_case(word) for word in text.split()]
    return (
        [view for view in views if all(word in _searched(view) for word in words)] if words else list(views)
    )


def _searched(view: JobView) -> str:
    spec = view.job.spec
    return _searched_of_spec(spec.target, spec.query.table, spec.source) + _folded(state_words(view))


@lru_cache(_MOST_REMEMBERED)
def _searched_of_spec(target: str, table: str, source: str) -> str:
    return without_case("\n".join([PurePath(target).name, table, without_secrets(source)]))


@lru_cache(_MOST_REMEMBERED)
def _folded(text: str) -> str:
    return without_case(text)
