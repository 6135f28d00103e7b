"""The claim as data: its lines, diagnoses and codes, each with the key it came from.

A typed value is kept as typed; `derive` defines how the rest follows from the facts.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from mild_biller.core.case.claim_input import ClaimInput
from mild_biller.core.case.codes import parse_money
from mild_biller.core.case.repair import Repair
from mild_biller.core.case.vocabulary import FormKind, Side
from mild_biller.core.rules.policy import ClaimKind, Study

LETTERS = "ABCDEFGHIJKL"


@dataclass(frozen=True, slots=True)
class Space:
    """One interspace after left and right were joined; `side` is None while unknown."""

    name: str | None
    side: Side | None
    path: str

    @property
    def is_one_sided(self) -> bool:
        """Return True if only one side was done."""
        return self.side in (Side.LEFT, Side.RIGHT)


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """A diagnosis of the claim, without its point, and the key it came from."""

    code: str
    path: str


@dataclass(frozen=True, slots=True)
class ServiceLine:
    """One service line; `paths` names, for each key, what a user would change. `charge` stays as typed.

    `row` is the line of the form, from 1, where that is not the line's own place among its like.
    """

    code: str | None
    modifiers: tuple[str, ...]
    units: int
    charge: str | None
    pointers: tuple[str, ...]
    place_of_service: str | None
    from_: date | None
    to: date | None
    paths: Mapping[str, str]
    is_typed: bool = False
    row: int | None = None

    @property
    def amount(self) -> Decimal | None:
        """Return the charge as an exact number, None when it is missing or no amount."""
        return None if self.charge is None else parse_money(self.charge)


@dataclass(frozen=True, slots=True)
class RevenueLine:
    """One revenue line of an institutional claim; `charge` and `non_covered`, a part of it, stay as typed."""

    revenue_code: str | None
    code: str | None
    modifiers: tuple[str, ...]
    date: date | None
    units: int
    charge: str | None
    paths: Mapping[str, str]
    is_typed: bool = False
    non_covered: str | None = None

    @property
    def amount(self) -> Decimal | None:
        """Return the charge as an exact number, None when it is missing or no amount."""
        return None if self.charge is None else parse_money(self.charge)

    @property
    def uncovered(self) -> Decimal | None:
        """Return the part of the charge that is not covered, None when it is missing or no amount."""
        return None if self.non_covered is None else parse_money(self.non_covered)


@dataclass(frozen=True, slots=True)
class Coded:
    """A code of the claim, with its amount where it has one, and the key it came from."""

    code: str | None
    path: str
    amount: str | None = None


@dataclass(frozen=True, slots=True)
class Institutional:
    """What only an institutional claim has. `amount` of value code D4 is kept as it prints."""

    type_of_bill: str | None
    type_of_bill_path: str
    statement_from: date | None
    statement_to: date | None
    admission_type: str
    point_of_origin: str
    discharge_status: str
    condition_codes: tuple[Coded, ...]
    value_codes: tuple[Coded, ...]
    revenue_lines: tuple[RevenueLine, ...]
    typed_total: RevenueLine | None

    @property
    def total_charge(self) -> Decimal | None:
        """Return the sum of the revenue lines, None while a charge is missing or malformed."""
        return total(tuple(line.amount for line in self.revenue_lines))

    @property
    def total_uncovered(self) -> Decimal | None:
        """Return the sum of what is not covered, None where no line has any."""
        return total(tuple(line.uncovered for line in self.revenue_lines if line.uncovered is not None))

    @property
    def frequency(self) -> str | None:
        """Return the last character of the type of bill: 1 original, 7 replacement, 8 void."""
        return self.type_of_bill[-1] if self.type_of_bill else None


@dataclass(frozen=True, slots=True)
class Claim:
    """What is billed on one form; `form` is None where no claim is sent.

    `study_path` is where the case answers whether the service is part of the study, empty outside one.
    """

    form: FormKind | None
    kind: ClaimKind
    input: ClaimInput
    study: Study | None
    study_path: str
    spaces: tuple[Space, ...]
    diagnoses: tuple[Diagnosis, ...]
    lines: tuple[ServiceLine, ...]
    place_of_service: str | None
    trial_number: str | None
    trial_number_path: str
    bills_facility: bool = False
    institutional: Institutional | None = None
    assumed: tuple[Repair, ...] = field(default=())

    @property
    def total_charge(self) -> Decimal | None:
        """Return the sum of the lines, None while a charge is missing or malformed."""
        if self.institutional is not None:
            return self.institutional.total_charge
        return total(tuple(line.amount for line in self.lines))


def total(amounts: tuple[Decimal | None, ...]) -> Decimal | None:
    """Return the sum in dollars and cents, None without any amount or with one missing."""
    if not amounts or any(amount is None for amount in amounts):
        return None
    return sum((amount for amount in amounts if amount is not None), Decimal()).quantize(Decimal("0.01"))
