"""Claim edits: the checks before sending. Each is one function here and one row of words in resources/edits/.

all_edits.py      runs every edit
check.py          what an edit is given, and how it reports a finding
consistency.py    dates and answers that contradict each other
deadlines.py      timely filing, end of an authorization
denials.py        what a payer answered: what its codes mean, a new claim or an appeal
diagnoses.py      the diagnoses of the claim
encounter.py      what the surgeon's and the facility's claim say differently
form_locators.py  which UB-04 form locator matches a CMS-1500 item
hospital.py       what only an institutional claim has: bill type, codes, statement, providers
identifiers.py    malformed identifiers, addresses, punctuation
lines.py          service lines: codes, units, sides, modifiers, pointers, charges
notices.py        modifiers that report a notice to Medicare: GA, GX, GY, GZ
payers.py         notices, secondary payers, authorization, stale policies
required.py       boxes a form cannot be without
revenue.py        revenue lines: codes, order, charges, device
study.py          what the claim must carry for a study, and must not carry outside one
"""
