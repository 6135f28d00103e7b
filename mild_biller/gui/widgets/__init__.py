"""Widgets that know nothing of a case.

flow.py          widgets in lines that wrap
fold.py          sections that fold to their title
indexes.py       Qt's two kinds of model index as one
listed.py        sentences to read in a dialog, scrolling where needed
menus.py         the menus as data
pdf_document.py  the bytes of a PDF, opened for Qt
pdf_drawer.py    draws the pages of a PDF in a thread of Qt
pdf_pages.py     the pages of a PDF in a view, each from the bytes shown
pdf_pane.py      a PDF viewer: pages, zoom
side_by_side.py  two parts side by side, or stacked where narrow
tab_order.py     the order of the Tab key
text_table.py    a table of text to choose from and type into
two_levels.py    a tree model of groups and rows
undo_keys.py     the keys of undo and redo, left to the case
wrapped.py       labels that wrap at any width
"""
