"""Time stamps: asked for over the network, read strictly, believed only of whom head office believes for them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import pytest
from asn1crypto import cms, tsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID

from core.errors import UserError
from core.signing import (
    AUDITOR,
    PLANT_MANAGER,
    Revocation,
    SignatureReport,
    Trust,
    make_crl,
    sign,
    verify,
    verify_isolated,
)
from core.signing.layout import CONTENTS_DIGITS, STAMPED_DIGITS
from tests.core.signing import forging, pki
from tests.core.signing.conftest import LATER, SIGNED, People
from tests.core.signing.tsa import Tsa, serving, time_stamper

STAMPED = SIGNED + timedelta(minutes=2)
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Made:
    """A stamped report, and who is believed."""

    pdf: bytes
    trust: Trust


def stamped(pdf: bytes, people: People, tsa: Tsa, at: datetime = STAMPED, when: datetime = SIGNED) -> bytes:
    with serving(lambda query: tsa.answer(query, at)) as url:
        return sign(pdf, people.auditor, reason="Audit", location="", when=when, time_stamps=url)


@pytest.fixture(scope="module")
def tsa() -> Tsa:
    return time_stamper(pki.authority("Time Root"))


@pytest.fixture(scope="module")
def made(pdf: bytes, people: People, tsa: Tsa) -> Made:
    trust = Trust((people.authority.certificate,), stampers=(tsa.root.certificate,))
    return Made(stamped(pdf, people, tsa), trust)


def judged(pdf: bytes, trust: Trust, when: datetime = LATER) -> tuple[bool, str, SignatureReport]:
    answer = verify(pdf, trust, when=when)
    return answer.valid, str(answer.reason), answer.signatures[0]


@pytest.mark.parametrize("examine", [verify, verify_isolated])
def test_a_stamp_proves_when_a_signature_existed(made: Made, examine: Callable[..., object]) -> None:
    answer = examine(made.pdf, made.trust, when=LATER)
    assert answer.valid, answer.reason  # type: ignore[attr-defined]
    report = answer.signatures[0]  # type: ignore[attr-defined]
    assert (report.level, report.proven_at, report.stamped_by) == ("PAdES B-T", STAMPED, "Time stamps 1")
    assert report.signed_at == SIGNED


def test_it_fits_and_both_may_stamp(made: Made, people: People, tsa: Tsa) -> None:
    with serving(lambda query: tsa.answer(query, STAMPED)) as url:
        both = sign(made.pdf, people.manager, reason="", location="", when=SIGNED, field=PLANT_MANAGER, time_stamps=url)
    answer = verify(both, made.trust, when=LATER, required=(AUDITOR, PLANT_MANAGER))
    assert answer.valid, answer.reason
    assert [one.proven_at for one in answer.signatures] == [STAMPED, STAMPED]
    assert [len(one[1]) for one in forging.containers(both)] == [STAMPED_DIGITS] * 2
    plain = sign(made.pdf, people.manager, reason="", location="", when=SIGNED, field=PLANT_MANAGER)
    assert verify(plain, made.trust, when=LATER).valid
    assert [len(one[1]) for one in forging.containers(plain)] == [STAMPED_DIGITS, CONTENTS_DIGITS]


def test_a_stranger_s_stamp_says_nothing(made: Made) -> None:
    good, reason, report = judged(made.pdf, replace(made.trust, stampers=()))
    assert good, reason
    assert (report.level, report.proven_at, report.stamped_by) == ("PAdES B-B", None, "Time stamps 1")
    namesake = pki.authority("Time Root").certificate
    assert judged(made.pdf, replace(made.trust, stampers=(namesake,)))[2].proven_at is None
    everybody = replace(made.trust, authorities=(*made.trust.authorities, *made.trust.stampers), stampers=())
    assert judged(made.pdf, everybody)[2].proven_at is None, "to issue people is not to stamp times"


def test_a_certificate_for_something_else_stamps_nothing(pdf: bytes, people: People) -> None:
    purposes = (ExtendedKeyUsageOID.TIME_STAMPING, ExtendedKeyUsageOID.SERVER_AUTH)
    tsa = time_stamper(pki.authority("Time Root"), purposes=purposes)
    trust = Trust((people.authority.certificate,), stampers=(tsa.root.certificate,))
    assert judged(stamped(pdf, people, tsa), trust)[2].proven_at is None


def test_a_revoked_or_ended_authority_stamps_nothing(made: Made, pdf: bytes, people: People, tsa: Tsa) -> None:
    revoked = pki.crl(tsa.root, tsa.certificate.serial_number)
    assert judged(made.pdf, replace(made.trust, crls=(revoked,)))[2].proven_at is None
    other = pki.crl(tsa.root, 4711)
    assert judged(made.pdf, replace(made.trust, crls=(other,)))[2].proven_at == STAMPED
    short = time_stamper(tsa.root, months=1)
    assert judged(stamped(pdf, people, short), made.trust)[2].proven_at is None


def test_a_later_revocation_spares_what_is_proven(made: Made, people: People, audited: bytes) -> None:
    serial = people.auditor.certificate.serial_number
    lists = {
        since: make_crl(people.authority, [Revocation(serial, since)], LATER)
        for since in (STAMPED + DAY, STAMPED - DAY)
    }
    later, earlier = (replace(made.trust, crls=(crl,)) for crl in lists.values())
    assert judged(made.pdf, later)[0]
    assert "revoked" in judged(made.pdf, earlier)[1]
    assert "revoked" in judged(audited, later)[1], "a time that is only claimed proves nothing"
    assert "revoked" in judged(made.pdf, replace(later, stampers=()))[1]


def test_a_stamp_holds_the_claimed_time_to_it(pdf: bytes, people: People, tsa: Tsa, made: Made) -> None:
    for at, complaint in (
        (SIGNED - DAY, "claims a time after its time stamp"),
        (SIGNED + 800 * DAY, "not valid when the signature was time-stamped"),
    ):
        good, reason, _ = judged(stamped(pdf, people, tsa, at), made.trust, SIGNED + 900 * DAY)
        assert not good
        assert complaint in reason


def moved(made: Made, people: People, pdf: bytes, tsa: Tsa) -> bytes:
    """With the stamp of another signature."""
    other = stamped(pdf, people, tsa, when=SIGNED + timedelta(seconds=1))
    stamp = cms.ContentInfo.load(forging.der_of(other, 0))["content"]["signer_infos"][0]["unsigned_attrs"]

    def change(data: cms.SignedData) -> None:
        data["signer_infos"][0]["unsigned_attrs"] = stamp

    return changed(made.pdf, change)


def changed(pdf: bytes, change: Callable[[cms.SignedData], None]) -> bytes:
    info = cms.ContentInfo.load(forging.der_of(pdf, 0))
    change(info["content"])
    match = forging.containers(pdf)[0]
    digits = info.dump(force=True).hex().upper().encode().ljust(len(match[1]), b"0")
    return b"".join((pdf[: match.start(1)], digits, pdf[match.end(1) :]))


def test_the_stamp_of_another_signature_speaks_against_it(made: Made, people: People, pdf: bytes, tsa: Tsa) -> None:
    good, reason, _ = judged(moved(made, people, pdf, tsa), made.trust)
    assert not good
    assert "something else than this signature" in reason


def drop(data: cms.SignedData) -> None:
    del data["signer_infos"][0]["unsigned_attrs"]


def twice(data: cms.SignedData) -> None:
    beside = data["signer_infos"][0]["unsigned_attrs"]
    data["signer_infos"][0]["unsigned_attrs"] = cms.CMSAttributes([beside[0].copy(), beside[0].copy()])


def remark(data: cms.SignedData) -> None:
    added = cms.CMSAttribute({"type": "content_type", "values": ["data"]})
    data["signer_infos"][0]["unsigned_attrs"] = cms.CMSAttributes([added])


@pytest.mark.parametrize("change", [drop, twice, remark])
def test_one_right_form(made: Made, change: Callable[[cms.SignedData], None]) -> None:
    answer = verify(changed(made.pdf, change), made.trust, when=LATER)
    assert not answer.valid
    assert "one right form" in str(answer.reason)


def test_rubbish_instead_of_a_stamp(made: Made) -> None:
    def change(data: cms.SignedData) -> None:
        token = data["signer_infos"][0]["unsigned_attrs"][0]["values"][0]
        token["content"]["encap_content_info"] = {"content_type": "data", "content": b"rubbish"}

    answer = verify(changed(made.pdf, change), made.trust, when=LATER)
    assert not answer.valid
    assert "time stamp of a signature cannot be read" in str(answer.reason)


def test_every_flipped_byte_of_a_stamp_is_noticed(made: Made) -> None:
    """None makes a proof of another time: it is refused, or proves nothing, or the same."""
    match = forging.containers(made.pdf)[0]
    length = 2 * len(forging.der_of(made.pdf, 0))
    for place in range(match.start(1) + 3000, match.start(1) + length, 331):
        flipped = bytearray(made.pdf)
        flipped[place] = ord("0") if flipped[place] != ord("0") else ord("1")
        answer = verify(bytes(flipped), made.trust, when=LATER)
        assert all(one.proven_at in (None, STAMPED) for one in answer.signatures)


def test_when_nobody_answers_nothing_is_signed(pdf: bytes, people: People, tsa: Tsa) -> None:
    answers: dict[str, tuple[Callable[[bytes], bytes], int]] = {
        "not found": (lambda query: b"", 404),
        "rubbish": (lambda query: b"hello", 200),
        "too large": (lambda query: b"x" * 100_001, 200),
        "for another": (lambda query: tsa.answer(other_query(query), STAMPED), 200),
    }
    for answer, status in answers.values():
        with serving(answer, status) as url, pytest.raises(UserError, match="did not help"):
            sign(pdf, people.auditor, reason="", location="", when=SIGNED, time_stamps=url)
    with pytest.raises(UserError, match="did not help"):
        sign(pdf, people.auditor, reason="", location="", when=SIGNED, time_stamps=url)  # it has gone
    for address in ("file:///etc/hostname", "hello", "http://"):
        with pytest.raises(UserError, match="not the address"):
            sign(pdf, people.auditor, reason="", location="", when=SIGNED, time_stamps=address)


def other_query(query: bytes) -> bytes:
    asked = tsp.TimeStampReq.load(query)
    asked["message_imprint"]["hashed_message"] = b"\0" * 32
    changed_query: bytes = asked.dump(force=True)
    return changed_query


def test_a_stamp_that_is_too_large_is_refused(pdf: bytes, people: People, tsa: Tsa) -> None:
    wide = x509.SubjectAlternativeName([x509.DNSName("x" * 60 + f"{n}.example.com") for n in range(250)])
    root = pki.authority("Time Root", extra=[(wide, False)])
    large = replace(time_stamper(root), root=root)

    def answer(query: bytes) -> bytes:
        response = tsp.TimeStampResp.load(large.answer(query, STAMPED))
        added = asn1_x509.Certificate.load(root.certificate.public_bytes(Encoding.DER))
        response["time_stamp_token"]["content"]["certificates"].append(cms.CertificateChoices("certificate", added))
        dumped: bytes = response.dump(force=True)
        return dumped

    with serving(answer) as url, pytest.raises(UserError, match="larger than a report has room for"):
        sign(pdf, people.auditor, reason="", location="", when=SIGNED, time_stamps=url)
