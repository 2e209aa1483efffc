"""What records of purchased electricity once said of certificates and contracts, and where that is entered now.

Files and signed reports of those versions still hold such records. They give the totals that they gave, and an error
says where it belongs now, so that no new report is signed before it stands there.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from core.errors import UserError
from core.i18n import Name, T
from core.ledger import Activity
from core.ledger.codec import read_decimal
from core.library import EXACT, Item, Library
from core.methods._build import amount, convert, line_of, mass_of, readable
from core.methods._scope2 import grid_average, market_average, wider_area
from core.methods._types import AppliedFactor, Context, Finding, Line, Portion, TraceStep

ITEM = "renewable_electricity"
NAMES = (
    ITEM,
    "renewable electricity",
    "green electricity",
    "green power",
    "renewable power",
    "绿电",
    "绿色电力",
    "可再生电力",
    "可再生能源电力",
    "外购绿电",
    "非化石能源电力",
    "绿电（合同或绿证）",
    "renewable electricity (contract or certificate)",
)
"""What people write for electricity that is bought as renewable. None of them is an alias of electricity: a row would
lose what its author meant without a word."""
METHOD = "purchased_electricity"
PARAMETERS = frozenset({"covered", "covered_share", "instrument", "instrument_factor", "certificates", "contract"})
"""Of purchased electricity."""
NUMBERS = frozenset({"covered", "covered_share", "instrument_factor"})
"""Those of them that are numbers."""
_HUNDRED = Decimal(100)
WHAT = T("What makes electricity renewable is no part of a record of activity data.")
REMEDY = T(
    "Record it as purchased electricity; enter the contract or the certificates on the page “Renewables” and allocate "
    "them."
)


def says_former(activity: Activity) -> bool:
    """Whether a record says something of renewable electricity that belongs to instruments."""
    if activity.item == ITEM:
        return True
    return activity.method == METHOD and any(key in PARAMETERS for key, _ in activity.parameters)


def library_for(library: Library, activities: Iterable[Activity]) -> Library:
    """The library with the item of before, where a record still names it."""
    if ITEM in library.items or all(one.item != ITEM for one in activities):
        return library
    known = Item(ITEM, "electricity", Name("Renewable electricity (contract or certificate)", NAMES[-2]), "kWh")
    return replace(library, items={**library.items, ITEM: known})


def without_former(activity: Activity) -> tuple[tuple[str, str], ...]:
    """The parameters that a method still takes.

    Raises
    ------
    UserError
        when one of those of before is no number, or out of the range it had.
    """
    if activity.method != METHOD or not says_former(activity):
        return activity.parameters
    said = dict(activity.parameters)
    for key in NUMBERS & said.keys():
        try:
            value = read_decimal(said[key])
        except ValueError:
            raise UserError(WHAT, REMEDY) from None
        if value < 0 or (key == "covered_share" and value > _HUNDRED):
            raise UserError(WHAT, REMEDY)
    if {"covered", "covered_share"} <= said.keys():
        raise UserError(WHAT, REMEDY)
    return tuple(one for one in activity.parameters if one[0] not in PARAMETERS)


def said_before(activity: Activity) -> Finding:
    """The error of a record that speaks of instruments."""
    return Finding("former_instrument", "error", activity.id, WHAT, REMEDY)


def calculate(portion: Portion, context: Context) -> tuple[Line, ...]:
    """The lines that these versions gave: the part with proof as its contract says, the rest as any electricity.

    Notes
    -----
    E = AD × EF on the same kilowatt-hours, once with each factor. GHG Protocol Scope 2 Guidance (2015), ch. 6.5,
    equation 6.1.
    """
    location = grid_average(portion, context)
    return (
        line_of(portion, context, location, "scope2_location", f"{portion.activity.id}:location",
                wider_area(location, context)),
        *_market(portion, context),
    )  # fmt: skip


def _market(portion: Portion, context: Context) -> tuple[Line, ...]:
    activity = portion.activity
    covered = _covered(portion, context)
    if not covered and activity.item != ITEM:
        return (_average(portion, context),)
    if not activity.evidence:
        return (_average(portion, context, _without_proof(portion, covered)),)
    if covered == portion.quantity:
        return (_proven(portion, context, "market"),)
    left = EXACT.subtract(portion.quantity, covered)
    numbers = ((portion.quantity, activity.unit), (covered, activity.unit))
    step = TraceStep(T("Without what instruments cover"), "{0} − {1}", numbers, left, activity.unit)
    rest = replace(portion, quantity=left, trace=(*portion.trace, step))
    return _average(rest, context), _proven(replace(portion, quantity=covered), context, "covered")


def _covered(portion: Portion, context: Context) -> Decimal:
    """The part with proof, in the unit of the bill.

    Raises
    ------
    UserError
        when more is covered than was bought.
    """
    energy, share = portion.given("covered"), portion.given("covered_share")
    if share is not None:
        return EXACT.divide(EXACT.multiply(portion.quantity, share), _HUNDRED)
    if energy is None:
        return portion.quantity if portion.activity.item == ITEM else Decimal(0)
    bought, _ = convert(portion, "kWh", context)
    covered = EXACT.multiply(energy, portion.part)
    if covered > bought > 0:
        raise UserError(WHAT, REMEDY)
    return portion.quantity if covered == bought else context.library.units.convert(
        covered, "kWh", portion.activity.unit
    )  # fmt: skip


def _average(portion: Portion, context: Context, findings: tuple[Finding, ...] = ()) -> Line:
    choice, more = market_average(portion, context, grid_average(portion, context))
    return line_of(portion, context, choice, "scope2_market", f"{portion.activity.id}:market", (*findings, *more))


def _without_proof(portion: Portion, covered: Decimal) -> tuple[Finding, ...]:
    what = T("{quantity} {unit} are claimed as renewable without contract, settlement or certificate.",
             quantity=readable(covered), unit=portion.activity.unit)  # fmt: skip
    return (Finding("renewable_without_proof", "error", portion.activity.id, what, REMEDY),)


def _proven(portion: Portion, context: Context, view: str) -> Line:
    """What the record itself calls its proof stands where a factor has its publication."""
    activity, rate = portion.activity, portion.given("instrument_factor") or Decimal(0)
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
        title=T("Contract or certificate of the plant"),
        licence="",
        status="USER",
        region=context.regions[0],
        parts=(),
    )
    made = amount("CO2", mass, context.gwp)
    steps = () if made is None or not rate else (
        TraceStep(mass_of("CO2"), "{0} ÷ 1000", ((made.kg, "kg CO2"),), made.tco2e, "t CO2e"),
    )  # fmt: skip
    return Line(f"{activity.id}:{view}", portion, "scope2_market", (made,) if made else (), factor,
                (*portion.trace, *conversion, trace, *steps))  # fmt: skip
