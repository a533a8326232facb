"""The values of the ordering columns at one row, where that row stands, and their exact form as text."""

from dataclasses import dataclass

from dataflow_desktop.domain.row_query import Value

Keyset = tuple[Value, ...]
"""One value for each column of the sort key, of the type the database holds."""


@dataclass(frozen=True)
class Anchor:
    """The keyset of the row before row number `row`; None before the first one."""

    row: int = 0
    keyset: Keyset | None = None


StoredValue = list[str]
"""A value as JSON holds it without loss: the name of its type, and a text."""


def store_value(value: Value) -> StoredValue:
    """Return `value` in a form that JSON keeps exactly (integers of 64 bits, floats, bytes, NULL)."""
    match value:
        case None:
            return ["null", ""]
        case int():
            return ["integer", str(value)]
        case float():
            return ["float", value.hex()]
        case str():
            return ["text", value]
        case _:
            return ["bytes", value.hex()]


def load_value(stored: StoredValue) -> Value:
    """Return the value that `store_value` was given; raises ValueError for anything else."""
    kind, text = stored
    match kind:
        case "null":
            return None
        case "integer":
            return int(text)
        case "float":
            return float.fromhex(text)
        case "text":
            return text
        case "bytes":
            return bytes.fromhex(text)
        case _:
            raise ValueError(kind)
