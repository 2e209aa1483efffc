"""What many years really avoid: modules degrade and the grid becomes cleaner."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from core.i18n import Localised, T, Text, show_number
from core.library import SHIPPED, Factor, Want, policy_named
from core.library.places import area_name
from core.solar.claims._case import CONSTANT_PLACES, Case, factor_shown, named, source_of
from core.solar.claims._numbers import (
    HUNDRED,
    ONE,
    THOUSAND,
    Span,
    fixed,
    less,
    mwh,
    over,
    readable,
    rounded,
    signed,
    times,
    total,
)
from core.solar.claims._published import EXPECTED_USE, per_mwh
from core.solar.claims._valid import first_days
from core.solar.claims.model import Quantity, Scenario, Sentences, Step, Verdict, sentences

POLICIES = ("ghg-protocol", "gbt-32150-2025")
"""Rules that choose the first factor of the years: the matching year of the smallest area, the newest national one."""
KILOTONNES_FROM = Decimal(10_000)
"""Claims from so many tonnes on are said in kilotonnes. [t]"""


def lasting(ratio: Decimal, years: Decimal) -> Decimal:
    """How many first years the years are worth when each is a fixed share of the one before.

    Parameters
    ----------
    ratio
        of a year to the year before. [1]
    years
        a part of a year counts as its part. [a]

    Returns
    -------
    Decimal
        [a]

    Notes
    -----
    S = 1 + r + r² + … + r^(N-1) + (years - N) r^N, with N whole years.

    Examples
    --------
    >>> lasting(Decimal(1), Decimal(25)), lasting(Decimal("0.5"), Decimal("2.5"))
    (Decimal('25'), Decimal('1.625'))
    """
    whole = int(years)
    powers = [ONE]
    for _ in range(whole):
        powers.append(times(powers[-1], ratio))
    return total((*powers[:whole], times(less(years, Decimal(whole)), powers[whole])))


def kept(percent: Decimal) -> Decimal:
    """What is left after a loss in percent. [1]"""
    return less(ONE, over(percent, HUNDRED))


@dataclass(frozen=True, slots=True)
class _Start:
    """A first factor and the tonnes of a first year before losses."""

    name: Localised
    factor: Decimal | None
    """[t/MWh]; None where the claim has tonnes alone."""
    tonnes: Decimal
    """[t/a]"""
    source: Factor | None = None


def forecast(case: Case) -> Step | None:
    """The tonnes of all years under the assumptions; None where the claim has no tonnes of which years could be made.

    Notes
    -----
    t = E EF (1 - LID) Σ ((1 - d)(1 - g))^(n-1) for n = 1 … years: E yearly energy of new modules, EF factor of the
    first year, LID first-year loss, d degradation, g decline of the grid factor. EF is the claim's own constant, and
    what the policies of :data:`POLICIES` choose for the first year; g its lowest and highest assumption. The range is
    the smallest and the largest of all of them.
    """
    claim = case.claim
    if claim.total_tonnes is None and (claim.yearly_tonnes is None or claim.yearly is None):
        return None
    title = T("Tonnes over the years")
    if claim.total_tonnes is not None and claim.years is None:
        return Step(
            "forecast",
            title,
            "unknown",
            T("The claim does not say in how many years {total} t are avoided.", total=claim.total_tonnes),
            T("In how many years?"),
        )
    years = claim.years or case.assumptions.years
    starts = _starts(case, years)
    scenarios = tuple(one for start in starts for one in _scenarios(case, start, years))
    low, high = (pick(one.tonnes for one in scenarios) for pick in (min, max))
    sources = tuple(source_of(start.source) for start in starts if start.source)
    if claim.total_tonnes is None:
        return _of_one_year(case, years, scenarios, (low, high))
    claimed = case.span(claim.total_tonnes)
    words = _Range(low, high, claimed.value)
    verdict = _verdict(claimed, low, high)
    return Step(
        "forecast",
        title,
        verdict,
        _said(case, years, starts, words),
        T("Do the years degrade, and which grid factor was assumed for the years to come?"),
        _brief(years, words, more=claimed.high < low) if verdict in ("contradicted", "doubtful") else None,
        _quantities(case, years, low, high),
        scenarios=scenarios,
        sources=sources,
    )


def _said(case: Case, years: Decimal, starts: Sequence[_Start], words: _Range) -> Sentences:
    """What the years avoid, and what of the claim does not go with it."""
    return sentences(
        _equal_years(case, years),
        _energy(case, years),
        T(
            "With the grid factor frozen or falling by up to {decline} % a year, starting from {starts}, these "
            "years avoid "
            "{low} to {high} {unit} instead of {claimed} {unit}.",
            decline=case.assumptions.decline_high,
            starts=[start.name for start in starts],
            **words.places,
        ),
        _needed(case, years),
        _observed(case),
    )


def _brief(years: Decimal, words: _Range, *, more: bool) -> Text:
    """For the summary; ``more``: than the claim says."""
    if more:
        return T(
            "Under the stated assumptions {years} years avoid {low} to {high} {unit}, more than the {claimed} "
            "{unit} of "
            "the claim.",
            years=years,
            **words.places,
        )
    return T(
        "Under the stated assumptions {years} years avoid {low} to {high} {unit} instead of {claimed} "
        "{unit}: modules "
        "degrade and the grid becomes cleaner.",
        years=years,
        **words.places,
    )


def _verdict(claimed: Span, low: Decimal, high: Decimal) -> Verdict:
    if claimed.low > high:
        return "contradicted"
    if claimed.value > high or claimed.high < low:
        return "doubtful"
    return "holds"


@dataclass(frozen=True, slots=True)
class _Range:
    """Tonnes from … to … for reading, beside those of the claim."""

    low: Decimal
    high: Decimal
    claimed: Decimal

    @property
    def places(self) -> dict[str, str]:
        """For a sentence."""
        if self.claimed >= KILOTONNES_FROM:
            low, high, claimed = (over(value, THOUSAND) for value in (self.low, self.high, self.claimed))
            whole = fixed(low, 0) != fixed(high, 0) and low >= 10
            shown = (fixed(low, 0), fixed(high, 0)) if whole else (readable(low), readable(high))
            return {"low": shown[0], "high": shown[1], "claimed": show_number(claimed), "unit": "kt"}
        digits = 2 if rounded(self.low, 2) != rounded(self.high, 2) else 3
        shown = (show_number(rounded(self.low, digits)), show_number(rounded(self.high, digits)))
        return {"low": shown[0], "high": shown[1], "claimed": show_number(self.claimed), "unit": "t"}


def _starts(case: Case, years: Decimal) -> list[_Start]:
    """The claim's own constant, and what the policies choose."""
    claim = case.claim
    constants = case.constants
    if constants and claim.yearly is not None:
        own = constants[0]
        energy = over(claim.yearly, THOUSAND)
        name = T("the claim's own {constant} t/MWh", constant=own.shown)
        starts = [_Start(name, own.span.value, times(energy, own.span.value))]
        return starts + [
            _Start(named(factor, value), value, times(energy, value), factor) for factor, value in _chosen(case)
        ]
    yearly = claim.yearly_tonnes or over(claim.total_tonnes or Decimal(0), years)
    return [_Start(T("the claim's own {tonnes} t a year", tonnes=readable(yearly)), None, yearly)]


