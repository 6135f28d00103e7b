"""The interspaces on a drawn spine.

shapes.py  outlines of the spine, and how they are painted
spine.py   the widget: choose interspaces and sides
"""
