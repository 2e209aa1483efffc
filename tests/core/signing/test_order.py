"""Two signatures in either order: the same file holds, and every attack on it is refused, whoever signed first."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from hypothesis import given, settings
from hypothesis import strategies as st
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.sign.fields import MDPPerm
from pyhanko.sign.signers.cms_embedder import SigMDPSetup

from core.errors import UserError
from core.signing import AUDITOR, PLANT_MANAGER, Identity, Verification, _writer, create_request, issue, sign
from core.signing.layout import BOXES, EARLIER_LABELS
from core.signing.verification.signers import same_person
from tests.core.signing import pdfs
from tests.core.signing.conftest import ISSUED, LATER, SIGNED, People
from tests.core.signing.forging import certified, containers, der_of, force, with_container
from tests.core.signing.test_attacks_inside import BOTH, altered
from tests.core.signing.test_attacks_outside import ADDED, CHANGED, NAMES, TOO_MUCH, updates

Judge = Callable[..., Verification]
ORDERS = {"auditor first": (AUDITOR, PLANT_MANAGER), "manager first": (PLANT_MANAGER, AUDITOR)}


@pytest.fixture(params=ORDERS)
def order(request: pytest.FixtureRequest) -> tuple[str, str]:
    """Who signs first, who second."""
    return ORDERS[request.param]


@pytest.fixture
def once(order: tuple[str, str], audited: bytes, pledged: bytes) -> bytes:
    """Signed by the first one."""
    return audited if order[0] == AUDITOR else pledged


@pytest.fixture
def twice(order: tuple[str, str], approved: bytes, confirmed: bytes) -> bytes:
    """Signed by both."""
    return approved if order[0] == AUDITOR else confirmed


def signer(people: People, field: str) -> Identity:
    return people.auditor if field == AUDITOR else people.manager


def other(field: str) -> str:
    return PLANT_MANAGER if field == AUDITOR else AUDITOR


def refused(answer: Verification, reason: str) -> None:
    assert not answer.valid
    assert re.search(reason, str(answer.reason)), str(answer.reason)


# ---------------------------------------------------------------------- what holds


def test_both_orders_are_believed(order: tuple[str, str], twice: bytes, pdf: bytes, judged: Judge) -> None:
    answer = judged(twice)
    assert answer.valid, answer.reason
    assert tuple(report.field for report in answer.signatures) == order
    assert [report.covers_whole_file for report in answer.signatures] == [False, True]
    assert all(report.trusted and report.intact and not report.problems for report in answer.signatures)
    assert (answer.original, answer.package_bytes) == (pdf, pdfs.PACKAGE)


def test_the_second_changes_nothing_of_the_first(pdf: bytes, once: bytes, twice: bytes) -> None:
    assert once.startswith(pdf)
    assert twice.startswith(once)


def test_the_first_certifies_and_only_the_first(twice: bytes, once: bytes) -> None:
    assert once.count(b"/TransformMethod /DocMDP") == twice.count(b"/TransformMethod /DocMDP") == 1
    assert twice.count(b"/P 2\n") == 1
    number = int(re.findall(rb"/DocMDP (\d+) 0 R", once)[0])
    assert b"\n%d 0 obj" % number in once[: containers(once)[0].start()]


def test_one_signature_alone_holds_for_its_role(order: tuple[str, str], once: bytes, judged: Judge) -> None:
    assert judged(once, (order[0],)).valid
    assert judged(once, ()).valid
    name = {AUDITOR: "auditor", PLANT_MANAGER: "plant manager"}[order[1]]
    refused(judged(once), f"signature of the {name} is missing")
    refused(judged(once, (order[1],)), f"signature of the {name} is missing")


def test_both_stamps_stand_in_their_own_boxes(twice: bytes) -> None:
    found = re.findall(rb"/T \((\w+)\)(?:\n/\w+ [^\[\]]+?)*\n/Rect \[([0-9. ]+)\]", twice)
    assert {(name.decode(), tuple(map(float, box.split()))) for name, box in found} == set(BOXES.items())
    assert len(found) == 3  # made with both, and the second written again


@pytest.mark.parametrize("lang", ["en", "zh", "both"])
def test_every_language_of_the_stamp(
    lang: str, order: tuple[str, str], pdf: bytes, people: People, judged: Judge
) -> None:
    signed = pdf
    for field in order:
        signed = sign(signed, signer(people, field), reason="", location="", when=SIGNED, field=field, lang=lang)
    assert judged(signed).valid


def test_poppler_verifies_both_orders(order: tuple[str, str], twice: bytes, tmp_path: Path) -> None:
    if shutil.which("pdfsig") is None:
        pytest.skip("pdfsig (poppler-utils) is not installed")
    (tmp_path / "report.pdf").write_bytes(twice)
    said = subprocess.run(
        ["pdfsig", "-nocert", "report.pdf"], capture_output=True, text=True, check=True, cwd=tmp_path
    ).stdout
    assert said.count("Signature is Valid.") == 2
    assert said.count("- Total document signed") == 1
    names = re.findall("Signature Field Name: (\\w+)", said)
    assert sorted(names) == sorted(order)
    whole = said.index("- Total document signed")
    assert said.rindex("Signature Field Name", 0, whole) == said.index(f"Signature Field Name: {order[1]}")


@pytest.mark.parametrize("index", [0, 1])
def test_openssl_verifies_both_orders(index: int, twice: bytes, people: People, tmp_path: Path) -> None:
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not installed")
    match = containers(twice)[index]
    first, last, length = (int(match[group]) for group in (2, 3, 4))
    (tmp_path / "content").write_bytes(twice[:first] + twice[last : last + length])
    (tmp_path / "signature").write_bytes(der_of(twice, index))
    (tmp_path / "root.pem").write_bytes(people.authority.certificate.public_bytes(Encoding.PEM))
    command = ["openssl", "cms", "-verify", "-cades", "-binary", "-inform", "DER", "-in", "signature",
               "-content", "content", "-CAfile", "root.pem", "-attime", str(int(LATER.timestamp())),
               "-out", "verified"]  # fmt: skip
    said = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert "CAdES Verification successful" in said.stderr, said.stderr


def test_a_report_stamped_by_an_earlier_version_is_still_believed(
    pdf: bytes, people: People, judged: Judge, monkeypatch: pytest.MonkeyPatch
) -> None:
    for label, believed in (
        (EARLIER_LABELS[AUDITOR][0], True),
        (EARLIER_LABELS[AUDITOR][0].__class__("By", "由"), False),
    ):
        monkeypatch.setattr("core.signing.stamp.LABELS", {AUDITOR: label})
        signed = force(pdf, people.auditor)
        monkeypatch.undo()
        assert judged(signed, (AUDITOR,)).valid is believed


# ---------------------------------------------------------------------- who may sign


def test_what_signing_refuses(order: tuple[str, str], once: bytes, twice: bytes, people: People) -> None:
    first, second = order
    with pytest.raises(UserError, match="already signed as"):
        sign(once, signer(people, first), reason="", location="", when=SIGNED, field=first)
    for field in order:
        with pytest.raises(UserError, match="already signed as"):
            sign(twice, signer(people, field), reason="", location="", when=SIGNED, field=field)
    with pytest.raises(UserError, match="not for signing as"):
        sign(once, signer(people, first), reason="", location="", when=SIGNED, field=second)
    changed = once.replace(b"/Title (Carbon report)", b"/Title (Carbon reform)")
    with pytest.raises(UserError, match="changed after it was signed"):
        sign(changed, signer(people, second), reason="", location="", when=SIGNED, field=second)


def twin(people: People, of: Identity, role: str, share: str) -> Identity:
    """A certificate of the other role that shares one thing with somebody's."""
    name = of.name if share == "name" else "Zhao Min"
    email = "li@example.com" if of is people.auditor else "wang@example.com"
    key, request = create_request(name, email if share == "e-mail" else "zhao@example.com", "Plant", role)
    if share == "key":
        key, asked = of.key, x509.load_pem_x509_csr(request)
        builder = x509.CertificateSigningRequestBuilder(asked.subject, list(asked.extensions))
        request = builder.sign(key, hashes.SHA256()).public_bytes(Encoding.PEM)
    return Identity(issue(people.authority, request, role=role, sites=["CN-HE-01"], when=ISSUED), key)


