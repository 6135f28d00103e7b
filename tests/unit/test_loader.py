"""One bad file for each thing the loader refuses; the message names the file and the place."""

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from mild_biller import loader
from mild_biller.core.case.vocabulary import FormKind, PlanType
from mild_biller.core.rules.catalog import Catalog
from mild_biller.core.rules.layout import FormLayout
from mild_biller.errors import ResourceError
from tests.support import PACK

SHIPPED = Path(__file__).parents[2] / "resources"
STUDY = "policies/cms-ncd-150-13/2017-02-16.toml"

Break = Callable[[str, str, str], None]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a copy of the shipped rule data to break."""
    copy = tmp_path / "resources"
    copy.mkdir()
    for file in SHIPPED.glob("*.toml"):
        shutil.copy(file, copy)
    for folder in ("payers", "policies", "codes", "fees", "edits"):
        shutil.copytree(SHIPPED / folder, copy / folder)
    return copy


@pytest.fixture
def swap(root: Path) -> Break:
    """Return a function that puts one text for the first of another in a file."""

    def swap(name: str, old: str, new: str) -> None:
        file = root / name
        text = file.read_text(encoding="utf-8")
        assert old in text, f"{name} has no {old!r}: the test must change with the data"
        file.write_text(text.replace(old, new, 1), encoding="utf-8")

    return swap


def refusal(root: Path) -> str:
    """Return what the loader says when it refuses."""
    with pytest.raises(ResourceError) as caught:
        loader.load_catalog(root)
    return str(caught.value)


class TestShipped:
    def test_the_shipped_data_loads_once(self) -> None:
        catalog = PACK.catalog
        assert isinstance(catalog, Catalog)
        assert PACK.catalog is catalog

    def test_a_copy_loads_too(self, root: Path) -> None:
        assert len(loader.load_catalog(root).plan_kinds) == len(PlanType)

    def test_every_payer_of_the_contract_is_there(self) -> None:
        assert sorted(PACK.catalog.payer) == sorted(
            "medicare medicare-advantage premera premera-medicare-advantage regence optum bcbs-federal medigap "
            "medicaid tricare va workers-compensation commercial self-pay".split()
        )

    @pytest.mark.parametrize(
        ("policy", "first", "day_before"),
        [
            ("cms-ncd-150-13", date(2014, 1, 9), date(2014, 1, 8)),
            ("premera-7-01-126", date(2011, 5, 10), date(2011, 5, 9)),
            ("regence-ig-msd", date(2025, 3, 1), date(2025, 2, 28)),
            ("optum-mild", date(2026, 2, 2), date(2026, 2, 1)),
        ],
    )
    def test_nothing_holds_before_the_first_version(self, policy: str, first: date, day_before: date) -> None:
        held = PACK.catalog.policy(policy, on=first)
        assert held is not None
        assert held.effective_from == first
        assert PACK.catalog.policy(policy, on=day_before) is None

    def test_a_new_payer_and_a_new_policy_are_two_files(self, root: Path) -> None:
        old = (root / "policies/optum-mild/2026-02-02.toml").read_text(encoding="utf-8")
        folder = root / "policies" / "new-policy"
        folder.mkdir()
        text = old.replace('"optum-mild"\ntitle', '"new-policy"\ntitle').replace("2026-02-02\ncomp", "2026-07-01\ncomp")
        (folder / "2026-07-01.toml").write_text(text, encoding="utf-8")
        payer = 'id = "new-payer"\nname = "New"\nplan_type = "commercial"\npolicies = ["new-policy"]\n'
        (root / "payers" / "new-payer.toml").write_text(payer, encoding="utf-8")
        catalog = loader.load_catalog(root)
        assert catalog.payer["new-payer"].policies == ("new-policy",)
        assert catalog.policy("new-policy", on=date(2026, 7, 1)) is not None


class TestFiles:
    def test_a_missing_file(self, root: Path) -> None:
        (root / "sources.toml").unlink()
        assert refusal(root).startswith("resources/sources.toml is missing")

    def test_a_missing_folder(self, root: Path) -> None:
        shutil.rmtree(root / "edits")
        assert refusal(root).startswith("edits/ is missing")

    def test_a_file_that_cannot_be_opened(self, root: Path) -> None:
        (root / "payers" / "zz.toml").mkdir()
        assert refusal(root).startswith("resources/payers/zz.toml cannot be read")

    def test_a_file_that_is_no_text(self, root: Path) -> None:
        (root / "codes" / "modifiers.toml").write_bytes(b"\xff\xfe")
        assert refusal(root) == "resources/codes/modifiers.toml cannot be read (UnicodeDecodeError)"

    def test_a_file_that_is_not_toml(self, swap: Break, root: Path) -> None:
        swap("questions.toml", "[[row]]", "[[row]")
        assert refusal(root).startswith("resources/questions.toml: not TOML:")

    def test_one_key_twice(self, swap: Break, root: Path) -> None:
        swap("payers/optum.toml", 'name = "Optum"', 'name = "Optum"\nname = "Optum"')
        assert refusal(root).startswith("resources/payers/optum.toml: not TOML:")

    @pytest.mark.parametrize(
        "name",
        [
            "sources.toml",
            "questions.toml",
            "plan_types.toml",
            *sorted(f"{folder}/{file.name}" for folder in ("codes", "edits") for file in (SHIPPED / folder).iterdir()),
        ],
    )
    def test_one_row_twice(self, root: Path, name: str) -> None:
        rows = (root / name).read_text(encoding="utf-8").split("[[row]]\n")
        (root / name).write_text("[[row]]\n".join([*rows[:-1], f"{rows[-1]}\n", rows[1]]), encoding="utf-8")
        assert refusal(root).endswith(" is listed twice")

    @pytest.mark.parametrize("text", ["", "row = 1\n", '[[row]]\nid = "x"\n[other]\n'])
    def test_something_else_than_rows(self, root: Path, text: str) -> None:
        (root / "sources.toml").write_text(text, encoding="utf-8")
        assert refusal(root) == "resources/sources.toml: only [[row]] tables belong in it"

    def test_a_payer_under_another_name(self, root: Path) -> None:
        (root / "payers" / "optum.toml").rename(root / "payers" / "octum.toml")
        assert refusal(root) == "resources/payers/octum.toml: the id inside is not the file's name"

    def test_a_policy_under_another_day(self, root: Path) -> None:
        file = root / STUDY
        file.rename(file.with_name("2017-02-17.toml"))
        said = refusal(root)
        assert said.startswith("resources/policies/cms-ncd-150-13/2017-02-17.toml: id and effective_from")

    def test_a_policy_in_another_folder(self, root: Path) -> None:
        (root / "policies" / "optum-mild").rename(root / "policies" / "octum-mild")
        assert refusal(root).startswith("resources/policies/octum-mild/2026-02-02.toml: id and effective_from")

    def test_fees_under_another_year(self, root: Path) -> None:
        (root / "fees" / "2026.toml").rename(root / "fees" / "2027.toml")
        assert refusal(root) == "resources/fees/2027.toml: the year inside is not the file's name"

    def test_a_file_elsewhere_is_named_by_its_folder(self, root: Path) -> None:
        elsewhere = root.rename(root.with_name("data"))
        (elsewhere / "sources.toml").unlink()
        assert refusal(elsewhere).startswith("data/sources.toml is missing")


class TestForms:
    def test_a_form_is_loaded_once(self) -> None:
        assert FormKind.CMS1500 in PACK.forms
        layout = PACK.layout(FormKind.CMS1500)
        assert isinstance(layout, FormLayout)
        assert PACK.layout(FormKind.CMS1500) is layout

    def test_only_forms_with_data_are_offered(self, root: Path) -> None:
        (root / "forms" / "ub04").mkdir(parents=True)
        assert loader.load_pack(root).forms == (FormKind.UB04,)

    def test_a_form_without_an_edition(self, root: Path) -> None:
        with pytest.raises(ResourceError, match=r"^forms/ub04/ is missing"):
            loader.load_pack(root).layout(FormKind.UB04)


class TestContents:
    """What a file says: refused with the file, the row or key, and the reason."""

    @pytest.mark.parametrize(
        ("name", "old", "new", "said"),
        [
            pytest.param(
                "payers/optum.toml",
                'plan_type = "commercial"',
                'plan_type = "commercial"\nfax = "1"',
                "resources/payers/optum.toml: fax: unknown key",
                id="unknown key of a payer",
            ),
            pytest.param(
                "questions.toml",
                'path = "/answers/neurogenic_claudication"',
                'path = "/answers/neurogenic_claudication"\nhint = "x"',
                "resources/questions.toml: row 1 hint: unknown key",
                id="unknown key of a row",
            ),
            pytest.param(
                STUDY,
                'id = "neurogenic-claudication"\ntopic = "eligibility"',
                'id = "neurogenic-claudication"\ntopic = "eligibility"\nunit = "mm"',
                f"resources/{STUDY}: criterion.1.test.is.unit: unknown key",
                id="unknown key of a criterion",
            ),
            pytest.param(
                STUDY,
                'op = "is"',
                'op = "equals"',
                f"resources/{STUDY}: criterion.0.test: Input tag 'equals'",
                id="unknown operator",
            ),
            pytest.param(
                STUDY,
                'question = "in_ced_study"\nprocedure_codes',
                'question = "imaging_kind"\nprocedure_codes',
                "resources/: policy cms-ncd-150-13, study: 'imaging_kind' is not answered by yes or no",
                id="study whose question is no yes or no",
            ),
            pytest.param(
                STUDY,
                'searched = "no_prior_lumbar_procedure"',
                'searched = "imaging_date"',
                "resources/: policy cms-ncd-150-13, criterion no-recent-lumbar-surgery: 'imaging_date' has no yes that",
                id="look-back whose question is no yes or no",
            ),
            pytest.param(
                STUDY,
                'searched = "no_prior_lumbar_procedure"',
                'searched = "no_prior_procedure"',
                "resources/: policy cms-ncd-150-13 from 2017-02-16, criterion no-recent-lumbar-surgery:"
                " 'no_prior_procedure' is not there",
                id="look-back whose question does not exist",
            ),
            pytest.param(
                STUDY,
                'kinds = ["laminectomy",',
                'kinds = ["laminectomie",',
                f"resources/{STUDY}: criterion.3.test.none_within_before_service.kinds.0: 'laminectomie'",
                id="word outside a closed list",
            ),
            pytest.param(
                "plan_types.toml",
                'id = "medicare-advantage"',
                'id = "medicare-plus"',
                "resources/plan_types.toml: row 2 id: 'medicare-plus'",
                id="plan type that does not exist",
            ),
            pytest.param(
                "plan_types.toml",
                'item_1 = "medicare"\n',
                "",
                "resources/plan_types.toml: row 1 a plan type must say 'item_1'",
                id="plan type that leaves something out",
            ),
            pytest.param(
                "policies/optum-mild/2026-02-02.toml",
                "compared_on = 2026-11-20\n",
                "",
                "resources/policies/optum-mild/2026-02-02.toml: compared_on: ",
                id="policy nobody compared",
            ),
            pytest.param(
                "policies/optum-mild/2026-02-02.toml",
                'cite = "Policy Statement"\n',
                "",
                "resources/policies/optum-mild/2026-02-02.toml: cite: ",
                id="policy without a place in its source",
            ),
            pytest.param(
                STUDY,
                'sources = [{ source = "reimbursement-guide-2026", place = "Billing specifics" }]',
                "sources = []",
                f"resources/{STUDY}: billing.0.sources: ",
                id="rule without a source",
            ),
            pytest.param(
                STUDY,
                'cite = "Introduction"\ncertainty = "seed"',
                'cite = "Introduction"\ncertainty = "sure"',
                f"resources/{STUDY}: criterion.0.certainty: 'sure'",
                id="unknown certainty",
            ),
            pytest.param(
                STUDY,
                'id = "look-back-codes"',
                'id = "look-back-codes"\nseverity = "error"',
                f"resources/{STUDY}: note.2: a rule of certainty recollection may not be an error",
                id="error without the certainty",
            ),
            pytest.param(
                STUDY,
                'id = "contractor-placement"',
                'id = "contractor-placement"\nis_contradiction = true',
                f"resources/{STUDY}: note.4: a contradiction names both sources",
                id="contradiction with one source",
            ),
            pytest.param(
                STUDY,
                'covered_when = ["lumbar-region"',
                'covered_when = ["lumbar-spine"',
                f"resources/{STUDY}: no criterion is called 'lumbar-spine'",
                id="criterion that is not there",
            ),
            pytest.param(
                STUDY,
                'covered_when = ["lumbar-region", ',
                "covered_when = [",
                f"resources/{STUDY}: criterion 'lumbar-region' is in neither scope nor covered_when",
                id="criterion nobody asks",
            ),
            pytest.param(
                STUDY,
                'id = "neurogenic-claudication"',
                'id = "lumbar-region"',
                f"resources/{STUDY}: two criteria have one id",
                id="two criteria of one id",
            ),
            pytest.param(
                "fees/2026.toml",
                "year = 2026",
                'year = "2026"',
                "resources/fees/2026.toml: year: ",
                id="wrong type",
            ),
        ],
    )
    def test_refused(self, swap: Break, root: Path, name: str, old: str, new: str, said: str) -> None:
        swap(name, old, new)
        assert refusal(root).startswith(said)


class TestNames:
    """Names that lead nowhere: refused with the rule that has them."""

    @pytest.mark.parametrize(
        ("name", "old", "new", "said"),
        [
            pytest.param(
                STUDY,
                'source = "reimbursement-guide-2026"',
                'source = "guide-2027"',
                "resources/: policy cms-ncd-150-13 from 2017-02-16: 'guide-2027' is not there",
                id="source of a policy",
            ),
            pytest.param(
                STUDY,
                '[{ source = "reimbursement-guide-2026", place = "Billing specifics" }]',
                '[{ source = "guide-2027", place = "Billing specifics" }]',
                "resources/: policy cms-ncd-150-13 from 2017-02-16: 'guide-2027' is not there",
                id="source of a rule",
            ),
            pytest.param(
                STUDY,
                'question = "neurogenic_claudication"',
                'question = "claudication"',
                "resources/: policy cms-ncd-150-13 from 2017-02-16, criterion neurogenic-claudication: "
                "'claudication' is not there",
                id="question",
            ),
            pytest.param(
                STUDY,
                'procedure_codes = ["0275T"',
                'procedure_codes = ["0276T"',
                "resources/: policy cms-ncd-150-13 from 2017-02-16: '0276T' is not there",
                id="procedure code",
            ),
            pytest.param(
                "payers/optum.toml",
                'policies = ["optum-mild"]',
                'policies = ["optum-wild"]',
                "resources/: payer optum: 'optum-wild' is not there",
                id="policy of a payer",
            ),
            pytest.param(
                "plan_types.toml",
                'policies = ["va-own-facility"]',
                'policies = ["va-any-facility"]',
                "resources/: plan type va: 'va-any-facility' is not there",
                id="policy of a plan type",
            ),
            pytest.param(
                "payers/regence.toml",
                'source = "regence-ig-msd"',
                'source = "regence"',
                "resources/: payer regence: 'regence' is not there",
                id="source of a payer",
            ),
            pytest.param(
                "codes/procedures.toml",
                'primary = "62330"',
                'primary = "62329"',
                "resources/: code 62331: '62329' is not there",
                id="primary of an add-on",
            ),
            pytest.param(
                "codes/modifiers.toml",
                'source = "reimbursement-guide-2026"',
                'source = "guide-2027"',
                "resources/: code Q0: 'guide-2027' is not there",
                id="source of a code",
            ),
            pytest.param(
                "fees/2026.toml",
                'code = "62331"',
                'code = "62332"',
                "resources/: fees of 2026: '62332' is not there",
                id="code of a fee",
            ),
            pytest.param(
                "codes/procedures.toml",
                'code = "62331"',
                'code = "62330"',
                "resources/: procedure code '62330' is listed twice",
                id="one code twice",
            ),
        ],
    )
    def test_refused(self, swap: Break, root: Path, name: str, old: str, new: str, said: str) -> None:
        swap(name, old, new)
        assert refusal(root).startswith(said)

    def test_two_versions_from_one_day(self, root: Path) -> None:
        copy = root / "policies" / "copies" / "cms-ncd-150-13"
        shutil.copytree(root / "policies" / "cms-ncd-150-13", copy)
        assert refusal(root) == "resources/: policy cms-ncd-150-13: two versions have the same first day"

    def test_a_plan_type_without_rules(self, root: Path) -> None:
        file = root / "plan_types.toml"
        text = file.read_text(encoding="utf-8")
        file.write_text(text[: text.index('[[row]]\nid = "self-pay"')], encoding="utf-8")
        (root / "payers" / "self-pay.toml").unlink()
        assert refusal(root) == "resources/: plan type self-pay has no rules"

    def test_a_payer_of_a_plan_type_that_has_no_rules(self, root: Path) -> None:
        file = root / "plan_types.toml"
        text = file.read_text(encoding="utf-8")
        file.write_text(text[: text.index('[[row]]\nid = "self-pay"')], encoding="utf-8")
        assert refusal(root) == "resources/: plan type self-pay has no rules"
