"""The look-back in words: the names of earlier procedures, and everything a picture of it shows."""

from datetime import date

import pytest

from mild_biller.core.case.model import PriorProcedure
from mild_biller.core.case.vocabulary import PriorKind, Region
from mild_biller.core.rules.criteria import Outcome
from mild_biller.presentation.lookback_text import entry_name, look_back_text
from tests.support import looked_at

FIRST_DAY = date(2025, 3, 10)
LUMBAR = Region.LUMBAR
COUNTING = PriorKind.LAMINECTOMY
INJECTION = PriorKind.EPIDURAL_STEROID_INJECTION
TEN = (
    PriorProcedure(kind=COUNTING, region=LUMBAR, date=date(2025, 11, 5)),
    PriorProcedure(kind=INJECTION, region=LUMBAR, date=date(2025, 11, 6)),
    PriorProcedure(kind=PriorKind.MILD, region=LUMBAR, date=date(2024, 1, 5)),
    PriorProcedure(kind=PriorKind.FUSION, region=Region.CERVICAL, date=date(2025, 4, 5)),
    PriorProcedure(kind=PriorKind.FUSION, region=LUMBAR, date=FIRST_DAY),
    PriorProcedure(kind=PriorKind.INTERSPINOUS_DECOMPRESSION, date=date(2026, 2, 20)),
    PriorProcedure(code="63047", region=LUMBAR, date=date(2025, 7, 20)),
    PriorProcedure(kind=PriorKind.LAMINOTOMY, region=LUMBAR),
    PriorProcedure(),
    PriorProcedure(kind=COUNTING, region=LUMBAR, date=date(2026, 9, 5)),
)


@pytest.mark.parametrize(
    ("entry", "counts", "name"),
    [
        (PriorProcedure(kind=COUNTING, region=LUMBAR), Outcome.MET, "Laminectomy"),
        (PriorProcedure(kind=COUNTING), Outcome.UNKNOWN, "Laminectomy, region not given"),
        (PriorProcedure(kind=COUNTING, region=Region.CERVICAL), Outcome.NOT_MET, "Laminectomy, cervical"),
        (PriorProcedure(kind=INJECTION, region=LUMBAR), Outcome.NOT_MET, "Epidural steroid injection"),
        (PriorProcedure(region=LUMBAR), Outcome.UNKNOWN, "Prior procedure 1"),
        (PriorProcedure(region=LUMBAR, code="0275t"), Outcome.MET, "Code 0275T"),
        (PriorProcedure(region=LUMBAR, code="63047"), Outcome.UNKNOWN, "Code 63047"),
        (PriorProcedure(region=LUMBAR, code="99999"), Outcome.UNKNOWN, "Code 99999"),
    ],
)
def test_the_policys_own_test_says_what_counts(entry: PriorProcedure, counts: Outcome, name: str) -> None:
    found = looked_at(entry).entries[0]
    assert (found.counts, entry_name(found)) == (counts, name)


def test_the_text_says_everything_the_picture_shows() -> None:
    assert look_back_text(looked_at(*TEN)).splitlines() == [
        "12-month look-back: from 03/10/2025 to the day before the date of service, 03/10/2026.",
        "1. Laminectomy 11/05/2025: inside, counts",
        "2. Epidural steroid injection 11/06/2025: inside, does not count",
        "3. mild 01/05/2024: outside",
        "4. Fusion, cervical 04/05/2025: inside, does not count",
        "5. Fusion 03/10/2025: on the first day, needs review",
        "6. Interspinous decompression, region not given 02/20/2026: inside, may count",
        "7. Code 63047 07/20/2025: inside, may count",
        "8. Laminotomy: no date, counts",
        "9. Prior procedure 9, region not given: no date, may count",
        "10. Laminectomy 09/05/2026: outside, not before the date of service",
    ]
    assert look_back_text(looked_at()).endswith("\nNo prior procedures are entered.")
