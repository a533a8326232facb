"""A way to a server that can be cut, closed, slowed down, or lead nowhere."""

import enum
import queue
import select
import socket
import struct
import threading
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from typing import Self

from tests.servers.own_server import HOST, free_port

PIECE_BYTES = 64 << 10
WAITING_BYTES = 1 << 20
"""What a direction holds back at most; beyond it the sender has to wait, as on any network."""

CONNECT_SECONDS = 5.0
ANSWER_SECONDS = 30.0
RESET_AT_CLOSE = struct.pack("ii", 1, 0)


class _Mode(enum.Enum):
    PASS = enum.auto()
    HOLD = enum.auto()
    SWALLOW = enum.auto()


class TcpProxy:
    """Listens on `port` of 127.0.0.1 and leads to the server; a context that ends with every socket closed.

    One thread of its own does everything. A method returns when what it asks for is so; any thread may call.
    """

    def __init__(self, host: str, port: int) -> None:
        self.port = free_port()
        self._connections = 0
        self._bytes_to_server = 0
        self._bytes_to_client = 0
        self._server = (host, port)
        self._listener: socket.socket | None = None
        self._links: list[_Link] = []
        self._mode = _Mode.PASS
        self._delay_seconds = 0.0
        self._bytes_until_cut: int | None = None
        self._is_closed = False
        self._wishes: queue.SimpleQueue[tuple[Callable[[], None], Future[None]]] = queue.SimpleQueue()
        self._start_listening()
        self._bell, self._button = socket.socketpair()
        self._thread = threading.Thread(target=self._serve, name=f"proxy to {port}")
        self._thread.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *reason: object) -> None:
        self.close()

    @property
    def open_connections(self) -> int:
        """How many connections it has now, dead ones among them."""
        return len(self._links)

    @property
    def connections(self) -> int:
        """How many connections came."""
        self._let_it_count()
        return self._connections

    @property
    def bytes_to_server(self) -> int:
        """How much was passed on to the server."""
        self._let_it_count()
        return self._bytes_to_server

    @property
    def bytes_to_client(self) -> int:
        """How much was passed on to the clients."""
        self._let_it_count()
        return self._bytes_to_client

    def cut(self) -> None:
        """Reset every connection, on both sides, at once; new ones pass."""
        self._ask(self._reset_links)

    def cut_after(self, bytes_to_client: int) -> None:
        """Do `cut` once, when the clients have got that many more bytes and not one byte beyond."""
        self._ask(lambda: setattr(self, "_bytes_until_cut", bytes_to_client))

    def refuse(self) -> None:
        """Refuse new connections; open ones stay."""
        self._ask(self._stop_listening)

    def accept(self) -> None:
        """Take new connections again, on the same port."""
        self._ask(self._start_listening)

    def blackhole(self) -> None:
        """Lose all that is sent, and answer no new connection, until `pass_on`.

        A connection that was open or came meanwhile stays dead after it, as behind a router that forgot it.
        """
        self._ask(self._lose_links)

    def lead_to(self, port: int) -> None:
        """Let new connections go to another server of this machine."""
        self._ask(lambda: setattr(self, "_server", (HOST, port)))

    def hold(self) -> None:
        """Let nothing through and lose nothing, until `pass_on`, as a network that is away for a while."""
        self._ask(lambda: setattr(self, "_mode", _Mode.HOLD))

    def pass_on(self) -> None:
        """Let everything through again that is not dead."""
        self._ask(lambda: setattr(self, "_mode", _Mode.PASS))

    def delay(self, seconds: float) -> None:
        """Let all that is sent from now on arrive so much later, in each direction."""
        self._ask(lambda: setattr(self, "_delay_seconds", seconds))

    def close(self) -> None:
        """Reset every connection and end the thread."""
        if not self._is_closed:
            self._ask(lambda: setattr(self, "_is_closed", True))
        self._thread.join()
        self._button.close()

    def _let_it_count(self) -> None:
        if not self._is_closed:  # a client may have its bytes a moment before they are counted
            self._ask(lambda: None)

    def _ask(self, wish: Callable[[], None]) -> None:
        done: Future[None] = Future()
        self._wishes.put((wish, done))
        self._button.send(b"!")
        done.result(ANSWER_SECONDS)

    def _serve(self) -> None:
        try:
            while not self._is_closed:
                self._do_what_is_due()
        finally:
            self._reset_links()
            self._stop_listening()
            self._bell.close()

    def _do_what_is_due(self) -> None:
        readable, writable = self._wait()
        for link in list(self._links):
            if link in self._links:  # a cut may have ended it meanwhile
                self._move(link, readable, writable)
        if self._listener in readable:
            self._take_connection(self._listener)
        if self._bell in readable:
            self._bell.recv(PIECE_BYTES)
            self._fulfil_wishes()

    def _wait(self) -> tuple[list[socket.socket], list[socket.socket]]:
        now = time.monotonic()
        readers = [self._bell] if self._listener is None else [self._bell, self._listener]
        writers: list[socket.socket] = []
        seconds = None
        for stream in [stream for link in self._links for stream in link.streams]:
            if self._may_read(stream):
                readers.append(stream.source)
            if not self._may_write(stream):
                continue
            if stream.due <= now:
                writers.append(stream.sink)
            else:
                seconds = min(stream.due - now, ANSWER_SECONDS if seconds is None else seconds)
        readable, writable, _ = select.select(readers, writers, [], seconds)
        return readable, writable

    def _may_read(self, stream: "_Stream") -> bool:
        if stream.is_at_end:
            return False
        return stream.is_lost or (self._mode is _Mode.PASS and stream.waiting_bytes < WAITING_BYTES)

    def _may_write(self, stream: "_Stream") -> bool:
        return self._mode is _Mode.PASS and bool(stream.waiting)

    def _move(self, link: "_Link", readable: list[socket.socket], writable: list[socket.socket]) -> None:
        try:
            for stream in link.streams:
                if stream.source in readable:
                    stream.receive(self._delay_seconds)
            if link.to_server.sink in writable:
                self._bytes_to_server += link.to_server.send()
            if link.to_client.sink in writable:
                self._send_to_client(link.to_client)
        except OSError:
            link.reset()
        if link.is_over and link in self._links:
            link.close()
            self._links.remove(link)

    def _send_to_client(self, stream: "_Stream") -> None:
        sent = stream.send(self._bytes_until_cut)
        self._bytes_to_client += sent
        if self._bytes_until_cut is None:
            return
        self._bytes_until_cut -= sent
        if self._bytes_until_cut == 0:
            self._bytes_until_cut = None
            self._reset_links()

    def _take_connection(self, listener: socket.socket) -> None:
        with suppress(OSError):  # the client may have gone
            client, _ = listener.accept()
            self._connections += 1
            self._links.append(self._linked(client))

    def _linked(self, client: socket.socket) -> "_Link":
        if self._mode is _Mode.SWALLOW:
            link = _Link(client, socket.socket())  # a socket that leads nowhere
            link.lose()
            link.to_client.is_at_end = True
            return link
        try:
            return _Link(client, socket.create_connection(self._server, CONNECT_SECONDS))
        except OSError:
            _reset(client)
            raise

    def _lose_links(self) -> None:
        self._mode = _Mode.SWALLOW
        for link in self._links:
            link.lose()

    def _reset_links(self) -> None:
        for link in self._links:
            link.reset()
        self._links.clear()

    def _start_listening(self) -> None:
        if self._listener is None:
            self._listener = socket.create_server((HOST, self.port))
            self._listener.setblocking(False)

    def _stop_listening(self) -> None:
        if self._listener is not None:
            self._listener.close()
            self._listener = None

    def _fulfil_wishes(self) -> None:
        while not self._wishes.empty():
            wish, done = self._wishes.get()
            try:
                done.set_result(wish())
            except OSError as error:
                done.set_exception(error)


