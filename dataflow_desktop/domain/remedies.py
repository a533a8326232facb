"""What a person can do about an export that stopped, besides resuming it or giving it up."""

from collections.abc import Mapping
from enum import StrEnum

from dataflow_desktop.domain.consent import Consent
from dataflow_desktop.errors import Reason, ReasonCode


class Remedy(StrEnum):
    """One thing to do; each fits some reasons only."""

    CUT_BACK = "go on from the rows that are intact"
    ACCEPT_SOURCE = "go on with the database that stands there now"
    ACCEPT_LIVE = "go on without the snapshot"
    LOCATE = "say where the unfinished file is"
    MOVE = "choose another folder or name"
    RESTART = "begin again"

    @property
    def consent(self) -> Consent | None:
        """What a person agrees to by it; None when a file is to be chosen."""
        return _CONSENTS.get(self)


_CONSENTS = {
    Remedy.CUT_BACK: Consent.CUT_BACK,
    Remedy.ACCEPT_SOURCE: Consent.SOURCE,
    Remedy.ACCEPT_LIVE: Consent.LIVE,
    Remedy.RESTART: Consent.RESTART,
}

_REMEDIES: Mapping[ReasonCode, tuple[Remedy, ...]] = {
    ReasonCode.PART_DAMAGED: (Remedy.CUT_BACK, Remedy.LOCATE, Remedy.RESTART),
    ReasonCode.PART_MISSING: (Remedy.LOCATE, Remedy.RESTART),
    ReasonCode.PART_TOO_SHORT: (Remedy.LOCATE, Remedy.RESTART),
    ReasonCode.PART_CHANGED: (Remedy.LOCATE, Remedy.RESTART),
    ReasonCode.PART_NOT_A_FILE: (Remedy.LOCATE, Remedy.MOVE),
    ReasonCode.SOURCE_REPLACED: (Remedy.ACCEPT_SOURCE, Remedy.RESTART),
    ReasonCode.SNAPSHOT_LOST: (Remedy.ACCEPT_LIVE, Remedy.RESTART),
    ReasonCode.TABLE_CHANGED: (Remedy.RESTART,),
    ReasonCode.ROWS_RENUMBERED: (Remedy.RESTART,),
    ReasonCode.JOB_FORMAT_UNKNOWN: (Remedy.RESTART,),
    ReasonCode.FOLDER_MISSING: (Remedy.LOCATE, Remedy.MOVE),
    ReasonCode.FOLDER_NOT_WRITABLE: (Remedy.MOVE,),
    ReasonCode.WRITE_FAILED: (Remedy.LOCATE, Remedy.MOVE),
    ReasonCode.DISK_FULL: (Remedy.MOVE,),
    ReasonCode.DISK_NEARLY_FULL: (Remedy.MOVE,),
    ReasonCode.PUBLISH_FAILED: (Remedy.MOVE,),
    ReasonCode.TARGET_APPEARED: (Remedy.MOVE,),
}


def remedies_for(reason: Reason) -> tuple[Remedy, ...]:
    """Return what fits the `reason` for which an export stands still, the best first."""
    return _REMEDIES.get(ReasonCode[reason.code], ())


_WAITED_FOR = frozenset(
    code.name
    for code in (
        ReasonCode.DISK_FULL,
        ReasonCode.DISK_NEARLY_FULL,
        ReasonCode.FOLDER_MISSING,
        ReasonCode.SOURCE_MISSING,
        ReasonCode.SOURCE_BUSY,
        ReasonCode.SOURCE_FAILED,
        ReasonCode.SERVER_UNREACHABLE,
        ReasonCode.CONNECTION_LOST,
        ReasonCode.SOURCE_UNREADABLE,
    )
)
"""What may be over in a while without anybody's doing here: a disk has room, a database is back."""


def is_waited_for(reason: Reason) -> bool:
    """Whether an export that stopped for `reason` may go on by itself later."""
    return reason.code in _WAITED_FOR
