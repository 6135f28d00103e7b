"""PDFs that try to act, built anew for every test: each shows HARMLESS TEXT and hides something behind it."""

from collections.abc import Callable
from io import BytesIO
from typing import Any, Final

import pikepdf
from pikepdf import Array, AttachedFileSpec, Dictionary, Name, Object, OutlineItem, Pdf, String
from reportlab.pdfgen.canvas import Canvas

SHOWN: Final = "HARMLESS TEXT"
SECRET: Final = "canary-that-must-not-travel"

Act = Callable[[Pdf], None]


def plain(pages: int = 1, *, size: tuple[float, float] = (612, 792), words: str = SHOWN) -> bytes:
    """Return a PDF that does nothing, with a line of text on each page."""
    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=size, invariant=1)
    for page in range(pages):
        canvas.setFont("Helvetica", 14)
        canvas.drawString(72, size[1] - 100, f"{words} {page + 1}" if pages > 1 else words)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def saved(pdf: Pdf, **how: Any) -> bytes:
    buffer = BytesIO()
    pdf.save(buffer, fix_metadata_version=False, **how)
    return buffer.getvalue()


def hostile(name: str) -> bytes:
    """Return the hostile file of this name."""
    with pikepdf.open(BytesIO(plain(2))) as pdf:
        ACTS[name](pdf)
        return saved(pdf)


def script(code: str = "app.alert('hello')") -> Dictionary:
    return Dictionary(S=Name.JavaScript, JS=String(f"{code} // {SECRET}"))


def annotate(pdf: Pdf, page: int = 0, **entries: object) -> Object:
    """Put an annotation on a page."""
    usual: dict[str, object] = {"Type": Name.Annot, "Rect": Array([72, 72, 200, 120]), "F": 4}
    made = pdf.make_indirect(Dictionary(**(usual | entries)))
    target = pdf.pages[page].obj
    if "/Annots" not in target:
        target.Annots = Array()
    target.Annots.append(made)
    return made


def drawing(pdf: Pdf, code: bytes = b"1 0 0 rg 0 0 128 48 re f", **entries: object) -> Object:
    """Make a form, such as the look of an annotation."""
    form = pdf.make_stream(code)
    form.Type, form.Subtype, form.BBox = Name.XObject, Name.Form, Array([0, 0, 128, 48])
    for key, value in entries.items():
        form[f"/{key}"] = value
    return form


def on_page(pdf: Pdf, code: str, **resources: object) -> None:
    """Name things in the first page's resources, and draw with them."""
    page = pdf.pages[0]
    page.contents_add(f"\nq {code} Q".encode())
    for key, value in resources.items():
        page.obj.Resources[f"/{key}"] = value


def _document_script(pdf: Pdf) -> None:
    pdf.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array([String("run"), script()])))


def _open_action(pdf: Pdf) -> None:
    pdf.Root.OpenAction = script()


def _open_action_chain(pdf: Pdf) -> None:
    first = Dictionary(S=Name.GoTo, D=Array([pdf.pages[0].obj, Name.Fit]), Next=script())
    pdf.Root.OpenAction = pdf.make_indirect(first)


def _document_events(pdf: Pdf) -> None:
    pdf.Root.AA = Dictionary(WC=script(), DP=script())


def _page_events(pdf: Pdf) -> None:
    for page in pdf.pages:
        page.obj.AA = Dictionary(O=script(), C=Dictionary(S=Name.Launch, F=String("calc.exe")))


def _inherited_events(pdf: Pdf) -> None:
    pdf.Root.Pages.AA = Dictionary(O=script())


def _launch(pdf: Pdf) -> None:
    action = Dictionary(S=Name.Launch, F=String("cmd.exe"), Win=Dictionary(F=String("cmd.exe"), P=String(SECRET)))
    pdf.Root.OpenAction = action
    annotate(pdf, Subtype=Name.Link, A=action)


def _web_link(pdf: Pdf) -> None:
    annotate(pdf, Subtype=Name.Link, A=Dictionary(S=Name.URI, URI=String(f"https://example.com/?q={SECRET}")))


def _link_with_look(pdf: Pdf) -> None:
    look = Dictionary(N=drawing(pdf))
    annotate(pdf, Subtype=Name.Link, A=Dictionary(S=Name.URI, URI=String("https://example.com")), AP=look, AA=script())


