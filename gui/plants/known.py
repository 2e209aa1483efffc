"""What is known of a new record of the register before anybody types: the year looked at, who holds whom."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from core.audit.key_figures import figure_title
from core.group.register.choices import GROUP_ID
from core.ledger import Company, Deadline, Register, Site, SiteFigure, Stake
from gui.language import say

if TYPE_CHECKING:
    from gui.office.office import Office


def known_of(office: Office, kind: str) -> Mapping[str, object]:
    """Values by field; nothing where nothing is known."""
    register = office.register
    if kind == "deadline":
        return next_deadline(register, office.year)
    if kind == "site_figure":
        return next_figure(register, office.year)
    return next_stake(register) if kind == "stake" else {}


def next_deadline(register: Register, year: int) -> Mapping[str, object]:
    """The year looked at, or the first later one that has no day yet; the day as in the year before."""
    held = {int(one.id): one.due for one in register.held(Deadline) if one.id.isdecimal()}
    while year in held:
        year += 1
    before = held.get(year - 1)
    return {"id": year} if before is None else {"id": year, "due": in_next_year(before)}


def in_next_year(day: date) -> date:
    """The same day a year later, the last of February where there is none.

    >>> in_next_year(date(2024, 2, 29))
    datetime.date(2025, 2, 28)
    """
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)


def next_figure(register: Register, year: int) -> Mapping[str, object]:
    """The same figure as entered last, of the first plant that has none of it yet."""
    held = register.held(SiteFigure)
    if not held:
        return {"year": year}
    last = max(held, key=lambda one: one.id)
    there = {one.site for one in held if (one.name, one.year) == (last.name, year)}
    name = say(figure_title(last.name))
    known: dict[str, object] = {"name": name, "unit": last.unit, "year": year, "source": last.source}
    without = next((site.id for site in register.held(Site) if site.id not in there), None)
    return known if without is None else {"site": without, **known}


def next_stake(register: Register) -> Mapping[str, object]:
    """The first company or plant that nobody holds; held by the group where there is no company."""
    held = {one.held for one in register.held(Stake)}
    every = [*(one.id for one in register.held(Company)), *(one.id for one in register.held(Site))]
    free = [key for key in every if key not in held]
    holder = {} if register.held(Company) else {"holder": GROUP_ID}
    return {**holder, "held": free[0]} if free else holder
