"""Fonts, colors and marks.

apply_settings.py  colors and text size for the whole program
buttons.py         buttons that show by shape that they are disabled
focus_ring.py      a ring around the focused widget
theme.py           fonts and colors
tips.py            tips for the mouse, descriptions for screen readers
tone_marks.py      the mark of each tone, drawn
"""
