"""What the biller typed: one patient, one procedure, as a checked and frozen model.

base.py         the base class of every model: frozen, closed, silent about what was typed
blanks.py       odd blanks and invisible characters, read as plain ones
claim_input.py  what was typed about the claim: lines, codes, and boxes nothing else fills
codes.py        format and check digit of each kind of identifier and code
days.py         dates in the case file: ISO format only
denial.py       what the payer answered: the codes of a remittance in any notation
model.py        the case: one patient, one procedure
notation.py     telephones, interspaces, amounts in any usual notation
people.py       patient, payer, contractor, providers, facility
pointer.py      read, write and remove a value by its JSON pointer
repair.py       spelling repairs the program makes on its own, each one listed
vocabulary.py   the closed lists of the case file
"""
