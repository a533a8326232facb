"""The edge of a worker: whatever goes wrong beyond it leaves as a reason, never as a traceback."""

import logging

from dataflow_desktop.errors import DataFlowError, Reason, unexpected_reason

log = logging.getLogger(__name__)


def reason_for(error: Exception) -> Reason:
    """Return why `error` happened; one that nobody foresaw also goes to the log, with its traceback."""
    if isinstance(error, DataFlowError):
        return error.reason
    log.error("unexpected error in a worker", exc_info=error)
    return unexpected_reason(error)
