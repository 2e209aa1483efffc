"""How sure the totals are, with the errors of factors that plants share counted once and not by the square root."""

from __future__ import annotations

from typing import Any

from core.i18n import T
from core.report.data import SCOPE_NAMES, percent_of, tonnes
from core.report.flow import Block, heading, lead, note
from core.report.group.data import GroupData
from core.report.style import BODY
from core.report.table import Column, Row, Table

TITLE = T("Uncertainty of the group")
ORDER = 50


def story(data: GroupData, lang: str) -> list[Any]:
    """Nothing where it is not known."""
    found = data.contents.uncertainty
    if not found:
        return []
    whole = next((one for one in found if one.scope == "location"), found[-1])
    opening = T("The location-based total is known within ±{percent} (95 %).", percent=percent_of(whole.percent))
    shared = T(
        "Plants that use the same factor make the same error: it does not cancel out over the group. If every plant "
        "erred for itself, the total would seem known within ±{percent}.",
        percent=percent_of(whole.independent),
    )
    names = {**SCOPE_NAMES, "location": T("Total, location-based"), "market": T("Total, market-based")}
    columns = [
        Column("", 1.0),
        Column("t CO2e", 96, "right", fixed=True),
        Column(data.tr(T("± of it, 95 %"), lang), 76, "right", fixed=True),
        Column(data.tr(T("if nothing were shared"), lang), 84, "right", fixed=True),
        Column(data.tr(T("Quantified"), lang), 60, "right", fixed=True),
    ]
    rows = [
        Row((data.tr(names[one.scope], lang) if one.scope in names else one.scope, tonnes(one.tonnes),
             percent_of(one.percent), percent_of(one.independent), percent_of(one.quantified)),
            "total" if one.scope in ("location", "market") else "line")
        for one in found
    ]  # fmt: skip
    return [
        lead(data.tr(opening, lang)),
        Block(data.tr(shared, lang), BODY),
        Table(columns, rows),
        *_factors(data, lang),
        note(data.tr(T("Quantified: tonnes of which the quantity or the factor has a known uncertainty; the others "
                       "count as certain."), lang)),
        note(data.tr(T("Half of the 95 % interval, first-order propagation; ISO/IEC Guide 98-3 and IPCC 2006, volume "
                       "1, chapter 3, with correlated inputs."), lang)),
    ]  # fmt: skip


def _factors(data: GroupData, lang: str) -> list[Any]:
    found = data.contents.shared_factors
    if not found:
        return []
    columns = [
        Column(data.tr(T("Factor"), lang), 1.0, most=3),
        Column(data.tr(T("Plants"), lang), 44, "right", fixed=True),
        Column("t CO2e", 86, "right", fixed=True),
        Column("±", 44, "right", fixed=True),
        Column(data.tr(T("Part of the variance"), lang), 66, "right", fixed=True),
    ]
    rows = [
        Row(
            (
                data.tr(one.name, lang),
                str(one.plants),
                tonnes(one.tonnes),
                percent_of(one.percent),
                percent_of(one.part),
            )
        )
        for one in found[:20]
    ]
    title = heading(data.tr(T("Factors that plants share"), lang), f"shared-{lang}")
    return [title, Table(columns, rows, pad=2.4)]
