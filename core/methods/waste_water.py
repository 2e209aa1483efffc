"""Waste water treated or discharged on site: methane from the organic load that decays without air."""

from __future__ import annotations

from decimal import Decimal

from core.errors import UserError
from core.i18n import T
from core.library import EXACT, OWN, Factor
from core.methods._build import amount, applied, co2e_step, convert, mass_of, missing_factor, needed
from core.methods._escaping import cut
from core.methods._types import AppliedFactor, Context, Line, Method, Parameter, Portion, TraceStep

TREATMENT = Parameter(
    "treatment",
    T("Treatment"),
    choices=(
        ("aerobic_managed", T("Aerobic plant, well managed")),
        ("aerobic_overloaded", T("Aerobic plant, overloaded or badly managed")),
        ("anaerobic_reactor", T("Anaerobic reactor")),
        ("sludge_digester", T("Anaerobic digester for sludge")),
        ("shallow_lagoon", T("Anaerobic lagoon, less than 2 m deep")),
        ("deep_lagoon", T("Anaerobic lagoon, deeper than 2 m")),
        ("septic_tank", T("Septic tank")),
        ("water_body", T("Untreated into sea, river or lake")),
    ),
    help=T("Chooses the methane correction factor; not needed where the record gives its own."),
)
INLET = Parameter("inlet", T("Load at the inlet"), "mg/L", help=T("COD or BOD, where the quantity is a volume."))
OUTLET = Parameter("outlet", T("Load at the outlet"), "mg/L", help=T("COD or BOD, where the quantity is a volume."))
LOAD = Parameter(
    "load_per_person", T("Load of a person"), "g/d",
    help=T("BOD, where the quantity is person-days; IPCC 2006 Vol. 5, Table 6.4, prints national values."),
)  # fmt: skip
SLUDGE = Parameter("sludge", T("Load removed with the sludge"), "kg", help=T("As COD or BOD, like the quantity."))
RECOVERED = Parameter("recovered", T("Methane recovered or flared"), "kg")
MCF = Parameter("mcf", T("Methane correction factor"), maximum=Decimal(1))
CAPACITY = Parameter("b0", T("Maximum methane capacity"), "kg/kg", maximum=Decimal(1))
THOUSAND = Decimal(1000)


def methane(load: Decimal, sludge: Decimal, capacity: Decimal, correction: Decimal, recovered: Decimal) -> Decimal:
    """Methane of waste water.

    Parameters
    ----------
    load
        organic load, as COD or BOD. [kg]
    sludge
        load removed with the sludge. [kg]
    capacity
        maximum methane capacity B0. [kg CH4/kg]
    correction
        methane correction factor of the treatment. [1]
    recovered
        methane recovered or flared. [kg]

    Returns
    -------
    Decimal
        mass of CH4 emitted. [kg]

    Raises
    ------
    UserError
        when more is removed than comes in, or more recovered than is formed.

    Notes
    -----
    E = (TOW - S) × B0 × MCF - R. IPCC 2006 Vol. 5 ch. 6, equations 6.1 and 6.4; NDRC guideline for other industrial
    enterprises (2015).

    Examples
    --------
    A kilogram of BOD in a septic tank: 0.6 × 0.5, which AR6 counts as 8.1 kg CO2e.

    >>> methane(Decimal(1), Decimal(0), Decimal("0.6"), Decimal("0.5"), Decimal(0))
    Decimal('0.30')
    """
    left = EXACT.subtract(load, sludge)
    if left < 0:
        raise UserError(T("More load leaves than comes in."), T("Correct the load, the outlet or the sludge."))
    formed = EXACT.multiply(EXACT.multiply(left, capacity), correction)
    if recovered > formed:
        raise UserError(
            T("{recovered} kg of methane are recovered, but only {formed} kg are formed.",
              recovered=round(recovered, 3), formed=round(formed, 3)),
            T("Correct the treatment, the load or the recovered mass."),
        )  # fmt: skip
    return EXACT.subtract(formed, recovered)


