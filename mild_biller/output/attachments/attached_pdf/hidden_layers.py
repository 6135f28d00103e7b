"""The layers of an attached PDF: what they hide when the file is opened is taken out.

A cleaned page has no layers any more, so whatever was hidden would show up on it.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from pikepdf import (
    Array,
    ContentStreamInlineImage,
    ContentStreamInstruction,
    Dictionary,
    Name,
    Object,
    Operator,
    Page,
    Pdf,
    Stream,
    parse_content_stream,
    unparse_content_stream,
)

from mild_biller.errors import AttachmentError
from mild_biller.output.attachments.attached_pdf.allowlist import unpacked, unpacked_contents

MOST_DRAWING: Final = 20_000_000  # bytes
DEEPEST_RULE: Final = 20

Instruction = ContentStreamInstruction | ContentStreamInlineImage
Groups = frozenset[tuple[int, int]]

_PATHS: Final = frozenset("S s f F f* B B* b b*".split())  # they also end a path, so each becomes n
_SHOWS: Final = frozenset(["Do", "sh", "Tj", "TJ", "'", '"', "BI", "INLINE IMAGE"])
_OPENS: Final = frozenset(["BMC", "BDC"])
_END_PATH: Final = ContentStreamInstruction([], Operator("n"))


def take_out_hidden(pdf: Pdf, *, pages: Sequence[Page]) -> None:
    """Take out of some pages, and of what is put on them, whatever is not shown when the file is opened."""
    hidden = _hidden_groups(pdf)
    if not hidden:
        return
    for page in pages:
        _take_out_annotations(page, hidden)
    for scope in [scope for page in pages for scope in page.content_scopes()]:
        resources = scope.resources if scope.resources is not None else Dictionary()
        _take_out_forms(pdf, resources, hidden)
        _check_length(scope.content)
        kept = unparse_content_stream(list(_shown(parse_content_stream(scope.content), resources, hidden)))
        if scope.kind == "page":
            scope.content[Name.Contents] = pdf.make_stream(kept)
        elif isinstance(scope.content, Stream):
            scope.content.write(kept)


def _check_length(content: Object) -> None:
    """Refuse a drawing so long that reading it step by step would fill the memory."""
    length = len(unpacked(content)) if isinstance(content, Stream) else unpacked_contents(Page(content))
    if length > MOST_DRAWING:
        raise AttachmentError("hides layers in a drawing too long to be cleaned. Print it to PDF, and attach that.")


def _hidden_groups(pdf: Pdf) -> Groups:
    """Return the layers that are off in the view a file opens with."""
    layers = _dictionary(pdf.Root.get("/OCProperties"))
    view = _dictionary(layers.get("/D"))
    hidden = _groups(layers.get("/OCGs")) if view.get("/BaseState") == Name.OFF else frozenset()
    return (hidden - _groups(view.get("/ON"))) | _groups(view.get("/OFF"))


def _dictionary(value: object) -> Object:
    return value if isinstance(value, Dictionary | Stream) else Dictionary()


def _groups(value: object) -> Groups:
    """Return the layers named: one, or several in an array."""
    named = list(value) if isinstance(value, Array) else [value]
    return frozenset(group.objgen for group in named if isinstance(group, Dictionary))


def _is_hidden(layer: object, hidden: Groups) -> bool:
    """Return True if what belongs to this layer, or to this rule over layers, is not shown."""
    if not isinstance(layer, Dictionary):
        return False
    if layer.get("/Type") != Name.OCMD:
        return layer.objgen in hidden
    rule = layer.get("/VE")
    if isinstance(rule, Array):
        return not _holds(rule, hidden)
    groups = _groups(layer.get("/OCGs"))
    off = groups & hidden
    match layer.get("/P"):
        case Name.AllOn:
            return bool(off)
        case Name.AnyOff:
            return bool(groups) and not off
        case Name.AllOff:
            return off != groups
        case _:
            return bool(groups) and off == groups


def _holds(rule: object, hidden: Groups, depth: int = 0) -> bool:
    """Return True if a rule over visible layers is met: and, or, not of layers and rules."""
    if not isinstance(rule, Array) or depth > DEEPEST_RULE:
        return not _is_hidden(rule, hidden)
    if not len(rule):
        return True
    operator, *parts = rule
    held = (_holds(part, hidden, depth + 1) for part in parts)
    match operator:
        case Name.And:
            return all(held)
        case Name.Not:
            return not any(held)
        case _:
            return any(held)


def _take_out_annotations(page: Page, hidden: Groups) -> None:
    annotations = page.obj.get("/Annots")
    if isinstance(annotations, Array):
        shown = [item for item in annotations if not _is_hidden(_dictionary(item).get("/OC"), hidden)]
        page.obj.Annots = Array(shown)


def _take_out_forms(pdf: Pdf, resources: Object, hidden: Groups) -> None:
    """Put an empty form in the place of each form and picture that is hidden as a whole."""
    named = _dictionary(resources.get("/XObject"))
    for name in list(named.keys()):
        if _is_hidden(_dictionary(named.get(name)).get("/OC"), hidden):
            nothing = {"/Type": Name.XObject, "/Subtype": Name.Form, "/BBox": Array([0, 0, 0, 0])}
            named[name] = pdf.make_stream(b"", nothing)


def _shown(instructions: Iterable[Instruction], resources: Object, hidden: Groups) -> Iterator[Instruction]:
    """Yield the instructions without those that put anything hidden on the page."""
    marks: list[bool] = []  # the marked parts that are open here: is each hidden?
    for instruction in instructions:
        operator = str(instruction.operator)
        if operator in _OPENS:
            marks.append(_opens_hidden(instruction, resources, hidden))
        elif operator == "EMC" and marks:
            marks.pop()
        if not any(marks):
            yield instruction
        elif operator in _PATHS:
            yield _END_PATH
        elif operator not in _SHOWS:
            yield instruction


def _opens_hidden(instruction: Instruction, resources: Object, hidden: Groups) -> bool:
    operands = list(instruction.operands)
    if len(operands) != 2 or operands[0] != Name.OC or not isinstance(operands[1], Name):
        return False
    return _is_hidden(_dictionary(resources.get("/Properties")).get(str(operands[1])), hidden)
