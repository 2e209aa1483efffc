"""What each signature may add to the file, object by object; anything more or different is refused.

Revision 1 (the auditor) creates both fields and fills one; revision 2 (the plant manager) fills the other. Every
object of a revision must be reached from the few places a signature needs, and look exactly as the signer writes it.
"""

from __future__ import annotations

from dataclasses import dataclass

from core.i18n import T, Text
from core.signing.layout import AUDITOR, BOXES, FIELDS, ROLE_NAMES, WIDGET_FLAGS
from core.signing.verification.appearance import read_stamp
from core.signing.verification.document import Document, dictionary_at, resolved
from core.signing.verification.limits import Budget
from core.signing.verification.refusal import Refused
from core.signing.verification.revisions import File, Revision
from core.signing.verification.syntax import Dictionary, Name, Ref, Stream, Value

_SIGNATURE_KEYS = {"Contents", "ByteRange", "Type", "Filter", "SubFilter", "M", "Name"}
_OPTIONAL_KEYS = {"Location", "Reason"}
_CERTIFIES: list[Value] = [
    {
        "Type": Name("SigRef"),
        "TransformMethod": Name("DocMDP"),
        "TransformParams": {"Type": Name("TransformParams"), "V": Name("1.2"), "P": 2},
    }
]


@dataclass(frozen=True, slots=True)
class Signed:
    """One signature as it stands in the file."""

    field: str
    values: Dictionary
    """The signature dictionary."""
    place: tuple[int, int]
    """First byte of the object that holds it, and the byte behind."""
    revision: Revision
    stamp: tuple[str, ...]
    """The lines shown on page 1."""


def examine_revisions(file: File, document: Document, budget: Budget) -> tuple[Signed, ...]:
    """Check every revision behind the rendered report and return the signatures in their order."""
    if len(file.revisions) < 2:
        raise Refused(T("The report is not signed."))
    widgets = _check_first(file, document)
    signed = []
    objects = dict(document.objects)
    for field, revision in zip(FIELDS, file.revisions[1:], strict=False):
        objects.update(revision.objects)
        signed.append(_examine(file, field, revision, objects, widgets, budget))
    return tuple(signed)


def _check_first(file: File, document: Document) -> dict[str, int]:
    """The parts of revision 1 that exist once: catalog, page 1, form. Returns the number of each field."""
    revision = file.revisions[1]
    objects = revision.objects
    catalog = _changed(objects, document.catalog_number)
    form_ref, permissions = catalog.pop("AcroForm", None), catalog.pop("Perms", None)
    version = catalog.pop("Version", None)
    if catalog != _without_version(document.catalog) or version not in {document.catalog.get("Version"), "1.7"}:
        raise _changed_too_much()
    form = _own(objects, form_ref)
    fields = form.get("Fields") if isinstance(form, dict) else None
    listed = fields if isinstance(fields, list) else []
    numbers = [ref.number for ref in listed if isinstance(ref, Ref)]
    if form != {"Fields": listed, "SigFlags": 3} or not len(FIELDS) == len(listed) == len(set(numbers)):
        raise Refused(T("The file has other form fields than the two signatures."))
    widgets = dict(zip(FIELDS, numbers, strict=True))
    _check_page(objects, document, numbers)
    auditor = _own(objects, Ref(widgets[AUDITOR]))
    signature = auditor.get("V") if isinstance(auditor, dict) else None
    if permissions != {"DocMDP": signature}:
        raise Refused(T("The auditor's signature does not certify the report."))
    return widgets


def _check_page(objects: dict[int, Value], document: Document, widgets: list[int]) -> None:
    page = _changed(objects, document.page_number)
    before = document.page.get("Annots", [])
    listed = resolved(document.objects, before)
    expected: list[Value] = [*(listed if isinstance(listed, list) else []), *(Ref(number) for number in widgets)]
    if page != {**document.page, "Annots": expected}:
        raise Refused(T("Page 1 was changed after the report was made."))


