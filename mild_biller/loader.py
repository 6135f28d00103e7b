"""The data files under resources/ read into one rule pack; whatever is not known is refused by file and place."""

import tomllib
from collections.abc import Iterator
from datetime import date
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any, Final, TypeVar

from pydantic import ValidationError

from mild_biller import __version__
from mild_biller.core.case.base import Model
from mild_biller.core.case.vocabulary import FormKind
from mild_biller.core.documents.letter_rules import FormField, LetterRule, LetterRules, Result, Term
from mild_biller.core.documents.packet_rules import PacketRule, PacketRules, RequiredItem
from mild_biller.core.rulepack import RulePack
from mild_biller.core.rules.catalog import Catalog
from mild_biller.core.rules.code_tables import (
    BillType,
    DiagnosisCode,
    Edit,
    FeeYear,
    ModifierCode,
    Place,
    ProcedureCode,
    RegionInterspaces,
    RevenueCode,
)
from mild_biller.core.rules.criteria import PriorCode
from mild_biller.core.rules.denial import AppealRule, DenialMeaning
from mild_biller.core.rules.layout import FormLayout
from mild_biller.core.rules.payer import Payer, PlanKind
from mild_biller.core.rules.policy import Policy
from mild_biller.core.rules.question import Question
from mild_biller.core.rules.source import Source
from mild_biller.errors import ResourceError
from mild_biller.older_packs import read_today

PACK_ID: Final = "mild-biller"

M = TypeVar("M", bound=Model)


def load_pack(root: Path, *, version: str = __version__) -> RulePack:
    """Read the rules below `root`: the catalog at once, all else on first use.

    Raises `ResourceError`, naming file and place, for an unknown key, a dangling name or a missing file.
    """
    return RulePack(
        id=PACK_ID,
        version=version,
        catalog=load_catalog(root),
        forms=tuple(form for form in FormKind if (root / "forms" / form.value).is_dir()),
        read_editions=partial(load_editions, root),
        read_digest=partial(digest, root),
        read_packets=partial(load_packet_rules, root),
        read_letters=partial(load_letter_rules, root),
    )


def digest(root: Path) -> str:
    """Return the SHA-256 of all rules below `root`: of each file's place and the SHA-256 of its bytes, sorted by place.

    Examples, fonts and pictures are no rules.
    """
    files = sorted((file.relative_to(root).as_posix(), file) for file in root.rglob("*.toml"))
    lines = (f"{place}\0{sha256(file.read_bytes()).hexdigest()}\n" for place, file in files)
    return sha256("".join(lines).encode()).hexdigest()


def load_catalog(root: Path) -> Catalog:
    """Read every rule and code below `root`.

    Raises `ResourceError`, naming file and place, for an unknown key, a dangling name or a missing file.
    """
    tables: dict[str, tuple[Model, ...]] = {
        "sources": _rows(root / "sources.toml", Source),
        "questions": _rows(root / "questions.toml", Question),
        "plan_kinds": _rows(root / "plan_types.toml", PlanKind),
        "payers": tuple(_named(file, Payer) for file in _files(root / "payers")),
        "policies": tuple(_policy(file) for file in _files(root / "policies")),
        "procedures": _rows(root / "codes" / "procedures.toml", ProcedureCode),
        "diagnoses": _rows(root / "codes" / "diagnoses.toml", DiagnosisCode),
        "modifiers": _rows(root / "codes" / "modifiers.toml", ModifierCode),
        "places": _rows(root / "codes" / "places.toml", Place),
        "bill_types": _rows(root / "codes" / "bill_types.toml", BillType),
        "revenue_codes": _rows(root / "codes" / "revenue_codes.toml", RevenueCode),
        "interspaces": _rows(root / "codes" / "interspaces.toml", RegionInterspaces),
        "prior_procedures": _rows(root / "codes" / "prior_procedures.toml", PriorCode),
        "fees": tuple(_fees(file) for file in _files(root / "fees")),
        "denials": _rows(root / "denials.toml", DenialMeaning),
        "appeals": _rows(root / "appeals.toml", AppealRule),
        "edits": tuple(edit for file in _files(root / "edits") for edit in _rows(file, Edit)),
    }
    try:
        return Catalog.model_validate(tables)
    except ValidationError as error:
        raise ResourceError(f"{root.name}/: {_reason(error)}") from error


