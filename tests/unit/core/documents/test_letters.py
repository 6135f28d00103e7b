"""Letters: filled with what the case and the evidence say, every number traced, every blank listed."""

import re
from datetime import date
from functools import cache
from typing import Any, Final

import pytest

from mild_biller import loader
from mild_biller.core.documents.letter_rules import EVIDENCE, PLACE, LetterKind, ParagraphRule, Result, Style, places
from mild_biller.core.documents.letters import Letter, form_entries, last_day, letter, typed
from mild_biller.core.documents.quote import Blank, Subject
from mild_biller.core.documents.quote_catalog import ENTRIES, quote
from mild_biller.core.review.review import Review, review
from tests.support import ABSENT, Changes, example_names, parsed, reviewed

TODAY: Final = date(2026, 11, 20)  # after the society's letter
EARLY: Final = date(2026, 3, 1)
NUMBER: Final = re.compile(r"[0-9]+(?:[.,][0-9]+)*")
DENIED: Final = {"date": "2026-10-01", "carc": ["55"], "remark": "Investigational service"}


def written(kind: str, name: str, changes: Changes | None = None, *, today: date = TODAY, **edits: str) -> Letter:
    return letter(
        LetterKind(kind),
        reviewed(name, changes, today=today),
        catalog=loader.catalog(),
        rules=loader.letter_rules(),
        edits={key.replace("_", "-"): text for key, text in edits.items()} or None,
    )


def labels(found: Letter) -> list[str]:
    return [blank.label for blank in found.blanks]


def ids(found: Letter) -> list[str]:
    return [paragraph.id for paragraph in found.paragraphs]


def cautions(found: Letter) -> list[str]:
    return [each.id for each in found.cautions]


CASES: Final[list[tuple[str, dict[str, Any]]]] = [
    *((name, {}) for name in example_names()),
    *((name, {"/denial": DENIED}) for name in ("premera-commercial-2026", "optum-2026", "medicare-advantage-2026")),
    ("optum-2026", {"/denial": {"date": "2026-10-01", "carc": ["50", "56"], "rarc": []}}),
    ("medicare-asc-2026", {"/denial": {"date": "2026-10-01", "carc": ["50"], "rarc": ["N386"]}}),
    ("medicare-asc-2026", {"/denial": {"date": "2026-04-01", "carc": ["16"], "rarc": ["MA50", "MA130"]}}),
    ("medicare-advantage-2026", {"/denial": {"date": "2026-10-01", "carc": ["197"], "remark": "No authorization"}}),
    ("regence-thoracic-2026", {"/denial": DENIED}),
]


@cache
def all_letters() -> tuple[tuple[str, Letter, Review], ...]:
    """Return every letter of every case on two days, with a name and the review it is made from."""
    catalog, rules, made = loader.catalog(), loader.letter_rules(), []
    for name, changes in CASES:
        for today in (EARLY, TODAY):
            found = reviewed(name, changes, today=today)
            for kind in LetterKind:
                made.append((f"{kind}, {name}, {today}", letter(kind, found, catalog=catalog, rules=rules), found))
    return tuple(made)


