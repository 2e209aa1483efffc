"""What ``renewables status`` and ``check`` say: shares, claim, and every judgement with its source."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from core.cli.common import GOOD, NO, inventory_of_plant, library_of_plant, print_json, table, write
from core.cli.energy import DASH, year_ahead
from core.exchange.numbers import parse_number
from core.i18n import T, Text, labelled, show_month, show_number, verbatim
from core.instruments import Judged, all_rules, judge
from core.ledger import Instrument, RuleValue
from core.library.rulebook import rulebook
from core.renewables import judge_claim, shares_of, way_to, zero_carbon
from core.renewables.claim import ClaimJudgement
from core.renewables.plain import claim_to_plain, judged_to_plain, shares_to_plain, way_to_plain
from core.renewables.shares import VIEWS, Share, Shares
from core.renewables.way import Way
from core.store import PlantFile

HEADS: dict[str, Text] = {
    "certified": T("With certificates"),
    "traced": T("Physically traced"),
    "own": T("Own generation"),
}
LEVELS: dict[str, Text] = {"stop": T("Stop"), "warning": T("Warning"), "info": T("Note")}


def show_status(arguments: argparse.Namespace) -> int:
    """Exit code 1 when a rule stops the claim."""
    lang = arguments.lang_ui
    with PlantFile.open(arguments.file, read_only=True) as plant:
        ledger, year = plant.ledger, year_ahead(plant.ledger, arguments.year)
        inventory = inventory_of_plant(plant, year, library_of_plant(plant))
    shares = shares_of(ledger, inventory)
    claim = judge_claim(ledger, inventory, parse_number(arguments.percent), shares=shares)
    way = way_to(ledger, inventory, shares=shares)
    if arguments.json:
        thresholds = zero_carbon(shares.year, rulebook(ledger.held(RuleValue)))
        print_json(
            {
                "year": year,
                "shares": shares_to_plain(shares, thresholds, lang),
                "claim": claim_to_plain(claim, lang),
                "way": way_to_plain(way, lang),
            }
        )
    else:
        _print_shares(shares, year, lang)
        _print_claim(claim, lang)
        _print_gap(way, lang)
    return GOOD if claim.holds else NO


def _print_shares(shares: Shares, year: int, lang: str) -> None:
    heads = ["", T("Used [MWh]").in_language(lang), *(f"{HEADS[view].in_language(lang)} [%]" for view in VIEWS),
             T("Not covered [MWh]").in_language(lang)]  # fmt: skip
    rows = [_row(show_month(one.start, lang), one) for one in shares.months]
    rows.append(_row(str(year), shares.year))
    write(table(heads, rows, range(1, 6)))
    if shares.year.low_carbon:
        write(T("Nuclear electricity, in no share: {mwh} MWh", mwh=_mwh(shares.year.low_carbon)).in_language(lang))
    if shares.year.untitled:
        write(T("Own generation whose attributes nobody has claimed for the plant: {mwh} MWh",
                mwh=_mwh(shares.year.untitled)).in_language(lang))  # fmt: skip


def _row(name: str, share: Share) -> list[str]:
    shown = (share.shown(view) for view in VIEWS)
    percents = (DASH if value is None else show_number(value, 1) for value in shown)
    return [name, show_number(share.used / 1000, 1), *percents, show_number(share.uncovered / 1000, 1)]


def _mwh(kwh: Decimal) -> str:
    return show_number(kwh / 1000, 1)


def _print_claim(claim: ClaimJudgement, lang: str) -> None:
    percent = show_number(claim.percent)
    write("")
    if claim.holds:
        write(T("{percent} % renewable electricity may be claimed.", percent=percent).in_language(lang))
    else:
        write(T("{percent} % renewable electricity may not be claimed. Open: {count}", percent=percent,
                count=len(claim.stops)).in_language(lang))  # fmt: skip
    for one in claim.judged:
        write(_line(one, lang))


def _line(one: Judged, lang: str) -> str:
    said = T("{level}, {subject}: {message} {remedy}", level=LEVELS[one.level], subject=verbatim(one.subject),
             message=one.message, remedy=one.remedy)  # fmt: skip
    return f"  {said.in_language(lang)}"


def _print_gap(way: Way, lang: str) -> None:
    write("")
    write(T("Missing for {percent} % in {year}: {gap} MWh", percent=show_number(way.percent), year=str(way.year),
            gap=show_number(way.gap, 1)).in_language(lang))  # fmt: skip


# ---------------------------------------------------------------------- check


def check(arguments: argparse.Namespace) -> int:
    """Every judgement of every instrument, with rule and source. Exit code 1 when one is stopped."""
    lang = arguments.lang_ui
    with PlantFile.open(arguments.file, read_only=True) as plant:
        ledger = plant.ledger
    judged = judge(ledger)
    held = sorted(ledger.held(Instrument), key=lambda one: (one.start, one.id))
    stopped = any(said.level == "stop" for own in judged.values() for said in own)
    if arguments.json:
        print_json([_checked(one, judged.get(one.id, ()), lang) for one in held])
    elif not held:
        write(T("Nothing is entered yet.").in_language(lang))
    else:
        _print_checked(held, judged, lang)
    return NO if stopped else GOOD


def _checked(one: Instrument, judged: Iterable[Judged], lang: str) -> dict[str, object]:
    said = list(judged)
    return {
        "id": one.id,
        "name": one.name,
        "counts": all(each.level != "stop" for each in said),
        "judged": [
            {
                **judged_to_plain(each, lang),
                "title": all_rules()[each.rule].title.in_language(lang),
                "source": all_rules()[each.rule].source,
                "edition": all_rules()[each.rule].edition,
            }
            for each in said
        ],
    }


def _print_checked(held: Iterable[Instrument], verdicts: Mapping[str, Sequence[Judged]], lang: str) -> None:
    for one in held:
        write(f"{one.id}  {one.name}")
        if not verdicts.get(one.id):
            write(f"  {T('Nothing: every rule is kept.').in_language(lang)}")
        for said in verdicts.get(one.id, ()):
            rule = all_rules()[said.rule]
            write(_line(said, lang))
            source = f"{rule.source} ({rule.edition})" if rule.edition else rule.source
            write(f"    {labelled(rule.title.in_language(lang), source, lang)}")