def _chosen(case: Case) -> list[tuple[Factor, Decimal]]:
    """The grid averages that the policies choose for the first year, each once."""
    claim = case.claim
    if not claim.country:
        return []
    year = first_days(claim)[0].year if claim.since else claim.published.year
    regions = (*(area for area in (case.grid, claim.region) if area), claim.country, "World")
    found: dict[str, tuple[Factor, Decimal]] = {}
    for key in POLICIES:
        want = Want("electricity", (EXPECTED_USE,), year, regions, per="energy")
        choice = case.library.choose(want, policy_named(key))
        value = None if choice is None else per_mwh(case.library, choice.factor)
        if choice is not None and value is not None:
            found[choice.factor.key] = (choice.factor, value)
    return list(found.values())


def _scenarios(case: Case, start: _Start, years: Decimal) -> list[Scenario]:
    assumed = case.assumptions
    declines = sorted({assumed.decline_low, assumed.decline_high})
    found: list[Scenario] = []
    for decline in declines:
        ratio = times(kept(assumed.degradation), kept(decline))
        tonnes = times(start.tonnes, kept(assumed.first_year_loss), lasting(ratio, years))
        key = start.source.key if start.source else ""
        found.append(Scenario(start.name, start.factor or Decimal(0), decline, tonnes, key))
    return found


def _first_years(case: Case, years: Decimal, decline: Decimal) -> Decimal:
    """How many years of new modules under a frozen factor the years are worth. [a]"""
    assumed = case.assumptions
    return times(kept(assumed.first_year_loss), lasting(times(kept(assumed.degradation), kept(decline)), years))


def _equal_years(case: Case, years: Decimal) -> Localised | None:
    claim, constants = case.claim, case.constants
    if not constants or claim.yearly is None or claim.total_tonnes is None:
        return None
    if not case.span(claim.total_tonnes).holds(times(years, over(claim.yearly, THOUSAND), constants[0].span.value)):
        return None
    return T(
        "{total} t is {years} equal years of {yearly} MWh × {constant} t/MWh: nothing degrades and the grid factor is "
        "frozen.",
        total=claim.total_tonnes,
        years=years,
        yearly=mwh(claim.yearly),
        constant=constants[0].shown,
    )


def _energy(case: Case, years: Decimal) -> Localised:
    assumed, claim = case.assumptions, case.claim
    losses = {"degradation": assumed.degradation, "loss": assumed.first_year_loss, "years": years}
    if claim.yearly is None:
        return T(
            "The modules are assumed to lose {loss} % in the first year and {degradation} % in each further one, over "
            "{years} years.",
            **losses,
        )
    new = times(over(claim.yearly, THOUSAND), years)
    real = times(over(claim.yearly, THOUSAND), _first_years(case, years, Decimal(0)))
    return T(
        "With {loss} % loss in the first year and {degradation} % in each further one, {years} years give {real} MWh "
        "instead of {new} MWh; {yearly} MWh are taken as the year of new modules.",
        yearly=mwh(claim.yearly),
        real=fixed(real, 0),
        new=show_number(new),
        **losses,
    )