class TestNumbers:
    """Every number comes from the case, from a result of the evidence, or from a term; each of these has a source."""

    def test_no_template_holds_a_digit_of_its_own(self) -> None:
        for rule in loader.letter_rules().letters:
            for paragraph in rule.paragraph:
                assert not re.search(r"[0-9]", PLACE.sub("", paragraph.text)), f"{rule.id}, {paragraph.id}"

    def test_every_number_of_every_letter_is_traced(self) -> None:
        for where, found, source in all_letters():
            known = set(NUMBER.findall(self._allowed(found, source)))
            lost = [number for number in NUMBER.findall(found.text) if number not in known]
            assert not lost, f"{where}: {lost}"

    @staticmethod
    def _allowed(found: Letter, source: Review) -> str:
        """Return all words numbers may come from: quotes of the case, results and terms used, their sources."""
        rules, catalog = loader.letter_rules(), loader.catalog()
        subject = Subject(source, catalog)
        quotes = [quote(entry, subject).text for entry in ENTRIES]
        used = [rules.result[each] for each in found.results]
        for result in used:
            assert all(catalog.source[each.source].file for each in result.sources), f"{result.id} is of no seed"
        results = [" ".join([*result_words(result), result.publication]) for result in used]
        told = [f"{catalog.source[each.source].title} {each.place}" for result in used for each in result.sources]
        texts = [paragraph.text for paragraph in rules.letter[found.kind].paragraph]
        terms = [rules.term[place[1:]] for text in texts for place in places(text) if place.startswith("@")]
        assert all(term.sources for term in terms)
        numbered = [str(number + 1) for number in range(len(found.references))]
        return " ".join([*quotes, *results, *told, *(term.text for term in terms), *numbered])

    def test_a_result_never_stands_without_time_group_and_source(self) -> None:
        for where, found, _ in all_letters():
            for name in found.results:
                result = loader.letter_rules().result[name]
                whole = re.compile(
                    rf"(?<![0-9.,]){re.escape(result.amount)}(?: \(p|:| \|| at ).*{re.escape(result.time)}"
                    rf".*{re.escape(result.arm)}: {re.escape(result.group_size)}.*\[[0-9]+\]"
                )
                assert any(whole.search(line) for line in found.text.splitlines()), f"{where}: {name}"

    def test_every_reference_is_used_and_every_mark_leads_to_one(self) -> None:
        for where, found, _ in all_letters():
            body = found.text.splitlines()[: -len(found.references) or None]
            marks = {int(mark) for line in body for mark in re.findall(r"\[([0-9]+)\]", line)}
            assert marks == set(range(1, len(found.references) + 1)), where


def result_words(result: Result) -> list[str]:
    return [result.study, result.measure, result.amount, result.time, result.arm, result.group_size, result.p]


class TestEvidence:
    def test_each_result_has_all_that_belongs_to_it(self) -> None:
        for result in loader.letter_rules().results:
            assert all([result.study, result.measure, result.value, result.time, result.group_size, result.arm])
            assert result.certainty.may_block
            assert last_day(result.published) <= date(2026, 6, 30), result.id

    def test_the_share_at_three_years_stands_nowhere(self) -> None:
        """T41: 5.6 % at three years is not 4 of the 48 named beside it."""
        for result in loader.letter_rules().results:
            assert not (result.time == "3 years" and result.value != "274"), result.id
            assert not (result.value == "5.6" and "Medicare claims" not in result.study), result.id
        for where, found, _ in all_letters():
            for line in found.text.splitlines():
                assert not ("5.6" in line and "3 years" in line), where
                assert "77.6" not in line, where

    def test_nothing_is_quoted_before_it_was_out(self) -> None:
        early = written("appeal", "premera-commercial-2026", {"/denial": DENIED}, today=EARLY)
        late = written("appeal", "premera-commercial-2026", {"/denial": DENIED})
        for found, day in ((early, EARLY), (late, TODAY)):
            for name in found.results:
                assert last_day(loader.letter_rules().result[name].published) <= day
        assert "F112" not in early.results
        assert "F112" in late.results
        assert "New York Society" not in early.text.split("[1]", 1)[0]

    @pytest.mark.parametrize(
        ("name", "newer"),
        [
            ("premera-commercial-2026", ["newer-five-years"]),
            ("regence-thoracic-2026", ["newer-three-years", "newer-five-years"]),
            ("optum-2026", ["newer-five-years"]),
        ],
    )
    def test_what_is_newer_than_the_payer_s_review_is_said_to_be_so(self, name: str, newer: list[str]) -> None:
        """F82; the three-year results are newer than Regence's review of January 2025 alone."""
        found = written("appeal", name, {"/denial": DENIED, "/procedure/region": "lumbar"})
        assert [each for each in ids(found) if each.startswith("newer")] == newer
        assert "newer than that policy's last review" in found.text

    def test_where_no_review_is_known_nothing_is_called_newer(self) -> None:
        for name in ("tricare-2026", "medicaid-2026", "medicare-advantage-2026"):
            found = written("appeal", name, {"/denial": DENIED})
            assert not [each for each in ids(found) if each.startswith("newer")]

    def test_before_all_of_it_there_is_no_table(self) -> None:
        found = written("medical-necessity", "medicare-advantage-2026", today=date(2015, 1, 1))
        assert (found.results, found.references) == ((), ())
        assert "results" not in ids(found)

    def test_the_evidence_speaks_for_the_lumbar_spine_alone(self) -> None:
        found = written("appeal", "regence-thoracic-2026", {"/denial": DENIED})
        assert not found.results
        assert "other-region" in cautions(found)