@pytest.mark.parametrize("share", ["name", "e-mail", "key", "nothing"])
def test_two_signatures_of_one_person(
    share: str, order: tuple[str, str], once: bytes, people: People, judged: Judge
) -> None:
    first, second = order
    same = twin(people, signer(people, first), second, share)
    answer = judged(force(once, same, field=second))
    if share == "nothing":  # so the others fail for what they share
        assert answer.valid, answer.reason
        return
    refused(answer, "Both signatures are by the same person")
    assert same_person(same.certificate, signer(people, first).certificate)
    with pytest.raises(UserError, match="has signed it already"):
        sign(once, same, reason="", location="", when=SIGNED, field=second)


@pytest.mark.parametrize("written", ["WANG  FANG", "wang fang", "\uff37ang Fang"])
def test_a_name_is_the_same_however_it_is_written(written: str, people: People) -> None:
    key, request = create_request(written, "other@example.com", "Plant", AUDITOR)
    same = Identity(issue(people.authority, request, role=AUDITOR, sites=(), when=ISSUED), key)
    assert same_person(same.certificate, people.manager.certificate)
    assert not same_person(people.auditor.certificate, people.manager.certificate)


def test_a_role_in_the_field_of_the_other(
    order: tuple[str, str], pdf: bytes, once: bytes, people: People, judged: Judge
) -> None:
    first, second = order
    wrong = f"for the role “{second}”, but signed as “{first}”"
    refused(judged(force(pdf, signer(people, second), field=first), ()), wrong)
    stranger = certified(people.authority, role=first)
    refused(judged(force(once, stranger, field=second)), f"for the role “{first}”, but signed as “{second}”")


