"""The family names of the bundled fonts."""

from typing import Final

READING_FONT: Final = "Liberation Sans"
CODE_FONT: Final = "Liberation Mono"
