"""A SELECT of a person's own."""

from dataclasses import dataclass


@dataclass(frozen=True)
class OwnQuery:
    """A SELECT that is shown and exported like a table called `name`.

    `key` names columns of its result that tell its rows apart and hold no NULL; empty where none were chosen,
    and then an export cannot be resumed. `parameters` has the value of each `:name` in the statement, as
    typed: values go to the database beside the statement, and never into it.
    """

    name: str
    statement: str
    key: tuple[str, ...] = ()
    parameters: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class SavedQuery:
    """A query kept for the source at the address `source`, which holds neither secrets nor options."""

    source: str
    query: OwnQuery
