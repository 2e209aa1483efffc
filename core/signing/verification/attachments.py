"""The data inside the report: attachments with flat names, each listed where PDF/A-3 wants it and nowhere else."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Mapping

from core.i18n import T
from core.signing.verification import limits
from core.signing.verification.document import (
    Document,
    all_dictionaries,
    array_at,
    dictionary_at,
    resolved,
    single_filter,
)
from core.signing.verification.limits import Budget
from core.signing.verification.refusal import Refused
from core.signing.verification.revisions import File
from core.signing.verification.syntax import Dictionary, Ref, Stream, Value

_SPEC_KEYS = {"Type", "F", "UF", "EF", "AFRelationship", "Desc", "ID"}
_EMBEDDED_KEYS = {"Type", "Subtype", "Params", "Filter", "Length"}
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)
_SAME_IN_LATIN_1 = re.compile(rb"[\x20-\x7e\xa1-\xac\xae-\xff]*")
_LONGEST_NAME = 120


def read_attachments(file: File, document: Document, budget: Budget) -> dict[str, bytes]:
    """Every attachment of the rendered report by its name."""
    objects = document.objects
    listed = _listed(document)
    specs = {ref.number for ref in listed.values()}
    associated = [ref.number for ref in array_at(objects, document.catalog.get("AF", [])) if isinstance(ref, Ref)]
    if len(associated) != len(set(associated)) or set(associated) != specs:
        raise Refused(T("The attachments are not listed the way a report lists them."))
    found: dict[str, bytes] = {}
    streams: set[int] = set()
    for name, ref in listed.items():
        stream_ref = _embedded_ref(dictionary_at(objects, ref), name)
        if stream_ref.number in streams:
            raise Refused(T("Two attachments share their data."))
        streams.add(stream_ref.number)
        try:
            found[name] = _embedded(file, resolved(objects, stream_ref), budget)
        except Refused as refused:
            raise Refused(T("{reason} It is the attachment {name}.", reason=refused.reason, name=name)) from refused
    _nothing_else(objects, specs, streams, document.catalog_number)
    return found


def exchanged_in(document: Document, attachments: Mapping[str, bytes]) -> str | None:
    """The name of the first attachment whose bytes are not those of its check sum; None when all are.

    Anybody can write another check sum, so it proves nothing: where a signature no longer holds it tells which of the
    attachments is the reason.
    """
    for name, ref in _listed(document).items():
        stream = resolved(document.objects, _embedded_ref(dictionary_at(document.objects, ref), name))
        told = stream.values.get("Params") if isinstance(stream, Stream) else None
        summed = told.get("CheckSum") if isinstance(told, dict) else None
        if summed is not None and summed != hashlib.md5(attachments[name], usedforsecurity=False).digest():
            return name
    return None


def safe_name(name: str) -> bool:
    """A name that is a file name everywhere: no folders, nothing hidden, nothing that only looks like another.

    >>> [safe_name(name) for name in ("audit.json", "电费 2025-03.pdf", "../audit.json", ".audit", "nul.txt")]
    [True, True, False, False, False]
    """
    return (
        0 < len(name) <= _LONGEST_NAME
        and unicodedata.normalize("NFC", name) == name
        and name == name.strip()
        and not name.startswith(".")
        and not name.endswith(".")
        and not _RESERVED.fullmatch(name)
        and all(letter.isalnum() or letter in " ._-()+,=" for letter in name)
    )


def text_of(raw: bytes) -> str:
    """A text string of PDF: UTF-16 with its mark, or letters that Latin-1 and PDF write alike."""
    if not raw.startswith(b"\xfe\xff") and not _SAME_IN_LATIN_1.fullmatch(raw):
        raise Refused(T("The file writes a text in an unknown way."))
    try:
        return raw[2:].decode("utf-16-be") if raw.startswith(b"\xfe\xff") else raw.decode("latin-1")
    except UnicodeDecodeError as error:
        raise Refused(T("The file writes a text in an unknown way.")) from error


def _listed(document: Document) -> dict[str, Ref]:
    names = document.catalog.get("Names")
    tree = dictionary_at(document.objects, names).get("EmbeddedFiles") if names is not None else None
    if tree is None:
        return {}
    leaf = dictionary_at(document.objects, tree)
    if set(leaf) - {"Names", "Limits"}:
        raise Refused(T("The attachments are not listed the way a report lists them."))
    pairs = array_at(document.objects, leaf.get("Names"))
    if len(pairs) % 2 or len(pairs) > 2 * limits.MOST_ATTACHMENTS:
        raise Refused(T("The file has more attachments than a report can have."))
    listed: dict[str, Ref] = {}
    folded: set[str] = set()
    for raw, ref in zip(pairs[::2], pairs[1::2], strict=True):
        if not isinstance(raw, bytes) or not isinstance(ref, Ref):
            raise Refused(T("The attachments are not listed the way a report lists them."))
        name = text_of(raw)
        if not safe_name(name):
            raise Refused(T("An attachment has an unsafe name."))
        if name.casefold() in folded:
            raise Refused(T("Two attachments have the same name: {name}.", name=name))
        folded.add(name.casefold())
        listed[name] = ref
    return listed


def _embedded_ref(spec: Dictionary, name: str) -> Ref:
    names = [spec[key] for key in ("F", "UF") if key in spec]
    places = spec.get("EF")
    right = (
        spec.get("Type") == "Filespec"
        and set(spec) <= _SPEC_KEYS
        and names
        and all(isinstance(each, bytes) and text_of(each) == name for each in names)
        and isinstance(places, dict)
        and set(places) <= {"F", "UF"}
    )
    if not right or not isinstance(places, dict):
        raise Refused(T("The attachment {name} is described in a way that a report never does.", name=name))
    refs = {ref for ref in places.values() if isinstance(ref, Ref)}
    if len(refs) != 1:
        raise Refused(T("The attachment {name} is described in a way that a report never does.", name=name))
    return refs.pop()


def _embedded(file: File, stream: Value, budget: Budget) -> bytes:
    if not isinstance(stream, Stream) or set(stream.values) - _EMBEDDED_KEYS:
        raise Refused(T("An attachment is stored in a way that a report never does."))
    if stream.values.get("Type") != "EmbeddedFile" or single_filter(stream.values) != "FlateDecode":
        raise Refused(T("An attachment is stored in a way that a report never does."))
    data = budget.inflate(file.stream_data(stream))
    parameters = stream.values.get("Params", {})
    if isinstance(parameters, dict) and parameters.get("Size", len(data)) != len(data):
        raise Refused(T("An attachment has another size than the file says."))
    return data


def _nothing_else(objects: dict[int, Value], specs: set[int], streams: set[int], catalog: int) -> None:
    """No attachment hides on a page, in a note or outside the two lists."""
    for number, value in objects.items():
        for values in all_dictionaries(value):
            stray_spec = ("EF" in values or values.get("Type") in {"Filespec", "F"}) and number not in specs
            stray_data = values.get("Type") == "EmbeddedFile" and number not in streams
            stray_list = "AF" in values and number != catalog
            if stray_spec or stray_data or stray_list:
                raise Refused(T("The file hides an attachment."))