def _base_address(pdf: Pdf) -> None:
    pdf.Root.URI = Dictionary(Base=String("https://example.com/"))


def _other_file(pdf: Pdf) -> None:
    for kind in (Name.GoToR, Name.GoToE, Name.Thread):
        annotate(pdf, Subtype=Name.Link, A=Dictionary(S=kind, F=String("//server/share/x.pdf"), D=Array([0, Name.Fit])))


def _submit(pdf: Pdf) -> None:
    button = annotate(
        pdf,
        Subtype=Name.Widget,
        FT=Name.Btn,
        Ff=1 << 16,
        T=String("send"),
        A=Dictionary(S=Name.SubmitForm, F=Dictionary(FS=Name.URL, F=String("https://example.com"))),
        AA=Dictionary(E=Dictionary(S=Name.ImportData, F=String("data.fdf"))),
    )
    pdf.Root.AcroForm = Dictionary(Fields=Array([button]), CO=Array([button]))


def _field_scripts(pdf: Pdf) -> None:
    look = Dictionary(N=drawing(pdf))
    events = Dictionary(K=script(), F=script(), V=script(), C=script())
    field = annotate(pdf, Subtype=Name.Widget, FT=Name.Tx, T=String("total"), V=String("12"), AP=look, AA=events)
    pdf.Root.AcroForm = Dictionary(Fields=Array([field]), CO=Array([field]), NeedAppearances=True)


def _outline_script(pdf: Pdf) -> None:
    with pdf.open_outline() as outline:
        outline.root.append(OutlineItem("read me", action=script()))


def _embedded_file(pdf: Pdf) -> None:
    pdf.attachments["notes.txt"] = AttachedFileSpec(pdf, SECRET.encode(), filename="notes.txt")


def _file_annotation(pdf: Pdf) -> None:
    spec = AttachedFileSpec(pdf, SECRET.encode(), filename="tool.exe")
    annotate(pdf, Subtype=Name.FileAttachment, FS=spec.obj, AP=Dictionary(N=drawing(pdf)))
    pdf.Root.AF = Array([spec.obj])
    pdf.pages[0].obj.AF = Array([spec.obj])


def _xfa(pdf: Pdf) -> None:
    form = pdf.make_stream(f"<xdp:xdp><script>{SECRET}</script></xdp:xdp>".encode())
    pdf.Root.AcroForm = Dictionary(Fields=Array(), XFA=Array([String("template"), form]))


def _media(pdf: Pdf) -> None:
    clip = Dictionary(S=Name.Rendition, OP=0, JS=String(SECRET))
    look = Dictionary(N=drawing(pdf))
    annotate(pdf, Subtype=Name.Screen, A=clip, AP=look)
    annotate(
        pdf, Subtype=Name.RichMedia, RichMediaContent=Dictionary(Assets=Dictionary()), RichMediaSettings=Dictionary()
    )
    annotate(pdf, Subtype=Name.Movie, Movie=Dictionary(F=String("film.mov")), A=True)
    annotate(pdf, Subtype=Name.Sound, Sound=pdf.make_stream(b"beep"))
    annotate(pdf, Subtype=Name("/3D"), **{"3DD": pdf.make_stream(b"U3D")})


def _form_baggage(pdf: Pdf) -> None:
    """Hang what acts, or tells of the author, on a form the page draws."""
    form = drawing(
        pdf,
        OPI=Dictionary({"/2.0": Dictionary(F=String("//server/picture.tif"))}),
        Ref=Dictionary(F=String("other.pdf"), Page=0),
        PieceInfo=Dictionary(App=Dictionary(Private=Dictionary(JS=String(SECRET)))),
        Metadata=pdf.make_stream(f"<x:xmpmeta>{SECRET}</x:xmpmeta>".encode()),
        AA=Dictionary(O=script()),
        Group=Dictionary(S=Name.JavaScript, JS=String(SECRET)),
        AF=Array([Dictionary(Type=Name.Filespec, EF=Dictionary())]),
    )
    on_page(pdf, "1 0 0 1 300 300 cm /Fm Do", XObject=Dictionary(Fm=form))


