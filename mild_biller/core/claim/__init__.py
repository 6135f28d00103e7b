"""What is billed: the claim as it follows from the case, or as it was typed, and what it should pay.

claim.py          the claim as data, each value with the key it came from
derive.py         from case and assessment to the claim
estimate.py       what Medicare pays on the national average
facility.py       the same encounter as the facility bills it
institutional.py  bill type, condition and value codes, revenue lines
"""
