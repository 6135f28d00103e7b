"""The steps of a case, a page each, and the parts of a page.

claim_page.py        step 5: the claim's own fields and the form
eligibility_page.py  step 1: the patient and the policy's questions
facility_claim.py    the facility's own claim for the same encounter
kept_charges.py      charges kept by code that no line shows
lookback_chart.py    the look-back as a picture
page.py              the base of a page: sections in a scrolling column
part_group.py        parts of a page that appear and disappear together
payer_page.py        step 2: payers in order, and the primary payer's policy
prior_auth_page.py   step 6: the prior-authorization request
procedure_page.py    step 3: what was done, when, where and why
providers_page.py    step 4: the providers
revenue_lines.py     revenue lines of a UB-04, derived or typed
service_lines.py     service lines, derived or typed
spine/               the interspaces on a drawn spine
ub04_boxes.py        boxes of a UB-04 that nothing else fills
"""
