"""Files as many scanners and writers make them: one list of resources for all pages, of which each page uses its own.

Page n alone draws the thing that carries `canary(n)` in its bytes.
"""

from collections.abc import Callable, Iterable, Iterator
from io import BytesIO
from typing import Final, NamedTuple

import pdfplumber
from pdfminer.pdftypes import PDFObjRef, PDFStream
from pikepdf import Array, Dictionary, Name, Object, Pdf, String

from tests.corpus.hostile import annotate, saved

PAGES: Final = 3
PLACE: Final = (72.0, 400.0, 272.0, 600.0)  # of every thing, as left, bottom, right, top


class Thing(NamedTuple):
    """Something a page draws: in which list it is named, and the drawing that shows it; N stands for its name."""

    category: str
    item: Object
    code: str


Make = Callable[[Pdf, int], Thing]
Share = Callable[[Pdf, Object, list[str]], None]


def canary(page: int) -> bytes:
    return b"ONLY-ON-PAGE-%02d" % page


def canaries(content: bytes, *, upto: int = PAGES) -> set[int]:
    """Return the pages whose canary is anywhere in a file, read with a library of other people than wrote it."""
    found = b"\n".join(_bytes_in(content))
    return {page for page in range(1, upto + 1) if canary(page) in found}


def _bytes_in(content: bytes) -> Iterator[bytes]:
    with pdfplumber.open(BytesIO(content)) as pdf:
        numbers = {number for table in pdf.doc.xrefs for number in table.get_objids()}
        todo: list[object] = [pdf.doc.getobj(number) for number in sorted(numbers)]
        todo += [table.get_trailer() for table in pdf.doc.xrefs]
        while todo:
            match todo.pop():
                case bytes() as text:
                    yield text
                case PDFStream() as stream:
                    yield stream.get_data()
                    todo.append(stream.attrs)
                case dict() as entries:
                    todo += entries.values()
                case list() as items:
                    todo += items
                case PDFObjRef() | _:
                    pass


def form(pdf: Pdf, code: str, **entries: object) -> Object:
    made = pdf.make_stream(code.encode())
    made.Type, made.Subtype, made.BBox = Name.XObject, Name.Form, Array([0, 0, 612, 792])
    for key, value in entries.items():
        made[f"/{key}"] = value
    return made


def image(pdf: Pdf, page: int, **entries: object) -> Object:
    """Return a picture whose dots are the canary."""
    dots = canary(page)
    made = pdf.make_stream(dots)
    made.Type, made.Subtype, made.Width, made.Height = Name.XObject, Name.Image, len(dots), 1
    made.ColorSpace, made.BitsPerComponent = Name.DeviceGray, 8
    for key, value in entries.items():
        made[f"/{key}"] = value
    return made


def _picture(pdf: Pdf, page: int) -> Thing:
    return Thing("XObject", image(pdf, page), "q 200 0 0 200 72 400 cm /N Do Q")


def _masked_picture(pdf: Pdf, page: int) -> Thing:
    shown = image(pdf, 99, SMask=image(pdf, page))
    return Thing("XObject", shown, "q 200 0 0 200 72 400 cm /N Do Q")


def _square(page: int) -> str:
    return f"% {canary(page).decode()}\n0.5 g 72 400 {40 * page} 200 re f"


def _form(pdf: Pdf, page: int) -> Thing:
    return Thing("XObject", form(pdf, _square(page), Resources=Dictionary()), "/N Do")


def _tiles(pdf: Pdf, page: int) -> Thing:
    tile = pdf.make_stream(f"% {canary(page).decode()}\n0 0 {page} 4 re f".encode())
    tile.PatternType, tile.PaintType, tile.TilingType = 1, 1, 1
    tile.BBox, tile.XStep, tile.YStep, tile.Resources = Array([0, 0, 8, 8]), 8, 8, Dictionary()
    return Thing("Pattern", tile, "/Pattern cs /N scn 72 400 200 200 re f")


def _shades(pdf: Pdf, page: int) -> Dictionary:
    """Return a shading that takes its grays from the canary."""
    samples = pdf.make_stream(canary(page))
    samples.FunctionType, samples.Domain, samples.Range = 0, Array([0, 1]), Array([0, 1])
    samples.Size, samples.BitsPerSample = Array([len(canary(page))]), 8
    return Dictionary(ShadingType=2, ColorSpace=Name.DeviceGray, Coords=Array([72, 400, 272, 400]), Function=samples)


def _shading(pdf: Pdf, page: int) -> Thing:
    return Thing("Shading", _shades(pdf, page), "q 72 400 200 200 re W n /N sh Q")


def _shading_pattern(pdf: Pdf, page: int) -> Thing:
    pattern = Dictionary(PatternType=2, Shading=_shades(pdf, page))
    return Thing("Pattern", pattern, "/Pattern cs /N scn 72 400 200 200 re f")


