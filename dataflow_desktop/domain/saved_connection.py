"""Servers that a person connects to: what is saved of them, and what it takes to log in."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class SavedConnection:
    """A server under a name; the address never holds a password."""

    name: str
    address: str
    keeps_password: bool


@dataclass(frozen=True)
class ServerLogin:
    """How to log in to a server; without a password the one already known for the address is used."""

    address: str
    password: str | None = field(repr=False)
    keeps_password: bool
