"""Sections on renewable electricity, targets, neutrality and actions: what each says, and from what it follows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from functools import cache
from typing import Any

import pytest

from core.checks import review
from core.inventory import Package, differences
from core.inventory.audited import PLANNED
from core.inventory.energy import Energy
from core.ledger import Allocation, Ledger, Record, kind_of
from core.report.data import ReportData
from core.report.flow import Figures
from core.report.table import Table
from tests.core.report.complete import complete
from tests.core.report.planned import COVERED
from tests.core.report.sample import package
from tests.core.report.test_energy import drawn, row, tables, texts, told

SECTIONS = ("renewables", "targets", "neutrality", "actions")
OF_ELECTRICITY = frozenset({"instrument", "allocation", "rule_value", "serials_elsewhere"})


@cache
def report() -> ReportData:
    return ReportData(complete())


Records = dict[str, dict[str, Any]]


def changed(change: Callable[[Records], object]) -> ReportData:
    """The complete plant with other records."""
    held = complete()
    records = {kind: dict(own) for kind, own in held.ledger.records.items()}
    change(records)
    return ReportData(replace(held, ledger=Ledger(records)))


@cache
def _little() -> Package:
    return package("en")


def beside_little(*records: Record) -> ReportData:
    """Records in the report of a small plant, for what is said of them hundreds of times."""
    held = _little()
    every = {kind: dict(own) for kind, own in held.ledger.records.items()}
    for one in records:
        every[kind_of(one)][one.id] = one
    return ReportData(replace(held, ledger=Ledger(every)))


def with_one(table: str, key: str, **said: object) -> ReportData:
    """One of its records said something else."""

    def change(records: Records) -> None:
        records[table][key] = replace(records[table][key], **said)

    return changed(change)


def emptied(*kinds: str) -> ReportData:
    """Without any record of these kinds."""

    def change(records: Records) -> None:
        for kind in kinds:
            records[kind].clear()

    return changed(change)


def titled(flow: list[Any], column: str) -> Table:
    """The table that has this column."""
    return next(one for one in tables(flow) if any(column in each.title for each in one.columns))


def cells(table: Table, start: str) -> tuple[str, ...]:
    return tuple(row(table, start).cells)


def all_said(flow: list[Any]) -> str:
    """Everything that is written: sentences, tables, charts."""
    rows = "\n".join(cell for table in tables(flow) for one in table.rows for cell in one.cells)
    return "\n".join((texts(flow), rows, drawn(flow)))


# ---------------------------------------------------------------------- every section


@pytest.mark.parametrize("key", SECTIONS)
def test_a_plant_without_such_records_has_no_such_section(key: str) -> None:
    assert told(ReportData(package("en")), key) == []
    bare = emptied(*PLANNED, *OF_ELECTRICITY)
    assert told(bare, key) == []


@pytest.mark.parametrize("key", SECTIONS)
def test_both_languages_say_as_much(key: str) -> None:
    english, chinese = (told(report(), key, lang) for lang in ("en", "zh"))
    assert [type(one) for one in english] == [type(one) for one in chinese]
    assert [len(one.rows) for one in tables(english)] == [len(one.rows) for one in tables(chinese)]


@pytest.mark.parametrize("key", SECTIONS)
def test_no_cell_is_dropped(key: str) -> None:
    for table in tables(told(report(), key)):
        assert {len(one.cells) for one in table.rows} == {len(table.columns)}


@pytest.mark.parametrize("key", SECTIONS)
def test_what_is_shown_does_not_depend_on_the_order_of_records(key: str) -> None:
    def turned(records: Records) -> None:
        for kind in ("instrument", "allocation", "target", "credit", "milestone", "resolution", "earlier_year"):
            records[kind] = dict(reversed(records[kind].items()))

    assert all_said(told(changed(turned), key)) == all_said(told(report(), key))


def test_everything_it_says_is_confirmed_with_plans_too() -> None:
    held = complete()
    assert differences(held, held.inventory(), review(held.inventory())) == ()


# ---------------------------------------------------------------------- renewable electricity


def expected() -> tuple[Decimal, Decimal, Decimal]:
    """Used, certified and generated, added up from the records by hand. [kWh]"""
    held = complete().ledger.activities
    bills = [a for a in held if a.method == "purchased_electricity"]
    own = sum((a.quantity for a in held if a.item == "solar_self_used"), Decimal(0))
    used = sum((a.quantity for a in bills), own)
    counting = {"in1", "i1", "i2"}
    certified = sum((a.quantity for a in complete().ledger.held(Allocation) if a.instrument in counting), Decimal(0))
    return used, certified, own


def test_the_three_shares_are_those_of_the_records_and_rounded_down() -> None:
    used, certified, own = expected()
    assert certified == 12 * (COVERED + 250_000)
    flow = told(report(), "renewables")
    (figures, *_) = (one for one in flow if isinstance(one, Figures))
    down = [f"{int(part / used * 1000) / 10}%" for part in (certified, own, own)]
    assert [one.number for one in figures.figures] == down
    whole = cells(titled(flow, "Month"), "Whole period")
    assert whole == ("Whole period", f"{used / 1000:,.1f}", *down)


def test_months_have_their_own_share() -> None:
    table = titled(told(report(), "renewables"), "Month")
    assert [one.cells[0] for one in table.rows][:3] == ["Jan", "Feb", "Mar"]
    used = sum((a.quantity for a in complete().ledger.activities if a.start.month == 1 and (
        a.method == "purchased_electricity" or a.item == "solar_self_used")), Decimal(0))  # fmt: skip
    assert table.rows[0].cells[2] == f"{int((COVERED + 250_000) / used * 1000) / 10}%"


def test_the_claim_names_everything_that_is_open() -> None:
    claim = report().plans.claim
    assert not claim.holds
    said = all_said(told(report(), "renewables"))
    assert f"The claim would not hold. Points open: {len(claim.stops)};" in said
    table = titled(told(report(), "renewables"), "Level")
    assert [one.cells[0] for one in table.rows].count("Stop") == len(claim.stops)
    assert "Contract without proof" in said


def test_nothing_short_of_all_is_ever_shown_as_100_percent() -> None:
    used, certified, _ = expected()
    bill = next(a for a in complete().ledger.activities if a.id == "m0600")
    missing = used - certified
    assert missing > 1

    def nearly(records: Records) -> None:
        records["activity"] = {key: one for key, one in records["activity"].items() if key in ("m0600", "m0601")}
        records["allocation"] = {
            "al00": replace(records["allocation"]["al00"], quantity=bill.quantity),
            "al01": replace(records["allocation"]["al01"], quantity=Decimal(600_000)),
        }
        second = records["activity"]["m0601"]
        records["activity"]["m0601"] = replace(second, quantity=Decimal("600000.001"))

    said = told(changed(nearly), "renewables")
    whole = cells(titled(said, "Month"), "Whole period")
    assert whole[2] == "99.9%"
    assert "The claim would not hold" in texts(said)


def test_the_ledger_of_instruments_says_what_counts_and_why_not() -> None:
    table = titled(told(report(), "renewables"), "Serial numbers")
    wind = cells(table, "Wind certificates")
    assert wind[1] == "GEC-2023-000001–GEC-2023-003600"
    assert wind[2:4] == ("3,600", "3,600")
    assert "2024-01-18" in wind[5] and report().inventory.plant.name in wind[5]
    assert wind[6] == "counts"
    unproven, foreign = cells(table, "Contract without"), cells(table, "From another")
    assert unproven[6].startswith("does not count\n–\u2002Proof")
    assert foreign[6].startswith("not used") and "Same market" in foreign[6]
    assert foreign[3] == "–"
    assert not any("earlier year" in one.cells[0] for one in table.rows)
    assert cells(table, "Allocated and counted")[3] == "6,600"


def test_a_changed_rule_stands_beside_the_shipped_one_with_both_sources() -> None:
    flow = told(report(), "renewables")
    (changed_one,) = titled(flow, "As shipped").rows
    assert changed_one.cells[1] == "12 months"
    assert changed_one.cells[2].startswith("Letter of the verifier")
    assert changed_one.cells[3] == "9 months"
    assert "renewables.never_heard_of" in texts(flow)
    assert cells(titled(told(report(), "neutrality"), "As shipped"), "Months after")[1] == "18 months"
    assert titled(told(report(), "targets"), "As shipped").rows[0].cells[3] == "not known"


def test_hourly_matching_is_shown_as_it_is_stated_or_not_at_all() -> None:
    energy = report().package.energy
    assert energy is not None and energy.matching is not None
    flow = told(report(), "renewables")
    assert str(energy.matching.score_percent) == "31.78"
    assert "Matched hour by hour: 31.7%" in texts(flow)
    without = ReportData(replace(complete(), energy=replace(energy, matching=None)))
    assert "Hourly matching" not in texts(told(without, "renewables"))
    assert "Hourly matching" not in texts(told(ReportData(replace(complete(), energy=Energy())), "renewables"))


def test_the_way_names_gap_cost_and_what_each_option_does_to_both_figures() -> None:
    flow = told(report(), "renewables")
    assert "The way to 100 % in 2027" in texts(flow)
    table = titled(flow, "Cost of a MWh")
    certificates, roof = cells(table, "Certificates"), cells(table, "Second roof")
    assert certificates[3] == "6.00 CNY"
    assert certificates[5] == "0.0" and certificates[4].startswith("−")
    assert roof[5].startswith("−")
    gap = expected()[0] / 1000  # certificates once used are used up
    assert cells(table, "Mix")[0] == f"Mix: {int(gap * 6):,} CNY a year"
    assert "Storage 储能: price or investment is missing." in texts(flow)


def test_a_share_that_cannot_be_is_a_remark() -> None:
    flow = told(with_one("target", "ta2", reduction=Decimal(140)), "renewables")
    assert "140 % cannot be a target." in texts(flow)


def test_own_generation_alone_is_no_reason_for_the_section() -> None:
    only = emptied("instrument", "supply_option", "target")
    assert told(only, "renewables") == []
    assert told(only, "solar") != []


def test_zero_carbon_factories_are_asked_in_china_alone() -> None:
    assert "Zero-carbon factory" in texts(told(report(), "renewables"))
    abroad = with_one("plant", "plant", country="PL", region="", grid="")
    assert "Zero-carbon factory" not in texts(told(abroad, "renewables"))


# ---------------------------------------------------------------------- targets


def test_each_target_says_where_it_stands() -> None:
    table = titled(told(report(), "targets"), "Parts it covers")
    states = {one.cells[0].partition(" ")[0]: one.cells[-1] for one in table.rows}
    assert states == {
        "Withdrawn": "withdrawn", "Not": "stopped by a rule", "100": "not reached", "Per": "on its pathway",
        "Scopes": "on its pathway", "Net": "on its pathway",
    }  # fmt: skip
    scopes = report().inventory.totals.scopes
    emitted = scopes["scope1"] + scopes["scope2_market"]
    assert cells(table, "Scopes")[4] == f"{emitted:,.1f}"
    assert row(table, "Withdrawn").kind == "memo"


def test_a_target_that_is_missed_says_so() -> None:
    tight = with_one("target", "ta1", reduction=Decimal(100), year=2024, kind="own", ruleset="own")
    assert cells(titled(told(tight, "targets"), "Parts it covers"), "Scopes")[-1] == "above its pathway"


def test_what_rose_is_not_called_reduced() -> None:
    """Of a base year below what is emitted now."""

    def change(records: Records) -> None:
        records["earlier_year"]["ey-scope1"] = replace(records["earlier_year"]["ey-scope1"], tonnes=Decimal(400))
        records["target"]["ta4"] = replace(records["target"]["ta4"], parts=("scope1",), base_year=2019, intensity="")

    low = changed(change)
    said = texts(told(low, "targets"))
    assert "they rose so far by" in said and "reduced so far by −" not in said
    said = texts(told(low, "summary"))
    assert "; risen by" in said and "reduced by −" not in said


def test_the_base_year_has_both_series_and_every_trigger_with_its_decision() -> None:
    flow = told(report(), "targets")
    facts = tables(flow)[0]
    original = report().plans.status.series.tonnes(("scope1", "scope2_market", "scope3"), 2021, original=True)
    assert original is not None
    assert cells(facts, "Original emissions")[1] == f"{original:,.1f} t CO2e"
    assert cells(facts, "Recalculated emissions")[1] == f"{original + Decimal('120.5'):,.1f} t CO2e"
    log = titled(flow, "What happened")
    assert [one.cells[2] for one in log.rows] == ["+120.5", "0.0", "−8.0"]
    assert [one.kind for one in log.rows] == ["line", "memo", "line"]
    assert "Above the threshold" in log.rows[0].cells[3] and "Minutes" in log.rows[0].cells[4]
    years = titled(flow, "Where it is from")
    assert [one.cells[0] for one in years.rows] == ["2019", "2021", "2022", "2023"]
    assert "Sustainability report 2019, p. 31" in years.rows[0].cells[1]


def test_the_pathway_is_drawn_with_what_was_emitted_and_the_forecast() -> None:
    said = drawn(told(report(), "targets"))
    for name in ("Pathway", "Emitted", "Forecast, without actions", "t CO₂e a year"):
        assert name in said
    without = changed(lambda records: records["scenario"].clear())
    assert "Forecast" not in drawn(told(without, "targets"))


def test_the_budget_names_the_year_in_which_nothing_is_left() -> None:
    found = next(one.budget for one in report().plans.status.targets if one.target.id == "ta1")
    assert found is not None and found.exhausted_today is not None
    flow = told(report(), "targets")
    budgets = [one for table in tables(flow) for one in table.rows if one.cells[0].startswith("Carbon budget")]
    assert budgets[0].cells[0] == "Carbon budget 2021–2030"
    used_up = next(
        one for table in tables(flow) for one in table.rows if one.cells[0] == "Used up at the level of 2023"
    )
    assert used_up.cells[1] == str(found.exhausted_today)


def test_no_alignment_is_claimed_with_rules_that_a_plant_enters() -> None:
    assert "No alignment with V2.0 is claimed" in texts(told(report(), "targets"))
    without = changed(lambda records: records["target"].pop("ta3"))
    assert "No alignment" not in texts(told(without, "targets"))


def test_coverage_names_what_is_left_out() -> None:
    table = titled(told(report(), "targets"), "What is to be covered")
    scope3 = cells(table, "Scope 3")
    assert scope3[2:4] == ("0.00%", "67%")
    assert scope3[4].startswith("not reached\nnot covered: 3.")


def test_a_year_with_months_missing_is_compared_with_nothing() -> None:
    def half(records: Records) -> None:
        records["activity"] = {key: one for key, one in records["activity"].items() if not key.endswith("11")
                               and key.startswith("m")}  # fmt: skip

    flow = told(changed(half), "targets")
    assert "Months of 2023 without data: 1." in texts(flow)
    assert [one.cells[0] for one in titled(flow, "Where it is from").rows] == ["2019", "2021", "2022"]
    assert "Forecast" not in drawn(flow)


def test_a_scenario_that_cannot_be_is_said_in_place_of_a_forecast() -> None:
    broken = with_one("scenario", "sc1", efficiency=(("scope1", "much"),))
    assert "A number of the scenario “As approved 现行计划” cannot be read." in texts(told(broken, "targets"))


# ---------------------------------------------------------------------- summary


def test_the_summary_has_a_line_for_the_share_and_one_for_the_main_target() -> None:
    said = texts(told(report(), "summary"))
    assert "Renewable electricity with certificates: 41.0%" in said
    assert "a claim of 100 % would not hold" in said
    assert "Target “Per piece 单位产品”: on its pathway" in said
    unknown = with_one("target", "ta4", base_year=2018)
    assert "Target “Scopes 1 and 2 by 2030 范围一和二”: on its pathway" in texts(told(unknown, "summary"))
    alone = emptied("closing", "earlier_year")
    assert "Target “Not possible 不可能”: stopped by a rule.\n" in texts(told(alone, "summary"))
    none = texts(told(ReportData(package("en")), "summary"))
    assert "Renewable electricity" not in none and "Target" not in none
