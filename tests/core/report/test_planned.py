"""Sections on renewable electricity, targets, neutrality and actions: what each says, and from what it follows."""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import fields, replace
from decimal import Decimal
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.checks import review
from core.errors import UserError
from core.inventory import Package, differences, read
from core.inventory.audited import PLANNED
from core.inventory.energy import Energy
from core.ledger import Allocation, Evidence, Ledger, Record, canonical, kind_of, sha256_of
from core.report import compare, render
from core.report.data import ReportData
from core.report.flow import Figures
from core.report.plans.words import SAID
from core.report.style import HOLE
from core.report.table import Table
from core.targets.credits import credit_ledger
from tests.core.report.complete import complete
from tests.core.report.planned import COVERED, planned
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


# ---------------------------------------------------------------------- nobody can show anything else


def forged(change: Callable[[dict[str, Any]], None]) -> Package:
    """The package with other records, its hash right again: what a forger with this program's source makes."""
    plain: dict[str, Any] = copy.deepcopy(dict(complete().plain))
    change(plain["ledger"])
    plain["ledger_sha256"] = sha256_of(plain["ledger"])
    return read(canonical(plain))


def record(ledger: dict[str, Any], kind: str, key: str) -> dict[str, Any]:
    found: dict[str, Any] = next(one for one in ledger[kind] if one["id"] == key)
    return found


def _more(ledger: dict[str, Any]) -> None:
    record(ledger, "allocation", "al00")["quantity"] = "600000"
    record(ledger, "instrument", "in1")["quantity"] = "9000"


def _retired(ledger: dict[str, Any]) -> None:
    plant = ledger["plant"][0]["name"]
    record(ledger, "instrument", "in2").update(
        evidence=["cert"], kind="certificate", scheme="GEC", serials="X-1–X-1200", retired="2024-01-02",
        beneficiary=plant, commissioned="2021-05-01",
    )  # fmt: skip


@pytest.mark.parametrize("change", [_more, _retired], ids=["more allocated", "made to count"])
def test_a_larger_share_does_not_follow_from_what_is_stated(change: Callable[[dict[str, Any]], None]) -> None:
    """The share is no statement: who wants another one changes records, and then the emissions no longer follow."""
    held = forged(change)
    stated = differences(held, held.inventory(), review(held.inventory()))
    assert any("scope2_market" in one.where for one in stated)


def test_pages_with_another_share_are_not_what_the_data_give() -> None:
    held = complete(draws=0)
    other = with_one("allocation", "al00", quantity=Decimal(815_340)).package
    assert compare(render(replace(held, ledger=other.ledger)), held) == "differs"


def test_promises_are_rebuilt_byte_by_byte_and_every_other_one_differs() -> None:
    held = complete(draws=0)
    pdf = render(held)
    assert compare(pdf, held) == "equal"

    def softer(ledger: dict[str, Any]) -> None:
        record(ledger, "target", "ta1")["reduction"] = "20"

    assert compare(pdf, forged(softer)) == "differs"


# ---------------------------------------------------------------------- whatever a stranger writes

WORDS = st.sampled_from(["", "x" * 4000, "未知", "a\nb\tc", "scope9", "scope3:99", "-1", "nan"])
NUMBERS = st.sampled_from([Decimal(0), Decimal(-5), Decimal("1e-9"), Decimal("1e15"), Decimal("99.999999")])
YEARS = st.sampled_from([1, 1900, 2022, 2023, 2024, 2500, 9999])
HELD: tuple[Record, ...] = tuple(one for one in planned() if not isinstance(one, Evidence))


@st.composite
def strange(draw: st.DrawFn) -> tuple[str, Record]:
    """One of the records with one field that nobody would write."""
    one: Any = draw(st.sampled_from(HELD))
    field = draw(st.sampled_from([f for f in fields(one) if f.name != "id"]))
    value: object = draw(WORDS)
    if "Decimal" in str(field.type):
        value = draw(NUMBERS)
    elif field.type == "int":
        value = draw(YEARS)
    elif field.type == "date":
        value = getattr(one, field.name).replace(year=draw(YEARS))
    elif "tuple[tuple" in str(field.type):
        value = ((draw(WORDS), draw(WORDS)),)
    elif "tuple" in str(field.type):
        value = (draw(WORDS),)
    return kind_of(one), replace(one, **{field.name: value})


@settings(max_examples=60, deadline=None)
@given(strange(), st.sampled_from(SECTIONS), st.sampled_from(["en", "zh"]))
def test_no_record_breaks_a_section(made: tuple[str, Record], key: str, lang: str) -> None:
    kind, one = made
    held = changed(lambda records: records[kind].update({one.id: one}))
    try:
        flow = told(held, key, lang)
        for table in tables(flow):
            table.wrap(482, 600)
    except UserError:
        pass  # what cannot be calculated is refused by name


def test_thousands_of_judgements_are_counted() -> None:
    def many(records: Records) -> None:
        first = records["credit"]["cr2"]
        records["credit"] |= {f"x{n:04d}": replace(first, id=f"x{n:04d}", serials=f"Z-{n}") for n in range(100)}

    flow = told(changed(many), "neutrality")
    assert len(tables(flow)[-2].rows) == SAID or any(len(one.rows) == SAID for one in tables(flow))
    assert "Further judgements:" in texts(flow)


def test_colours_of_judgements_only_repeat_their_word() -> None:
    table = titled(told(report(), "renewables"), "Level")
    for one in table.rows:
        assert bool(one.grounds) == (one.cells[0] in ("Stop", "Warning"))
        assert all(colour != HOLE for _, colour in one.grounds)
