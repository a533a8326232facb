"""Takes secrets out of texts before they are written down: whatever a driver or a traceback puts into them.

Where it cannot be told how far a secret reaches, more is taken than less.
"""

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, quote_plus

from dataflow_desktop import passwords

HIDDEN = "***"

_SHORT = 4
"""Fewer characters would be found inside of other words: such a secret is taken out as a word only."""

_SECRET_VARIABLES = ("PGPASSWORD", "MYSQL_PWD")

_PORT = r"[0-9]{1,5}(?:[/?#][^\s@]{0,500})?['\",:;)]{0,8}(?:\s|$)"
_USER = re.compile(rf"://[^\s/?#:@]*:(?!{_PORT})")
_NEXT_URL = re.compile(r"(?:^|(?<=[\s'\",;(]))(?=[A-Za-z][\w+.-]{0,30}://)|(?<=\n)")

_WORD = r"(?:passw(?:or)?d|passphrase|passwort|pwd|secret|token|api_?key)"
_QUOTED = r"""(?:"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')"""
_VALUE = rf"(?:{_QUOTED}+[^\s&,;)}}\]]*|[\"'][^\n]*|[^\s&]+)"
_SAID = (
    re.compile(rf"(?i)({_WORD}[\w.-]{{0,40}}\s*=\s*){_VALUE}"),
    re.compile(rf"(?i)({_WORD}[\w.-]{{0,40}}['\"]\s*:\s*)[rb]?{_VALUE}"),
    re.compile(r"(?i)(\b(?:password|passwd|passphrase):[ \t]*)" + _VALUE),
    re.compile(rf"(?i)(\b(?:password|identified\s+by)\s+){_QUOTED}+"),
)
"""A value behind the name of a secret: name=value, 'name': value, Password: value, PASSWORD 'value'."""


def redacted(text: str) -> str:
    """Return `text` without the passwords that this process knows, and without what looks like one."""
    for secret in _known_secrets():
        text = text.replace(secret, HIDDEN) if len(secret) >= _SHORT else _without_word(text, secret)
    if "://" in text:
        text = "".join(map(_without_login, _NEXT_URL.split(text)))
    for pattern in _SAID:
        text = pattern.sub(rf"\g<1>{HIDDEN}", text)
    return text


def without_home(text: str) -> str:
    """Return `text` with ~ for the person's home folder, whose name is often theirs."""
    try:
        home = Path.home()
    except RuntimeError:  # nobody knows it
        return text
    if home == Path(home.anchor):
        return text
    spellings = {str(home), home.as_posix(), repr(str(home))[1:-1], str(home.resolve())}
    for spelling in sorted(spellings, key=len, reverse=True):
        text = re.sub(rf"{re.escape(spelling)}(?![\w.-])", "~", text)
    return text


def _known_secrets() -> Iterator[str]:
    """Yield each secret in every way that it may be spelled, the longest first."""
    secrets = {*passwords.heard_passwords(), *map(os.environ.get, _SECRET_VARIABLES)}
    spellings = {spelling for secret in secrets if secret for spelling in _spellings(secret)}
    yield from sorted(spellings, key=len, reverse=True)


def _spellings(secret: str) -> tuple[str, ...]:
    in_url = quote(secret), quote(secret, safe=""), quote_plus(secret)
    return secret, *in_url, repr(secret)[1:-1], json.dumps(secret)[1:-1]


def _without_login(piece: str) -> str:
    """Return a piece of a line without the password of the one URL in it: @ and spaces may be part of it."""
    user = _USER.search(piece)
    end = piece.rfind("@")
    return piece if user is None or end < user.end() else f"{piece[: user.end()]}{HIDDEN}{piece[end:]}"


def _without_word(text: str, secret: str) -> str:
    return re.sub(rf"(?<!\w){re.escape(secret)}(?!\w)", HIDDEN, text)
