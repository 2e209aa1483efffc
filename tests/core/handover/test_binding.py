"""Who signs is a person of the audit, with their own certificate; the first signature binds them to it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from cryptography.hazmat.primitives import hashes

from core.audit.enrolling import releasing
from core.audit.gate import permit
from core.errors import UserError
from core.handover import Draft, binding, check_theirs, recorded
from core.handover.binding import same_name
from core.ledger import Engagement, Evidence, Ledger, Person, Record, Step
from core.signing import Identity, create_request, issue
from tests.core.handover.conftest import NOW, draft_of, ledger

LEAD = Person("pe00001", "Li Na", ("team_lead",))
MANAGER = Person("pe00002", "Wang Fang", ("plant_manager",), email="fang@example.org")
PREPARER = Person("pe00003", "Zhao Min", ("preparer",))
AUDITED = Engagement("2024", "Group", "Hillside", "Verification", "All", team=("pe00001",))
PROOF = Evidence("ev1", "bills.pdf", "bill", "0" * 64, 1, activities=("a00001", "a00002", "a00003"))
ALL: tuple[Record, ...] = (LEAD, MANAGER, PREPARER, AUDITED, PROOF)


def certified(authority: Identity, name: str, role: str = "auditor", email: str = "somebody@example.org") -> Identity:
    key, request = create_request(name, email, "Test Group", role)
    return Identity(issue(authority, request, role=role, sites=(), when=NOW), key)


def digest(identity: Identity) -> str:
    return identity.certificate.fingerprint(hashes.SHA256()).hex()


def bind(held: Ledger, who: str, identity: Identity) -> tuple[Step, ...]:
    return binding(held, 2024, who, identity.certificate)


def test_the_first_signature_binds(authority: Identity) -> None:
    held, li = ledger(*ALL), certified(authority, "Li Na")
    (step,) = bind(held, "Li Na", li)
    assert step == Step("person", LEAD.id, LEAD, replace(LEAD, certificate=digest(li)))
    after = held.apply([step])
    assert bind(after, "Li Na", li) == ()


def test_another_certificate_is_refused_until_the_team_lead_releases_the_old_one(authority: Identity) -> None:
    old, new = certified(authority, "Li Na"), certified(authority, "Li Na")
    held = ledger(*ALL).apply(bind(ledger(*ALL), "Li Na", old))
    with pytest.raises(UserError, match="signs with another certificate") as refused:
        bind(held, "Li Na", new)
    assert "team lead releases the old one" in str(refused.value.remedy)
    released = held.apply(releasing(held, "Li Na", "Renewed").steps)
    assert bind(released, "Li Na", new)


def test_a_certificate_has_one_owner(authority: Identity) -> None:
    held, fang = (
        ledger(*ALL, Person("pe00004", "Fang", ("plant_manager",))),
        certified(authority, "Wang Fang", "plant-manager"),
    )
    held = held.apply(bind(held, "Wang Fang", fang))
    with pytest.raises(UserError, match="is the one of Wang Fang"):
        bind(held, "Fang", fang)


@pytest.mark.parametrize("who", ["Nobody", "", "root"])
def test_in_an_audit_only_its_people_sign(who: str, authority: Identity) -> None:
    with pytest.raises(UserError, match="not one of the people of the audit of 2024"):
        bind(ledger(*ALL), who, certified(authority, "Li Na"))


def test_nobody_signs_with_a_colleagues_key(authority: Identity) -> None:
    with pytest.raises(UserError, match="that of Li Na, and not of Wang Fang"):
        bind(ledger(*ALL), "Wang Fang", certified(authority, "Li Na"))
    with pytest.raises(UserError, match="that of Li Na, and not of Wang Fang"):
        check_theirs(certified(authority, "Li Na").certificate, MANAGER)


def test_the_e_mail_address_is_as_good_as_the_name(authority: Identity) -> None:
    assert bind(ledger(*ALL), "Wang Fang", certified(authority, "F. Wang", "plant-manager", "Fang@Example.org"))


def test_a_missing_e_mail_address_is_nobodys(authority: Identity) -> None:
    with pytest.raises(UserError, match="and not of Zhao Min"):
        check_theirs(certified(authority, "Li Na", email="li@example.org").certificate, PREPARER)


@pytest.mark.parametrize(
    ("who", "role", "signs"),
    [("Li Na", "auditor", True), ("Li Na", "plant-manager", False), ("Wang Fang", "plant-manager", True),
     ("Wang Fang", "auditor", False), ("Zhao Min", "plant-manager", False), ("Zhao Min", "auditor", False)],
)  # fmt: skip
def test_the_role_in_the_certificate_is_the_one_in_the_audit(
    who: str, role: str, signs: bool, authority: Identity
) -> None:
    if signs:
        assert len(bind(ledger(*ALL), who, certified(authority, who, role))) == 1
        return
    with pytest.raises(UserError, match=f"{who} does not sign the audit of 2024 in this role"):
        bind(ledger(*ALL), who, certified(authority, who, role))


def test_an_auditor_outside_the_team_does_not_sign(authority: Identity) -> None:
    held = ledger(*ALL, Person("pe00005", "Sun Li", ("auditor",)))
    with pytest.raises(UserError, match="does not sign the audit"):
        bind(held, "Sun Li", certified(authority, "Sun Li"))


def test_without_an_audit_nothing_is_asked(authority: Identity) -> None:
    li = certified(authority, "Li Na")
    assert bind(ledger(), "anybody", li) == ()
    people = ledger(LEAD, MANAGER)
    assert bind(people, "anybody", li) == ()
    assert bind(people, "Wang Fang", li) == ()  # a colleague's key binds nobody
    assert len(bind(people, "Li Na", li)) == 1


def test_the_signed_report_and_the_binding_are_one_change_that_the_gate_lets_through(authority: Identity) -> None:
    people, li = ledger(LEAD, MANAGER), certified(authority, "Li Na")
    draft: Draft = draft_of(people)
    change = recorded(people, draft, "Li Na", NOW, li.certificate)
    assert [step.kind for step in change.steps] == ["audit", "person"]
    permit(people, change, lambda kind, key: frozenset())
    assert [step.kind for step in recorded(people, draft, "Li Na", NOW).steps] == ["audit"]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Li Wei 李伟", "李伟", True),
        ("李伟", "Li Wei 李伟", True),
        ("LI WEI", "Li  Wei", True),
        ("Ｌｉ Ｗｅｉ", "Li Wei", True),
        ("Wei Li", "Li Wei", True),
        ("Li Wei", "Li Na", False),
        ("", "Li", False),
        ("", "", False),
        ("李伟", "李伟民", False),
    ],
)
def test_names_in_two_scripts(one: str, other: str, same: bool) -> None:
    assert same_name(one, other) is same
    assert same_name(other, one) is same
