"""The table of states, walked: the gate says what the table says, for each state, area, role and move."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from core.audit import switching
from core.audit.areas import AREAS, area_of, area_of_step
from core.audit.roles import ROLES
from core.audit.states import CONCLUDED, DRAFT, REOPENED, STATES
from core.i18n import LANGUAGES
from core.ledger import KINDS, Audit, Communication, Judgement, Ledger, Opinion, Person, Record, Step
from tests.core.audit.party import (
    BY_ROLE,
    ENGAGEMENT,
    FINDING,
    LEAD,
    NOW,
    OPINION,
    answer,
    closing,
    dearer,
    declaration,
    evidence,
    gone,
    ledger_of,
    moved,
    put,
    refusal,
    sheet,
)
from tests.core.samples import PLANT

YEAR = (NOW.replace(2023, 1, 1).date(), NOW.replace(2023, 12, 31).date())
AUDIT = Audit("2023", *YEAR)


def acts(ledger: Ledger, by: Person) -> dict[str, Step]:
    """An act in each area that this person would do in their own name."""
    engagement = ledger.engagement(2023)
    assert engagement is not None
    records: dict[str, Record] = {
        "evidence": evidence(),
        "dismissals": Judgement("j1", 2023, "finding:gaps:meter", "dismissed", "The boiler stood still."),
        "plan": replace(engagement, objectives="Something else."),
        "people": declaration(by),
        "log": Communication("co00001", 2023, NOW.date(), "call", "Bills", "Where are they?"),
        "work": sheet(by),
        "findings": replace(FINDING, id="fi00002", raised_by=by.id),
        "answers": replace(FINDING, root_cause="Forgotten.", answered_by=by.id, status="answered"),
        "opinion": Opinion("2023", "unmodified", "unmodified", "Right.", by.id, NOW.date()),
        "review": answer(by),
        "report": replace(AUDIT, revision=1),
        "closing": closing(),
    }
    return {"data": dearer(ledger)} | {area: put(ledger, record) for area, record in records.items()}


@pytest.mark.parametrize("state", STATES)
def test_the_gate_says_what_the_table_says(state: str) -> None:
    ledger = ledger_of(state, FINDING, AUDIT)
    for role, by in BY_ROLE.items():
        for area, step in acts(ledger, by).items():
            why = refusal(ledger, by, step, because=FINDING.id if area == "data" else "")
            assert (why == "") == (role in STATES[state].allowed.get(area, ())), (role, area, why)


def test_the_acts_are_of_the_areas_they_stand_for() -> None:
    found = acts(ledger_of(DRAFT, FINDING, AUDIT), LEAD)
    assert list(found) and set(found) == set(AREAS)
    assert {area: area_of_step(step) for area, step in found.items()} == {area: area for area in AREAS}


def test_the_table_names_nothing_that_there_is_not() -> None:
    for state in STATES.values():
        assert set(state.allowed) <= set(AREAS)
        assert all(roles <= set(ROLES) for roles in state.allowed.values())
        assert all(move.to in STATES and move.roles and move.roles <= set(ROLES) for move in state.next)
        assert len({move.to for move in state.next}) == len(state.next)
        for lang in LANGUAGES:
            assert state.title.in_language(lang) and all(move.title.in_language(lang) for move in state.next)
    assert {area_of(kind) for kind in KINDS} <= set(AREAS)


@pytest.mark.parametrize("to", STATES)
@pytest.mark.parametrize("state", STATES)
def test_moves_are_those_of_the_table(state: str, to: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(switching, "in_ledger", lambda *_: ())
    if state == to:
        return
    ledger = ledger_of(state, AUDIT, OPINION)
    changes: dict[str, Any] = {"reason": "Because."}
    more: tuple[Step, ...] = ()
    if to == CONCLUDED:
        changes |= {"concluded": "2024-03-09", "package": "a" * 64}
        more = (put(ledger, replace(AUDIT, revision=1, previous="a" * 64)), put(ledger, closing()))
    if to == REOPENED:
        changes |= {"number": 2, "reopened": "Because."}
        more = (gone(OPINION),)  # it rested on what was known then
    move = STATES[state].move(to)
    for role, by in BY_ROLE.items():
        why = refusal(ledger, by, moved(ledger, to, **changes), *more)
        assert (why == "") == (move is not None and role in move.roles), (role, why)


@pytest.mark.parametrize("state", STATES)
def test_what_needs_a_reason_is_refused_without(state: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(switching, "in_ledger", lambda *_: ())
    ledger = ledger_of(state)
    for move in STATES[state].next:
        if move.reason:
            by = BY_ROLE[min(move.roles)]
            number = ENGAGEMENT.number + (move.to == REOPENED)
            assert "reason is missing" in refusal(ledger, by, moved(ledger, move.to, number=number))


def test_every_state_can_be_reached_and_left() -> None:
    reached = {move.to for state in STATES.values() for move in state.next}
    assert reached | {DRAFT} == set(STATES)
    assert all(state.next for state in STATES.values())


def test_a_year_that_nobody_audits_is_as_free_as_before() -> None:
    ledger = Ledger.of([PLANT, *ledger_of().activities])
    assert refusal(ledger, "anybody", dearer(ledger), put(ledger, closing()), put(ledger, AUDIT)) == ""
