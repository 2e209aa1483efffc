"""What is wrong with a target whatever rule set it names."""

from __future__ import annotations

from collections.abc import Iterator

from core.i18n import T
from core.instruments import Judged
from core.targets.case import INFO, OUTSIDE, STOP, WARNING, Case, Rule, day_of
from core.targets.parts import CATEGORIES, PARTS, SCOPE_2, SCOPE_3, part_title
from core.targets.pathway import HUNDRED


def _shape(case: Case) -> Iterator[Judged]:
    target = case.target
    if target.year <= target.base_year and target.kind != "renewable":
        yield case.said(
            "years",
            STOP,
            T(
                "The target year {year} does not lie after the base year {base}.",
                year=target.year,
                base=target.base_year,
            ),
            T("Correct one of the two."),
        )
    if not 0 <= target.reduction <= HUNDRED:
        yield case.said(
            "reduction",
            STOP,
            T("A reduction of {percent} % is not possible.", percent=target.reduction),
            T("Enter a percentage from 0 to 100, of the base year."),
        )
    elif target.kind != "renewable" and not target.reduction:
        yield case.said(
            "reduction",
            STOP,
            T("The target asks for no reduction."),
            T("Enter a percentage from 0 to 100, of the base year."),
        )


def _parts(case: Case) -> Iterator[Judged]:
    target, parts = case.target, set(case.target.parts)
    remedy = T("Choose the parts of the emissions again.")
    unknown = sorted(parts - set(PARTS))
    if target.kind == "renewable":
        if parts:
            yield case.said("parts", WARNING, T("A share of electricity covers no part of the emissions."), remedy)
    elif unknown or not parts:
        words = (
            T("Unknown parts of the emissions: {parts}", parts=unknown) if unknown else T("The target covers nothing.")
        )
        yield case.said("parts", STOP, words, remedy)
    if set(SCOPE_2.values()) <= parts:
        yield case.said(
            "scope2_twice",
            STOP,
            T("Scope 2 is covered location-based and market-based: the same electricity twice."),
            T("Choose one of the two, and state the other beside it."),
        )
    if SCOPE_3 in parts and parts & set(CATEGORIES):
        yield case.said(
            "category_inside",
            INFO,
            T("Categories are named besides the whole of scope 3; each tonne counts once."),
            remedy,
        )


def _market(case: Case) -> Iterator[Judged]:
    if SCOPE_2["market"] in case.target.parts:
        yield case.said(
            "market_based",
            INFO,
            T("The target is market-based: certificates lower it, while the location-based figure stays where it is."),
            T("State both figures side by side."),
        )


def _renewable(case: Case) -> Iterator[Judged]:
    target = case.target
    if target.kind == "renewable" and 0 <= target.reduction < HUNDRED:
        yield case.said(
            "renewable_below",
            INFO,
            T("The target asks for {percent} % renewable electricity, not for all of it.", percent=target.reduction),
            T("Look at the way to it on the page of renewable electricity."),
        )


def _base(case: Case) -> Iterator[Judged]:
    target = case.target
    if target.kind == "renewable":
        return
    known = [part for part in target.parts if part in PARTS]
    lacking = [part for part in known if part not in case.series.parts(target.base_year)]
    if lacking:
        yield case.said(
            "base_unknown",
            STOP,
            T(
                "Of the base year {year} these are not known: {parts}",
                year=target.base_year,
                parts=[part_title(part) for part in lacking],
            ),
            T("Close that year in this file, or enter its emissions as an earlier year with their source."),
        )
    if case.base_year is not None and case.base_year != target.base_year:
        yield case.said(
            "base_other",
            WARNING,
            T(
                "The target counts from {own}, the plant's base year is {base}.",
                own=target.base_year,
                base=case.base_year,
            ),
            T("Use one base year, or say in the note why they differ."),
        )
    oldest = case.ruling("base_year_from")
    if oldest is not None and target.base_year < oldest.number:
        yield case.said(
            "base_old",
            WARNING,
            T(
                "The base year {year} is earlier than {oldest}, the earliest of the rule set.",
                year=target.base_year,
                oldest=int(oldest.number),
            ),
            T("Choose a later base year; the source of this rule is: {source}", source=oldest.source),
        )


def _intensity(case: Case) -> Iterator[Judged]:
    target = case.target
    if not target.intensity:
        return
    if not case.figures.get(target.base_year):
        yield case.said(
            "figure_unknown",
            STOP,
            T(
                "The key figure “{figure}” is not known for the base year {year}.",
                figure=target.intensity,
                year=target.base_year,
            ),
            T("Enter it with its document."),
        )
    if case.ruling("rate_scope12") is not None or case.ruling("rate_scope3") is not None:
        yield case.said(
            "intensity",
            WARNING,
            T("A target of intensity lets emissions grow with the plant; the least linear reduction is not checked."),
            T("State the reduction in tonnes besides, or set an absolute target."),
        )


def _status(case: Case) -> Iterator[Judged]:
    target = case.target
    if target.status == "withdrawn":
        yield case.said(
            "withdrawn", INFO, T("The target was withdrawn: nothing counts towards it."), T("Say in the note why.")
        )
    if target.status in OUTSIDE and not target.evidence:
        level = STOP if target.status == "validated" else WARNING
        yield case.said(
            "unproven",
            level,
            T("Nothing proves that the target was submitted or validated."),
            T("Keep the letter or the published entry as evidence, or set the status back to “committed”."),
        )
    if target.status not in ("own", "withdrawn") and day_of(target.declared) is None:
        yield case.said(
            "undated",
            WARNING,
            T("It is not said when the target was promised."),
            T("Enter the day of the publication or submission."),
        )


OWN: tuple[Rule, ...] = (_shape, _parts, _market, _renewable, _base, _intensity, _status)
"""In the order in which they speak, within one level."""