def load_editions(root: Path, form: FormKind) -> tuple[FormLayout, ...]:
    """Read every edition of a form, oldest first: by its first day, those without one by the file's name."""
    files = sorted((root / "forms" / form.value).glob("*.toml"))
    editions = [_checked(file, FormLayout, _toml(file)) for file in files]
    return tuple(sorted(editions, key=lambda each: each.first_day or date.min))


def _files(folder: Path) -> Iterator[Path]:
    if not folder.is_dir():
        raise ResourceError(f"{folder.name}/ is missing among the data files; install the program again")
    yield from sorted(folder.rglob("*.toml"))


def _toml(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ResourceError(f"{_short(file)} is missing among the data files; install the program again") from None
    except (OSError, UnicodeDecodeError) as error:
        raise ResourceError(f"{_short(file)} cannot be read ({type(error).__name__})") from error
    except tomllib.TOMLDecodeError as error:
        raise ResourceError(f"{_short(file)}: not TOML: {error}") from error


def _rows(file: Path, kind: type[M]) -> tuple[M, ...]:
    """Read a file that is one array of tables, named as the file's rows are: the only key in it."""
    data = _toml(file)
    if list(data) != ["row"] or not isinstance(data["row"], list):
        raise ResourceError(f"{_short(file)}: only [[row]] tables belong in it")
    rows = read_today(file.stem, data["row"])
    return tuple(_checked(file, kind, row, f"row {number} ") for number, row in enumerate(rows, start=1))


def _named(file: Path, kind: type[M]) -> M:
    loaded = _checked(file, kind, _toml(file))
    if getattr(loaded, "id", None) != file.stem:
        raise ResourceError(f"{_short(file)}: the id inside is not the file's name")
    return loaded


def _policy(file: Path) -> Policy:
    data = _toml(file)
    if "criterion" in data:
        data["criterion"] = read_today("criterion", data["criterion"])
    policy = _checked(file, Policy, data)
    if (policy.id, policy.effective_from.isoformat()) != (file.parent.name, file.stem):
        raise ResourceError(f"{_short(file)}: id and effective_from are not the names of folder and file")
    return policy


def _fees(file: Path) -> FeeYear:
    data = _toml(file)
    fees = _checked(file, FeeYear, {**data, "fee": read_today("fee", data.get("fee"))})
    if str(fees.year) != file.stem:
        raise ResourceError(f"{_short(file)}: the year inside is not the file's name")
    return fees


def _checked(file: Path, kind: type[M], data: dict[str, Any], place: str = "") -> M:
    try:
        return kind.model_validate(data)
    except ValidationError as error:
        raise ResourceError(f"{_short(file)}: {place}{_reason(error)}") from error


def _reason(error: ValidationError) -> str:
    first = error.errors(include_input=False, include_url=False)[0]
    place = ".".join(str(part) for part in first["loc"])
    said = "unknown key" if first["type"] == "extra_forbidden" else first["msg"].removeprefix("Value error, ")
    return f"{place}: {said}" if place else said


def _short(file: Path) -> str:
    """Name a file from resources/ down, never by where this machine keeps it."""
    parts = file.parts
    cut = next((index for index, part in enumerate(parts) if part in ("resources", "_resources")), len(parts) - 2)
    return "/".join(parts[cut:])


def load_packet_rules(root: Path, catalog: Catalog) -> PacketRules:
    """Read `packets/` below `root`. Raises `ResourceError`, naming file and place."""
    folder = root / "packets"
    files = tuple(file for file in _files(folder) if file.name != "items.toml")
    rules = PacketRules(
        items=_rows(folder / "items.toml", RequiredItem), packets=tuple(_named(file, PacketRule) for file in files)
    )
    try:
        return rules.checked(catalog)
    except ValueError as error:
        raise ResourceError(f"{root.name}/: {error}") from error


def load_letter_rules(root: Path, catalog: Catalog) -> LetterRules:
    """Read `letters/` below `root`. Raises `ResourceError`, naming file and place."""
    folder = root / "letters"
    tables = {folder / name for name in ("evidence.toml", "terms.toml", "abn_fields.toml")}
    rules = LetterRules(
        letters=tuple(_named(file, LetterRule) for file in _files(folder) if file not in tables),
        results=_rows(folder / "evidence.toml", Result),
        terms=_rows(folder / "terms.toml", Term),
        form_fields=_rows(folder / "abn_fields.toml", FormField),
    )
    try:
        return rules.checked(catalog)
    except ValueError as error:
        raise ResourceError(f"{root.name}/: {error}") from error
