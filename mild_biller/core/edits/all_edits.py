"""All claim edits: those of every case, and those of a claim that is sent."""

from collections.abc import Callable, Iterator
from itertools import chain

from mild_biller.core.edits import (
    consistency,
    deadlines,
    denials,
    diagnoses,
    hospital,
    identifiers,
    lines,
    notices,
    payers,
    required,
    study,
)
from mild_biller.core.edits.check import Check
from mild_biller.core.rules.finding import Finding

EditFunction = Callable[[Check], Iterator[Finding]]

ALWAYS: tuple[EditFunction, ...] = (
    *consistency.EDITS,
    *payers.EDITS,
    *deadlines.EDITS,
    *denials.EDITS,
    *identifiers.EDITS,
    *required.EDITS,
)
OF_A_CLAIM: tuple[EditFunction, ...] = (*study.EDITS, *lines.EDITS, *diagnoses.EDITS, *hospital.EDITS, *notices.EDITS)


def edits(check: Check) -> tuple[Finding, ...]:
    """Return everything the edits find; where no claim is sent, nothing of a claim. Never raises on an opened case."""
    chosen = ALWAYS if check.claim.form is None else (*OF_A_CLAIM, *ALWAYS)
    return tuple(chain.from_iterable(edit(check) for edit in chosen))
