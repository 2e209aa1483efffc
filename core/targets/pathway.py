"""The way from the base year to a target: a straight line on the emissions of the base year, never a compound rate."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from core.errors import UserError
from core.i18n import T
from core.ledger import Target
from core.library import EXACT
from core.methods import KG
from core.targets.rulesets import SCOPE_12, RuleSet

HUNDRED = 100


def decimal_of(value: Fraction) -> Decimal:
    """A fraction in 34 digits, exact where a decimal can say it.

    >>> decimal_of(Fraction(1, 3)), decimal_of(Fraction(1, 4))
    (Decimal('0.3333333333333333333333333333333333'), Decimal('0.25'))
    """
    return EXACT.divide(Decimal(value.numerator), Decimal(value.denominator))


def part_of(percent: Decimal) -> Fraction:
    """A percentage as a fraction of one.

    >>> part_of(Decimal("4.2"))
    Fraction(21, 500)
    """
    return Fraction(percent) / HUNDRED


@dataclass(frozen=True, slots=True, order=True)
class Point:
    """One year of a pathway."""

    year: int
    exact: Fraction
    """[t CO2e, or t CO2e per unit of a key figure]"""

    @property
    def tonnes(self) -> Decimal:
        """To nine decimals, as tonnes are kept."""
        return EXACT.quantize(decimal_of(self.exact), KG)


def lar(reduction: Fraction | Decimal, base_year: int, target_year: int) -> Fraction | None:
    """Linear annual reduction of a target.

    Parameters
    ----------
    reduction
        of the base year, as a part of one. [1]
    base_year, target_year
        calendar years.

    Returns
    -------
    Fraction or None
        None where the target year does not lie after the base year. [1/a]

    Notes
    -----
    LAR = r / (t - b). SBTi finance tool, ``temperature_score.py``, ``get_target_mapping`` and its test data.

    Examples
    --------
    >>> round(float(lar(Decimal("0.416"), 2009, 2020)), 12)
    0.037818181818
    >>> lar(Decimal("0.5"), 2030, 2030) is None
    True
    """
    span = target_year - base_year
    return Fraction(reduction) / span if span > 0 else None


def linear(base: Fraction | Decimal, rate: Fraction | Decimal, base_year: int, year: int) -> Fraction:
    """Emissions of a year on a straight line down from the base year.

    Parameters
    ----------
    base
        emissions of the base year. [t CO2e]
    rate
        linear annual reduction, as a part of the base year. [1/a]
    base_year, year
        calendar years.

    Returns
    -------
    Fraction
        never below zero. [t CO2e]

    Raises
    ------
    UserError
        for a year before the base year.

    Notes
    -----
    E(t) = max(0, E_b × (1 - r × (t - b))). SBTi Corporate Net-Zero Standard V1.3, annex B, absolute contraction. The
    rate is of the base year: after ten years at 4.2 % there remain 58.0 %, not the 65.1 % of (1 - r)^n.

    Examples
    --------
    >>> linear(Decimal(1000), Decimal("0.042"), 2020, 2030)
    Fraction(580, 1)
    """
    if year < base_year:
        raise UserError(
            T("The pathway begins with the base year {base}; {year} lies before it.", base=base_year, year=year),
            T("Choose a later year."),
        )
    return max(Fraction(0), Fraction(base) * (1 - Fraction(rate) * (year - base_year)))


def minimum_reduction(ruleset: RuleSet, scope: str, base_year: int, target_year: int) -> Decimal | None:
    """The least reduction that a rule set asks of a near-term target by absolute contraction.

    Parameters
    ----------
    ruleset
        with a rate for the scope, see :class:`~core.targets.rulesets.RuleSet`.
    scope
        ``scope12`` or ``scope3``.
    base_year, target_year
        calendar years.

    Returns
    -------
    Decimal or None
        as a part of the base year, at most one; None where the rule set knows no rate. [1]

    Raises
    ------
    UserError
        where the target year does not lie after the base year.

    Notes
    -----
    R = LAR × (t - b), and for base years after 2020 R = LAR × (t - 2020): who begins later has less time for as much.
    SBTi Corporate Net-Zero Standard V1.3, annex B, as quoted by greentryst.com, course SBTi, lesson 3.2.

    Examples
    --------
    >>> from core.targets.rulesets import ruleset_named
    >>> minimum_reduction(ruleset_named("sbti_nz_1_3"), "scope12", 2022, 2030)
    Decimal('0.42')
    """
    _ahead(base_year, target_year)
    rate = ruleset.number("rate_scope12" if scope == SCOPE_12 else "rate_scope3")
    if rate is None:
        return None
    since = ruleset.year("counted_from")
    first = base_year if since is None else min(base_year, since)
    return decimal_of(min(Fraction(1), part_of(rate) * (target_year - first)))


def pathway(target: Target, base: Fraction | Decimal) -> tuple[Point, ...]:
    """Each year of a target's straight line, base year and target year included.

    Parameters
    ----------
    target
        absolute or of intensity, not a share of electricity.
    base
        emissions of the base year; of an intensity target divided by its key figure. [t CO2e, or per unit]

    Returns
    -------
    tuple of Point
        exact at both ends: E_b, and E_b × (1 - R). [t CO2e, or per unit]

    Raises
    ------
    UserError
        for a share of electricity, a reduction outside of 0 to 100 %, or a year that does not lie after the base year.

    Notes
    -----
    E(t) = E_b × (1 - R × (t - b) / (T - b)). What remains in the year of a net-zero target is its residual, see
    :func:`residual`. SBTi Corporate Net-Zero Standard V1.3, annex B.

    Examples
    --------
    >>> half = Target("t1", "Half", "own", ("scope1",), 2020, 2022, Decimal(50))
    >>> [(one.year, float(one.tonnes)) for one in pathway(half, Decimal(100))]
    [(2020, 100.0), (2021, 75.0), (2022, 50.0)]
    """
    check(target)
    rate = part_of(target.reduction) / (target.year - target.base_year)
    return tuple(
        Point(year, linear(base, rate, target.base_year, year)) for year in range(target.base_year, target.year + 1)
    )


def check(target: Target) -> None:
    """Whether a target has a pathway.

    Raises
    ------
    UserError
        see :func:`pathway`.
    """
    if target.kind == "renewable":
        raise UserError(
            T("“{name}” is a share of electricity: it has no pathway in tonnes.", name=target.name),
            T("Look at it on the page of renewable electricity."),
        )
    _ahead(target.base_year, target.year)
    if not 0 <= target.reduction <= HUNDRED:
        raise UserError(
            T("A reduction of {percent} % is not possible.", percent=target.reduction),
            T("Enter a percentage from 0 to 100, of the base year."),
        )


def residual(target: Target, base: Fraction | Decimal) -> Fraction:
    """What a target leaves of the base year in its year: at net zero to be taken out of the air for ever.

    Examples
    --------
    >>> residual(Target("t1", "Net zero", "net_zero", ("scope1",), 2020, 2050, Decimal(90)), Decimal(1000))
    Fraction(100, 1)
    """
    return pathway(target, base)[-1].exact


def absolute(points: Iterable[Point], figures: Mapping[int, Decimal]) -> tuple[Point, ...]:
    """A pathway of intensity in tonnes: each year times its key figure; years without one are left out.

    Parameters
    ----------
    points
        of an intensity target. [t CO2e per unit]
    figures
        key figure by year. [unit]

    Examples
    --------
    >>> absolute((Point(2020, Fraction(2)), Point(2021, Fraction(1))), {2020: Decimal(50)})
    (Point(year=2020, exact=Fraction(100, 1)),)
    """
    return tuple(Point(one.year, one.exact * Fraction(figures[one.year])) for one in points if one.year in figures)


def chained(targets: Iterable[Target], base: Fraction | Decimal) -> tuple[Point, ...]:
    """One pathway through several targets of the same parts and base year: straight from one to the next.

    Parameters
    ----------
    targets
        near-term, long-term and net-zero; of those of one year the deepest counts.
    base
        emissions of the base year. [t CO2e]

    Raises
    ------
    UserError
        where they have different base years, or one has no pathway.

    Notes
    -----
    Between two knots (y₀, e₀) and (y₁, e₁): E(t) = e₀ + (e₁ - e₀) × (t - y₀) / (y₁ - y₀). That targets are joined by
    straight lines is ours: a rule set asks only for each of them.

    Examples
    --------
    >>> near = Target("t1", "Near", "near_term", ("scope1",), 2020, 2022, Decimal(40))
    >>> far = Target("t2", "Far", "long_term", ("scope1",), 2020, 2024, Decimal(90))
    >>> [int(one.exact) for one in chained((far, near), Decimal(100))]
    [100, 80, 60, 35, 10]
    """
    held = sorted(targets, key=lambda one: (one.year, one.reduction))
    for one in held:
        check(one)
    if len({one.base_year for one in held}) != 1:
        raise UserError(
            T("The targets have different base years, or there is none."), T("Choose targets of one base year.")
        )
    start = held[0].base_year
    knots = {start: Fraction(base)} | {one.year: Fraction(base) * (1 - part_of(one.reduction)) for one in held}
    points = [Point(start, knots[start])]
    for (first, above), (last, below) in pairwise(knots.items()):
        step = (below - above) / (last - first)
        points += [Point(year, above + step * (year - first)) for year in range(first + 1, last + 1)]
    return tuple(points)


def at(points: Iterable[Point], year: int) -> Fraction | None:
    """What a pathway allows in a year: after its end what it allows at the end, before its beginning nothing is said.

    Examples
    --------
    >>> way = (Point(2020, Fraction(9)), Point(2021, Fraction(5)))
    >>> at(way, 2021), at(way, 2030), at(way, 2019)
    (Fraction(5, 1), Fraction(5, 1), None)
    """
    held = sorted(points)
    if not held or year < held[0].year:
        return None
    return max((one for one in held if one.year <= year), key=lambda one: one.year).exact


def _ahead(base_year: int, target_year: int) -> None:
    if target_year <= base_year:
        raise UserError(
            T("The target year {year} does not lie after the base year {base}.", year=target_year, base=base_year),
            T("Correct one of the two."),
        )
