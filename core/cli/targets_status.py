"""What ``targets status`` tells: each target against its pathway, what is to be said of it, base year, neutrality."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator
from fractions import Fraction

from core.cli.common import GOOD, NO, library_of_plant, print_json, table, write
from core.cli.energy import DASH, year_ahead
from core.handover.ahead import (
    TargetsOf,
    failing,
    net_zero_year,
    reached_share,
    targets_of,
)
from core.i18n import T, Text, show_number, verbatim
from core.instruments import Judged
from core.store import PlantFile
from core.targets.base_year import PlantBaseYear
from core.targets.neutrality import NeutralityJudgement
from core.targets.pathway import decimal_of
from core.targets.plain import Plain, number, status_to_plain
from core.targets.status import RENEWABLE, TargetStatus, main_target

LEVEL_WORDS = {"stop": T("Stop"), "warning": T("Warning"), "info": T("Note")}
STATE_WORDS = {
    "none": T("nothing may be said"),
    "committed": T("committed"),
    "on_path": T("on the path"),
    "claimed": T("claimed"),
}


def gathered(arguments: argparse.Namespace, *, scenario: str = "", promised: bool = False) -> TargetsOf:
    """Everything about the targets of the file that was named."""
    with PlantFile.open(arguments.file, read_only=True) as plant:
        year = year_ahead(plant.ledger, arguments.year)
        return targets_of(
            plant.ledger, year, library_of_plant(plant), plant.blob, scenario=scenario, promised=promised
        )  # fmt: skip


def show_status(arguments: argparse.Namespace) -> int:
    """Exit code 1 when a target is missed or stopped, a statement does not hold, or nothing is promised at all."""
    found = gathered(arguments)
    if arguments.json:
        print_json(to_plain(found, arguments.lang_ui))
    else:
        for line in lines_of(found, arguments.lang_ui):
            write(line)
    return GOOD if good(found) else NO


def good(found: TargetsOf) -> bool:
    """Whether there are targets and all that is promised and said holds."""
    status = found.status
    return (
        bool(status.targets)
        and not any(failing(found, one) for one in status.targets)
        and all(one.holds for one in status.neutrality)
    )


def to_plain(found: TargetsOf, lang: str) -> Plain:
    """All of it for other programs."""
    main = main_target(found.status)
    return {
        **status_to_plain(found.status, lang),
        "good": good(found),
        "main": None if main is None else main.target.id,
        "failing": [one.target.id for one in found.status.targets if failing(found, one)],
        "net_zero_year": net_zero_year(found.status),
        "renewable_percent": None if found.share is None else number(found.share.shown("certified")),
        "partial": {str(year): count for year, count in found.partial.items()},
        "scenario": None if found.scenario is None else found.scenario.id,
        "troubles": [one.text(lang) for one in found.troubles],
    }


# ---------------------------------------------------------------------- words


def lines_of(found: TargetsOf, lang: str) -> Iterator[str]:
    """What a person reads."""
    for year, count in found.partial.items():
        yield T(
            "{year} is left out: it has data of {count} months only.", year=str(year), count=count
        ).in_language(lang)  # fmt: skip
    for trouble in found.troubles:
        yield trouble.text(lang)
    if not found.status.targets:
        yield T("No target is entered yet.").in_language(lang)
    else:
        yield target_table(found, lang)
    for one in found.status.targets:
        yield from judged_lines(one.target.name, one.judged, lang)
    if found.status.base_year is not None:
        yield from base_lines(found.status.base_year, lang)
    for neutral in found.status.neutrality:
        yield from neutral_lines(neutral, lang)


def target_table(found: TargetsOf, lang: str) -> str:
    """Every target in a line."""
    heads = [
        T("Target"), T("Year"), T("Reduction, %"), T("Last year"), T("Pathway"), T("Actual"), T("Gap"), T("Gap, %"),
        T("State"), T("Budget used up"),
    ]  # fmt: skip
    rows = [
        [
            one.target.name,
            str(one.target.year),
            show_number(one.target.reduction),
            *_against(found, one),
            state_of(found, one).in_language(lang),
            exhausted(one, lang),
        ]
        for one in found.status.targets
    ]
    return table([head.in_language(lang) for head in heads], rows, (1, 2, 3, 4, 5, 6, 7))


def _against(found: TargetsOf, one: TargetStatus) -> list[str]:
    if one.target.kind == RENEWABLE:
        shown = None if found.share is None else found.share.shown("certified")
        return ["", "", DASH if shown is None else f"{show_number(shown)} %", "", ""]
    if one.gap is None:
        return [DASH] * 5
    places = 4 if one.target.intensity else 1
    parts = (one.gap.allowed, one.gap.actual, one.gap.gap)
    return [str(one.gap.year), *(shown_exact(value, places) for value in parts), shown_exact(one.gap.percent, 1)]


def shown_exact(value: Fraction | None, places: int) -> str:
    """A fraction for reading; a dash where there is none."""
    return DASH if value is None else show_number(decimal_of(value), places)


def state_of(found: TargetsOf, one: TargetStatus) -> Text:
    """Where a target stands, in two words."""
    if one.target.status == "withdrawn":
        return T("withdrawn")
    if any(judged.level == "stop" for judged in one.judged):
        return T("stopped")
    if one.target.kind == RENEWABLE:
        reached = reached_share(one.target, found.share)
        return T("not known") if reached is None else T("reached") if reached else T("not reached yet")
    if one.gap is None:
        return T("not known")
    return T("on track") if one.gap.on_track else T("above the pathway")


def exhausted(one: TargetStatus, lang: str) -> str:
    """The year in which the budget will be used up, by the forecast where there is one."""
    if one.budget is None:
        return ""
    year = one.budget.exhausted_forecast or one.budget.exhausted_today
    return T("never").in_language(lang) if year is None else str(year)


def judged_lines(name: str, judged: Iterable[Judged], lang: str) -> Iterator[str]:
    """What is to be said, each with what to do."""
    for one in judged:
        said = T("{level}, {subject}: {message}", level=LEVEL_WORDS[one.level], subject=verbatim(name),
                 message=one.message)  # fmt: skip
        yield f"- {said.in_language(lang)}"
        yield f"  {one.remedy.in_language(lang)}"


def base_lines(found: PlantBaseYear, lang: str) -> Iterator[str]:
    """The base year in a line, and what is to be said of it."""
    yield T(
        "Base year {year}: {original} t CO₂e, recalculated {recalculated} t CO₂e; not recalculated {waiting} %, "
        "threshold {threshold} %.",
        year=str(found.policy.year),
        original=DASH if found.original is None else show_number(found.original, 1),
        recalculated=DASH if found.recalculated is None else show_number(found.recalculated, 1),
        waiting=DASH if found.waiting is None else show_number(found.waiting, 2),
        threshold=show_number(found.policy.threshold),
    ).in_language(lang)
    yield from judged_lines(T("Base year {year}", year=str(found.policy.year)).in_language(lang), found.judged, lang)


def neutral_lines(found: NeutralityJudgement, lang: str) -> Iterator[str]:
    """What is said of neutrality and what may be said."""
    yield T(
        "{subject}: said is “{stated}”, attainable for {year} is “{attainable}”.",
        subject=verbatim(found.commitment.subject),
        stated=STATE_WORDS.get(found.stated, verbatim(found.stated)),
        attainable=STATE_WORDS[found.attainable],
        year=str(found.year),
    ).in_language(lang)
    yield from judged_lines(found.commitment.subject, found.judged, lang)
