"""What freight, travel and commuting share: transport work, the fuel's upstream and what flights do beyond CO2."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from core.i18n import T
from core.library import OWN, Choice, Want
from core.library.places import area_name
from core.methods._build import (
    CARBON_GASES,
    applied,
    chosen,
    co2e_step,
    gases,
)
from core.methods._choice import proxy_finding, year_finding
from core.methods._types import Context, Finding, Line, Parameter, Portion, TraceStep

SCOPE = Parameter(
    "scope",
    T("Boundary"),
    choices=(("well_to_wheel", T("Well to wheel")), ("direct", T("Operation of the vehicle only"))),
    help=T(
        "Well to wheel adds the production of fuel and electricity. The Scope 3 Standard demands the operation; "
        "the upstream part is optional, and customers expect it."
    ),
)
RADIATIVE_FORCING = Parameter(
    "radiative_forcing",
    T("Effects of flights beyond CO₂"),
    choices=(("yes", T("Included")), ("no", T("Left out"))),
    help=T("Contrails and nitrogen oxides at altitude. The UK government advises to include them; say which it is."),
)
_CONVERSION = T("Unit conversion")
_CHARGED = ("_electric", "_plug_in_hybrid")
"""How the keys of items end that are charged from the grid."""


@dataclass(frozen=True, slots=True)
class Work:
    """Transport work as it meets a factor."""

    quantity: Decimal
    unit: str
    steps: tuple[TraceStep, ...] = ()
    """How it follows from the record; empty when it is the record's own quantity."""


def best(work: Work, item: str, uses: tuple[str, ...], year: int, context: Context) -> Choice | None:
    """The factor of an item per unit of work, at last one of another country."""
    per = context.library.units.dimension(work.unit)
    return context.want(item, uses, year, per=per, gases=CARBON_GASES, proxies=True)


def transport_lines(
    portion: Portion,
    context: Context,
    work: Work,
    choice: Choice,
    category: int,
    upstream: tuple[str, ...] = ("wtt",),
    findings: tuple[Finding, ...] = (),
) -> tuple[Line, ...]:
    """The line of the operation and, unless only that is wanted, the line of the fuel's upstream.

    They are two lines, for they are two numbers of the publisher, each with its own place.
    """
    key, year = portion.activity.id, portion.start.year
    findings = (
        *year_finding(choice, year, context),
        *proxy_finding(choice, context),
        *_current_of_another_country(choice, context),
        *findings,
    )
    if chosen(portion, SCOPE) == "direct":
        return (_line(portion, context, work, choice, category, key, findings),)
    more = _upstream(portion, context, work, choice, upstream)
    if more is None:
        findings = (*findings, *_without_upstream(choice, context))
        return (_line(portion, context, work, choice, category, key, findings),)
    return (
        _line(portion, context, work, choice, category, key, findings),
        _line(portion, context, work, more, category, f"{key}:wtt", _of_upstream(more, choice, portion, context)),
    )


def _line(
    portion: Portion,
    context: Context,
    work: Work,
    choice: Choice,
    category: int,
    line_id: str,
    findings: tuple[Finding, ...],
) -> Line:
    factor = choice.factor
    units = context.library.units
    quantity = units.convert(work.quantity, work.unit, factor.per)
    conversion: tuple[TraceStep, ...] = ()
    if units.named(work.unit).key != units.named(factor.per).key:
        conversion = (TraceStep(_CONVERSION, "{0}", ((work.quantity, work.unit),), quantity, factor.per),)
    amounts, steps = gases(quantity, factor, context)
    return Line(
        line_id,
        portion,
        "scope3",
        amounts,
        applied(context, factor),
        (*portion.trace, *work.steps, *conversion, *steps, co2e_step(amounts, context.gwp)),
        findings,
        category,
    )


def _upstream(portion: Portion, context: Context, work: Work, choice: Choice, uses: tuple[str, ...]) -> Choice | None:
    """Upstream of the same area as the operation: two halves of different countries would be neither's whole."""
    area, per = choice.factor.region, context.library.units.dimension(work.unit)
    wanted = Want(choice.factor.item, uses, portion.start.year, (area, area), per, CARBON_GASES, context.named)
    found = context.library.choose(wanted, context.policy)
    return found if found is not None and found.factor.region == area else None


def _of_upstream(more: Choice, choice: Choice, portion: Portion, context: Context) -> tuple[Finding, ...]:
    """What the line of the operation has not said already: both halves mostly stand in one publication."""
    return () if more.factor.set.key == choice.factor.set.key else year_finding(more, portion.start.year, context)


def _current_of_another_country(choice: Choice, context: Context) -> tuple[Finding, ...]:
    """An engine burns the same everywhere; current does not emit the same, so a borrowed factor can be far off."""
    factor = choice.factor
    if not factor.item.endswith(_CHARGED) or factor.region in (OWN, *context.regions):
        return ()
    return (
        Finding(
            "borrowed_current",
            "warning",
            f"{factor.key}@{context.country}",
            T(
                "The factor for {item} contains the electricity of {other}, not that of {region}.",
                item=context.library.items[factor.item].name,
                other=area_name(factor.region),
                region=area_name(context.country),
            ),
            T("Enter kWh per km × the grid factor of the country as own factor."),
        ),
    )


def _without_upstream(choice: Choice, context: Context) -> tuple[Finding, ...]:
    factor = choice.factor
    if factor.status == "USER":  # what its supplier counts in is said in the plant's own proof
        return ()
    item = context.library.items[factor.item]
    return (
        Finding(
            "without_upstream",
            "info",
            factor.key,
            T(
                "For {item}, {publisher} prints no upstream of the fuel: the operation alone is counted.",
                item=item.name,
                publisher=factor.set.publisher,
            ),
            T("Nothing to do if the operation is the boundary; else enter a well-to-wheel factor as own factor."),
        ),
    )


def altitude(portion: Portion, context: Context, use: str) -> tuple[str, ...]:
    """Uses to ask for: of a flight with or without its effects beyond CO2, of anything else the plain one."""
    item = context.library.items[portion.activity.item]
    flies = item.kind in ("air_travel", "air_freight")
    return (f"{use}_rf", use) if flies and chosen(portion, RADIATIVE_FORCING) == "yes" else (use,)


def altitude_finding(choice: Choice, uses: tuple[str, ...], context: Context) -> tuple[Finding, ...]:
    """Say so when the effects beyond CO2 were wanted and the factor lacks them."""
    factor = choice.factor
    if not uses[0].endswith("_rf") or factor.use == uses[0] or factor.status == "USER":
        return ()
    item = context.library.items[factor.item]
    return (
        Finding(
            "without_radiative_forcing",
            "info",
            factor.key,
            T(
                "The factor of {publisher} for {item} leaves out what flights do beyond CO₂.",
                item=item.name,
                publisher=factor.set.publisher,
            ),
            T("Say “left out” at the record, or enter a factor that includes it as own factor."),
        ),
    )