class TestBlanks:
    @pytest.mark.parametrize("kind", list(LetterKind))
    def test_an_empty_case_lists_what_it_lacks(self, kind: LetterKind) -> None:
        empty = review(parsed({"format": 1}), catalog=loader.catalog(), layouts=loader.layout, today=TODAY)
        found = letter(kind, empty, catalog=loader.catalog(), rules=loader.letter_rules())
        assert "patient's name" in labels(found)
        for blank in found.blanks:
            assert str(blank) in found.text
            assert blank.path is None or blank.path.startswith("/")

    @pytest.mark.parametrize(
        ("path", "label"),
        [
            ("/patient/birth_date", "patient's date of birth"),
            ("/answers/neurogenic_claudication", "whether the record documents neurogenic claudication"),
            ("/answers/central_stenosis_on_imaging", "whether imaging shows central stenosis"),
            ("/answers/imaging_date", "day of the imaging"),
            ("/answers/imaging_kind", "kind of imaging"),
            ("/answers/ligamentum_flavum_mm", "thickness of the ligamentum flavum"),
            ("/answers/spondylolisthesis_grade", "grade of spondylolisthesis"),
            ("/answers/local_infection", "whether there is an infection or inflammation at the site"),
            ("/answers/scores", "scores before the procedure"),
            ("/answers/conservative_care", "conservative care with days and outcome"),
            ("/answers/conservative_care/0/to", "last day"),
            ("/procedure/date_of_service", "date of service"),
            ("/procedure/setting", "place of service"),
            ("/procedure/region", "region of the spine"),
            ("/providers/rendering/npi", "NPI"),
            ("/providers/rendering/last", "performing provider's name"),
            ("/providers/facility", "facility and NPI"),
            ("/providers/billing/phone", "billing provider's telephone"),
            ("/coverages/0/member_id", "member ID"),
        ],
    )
    def test_a_letter_for_a_case_that_lacks_something_lists_it(self, path: str, label: str) -> None:
        whole = written("medical-necessity", "medicare-advantage-2026")
        found = written("medical-necessity", "medicare-advantage-2026", {path: ABSENT if path[-1] != "0" else None})
        assert label not in labels(whole)
        assert label in labels(found)
        assert any(blank.label == label and blank.path for blank in found.blanks)

    def test_a_complete_case_leaves_the_payer_s_address_alone(self) -> None:
        assert labels(written("medical-necessity", "medicare-advantage-2026")) == ["payer's address"]
        address = {"name": "PLAN", "street": "1 A ST", "city": "ERIE", "state": "PA", "zip": "16501"}
        filled = written("medical-necessity", "medicare-advantage-2026", {"/coverages/0/contractor": address})
        assert filled.blanks == ()
        assert "1 A ST, ERIE, PA 16501" in filled.text


class TestEdits:
    def test_an_edited_paragraph_stands_as_written(self) -> None:
        found = written("medical-necessity", "medicare-advantage-2026", what_it_is="Other words, [ a reason ] to give.")
        (edited,) = [each for each in found.paragraphs if each.is_edited]
        assert edited.id == "what-it-is"
        assert edited.text == "Other words, [ a reason ] to give."
        assert "a reason" in labels(found)

    def test_an_emptied_paragraph_is_left_out(self) -> None:
        assert "what-it-is" not in ids(written("medical-necessity", "medicare-advantage-2026", what_it_is=""))

    def test_tables_are_not_for_editing(self) -> None:
        found = written("medical-necessity", "medicare-advantage-2026", findings="nothing")
        assert not any(each.is_edited for each in found.paragraphs)

    def test_references_keep_their_numbers(self) -> None:
        before = written("peer-to-peer", "premera-commercial-2026")
        after = written("peer-to-peer", "premera-commercial-2026", newer="Said another way [1].")
        assert after.references == before.references

    def test_blanks_are_read_back_from_text(self) -> None:
        assert typed("a [ b ] c") == ("a ", Blank("b"), " c")
        assert typed("[1] and [x]") == ("[1] and [x]",)