class _Link:
    """A client's connection, and the one to the server that was made for it."""

    def __init__(self, client: socket.socket, server: socket.socket) -> None:
        self.to_server = _Stream(client, server)
        self.to_client = _Stream(server, client)
        self.streams = (self.to_server, self.to_client)
        for end in (client, server):
            end.setblocking(False)
            end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    @property
    def is_over(self) -> bool:
        """Whether nothing will come any more from either side."""
        return all(stream.is_over for stream in self.streams)

    def lose(self) -> None:
        """Forget what is under way, and pass nothing more."""
        for stream in self.streams:
            stream.is_lost = True
            stream.waiting.clear()

    def reset(self) -> None:
        """End both connections with a reset."""
        for stream in self.streams:
            stream.is_at_end = True
            stream.waiting.clear()
            _reset(stream.source)

    def close(self) -> None:
        """Close both connections; after a reset nothing is left to do."""
        for stream in self.streams:
            stream.source.close()


class _Stream:
    """One direction of a link: pieces with the time at which each is due, an empty one for the end."""

    def __init__(self, source: socket.socket, sink: socket.socket) -> None:
        self.source = source
        self.sink = sink
        self.waiting: deque[tuple[float, bytes]] = deque()
        self.is_at_end = False
        self.is_lost = False

    @property
    def due(self) -> float:
        """When the first waiting piece is."""
        return self.waiting[0][0]

    @property
    def waiting_bytes(self) -> int:
        """How much is held back."""
        return sum(len(piece) for _, piece in self.waiting)

    @property
    def is_over(self) -> bool:
        """Whether the end has come, and was passed on."""
        return self.is_at_end and not self.waiting

    def receive(self, delay_seconds: float) -> None:
        """Take what the source has sent."""
        piece = self.source.recv(PIECE_BYTES)
        self.is_at_end = not piece
        if not self.is_lost:
            self.waiting.append((time.monotonic() + delay_seconds, piece))

    def send(self, most_bytes: int | None = None) -> int:
        """Pass on what the sink takes of the first waiting piece, and return how many bytes that is."""
        due, piece = self.waiting.popleft()
        if not piece:
            self.sink.shutdown(socket.SHUT_WR)
            return 0
        sent = self.sink.send(piece[:most_bytes])
        if sent < len(piece):
            self.waiting.appendleft((due, piece[sent:]))
        return sent


def _reset(connection: socket.socket) -> None:
    with suppress(OSError):  # it may be closed already
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET_AT_CLOSE)
    connection.close()
