"""Lists as a person types them: separated by commas, quoted as in CSV."""

import csv


def split_list(text: str) -> list[str]:
    """Return the entries of `text`, one at least; raises ValueError when its quotes do not close."""
    try:
        return next(csv.reader([text], strict=True), None) or [""]
    except csv.Error as error:
        raise ValueError(text) from error
