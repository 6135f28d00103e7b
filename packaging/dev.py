"""One command for every chore: set up, run, test, check, take pictures.

    python3 packaging/dev.py setup | system | run [CASE.json] | test | check | pictures

Needs Python 3.11 and nothing else: what more is needed is installed into .venv on first use. Tried on
Debian; for Windows and macOS the paths and commands are computed and tested as computed, not tried.

This file is read by any Python there ever was, so that a Python too old is told so; the rest is in chores.py.
"""

import sys

OLDEST_PYTHON = (3, 11)

if sys.version_info < OLDEST_PYTHON:
    wanted = ".".join(str(part) for part in OLDEST_PYTHON)
    found = sys.version.split()[0]
    message = "dev.py: Python " + wanted + " or newer is needed, and this is " + found + ". "
    sys.exit(message + "Install a newer one, then start this file with it: python" + wanted + " packaging/dev.py run")

import chores  # noqa: E402  (an older Python cannot read it)

if __name__ == "__main__":
    sys.exit(chores.main())
