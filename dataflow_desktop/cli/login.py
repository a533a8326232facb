"""Passwords asked for on a terminal, where a server wants one that nobody knows."""

import getpass
import sys
from contextlib import suppress

from dataflow_desktop import passwords
from dataflow_desktop.cli.output import say
from dataflow_desktop.errors import ReasonCode, SourceError
from dataflow_desktop.pacing import StopRequest
from dataflow_desktop.source import opening
from dataflow_desktop.source.connection import Source, SourceConnection
from dataflow_desktop.source.opening import is_file, open_source
from dataflow_desktop.source.retrying import Retrying

_LOGIN = frozenset({ReasonCode.PASSWORD_NEEDED.name, ReasonCode.LOGIN_REFUSED.name})

MOST_TRIES = 3


def connected(address: str, stop: StopRequest | None = None) -> SourceConnection:
    """Return a connection to the source at `address`; raises DataFlowError, Stopped.

    On a terminal a server's password is asked for, and kept until the program ends. A server that is lost
    later is waited for, as long as its address says.
    """
    source = open_source(address)
    stop = stop or StopRequest()
    retrying = Retrying(stop, source.retry_seconds)
    connection = _let_in(source, stop, retrying)
    if not is_file(address):
        connection.wait_for_locks(retrying.hold_up)
    return connection


def _let_in(source: Source, stop: StopRequest, retrying: Retrying) -> SourceConnection:
    for _ in range(MOST_TRIES):
        try:
            return opening.connected(source, stop, retrying)
        except SourceError as error:
            if error.reason.code not in _LOGIN or not sys.stdin.isatty():
                raise
            if error.reason.code == ReasonCode.LOGIN_REFUSED.name:
                say(error.reason.message)
            if not _ask(source):
                raise
    return opening.connected(source, stop, retrying)


def log_in(address: str) -> None:
    """Have the password at hand by which a job reads; what else keeps it from that, the job says itself."""
    if not is_file(address):
        with suppress(SourceError):
            connected(address).close()


def _ask(source: Source) -> bool:
    try:
        password = getpass.getpass(f"Password for {source.address}: ")
    except EOFError:  # Ctrl+D: none
        return False
    passwords.remember(source.address, password, is_kept=False)
    return True
