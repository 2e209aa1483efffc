"""Attacks of people without a key: whatever they do to a signed file, it is refused, and the reason says why."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from core.signing import AUDITOR, Verification
from core.signing.layout import CONTENTS_DIGITS
from tests.core.signing import pdfs
from tests.core.signing.forging import changed_container, containers, der_of, high, with_container

Judge = Callable[..., Verification]

CHANGED = "changed after it was signed"
ADDED = "added to the file behind the last signature"
TOO_MUCH = "More than a signature was added"
NOT_CANONICAL = "one right form"


def refused(answer: Verification, reason: str) -> None:
    assert not answer.valid
    assert re.search(reason, str(answer.reason)), str(answer.reason)


def flipped(data: bytes, place: int, bit: int = 1) -> bytes:
    return data[:place] + bytes([data[place] ^ bit]) + data[place + 1 :]


def inside(data: bytes, needle: bytes, offset: int) -> int:
    return data.index(needle) + offset


@pytest.mark.parametrize(
    ("needle", "offset", "reason"),
    [
        (b"4 0 obj", 60, CHANGED),  # the text of a page
        (b"8 0 obj", 150, CHANGED),  # the attachment
        (b"/Title (Carbon", 8, CHANGED),  # what the file says about itself
        (b"/Reason (Audit", 10, CHANGED),  # what the auditor said
        (b"/CapHeight 733", 13, CHANGED),  # the font of a stamp
    ],
)
def test_flipped_bytes_of_the_report(needle: bytes, offset: int, reason: str, approved: bytes, judged: Judge) -> None:
    refused(judged(flipped(approved, inside(approved, needle, offset))), reason)


@pytest.mark.parametrize("index", [0, 1])
def test_flipped_bytes_of_a_signature(index: int, approved: bytes, judged: Judge) -> None:
    start = containers(approved)[index].start(1)
    for place in (start + 2, start + 300, start + 2 * len(der_of(approved, index)) - 1, start + CONTENTS_DIGITS - 1):
        answer = judged(flipped(approved, place))
        assert not answer.valid
        assert "could not be examined" not in str(answer.reason)


def test_padding_is_zeros_and_digits_are_capitals(approved: bytes, judged: Judge) -> None:
    refused(judged(with_container(approved, 0, der_of(approved, 0), fill=b"1")), NOT_CANONICAL)
    match = containers(approved)[0]
    lower = approved[: match.start(1)] + match[1].lower() + approved[match.end(1) :]
    refused(judged(lower), "the way this program writes it")


def test_the_other_form_of_the_same_signature(approved: bytes, judged: Judge) -> None:
    def to_high(data: object) -> None:
        signer = data["signer_infos"][0]  # type: ignore[index]
        signer["signature"] = high(signer["signature"].native)

    refused(judged(changed_container(approved, 0, to_high)), NOT_CANONICAL)


def test_an_unsigned_remark_inside_a_signature(approved: bytes, judged: Judge) -> None:
    def remark(data: object) -> None:
        data["signer_infos"][0]["unsigned_attrs"] = [{"type": "1.2.3.4", "values": []}]  # type: ignore[index]

    refused(judged(changed_container(approved, 1, remark)), NOT_CANONICAL)


def test_a_second_certificate_inside_a_signature(approved: bytes, judged: Judge) -> None:
    def double(data: object) -> None:
        data["certificates"].append(data["certificates"][0])  # type: ignore[index]

    refused(judged(changed_container(approved, 1, double)), NOT_CANONICAL)


def test_a_signature_of_another_file(approved: bytes, people: object, judged: Judge) -> None:
    refused(judged(with_container(approved, 0, der_of(approved, 1))), CHANGED)


NEW_PACKAGE = pdfs.stream(b'{"totals":{"scope1":"0"}}', b"/Type /EmbeddedFile /Subtype /application#2Fjson")
NEW_TEXT = pdfs.stream(b"BT /F1 12 Tf 72 700 Td (0 t CO2e) Tj ET", b"")
NOTE = b"<< /Type /Annot /Subtype /FreeText /Rect [ 0 0 600 800 ] /Contents (0 t) /DA (/F1 12 Tf) >>"


def number_of(data: bytes, needle: bytes) -> int:
    """The object that says this, in its last version."""
    start = data.rindex(b" 0 obj\n", 0, data.rindex(needle))
    return int(data[data.rindex(b"\n", 0, start) + 1 : start])


def body_of(data: bytes, number: int) -> bytes:
    start = data.rindex(b"\n%d 0 obj\n" % number) + len(b"\n%d 0 obj\n" % number)
    return data[start : data.index(b"\nendobj", start)]


def updates(data: bytes, role: bytes = b"PlantManager") -> dict[str, dict[int, bytes]]:
    """Ways of changing a signed file by adding behind it, as known from attacks on other programs; ``role`` is that of
    the second signature."""
    page = body_of(data, pdfs.PAGE)
    second = number_of(data, b"/T (%s)" % role)
    field = body_of(data, second)
    form = number_of(data, b"/SigFlags 3")
    everywhere = b"[ 0 0 600 800 ]"
    return {
        "attachment swapped": {pdfs.DATA: NEW_PACKAGE},
        "page content replaced": {pdfs.CONTENT: NEW_TEXT},
        "page pointed at other content": {pdfs.PAGE: page.replace(b"4 0 R", b"900 0 R"), 900: NEW_TEXT},
        "page hidden behind another": {pdfs.PAGES: b"<< /Type /Pages /Count 1 /Kids [ 10 0 R ] >>"},
        "note laid over the page": {pdfs.PAGE: page.replace(b"11 0 R", b"11 0 R 901 0 R"), 901: NOTE},
        "field moved over the page": {second: re.sub(rb"/Rect \[.*?\]", b"/Rect " + everywhere, field)},
        "form value changed": {second: field.replace(b"/T (%s)" % role, b"/T (%s) /V (yes)" % role)},
        "field added": {form: body_of(data, form).replace(b"/Fields [", b"/Fields [ 902 0 R"), 902: NOTE},
        "empty update": {903: b"<< >>"},
        "catalog with a script": {
            pdfs.CATALOG: body_of(data, pdfs.CATALOG).replace(b"/Lang", b"/OpenAction 904 0 R /Lang"),
            904: b"<< /S /JavaScript /JS (app.alert(1)) >>",
        },
    }


NAMES = ["attachment swapped", "page content replaced", "page pointed at other content", "page hidden behind another",
         "note laid over the page", "field moved over the page", "form value changed", "field added", "empty update",
         "catalog with a script"]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_updates_behind_both_signatures(name: str, approved: bytes, judged: Judge) -> None:
    assert set(NAMES) == set(updates(approved))
    refused(judged(pdfs.append(approved, updates(approved)[name])), ADDED)


@pytest.mark.parametrize("name", NAMES)
def test_updates_in_the_place_of_the_second_signature(name: str, audited: bytes, judged: Judge) -> None:
    reason = "moved over the page" if name == "field moved over the page" else TOO_MUCH
    refused(judged(pdfs.append(audited, updates(audited)[name]), (AUDITOR,)), reason)


def test_a_stripped_second_signature(audited: bytes, judged: Judge) -> None:
    refused(judged(audited), "signature of the plant manager is missing")


def test_a_file_without_any_signature(pdf: bytes, judged: Judge) -> None:
    refused(judged(pdf), "not signed")


@pytest.mark.parametrize("index", [0, 1])
def test_a_forged_byte_range(index: int, approved: bytes, judged: Judge) -> None:
    match = containers(approved)[index]
    gap = b"[0 %d %d %d]" % (int(match[2]), int(match[3]) + 9, int(match[4]) - 9)
    written = b"[0 %s %s %s]" % (match[2], match[3], match[4])
    forged = approved.replace(written, gap.ljust(len(written)))
    assert forged != approved
    refused(judged(forged), "leaves out a part|damaged|the way this program writes it")


def test_wrapping_a_signature(audited: bytes, judged: Judge) -> None:
    """The signed bytes stay and are covered; what a reader sees stands in the gap."""
    match = containers(audited)[0]
    end = int(match[3])
    evil = b"/Evil (%s)\n" % (b"x" * 50)
    wrapped = audited[:end] + b"\n" + evil + audited[end:]
    written = b"[0 %s %s %s]" % (match[2], match[3], match[4])
    moved = b"[0 %s %d %s]" % (match[2], end + len(evil) + 1, match[4])
    wrapped = wrapped.replace(written, moved)
    assert not judged(wrapped, (AUDITOR,)).valid


def test_a_second_signature_dictionary_in_the_gap(audited: bytes, judged: Judge) -> None:
    match = containers(audited)[0]
    twice = audited[: match.start()] + match[0] + b"\n" + audited[match.start() :]
    refused(judged(twice, (AUDITOR,)), "says “Contents” twice")


@pytest.mark.parametrize("junk", [b"x", b"\n\n", b" ", b"\0" * 10, b"%comment\n", b"junk" * 5_000_000])
def test_bytes_after_the_end(junk: bytes, approved: bytes, judged: Judge) -> None:
    assert not judged(approved + junk).valid


def test_bytes_after_the_end_have_their_reason(approved: bytes, judged: Judge) -> None:
    refused(judged(approved + b"<script>"), "behind the end")


def test_bytes_before_the_beginning(approved: bytes, judged: Judge) -> None:
    refused(judged(b"\n" + approved), "not a PDF")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"PK\x03\x04", "not a PDF"),
        (b"%PDF-1.7\n", "cut off"),
        (b"%PDF-1.7\n%%EOF\n", "damaged"),
        (b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\nstartxref\n9\n%%EOF\n", "damaged"),
    ],
)
def test_what_is_no_report(data: bytes, reason: str, judged: Judge) -> None:
    refused(judged(data), reason)


@pytest.mark.parametrize("part", [0.01, 0.2, 0.5, 0.9, 0.999])
def test_a_file_that_is_cut_off(part: float, approved: bytes, judged: Judge) -> None:
    refused(judged(approved[: int(len(approved) * part)]), "cut off|behind the end")


def test_a_table_that_loops(approved: bytes, judged: Judge) -> None:
    looping = re.sub(rb"/Prev \d+", b"/Prev %d" % approved.rindex(b"xref\n0 1"), approved)
    assert not judged(looping).valid
    refused(judged(pdfs.append(pdfs.report().build(), {12: b"<< >>"}, extra=b"").replace(b"/Prev ", b"/Prev 9")),
            "does not continue")  # fmt: skip


def test_object_streams_in_an_update(audited: bytes, judged: Judge) -> None:
    hidden = pdfs.stream(b"4 0 << >>", b"/Type /ObjStm /N 1 /First 4")
    refused(judged(pdfs.append(audited, {900: hidden})), "compressed object streams")
    refused(judged(pdfs.append(audited, {900: b"<< >>"}, extra=b"/XRefStm 17")), "compressed object streams")


def test_an_encrypted_file(approved: bytes, judged: Judge) -> None:
    locked = pdfs.report()
    locked.trailer = b"/Encrypt 12 0 R"
    locked.bodies[12] = b"<< /Filter /Standard /V 1 /R 2 /O (x) /U (x) /P -4 >>"
    refused(judged(locked.build()), "encrypted")
    refused(judged(pdfs.append(approved, {900: b"<< >>"}, extra=b"/Encrypt 900 0 R")), "added|encrypted")


def test_a_table_that_points_elsewhere(approved: bytes, judged: Judge) -> None:
    entries = list(re.finditer(rb"\d{10} 00000 n", approved))
    for entry in (entries[0], entries[5], entries[-1]):
        refused(judged(flipped(approved, entry.start() + 9)), "table of contents")
