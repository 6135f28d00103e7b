"""The claim and its boxes, in words.

box_notes.py       what a box says about itself
claim_text.py      lines of the claim in words
printout.py        the claim as PDF bytes, or why there is none
sheet_geometry.py  from a place in the view to a box of the form, and back
"""
