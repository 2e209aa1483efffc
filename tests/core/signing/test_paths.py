"""Company PKIs: from a person's card over an authority to a root, as strict as our own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509

from core.errors import UserError
from core.signing import AUDITOR, PLANT_MANAGER, Identity, Named, Trust, fingerprint, sign, verify, verify_isolated
from core.signing.trust import with_rest
from core.signing.verification.paths import path_of
from core.signing.verification.signers import problems_of
from tests.core.signing import pki
from tests.core.signing.conftest import LATER, SIGNED, People

DER = "der"


@dataclass(frozen=True)
class Company:
    """Whose PKI it is, and what head office says of it."""

    root: Identity
    middle: Identity
    anna: Identity
    trust: Trust


def named(person: Identity, role: str = AUDITOR, sites: tuple[str, ...] = (), withdrawn: str = "") -> Named:
    return Named(fingerprint(person.certificate).replace(" ", "").lower(), role, sites, withdrawn)


def believing(*authorities: Identity, people: tuple[Named, ...] = ()) -> Trust:
    return Trust(
        tuple(one.certificate for one in authorities), tuple(pki.crl(one) for one in authorities), named=people
    )


@pytest.fixture(scope="module")
def company() -> Company:
    root = pki.authority("Company Root", length=1)
    middle = pki.authority("Company People", root, length=0)
    anna = pki.card(middle)
    return Company(root, middle, anna, believing(root, middle, people=(named(anna, sites=("CN-HE-01",)),)))


def against(person: Identity, trust: Trust, role: str = AUDITOR, when: datetime = LATER, **more: datetime) -> str:
    return " ".join(str(one) for one in problems_of(person.certificate, role, SIGNED, when, trust, **more))


@pytest.fixture(scope="module")
def signed(pdf: bytes, company: Company) -> bytes:
    return sign(pdf, company.anna, reason="Audit", location="", when=SIGNED)


@pytest.mark.parametrize("examine", [verify, verify_isolated])
def test_a_card_of_a_company_signs_a_report(signed: bytes, company: Company, examine: Callable[..., object]) -> None:
    answer = examine(signed, company.trust, when=LATER)
    assert answer.valid, answer.reason  # type: ignore[attr-defined]
    report = answer.signatures[0]  # type: ignore[attr-defined]
    assert (report.role, report.sites, report.revocation_checked) == (AUDITOR, ("CN-HE-01",), True)
    assert report.issuer == "Company People"


def test_it_takes_head_offices_word(signed: bytes, company: Company) -> None:
    nobody = replace(company.trust, named=())
    other = replace(company.trust, named=(named(company.anna, PLANT_MANAGER),))
    taken_back = replace(company.trust, named=(named(company.anna, withdrawn=LATER.isoformat()),))
    for trust, reason in ((nobody, "not made for signing"), (other, "for the role"), (taken_back, "revoked on")):
        answer = verify(signed, trust, when=LATER)
        assert not answer.valid
        assert reason in str(answer.reason)


def test_what_is_said_of_one_holds_for_no_other(company: Company) -> None:
    namesake = pki.card(company.middle)
    assert "not made for signing" in against(namesake, company.trust)


def test_an_authority_between_is_no_root(company: Company) -> None:
    alone = believing(company.middle, people=company.trust.named)
    assert "not issued by an authority that is trusted" in against(company.anna, alone)
    assert path_of(company.anna.certificate, company.trust) == (company.middle.certificate, company.root.certificate)


def test_both_lists_are_needed_and_read(company: Company) -> None:
    trust = company.trust
    for missing in trust.crls:
        kept = tuple(crl for crl in trust.crls if crl != missing)
        assert "is missing" in against(company.anna, replace(trust, crls=kept))
    both = (pki.crl(company.root), pki.crl(company.middle, company.anna.certificate.serial_number))
    assert "certificate was revoked on 2026-01-01" in against(company.anna, replace(trust, crls=both))
    both = (pki.crl(company.root, company.middle.certificate.serial_number), pki.crl(company.middle))
    assert "Company People was revoked" in against(company.anna, replace(trust, crls=both))
    old = (pki.crl(company.root, days=5), pki.crl(company.middle))
    assert "of Company Root is out of date" in against(company.anna, replace(trust, crls=old))


def test_a_list_that_is_only_a_part_counts_for_nothing(company: Company) -> None:
    part = pki.crl(company.middle, when=pki.BORN + timedelta(days=1), partial=True)
    trust = replace(company.trust, crls=(pki.crl(company.root), part))
    assert "of Company People is missing" in against(company.anna, trust)


def test_a_path_that_is_too_long_for_its_root() -> None:
    root = pki.authority("Root", length=0)
    middle = pki.authority("Middle", root)
    anna = pki.card(middle)
    assert "more authorities" in against(anna, believing(root, middle, people=(named(anna),)))


def test_a_path_that_is_too_long_for_anybody() -> None:
    chain = [pki.authority("Root")]
    for name in ("One", "Two", "Three"):
        chain.append(pki.authority(name, chain[-1]))
    short, long = pki.card(chain[2]), pki.card(chain[3])
    trust = believing(*chain, people=(named(short), named(long)))
    assert against(short, trust) == ""
    assert "not issued by an authority that is trusted" in against(long, trust)


def test_an_authority_that_had_ended(company: Company) -> None:
    ended = pki.authority("Company Old", company.root, length=0, months=1)
    anna = pki.card(ended, when=pki.BORN)
    assert "not valid at that time" in against(anna, believing(company.root, ended, people=(named(anna),)))


def test_an_authority_with_a_condition_or_without_the_right_to_issue(company: Company) -> None:
    limits = (x509.NameConstraints([x509.DNSName("example.com")], None), True)
    narrow = pki.authority("Company Web", company.root, length=0, extra=[limits])
    anna = pki.card(narrow)
    assert "not made for issuing" in against(anna, believing(company.root, narrow, people=(named(anna),)))
    person = pki.card(company.middle)
    forged = pki.card(person)
    trust = believing(company.root, company.middle, person, people=(named(forged),))
    assert "not made for issuing" in against(forged, trust)


def test_of_two_paths_the_good_one_counts(company: Company) -> None:
    """An authority was given a new certificate for its key; both are known."""
    ended = pki.authority("Company Again", company.root, length=0, months=1)
    fresh = Identity(pki.reissued(ended, company.root, months=120), ended.key)
    anna = pki.card(fresh)
    for order in ((ended, fresh), (fresh, ended)):
        assert against(anna, believing(company.root, *order, people=(named(anna),))) == ""


@pytest.mark.parametrize(("bits", "complaint"), [(2048, ""), (1024, "not made for issuing")])
def test_a_company_with_keys_of_another_kind(pdf: bytes, bits: int, complaint: str) -> None:
    """Authorities mostly have keys of RSA; only people sign with P-256."""
    root = pki.authority("Company Root", bits=2048)
    middle = pki.authority("Company People", root, length=0, bits=bits)
    anna = pki.card(middle)
    trust = believing(root, middle, people=(named(anna),))
    assert complaint in against(anna, trust)
    answer = verify(sign(pdf, anna, reason="", location="", when=SIGNED), trust, when=LATER)
    assert answer.valid is (complaint == ""), answer.reason


@pytest.mark.parametrize("purposes", [(pki.SERVER,), (pki.EMAIL, pki.SERVER), (pki.LOGON,)])
def test_a_card_for_something_else(company: Company, purposes: tuple[x509.ObjectIdentifier, ...]) -> None:
    other = pki.card(company.middle, purposes=purposes)
    trust = replace(company.trust, named=(named(other),))
    assert "not made for signing" in against(other, trust)


def test_a_card_that_commits_to_nothing(company: Company) -> None:
    weak = pki.card(company.middle, commits=False)
    assert "not made for signing" in against(weak, replace(company.trust, named=(named(weak),)))


def test_two_people_without_addresses_are_two(pdf: bytes, company: Company) -> None:
    boss = pki.card(company.middle, "Piotr Zielinski")
    trust = replace(company.trust, named=(named(company.anna), named(boss, PLANT_MANAGER)))
    both = sign(pdf, company.anna, reason="", location="", when=SIGNED)
    both = sign(both, boss, reason="", location="", when=SIGNED, field=PLANT_MANAGER)
    assert verify(both, trust, when=LATER).valid
    again = sign(pdf, company.anna, reason="", location="", when=SIGNED)
    with pytest.raises(UserError, match="has signed it already"):
        sign(again, company.anna, reason="", location="", when=SIGNED, field=PLANT_MANAGER)


def test_only_a_proven_time_outlives_a_revocation(company: Company, signed: bytes) -> None:
    since = SIGNED + timedelta(days=10)
    lists = (pki.crl(company.root), pki.crl(company.middle, company.anna.certificate.serial_number, since=since))
    trust = replace(company.trust, crls=lists)
    assert "revoked" in against(company.anna, trust)
    assert against(company.anna, trust, proven=since - timedelta(days=1)) == ""
    assert "revoked" in against(company.anna, trust, proven=since)
    assert verify(signed, trust, when=LATER, proven=since - timedelta(days=1)).valid
    assert not verify(signed, trust, when=LATER, proven=since + timedelta(days=1)).valid


def test_our_own_certificates_are_as_before(people: People) -> None:
    trust = Trust((people.authority.certificate,))
    assert against(people.auditor, trust) == ""
    withdrawn = replace(trust, named=(named(people.auditor, withdrawn=datetime(2026, 2, 1, tzinfo=UTC).isoformat()),))
    assert "revoked on 2026-02-01" in against(people.auditor, withdrawn)


def test_trust_travels_to_another_process(company: Company) -> None:
    from cryptography.hazmat.primitives.serialization import Encoding

    trust = replace(company.trust, stampers=(company.root.certificate,))
    wires = [tuple(one.public_bytes(Encoding.DER) for one in part) for part in (trust.authorities, trust.crls)]
    assert with_rest(wires[0], wires[1], trust.rest) == trust
    assert Trust(trust.authorities).rest == b""
    assert trust.joined(trust) == trust
