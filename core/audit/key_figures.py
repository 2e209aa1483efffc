"""Key figures: what emissions are held against, such as production, revenue, people, area and degree days."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from core.audit.figure_units import unit_title
from core.audit.imported import released
from core.audit.table_rows import altered
from core.errors import UserError
from core.i18n import Localised, Name, T, Text, verbatim
from core.inventory import Period, months_of
from core.inventory.judging import Decision
from core.inventory.period import share, year_of
from core.ledger import KeyFigure, Ledger, Target
from core.library import EXACT, Units
from core.library.units import normal
from core.methods import exact_sum

HEATING, COOLING = "heating_degree_days", "cooling_degree_days"
INJURIES, DEATHS = "lost_time_injuries", "fatalities"
ACCIDENTS = (INJURIES, DEATHS)
"""What no emission is expected to follow."""
DEGREE_DAYS = "K·d"
"""Their unit."""
LONGEST_NAME, LONGEST_UNIT = 60, 30
"""Characters."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A name that the program knows."""

    title: Name
    unit: str
    """The usual one."""
    mean: bool = False
    """Whether it is a state, of which the mean over time is taken (people, area); else amounts, which add up."""
    also: tuple[str, ...] = ()
    """Other words for it."""


KNOWN: Mapping[str, Kind] = {
    "production": Kind(Name("Production", "产量"), "piece", also=("output", "生产量")),
    "revenue": Kind(Name("Revenue", "营业收入"), "CNY", also=("turnover", "sales", "产值", "销售收入")),
    "headcount": Kind(Name("Headcount", "员工人数"), "person", mean=True, also=("employees", "人数", "职工人数")),
    "floor_area": Kind(Name("Floor area", "建筑面积"), "m2", mean=True, also=("area", "面积")),
    HEATING: Kind(Name("Heating degree days", "采暖度日数"), DEGREE_DAYS, also=("HDD", "HDD18")),
    COOLING: Kind(Name("Cooling degree days", "空调度日数"), DEGREE_DAYS, also=("CDD", "CDD26")),
    "hours_worked": Kind(Name("Hours worked", "工作小时数"), "person_hour", also=("working hours", "工时", "总工时")),
    INJURIES: Kind(
        Name("Lost-time injuries", "损失工时事故"), "case", also=("LTI", "lost time accidents", "损工事故", "误工事故")
    ),
    DEATHS: Kind(Name("Fatalities", "死亡人数"), "case", also=("fatal accidents", "deaths", "工亡人数")),
}
"""By name. The plant's own names are amounts."""
_SPELLINGS = {
    normal(word): name for name, kind in KNOWN.items() for word in (name, kind.title.en, kind.title.zh, *kind.also)
}


@dataclass(frozen=True, slots=True)
class Measured:
    """A key figure over a period."""

    name: str
    unit: str
    quantity: Decimal | None
    """None: the data do not say."""
    missing: Text | None = None
    """What they lack."""
    records: tuple[str, ...] = ()
    """Ids of what it was taken from."""


def figure_title(name: str) -> Localised:
    """How people call a key figure; the plant's own names are what they are."""
    known = KNOWN.get(name)
    return verbatim(name) if known is None else known.title


def named(text: str) -> str:
    """The name that a word means: one of :data:`KNOWN` in either language, else the word itself.

    Examples
    --------
    >>> named("Floor area"), named("Doors painted ")
    ('floor_area', 'Doors painted')
    """
    return _SPELLINGS.get(normal(text), text.strip())


def names_of(figures: Iterable[KeyFigure]) -> tuple[str, ...]:
    """Every name in use: those that the program knows first, then the plant's own."""
    used = {one.name for one in figures}
    return (*(name for name in KNOWN if name in used), *sorted(used - KNOWN.keys()))


