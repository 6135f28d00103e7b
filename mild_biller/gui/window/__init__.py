"""The main window, its frame and its steps.

frame.py        the desktop window, painted before anything else is loaded
main_window.py  worklist, steps and findings side by side
notice_bar.py   a line above the case to read once
steps.py        the steps of a case as tabs
"""
