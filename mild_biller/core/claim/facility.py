"""Surgeon and facility bill one encounter: the case as the facility bills it, and its findings."""

from dataclasses import replace

from mild_biller.core.case.claim_input import ClaimInput
from mild_biller.core.case.model import Case
from mild_biller.core.case.people import Organization, Providers
from mild_biller.core.rules.finding import Finding

FACILITY_CLAIM = "/facility_claim"
MOVED = (
    ("/claim", FACILITY_CLAIM),
    ("/denials", f"{FACILITY_CLAIM}/denials"),
    ("/providers/billing", f"{FACILITY_CLAIM}/billing"),
)


def facility_case(case: Case) -> Case | None:
    """Return the case as the facility bills it, None where no claim of its own is entered."""
    typed = case.facility_claim
    if typed is None:
        return None
    claim = ClaimInput.model_construct(
        typed.model_fields_set & ClaimInput.model_fields.keys(),
        **{name: getattr(typed, name) for name in ClaimInput.model_fields},
    )
    providers = case.providers or Providers()
    billing = typed.billing or _as_billing(providers)
    return case.model_copy(
        update={
            "claim": claim,
            "facility_claim": None,
            "denial": None,
            "denials": typed.denials,
            "providers": providers.model_copy(update={"billing": billing}),
        }
    )


def _as_billing(providers: Providers) -> Organization | None:
    """Return the facility as billing provider: it has no tax id of its own in the case."""
    facility = providers.facility
    if facility is None:
        return None
    names = ("name", "npi", "street", "city", "state", "zip", "phone")
    return Organization(**{name: getattr(facility, name) for name in names})


def moved(path: str) -> str:
    """Return the pointer of a key of the facility's claim in the case file."""
    for before, after in MOVED:
        if path == before or path.startswith(f"{before}/"):
            return after + path.removeprefix(before)
    return path


def moved_findings(found: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Return findings on the facility's claim with the paths they have in the case file."""
    return tuple(replace(each, path=moved(each.path)) for each in found)


def own_findings(found: tuple[Finding, ...], others: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Return what is not said of the surgeon's claim already."""
    known = {(each.rule, each.path, each.message) for each in others}
    return tuple(each for each in found if (each.rule, each.path, each.message) not in known)
