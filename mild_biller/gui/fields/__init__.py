"""Fields bound to the case: inputs, sections, lists of rows.

bound_field.py   one field bound to a pointer of the case
derived_list.py  a list that is derived, or typed row by row
inputs.py        kind of value to widget
records.py       a list of the case as rows of fields
section.py       a heading, rows of fields, and their notices
"""