def calculate(portion: Portion, context: Context) -> tuple[Line, ...]:
    """One scope 1 line of CH4; the CO2 of waste water is biogenic and not counted.

    Notes
    -----
    E = (TOW - S) × B0 × MCF - R, TOW the mass entered, volume × (inlet - outlet), or person-days × load of a person.

    Raises
    ------
    NotCovered
        when neither treatment nor correction factor is given, or the load does not follow from the quantity.
    """
    capacity, from_capacity = _number(portion, context, portion.activity.item, "methane_capacity", CAPACITY)
    treatment = portion.said(TREATMENT.key)
    correction, from_correction = _number(portion, context, treatment, "methane_correction", MCF)
    load, steps = _load(portion, context)
    sludge, recovered = cut(portion, SLUDGE), cut(portion, RECOVERED)
    made = amount("CH4", methane(load, sludge, capacity, correction, recovered), context.gwp)
    if made is None:
        raise missing_factor(portion, context)
    numbers = ((load, "kg"), (sludge, "kg"), (capacity, "kg/kg"), (correction, ""), (recovered, "kg"))
    step = TraceStep(mass_of("CH4"), "({0} − {1}) × {2} × {3} − {4}", numbers, made.kg, "kg CH4")
    parts = [f for f in (from_capacity, from_correction) if f is not None]
    frozen = _factor(portion, context, parts, EXACT.multiply(capacity, correction))
    trace = (*portion.trace, *steps, step, co2e_step((made,), context.gwp))
    return (Line(portion.activity.id, portion, "scope1", (made,), frozen, trace),)


def _number(
    portion: Portion, context: Context, item: str, use: str, parameter: Parameter
) -> tuple[Decimal, Factor | None]:
    """The record's own number, else the published one."""
    own = portion.given(parameter.key)
    if own is not None:
        return own, None
    choice = context.want(item, (use,), portion.start.year) if item else None
    if choice is None or choice.factor.value is None:
        raise needed(portion, TREATMENT if parameter is MCF else parameter)
    return choice.factor.value, choice.factor


def _load(portion: Portion, context: Context) -> tuple[Decimal, tuple[TraceStep, ...]]:
    """The organic load in kg."""
    dimension = context.library.units.dimension(portion.activity.unit)
    if dimension == "mass":
        return convert(portion, "kg", context)
    if dimension == "persons":
        return _load_of_people(portion, context)
    inlet, outlet = portion.given(INLET.key), portion.given(OUTLET.key) or Decimal(0)
    if inlet is None:
        raise needed(portion, INLET)
    volume, conversion = convert(portion, "m3", context)
    load = EXACT.divide(EXACT.multiply(volume, EXACT.subtract(inlet, outlet)), THOUSAND)
    numbers = ((volume, "m3"), (inlet, "mg/L"), (outlet, "mg/L"), (THOUSAND, ""))
    step = TraceStep(T("Organic load"), "{0} × ({1} − {2}) ÷ {3}", numbers, load, "kg")
    return load, (*conversion, step)


def _load_of_people(portion: Portion, context: Context) -> tuple[Decimal, tuple[TraceStep, ...]]:
    each = portion.given(LOAD.key)
    if each is None:
        raise needed(portion, LOAD)
    days, conversion = convert(portion, "person_day", context)
    load = EXACT.divide(EXACT.multiply(days, each), THOUSAND)
    numbers = ((days, "person-day"), (each, "g"), (THOUSAND, "g/kg"))
    return load, (*conversion, TraceStep(T("Organic load"), "{0} × {1} ÷ {2}", numbers, load, "kg"))


def _factor(portion: Portion, context: Context, parts: list[Factor], value: Decimal) -> AppliedFactor:
    """B0 × MCF, named after the publication it is from, or after the record where that gives both."""
    if parts:
        key = f"{parts[0].set.key}.{portion.activity.item}.{portion.said(TREATMENT.key) or portion.activity.id}"
        return applied(context, parts[-1], *parts[:-1], value=value, unit="kg CH4/kg", key=key)
    activity = portion.activity
    said = activity.evidence or activity.id
    return AppliedFactor(
        key=f"own.{activity.id}",
        value=value,
        unit="kg CH4/kg",
        publisher=activity.source,
        edition=said,
        year=portion.start.year,
        place=said,
        title=T("Measured by the plant"),
        licence="",
        status="USER",
        region=OWN,
        parts=(),
    )


METHOD = Method(
    key="waste_water",
    title=T("Waste water (methane)"),
    kinds=("waste_water",),
    dimensions=("mass", "volume", "persons"),
    scopes=("scope1",),
    source="IPCC 2006 Vol. 5 ch. 6, equations 6.1 and 6.4; NDRC guideline for other industrial enterprises (2015)",
    calculate=calculate,
    usual_for=("waste_water",),
    example={"item": "waste_water_cod", "unit": "kg", "treatment": "anaerobic_reactor"},
    parameters=(TREATMENT, INLET, OUTLET, LOAD, SLUDGE, RECOVERED, MCF, CAPACITY),
)
