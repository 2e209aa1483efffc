"""Tonnes against what was made, earned and employed: the group, and plant by plant."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from core.audit.figure_units import unit_title
from core.audit.key_figures import figure_title
from core.i18n import T
from core.library import EXACT
from core.report.charts import readable
from core.report.data import bracketed, exact, tonnes
from core.report.flow import heading, lead, note
from core.report.group.data import GroupData
from core.report.group.package import Intensity
from core.report.style import SMALL_CELL
from core.report.table import Column, Row, Table

TITLE = T("Emissions per unit")
ORDER = 42
_MOST = 400


def story(data: GroupData, lang: str) -> list[Any]:
    """A table for each figure; nothing when none is known."""
    found: dict[tuple[str, str], list[Intensity]] = {}
    for one in data.contents.intensities:
        found.setdefault((one.figure, one.unit), []).append(one)
    if not found:
        return []
    flow: list[Any] = [
        lead(data.tr(T("Location-based tonnes divided by the figure of the same plants and the same year."), lang))
    ]
    for (figure, unit), held in found.items():
        title = bracketed(data.tr(figure_title(figure), lang), data.tr(unit_title(unit), lang), lang)
        flow += [heading(title, f"{figure[:30]}-{lang}"), _table(data, data.tr(unit_title(unit), lang), held, lang)]
    return [
        *flow,
        note(data.tr(T("Plants whose figure is not known are left out of both sides of the division."), lang)),
    ]


def _table(data: GroupData, unit: str, held: list[Intensity], lang: str) -> Table:
    mass, times = _mass(held)
    columns = [
        Column(data.tr(T("Plant"), lang), 1.0, most=3),
        Column("t CO2e", 88, "right", fixed=True),
        Column(unit, 96, "right", fixed=True),
        Column(f"{mass} CO2e/{unit}", 92, "right", fixed=True),
    ]
    plants = sorted((one for one in held if one.plant >= 0), key=lambda one: -_ratio(one))
    rows = [Row((data.plants[one.plant].name, *_cells(one, times))) for one in plants[:_MOST]]
    rows += [
        Row((data.tr(T("Group, plants: {count}", count=one.covered), lang), *_cells(one, times)), "total")
        for one in held
        if one.plant < 0
    ]
    return Table(columns, rows, SMALL_CELL, pad=2.4)


def _mass(held: list[Intensity]) -> tuple[str, Decimal]:
    """The unit in which most ratios are numbers that people can compare, and how many of it a tonne is."""
    middle = sorted(map(_ratio, held))[len(held) // 2]
    if middle >= Decimal("0.1") or not middle:
        return "t", Decimal(1)
    return ("kg", Decimal(1000)) if middle >= Decimal("0.0001") else ("g", Decimal(1_000_000))


def _cells(one: Intensity, times: Decimal) -> tuple[str, str, str]:
    return tonnes(one.tonnes), exact(one.quantity, 3), readable(EXACT.multiply(_ratio(one), times))


def _ratio(one: Intensity) -> Decimal:
    return EXACT.divide(one.tonnes, one.quantity) if one.quantity else Decimal(0)
