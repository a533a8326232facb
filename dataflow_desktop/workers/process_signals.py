"""Turns SIGINT and SIGTERM into one Qt signal."""

import signal
import socket
from types import FrameType

from PySide6.QtCore import QObject, QSocketNotifier, Signal

_STOPPING = (signal.SIGINT, signal.SIGTERM)


class ProcessSignals(QObject):
    """Emits `end_asked` when the process is asked to end.

    Python runs its handlers only between two of its own steps, and an idle Qt loop takes none: what wakes the
    loop is the byte that the interpreter writes to the wake-up socket at once.
    """

    end_asked = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._reading, self._writing = socket.socketpair()
        for end in (self._reading, self._writing):
            end.setblocking(False)
        self._notifier = QSocketNotifier(self._reading.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._on_activated)
        self._old_descriptor = signal.set_wakeup_fd(self._writing.fileno(), warn_on_full_buffer=False)
        self._old_handlers = [(number, signal.signal(number, _ignore)) for number in _STOPPING]

    def close(self) -> None:
        """Give the signals back to whoever had them."""
        self._notifier.setEnabled(False)
        signal.set_wakeup_fd(self._old_descriptor)
        for number, handler in self._old_handlers:
            signal.signal(number, handler)
        self._reading.close()
        self._writing.close()

    def _on_activated(self) -> None:
        received = self._reading.recv(64)
        if any(number in received for number in _STOPPING):
            self.end_asked.emit()


def _ignore(_number: int, _frame: FrameType | None) -> None:
    """Keep the interpreter from raising KeyboardInterrupt or dying: the socket tells the loop."""
