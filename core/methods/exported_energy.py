"""Electricity and heat sold to others: a memo with the same factors. No total of the GHG Protocol contains it."""

from __future__ import annotations

from core.i18n import T
from core.library import Choice
from core.methods._build import line_of
from core.methods._scope2 import grid_average, heat_factor, wider_area
from core.methods._types import Context, Finding, Line, Method, Portion

ELECTRICITY = "electricity_sold"


def calculate(portion: Portion, context: Context) -> tuple[Line, ...]:
    """One memo line; the Chinese view subtracts it, beside a total without it.

    Notes
    -----
    E = AD × EF with the factor of purchased electricity or heat. GB/T 32150-2025, 7.5.7; GB/T 32151.34-2024,
    equations 15 and 16.
    """
    choice, findings = _factor(portion, context)
    return (line_of(portion, context, choice, "exported", findings=findings),)


def _factor(portion: Portion, context: Context) -> tuple[Choice, tuple[Finding, ...]]:
    if portion.activity.item == ELECTRICITY:
        choice = grid_average(portion, context)
        return choice, wider_area(choice, context)
    return heat_factor(portion, context, "location", "heat"), ()


METHOD = Method(
    key="exported_energy",
    title=T("Energy sold"),
    kinds=("exported_energy",),
    dimensions=("energy",),
    scopes=("exported",),
    source="GB/T 32150-2025, 7.5.7; GHG Protocol Corporate Standard, ch. 4 (not netted)",
    calculate=calculate,
    example={"item": "electricity_sold", "unit": "kWh"},
)
