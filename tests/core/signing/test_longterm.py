"""Long after: receipts of head office prove when a report existed, and nobody else's word does."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import UserError
from core.ledger.canonical import canonical
from core.signing import (
    AUDITOR,
    PLANT_MANAGER,
    Identity,
    Named,
    Revocation,
    Trust,
    create_authority,
    create_request,
    extend,
    fingerprint,
    issue,
    make_crl,
    preserve,
    sign,
    verify,
    verify_later,
)
from tests.core.signing import pki
from tests.core.signing.conftest import ISSUED, SIGNED, People, person
from tests.core.signing.tsa import serving, time_stamper

DAY = timedelta(days=1)
IMPORTED = SIGNED + 20 * DAY
SECOND = SIGNED + 600 * DAY
MUCH_LATER = SIGNED + 3000 * DAY


def officer(authority: Identity, name: str = "Office", when: datetime = ISSUED, months: int = 24) -> Identity:
    """Somebody of head office, for all plants."""
    key, request = create_request(name, f"{name.lower()[:2]}@head.example.com", "Head office", AUDITOR)
    return Identity(issue(authority, request, role=AUDITOR, sites=(), when=when, months=months), key)


@dataclass(frozen=True)
class Kept:
    """A report, what was kept, and the people."""

    pdf: bytes
    data: bytes
    office: Identity
    people: People

    def trust(self, when: datetime, *revoked: Revocation) -> Trust:
        root = self.people.authority
        return Trust((root.certificate,), (make_crl(root, revoked, when),))


@pytest.fixture(scope="module")
def kept(approved: bytes, people: People) -> Kept:
    office = officer(people.authority)
    trust = Trust((people.authority.certificate,), (make_crl(people.authority, [], IMPORTED),))
    return Kept(approved, preserve(approved, trust, office, IMPORTED), office, people)


def gone(who: Identity, since: datetime) -> Revocation:
    return Revocation(who.certificate.serial_number, since)


def test_it_holds_after_every_certificate_has_ended(kept: Kept) -> None:
    later = verify_later(kept.pdf, kept.data, kept.trust(MUCH_LATER), MUCH_LATER)
    assert later.valid, later.problem or later.verification.reason
    assert (later.proven_at, later.proven_by) == (IMPORTED, "Office")
    assert later.renew_by == kept.office.certificate.not_valid_after_utc
    assert [one.field for one in later.verification.signatures] == [AUDITOR, PLANT_MANAGER]
    assert later.verification.package_bytes is not None


def test_a_later_revocation_spares_it_and_an_earlier_one_does_not(kept: Kept) -> None:
    auditor = kept.people.auditor
    for since, good in ((IMPORTED + DAY, True), (IMPORTED, False), (SIGNED, False)):
        trust = kept.trust(SECOND, gone(auditor, since))
        assert not verify(kept.pdf, trust, when=SECOND).valid, "without what was kept"
        assert verify_later(kept.pdf, kept.data, trust, SECOND).valid is good


def test_the_receipt_of_a_revoked_officer_proves_nothing_until_one_is_on_top(kept: Kept) -> None:
    revoked = gone(kept.office, SECOND + DAY)
    later = verify_later(kept.pdf, kept.data, kept.trust(SECOND + 2 * DAY, revoked), SECOND + 2 * DAY)
    assert not later.valid
    assert "receipt of head office is not believed: The certificate was revoked" in str(later.problem)
    other = officer(kept.people.authority, "Deputy", SECOND - DAY)
    both = extend(kept.pdf, kept.data, kept.trust(SECOND), other, SECOND)
    later = verify_later(kept.pdf, both, kept.trust(SECOND + 2 * DAY, revoked), SECOND + 2 * DAY)
    assert later.valid, later.problem
    assert (later.proven_at, later.proven_by) == (IMPORTED, "Deputy")
    before = gone(kept.office, IMPORTED - DAY)
    assert not verify_later(kept.pdf, both, kept.trust(SECOND + 2 * DAY, before), SECOND + 2 * DAY).valid
    with pytest.raises(UserError, match="proves nothing any more"):
        extend(kept.pdf, kept.data, kept.trust(SECOND + 2 * DAY, revoked), other, SECOND + 2 * DAY)


def test_a_new_root_may_carry_on(kept: Kept) -> None:
    """The old root is believed no longer, but was when the receipt of the new one was put on top."""
    fresh = create_authority("Second Root", "Example Group", SECOND - DAY)
    deputy = officer(fresh, "Deputy", SECOND - DAY)
    both_roots = kept.trust(SECOND).joined(Trust((fresh.certificate,), (make_crl(fresh, [], SECOND),)))
    data = extend(kept.pdf, kept.data, both_roots, deputy, SECOND)
    only_new = Trust((fresh.certificate,), (make_crl(fresh, [], MUCH_LATER),))
    assert verify_later(kept.pdf, data, only_new, MUCH_LATER).valid
    assert not verify_later(kept.pdf, kept.data, only_new, MUCH_LATER).valid
    assert not verify_later(kept.pdf, data, kept.trust(MUCH_LATER), MUCH_LATER).valid


def test_who_cannot_vouch(kept: Kept, approved: bytes, people: People) -> None:
    trust = kept.trust(IMPORTED)
    twin = officer(people.authority, people.auditor.name)
    for signer, complaint in (
        (people.auditor, "signed the report and cannot prove when"),
        (twin, "signed the report and cannot prove when"),
        (person(people.authority, "Zhao Min", AUDITOR), "not for all plants"),
        (person(people.authority, "Zhao Min", PLANT_MANAGER), "not for all plants"),
        (people.stranger, "signed the report"),
        (officer(create_authority("Example Group Root", "Example Group", ISSUED)), "not issued by an authority"),
    ):
        with pytest.raises(UserError, match=complaint):
            preserve(approved, trust, signer, IMPORTED)
    with pytest.raises(UserError, match="ended on"):
        preserve(approved, kept.trust(SIGNED + 700 * DAY), kept.office, SIGNED + 700 * DAY)


def test_what_is_not_believed_is_not_kept(kept: Kept, approved: bytes) -> None:
    broken = bytearray(approved)
    broken[len(broken) // 2] ^= 1
    trust = kept.trust(IMPORTED, gone(kept.people.manager, SIGNED))
    for pdf, believed in ((bytes(broken), kept.trust(IMPORTED)), (approved, trust), (b"no report", trust)):
        with pytest.raises(UserError, match="is not believed, so nothing is kept"):
            preserve(pdf, believed, kept.office, IMPORTED)


def changed(data: bytes, **what: object) -> bytes:
    plain = json.loads(data)
    plain["receipts"][0].update(what)
    return canonical(plain)


def test_what_was_changed_proves_nothing(kept: Kept, audited: bytes) -> None:
    trust = kept.trust(SECOND)
    earlier = changed(kept.data, moment=SIGNED.isoformat())
    emptied = changed(kept.data, crls=[])
    strange = create_authority("Root", "Group", ISSUED)
    other = preserve_elsewhere(kept, strange)
    for data, complaint in (
        (earlier, "changed after it was signed"),
        (emptied, "changed after it was signed"),
        (other, "not issued by an authority that is trusted"),
        (changed(kept.data, previous="00"), "do not follow each other"),
        (changed(kept.data, moment="2026-01-01"), "cannot be read"),
        (changed(kept.data, more="x"), "cannot be read"),
        (canonical({"schema": "plant-audit-ltv", "version": 1, "receipts": []}), "cannot be read"),
        (canonical({"schema": "plant-audit-ltv", "version": 2, "receipts": []}), "another version"),
        (b"{}", "cannot be read"),
        (b"hello", "canonical JSON"),
    ):
        later = verify_later(kept.pdf, data, trust, SECOND)
        assert not later.valid and later.proven_at is None
        assert complaint in str(later.problem)
    assert "another file" in str(verify_later(audited, kept.data, trust, SECOND).problem)


def preserve_elsewhere(kept: Kept, root: Identity) -> bytes:
    """A receipt of somebody who believes the group but is not believed by it."""
    trust = kept.trust(IMPORTED).joined(Trust((root.certificate,), (make_crl(root, [], IMPORTED),)))
    return preserve(kept.pdf, trust, officer(root), IMPORTED)


@settings(max_examples=60)
@given(st.integers(0, 10**6), st.integers(1, 255))
def test_a_receipt_with_another_byte_proves_nothing(kept: Kept, place: int, flip: int) -> None:
    data = bytearray(kept.data)
    data[place % len(data)] ^= flip
    later = verify_later(kept.pdf, bytes(data), kept.trust(SECOND), SECOND)
    assert not later.valid and later.proven_at is None


def test_receipts_cannot_be_reordered_or_predate(kept: Kept) -> None:
    both = json.loads(extend(kept.pdf, kept.data, kept.trust(SECOND), kept.office, SECOND))
    swapped = canonical({**both, "receipts": both["receipts"][::-1]})
    alone = canonical({**both, "receipts": both["receipts"][1:]})
    for data in (swapped, alone):
        assert "do not follow each other" in str(verify_later(kept.pdf, data, kept.trust(SECOND), SECOND).problem)
    before = verify_later(kept.pdf, kept.data, kept.trust(SIGNED), IMPORTED - DAY)
    assert "do not follow each other" in str(before.problem)


def test_a_company_that_is_no_longer_believed(pdf: bytes, people: People) -> None:
    """Its authority has ended, its lists forget who has left; what was kept remembers, and so does the time stamp."""
    root = pki.authority("Company Root")
    middle = pki.authority("Company People", root, length=0, months=30)
    anna = pki.card(middle, months=20)
    tsa = time_stamper(pki.authority("Time Root"), months=30)
    with serving(lambda query: tsa.answer(query, SIGNED)) as url:
        signed = sign(pdf, anna, reason="Audit", location="", when=SIGNED, time_stamps=url)
    own = Trust((people.authority.certificate,), (make_crl(people.authority, [], IMPORTED),))
    named = Named(fingerprint(anna.certificate).replace(" ", "").lower(), AUDITOR)
    company = Trust(
        (root.certificate, middle.certificate), (pki.crl(root), pki.crl(middle)), (named,), (tsa.root.certificate,)
    )
    data = preserve(signed, own.joined(company), officer(people.authority), IMPORTED)
    now = Trust((people.authority.certificate,), (make_crl(people.authority, [], MUCH_LATER),))
    assert not verify(signed, now, when=MUCH_LATER).valid
    later = verify_later(signed, data, now, MUCH_LATER)
    assert later.valid, later.problem or later.verification.reason
    (report,) = later.verification.signatures
    assert (report.signer, report.role, report.level, report.proven_at) == ("Anna Nowak", AUDITOR, "PAdES B-T", SIGNED)
    back = replace(now, named=(replace(named, withdrawn=(SIGNED - DAY).isoformat()),))
    assert "revoked" in str(verify_later(signed, data, back, MUCH_LATER).verification.reason)
