"""Whether totals and yearly numbers of one claim agree with each other."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from core.i18n import Localised, Name, T, show_month, show_number
from core.solar.claims._case import Case
from core.solar.claims._numbers import (
    THOUSAND,
    Span,
    after_years,
    fixed,
    mwh,
    over,
    readable,
    times,
    years_between,
)
from core.solar.claims._valid import first_days, last_day
from core.solar.claims.model import Quantity, Step, Verdict, sentences


def generation(case: Case) -> Step | None:
    """The total since a day against years × average; None where no total is claimed.

    Notes
    -----
    n = total / yearly. The time that passed is known as exactly as the two days: of a year alone its first and its last
    day are possible, and where the day of the reading is not said, it was that of publication at the latest. A year has
    365.25 days.
    """
    claim = case.claim
    if claim.total is None or (claim.yearly is None and not claim.since):
        return None
    title = T("Total and average")
    question = T("On which day was the meter put in and on which was it read, and what did it show?")
    if claim.yearly is None:
        passed = _time(case)
        said = sentences(_passed(case, passed), _average(case, passed))
        return Step("totals", title, "unknown", said, question, None, (passed,))
    fits = case.span(claim.total).over(case.span(claim.yearly))
    formula = f"{mwh(claim.total)} MWh ÷ {mwh(claim.yearly)} MWh/a"
    name = T("Years of the average")
    counted = Quantity("years_of_average", name, formula, fits.value, "a", readable(fits.value), fits.low, fits.high)
    first = T(
        "{total} MWh is {years} years of {yearly} MWh.",
        total=mwh(claim.total),
        years=counted.shown,
        yearly=mwh(claim.yearly),
    )
    if not claim.since:
        said = sentences(first, T("The claim does not say since when it counts."))
        return Step("totals", title, "unknown", said, question, None, (counted,))
    passed = _time(case)
    more, verdict = _against_time(case, fits, passed)
    brief = first if verdict in ("doubtful", "contradicted") else None
    return Step("totals", title, verdict, sentences(first, *more), question, brief, (counted, passed))


def _time(case: Case) -> Quantity:
    """How long it was from the first to the last day, as far as they are said. [a]"""
    (earliest, latest), until = first_days(case.claim), last_day(case.claim)
    longest, shortest = years_between(earliest, until), years_between(min(latest, until), until)
    formula = f"{case.claim.since} – {until.isoformat()}"
    shown = _between(shortest, longest, 1)
    return Quantity("years_passed", T("Time that passed"), formula, longest, "a", shown, shortest, longest)


def _between(low: Decimal, high: Decimal, places: int) -> str:
    """Two numbers, or one where they are read as the same."""
    ends = dict.fromkeys((fixed(low, places), fixed(high, places)))
    return "–".join(ends)


def _against_time(case: Case, fits: Span, passed: Quantity) -> tuple[list[Localised], Verdict]:
    """The years of the average beside the years that passed."""
    claim = case.claim
    shortest, longest = passed.low or passed.value, passed.value
    said: list[Localised] = [_passed(case, passed)]
    if fits.meets(shortest, longest):
        return [*said, T("The two agree.")], "holds"
    if fits.low > longest:
        return [*said, T("That is more than there was time for.")], "contradicted"
    said.append(_average(case, passed))
    if claim.until:
        return said, "contradicted"
    earliest, latest = first_days(claim)
    window = T(
        "It agrees with {yearly} MWh a year, within rounding, only if the meter was read between {begin} and {end}.",
        yearly="–" if claim.yearly is None else mwh(claim.yearly),
        begin=after_years(earliest, fits.low),
        end=min(after_years(latest, fits.high), last_day(claim)),
    )
    return [*said, window], "doubtful"


def _average(case: Case, passed: Quantity) -> Localised:
    """What the total would be a year over the time that passed."""
    energy = over(case.claim.total or Decimal(0), THOUSAND)
    average = _between(over(energy, passed.value), over(energy, passed.low or passed.value), 0)
    return T("Over that time it would be an average of {average} MWh a year.", average=average)


def _since(case: Case) -> Localised | date:
    """The day, month or year from which the claim counts."""
    first, last = first_days(case.claim)
    if first == last:
        return first
    if first.month == last.month:
        return Name(show_month(first, "en"), show_month(first, "zh"))
    return Name(str(first.year), f"{first.year}年")


def _passed(case: Case, passed: Quantity) -> Localised:
    claim, until = case.claim, last_day(case.claim)
    if claim.until:
        return T("From {since} to {until} it was {years} years.", since=_since(case), until=until, years=passed.shown)
    return T(
        "From {since} to the publication on {until} it was {years} years; the claim does not say when the meter was "
        "read.",
        since=_since(case),
        until=until,
        years=passed.shown,
    )


def tonnes(case: Case) -> Step | None:
    """The tonnes of all years against years × yearly tonnes; None unless all three are claimed."""
    claim = case.claim
    if claim.total_tonnes is None or claim.yearly_tonnes is None or claim.years is None:
        return None
    equal = case.span(claim.yearly_tonnes).times(claim.years)
    span = case.span(claim.total_tonnes)
    product = times(claim.years, claim.yearly_tonnes)
    formula = f"{show_number(claim.years)} a × {show_number(claim.yearly_tonnes)} t/a"
    quantity = Quantity(
        "equal_years", T("Equal years"), formula, product, "t", show_number(product), equal.low, equal.high
    )
    places = {"years": claim.years, "yearly": claim.yearly_tonnes, "total": claim.total_tonnes}
    verdict: Verdict = "holds"
    if span.meets(equal.low, equal.high):
        said = T("{years} × {yearly} t is the {total} t of the claim: every year counts the same.", **places)
    elif span.low > equal.high:
        verdict = "contradicted"
        said = T(
            "{years} × {yearly} t is {product} t, less than the {total} t of the claim.", product=product, **places
        )
    else:
        said = T(
            "{years} × {yearly} t is {product} t; the claim has {total} t, so it lets the years become smaller.",
            product=product,
            **places,
        )
    return Step(
        "tonnes",
        T("Tonnes of all years"),
        verdict,
        said,
        T("How was the total calculated from the years?"),
        said if verdict == "contradicted" else None,
        (quantity,),
    )
