"""Burning a fuel: what stationary and mobile combustion share.

Three forms exist, and the family of the smallest area decides: amounts per unit as printed (UK, US), the Chinese form
from calorific value, carbon content and oxidation rate, and the IPCC form from energy and kg/TJ. What a laboratory
measured takes the place of the tabled value, and the calculation then goes by way of energy.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TypeAlias

from core.i18n import T
from core.library import EXACT, Choice, Factor, Unit
from core.library.places import area_name
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
)
from core.methods._choice import year_finding
from core.methods._fuel_energy import Energy, as_net, gross_energy, net_energy
from core.methods._laboratory import OwnValues, measured_factor, own_values, unproven
from core.methods._types import (
    BIOGENIC,
    Amount,
    AppliedFactor,
    Context,
    Finding,
    Line,
    NotCovered,
    Portion,
    TraceStep,
    exact_sum,
)

CARBON_TO_CO2 = (Decimal(44), Decimal(12))
"""Ratio of molar masses as the standards print it: 44/12."""
_KG = (Decimal(1000), "kg/t")
_OXIDISED = T("CO₂ × measured oxidation rate")
_BIOMASS = T("Biogenic CO₂ = CO₂ × share of biomass")
_Others: TypeAlias = "tuple[tuple[Amount, ...], tuple[TraceStep, ...], tuple[Factor, ...]]"
"""Amounts, the steps that show them and the rows they come from."""
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


def burn(portion: Portion, context: Context, *uses: str) -> tuple[Line, ...]:
    """One scope 1 line for a fuel. ``uses`` are ``stationary``, ``mobile`` or ``mobile_offroad``, best first.

    Raises
    ------
    NotCovered
        when no family covers the fuel in this unit, or the unit is ambiguous.
    """
    activity = portion.activity
    unit = context.library.units.named(activity.unit)
    if unit.key in AMBIGUOUS:
        raise ambiguous(portion)
    own = own_values(portion)
    asked = (*uses, "combustion")
    burned = _measured(portion, context, asked, own) if own.measured else _published(portion, context, asked, unit)
    if own.biomass and not _biogenic(portion, context):
        burned = _without_biomass(burned, portion, context, own.biomass)
    trace = (*portion.trace, *burned.steps, co2e_step(burned.amounts, context.gwp))
    findings = (*burned.findings, *unproven(portion, own))
    return (Line(activity.id, portion, "scope1", burned.amounts, burned.factor, trace, findings),)


def _published(portion: Portion, context: Context, uses: tuple[str, ...], unit: Unit) -> _Burned:
    """With the values of the library: the family of the smallest area decides on the form."""
    year, item = portion.start.year, portion.activity.item
    direct = context.want(item, uses, year, per=unit.dimension, gases=CARBON_GASES)
    carbon = context.want(item, ("carbon",), year)
    by_energy = context.want(item, uses, year, per="energy", gases=CARBON_GASES)
    found = [c for c in (direct, carbon, by_energy) if c is not None]
    if not found:
        raise missing_factor(portion, context)
    best = min(found, key=context.rank)
    if best is carbon:
        return _chinese(portion, context, uses, best)
    if best is direct:
        return _printed(portion, context, uses, best)
    return _by_energy(portion, context, best)


def _biogenic(portion: Portion, context: Context) -> bool:
    item = context.library.items.get(portion.activity.item)
    return item is not None and item.biogenic


def _printed(portion: Portion, context: Context, uses: tuple[str, ...], choice: Choice) -> _Burned:
    quantity, conversion = convert(portion, choice.factor.per, context)
    amounts, steps = gases(quantity, choice.factor, context, biogenic=_biogenic(portion, context))
    more, more_steps, parts = _of_biofuel(portion, context, choice)
    if not {"CH4", "N2O", "CO2e"} & choice.factor.amounts.keys():
        others, other_steps, other_parts = _lacking(portion, context, uses)
        more, more_steps, parts = (*more, *others), (*more_steps, *other_steps), (*parts, *other_parts)
    frozen = applied(context, choice.factor, *parts)
    findings = year_finding(choice, portion.start.year, context)
    return _Burned((*amounts, *more), (*conversion, *steps, *more_steps), frozen, findings)


def _of_biofuel(portion: Portion, context: Context, choice: Choice) -> _Others:
    """CO2 that the same publication prints apart: of biofuels, and of the share blended into forecourt fuel."""
    dimension = context.library.units.dimension(choice.factor.per)
    found = context.want(portion.activity.item, ("combustion_biogenic",), portion.start.year, per=dimension)
    if found is None or found.factor.set.key != choice.factor.set.key:
        return (), (), ()
    quantity, conversion = convert(portion, found.factor.per, context)
    amounts, steps = gases(quantity, found.factor, context, biogenic=True)
    shown = conversion if found.factor.per != choice.factor.per else ()
    return amounts, (*shown, *steps), (found.factor,)


def _lacking(portion: Portion, context: Context, uses: tuple[str, ...]) -> _Others:
    """CH4 and N2O where only CO2 is printed, as for US vehicles: from the IPCC energy factors, when energy is known."""
    try:
        energy, steps, parts = net_energy(portion, context)
    except NotCovered:
        return (), (), ()
    amounts, more, others = _ch4_n2o(energy, portion, context, uses)
    return (amounts, (*steps, *more), (*parts, *others)) if amounts else ((), (), ())


def _by_energy(portion: Portion, context: Context, choice: Choice) -> _Burned:
    energy, steps, parts = net_energy(portion, context)
    factor = choice.factor
    amount_of_energy = context.library.units.convert(energy, "GJ", factor.per)
    amounts, more = gases(amount_of_energy, factor, context, biogenic=_biogenic(portion, context))
    findings = year_finding(choice, portion.start.year, context)
    return _Burned(amounts, (*steps, *more), applied(context, factor, *parts), findings)


def _chinese(portion: Portion, context: Context, uses: tuple[str, ...], carbon: Choice) -> _Burned:
    year, item = portion.start.year, portion.activity.item
    oxidation = context.want(item, ("oxidation",), year)
    if oxidation is None:
        raise missing_factor(portion, context)
    energy, steps, parts = net_energy(portion, context)
    made, step = _from_carbon(portion, context, energy, bare(carbon.factor), bare(oxidation.factor))
    others, other_steps, other_parts = _ch4_n2o(energy, portion, context, uses)
    frozen = _composite(context, carbon.factor, oxidation.factor, parts, other_parts)
    findings = year_finding(carbon, year, context)
    return _Burned((made, *others), (*steps, step, *other_steps), frozen, findings)


def _from_carbon(
    portion: Portion, context: Context, energy: Decimal, content: Decimal, oxidised: Decimal
) -> tuple[Amount, TraceStep]:
    """CO2 and the step that shows it."""
    mass = EXACT.multiply(carbon_dioxide(energy, content, oxidised), _KG[0])
    made = amount("CO2", mass, context.gwp, biogenic=_biogenic(portion, context))
    if made is None:
        raise missing_factor(portion, context)
    molar, atomic = CARBON_TO_CO2
    numbers = ((energy, "GJ"), (content, "tC/GJ"), (oxidised, ""), (molar, ""), (atomic, ""), _KG)
    return made, TraceStep(mass_of("CO2"), "{0} × {1} × {2} × {3}/{4} × {5}", numbers, made.kg, "kg CO2")


def _ch4_n2o(energy: Decimal, portion: Portion, context: Context, uses: tuple[str, ...]) -> _Others:
    """CH4 and N2O, which the Chinese standard does not print, from the IPCC energy factors."""
    item = portion.activity.item
    choice = context.want(item, uses, portion.start.year, per="energy", gases=("CH4", "N2O"))
    if choice is None:
        return (), (), ()
    amounts, steps = gases(context.library.units.convert(energy, "GJ", choice.factor.per), choice.factor, context)
    kept = [(a, s) for a, s in zip(amounts, steps, strict=True) if a.species in ("CH4", "N2O")]
    return tuple(a for a, _ in kept), tuple(s for _, s in kept), (choice.factor,)


def _composite(
    context: Context, carbon: Factor, oxidation: Factor, parts: tuple[Factor, ...], others: tuple[Factor, ...]
) -> AppliedFactor:
    """The headline people know: 3.0959 t CO2 per t of diesel, from three numbers; per GJ when energy was entered."""
    key = f"{carbon.set.key}.{carbon.item}"
    same = (key, carbon.key, oxidation.key, *(f.key for f in parts), *(f.key for f in others))
    known = context.applied.get(same)
    if known is None:
        known = context.applied[same] = _headline(context, key, carbon, oxidation, parts, others)
    return known


def _headline(
    context: Context, key: str, carbon: Factor, oxidation: Factor, parts: tuple[Factor, ...], others: tuple[Factor, ...]
) -> AppliedFactor:
    ncv = next((f for f in parts if f.use == "ncv"), None)
    energy, unit = (Decimal(1), "t CO2/GJ") if ncv is None else (bare(ncv), f"t CO2/{ncv.per}")
    value = carbon_dioxide(energy, bare(carbon), bare(oxidation))
    return applied(context, carbon, *parts, oxidation, *others, value=round(value, 10), unit=unit, key=key)


def _measured(portion: Portion, context: Context, uses: tuple[str, ...], own: OwnValues) -> _Burned:
    """With what a laboratory measured; what it did not measure comes from the library."""
    if own.gross:
        return _measured_gross(portion, context, uses, own)
    return _measured_net(portion, context, uses, own, net_energy(portion, context, own))


def _measured_net(portion: Portion, context: Context, uses: tuple[str, ...], own: OwnValues, net: Energy) -> _Burned:
    """From net energy, with the carbon content and oxidation rate that were measured or are published."""
    year, item = portion.start.year, portion.activity.item
    energy, steps, parts = net
    carbon, oxidation = context.want(item, ("carbon",), year), context.want(item, ("oxidation",), year)
    by_energy = context.want(item, uses, year, per="energy", gases=CARBON_GASES)
    if own.carbon is None and carbon is None and by_energy is None:
        raise missing_factor(portion, context)
    tabled = [c for c in (carbon, by_energy) if c is not None]
    if own.carbon is not None or min(tabled, key=context.rank) is carbon:
        return _measured_carbon(portion, context, uses, own, (energy, steps, parts), carbon, oxidation)
    assert by_energy is not None  # the only one left
    factor = by_energy.factor
    made, more = gases(
        context.library.units.convert(energy, "GJ", factor.per), factor, context, biogenic=_biogenic(portion, context)
    )
    if own.oxidation is not None:
        made, more = _oxidised(made, more, own.oxidation, context)
    frozen = _own_factor(portion, context, made, (factor, *parts))
    return _Burned(made, (*steps, *more), frozen, year_finding(by_energy, year, context))


def _measured_gross(portion: Portion, context: Context, uses: tuple[str, ...], own: OwnValues) -> _Burned:
    """The American form: quantity × measured heat content × factor per gross energy; else by way of net energy."""
    year, item = portion.start.year, portion.activity.item
    found = context.want(item, uses, year, per="energy_gross", gases=CARBON_GASES)
    net_share = context.want(item, ("ncv",), year, per="energy_gross")
    if found is None and net_share is not None:
        net = as_net(gross_energy(portion, context, own), net_share.factor, context)
        return _measured_net(portion, context, uses, own, net)
    if found is None or own.carbon is not None:
        why = T("No factor per gross calorific value is published for {region}.", region=area_name(context.country))
        raise missing_factor(portion, context, why)
    energy, steps, parts = gross_energy(portion, context, own)
    factor = found.factor
    amount_of_energy = context.library.units.convert(energy, "GJ_gross", factor.per)
    made, more = gases(amount_of_energy, factor, context, biogenic=_biogenic(portion, context))
    if own.oxidation is not None:
        made, more = _oxidised(made, more, own.oxidation, context)
    frozen = _own_factor(portion, context, made, (factor, *parts))
    return _Burned(made, (*steps, *more), frozen, year_finding(found, year, context))


def _measured_carbon(
    portion: Portion,
    context: Context,
    uses: tuple[str, ...],
    own: OwnValues,
    energy: Energy,
    carbon: Choice | None,
    oxidation: Choice | None,
) -> _Burned:
    heat, steps, parts = energy
    used = [*parts]
    if own.carbon is not None:
        content = own.carbon
    elif carbon is not None:
        content = bare(carbon.factor)
        used.append(carbon.factor)
    else:
        raise missing_factor(portion, context)
    oxidised = own.oxidation
    if oxidised is None:
        # Without a published rate all carbon counts as oxidised, as in the IPCC guidelines.
        oxidised = bare(oxidation.factor) if oxidation is not None else Decimal(1)
        used += [oxidation.factor] if oxidation is not None else []
    made, step = _from_carbon(portion, context, heat, content, oxidised)
    others, other_steps, other_parts = _ch4_n2o(heat, portion, context, uses)
    amounts = (made, *others)
    frozen = _own_factor(portion, context, amounts, (*used, *other_parts))
    return _Burned(amounts, (*steps, step, *other_steps), frozen, ())


def _own_factor(
    portion: Portion, context: Context, amounts: tuple[Amount, ...], parts: tuple[Factor, ...]
) -> AppliedFactor:
    """t CO2 per unit of the record, as measured."""
    carbon = exact_sum(a.kg for a in amounts if a.species in CARBON_GASES)
    per = EXACT.divide(carbon, portion.quantity) if portion.quantity else Decimal(0)
    item = context.library.items[portion.activity.item]
    keys = tuple(dict.fromkeys(f.key for f in parts))
    return measured_factor(portion, context, round(per, 10), f"kg CO2/{portion.activity.unit}", keys, item.name)


def _oxidised(
    amounts: tuple[Amount, ...], steps: tuple[TraceStep, ...], rate: Decimal, context: Context
) -> tuple[tuple[Amount, ...], tuple[TraceStep, ...]]:
    """The IPCC factors take all carbon as oxidised; a measured rate is applied to their CO2."""
    kept, shown = list(amounts), list(steps)
    for index, one in enumerate(amounts):
        made = amount("CO2", EXACT.multiply(one.kg, rate), context.gwp, biogenic=one.gas == BIOGENIC)
        if one.species == "CO2" and made is not None:
            kept[index] = made
            shown.append(TraceStep(_OXIDISED, "{0} × {1}", ((one.kg, "kg CO2"), (rate, "")), made.kg, "kg CO2"))
    return tuple(kept), tuple(shown)


def _without_biomass(burned: _Burned, portion: Portion, context: Context, share: Decimal) -> _Burned:
    """Of mixed fuel, the CO2 of the biomass stands apart; CH4 and N2O count whole."""
    kept: list[Amount] = []
    steps: list[TraceStep] = []
    for one in burned.amounts:
        if one.species != "CO2" or one.gas == BIOGENIC:
            kept.append(one)
            continue
        apart = amount("CO2", EXACT.multiply(one.kg, share), context.gwp, biogenic=True)
        fossil = amount("CO2", EXACT.multiply(one.kg, EXACT.subtract(Decimal(1), share)), context.gwp)
        if apart is None or fossil is None:
            raise missing_factor(portion, context)
        kept += [fossil, apart]
        steps.append(TraceStep(_BIOMASS, "{0} × {1}", ((one.kg, "kg CO2"), (share, "")), apart.kg, "kg CO2"))
    findings = burned.findings if steps else (*burned.findings, _not_split(portion))
    return replace(burned, amounts=tuple(kept), steps=(*burned.steps, *steps), findings=findings)


def _not_split(portion: Portion) -> Finding:
    return Finding(
        "biomass_not_apart",
        "warning",
        portion.activity.id,
        T("The factor does not tell CO₂ from other gases, so the biomass share stays inside."),
        T("Enter the fuel in a unit for which the publisher splits the gases."),
    )


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
