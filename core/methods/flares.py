"""Flares: what burns becomes CO2, what slips through stays methane."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from core.i18n import Name, T
from core.library import EXACT
from core.methods._build import amount, bare, chosen, co2e_step, convert, mass_of, missing_factor, needed
from core.methods._carbon import HUNDRED, share
from core.methods._laboratory import measured_factor
from core.methods._types import Context, Finding, Line, Method, NotCovered, Parameter, Portion, TraceStep, exact_sum

GAS_CONSTANT, PRESSURE, ZERO_CELSIUS = Decimal("8.314462618"), Decimal("101.325"), Decimal("273.15")
"""CODATA 2018 [kPa m3/(kmol K)], standard atmosphere [kPa], [K]."""
CONDITIONS = {"0C": Decimal(0), "15C": Decimal(15), "20C": Decimal(20), "25C": Decimal(25)}
COMPONENTS = (
    ("ch4", "CH4", 1),
    ("c2h6", "C2H6", 2),
    ("c3h8", "C3H8", 3),
    ("c4h10", "C4H10", 4),
    ("co", "CO", 1),
    ("co2", "CO2", 1),
)
"""Parameter, substance, atoms of carbon."""
_GAS = Name("flared gas", "火炬气")
_KILOMOLES = T("Amount of substance = volume ÷ molar volume")
_SLIPPED = T("CH₄ that does not burn")
FRACTIONS = tuple(
    Parameter(key, T("{gas} in the gas", gas=substance), "vol-%", maximum=HUNDRED) for key, substance, _ in COMPONENTS
)
DESTROYED = Parameter(
    "destroyed",
    T("Destruction efficiency"),
    "%",
    default=Decimal(98),
    maximum=HUNDRED,
    help=T("98 % unless a test says otherwise; 40 CFR 98.253 (b)."),
)
REFERENCE = Parameter(
    "reference",
    T("Conditions of the volume"),
    choices=(
        ("0C", T("0 °C, 101.325 kPa")),
        ("15C", T("15 °C, 101.325 kPa")),
        ("20C", T("20 °C, 101.325 kPa")),
        ("25C", T("25 °C, 101.325 kPa")),
    ),
)


def molar_volume(celsius: Decimal) -> Decimal:
    """Volume of a kilomole of ideal gas at 101.325 kPa.

    Parameters
    ----------
    celsius
        temperature. [°C]

    Returns
    -------
    Decimal
        molar volume. [m3/kmol]

    Notes
    -----
    V = R × T / p, R = 8.314462618 kPa m3/(kmol K) (CODATA 2018).

    Examples
    --------
    >>> round(molar_volume(Decimal(0)), 3)
    Decimal('22.414')
    """
    return EXACT.divide(EXACT.multiply(GAS_CONSTANT, EXACT.add(ZERO_CELSIUS, celsius)), PRESSURE)


def carbon_dioxide(
    volume: Decimal, molar: Decimal, burned: Sequence[tuple[Decimal, int]], inert: Decimal, efficiency: Decimal
) -> Decimal:
    """CO2 of a flare.

    Parameters
    ----------
    volume
        gas sent to the flare. [m3]
    molar
        molar volume at the conditions of the volume. [m3/kmol]
    burned
        volume share of each combustible with its atoms of carbon. [1]
    inert
        volume share of CO2 in the gas. [1]
    efficiency
        destruction efficiency. [1]

    Returns
    -------
    Decimal
        mass of CO2. [kg]

    Notes
    -----
    E = V / Vm × (x(CO2) + η × Σ n × x) × 44; 40 CFR 98.253 (b), equation Y-1b; 2006 IPCC Guidelines, Vol. 2, ch. 4.

    Examples
    --------
    >>> round(carbon_dioxide(Decimal("22.414"), Decimal("22.414"), [(Decimal(1), 1)], Decimal(0), Decimal("0.98")), 2)
    Decimal('43.12')
    """
    total = inert
    for part, atoms in burned:
        total = EXACT.add(total, EXACT.multiply(EXACT.multiply(efficiency, part), Decimal(atoms)))
    return EXACT.multiply(EXACT.multiply(EXACT.divide(volume, molar), total), Decimal(44))


def unburned(volume: Decimal, molar: Decimal, part: Decimal, mass: Decimal, efficiency: Decimal) -> Decimal:
    """Methane that passes a flare.

    Parameters
    ----------
    volume
        gas sent to the flare. [m3]
    molar
        molar volume at the conditions of the volume. [m3/kmol]
    part
        volume share of methane. [1]
    mass
        molar mass of methane. [kg/kmol]
    efficiency
        destruction efficiency. [1]

    Returns
    -------
    Decimal
        mass of CH4. [kg]

    Notes
    -----
    E = V / Vm × x × M × (1 − η); 40 CFR 98.253 (b), equation Y-4.

    Examples
    --------
    >>> round(unburned(Decimal("22.414"), Decimal("22.414"), Decimal(1), Decimal("16.043"), Decimal("0.98")), 4)
    Decimal('0.3209')
    """
    slipped = EXACT.multiply(part, EXACT.subtract(Decimal(1), efficiency))
    return EXACT.multiply(EXACT.multiply(EXACT.divide(volume, molar), slipped), mass)


def calculate(portion: Portion, context: Context) -> tuple[Line, ...]:
    """One scope 1 line with CO2 of what burned and CH4 of what did not."""
    shares = _composition(portion)
    methane = context.want("CH4", ("molar_mass",), portion.start.year)
    if methane is None:
        raise missing_factor(portion, context)
    mass, efficiency = bare(methane.factor), share(portion, DESTROYED)
    molar = molar_volume(CONDITIONS[chosen(portion, REFERENCE)])
    burned = [(shares[s], atoms) for _, s, atoms in COMPONENTS if s != "CO2"]
    volume, conversion = convert(portion, "m3", context)
    per = carbon_dioxide(Decimal(1), molar, burned, shares["CO2"], efficiency)
    made = amount("CO2", carbon_dioxide(volume, molar, burned, shares["CO2"], efficiency), context.gwp)
    left = amount("CH4", unburned(volume, molar, shares["CH4"], mass, efficiency), context.gwp)
    if made is None or left is None:
        raise missing_factor(portion, context)
    kmol = EXACT.divide(volume, molar)
    steps = (
        TraceStep(_KILOMOLES, "{0} ÷ {1}", ((volume, "m³"), (molar, "m³/kmol")), kmol, "kmol"),
        _burned(kmol, shares, efficiency, made.kg),
        _left(kmol, shares["CH4"], mass, efficiency, left.kg),
    )
    frozen = measured_factor(portion, context, round(per, 10), "kg CO2/m3", (methane.factor.key,), _GAS)
    trace = (*portion.trace, *conversion, *steps, co2e_step((made, left), context.gwp))
    return (Line(portion.activity.id, portion, "scope1", (made, left), frozen, trace),)


def _composition(portion: Portion) -> dict[str, Decimal]:
    """Volume shares of what is in the gas.

    Raises
    ------
    NotCovered
        when nothing or more than 100 % is said.
    """
    shares = {s: EXACT.divide(portion.given(key) or Decimal(0), HUNDRED) for key, s, _ in COMPONENTS}
    total = exact_sum(shares.values())
    if not total:
        raise needed(portion, FRACTIONS[0])
    if total > 1:
        raise NotCovered(
            Finding(
                "not_understood",
                "warning",
                portion.activity.id,
                T("The components of the gas add up to {percent} %.", percent=EXACT.multiply(total, HUNDRED)),
                T("Correct the analysis; nitrogen and other gases without carbon are the rest."),
            )
        )
    return shares


def _burned(kmol: Decimal, shares: dict[str, Decimal], efficiency: Decimal, kg: Decimal) -> TraceStep:
    parts = [(shares[s], f"{s} × {n}") for _, s, n in COMPONENTS if s != "CO2" and shares[s]]
    numbers = ((kmol, "kmol"), (shares["CO2"], "CO2"), (efficiency, ""), *parts, (Decimal(44), "kg/kmol"))
    inner = " + ".join(f"{{{i}}}" for i in range(3, 3 + len(parts))) or "0"
    form = f"{{0}} × ({{1}} + {{2}} × ({inner})) × {{{3 + len(parts)}}}"
    return TraceStep(mass_of("CO2"), form, numbers, kg, "kg CO2")


def _left(kmol: Decimal, part: Decimal, mass: Decimal, efficiency: Decimal, kg: Decimal) -> TraceStep:
    numbers = ((kmol, "kmol"), (part, "CH4"), (Decimal(1), ""), (efficiency, ""), (mass, "kg/kmol"))
    return TraceStep(_SLIPPED, "{0} × {1} × ({2} − {3}) × {4}", numbers, kg, "kg CH4")


METHOD = Method(
    key="flares",
    title=T("Flares"),
    kinds=("waste_gas",),
    dimensions=("volume",),
    scopes=("scope1",),
    source="40 CFR 98.253 (b), equations Y-1b and Y-4; 2006 IPCC Guidelines, Vol. 2, ch. 4",
    calculate=calculate,
    example={"item": "flare_gas", "unit": "m3", "ch4": "80", "co2": "5"},
    parameters=(*FRACTIONS, DESTROYED, REFERENCE),
)