def _soft_mask(pdf: Pdf, page: int) -> Thing:
    group = Dictionary(S=Name.Transparency, CS=Name.DeviceGray)
    mask = Dictionary(S=Name.Luminosity, G=form(pdf, _square(page), Group=group, Resources=Dictionary()))
    return Thing("ExtGState", Dictionary(SMask=mask), "q /N gs 72 400 200 200 re f Q")


def type3(pdf: Pdf, glyphs: dict[str, str], **entries: object) -> Object:
    """Return a font whose letters, from a on, are drawn by these codes."""
    made = Dictionary(
        Type=Name.Font,
        Subtype=Name.Type3,
        FontBBox=Array([0, 0, 1000, 1000]),
        FontMatrix=Array([0.001, 0, 0, 0.001, 0, 0]),
        FirstChar=97,
        LastChar=96 + len(glyphs),
        Widths=Array([1000] * len(glyphs)),
        Encoding=Dictionary(Differences=Array([97, *(Name(f"/{name}") for name in glyphs)])),
        CharProcs=Dictionary({f"/{name}": pdf.make_stream(code.encode()) for name, code in glyphs.items()}),
    )
    for key, value in entries.items():
        made[f"/{key}"] = value
    return pdf.make_indirect(made)


def glyph(page: int) -> str:
    return f"1000 0 0 0 1000 1000 d1 % {canary(page).decode()}\n0 0 {300 * page} 1000 re f"


def _letters(pdf: Pdf, page: int) -> Thing:
    font = type3(pdf, {"black": glyph(page)}, Resources=Dictionary())
    return Thing("Font", font, "BT /N 200 Tf 72 400 Td (a) Tj ET")


def _font(pdf: Pdf, page: int) -> Thing:
    words = pdf.make_stream(b"% " + canary(page))
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, ToUnicode=words)
    return Thing("Font", pdf.make_indirect(font), "BT /N 80 Tf 72 400 Td (Words) Tj ET")


def _hidden_words(_pdf: Pdf, page: int) -> Thing:
    said = Dictionary(ActualText=String(canary(page).decode()))
    return Thing("Properties", said, "/Span /N BDC 72 400 200 200 re f EMC")


