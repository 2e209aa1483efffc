"""Where the generation of each PV system went, what that avoided by which factor, and what it was worth."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import groupby
from typing import Any

from core.i18n import T, Text, verbatim
from core.inventory.energy.outlook import StatedAnswer, StatedEarned, StatedFactor, StatedHourly
from core.inventory.energy.systems import StatedSystem, StatedUse
from core.library import EXACT
from core.methods import exact_sum
from core.report.charts import Bar, compare
from core.report.data import ReportData, bracketed, exact, percent, publisher_name, tonnes
from core.report.facts import mwh, number, remarks, share, short, subtitle
from core.report.flow import Figure, Figures, Remark, headed, heading, lead, note
from core.report.style import BODY, GUTTER, SCOPE2, SOLAR, SOLAR_DEEP, WIDTH
from core.report.table import Column, Row, Table
from core.series.netting import interval_name
from core.solar.avoided import BASES

TITLE = T("PV systems: use, avoided emissions, money")
ORDER = 32
_DAYS = (T("Monday"), T("Tuesday"), T("Wednesday"), T("Thursday"), T("Friday"), T("Saturday"), T("Sunday"))
_BAND = re.compile(r"([1-7](?:[-,][1-7]){0,6}) ([0-9:]{4,5})-([0-9:]{4,5})")


def story(report: ReportData, lang: str) -> list[Any]:
    """Each system by itself. Nothing where no system counted anything."""
    energy = report.package.energy
    flow: list[Any] = []
    for system in () if energy is None else energy.systems:
        if system.energy_kwh:
            flow += _system(report, system, lang)
    return flow


def _system(report: ReportData, system: StatedSystem, lang: str) -> list[Any]:
    key, outlook = system.id[:40], system.outlook
    return [
        subtitle(system.name, "pv-use", system.id, lang),
        *_use(report, system, key, lang),
        *_avoided(report, system, key, lang),
        *_money(report, outlook.saved, T("Not bought, by tariff"), f"pv-saved-{key}", lang),
        *_money(report, outlook.feed_in_revenue, T("Paid for feed-in"), f"pv-revenue-{key}", lang),
        *remarks(report, T("What cannot be said, and why"), outlook.notes, f"pv-worth-{key}", lang),
    ]


def _interval(use: StatedUse) -> Text:
    if use.interval == "day" or use.interval == "month" or isinstance(use.interval, int):
        return interval_name(use.interval)  # type: ignore[arg-type]
    return T("interval of the meters")


def _use(report: ReportData, system: StatedSystem, key: str, lang: str) -> list[Any]:
    use = system.use
    if use is None:
        said = T("The meters do not tell how much of it was used on site and how much was fed in.")
        return [lead(report.tr(said, lang))]
    opening = T(
        "Netted in intervals of {interval}, {used} of the generation was used on site and met {load} of what the plant "
        "used.",
        interval=_interval(use),
        used=share(use.self_consumption),
        load=share(use.self_sufficiency),
    )
    said = T(
        "Netting interval: {interval}; {share} of them are known. The longer the interval, the more seems to be used "
        "on site: figures of different intervals are never compared.",
        interval=_interval(use),
        share=share(use.coverage),
    )
    title = report.tr(T("Where the generation went, and where the electricity came from"), lang)
    chart = _towers(report, use, lang)
    return [
        lead(report.tr(opening, lang)),
        _figures(report, use, lang),
        *headed(title, f"pv-went-{key}-{lang}", chart, note(report.tr(said, lang))),
    ]


def _figures(report: ReportData, use: StatedUse, lang: str) -> Figures:
    figures = (
        (T("Used on site"), mwh(use.self_used_kwh), "MWh"),
        (T("Fed into the grid"), mwh(use.fed_in_kwh), "MWh"),
        (T("Self-consumption"), share(use.self_consumption), report.tr(T("of the generation"), lang)),
        (T("Self-sufficiency"), share(use.self_sufficiency), report.tr(T("of the use"), lang)),
    )
    return Figures(
        [Figure(report.tr(name, lang), value, unit, "", SOLAR) for name, value, unit in figures], GUTTER / 2, size=18
    )


def _towers(report: ReportData, use: StatedUse, lang: str) -> Any:
    own = Bar(report.tr(T("Used on site"), lang), _mega(use.self_used_kwh), SOLAR)
    fed = Bar(report.tr(T("Fed into the grid"), lang), _mega(use.fed_in_kwh), SOLAR_DEEP, True)
    bought = Bar(report.tr(T("Bought"), lang), _mega(use.purchased_kwh), SCOPE2)
    titles = (report.tr(T("Generation"), lang), report.tr(T("Use of the plant"), lang))
    return compare([own, fed], [own, bought], titles, WIDTH, 124, report.tr(T("Electricity, MWh"), lang))


def _mega(kwh: Decimal | None) -> Decimal:
    return EXACT.divide(kwh or Decimal(0), Decimal(1000))


def _energies(system: StatedSystem) -> list[tuple[Text, Decimal]]:
    """What tonnes are avoided with: used on site and fed in, or all that was generated where that is not known."""
    balance, use = system.outlook.balance, system.use
    used, fed = T("Used on site, t"), T("Fed in, t")
    if balance is not None:
        return [(used, balance.self_used_kwh), (fed, balance.fed_in_kwh)]
    if use is not None and use.self_used_kwh is not None and use.fed_in_kwh is not None:
        return [(used, use.self_used_kwh), (fed, use.fed_in_kwh)]
    return [(T("Generated, t"), system.energy_kwh)]


def _avoided(report: ReportData, system: StatedSystem, key: str, lang: str) -> list[Any]:
    """By every factor that is published, with that of the modules as a further line."""
    answers, energies = system.outlook.factors, _energies(system)
    if not any(one.factor is not None for one in answers):
        return []
    columns = [
        Column(report.tr(T("Factor"), lang), 1.0, most=4),
        Column("t/MWh", 38, "right", fixed=True),
        Column(report.tr(T("Gas"), lang), 28, fixed=True),
        *(Column(report.tr(name, lang), 58, "right", fixed=True) for name, _ in energies),
    ]
    if len(energies) > 1:
        columns.append(Column(report.tr(T("Together, t"), lang), 58, "right", fixed=True))
    rows = [_row(report, one, energies, lang) for one in answers]
    hourly = system.outlook.hourly
    if hourly is not None:
        rows.append(_by_hour(report, hourly, len(energies), lang))
    modules = system.outlook.modules
    if modules is not None:
        name = T("Life cycle of the modules: emitted, not avoided")
        rows.append(_tonnes(report, report.tr(name, lang), modules, energies, lang))
    said = T(
        "A memo beside the inventory: none of these tonnes is subtracted from anything. What was used on site has "
        "lowered the purchased electricity already. The factors answer different questions, and one is chosen before a "
        "number is claimed, not after."
    )
    return [
        heading(report.tr(T("Avoided by each named factor"), lang), f"pv-avoided-{key}-{lang}"),
        Remark(report.tr(said, lang), BODY, SOLAR),
        Table(columns, rows, after=6, pad=2.4),
    ]


def _row(report: ReportData, one: StatedAnswer, energies: Sequence[tuple[Text, Decimal]], lang: str) -> Row:
    basis = BASES.get(one.basis)
    title = one.basis if basis is None else report.tr(basis.title, lang)
    if one.factor is None:
        reason = "" if one.reason is None else f"\n{report.tr(one.reason, lang)}"
        unknown = _sums([Decimal(0)] * len(energies))
        return Row((title + reason, "–", "", *("–" for _ in unknown)), "memo")
    return _tonnes(report, title, one.factor, energies, lang)


def _by_hour(report: ReportData, hourly: StatedHourly, energies: int, lang: str) -> Row:
    """One number for all of it, with what says how far it can be compared."""
    said = T(
        "{name}; {share} of the intervals are known; without weight the mean is {mean} t/MWh",
        name=verbatim(hourly.factor.title.in_language(lang)),
        share=percent(Decimal(hourly.present), Decimal(hourly.expected)),
        mean=number(hourly.plain_mean_t_per_mwh, 4),
    )
    title = report.tr(T("Factor of each time, weighted by the generation"), lang)
    cells = (f"{title}\n{report.tr(said, lang)}", exact(hourly.factor.t_per_mwh, 4), hourly.factor.gas)
    return Row((*cells, *["–"] * (energies if energies > 1 else 0), tonnes(hourly.t)))


def _tonnes(
    report: ReportData, title: str, factor: StatedFactor, energies: Sequence[tuple[Text, Decimal]], lang: str
) -> Row:
    parts = [EXACT.divide(EXACT.multiply(kwh, factor.t_per_mwh), Decimal(1000)) for _, kwh in energies]
    by = report.tr(publisher_name(f"{factor.publisher}, {factor.edition}"), lang)
    named = bracketed(factor.title.in_language(lang), by, lang)
    shown = (tonnes(part) for part in _sums(parts))
    return Row((f"{title}\n{named}", exact(factor.t_per_mwh), factor.gas, *shown))


def _sums(parts: Sequence[Decimal]) -> tuple[Decimal, ...]:
    """With their sum behind them, where there is more than one."""
    return (*parts, exact_sum(parts)) if len(parts) > 1 else tuple(parts)


def _money(report: ReportData, earned: StatedEarned | None, title: Text, key: str, lang: str) -> list[Any]:
    if earned is None:
        return []
    currency = short(earned.currency, 12)
    columns = [
        Column(report.tr(T("Tariff, when"), lang), 1.0),
        Column(f"{currency}/kWh", 60, "right", fixed=True),
        Column("kWh", 84, "right", fixed=True),
        Column(currency, 94, "right", fixed=True),
    ]
    rows: list[Row] = []
    for tariff, parts in groupby(earned.parts, key=lambda one: one.tariff):
        rows.append(Row((tariff, "", "", ""), "group"))
        rows += [
            Row((_when(report, one.when, lang), exact(one.price), number(one.kwh, 1), number(one.money, 2)))
            for one in parts
        ]
    energy = exact_sum(one.kwh for one in earned.parts)
    rows.append(Row((report.tr(T("Total"), lang), "", number(energy, 1), number(earned.money, 2)), "total"))
    flow: list[Any] = [heading(report.tr(title, lang), f"{key}-{lang}"), Table(columns, rows, after=4, pad=2.2)]
    if earned.unpriced_kwh:
        said = T("No price holds for {energy} kWh; they count nothing here.", energy=exact(earned.unpriced_kwh, 1))
        flow.append(note(report.tr(said, lang)))
    return flow


def _when(report: ReportData, typed: str, lang: str) -> str:
    """``1-5 08:00-12:00`` as people say it; what is written otherwise stands as it is."""
    found = _BAND.fullmatch(typed)
    if found is None:
        return typed or report.tr(T("Always"), lang)
    named = re.sub("[1-7]", lambda day: report.tr(_DAYS[int(day[0]) - 1], lang), found[1])
    days = named.replace("-", "–").replace(",", "、" if lang == "zh" else ", ")
    if found[1] == "1-7":
        days = report.tr(T("Every day"), lang)
    return f"{days} {found[2]}–{found[3]}"
