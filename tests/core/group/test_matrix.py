"""Plants against years: what is expected, what came, and what is late on a given day."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from core.group.matrix import LATE, MISSING, NONE, REOPENED, SIGNED, STATES, counted, matrix, matrix_to_plain, years_of
from core.ledger import Deadline, Group, Register, Site, Stake
from core.store import HELD, Filed

TODAY = date(2025, 5, 1)
SITE = Site("s1", "Krosno", "PL", reported_as=("Old works",))
REGISTER = Register.of([Group("A"), SITE, Deadline("2024", date(2025, 3, 31))])


def report(
    year: int = 2024, state: str = "accepted", plant: str = "Krosno", received: str = "2025-03-01", **more: Any
) -> Filed:
    revision = more.pop("revision", 1)
    return Filed(f"{plant}{year}{state}{revision}", "a.pdf", f"{received}T00:00:00+00:00", state, plant=plant,
                 country="PL", year=year, audit_id=f"{plant}{year}", revision=revision, **more)  # fmt: skip


def state(*filed: Filed, year: int = 2024, today: date = TODAY, register: Register = REGISTER) -> str:
    return matrix(register, filed, (year,), today)[0].slots[0].state


def test_what_nobody_sent_is_late_only_after_the_deadline() -> None:
    assert state() == LATE
    assert state(today=date(2025, 3, 31)) == MISSING
    assert state(year=2023) == MISSING
    assert state(year=2025) == NONE


@pytest.mark.parametrize(
    ("filed", "expected"),
    [
        ((report(),), SIGNED),
        ((report(plant=" OLD WORKS "),), SIGNED),
        ((report(), report(state="superseded", revision=0)), REOPENED),
        ((report(state="held"),), HELD),
        ((report(), report(state="held", revision=2)), HELD),
        ((report(state="held", missing=("PlantManager",)),), "draft"),
        ((report(state="rejected"),), LATE),
        ((report(2023),), LATE),
    ],
)  # fmt: skip
def test_what_came_says_the_state(filed: tuple[Filed, ...], expected: str) -> None:
    assert state(*filed) == expected
    assert expected in STATES


def test_a_plant_is_expected_while_it_works_and_is_the_groups() -> None:
    sold = Register.of([SITE, Stake("1", "group", "s1", "", "2023-06-30")])
    assert [slot.state for slot in matrix(sold, (), (2023, 2024), TODAY)[0].slots] == [MISSING, NONE]
    opened = Register.of([Site("s1", "Krosno", "PL", opened="2024-12-31")])
    assert [slot.state for slot in matrix(opened, (), (2023, 2024), TODAY)[0].slots] == [NONE, MISSING]
    closed = Register.of([Site("s1", "Krosno", "PL", closed="2023-12-31")])
    assert [slot.state for slot in matrix(closed, (), (2023, 2024), TODAY)[0].slots] == [MISSING, NONE]


def test_days_are_counted_from_the_deadline() -> None:
    def days(*filed: Filed) -> int:
        return matrix(REGISTER, filed, (2024,), TODAY)[0].slots[0].days_late

    assert days() == 31
    assert days(report()) == 0
    assert days(report(received="2025-04-10")) == 10
    assert days(report(received="2025-04-20", revision=2), report(state="superseded")) == 0  # the first was in time


def test_who_is_not_in_the_register_is_shown_when_it_reported() -> None:
    lines = matrix(REGISTER, [report(), report(plant="Luton"), report(plant="Bad", state="rejected")], (2024,), TODAY)
    assert [(line.name, line.site is None, line.slots[0].state) for line in lines] == [
        ("Krosno", False, SIGNED), ("Luton", True, SIGNED)]  # fmt: skip
    assert counted(lines, 2024) == {SIGNED: 2}
    plain = matrix_to_plain(lines)
    assert plain[1]["site"] is None
    assert plain[0]["years"][0]["due"] == "2025-03-31"  # type: ignore[index]


def test_years_run_without_a_gap() -> None:
    assert years_of(REGISTER, [report(2021), report(2019, state="rejected")], 2023) == (2021, 2022, 2023, 2024)
    assert years_of(Register(), ()) == ()
