"""Small steps that every method shares."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import cache

from core.errors import UserError
from core.i18n import T, Text
from core.library import EXACT, GASES, Choice, Factor, Gwp
from core.library.places import area_name
from core.methods._choice import item_name, proxy_finding, year_finding
from core.methods._types import (
    BIOGENIC,
    KG,
    OTHER,
    Amount,
    AppliedFactor,
    Context,
    Finding,
    GasForm,
    Line,
    Method,
    NotCovered,
    Parameter,
    Portion,
    TraceStep,
)

THOUSAND = Decimal(1000)
_SHOWN = Decimal("0.000001")
_CONVERSION = T("Unit conversion")
_NOTHING, _ONE = Decimal(0), Decimal(1)
_APART = (BIOGENIC, OTHER)
CARBON_GASES = ("CO2", "CO2e")
"""A factor without one of these is none for fuels, electricity and heat."""


def rounded(value: Decimal) -> Decimal:
    """To nine decimals, half to even.

    Parameters
    ----------
    value
        a mass or a sum. [kg or t]

    Returns
    -------
    Decimal
        [kg or t]

    Notes
    -----
    ISO 80000-1:2009, annex B, rule A: the even digit at a tie, so that sums have no drift.

    Examples
    --------
    >>> rounded(Decimal("0.0000000125")), rounded(Decimal("0.0000000135"))
    (Decimal('1.2E-8'), Decimal('1.4E-8'))
    """
    return EXACT.quantize(value, KG)


def readable(quantity: Decimal) -> Decimal:
    """A quantity as a sentence shows it: six decimals at most, for a bill cut by days has 34 digits.

    Parameters
    ----------
    quantity
        of a record or a part of it. [any unit]

    Returns
    -------
    Decimal
        [the same unit]

    Notes
    -----
    Only for sentences: the calculation keeps all 34 digits.

    Examples
    --------
    >>> readable(Decimal(1) / Decimal(3))
    Decimal('0.333333')
    """
    return quantity.quantize(_SHOWN, context=EXACT)


def amount(species: str, kg: Decimal, gwp: Gwp, *, biogenic: bool = False) -> Amount | None:
    """Kilograms of a species with their CO2e under a GWP set.

    Parameters
    ----------
    species
        key in the GWP set, or ``CO2e`` where the publisher does not split the gases.
    kg
        mass emitted. [kg]
    gwp
        the set.
    biogenic
        CO2 of biomass: kept apart.

    Returns
    -------
    Amount or None
        None when the set has no value for the species.

    Notes
    -----
    tCO2e = kg × GWP / 1000, both rounded to nine decimals.
    """
    if species == "CO2e":
        return Amount("CO2", species, rounded(kg), _ONE, rounded(EXACT.divide(kg, THOUSAND)))
    found = gwp.species.get(species)
    if found is None:
        return None
    gas = BIOGENIC if biogenic and species == "CO2" else found.gas
    kept = EXACT.quantize(kg, KG)
    tonnes = EXACT.divide(EXACT.multiply(kept, found.gwp), THOUSAND)
    return Amount(gas, species, kept, found.gwp, EXACT.quantize(tonnes, KG))


def co2e_step(amounts: tuple[Amount, ...], gwp: Gwp) -> TraceStep:
    """The last step of a trace: kilograms times potentials, without what is kept apart."""
    numbers: list[tuple[Decimal, str]] = []
    total = _NOTHING
    for one in amounts:
        if one.gas not in _APART:
            numbers += (one.kg, _kg_of(one.species)), (one.gwp, "")
            total = EXACT.add(total, one.tco2e)
    return TraceStep(_co2e_with(gwp.key), _co2e_form(len(numbers) // 2), tuple(numbers), total, "t CO2e")


@cache
def _kg_of(species: str) -> str:
    return f"kg {species}"


@cache
def _co2e_with(gwp: str) -> Text:
    return T("CO₂e with {gwp}", gwp=gwp)


@cache
def _co2e_form(count: int) -> str:
    form = " + ".join(f"{{{2 * i}}} × {{{2 * i + 1}}}" for i in range(count))
    return f"({form}) ÷ 1000" if count else "0"


@cache
def mass_of(species: str) -> Text:
    """What a step calculates; sentences without quantities are shared by all lines."""
    return T("Mass of {gas}", gas=species)


def applied(
    context: Context, factor: Factor, *parts: Factor, value: Decimal | None = None, unit: str = "", key: str = ""
) -> AppliedFactor:
    """Freeze a factor of the library, or one composed of several."""
    same = (factor.key, *(part.key for part in parts), value, unit, key)
    if same not in context.applied:
        context.applied[same] = _frozen(factor, parts, value, unit, key)
    return context.applied[same]


def _frozen(factor: Factor, parts: tuple[Factor, ...], value: Decimal | None, unit: str, key: str) -> AppliedFactor:
    return AppliedFactor(
        key=key or factor.key,
        value=factor.headline if value is None else value,
        unit=unit or gas_unit(factor),
        publisher=factor.set.publisher,
        edition=factor.set.edition,
        year=factor.data_year or factor.set.year,
        place=factor.place,
        title=T("{title}", title=factor.set.title),
        licence=factor.set.licence,
        status=factor.status,
        region=factor.region,
        parts=tuple(dict.fromkeys(f.key for f in (factor, *parts))),
        lower=factor.lower if value is None else None,
        upper=factor.upper if value is None else None,
    )


def gas_unit(factor: Factor) -> str:
    """``kg CO2/kWh``: the unit of the headline with its gas."""
    if factor.value is not None:
        return factor.unit
    gas = "CO2e" if "CO2e" in factor.amounts else "CO2" if "CO2" in factor.amounts else next(iter(factor.amounts))
    return f"{factor.of} {gas}/{factor.per}"


def gases(
    quantity: Decimal, factor: Factor, context: Context, *, biogenic: bool = False
) -> tuple[tuple[Amount, ...], tuple[TraceStep, ...]]:
    """Quantity times every gas of one factor row.

    Parameters
    ----------
    quantity
        activity data. [unit below the line of the factor]
    factor
        the row; amounts printed as CO2e are divided by the GWP its publisher used.
    context
        choices of the audit.
    biogenic
        the CO2 is of biomass.

    Returns
    -------
    tuple
        amounts and one trace step for each.

    Notes
    -----
    kg = AD × EF, with EF in kg per unit; where the publisher prints kg CO2e of a gas, EF = printed ÷ GWP(publisher).
    """
    amounts: list[Amount] = []
    steps: list[TraceStep] = []
    said = (quantity, factor.per)
    for one in _forms(factor, context):
        mass = context.library.units.convert(EXACT.multiply(quantity, one.per_unit), factor.of, "kg")
        if one.divisor is not None:
            mass = EXACT.divide(mass, one.divisor)
        made = amount(one.gas, mass, context.gwp, biogenic=biogenic)
        if made is not None:
            amounts.append(made)
            steps.append(TraceStep(one.what, one.form, (said, *one.numbers), made.kg, one.unit))
    return tuple(amounts), tuple(steps)


def _forms(factor: Factor, context: Context) -> tuple[GasForm, ...]:
    """How every gas of a factor row is calculated; remembered, for a year of bills asks thousands of times."""
    known = context.masses.get(id(factor))
    if known is None:
        split = _split(factor)
        printed = _printed_with(factor, context) if factor.set.gwp else None
        forms = tuple(_form(factor, gas, split[gas], printed) for gas in (*GASES, "CO2e") if gas in split)
        known = context.masses[id(factor)] = (factor, forms)
    return known[1]


def _form(factor: Factor, gas: str, per_unit: Decimal, printed: Gwp | None) -> GasForm:
    divisor = printed.of(gas) if printed and gas != "CO2e" else None
    if divisor is None or divisor.gwp == 1:
        numbers = ((per_unit, f"{factor.of} {gas}/{factor.per}"),)
        return GasForm(gas, per_unit, None, "{0} × {1}", numbers, mass_of(gas), _kg_of(gas))
    more = ((per_unit, f"{factor.of} CO2e/{factor.per}"), (divisor.gwp, f"GWP {factor.set.gwp}"))
    return GasForm(gas, per_unit, divisor.gwp, "{0} × {1} ÷ {2}", more, mass_of(gas), _kg_of(gas))


def _split(factor: Factor) -> Mapping[str, Decimal]:
    """Every gas once: the sum that publishers print beside the gases is left out, or stands alone."""
    if "CO2" in factor.amounts:
        return {gas: value for gas, value in factor.amounts.items() if gas != "CO2e"}
    if "CO2e" in factor.amounts:
        return {"CO2e": factor.amounts["CO2e"]}
    return factor.amounts


def _printed_with(factor: Factor, context: Context) -> Gwp:
    if factor.set.gwp not in context.library.gwp:
        raise UserError(T("Unknown GWP set “{gwp}”.", gwp=factor.set.gwp), T("Choose a GWP set that has it."))
    return context.library.gwp[factor.set.gwp]


def bare(factor: Factor) -> Decimal:
    """The bare number of a factor: a calorific value, a density ...

    Raises
    ------
    UserError
        when the library gives gases where a bare number belongs.
    """
    if factor.value is None:
        raise UserError(T("The factor {key} has no value.", key=factor.key), T("Correct the file of the factor."))
    return factor.value


def line_of(
    portion: Portion,
    context: Context,
    choice: Choice,
    scope: str,
    line_id: str = "",
    findings: tuple[Finding, ...] = (),
    category: int = 0,
) -> Line:
    """A line that is nothing but quantity × factor, with its trace and what is to be said about the factor's year."""
    quantity, conversion = convert(portion, choice.factor.per, context)
    amounts, steps = gases(quantity, choice.factor, context)
    return Line(
        line_id or portion.activity.id,
        portion,
        scope,
        amounts,
        applied(context, choice.factor),
        (*portion.trace, *conversion, *steps, co2e_step(amounts, context.gwp)),
        (*year_finding(choice, portion.start.year, context), *proxy_finding(choice, context), *findings),
        category,
    )


