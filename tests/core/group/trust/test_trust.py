"""Whom the group believes, in its register: taken in, distrusted, issued, renewed, revoked, sent to plants."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import UserError
from core.group.trust.believing import (
    Act,
    authority_of,
    believing,
    certificate_of,
    crl_of,
    distrusting,
    pem_of,
    sha256_of,
    trust_of,
)
from core.group.trust.bundling import bundling
from core.group.trust.naming import naming
from core.group.trust.people import (
    certificate_named,
    certificates_to_renew,
    enrolling,
    renewing,
    revoking,
    valid_certificates,
)
from core.group.trust.roots import founding, listing, lists_to_renew
from core.ledger import Authority, Certificate, Change, Dispatch, Register, Site
from core.signing import (
    Identity,
    create_authority,
    create_request,
    create_token_authority,
    make_crl,
    make_renewal,
    read_bundle,
    renewal_request,
    sign_statement,
    take_bundle,
    token_identity,
    verify_statement,
)
from core.signing.certificates import sites_of
from core.signing.trust import load_trust
from core.store import GroupFile
from tests.core.signing import pki
from tests.softhsm import PIN, soft_tokens

NOW = datetime(2026, 3, 1, 9, tzinfo=UTC)
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Office:
    """A register with an own root, and the keys of two people who were given certificates."""

    register: Register
    root: Identity
    li: Identity
    wang: Identity


def after(register: Register, act: Act) -> Register:
    return register.apply(act.steps)


def issued(
    register: Register,
    root: Identity,
    name: str = "Li Wei",
    role: str = "auditor",
    when: datetime = NOW,
    sites: tuple[str, ...] = (),
) -> tuple[Register, Identity]:
    email = f"{name.split(maxsplit=1)[0].lower()}@example.com"
    key, request = create_request("Somebody", email, "Somewhere", "plant-manager")
    act = enrolling(
        register, root, request, name=name, email=email, organisation="Plant", role=role, sites=sites, when=when
    )
    assert act.certificate is not None
    return after(register, act), Identity(certificate_of(act.certificate), key)


@pytest.fixture(scope="module")
def root() -> Identity:
    return create_authority("Example Group Root", "Example Group", NOW - DAY)


@pytest.fixture(scope="module")
def office(root: Identity) -> Office:
    register = Register.of(
        [Site("si1", "Hillside", "CN", reported_as=("Hillside works",)), Site("si2", "Krosno", "PL")]
    )
    register = after(register, founding(register, root, NOW))
    register, li = issued(register, root, sites=("hillside",))
    register, wang = issued(register, root, "Wang Fang", "plant-manager")
    return Office(register, root, li, wang)


def record(register: Register, person: Identity) -> Certificate:
    return certificate_named(register, sha256_of(person.certificate))


def says(register: Register, person: Identity, when: datetime = NOW) -> str:
    """What head office has against a statement of somebody."""
    found = verify_statement(b"x", sign_statement(b"x", person), trust_of(register, when), when=when)
    return " ".join(map(str, found.problems))


# ---------------------------------------------------------------------- own root and people


def test_the_own_root_is_entered_with_an_empty_list(office: Office, root: Identity) -> None:
    held = authority_of(office.register, "Example Group Root")
    crl = crl_of(held)
    assert held.own and held.until == "2041-02-28"
    assert crl is not None and len(crl) == 0
    act = founding(Register(), root, NOW)
    assert set(act.files) == {"root.pem", "revoked.crl"}
    assert b"PRIVATE" not in b"".join(act.files.values())
    with pytest.raises(UserError, match="in the register already"):
        founding(office.register, root, NOW)
    with pytest.raises(UserError, match="not an authority"):
        founding(office.register, office.li, NOW)


def test_a_person_is_who_head_office_says(office: Office) -> None:
    one = record(office.register, office.li)
    assert (one.name, one.role, one.organisation) == ("Li Wei", "Auditor", "Plant")
    assert one.sites == ("Hillside", "Hillside works") == sites_of(office.li.certificate)
    assert one.until == "2028-03-01T09:00:00+00:00"
    assert says(office.register, office.li) == ""
    assert {each.name for each in valid_certificates(office.register, NOW)} == {"Li Wei", "Wang Fang"}


def test_what_is_not_issued(office: Office) -> None:
    said = {"name": "Li Wei", "email": "li@example.com", "organisation": "Plant", "role": "auditor", "when": NOW}
    _, request = create_request("Li", "li@example.com", "P", "auditor")
    with pytest.raises(UserError, match="has a certificate for this role"):
        enrolling(office.register, office.root, request, **said)  # type: ignore[arg-type]
    said |= {"email": "other@example.com"}
    with pytest.raises(UserError, match="“Atlantis” is not one of the plants"):
        enrolling(office.register, office.root, request, sites=["Atlantis"], **said)  # type: ignore[arg-type]
    with pytest.raises(UserError, match="not a root of this group"):
        enrolling(office.register, pki.authority("Other"), request, **said)  # type: ignore[arg-type]
    same = renewal_request(office.li, office.li.key)
    with pytest.raises(UserError, match="key has a certificate already"):
        enrolling(office.register, office.root, same, **said)  # type: ignore[arg-type]
    with pytest.raises(UserError, match="no role"):
        enrolling(office.register, office.root, request, **{**said, "role": "king"})  # type: ignore[arg-type]


def test_a_revoked_one_is_believed_no_longer(office: Office) -> None:
    act = revoking(office.register, sha256_of(office.li.certificate)[:12], "Key lost", NOW + DAY, root=office.root)
    register = after(office.register, act)
    assert "revoked on 2026-03-02" in says(register, office.li, NOW + DAY)
    assert says(register, office.wang, NOW + DAY) == ""
    published = x509.load_pem_x509_crl(act.files["revoked.crl"])
    assert published.get_revoked_certificate_by_serial_number(office.li.certificate.serial_number) is not None
    assert record(register, office.li).why_revoked == "Key lost"
    with pytest.raises(UserError, match="was revoked on 2026-03-02"):
        revoking(register, sha256_of(office.li.certificate), "Again", NOW + DAY, root=office.root)
    second = revoking(register, "Wang Fang", "Left", NOW + DAY, root=office.root)
    assert len(x509.load_pem_x509_crl(second.files["revoked.crl"])) == 2, "in the same second, with the first one"
    for reason, since, complaint in (
        ("", NOW, "reason"),
        ("Lost", NOW - 9 * DAY, "between"),
        ("Lost", NOW + 9 * DAY, "between"),
    ):
        with pytest.raises(UserError, match=complaint):
            revoking(office.register, "Li Wei", reason, NOW + DAY, root=office.root, since=since)
    for key in (None, pki.authority("Other")):
        with pytest.raises(UserError, match="issued by another root"):
            revoking(office.register, "Li Wei", "Lost", NOW, root=key)


@settings(max_examples=12)
@given(st.permutations(range(4)), st.integers(0, 4))
def test_a_list_forgets_nobody(order: list[int], listed: int) -> None:
    """Whatever was revoked in whatever order, by the register or by an earlier list, stands in the newest list."""
    key = create_authority("Root", "Group", NOW - DAY)
    before = Authority(
        sha256_of(key.certificate), "Root", pem_of(key.certificate).decode(), False, "2041-02-28",
        crl=make_crl(key, [], NOW - DAY).public_bytes(Encoding.PEM).decode(),
    )  # fmt: skip
    register = Register.of([before])
    register = after(register, founding(register, key, NOW))
    serials = []
    for number in range(4):
        register, person = issued(register, key, f"P{number} Q")
        serials.append(person.certificate.serial_number)
    for turn, number in enumerate(order[:listed]):
        register = after(register, revoking(register, f"P{number} Q", "x", NOW + DAY * turn, root=key))
    register = after(register, listing(register, key, NOW + 9 * DAY))
    crl = crl_of(authority_of(register, "Root"))
    assert crl is not None
    assert {one.serial_number for one in crl} == {serials[number] for number in order[:listed]}


def test_a_list_of_another_copy_of_the_register_brings_nobody_back(office: Office) -> None:
    """Two copies of the group file went apart: one revoked, the other made the later list."""
    ours = after(office.register, revoking(office.register, "Li Wei", "Lost", NOW + DAY, root=office.root))
    theirs = listing(office.register, office.root, NOW + 2 * DAY)
    ours = after(ours, believing(ours, theirs.files["revoked.crl"], NOW + 2 * DAY, source="other.crl"))
    crl = crl_of(authority_of(ours, "Example Group Root"))
    assert crl is not None and len(crl) == 0
    assert "revoked on 2026-03-02" in says(ours, office.li, NOW + 2 * DAY)
    made = listing(ours, office.root, NOW + 3 * DAY)
    assert len(x509.load_pem_x509_crl(made.files["revoked.crl"])) == 1


def test_lists_and_certificates_that_end(office: Office) -> None:
    assert lists_to_renew(office.register, NOW) == ()
    assert [one.name for one in lists_to_renew(office.register, NOW + 350 * DAY)] == ["Example Group Root"]
    assert "out of date" in says(office.register, office.li, NOW + 401 * DAY)
    register = after(office.register, listing(office.register, office.root, NOW + 390 * DAY))
    assert says(register, office.li, NOW + 401 * DAY) == ""
    with pytest.raises(UserError, match="not in the past"):
        listing(register, office.root, NOW + 380 * DAY)
    assert certificates_to_renew(office.register, date(2027, 12, 31)) == ()
    assert [one.name for one in certificates_to_renew(office.register, date(2028, 1, 1))] == ["Li Wei", "Wang Fang"]
    register = after(register, revoking(register, "Li Wei", "Left", NOW + 391 * DAY, root=office.root))
    assert [one.name for one in certificates_to_renew(register, date(2028, 1, 1))] == ["Wang Fang"]


# ---------------------------------------------------------------------- renewal


def renewal(person: Identity, when: datetime) -> tuple[Identity, bytes]:
    """Another key of a person, and what asks for its certificate."""
    key, _ = create_request(person.name, "x@example.com", "P", "auditor")
    return Identity(person.certificate, key), make_renewal(person, renewal_request(person, key), when)


def test_the_old_key_asks_for_the_next_certificate(office: Office) -> None:
    later = NOW + 390 * DAY
    register = after(office.register, listing(office.register, office.root, later))
    new, asked = renewal(office.li, later)
    act = renewing(register, office.root, asked, when=later)
    assert act.certificate is not None and act.certificate.renews == sha256_of(office.li.certificate)
    register = after(register, act)
    successor = Identity(certificate_of(act.certificate), new.key)
    assert (successor.name, successor.role) == ("Li Wei", "Auditor")
    assert act.certificate.sites == ("Hillside", "Hillside works")
    assert says(register, successor, later) == "" == says(register, office.li, later)
    assert [one.name for one in certificates_to_renew(register, date(2028, 2, 1))] == ["Wang Fang"]
    with pytest.raises(UserError, match="renewed already"):
        renewing(register, office.root, asked, when=later)


def test_nobody_else_renews(office: Office, root: Identity) -> None:
    stranger = Identity(office.li.certificate, create_request("M", "m@example.com", "P", "auditor")[0])
    _, forged = renewal(stranger, NOW)
    with pytest.raises(UserError, match="not signed with the old key"):
        renewing(office.register, root, forged, when=NOW)
    _, good = renewal(office.li, NOW)
    swapped = good.replace(good[good.index(b'"request"') :], forged[forged.index(b'"request"') :])
    with pytest.raises(UserError, match="not signed with the old key"):
        renewing(office.register, root, swapped, when=NOW)
    revoked = after(office.register, revoking(office.register, "Li Wei", "Lost", NOW + DAY, root=root))
    with pytest.raises(UserError, match="is not believed: The certificate was revoked"):
        renewing(revoked, root, good, when=NOW + DAY)
    register = after(office.register, listing(office.register, root, NOW + 390 * DAY))
    register = after(register, listing(register, root, NOW + 780 * DAY))
    with pytest.raises(UserError, match="is not believed: The certificate had expired"):
        renewing(register, root, good, when=NOW + 780 * DAY)
    with pytest.raises(UserError, match="was made on"):
        renewing(office.register, root, good, when=NOW + 91 * DAY)
    foreign = create_authority("Example Group Root", "Example Group", NOW - DAY)
    _, mallory = issued(after(Register(), founding(Register(), foreign, NOW)), foreign)
    with pytest.raises(UserError, match="not issued by an authority that is trusted"):
        renewing(office.register, root, renewal(mallory, NOW)[1], when=NOW)


@pytest.mark.parametrize("data", [b"", b"{}", b"hello", b"\xff" * 10, b"{" * 200_001, b"[" * 50_000])
def test_what_is_no_renewal(office: Office, data: bytes) -> None:
    with pytest.raises(UserError, match="not a request to renew"):
        renewing(office.register, office.root, data, when=NOW)


def test_a_renewal_needs_a_new_key_and_a_certificate_that_lasts(office: Office) -> None:
    with pytest.raises(UserError, match="key that is to be replaced"):
        make_renewal(office.li, renewal_request(office.li, office.li.key), NOW)
    with pytest.raises(UserError, match="ended on"):
        renewal(office.li, NOW + 800 * DAY)


# ---------------------------------------------------------------------- other authorities


@dataclass(frozen=True)
class Company:
    root: Identity
    middle: Identity
    pem: bytes


@pytest.fixture(scope="module")
def company() -> Company:
    root = pki.authority("Company Root", length=1)
    middle = pki.authority("Company People", root, length=0)
    parts = (root.certificate, middle.certificate, pki.crl(root), pki.crl(middle))
    return Company(root, middle, b"".join(pem_of(one) for one in parts))


def test_a_company_pki_is_taken_in_and_its_people_are_named(office: Office, company: Company) -> None:
    register = after(office.register, believing(office.register, company.pem, NOW, source="company.pem"))
    assert [one.name for one in register.held(Authority)] == ["Example Group Root", "Company Root", "Company People"]
    anna = pki.card(company.middle, email="anna@example.com")
    assert "not made for signing" in says(register, anna)
    act = naming(register, pem_of(anna.certificate), role="auditor", sites=["Krosno"], when=NOW)
    register = after(register, act)
    assert says(register, anna) == ""
    (said,) = trust_of(register, NOW).named
    assert (said.role, said.sites, said.withdrawn) == ("Auditor", ("Krosno",), "")
    with pytest.raises(UserError, match="in the register already"):
        naming(register, pem_of(anna.certificate), role="plant-manager", when=NOW)
    register = after(register, revoking(register, "Anna Nowak", "Left", NOW + DAY))
    assert "revoked on 2026-03-02" in says(register, anna, NOW + DAY)
    with pytest.raises(UserError, match="in the register already"):
        naming(register, pem_of(anna.certificate), role="auditor", when=NOW + DAY)


def test_who_cannot_be_named(office: Office, company: Company) -> None:
    register = after(office.register, believing(office.register, company.pem, NOW, source="company.pem"))
    server = pki.card(company.middle, purposes=[pki.SERVER])
    stranger = pki.card(pki.authority("Company People"))
    for person, complaint in (
        (server, "not made for signing"),
        (stranger, "not issued by an authority that is trusted"),
        (office.li, "own root"),
    ):
        with pytest.raises(UserError, match=complaint):
            naming(register, pem_of(person.certificate), role="auditor", when=NOW)
    with pytest.raises(UserError, match="no certificate"):
        naming(register, b"hello", role="auditor", when=NOW)


def test_a_newer_list_is_taken_in_and_an_older_one_changes_nothing(office: Office, company: Company) -> None:
    register = after(office.register, believing(office.register, company.pem, NOW, source="company.pem"))
    newer = pem_of(pki.crl(company.middle, 4711, when=pki.BORN + DAY))
    register = after(register, believing(register, newer, NOW, source="new.crl"))
    crl = crl_of(authority_of(register, "Company People"))
    assert crl is not None and [one.serial_number for one in crl] == [4711]
    for old in (newer, pem_of(pki.crl(company.middle)), company.pem):
        with pytest.raises(UserError, match="nothing new"):
            believing(register, old, NOW, source="old.crl")


def key_of(identity: Identity) -> bytes:
    return identity.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


BAD: dict[str, tuple[Callable[[Company], bytes], str]] = {
    "private key": (lambda c: c.pem + key_of(c.root), "private key"),
    "person": (lambda c: c.pem + pem_of(pki.card(c.middle).certificate), "not that of an authority"),
    "list of a stranger": (lambda c: c.pem + pem_of(pki.crl(pki.authority("Company Root"))), "nobody who is trusted"),
    "only a stranger's list": (lambda c: pem_of(pki.crl(c.root)), "nobody who is trusted"),
    "without its root": (lambda c: pem_of(c.middle.certificate), "stands below a root that is not believed"),
    "ended": (lambda c: pem_of(pki.authority("Old", months=1).certificate), "ended on 2026-02-01"),
    "supplement": (lambda c: c.pem + pem_of(pki.crl(c.root, partial=True)), "only a supplement"),
    "nothing": (lambda c: b"hello", "nothing new"),
}


@pytest.mark.parametrize("what", BAD)
def test_what_is_not_taken_in(office: Office, company: Company, what: str) -> None:
    make, complaint = BAD[what]
    with pytest.raises(UserError, match=complaint):
        believing(office.register, make(company), NOW, source="x.pem")


def test_the_distrusted_are_believed_no_longer(office: Office, company: Company) -> None:
    register = after(office.register, believing(office.register, company.pem, NOW, source="company.pem"))
    anna = pki.card(company.middle)
    register = after(register, naming(register, pem_of(anna.certificate), role="auditor", when=NOW))
    gone = after(register, distrusting(register, "Company Root", "It was broken into", NOW + DAY))
    assert "not issued by an authority that is trusted" in says(gone, anna, NOW + DAY)
    assert says(gone, anna, NOW) == "", "only from then on"
    assert says(gone, office.li, NOW + DAY) == ""
    with pytest.raises(UserError, match="distrusted already"):
        distrusting(gone, "Company Root", "Again", NOW + DAY)
    with pytest.raises(UserError, match="distrusted on 2026-03-02: It was broken into"):
        believing(gone, company.pem, NOW + DAY, source="company.pem")
    back = after(gone, believing(gone, company.pem, NOW + DAY, source="company.pem", again=True))
    assert says(back, anna, NOW + DAY) == ""
    own = after(office.register, distrusting(office.register, "Example Group Root", "Key lost", NOW + DAY))
    with pytest.raises(UserError, match="is distrusted"):
        listing(own, office.root, NOW + DAY)
    assert certificates_to_renew(own, date(2028, 1, 1)) == ()


def test_an_authority_for_time_stamps_issues_nobody(office: Office, company: Company) -> None:
    act = believing(office.register, company.pem, NOW, source="company.pem", stamps=True)
    register = after(office.register, act)
    trust = trust_of(register, NOW)
    assert len(trust.authorities) == 1 and len(trust.stampers) == 2
    with pytest.raises(UserError, match="another purpose"):
        believing(register, company.pem, NOW, source="company.pem")
    with pytest.raises(UserError, match="not issued by an authority"):
        naming(register, pem_of(pki.card(company.middle).certificate), role="auditor", when=NOW)


# ---------------------------------------------------------------------- trust files


def test_a_plant_takes_trust_files_up_and_only_forward(office: Office, company: Company, tmp_path: Path) -> None:
    register = after(office.register, believing(office.register, company.pem, NOW, source="company.pem"))
    anna = pki.card(company.middle)
    register = after(register, naming(register, pem_of(anna.certificate), role="auditor", when=NOW))
    act, before = bundling(register, office.root, NOW), trust_of(register, NOW)
    ((name, first),) = act.files.items()
    assert name == "Example-Group-Root-1.trust"
    register = after(register, act)
    register = after(register, revoking(register, "Li Wei", "Lost", NOW + DAY, root=office.root))
    (second,) = bundling(register, office.root, NOW + DAY).files.values()
    assert read_bundle(first).trust == before
    with pytest.raises(UserError, match="needs the fingerprint"):
        take_bundle(first, None, NOW)
    with pytest.raises(UserError, match="another root"):
        take_bundle(first, None, NOW, root="00" * 32)
    held = take_bundle(first, None, NOW, root=sha256_of(office.root.certificate))
    assert held.number == 1 and {one.name for one in held.people} == {"Li Wei", "Wang Fang", "Anna Nowak"}
    newer = take_bundle(second, held, NOW + DAY)
    assert newer.number == 2
    assert take_bundle(second, newer, NOW + DAY) == newer
    with pytest.raises(UserError, match="number 1 is not later than number 2"):
        take_bundle(first, newer, NOW + DAY)
    (tmp_path / "group.trust").write_bytes(second)
    trust = load_trust(tmp_path / "group.trust")
    assert not verify_statement(b"x", sign_statement(b"x", office.li), trust, when=NOW + DAY).trusted
    assert verify_statement(b"x", sign_statement(b"x", anna), trust, when=NOW + DAY).trusted


def test_trust_files_of_others(office: Office) -> None:
    (good,) = bundling(office.register, office.root, NOW).files.values()
    held = take_bundle(good, None, NOW, root=sha256_of(office.root.certificate))
    false_root = create_authority("Example Group Root", "Example Group", NOW - DAY)
    register = after(Register(), founding(Register(), false_root, NOW))
    for _ in range(2):
        act = bundling(register, false_root, NOW)
        register = after(register, act)
    (forged,) = act.files.values()
    with pytest.raises(UserError, match="not one of this group"):
        take_bundle(forged, held, NOW)
    other = bundling(office.register, office.root, NOW + DAY)
    with pytest.raises(UserError, match="number 1 is not later than number 1"):
        take_bundle(next(iter(other.files.values())), held, NOW + DAY)
    for changed in (good.replace(b'"number":1', b'"number":2'), good.replace(b"Wang Fang", b"Wang Fing")):
        assert changed != good
        with pytest.raises(UserError, match="changed after it was signed"):
            take_bundle(changed, held, NOW)
    for broken in (b"", b"{}", good[:-1], b"[" * 100_000, b"\xff", good.replace(b'"number":1', b'"number":1.0')):
        with pytest.raises(UserError, match="not a trust file"):
            take_bundle(broken, held, NOW)


def test_a_new_root_is_introduced_by_the_old_one(office: Office) -> None:
    (first,) = bundling(office.register, office.root, NOW).files.values()
    held = take_bundle(first, None, NOW, root=sha256_of(office.root.certificate))
    fresh = create_authority("Example Group Root 2", "Example Group", NOW)
    register = after(office.register, bundling(office.register, office.root, NOW))
    register = after(register, founding(register, fresh, NOW))
    by_old = bundling(register, office.root, NOW)
    by_new = bundling(after(register, by_old), fresh, NOW)
    with pytest.raises(UserError, match="not one of this group"):
        take_bundle(next(iter(by_new.files.values())), held, NOW)
    held = take_bundle(next(iter(by_old.files.values())), held, NOW)
    assert take_bundle(next(iter(by_new.files.values())), held, NOW).number == 3


def test_a_root_that_is_lost_is_followed_by_one_that_was_compared(office: Office) -> None:
    (first,) = bundling(office.register, office.root, NOW).files.values()
    held = take_bundle(first, None, NOW, root=sha256_of(office.root.certificate))
    fresh = create_authority("Example Group Root 2", "Example Group", NOW)
    register = after(office.register, founding(office.register, fresh, NOW))
    register = after(register, distrusting(register, "Example Group Root", "Key lost", NOW))
    digits = sha256_of(fresh.certificate)
    same_number = next(iter(bundling(register, fresh, NOW).files.values()))
    with pytest.raises(UserError, match="not later than number 1"):
        take_bundle(same_number, held, NOW, root=digits)
    register = after(register, bundling(register, fresh, NOW))
    (second,) = bundling(register, fresh, NOW).files.values()
    for root, complaint in (("", "not one of this group"), ("00" * 32, "another root")):
        with pytest.raises(UserError, match=complaint):
            take_bundle(second, held, NOW, root=root)
    assert take_bundle(second, held, NOW, root=digits).trust.authorities == (fresh.certificate,)


@settings(max_examples=60)
@given(st.integers(0, 10**6), st.integers(1, 255))
def test_a_file_with_another_byte_is_refused_politely(office: Office, place: int, flip: int) -> None:
    """Of a trust file and of a request to renew; nothing else than a refusal comes of it."""
    (trust_file,) = bundling(office.register, office.root, NOW).files.values()
    held = take_bundle(trust_file, None, NOW, root=sha256_of(office.root.certificate))
    with pytest.raises(UserError):
        take_bundle(flipped(trust_file, place, flip), held, NOW)
    with pytest.raises(UserError):
        renewing(office.register, office.root, flipped(renewal(office.li, NOW)[1], place, flip), when=NOW)


def flipped(data: bytes, place: int, flip: int) -> bytes:
    changed = bytearray(data)
    changed[place % len(data)] ^= flip
    return bytes(changed)


def test_a_trust_file_with_a_stale_list_is_not_made(office: Office) -> None:
    with pytest.raises(UserError, match="out of date"):
        bundling(office.register, office.root, NOW + 401 * DAY)


# ---------------------------------------------------------------------- where it is kept


def test_a_root_on_a_token_issues_and_revokes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = soft_tokens(tmp_path, monkeypatch)
    place.add("Root")
    ident, certificate = create_token_authority(
        place.module, PIN, common_name="Example Root", organisation="Example", when=NOW
    )
    with token_identity(place.module, PIN, key=ident, when=NOW) as root:
        register = after(Register(), founding(Register(), root, NOW))
        register, li = issued(register, root)
        register = after(register, revoking(register, "Li Wei", "Lost", NOW + DAY, root=root))
        (bundle,) = bundling(register, root, NOW + DAY).files.values()
    assert "revoked" in says(register, li, NOW + DAY)
    assert take_bundle(bundle, None, NOW + DAY, root=sha256_of(certificate)).signer == certificate
    assert authority_of(register, "Example Root").until == "2041-03-01"


def test_the_register_keeps_it_and_undo_stops_before_it(office: Office, tmp_path: Path) -> None:
    act = bundling(office.register, office.root, NOW)
    with GroupFile.open(tmp_path / "g.group") as group:
        for step in (founding(Register(), office.root, NOW), act):
            group.append(Change("Wang Wei", NOW, step.why, step.steps), step.blobs)
        assert group.undoable == 0
    with GroupFile.open(tmp_path / "g.group") as group:
        assert group.health.sound
        (sent,) = group.register.held(Dispatch)
        assert group.blob(sent.sha256) == next(iter(act.files.values()))
        assert trust_of(group.register, NOW).authorities == (office.root.certificate,)


def test_names_that_mean_nobody_or_several(office: Office) -> None:
    for key in ("", "Nobody", "abcdef012345"):
        with pytest.raises(UserError, match="not one certificate"):
            certificate_named(office.register, key)
        with pytest.raises(UserError, match="not one authority"):
            authority_of(office.register, key)
    twice = replace(authority_of(office.register, "Example Group Root"), id="f" * 64)
    with pytest.raises(UserError, match="not one authority"):
        authority_of(Register.of([*office.register.held(Authority), twice]), "Example Group Root")
