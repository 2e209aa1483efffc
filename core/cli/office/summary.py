"""``office summary``: a year of the group, as far as it answers for its plants."""

from __future__ import annotations

import argparse
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from core.cli.common import GOOD, Commands, command, print_json, table, write
from core.cli.office._opened import opened
from core.i18n import T, Text, show_number, verbatim
from core.methods import SCOPE_TITLES

if TYPE_CHECKING:
    from core.group.year.base_year import BaseYear
    from core.group.year.consolidated import Consolidated
    from core.group.year.intensity import Intensity
    from core.store import Filed, GroupFile

APPROACHES = ("operational_control", "financial_control", "equity_share")
DIMENSIONS = ("scope", "gas", "category", "country", "company", "business", "month", "plant", "source")
SHOWN = ("scope1", "scope2_location", "scope2_market", "scope3")


def add_commands(commands: Commands, lang: str) -> None:
    """Register the command."""
    words = T("A year of the group: the accepted reports, as far as it answers for the plants.")
    summary = command(commands, "summary", words, run_summary, lang)
    summary.add_argument("group", type=Path, metavar="GROUP")
    summary.add_argument("--year", type=int, required=True)
    summary.add_argument("--by", choices=DIMENSIONS, default="plant")
    summary.add_argument("--approach", choices=APPROACHES, help=T("How companies are consolidated.").in_language(lang))
    series = T("Original and recalculated series since the base year.").in_language(lang)
    summary.add_argument("--series", action="store_true", help=series)
    per = T("Tonnes per unit of a figure, e.g. revenue.").in_language(lang)
    summary.add_argument("--intensity", metavar="NAME", help=per)
    summary.add_argument("--json", action="store_true")


def run_summary(arguments: argparse.Namespace) -> int:
    """The group's year."""
    from core.group.year.consolidating import consolidate, reports_of
    from core.group.year.intensity import intensities

    with opened(arguments.group) as group:
        year, register = arguments.year, group.register
        filed = group.accepted(year)
        found = consolidate(register, reports_of(group, year), year, approach=arguments.approach)
        per = intensities(register, found, arguments.intensity) if arguments.intensity else ()
        series = _series(group, year, arguments.approach) if arguments.series else None
    if arguments.json:
        print_json(_plain(arguments, filed, found, per, series))
        return GOOD
    lang = arguments.lang_ui
    write(_plants(found, lang) if arguments.by == "plant" else _layout(found, arguments.by, lang))
    for one in per:
        write("\n" + _per_unit(one, lang))
    if series is not None:
        write("\n" + _both_series(series, lang))
    for notice in found.notices:
        write(notice.in_language(lang))
    return GOOD


def _series(group: GroupFile, year: int, approach: str | None) -> BaseYear:
    from dataclasses import replace

    from core.group.year.base_year import base_year, first_reports
    from core.group.year.consolidating import reports_of
    from core.ledger import Register

    register = group.register
    if approach is not None:
        register = Register({**register.records, "group": {"group": replace(register.group, approach=approach)}})
    years = [one for one in group.years() if one <= year]
    return base_year(register, lambda y: reports_of(group, y), years, lambda y: first_reports(group, y))


def _plain(
    arguments: argparse.Namespace, filed: tuple[Filed, ...], found: Consolidated, per: tuple[Intensity, ...],
    series: BaseYear | None,
) -> dict[str, object]:  # fmt: skip
    from core.group.year.plain import (
        base_year_to_plain,
        consolidated_to_plain,
        counted_to_plain,
        intensity_to_plain,
        plant_to_plain,
    )
    from core.group.year.plain import layout_to_plain as layout
    from core.group.year.ranking import outliers

    counted = counted_to_plain(found)
    made = {
        **consolidated_to_plain(found, arguments.lang_ui),
        "plants": [{**plant_to_plain(one), **counted.get(one.sha256, {})} for one in filed],
        "by": {"dimension": arguments.by, "rows": layout(found, arguments.by)},
    }
    if arguments.intensity:
        made["intensities"] = [intensity_to_plain(one, outliers(found, one)) for one in per]
    if series is not None:
        made["series"] = base_year_to_plain(series)
    return made


