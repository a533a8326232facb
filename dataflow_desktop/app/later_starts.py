"""Answers later starts of the program, which hand over what they were to open."""

import logging
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from dataflow_desktop.app.window_place import ANSWER, LONGEST_WISH, WindowWish, socket_name

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalServer, QLocalSocket

log = logging.getLogger(__name__)


class LaterStarts(QObject):
    """Listens for the first window of a home; `wished` carries a WindowWish. Lives in the window's thread."""

    wished = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._server: QLocalServer | None = None
        self._callers: list[QLocalSocket] = []

    def listen(self) -> bool:
        """Answer from now on; False when that cannot be.

        Only for who holds the lock: a socket that stands there is a dead process's.
        """
        from PySide6.QtNetwork import QLocalServer

        name = socket_name()
        QLocalServer.removeServer(name)
        server = self._server = QLocalServer(self)
        server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        server.newConnection.connect(self._on_called)
        is_listening = server.listen(name)
        if not is_listening:
            log.warning("later starts open windows of their own: %s", server.errorString())
        return is_listening

    def close(self) -> None:
        """Answer no more; the socket goes, and who has called hears that nobody is there."""
        if self._server is not None:
            self._server.close()
            self._server = None
        for caller in self._callers[:]:
            caller.abort()

    def _on_called(self) -> None:
        if self._server is None:
            return
        caller = self._server.nextPendingConnection()
        self._callers.append(caller)
        caller.readyRead.connect(self._on_readable)
        caller.disconnected.connect(self._on_left)
        self._read(caller)

    def _on_readable(self) -> None:
        for caller in self._callers[:]:
            self._read(caller)

    def _on_left(self) -> None:
        from PySide6.QtNetwork import QLocalSocket

        for caller in self._callers[:]:
            if caller.state() == QLocalSocket.LocalSocketState.UnconnectedState:
                self._callers.remove(caller)
                caller.deleteLater()

    def _read(self, caller: "QLocalSocket") -> None:
        if self._server is None:
            return
        if caller.canReadLine():
            try:
                wish = WindowWish.from_line(bytes(caller.readLine().data()))
            except (ValueError, TypeError):
                caller.abort()
                return
            caller.write(ANSWER)
            caller.flush()
            self.wished.emit(wish)
        elif caller.bytesAvailable() > LONGEST_WISH:
            caller.abort()
