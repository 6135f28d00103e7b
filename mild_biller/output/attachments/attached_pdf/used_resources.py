"""What the chosen pages of an attached PDF draw with. All else that the file keeps in the same lists stays behind.

Scanners and many programs keep one list of pictures, forms and fonts for all pages, so that a page taken by itself
would bring along the pictures of every other page, unseen. Here each drawing is read, and what it draws with is read
in turn, and of every list only the names stay that one of them uses. Of fonts whose letters are drawings, only the
letters that are shown stay.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from pikepdf import Array, Dictionary, Name, Object, Pdf, PdfError, Stream

from mild_biller.output.attachments.attached_pdf.allowlist import SHAPES, Walk, measure, unpacked
from mild_biller.output.attachments.attached_pdf.drawing_names import DrawingNames, Use, names_in, read
from mild_biller.output.attachments.attached_pdf.hidden_layers import MOST_DRAWING
from mild_biller.output.attachments.attached_pdf.pdf_values import inside
from mild_biller.output.attachments.attached_pdf.resource_lists import NAMED, DrawnFont, ResourceList, drawn_font

DEFAULT_COLORS: Final = ("/DefaultCMYK", "/DefaultGray", "/DefaultRGB")  # used without being named
EVERY_CODE: Final = frozenset(range(256))


def leave_unused(source: Pdf, forms: Sequence[Object], *, walk: Walk) -> bool:
    """Take from some pages, each made a form, and from what they draw with, the resources that none of them uses.

    Return False if a drawing cannot be read, so that more may have stayed than is used. Raises AttachmentError for what
    unpacks beyond measure.
    """
    search = _Search(walk)
    is_known = search.run(forms)
    if search.fonts:  # letters that are drawings: read again, and note which of them are shown
        search = _Search(walk, letters=True)
        is_known = search.run(forms)
    for each in search.lists:
        each.cut(source, walk=walk)
    for font in search.fonts.values():
        font.cut(source, walk=walk)
    return is_known


def are_shapes_shared(source: Pdf, *, walk: Walk) -> bool:
    """Return True if pictures that stay behind are put together from the same table of shapes as pictures that go."""
    return bool(walk.shapes) and any(
        _shapes(item) & walk.shapes
        for item in source.objects
        if isinstance(item, Stream) and item.objgen not in walk.measured
    )


def _shapes(picture: Stream) -> set[tuple[int, int]]:
    parameters = picture.get("/DecodeParms")
    each = list(parameters) if isinstance(parameters, Array) else [parameters]
    tables = (inside(item, SHAPES) for item in each)
    return {table.objgen for table in tables if isinstance(table, Stream)}


class _Search:
    """Goes from the pages to all they draw with, and notes it."""

    def __init__(self, walk: Walk, *, letters: bool = False) -> None:
        self.lists: list[ResourceList] = []
        self.fonts: dict[tuple[int, int], DrawnFont] = {}
        self._walk = walk
        self._letters = letters
        self._owned: dict[tuple[int, int], ResourceList] = {}
        self._drawings: dict[tuple[int, int], DrawingNames] = {}
        self._loose = set() if letters else set(EVERY_CODE)  # codes shown in a font that was set nobody knows where
        self._seen: set[tuple[tuple[int, int], ResourceList]] = set()
        self._todo: list[tuple[Stream, ResourceList]] = []

    def run(self, forms: Sequence[Object]) -> bool:
        """Search, and return whether everything could be read; what is used by what could not be read is kept whole."""
        for form in forms:
            self._draw(form, None)
        self._follow_all()
        is_known = True
        while self._keep_unknown():
            is_known = False
            self._follow_all()
        return is_known

    def _follow_all(self) -> None:
        while self._todo:
            self._follow(*self._todo.pop())

    def _keep_unknown(self) -> bool:
        """Take as used all that a drawing might use which cannot be read, and return whether there was any."""
        unknown = [each for each in self.lists if not each.is_known]
        more = [(each, use) for each in unknown for use in each.unused()]
        fonts = [font for font in self.fonts.values() if unknown and len(font.shown) < len(font.glyphs)]
        for each, use in more:
            self._use(each, use)
        for font in fonts:
            self._show(font, font.glyphs)
        return bool(more or fonts)

    def _draw(self, stream: object, outer: ResourceList | None) -> None:
        """Have a drawing looked at, with its own list or else with that of what draws it."""
        if not isinstance(stream, Stream):
            return
        named = self._list_of(stream) or outer or self._add(stream, Dictionary())
        key = (stream.objgen, named)
        if key not in self._seen:
            self._seen.add(key)
            self._todo.append((stream, named))

    def _list_of(self, holder: Object) -> ResourceList | None:
        known = self._owned.get(holder.objgen)
        resources = holder.get("/Resources")
        if known is not None or not isinstance(resources, Dictionary):
            return known
        return self._add(holder, resources)

    def _add(self, holder: Object, resources: Object) -> ResourceList:
        made = ResourceList(holder, resources)
        self.lists.append(made)
        if holder.is_indirect:
            self._owned[holder.objgen] = made
        for name in DEFAULT_COLORS:
            self._use(made, ("/ColorSpace", name))
        return made

    def _follow(self, stream: Stream, named: ResourceList) -> None:
        drawing = self._drawing(stream)
        named.is_known = named.is_known and drawing.is_readable
        self._look_at_colors(stream, named)
        for use in drawing.uses:
            self._use(named, use)
        self._show_all_codes(named, drawing.letters)

    def _drawing(self, stream: Stream) -> DrawingNames:
        known = self._drawings.get(stream.objgen)
        if known is None:
            known = self._drawings[stream.objgen] = self._read(stream)
        return known

    def _read(self, stream: Stream) -> DrawingNames:
        measure(stream, walk=self._walk)
        try:
            content = unpacked(stream)
        except PdfError:
            return DrawingNames(is_readable=False)
        return read(content, letters=self._letters) if len(content) <= MOST_DRAWING else DrawingNames(is_readable=False)

    def _use(self, named: ResourceList, use: Use) -> None:
        """Note that a name is used, and look at the object it names."""
        value = inside(named.resources, *use)
        if use in named.used or not isinstance(value, NAMED):
            return
        named.used[use] = value
        match use[0]:
            case "/XObject" if inside(value, "/Subtype") == Name.Form:
                self._draw(value, named)
            case "/Pattern":
                self._draw(value, named)
                self._look_at_state(inside(value, "/ExtGState"), named)
            case "/ExtGState":
                self._look_at_state(value, named)
            case "/Font":
                self._look_at_font(value, named)
        self._look_at_colors(value, named)

    def _look_at_state(self, state: object, named: ResourceList) -> None:
        self._draw(inside(state, "/SMask", "/G"), named)
        font = inside(state, "/Font")
        if isinstance(font, Array) and len(font):
            found = self._look_at_font(font[0], named)
            if found is not None:
                self._show(found, found.glyphs)

    def _look_at_colors(self, value: Object, named: ResourceList) -> None:
        """Note the colors that something names which is no drawing: a picture, a shading, another color."""
        colors = (inside(value, *keys) for keys in (("/ColorSpace",), ("/Group", "/CS"), ("/Shading", "/ColorSpace")))
        for name in names_in([value, *colors]):
            self._use(named, ("/ColorSpace", name))

    def _look_at_font(self, font: object, named: ResourceList) -> DrawnFont | None:
        """Return a font if its letters are drawings, and note which list they draw with."""
        glyphs = inside(font, "/CharProcs")
        if not isinstance(font, Dictionary) or not isinstance(glyphs, Dictionary):
            return None
        key = font.objgen if font.is_indirect else (0, len(self.fonts) + 1)
        found = self.fonts.get(key) or self._add_font(key, drawn_font(font, glyphs), named)
        owner = self._list_of(font) or named
        if owner not in found.lists:
            found.lists.append(owner)
            for glyph in found.shown.values():
                self._draw(glyph, owner)
        return found

    def _add_font(self, key: tuple[int, int], font: DrawnFont, named: ResourceList) -> DrawnFont:
        self.fonts[key] = font
        font.lists.append(self._list_of(font.font) or named)
        self._show(font, font.without_code if font.font.is_indirect else font.glyphs)
        self._show(font, font.named(self._loose))
        return font

    def _show_all_codes(self, named: ResourceList, letters: Mapping[str, set[int]]) -> None:
        """Note the letters that a drawing shows."""
        for name, codes in letters.items():
            set_here = named.used.get(("/Font", name))
            font = self.fonts.get(set_here.objgen) if set_here is not None else None
            if font is not None:
                self._show(font, font.named(codes))
        loose = letters.get("", set()) - self._loose
        if loose:
            self._loose |= loose
            for found in self.fonts.values():
                self._show(found, found.named(loose))

    def _show(self, font: DrawnFont, names: Iterable[str]) -> None:
        """Note that letters are shown, and have their drawings looked at."""
        for name in names:
            if name in font.glyphs and name not in font.shown:
                font.shown[name] = font.glyphs[name]
                for owner in font.lists:
                    self._draw(font.glyphs[name], owner)
