"""Purchased electricity, location- and market-based side by side on the same kilowatt-hours.

The market-based figure follows the order of the GHG Protocol Scope 2 Guidance, table 6.3: certificates and contracts
with proof, then the factor of the supplier, then the residual mix, then the grid average with a disclosure. A bill may
be covered in part.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from core.errors import UserError
from core.i18n import T, Text
from core.instruments import parse_serials
from core.library import EXACT, Choice
from core.methods._build import amount, convert, line_of, mass_of, readable
from core.methods._scope2 import GRID, grid_average, market_average, wider_area
from core.methods._types import (
    AppliedFactor,
    Context,
    Finding,
    Line,
    Method,
    Parameter,
    Portion,
    TraceStep,
)

RENEWABLE = "renewable_electricity"
HUNDRED = Decimal(100)
COVERED = Parameter(
    "covered", T("Covered by certificates or contracts"), "kWh",
    help=T("The part of the bill with proof; the evidence names the certificates or the contract."),
)  # fmt: skip
COVERED_SHARE = Parameter(
    "covered_share", T("Share covered by certificates or contracts"), "%", maximum=HUNDRED,
    help=T("In place of kilowatt-hours."),
)  # fmt: skip
KIND = Parameter(
    "instrument",
    T("Instrument"),
    choices=(
        ("certificate", T("Certificates (GEC, GO, I-REC, REC, REGO)")),
        ("contract", T("Contract with settlement by the supplier")),
        ("direct_line", T("Direct line from a generator of another owner")),
    ),
    help=T("What the part with proof rests on; the report names it."),
)
INSTRUMENT = Parameter(
    "instrument_factor", T("Factor of the contract"), "kg CO₂/kWh", default=Decimal(0),
    help=T("0 for renewable and nuclear electricity; else what the contract states."),
)  # fmt: skip


def _one_number(said: str) -> None:
    """A contract has one number, and its letters are those of a number.

    Raises
    ------
    UserError
        when several are named, which belong into records of their own.
    """
    if ";" in said or "；" in said:
        raise UserError(
            T("“{value}” names several contracts.", value=said[:40]),
            T("Make one record for the electricity of each contract."),
        )


CERTIFICATES = Parameter(
    "certificates", T("Serial numbers of the certificates"), longest=1000, check=parse_serials,
    help=T("Of the part with proof: single ones or ranges like {form}, separated by “;”. With them head office finds "
           "what was used twice in the group.", form="A0001-A0500"),
)  # fmt: skip
CONTRACT = Parameter(
    "contract", T("Number of the contract"), longest=80, check=_one_number,
    help=T("Of the power purchase agreement or green tariff, as printed on it."),
)  # fmt: skip


def uncovered(bought: Decimal, covered: Decimal) -> Decimal:
    """What of a bill is left without certificate or contract.

    Parameters
    ----------
    bought
        electricity of the bill. [kWh]
    covered
        electricity with proof. [kWh]

    Returns
    -------
    Decimal
        electricity to which supplier factor, residual mix or grid average applies. [kWh]

    Raises
    ------
    UserError
        when more is covered than was bought.

    Notes
    -----
    GHG Protocol Scope 2 Guidance (2015), ch. 6.5 and 7.1: an instrument covers kilowatt-hours once.

    Examples
    --------
    600,000 of 1,000,000 kWh with proof; the rest meets a residual mix of 0.45 kg/kWh: 180 t.

    >>> uncovered(Decimal(1000000), Decimal(600000)) * Decimal("0.45") / 1000
    Decimal('180.00')
    """
    if covered > bought > 0 or covered < 0:
        raise UserError(
            T("{covered} kWh are covered, but only {bought} kWh were bought.", covered=covered, bought=bought),
            T("Correct the covered part; one certificate covers one megawatt-hour once."),
        )
    return EXACT.subtract(bought, covered)


def calculate(portion: Portion, context: Context) -> tuple[Line, ...]:
    """A ``scope2_location`` line and a ``scope2_market`` line; one more for the part with proof where a bill has both.

    Notes
    -----
    E = AD × EF on the same kilowatt-hours, once with each factor. GHG Protocol Scope 2 Guidance (2015), ch. 6.5,
    equation 6.1; GB/T 32150-2025, 7.5.6.
    """
    location = grid_average(portion, context)
    return (
        _line(portion, context, "location", location, wider_area(location, context)),
        *_market(portion, context, location),
    )


def _market(portion: Portion, context: Context, location: Choice) -> tuple[Line, ...]:
    activity = portion.activity
    covered = _covered(portion, context)
    if covered is None and activity.item == RENEWABLE:
        covered = portion.quantity
    if covered is None or (covered == 0 and activity.item != RENEWABLE):
        return (_average(portion, context, location, ()),)
    if not activity.evidence:
        return (_average(portion, context, location, _without_proof(portion, covered)),)
    if covered == portion.quantity:
        return (_proven(portion, context, "market"),)
    rest = replace(portion, quantity=EXACT.subtract(portion.quantity, covered))
    part = replace(portion, quantity=covered)
    numbers = ((portion.quantity, activity.unit), (covered, activity.unit))
    step = TraceStep(T("Without the part with proof"), "{0} − {1}", numbers, rest.quantity, activity.unit)
    rest = replace(rest, trace=(*portion.trace, step))
    return _average(rest, context, location, ()), _proven(part, context, "covered")


def _covered(portion: Portion, context: Context) -> Decimal | None:
    """The part with proof in the unit of the bill; None when the record does not say.

    Raises
    ------
    UserError
        when more is covered than was bought, or amount and share are both given: one of them would be ignored.
    """
    energy, share = portion.given(COVERED.key), portion.given(COVERED_SHARE.key)
    if energy is not None and share is not None:
        raise UserError(
            T("“{one}” and “{other}” exclude each other.", one=COVERED.title, other=COVERED_SHARE.title),
            T("Give one of them."),
        )
    if energy is not None:
        bought, _ = convert(portion, "kWh", context)
        covered = EXACT.multiply(energy, portion.part)
        if uncovered(bought, covered) == 0:
            return portion.quantity
        return context.library.units.convert(covered, "kWh", portion.activity.unit)
    if share is not None:
        return EXACT.divide(EXACT.multiply(portion.quantity, share), HUNDRED)
    return None


def _without_proof(portion: Portion, covered: Decimal) -> tuple[Finding, ...]:
    return (
        Finding(
            "renewable_without_proof",
            "error",
            portion.activity.id,
            T(
                "{quantity} {unit} are claimed as renewable without contract, settlement or certificate.",
                quantity=readable(covered),
                unit=portion.activity.unit,
            ),
            T("Enter the number of the contract or certificate as evidence, or record it as grid electricity."),
        ),
    )


def _average(portion: Portion, context: Context, location: Choice, findings: tuple[Finding, ...]) -> Line:
    """What has no instrument."""
    choice, more = market_average(portion, context, location)
    return _line(portion, context, "market", choice, (*findings, *more))


def _proven(portion: Portion, context: Context, view: str) -> Line:
    """Electricity with proof of its origin counts as its contract says: zero when it is renewable."""
    activity = portion.activity
    rate = portion.given(INSTRUMENT.key) or Decimal(0)
    energy, conversion = convert(portion, "kWh", context)
    mass = EXACT.multiply(energy, rate)
    trace = TraceStep(T("Market-based, proven by {evidence}", evidence=activity.evidence), "{0} × {1}",
                      ((energy, "kWh"), (rate, "kg CO2/kWh")), mass, "kg CO2")  # fmt: skip
    factor = AppliedFactor(
        key=f"instrument.{activity.id}",
        value=rate,
        unit="kg CO2/kWh",
        publisher=activity.source,
        edition=activity.evidence,
        year=portion.start.year,
        place=activity.evidence,
        title=_instrument(portion),
        licence="",
        status="USER",
        region=context.regions[0],
        parts=(),
    )
    made = amount("CO2", mass, context.gwp)
    steps = () if made is None or not rate else (_in_tonnes(made.kg, made.tco2e),)
    return Line(f"{activity.id}:{view}", portion, "scope2_market", (made,) if made else (), factor,
                (*portion.trace, *conversion, trace, *steps))  # fmt: skip


def _instrument(portion: Portion) -> Text:
    said = portion.said(KIND.key)
    return next((title for key, title in KIND.choices if key == said), T("Contract or certificate of the plant"))


def _in_tonnes(kg: Decimal, tonnes: Decimal) -> TraceStep:
    return TraceStep(mass_of("CO2"), "{0} ÷ 1000", ((kg, "kg CO2"),), tonnes, "t CO2e")


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
    usual_for=("electricity",),
    example={"item": GRID, "unit": "kWh"},
    parameters=(COVERED, COVERED_SHARE, KIND, INSTRUMENT, CERTIFICATES, CONTRACT),
)