def _picture_baggage(pdf: Pdf) -> None:
    picture = pdf.make_stream(b"\0\0\0")
    picture.Type, picture.Subtype, picture.Width, picture.Height = Name.XObject, Name.Image, 1, 1
    picture.ColorSpace, picture.BitsPerComponent = Name.DeviceRGB, 8
    picture.Alternates = Array([Dictionary(Image=picture, OC=script())])
    picture.Metadata = pdf.make_stream(SECRET.encode())
    picture.OPI = Dictionary()
    on_page(pdf, "50 0 0 50 300 300 cm /Im Do", XObject=Dictionary(Im=picture))


def _outside_stream(pdf: Pdf) -> None:
    """Let a form take its drawing from a file outside, and a printer's program from inside."""
    form = drawing(pdf, F=Dictionary(FS=Name.URL, F=String("https://example.com/form")), FFilter=Name.FlateDecode)
    program = pdf.make_stream(b"(%pipe%id) (r) file")
    program.Type, program.Subtype = Name.XObject, Name.PS
    on_page(pdf, "/Fm Do /Ps Do", XObject=Dictionary(Fm=form, Ps=program))


def _resource_baggage(pdf: Pdf) -> None:
    """Hide things among the resources, where a merge never looks."""
    lists = Dictionary(MC0=Dictionary(Type=Name.OCG, Name=String("x"), JS=String(SECRET), AA=script()))
    states = Dictionary(GS0=Dictionary(ca=1, AA=script()))
    on_page(pdf, "/GS0 gs /OC /MC0 BDC EMC", Properties=lists, JavaScript=script(), ExtGState=states)
    for font in pdf.pages[0].obj.Resources.Font.values():
        font.PieceInfo = Dictionary(JS=String(SECRET))
        font.URI = String("https://example.com")


def _way_back(pdf: Pdf) -> None:
    """Lead from a page's resources back to a catalog full of actions."""
    pdf.Root.OpenAction = script()
    pdf.Root.Names = Dictionary(EmbeddedFiles=Dictionary(Names=Array()))
    form = drawing(
        pdf, b"/Root Do /Page Do", Resources=Dictionary(XObject=Dictionary(Root=pdf.Root, Page=pdf.pages[1].obj))
    )
    named = Dictionary(Fm=form, Root=pdf.Root)
    on_page(
        pdf, "/Fm Do /Root Do /F2 1 Tf", XObject=named, Font=Dictionary(F1=pdf.pages[0].Resources.Font.F1, F2=pdf.Root)
    )


def _circle(pdf: Pdf) -> None:
    """Let a form draw itself."""
    form = drawing(pdf, b"/Me Do")
    form.Resources = Dictionary(XObject=Dictionary(Me=form))
    on_page(pdf, "/Me Do", XObject=Dictionary(Me=form))


def _privacy(pdf: Pdf) -> None:
    pdf.docinfo["/Author"] = SECRET
    pdf.Root.Metadata = pdf.make_stream(f"<x:xmpmeta>{SECRET}</x:xmpmeta>".encode())
    pdf.Root.PieceInfo = Dictionary(App=Dictionary(Private=String(SECRET)))
    pdf.pages[0].obj.PieceInfo = Dictionary(App=Dictionary(Private=String(SECRET)))
    pdf.pages[0].obj.Thumb = pdf.make_stream(SECRET.encode())


ACTS: Final[dict[str, Act]] = {
    "document script": _document_script,
    "open action": _open_action,
    "open action chain": _open_action_chain,
    "document events": _document_events,
    "page events": _page_events,
    "inherited events": _inherited_events,
    "launch": _launch,
    "web link": _web_link,
    "link with a look": _link_with_look,
    "base address": _base_address,
    "other file": _other_file,
    "submit": _submit,
    "field scripts": _field_scripts,
    "outline script": _outline_script,
    "embedded file": _embedded_file,
    "file annotation": _file_annotation,
    "xfa": _xfa,
    "media": _media,
    "form baggage": _form_baggage,
    "picture baggage": _picture_baggage,
    "outside stream": _outside_stream,
    "resource baggage": _resource_baggage,
    "way back": _way_back,
    "circle": _circle,
    "privacy": _privacy,
}
