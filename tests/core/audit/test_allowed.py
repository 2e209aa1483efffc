"""Buttons and gate know the same: who may change what, and why not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.audit.allowed import allowed, refusal
from core.audit.areas import AREAS, LOG, PLAN
from core.audit.states import STATES
from core.ledger import Ledger
from tests.core.audit.party import AUDITOR, LEAD, PEOPLE, REVIEWER
from tests.core.audit.test_opinion import ENGAGEMENT
from tests.core.samples import PLANT

LEDGER = Ledger.of([PLANT, *PEOPLE, replace(ENGAGEMENT, team=(LEAD.id,), reviewer=REVIEWER.id)])


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("person", PEOPLE, ids=lambda one: one.id)
def test_what_is_refused_is_what_is_not_allowed(state: str, person: object) -> None:
    held = Ledger.of([PLANT, *PEOPLE, replace(ENGAGEMENT, team=(LEAD.id,), reviewer=REVIEWER.id, state=state)])
    name = person.name  # type: ignore[attr-defined]
    for area in AREAS:
        error = refusal(held, 2023, name, area)
        assert (error is None) == allowed(held, 2023, name, area)
        assert error is None or error.remedy is not None


def test_the_reason_names_who_may_and_who_one_is() -> None:
    error = refusal(LEDGER, 2023, REVIEWER.name, PLAN)
    assert error is not None
    said = error.text("en")
    assert "Who may change the engagement of 2023" in said and f"{REVIEWER.name} is: Independent reviewer" in said
    stranger = refusal(LEDGER, 2023, "Nobody", PLAN)
    assert stranger is not None and "not one of the people" in stranger.text("en")


def test_an_auditor_outside_the_team_may_do_what_everybody_may() -> None:
    assert allowed(LEDGER, 2023, AUDITOR.name, LOG) and refusal(LEDGER, 2023, AUDITOR.name, LOG) is None
    assert not allowed(LEDGER, 2023, AUDITOR.name, PLAN)


def test_where_nobody_audits_nothing_is_refused() -> None:
    assert refusal(LEDGER, 2022, REVIEWER.name, PLAN) is None and not allowed(LEDGER, 2022, REVIEWER.name, PLAN)
