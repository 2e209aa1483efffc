"""What a record of the register must keep to among the others: names, dates, shares, and what it names."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NoReturn

from core.entering.naming import spelled
from core.errors import UserError
from core.group.register.choices import APPROACHES, FINANCIAL, GROUP_ID, TRANSFERRED
from core.i18n import Localised, T, Text, verbatim
from core.ledger import Company, Deadline, Group, Register, Site, SiteFigure, Stake, Transfer
from core.library.places import countries

EARLIEST, LATEST = 1990, 2100
"""Years that a register may speak of; the Kyoto Protocol counts from the first."""
WHOLE = Decimal(100)
LONGEST = 300
"""Characters of a name."""


@dataclass(frozen=True, slots=True)
class Span:
    """Some days; an open end holds every day on its side."""

    start: date
    end: date

    def meets(self, other: Span) -> bool:
        """Whether they have a day in common."""
        return self.start <= other.end and other.start <= self.end


def span_of(start: str, end: str) -> Span:
    """The days between two ISO dates, either of which may be empty."""
    return Span(date.fromisoformat(start) if start else date.min, date.fromisoformat(end) if end else date.max)


def called(register: Register, key: str) -> Localised:
    """Name of the group, a company or a plant by its id; the id where nobody has it."""
    if key == GROUP_ID:
        return verbatim(register.group.name) if register.group.name else T("Group")
    found = register.get("company", key) or register.get("site", key)
    return verbatim(found.name if isinstance(found, Company | Site) else key)


def _refuse(what: Text, remedy: Text) -> NoReturn:
    raise UserError(what, remedy)


def check_group(_register: Register, one: Group) -> None:
    _named(one.name, T("The group has no name."))
    if one.approach not in APPROACHES:
        _refuse(T("“{word}” is no consolidation approach.", word=one.approach),
                T("Choose one of: {choices}.", choices=list(APPROACHES)))  # fmt: skip
    if one.base_year:
        _year(one.base_year)
    if not 0 < one.threshold <= WHOLE:
        _refuse(T("The threshold must lie above 0 and not above 100 %."), T("Usual are 5 %."))
    if not 0 < one.hold_above <= 1000:
        _refuse(T("The limit above which reports are held must lie above 0 and not above 1,000 %."),
                T("Usual are 25 %."))  # fmt: skip


def _named(name: str, none: Text) -> None:
    if not name.strip():
        _refuse(none, T("Enter the name."))
    if len(name) > LONGEST:
        _refuse(T("A name longer than {most} characters cannot be kept.", most=LONGEST), T("Shorten it."))


def _year(year: int) -> None:
    if not EARLIEST <= year <= LATEST:
        _refuse(T("{year} is no year of a register.", year=str(year)),
                T("Enter a year from {first} to {last}.", first=str(EARLIEST), last=str(LATEST)))  # fmt: skip


def _country(code: str) -> None:
    if code not in countries():
        _refuse(T("“{code}” is not a country.", code=code), T("Use the two letters of ISO 3166, e.g. CN or PL."))


def _days(start: str, end: str) -> None:
    for day in (start, end):
        try:
            span_of(day, "")
        except ValueError:
            _refuse(T("“{text}” is not a day.", text=day), T("Write it as 2026-03-31."))
    if start and end and end < start:
        _refuse(T("The end, {end}, lies before the start, {start}.", end=date.fromisoformat(end),
                  start=date.fromisoformat(start)), T("Correct one of the two."))  # fmt: skip


def _percent(value: Decimal) -> None:
    if not 0 < value <= WHOLE:
        _refuse(T("{number} % is no share.", number=value), T("Enter a number above 0 and not above 100."))


def check_company(register: Register, one: Company) -> None:
    _named(one.name, T("The company has no name."))
    _country(one.country)
    if any(spelled(other.name) == spelled(one.name) for other in register.held(Company) if other.id != one.id):
        _refuse(T("A company “{name}” is there already.", name=one.name), T("Change that one, or use another name."))


def check_site(register: Register, one: Site) -> None:
    _named(one.name, T("The plant has no name."))
    _country(one.country)
    _days(one.opened, one.closed)
    if one.contact and ("@" not in one.contact.strip("@") or any(c.isspace() for c in one.contact)):
        _refuse(T("“{text}” is not an e-mail address.", text=one.contact), T("Write it as name@example.com."))
    mine = {spelled(name) for name in (one.name, *one.reported_as)}
    for other in register.held(Site):
        if other.id == one.id or other.country != one.country:
            continue
        if spelled(other.name) == spelled(one.name):
            _refuse(T("A plant “{name}” is there already.", name=other.name),
                    T("Change that one, or use another name."))  # fmt: skip
        if both := sorted(name for name in (other.name, *other.reported_as) if spelled(name) in mine):
            _refuse(T("The plant “{name}” reports as “{word}” too.", name=other.name, word=both[0]),
                    T("A report must belong to one plant: take the name away from one of the two."))  # fmt: skip


def check_stake(register: Register, one: Stake) -> None:
    if one.holder != GROUP_ID and register.get("company", one.holder) is None:
        _refuse(T("Nobody in the register is called “{name}”.", name=one.holder),
                T("The holder is the group or a company; enter the company first."))  # fmt: skip
    if (register.get("company", one.held) or register.get("site", one.held)) is None:
        _refuse(T("Nobody in the register is called “{name}”.", name=one.held),
                T("What is held is a company or a plant; enter it first."))  # fmt: skip
    _days(one.start, one.end)
    _percent(one.percent)
    if one.financial not in FINANCIAL:
        _refuse(T("“{word}” is no kind of financial control.", word=one.financial),
                T("Choose one of: {choices}.", choices=list(FINANCIAL)))  # fmt: skip
    if one.holder == one.held or _holds(register, one.held, one.holder, span_of(one.start, one.end)):
        _refuse(T("“{name}” would hold itself.", name=called(register, one.held)),
                T("Correct who holds whom, or the days."))  # fmt: skip
    _crowded(register, one)


def _holds(register: Register, upper: str, lower: str, span: Span, seen: frozenset[str] = frozenset()) -> bool:
    """Whether ``upper`` holds ``lower``, directly or by others, on some of these days."""
    for stake in register.held(Stake):
        own = span_of(stake.start, stake.end)
        if stake.holder != upper or stake.held in seen or not own.meets(span):
            continue
        common = Span(max(own.start, span.start), min(own.end, span.end))
        if stake.held == lower or _holds(register, stake.held, lower, common, seen | {upper}):
            return True
    return False


def _crowded(register: Register, one: Stake) -> None:
    """On no day more than the whole is held, and not two have control."""
    mine = span_of(one.start, one.end)
    others = [
        (other, span_of(other.start, other.end))
        for other in register.held(Stake)
        if other.held == one.held and other.id != one.id
    ]
    meeting = [(other, span) for other, span in others if span.meets(mine)]
    name = called(register, one.held)
    for day in {mine.start, *(max(mine.start, span.start) for _, span in meeting)}:
        there = [other for other, span in meeting if span.start <= day <= span.end]
        if any(other.holder == one.holder for other in there):
            _refuse(T("“{holder}” holds “{name}” already on some of these days.", holder=called(register, one.holder),
                      name=name), T("End the earlier stake the day before this one begins."))  # fmt: skip
        whole = one.percent + sum((other.percent for other in there), Decimal(0))
        if whole > WHOLE:
            _refuse(T("{number} % of “{name}” would be held at the same time.", number=whole, name=name),
                    T("Lower the shares, or end the earlier stake the day before this one begins."))  # fmt: skip
        if one.operational and any(other.operational for other in there):
            _refuse(T("“{name}” would be controlled by two at the same time.", name=name),
                    T("Only one holder has operational control."))  # fmt: skip
        if one.financial == "full" and any(other.financial == "full" for other in there):
            _refuse(T("“{name}” would be controlled by two at the same time.", name=name),
                    T("Full financial control is of one holder; what two share is joint."))  # fmt: skip


def check_transfer(register: Register, one: Transfer) -> None:
    for key in (one.seller, one.buyer):
        _of_site(register, key)
    if one.seller == one.buyer:
        _refuse(T("A plant does not deliver to itself."), T("Choose two plants."))
    if not one.source.strip():
        _refuse(T("The source is missing."), T("Enter the emission source by its name in the buyer's reports."))
    _days(one.start, one.end)
    _percent(one.percent)
    if one.scope not in TRANSFERRED:
        _refuse(T("“{word}” is no scope of a transfer.", word=one.scope),
                T("Choose one of: {choices}.", choices=[key for key in TRANSFERRED if key]))  # fmt: skip
    mine = span_of(one.start, one.end)
    for other in register.held(Transfer):
        same = (other.buyer, spelled(other.source)) == (one.buyer, spelled(one.source)) and other.id != one.id
        meets = same and span_of(other.start, other.end).meets(mine)
        alike = not other.scope or not one.scope or other.scope == one.scope
        if meets and alike and other.percent + one.percent > WHOLE:
            _refuse(T("More than the whole of “{source}” would come from own plants.", source=one.source),
                    T("Lower the shares, or change the days."))  # fmt: skip


def _of_site(register: Register, key: str) -> None:
    if register.get("site", key) is None:
        _refuse(T("There is no plant “{name}” in the register.", name=key), T("Enter the plant first."))


def check_figure(register: Register, one: SiteFigure) -> None:
    _of_site(register, one.site)
    _named(one.name, T("The figure has no name."))
    _year(one.year)
    if not one.unit.strip():
        _refuse(T("The unit is missing."), T("Enter it, e.g. person, CNY or piece."))
    if one.quantity < 0:
        _refuse(T("A figure below zero cannot be held against emissions."), T("Correct the quantity."))
    if not one.source.strip():
        _refuse(T("It is not said where the figure comes from."), T("Name the document or the department."))
    for other in register.held(SiteFigure):
        if other.id != one.id and (other.site, other.name, other.year) == (one.site, one.name, one.year):
            _refuse(T("This figure of “{name}” is there already for {year}.", name=called(register, one.site),
                      year=str(one.year)), T("Change that one."))  # fmt: skip


def check_deadline(_register: Register, one: Deadline) -> None:
    if not one.id.isdecimal():
        _refuse(T("“{text}” is not a year.", text=one.id), T("Write it as 2026."))
    _year(int(one.id))
    if one.due <= date(int(one.id), 1, 1):
        _refuse(T("Reports of {year} cannot be due on {day}.", year=one.id, day=one.due),
                T("Enter a day after the year has begun."))  # fmt: skip
