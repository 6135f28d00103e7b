"""What both forms share: a box with its text and where it comes from, and how names and places are written."""

from dataclasses import dataclass

from mild_biller.core.case.codes import PHONE
from mild_biller.core.case.model import Case, Coverage
from mild_biller.core.case.people import Address, OwnPayer
from mild_biller.core.case.repair import Repair
from mild_biller.core.claim.claim import Claim
from mild_biller.core.rules.catalog import Catalog


@dataclass(frozen=True, slots=True)
class BoxValue:
    """Text of one box, the key it came from, and why it is there."""

    box: str
    text: str
    path: str
    why: str = ""


def printed_phone(phone: str | None) -> str:
    """Return a telephone number as it prints; what is none prints nothing, as any malformed number."""
    return phone if phone and PHONE.is_well_formed(phone) else ""


@dataclass(frozen=True, slots=True)
class Boxes:
    """A claim laid out in boxes, page by page, and the values assumed because a box requires one."""

    pages: tuple[tuple[BoxValue, ...], ...]
    assumed: tuple[Repair, ...]


def city_line(address: Address) -> str:
    """Write city, state and ZIP on one line, without punctuation."""
    return " ".join(part for part in (address.city, address.state, address.zip) if part)


def payer_name(coverage: Coverage, *, catalog: Catalog) -> str:
    """Return the payer's name in capitals, nothing without a payer."""
    if coverage.payer is None:
        return ""
    name = coverage.payer.name if isinstance(coverage.payer, OwnPayer) else catalog.payer[coverage.payer].name
    return name.upper()


def authorization_number(case: Case, claim: Claim) -> tuple[str | None, str]:
    """Return the prior authorization number, as typed or the authorization's own, and its pointer."""
    if claim.input.prior_authorization_number:
        return claim.input.prior_authorization_number, "/claim/prior_authorization_number"
    if case.authorization is not None and case.authorization.reference:
        return case.authorization.reference, "/authorization/reference"
    return None, "/claim/prior_authorization_number"
