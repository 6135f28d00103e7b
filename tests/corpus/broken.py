"""PDFs that are cut, locked, endless, swollen or nonsense."""

import zlib
from io import BytesIO
from struct import pack
from typing import Final

import pikepdf
from pikepdf import Array, Dictionary, Encryption, Name, Pdf, StreamDecodeLevel, String

from tests.corpus.hostile import annotate, drawing, on_page, plain, saved

USER: Final = "open-sesame"
OWNER: Final = "owner-only"


def truncated(share: float = 0.5) -> bytes:
    """Return the first part of a good file."""
    whole = plain(3)
    return whole[: int(len(whole) * share)]


def hole() -> bytes:
    """Return a file whose middle was overwritten: the pages' contents and fonts are gone, the end is there."""
    with pikepdf.open(BytesIO(plain())) as pdf:
        on_page(pdf, "/Fm Do", XObject=Dictionary(Fm=drawing(pdf)))
        content = saved(pdf)
    start = content.index(b"/FormType") if b"/FormType" in content else content.index(b"/BBox")
    begin = content.rindex(b" obj", 0, start) - 4
    return content[:begin] + b"\0" * 120 + content[begin + 120 :]


def lost_table() -> bytes:
    """Return a whole file that points to its table of contents with a wrong number, as old scanners do."""
    content = plain(3)
    return content[: content.rindex(b"startxref")] + b"startxref\n7\n%%EOF\n"


def locked(*, user: str = USER, owner: str = OWNER, revision: int = 6) -> bytes:
    """Return an encrypted file."""
    with pikepdf.open(BytesIO(plain(2))) as pdf:
        strong = revision >= 4
        return saved(pdf, encryption=Encryption(owner=owner, user=user, R=revision, aes=strong, metadata=strong))


def strange_lock() -> bytes:
    """Return a file locked in a way of somebody's own."""
    content = locked(revision=4)
    return content.replace(b"/Filter /Standard", b"/Filter /Adobe.PS")


def _raw(pages: bytes, *more: bytes) -> bytes:
    """Write a file by hand, its page tree as given."""
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", pages, *more]
    content = b"%PDF-1.4\n"
    offsets = []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = len(objects) + 1
    head = b"xref\n0 %d\n0000000000 65535 f \n" % size
    end = b"trailer\n<</Root 1 0 R/Size %d>>\nstartxref\n%d\n%%%%EOF\n" % (size, len(content))
    return content + head + table + end


_PAGE: Final = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Resources<<>>>>"


def no_pages() -> bytes:
    return _raw(b"<</Type/Pages/Kids[]/Count 0>>")


def no_page_tree() -> bytes:
    return _raw(b"<</Type/Pages/Count 1>>")


def page_loop() -> bytes:
    """Return a file whose page tree leads back to itself."""
    return _raw(b"<</Type/Pages/Kids[3 0 R 2 0 R]/Count 2>>", _PAGE)


def missing_page() -> bytes:
    """Return a file that lists a page which is not there."""
    return _raw(b"<</Type/Pages/Kids[3 0 R 9 0 R]/Count 2>>", _PAGE)


def no_size() -> bytes:
    return _raw(b"<</Type/Pages/Kids[3 0 R]/Count 1>>", _PAGE.replace(b"[0 0 612 792]", b"[5 5 5 5]"))


def sized(box: tuple[float, ...], **entries: object) -> bytes:
    """Return a page with this media box, a black frame just inside it, and more page entries."""
    with Pdf.new() as pdf:
        page = pdf.add_blank_page()
        left, bottom, right, top = box
        page.obj.MediaBox = Array(box)
        frame = f"4 w {left + 10} {bottom + 10} {right - left - 20} {top - bottom - 20} re S"
        page.Contents = pdf.make_stream(frame.encode())
        for key, value in entries.items():
            page.obj[f"/{key}"] = value
        return saved(pdf)


def cornered(turn: int) -> bytes:
    """Return a page turned this way, with a black square in the corner that is its upper left before it is turned."""
    with Pdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(600, 600))
        page.Contents = pdf.make_stream(b"0 500 100 100 re f")
        page.obj.Rotate = turn
        return saved(pdf)


def inheriting() -> bytes:
    """Return a page that takes its size, crop, turn and resources from the tree above it."""
    with pikepdf.open(BytesIO(sized((0, 0, 792, 612)))) as pdf:
        page = pdf.pages[0].obj
        del page.MediaBox
        pdf.Root.Pages.MediaBox = Array([0, 0, 2000, 2000])
        pdf.Root.Pages.CropBox = Array([0, 0, 792, 612])
        pdf.Root.Pages.Rotate = 90
        return saved(pdf)


def many(count: int) -> bytes:
    """Return a file of blank pages."""
    with Pdf.new() as pdf:
        for _ in range(count):
            pdf.add_blank_page(page_size=(612, 792))
        return saved(pdf)


