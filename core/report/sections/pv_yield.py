"""PV systems: what they are, what the meters counted beside what the model expects, and where the energy went."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from core.i18n import T, Text, show_date
from core.inventory.energy.systems import StatedLoss, StatedSystem, StatedTree, StatedYield
from core.library import EXACT
from core.methods import exact_sum
from core.report.data import ReportData, bracketed, comma, exact, minus, percent
from core.report.facts import against, facts, mwh, number, owner, remarks, share, signed, subtitle
from core.report.flow import Figure, Figures, Gap, headed, heading, lead, note
from core.report.monthly import Bars, Numbers, dots, monthly
from core.report.style import GUTTER, HOLE, PART, SCOPE2, SOLAR, SOLAR_DEEP, WIDTH, Colour, rgb
from core.report.table import Column, Row, Table
from core.report.waterfall import Look, cut, levels, waterfall
from core.solar.cell import MOUNTINGS
from core.solar.indices import INDICES
from core.solar.losstree import TITLES

TITLE = T("PV systems: expected and measured")
ORDER = 31
_MONTHS = 12
"""Of one chart; longer periods have several."""
_LOSSES = Look(SOLAR, SCOPE2, SOLAR_DEEP, hatched=False)
"""What arrives at the meter, what is gained, what is lost."""
_RATIO = rgb("0A5A63")


def story(report: ReportData, lang: str) -> list[Any]:
    """Each system by itself, then those of which nothing can be said. Nothing without PV systems."""
    energy = report.package.energy
    if energy is None or not (energy.systems or energy.unclear_systems):
        return []
    flow: list[Any] = []
    for system in energy.systems:
        flow += _system(report, system, lang)
    said = [T("{name}: {reason}", name=one.name, reason=one.reason) for one in energy.unclear_systems]
    return [*flow, *remarks(report, T("Systems of which nothing can be said"), said, "pv-unclear", lang)]


def _system(report: ReportData, system: StatedSystem, lang: str) -> list[Any]:
    key = system.id[:40]
    return [
        subtitle(system.name, "pv-yield", system.id, lang),
        lead(report.tr(_opening(system), lang)),
        _figures(report, system, lang),
        _description(report, system, lang),
        _arrays(report, system, lang),
        *_months(report, system, key, lang),
        heading(report.tr(T("Figures of performance"), lang), f"pv-figures-{key}-{lang}"),
        _indices(report, system, lang),
        note(report.tr(_legend(), lang)),
        *([] if system.loss_tree is None else _tree(report, system.loss_tree, key, lang)),
        *_running(report, system, key, lang),
        *remarks(report, T("What cannot be said, and why"), system.notes, f"pv-notes-{key}", lang),
    ]


def _whole(system: StatedSystem) -> tuple[Decimal, Decimal | None]:
    """Counted, and expected in an average year, in the months of which every interval is known. [kWh]"""
    known = [one for one in system.months if one.complete and one.typical_kwh is not None]
    counted = exact_sum(one.energy_kwh for one in known if one.energy_kwh is not None)
    return counted, exact_sum(one.typical_kwh for one in known if one.typical_kwh is not None) if known else None


def _opening(system: StatedSystem) -> Text:
    counted, typical = _whole(system)
    if typical is None or not typical:
        return T("The meters counted {energy} MWh; there is no expected yield to compare with.",
                 energy=mwh(system.energy_kwh))  # fmt: skip
    return T(
        "The meters counted {energy} MWh. In the months that are complete it was {share} of what the model gives in an "
        "average year.",
        energy=mwh(system.energy_kwh),
        share=percent(counted, typical),
    )


def _figures(report: ReportData, system: StatedSystem, lang: str) -> Figures:
    available = None if system.availability is None else system.availability.time
    figures = (
        (T("Generated"), mwh(system.energy_kwh), "MWh"),
        (T("Specific yield"), number(system.figure("specific_yield"), 0), "kWh/kW/a"),
        (T("Performance ratio (PR)"), number(system.figure("performance_ratio"), 3), ""),
        (T("Availability by time"), share(available), ""),
    )
    return Figures(
        [Figure(report.tr(name, lang), value, unit, "", SOLAR) for name, value, unit in figures], GUTTER / 2, size=18
    )


def _description(report: ReportData, system: StatedSystem, lang: str) -> Table:
    area = T("{power} kW on {area} m² of modules", power=exact(system.dc_power_kw), area=exact(system.module_area_m2))
    power = area if system.module_area_m2 else T("{power} kW", power=exact(system.dc_power_kw))
    limit = T("{power} kW", power=exact(system.ac_limit_kw)) if system.ac_limit_kw else T("none")
    owners = T(
        "Roof: {roof}. System: {system}. Certificates: {attributes}.",
        roof=owner(report, system.owners.roof, lang),
        system=owner(report, system.owners.system, lang),
        attributes=owner(report, system.owners.attributes, lang),
    )
    rows = [
        (T("Commissioned"), show_date(system.commissioned, lang)),
        (T("DC power"), report.tr(power, lang)),
        (T("Limit of the AC power"), report.tr(limit, lang)),
        (T("Owners"), report.tr(owners, lang)),
        (T("Average year from"), _weather(report, system, lang)),
    ]
    return facts([(report.tr(name, lang), said) for name, said in rows])


def _arrays(report: ReportData, system: StatedSystem, lang: str) -> Table:
    columns = [
        Column(report.tr(T("Array"), lang), 1.2),
        Column("kW", 40, "right", fixed=True),
        Column("m²", 40, "right", fixed=True),
        Column(report.tr(T("Tilt"), lang), 34, "right", fixed=True),
        Column(report.tr(T("Azimuth"), lang), 40, "right", fixed=True),
        Column(report.tr(T("Mounting"), lang), 0.9),
        Column(report.tr(T("Modules, inverters"), lang), 1.4),
    ]
    rows = [
        Row((
            one.name,
            exact(one.dc_power),
            exact(one.area) if one.area else "–",
            f"{exact(one.tilt)}°",
            f"{exact(one.azimuth)}°",
            report.tr(MOUNTINGS[one.mounting].title, lang) if one.mounting in MOUNTINGS else one.mounting,
            "\n".join(part for part in (one.module, one.inverter) if part) or "–",
        ))
        for one in system.arrays
    ]  # fmt: skip
    return Table(columns, rows, after=6, pad=2.2)


def _weather(report: ReportData, system: StatedSystem, lang: str) -> str:
    if system.weather is None:
        return report.tr(T("no weather was chosen"), lang)
    light = number(system.typical_kwh_m2, 0)
    said = T("{light} kWh/m² a year in the plane of the array", light=light)
    return "\n".join(part for part in (system.weather.name, system.weather.source, report.tr(said, lang)) if part)


def _months(report: ReportData, system: StatedSystem, key: str, lang: str) -> list[Any]:
    """What was counted beside what is expected, and the performance ratio below it."""
    names = {month.start.replace(day=1): name for month, name in
             zip(report.months, report.month_names(lang), strict=True)}  # fmt: skip
    known = [one for one in system.months if one.month in names]
    flow: list[Any] = []
    for start in range(0, len(known), _MONTHS):
        part = known[start : start + _MONTHS]
        shown = [names[one.month] for one in part]
        title = report.tr(T("Expected and counted by month"), lang)
        flow += headed(title, f"pv-months-{key}-{start}-{lang}", _chart(report, part, shown, lang))
        ratios = [one.performance_ratio for one in part]
        if any(ratio is not None for ratio in ratios):
            axis = report.tr(T("Performance ratio (PR) by month"), lang)
            flow += [Gap(8), dots(ratios, shown, WIDTH, 92, axis, _RATIO)]
    return flow


def _chart(report: ReportData, months: Sequence[StatedYield], names: Sequence[str], lang: str) -> Any:
    counted = tuple(one.energy_kwh for one in months)
    typical, modelled = (tuple(getattr(one, key) for one in months) for key in ("typical_kwh", "modelled_kwh"))
    bars = [Bars(report.tr(T("Counted"), lang), _mega(counted), SOLAR)]
    rows = [
        Numbers(
            report.tr(T("Counted"), lang),
            tuple(_counted(one) for one in months),
            tuple(_ground(one) for one in months),
        )
    ]
    for name, values, colour in (
        (T("Average year"), typical, SOLAR_DEEP),
        (T("In the light measured"), modelled, SCOPE2),
    ):
        if any(value is not None for value in values):
            bars.append(Bars(report.tr(name, lang), _mega(values), colour, hatched=True))
            rows.append(Numbers(report.tr(name, lang), tuple(mwh(value) for value in values)))
            differences = zip(months, values, strict=True)
            cells = tuple(against(one.energy_kwh, value) if one.complete else "–" for one, value in differences)
            rows.append(Numbers(report.tr(T("Difference"), lang), cells))
    light = [one.irradiation_kwh_m2 for one in months]
    if any(value is not None for value in light):
        rows.append(Numbers(report.tr(T("Light, kWh/m²"), lang), tuple(number(value, 0) for value in light)))
    return monthly(bars, rows, names, WIDTH, 112, report.tr(T("Electricity, MWh per month"), lang))


def _mega(values: Sequence[Decimal | None]) -> tuple[Decimal | None, ...]:
    return tuple(None if value is None else EXACT.divide(value, Decimal(1000)) for value in values)


def _counted(one: StatedYield) -> str:
    """A gap is said beside the number, which it makes too small."""
    return "○" if one.energy_kwh is None else mwh(one.energy_kwh) + ("" if one.complete else "○")


def _ground(one: StatedYield) -> Colour | None:
    return HOLE if one.energy_kwh is None else None if one.complete else PART


def _legend() -> Text:
    return T(
        "Known: share of the time with everything that the figure needs; only that time is in it. Each is another "
        "figure: they are never compared with each other. ○ in the months: values are missing, and nothing was filled "
        "in."
    )


def _indices(report: ReportData, system: StatedSystem, lang: str) -> Table:
    columns = [
        Column(report.tr(T("Figure"), lang), 1.0),
        Column(report.tr(T("Value"), lang), 44, "right", fixed=True),
        Column("", 40, fixed=True),
        Column(report.tr(T("Known"), lang), 42, "right", fixed=True),
        Column(report.tr(T("Equation, source; or why it cannot be said"), lang), 2.0),
    ]
    rows = []
    for key, figure in sorted(system.figures.items(), key=lambda one: [*INDICES, one[0]].index(one[0])):
        index = INDICES.get(key)
        by = "" if index is None else f"{index.equation}; {index.source}"
        plain = figure.unit == "1"
        rows.append(Row((
            key if index is None else report.tr(index.title, lang),
            number(figure.value, 3 if plain else 1),
            "" if plain else figure.unit,
            share(figure.coverage),
            by if figure.reason is None else report.tr(figure.reason, lang),
        ), "line" if figure.value is not None else "memo"))  # fmt: skip
    return Table(columns, rows, after=4, pad=2.0)


def _tree(report: ReportData, tree: StatedTree, key: str, lang: str) -> list[Any]:
    """From the light on the modules to the meter, with what nobody has an explanation for."""
    losses = [one for one in tree.losses if one.kwh]
    rest = StatedLoss("unexplained", tree.unexplained_kwh, True)
    changes = [(_loss(report, one, tree, lang), EXACT.divide(-one.kwh, Decimal(1000))) for one in (*losses, rest)]
    start, end = (EXACT.divide(value, Decimal(1000)) for value in (tree.reference_kwh, tree.energy_kwh))
    zero = cut([*levels(start, [value for _, value in changes]), end])
    axis = T("Energy, MWh; the axis begins at {zero}", zero=zero) if zero else T("Energy, MWh")
    names = (report.tr(T("Modules at their label, in the light measured"), lang), report.tr(T("At the meter"), lang))
    chart = waterfall(
        (names[0], start), changes, (names[1], end), WIDTH, report.tr(axis, lang), _LOSSES,
        frozenset({len(changes) - 1}),
    )  # fmt: skip
    said = T(
        "Of {share} of the time. What is assumed comes from the model and was not measured; unexplained is what is "
        "left over and closes the sum exactly.",
        share=share(tree.coverage),
    )
    title = report.tr(T("Where the energy went"), lang)
    return headed(title, f"pv-tree-{key}-{lang}", chart, note(report.tr(said, lang)))


def _loss(report: ReportData, one: StatedLoss, tree: StatedTree, lang: str) -> str:
    title = TITLES.get(one.key)
    name = one.key if title is None else report.tr(title, lang)
    part = percent(one.kwh, tree.reference_kwh)
    if one.key != "unexplained":
        name = bracketed(name, report.tr(T("measured") if one.measured else T("assumed"), lang), lang)
    return f"{name}{comma(lang)}{part}"


def _running(report: ReportData, system: StatedSystem, key: str, lang: str) -> list[Any]:
    rows: list[tuple[Text, str, Text]] = []
    if (found := system.availability) is not None:
        hours = T("outages {outage} h; {gap} h of light are not known", outage=number(found.outage_h, 1),
                  gap=number(found.gap_h, 1))  # fmt: skip
        rows += [
            (T("Availability by time"), share(found.time), hours),
            (T("Availability by energy"), share(found.energy), T("lost in outages: {lost} MWh",
                                                                 lost=mwh(found.lost_kwh))),
        ]  # fmt: skip
    if system.curtailed_kwh is not None:
        said = T("held at the limit of the AC power; what was curtailed is no generation")
        rows.append((T("Curtailed"), f"{mwh(system.curtailed_kwh)} MWh", said))
    if system.degradation is not None:
        rows.append(_ageing(system))
    if not rows:
        return []
    columns = [Column("", 118, fixed=True), Column("", 74, "right", fixed=True), Column("", 1.0)]
    table = Table(columns, [Row((report.tr(name, lang), value, report.tr(said, lang))) for name, value, said in rows],
                  header=False, pad=2.2)  # fmt: skip
    return [heading(report.tr(T("Availability, curtailment, degradation"), lang), f"pv-running-{key}-{lang}"), table]


def _ageing(system: StatedSystem) -> tuple[Text, str, Text]:
    found = system.degradation
    assert found is not None
    if found.percent_a is None or found.low is None or found.high is None:
        return T("Degradation"), "–", found.reason or T("not known")
    said = T(
        "95 % interval {low} to {high} %/a, from {years} years, year on year; below zero it gives less each year",
        low=minus(f"{found.low:.2f}"),
        high=minus(f"{found.high:.2f}"),
        years=number(found.years, 1),
    )
    return T("Degradation"), f"{signed(found.percent_a, 2)} %/a", said
