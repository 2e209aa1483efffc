"""The report as rendered: what its catalog, pages, links and streams may be. What acts by itself is refused."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from core.i18n import T
from core.signing.layout import STRIP
from core.signing.verification import limits
from core.signing.verification.limits import Budget
from core.signing.verification.refusal import Refused
from core.signing.verification.revisions import File, Revision
from core.signing.verification.syntax import Dictionary, Name, Ref, Stream, Value


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


CATALOG_KEYS = _words(
    "Type Pages Names Dests AF Metadata OutputIntents MarkInfo StructTreeRoot Lang PageMode PageLayout"
    " ViewerPreferences Outlines PageLabels Extensions Version"
)
"""Of the report as rendered; a signature adds AcroForm and Perms."""

_PAGE_KEYS = _words(
    "Type Parent Contents Resources MediaBox CropBox TrimBox BleedBox ArtBox Rotate Trans Annots StructParents"
    " Tabs Group"
)
_LINK_KEYS = _words("Type Subtype Rect Border BS A Dest F H C Contents StructParent P QuadPoints NM M")
_NAMES_KEYS = frozenset({"Dests", "EmbeddedFiles"})
_FORBIDDEN_KEYS = _words(
    "JavaScript JS OpenAction AA XFA AcroForm Perms OCProperties OC OCGs Encrypt EncryptedPayload XRefStm"
    " RichMediaContent RichMediaSettings Launch Ref OPI Alternates FFilter FDecodeParms Collection Threads"
    " Requirements NeedsRendering DSS Legal SpiderInfo PieceInfo SigFlags ByteRange FT Kid RF CI UserUnit Linearized"
    " PresSteps Next"
)
_FORBIDDEN_TYPES = _words(
    "ObjStm XRef Sig DocTimeStamp SigRef OCG OCMD Rendition MediaClip Requirement Collection Thread Bead"
)
_FORBIDDEN_ACTIONS = _words(
    "JavaScript Launch SubmitForm ImportData ResetForm GoToR GoToE GoToDp Rendition Movie Sound Hide Named"
    " SetOCGState Trans GoTo3DView Thread RichMediaExecute"
)
_FORBIDDEN_SUBTYPES = _words(
    "Widget RichMedia Movie Sound Screen 3D FileAttachment PS Redact Stamp FreeText Popup TrapNet PrinterMark"
    " Watermark Projection Text Ink"
)
_ALLOWED_FILTERS = {"FlateDecode", "DCTDecode"}
_ACTIONS = {"GoTo", "URI"}
_ACTION_KEYS = {"S", "Type", "URI", "D"}
_LINK_SCHEMES = (b"https://", b"http://", b"mailto:")
_NEXT_ALLOWED_IN = {"Title", "Parent"}


@dataclass(frozen=True, slots=True)
class Document:
    """The parts of the rendered report that a signature touches or head office reads."""

    objects: dict[int, Value]
    catalog_number: int
    catalog: Dictionary
    page_number: int
    """Of page 1."""
    page: Dictionary


def read_document(file: File) -> Document:
    """Check the report as rendered (the first revision of the file), all but its compressed data."""
    revision = file.revisions[0]
    for value in revision.objects.values():
        _check_value(value)
    document = _document(revision)
    _check_strip(document)
    return document


def check_streams(file: File, budget: Budget) -> None:
    """Decompress everything of the rendered report once, within the budget."""
    for value in file.revisions[0].objects.values():
        if isinstance(value, Stream):
            _check_stream(file, value, budget)


def resolved(objects: dict[int, Value], value: Value) -> Value:
    """What a value is, behind at most one reference."""
    if not isinstance(value, Ref):
        return value
    found = objects.get(value.number)
    if found is None or isinstance(found, Ref):
        raise Refused(T("The file refers to a part that it does not hold."))
    return found


def dictionary_at(objects: dict[int, Value], value: Value) -> Dictionary:
    """The dictionary a value is or refers to."""
    found = resolved(objects, value)
    if not isinstance(found, dict):
        raise Refused(T("A part of the file is not what it should be."))
    return found


def array_at(objects: dict[int, Value], value: Value) -> list[Value]:
    """The array a value is or refers to."""
    found = resolved(objects, value)
    if not isinstance(found, list):
        raise Refused(T("A part of the file is not what it should be."))
    return found


def single_filter(values: Dictionary) -> str | None:
    """The one filter of a stream; chains of filters are how small files become enormous."""
    filters = values.get("Filter")
    if filters is None or isinstance(filters, Name):
        return filters
    if isinstance(filters, list) and len(filters) == 1 and isinstance(filters[0], Name):
        return filters[0]
    if filters == []:
        return None
    raise Refused(T("The file compresses a part more than once."))


def all_dictionaries(value: Value) -> Iterator[Dictionary]:
    """Every dictionary inside a value, itself included, without following references."""
    waiting = [value]
    while waiting:
        current = waiting.pop()
        if isinstance(current, Stream):
            current = current.values
        if isinstance(current, dict):
            yield current
            waiting.extend(current.values())
        elif isinstance(current, list):
            waiting.extend(current)


def _check_value(value: Value) -> None:
    for values in all_dictionaries(value):
        forbidden = _FORBIDDEN_KEYS & set(values)
        if forbidden == {"Next"} and set(values) >= _NEXT_ALLOWED_IN:
            forbidden = frozenset()
        if forbidden:
            raise Refused(T("The file contains “{what}”, which a report never does.", what=min(forbidden)))
        for key, words in (
            ("Type", _FORBIDDEN_TYPES),
            ("S", _FORBIDDEN_ACTIONS),
            ("Subtype", _FORBIDDEN_SUBTYPES),
        ):
            word = values.get(key)
            if isinstance(word, Name) and word in words:
                raise Refused(T("The file contains “{what}”, which a report never does.", what=str(word)))
        if values.get("Type") != "StructElem":  # whose A are its attributes
            _check_link(values)


def _check_link(values: Dictionary) -> None:
    action = values.get("A")
    if action is None:
        return
    kind = action.get("S") if isinstance(action, dict) else None
    if not isinstance(action, dict) or kind not in _ACTIONS:
        raise Refused(T("The file contains “{what}”, which a report never does.", what=str(kind or "Action")))
    if strange := set(action) - _ACTION_KEYS:
        raise Refused(T("The file contains “{what}”, which a report never does.", what=min(strange)))
    target = action.get("URI")
    if target is not None and not (isinstance(target, bytes) and target.startswith(_LINK_SCHEMES)):
        raise Refused(T("A link of the file leads to something else than a web page."))


def _document(revision: Revision) -> Document:
    root = revision.trailer["Root"]
    catalog = dictionary_at(revision.objects, root)
    if catalog.get("Type") != "Catalog" or not isinstance(root, Ref):
        raise Refused(T("A part of the file is not what it should be."))
    unknown = set(catalog) - CATALOG_KEYS
    if unknown:
        raise Refused(T("The file contains “{what}”, which a report never does.", what=min(unknown)))
    if "Names" in catalog:
        names = dictionary_at(revision.objects, catalog["Names"])
        if strange := set(names) - _NAMES_KEYS:
            raise Refused(T("The file contains “{what}”, which a report never does.", what=min(strange)))
    pages = list(_pages(revision.objects, catalog.get("Pages")))
    if not pages:
        raise Refused(T("The file has no pages."))
    for number in pages:
        _check_page(revision.objects, dictionary_at(revision.objects, Ref(number)))
    page = dictionary_at(revision.objects, Ref(pages[0]))
    return Document(revision.objects, root.number, catalog, pages[0], page)


def _pages(objects: dict[int, Value], root: Value) -> Iterator[int]:
    waiting, seen = [root], set()
    while waiting:
        current = waiting.pop()
        if not isinstance(current, Ref) or current.number in seen:
            raise Refused(T("The pages of the file are not in order."))
        seen.add(current.number)
        if len(seen) > 2 * limits.MOST_PAGES:
            raise Refused(T("The file has more pages than a report can have."))
        node = dictionary_at(objects, current)
        if node.get("Type") == "Pages":
            waiting.extend(reversed(array_at(objects, node.get("Kids"))))
        elif node.get("Type") == "Page":
            yield current.number
        else:
            raise Refused(T("The pages of the file are not in order."))


def _check_page(objects: dict[int, Value], page: Dictionary) -> None:
    unknown = set(page) - _PAGE_KEYS
    if unknown:
        raise Refused(T("The file contains “{what}”, which a report never does.", what=min(unknown)))
    for annotation in array_at(objects, page.get("Annots", [])):
        link = dictionary_at(objects, annotation)
        if link.get("Subtype") != "Link" or set(link) - _LINK_KEYS:
            raise Refused(T("A page carries a note or form field that is not part of the report."))


def _check_strip(document: Document) -> None:
    """Page 1 must show the strip of the signatures where readers expect it, upright and unscaled."""
    page = document.page
    boxes = [page[key] for key in ("MediaBox", "CropBox") if key in page]
    if page.get("Rotate", 0) != 0 or "MediaBox" not in page or not all(_holds_strip(box) for box in boxes):
        raise Refused(T("Page 1 has no room for the signatures where they belong."))


def _holds_strip(box: Value) -> bool:
    if not isinstance(box, list) or len(box) != 4:
        return False
    sides = [side for side in box if isinstance(side, (int, float))]
    if len(sides) != 4:
        return False
    left, bottom, right, top = sides
    return left == 0 and bottom == 0 and right >= STRIP[2] and top >= STRIP[3]


def _check_stream(file: File, stream: Stream, budget: Budget) -> None:
    values = stream.values
    if "F" in values:
        raise Refused(T("The file wants to read another file."))
    name = single_filter(values)
    if name is None:
        return
    if name not in _ALLOWED_FILTERS:
        raise Refused(T("The file is compressed in a way that a report never is ({filter}).", filter=name))
    if name == "FlateDecode" and values.get("Type") != "EmbeddedFile":  # those are read once, as attachments
        budget.inflate(file.stream_data(stream))
