"""Energy bought from others, location- and market-based: what electricity, heat, cooling and compressed air share.

The market-based figure follows the order of the GHG Protocol Scope 2 Guidance, table 6.3: certificates and contracts
with proof, then the factor of the supplier, then the residual mix, then the grid average with a disclosure.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from core.i18n import T
from core.library import Choice, Factor
from core.library.places import area_name
from core.methods._build import (
    CARBON_GASES,
    applied,
    co2e_step,
    gases,
    missing_factor,
)
from core.methods._choice import proxy_finding, year_finding
from core.methods._types import Context, Finding, Line, Portion, TraceStep

GRID = "electricity"
SUPPLIER = "supplier"


@dataclass(frozen=True, slots=True)
class Energy:
    """An amount derived from what the record says, with the steps that lead there and the numbers that went in."""

    quantity: Decimal
    unit: str
    steps: tuple[TraceStep, ...]
    parts: tuple[Factor, ...] = ()


def grid_average(portion: Portion, context: Context) -> Choice:
    """The location-based factor of electricity.

    Raises
    ------
    NotCovered
        when none is published for the plant.
    """
    choice = context.want(GRID, ("location",), portion.start.year, per="energy", gases=CARBON_GASES)
    if choice is None:
        raise missing_factor(portion, context)
    return choice


def supplied(portion: Portion, context: Context, item: str, per: str = "energy") -> Choice | None:
    """The factor that the supplier of this energy states, if the plant keeps one with its proof."""
    return context.want(item, (SUPPLIER,), portion.start.year, per=per, gases=CARBON_GASES)


def market_average(portion: Portion, context: Context, location: Choice) -> tuple[Choice, tuple[Finding, ...]]:
    """The market-based factor of electricity without an instrument: supplier, residual mix, grid average."""
    year = portion.start.year
    own = supplied(portion, context, GRID)
    if own is not None:
        return own, ()
    residual = context.want(GRID, ("residual",), year, per="energy", gases=CARBON_GASES)
    if residual is not None:
        return residual, ()
    return location, (
        Finding(
            "no_residual_mix",
            "info",
            f"{context.country}@{year}",
            T(
                "No residual mix is published for {region}; the market-based figure uses the grid average.",
                region=area_name(context.country),
            ),
            T("Disclose it in the report, as the Scope 2 Guidance asks."),
        ),
    )


def wider_area(choice: Choice, context: Context) -> tuple[Finding, ...]:
    """A province was asked for and only the national factor exists, e.g. Tibet."""
    smallest = context.regions[0]
    if context.policy.area != "smallest" or choice.factor.region != context.country or smallest == context.country:
        return ()
    if not context.library.publishes_parts_of(context.country, GRID, "location"):
        return ()
    return (
        Finding(
            "wider_area",
            "warning",
            f"{choice.factor.key}@{smallest}",
            T("No grid factor is published for {region}; the national one is applied.", region=area_name(smallest)),
            T("Check the region of the plant. Never take the factor of a neighbouring area."),
        ),
    )


def line_for(
    portion: Portion,
    context: Context,
    choice: Choice,
    scope: str,
    energy: Energy,
    findings: tuple[Finding, ...] = (),
    line_id: str = "",
) -> Line:
    """A line of derived energy × factor, with all its steps."""
    factor = choice.factor
    quantity = context.library.units.convert(energy.quantity, energy.unit, factor.per)
    amounts, steps = gases(quantity, factor, context)
    return Line(
        line_id or f"{portion.activity.id}:{scope.removeprefix('scope2_')}",
        portion,
        scope,
        amounts,
        applied(context, factor, *energy.parts),
        (*portion.trace, *energy.steps, *_conversion(context, energy, factor.per, quantity), *steps,
         co2e_step(amounts, context.gwp)),
        (*year_finding(choice, portion.start.year, context), *proxy_finding(choice, context), *findings),
    )  # fmt: skip


def _conversion(context: Context, energy: Energy, per: str, quantity: Decimal) -> tuple[TraceStep, ...]:
    units = context.library.units
    if units.named(energy.unit).key == units.named(per).key:
        return ()
    return (TraceStep(T("Unit conversion"), "{0}", ((energy.quantity, energy.unit),), quantity, per),)


def from_grid(portion: Portion, context: Context, electricity: Energy) -> tuple[Line, Line]:
    """Both views of electricity that somebody else used for what the plant bought, or the plant used elsewhere."""
    location = grid_average(portion, context)
    market, findings = market_average(portion, context, location)
    return (
        line_for(portion, context, location, "scope2_location", electricity, wider_area(location, context)),
        line_for(portion, context, market, "scope2_market", electricity, findings),
    )


def from_supplier_or_grid(
    portion: Portion, context: Context, bought: Energy, supplier: Choice | None, electricity: Energy | None
) -> tuple[Line, ...]:
    """What was bought, by the supplier's factor; by its electricity where there is none, or for the location view.

    Raises
    ------
    NotCovered
        when there is neither a supplier's factor nor the electricity.
    """
    if supplier is None:
        if electricity is None:
            raise missing_factor(portion, context)
        return from_grid(portion, context, electricity)
    market = line_for(portion, context, supplier, "scope2_market", bought)
    if electricity is None:
        return line_for(portion, context, supplier, "scope2_location", bought), market
    return from_grid(portion, context, electricity)[0], market


def heat_factor(portion: Portion, context: Context, view: str, *items: str) -> Choice:
    """The factor of the first of these items that has one: of the supplier in the market view, else as published.

    Raises
    ------
    NotCovered
        when none is published for the plant and the supplier states none.
    """
    uses = (SUPPLIER, "heat") if view == "market" else ("heat",)
    for item in items:
        choice = context.want(item, uses, portion.start.year, per="energy", gases=CARBON_GASES)
        if choice is not None:
            return choice
    raise missing_factor(portion, context)


def from_heat(portion: Portion, context: Context, heat: Energy) -> tuple[Line, ...]:
    """Both views of heat that somebody else used for what the plant bought."""
    return tuple(
        line_for(portion, context, heat_factor(portion, context, view, "heat"), f"scope2_{view}", heat)
        for view in ("location", "market")
    )
