"""Filled forms and marked pages: with the drawings a good program leaves in the file, and without."""

from collections.abc import Callable
from io import BytesIO
from typing import Any, Final

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, String
from reportlab.pdfgen.canvas import Canvas

from tests.corpus.hostile import annotate, drawing, plain, saved

NAME: Final = "TESTPATIENT, ALMA Q"
STORY: Final = (
    "Walks two blocks, then both legs burn and she has to sit down. Better bent over a cart.\n"
    "Worse since autumn; therapy from September to November did not help."
)
# Where each field and mark stands: left, bottom, right, top, in points of the page.
PLACES: Final[dict[str, tuple[float, float, float, float]]] = {
    "name": (72, 640, 300, 660),
    "story": (72, 520, 400, 620),
    "places": (72, 480, 300, 500),
    "choice": (72, 440, 300, 460),
    "check": (72, 400, 90, 418),
    "radio": (120, 400, 138, 418),
    "sideways": (450, 520, 470, 700),
    "secret": (72, 360, 200, 380),
}
FIELDS: Final[dict[str, dict[str, Any]]] = {
    "name": {"FT": Name.Tx, "V": String(NAME), "DA": String("/Helv 11 Tf 0 0 0.6 rg")},
    "story": {"FT": Name.Tx, "V": String(STORY), "Ff": 1 << 12, "DA": String("/Helv 0 Tf 0 g")},
    "places": {"FT": Name.Tx, "V": String("1EG4TE5MK73"), "Ff": 1 << 24, "MaxLen": 12},
    "choice": {
        "FT": Name.Ch,
        "Ff": 1 << 17,
        "V": String("asc"),
        "Opt": Array([Array([String("asc"), String("Ambulatory surgery center")]), String("office")]),
    },
    "check": {"FT": Name.Btn, "V": Name.Yes, "AS": Name.Yes},
    "radio": {"FT": Name.Btn, "Ff": 1 << 15, "V": Name("/1"), "AS": Name("/1")},
    "sideways": {"FT": Name.Tx, "V": String("SIDEWAYS"), "MK": Dictionary(R=90, BC=Array([1, 0, 0]))},
    "secret": {"FT": Name.Tx, "Ff": 1 << 13, "V": String("open"), "MK": Dictionary(BG=Array([0.9, 0.9, 0.7]))},
}
WORDS: Final = {"name": NAME, "choice": "Ambulatory surgery center", "secret": "****"}

Change = Callable[[Pdf, Object], None]


def undrawn_form(*, again: bool = False, change: Change | None = None) -> bytes:
    """Return a form whose fields hold values and no drawing of them."""
    with pikepdf.open(BytesIO(plain())) as pdf:
        fields = [_field(pdf, name, change) for name in FIELDS]
        pdf.Root.AcroForm = Dictionary(Fields=Array(fields), DA=String("/Helv 10 Tf 0 g"))
        if again:
            pdf.Root.AcroForm.NeedAppearances = True
        return saved(pdf)


def _field(pdf: Pdf, name: str, change: Change | None) -> Object:
    field = annotate(pdf, Subtype=Name.Widget, T=String(name), **FIELDS[name])
    field.Rect = Array(PLACES[name])
    if change:
        change(pdf, field)
    return field


def drawn_form() -> bytes:
    """Return a form as a good program leaves it: each field with its drawing."""
    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=(612, 792), invariant=1)
    left, bottom, right, top = PLACES["name"]
    canvas.acroForm.textfield(
        name="name", value=NAME, x=left, y=bottom, width=right - left, height=top - bottom, borderWidth=0, fontSize=11
    )
    left, bottom, right, _ = PLACES["check"]
    canvas.acroForm.checkbox(name="check", checked=True, x=left, y=bottom, size=right - left)
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


