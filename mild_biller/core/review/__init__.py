"""One case from end to end, and what is read off it.

lookback.py   the look-back a policy requires, and which prior procedures count
printable.py  why a claim may not be printed, or only as a draft
readiness.py  how far a case is: ready to send, or needs work
report.py     the review as JSON
review.py     one case from end to end: repaired, assessed, claimed, edited, filled
whatif.py     what would make a case payable, and the case under other payers, settings, dates
"""
