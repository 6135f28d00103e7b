"""The worklist at the left: the case files of a folder.

worklist.py         search line, groups of cases, status line
worklist_model.py   the groups of cases as a Qt model
worklist_reader.py  reads changed case files in the background
worklist_tree.py    the cases as a tree
"""
