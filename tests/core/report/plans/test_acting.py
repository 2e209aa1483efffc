"""Neutrality, credits and the action plan: what the two sections say, and from what it follows."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from core.report.data import ReportData
from core.targets.credits import credit_ledger
from tests.core.report.complete import complete
from tests.core.report.test_energy import row, tables, texts, told
from tests.core.report.test_planned import all_said, cells, changed, report, titled, with_one

# ---------------------------------------------------------------------- neutrality and credits


def test_a_commitment_says_what_may_be_said_and_what_forbids_more() -> None:
    flow = told(report(), "neutrality")
    states = [one.cells[1] for table in tables(flow) for one in table.rows if one.cells[0] == "May be said for 2023"]
    assert states == ["On the path", "Nothing yet"]
    assert "What is said may be said." in texts(flow)
    assert "What is said may not be said: the rules forbid it." in texts(flow)
    forbids = titled(flow, "Rests on")
    assert any("(weak source)" in one.cells[-1] for one in forbids.rows)


def test_credits_enter_no_total() -> None:
    without = changed(lambda records: records["credit"].clear())
    assert without.package.inventory().totals == report().inventory.totals
    more = with_one("credit", "cr1", quantity=Decimal(10**6))
    assert more.package.inventory().totals == report().inventory.totals
    for key in ("summary", "emissions", "cover"):
        lang = "both" if key == "cover" else "en"
        assert all_said(told(more, key, lang)) == all_said(told(report(), key, lang))


def test_the_ledger_of_credits_counts_what_nothing_stops() -> None:
    flow = told(report(), "neutrality")
    table = titled(flow, "Vintage")
    assert cells(table, "CCER-1")[-1] == "counts"
    assert cells(table, "VCS-9")[-1] == "stopped"
    assert cells(table, "GS-4")[-1] == "assigned to no year"
    assert cells(table, "All")[3] == "547"
    assert "Of them 500 t CO₂e count for 2023." in texts(flow)
    assert credit_ledger(report().package.ledger).counting(2023) == 500


def test_credits_without_a_commitment_have_their_ledger() -> None:
    flow = told(changed(lambda records: records["commitment"].clear()), "neutrality")
    assert "says nothing of carbon neutrality" in texts(flow)
    assert len(titled(flow, "Vintage").rows) == 4


# ---------------------------------------------------------------------- actions


def test_the_plan_stands_area_by_area_and_adds_up() -> None:
    table = titled(told(report(), "actions"), "From, for years")
    assert [one.cells[0] for one in table.rows if one.kind == "group"] == [
        "Renewable electricity", "Energy team 能源组", "Direct emissions and heat", "Logistics and mobility",
        "Products",
    ]  # fmt: skip
    assert row(table, "Given up").kind == "memo"
    situation = report().plans.situation()
    together = situation.together(situation.horizon)
    total = table.rows[-1]
    assert total.cells[3] == f"{together.location:,.1f}"


def test_what_earns_is_negative_and_money_is_never_converted() -> None:
    flow = told(report(), "actions")
    table = titled(flow, "Net present value")
    assert [one.cells[0] for one in table.rows] == ["1", "2", "3"]
    assert table.rows[0].cells[4].startswith("−")
    assert table.rows[2].cells[4] == "–" and "which electricity is bought" in table.rows[2].cells[1]
    assert "Paid in euro 欧元计价: Its cost is in EUR, the curve is in CNY." in texts(flow)


def test_market_based_tonnes_vanish_at_100_percent_and_the_page_says_so() -> None:
    far = with_one("target", "ta6", year=2029)
    table = titled(told(far, "actions"), "Net present value")
    assert "Electricity is 100 % renewable in 2028" in row(table, "1").cells[1]
    assert row(table, "1").cells[3] == "0.0"


def test_milestones_are_late_on_the_day_of_issue() -> None:
    table = titled(told(report(), "actions"), "Due")
    assert [one.cells[3] for one in table.rows] == ["reached 2025-09-20", "late", "to come"]
    issue = replace(complete().issue, issued=complete().issue.issued.replace(year=2027))
    later = ReportData(replace(complete(), issue=issue))
    assert [one.cells[3] for one in titled(told(later, "actions"), "Due").rows][1:] == ["late", "late"]


def test_what_was_measured_is_that_of_the_savings_of_the_report() -> None:
    energy = report().package.energy
    assert energy is not None and energy.savings is not None
    (stated,) = [one for one in energy.savings.measures if one.id == "lighting"]
    (year,) = [one for one in stated.years if one.year == 2023]
    table = titled(told(report(), "actions"), "Measured, kWh")
    light = row(table, "Lighting").cells
    assert light[3] == f"{year.kwh:,.0f}"
    assert light[2] == "48,000"
    assert "Nothing is stated of its savings measure." in row(table, "Heat pump").cells[0]
    unmeasured = titled(told(with_one("action", "ac1", measure=""), "actions"), "Measured, kWh")
    assert not any(one.cells[0].startswith("Lighting") for one in unmeasured.rows)


def test_decisions_name_what_they_are_about_and_their_minutes() -> None:
    flow = told(report(), "actions")
    table = titled(flow, "Minutes")
    assert [one.cells[0] for one in table.rows] == ["2025-06-03", "2025-12-11"]
    assert table.rows[1].cells[3].split("\n") == ["Lighting 照明", "Green power 绿电", "100 % renewable 可再生电力"]
    assert table.rows[1].cells[4].startswith("Minutes")
    assert table.rows[0].cells[3] == "gone"
    assert "Decisions without minutes: 1." in texts(flow)


def test_decisions_alone_are_shown() -> None:
    flow = told(changed(lambda records: records["action"].clear()), "actions")
    assert "The plant records no action." in texts(flow)
    assert len(tables(flow)) == 1
