"""The user's file: whether an export may become it, asked before anything is written."""

import os
from pathlib import Path

from dataflow_desktop.errors import DestinationError, ReasonCode, RefusedError


def absolute_target(path: Path) -> Path:
    """Return the one absolute name of a target, however its folder was spelled; raises DestinationError."""
    try:
        return path.expanduser().absolute().parent.resolve() / path.name
    except (OSError, ValueError, RuntimeError) as error:
        raise DestinationError(ReasonCode.FILE_NAME_UNUSABLE, target=path, reason=error) from error


def check_target(target: Path, *, is_overwrite_allowed: bool) -> None:
    """Raise DestinationError or RefusedError unless an export may become `target`; touches nothing."""
    try:
        _check(target, is_overwrite_allowed=is_overwrite_allowed)
    except (OSError, ValueError) as error:
        raise DestinationError(ReasonCode.FILE_NAME_UNUSABLE, target=target, reason=error) from error


def _check(target: Path, *, is_overwrite_allowed: bool) -> None:
    folder = target.parent
    if not folder.is_dir():
        raise DestinationError(ReasonCode.FOLDER_MISSING, folder=folder)
    if os.path.lexists(target):
        if not target.is_file():
            raise DestinationError(ReasonCode.TARGET_NOT_A_FILE, target=target)
        if not is_overwrite_allowed:
            raise RefusedError(ReasonCode.TARGET_EXISTS, target=target)