def _color(pdf: Pdf, page: int) -> Thing:
    table = String(canary(page))
    space = Array([Name.Indexed, Name.DeviceRGB, len(canary(page)) // 3 - 1, table])
    return Thing("ColorSpace", pdf.make_indirect(space), "/N cs 2 sc 72 400 200 200 re f")


def _color_of_inline_picture(pdf: Pdf, page: int) -> Thing:
    code = "q 200 0 0 200 72 400 cm BI /W 2 /H 1 /BPC 8 /CS /N ID \1\2 EI Q"
    return Thing("ColorSpace", _color(pdf, page).item, code)


THINGS: Final[dict[str, Make]] = {
    "picture": _picture,
    "masked picture": _masked_picture,
    "form": _form,
    "tiles": _tiles,
    "shading": _shading,
    "shading pattern": _shading_pattern,
    "soft mask": _soft_mask,
    "letters": _letters,
    "font": _font,
    "hidden words": _hidden_words,
    "color": _color,
    "color of an inline picture": _color_of_inline_picture,
}


def _one_list(pdf: Pdf, shared: Object, codes: list[str]) -> None:
    for page, code in zip(pdf.pages, codes, strict=True):
        page.obj.Resources = shared
        page.obj.Contents = pdf.make_stream(code.encode())


def _from_the_tree(pdf: Pdf, shared: Object, codes: list[str]) -> None:
    _one_list(pdf, shared, codes)
    for page in pdf.pages:
        del page.obj.Resources
    pdf.Root.Pages.Resources = shared


def _one_list_of_each_kind(pdf: Pdf, shared: Object, codes: list[str]) -> None:
    lists = {key: pdf.make_indirect(value) for key, value in shared.items()}
    _one_list(pdf, shared, codes)
    for page in pdf.pages:
        page.obj.Resources = Dictionary(lists)


def _in_forms(pdf: Pdf, shared: Object, codes: list[str]) -> None:
    """Let each page draw a form, and all forms share the list."""
    for page, code in zip(pdf.pages, codes, strict=True):
        page.obj.Resources = Dictionary(XObject=Dictionary(Fm=form(pdf, code, Resources=shared)))
        page.obj.Contents = pdf.make_stream(b"/Fm Do")


def _in_forms_without_a_list(pdf: Pdf, shared: Object, codes: list[str]) -> None:
    """Let each page draw a form that takes what it needs from the page, as old writers do."""
    names = [f"/Bare{number}" for number in range(len(codes))]
    bare = {name: form(pdf, code) for name, code in zip(names, codes, strict=True)}
    shared.XObject = Dictionary({**dict(shared.get("/XObject", Dictionary()).items()), **bare})
    _one_list(pdf, shared, [f"{name} Do" for name in names])


def _in_forms_of_forms(pdf: Pdf, shared: Object, codes: list[str]) -> None:
    """Let a page draw a form that draws a form, all of them named in the one list."""
    inner = {f"/In{number}": form(pdf, code, Resources=shared) for number, code in enumerate(codes)}
    outer = {f"/Out{number}": form(pdf, f"/In{number} Do", Resources=shared) for number in range(len(codes))}
    shared.XObject = Dictionary({**dict(shared.get("/XObject", Dictionary()).items()), **inner, **outer})
    _one_list(pdf, shared, [f"/Out{number} Do" for number in range(len(codes))])


def _in_marks(pdf: Pdf, shared: Object, codes: list[str]) -> None:
    """Draw in marks laid over the pages, not in the pages, which have the same list and use nothing of it."""
    _one_list(pdf, shared, ["" for _ in codes])
    for number, code in enumerate(codes):
        look = form(pdf, code, Resources=shared)
        annotate(pdf, number, Subtype=Name.Stamp, Rect=Array([0, 0, 612, 792]), AP=Dictionary(N=look))


def _in_tiles(pdf: Pdf, shared: Object, codes: list[str]) -> None:
    """Draw in tiles as large as the page, which share the list."""
    for page, code in zip(pdf.pages, codes, strict=True):
        tile = pdf.make_stream(code.encode())
        tile.PatternType, tile.PaintType, tile.TilingType, tile.Resources = 1, 1, 1, shared
        tile.BBox, tile.XStep, tile.YStep = Array([0, 0, 612, 792]), 612, 792
        page.obj.Resources = Dictionary(Pattern=Dictionary(P=tile))
        page.obj.Contents = pdf.make_stream(b"/Pattern cs /P scn 0 0 612 792 re f")


def _in_letters(pdf: Pdf, shared: Object, codes: list[str]) -> None:
    """Draw in letters as large as the page: one font of one letter a page, with one list."""
    glyphs = {f"g{number}": f"612 0 d0 {code}" for number, code in enumerate(codes)}
    font = type3(pdf, glyphs, Resources=shared, FontMatrix=Array([1, 0, 0, 1, 0, 0]))
    for number, page in enumerate(pdf.pages):
        page.obj.Resources = Dictionary(Font=Dictionary(F=font))
        page.obj.Contents = pdf.make_stream(f"BT /F 1 Tf ({chr(97 + number)}) Tj ET".encode())


WAYS: Final[dict[str, Share]] = {
    "one list": _one_list,
    "from the tree": _from_the_tree,
    "one list of each kind": _one_list_of_each_kind,
    "in forms": _in_forms,
    "in forms without a list": _in_forms_without_a_list,
    "in forms of forms": _in_forms_of_forms,
    "in marks": _in_marks,
    "in tiles": _in_tiles,
    "in letters": _in_letters,
}


def blank(count: int = PAGES) -> Pdf:
    pdf = Pdf.new()
    for _ in range(count):
        pdf.add_blank_page(page_size=(612, 792))
    return pdf


def sharing(thing: str, way: str = "one list", **how: object) -> bytes:
    """Return three pages that share a list in this way, and draw a thing of this kind each."""
    with blank() as pdf:
        things = {f"Own{page}": THINGS[thing](pdf, page) for page in range(1, PAGES + 1)}
        shared = pdf.make_indirect(listed(things))
        WAYS[way](pdf, shared, [made.code.replace("/N", f"/{name}") for name, made in things.items()])
        return saved(pdf, **how)


def alone(thing: str, page: int, way: str = "one list") -> bytes:
    """Return one page as it would be had it never been in a file with others."""
    with blank(1) as pdf:
        made = THINGS[thing](pdf, page)
        shared = pdf.make_indirect(listed({"Own": made}))
        WAYS[way](pdf, shared, [made.code.replace("/N", "/Own")])
        return saved(pdf)


def listed(things: dict[str, Thing]) -> Dictionary:
    """Return a list of resources that names these."""
    made: dict[str, dict[str, Object]] = {}
    for name, thing in things.items():
        made.setdefault(f"/{thing.category}", {})[f"/{name}"] = thing.item
    return Dictionary({category: Dictionary(items) for category, items in made.items()})


def pictured(codes: Iterable[str], **more: object) -> bytes:
    """Return pages with these drawings, which share a list of one picture a page, /Im1, /Im2 and so on."""
    contents = list(codes)
    with blank(len(contents)) as pdf:
        images = {f"/Im{page}": image(pdf, page) for page in range(1, len(contents) + 1)}
        shared = pdf.make_indirect(Dictionary(XObject=Dictionary(images)))
        for key, value in more.items():
            shared[f"/{key}"] = value
        _one_list(pdf, shared, contents)
        return saved(pdf)


def shown(page: int) -> str:
    """Return the drawing of a page that shows its picture."""
    return f"q 200 0 0 200 72 400 cm /Im{page} Do Q"
