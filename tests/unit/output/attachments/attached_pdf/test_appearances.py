"""Filled fields, marks and layers of attached PDFs: what is seen in a viewer is seen on the sheet."""

import pikepdf
import pytest

from mild_biller.output.attachments.attached_file import prepare
from tests.corpus import forms, hostile, scan
from tests.corpus.checks import before, on_paper, text


class TestFields:
    @pytest.mark.parametrize("again", [False, True])
    def test_without_drawings_are_drawn(self, again: bool) -> None:
        content = forms.undrawn_form(again=again)
        prepared = prepare(content, name="form.pdf")
        shown = scan.picture(prepared.pdf)
        for name, place in forms.PLACES.items():
            assert scan.ink(shown, on_paper(place)) > 0.01, name
        for words in forms.WORDS.values():
            assert words in text(prepared)
        assert forms.STORY.replace("\n", " ") in text(prepared).replace("\n", " ")
        assert scan.active(prepared.pdf) == set()

    def test_with_drawings_look_as_before(self) -> None:
        content = forms.drawn_form()
        prepared = prepare(content, name="form.pdf")
        for name in ("name", "check"):
            was = scan.ink(scan.picture(content, scale=2), tuple(2 * side for side in before(forms.PLACES[name])))
            now = scan.ink(scan.picture(prepared.pdf, scale=2), tuple(2 * x for x in on_paper(forms.PLACES[name])))
            assert was > 0.05
            assert now == pytest.approx(was, rel=0.25)
        assert forms.NAME in text(prepared)

    def test_a_stale_drawing_gives_way_to_the_value_where_the_form_asks_for_it(self) -> None:
        def stale(pdf: pikepdf.Pdf, field: pikepdf.Object) -> None:
            field.AP = pikepdf.Dictionary(N=hostile.drawing(pdf, b"BT (OLD) Tj ET"))

        asked, left = (prepare(forms.undrawn_form(again=again, change=stale), name="a") for again in (True, False))
        assert forms.NAME in text(asked)
        assert forms.NAME not in text(left)

    def test_nothing_typed_nothing_drawn(self) -> None:
        def empty(_pdf: pikepdf.Pdf, field: pikepdf.Object) -> None:
            for key in ("/V", "/AS", "/MK"):
                if key in field:
                    del field[key]

        prepared = prepare(forms.undrawn_form(change=empty), name="form.pdf")
        assert text(prepared).strip() == hostile.SHOWN

    def test_an_empty_field_keeps_its_border(self) -> None:
        def empty(_pdf: pikepdf.Pdf, field: pikepdf.Object) -> None:
            for key in ("/V", "/AS"):
                if key in field:
                    del field[key]
            field.MK = pikepdf.Dictionary(BC=pikepdf.Array([0]))

        shown = scan.picture(prepare(forms.undrawn_form(change=empty), name="form.pdf").pdf)
        for name, place in forms.PLACES.items():
            assert scan.ink(shown, on_paper(place)) > 0.01, name

    def test_hidden_fields_stay_hidden(self) -> None:
        def hide(_pdf: pikepdf.Pdf, field: pikepdf.Object) -> None:
            field.F = 2

        prepared = prepare(forms.undrawn_form(change=hide), name="form.pdf")
        assert text(prepared).strip() == hostile.SHOWN


class TestMarks:
    @pytest.mark.parametrize("kind", forms.MARKS)
    def test_without_drawings_are_drawn(self, kind: str) -> None:
        prepared = prepare(forms.marked(kind), name="a.pdf")
        assert scan.ink(scan.picture(prepared.pdf), on_paper(forms.MARK_PLACE)) > 0.005
        assert scan.active(prepared.pdf) == set()

    def test_words_can_be_selected(self) -> None:
        assert "see page two" in text(prepare(forms.marked("FreeText"), name="a.pdf"))
        assert "APPROVED" in text(prepare(forms.marked("Stamp"), name="a.pdf"))

    @pytest.mark.parametrize(("flags", "seen"), [(0, True), (4, True), (1, True), (2, False), (32, False), (36, True)])
    def test_flags_are_obeyed(self, flags: int, seen: bool) -> None:
        shown = scan.picture(prepare(forms.stamped(F=flags), name="a.pdf").pdf)
        assert (scan.ink(shown, on_paper(forms.MARK_PLACE)) > 0.9) == seen

    @pytest.mark.parametrize("kind", [*forms.MARKS, "Widget"])
    @pytest.mark.parametrize("nonsense", [{"Rect": [1, 2]}, {"Rect": "x"}, {"QuadPoints": [1]}, {"C": "x"}, {"F": []}])
    def test_nonsense_in_them_does_no_harm(self, kind: str, nonsense: dict[str, object]) -> None:
        entries = {key: pikepdf.Array(value) if isinstance(value, list) else value for key, value in nonsense.items()}
        filled = {"FT": pikepdf.Name.Tx, "V": pikepdf.String("typed")} if kind == "Widget" else {}
        assert prepare(forms.marked(kind, **filled, **entries), name="a.pdf").page_count == 1


class TestLayers:
    @pytest.mark.parametrize("state", ["off", "base"])
    def test_what_is_hidden_is_taken_out(self, state: str) -> None:
        prepared = prepare(forms.layered(state=state), name="a.pdf")
        assert "SHOWN LAYER" in text(prepared)
        assert b"HIDDEN LAYER" not in scan.unpacked(prepared.pdf)
        shown = scan.picture(prepared.pdf)
        for hidden in ((300, 480, 400, 520), (300, 300, 428, 348), forms.MARK_PLACE):
            assert scan.ink(shown, on_paper(hidden)) == 0
        assert scan.ink(shown, on_paper((72, 440, 122, 450))) > 0.5

    @pytest.mark.parametrize(
        ("rule", "seen"), [("AllOn", False), ("AnyOn", True), ("AnyOff", True), ("AllOff", False), ("Else", True)]
    )
    def test_rules_over_layers(self, rule: str, seen: bool) -> None:
        assert ("HIDDEN LAYER" in text(prepare(forms.layered(rule=rule), name="a.pdf"))) == seen

    @pytest.mark.parametrize(
        ("expression", "seen"),
        [(["And", 0, 1], False), (["Or", 0, 1], True), (["Not", 1], True), (["Not", ["Or", 0, 1]], False), ([], True)],
    )
    def test_expressions_over_layers(self, expression: list[object], seen: bool) -> None:
        content = forms.layered(expression=expression)
        assert ("HIDDEN LAYER" in text(prepare(content, name="a.pdf"))) == seen
