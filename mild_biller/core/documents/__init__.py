"""What goes out with a claim or a request: the checklist of a packet, letters, and the words they quote.

conditions.py      when a sentence belongs in a packet or a letter
letter_rules.py    letters as the data files define them
letters.py         a letter filled from a case, with its blanks
packet.py          the checklist: what a payer requires, what the case proves, what is missing
packet_rules.py    what each payer requires in a packet, as the data files define it
quote.py           a quote taken from a case
quote_catalog.py   the closed list of what may be quoted
quote_clinical.py  quotes from the patient's record
quote_coverage.py  quotes about patient, payer, policy, answers, notices
quote_request.py   quotes about the request: codes, study, day, place, providers
remark.py          a complete sentence for a reader: message, remedy, source
timeline.py        the events before the procedure
"""
