"""Each step speaks for its own reason, says how many, leads somewhere, and is silent without the reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from core.checks import review
from core.handover.noticed import Open
from core.handover.notices import Notice
from core.i18n import T
from core.inventory import compile_inventory
from core.ledger import Audit, Closing, Engagement, Evidence, Instrument, Ledger, Person, PlanItem, Record
from core.ledger.planning import BasePolicy, Target
from core.ledger.supply import DataRequest, Supplier
from core.library import load_library
from core.upcoming.plant import PAGES, Situation, next_steps
from core.upcoming.step import NextStep
from tests.core.samples import CHOICES, PLANT, YEAR, activity, year_of_bills

TODAY = date(2024, 3, 1)


def situation(*records: Record, today: date = TODAY, who: str = "", asked: Sequence[Open] = ()) -> Situation:
    ledger = Ledger.of((PLANT, *records))
    inventory = compile_inventory(ledger, CHOICES, load_library())
    return Situation(ledger, inventory, review(inventory), 2023, today, who, asked)


def steps(*records: Record, **more: Any) -> dict[str, NextStep]:
    found = next_steps(situation(*records, **more))
    assert len({one.key for one in found}) == len(found), "a key occurs once"
    return {one.key: one for one in found}


def proven() -> tuple[Record, ...]:
    """A year without fault: bills with kept files, a base year, a target; signed and closed."""
    bills = year_of_bills()
    return (
        *bills,
        Evidence("e1", "bills.pdf", "bill", "0" * 64, 9, activities=tuple(one.id for one in bills)),
        BasePolicy(2023),
        Target("t1", "Absolute", "near_term", ("scope1",), 2023, 2030, Decimal(42)),
        Audit("2023", YEAR.start, YEAR.end, revision=1),
        Closing("2023", "0" * 64, 9, 1, TODAY, "signed"),
    )


def test_where_nothing_is_entered_one_begins_there() -> None:
    assert list(steps()) == ["begin"]
    assert steps()["begin"].page == "activity"
    assert "begin" not in steps(activity())


def test_a_year_without_fault_has_nothing_to_do() -> None:
    assert [one for one in steps(*proven()) if one != "calibration"] == []


def test_lines_of_the_plan_without_a_record_are_expected() -> None:
    plan = (PlanItem("p1", "Main meter", "", "billed"), PlanItem("p2", "Boiler", "natural_gas", "billed"),
            PlanItem("p3", "Fork lifts", "", "billed"))  # fmt: skip
    told = steps(activity(), *plan)["expected"]
    assert (told.count, told.page, told.subject) == (2, "sources", "expected")
    assert "Boiler" in str(told.words)
    assert "expected" not in steps(activity(), plan[0])


def test_records_that_count_nowhere_are_told_with_the_first() -> None:
    told = steps(activity(), activity("x1", method="stationary_combustion", item="unobtainium"))["left_out"]
    assert (told.count, told.page, told.subject) == (1, "activity", "x1")


def test_errors_come_first_for_everybody() -> None:
    future = activity("f1", start=date(2023, 2, 1), end=date(2023, 2, 28), quantity=-5)
    found = next_steps(situation(activity(), future))
    assert found[0].key == "errors"
    assert "errors" not in steps(activity())


def test_months_without_data_are_told() -> None:
    bills = [one for one in year_of_bills() if one.id not in ("m05", "m06")]
    told = steps(*bills)["gaps"]
    assert told.page == "activity"
    assert "2023-05" in str(told.words)


def test_estimates_without_reason_are_told() -> None:
    bills = year_of_bills()
    silent = [*bills[1:], replace(bills[0], estimated=True, evidence="", note="")]
    assert steps(*silent)["estimates"].count == 1
    said = [*bills[1:], replace(bills[0], estimated=True, note="mean of the neighbours")]
    assert "estimates" not in steps(*said)


def test_proofs_are_counted_and_the_largest_is_first() -> None:
    told = steps(activity("small", quantity=10), activity("large", quantity=9000, source="Other"))["proofs"]
    assert (told.count, told.subject, told.page) == (2, "large", "evidence")
    assert "0 %" in str(told.words)


def test_days_that_are_over_come_before_days_to_come() -> None:
    supplier = Supplier("s1", "Foundry")
    late = DataRequest("d1", "s1", 2023, date(2024, 1, 1), due="2024-02-01")
    soon = DataRequest("d2", "s1", 2024, date(2024, 1, 1), due="2024-03-20")
    far = DataRequest("d3", "s1", 2025, date(2024, 1, 1), due="2025-03-20")
    found = steps(activity(), supplier, late, soon, far)
    assert (found["overdue"].subject, found["overdue"].count) == ("d1", 1)
    assert (found["due"].subject, found["due"].count) == ("d2", 1)
    keys = list(found)
    assert keys.index("overdue") < keys.index("proofs") < keys.index("due")


def test_certificates_that_can_still_be_used_are_told_before_they_run_out() -> None:
    made = Instrument("i1", "GEC 2023", "certificate", "CN", YEAR.start, YEAR.end, Decimal(9), expires="2024-03-31")
    assert steps(activity(), made)["instruments"].subject == "i1"
    for other in (replace(made, retired="2024-01-01"), replace(made, expires="2024-02-28"),
                  replace(made, expires="2026-01-01")):  # fmt: skip
        assert "instruments" not in steps(activity(), other)


@pytest.mark.parametrize(("due", "area"), [("2024-03-05", "late"), ("", "out"), ("2025-01-01", "out")])
def test_what_head_office_asks_is_counted_and_urgent_when_it_is_due(due: str, area: str) -> None:
    notice = Notice("request", "Data 2023", "Group", ({"what": "words", "words": "?"},) * 2, due=due)
    asked = (Open(notice, 1, T("one"), done=False), Open(notice, 2, T("two"), done=True))
    told = steps(activity(), asked=asked)["requests"]
    assert (told.count, told.area, told.subject) == (1, area, "asked")
    assert "requests" not in steps(activity(), asked=asked[1:])


def test_the_report_is_to_be_signed_once_the_year_is_over() -> None:
    assert "report" in steps(activity())
    assert "report" not in steps(activity(), today=date(2023, 12, 31))
    assert "report" not in steps(*proven())


def test_a_signed_report_waits_for_the_plant_manager_and_the_year_for_its_closing() -> None:
    manager = Person("p1", "Zhao", ("plant_manager",))
    signed = Audit("2023", YEAR.start, YEAR.end, revision=1)
    found = steps(activity(), manager, signed)
    assert "Zhao" in str(found["countersign"].words)
    assert "close" in found
    assert "countersign" not in steps(activity(), replace(manager, certificate="ab"), signed)
    assert "countersign" not in steps(activity(), manager)


def test_an_audit_tells_what_stands_in_its_way_and_replaces_the_bare_signature() -> None:
    engagement = Engagement("2023", "Client", "", "", "")
    told = steps(activity(), replace(engagement, state="prepared"))
    assert told["audit"].page in {page for page, _subject in PAGES.values()}
    assert told["audit"].count > 1
    assert "report" not in told


def test_who_audits_reads_of_the_audit_before_the_data() -> None:
    engagement = Engagement("2023", "Client", "", "", "", state="prepared", team=("p1",))
    people = (Person("p1", "Chen", ("auditor",)), Person("p2", "Li Na", ("preparer",)))
    for who, first in (("Chen", "audit"), ("Li Na", "proofs"), ("Nobody", "proofs")):
        found = [one.key for one in next_steps(situation(activity(), engagement, *people, who=who))]
        assert min(("audit", "proofs"), key=found.index) == first


def test_base_year_and_target_are_missed_only_where_there_are_data() -> None:
    assert {"base_year", "targets"} <= set(steps(activity()))
    assert not {"base_year", "targets"} & {*steps(), *steps(*proven())}
