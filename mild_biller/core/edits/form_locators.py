"""Which form locator of the UB-04 holds what an item of the CMS-1500 holds."""

from typing import Final

# Items without a counterpart are left out: the UB-04 has no box for them.
LOCATORS: Final = {
    "1": "50A",
    "1a": "60A",
    "2": "8b",
    "3": "10",
    "4": "58A",
    "5": "9",
    "6": "59A",
    "9a": "60B",
    "12": "52A",
    "19": "39",
    "23": "63A",
    "24A": "45",
    "24D": "44",
    "24F": "47",
    "24G": "46",
    "25": "5",
    "27": "53A",
    "29": "54A",
    "33": "1",
    "33a": "56",
    "17b": "78",
    "17": "78",
    "carrier": "38",
    "7": "58A",
}


# Keys of the claim that only one of the two forms has a box for.
INSTITUTIONAL_KEYS: Final = (
    "type_of_bill",
    "revenue_lines",
    "condition_codes",
    "value_codes",
    "statement_from",
    "statement_to",
    "admission_date",
    "admission_hour",
    "admission_type",
    "point_of_origin",
    "discharge_hour",
    "discharge_status",
    "occurrence_codes",
    "occurrence_spans",
    "admitting_diagnosis",
    "reason_for_visit",
    "document_control_number",
    "remarks",
    "prior_payments",
)
PROFESSIONAL_KEYS: Final = (
    "claim_codes",
    "onset",
    "other_date",
    "unable_to_work",
    "hospitalization",
    "additional_information",
    "outside_lab",
    "provider_signature",
)


def locator(item: str) -> str | None:
    """Return the form locator of an item, with the line's number kept; None where the UB-04 has none."""
    name, dot, rest = item.partition(".")
    if name == "21":
        return _diagnosis(rest)
    found = LOCATORS.get(name)
    return f"{found}{dot}{rest}" if found is not None else None


def _diagnosis(letter: str) -> str:
    return "67" if letter in ("", "A") else f"67{chr(ord(letter) - 1)}"
