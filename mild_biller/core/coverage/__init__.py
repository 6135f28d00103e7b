"""Whether the payer's policy covers the case.

assess.py  whether the primary payer covers the procedure, by which policy version
"""
