"""What a figure should be: the procedures that can be thought of, and what each of them expects."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from core.audit.balance import balances_of
from core.audit.benchmarks import mass_of_emissions, parts_of, subject_title
from core.audit.estimates import (
    DEGREE_DAYS,
    ENERGY_BALANCE,
    LAST_YEAR,
    PRODUCTION,
    SISTER_PLANTS,
    TONNES,
    Estimate,
    Known,
    of_figure,
    per,
    short,
    titled,
)
from core.audit.figure_units import unit_title
from core.audit.key_figures import (
    ACCIDENTS,
    COOLING,
    HEATING,
    converted,
    entered_monthly,
    figure_title,
    monthly,
    names_of,
)
from core.audit.last_year import LastYear
from core.audit.trend import Trend, line_through
from core.errors import UserError
from core.i18n import Localised, T, Text, verbatim
from core.inventory import Inventory, months_of
from core.inventory.totals import LOCATION
from core.ledger import Benchmark, Expectation
from core.library import EXACT
from core.methods import Line, exact_sum

OWN = frozenset({"scope1", "scope2_location"})
"""Scopes of what the plant burns and buys itself; the same energy stands again in its upstream, and at customers."""
HEATED = frozenset({"stationary_combustion", "purchased_heat", "chp"})
COOLED = frozenset({"purchased_cooling"})
"""Methods whose sources are held against degree days without being asked for."""
FEWEST_MONTHS = 6
"""From so many months on a line is drawn through them; ours."""
METERS_AGREE = Decimal(2)
"""Records and the plant's own meters may differ by so much: two meters of class 1, read on different days; ours. [%]"""
LEAST_R2 = Decimal("0.5")
"""Months that follow degree days less than this are not expected to; ours."""
PARTS = Decimal(100)
"""A source of at least one part of so many of the total is held against production without being asked for; ours."""


def estimates_of(known: Known, asked: Sequence[Expectation]) -> Iterator[Estimate]:
    """All of them: those that the data call for, and those that the auditor asked for."""
    yield from _against_last_year(known)
    yield from _per_figure(known, asked)
    yield from _sister_plants(known)
    yield from _degree_days(known, asked)
    if known.counted is not None:
        yield from _balance(known, known.counted)


# ---------------------------------------------------------------------- last year


def _against_last_year(known: Known) -> Iterator[Estimate]:
    """The total and every source of either year, largest first."""
    before, missing = known.last, known.no_last_year
    if before is None or missing is not None:
        yield Estimate(LAST_YEAR, "", titled(""), "", TONNES, known.total, None, missing=missing)
        return
    pairs = {source: (known.now.get(source, Decimal(0)), tonnes) for source, tonnes in before.sources.items()}
    pairs |= {source: (tonnes, before.sources.get(source, Decimal(0))) for source, tonnes in known.now.items()}
    rows = [("", (known.total, before.total)), *sorted(pairs.items(), key=lambda one: (-max(one[1]), one[0]))]
    for source, (now, then) in rows:
        if now or then:
            how = _unchanged(known, before, source, then)
            yield Estimate(LAST_YEAR, source, titled(source), source, TONNES, now, then, how)


def _unchanged(known: Known, before: LastYear, source: str, then: Decimal) -> Text:
    """As much as last year; beside it how the quantity changed, for tonnes also follow the factors."""
    now, last = known.quantities.get(source), before.quantities.get(source)
    if now is None or last is None or now[0] != last[0] or not last[1]:
        return T("{then} t CO₂e in {year}, unchanged", then=short(then), year=str(before.year))
    change = EXACT.divide(EXACT.multiply(EXACT.subtract(now[1], last[1]), Decimal(100)), last[1])
    return T(
        "{then} t CO₂e in {year}, unchanged; the quantity changed by {percent} %",
        then=short(then),
        year=str(before.year),
        percent=change.quantize(Decimal("0.1"), context=EXACT),
    )


# ---------------------------------------------------------------------- key figures


def _per_figure(known: Known, asked: Sequence[Expectation]) -> Iterator[Estimate]:
    """The total per key figure, sources of some size per production, and what was asked for."""
    names = [name for name in names_of(known.figures) if name not in (HEATING, COOLING, *ACCIDENTS)]
    large = [source for source, tonnes in known.now.items() if EXACT.multiply(tonnes, PARTS) >= known.total]
    wanted = [f"{name}:{source}" if source else name for name in names
              for source in ("", *(large if name == PRODUCTION else ()))]  # fmt: skip
    wanted += [one.subject for one in asked if one.procedure == PRODUCTION]
    for subject in dict.fromkeys(wanted):
        name, _, source = subject.partition(":")
        yield _ratio(known, name, source, subject)


