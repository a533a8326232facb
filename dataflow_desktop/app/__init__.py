"""The window's front: builds every part once, joins their signals, shuts down in order.

PySide puts a function of its own in the place of Python's `__import__`, which reads the source of every
module in search of `from __feature__ import …`: a fifth of the time of a start, and nothing of ours has that.
"""

import builtins

import PySide6.QtCore  # noqa: F401 - what replaces it

builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)
