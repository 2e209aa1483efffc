"""``office ways``: renewable electricity, targets and neutrality of all plants: who misses what, and by how much.

Exit code 1 when a plant has not secured the share of renewable electricity that it promises, is above the pathway of a
target, or has a target that a rule stops.
"""

from __future__ import annotations

import argparse
from decimal import Decimal
from pathlib import Path

from core.cli.common import GOOD, NO, Commands, command, print_json, table, write
from core.cli.office._opened import opened
from core.cli.office._ways import chosen, of_group
from core.group.ways.standing import PlantWay, Standing
from core.group.year.repeats import doubly_certified, repeats
from core.i18n import T, Text, show_number
from core.renewables.shares import VIEWS

APPROACHES = ("operational_control", "financial_control", "equity_share")
SHARES: tuple[Text, ...] = (T("With certificates, %"), T("Physically traced, %"), T("Own generation, %"))


def add_commands(commands: Commands, lang: str) -> None:
    """Register the command."""
    summary = T("Renewable electricity, targets and neutrality of all plants: who misses what.")
    parser = command(commands, "ways", summary, run_ways, lang)
    parser.add_argument("group", type=Path, metavar="GROUP")
    parser.add_argument("--year", type=int, help=T("Of the reports; else the newest.").in_language(lang))
    parser.add_argument("--approach", choices=APPROACHES, help=T("How companies are consolidated.").in_language(lang))
    parser.add_argument("--json", action="store_true")


def run_ways(arguments: argparse.Namespace) -> int:
    """The plants, who misses what, and the group."""
    from core.group.ways.plain import standing_to_plain

    lang = arguments.lang_ui
    with opened(arguments.group) as group:
        found = of_group(group, chosen(group, arguments.year), arguments.approach)
        doubled = doubly_certified(repeats(group))
    if arguments.json:
        print_json({**standing_to_plain(found, lang), "certificates_used_twice_mwh": str(doubled)})
        return GOOD if found.holds else NO
    for part in (_electricity(found, lang), _missing(found, lang), _targets(found, lang), _neutral(found, lang)):
        if part:
            write(part + "\n")
    if doubled:
        write(T("Certificates of {count} MWh are used more than once.", count=doubled).in_language(lang))
    for notice in found.notices:
        write(notice.in_language(lang))
    return GOOD if found.holds else NO


def _electricity(found: Standing, lang: str) -> str:
    heads = (T("Plant"), T("Electricity, MWh"), *SHARES, T("Target"), T("Missing, MWh/a"))
    rows = [(one.name, *_shares(one), *_promise(one)) for one in found.plants]
    rows.append((T("Group").in_language(lang), *_shares(found), "", amount(found.gap)))
    return table([head.in_language(lang) for head in heads], rows, (1, 2, 3, 4, 6))


def _shares(one: PlantWay | Standing) -> tuple[str, ...]:
    shown = (one.shown(view) for view in VIEWS)
    used = show_number(one.electricity.used / 1000, 1)
    return (used, *("–" if value is None else show_number(value, 1) for value in shown))


def _promise(one: PlantWay) -> tuple[str, str]:
    road = one.way.road
    if road is None or not road.promised:
        return "–", "–"
    return f"{show_number(road.percent)} % {road.year}", amount(one.gap or Decimal(0))


def _missing(found: Standing, lang: str) -> str:
    return "\n".join(
        T("{plant} misses {percent} % renewable electricity in {year} by {gap} MWh; its options leave {open} MWh.",
          plant=one.plant.name, percent=one.road.percent, year=str(one.road.year), gap=amount(one.gap),
          open=amount(one.open)).in_language(lang)
        for one in found.missing
    )  # fmt: skip


def amount(value: Decimal) -> str:
    """To one decimal; what is small has more, so that no gap looks like none."""
    return show_number(value, 1 if abs(value) >= 1 or not value else 3)


def _targets(found: Standing, lang: str) -> str:
    from core.targets.parts import part_title

    if not found.missed and not found.rollups:
        return ""
    heads = (T("Parts"), T("Target year"), T("Plants"), T("Actual, t CO₂e"), T("Allowed, t CO₂e"), T("Gap, t CO₂e"))
    rows = [
        (", ".join(part_title(part).in_language(lang) for part in one.parts), str(one.year), str(len(one.aims)),
         show_number(one.actual, 1), show_number(one.allowed, 1), show_number(one.gap, 1))
        for one in found.rollups
        if one.aims
    ]  # fmt: skip
    lines = [table([head.in_language(lang) for head in heads], rows, (2, 3, 4, 5))] if rows else []
    for one in found.missed:
        lines.append(missed_words(one.plant, one.aim.name, one.aim.stops, one.aim.gap, one.aim.intensity)
                     .in_language(lang))  # fmt: skip
    return "\n".join(lines)


def missed_words(plant: PlantWay, name: str, stops: tuple[Text, ...], gap: Decimal | None, intensity: str) -> Text:
    """Why a target counts as missed."""
    if stops:
        return T("{plant}: “{target}” is stopped: {why}", plant=plant.name, target=name, why=stops[0])
    if intensity:
        return T("{plant}: “{target}” is above its pathway.", plant=plant.name, target=name)
    return T("{plant}: “{target}” is above its pathway by {gap} t CO₂e.", plant=plant.name, target=name,
             gap=amount(plant.part(gap or Decimal(0))))  # fmt: skip


def _neutral(found: Standing, lang: str) -> str:
    states = {"none": T("nothing"), "committed": T("committed"), "on_path": T("on the path"), "claimed": T("claimed")}
    return "\n".join(
        T("{plant}, {subject}: said is “{stated}”, attainable is “{attainable}”.", plant=plant.name,
          subject=one.subject, stated=states.get(one.stated, one.stated),
          attainable=states.get(one.attainable, one.attainable)).in_language(lang)
        for plant, one in found.neutral
    )  # fmt: skip
