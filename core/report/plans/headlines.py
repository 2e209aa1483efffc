"""One line for the share of renewable electricity and one for the main target: what the summary says of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from core.i18n import T, Text
from core.renewables.shares import CERTIFIED
from core.report.data import ReportData, percent_of
from core.report.facts import mwh, short
from core.report.flow import Block
from core.report.plans.pathways import standing
from core.report.plans.words import down
from core.report.style import BODY
from core.targets.pathway import decimal_of


def headlines(report: ReportData, lang: str) -> list[Any]:
    """Nothing where the plant has neither."""
    return [Block(f"–\u2002{report.tr(said, lang)}", BODY) for said in _said(report)]


def _said(report: ReportData) -> Iterator[Text]:
    plans = report.plans
    if plans.of_renewables and plans.shares.year.used:
        year, claim = plans.shares.year, plans.claim
        holds = T("a claim of 100 % would hold") if claim.holds else T("a claim of 100 % would not hold")
        yield T(
            "Renewable electricity with certificates: {share} of {used} MWh; {holds}.",
            share=down(year.shown(CERTIFIED)),
            used=mwh(year.used),
            holds=holds,
        )
    main = plans.main if plans.of_targets else None
    if main is None:
        return
    reduced = None if main.gap is None else main.gap.reduced
    if reduced is None:
        yield T("Target “{name}”: {state}.", name=short(main.target.name), state=standing(report, main))
    elif reduced < 0:
        yield T(
            "Target “{name}”: {state}; risen by {percent} of the base year {base}.",
            name=short(main.target.name),
            state=standing(report, main),
            percent=percent_of(decimal_of(-reduced)),
            base=str(main.target.base_year),
        )
    else:
        yield T(
            "Target “{name}”: {state}; reduced by {percent} of the base year {base}.",
            name=short(main.target.name),
            state=standing(report, main),
            percent=percent_of(decimal_of(reduced)),
            base=str(main.target.base_year),
        )


__all__ = ["headlines"]
