"""Attacks of people with a good key: the report they sign, or what they add to it, is not a report."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable
from typing import Any

import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.signers.cms_embedder import SigMDPSetup
from pyhanko.sign.signers.pdf_byterange import SignatureObject

from core.signing import AUDITOR, PLANT_MANAGER, Verification, _writer
from core.signing.layout import BOXES
from tests.core.signing import pdfs
from tests.core.signing.conftest import People
from tests.core.signing.forging import force

Judge = Callable[..., Verification]
Change = Callable[[pdfs.Draft], object]


def refused(answer: Verification, reason: str) -> None:
    assert not answer.valid
    assert re.search(reason, str(answer.reason)), str(answer.reason)


def catalog(entry: bytes) -> Change:
    return lambda draft: draft.replace(pdfs.CATALOG, b"/Lang", entry + b" /Lang")


def page(entry: bytes) -> Change:
    return lambda draft: draft.replace(pdfs.PAGE, b"/Rotate 0", b"/Rotate 0 " + entry)


def link(action: bytes) -> Change:
    return lambda draft: draft.replace(pdfs.LINK, b"/S /URI /URI (https://example.com)", action)


def attachment(old: bytes, new: bytes, number: int = pdfs.SPEC) -> Change:
    return lambda draft: draft.replace(number, old, new)


def data(body: bytes) -> Change:
    return lambda draft: draft.bodies.update({pdfs.DATA: body})


def stray(body: bytes) -> Change:
    return lambda draft: draft.add(body)


def named(name: bytes) -> Change:
    """The attachment under another name, everywhere alike."""

    def rename(draft: pdfs.Draft) -> None:
        draft.replace(pdfs.NAMES, b"(audit.json)", name)
        draft.replace(pdfs.SPEC, b"/F (audit.json) /UF (audit.json)", b"/F %s /UF %s" % (name, name))

    return rename


EMBEDDED = b"/Type /EmbeddedFile /Subtype /application#2Fjson"
TWICE = zlib.compress(zlib.compress(b"{}"))
REPORTS: dict[str, tuple[Change, str]] = {
    "script in names": (lambda d: d.replace(pdfs.CATALOG, b"/Names <<", b"/Names << /JavaScript 9 0 R"), "JavaScript"),
    "script in names, disguised": (
        lambda d: d.replace(pdfs.CATALOG, b"/Names <<", b"/Names << /Java#53cript 9 0 R"),
        "JavaScript",
    ),
    "open action": (catalog(b"/OpenAction << /S /GoTo /D [ 3 0 R /Fit ] >>"), "OpenAction"),
    "additional actions": (page(b"/AA << /O << /S /URI /URI (https://x) >> >>"), "AA"),
    "launch": (link(b"/S /Launch /F (calc.exe)"), "Launch"),
    "script behind a link": (link(b"/S /JavaScript /JS (app.alert(1))"), "JavaScript"),
    "link to a file": (link(b"/S /URI /URI (file:///etc/passwd)"), "something else than a web page"),
    "link to a script": (link(b"/S /URI /URI (javascript:alert(1))"), "something else than a web page"),
    "link with a second action": (link(b"/S /URI /URI (https://x) /Next << /S /URI >>"), "Next"),
    "action elsewhere": (lambda d: d.replace(pdfs.LINK, b"/A <<", b"/A 5 0 R /B <<"), "Action"),
    "form": (catalog(b"/AcroForm << /Fields [ ] >>"), "AcroForm"),
    "xfa": (stray(b"<< /XFA 4 0 R >>"), "XFA"),
    "layers": (catalog(b"/OCProperties << /OCGs [ ] >>"), "OC"),
    "rich media": (stray(b"<< /Type /Annot /Subtype /RichMedia >>"), "RichMedia"),
    "unknown entry of the catalog": (catalog(b"/URI << /Base (https://x) >>"), "URI"),
    "unknown entry of a page": (page(b"/Zoom 5"), "Zoom"),
    "note on a page": (lambda d: d.replace(pdfs.LINK, b"/Subtype /Link", b"/Subtype /Square"), "note or form field"),
    "scaled page": (page(b"/UserUnit 2"), "UserUnit"),
    "turned page": (lambda d: d.replace(pdfs.PAGE, b"/Rotate 0", b"/Rotate 180"), "no room for the signatures"),
    "small page": (lambda d: d.replace(pdfs.PAGE, b"595.276", b"300"), "no room for the signatures"),
    "shifted page": (lambda d: d.replace(pdfs.PAGE, b"[ 0 0", b"[ 0 300"), "no room for the signatures"),
    "no pages": (lambda d: d.replace(pdfs.PAGES, b"[ 3 0 R 10 0 R ]", b"[ ]"), "no pages"),
    "pages in a circle": (lambda d: d.replace(pdfs.PAGES, b"[ 3 0 R", b"[ 2 0 R"), "not in order"),
    "page twice": (lambda d: d.replace(pdfs.PAGES, b"10 0 R", b"3 0 R"), "not in order"),
    "page that is not there": (lambda d: d.replace(pdfs.PAGES, b"10 0 R", b"99 0 R"), "does not hold"),
    "other file read": (data(pdfs.stream(b"{}", EMBEDDED + b" /F (other)")), "read another file"),
    "filter twice": (
        data(pdfs.stream(zlib.compress(b"{}"), EMBEDDED, b"[ /FlateDecode /FlateDecode ]")),
        "more than once",
    ),
    "unknown filter": (stray(pdfs.stream(b"{}", b"", b"/LZWDecode")), "LZWDecode"),
    "filter of images on data": (data(pdfs.stream(b"{}", EMBEDDED, b"/DCTDecode")), "stored in a way"),
    "predictor on data": (
        data(pdfs.stream(b"{}", EMBEDDED + b" /DecodeParms << /Predictor 12 >>")),
        "stored in a way",
    ),
    "wrong size": (data(pdfs.stream(b"{}", EMBEDDED + b" /Params << /Size 3 >>")), "another size"),
    "rubbish behind compressed data": (
        data(
            b"<< %s /Filter /FlateDecode /Length 12 >>\nstream\n%s\nendstream"
            % (EMBEDDED, zlib.compress(b"{}") + b"xx")
        ),
        "damaged",
    ),
    "compressed data cut off": (
        data(b"<< %s /Filter /FlateDecode /Length 8 >>\nstream\n%s\nendstream" % (EMBEDDED, zlib.compress(b"{}")[:8])),
        "damaged",
    ),
    "attachment outside the list": (lambda d: d.replace(pdfs.CATALOG, b"/AF [ 7 0 R ]", b"/AF [ ]"), "not listed"),
    "attachment listed twice": (
        lambda d: d.replace(pdfs.CATALOG, b"/AF [ 7 0 R ]", b"/AF [ 7 0 R 7 0 R ]"),
        "not listed",
    ),
    "second attachment of that name": (
        lambda d: d.replace(pdfs.NAMES, b"]", b"(AUDIT.json) 7 0 R ]"),
        "Two attachments have the same name",
    ),
    "two attachments, one file": (
        lambda d: (
            d.add(b"<< /Type /Filespec /F (b.json) /UF (b.json) /EF << /F 8 0 R >> >>"),
            d.replace(pdfs.NAMES, b"]", b"(b.json) 12 0 R ]"),
            d.replace(pdfs.CATALOG, b"7 0 R ]", b"7 0 R 12 0 R ]"),
        ),
        "share their data",
    ),
    "list of lists": (lambda d: d.replace(pdfs.NAMES, b"/Names [", b"/Kids [ 9 0 R ] /Names ["), "not listed"),
    "name with a folder": (named(b"(../audit.json)"), "unsafe name"),
    "name of a device": (named(b"(nul.json)"), "unsafe name"),
    "name with a turn of direction": (named(b"<FEFF0061202E006E>"), "unsafe name"),
    "name in an odd encoding": (named(b"<80>"), "unknown way"),
    "two names for one attachment": (attachment(b"/UF (audit.json)", b"/UF (other.json)"), "described in a way"),
    "two versions of one attachment": (attachment(b"/UF 8 0 R", b"/UF 4 0 R"), "described in a way"),
    "attachment elsewhere": (attachment(b"/EF <<", b"/FS /URL /EF <<"), "described in a way"),
    "attachment hidden on a page": (page(b"/Group << /AF [ 7 0 R ] >>"), "hides an attachment"),
    "attachment hidden in nothing": (stray(pdfs.stream(b"evil", b"/Type /EmbeddedFile")), "hides an attachment"),
    "description hidden in nothing": (stray(b"<< /Type /Filespec /F (x) /EF << /F 8 0 R >> >>"), "hides an attachment"),
    "key twice": (lambda d: d.replace(pdfs.INFO, b"/Title", b"/Title (other) /Title"), "says “Title” twice"),
    "nested too deeply": (stray(b"[" * 5000 + b"]" * 5000), "nested too deeply"),
    "older generation": (stray(b"[ 4 1 R ]"), "older generation"),
    "length elsewhere": (stray(b"<< /Length 12 0 R >>\nstream\n\nendstream"), "damaged"),
    "object stream": (stray(pdfs.stream(b"1 0 << >>", b"/Type /ObjStm /N 1 /First 4")), "compressed object streams"),
    "signature inside the report": (stray(b"<< /Type /Sig >>"), "Sig"),
}


def test_the_report_of_these_tests_is_fine(people: People, judged: Judge) -> None:
    assert judged(force(pdfs.report().build(), people.auditor), (AUDITOR,)).valid


@pytest.mark.parametrize("name", REPORTS)
def test_reports_that_are_none(name: str, people: People, judged: Judge) -> None:
    change, reason = REPORTS[name]
    draft = pdfs.report()
    change(draft)
    hostile = draft.build()
    try:
        signed = force(hostile, people.auditor)
    except Exception:  # some are so broken that nobody can sign them
        signed = hostile
    refused(judged(signed, (AUDITOR,)), reason)


def test_data_of_a_chinese_name(people: People, judged: Judge) -> None:
    draft = pdfs.report()
    named(b"<FEFF" + "电费 03.json".encode("utf-16-be").hex().encode() + b">")(draft)
    answer = judged(force(draft.build(), people.auditor), (AUDITOR,))
    assert answer.valid, answer.reason
    assert list(answer.attachments) == ["电费 03.json"]


Entries = dict[str, Any]


def altered(monkeypatch: pytest.MonkeyPatch, name: str, change: Callable[[Any, Any], None]) -> None:
    """Let a step of our own writer do something more; ``change`` gets the writer and what the step returned."""
    step = getattr(_writer, name)

    def and_more(writer: Any, *rest: Any) -> Any:
        made = step(writer, *rest)
        change(writer, made)
        return made

    monkeypatch.setattr(_writer, name, and_more)


def replaced_text(writer: Any, made: Any) -> None:
    page = writer.root["/Pages"]["/Kids"][0]
    page[pdf_name("/Contents")] = writer.add_object(generic.StreamObject(stream_data=b"BT ET"))
    writer.update_container(page)


def swapped_package(writer: Any, made: Any) -> None:
    reference = generic.IndirectObject(pdfs.DATA, 0, writer)
    data = reference.get_object()
    data._data, data._encoded_data = b"{}", None
    writer.mark_update(generic.Reference(pdfs.DATA, 0, writer))


def added_object(writer: Any, made: Any) -> None:
    writer.add_object(generic.DictionaryObject({pdf_name("/Harmless"): pdf_name("/Yes")}))


def added_note(writer: Any, made: Any) -> None:
    page = writer.root["/Pages"]["/Kids"][0]
    page["/Annots"].append(writer.add_object(generic.DictionaryObject({pdf_name("/Subtype"): pdf_name("/Square")})))
    writer.update_container(page)


def catalog_entry(writer: Any, made: Any) -> None:
    writer.root[pdf_name("/Collection")] = generic.DictionaryObject()
    writer.update_root()


def wide_field(writer: Any, made: Any) -> None:
    made[pdf_name("/Rect")] = generic.ArrayObject([generic.NumberObject(side) for side in (0, 0, 595, 842)])


def field_with_action(writer: Any, made: Any) -> None:
    made[pdf_name("/AA")] = generic.DictionaryObject()


BOTH = {
    "page content replaced": (replaced_text, "Page 1 was changed|More than a signature"),
    "package swapped": (swapped_package, "More than a signature"),
    "something added": (added_object, "More than a signature"),
    "note added": (added_note, "Page 1 was changed|More than a signature"),
    "catalog extended": (catalog_entry, "More than a signature"),
    "field moved over the page": (wide_field, "moved over the page"),
    "field with an action": (field_with_action, "not as it should be"),
}


@pytest.mark.parametrize("name", BOTH)
def test_what_the_auditor_may_not_add(
    name: str, pdf: bytes, people: People, judged: Judge, monkeypatch: pytest.MonkeyPatch
) -> None:
    change, reason = BOTH[name]
    altered(monkeypatch, "_create_fields", change)
    refused(judged(force(pdf, people.auditor), (AUDITOR,)), reason)


@pytest.mark.parametrize("name", BOTH)
def test_what_the_manager_may_not_add(
    name: str, audited: bytes, people: People, judged: Judge, monkeypatch: pytest.MonkeyPatch
) -> None:
    change, reason = BOTH[name]
    altered(monkeypatch, "_existing_field", change)
    refused(judged(force(audited, people.manager, field=PLANT_MANAGER)), reason)


def test_a_third_field(pdf: bytes, people: People, judged: Judge, monkeypatch: pytest.MonkeyPatch) -> None:
    def third(writer: Any, made: Any) -> None:
        writer.root["/AcroForm"]["/Fields"].append(writer.add_object(generic.DictionaryObject()))

    altered(monkeypatch, "_create_fields", third)
    refused(judged(force(pdf, people.auditor), (AUDITOR,)), "other form fields")


def test_fields_outside_the_strip(pdf: bytes, people: People, judged: Judge, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_writer, "BOXES", {**BOXES, PLANT_MANAGER: (56.7, 300.0, 283.5, 370.0)})
    refused(judged(force(pdf, people.auditor), (AUDITOR,)), "moved over the page")


def test_an_empty_field_that_shows_something(
    pdf: bytes, people: People, judged: Judge, monkeypatch: pytest.MonkeyPatch
) -> None:
    xobject = _writer._xobject
    monkeypatch.setattr(_writer, "_xobject", lambda w, content, r: xobject(w, content or b"0 0 9 9 re f", r))
    refused(judged(force(pdf, people.auditor), (AUDITOR,)), "empty signature field shows something")


@pytest.mark.parametrize(
    "content", [b"q\nQ\n", b"q\n0 0 9999 9999 re f\nQ\n", b"q\n/F1 12 Tf\nQ\n"], ids=["nothing", "box", "other"]
)
def test_a_stamp_that_is_none(
    content: bytes, pdf: bytes, people: People, judged: Judge, monkeypatch: pytest.MonkeyPatch
) -> None:
    xobject = _writer._xobject
    monkeypatch.setattr(_writer, "_xobject", lambda w, old, r: xobject(w, content if old else old, r))
    answer = judged(force(pdf, people.auditor), (AUDITOR,))
    refused(answer, "something else than a stamp")


def test_an_auditor_who_does_not_certify(
    pdf: bytes, people: People, judged: Judge, monkeypatch: pytest.MonkeyPatch
) -> None:
    original = SigMDPSetup
    monkeypatch.setattr(_writer, "SigMDPSetup", lambda digest, certify, lock, allowed: original(digest))
    refused(judged(force(pdf, people.auditor), (AUDITOR,)), "does not certify")


def test_an_auditor_who_allows_more(pdf: bytes, people: People, judged: Judge, monkeypatch: pytest.MonkeyPatch) -> None:
    original = SigMDPSetup
    monkeypatch.setattr(
        _writer,
        "SigMDPSetup",
        lambda digest, certify, lock, _: original(digest, certify, lock, MDPPerm.ANNOTATE),
    )
    refused(judged(force(pdf, people.auditor), (AUDITOR,)), "does not certify")


def test_an_older_kind_of_signature(pdf: bytes, people: People, judged: Judge, monkeypatch: pytest.MonkeyPatch) -> None:
    original = SignatureObject
    kind = SigSeedSubFilter.ADOBE_PKCS7_DETACHED
    monkeypatch.setattr(_writer, "SignatureObject", lambda **given: original(**{**given, "subfilter": kind}))
    refused(judged(force(pdf, people.auditor), (AUDITOR,)), "another kind than PAdES")


def test_the_description_of_the_report_changed_by_the_signer(
    pdf: bytes, people: People, judged: Judge, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What pyHanko does by itself: a new date and its own name in Info."""
    monkeypatch.delattr(_writer._Writer, "_update_meta")
    refused(judged(force(pdf, people.auditor), (AUDITOR,)), "More than a signature")
