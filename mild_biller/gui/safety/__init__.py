"""What protects the work: recovery, crash reports, the idle cover, memory.

crash.py            an internal error: keep the case, report once
garbage.py          collects garbage between keys, on the UI thread
idle.py             hides the case while nobody is at the desk
py311_refcounts.py  keeps Python 3.11's constants alive under PySide6
recovery.py         keeps the unsaved case, and offers it after a crash
"""
