from __future__ import annotations

from dataclasses import replace
from datetime import date

from core.ledger import Authority, Certificate, Deadline, Record, Register, Site
from core.ledger import Group as Office
from core.store import ACCEPTED, HELD, Filed
from core.upcoming.office import Group, next_steps
from core.upcoming.step import NextStep

TODAY = date(2024, 3, 1)
ROOT = Authority("a" * 64, "Group root", "", own=True, until="2040-01-01")
SITE = Site("krosno", "Krosno", "PL")


def steps(*records: Record, filed: tuple[Filed, ...] = (), today: date = TODAY) -> dict[str, NextStep]:
    return {one.key: one for one in next_steps(Group(Register.of(records), filed, 2023, today))}


def report(state: str = ACCEPTED, plant: str = "Krosno") -> Filed:
    return Filed("b" * 64, "k.pdf", "2024-02-01T00:00:00+00:00", state, plant=plant, country="PL", year=2023)


def test_without_an_authority_no_signature_is_believed() -> None:
    assert steps()["trust"].page == "trust"
    assert "trust" not in steps(ROOT)


def test_a_plant_is_missing_until_its_day_and_late_after_it() -> None:
    due = Deadline("2023", date(2024, 3, 1))
    assert (steps(ROOT, SITE, due)["missing"].page, steps(ROOT, SITE, due)["missing"].subject) == ("plants", "missing")
    late = steps(ROOT, SITE, due, today=date(2024, 3, 2))["late"]
    assert (late.count, late.area, late.subject) == (1, "late", "late")
    assert not {"missing", "late"} & set(steps(ROOT, SITE, due, filed=(report(),)))


def test_a_held_report_waits_for_a_decision() -> None:
    told = steps(ROOT, SITE, filed=(report(HELD),))["held"]
    assert (told.page, told.subject) == ("inbox", "b" * 64)
    assert "held" not in steps(ROOT, SITE, filed=(report(),))


def test_a_plant_that_nobody_entered_is_told() -> None:
    assert steps(ROOT, SITE, filed=(report(plant="Lodz"),))["unknown"].count == 1
    assert "unknown" not in steps(ROOT, SITE, filed=(report(),))


def test_certificates_are_told_before_they_end_and_urgently_after() -> None:
    one = Certificate("c" * 64, ROOT.id, "1", "Li Na", "", "", "Auditor", (), "2023-01-01T00:00:00+00:00",
                      "2024-03-31T00:00:00+00:00", "")  # fmt: skip
    assert steps(ROOT, one)["certificates"].area == "out"
    ended = replace(one, until="2024-02-01T00:00:00+00:00")
    assert steps(ROOT, ended)["certificates"].area == "late"
    assert "certificates" not in steps(ROOT, replace(one, until="2026-01-01T00:00:00+00:00"))
    assert "certificates" not in steps(ROOT, replace(one, revoked="2024-01-01T00:00:00+00:00"))


def test_a_year_without_a_deadline_asks_for_one_where_there_are_plants() -> None:
    assert steps(ROOT, SITE)["deadline"].subject == "deadline"
    assert "deadline" not in steps(ROOT, SITE, Deadline("2023", TODAY))
    assert "deadline" not in steps(ROOT)


def test_a_new_group_asks_for_its_name_and_its_plants() -> None:
    assert (steps(ROOT)["group"].page, steps(ROOT)["group"].subject) == ("plants", "group")
    assert (steps(ROOT)["sites"].page, steps(ROOT)["sites"].subject) == ("plants", "site")
    assert not {"group", "sites"} & set(steps(ROOT, SITE, Office("Wood")))
    assert "sites" not in steps(ROOT, filed=(report(),)), "whoever has reported is proposed"
