"""Electricity in both figures: what instruments cover and what is left, in this one place.

The market-based figure follows the order of the GHG Protocol Scope 2 Guidance, table 6.3: instruments that count, then
the factor of the supplier, then the residual mix, then the grid average with a disclosure. What is allocated and does
not count gets the average too, and an error says why: it never becomes zero in silence, nor average in silence.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import reduce

from core.i18n import T, Text, verbatim
from core.instruments import Cover
from core.instruments.kinds import DIRECT_LINE
from core.ledger import Instrument
from core.library import EXACT, Choice
from core.methods._build import amount, convert, line_of, mass_of, readable
from core.methods._scope2 import market_average, wider_area
from core.methods._types import AppliedFactor, Context, Finding, Line, Portion, TraceStep, exact_sum

INSTRUMENT = "instrument."
"""How the key of a factor begins that an instrument states."""
KINDS: dict[str, Text] = {
    "certificate": T("Certificates (GEC, GO, I-REC, REC, REGO)"),
    "ppa_physical": T("Power purchase agreement with delivery"),
    "ppa_virtual": T("Virtual power purchase agreement"),
    "green_tariff": T("Green tariff of the supplier"),
    "direct_line": T("Direct line from a generator of another owner"),
    "on_site": T("Own generation on site"),
}
"""What an instrument is, in words."""
_PLACES = Decimal("1E-12")
"""To which a cover is cut where the record crosses the end of a period: so that what is left is exact."""
_NOTHING = Decimal(0)


def instrument_title(kind: str) -> Text:
    """A kind of instrument in words."""
    return KINDS.get(kind) or verbatim(kind)


def uncovered(used: Decimal, covered: Decimal) -> Decimal:
    """What of a record is left without instrument.

    Parameters
    ----------
    used
        electricity of the record. [kWh]
    covered
        electricity that instruments are allocated to. [kWh]

    Returns
    -------
    Decimal
        electricity to which supplier factor, residual mix or grid average applies; zero where more is allocated than
        was used. [kWh]

    Notes
    -----
    max(0, used − covered). GHG Protocol Scope 2 Guidance (2015), ch. 6.5 and 7.1: an instrument covers kilowatt-hours
    once, and only those that were used.

    Examples
    --------
    600,000 of 1,000,000 kWh with certificates; the rest meets a residual mix of 0.45 kg/kWh: 180 t.

    >>> uncovered(Decimal(1000000), Decimal(600000)) * Decimal("0.45") / 1000
    Decimal('180.00')
    """
    return max(EXACT.subtract(used, covered), _NOTHING)


@dataclass(frozen=True, slots=True)
class _Part:
    """What one instrument covers of a portion."""

    instrument: Instrument
    quantity: Decimal
    """In the unit of the record."""


def location_lines(portion: Portion, context: Context, location: Choice) -> tuple[Line, ...]:
    """The grid average on all that came over the grid; what a line of its own brought counts as its generator says.

    Parameters
    ----------
    portion
        electricity that was used.
    context
        with what is allocated to its record.
    location
        the grid average.

    Notes
    -----
    GHG Protocol Scope 2 Guidance (2015), ch. 5 and 6: electricity of a direct line did not pass the grid, so both
    methods take the factor of its generator, unless its attributes were sold; then it is stopped and covers nothing.
    """
    covers = context.covers.get(portion.activity.id, ())
    parts = _parts(portion, context, covers)[0] if any(c.instrument.kind == DIRECT_LINE for c in covers) else []
    own = [part for part in parts if part.instrument.kind == DIRECT_LINE]
    taken = exact_sum(part.quantity for part in own)
    lines = [
        _covered(replace(portion, quantity=part.quantity), context, part.instrument, "scope2_location") for part in own
    ]
    if taken != portion.quantity or not own:
        rest, area = _rest(portion, taken), wider_area(location, context)
        lines.append(line_of(rest, context, location, "scope2_location", f"{portion.activity.id}:location", area))
    return tuple(lines)


def market_lines(portion: Portion, context: Context, location: Choice) -> tuple[Line, ...]:
    """One line for each instrument that counts and one for the rest; their quantities add up to the portion exactly.

    Parameters
    ----------
    portion
        electricity that was used.
    context
        with what is allocated to its record.
    location
        the grid average, where nothing better is published.
    """
    covers = context.covers.get(portion.activity.id, ())
    if not covers:
        return (_average(portion, context, location, ()),)
    parts, excess = _parts(portion, context, covers)
    findings = (*_not_counted(portion, covers), *_beyond(portion, excess), *_said(covers))
    taken = exact_sum(part.quantity for part in parts)
    lines = [_covered(replace(portion, quantity=part.quantity), context, part.instrument) for part in parts]
    if taken != portion.quantity or not parts:
        lines.append(_average(_rest(portion, taken), context, location, ()))
    first = lines[0]
    return (replace(first, findings=(*findings, *first.findings)), *lines[1:])


def _parts(portion: Portion, context: Context, covers: Iterable[Cover]) -> tuple[list[_Part], Decimal]:
    """What counts, by instrument in the order of the allocations, and the kilowatt-hours allocated beyond the use."""
    units, unit = context.library.units, portion.activity.unit
    left = units.convert(portion.activity.quantity, unit, "kWh")
    cut, rest, excess = portion.part, portion.quantity, _NOTHING
    sums: dict[str, _Part] = {}
    for cover in covers:
        if not cover.counts or cover.quantity <= 0:
            continue
        sound = min(cover.quantity, max(left, _NOTHING))
        excess = EXACT.add(excess, EXACT.subtract(cover.quantity, sound))
        if not sound:
            continue
        left = EXACT.subtract(left, sound)
        taken = rest if not left else min(_short(units.convert(EXACT.multiply(sound, cut), "kWh", unit)), rest)
        rest = EXACT.subtract(rest, taken)
        known = sums.get(cover.instrument.id)
        before = _NOTHING if known is None else known.quantity
        sums[cover.instrument.id] = _Part(cover.instrument, EXACT.add(before, taken))
    return list(sums.values()), excess


def _short(quantity: Decimal) -> Decimal:
    """With few decimals, so that taking it from the whole loses nothing."""
    exponent = quantity.as_tuple().exponent
    return quantity if isinstance(exponent, int) and exponent >= -12 else quantity.quantize(_PLACES, context=EXACT)


def _rest(portion: Portion, taken: Decimal) -> Portion:
    if not taken:
        return portion
    unit = portion.activity.unit
    left = EXACT.subtract(portion.quantity, taken)
    step = TraceStep(T("Without what instruments cover"), "{0} − {1}",
                     ((portion.quantity, unit), (taken, unit)), left, unit)  # fmt: skip
    return replace(portion, quantity=left, trace=(*portion.trace, step))


def _average(portion: Portion, context: Context, location: Choice, findings: tuple[Finding, ...]) -> Line:
    """What has no instrument."""
    choice, more = market_average(portion, context, location)
    return line_of(portion, context, choice, "scope2_market", f"{portion.activity.id}:market", (*findings, *more))


def _covered(portion: Portion, context: Context, instrument: Instrument, scope: str = "scope2_market") -> Line:
    """Counts as the instrument says: zero when it is renewable."""
    rate = instrument.factor
    energy, conversion = convert(portion, "kWh", context)
    mass = EXACT.multiply(energy, rate)
    market = scope == "scope2_market"
    what = (
        T("Market-based, covered by {instrument}", instrument=instrument.name)
        if market
        else T("Location-based, of the direct line {instrument}", instrument=instrument.name)
    )
    trace = TraceStep(what, "{0} × {1}",
                      ((energy, "kWh"), (rate, "kg CO2/kWh")), mass, "kg CO2")  # fmt: skip
    made = amount("CO2", mass, context.gwp)
    steps = () if made is None or not rate else (_in_tonnes(made.kg, made.tco2e),)
    return Line(
        f"{portion.activity.id}:{instrument.id}" + ("" if market else ":location"),
        portion,
        scope,
        (made,) if made else (),
        _factor(context, instrument),
        (*portion.trace, *conversion, trace, *steps),
    )


def _factor(context: Context, instrument: Instrument) -> AppliedFactor:
    """As the instrument states it; one for all the records that it covers."""
    same = (INSTRUMENT, instrument)
    known = context.applied.get(same)
    if known is None:
        known = context.applied[same] = AppliedFactor(
            key=f"{INSTRUMENT}{instrument.id}",
            value=instrument.factor,
            unit="kg CO2/kWh",
            publisher=instrument.supplier or instrument.generator,
            edition=instrument.contract or instrument.serials,
            year=instrument.start.year,
            place=instrument.serials or instrument.contract,
            title=instrument_title(instrument.kind),
            licence="",
            status="USER",
            region=context.regions[0],
            parts=(),
        )
    return known


def _in_tonnes(kg: Decimal, tonnes: Decimal) -> TraceStep:
    return TraceStep(mass_of("CO2"), "{0} ÷ 1000", ((kg, "kg CO2"),), tonnes, "t CO2e")


def _not_counted(portion: Portion, covers: Iterable[Cover]) -> Iterator[Finding]:
    """One error that names every instrument that is stopped, and why."""
    stopped = [cover for cover in covers if not cover.counts]
    said = [
        (T("{instrument}: {reason}", instrument=cover.instrument.name, reason=one.message), one.remedy)
        for cover in stopped
        for one in cover.judged
        if one.level == "stop"
    ]
    if said:
        yield Finding(
            "renewable_not_counted",
            "error",
            portion.activity.id,
            T(
                "{quantity} kWh of {source} do not count as renewable and get the average factor. {reasons}",
                quantity=readable(exact_sum(cover.quantity for cover in stopped)),
                source=portion.activity.source,
                reasons=_joined(message for message, _ in said),
            ),
            _joined(remedy for _, remedy in said),
        )


def _joined(texts: Iterable[Text]) -> Text:
    """One after the other, each once."""
    once: dict[tuple[str, str], Text] = {}
    for text in texts:
        once.setdefault((text.msgid, str(text)), text)
    return reduce(lambda first, more: T("{first} {more}", first=first, more=more), once.values())


def _beyond(portion: Portion, excess: Decimal) -> Iterator[Finding]:
    if excess:
        yield Finding(
            "allocated_beyond_use",
            "error",
            portion.activity.id,
            T(
                "{source}: {quantity} kWh more are allocated than were used; they count nothing.",
                source=portion.activity.source,
                quantity=readable(excess),
            ),
            T("Take the excess back on the page “Renewables”; one certificate covers one megawatt-hour once."),
        )


def _said(covers: Iterable[Cover]) -> Iterator[Finding]:
    """Warnings and information of the rules, each once for what it is about."""
    for cover in covers:
        for one in cover.judged:
            if one.level != "stop":
                yield Finding(f"renewable.{one.rule}", one.level, one.subject, one.message, one.remedy)
