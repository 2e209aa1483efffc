"""Savings other than PV: each measure with its baseline, its years, what proves it and what it leaves out."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from core.i18n import T, Text, labelled, verbatim
from core.inventory.energy import Energy
from core.inventory.energy.savings import (
    SavedFinance,
    SavedFlow,
    SavedMeasure,
    SavedRegression,
    SavedYear,
    StatedSavings,
)
from core.inventory.period import Period
from core.methods import exact_sum
from core.report.data import ReportData, comma, exact, percent_of, publisher_name, tonnes
from core.report.facts import facts, mwh, number, remarks, short, subtitle
from core.report.flow import Remark, heading, lead, note
from core.report.style import BODY, SCOPE2, SMALL_CELL
from core.report.table import Column, Row, Table
from core.savings import NEVER_SUBTRACTED, all_kinds

TITLE = T("Savings other than PV")
ORDER = 35
_STEPS = 16
"""Of a calculation that are printed; all stand in the attached data."""


def story(report: ReportData, lang: str) -> list[Any]:
    """All measures together, then each by itself. Nothing without measures."""
    energy = report.package.energy
    if energy is None or energy.savings is None:
        return []
    savings = energy.savings
    inside = [one for one in savings.measures if one.years]
    flow: list[Any] = [
        lead(report.tr(_opening(savings, len(inside)), lang)),
        *_together(report, savings, lang),
        Remark(report.tr(NEVER_SUBTRACTED, lang), BODY, SCOPE2),
        *remarks(report, T("Measures that may count the same energy"), [one.message for one in savings.overlaps],
                 "savings-twice", lang),
        *remarks(report, T("Measures that cannot be calculated"),
                 [T("{name}: {reason}", name=one.name, reason=one.reason) for one in savings.unclear],
                 "savings-unclear", lang),
        *remarks(report, T("Measures outside the period"),
                 [verbatim(f"{one.name} ({one.start.isoformat()} – {one.end.isoformat()})")
                  for one in savings.measures if not one.years], "savings-outside", lang),
    ]  # fmt: skip
    for one in inside:
        flow += _measure(report, energy, one, lang)
    return flow


def _opening(savings: StatedSavings, count: int) -> Text:
    kwh = exact_sum(one.kwh for one in savings.years)
    avoided = exact_sum(one.tco2e for one in savings.years)
    return T(
        "Measures: {count}. In the period they saved {energy} MWh, which avoids {tonnes} t CO2e.",
        count=count,
        energy=mwh(kwh),
        tonnes=exact(avoided, 1),
    )


def _together(report: ReportData, savings: StatedSavings, lang: str) -> list[Any]:
    if not any(one.years for one in savings.measures):
        return []
    columns = [
        Column(report.tr(T("Measure"), lang), 1.2),
        Column(report.tr(T("Kind"), lang), 0.8),
        Column(report.tr(T("Year"), lang), 34, fixed=True),
        Column("kWh", 66, "right", fixed=True),
        Column("t CO2e", 54, "right", fixed=True),
        Column(report.tr(T("Money"), lang), 92, "right", fixed=True),
    ]
    rows = [
        Row((one.name, _kind(report, one, lang), str(year.year), number(year.kwh, 0), tonnes(year.tco2e),
             _money(year.money, one.currency)))
        for one in savings.measures
        for year in one.years
    ]  # fmt: skip
    for total in savings.years:
        money = "\n".join(_money(amount, currency) for currency, amount in sorted(total.money.items()))
        name = report.tr(T("All measures"), lang)
        cells = (name, "", str(total.year), number(total.kwh, 0), tonnes(total.tco2e), money or "–")
        rows.append(Row(cells, "total"))
        if total.beside_tco2e:
            said = report.tr(T("Emitted by the measures themselves, in no sum"), lang)
            rows.append(Row((said, "", str(total.year), "", tonnes(total.beside_tco2e), ""), "memo"))
    return [Table(columns, rows, after=6, pad=2.4)]


def _money(amount: Decimal, currency: str) -> str:
    return f"{number(amount, 2)} {short(currency, 12)}" if currency else "–"


def _kind(report: ReportData, one: SavedMeasure, lang: str) -> str:
    kind = all_kinds().get(one.kind)
    return one.kind if kind is None else report.tr(kind.title, lang)


def _measure(report: ReportData, energy: Energy, one: SavedMeasure, lang: str) -> list[Any]:
    key = short(one.id, 40)
    rows = [
        (T("Kind"), _kind(report, one, lang)),
        (T("Saves"), _item(report, energy, one.item, lang)),
        (T("Looked at"), report.span(Period(one.start, max(one.start, one.end)), lang)),
        (T("Calculated after"), one.source),
        (T("Option of the IPMVP"), one.ipmvp_option or report.tr(T("none: calculated without measurement"), lang)),
        (T("Proof"), _proof(report, one, lang)),
    ]
    if one.uncertainty is not None:
        rows.append((T("Uncertainty"), _uncertainty(report, one, lang)))
    if one.finance is not None:
        rows.append((T("Worth"), report.tr(_finance(one.finance, one.currency), lang)))
    flow: list[Any] = [
        subtitle(one.name, "saving", one.id, lang),
        facts([(report.tr(name, lang), said) for name, said in rows]),
        *_years(report, energy, one, key, lang),
        *_steps(report, one, key, lang),
    ]
    if one.regression is not None:
        flow += _regression(report, one.regression, key, lang)
    flow += remarks(report, T("What the number leaves out"), one.left_out, f"saving-without-{key}", lang)
    flow += remarks(report, T("What it assumes"), one.assumptions, f"saving-assumed-{key}", lang)
    return flow + remarks(report, T("What to look at"), one.warnings, f"saving-warned-{key}", lang)


def _proof(report: ReportData, one: SavedMeasure, lang: str) -> str:
    kept = {file.id: file.name for file in report.package.ledger.evidence}
    names = [kept.get(key, key) for key in one.evidence[:20]]
    return "\n".join(names) if names else report.tr(T("no file is named"), lang)


def _uncertainty(report: ReportData, one: SavedMeasure, lang: str) -> str:
    found = one.uncertainty
    assert found is not None
    half = "–" if found.percent is None else f"±{percent_of(found.percent)}"
    said = T("{half} with {confidence} % confidence", half=half, confidence=exact(found.confidence_percent))
    return f"{report.tr(said, lang)}\n{report.tr(found.basis, lang)}"


def _finance(found: SavedFinance, currency: str) -> Text:
    roots = [percent_of(root, 1) for root in found.irr_percent]
    return T(
        "Investment {capex} {currency}, saved a year {yearly}, life {life} years: net present value {npv}; internal "
        "rate of return {irr} (roots: {count}); payback {payback} years.",
        capex=number(found.capex, 0),
        currency=verbatim(short(currency, 12)),
        yearly=number(found.yearly, 0),
        life=found.life_years,
        npv=number(found.npv, 0),
        irr=", ".join(roots) if roots else "–",
        count=len(found.irr_percent),
        payback=number(found.payback_years, 1),
    )


def _years(report: ReportData, energy: Energy, one: SavedMeasure, key: str, lang: str) -> list[Any]:
    """Each carrier of each year: without the measure, with it, and what the difference is worth."""
    columns = [
        Column(report.tr(T("Carrier"), lang), 1.0, most=4),
        Column(report.tr(T("Baseline"), lang), 58, "right", fixed=True),
        Column(report.tr(T("With it"), lang), 58, "right", fixed=True),
        Column(report.tr(T("Saved"), lang), 56, "right", fixed=True),
        Column("", 34, fixed=True),
        Column("t CO2e", 48, "right", fixed=True),
        Column(report.tr(T("Money"), lang), 58, "right", fixed=True),
    ]
    rows: list[Row] = []
    for year in one.years:
        rows.append(
            Row((_span(report, year, lang), "", "", "", "", tonnes(year.tco2e), _bare(one, year.money)), "group")
        )
        rows += [_flow(report, energy, one, flow, lang) for flow in year.lines]
        rows += [
            Row((beside.role.in_language(lang), "", exact(beside.amount, 3), "", short(beside.unit, 12),
                 "–" if beside.tco2e is None else tonnes(beside.tco2e), ""), "memo")
            for beside in year.beside
        ]  # fmt: skip
    title = report.tr(T("Baseline and saving"), lang)
    flow: list[Any] = [heading(title, f"saving-years-{key}-{lang}"), Table(columns, rows, after=4, pad=2.2)]
    return flow + [note(said) for said in _factors(report, energy, one, lang)]


def _factors(report: ReportData, energy: Energy, one: SavedMeasure, lang: str) -> list[str]:
    """Each factor behind the tonnes, once, and why there are none where there are none."""
    found: dict[str, None] = {}
    for flow in (flow for year in one.years for flow in year.lines):
        name, factor = _item(report, energy, flow.item, lang), flow.factor
        if factor is None:
            said = flow.reason.in_language(lang)
        else:
            by = report.tr(publisher_name(factor.publisher), lang)
            value = f"{exact(factor.value)} {report.unit(factor.unit)}"
            said = comma(lang).join((value, factor.title.in_language(lang), by))
        if said:
            found[labelled(name, said, lang)] = None
    return list(found)


def _item(report: ReportData, energy: Energy, key: str, lang: str) -> str:
    item = energy.items.get(key)
    return key if item is None else report.tr(item, lang)


def _span(report: ReportData, year: SavedYear, lang: str) -> str:
    return report.span(Period(year.start, max(year.start, year.end)), lang)


def _bare(one: SavedMeasure, money: Decimal | None) -> str:
    return number(money, 2) if one.currency else "–"


def _flow(report: ReportData, energy: Energy, one: SavedMeasure, flow: SavedFlow, lang: str) -> Row:
    return Row((
        f"{report.tr(flow.role, lang)}\n{_item(report, energy, flow.item, lang)}",
        number(flow.before, 1),
        number(flow.after, 1),
        number(flow.saved, 1),
        _net(short(flow.unit, 12)),
        "–" if flow.tco2e is None else tonnes(flow.tco2e),
        _bare(one, flow.money),
    ))  # fmt: skip


def _steps(report: ReportData, one: SavedMeasure, key: str, lang: str) -> list[Any]:
    if not one.steps:
        return []
    columns = [
        Column(report.tr(T("Step"), lang), 1.0),
        Column(report.tr(T("Formula"), lang), 1.7, most=8),
        Column(report.tr(T("Result"), lang), 64, "right", fixed=True),
        Column("", 44, fixed=True),
    ]
    rows = [
        Row((step.what.in_language(lang), step.formula, exact(step.result, 3), _net(step.unit)))
        for step in one.steps[:_STEPS]
    ]
    title = report.tr(T("How it is calculated"), lang)
    flow: list[Any] = [
        heading(title, f"saving-steps-{key}-{lang}"),
        Table(columns, rows, SMALL_CELL, after=4, pad=1.8),
    ]
    if more := one.steps[_STEPS:]:
        flow.append(note(report.tr(T("Further steps: {count}, in the attached data.", count=len(more)), lang)))
    return flow


def _net(unit: str) -> str:
    return "kWh" if unit == "kWh_net" else unit


def _regression(report: ReportData, found: SavedRegression, key: str, lang: str) -> list[Any]:
    """How well the baseline fits, with the denominator of each statistic named, and its coefficients."""
    within = {True: T("kept"), False: T("not kept"), None: T("none for periods of this length")}
    rows: list[tuple[Text | str, str]] = [
        (T("Periods: baseline, reporting; parameters"), f"n = {found.n}, m = {found.m}, p = {found.p}"),
        ("R²", exact(found.r2, 4)),
        ("CV(RMSE), n − p", f"{exact(found.cv_rmse_percent, 2)}%"),
        ("NMBE, n − p", f"{exact(found.nmbe_percent_n_minus_p, 3)}%"),
        ("NMBE, n", f"{exact(found.nmbe_percent_n, 3)}%"),
        (T("Autocorrelation; independent periods n′"),
         f"{exact(found.autocorrelation, 3)}; {exact(found.effective_periods, 1)}"),
        (T("Limits of ASHRAE Guideline 14"), report.tr(within[found.within_ashrae_14], lang)),
    ]  # fmt: skip
    columns = [
        Column(report.tr(T("Coefficient"), lang), 1.0),
        Column(report.tr(T("Value"), lang), 84, "right", fixed=True),
        Column("", 60, fixed=True),
        Column(report.tr(T("Standard error"), lang), 76, "right", fixed=True),
        Column("t", 44, "right", fixed=True),
    ]
    coefficients = [
        Row((one.name.in_language(lang), exact(one.value, 4), short(one.unit, 20),
             "–" if one.standard_error is None else exact(one.standard_error, 4),
             "–" if one.t is None else exact(one.t, 2)))
        for one in found.coefficients
    ]  # fmt: skip
    named = [(name if isinstance(name, str) else report.tr(name, lang), said) for name, said in rows]
    return [
        heading(report.tr(T("Fit of the baseline"), lang), f"saving-fit-{key}-{lang}"),
        facts(named, 190),
        Table(columns, coefficients, after=4, pad=2.0),
    ]
