"""Plants against years: what is expected, what came, and what is late on a given day."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from core.group.matrix import (
    DRAFT,
    LATE,
    MISSING,
    NOT_EXPECTED,
    REFUSED,
    REPLACED,
    SIGNED,
    STATES,
    WAITING,
    Cell,
    matrix,
)
from core.ledger import Deadline, Group, Register, Site, Stake
from core.store import Filed

TODAY = date(2025, 5, 1)
SITE = Site("s1", "Krosno", "PL", reported_as=("Old works",))
REGISTER = Register.of([Group("A"), SITE, Deadline("2024", date(2025, 3, 31))])


def report(
    year: int = 2024, state: str = "accepted", plant: str = "Krosno", received: str = "2025-03-01", **more: Any
) -> Filed:
    revision = more.pop("revision", 1)
    return Filed(f"{plant}{year}{state}{revision}", "a.pdf", f"{received}T00:00:00+00:00", state, plant=plant,
                 country="PL", year=year, audit_id=f"{plant}{year}", revision=revision, **more)  # fmt: skip


def cell(*filed: Filed, year: int = 2024, today: date = TODAY, register: Register = REGISTER) -> Cell:
    return matrix(register, filed, today, (year,)).rows[0].cells[year]


def test_what_nobody_sent_is_late_only_after_the_deadline() -> None:
    assert cell().state == LATE
    assert cell(today=date(2025, 3, 31)).state == MISSING
    assert cell(year=2023).state == MISSING
    assert cell(year=2025).state == NOT_EXPECTED


@pytest.mark.parametrize(
    ("filed", "expected"),
    [
        ((report(),), SIGNED),
        ((report(plant=" OLD WORKS "),), SIGNED),
        ((report(), report(state="superseded", revision=0)), SIGNED),
        ((report(state="superseded"),), REPLACED),
        ((report(state="held"),), WAITING),
        ((report(state="held", missing=("PlantManager",)),), DRAFT),
        ((report(state="rejected"),), LATE),
        ((report(2023),), LATE),
    ],
)  # fmt: skip
def test_what_came_says_the_state(filed: tuple[Filed, ...], expected: str) -> None:
    assert cell(*filed).state == expected
    assert expected in STATES


def test_a_rejected_file_is_no_report() -> None:
    assert cell(report(2023, "rejected"), year=2023).state == REFUSED


def test_earlier_revisions_are_counted_and_the_first_decides_whether_it_came_late() -> None:
    anew = cell(report(received="2025-04-20", revision=2), report(state="superseded"))
    assert (anew.superseded, anew.arrived_late) == (1, False)
    assert cell(report(received="2025-04-20")).arrived_late


@pytest.mark.parametrize(
    ("records", "states"),
    [
        ([SITE, Stake("1", "group", "s1", "", "2023-06-30")], [MISSING, NOT_EXPECTED]),
        ([SITE, Stake("1", "group", "s1", "2024-12-31")], [NOT_EXPECTED, MISSING]),
        ([SITE, Stake("1", "nobody", "s1", "")], [NOT_EXPECTED, NOT_EXPECTED]),
        ([Site("s1", "Krosno", "PL", opened="2024-12-31")], [NOT_EXPECTED, MISSING]),
        ([Site("s1", "Krosno", "PL", closed="2023-01-01")], [MISSING, NOT_EXPECTED]),
    ],
    ids=["sold", "bought", "never the group's", "opened", "closed"],
)
def test_a_plant_is_expected_while_it_works_and_is_the_groups(records: list[Any], states: list[str]) -> None:
    found = matrix(Register.of(records), (), TODAY, (2023, 2024)).rows[0]
    assert [one.state for one in found.cells.values()] == states


def test_who_is_not_in_the_register_owes_nothing_and_is_shown() -> None:
    found = matrix(REGISTER, [report(), report(plant="Luton")], TODAY, (2023, 2024))
    assert [(row.name, row.site is None, row.cells[2023].state) for row in found.rows] == [
        ("Krosno", False, MISSING), ("Luton", True, NOT_EXPECTED)]  # fmt: skip
    assert found.count(2024) == {SIGNED: 2}
