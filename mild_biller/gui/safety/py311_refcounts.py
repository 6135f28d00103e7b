"""Keeps None, True and False alive under Python 3.11, where PySide6 6.12 uses up their references.

From Python 3.12 they are immortal, and PySide 6.12 counts on it: each call that returns one of them takes a
reference away that was never added. Some thousand calls later Python 3.11 aborts ("deallocating None"). A large
number of references to begin with makes them what they are in newer Pythons. PySide 6.10 and 6.11 need none of it.
"""

import ctypes
import sys
from typing import Final

SPARE: Final = 1 << 40  # references, more than any sitting uses up


def make_lasting() -> None:
    """Give the constants of Python 3.11 references to spare; do nothing in a newer Python."""
    if sys.implementation.name == "cpython" and sys.version_info < (3, 12):
        for constant in (None, True, False, NotImplemented, Ellipsis):
            if sys.getrefcount(constant) < SPARE:
                ctypes.c_ssize_t.from_address(id(constant)).value += SPARE
