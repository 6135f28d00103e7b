"""The fields of payers, providers and clinicians: the same on the pages and in the address book."""

from dataclasses import replace

from mild_biller.core.case import codes
from mild_biller.core.case.people import OwnPayer
from mild_biller.core.case.vocabulary import PlanType, Role, TaxIdKind
from mild_biller.core.rules.catalog import Catalog
from mild_biller.presentation.field import Asked, Choice, Field, chosen
from mild_biller.presentation.typed_text import CODE

NPI = Field("npi", "NPI", CODE, width=12, checked=codes.NPI)
ADDRESS = (
    Field("street", "Street", width=30, grows=True),
    Field("city", "City", width=20, grows=True),
    Field("state", "State", CODE, width=4),
    Field("zip", "ZIP", CODE, width=11),
)
BILLING = (
    (
        Field("name", "Name", width=34, grows=True),
        NPI,
        Field("taxonomy", "Taxonomy", CODE, width=12),
    ),
    (
        Field("tax_id", "Tax ID", CODE, width=12, checked=codes.EIN),
        chosen("tax_id_kind", "Tax ID type", TaxIdKind),
        Field("phone", "Telephone", CODE, width=14),
    ),
    ADDRESS,
)
CLINICIAN = (
    (
        Field("last", "Last name", width=22, grows=True),
        Field("first", "First name", width=18, grows=True),
        Field("middle", "Middle", width=8),
        Field("suffix", "Suffix", width=6),
        Field("credentials", "Credentials", width=9),
    ),
    (
        NPI,
        Field("taxonomy", "Taxonomy", CODE, width=12),
    ),
)
REFERRING = (CLINICIAN[0], (chosen("role", "Role (17)", Role), *CLINICIAN[1]))
FACILITY = (
    (
        Field("name", "Name", width=34, grows=True),
        NPI,
        Field("phone", "Telephone", CODE, width=14),
    ),
    ADDRESS,
)
OWN = OwnPayer(name="", plan_type=PlanType.COMMERCIAL)


def own_payer_rows(catalog: Catalog) -> tuple[tuple[Field, ...], ...]:
    """Return the fields of a payer of the office's own."""
    titles = {name: versions[-1].title for name, versions in catalog.versions.items()}
    policies = tuple(Choice(name, title) for name, title in sorted(titles.items()))
    kind = chosen("plan_type", "Plan type", PlanType)
    return (
        (
            Field("name", "Payer's name", width=30, grows=True),
            replace(kind, is_needed=True),
            Field("payer_number", "Payer number", CODE, width=12),
        ),
        (
            Field(
                "policy",
                "Policy it follows",
                asked=Asked.CHOSEN,
                choices=policies,
                hint="the policy for its plan type",
            ),
        ),
        ADDRESS,
    )
