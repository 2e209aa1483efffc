"""What ``solar yield`` and ``solar performance`` tell: expected of an average year, and counted beside expected."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal
from typing import Any

from core.cli.common import GOOD, print_json, table, write
from core.cli.energy import DASH, month_name, percent, period_of, places, whole
from core.errors import UserError
from core.handover.energy import SystemOf, Unclear, stated_model, systems_of
from core.i18n import T, Text, show_month, show_number, verbatim
from core.ledger import PvSystem
from core.series.metered import Metered
from core.solar.availability import Availability
from core.solar.degradation import Degradation
from core.solar.expected import MonthlyYield
from core.solar.indices import Figure
from core.solar.losstree import TITLES, LossTree
from core.solar.plain import ENERGY, number, observed_to_plain
from core.solar.system import Observed
from core.solar.use import Use
from core.solar.yields import typical_months
from core.store import PlantFile

REFERENCE = "reference"


@contextmanager
def looked_at(arguments: argparse.Namespace) -> Iterator[tuple[PlantFile, list[SystemOf]]]:
    """The systems asked for, over the period. One of which nothing can be said is told before the others.

    Raises
    ------
    UserError
        when there is none of which something can be said, with the reason.
    """
    with PlantFile.open(arguments.file, read_only=True) as plant:
        metered = Metered(plant.ledger, plant.blob)
        found = list(systems_of(metered, period_of(plant.ledger, arguments.year)))
        chosen = [
            one for one in found if isinstance(one, SystemOf) and arguments.system in ("", one.observed.system.id)
        ]
        unclear = [one for one in found if isinstance(one, Unclear) and arguments.system in ("", one.system.id)]
        if not chosen:
            raise UserError(
                unclear[0].reason if unclear else T("The plant has no such PV system in this year."),
                T("Describe it with “solar add” and “solar array”; “--year” looks at another year."),
            )
        if not arguments.json:
            for one in unclear:
                words = T("{name}: {words}", name=verbatim(one.system.name), words=one.reason)
                write(words.in_language(arguments.lang_ui))
        yield plant, chosen


def _is(system: PvSystem, asked: str) -> bool:
    return asked in ("", system.id, system.name)


# ---------------------------------------------------------------------- yield


def show_yield(arguments: argparse.Namespace) -> int:
    """Month by month, from the weather file of the system."""
    with looked_at(arguments) as (_plant, systems):
        if arguments.json:
            print_json([_yield_plain(one) for one in systems])
            return GOOD
        for one in systems:
            _print_yield(one, arguments.lang_ui)
    return GOOD


def _yield_plain(one: SystemOf) -> dict[str, Any]:
    found, model = one.observed, stated_model(one)
    typical, year = found.typical, found.typical_year
    months = None if typical is None else [number(float(kwh), ENERGY) for kwh in typical_months(typical)]
    return {
        "id": found.system.id,
        "name": found.system.name,
        "dc_power_kw": f"{found.power:f}",
        "weather": None if one.record is None else one.record.name,
        "months": months,
        "year_kwh": number(year, ENERGY),
        "specific_kwh_kw": number(None if year is None else year / float(found.power), ENERGY),
        "irradiation_kwh_m2": None if model.light is None else f"{model.light:f}",
        "losses": None
        if typical is None
        else [
            {"key": step.key, "percent": number(step.percent, 3)} for step in typical.tree() if step.key != REFERENCE
        ],
    }


def _print_yield(one: SystemOf, lang: str) -> None:
    found, model = one.observed, stated_model(one)
    typical, year = found.typical, found.typical_year
    write(found.system.name)
    if typical is None or year is None or model.light is None:
        said = T("No weather file or monthly table was chosen: the expected yield cannot be said.")
        write(said.in_language(lang))
        return
    power = float(found.power)
    light = typical.poa.tolist() if isinstance(typical, MonthlyYield) else [None] * 12
    rows = [
        [month_name(n, lang), whole(kwh), places(kwh / power, 1), whole(poa)]
        for n, (kwh, poa) in enumerate(zip(typical_months(typical).tolist(), light, strict=True), 1)
    ]
    rows.append([T("Total").in_language(lang), whole(year), places(year / power, 1), whole(float(model.light))])
    heads = [T("Month").in_language(lang), "kWh", "kWh/kW", "kWh/m²"]
    write(table(heads, rows, (1, 2, 3)))
    said = T("Specific yield {value} kWh/kW, in the light of {light} kWh/m² on the modules.",
             value=whole(year / power), light=whole(float(model.light)))  # fmt: skip
    write(said.in_language(lang))
    losses = [
        [TITLES[step.key].in_language(lang), places(step.percent, 2)]
        for step in typical.tree()
        if step.key != REFERENCE and step.lost
    ]
    write(table([T("Loss").in_language(lang), "%"], losses, (1,)))


# ---------------------------------------------------------------------- performance


def show_performance(arguments: argparse.Namespace) -> int:
    """Counted beside expected."""
    with looked_at(arguments) as (_plant, systems):
        if arguments.json:
            print_json([observed_to_plain(one.observed) for one in systems])
            return GOOD
        for one in systems:
            _print_performance(one.observed, arguments.lang_ui)
    return GOOD


def _print_performance(found: Observed, lang: str) -> None:
    said = T("{name}, {first} to {last}", name=verbatim(found.system.name), first=found.first, last=found.last)
    write(said.in_language(lang))
    write(table([head.in_language(lang) for head in HEADS], _months(found, lang), (1, 2, 3, 4)))
    if found.whole is not None:
        shown = [
            [f.index.title.in_language(lang), _figure(f), f.index.unit if f.index.unit != "1" else "",
             "" if f.reason is None else f.reason.in_language(lang)]
            for f in found.whole.figures.values()
        ]  # fmt: skip
        write(table([T("Figure").in_language(lang), "", "", ""], shown, (1,)))
    if found.tree is not None:
        _print_tree(found.tree, lang)
    for sentence in _sentences(found):
        write(sentence.in_language(lang))


HEADS = (
    T("Month"),
    T("Counted, kWh"),
    T("Average year, kWh"),
    T("In the light measured, kWh"),
    T("Performance ratio"),
)
"""Of the months."""


def _months(found: Observed, lang: str) -> list[list[str]]:
    rows = [
        [
            show_month(month.month, lang),
            DASH if month.energy is None else show_number(month.energy, 0),
            whole(month.typical),
            whole(month.modelled),
            _figure(None if month.performance is None else month.performance["performance_ratio"]),
        ]
        for month in found.months
    ]
    ratio = None if found.whole is None else found.whole["performance_ratio"]
    known = [month.energy for month in found.months if month.energy is not None]
    sums = [_sum([getattr(month, name) for month in found.months]) for name in ("typical", "modelled")]
    counted = show_number(found.energy, 0) if known else DASH
    return [*rows, [T("Total").in_language(lang), counted, *map(whole, sums), _figure(ratio)]]


def _sum(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return sum(known) if known else None


def _print_tree(tree: LossTree, lang: str) -> None:
    """From the light on the modules to the meter; the rows add up."""
    ways = {True: T("measured"), False: T("assumed")}
    rows = [[T("What the modules would give at their label").in_language(lang), show_number(tree.reference, 0), "", ""]]
    rows += [
        [loss.title.in_language(lang), show_number(0 - loss.energy, 0), _share(tree, loss.energy),
         ways[loss.measured].in_language(lang)]
        for loss in tree.losses
    ]  # fmt: skip
    rows.append([TITLES["unexplained"].in_language(lang), show_number(0 - tree.unexplained, 0),
                 _share(tree, tree.unexplained), ""])  # fmt: skip
    rows.append([T("At the meter").in_language(lang), show_number(tree.energy, 0), "", ""])
    write(table([T("Losses").in_language(lang), "kWh", "%", ""], rows, (1, 2)))


def _share(tree: LossTree, lost: Decimal) -> str:
    share = tree.share(lost)
    return DASH if share is None else show_number(0 - 100 * share, 2)  # a minus of its own would make -0.00


def _sentences(found: Observed) -> Iterator[Text]:
    """Availability, curtailment, ageing, use, and what could not be said."""
    if found.availability is not None:
        yield from _available(found.availability)
    if found.curtailment is not None:
        yield T("Curtailed: {kwh} kWh in {hours} h at the limit.", kwh=whole(found.curtailment.total),
                hours=places(found.curtailment.hours, 2))  # fmt: skip
    if found.ageing is not None:
        yield _aged(found.ageing)
    if found.use is not None:
        yield from _used(found.use)
    yield from found.notes


def _available(found: Availability) -> Iterator[Text]:
    yield T("Availability: {time} % of the light time, {energy} % of the energy.", time=percent(found.time, 2),
            energy=percent(found.energy, 2))  # fmt: skip
    yield T("Outages: {outage} h, which cost {lost} kWh; {gap} h without data.", outage=places(found.outage, 2),
            lost=whole(found.lost), gap=places(found.gap, 2))  # fmt: skip


def _aged(found: Degradation) -> Text:
    if found.rate is None:
        return T("Change of the yield, year on year: {reason}", reason=found.reason or DASH)
    return T(
        "Change of the yield, year on year: {rate} % a year, 95 % interval {low} to {high}, from {years} years.",
        rate=places(found.rate, 2),
        low=places(found.low, 2),
        high=places(found.high, 2),
        years=places(found.years, 1),
    )


def _used(found: Use) -> Iterator[Text]:
    yield T("Netted by {interval}: {share} % of the generation was used on site.", interval=found.title,
            share=percent(found.self_consumption))  # fmt: skip
    yield T("Used on site {used} kWh, fed in {fed} kWh; {share} % of the load of {load} kWh came from the roof.",
            used=whole(found.self_used), fed=whole(found.fed_in), share=percent(found.self_sufficiency),
            load=whole(found.load))  # fmt: skip


def _figure(figure: Figure | None) -> str:
    return places(None if figure is None else figure.value, 3)