def _ratio(known: Known, name: str, source: str, subject: str) -> Estimate:
    """``expected = last year's tonnes ÷ last year's figure × this year's figure``."""
    actual = known.now.get(source, Decimal(0)) if source else known.total
    made = Estimate(PRODUCTION, subject, per(source, name), source, TONNES, actual, None)
    last = known.last
    if last is None or known.no_last_year is not None:
        return replace(made, missing=known.no_last_year)
    now = known.figure(name, known.period)
    before = known.figure(name, last.period, now.unit)
    for measured, year in ((now, known.period.end.year), (before, last.year)):
        if measured.quantity is None:
            return replace(made, missing=of_figure(name, year, measured))
    assert now.quantity is not None and before.quantity is not None
    if not before.quantity:
        return replace(made, missing=T("{figure} was zero in {year}.", figure=figure_title(name), year=str(last.year)))
    then = last.sources.get(source, Decimal(0)) if source else last.total
    expected = EXACT.multiply(EXACT.divide(then, before.quantity), now.quantity)
    how = T(
        "{then} t CO₂e in {year} ÷ {before} {unit} × {now} {unit}",
        then=short(then),
        year=str(last.year),
        before=short(before.quantity),
        now=short(now.quantity),
        unit=unit_title(now.unit),
    )
    return replace(made, expected=expected, how=how)


# ---------------------------------------------------------------------- sister plants


def _sister_plants(known: Known) -> Iterator[Estimate]:
    """The newest benchmark of each figure and subject that is not of a later year; else the oldest."""
    filed: dict[tuple[str, str], list[Benchmark]] = {}
    for one in known.ledger.held(Benchmark):
        filed.setdefault((one.figure, one.subject), []).append(one)
    for (figure, subject), held in sorted(filed.items()):
        yield _benchmark(known, figure, subject, _nearest(held, known.period.end.year))


def _nearest(held: Sequence[Benchmark], year: int) -> Benchmark:
    return min(held, key=lambda one: (one.year > year, abs(one.year - year), one.id))


def _benchmark(known: Known, figure: str, subject: str, mark: Benchmark) -> Estimate:
    library = known.inventory.library
    title = T("{subject} per {figure}", subject=subject_title(subject, library), figure=figure_title(figure))
    made = Estimate(SISTER_PLANTS, f"{figure}:{subject}", title, "", mark.unit, None, None,
                    tonnes=False, low=mark.low, high=mark.high)  # fmt: skip
    try:
        above, below = parts_of(mark.unit)
    except UserError as error:
        return replace(made, missing=error.message)
    measured = known.figure(figure, known.period, below)
    if measured.quantity is None:
        return replace(made, missing=of_figure(figure, known.period.end.year, measured))
    if not measured.quantity:
        return replace(made, missing=T("{figure} is zero.", figure=figure_title(figure)))
    amount = _amount(known.inventory, subject, above)
    if amount is None:
        return replace(made, missing=T("Nothing of it is recorded in {unit}.", unit=unit_title(above)))
    actual = EXACT.divide(amount, measured.quantity)
    how = T(
        "{amount} {above} ÷ {figure} {below}; {publisher}, {year}, plants: {plants}; {low} to {high}, median {median}",
        amount=short(amount),
        above=unit_title(above),
        figure=short(measured.quantity),
        below=unit_title(below),
        plants=mark.plants,
        publisher=verbatim(mark.publisher),
        year=str(mark.year),
        low=mark.low,
        high=mark.high,
        median=mark.median,
    )
    return replace(made, actual=actual, expected=mark.median, how=how)


def _amount(inventory: Inventory, subject: str, unit: str) -> Decimal | None:
    """Tonnes of the total or a scope, tonnes or quantity of an item, in the unit above the line."""
    mass = mass_of_emissions(unit)
    if subject == "total" or subject in inventory.totals.scopes:
        tonnes = inventory.totals.location if subject == "total" else inventory.totals.scopes[subject]
        return None if mass is None else EXACT.divide(tonnes, mass)
    lines = [line for line in inventory.lines if line.activity.item == subject]
    own = [line for line in lines if line.scope in OWN] or lines
    quantity = _quantity(own, unit, inventory) if lines else None
    if quantity is not None or mass is None or not lines:
        return quantity
    return EXACT.divide(exact_sum(line.tco2e for line in lines if line.scope in LOCATION), mass)


def _quantity(lines: Sequence[Line], unit: str, inventory: Inventory) -> Decimal | None:
    """What was used of an item; None where a record does not convert into the unit."""
    portions = {line.activity.id: line.portion for line in lines}
    found = [converted(one.quantity, one.activity.unit, unit, inventory.library.units) for one in portions.values()]
    known = [one for one in found if one is not None]
    return exact_sum(known) if len(known) == len(found) else None


