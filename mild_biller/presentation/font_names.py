"""The names of the bundled fonts, as a window asks for them."""

from typing import Final

READING_FONT: Final = "Liberation Sans"
CODE_FONT: Final = "Liberation Mono"
