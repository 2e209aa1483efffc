"""The report of a plant that leaves nothing out: what each new section says, and that it is rebuilt byte by byte."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest

from core.checks import review
from core.inventory import Package, differences
from core.ledger import Closing, Judgement
from core.report.data import ReportData, tonnes
from core.report.discover import all_sections, in_order
from core.report.flow import Block, Chapter
from core.report.table import Row, Table
from tests.core.report.complete import closing, complete, rebuilt
from tests.core.report.sample import AUDIT, PLANT, activities, package


def told(report: ReportData, key: str, lang: str = "en") -> list[Any]:
    (section,) = [s for s in all_sections() if s.key == key]
    return section.story(report, lang)


def tables(flow: list[Any]) -> list[Table]:
    return [part for part in flow if isinstance(part, Table)]


def texts(flow: list[Any]) -> str:
    return "\n".join(part.text for part in flow if isinstance(part, Block))


def row(table: Table, start: str) -> Row:
    return next(r for r in table.rows if r.cells[0].startswith(start))


@pytest.fixture(scope="module")
def report() -> ReportData:
    return ReportData(complete())


@pytest.mark.parametrize("language", ["zh", "en", "both"])
def test_the_same_package_gives_the_same_bytes(language: str) -> None:
    assert rebuilt(language) == "equal"


def test_everything_it_says_is_confirmed(report: ReportData) -> None:
    inventory = report.inventory
    assert differences(report.package, inventory, review(inventory)) == ()


def test_every_category_of_scope_3_is_there_with_its_state(report: ReportData) -> None:
    tree = tables(told(report, "completeness"))[0]
    for number in range(1, 16):
        assert [r for r in tree.rows if r.cells[0].startswith(f"3.{number}\u2002")], number
    assert row(tree, "3.4\u2002").cells[1:3] == (
        "Calculated: distance-based",
        tonnes(report.inventory.totals.categories[4]),
    )
    assert "Brakes are fitted as delivered" in row(tree, "3.10\u2002").cells[1]
    assert row(tree, "3.15\u2002").cells[1:3] == ("Not recorded", "–")


def test_holes_and_exclusions_are_named(report: ReportData) -> None:
    _, holes, excluded = tables(told(report, "completeness"))
    assert row(holes, "Heat treatment").cells[2:] == ("May, Jun", "61")
    assert row(excluded, "Old generator").cells[3:5] == ("80", "kWh")


def test_bills_excluded_for_one_reason_share_a_row_with_their_sum() -> None:
    (old,) = [one for one in activities() if one.id == "x01"]
    bills = [replace(old, id=f"x{n:02d}", quantity=Decimal(n)) for n in range(1, 15)]
    held = package("en", records=[*bills, replace(old, id="y01", source="New generator")])
    excluded = tables(told(ReportData(held), "completeness"))[-1]
    assert sorted(r.cells[0] for r in excluded.rows) == ["New generator", *["Old generator 旧发电机"] * 2]
    twelve, two = (r for r in excluded.rows if r.cells[0] == old.source)
    assert twelve.cells[3].split("\n") == [str(n) for n in range(1, 13)]
    assert len(twelve.cells[2].split("\n")) == 12
    assert "the quantity 78 is" in twelve.cells[5]
    assert "the quantity 27 is" in two.cells[5]


def test_months_show_holes_and_add_up(report: ReportData) -> None:
    (table,) = tables(told(report, "matrix", "both"))
    heat = row(table, "Heat treatment")
    assert heat.cells[5:7] == ("○", "○")
    assert [place for place, _ in heat.grounds] == [5, 6]
    assert row(table, "Boiler house").cells[8].endswith("e")
    assert len(table.rows) == len(report.matrix.rows) + 1


def test_many_series_are_added_up_by_category() -> None:
    held = [replace(one, source=f"{one.source} {n}") for n, one in enumerate(activities(300))]
    (table,) = tables(told(ReportData(package("en", records=held, stated=())), "matrix", "both"))
    assert len(table.rows) == 4


def test_three_years_have_three_tables_of_months() -> None:
    audit = replace(AUDIT, start=date(2021, 1, 1))
    assert len(tables(told(ReportData(package("en", audit=audit, stated=())), "matrix", "both"))) == 3


def test_the_iso_table_adds_up_and_says_who_decided(report: ReportData) -> None:
    gases, significance = tables(told(report, "iso"))
    assert row(gases, "Total").cells[-1] == "22,754.02"
    assert [c.title for c in gases.columns] == ["", "CO2", "CH4", "N2O", "HFCs", "SF6", "Total"]
    assert "PFCs, NF₃" in texts(told(report, "iso"))
    assert row(significance, "5").cells[2:4] == ("Significant", "Decided")
    assert row(significance, "6").cells[2:4] == ("Not known", "Proposed")


def test_the_chinese_summary_adds_up_and_shows_parameters_with_their_origin(report: ReportData) -> None:
    view = report.gbt
    assert view is not None
    (summary,) = tables(told(report, "gbt"))
    assert row(summary, "Total with bought").cells[1] == tonnes(view.with_energy)
    (details,) = tables(told(report, "gbt_details", "both"))
    boiler = row(details, "Boiler house")
    assert "35.2" in boiler.cells[3]
    assert "measured" in boiler.cells[3]
    assert boiler.cells[5].startswith("0.99 (")
    assert "11 of 12 lines" in boiler.cells[-1]


def test_the_chinese_summary_is_for_china_or_for_who_asks() -> None:
    polish = replace(PLANT, country="PL", region="")
    asked = replace(AUDIT, policy="gbt-32150-2025")
    assert told(ReportData(package("en", plant=polish)), "gbt") == []
    assert told(ReportData(package("en", plant=polish)), "gbt_details") == []
    assert told(ReportData(package("en", plant=polish, audit=asked)), "gbt")


@pytest.mark.parametrize(("view", "opens"), [("gbt", "gbt"), ("iso", "iso"), ("ghgp", "summary"), ("", "summary")])
def test_the_view_of_the_policy_opens_the_report_behind_the_statement(view: str, opens: str) -> None:
    order = [section.key for section, _ in in_order(all_sections(), ("en",), "en", view)]
    assert order[:3] == ["cover", "audit_statement", opens]
    assert sorted(order) == sorted(s.key for s in all_sections())


def test_years_are_compared_as_they_were_closed(report: ReportData) -> None:
    years, closed = tables(told(report, "comparison"))
    base = Decimal(dict(closing(2021, "1.12").figures)["scope1"])
    assert row(years, "Scope 1").cells[1] == tonnes(base)
    assert row(years, "3.8").cells[1] == "–"
    assert row(years, "3.8").cells[-2] == "–"
    assert [r.cells[0] for r in closed.rows] == ["2021", "2022"]


def test_what_is_not_closed_is_not_compared() -> None:
    said = texts(told(ReportData(package("en", audit=replace(AUDIT, base_year="2019"))), "comparison"))
    assert "The base year 2019 is not closed, so it is not compared." in said
    assert "2022 is not closed, so it is not compared." in said


def test_the_base_year_itself_says_so() -> None:
    said = texts(told(ReportData(package("en", audit=replace(AUDIT, base_year="2023"))), "comparison"))
    assert "2023 is the base year itself." in said


def test_without_years_there_is_no_comparison() -> None:
    assert told(ReportData(package("en")), "comparison") == []


def test_a_closing_with_broken_figures_is_not_compared() -> None:
    broken = Closing("2022", "0" * 64, 1, 1, date(2023, 1, 1), "x", figures=(("scope1", "many"), ("scope3", "1")))
    held = complete()
    ledger = type(held.ledger)({**held.ledger.records, "closing": {"2022": broken}})
    said = texts(told(ReportData(replace(held, ledger=ledger)), "comparison"))
    assert "2022 is not closed, so it is not compared." in said


def test_drawn_numbers_come_from_the_package_and_nowhere_else(report: ReportData) -> None:
    draws = report.package.draws
    assert draws is not None
    table = tables(told(report, "uncertainty"))[0]
    assert row(table, "Scope 1").cells[4] != "–"
    assert "2,000 draws" in texts(told(report, "uncertainty"))
    without = ReportData(replace(report.package, draws=None))
    assert row(tables(told(without, "uncertainty"))[0], "Scope 1").cells[4] == "–"
    assert "No Monte Carlo" in texts(told(without, "uncertainty"))


def test_the_largest_contribution_comes_first_and_the_unknown_last(report: ReportData) -> None:
    ranking = tables(told(report, "uncertainty"))[1]
    assert ranking.rows[0].cells[0].startswith("Outbound trucks")
    assert ranking.rows[-1].cells[3] == "–"


def test_proof_is_told_by_scope_and_the_rest_counted(report: ReportData) -> None:
    scopes, _, unproven = tables(told(report, "quality"))
    assert row(scopes, "Scope 3").cells[3] == "0.0%"
    assert unproven.rows[0].cells[0] == "y09"
    assert "Further records without a kept file" in texts(told(report, "quality"))


def test_own_values_stand_with_their_proof(report: ReportData) -> None:
    own, sets, parameters = tables(told(report, "plant_values"))
    assert "ab" * 32 in own.rows[0].cells[4]
    assert "±4%" in own.rows[0].cells[1]
    assert {r.cells[1] for r in sets.rows} == {"Workbook of the publisher", "Signed by head office, Chen Hong"}
    assert "35.2" in row(parameters, "Boiler house").cells[2]


def test_a_plant_with_bills_only_has_no_values_of_its_own() -> None:
    assert told(ReportData(package("en")), "plant_values") == []


def test_dismissed_findings_stand_apart_with_their_reason(report: ReportData) -> None:
    grave, notes, dismissed = tables(told(report, "findings"))
    assert all("Checked on site" in r.cells[3] for r in dismissed.rows)
    assert len(dismissed.rows) == 2
    assert {r.cells[0] for r in grave.rows} == {"Error", "Warning"}
    assert sum(r.kind == "line" for r in notes.rows) == sum(f.severity == "info" for f in report.package.findings)


def test_contracts_that_say_the_same_share_a_row(report: ReportData) -> None:
    _, factors = tables(told(report, "factors"))
    named = [
        below.cells[0]
        for above, below in pairwise(factors.rows)
        if above.kind == "group" and above.cells[0].endswith("; instrument")
    ]
    assert len(named) == 2
    assert "–" in named[0]
    assert any("P" in r.cells[-1].split() for r in factors.rows)


@pytest.mark.parametrize("lang", ["en", "zh", "both"])
def test_factors_of_a_set_stand_together_and_name_it_once(report: ReportData, lang: str) -> None:
    _, factors = tables(told(report, "factors", lang))
    groups = [r.cells[0] for r in factors.rows if r.kind == "group"]
    assert len(set(groups)) == len(groups) < sum(r.kind == "line" for r in factors.rows)
    assert {r.cells[-1] for r in factors.rows if r.kind == "line"} <= {
        f"{letter}{proxy}" for letter in "VSDU" for proxy in ("", " P")
    }


def test_energy_sold_is_a_memo_in_no_total(report: ReportData) -> None:
    assert all(line.scope != "exported" for line in report.counted)
    summary = tables(told(report, "summary"))
    assert row(summary[2], "Energy sold").cells[1] == tonnes(report.inventory.totals.scopes["exported"])
    assert row(summary[1], "Total").cells[2] == tonnes(report.inventory.totals.location)


def test_lines_of_scope_3_stand_below_their_category(report: ReportData) -> None:
    (table,) = tables(told(report, "lines", "both"))
    groups = [r.cells[1] for r in table.rows if r.kind == "group"]
    assert len([g for g in groups if g.startswith("3.")]) == len(report.inventory.totals.categories)


def test_a_decision_about_significance_replaces_the_proposal() -> None:
    held = complete()
    other = Judgement("j9", 2023, "iso:3", "not_significant", "No influence.")
    ledger = type(held.ledger)({**held.ledger.records, "judgement": {"j9": other}})
    table = tables(
        told(ReportData(Package(held.plain, held.issue, ledger, held.library, held.choices, held.audit, ())), "iso")
    )
    assert row(table[1], "3").cells[2:] == ("Not significant", "Decided", "No influence.")


def test_causes_are_shown_for_each_earlier_year(report: ReportData) -> None:
    flow = told(report, "comparison")
    assert "From 2021 to 2023, by cause" in [part.block.text for part in flow if isinstance(part, Chapter)]
    assert len([p for p in flow if getattr(p, "key", "").startswith("causes-")]) == 2
    without = ReportData(replace(report.package, comparisons=()))
    assert not [p for p in told(without, "comparison") if getattr(p, "key", "").startswith("causes-")]


def test_a_factor_that_nobody_quantified_is_not_passed_over(report: ReportData) -> None:
    """The grid's factor has no limits: its tonnes count as not fully quantified though its meter is known."""
    table = tables(told(report, "uncertainty"))[0]
    coverage = report.uncertainty.formula["scope2_location"].estimate.coverage
    assert coverage.activity > coverage.neither
    assert float(row(table, "Scope 2, location").cells[5].rstrip("%")) > 90
