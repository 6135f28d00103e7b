"""The window: the only package that imports Qt. It shows and edits; what is billed is decided in the core."""
