"""Plants by years: who owes a report, whose is late, and what stands where."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.group.inbox.matrix import STATES, Cell, matrix
from core.ledger import Deadline, Register, Site
from core.store import ACCEPTED, HELD, REJECTED, SUPERSEDED, Filed
from tests.core.group.inbox.test_against import report

TODAY = date(2025, 6, 1)
SITE = Site("si1", "Krosno", "PL")
DUE = Deadline("2024", date(2025, 3, 31))


def filed(state: str, **more: object) -> Filed:
    return replace(report().filed, state=state, received="2025-03-01T08:00:00+00:00", **more)  # type: ignore[arg-type]


def cell(*came: Filed, site: Site = SITE, due: Deadline | None = DUE, today: date = TODAY) -> Cell:
    register = Register.of([site, *([due] if due else [])])
    (row,) = matrix(register, came, today, [2024]).rows
    return row.cells[2024]


@pytest.mark.parametrize(
    ("site", "due", "today", "state"),
    [
        (SITE, DUE, date(2025, 3, 31), "missing"),
        (SITE, DUE, date(2025, 4, 1), "late"),
        (SITE, None, TODAY, "missing"),
        (SITE, None, date(2024, 12, 31), "not_expected"),
        (replace(SITE, opened="2025-01-01"), DUE, TODAY, "not_expected"),
        (replace(SITE, opened="2024-12-31"), DUE, TODAY, "late"),
        (replace(SITE, closed="2023-12-31"), DUE, TODAY, "not_expected"),
        (replace(SITE, closed="2024-01-01"), DUE, TODAY, "late"),
    ],
)
def test_without_a_report(site: Site, due: Deadline | None, today: date, state: str) -> None:
    assert cell(site=site, due=due, today=today).state == state


@pytest.mark.parametrize(
    ("came", "state"),
    [
        ([filed(ACCEPTED)], "signed"),
        ([filed(HELD)], "held"),
        ([filed(HELD, missing=("PlantManager",))], "draft"),
        ([filed(REJECTED)], "late"),
        ([filed(SUPERSEDED)], "superseded"),
        ([filed(SUPERSEDED), filed(ACCEPTED, revision=2)], "signed"),
        ([filed(ACCEPTED), filed(HELD, revision=2)], "signed"),
        ([filed(REJECTED, revision=3), filed(HELD)], "held"),
    ],
)
def test_what_came_decides(came: list[Filed], state: str) -> None:
    found = cell(*came)
    assert found.state == state
    assert len(found.filed) == len(came)
    assert found.superseded == sum(one.state == SUPERSEDED for one in came)


def test_a_rejected_file_before_the_deadline_is_said() -> None:
    assert cell(filed(REJECTED), today=date(2025, 3, 1)).state == "rejected"


def test_late_is_when_the_first_version_came() -> None:
    late = replace(filed(ACCEPTED, revision=2), received="2025-05-01T08:00:00+00:00")
    assert cell(late).arrived_late
    assert not cell(late, filed(SUPERSEDED)).arrived_late
    assert not cell(late, due=None).arrived_late


def test_a_plant_that_the_register_does_not_know_has_a_row_of_its_own_and_owes_nothing() -> None:
    stranger = replace(filed(HELD), plant="Nowhere", year=2023)
    found = matrix(Register.of([SITE, DUE]), [stranger], TODAY)
    assert found.years == (2023, 2024)
    assert [(row.name, row.site) for row in found.rows] == [("Krosno", SITE), ("Nowhere", None)]
    assert found.rows[1].cells[2024].state == "not_expected"
    assert found.count(2023) == {"missing": 1, "held": 1}


@given(st.lists(st.sampled_from([ACCEPTED, HELD, REJECTED, SUPERSEDED]), max_size=5), st.dates(date(2024, 1, 1)))
def test_every_plant_stands_in_one_known_state_and_nothing_gets_lost(states: list[str], today: date) -> None:
    came = [filed(state, sha256=str(number)) for number, state in enumerate(states)]
    found = cell(*came, today=today)
    assert found.state in STATES
    assert sorted(one.sha256 for one in found.filed) == sorted(one.sha256 for one in came)
    assert (found.state == "signed") == (ACCEPTED in states)
