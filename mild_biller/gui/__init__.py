"""The window: the only package that imports Qt. It shows and edits; what is billed is decided in the core."""

from mild_biller.gui.lasting import make_lasting

make_lasting()
