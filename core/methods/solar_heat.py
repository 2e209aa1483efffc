"""Solar hot water and other own renewable energy: it is used, emits nothing, and is never counted as negative."""

from __future__ import annotations

from core.i18n import T
from core.methods._build import line_of, missing_factor
from core.methods._types import Context, Line, Method, Portion


def calculate(portion: Portion, context: Context) -> tuple[Line, ...]:
    """One scope 1 line of zero tonnes that shows the energy used.

    Notes
    -----
    E = AD × 0. What the energy replaces is not bought, so it lowers the inventory by itself; GB/T 32151.34-2024,
    annex D; GHG Protocol Corporate Standard, ch. 8.
    """
    choice = context.want(portion.activity.item, ("own_renewable",), portion.start.year, per="energy")
    if choice is None:
        raise missing_factor(portion, context)
    return (line_of(portion, context, choice, "scope1"),)


METHOD = Method(
    key="solar_heat",
    title=T("Solar hot water and own renewables"),
    kinds=("own_renewable",),
    dimensions=("energy",),
    scopes=("scope1",),
    source="GB/T 32151.34-2024, annex D; GHG Protocol Corporate Standard, ch. 8",
    calculate=calculate,
    example={"item": "solar_hot_water", "unit": "kWh"},
)
