"""The rules and the forms: plain Python, no window, no files, no clock.

case/       what the biller typed
claim/      what is billed
coverage/   whether the payer's policy covers the case
documents/  what goes out with a claim or a request
edits/      claim edits
forms/      which box of a form holds what, and whether it fits
review/     one case from end to end, and what is read off it
rules/      what a rule is
"""