# ---------------------------------------------------------------------- degree days


def _degree_days(known: Known, asked: Sequence[Expectation]) -> Iterator[Estimate]:
    """Sources that heat against heating degree days, those that cool against cooling, and what was asked for."""
    wanted = [f"{name}:{source}" for name, methods in ((HEATING, HEATED), (COOLING, COOLED))
              if any(one.name == name for one in known.figures)
              for source in known.now if _uses(known.inventory, source, methods)]  # fmt: skip
    wanted += [one.subject for one in asked if one.procedure == DEGREE_DAYS]
    for subject in dict.fromkeys(wanted):
        name, _, source = subject.partition(":")
        if name in (HEATING, COOLING):
            yield _weather(known, name, source, subject)


def _uses(inventory: Inventory, source: str, methods: frozenset[str]) -> bool:
    return any(line.activity.source == source and line.activity.method in methods for line in inventory.lines)


def _weather(known: Known, name: str, source: str, subject: str) -> Estimate:
    title = T("{subject} by {figure}", subject=titled(source), figure=figure_title(name))
    actual = known.now.get(source, Decimal(0)) if source else known.total
    made = Estimate(DEGREE_DAYS, subject, title, source, TONNES, actual, None)
    last = known.last
    if last is None or known.no_last_year is not None:
        return replace(made, missing=known.no_last_year)
    now, before = known.figure(name, known.period), known.figure(name, last.period)
    for measured, year in ((now, known.period.end.year), (before, last.year)):
        if measured.quantity is None:
            return replace(made, missing=of_figure(name, year, measured))
    assert now.quantity is not None and before.quantity is not None
    trend = _trend(known, name, source, last)
    if trend is not None:
        return _by_line(known, made, trend, last, now.quantity)
    then = last.sources.get(source, Decimal(0)) if source else last.total
    if not before.quantity:
        return replace(made, missing=T("{figure} was zero in {year}.", figure=figure_title(name), year=str(last.year)))
    expected = EXACT.multiply(EXACT.divide(then, before.quantity), now.quantity)
    how = T(
        "In proportion, no monthly data: {then} t CO₂e in {year} ÷ {before} K·d × {now} K·d",
        then=short(then),
        year=str(last.year),
        before=before.quantity,
        now=now.quantity,
    )
    return replace(made, expected=expected, how=how)


def _trend(known: Known, name: str, source: str, last: LastYear) -> Trend | None:
    """The line through the months of last year; None where months are not told apart."""
    tonnes = last.months.get(source)
    if tonnes is None or not entered_monthly(known.figures, name):
        return None
    days = monthly(known.figures, name, last.period, known.inventory.library.units)
    pairs = [(one.quantity, t) for one, t in zip(days, tonnes, strict=True) if one.quantity is not None]
    if len(pairs) < FEWEST_MONTHS:
        return None
    return line_through([x for x, _ in pairs], [y for _, y in pairs])


def _by_line(known: Known, made: Estimate, trend: Trend, last: LastYear, days: Decimal) -> Estimate:
    if trend.r2 < LEAST_R2 or trend.slope <= 0:
        return replace(
            made,
            missing=T("The months of {year} do not follow degree days (R² = {r2}).",
              year=str(last.year), r2=trend.r2.quantize(Decimal("0.01"), context=EXACT)),
        )  # fmt: skip
    months = len(months_of(known.period))
    how = T(
        "{months} months × {base} t + {slope} t per K·d × {days} K·d; least squares over {points} months of {year}, "
        "R² = {r2}",
        months=months,
        base=short(trend.base),
        slope=short(trend.slope),
        days=days,
        points=trend.points,
        year=str(last.year),
        r2=trend.r2.quantize(Decimal("0.01"), context=EXACT),
    )
    return replace(made, expected=trend.at(days, months), how=how)


# ---------------------------------------------------------------------- meters


def _balance(known: Known, counted: Mapping[str, Decimal]) -> Iterator[Estimate]:
    """What the records of a source say against what its meters counted."""
    library = known.inventory.library
    for one in balances_of(known.ledger, known.inventory, counted):
        item = library.items.get(one.item)
        name: Localised = verbatim(one.item) if item is None else item.name
        made = Estimate(
            ENERGY_BALANCE,
            f"{one.source}:{one.item}",
            T("{source} ({item})", source=verbatim(one.source), item=name),
            one.source,
            one.unit,
            one.recorded,
            one.metered,
            tonnes=False,
            usual=METERS_AGREE,
        )
        meters = [verbatim(meter) for meter in one.meters]
        if one.metered is None:
            yield replace(made, missing=T("Not every day of the period was counted by: {meters}.", meters=meters))
        else:
            yield replace(made, how=T("Sum of what these meters counted: {meters}", meters=meters))