def test_a_second_signature_that_claims_to_be_older(
    order: tuple[str, str], once: bytes, people: People, judged: Judge
) -> None:
    early = force(once, signer(people, order[1]), field=order[1], when=SIGNED - timedelta(hours=1))
    refused(judged(early), "a time before the first")


def test_a_stranger_signs_second(once: bytes, order: tuple[str, str], people: People, judged: Judge) -> None:
    mallory = certified(people.stranger, role=order[1])
    refused(judged(force(once, mallory, field=order[1])), "not issued by an authority")


# ---------------------------------------------------------------------- without a key


@pytest.mark.parametrize("name", NAMES)
def test_updates_behind_both(name: str, order: tuple[str, str], twice: bytes, judged: Judge) -> None:
    refused(judged(pdfs.append(twice, updates(twice, order[1].encode())[name])), ADDED)


@pytest.mark.parametrize("name", NAMES)
def test_updates_in_the_place_of_the_second(name: str, order: tuple[str, str], once: bytes, judged: Judge) -> None:
    reason = "moved over the page" if name == "field moved over the page" else TOO_MUCH
    refused(judged(pdfs.append(once, updates(once, order[1].encode())[name]), (order[0],)), reason)


@pytest.mark.parametrize("name", NAMES)
def test_shadow_content_between_the_two(
    name: str, order: tuple[str, str], once: bytes, people: People, judged: Judge
) -> None:
    """Something is put between, and the second person signs over it with a good key."""
    between = pdfs.append(once, updates(once, order[1].encode())[name])
    with pytest.raises(UserError, match="cannot be signed"):
        sign(between, signer(people, order[1]), reason="", location="", when=SIGNED, field=order[1])
    try:
        signed = force(between, signer(people, order[1]), field=order[1])
    except Exception:  # some are so broken that nobody can sign them
        signed = between
    answer = judged(signed)
    refused(answer, f"{ADDED}|{TOO_MUCH}|moved over the page")
    assert answer.package_bytes is None


def test_the_second_signature_taken_off(order: tuple[str, str], once: bytes, twice: bytes, judged: Judge) -> None:
    assert judged(twice[: len(once)], (order[0],)).valid
    refused(judged(twice[: len(once)]), "is missing")


def test_signatures_swapped(twice: bytes, judged: Judge) -> None:
    refused(judged(with_container(twice, 0, der_of(twice, 1))), CHANGED)
    refused(judged(with_container(twice, 1, der_of(twice, 0))), CHANGED)


def test_a_signature_of_the_other_order(approved: bytes, confirmed: bytes, judged: Judge) -> None:
    refused(judged(with_container(confirmed, 0, der_of(approved, 1))), CHANGED)
    refused(judged(with_container(approved, 1, der_of(confirmed, 0))), CHANGED)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_every_byte_counts_in_the_other_order_too(confirmed: bytes, judged: Judge, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(confirmed) - 1))
    value = data.draw(st.integers(0, 255).filter(lambda value: value != confirmed[place]))
    answer = judged(confirmed[:place] + bytes([value]) + confirmed[place + 1 :])
    assert not answer.valid
    assert "could not be examined" not in str(answer.reason), answer.reason


# ---------------------------------------------------------------------- with a good key


@pytest.mark.parametrize("name", BOTH)
def test_what_the_first_may_not_add(
    name: str, order: tuple[str, str], pdf: bytes, people: People, judged: Judge, monkeypatch: pytest.MonkeyPatch
) -> None:
    change, reason = BOTH[name]
    altered(monkeypatch, "_create_fields", change)
    refused(judged(force(pdf, signer(people, order[0]), field=order[0]), (order[0],)), reason)


