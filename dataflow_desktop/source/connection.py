"""Connections to a source as everybody uses them: read-only, with errors of ours, whatever database it is."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from enum import Enum
from types import TracebackType
from typing import TYPE_CHECKING, Any, ClassVar, Protocol, Self, TypeVar

from dataflow_desktop.domain.row_query import Value
from dataflow_desktop.domain.schema import DatabaseSystem
from dataflow_desktop.domain.server_address import RETRY_SECONDS
from dataflow_desktop.domain.source_identity import DatabaseIdentity
from dataflow_desktop.errors import ReasonCode, SourceError
from dataflow_desktop.pacing import StopRequest
from dataflow_desktop.source.filled import Filled

if TYPE_CHECKING:  # whoever reads the first rows of a file does without it
    import sqlalchemy as sa

Row = tuple[Value, ...]
Made = TypeVar("Made")

HoldUp = Callable[[SourceError], None]
"""Waits a little before the source is asked again; what it raises ends the asking."""

_PASSING = frozenset(
    code.name
    for code in (
        ReasonCode.SOURCE_BUSY,
        ReasonCode.CONNECTION_LOST,
        ReasonCode.SERVER_UNREACHABLE,
    )
)
"""Reasons that may be over in a while, for whoever was connected before."""


class Fetching(Protocol):
    """An open statement as SQLAlchemy and drivers have it."""

    def fetchmany(self, size: int, /) -> Sequence[Sequence[Value]]:
        """Return the next rows, fewer at the end."""


class TextDecoding(Enum):
    """What becomes of bytes that are not valid UTF-8: an error, U+FFFD, or a lone surrogate each."""

    STRICT = "strict"
    REPLACE = "replace"
    ESCAPE = "surrogateescape"


class Source(ABC):
    """One database. It holds nothing open itself; each thread opens a connection of its own."""

    system: ClassVar[DatabaseSystem]

    def __init__(self, address: str, name: str) -> None:
        """`address` finds it again and has no password; `name` is short."""
        self.address = address
        self.name = name
        self.retry_seconds: float = RETRY_SECONDS

    @abstractmethod
    def connect(self, stop: StopRequest | None = None) -> "SourceConnection":
        """Open a read-only connection, unless `stop` is asked meanwhile.

        Raises SourceError when the database does not answer as one, Stopped.
        """

    @abstractmethod
    def close(self) -> None:
        """Forget the database; connections already open stay open."""


class SourceConnection(ABC):
    """A read-only connection for one thread at a time; every error it raises is one of ours."""

    may_hold_invalid_text: ClassVar[bool] = False
    """Whether texts are what their writers say, and `decoding` decides about those that are no UTF-8."""

    @property
    def has_snapshots(self) -> bool:
        """Whether `one_state` is known to show one state."""
        return True

    def __init__(self, source: Source) -> None:
        self.source = source
        self._hold_up: HoldUp | None = None

    # What a person may ask of any database, and each answers in its own way.

    @abstractmethod
    def identity(self) -> DatabaseIdentity:
        """Return which database it is now; raises SourceError when it is gone."""

    @abstractmethod
    def data_version(self) -> int:
        """Return a number that stays the same while nobody else changes the database; raises SourceError.

        It means something to this connection only; see `tells_all_changes`.
        """

    @property
    @abstractmethod
    def tells_all_changes(self) -> bool:
        """Whether no change leaves `data_version` as it was."""

    @abstractmethod
    def schema_version(self) -> int:
        """Return a number that grows when rows without a key of their own get other numbers; SourceError."""

    @abstractmethod
    def can_read_columns(self) -> bool:
        """Whether the columnar lane can read the database: it needs texts in UTF-8; raises SourceError."""

    @abstractmethod
    def one_state(self) -> AbstractContextManager[None]:
        """Let all reads inside see one state of the database; in SQLite's rollback mode, writers wait."""

    @abstractmethod
    def decoding(self, decoding: TextDecoding) -> AbstractContextManager[None]:
        """Let texts read inside be decoded so."""

    @abstractmethod
    def obey(self, stop: StopRequest) -> None:
        """Let a wish in `stop` cut short whatever this connection is reading, then or later."""

    @abstractmethod
    def interrupt(self) -> None:
        """Cut short the statement running now, from any thread; its reader gets Stopped."""

    @abstractmethod
    def close(self) -> None:
        """Close the connection."""

    @abstractmethod
    def _turning_errors(self) -> AbstractContextManager[None]:
        """Turn what SQLAlchemy and the driver raise inside into SourceError or Stopped."""

    @abstractmethod
    def _reconnect(self) -> None:
        """Open the connection anew if it is lost; raises SourceError."""

    @abstractmethod
    def _executed(self, statement: "sa.Executable") -> Iterable[Row]:
        """Run `statement` and return its rows; raises what the driver does."""

    @abstractmethod
    def _streaming(self, statement: "sa.Executable") -> AbstractContextManager["Fetching"]:
        """Run `statement` for rows piece by piece; raises SourceError, Stopped."""

    @abstractmethod
    def _run(self, filled: Filled) -> Iterator[Row]:
        """Run a statement compiled before and return its rows, one after the other; raises as the driver."""

    # What follows from that.

    def rows(self, statement: "sa.Executable") -> list[Row]:
        """Return all rows of `statement`; raises SourceError, or Stopped when interrupted."""
        return self._begun(lambda: [tuple(row) for row in self._executed(statement)])

    def run(self, filled: Filled) -> list[Row]:
        """Return all rows of a statement compiled before; raises SourceError, or Stopped when interrupted."""
        return self._begun(lambda: list(self._run(filled)))

    def run_as(self, filled: Filled, make: Callable[[Row], Made]) -> list[Made]:
        """Return what `make` makes of each row; no two rows are held whole at once, however large they are.

        Raises SourceError, Stopped when interrupted, and what `make` raises.
        """
        begun = self._begun(lambda: self._run(filled))
        with self._turning_errors():
            return [make(row) for row in begun]

    def scalar(self, statement: "sa.Executable") -> Value:
        """Return the first value of the first row of `statement`, None where there is none."""
        rows = self.rows(statement)
        return rows[0][0] if rows else None

    @contextmanager
    def cursor(self, statement: "sa.Select[Any]") -> Iterator["SourceCursor"]:
        """Run `statement` for rows piece by piece; it stays open meanwhile, and holds up writers."""
        with self._streaming(statement) as result:
            yield SourceCursor(result, self._turning_errors)

    def wait_for_locks(self, hold_up: HoldUp) -> None:
        """Try each statement again that a lock or a lost connection keeps from being answered.

        `hold_up` is called before, to wait a little; what it raises ends the trying.
        """
        self._hold_up = hold_up

    def hold_up(self, error: SourceError) -> None:
        """Wait a little before what `error` ended is tried again; raises `error` where that is of no use."""
        if self._hold_up is None or error.reason.code not in _PASSING:
            raise error
        self._hold_up(error)

    def _begun(self, run: Callable[[], Made]) -> Made:
        """Return what `run` returns; where it is wanted, try again while something passes."""
        while True:
            try:
                self._reconnect()
                with self._turning_errors():
                    return run()
            except SourceError as error:
                self.hold_up(error)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class SourceCursor:
    """The rows of one open statement."""

    def __init__(self, result: Fetching, turning_errors: Callable[[], AbstractContextManager[None]]) -> None:
        self._result = result
        self._turning_errors = turning_errors

    def fetch(self, rows: int) -> list[Row]:
        """Return the next `rows` rows, fewer at the end; raises SourceError, or Stopped when interrupted."""
        with self._turning_errors():
            return [tuple(row) for row in self._result.fetchmany(rows)]
