"""Purchased electricity, location- and market-based side by side on the same kilowatt-hours.

The market-based figure follows the order of the GHG Protocol Scope 2 Guidance, table 6.3: certificates and contracts
with proof, then the residual mix, then the grid average with a disclosure.
"""

from __future__ import annotations

from decimal import Decimal

from core.i18n import T
from core.library import Choice
from core.library.places import area_name
from core.methods._build import (
    CARBON_GASES,
    amount,
    convert,
    line_of,
    missing_factor,
    readable,
)
from core.methods._types import (
    AppliedFactor,
    Context,
    Finding,
    Line,
    Method,
    Portion,
    TraceStep,
)

GRID = "electricity"
RENEWABLE = "renewable_electricity"


def calculate(portion: Portion, context: Context) -> tuple[Line, ...]:
    """Two lines: ``scope2_location`` and ``scope2_market``.

    Notes
    -----
    E = AD × EF on the same kilowatt-hours, once with each factor. GHG Protocol Scope 2 Guidance (2015), ch. 6.5,
    equation 6.1; GB/T 32150-2025, 7.5.6.
    """
    year = portion.start.year
    location = context.want(GRID, ("location",), year, per="energy", gases=CARBON_GASES)
    if location is None:
        raise missing_factor(portion, context)
    residual = context.want(GRID, ("residual",), year, per="energy", gases=CARBON_GASES)
    return (
        _line(portion, context, "location", location, _wider(location, context, portion)),
        _market(portion, context, location, residual),
    )


def _market(portion: Portion, context: Context, location: Choice, residual: Choice | None) -> Line:
    activity = portion.activity
    if activity.item == RENEWABLE and activity.evidence:
        return _proven(portion, context)
    findings: tuple[Finding, ...] = ()
    if activity.item == RENEWABLE:
        findings = (
            Finding(
                "renewable_without_proof",
                "error",
                activity.id,
                T(
                    "{quantity} {unit} are claimed as renewable without contract, settlement or certificate.",
                    quantity=readable(portion.quantity),
                    unit=activity.unit,
                ),
                T("Enter the number of the contract or certificate as evidence, or record it as grid electricity."),
            ),
        )
    if residual is None:
        findings += (
            Finding(
                "no_residual_mix",
                "info",
                f"{context.country}@{portion.start.year}",
                T(
                    "No residual mix is published for {region}; the market-based figure uses the grid average.",
                    region=area_name(context.country),
                ),
                T("Disclose it in the report, as the Scope 2 Guidance asks."),
            ),
        )
    return _line(portion, context, "market", residual or location, findings)


def _wider(choice: Choice, context: Context, portion: Portion) -> tuple[Finding, ...]:
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


def _proven(portion: Portion, context: Context) -> Line:
    """Electricity with proof of its renewable origin counts as zero."""
    activity = portion.activity
    energy, conversion = convert(portion, "kWh", context)
    trace = TraceStep(T("Market-based, proven by {evidence}", evidence=activity.evidence), "{0} × {1}",
                      ((energy, "kWh"), (Decimal(0), "kg CO2/kWh")), Decimal(0), "kg CO2")  # fmt: skip
    factor = AppliedFactor(
        key=f"instrument.{activity.id}",
        value=Decimal(0),
        unit="kg CO2/kWh",
        publisher=activity.source,
        edition=activity.evidence,
        year=portion.start.year,
        place=activity.evidence,
        title=T("Contract or certificate of the plant"),
        licence="",
        status="USER",
        region=context.regions[0],
        parts=(),
    )
    zero = amount("CO2", Decimal(0), context.gwp)
    return Line(f"{activity.id}:market", portion, "scope2_market", (zero,) if zero else (), factor,
                (*portion.trace, *conversion, trace))  # fmt: skip


def _line(portion: Portion, context: Context, view: str, choice: Choice, findings: tuple[Finding, ...]) -> Line:
    return line_of(portion, context, choice, f"scope2_{view}", f"{portion.activity.id}:{view}", findings)


METHOD = Method(
    key="purchased_electricity",
    title=T("Purchased electricity"),
    kinds=("electricity",),
    dimensions=("energy",),
    scopes=("scope2_location", "scope2_market"),
    source="GHG Protocol Scope 2 Guidance (2015), ch. 6; GB/T 32150-2025, 7.5.6",
    calculate=calculate,
    example={"item": "electricity", "unit": "kWh"},
)
