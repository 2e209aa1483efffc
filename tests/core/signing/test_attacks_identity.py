"""Signatures that are mathematically right, by somebody who should not be believed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from cryptography import x509

from core.errors import UserError
from core.signing import (
    AUDITOR,
    PLANT_MANAGER,
    Identity,
    Revocation,
    Trust,
    Verification,
    create_authority,
    make_crl,
    sign,
    verify,
)
from core.signing.certificates import DOCUMENT_SIGNING
from tests.core.signing.conftest import ISSUED, LATER, SIGNED, People, person
from tests.core.signing.forging import EMAIL, SERVER, certified, force, resigned

Judge = Callable[..., Verification]


def problems(answer: Verification, index: int = 0) -> str:
    """Everything said against one signature of a file that must not be valid."""
    assert not answer.valid
    return " ".join(str(problem) for problem in answer.signatures[index].problems)


def test_an_unknown_authority_with_the_same_name(pdf: bytes, people: People, judged: Judge) -> None:
    answer = judged(force(pdf, people.stranger), (AUDITOR,))
    assert "not issued by an authority that is trusted" in problems(answer)
    assert answer.signatures[0].intact
    assert not answer.signatures[0].trusted


def test_no_trust_at_all(audited: bytes) -> None:
    assert "not issued by an authority" in problems(verify(audited, [], when=LATER))


def test_a_person_is_no_authority(audited: bytes, people: People) -> None:
    assert "not issued by an authority" in problems(verify(audited, [people.auditor.certificate], when=LATER))


@pytest.mark.parametrize(
    ("when", "complaint"),
    [(ISSUED - timedelta(days=1), "not yet valid"), (ISSUED + timedelta(days=800), "had expired")],
)
def test_signed_outside_the_certificates_time(
    when: datetime, complaint: str, pdf: bytes, people: People, roots: list[x509.Certificate]
) -> None:
    signed = force(pdf, people.auditor, when=when)
    assert complaint in problems(verify(signed, roots, when=ISSUED + timedelta(days=900)))


def test_a_certificate_that_ended_since_then_is_fine(audited: bytes, roots: list[x509.Certificate]) -> None:
    assert verify(audited, roots, when=ISSUED + timedelta(days=1500)).valid


def test_signed_in_the_future(audited: bytes, roots: list[x509.Certificate]) -> None:
    assert verify(audited, roots, when=SIGNED - timedelta(minutes=5)).valid
    assert "in the future" in problems(verify(audited, roots, when=SIGNED - timedelta(hours=1)))


def revoked(people: People, since: datetime = SIGNED) -> x509.CertificateRevocationList:
    serial = people.auditor.certificate.serial_number
    return make_crl(people.authority, [Revocation(serial, since)], since)


@pytest.mark.parametrize("since", [SIGNED - timedelta(days=9), SIGNED + timedelta(days=9)])
def test_a_revoked_signer(since: datetime, audited: bytes, people: People, roots: list[x509.Certificate]) -> None:
    """Also when revoked later: the time of signing is only claimed."""
    answer = verify(audited, roots, [revoked(people, since)], when=LATER)
    assert "was revoked on" in problems(answer)
    assert not answer.signatures[0].trusted


def test_an_empty_list_of_the_revoked(approved: bytes, people: People, roots: list[x509.Certificate]) -> None:
    answer = verify(approved, roots, [make_crl(people.authority, [], ISSUED)], when=LATER)
    assert answer.valid, answer.reason
    assert all(report.revocation_checked for report in answer.signatures)


def test_a_list_from_before_and_one_from_after_the_signature(approved: bytes, people: People) -> None:
    for made in (ISSUED, LATER):
        trust = Trust((people.authority.certificate,), (make_crl(people.authority, [], made),))
        assert verify(approved, trust, when=LATER).valid


def test_the_newest_list_counts(audited: bytes, people: People, roots: list[x509.Certificate]) -> None:
    old = make_crl(people.authority, [], ISSUED)
    assert "was revoked" in problems(verify(audited, roots, [revoked(people), old], when=LATER))


def test_a_list_that_is_out_of_date(audited: bytes, people: People, roots: list[x509.Certificate]) -> None:
    old = make_crl(people.authority, [], ISSUED)
    answer = verify(audited, roots, [old], when=ISSUED + timedelta(days=500))
    assert "out of date" in problems(answer)


def test_a_list_by_somebody_else_counts_for_nothing(
    audited: bytes, people: People, roots: list[x509.Certificate]
) -> None:
    other = create_authority("Example Group Root", "Example Group", ISSUED)
    serial = people.auditor.certificate.serial_number
    answer = verify(audited, roots, [make_crl(other, [Revocation(serial, ISSUED)], ISSUED)], when=LATER)
    assert answer.valid
    assert not answer.signatures[0].revocation_checked


@pytest.mark.parametrize(
    "purposes",
    [[SERVER], [DOCUMENT_SIGNING], [EMAIL], [DOCUMENT_SIGNING, EMAIL, SERVER]],
    ids=["tls", "doc", "mail", "all"],
)
def test_a_certificate_for_something_else(
    purposes: list[x509.ObjectIdentifier], pdf: bytes, people: People, judged: Judge
) -> None:
    mallory = certified(people.authority, purposes=purposes)
    assert "not made for signing reports" in problems(judged(force(pdf, mallory), (AUDITOR,)))


def test_a_certificate_that_does_not_bind(pdf: bytes, people: People, judged: Judge) -> None:
    mallory = certified(people.authority, commitment=False)
    assert "not made for signing reports" in problems(judged(force(pdf, mallory), (AUDITOR,)))


def test_an_authority_does_not_sign_reports(pdf: bytes, people: People, judged: Judge) -> None:
    mallory = certified(people.authority, ca=True)
    assert "not made for signing reports" in problems(judged(force(pdf, mallory), (AUDITOR,)))


def test_an_unknown_condition(pdf: bytes, people: People, judged: Judge) -> None:
    mallory = certified(people.authority, unknown=True)
    assert "condition that is not known" in problems(judged(force(pdf, mallory), (AUDITOR,)))


def test_a_person_issues_no_certificates(pdf: bytes, people: People, judged: Judge) -> None:
    """A chain over somebody's own certificate leads nowhere, however well it is made."""
    mallory = certified(people.auditor)
    assert "not issued by an authority" in problems(judged(force(pdf, mallory), (AUDITOR,)))


