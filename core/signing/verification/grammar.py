"""What each signature may add to the file, object by object; anything more or different is refused.

Revision 1 creates both fields and fills one of them, whichever; its signature certifies the report. Revision 2 fills
the other one and changes nothing else. Every object of a revision must be reached from the few places a signature
needs, and look exactly as the signer writes it.
"""

from __future__ import annotations

from dataclasses import dataclass

from core.i18n import T, Text
from core.signing.layout import BOXES, FIELDS, ROLE_NAMES, WIDGET_FLAGS
from core.signing.verification.appearance import read_stamp
from core.signing.verification.document import Document, resolved
from core.signing.verification.limits import Budget
from core.signing.verification.refusal import Refused
from core.signing.verification.revisions import File, Revision
from core.signing.verification.syntax import Dictionary, Name, Ref, Stream, Value

_SIGNATURE_KEYS = {"Contents", "ByteRange", "Type", "Filter", "SubFilter", "M", "Name"}
_OPTIONAL_KEYS = {"Location", "Reason", "Reference"}
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
    number: int
    """Of the object that holds it."""
    place: tuple[int, int]
    """First byte of that object, and the byte behind."""
    revision: Revision
    stamp: tuple[str, ...]
    """The lines shown on page 1."""


def examine_revisions(file: File, document: Document, budget: Budget) -> tuple[Signed, ...]:
    """Check every revision behind the rendered report and return the signatures in their order."""
    if len(file.revisions) < 2:
        raise Refused(T("The report is not signed."))
    form, widgets = _check_first(file, document)
    first = _filled(file.revisions[1].objects, widgets)
    order = [first, *(field for field in FIELDS if field != first)]
    signed: list[Signed] = []
    for field, revision in zip(order, file.revisions[1:], strict=False):
        one, reached = _examine(file, field, revision, widgets[field], document.page_number, budget)
        if not signed:
            _check_certifies(revision.objects[document.catalog_number], one)
            waiting = {name: widgets[name] for name in order[1:]}
            reached |= {document.catalog_number, document.page_number, form}
            reached |= _check_waiting(file, revision.objects, waiting, document.page_number, budget)
        elif "Reference" in one.values:
            raise Refused(T("A signature says more or less than it should."))
        if reached != set(revision.objects):
            raise _changed_too_much()
        signed.append(one)
    return tuple(signed)


def _check_first(file: File, document: Document) -> tuple[int, dict[str, int]]:
    """The parts of revision 1 that exist once: catalog, page 1, form. Returns the numbers of form and fields."""
    objects = file.revisions[1].objects
    catalog = _changed(objects, document.catalog_number)
    form_ref = catalog.pop("AcroForm", None)
    catalog.pop("Perms", None)  # is held against the signature that certifies
    version = catalog.pop("Version", None)
    if catalog != _without_version(document.catalog) or version not in {document.catalog.get("Version"), "1.7"}:
        raise _changed_too_much()
    form = _own(objects, form_ref)
    fields = form.get("Fields") if isinstance(form, dict) else None
    listed = fields if isinstance(fields, list) else []
    numbers = [ref.number for ref in listed if isinstance(ref, Ref)]
    if form != {"Fields": listed, "SigFlags": 3} or not len(FIELDS) == len(listed) == len(set(numbers)):
        raise Refused(T("The file has other form fields than the two signatures."))
    _check_page(objects, document, numbers)
    assert isinstance(form_ref, Ref)
    return form_ref.number, dict(zip(FIELDS, numbers, strict=True))


def _filled(objects: dict[int, Value], widgets: dict[str, int]) -> str:
    """The one field that the first signature fills."""
    filled = [field for field, number in widgets.items() if "V" in _changed(objects, number)]
    if len(filled) != 1:
        raise _changed_too_much()
    return filled[0]


def _check_certifies(catalog: Value, first: Signed) -> None:
    """The catalog names the first signature as the one that says what may still be done: sign, and nothing else."""
    permissions = catalog.get("Perms") if isinstance(catalog, dict) else None
    if permissions != {"DocMDP": Ref(first.number)} or first.values.get("Reference") != _CERTIFIES:
        raise Refused(T("The first signature does not certify the report."))


def _check_page(objects: dict[int, Value], document: Document, widgets: list[int]) -> None:
    page = _changed(objects, document.page_number)
    before = document.page.get("Annots", [])
    listed = resolved(document.objects, before)
    expected: list[Value] = [*(listed if isinstance(listed, list) else []), *(Ref(number) for number in widgets)]
    if page != {**document.page, "Annots": expected}:
        raise Refused(T("Page 1 was changed after the report was made."))


def _examine(
    file: File, field: str, revision: Revision, number: int, page: int, budget: Budget
) -> tuple[Signed, set[int]]:
    """The signature of one revision, and the objects it is made of."""
    widget = _changed(revision.objects, number)
    appearance, signature_ref = widget.pop("AP", None), widget.pop("V", None)
    _check_widget(widget, field, page)
    values = _own(revision.objects, signature_ref)
    if not isinstance(values, dict) or not isinstance(signature_ref, Ref):
        raise _changed_too_much()
    _check_signature(values)
    reached = {number, signature_ref.number}
    stamp = read_stamp(file, revision.objects, _normal(appearance), reached, budget)
    place = revision.places[signature_ref.number]
    return Signed(field, values, signature_ref.number, place, revision, stamp), reached


def _check_waiting(
    file: File, objects: dict[int, Value], widgets: dict[str, int], page: int, budget: Budget
) -> set[int]:
    """The fields that wait for their signature: empty, inside the strip, showing nothing."""
    reached: set[int] = set()
    for field, number in widgets.items():
        widget = _changed(objects, number)
        form = _normal(widget.pop("AP", None))
        _check_widget(widget, field, page)
        stream = _own(objects, form)
        if not isinstance(stream, Stream) or stream.values.get("Resources") != {}:
            raise _changed_too_much()
        if budget.inflate(file.stream_data(stream)):
            raise Refused(T("An empty signature field shows something."))
        reached |= {number, form.number}
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


def _check_signature(values: Dictionary) -> None:
    if values.get("SubFilter") != "ETSI.CAdES.detached":
        raise Refused(T("A signature is of another kind than PAdES."))
    if not _SIGNATURE_KEYS <= set(values) <= _SIGNATURE_KEYS | _OPTIONAL_KEYS:
        raise Refused(T("A signature says more or less than it should."))
    if values["Type"] != "Sig" or values["Filter"] != "Adobe.PPKLite":
        raise Refused(T("A signature is of another kind than PAdES."))


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