def _needed(case: Case, years: Decimal) -> Localised | None:
    """Which factors would make the claim true."""
    claim = case.claim
    if claim.total_tonnes is None or claim.yearly is None:
        return None
    frozen, falling = (_needed_factor(case, years, g) for g in (Decimal(0), case.assumptions.decline_high))
    return T(
        "To reach the claim the factor would have to stay at {frozen} t/MWh, or begin at {falling} t/MWh and fall by "
        "{decline} % a year.",
        frozen=fixed(frozen, CONSTANT_PLACES),
        falling=fixed(falling, CONSTANT_PLACES),
        decline=case.assumptions.decline_high,
    )


def _needed_factor(case: Case, years: Decimal, decline: Decimal) -> Decimal:
    claim = case.claim
    assert claim.total_tonnes is not None and claim.yearly is not None
    return over(claim.total_tonnes, times(over(claim.yearly, THOUSAND), _first_years(case, years, decline)))


def _observed(case: Case) -> Localised | None:
    """How fast the published national average really fell; None where one publisher has no two years."""
    country = case.claim.country
    by_publisher: dict[str, dict[int, Decimal]] = {}
    for factor in case.library.about("electricity", EXPECTED_USE):
        value = per_mwh(case.library, factor) if factor.region == country and factor.status in SHIPPED else None
        if value is not None and factor.data_year:
            by_publisher.setdefault(factor.set.publisher, {})[factor.data_year] = value
    series = max(by_publisher.values(), key=lambda held: max(held) - min(held), default={})
    if len(series) < 2:
        return None
    first, last = min(series), max(series)
    change = times(over(less(series[last], series[first]), series[first]), HUNDRED)
    yearly = over(change, Decimal(last - first))
    return T(
        "The published average of {country} went from {before} ({first}) to {after} ({last}) t/MWh, {rate} % a year.",
        country=area_name(country),
        before=factor_shown(series[first]),
        first=str(first),
        after=factor_shown(series[last]),
        last=str(last),
        rate=signed(yearly),
    )


def _quantities(case: Case, years: Decimal, low: Decimal, high: Decimal) -> tuple[Quantity, ...]:
    claim, assumed = case.claim, case.assumptions
    found: list[Quantity] = []
    if claim.total_tonnes is not None:
        shown = show_number(claim.total_tonnes)
        found.append(Quantity("claimed", T("Claimed"), "", claim.total_tonnes, "t", shown))
    worth = _first_years(case, years, Decimal(0))
    line = f"(1 − {show_number(assumed.first_year_loss)} %) × Σ (1 − {show_number(assumed.degradation)} %)ⁿ⁻¹"
    if claim.yearly is not None:
        energy = times(over(claim.yearly, THOUSAND), worth)
        formula = f"{mwh(claim.yearly)} MWh/a × {line}, n = 1 … {show_number(years)}"
        found.append(Quantity("energy_of_years", T("Energy of all years"), formula, energy, "MWh", fixed(energy, 0)))
    if claim.total_tonnes is not None and claim.yearly is not None:
        for key, name, decline in (
            ("needed_frozen", T("Factor the claim needs, frozen"), Decimal(0)),
            ("needed_falling", T("First factor the claim needs, falling"), assumed.decline_high),
        ):
            needed = _needed_factor(case, years, decline)
            formula = f"{show_number(claim.total_tonnes)} t ÷ ({mwh(claim.yearly)} MWh/a × {line})"
            if decline:
                formula = formula.replace(")ⁿ⁻¹", f")ⁿ⁻¹ (1 − {show_number(decline)} %)ⁿ⁻¹")
            found.append(Quantity(key, name, formula, needed, "t/MWh", fixed(needed, CONSTANT_PLACES)))
    for key, name, value in (("lowest", T("Lowest scenario"), low), ("highest", T("Highest scenario"), high)):
        found.append(Quantity(key, name, "", value, "t", fixed(value, 0)))
    return tuple(found)


def _of_one_year(case: Case, years: Decimal, scenarios: Sequence[Scenario], ends: tuple[Decimal, Decimal]) -> Step:
    """The claim speaks of one year: say what must not be made of it."""
    yearly = case.claim.yearly_tonnes or Decimal(0)
    words = _Range(*ends, times(yearly, years)).places
    said = sentences(
        T(
            "The claim speaks of one year of {yearly} t; it can hold only for a year with that grid factor.",
            yearly=yearly,
        ),
        T(
            "Multiplied by {years} years it would be {claimed} {unit}; under the stated assumptions those years avoid "
            "{low} to {high} {unit}.",
            years=years,
            **words,
        ),
        _observed(case),
    )
    return Step(
        "forecast",
        T("Tonnes over the years"),
        "unknown",
        said,
        T("For which year does the number hold, and is it repeated for later years?"),
        None,
        _quantities(case, years, *ends),
        scenarios=tuple(scenarios),
    )