def number(portion: Portion, parameter: Parameter) -> Decimal:
    """The number of a parameter, or its default.

    Raises
    ------
    NotCovered
        when the record gives none and there is no default.
    """
    given = portion.given(parameter.key)
    if given is not None:
        return given
    if parameter.default is None:
        raise needed(portion, parameter)
    return parameter.default


def chosen(portion: Portion, parameter: Parameter) -> str:
    """The key that a record chose, or the first one."""
    return portion.said(parameter.key) or parameter.choices[0][0]


def needed(portion: Portion, parameter: Parameter) -> NotCovered:
    """A parameter without which nothing can be calculated."""
    return NotCovered(
        Finding(
            "not_understood",
            "warning",
            portion.activity.id,
            T("The parameter “{parameter}” is missing.", parameter=parameter.title),
            T("Enter it in the column “Parameters”: {form}.", form=f"{parameter.key}=…"),
        )
    )


def category_of(portion: Portion, method: Method) -> int:
    """The category of scope 3 that a record belongs to."""
    return portion.activity.category or method.categories[0]


def missing_factor(portion: Portion, context: Context, why: Text | None = None) -> NotCovered:
    """No factor fits: exclude the line with its quantity and say what to do."""
    activity = portion.activity
    return NotCovered(
        Finding(
            "missing_factor",
            "warning",
            activity.id,
            why
            or T(
                "No factor for {item} per {unit} in {region}: {quantity} {unit} are excluded.",
                item=item_name(context, activity.item),
                unit=activity.unit,
                region=area_name(context.regions[0]),
                quantity=readable(portion.quantity),
            ),
            T("Enter the quantity in another unit, correct the item, or add a factor with its source."),
        )
    )


def convert(portion: Portion, target: str, context: Context) -> tuple[Decimal, tuple[TraceStep, ...]]:
    """The quantity in ``target`` and the step that shows the conversion, if one was needed."""
    activity = portion.activity
    units = context.library.units
    result = units.convert(portion.quantity, activity.unit, target)
    if units.same(activity.unit, target):
        return result, ()
    step = TraceStep(_CONVERSION, "{0}", ((portion.quantity, activity.unit),), result, target)
    return result, (step,)
