"""What keeps rows from being read as whole columns."""


class ArrowReadError(Exception):
    """The result could not be read, or not without loss; what is wrong with it the exact lane finds out."""
