"""DataFlow Desktop: large parts of a database out into a file, whole, resumable and exact."""

__version__ = "0.1.0"