class TestRefusals:
    @pytest.mark.parametrize(
        ("kind", "name", "changes", "refusal"),
        [
            ("appeal", "medicare-asc-2026", {"/denial": {"rarc": ["MA130"]}}, "no-appeal-rights"),
            ("appeal", "medicare-asc-2026", {"/denial": {"carc": ["16"], "rarc": ["MA50"]}}, "no-appeal-rights"),
            ("resubmission", "medicare-asc-2026", {"/denial": {"carc": ["50"]}}, "decided-claim"),
            ("member-notice", "medicare-asc-2026", {}, "not-medicare"),
            ("member-notice", "medicare-advantage-2026", {}, "not-medicare-advantage"),
            ("abn", "medicare-advantage-2026", {}, "medicare-alone"),
            ("abn", "premera-commercial-2026", {}, "medicare-alone"),
        ],
    )
    def test_a_letter_that_must_not_go(self, kind: str, name: str, changes: Changes, refusal: str) -> None:
        found = written(kind, name, changes)
        assert refusal in [each.id for each in found.refusals]
        assert all(each.sources for each in found.refusals)

    @pytest.mark.parametrize(
        ("kind", "name", "changes"),
        [
            ("appeal", "premera-commercial-2026", {"/denial": DENIED}),
            ("resubmission", "medicare-asc-2026", {"/denial": {"date": "2026-04-01", "rarc": ["MA130"]}}),
            ("member-notice", "premera-commercial-2026", {}),
            ("abn", "medicare-look-back-inside", {}),
        ],
    )
    def test_one_that_may(self, kind: str, name: str, changes: Changes) -> None:
        assert written(kind, name, changes).refusals == ()

    @pytest.mark.parametrize(
        ("kind", "name", "changes", "caution"),
        [
            ("appeal", "premera-commercial-2026", {}, "nothing-denied"),
            ("appeal", "premera-commercial-2026", {"/denial": DENIED}, "stale-policy"),
            ("appeal", "premera-commercial-2026", {"/denial": DENIED}, "commercial-internal-appeal"),
            ("appeal", "medicare-look-back-inside", {"/denial": DENIED}, "criterion-not-met"),
            ("appeal", "medicare-advantage-2026", {"/denial": DENIED}, "waiver-of-liability"),
            ("resubmission", "medicare-asc-2026", {}, "nothing-returned"),
            ("resubmission", "medicare-office", {"/denial": {"rarc": ["MA130"]}}, "claim-still-troubled"),
            ("member-notice", "premera-commercial-2026", {}, "contract-first"),
            ("member-notice", "premera-commercial-2026", {}, "too-late"),
            ("abn", "medicare-asc-2026", {}, "inside-the-study"),
            ("medical-necessity", "medicare-no-claudication", {}, "no-claudication"),
            ("peer-to-peer", "regence-thoracic-2026", {}, "unlikely"),
        ],
    )
    def test_what_to_look_at_first(self, kind: str, name: str, changes: Changes, caution: str) -> None:
        assert caution in cautions(written(kind, name, changes))