@pytest.mark.parametrize("name", BOTH)
def test_what_the_second_may_not_add(
    name: str, order: tuple[str, str], once: bytes, people: People, judged: Judge, monkeypatch: pytest.MonkeyPatch
) -> None:
    change, reason = BOTH[name]
    altered(monkeypatch, "_existing_field", change)
    refused(judged(force(once, signer(people, order[1]), field=order[1])), reason)


def _fields(writer: Any) -> list[Any]:
    return [field.get_object() for field in writer.root["/AcroForm"]["/Fields"]]


def filled(writer: Any, made: Any) -> None:
    """A value in the field of the one who has not signed."""
    for field in _fields(writer):
        if field["/T"] != made["/T"]:
            field[pdf_name("/V")] = generic.TextStringObject("yes")


def moved_other(writer: Any, made: Any) -> None:
    for field in _fields(writer):
        if field["/T"] != made["/T"]:
            field[pdf_name("/Rect")] = generic.ArrayObject([generic.NumberObject(side) for side in (0, 0, 595, 842)])


def swapped_fields(writer: Any, made: Any) -> None:
    writer.root["/AcroForm"]["/Fields"].reverse()


def third_field(writer: Any, made: Any) -> None:
    writer.root["/AcroForm"]["/Fields"].append(writer.add_object(generic.DictionaryObject()))


def renamed_other(writer: Any, made: Any) -> None:
    for field in _fields(writer):
        if field["/T"] != made["/T"]:
            field[pdf_name("/T")] = generic.pdf_string("Chairman")


FIRST: dict[str, tuple[Callable[[Any, Any], None], str]] = {
    "the other field filled": (filled, TOO_MUCH),
    "the other field moved": (moved_other, "moved over the page"),
    "fields swapped": (swapped_fields, "Page 1 was changed|moved over the page|not as it should be"),
    "a third field": (third_field, "other form fields"),
    "the other field renamed": (renamed_other, "not as it should be"),
}


@pytest.mark.parametrize("name", FIRST)
def test_what_the_first_may_not_do_to_the_field_of_the_other(
    name: str, order: tuple[str, str], pdf: bytes, people: People, judged: Judge, monkeypatch: pytest.MonkeyPatch
) -> None:
    change, reason = FIRST[name]
    altered(monkeypatch, "_create_fields", change)
    refused(judged(force(pdf, signer(people, order[0]), field=order[0]), (order[0],)), reason)


def test_an_empty_field_that_shows_something(
    order: tuple[str, str], pdf: bytes, people: People, judged: Judge, monkeypatch: pytest.MonkeyPatch
) -> None:
    xobject = _writer._xobject
    monkeypatch.setattr(_writer, "_xobject", lambda w, content, r: xobject(w, content or b"0 0 9 9 re f", r))
    signed = force(pdf, signer(people, order[0]), field=order[0])
    refused(judged(signed, (order[0],)), "empty signature field shows something")


def certifying(monkeypatch: pytest.MonkeyPatch, certify: bool, allowed: MDPPerm | None) -> None:
    """Let the writer make this kind of signature, whatever the place in the order."""
    original = SigMDPSetup
    monkeypatch.setattr(_writer, "SigMDPSetup", lambda digest, *_: original(digest, certify, None, allowed))


def test_a_first_signature_that_does_not_certify(
    order: tuple[str, str], pdf: bytes, people: People, judged: Judge, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = order
    certifying(monkeypatch, False, None)
    signed = force(pdf, signer(people, first), field=first)
    refused(judged(signed, (first,)), "first signature does not certify")
    monkeypatch.undo()
    refused(judged(force(signed, signer(people, second), field=second)), "first signature does not certify")


@pytest.mark.parametrize("allowed", [MDPPerm.NO_CHANGES, MDPPerm.ANNOTATE])
def test_a_first_signature_that_allows_more_or_less(
    allowed: MDPPerm, order: tuple[str, str], pdf: bytes, people: People, judged: Judge,
    monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    certifying(monkeypatch, True, allowed)
    refused(judged(force(pdf, signer(people, order[0]), field=order[0]), (order[0],)), "does not certify")


def test_the_second_does_not_certify(
    order: tuple[str, str], once: bytes, people: People, judged: Judge, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A second certification would let its signer say anew what may be changed."""
    add = _writer._existing_field

    def and_certify(writer: Any, field: str) -> Any:
        found = add(writer, field)
        writer.root.pop("/Perms", None)
        return found

    monkeypatch.setattr(_writer, "_existing_field", and_certify)
    certifying(monkeypatch, True, MDPPerm.ANNOTATE)
    signed = force(once, signer(people, order[1]), field=order[1])
    assert signed.count(b"/TransformMethod /DocMDP") == 2
    refused(judged(signed), "more or less than it should|More than a signature")