def bomb(where: str, *, megabytes: int = 300, layers: int = 1) -> bytes:
    """Return a small file of which one stream unpacks to a great many blanks."""
    packed = _blanks(megabytes)
    for _ in range(layers - 1):
        packed = zlib.compress(packed)
    filters = Array([Name.FlateDecode] * layers)
    with pikepdf.open(BytesIO(plain())) as pdf:
        stream = pdf.make_stream(b"")
        stream.write(packed, filter=filters)
        if where == "page":
            pdf.pages[0].obj.Contents = stream
        elif where == "form":
            stream.Type, stream.Subtype, stream.BBox = Name.XObject, Name.Form, Array([0, 0, 9, 9])
            on_page(pdf, "/Fm Do", XObject=Dictionary(Fm=stream))
        elif where == "colors":
            stream.N = 3
            on_page(pdf, "/Cs cs", ColorSpace=Dictionary(Cs=Array([Name.ICCBased, stream])))
        elif where == "field":
            field = annotate(pdf, Subtype=Name.Widget, FT=Name.Tx, T=String("x"), V=stream)
            pdf.Root.AcroForm = Dictionary(Fields=Array([field]))
        return saved(pdf, stream_decode_level=StreamDecodeLevel.none, compress_streams=False)


def _blanks(megabytes: int) -> bytes:
    packer = zlib.compressobj(9)
    return b"".join(packer.compress(b" " * 1_000_000) for _ in range(megabytes)) + packer.flush()


def lzw_bomb() -> bytes:
    """Return a file with a long stream in a packing that can swell a thousandfold."""
    with pikepdf.open(BytesIO(plain())) as pdf:
        stream = pdf.make_stream(b"")
        stream.write(b"\x80" * 200_000, filter=Name.LZWDecode)
        pdf.pages[0].obj.Contents = stream
        return saved(pdf, stream_decode_level=StreamDecodeLevel.none, compress_streams=False)


def object_bomb(megabytes: int = 300) -> bytes:
    """Return a file whose very list of objects unpacks to a great many blanks."""
    head = b"1 0 2 36 "
    body = b"<</Type/Catalog/Pages 2 0 R>>       <</Type/Pages/Kids[3 0 R]/Count 1>> "
    packer = zlib.compressobj(9)
    packed = packer.compress(head + body)
    packed += b"".join(packer.compress(b" " * 1_000_000) for _ in range(megabytes)) + packer.flush()
    content = b"%PDF-1.5\n"
    places = []
    objects = (
        (3, _PAGE),
        (4, b"<</Type/ObjStm/N 2/First %d/Filter/FlateDecode/Length %d>>stream\n" % (len(head), len(packed))),
    )
    for number, written in objects:
        places.append(len(content))
        content += b"%d 0 obj\n" % number + written
        content += (packed + b"\nendstream" if number == 4 else b"") + b"\nendobj\n"
    entries = [(0, 0, 65535), (2, 4, 0), (2, 4, 1), *((1, place, 0) for place in places), (1, len(content), 0)]
    table = b"".join(pack(">BIH", *entry) for entry in entries)
    place = len(content)
    content += b"5 0 obj\n<</Type/XRef/Size 6/W[1 4 2]/Root 1 0 R/Length %d>>stream\n" % len(table)
    return content + table + b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % place


def huge_picture() -> bytes:
    """Return a page with a picture that claims more dots than any memory holds."""
    with pikepdf.open(BytesIO(plain())) as pdf:
        picture = pdf.make_stream(b"\0")
        picture.Type, picture.Subtype, picture.Width, picture.Height = Name.XObject, Name.Image, 90_000, 90_000
        picture.ColorSpace, picture.BitsPerComponent = Name.DeviceGray, 8
        on_page(pdf, "/Im Do", XObject=Dictionary(Im=picture))
        return saved(pdf)


def many_objects(count: int) -> bytes:
    """Return a page that names a great many things."""
    with pikepdf.open(BytesIO(plain())) as pdf:
        names = [f"/G{number}" for number in range(count)]
        on_page(pdf, " gs ".join([*names, ""]), ExtGState=Dictionary({name: Dictionary(ca=1) for name in names}))
        return saved(pdf)


def portfolio() -> bytes:
    with pikepdf.open(BytesIO(plain())) as pdf:
        pdf.Root.Collection = Dictionary(View=Name.D)
        return saved(pdf)


def dynamic_xfa() -> bytes:
    with pikepdf.open(BytesIO(plain(words="Please wait"))) as pdf:
        pdf.Root.NeedsRendering = True
        pdf.Root.AcroForm = Dictionary(Fields=Array(), XFA=pdf.make_stream(b"<xdp/>"))
        return saved(pdf)
