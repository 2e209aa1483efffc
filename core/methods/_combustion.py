"""Burning a fuel: what stationary and mobile combustion share.

Three forms exist, and the family of the smallest area decides: amounts per unit as printed (UK), the Chinese form from
calorific value, carbon content and oxidation rate, and the IPCC form from energy and kg/TJ.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from core.i18n import T
from core.library import EXACT, Choice, Factor
from core.methods._build import (
    CARBON_GASES,
    amount,
    applied,
    bare,
    co2e_step,
    convert,
    gases,
    mass_of,
    missing_factor,
    readable,
    year_finding,
)
from core.methods._types import (
    Amount,
    AppliedFactor,
    Context,
    Finding,
    Line,
    NotCovered,
    Portion,
    TraceStep,
)

CARBON_TO_CO2 = (Decimal(44), Decimal(12))
"""Ratio of molar masses as the standards print it: 44/12."""
_ENERGY = T("Energy = quantity × net calorific value")
AMBIGUOUS = frozenset({"kWh", "MWh", "GWh", "e4kWh", "mmBtu"})
"""For a fuel these do not say whether the net or the gross calorific value is meant."""


def carbon_dioxide(energy: Decimal, carbon: Decimal, oxidation: Decimal) -> Decimal:
    """CO2 of a fuel from its energy, carbon content and oxidation rate.

    Parameters
    ----------
    energy
        net calorific energy of the fuel burned. [GJ]
    carbon
        carbon content. [tC/GJ]
    oxidation
        share of the carbon that is oxidised. [1]

    Returns
    -------
    Decimal
        mass of CO2. [t]

    Notes
    -----
    E = AD × NCV × CC × OF × 44/12 with AD × NCV = energy. GB/T 32151.34-2024, 5.2, equations 2 to 4; NDRC guidelines
    2013-2015.

    Examples
    --------
    >>> round(carbon_dioxide(Decimal("42.652"), Decimal("0.0202"), Decimal("0.98")), 4)
    Decimal('3.0959')
    """
    molar, atomic = CARBON_TO_CO2
    return EXACT.divide(EXACT.multiply(EXACT.multiply(EXACT.multiply(energy, carbon), oxidation), molar), atomic)


@dataclass(frozen=True, slots=True)
class _Burned:
    """Result of one form, before CO2e."""

    amounts: tuple[Amount, ...]
    steps: tuple[TraceStep, ...]
    factor: AppliedFactor
    findings: tuple[Finding, ...]


def burn(portion: Portion, context: Context, use: str) -> tuple[Line, ...]:
    """One scope 1 line for a fuel. ``use`` is ``stationary`` or ``mobile``.

    Raises
    ------
    NotCovered
        when no family covers the fuel in this unit, or the unit is ambiguous.
    """
    activity = portion.activity
    unit = context.library.units.named(activity.unit)
    if unit.key in AMBIGUOUS:
        raise ambiguous(portion)
    year = portion.start.year
    direct = context.want(activity.item, (use, "combustion"), year, per=unit.dimension, gases=CARBON_GASES)
    carbon = context.want(activity.item, ("carbon",), year)
    by_energy = context.want(activity.item, (use, "combustion"), year, per="energy", gases=CARBON_GASES)
    found = [c for c in (direct, carbon, by_energy) if c is not None]
    if not found:
        raise missing_factor(portion, context)
    best = min(found, key=context.rank)
    if best is carbon:
        burned = _chinese(portion, context, use, best)
    elif best is direct:
        burned = _printed(portion, context, best)
    else:
        burned = _by_energy(portion, context, best)
    trace = (*portion.trace, *burned.steps, co2e_step(burned.amounts, context.gwp))
    return (Line(activity.id, portion, "scope1", burned.amounts, burned.factor, trace, burned.findings),)


def _biogenic(portion: Portion, context: Context) -> bool:
    item = context.library.items.get(portion.activity.item)
    return item is not None and item.biogenic


def _printed(portion: Portion, context: Context, choice: Choice) -> _Burned:
    quantity, conversion = convert(portion, choice.factor.per, context)
    amounts, steps = gases(quantity, choice.factor, context, biogenic=_biogenic(portion, context))
    findings = year_finding(choice, portion.start.year, context)
    return _Burned(amounts, (*conversion, *steps), applied(context, choice.factor), findings)


def _by_energy(portion: Portion, context: Context, choice: Choice) -> _Burned:
    energy, steps, parts = _energy(portion, context)
    factor = choice.factor
    amount_of_energy = context.library.units.convert(energy, "GJ", factor.per)
    amounts, more = gases(amount_of_energy, factor, context, biogenic=_biogenic(portion, context))
    findings = year_finding(choice, portion.start.year, context)
    return _Burned(amounts, (*steps, *more), applied(context, factor, *parts), findings)


def _chinese(portion: Portion, context: Context, use: str, carbon: Choice) -> _Burned:
    year, item = portion.start.year, portion.activity.item
    oxidation = context.want(item, ("oxidation",), year)
    if oxidation is None:
        raise missing_factor(portion, context)
    energy, steps, parts = _energy(portion, context)
    content, oxidised = bare(carbon.factor), bare(oxidation.factor)
    mass = EXACT.multiply(carbon_dioxide(energy, content, oxidised), Decimal(1000))
    carbon_amount = amount("CO2", mass, context.gwp, biogenic=_biogenic(portion, context))
    if carbon_amount is None:
        raise missing_factor(portion, context)
    molar, atomic = CARBON_TO_CO2
    numbers = ((energy, "GJ"), (content, "tC/GJ"), (oxidised, ""), (molar, ""), (atomic, ""), (Decimal(1000), "kg/t"))
    step = TraceStep(mass_of("CO2"), "{0} × {1} × {2} × {3}/{4} × {5}", numbers, carbon_amount.kg, "kg CO2")
    traces, trace_steps, trace_parts = _ch4_n2o(energy, portion, context, use)
    frozen = _composite(context, carbon.factor, oxidation.factor, parts, trace_parts)
    return _Burned((carbon_amount, *traces), (*steps, step, *trace_steps), frozen, year_finding(carbon, year, context))


def _ch4_n2o(
    energy: Decimal, portion: Portion, context: Context, use: str
) -> tuple[tuple[Amount, ...], tuple[TraceStep, ...], tuple[Factor, ...]]:
    """CH4 and N2O, which the Chinese standard does not print, from the IPCC energy factors."""
    item = portion.activity.item
    choice = context.want(item, (use, "combustion"), portion.start.year, per="energy", gases=("CH4", "N2O"))
    if choice is None:
        return (), (), ()
    amounts, steps = gases(context.library.units.convert(energy, "GJ", choice.factor.per), choice.factor, context)
    kept = [(a, s) for a, s in zip(amounts, steps, strict=True) if a.species in ("CH4", "N2O")]
    return tuple(a for a, _ in kept), tuple(s for _, s in kept), (choice.factor,)


def _composite(
    context: Context, carbon: Factor, oxidation: Factor, parts: tuple[Factor, ...], others: tuple[Factor, ...]
) -> AppliedFactor:
    """The headline people know: 3.0959 t CO2 per t of diesel, from three numbers; per GJ when energy was entered."""
    ncv = next((f for f in parts if f.use == "ncv"), None)
    energy, unit = (Decimal(1), "t CO2/GJ") if ncv is None else (bare(ncv), f"t CO2/{ncv.per}")
    value = carbon_dioxide(energy, bare(carbon), bare(oxidation))
    key = f"{carbon.set.key}.{carbon.item}"
    return applied(context, carbon, *parts, oxidation, *others, value=round(value, 10), unit=unit, key=key)


def _energy(portion: Portion, context: Context) -> tuple[Decimal, tuple[TraceStep, ...], tuple[Factor, ...]]:
    """Net calorific energy in GJ, by way of density where a volume meets a calorific value per mass."""
    activity = portion.activity
    units = context.library.units
    dimension = units.dimension(activity.unit)
    if dimension == "energy":
        energy, conversion = convert(portion, "GJ", context)
        return energy, conversion, ()
    year = portion.start.year
    ncv = context.want(activity.item, ("ncv",), year, per=dimension)
    if ncv is not None:
        quantity, conversion = convert(portion, ncv.factor.per, context)
        return _times_ncv(quantity, ncv.factor, conversion, (), context)
    ncv = context.want(activity.item, ("ncv",), year, per="mass")
    density = context.want(activity.item, ("density",), year, per=dimension)
    if ncv is None or density is None:
        raise missing_factor(portion, context)
    volume, conversion = convert(portion, density.factor.per, context)
    per_volume = bare(density.factor)
    mass = units.convert(EXACT.multiply(volume, per_volume), density.factor.of, ncv.factor.per)
    step = TraceStep(
        T("Volume × density"),
        "{0} × {1}",
        ((volume, density.factor.per), (per_volume, density.factor.unit)),
        mass,
        ncv.factor.per,
    )
    return _times_ncv(mass, ncv.factor, (*conversion, step), (density.factor,), context)


def _times_ncv(
    quantity: Decimal, ncv: Factor, steps: tuple[TraceStep, ...], parts: tuple[Factor, ...], context: Context
) -> tuple[Decimal, tuple[TraceStep, ...], tuple[Factor, ...]]:
    value = bare(ncv)
    energy = context.library.units.convert(EXACT.multiply(quantity, value), ncv.of, "GJ")
    numbers = ((quantity, ncv.per), (value, ncv.unit))
    step = TraceStep(_ENERGY, "{0} × {1}", numbers, energy, "GJ")
    return energy, (*steps, step), (ncv, *parts)


def ambiguous(portion: Portion) -> NotCovered:
    """A unit that does not say which calorific value is meant."""
    activity = portion.activity
    return NotCovered(
        Finding(
            "ambiguous_energy",
            "warning",
            activity.id,
            T(
                "{unit} of a fuel can mean net or gross calorific value; the quantity {quantity} is excluded.",
                unit=activity.unit,
                quantity=readable(portion.quantity),
            ),
            T("Enter “kWh (net CV)” or “kWh (gross CV)”, as the bill says."),
        )
    )
