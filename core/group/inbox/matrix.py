"""Plants by years: which reports are there, which are late, and which wait for somebody."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from core.errors import UserError
from core.group.register.ownership import EQUITY, Ownership, known_as
from core.ledger import Deadline, Register, Site
from core.store import ACCEPTED, HELD, REJECTED, SUPERSEDED, Filed

NOT_EXPECTED = "not_expected"
"""The plant did not work in that year, or the year is not over."""
MISSING = "missing"
"""No report, and none is late yet."""
LATE = "late"
"""No report, and its day is over."""
REFUSED = "rejected"
"""Only files that were rejected."""
DRAFT = "draft"
"""A signature that the report needs is missing."""
WAITING = "held"
"""Held for a decision."""
SIGNED = "signed"
"""Accepted."""
REPLACED = "superseded"
"""Only reports that later ones replaced, of which none counts for this plant and year."""
STATES = (NOT_EXPECTED, MISSING, LATE, REFUSED, DRAFT, WAITING, SIGNED, REPLACED)


@dataclass(frozen=True, slots=True)
class Cell:
    """One plant and year."""

    state: str
    """One of ``STATES``."""
    due: date | None = None
    """By when the report was to come."""
    arrived_late: bool = False
    """The report that stands here came after that day."""
    filed: tuple[Filed, ...] = ()
    """What came in: first what decides the state, then what else waits, then earlier versions."""

    @property
    def superseded(self) -> int:
        """How many earlier versions there are."""
        return sum(one.state == SUPERSEDED for one in self.filed)


@dataclass(frozen=True, slots=True)
class Row:
    """One plant."""

    name: str
    country: str
    site: Site | None
    """None: the register does not know it."""
    cells: Mapping[int, Cell]
    """By year."""


@dataclass(frozen=True, slots=True)
class Matrix:
    """Every plant and every year."""

    years: tuple[int, ...]
    rows: tuple[Row, ...]

    def count(self, year: int) -> dict[str, int]:
        """How many plants are in each state in a year, of those that occur."""
        states = [row.cells[year].state for row in self.rows]
        return {state: states.count(state) for state in STATES if state in states}


def matrix(register: Register, filed: Iterable[Filed], today: date, years: Iterable[int] | None = None) -> Matrix:
    """Where the reports of all plants stand.

    Parameters
    ----------
    register
        plants with the days on which they opened and closed, deadlines by year.
    filed
        everything received.
    today
        of the reader.
    years
        None: all that have a deadline or a report.
    """
    owned = Ownership.of(register)
    dues = {int(one.id): one.due for one in register.held(Deadline)}
    places: dict[str, tuple[str, str, Site | None]] = {s.id: (s.name, s.country, s) for s in owned.sites.values()}
    found: dict[tuple[str, int], list[Filed]] = {}
    for one in filed:
        if not one.plant:  # so broken that it does not even say whose it is
            continue
        site = owned.site_of(one)
        key = site.id if site else f"?{one.country.strip().upper()} {known_as(one.plant)}"
        places.setdefault(key, (one.plant, one.country, None))
        found.setdefault((key, one.year), []).append(one)
    shown = sorted({*dues, *(year for _, year in found)} if years is None else {*years})
    rows = [
        Row(
            name,
            country,
            site,
            {y: _cell(_owing(owned, site, y), y, dues.get(y), found.get((key, y), []), today) for y in shown},
        )
        for key, (name, country, site) in places.items()
    ]
    return Matrix(tuple(shown), tuple(sorted(rows, key=lambda r: (r.site is None, r.country, r.name))))


_WEIGHT = {ACCEPTED: 0, HELD: 1, SUPERSEDED: 2, REJECTED: 3}


def _owing(owned: Ownership, site: Site | None, year: int) -> Site | None:
    """The plant, unless it was wholly somebody else's in that year: what was sold owes nothing any more."""
    if site is None or site.id not in owned.stakes:
        return site
    try:
        return site if any(owned.months(site.id, year, EQUITY)) else None
    except UserError:  # stakes that contradict each other are told where they are entered
        return site


def _cell(site: Site | None, year: int, due: date | None, came: list[Filed], today: date) -> Cell:
    ordered = tuple(sorted(came, key=lambda f: (_WEIGHT[f.state], -f.revision, f.received, f.sha256)))
    if not ordered or ordered[0].state == REJECTED:
        return Cell(_without(site, year, due, today, refused=bool(ordered)), due, False, ordered)
    first = ordered[0]
    late = due is not None and date.fromisoformat(_first_received(ordered)[:10]) > due
    if first.state == ACCEPTED:
        return Cell(SIGNED, due, late, ordered)
    if first.state == HELD:
        return Cell(DRAFT if first.missing else WAITING, due, late, ordered)
    return Cell(REPLACED, due, late, ordered)


def _first_received(filed: tuple[Filed, ...]) -> str:
    """When the first version came: a correction that comes later does not make a plant late."""
    return min(one.received for one in filed if one.state != REJECTED)


def _without(site: Site | None, year: int, due: date | None, today: date, *, refused: bool) -> str:
    if due is not None and today > due and _worked(site, year):
        return LATE
    if refused:
        return REFUSED
    over = today.year > year
    return MISSING if _worked(site, year) and (over or due is not None) else NOT_EXPECTED


def _worked(site: Site | None, year: int) -> bool:
    """Whether a plant worked on any day of a year; one that the register does not know owes nothing."""
    if site is None:
        return False
    return (not site.opened or int(site.opened[:4]) <= year) and (not site.closed or int(site.closed[:4]) >= year)
