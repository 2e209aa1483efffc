"""Who has reported what: plants against years, and which of these reports is missing, late, a draft, held or signed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from core.group.ownership import APPROACHES, Ownership, known_as, works
from core.i18n import T, Text
from core.ledger import Deadline, Register, Site
from core.store import ACCEPTED, HELD, REJECTED, SUPERSEDED, Filed

NONE, MISSING, LATE, DRAFT, SIGNED, REOPENED = "none", "missing", "late", "draft", "signed", "superseded"
STATES: Mapping[str, Text] = {
    LATE: T("Late"),
    HELD: T("Held"),
    DRAFT: T("Draft"),
    MISSING: T("Missing"),
    SUPERSEDED: T("Superseded"),
    SIGNED: T("Signed"),
    NONE: T("Not expected"),
}
"""What a cell may be, what asks for an act first."""


@dataclass(frozen=True, slots=True)
class Slot:
    """One plant in one year."""

    year: int
    state: str
    """``none``: the plant did not work or was not the group's; ``missing``, and ``late`` after the deadline;
    ``draft``: a report that lacks a signature waits; ``held``: another one waits for a decision; ``signed``: one is
    accepted; ``superseded``: one is accepted that took the place of an earlier revision."""
    filed: tuple[Filed, ...] = ()
    """All that came for it, the one to look at first."""
    due: date | None = None
    """None: nobody said by when."""
    days_late: int = 0
    """Days since the deadline for what is late; for what is accepted, days by which it came after it. 0: in time."""

    @property
    def counts(self) -> Filed | None:
        """The accepted report."""
        return next((one for one in self.filed if one.state == ACCEPTED), None)


@dataclass(frozen=True, slots=True)
class Line:
    """One plant over the years."""

    key: str
    """Id in the register; name and country of a plant that is not there."""
    name: str
    country: str
    site: Site | None
    slots: tuple[Slot, ...]
    """In the order of the years asked for."""


def years_of(register: Register, filed: Iterable[Filed], *more: int) -> tuple[int, ...]:
    """Every year from the first to the last that has a report or a deadline, or is given."""
    known = {one.year for one in filed if one.year and one.state != REJECTED}
    known |= {int(one.id) for one in register.held(Deadline) if one.id.isdecimal()} | set(more)
    return tuple(range(min(known), max(known) + 1)) if known else ()


def matrix(register: Register, filed: Iterable[Filed], years: Collection[int], today: date) -> tuple[Line, ...]:
    """Plants against years.

    Parameters
    ----------
    register
        plants with the names they report under, stakes and deadlines.
    filed
        everything received, in any order.
    years
        the columns.
    today
        the day on which late is judged.

    Returns
    -------
    tuple of Line
        plants of the register by name, then those that only reported.

    Notes
    -----
    A report is expected in a year in which the plant worked and the group held a part of it on some day, by whichever
    approach. It is late from the day after the deadline on; a year without a deadline is only missing. Nobody
    waits for the report of a year that has not ended.
    """
    owned = Ownership.of(register)
    own: dict[str, list[Filed]] = {}
    strangers: dict[str, Filed] = {}
    for one in filed:
        site = owned.site_of(one)
        if site is None and not one.plant:
            continue
        key = site.id if site is not None else f"{known_as(one.plant)}/{one.country}"
        own.setdefault(key, []).append(one)
        if site is None and one.state != REJECTED:
            strangers.setdefault(key, one)
    dues = {int(one.id): one.due for one in register.held(Deadline) if one.id.isdecimal()}
    ordered = sorted(owned.sites.values(), key=lambda s: (s.name, s.id))
    lines = [
        Line(site.id, site.name, site.country, site,
             tuple(_slot(own.get(site.id, ()), year, dues.get(year), today, expected(owned, site, year, today))
                   for year in years))
        for site in ordered
    ]  # fmt: skip
    lines += [
        Line(key, one.plant, one.country, None,
             tuple(_slot(own[key], year, dues.get(year), today, due=False) for year in years))
        for key, one in sorted(strangers.items())
    ]  # fmt: skip
    return tuple(lines)


def expected(owned: Ownership, site: Site, year: int, today: date) -> bool:
    """Whether the group waits for a report of a plant: it worked in that year and was the group's on some day."""
    if year >= today.year or not works(site, date(year, 1, 1), date(year, 12, 31)):
        return False
    return any(any(owned.months(site.id, year, approach)) for approach in APPROACHES)


def _slot(filed: Iterable[Filed], year: int, deadline: date | None, today: date, due: bool) -> Slot:
    received = sorted((one for one in filed if one.year == year), key=_weight)
    counts = next((one for one in received if one.state == ACCEPTED), None)
    waits = next((one for one in received if one.state == HELD), None)
    if waits is not None:
        state = DRAFT if waits.missing else HELD
    elif counts is not None:
        replaced = any(one.state == SUPERSEDED and one.audit_id == counts.audit_id for one in received)
        state = REOPENED if replaced else SIGNED
    elif due:
        state = LATE if deadline is not None and today > deadline else MISSING
    else:
        state = NONE
    first = min((_day(one) for one in received if one.state in (ACCEPTED, SUPERSEDED)), default=None)
    came = first if first is not None else today if state in (LATE, DRAFT, HELD) else None
    late = max(0, (came - deadline).days) if came is not None and deadline is not None else 0
    return Slot(year, state, tuple(received), deadline, late)


_ORDER = {HELD: 0, ACCEPTED: 1, REJECTED: 3, SUPERSEDED: 2}


def _weight(one: Filed) -> tuple[int, int, str]:
    return _ORDER[one.state], -one.revision, one.sha256


def _day(one: Filed) -> date:
    return datetime.fromisoformat(one.received).date()


def counted(lines: Iterable[Line], year: int) -> dict[str, int]:
    """How many plants are in which state in a year, in the order of ``STATES``; states without a plant are left out."""
    found = [slot.state for line in lines for slot in line.slots if slot.year == year]
    return {state: found.count(state) for state in STATES if state in found}


def matrix_to_plain(lines: Iterable[Line], lang: str = "en") -> list[dict[str, object]]:
    """JSON-ready."""
    return [
        {
            "plant": line.name,
            "country": line.country,
            "site": line.site.id if line.site is not None else None,
            "years": [
                {
                    "year": slot.year,
                    "state": slot.state,
                    "words": STATES[slot.state].in_language(lang),
                    "due": slot.due.isoformat() if slot.due is not None else None,
                    "days_late": slot.days_late,
                    "sha256": slot.filed[0].sha256 if slot.filed else None,
                }
                for slot in line.slots
            ],
        }
        for line in lines
    ]
