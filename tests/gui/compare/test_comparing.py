"""What is compared with what: bars that meet, rows that add up, an axis that does not hide small steps."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from core.i18n import T
from core.inventory import compile_inventory
from gui.compare.comparing import MODES, VIEWS, Question, chart_of, signed, waiting_records, work_of
from gui.session import Session

YEARS = Question("years", "2023", "2024")
POLICIES = Question("policies", "ghg-protocol", "gbt-32150-2025")
GWP = Question("gwp", "AR6", "AR4")


@pytest.mark.parametrize("question", [YEARS, POLICIES, GWP], ids=lambda question: question.mode)
def test_bars_follow_each_other_from_total_to_total(session: Session, question: Question) -> None:
    found = work_of(question, session)()
    for view, (_title, scopes) in VIEWS.items():
        data = chart_of(found, view)
        sums = [sum((one.values[place] for one in data.series), Decimal(0)) for place in range(len(data.categories))]
        ends = [base + value for base, value in zip(data.bases, sums, strict=True)]
        assert sums[0] == found.waterfall.start(scopes) and sums[-1] == found.waterfall.end(scopes)
        assert list(data.bases[1:-1]) == ends[:-2], "each begins where the one before ends"
        assert ends[-2] == sums[-1]
        assert all(data.floor <= level for level in (sums[0], sums[-1], *ends))


@pytest.mark.parametrize("question", [YEARS, POLICIES, GWP], ids=lambda question: question.mode)
def test_rows_of_sources_and_scopes_add_up_to_the_last_digit(session: Session, question: Question) -> None:
    found = work_of(question, session)()
    for view, (_title, scopes) in VIEWS.items():
        rows = found.views[view].sources
        assert sum((row.change for row in rows), Decimal(0)) == found.waterfall.change(scopes)
        assert all(sum(row.causes.values(), Decimal(0)) == row.change for row in rows)
        sizes = [abs(row.change) for row in rows]
        assert sizes == sorted(sizes, reverse=True)
    assert all(sum(row.causes.values(), Decimal(0)) == row.change for row in found.scopes)


def test_each_source_leads_to_a_record_of_its_own(session: Session) -> None:
    found = work_of(YEARS, session)()
    for row in found.views["location"].sources:
        record = session.ledger.get("activity", row.record)
        assert record is not None and getattr(record, "source", "") == row.id


def test_policies_are_those_that_were_asked_for(session: Session) -> None:
    found = work_of(POLICIES, session)()
    other = replace(session.choices, policy="gbt-32150-2025")
    assert found.after.totals.scopes == compile_inventory(session.ledger, other, session.library).totals.scopes
    assert any(row.differs for row in found.rows) and not all(row.differs for row in found.rows)
    assert not any(value for cause, value in found.waterfall.causes().items() if cause not in ("factor", "method"))


def test_small_steps_between_large_totals_are_seen_and_the_axis_says_so(session: Session) -> None:
    found = work_of(GWP, session)()
    data = chart_of(found, "location")
    assert 0 < abs(found.waterfall.change()) < found.waterfall.start() / 10
    assert data.floor > found.waterfall.start() / 2
    assert f"{data.floor:,f}" in data.value_title
    far = chart_of(work_of(YEARS, session)(), "location")
    assert far.floor == 0


def test_equal_sides_differ_nowhere(session: Session) -> None:
    found = work_of(Question("gwp", "AR6", "AR6"), session)()
    assert found.waterfall.empty
    assert len(chart_of(found, "location").categories) == 2
    assert not any(row.differs for row in found.rows)


def test_numbers_say_their_sign() -> None:
    assert [signed(Decimal(text)) for text in ("1234.5", "-0.25", "0")] == ["+1,234.500", "−0.250", "0"]


def test_a_closed_year_is_held_against_today(session: Session) -> None:
    session.close_year("verified")
    same = work_of(Question("closed"), session)()
    assert same.waterfall.empty and same.before.totals == same.after.totals
    bills = [line.activity for line in session.inventory.lines if line.scope == "scope1"][:2]
    session.put(T("Corrected"), *(replace(bill, quantity=bill.quantity + 1) for bill in bills))
    waits = session.to_candidate()()
    assert waits is not None and session.closed is not None and session.candidate is not None
    assert waits.waterfall == session.candidate.waterfall
    assert waiting_records(session.closed, waits) == len({bill.id for bill in bills})
    found = work_of(Question("closed"), session)()
    assert found.waterfall == waits.waterfall
    assert {row.record.id for row in found.rows if row.differs} >= {bill.id for bill in bills}


def test_years_are_read_as_they_were_closed(session: Session) -> None:
    session.show_year(2023)
    before = session.inventory.totals
    session.close_year("verified")
    bill = session.inventory.lines[0].activity
    session.put(T("Corrected"), replace(bill, quantity=bill.quantity * 2))
    session.show_year(2024)
    assert session.to_inventory_of(2023)().totals == before == session.inventory_of(2023).totals
    assert session.to_inventory_of(2024)() is session.inventory


def test_every_mode_has_a_name() -> None:
    assert set(MODES) == {"years", "policies", "gwp", "closed"}
    assert all(title.msgid for title in MODES.values())
