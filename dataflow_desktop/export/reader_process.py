"""The process that reads and encodes the chunks of one export, and hands them over on its standard output.

Why a process: the columnar lane's SQLite library must not share one with Python's (see
`source.arrow_connection`); a read that takes long is cut short by ending its process; and the window keeps
Python's lock to itself, and outlives whatever a native library does.
"""

import json
import os
import signal
import sys
import threading

from dataflow_desktop.domain.keyset import Keyset
from dataflow_desktop.domain.reading import ReadingTask
from dataflow_desktop.export.reader_protocol import HEADER
from dataflow_desktop.formats.delimited_columns import ColumnarEncoder
from dataflow_desktop.records.stored_form import from_json, to_json
from dataflow_desktop.source.read_ahead import ReadAhead

NICENESS = 5
"""Whoever looks at the window goes first: with as many readers as cores, painting would have to wait."""


def main() -> int:
    """Serve one task; the modules above are loaded before it arrives, while its sender makes it."""
    if hasattr(os, "nice"):
        os.nice(NICENESS)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C reaches us too, but it is our owner who answers it
    output = _keep_output()
    line = sys.stdin.buffer.readline()
    if not line:
        return 0
    task: ReadingTask = from_json(line.decode(), ReadingTask)
    threading.Thread(target=_end_with_owner, daemon=True).start()
    try:
        _send_all(output, task)
    except Exception as error:  # noqa: BLE001 - the process's edge: its owner logs it and reads in another way
        _send(output, f"{type(error).__name__}: {error}")
        return 1
    return 0


def _send_all(output: int, task: ReadingTask) -> None:
    encoder = ColumnarEncoder(task.table.columns_named(task.query.columns))
    for chunk in ReadAhead(task, encoder.encode).chunks():
        _send(output, [chunk.rows, to_json(chunk.last, Keyset)], chunk.data)
    _write(output, HEADER.pack(0, 0))


def _send(output: int, message: object, data: bytes | bytearray = b"") -> None:
    described = json.dumps(message).encode()
    _write(output, HEADER.pack(len(described), len(data)) + described)
    _write(output, data)


def _write(output: int, data: bytes | bytearray) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(output, rest) :]


def _keep_output() -> int:
    """Return the standard output for chunks alone: whatever else prints, prints to nowhere."""
    output = os.dup(sys.stdout.fileno())
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
    return output


def _end_with_owner() -> None:
    sys.stdin.buffer.read()
    os._exit(0)
