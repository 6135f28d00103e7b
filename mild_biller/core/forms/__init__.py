"""Which box of a form holds what, and whether it fits.

box_values.py     what both forms share: a box with its text, and how names and places are written
cms1500.py        the meaning of each item of the CMS-1500
cms1500_parts.py  how dates, amounts and addresses split into CMS-1500 boxes
fill.py           put texts into boxes, and report what does not fit
layout.py         a form as data: sheet, print grid, boxes, drawing
ub04.py           the meaning of each form locator of the UB-04
"""