def _plants(found: Consolidated, lang: str) -> str:
    """What counts of each plant, what is eliminated, and the group."""
    yes, no = T("yes").in_language(lang), T("no").in_language(lang)
    tonnes = found.reported().cross("plant", "scope")
    headings = (T("Plant"), T("Country"), *(SCOPE_TITLES[s] for s in SHOWN), T("Signed by"), T("Recalculated equal"))
    rows = [
        (m.name, m.country, *(_tonnes(tonnes.get((m.key, s), Decimal(0))) for s in SHOWN),
         ", ".join(dict.fromkeys(name for f in m.reports for name in f.signed_by)),
         yes if all(f.recalculated_equal for f in m.reports) else no)
        for m in found.members
    ]  # fmt: skip
    rows += [
        (T("Eliminated: {source} of {buyer}, from {seller}", source=verbatim(one.transfer.source), buyer=one.buyer,
           seller=one.seller).in_language(lang), "", *(_tonnes(one.tonnes if one.scope == s else None) for s in SHOWN),
         "", "")
        for one in found.eliminated
    ]  # fmt: skip
    totals = found.totals
    rows.append((T("Group").in_language(lang), "", *(_tonnes(totals[s]) for s in SHOWN), "", ""))
    return table([h.in_language(lang) for h in headings], rows, (2, 3, 4, 5))


def _layout(found: Consolidated, dimension: str, lang: str) -> str:
    from core.group.year.plain import both

    if dimension == "scope":
        totals = found.totals
        scopes = [(title.in_language(lang), _tonnes(totals[scope])) for scope, title in SCOPE_TITLES.items()]
        return table([T("Scope").in_language(lang), "t CO₂e"], scopes, (1,))
    name = _KEYS[dimension].in_language(lang)
    rows = [(found.title(key) or "–", _tonnes(one), _tonnes(other)) for key, one, other in both(found, dimension)]
    if dimension != "category":
        rows.append((T("Group").in_language(lang), _tonnes(found.location), _tonnes(found.market)))
    heads = (T("Location-based, t CO₂e"), T("Market-based, t CO₂e"))
    return table([name, *(h.in_language(lang) for h in heads)], rows, (1, 2))


_KEYS: dict[str, Text] = {
    "gas": T("Gas"),
    "category": T("Category of scope 3"),
    "country": T("Country"),
    "company": T("Company"),
    "business": T("Segment"),
    "month": T("Month"),
    "source": T("Source"),
}


def _per_unit(one: Intensity, lang: str) -> str:
    heads = (T("Plant"), T("t CO₂e"), verbatim(f"{one.name}, {one.unit}"), T("t CO₂e per unit"))
    rows = [(p.name, _tonnes(p.tonnes), show_number(p.quantity), _ratio(p.per_unit)) for p in one.plants]
    rows.append((T("Group").in_language(lang), _tonnes(one.tonnes), show_number(one.quantity), _ratio(one.per_unit)))
    shown = table([h.in_language(lang) for h in heads], rows, (1, 2, 3))
    if one.without:
        shown += "\n" + T("Without this figure, left out: {names}.", names=one.without).in_language(lang)
    return shown


def _both_series(series: BaseYear, lang: str) -> str:
    heads = (T("Year"), T("Original, t CO₂e"), T("Recalculated, t CO₂e"), T("No report of"))
    rows = [
        (str(one.year), _tonnes(one.original), _tonnes(one.recalculated), ", ".join(one.lacking))
        for one in series.years
    ]
    kinds = {"bought": T("bought"), "sold": T("sold"), "changed": T("another share"), "restated": T("restated")}
    lines = [table([h.in_language(lang) for h in heads], rows, (1, 2))]
    lines += [
        T("{plant}: {kind}, {tonnes} t CO₂e in the base year", plant=one.name, kind=kinds[one.kind],
          tonnes=_tonnes(one.tonnes)).in_language(lang)
        for one in series.reasons
    ]  # fmt: skip
    if series.change is not None:
        said = {
            True: T("{change} % of the base year {year}: the threshold of {limit} % is reached, compare with the "
                    "recalculated series.", **_change(series)),
            False: T("{change} % of the base year {year}: below the threshold of {limit} %, compare with the original "
                     "series.", **_change(series)),
        }  # fmt: skip
        lines.append(said[series.due].in_language(lang))
    return "\n".join(lines)


def _change(series: BaseYear) -> dict[str, str]:
    change = series.change or Decimal(0)
    return {"change": show_number(change, 1), "year": str(series.year), "limit": show_number(series.threshold)}


def _tonnes(value: Decimal | None) -> str:
    return "" if value is None else show_number(value, 3)


def _ratio(value: Decimal | None) -> str:
    return "–" if value is None else f"{value:.4g}"
