"""Gases that escape from equipment: what refrigerants, switchgear, extinguishers and process gases share.

Whatever says how many kilograms escaped - what was topped up, a mass balance, a share of the charge - the rest is the
same: a blend is taken apart into its substances, and each counts with its own potential.
"""

from __future__ import annotations

import calendar
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from core.errors import UserError
from core.i18n import Name, T, Text
from core.library import EXACT, GASES, OWN, Factor, Gwp, Item
from core.methods._build import amount, co2e_step, convert, mass_of, missing_factor, readable
from core.methods._types import (
    OTHER,
    Amount,
    AppliedFactor,
    Context,
    Finding,
    Line,
    NotCovered,
    Parameter,
    Portion,
    TraceStep,
    exact_sum,
)

HUNDRED = Decimal(100)

OPENING = Parameter("opening", T("Stock at the beginning"), "kg", help=T("In cylinders, not in equipment."))
CLOSING = Parameter("closing", T("Stock at the end"), "kg", help=T("In cylinders, not in equipment."))
DISBURSED = Parameter(
    "disbursed", T("Sold, returned or destroyed"), "kg", help=T("What left the site in cylinders, for whatever reason.")
)
CHARGE_CHANGE = Parameter(
    "charge_change",
    T("Change of the full charge of all equipment"),
    "kg",
    minimum=None,
    help=T("Charge of new equipment minus charge of equipment taken out; negative when the charge became less."),
)
BALANCE = (OPENING, CLOSING, DISBURSED, CHARGE_CHANGE)
"""With any of them the quantity is what was bought, and the mass balance says what escaped."""
RATE = Parameter(
    "rate",
    T("Annual leak rate"),
    "%",
    maximum=HUNDRED,
    help=T("Of the plant's own equipment, from its service log; replaces the published rate."),
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


def mass_balance(
    opening: Decimal, acquired: Decimal, disbursed: Decimal, closing: Decimal, charge_change: Decimal
) -> Decimal:
    """What escaped, from stocks and flows.

    Parameters
    ----------
    opening, closing
        stock in cylinders at the beginning and the end. [kg]
    acquired
        bought or received. [kg]
    disbursed
        sold, returned or destroyed. [kg]
    charge_change
        full charge of new equipment minus that of equipment taken out. [kg]

    Returns
    -------
    Decimal
        mass emitted. [kg]

    Notes
    -----
    E = (I_B - I_E) + (P - S) - (C_E - C_B). US EPA, Direct Fugitive Emissions (2014), equation 5; 40 CFR 98.303,
    equation DD-1 for SF6; IPCC 2006 Vol. 3 ch. 7, Tier 2b.

    Examples
    --------
    25 lb from stock and 10 lb bought, the charge unchanged: the example of the EPA calculator.

    >>> mass_balance(Decimal(25), Decimal(10), Decimal(0), Decimal(0), Decimal(0))
    Decimal('35')
    """
    stock = EXACT.subtract(opening, closing)
    flow = EXACT.subtract(acquired, disbursed)
    return EXACT.subtract(EXACT.add(stock, flow), charge_change)


def annual_loss(charge: Decimal, rate: Decimal, years: Decimal) -> Decimal:
    """What equipment in use loses, as a share of its charge.

    Parameters
    ----------
    charge
        full charge of the equipment. [kg]
    rate
        loss in a year. [%]
    years
        time in use. [a]

    Returns
    -------
    Decimal
        mass emitted. [kg]

    Notes
    -----
    E = M × x / 100 × t. IPCC 2006 Vol. 3 ch. 7, equation 7.13.

    Examples
    --------
    An air conditioner of a car with 0.7 kg, half a year at 10 % a year.

    >>> annual_loss(Decimal("0.7"), Decimal(10), Decimal("0.5"))
    Decimal('0.035')
    """
    return EXACT.divide(EXACT.multiply(EXACT.multiply(charge, rate), years), HUNDRED)


@dataclass(frozen=True, slots=True)
class Rate:
    """How much a year, and where that stands."""

    percent: Decimal
    factor: Factor | None
    """The published one; None: the record gives its own."""
    more: tuple[Factor, ...] = ()
    """Others that went into the mass."""


def years_of(start: date, end: date) -> Decimal:
    """Days as years, so that parts of a year add up to it; a leap day is a part of its own year.

    Parameters
    ----------
    start, end
        first and last day, both included. [date]

    Returns
    -------
    Decimal
        [years]

    Notes
    -----
    t = Σ days in the year ÷ 365, or 366; annual rates as those of IPCC 2006 Vol. 3, equation 7.13, are taken for t.

    Examples
    --------
    >>> years_of(date(2024, 1, 1), date(2024, 12, 31)), years_of(date(2023, 1, 1), date(2023, 3, 14))
    (Decimal('1'), Decimal('0.2'))
    """
    total = Decimal(0)
    for year in range(start.year, end.year + 1):
        first, last = max(start, date(year, 1, 1)), min(end, date(year, 12, 31))
        days = Decimal((last - first).days + 1)
        total = EXACT.add(total, EXACT.divide(days, Decimal(366 if calendar.isleap(year) else 365)))
    return total


def share_of_days(portion: Portion) -> Decimal:
    """Part of the record's days in the period: parameters are amounts of the whole record, even where it says 0."""
    whole = (portion.activity.end - portion.activity.start).days + 1
    part = (portion.end - portion.start).days + 1
    return Decimal(1) if part == whole else EXACT.divide(Decimal(part), Decimal(whole))


def cut(portion: Portion, parameter: Parameter) -> Decimal:
    """The part of an amount of the whole record that falls in the period; 0 when it is not given."""
    return EXACT.multiply(portion.given(parameter.key) or Decimal(0), share_of_days(portion))


def balanced(portion: Portion) -> bool:
    """Whether the record gives stocks or flows, so that its quantity is what was bought."""
    return any(portion.said(parameter.key) for parameter in BALANCE)


def escaped_by_balance(portion: Portion, context: Context) -> tuple[Decimal, tuple[TraceStep, ...]]:
    """Mass by the balance of stocks and flows, with its trace.

    Raises
    ------
    NotCovered
        when more is left than there ever was.
    """
    acquired, conversion = convert(portion, "kg", context)
    opening, closing, disbursed, change = (cut(portion, parameter) for parameter in BALANCE)
    mass = mass_balance(opening, acquired, disbursed, closing, change)
    if mass < 0:
        raise NotCovered(
            Finding(
                "negative_balance",
                "error",
                portion.activity.id,
                T("The mass balance is negative by {mass} kg: more is left than there was.", mass=readable(-mass)),
                T("Check the stocks, what was bought and what left the site; all are in kg."),
            )
        )
    numbers = ((opening, "kg"), (closing, "kg"), (acquired, "kg"), (disbursed, "kg"), (change, "kg"))
    step = TraceStep(T("Mass balance"), "({0} − {1}) + ({2} − {3}) − {4}", numbers, mass, "kg")
    return mass, (*portion.trace, *conversion, step)


def charge_of(portion: Portion, context: Context) -> Decimal:
    """The charge of the equipment in kg. It is a stock: a part of the period does not make it less."""
    return context.library.units.convert(portion.activity.quantity, portion.activity.unit, "kg")


def escaped_by_rate(portion: Portion, context: Context, rate: Rate) -> tuple[Decimal, tuple[TraceStep, ...]]:
    """Mass as a share of the charge over the days of the portion, with its trace."""
    charge, years = charge_of(portion, context), years_of(portion.start, portion.end)
    mass = annual_loss(charge, rate.percent, years)
    numbers = ((charge, "kg"), (rate.percent, "%"), (years, "a"))
    return mass, (TraceStep(T("Charge × annual loss × time"), "{0} × {1} × {2}", numbers, mass, "kg"),)


def rate_of(portion: Portion, context: Context, equipment: str) -> Rate | None:
    """The record's own rate, else the published one of its kind of equipment."""
    own = portion.given(RATE.key)
    if own is not None:
        return Rate(own, None)
    choice = context.want(equipment, ("leak_rate",), portion.start.year) if equipment else None
    return None if choice is None or choice.factor.value is None else Rate(choice.factor.value, choice.factor)


def screening_finding(rate: Rate, what: Text) -> tuple[Finding, ...]:
    """Say so when a published rate stands in for what nobody measured; ``what`` is the kind of equipment."""
    factor = rate.factor
    if factor is None:
        return ()
    message = (
        T("{equipment}: {rate} % a year is the middle of the published range, {lower} to {upper} %: a screening.",
          equipment=what, rate=rate.percent, lower=factor.lower, upper=factor.upper)
        if factor.lower is not None and factor.upper is not None
        else T("{equipment}: {rate} % a year is a published default: a screening.", equipment=what, rate=rate.percent)
    )  # fmt: skip
    remedy = T("Record what was topped up, or the mass balance; then nothing needs to be assumed.")
    return (Finding("screening_rate", "info", factor.key, message, remedy),)


def title_of(parameter: Parameter, key: str) -> Text:
    """What a choice is called."""
    return next((title for known, title in parameter.choices if known == key), parameter.title)


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
