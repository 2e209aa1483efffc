"""Every plant, ranked: what it emits, which part of it counts, and what that is of the group."""

from __future__ import annotations

from typing import Any

from core.i18n import T
from core.report.data import percent, tonnes
from core.report.flow import lead, note
from core.report.group.data import REPORTED, GroupData, total
from core.report.style import SMALL_CELL
from core.report.table import Column, Row, Table

TITLE = T("Plants, ranked")
ORDER = 30
PAPER = "wide"


def story(data: GroupData, lang: str) -> list[Any]:
    """One sentence and the table."""
    if not data.plants:
        return []
    opening = [lead(data.tr(_opening(data), lang))] if data.location > 0 else []
    return [
        *opening,
        Table(_columns(data, lang), [*_rows(data, lang), _whole(data, lang)], SMALL_CELL, pad=2.6),
        note(data.tr(T(
            "Tonnes CO2e as far as they count: after the share of the group and without what another plant reports "
            "too. Ranked by the location-based total."
        ), lang)),
    ]  # fmt: skip


def _opening(data: GroupData) -> Any:
    half, count = data.location / 2, 0
    running = data.location * 0
    for _, scopes in data.by_plant:
        if running >= half:
            break
        running += total(scopes)
        count += 1
    return T("Half of the location-based total comes from {count} of {plants} plants.", count=count,
             plants=len(data.plants))  # fmt: skip


def _columns(data: GroupData, lang: str) -> list[Column]:
    return [
        Column("", 20, "right", fixed=True),
        Column(data.tr(T("Plant"), lang), 1.3, most=3),
        Column(data.tr(T("Country"), lang), 34, fixed=True),
        Column(data.tr(T("Company"), lang), 1.0, most=3),
        Column(data.tr(T("Business"), lang), 0.7, most=3),
        Column(data.tr(T("Counts with"), lang), 48, "right", fixed=True),
        *(Column(data.scope_heading(scope, lang), 66, "right", fixed=True) for scope in REPORTED),
        Column(data.tr(T("Total, location-based"), lang), 70, "right", fixed=True),
        Column(data.tr(T("Share"), lang), 36, "right", fixed=True),
    ]


def _rows(data: GroupData, lang: str) -> list[Row]:
    found = []
    for rank, (at, scopes) in enumerate(data.by_plant, 1):
        plant = data.plants[at]
        whole = total(scopes)
        name = plant.name if plant.known else f"{plant.name} *"
        found.append(Row((
            str(rank), name, plant.country, data.tr(data.company_name(plant.company), lang), plant.business,
            data.share(plant), *(tonnes(scopes[scope]) for scope in REPORTED), tonnes(whole),
            percent(whole, data.location),
        )))  # fmt: skip
    return found


def _whole(data: GroupData, lang: str) -> Row:
    cells = ("", data.tr(T("Group"), lang), "", "", "", "", *(tonnes(data.totals[scope]) for scope in REPORTED),
             tonnes(data.location), percent(data.location, data.location))  # fmt: skip
    return Row(cells, "total")
