"""What the window may ask about saved connections and the keyring, and the answers."""

from dataclasses import dataclass, field

from dataflow_desktop.domain.saved_connection import SavedConnection, ServerLogin
from dataflow_desktop.errors import Reason


@dataclass(frozen=True)
class LookWish:
    """Which connections are saved, and whether there is a keyring."""


@dataclass(frozen=True)
class SaveWish:
    """Save a connection; its password, where one was typed, is kept or not as the connection says."""

    connection: SavedConnection
    password: str | None = field(repr=False)


@dataclass(frozen=True)
class DeleteWish:
    """Delete a connection, and its password."""

    connection: SavedConnection


@dataclass(frozen=True)
class KeepWish:
    """Keep the password of a login in the keyring."""

    login: ServerLogin


ConnectionWish = LookWish | SaveWish | DeleteWish | KeepWish


@dataclass(frozen=True)
class KeyringLooked:
    """Whether the system has a keyring."""

    wish: LookWish
    is_there: bool


@dataclass(frozen=True)
class ConnectionsKnown:
    """All saved connections as they are now; `notice` is what a person must be told of their file."""

    wish: ConnectionWish
    connections: tuple[SavedConnection, ...]
    notice: Reason | None


@dataclass(frozen=True)
class PasswordNotKept:
    """The keyring did not take a password; it lasts until the program ends."""

    wish: ConnectionWish


@dataclass(frozen=True)
class ConnectionsFailed:
    """Why a wish could not be fulfilled."""

    wish: ConnectionWish
    reason: Reason


ConnectionAnswer = KeyringLooked | ConnectionsKnown | PasswordNotKept | ConnectionsFailed