def test_the_manager_signs_as_auditor(pdf: bytes, people: People, judged: Judge) -> None:
    answer = judged(force(pdf, people.manager), (AUDITOR,))
    assert "for the role “PlantManager”, but signed as “Auditor”" in problems(answer)


def test_one_person_signs_twice(audited: bytes, people: People, judged: Judge) -> None:
    twin = person(people.authority, "Li Wei", PLANT_MANAGER)
    with pytest.raises(UserError, match="Li Wei has signed it already"):
        sign(audited, twin, reason="", location="", when=SIGNED, field=PLANT_MANAGER)
    signed = force(audited, twin, field=PLANT_MANAGER)
    assert "by the same person" in problems(judged(signed), 1)


def test_a_second_signature_before_the_first(audited: bytes, people: People, judged: Judge) -> None:
    signed = force(audited, people.manager, field=PLANT_MANAGER, when=SIGNED - timedelta(hours=1))
    assert "a time before the first" in problems(judged(signed), 1)


def test_a_stamp_with_another_name(pdf: bytes, people: People, judged: Judge) -> None:
    assert "stamp shows another name" in problems(judged(force(pdf, people.auditor, shown="The Chairman"), (AUDITOR,)))


@pytest.mark.parametrize("digest", ["sha1", "sha512"])
def test_another_digest(digest: str, audited: bytes, people: People, judged: Judge) -> None:
    answer = judged(resigned(audited, 0, people.auditor, digest), (AUDITOR,))
    assert not answer.valid
    assert "weak or unknown digest" in str(answer.reason)


def test_the_same_digest_signed_again_is_fine(audited: bytes, people: People, judged: Judge) -> None:
    """So the test above fails for its digest and nothing else."""
    assert judged(resigned(audited, 0, people.auditor, "sha256"), (AUDITOR,)).valid


def test_somebody_else_signs_again(audited: bytes, people: People, judged: Judge) -> None:
    answer = judged(resigned(audited, 0, people.stranger, "sha256"), (AUDITOR,))
    assert "not issued by an authority" in problems(answer)


def test_a_key_that_does_not_belong_to_the_certificate(pdf: bytes, people: People, judged: Judge) -> None:
    answer = judged(force(pdf, Identity(people.auditor.certificate, people.stranger.key)), (AUDITOR,))
    assert "changed after it was signed" in str(answer.reason)
    assert not answer.signatures[0].intact
    assert answer.package_bytes is None
