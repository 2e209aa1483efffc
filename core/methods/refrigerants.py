"""Refrigerants: what was topped up has leaked. Blends are taken apart into their substances."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from core.errors import UserError
from core.i18n import Name, T
from core.library import EXACT, GASES, Gwp
from core.methods._build import amount, co2e_step, convert, mass_of, missing_factor, readable
from core.methods._types import (
    OTHER,
    Amount,
    AppliedFactor,
    Context,
    Finding,
    Line,
    Method,
    Portion,
    TraceStep,
    exact_sum,
)


def blend_gwp(composition: Sequence[tuple[str, Decimal]], potentials: Mapping[str, Decimal]) -> Decimal:
    """Global warming potential of a blend from its composition.

    Parameters
    ----------
    composition
        substances with their mass share. [1]
    potentials
        GWP of each substance. [kg CO2e/kg]

    Returns
    -------
    Decimal
        GWP of the blend, GWP = Σ share × GWP(substance). [kg CO2e/kg]

    Raises
    ------
    UserError
        when a substance has no value in the set.

    Notes
    -----
    IPCC 2006 Vol. 3 ch. 7; compositions after ASHRAE Standard 34.

    Examples
    --------
    >>> composition = [("HFC-32", Decimal("0.5")), ("HFC-125", Decimal("0.5"))]
    >>> blend_gwp(composition, {"HFC-32": Decimal(677), "HFC-125": Decimal(3170)})
    Decimal('1923.5')
    """
    total = Decimal(0)
    for substance, share in composition:
        if substance not in potentials:
            raise UserError(T("{substance} has no global warming potential in this set.", substance=substance))
        total = EXACT.add(total, EXACT.multiply(share, potentials[substance]))
    return total


def calculate(portion: Portion, context: Context) -> tuple[Line, ...]:
    """One scope 1 line with an amount for each substance; those outside the basket (HCFC, CFC, HC, HFO) stay apart."""
    activity = portion.activity
    item = context.library.items.get(activity.item)
    if item is None:
        raise missing_factor(portion, context)
    composition = tuple((s, Decimal(share)) for s, share in item.composition) or ((item.key, Decimal(1)),)
    lacking = [s for s, _ in composition if context.gwp.of(s) is None]
    if len(lacking) == len(composition):
        why = T(
            "{substance} in {item} has no value in {gwp}: {quantity} {unit} are excluded.",
            substance=", ".join(lacking),
            item=item.name,
            gwp=context.gwp.key,
            quantity=readable(portion.quantity),
            unit=activity.unit,
        )
        raise missing_factor(portion, context, why)
    mass, conversion = convert(portion, "kg", context)
    amounts = tuple(a for s, share in composition if (a := amount(s, EXACT.multiply(mass, share), context.gwp)))
    steps = tuple(
        TraceStep(mass_of(s), "{0} × {1}", ((mass, "kg"), (share, s)), EXACT.multiply(mass, share), f"kg {s}")
        for s, share in composition
    )
    trace = (*portion.trace, *conversion, *steps, co2e_step(amounts, context.gwp))
    factor = _factor(item.key, composition, context.gwp)
    found = (*_outside(portion, amounts), *_not_counted(portion, lacking, item.name, context.gwp))
    return (Line(activity.id, portion, "scope1", amounts, factor, trace, found),)


def _not_counted(portion: Portion, lacking: list[str], blend: Name, gwp: Gwp) -> tuple[Finding, ...]:
    """A trace of hydrocarbon without value must not hide the rest of a blend; nor may it vanish silently."""
    if not lacking:
        return ()
    return (
        Finding(
            "component_without_gwp",
            "info",
            f"{portion.activity.item}@{gwp.key}",
            T(
                "{substance} in {item} has no value in {gwp} and counts as nothing.",
                substance=", ".join(lacking),
                item=blend,
                gwp=gwp.key,
            ),
            T("Nothing to do for hydrocarbons and ethers, whose values are below 1; else choose another GWP set."),
        ),
    )


def _outside(portion: Portion, amounts: tuple[Amount, ...]) -> tuple[Finding, ...]:
    apart = [a for a in amounts if a.gas == OTHER and a.tco2e]
    if not apart:
        return ()
    return (
        Finding(
            "outside_the_basket",
            "info",
            portion.activity.id,
            T(
                "{species} is outside the seven gases: {tonnes} t CO₂e are shown apart.",
                species=", ".join(a.species for a in apart),
                tonnes=exact_sum(a.tco2e for a in apart),
            ),
            T("Report it as a memo, outside the scopes (GHG Protocol, ch. 9)."),
        ),
    )


def _factor(item: str, composition: tuple[tuple[str, Decimal], ...], gwp: Gwp) -> AppliedFactor:
    species = {s: found for s, _ in composition if (found := gwp.of(s)) is not None}
    counted = [(s, share) for s, share in composition if s in species and species[s].gas in GASES]
    value = blend_gwp(counted, {s: found.gwp for s, found in species.items()})
    return AppliedFactor(
        key=f"{gwp.key}.{item}",
        value=value,
        unit="kg CO2e/kg",
        publisher=gwp.publisher,
        edition=gwp.edition,
        year=gwp.year,
        place="; ".join(dict.fromkeys(found.place for found in species.values())),
        title=T("{title}", title=gwp.title),
        licence="",
        status="DERIVED" if len(composition) > 1 else next(iter(species.values())).status,
        region="World",
        parts=tuple(f"{gwp.key}.{s}" for s in species),
    )


METHOD = Method(
    key="refrigerants",
    title=T("Refrigerants (topped-up mass)"),
    kinds=("refrigerant",),
    dimensions=("mass",),
    scopes=("scope1",),
    source="ISO 14064-1:2018; IPCC 2006 Vol. 3 ch. 7; ASHRAE Standard 34 (compositions)",
    calculate=calculate,
    example={"item": "R-410A", "unit": "kg"},
)