def _examine(
    file: File, field: str, revision: Revision, objects: dict[int, Value], widgets: dict[str, int], budget: Budget
) -> Signed:
    first = field == AUDITOR
    number = widgets[field]
    widget = _changed(revision.objects, number)
    appearance, signature_ref = widget.pop("AP", None), widget.pop("V", None)
    _check_widget(widget, field, _page_number(objects, widgets))
    values = _own(revision.objects, signature_ref)
    if not isinstance(values, dict) or not isinstance(signature_ref, Ref):
        raise _changed_too_much()
    _check_signature(values, first)
    reached = {number, signature_ref.number}
    form = _normal(appearance)
    stamp = read_stamp(file, revision.objects, form, reached, budget)
    if first:
        reached |= {widgets[name] for name in FIELDS} | _once(revision, objects, widgets)
        reached |= _check_waiting(file, revision.objects, widgets, _page_number(objects, widgets), budget)
    if reached != set(revision.objects):
        raise _changed_too_much()
    return Signed(field, values, revision.places[signature_ref.number], revision, stamp)


def _once(revision: Revision, objects: dict[int, Value], widgets: dict[str, int]) -> set[int]:
    """Catalog, page 1 and form, which :func:`_check_first` has compared already."""
    root = revision.trailer["Root"]
    form = dictionary_at(objects, root).get("AcroForm")
    if not isinstance(root, Ref) or not isinstance(form, Ref):
        raise _changed_too_much()
    return {root.number, form.number, _page_number(objects, widgets)}


def _check_waiting(
    file: File, objects: dict[int, Value], widgets: dict[str, int], page: int, budget: Budget
) -> set[int]:
    """The fields that wait for their signature: empty, inside the strip, showing nothing."""
    reached: set[int] = set()
    for field in FIELDS[1:]:
        widget = _changed(objects, widgets[field])
        form = _normal(widget.pop("AP", None))
        _check_widget(widget, field, page)
        stream = _own(objects, form)
        if not isinstance(stream, Stream) or stream.values.get("Resources") != {}:
            raise _changed_too_much()
        if budget.inflate(file.stream_data(stream)):
            raise Refused(T("An empty signature field shows something."))
        reached.add(form.number)
    return reached


def _check_widget(widget: Dictionary, field: str, page: int) -> None:
    expected: Dictionary = {
        "Type": Name("Annot"),
        "Subtype": Name("Widget"),
        "FT": Name("Sig"),
        "T": field.encode("ascii"),
        "TU": ROLE_NAMES[field].en.encode("ascii"),
        "F": WIDGET_FLAGS,
        "P": Ref(page),
        "Rect": list(BOXES[field]),
    }
    if widget.get("Rect") != expected["Rect"]:
        raise Refused(T("A signature field was moved over the page."))
    if widget != expected:
        raise Refused(T("The signature field {field} is not as it should be.", field=field))


def _check_signature(values: Dictionary, first: bool) -> None:
    keys = set(values)
    if values.get("SubFilter") != "ETSI.CAdES.detached":
        raise Refused(T("A signature is of another kind than PAdES."))
    if first and values.get("Reference") != _CERTIFIES:
        raise Refused(T("The auditor's signature does not certify the report."))
    required = _SIGNATURE_KEYS | ({"Reference"} if first else set())
    if not required <= keys <= required | _OPTIONAL_KEYS:
        raise Refused(T("A signature says more or less than it should."))
    if values["Type"] != "Sig" or values["Filter"] != "Adobe.PPKLite":
        raise Refused(T("A signature is of another kind than PAdES."))


def _page_number(objects: dict[int, Value], widgets: dict[str, int]) -> int:
    page = dictionary_at(objects, Ref(widgets[AUDITOR])).get("P")
    if not isinstance(page, Ref):
        raise _changed_too_much()
    return page.number


def _changed(objects: dict[int, Value], number: int) -> Dictionary:
    """A copy of a dictionary that this revision must have written again."""
    value = objects.get(number)
    if not isinstance(value, dict):
        raise _changed_too_much()
    return dict(value)


def _own(objects: dict[int, Value], ref: Value) -> Value:
    """What a reference points at, which must belong to the same revision."""
    if not isinstance(ref, Ref) or ref.number not in objects:
        raise _changed_too_much()
    return objects[ref.number]


def _normal(appearance: Value) -> Ref:
    if isinstance(appearance, dict) and set(appearance) == {"N"}:
        form = appearance["N"]
        if isinstance(form, Ref):
            return form
    raise _changed_too_much()


def _without_version(catalog: Dictionary) -> Dictionary:
    return {key: value for key, value in catalog.items() if key != "Version"}


def _changed_too_much() -> Refused:
    return Refused(too_much())


def too_much() -> Text:
    """The reason for every change that is not a signature."""
    return T("More than a signature was added to the report.")
