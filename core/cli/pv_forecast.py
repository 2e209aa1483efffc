"""What ``solar forecast`` tells: tonnes by named factors, money by tariff, and the years to come."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from core.cli.common import GOOD, library_of_plant, print_json, table, write
from core.cli.energy import DASH, percent, places, whole
from core.cli.pv import looked_at
from core.i18n import T, Text, show_number, verbatim
from core.ledger import Tariff
from core.solar.avoided import Answer, Balance
from core.solar.economics import Finance
from core.solar.forecast import Forecast
from core.solar.hourly_factor import Hourly as ByHour
from core.solar.money import Earned
from core.solar.outlook import Outlook, outlook
from core.solar.plain import outlook_to_plain


def show_forecast(arguments: argparse.Namespace) -> int:
    """What the generation is worth, and the years to come."""
    with looked_at(arguments) as (plant, systems):
        library, tariffs = library_of_plant(plant), plant.ledger.held(Tariff)
        seen = [outlook(one.observed, plant.ledger.plant, library, one.weather, tariffs) for one in systems]
    named = [(one.observed.system, worth) for one, worth in zip(systems, seen, strict=True)]
    if arguments.json:
        print_json([{"id": system.id, "name": system.name, **outlook_to_plain(worth)} for system, worth in named])
        return GOOD
    for system, worth in named:
        write(system.name)
        _print(worth, arguments.lang_ui)
    return GOOD


def _print(worth: Outlook, lang: str) -> None:
    _print_factors(worth.answers, lang)
    for sentence in _this_period(worth):
        write(sentence.in_language(lang))
    if worth.forecast is not None:
        _print_years(worth.forecast, lang)
        for sentence in _assumed(worth.forecast):
            write(sentence.in_language(lang))
        if worth.forecast.money is not None:
            _print_money(worth.forecast.money, worth.forecast.money_p90, lang)
        write(worth.forecast.note.in_language(lang))
    for note in worth.notes:
        write(note.in_language(lang))


def _print_factors(answers: tuple[Answer, ...], lang: str) -> None:
    """Which factor answers which question; the one that is used stands first."""
    rows = [
        [
            one.basis.title.in_language(lang),
            DASH if one.factor is None else show_number(one.factor.value),
            "" if one.factor is None or not one.factor.year else str(one.factor.year),
            _source(one, lang),
        ]
        for one in answers
    ]
    heads = (T("Factor"), verbatim("t/MWh"), T("Year"), T("Publication"))
    write(table([head.in_language(lang) for head in heads], rows, (1,)))


def _source(one: Answer, lang: str) -> str:
    if one.factor is not None:
        return f"{one.factor.publisher}, {one.factor.edition}"
    return "" if one.reason is None else one.reason.in_language(lang)


def _this_period(worth: Outlook) -> Iterator[Text]:
    """Tonnes and money of the time that was looked at."""
    if worth.balance is not None:
        yield from _avoided(worth.balance)
    if worth.hourly is not None:
        yield _by_hour(worth.hourly)
    if worth.saved is not None:
        yield T("Purchased electricity saved: {money}.", money=_money(worth.saved))
    if worth.revenue is not None:
        yield T("Earned by feed-in: {money}.", money=_money(worth.revenue))


def _avoided(one: Balance) -> Iterator[Text]:
    yield T("Avoided by what was used on site: {own} t; by what was fed in: {fed} t ({factor}).",
            own=show_number(one.self_used.tonnes, 1), fed=show_number(one.fed_in.tonnes, 1),
            factor=one.self_used.factor.text)  # fmt: skip
    if one.modules is not None and one.net is not None:
        yield T("Life cycle of the modules: {modules} t; less these, {net} t.",
                modules=show_number(one.modules.tonnes, 1), net=show_number(one.net, 1))  # fmt: skip
    if one.mixed is not None:
        yield one.mixed


def _by_hour(one: ByHour) -> Text:
    return T(
        "{name}, hour by hour: {tonnes} t for {energy} kWh; weighted by the generation {weighted} t/MWh, over all "
        "hours {plain} t/MWh.",
        name=one.avoided.factor.title,
        tonnes=show_number(one.avoided.tonnes, 1),
        energy=show_number(one.avoided.energy, 0),
        weighted=show_number(one.avoided.factor.value, 4),
        plain=f"{one.plain_mean:.4f}",
    )


def _money(one: Earned) -> Text:
    shown = T("{money} {currency} for {kwh} kWh", money=show_number(one.money, 0), currency=one.currency,
              kwh=show_number(one.energy, 0))  # fmt: skip
    if not one.unpriced:
        return shown
    return T("{shown}; {kwh} kWh have no price", shown=shown, kwh=show_number(one.unpriced, 0))


def _print_years(made: Forecast, lang: str) -> None:
    rows = [
        [str(year.year), whole(year.p50), whole(year.p90), places(year.factor, 4), whole(year.constant),
         whole(year.falling)]
        for year in made.years
    ]  # fmt: skip
    rows.append([T("Total").in_language(lang), whole(made.p50), whole(made.p90), "", whole(made.constant),
                 whole(made.falling)])  # fmt: skip
    heads = [T("Year"), T("P50, kWh"), T("P90, kWh"), verbatim("t/MWh"), T("Constant factor, t"),
             T("Falling factor, t")]  # fmt: skip
    write(table([head.in_language(lang) for head in heads], rows, (1, 2, 3, 4, 5)))


def _assumed(made: Forecast) -> Iterator[Text]:
    one = made.assumptions
    yield T(
        "Assumed: {loss} % lost in the first year and {rate} % in each further one; standard deviation of the energy "
        "{deviation} %.",
        loss=percent(one.first_year_loss, 2),
        rate=percent(one.degradation, 2),
        deviation=percent(made.deviation),
    )
    yield T("Grid factor of {factor}. {path}", factor=one.grid.name, path=one.grid.text)
    if made.modules is not None:
        yield T("Life cycle of the modules over these years: {modules} t.", modules=whole(made.modules))


def _print_money(p50: Finance, p90: Finance | None, lang: str) -> None:
    """Before taxes and loans, in the currency in which costs and prices were typed."""
    cases = [p50] if p90 is None else [p50, p90]
    figures = (
        (T("Net present value"), [f"{one.npv:,.0f}" for one in cases]),
        (T("Internal rate of return, %"), [percent(one.irr.rate, 2) for one in cases]),
        (T("Levelised cost of a kWh, nominal"), [places(one.lcoe, 4) for one in cases]),
        (T("Levelised cost of a kWh, in the money of today"), [places(one.lcoe_real, 4) for one in cases]),
        (T("Payback, years"), [places(one.payback, 1) for one in cases]),
        (T("Discounted payback, years"), [places(one.discounted_payback, 1) for one in cases]),
    )
    rows = [[title.in_language(lang), *shown] for title, shown in figures]
    write(table([T("Money").in_language(lang), *("P50", "P90")[: len(cases)]], rows, (1, 2)))
    write(p50.roots.in_language(lang))
