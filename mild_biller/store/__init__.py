"""Cases kept: read, written whole or not at all."""
