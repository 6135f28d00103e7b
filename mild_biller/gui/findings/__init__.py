"""The panel next to the steps: the verdict, the findings, what would make the case payable.

compare.py         the case under other payers, settings, dates, side by side
determination.py   the panel: verdict, findings, details
findings_model.py  the groups of findings as a Qt model
findings_tree.py   the findings as a tree
fix_list.py        what would make the case payable
"""
