"""Purchased heat: energy delivered, or a mass of steam or hot water, times the supplier's factor or the default."""

from __future__ import annotations

from decimal import Decimal

from core.errors import UserError
from core.i18n import T
from core.library import EXACT
from core.methods._build import chosen, convert, line_of, needed
from core.methods._scope2 import Energy, heat_factor, line_for
from core.methods._steam import (
    HEAT_CAPACITY,
    REFERENCE,
    WATER_AT_20,
    Steam,
    by_pressure,
    by_temperature,
    heat_of_steam,
    heat_of_water,
    table_of,
)
from core.methods._types import Context, Line, Method, Parameter, Portion, TraceStep

PRESSURE = Parameter(
    "pressure", T("Pressure of the steam"), "MPa",
    help=T("Absolute: what the gauge shows plus 0.1013. The table of saturated steam gives the enthalpy."),
)  # fmt: skip
TEMPERATURE = Parameter(
    "temperature", T("Temperature"), "°C", help=T("Of the hot water, or of saturated steam without a pressure.")
)
ENTHALPY = Parameter(
    "enthalpy", T("Enthalpy of the steam"), "kJ/kg", help=T("As measured; needed for superheated steam.")
)
RULES = Parameter(
    "rules",
    T("Steam counts"),
    choices=(
        ("guidelines", T("from water at 20 °C (24 guidelines 2013–2015)")),
        ("gbt_32151", T("with its whole enthalpy (GB/T 32151.34-2024)")),
    ),
)
APART = Decimal(5)
"""So many kelvin off the saturated temperature steam is superheated, or one of the numbers is wrong."""


def calculate(portion: Portion, context: Context) -> tuple[Line, ...]:
    """Location- and market-based lines from one factor; a factor of the supplier counts in the market-based one.

    Notes
    -----
    E = Q × EF, Q in GJ; EF = 0.11 t/GJ in China when the supplier gives no measured value (GB/T 32150-2025, 7.5.6).
    Steam: Q = t × (h - 83.74) / 1000; hot water: Q = t × (T - 20) × 4.1868 / 1000.
    """
    energy = _energy(portion, context)
    lines = []
    for view in ("location", "market"):
        choice = heat_factor(portion, context, view, portion.activity.item, "heat")
        scope, key = f"scope2_{view}", f"{portion.activity.id}:{view}"
        if energy is None:
            lines.append(line_of(portion, context, choice, scope, key))
        else:
            lines.append(line_for(portion, context, choice, scope, energy, line_id=key))
    return tuple(lines)


def _energy(portion: Portion, context: Context) -> Energy | None:
    """Heat of a mass; None where the record gives the energy itself."""
    if context.library.units.dimension(portion.activity.unit) != "mass":
        return None
    mass, conversion = convert(portion, "t", context)
    if portion.activity.item == "hot_water":
        return _water(portion, mass, conversion)
    if portion.activity.item == "steam":
        return _steam(portion, context, mass, conversion)
    raise UserError(
        T("Heat is entered as energy; only steam and hot water can be entered as a mass."),
        T("Choose steam or hot water as the item, or enter the energy in GJ."),
    )


def _water(portion: Portion, mass: Decimal, steps: tuple[TraceStep, ...]) -> Energy:
    temperature = portion.given(TEMPERATURE.key)
    if temperature is None:
        raise needed(portion, TEMPERATURE)
    heat = heat_of_water(mass, temperature)
    numbers = ((mass, "t"), (temperature, "°C"), (REFERENCE, "°C"), (HEAT_CAPACITY, "kJ/(kg·K)"))
    step = TraceStep(T("Heat of hot water"), "{0} × ({1} − {2}) × {3} ÷ 1000", numbers, heat, "GJ")
    return Energy(heat, "GJ", (*steps, step))


def _steam(portion: Portion, context: Context, mass: Decimal, steps: tuple[TraceStep, ...]) -> Energy:
    own = portion.given(ENTHALPY.key)
    found = None if own is not None else _saturated(portion, context)
    enthalpy = own if found is None else found.enthalpy
    if enthalpy is None:
        raise needed(portion, PRESSURE)
    whole = chosen(portion, RULES) == "gbt_32151"
    reference = Decimal(0) if whole else WATER_AT_20
    heat = heat_of_steam(mass, enthalpy, reference)
    what = T("Heat of steam (GB/T 32151.34-2024)") if whole else T("Heat of steam (24 guidelines 2013–2015)")
    numbers = ((mass, "t"), (enthalpy, "kJ/kg"), (reference, "kJ/kg"))
    step = TraceStep(what, "{0} × ({1} − {2}) ÷ 1000", numbers, heat, "GJ")
    return Energy(heat, "GJ", (*steps, step), () if found is None else found.rows)


def _saturated(portion: Portion, context: Context) -> Steam | None:
    """Steam as the table has it; None when the record says neither pressure nor temperature."""
    pressure, temperature = portion.given(PRESSURE.key), portion.given(TEMPERATURE.key)
    table = table_of(context.library)
    if pressure is None:
        return None if temperature is None else by_temperature(table, temperature)
    steam = by_pressure(table, pressure)
    if temperature is not None and abs(EXACT.subtract(temperature, steam.temperature)) > APART:
        raise UserError(
            T(
                "Saturated steam of {pressure} MPa has {saturated} °C, not {temperature} °C.",
                pressure=pressure,
                saturated=round(steam.temperature, 1),
                temperature=temperature,
            ),
            T("Enter the enthalpy of superheated steam, or correct pressure (absolute) and temperature."),
        )
    return steam


METHOD = Method(
    key="purchased_heat",
    title=T("Purchased heat"),
    kinds=("heat",),
    dimensions=("energy", "mass"),
    scopes=("scope2_location", "scope2_market"),
    source="GB/T 32150-2025, 7.5.6; GHG Protocol Scope 2 Guidance (2015), ch. 6",
    calculate=calculate,
    usual_for=("heat",),
    example={"item": "heat", "unit": "GJ"},
    parameters=(PRESSURE, TEMPERATURE, ENTHALPY, RULES),
)
