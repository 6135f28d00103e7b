"""Each edit on a day that must be kept: filing, an authorization's end, an appeal; with the day in its words."""

from datetime import date

import pytest

from tests.support import findings
from tests.unit.core.edits.edit_cases import Hit, Miss, names

PLAN, PREMERA = "medicare-advantage-2026", "premera-commercial-2026"
LATER = date(2026, 4, 20)
APPROVED = {"/authorization": {"reference": "PA1", "to": "2026-04-30"}}


def denied(*carc: str, rarc: tuple[str, ...] = (), on: str | None = "2026-04-01") -> dict[str, object]:
    return {"/denial": {"date": on, "carc": list(carc), "rarc": list(rarc)}}


HITS = [
    Hit("timely-filing", "/procedure/date_of_service", "info", says="2027-03-10"),
    Hit("timely-filing", "/procedure/date_of_service", "info", today=date(2027, 3, 10)),
    Hit("timely-filing", "/procedure/date_of_service", "hold", today=date(2027, 3, 11), says="has passed"),
    Hit("authorization-until", "/authorization/to", "info", APPROVED, PLAN, date(2026, 3, 9), says="2026-04-30"),
    Hit("denied-modifier", "/claim/lines/0/modifiers", "warning", denied("4"), today=LATER),
    Hit("denied-units", "/claim/lines/0/units", "warning", denied("4", "151"), today=LATER),
    Hit("denied-units", "/claim/revenue_lines", "warning", denied("151"), "medicare-hospital-2026", LATER),
    Hit(
        "denied-diagnosis-not-covered", "/procedure/diagnoses", "warning", denied("11"), "medicare-hospital-2026", LATER
    ),
    Hit("denial-unknown", "/denial", "warning", denied("888"), today=LATER),
    Hit("denial-unknown", "/denial", "warning", {"/denial": {"remark": "see policy"}}, today=LATER),
    Hit("denial-reason-missing", "/denial/carc", "warning", {"/denial": {"rarc": ["n290"]}}, today=LATER),
    Hit("denial-codes-unexplained", "/denial", "info", denied("CO-50", "888"), today=LATER, says="888"),
    Hit("denial-date-missing", "/denial/date", "info", denied("50", on=None), today=LATER),
    Hit("denial-ahead", "/denial/date", "hold", denied("50", on="2026-04-21"), today=LATER),
    Hit("resubmit-instead-of-appeal", "/denial/rarc", "info", denied("16", rarc=("MA130",)), today=LATER),
    Hit("resubmit-instead-of-appeal", "/denial/rarc", "info", denied("16", rarc=("MA50",)), today=LATER),
    Hit("resubmit-instead-of-appeal", "/denial/rarc", "info", denied("16", rarc=("MA130",)), PREMERA, LATER),
    Hit("medicare-redetermination", "/denial/date", "info", denied("50"), today=LATER, says="2026-08-04"),
    Hit("medicare-redetermination", "/denial/date", "info", denied("50", on="2026-04-20"), today=LATER),
    Hit("medicare-redetermination", "/denial/date", "hold", denied("50"), today=date(2026, 8, 5), says="has passed"),
    Hit("medicare-advantage-reconsideration", "/denial/date", "info", denied("50"), PLAN, LATER, says="2026-06-05"),
    Hit("commercial-internal-appeal", "/denial/date", "info", denied("55"), PREMERA, LATER, says="2026-09-28"),
    Hit("state-law-appeal", "/denial/date", "info", denied("96"), "medicaid-2026", LATER),
    Hit("notice-names-the-days", "/denial/date", "info", denied("96"), "tricare-2026", LATER),
]
MISSES = [
    Miss("timely-filing", name=PLAN),
    Miss("timely-filing", {"/coverages": None}),
    Miss("timely-filing", {"/procedure/date_of_service": None}),
    Miss("timely-filing", today=date(2026, 3, 9)),
    Miss("authorization-until", APPROVED, PLAN),
    Miss("authorization-until", {"/authorization": {"reference": "PA1"}}, PLAN, date(2026, 3, 9)),
    Miss("authorization-until", name=PLAN, today=date(2026, 3, 9)),
    Miss("denial-unknown"),
    Miss("denial-unknown", denied("50"), today=LATER),
    Miss("denial-reason-missing", denied("16", rarc=("N290",)), today=LATER),
    Miss("denial-codes-unexplained", denied("50", rarc=("N386",)), today=LATER),
    Miss("denial-date-missing", denied("50"), today=LATER),
    Miss("medicare-redetermination", denied("50", on=None), today=LATER),
    Miss("medicare-redetermination", denied("50", on="2026-04-21"), today=LATER),
    Miss("medicare-redetermination", denied("16", rarc=("MA130",)), today=LATER),
    Miss("medicare-redetermination", {**denied("50"), "/coverages": None}, today=LATER),
    Miss("commercial-internal-appeal", denied("50"), today=LATER),
]


@pytest.mark.parametrize("case", HITS, ids=names(HITS))
def test_finds(case: Hit) -> None:
    case.check()


@pytest.mark.parametrize("case", MISSES, ids=names(MISSES))
def test_leaves_alone(case: Miss) -> None:
    case.check()


def test_the_end_of_the_calendar_is_no_trap() -> None:
    (found,) = findings(
        changes={"/procedure/date_of_service": "9999-12-30"}, rule="timely-filing", today=date(9999, 12, 31)
    )
    assert found.severity == "info"
    (found,) = findings(
        changes=denied("50", on="9999-12-31"), rule="medicare-redetermination", today=date(9999, 12, 31)
    )
    assert "9999-12-31" in found.message
