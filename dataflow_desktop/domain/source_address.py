"""Where a database is: the path of a file or a URL, and how it is shown to people."""

import re

_PASSWORD = re.compile(r"^([A-Za-z][A-Za-z0-9+_.-]*://[^/?#:@]*):.*@")
_SECRET_OPTION = re.compile(r"(?i)([?&][^=&]*(?:pass|pwd|secret|token|key)[^=&]*)=[^&#]*")


def without_secrets(address: str) -> str:
    """Return `address` for the eye: a URL without its password, and without secrets among its options.

    Also of what only looks like a URL: whoever mistyped it still meant the password as one.
    """
    return _SECRET_OPTION.sub(r"\1=…", _PASSWORD.sub(r"\1@", address))