# Marks a reader leaves, none with a drawing of its own.
MARKS: Final[dict[str, dict[str, Any]]] = {
    "Highlight": {"QuadPoints": Array([72, 120, 200, 120, 72, 72, 200, 72]), "C": Array([1, 1, 0])},
    "Underline": {"QuadPoints": Array([72, 120, 200, 120, 72, 80, 200, 80]), "C": Array([1, 0, 0])},
    "StrikeOut": {"QuadPoints": Array([72, 120, 200, 120, 72, 80, 200, 80])},
    "Squiggly": {"QuadPoints": Array([72, 120, 200, 120, 72, 80, 200, 80])},
    "Square": {"C": Array([0, 0, 1]), "IC": Array([0.9, 0.9, 1]), "BS": Dictionary(W=3)},
    "Circle": {"C": Array([0, 0.5, 0])},
    "Line": {"L": Array([80, 80, 190, 110])},
    "Ink": {"InkList": Array([Array([80, 80, 120, 110, 190, 90])]), "BS": Dictionary(W=2)},
    "Polygon": {"Vertices": Array([80, 80, 120, 110, 190, 90])},
    "PolyLine": {"Vertices": Array([80, 80, 120, 110, 190, 90])},
    "FreeText": {"Contents": String("see page two"), "DA": String("/Helv 12 Tf 1 0 0 rg")},
    "Text": {"Contents": String("call the office"), "Name": Name.Comment},
    "Stamp": {"Name": Name.Approved},
}
MARK_PLACE: Final = (72.0, 72.0, 200.0, 120.0)


def marked(kind: str, **entries: Any) -> bytes:
    """Return a page with one mark."""
    with pikepdf.open(BytesIO(plain())) as pdf:
        made = annotate(pdf, Subtype=Name(f"/{kind}"), **(MARKS.get(kind, {}) | entries))
        if kind == "Widget":
            pdf.Root.AcroForm = Dictionary(Fields=Array([made]))
        return saved(pdf)


def stamped(**entries: Any) -> bytes:
    """Return a page with a mark that brings its own drawing, a red bar."""
    with pikepdf.open(BytesIO(plain())) as pdf:
        annotate(pdf, Subtype=Name.Stamp, AP=Dictionary(N=drawing(pdf)), **entries)
        return saved(pdf)


def layered(*, rule: str | None = None, expression: list[Any] | None = None, state: str = "off") -> bytes:
    """Return a page with two layers, of which the second is off; or what is on it depends on a rule over both.

    In an expression 0 stands for the first layer, and 1 for the second.
    """
    with pikepdf.open(BytesIO(plain())) as pdf:
        shown, hidden = (pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String(name))) for name in ("on", "off"))
        view = Dictionary(OFF=Array([hidden])) if state == "off" else Dictionary(BaseState=Name.OFF, ON=Array([shown]))
        pdf.Root.OCProperties = Dictionary(OCGs=Array([shown, hidden]), D=view)
        second: Object = hidden
        if rule:
            second = Dictionary(Type=Name.OCMD, OCGs=Array([shown, hidden]), P=Name(f"/{rule}"))
        if expression is not None:
            second = Dictionary(Type=Name.OCMD, VE=_written(expression, (shown, hidden)))
        page = pdf.pages[0]
        page.obj.Resources.Properties = Dictionary(MC0=shown, MC1=second)
        page.obj.Resources.XObject = Dictionary(Bar=drawing(pdf, OC=second))
        page.contents_add(
            b"/OC /MC0 BDC BT /F1 14 Tf 72 600 Td (SHOWN LAYER) Tj ET EMC "
            b"/OC /MC1 BDC BT /F1 14 Tf 72 500 Td (HIDDEN LAYER) Tj ET 0 0 1 rg 300 480 100 40 re f EMC "
            b"q 1 0 0 1 300 300 cm /Bar Do Q /Span <</MCID 0>> BDC EMC 0 g 72 440 50 10 re f"
        )
        annotate(pdf, Subtype=Name.Stamp, AP=Dictionary(N=drawing(pdf)), OC=second)
        return saved(pdf)


def _written(expression: Any, layers: tuple[Object, Object]) -> Any:
    """Return an expression as a PDF holds it."""
    if isinstance(expression, list):
        return Array([_written(part, layers) for part in expression])
    return layers[expression] if isinstance(expression, int) else Name(f"/{expression}")