class TestContents:
    def test_the_appeal_names_its_level(self) -> None:
        openings = {
            "medicare-asc-2026": "redetermination",
            "medicare-advantage-2026": "reconsider",
            "premera-commercial-2026": "internal appeal",
            "medicaid-2026": "under state law",
        }
        for name, word in openings.items():
            assert word in written("appeal", name, {"/denial": DENIED}).text

    @pytest.mark.parametrize(
        ("name", "denial", "paragraph"),
        [
            ("premera-commercial-2026", {"carc": ["55"]}, "reason-investigational"),
            ("optum-2026", {"carc": ["56"]}, "reason-unproven"),
            ("optum-2026", {"carc": ["50"]}, "reason-not-necessary"),
            ("medicare-asc-2026", {"carc": ["50"]}, "reason-not-necessary-medicare"),
            ("medicare-advantage-2026", {"carc": ["55"]}, "reason-investigational-medicare"),
            ("premera-commercial-2026", {"carc": ["197"]}, "reason-no-authorization"),
            ("premera-commercial-2026", {"carc": ["253"]}, "reason-as-given"),
        ],
    )
    def test_the_appeal_answers_the_reason(self, name: str, denial: Any, paragraph: str) -> None:
        found = ids(written("appeal", name, {"/denial": denial}))
        reasons = [each for each in found if each.startswith("reason-") and each != "reason-heading"]
        assert reasons == [paragraph]

    def test_an_advantage_plan_is_told_its_duty(self) -> None:
        for kind in ("medical-necessity", "appeal", "peer-to-peer"):
            text = written(kind, "medicare-advantage-2026", {"/denial": {"carc": ["50"]}}).text
            assert "Medicare Managed Care Manual, chapter 4, section 10.7.3" in text
            assert "42 CFR 422.101" in text

    def test_the_notice_names_service_day_and_cost(self) -> None:
        found = written("member-notice", "premera-commercial-2026", today=EARLY)
        for words in ("62330", "March 10, 2026", "$4,600.00", "Premera 7.01.126", "investigational"):
            assert words in found.text
        assert "the facility's estimate" in labels(found)
        assert "not medically necessary" in written("member-notice", "optum-2026", today=EARLY).text

    def test_the_resubmission_is_a_new_claim(self) -> None:
        found = written("resubmission", "medicare-asc-2026", {"/denial": {"date": "2026-04-01", "rarc": ["MA130"]}})
        assert "a new claim" in found.text
        assert "not an appeal" in found.text
        assert "what was corrected on the claim" in labels(found)

    def test_no_letter_says_what_the_sources_contradict(self) -> None:
        """T25 and T26: no word on adverse events that were reported, none that a code means coverage."""
        for where, found, _ in all_letters():
            assert "no longer investigational" not in found.text, where
            assert "Category I" not in found.text, where
            assert "Significant device" not in found.text, where

    def test_a_plan_s_own_name_stands_where_the_payer_is_only_a_kind_of_one(self) -> None:
        assert "EXAMPLE ADVANTAGE PPO\n" in written("appeal", "medicare-advantage-2026").text
        assert "NOVITAS SOLUTIONS PART B\n" in written("appeal", "medicare-asc-2026").text


