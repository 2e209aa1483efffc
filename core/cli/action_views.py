"""How the action plan looks in a terminal and for other programs."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import cast

from core.actions import Curve, Selection, Situation, Summary, summary_of, summary_to_plain
from core.actions.curve import View
from core.actions.plain import (
    curve_to_plain,
    followed_to_plain,
    judged_to_plain,
    selection_to_plain,
    timeline_to_plain,
)
from core.actions.situation import situation_of
from core.actions.timeline import STATES, STATUS_TITLES
from core.cli.actions import amount
from core.cli.common import GOOD, NO, inventory_of_plant, library_of_plant, now, print_json, table, write
from core.cli.energy import year_ahead
from core.i18n import T, Text, show_number
from core.instruments import Judged
from core.ledger import Action
from core.methods import plain
from core.store import PlantFile

DASH = "–"
LEVELS = {"stop": T("Stop"), "warning": T("Warning"), "info": T("Note")}
STOP = "stop"


def show(arguments: argparse.Namespace) -> int:
    """One of the four views of a plan; exit code 1 when there is no action, or what is asked for does not hold."""
    with PlantFile.open(arguments.file, read_only=True) as plant:
        library = library_of_plant(plant)
        year = year_ahead(plant.ledger, arguments.base)
        inventory = inventory_of_plant(plant, year, library)
        situation = situation_of(plant.ledger, inventory, library, blob=plant.blob)
    views = {"list": _list, "curve": _curve, "timeline": _timeline, "measured": _measured}
    if not situation.actions and not arguments.json:
        write(T("No action is entered yet.").in_language(arguments.lang_ui))
        return NO
    good = views[arguments.shows](situation, arguments)
    return GOOD if good and situation.actions else NO


def _today(arguments: argparse.Namespace) -> date:
    said: date | None = arguments.today
    return now().date() if said is None else said


# ---------------------------------------------------------------------- list


def _list(situation: Situation, arguments: argparse.Namespace) -> bool:
    lang = arguments.lang_ui
    judged = situation.judged(_today(arguments))
    summary, curve = summary_of(situation, arguments.year), situation.curve(arguments.year)
    if arguments.json:
        print_json(_list_to_plain(situation, summary, curve, judged, lang))
    else:
        _print_list(situation, summary, curve, judged, lang)
    return not any(one.level == STOP for one in judged)


def _list_to_plain(
    situation: Situation, summary: Summary, curve: Curve, judged: tuple[Judged, ...], lang: str
) -> dict[str, object]:
    bars = {bar.action.id: bar for bar in curve.bars}
    actions = []
    for one in situation.actions:
        bar = bars.get(one.id)
        actions.append({
            "id": one.id, "name": one.name, "area": one.area, "part": one.part, "owner": one.owner,
            "status": one.status, "start": one.start.isoformat(), "life": one.life, "currency": one.currency,
            "capex": plain(one.capex), "tonnes": None if bar is None else plain(bar.tonnes),
            "cost_per_tonne": None if bar is None or bar.cost is None else plain(bar.cost),
            "npv": None if bar is None else plain(bar.npv),
            "effects": [{"year": effect.year, "kwh": plain(effect.kwh), "location_t": plain(effect.location),
                         "market_t": plain(effect.market)} for effect in situation.effects(one)],
        })  # fmt: skip
    return {
        "base_year": situation.baseline.year,
        "summary": summary_to_plain(summary, lang),
        "actions": actions,
        "judged": judged_to_plain(judged, lang),
        "assumptions": [one.in_language(lang) for one in situation.assumptions],
    }


def _print_list(
    situation: Situation, summary: Summary, curve: Curve, judged: tuple[Judged, ...], lang: str
) -> None:  # fmt: skip
    bars = {bar.action.id: bar for bar in curve.bars}
    titles = (T("Action"), T("Area of action"), T("Status"), T("Owner"), T("Effect begins"))
    heads = ["", *_said(titles, lang), "t CO₂e/a", T("Cost of a tonne").in_language(lang)]
    rows = []
    for one in situation.actions:
        bar = bars.get(one.id)
        cost = DASH if bar is None or bar.cost is None else f"{show_number(bar.cost, 0)} {one.currency}".strip()
        rows.append([one.id, one.name, one.area, _status(one, lang), one.owner, one.start.isoformat(),
                     DASH if bar is None else show_number(bar.tonnes, 1), cost])  # fmt: skip
    write(table(heads, rows, (6, 7)))
    write("")
    words = T(
        "In {year} all actions save {location} t location-based and {market} t market-based; decided are {decided} t.",
        year=str(summary.year), location=show_number(summary.planned.location, 1),
        market=show_number(summary.planned.market, 1), decided=show_number(summary.decided.location, 1),
    )  # fmt: skip
    write(words.in_language(lang))
    for money in summary.money:
        words = T(
            "Investment {capex} {currency}, net present value {npv} {currency}.",
            capex=show_number(money.capex, 0),
            currency=money.currency,
            npv=show_number(money.npv, 0),
        )
        write(words.in_language(lang))
    _notes(situation.assumptions, lang)
    for each in judged:
        level = LEVELS[each.level].in_language(lang)
        write(f"[{level}] {each.message.in_language(lang)} {each.remedy.in_language(lang)}")


# ---------------------------------------------------------------------- curve


def _curve(situation: Situation, arguments: argparse.Namespace) -> bool:
    lang, view = arguments.lang_ui, cast("View", arguments.view)
    curve = situation.curve(arguments.year, view, arguments.currency)
    budget = None if arguments.budget is None else amount(arguments.budget)
    chosen = None if budget is None else situation.select(budget, curve.year, view, curve.currency)
    if arguments.json:
        found: dict[str, object] = {"base_year": situation.baseline.year, **curve_to_plain(curve, lang)}
        found["selection"] = None if chosen is None else selection_to_plain(chosen, lang)
        found["all_renewable_from"] = situation.all_renewable_from
        found["assumptions"] = [one.in_language(lang) for one in situation.assumptions]
        print_json(found)
    else:
        _print_curve(situation, curve, chosen, lang)
    return chosen is None or bool(chosen.chosen)


def _print_curve(situation: Situation, curve: Curve, chosen: Selection | None, lang: str) -> None:
    taken = set() if chosen is None else {one.id for one in chosen.chosen}
    heads = ["", T("Action").in_language(lang), "t CO₂e/a",
             T("Cost of a tonne").in_language(lang), T("Net present value").in_language(lang), ""]  # fmt: skip
    rows = [
        [bar.action.id, bar.action.name, show_number(bar.tonnes, 1), _or_dash(bar.cost), show_number(bar.npv, 0),
         "✓" if bar.action.id in taken else "" if bar.reason is None else bar.reason.in_language(lang)]
        for bar in curve.bars
    ]  # fmt: skip
    rows += [[one.action.id, one.action.name, DASH, DASH, DASH, one.reason.in_language(lang)] for one in curve.beside]
    view = T("location-based") if curve.view == "location" else T("market-based")
    title = T("Abatement cost curve {year}, {view}, {currency}", year=str(curve.year), view=view,
              currency=curve.currency or DASH)  # fmt: skip
    write(title.in_language(lang))
    write(table(heads, rows, (2, 3, 4)))
    write("")
    if chosen is not None:
        words = T("Actions chosen: {count}. They save {tonnes} t CO₂e a year for {cost} {currency}; {left} are left.",
                  count=len(chosen.chosen), tonnes=show_number(chosen.tonnes, 1), cost=show_number(chosen.cost, 0),
                  currency=chosen.currency, left=show_number(chosen.left, 0))  # fmt: skip
        write(words.in_language(lang))
        _notes(chosen.notes, lang)
    _notes((*curve.notes, *situation.assumptions), lang)


# ---------------------------------------------------------------------- timeline, measured


def _timeline(situation: Situation, arguments: argparse.Namespace) -> bool:
    """Late milestones are an answer of no."""
    lang = arguments.lang_ui
    found = situation.timeline(_today(arguments))
    if arguments.json:
        print_json({"today": found.today.isoformat(), "rows": timeline_to_plain(found, lang)})
    else:
        heads = _said((T("Area of action"), T("Action"), T("Status"), T("Work begins"), T("Effect begins"),
                       T("Full effect from"), T("Effect ends"), T("Milestones")), lang)  # fmt: skip
        rows = []
        for row in found.rows:
            steps = "; ".join(
                f"{mark.day.isoformat()} {mark.milestone.name} ({STATES[mark.state].in_language(lang)})"
                for mark in row.marks
            )
            days = (one.isoformat() for one in (row.begin, row.start, row.full, row.end))
            rows.append([row.area.name.in_language(lang), row.action.name, _status(row.action, lang), *days, steps])
        write(table(heads, rows, ()))
    return not any(row.late for row in found.rows)


def _measured(situation: Situation, arguments: argparse.Namespace) -> bool:
    """Nothing measured is an answer of no."""
    lang, found = arguments.lang_ui, situation.followed
    if arguments.json:
        print_json(followed_to_plain(found, lang))
    else:
        heads = [*_said((T("Action"), T("Year")), lang), *(
            f"{title} ({unit})" for unit in ("kWh", "t CO₂e") for title in _said((T("As planned"), T("Measured")), lang)
        ), T("State").in_language(lang)]  # fmt: skip
        rows: list[list[str]] = []
        for one in found:
            state = " ".join(text.in_language(lang) for text in (one.text, one.reason) if text is not None)
            for year in one.years:
                numbers = (year.planned_kwh, year.measured_kwh, year.planned_tonnes, year.measured_tonnes)
                rows.append([one.action.name, str(year.year), *(show_number(value, 1) for value in numbers), state])
            if not one.years:
                rows.append([one.action.name, DASH, DASH, DASH, DASH, DASH, state])
        write(table(heads, rows, (1, 2, 3, 4, 5)))
    return any(one.state == "measured" for one in found)


def _said(words: Iterable[Text], lang: str) -> list[str]:
    return [one.in_language(lang) for one in words]


def _status(action: Action, lang: str) -> str:
    title = STATUS_TITLES.get(action.status)
    return action.status if title is None else title.in_language(lang)


def _or_dash(value: Decimal | None) -> str:
    return DASH if value is None else show_number(value, 2)


def _notes(notes: Iterable[Text], lang: str) -> None:
    for one in notes:
        write(one.in_language(lang))