def over(figures: Iterable[KeyFigure], name: str, period: Period, units: Units, unit: str = "") -> Measured:
    """A key figure over a period: amounts added up, states averaged; records that cross its ends are cut by day.

    Parameters
    ----------
    figures
        of the plant.
    name
        of the figure.
    period
        that it is wanted for; every day of it must be covered once.
    units
        with which records in other units are converted.
    unit
        of the result; empty: that of the first record.

    Returns
    -------
    Measured
        without quantity where days are missing, covered twice, or units do not convert. [unit]

    Notes
    -----
    Amounts: Σ q × d / D with d days of the record in the period and D days of the record. States: Σ q × d / Σ d.
    """
    touching = sorted(
        (one for one in figures if one.name == name and one.start <= period.end and one.end >= period.start),
        key=lambda one: (one.start, one.end, one.id),
    )
    wanted = unit or (touching[0].unit if touching else KNOWN[name].unit if name in KNOWN else "")
    missing = _uncovered(touching, period)
    if missing is not None:
        return Measured(name, wanted, None, missing)
    parts: list[tuple[Decimal, int, int]] = []
    for one in touching:
        quantity = converted(one.quantity, one.unit, wanted, units)
        if quantity is None:
            words = T("{unit} does not convert into {other}.", unit=unit_title(one.unit), other=unit_title(wanted))
            return Measured(name, wanted, None, words)
        span = Period(one.start, one.end)
        inside = span.overlap(period)
        assert inside is not None
        parts.append((quantity, inside.days, span.days))
    kind = KNOWN.get(name)
    found = _mean(parts) if kind is not None and kind.mean else exact_sum(share(*part) for part in parts)
    return Measured(name, wanted, found, None, tuple(one.id for one in touching))


def of_targets(ledger: Ledger, units: Units, year: int) -> dict[str, dict[int, Decimal]]:
    """Key figures of intensity targets, from their earliest base year on.

    Parameters
    ----------
    ledger
        with targets and key figures.
    units
        with which records in other units are converted.
    year
        the last one that is wanted.

    Returns
    -------
    dict
        by name and year; years that the records do not cover day by day are left out. [unit of the first record]
    """
    targets, held = [one for one in ledger.held(Target) if one.intensity], ledger.held(KeyFigure)
    found: dict[str, dict[int, Decimal]] = {}
    for name in sorted({one.intensity for one in targets}):
        first = min(one.base_year for one in targets if one.intensity == name)
        measured = {one: over(held, name, year_of(one), units).quantity for one in range(max(first, 1), year + 1)}
        found[name] = {one: value for one, value in measured.items() if value is not None}
    return found


def _mean(parts: Sequence[tuple[Decimal, int, int]]) -> Decimal:
    weighed = exact_sum(EXACT.multiply(quantity, Decimal(days)) for quantity, days, _ in parts)
    return EXACT.divide(weighed, Decimal(sum(days for _, days, _ in parts)))


def _uncovered(touching: Sequence[KeyFigure], period: Period) -> Text | None:
    """Why the records do not cover every day of a period once; None when they do."""
    if not touching:
        return T("Nothing is entered from {start} to {end}.", start=period.start, end=period.end)
    for one, other in pairwise(touching):
        if other.start <= one.end:
            return T("Two entries cover {day}.", day=other.start)
        if (other.start - one.end).days > 1:
            return T("Nothing is entered between {start} and {end}.", start=one.end, end=other.start)
    if touching[0].start > period.start or touching[-1].end < period.end:
        return T(
            "Entries reach from {start} to {end} only.",
            start=max(touching[0].start, period.start),
            end=min(touching[-1].end, period.end),
        )
    return None


def converted(quantity: Decimal, source: str, target: str, units: Units) -> Decimal | None:
    """A quantity in another unit; units that the program does not know are themselves only. None: it does not convert.

    Examples
    --------
    >>> from core.library import load_library
    >>> units = load_library().units
    >>> converted(Decimal(2), "t", "kg", units), converted(Decimal(2), "doors", "Doors", units)
    (Decimal('2000'), Decimal('2'))
    >>> converted(Decimal(2), "t", "piece", units)
    """
    if normal(source) == normal(target):
        return quantity
    one, other = units.find(source), units.find(target)
    if one is None or other is None or one.dimension != other.dimension:
        return None
    return units.convert(quantity, source, target)


