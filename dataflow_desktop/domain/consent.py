"""What a person agreed to, where it is not safe to go on without asking."""

from enum import StrEnum


class Consent(StrEnum):
    """One answer to a refusal; each lets a job go on in one way that may not be what was first asked for."""

    LIVE = "read the rest as it is now, though the snapshot is lost"
    SOURCE = "read the rest from the database that stands there now"
    CUT_BACK = "go on from the newest rows that are still as they were saved"
    RESTART = "begin again with nothing written"
