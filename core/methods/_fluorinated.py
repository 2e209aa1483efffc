"""What gases that escaped from equipment warm: refrigerants, switchgear, extinguishers and process gases share it.

Whatever says how many kilograms escaped - what was topped up, a mass balance, a share of the charge - the rest is the
same: a blend is taken apart into its substances, and each counts with its own potential.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from core.errors import UserError
from core.i18n import Name, T, Text
from core.library import EXACT, GASES, OWN, Gwp, Item
from core.methods._build import amount, co2e_step, convert, mass_of, missing_factor, readable
from core.methods._escaping import (
    HUNDRED,
    RATE,
    Rate,
    balanced,
    escaped_by_balance,
    escaped_by_rate,
    rate_of,
    screening_finding,
)
from core.methods._types import (
    OTHER,
    Amount,
    AppliedFactor,
    Context,
    Finding,
    Line,
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
            raise UserError(
                T("{substance} has no global warming potential in this set.", substance=substance),
                T("Choose a GWP set that has it."),
            )
        total = EXACT.add(total, EXACT.multiply(share, potentials[substance]))
    return total


def substances(item: Item) -> tuple[tuple[str, Decimal], ...]:
    """Substances of an item with their mass share."""
    return tuple((s, Decimal(share)) for s, share in item.composition) or ((item.key, Decimal(1)),)


def emitted(
    portion: Portion,
    context: Context,
    mass: Decimal,
    steps: tuple[TraceStep, ...],
    findings: tuple[Finding, ...] = (),
    rate: Rate | None = None,
    instead: str = "",
) -> tuple[Line, ...]:
    """One scope 1 line with an amount for each substance; those outside the basket (HCFC, CFC, HC, HFO) stay apart.

    ``instead`` names a substance that was formed from the record's own; its line gets an id of its own.

    Raises
    ------
    NotCovered
        when no substance of the item has a value in the GWP set.
    """
    item = context.library.items.get(portion.activity.item)
    if item is None:
        raise missing_factor(portion, context)
    name = Name(instead, instead) if instead else item.name
    composition = ((instead, Decimal(1)),) if instead else substances(item)
    lacking = [s for s, _ in composition if context.gwp.of(s) is None]
    if len(lacking) == len(composition):
        raise missing_factor(portion, context, _without_value(portion, context, lacking, name))
    amounts = tuple(a for s, share in composition if (a := amount(s, EXACT.multiply(mass, share), context.gwp)))
    more = tuple(
        TraceStep(mass_of(s), "{0} × {1}", ((mass, "kg"), (share, s)), EXACT.multiply(mass, share), f"kg {s}")
        for s, share in composition
    )
    trace = (*steps, *more, co2e_step(amounts, context.gwp))
    potential = _potential(context, instead or item.key, composition)
    factor = potential if rate is None else _rated(portion, potential, rate)
    found = (*findings, *_outside(portion, amounts), *_not_counted(portion, lacking, name, context.gwp))
    key = f"{portion.activity.id}:{instead}" if instead else portion.activity.id
    return (Line(key, portion, "scope1", amounts, factor, trace, found),)


def _without_value(portion: Portion, context: Context, lacking: list[str], name: Name) -> Text:
    return T(
        "{substance} in {item} has no value in {gwp}: {quantity} {unit} are excluded.",
        substance=", ".join(lacking),
        item=name,
        gwp=context.gwp.key,
        quantity=readable(portion.quantity),
        unit=portion.activity.unit,
    )


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
                tonnes=readable(exact_sum(a.tco2e for a in apart)),
            ),
            T("Report it as a memo, outside the scopes (GHG Protocol, ch. 9)."),
        ),
    )


def _potential(context: Context, item: str, composition: tuple[tuple[str, Decimal], ...]) -> AppliedFactor:
    """The global warming potential of an item, frozen once for all its records."""
    same = ("potential", item, composition)
    if same not in context.applied:
        context.applied[same] = _frozen(item, composition, context.gwp)
    return context.applied[same]


def _frozen(item: str, composition: tuple[tuple[str, Decimal], ...], gwp: Gwp) -> AppliedFactor:
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


def _rated(portion: Portion, potential: AppliedFactor, rate: Rate) -> AppliedFactor:
    """The share of the charge is the weak number: its source is named, and its limits are those of the factor."""

    def of(percent: Decimal | None) -> Decimal | None:
        return None if percent is None else EXACT.divide(EXACT.multiply(potential.value, percent), HUNDRED)

    factor, activity = rate.factor, portion.activity
    value = of(rate.percent) or Decimal(0)
    others = (*(more.key for more in rate.more), *potential.parts)
    if factor is None:
        return AppliedFactor(
            key=f"{potential.key}.{activity.id}",
            value=value,
            unit="kg CO2e/(kg·a)",
            publisher=activity.source,
            edition=activity.evidence or activity.id,
            year=portion.start.year,
            place=activity.evidence or activity.id,
            title=T("Leak rate of the plant’s own equipment"),
            licence="",
            status="USER",
            region=OWN,
            parts=others,
        )
    return AppliedFactor(
        key=f"{factor.key}.{potential.key}",
        value=value,
        unit="kg CO2e/(kg·a)",
        publisher=factor.set.publisher,
        edition=factor.set.edition,
        year=factor.data_year or factor.set.year,
        place=factor.place,
        title=T("{title}", title=factor.set.title),
        licence=factor.set.licence,
        status="DERIVED",
        region=factor.region,
        parts=(factor.key, *others),
        lower=of(factor.lower),
        upper=of(factor.upper),
    )


def escaped(portion: Portion, context: Context, equipment: str, title: Text, *, by_charge: bool) -> tuple[Line, ...]:
    """One scope 1 line by the best data there is: a mass balance, else a share of the charge, else what was topped up.

    Parameters
    ----------
    portion, context
        what the record says, under the choices of the audit.
    equipment
        kind of equipment whose published annual rate applies to a charge.
    title
        how people call it.
    by_charge
        the quantity is a charge and not what was topped up.
    """
    if balanced(portion):
        return emitted(portion, context, *escaped_by_balance(portion, context))
    if by_charge or portion.said(RATE.key):
        rate = rate_of(portion, context, equipment)
        if rate is None:
            raise missing_factor(portion, context)
        lost = escaped_by_rate(portion, context, rate)
        return emitted(portion, context, *lost, findings=screening_finding(rate, title), rate=rate)
    mass, conversion = convert(portion, "kg", context)
    return emitted(portion, context, mass, (*portion.trace, *conversion))