class TestQuotes:
    @pytest.mark.parametrize(
        ("changes", "name", "text"),
        [
            ({"/claim/lines": [{"units": 1}], "/procedure/region": None}, "codes_told", "[ procedure codes ]"),
            ({"/claim/lines": [{"units": 1}], "/procedure/region": None}, "codes", "[ procedure codes ]"),
            ({"/claim/lines": [{"code": "99999", "units": 2}]}, "codes_told", "99999, 2 units"),
            ({"/claim/lines": [{"code": "99999", "units": 2}]}, "codes_plain", "99999"),
            ({"/claim/diagnoses": ["Z00.6"]}, "principal_diagnosis", "[ diagnosis ]"),
            ({"/claim/diagnoses": ["R99.99"]}, "principal_diagnosis", "R99.99"),
            ({"/procedure/region": "thoracic"}, "procedure", "image-guided thoracic decompression"),
            ({"/procedure/setting": "va-facility"}, "place", "VA facility"),
            ({"/providers/rendering/credentials": "MD"}, "rendering_name", "PAT RENDERER, MD"),
            (
                {"/providers/rendering": {"npi": "1234567893"}},
                "rendering",
                "[ performing provider's name ], NPI 1234567893",
            ),
            ({"/providers/rendering": {"taxonomy": "X"}}, "rendering", "[ performing provider and NPI ]"),
            ({"/providers/referring/last": None}, "referring", "[ referring provider's name ], NPI 2000000028"),
            ({"/providers/billing/phone": "555"}, "billing_phone", "555"),
            ({"/patient/zip": "1521"}, "patient_address", "12 ELM STREET, PITTSBURGH, PA 1521"),
            ({"/patient/birth_date": "2026-03-11"}, "age", "[ patient's age ]"),
            ({"/patient/birth_date": "1951-03-10"}, "age", "75"),
            ({"/patient/birth_date": "1951-03-11"}, "age", "74"),
            (
                {"/coverages/0/relationship": "spouse", "/coverages/0/insured": {"last": "A", "first": "B"}},
                "insured_name",
                "B A",
            ),
            ({"/coverages/0/relationship": "spouse"}, "insured_name", "[ insured's name ]"),
            ({}, "insured_name", "ALMA Q TESTPATIENT"),
            (
                {"/coverages/0": {"payer": {"name": "OWN", "plan_type": "commercial"}}},
                "payer_address",
                "[ payer's address ]",
            ),
            ({"/answers/ligamentum_flavum_mm": "thick"}, "ligament", "[ thickness of the ligamentum flavum ]"),
            ({"/answers/imaging_kind": None}, "imaging", "[ kind of imaging ] of January 10, 2026"),
            ({"/prior_procedures": []}, "prior_procedures", "none entered"),
            (
                {"/attachments": [{"kind": "other", "path": "a"}, {"kind": "other", "path": "b"}]},
                "enclosures",
                "other document",
            ),
            ({"/notices": [{"signed_on": "2026-01-01"}]}, "notices", "[ signed notice to the patient ]"),
            ({"/denial": {"date": "2026-10-01", "carc": ["50"]}}, "appeal_until", "The last day is 2027-02-03"),
            ({"/authorization": {"decision": "approved"}}, "decision", "approved"),
            (
                {"/claim/charges": {"62330": "many"}},
                "charges",
                "62330 [ charge for 62330 ]; 62331 [ charge for 62331 ]",
            ),
            ({"/claim/lines": [{"units": 1}], "/procedure/region": None}, "charges", "[ charges ]"),
        ],
    )
    def test_what_is_quoted(self, changes: Changes, name: str, text: str) -> None:
        subject = Subject(reviewed("medicare-asc-2026", changes, today=TODAY), loader.catalog())
        assert text in quote(name, subject).text

    def test_all_of_the_list_can_be_quoted_of_any_case(self) -> None:
        for name in example_names():
            subject = Subject(reviewed(name, today=TODAY), loader.catalog())
            assert all(quote(entry, subject).text for entry in ENTRIES)


class TestForm:
    def test_the_facts_for_the_government_s_form(self) -> None:
        entries = form_entries(
            reviewed("medicare-look-back-inside", today=EARLY), catalog=loader.catalog(), rules=loader.letter_rules()
        )
        told = {each.letter: each.text for each in entries}
        assert told["B"] == "ALMA Q TESTPATIENT"
        assert told["D"] == "62330, lumbar image-guided decompression, first interspace, on March 10, 2026"
        assert "these requirements of the study are not met" in told["E"]
        assert "Q0" not in "".join(told.values())
        assert "1EG4TE5MK73" not in "".join(told.values())

    def test_what_is_unknown_is_left_empty(self) -> None:
        empty = review(parsed({"format": 1}), catalog=loader.catalog(), layouts=loader.layout, today=EARLY)
        entries = form_entries(empty, catalog=loader.catalog(), rules=loader.letter_rules())
        assert [each.text for each in entries] == [""] * len(entries)


def test_a_month_and_a_year_mean_their_last_day() -> None:
    assert last_day("2026-02") == date(2026, 2, 28)
    assert last_day("2026") == date(2026, 12, 31)
    assert last_day("2026-06-26") == date(2026, 6, 26)


def test_every_place_of_every_template_is_known() -> None:
    rules = loader.letter_rules()
    texts = [paragraph.text for rule in rules.letters for paragraph in rule.paragraph]
    for place in (place for text in texts for place in places(text)):
        is_known = place in ENTRIES or place.startswith("?") or place[1:] in rules.term
        assert is_known or EVIDENCE.fullmatch(place), place


def test_every_result_serves_a_letter_or_is_kept_for_an_editor() -> None:
    named: set[str] = set()
    for rule in loader.letter_rules().letters:
        for paragraph in rule.paragraph:
            named |= {*paragraph.results, *paragraph.newer, *filter(EVIDENCE.fullmatch, places(paragraph.text))}
    assert len(named) >= 30
    assert isinstance(rule.paragraph[0], ParagraphRule)
    assert Style.EVIDENCE in {each.style for each in loader.letter_rules().letter[LetterKind.APPEAL].paragraph}