def monthly(
    figures: Iterable[KeyFigure], name: str, period: Period, units: Units, unit: str = ""
) -> tuple[Measured, ...]:
    """The figure of each calendar month of a period; months that nothing covers have no quantity."""
    held = tuple(figures)
    return tuple(over(held, name, month, units, unit) for month in months_of(period))


def entered_monthly(figures: Iterable[KeyFigure], name: str) -> bool:
    """Whether the entries of a figure are monthly or shorter, so that months can be told apart."""
    return all((one.end - one.start).days <= 31 for one in figures if one.name == name)


# ---------------------------------------------------------------------- acts


def changing(ledger: Ledger, units: Units, kept: Sequence[KeyFigure] = (), removed: Sequence[str] = ()) -> Decision:
    """Add, alter and remove key figures as one change.

    Parameters
    ----------
    ledger
        the plant now.
    units
        that are known.
    kept
        as they shall be, with their ids; what has a new id is added.
    removed
        ids of those that go.

    Raises
    ------
    UserError
        for an entry that cannot be, two of one name that cover the same day, units of one name that do not convert into
        each other, or an id that does not exist.
    """
    after, steps = altered(ledger, ledger.held(KeyFigure), kept, removed, _unknown)
    for one in kept:
        _check(one)
    _check_together(after.values(), {one.name for one in kept}, units)
    return Decision(_why(ledger, kept, removed), (*steps, *released(ledger, steps)))


def _unknown(key: str) -> UserError:
    return UserError(T("There is no key figure {id}.", id=key), T("Look at the list again."))


def _why(ledger: Ledger, kept: Sequence[KeyFigure], removed: Sequence[str]) -> Text:
    if len(kept) == 1 and not removed:
        name = figure_title(kept[0].name)
        if ledger.get("key_figure", kept[0].id) is None:
            return T("Key figure “{name}” added", name=name)
        return T("Key figure “{name}” altered", name=name)
    if not kept:
        return T("Key figures removed: {count}", count=len(removed))
    return T("Key figures changed: {count}", count=len(kept) + len(removed))


def _check(one: KeyFigure) -> None:
    if not one.name.strip() or len(one.name) > LONGEST_NAME or ":" in one.name or not one.name.isprintable():
        raise UserError(
            T("“{name}” cannot be the name of a key figure.", name=verbatim(one.name[:LONGEST_NAME])),
            T("Write a word or two without colon, up to {most} characters.", most=LONGEST_NAME),
        )
    if not one.unit.strip() or len(one.unit) > LONGEST_UNIT or not one.unit.isprintable():
        raise UserError(T("The key figure needs a unit."), T("Write it as on the document, e.g. piece, t or CNY."))
    if one.end < one.start:
        raise UserError(
            T("The end, {end}, lies before the start, {start}.", end=one.end, start=one.start),
            T("Correct one of the two."),
        )
    if one.quantity < 0:
        raise UserError(T("A key figure is not negative."), T("Correct the quantity."))


def _check_together(after: Iterable[KeyFigure], touched: set[str], units: Units) -> None:
    filed: dict[str, list[KeyFigure]] = {}
    for one in after:
        filed.setdefault(one.name, []).append(one)
    for name in sorted(touched):
        own = sorted(filed[name], key=lambda one: (one.start, one.end))
        for one, other in pairwise(own):
            if other.start <= one.end:
                raise UserError(
                    T("“{name}”: two entries cover {day}.", name=figure_title(name), day=other.start),
                    T("Correct the days; figures of different products or halls need names of their own."),
                )
        for one in own:
            if converted(one.quantity, one.unit, own[0].unit, units) is None:
                raise UserError(
                    T(
                        "“{name}”: {unit} does not convert into {other}.",
                        name=figure_title(name),
                        unit=unit_title(one.unit),
                        other=unit_title(own[0].unit),
                    ),
                    T("Use one unit, or another name."),
                )
