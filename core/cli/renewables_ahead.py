"""What ``renewables way``, ``hourly`` and ``rules`` say: what is missing, which hours were met, what rules follow."""

from __future__ import annotations

import argparse
from decimal import Decimal

from core.cli.common import GOOD, NO, inventory_of_plant, library_of_plant, print_json, table, write
from core.cli.energy import DASH, period_of, year_ahead
from core.i18n import T, labelled, show_number, verbatim
from core.instruments import Explained, explain_rules
from core.instruments.words import OPTIONS
from core.ledger import RuleValue
from core.library.rulebook import Ruling, rulebook
from core.renewables import explain_claim_rules, way_to
from core.renewables.claim import ClaimRuleExplained
from core.renewables.flexing import variants
from core.renewables.hourly_meters import Matching, matching_of
from core.renewables.hourly_plain import matched_to_plain, percent_down, tenths, variants_to_plain
from core.renewables.plain import claim_rules_to_plain, ruling_to_plain, way_to_plain
from core.renewables.readiness import Readiness, draft, readiness, readiness_to_plain
from core.renewables.way import Way
from core.series.metered import Metered
from core.store import PlantFile

STATES = {"ready": T("ready"), "part": T("in part"), "missing": T("missing"), "not_needed": T("not needed")}


def way(arguments: argparse.Namespace) -> int:
    """Exit code 1 when the options leave a gap."""
    with PlantFile.open(arguments.file, read_only=True) as plant:
        ledger, year = plant.ledger, year_ahead(plant.ledger, arguments.year)
        inventory = inventory_of_plant(plant, year, library_of_plant(plant))
    found = way_to(ledger, inventory, arguments.target)
    if arguments.json:
        print_json(way_to_plain(found, arguments.lang_ui))
    else:
        _print_way(found, arguments.lang_ui)
    return NO if found.open else GOOD


def _print_way(found: Way, lang: str) -> None:
    said = T("{year}: {percent} % of {use} MWh; {secured} MWh are secured, {gap} MWh are missing.",
             year=str(found.year), percent=found.percent, use=_tenth(found.use), secured=_tenth(found.secured),
             gap=_tenth(found.gap))  # fmt: skip
    write(said.in_language(lang))
    mixed = {one.option.id: one.quantity for one in found.mix}
    heads = (T("Option"), T("Kind"), T("From"), T("Quantity [MWh/a]"), T("Cost per MWh"),
             T("In the cheapest mix [MWh/a]"), T("Market-based [t CO2e/a]"),
             T("Location-based [t CO2e/a]"))  # fmt: skip
    rows = [
        [
            one.option.name,
            OPTIONS[one.option.kind].in_language(lang),
            str(one.option.first_year),
            _tenth(one.option.quantity),
            DASH if one.cost is None else f"{show_number(one.cost, 2)} {one.option.currency}".rstrip(),
            _tenth(mixed[one.option.id]) if one.option.id in mixed else DASH,
            _tenth(one.market),
            _tenth(one.location),
        ]
        for one in found.options
    ]
    if rows:
        write(table([one.in_language(lang) for one in heads], rows, range(2, 8)))
    if found.mix:
        cost = T("Cost of the mix: {cost} {currency} a year", cost=show_number(found.cost, 0), currency=found.currency)
        write(cost.in_language(lang))
    for lack in found.missing:
        write(f"{lack.message.in_language(lang)} {lack.remedy.in_language(lang)}")


def _tenth(value: Decimal) -> str:
    return show_number(value, 1)


# ---------------------------------------------------------------------- hour by hour


def hourly(arguments: argparse.Namespace) -> int:
    """Exit code 1 when the load cannot be said hour by hour."""
    with PlantFile.open(arguments.file, read_only=True) as plant:
        period = period_of(plant.ledger, year_ahead(plant.ledger, arguments.year))
        matching = matching_of(Metered(plant.ledger, plant.blob), period)
        ready = readiness(plant.ledger, matching, library_of_plant(plant))
        said = draft(plant.ledger)
    matched, lang = matching.matched, arguments.lang_ui
    known = matched is not None and matched.total.present > 0
    tried = variants(matched) if matched is not None and known and matching.supplies else ()
    if arguments.json:
        print_json(
            {
                "year": period.end.year,
                "matched": matched_to_plain(matching),
                "variants": variants_to_plain(tried),
                "notes": [one.in_language(lang) for one in matching.notes],
                "readiness": readiness_to_plain(ready),
            }
        )
    else:
        _print_matched(matching, lang)
        write(said.in_language(lang))
        _print_ready(ready, lang)
    return GOOD if known else NO


def _print_matched(matching: Matching, lang: str) -> None:
    if matching.matched is not None and matching.matched.total.present:
        total = matching.matched.total
        load, supply, met = (tenths(value) for value in (total.load, total.supply, total.matched))
        by_hour, by_sum = percent_down(met, load), percent_down(min(supply, load), load)
        said = T("Matched hour by hour: {score} %; by the sums: {volume} %; hours not met: {hours}",
                 score=DASH if by_hour is None else show_number(by_hour, 2),
                 volume=DASH if by_sum is None else show_number(by_sum, 2), hours=total.unmatched_hours)  # fmt: skip
        write(said.in_language(lang))
    for note in matching.notes:
        write(note.in_language(lang))


def _print_ready(ready: tuple[Readiness, ...], lang: str) -> None:
    for one in ready:
        words = labelled(STATES[one.state].in_language(lang), one.found.in_language(lang), lang)
        write(f"{one.title.in_language(lang)} – {words}")
        if one.remedy is not None:
            write(f"  {one.remedy.in_language(lang)}")


# ---------------------------------------------------------------------- rules


def rules(arguments: argparse.Namespace) -> int:
    """Rules for instruments and for claims."""
    lang = arguments.lang_ui
    with PlantFile.open(arguments.file, read_only=True) as plant:
        held = rulebook(plant.ledger.held(RuleValue))
    instrument, claim = explain_rules(held), explain_claim_rules(held)
    if arguments.json:
        own = [
            {"rule": one.rule, "title": one.title.in_language(lang), "levels": list(one.levels), "source": one.source,
             "edition": one.edition, "kinds": list(one.kinds),
             "parameters": [ruling_to_plain(ruling, lang) for ruling in one.parameters]}
            for one in instrument
        ]  # fmt: skip
        print_json({"instruments": own, "claims": claim_rules_to_plain(claim, lang)})
        return GOOD
    every: list[Explained | ClaimRuleExplained] = [*instrument, *claim]
    for one in every:
        write(f"{one.rule}: {one.title.in_language(lang)}. {one.source} ({one.edition or DASH})")
        for ruling in one.parameters:
            write(f"    {_ruled(ruling, lang)}")
    return GOOD


def _ruled(one: Ruling, lang: str) -> str:
    value = verbatim(f"{one.value or DASH} {one.unit}".rstrip())
    said = T("{title} ({key}): {value}; {source}", title=one.title, key=one.key, value=value, source=one.source)
    return said.in_language(lang)
