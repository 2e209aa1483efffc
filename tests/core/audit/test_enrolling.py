"""People: entered by anybody at first, then by the team lead; their names and certificates are theirs alone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.audit.enrolling import adding, bound, changing, releasing, retiring
from core.audit.people import person
from core.errors import UserError
from core.ledger import Ledger, Person
from tests.core.audit.party import (
    AUDITOR,
    LEAD,
    PREPARER,
    REVIEWER,
    dearer,
    gone,
    ledger_of,
    put,
    refusal,
    sheet,
)
from tests.core.samples import PLANT

NEW = Person("pe00009", "Qian Bo", ("auditor",))
HEX = "0123456789abcdef" * 4


def test_names_are_tidied_unique_and_never_empty() -> None:
    ledger = ledger_of()
    added = adding(ledger, replace(NEW, name="  Qian   Bo ", roles=("reviewer", "auditor"))).steps[0].after
    assert added == replace(NEW, roles=("auditor", "reviewer"))
    for wrong, why in (
        (replace(NEW, name=" "), "name is missing"),
        (replace(NEW, name="Li  Na"), "already"),
        (replace(NEW, roles=()), "no role"),
        (replace(NEW, roles=("emperor",)), "role that there is not"),
    ):
        with pytest.raises(UserError, match=why):
            adding(ledger, wrong)
    with pytest.raises(UserError, match="Nothing changes"):
        changing(ledger, PREPARER)
    assert changing(ledger, replace(PREPARER, email="x")).steps[0].before == PREPARER
    assert retiring(ledger, "Li Na").steps[0].after == replace(PREPARER, active=False)
    with pytest.raises(UserError, match="no longer takes part"):
        retiring(ledger_of("draft", replace(NEW, active=False)), NEW.id)


def test_anybody_enters_the_first_people_and_then_only_the_team_lead() -> None:
    empty = Ledger.of([PLANT])
    assert refusal(empty, "anybody", put(empty, LEAD), put(empty, PREPARER)) == ""
    led = Ledger.of([PLANT, LEAD, PREPARER])
    assert refusal(led, LEAD, put(led, NEW)) == ""
    for who in (PREPARER, "anybody"):
        assert "cannot change the people" in refusal(led, who, put(led, NEW))
    assert "cannot change the people" in refusal(led, PREPARER, put(led, replace(PREPARER, roles=("team_lead",))))
    assert "cannot change the people" in refusal(led, PREPARER, put(led, replace(LEAD, active=False)))
    assert refusal(led, PREPARER, put(led, replace(PREPARER, email="li@works.cn", organisation="Works"))) == ""


def test_the_last_team_lead_stays_while_something_is_audited() -> None:
    ledger = ledger_of()
    assert "last team lead stays" in refusal(ledger, LEAD, put(ledger, replace(LEAD, active=False)))
    assert "last team lead stays" in refusal(ledger, LEAD, put(ledger, replace(LEAD, roles=("auditor",))))
    two = ledger_of("draft", replace(NEW, roles=("team_lead",)))
    assert refusal(two, LEAD, put(two, replace(LEAD, roles=("auditor",)))) == ""


def test_a_name_that_changes_carry_does_not_change_and_is_never_given_twice() -> None:
    ledger = ledger_of()
    assert "cannot be renamed" in refusal(ledger, LEAD, put(ledger, replace(AUDITOR, name="Other")))
    assert "same name" in refusal(ledger, LEAD, put(ledger, replace(NEW, name=AUDITOR.name)))
    assert "same name" in refusal(ledger, LEAD, put(ledger, replace(NEW, name="")))
    assert "role that there is not" in refusal(ledger, LEAD, put(ledger, replace(NEW, roles=("emperor",))))


def test_whoever_is_named_by_the_audit_stays() -> None:
    ledger = ledger_of("verification", NEW, sheet(AUDITOR))
    assert "therefore stays" in refusal(ledger, LEAD, gone(AUDITOR))
    assert refusal(ledger, LEAD, gone(NEW)) == ""


def test_a_person_is_bound_to_the_certificate_they_sign_with_first() -> None:
    ledger = ledger_of()
    grouped = ":".join(HEX.upper()[i : i + 2] for i in range(0, 64, 2))
    (step,) = bound(ledger, AUDITOR.id, grouped)
    assert step.after == replace(AUDITOR, certificate=HEX)
    after = ledger.apply([step])
    assert bound(after, AUDITOR.name, HEX) == ()
    with pytest.raises(UserError, match="signs with another certificate"):
        bound(after, AUDITOR.id, "f" * 64)
    with pytest.raises(UserError, match="the one of Wang Wei"):
        bound(after, LEAD.id, HEX)
    with pytest.raises(ValueError, match="no SHA-256"):
        bound(after, LEAD.id, "abc")


def test_certificates_are_bound_by_their_owner_and_released_by_somebody_else() -> None:
    ledger = ledger_of()
    (step,) = bound(ledger, AUDITOR.id, HEX)
    assert refusal(ledger, AUDITOR, step) == ""
    assert "by their own signature only" in refusal(ledger, LEAD, step)
    signed = ledger.apply([step])
    held = person(signed, AUDITOR.id)
    assert "signs with another certificate" in refusal(
        signed, AUDITOR, put(signed, replace(held, certificate="f" * 64))
    )
    released = releasing(signed, AUDITOR.id, "Renewed.")
    assert "Renewed." in str(released.why)
    assert refusal(signed, LEAD, *released.steps) == ""
    for who in (AUDITOR, PREPARER):
        assert refusal(signed, who, *released.steps) != ""
    lead = ledger.apply(bound(ledger, LEAD.id, HEX))
    own = releasing(lead, LEAD.id, "Lost.").steps
    assert "Nobody releases their own" in refusal(lead, LEAD, *own)
    with pytest.raises(UserError, match="reason is missing"):
        releasing(signed, AUDITOR.id, " ")
    with pytest.raises(UserError, match="has not signed yet"):
        releasing(ledger, AUDITOR.id, "x")


def test_two_people_never_share_a_certificate() -> None:
    ledger = ledger_of().apply(bound(ledger_of(), AUDITOR.id, HEX))
    assert "same certificate" in refusal(ledger, REVIEWER, put(ledger, replace(REVIEWER, certificate=HEX)))


def test_people_alone_lock_nothing() -> None:
    ledger = Ledger.of([PLANT, *ledger_of().activities, LEAD])
    assert refusal(ledger, "anybody", dearer(ledger)) == ""
