"""What the first rows of an export will look like in its file."""

from dataclasses import dataclass


@dataclass(frozen=True)
class TextPreview:
    """The first lines of a file of text as it would have them, each cut where it is long for the eye."""

    lines: tuple[str, ...]


@dataclass(frozen=True)
class TablePreview:
    """The first rows of a file that only programs read; None is NULL."""

    names: tuple[str, ...]
    rows: tuple[tuple[str | None, ...], ...]


FilePreview = TextPreview | TablePreview
