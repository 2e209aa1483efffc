"""Purchased heat: energy delivered times the factor of the supplier or the national default."""

from __future__ import annotations

from core.i18n import T
from core.methods._build import (
    CARBON_GASES,
    line_of,
    missing_factor,
)
from core.methods._types import Context, Line, Method, Portion


def calculate(portion: Portion, context: Context) -> tuple[Line, ...]:
    """Location- and market-based lines from one factor: for heat both views use the supplier or the default.

    Notes
    -----
    E = Q × EF, Q in GJ; EF = 0.11 t/GJ in China when the supplier gives no measured value (GB/T 32150-2025, 7.5.6).
    """
    choice = context.want(portion.activity.item, ("heat",), portion.start.year, per="energy", gases=CARBON_GASES)
    if choice is None:
        choice = context.want("heat", ("heat",), portion.start.year, per="energy", gases=CARBON_GASES)
    if choice is None:
        raise missing_factor(portion, context)
    key = portion.activity.id
    return tuple(
        line_of(portion, context, choice, f"scope2_{view}", f"{key}:{view}") for view in ("location", "market")
    )


METHOD = Method(
    key="purchased_heat",
    title=T("Purchased heat"),
    kinds=("heat",),
    dimensions=("energy",),
    scopes=("scope2_location", "scope2_market"),
    source="GB/T 32150-2025, 7.5.6; GHG Protocol Scope 2 Guidance (2015), ch. 6",
    calculate=calculate,
    example={"item": "heat", "unit": "GJ"},
)
