"""Findings and what would settle them, as rows and texts.

comparison.py       the case under other payers, settings, dates, as rows
f8_walk.py          where F8 is among the findings
finding_details.py  one finding in full, as HTML
finding_rows.py     the verdict and the findings as groups of rows
fixes.py            what would make the case payable, as rows
held.py             what needs review before a claim leaves, as lines
"""
