"""Claim edits: the checks before sending. Each is one function here and one row of words in resources/edits/.

study.py        what the claim must carry for the study, and must not carry outside it
lines.py        codes, units, sides, modifiers, pointers, places, charges
diagnoses.py    diagnoses of the claim
facts.py        dates and answers that contradict each other
boxes.py        what a form cannot be without
identifiers.py  what is malformed
payers.py       notices, secondary payers, authorization, deadlines, stale policies, doubts
"""

from collections.abc import Callable, Iterator
from itertools import chain

from mild_biller.core.edits import (
    boxes,
    deadlines,
    diagnoses,
    facts,
    hospital,
    identifiers,
    lines,
    notices,
    payers,
    study,
)
from mild_biller.core.edits.check import Check
from mild_biller.core.finding import Finding

EditFunction = Callable[[Check], Iterator[Finding]]

ALWAYS: tuple[EditFunction, ...] = (*facts.EDITS, *payers.EDITS, *deadlines.EDITS, *identifiers.EDITS, *boxes.EDITS)
OF_A_CLAIM: tuple[EditFunction, ...] = (*study.EDITS, *lines.EDITS, *diagnoses.EDITS, *hospital.EDITS, *notices.EDITS)


def edits(check: Check) -> tuple[Finding, ...]:
    """Return everything the edits find; where no claim is sent, nothing of a claim. Never raises on an opened case."""
    chosen = ALWAYS if check.claim.form is None else (*OF_A_CLAIM, *ALWAYS)
    return tuple(chain.from_iterable(edit(check) for edit in chosen))
