"""The big numbers: is the plant on track, until when does the budget last, what may be said, when is net zero."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtWidgets import QFrame

from core.handover.ahead import TargetsOf, net_zero_year
from core.i18n import show_number
from core.renewables.shares import CERTIFIED
from core.targets.status import RENEWABLE, WITHDRAWN, TargetStatus
from gui.language import _, say
from gui.renewables.words import shown_share
from gui.solar.parts import figure
from gui.targets import words
from gui.wording import clauses


def figures(found: TargetsOf, one: TargetStatus | None) -> Iterator[QFrame]:
    """The cards, the most important first."""
    if (promise := promised(found)) is not None:
        yield renewable(found, promise)
    yield track(found, one)
    yield budget(one)
    yield neutrality(found)
    yield net_zero(found)


def promised(found: TargetsOf) -> TargetStatus | None:
    """The next promise of renewable electricity that still holds."""
    held = [one for one in found.status.targets if one.target.kind == RENEWABLE and one.target.status != WITHDRAWN]
    ahead = [one for one in held if one.target.year >= found.year]
    return min(ahead or held, key=lambda one: one.target.year, default=None)


def renewable(found: TargetsOf, one: TargetStatus) -> QFrame:
    """How much of the electricity is renewable, and how much is promised."""
    level, said = words.state(found, one)
    shown = words.DASH if found.share is None else shown_share(found.share.shown(CERTIFIED))
    caption = _("{state}: {percent} % are promised for {year}", state=said, percent=show_number(one.target.reduction),
                year=str(one.target.year))  # fmt: skip
    return figure(_("Renewable electricity"), shown, "%", caption, level if level != "info" else "")


def track(found: TargetsOf, one: TargetStatus | None) -> QFrame:
    """How far the chosen target is from its pathway."""
    if one is None:
        return figure(_("Against the pathway"), words.DASH, "", _("No target is chosen."))
    level, said = words.state(found, one)
    role = level if level != "info" else ""
    if one.gap is None:
        return figure(_("Against the pathway"), said, "", _("Emissions of a year and of the base year are needed."))
    percent = "" if one.gap.percent is None else f"{words.signed(one.gap.percent)} %"
    caption = _("{state}: {percent} of what {year} allows", state=said, percent=percent, year=str(one.gap.year))
    return figure(
        _("Against the pathway"), words.signed(one.gap.gap, words.places_of(one)), words.unit_of(one), caption, role
    )


def budget(one: TargetStatus | None) -> QFrame:
    """The year in which nothing is left."""
    title = _("Carbon budget used up")
    held = None if one is None else one.budget
    if held is None or one is None:
        return figure(title, words.DASH, "", _("An absolute target with a pathway has one."))
    ahead, level = held.exhausted_forecast, held.exhausted_today
    year = ahead or level
    share = words.shown(held.used / held.area * 100) if held.area else words.DASH
    used = _("{percent} % of {area} t CO₂e used up to {year}", percent=share, area=words.shown(held.area, 0),
             year=str(held.until))  # fmt: skip
    along = _("along the forecast") if ahead else _("at the level of today")
    early = year is not None and year < one.target.year
    return figure(title, _("never") if year is None else str(year), "", clauses((along, used)), "bad" if early else "")


def neutrality(found: TargetsOf) -> QFrame:
    """What is said, and what may be said."""
    title = _("Carbon neutral, by the rules")
    if not found.status.neutrality:
        return figure(title, words.DASH, "", _("No commitment is entered."))
    held = found.status.neutrality
    one = next((one for one in held if not one.holds), held[0])
    stated = say(words.STATES[one.stated]) if one.stated in words.STATES else one.stated
    named = {"subject": one.commitment.subject, "stated": stated}
    caption = (
        _("{subject}: the plant says “{stated}”", **named)
        if one.holds
        else _("{subject}: the plant says “{stated}”, which is more", **named)
    )
    return figure(title, say(words.STATES[one.attainable]), "", caption, "" if one.holds else "bad")


def net_zero(found: TargetsOf) -> QFrame:
    """The year of net zero."""
    year = net_zero_year(found.status)
    if year is None:
        return figure(_("Net zero"), words.DASH, "", _("No target for net zero is entered."))
    named = [one for one in found.status.targets if one.target.kind == "net_zero" and one.target.year == year]
    last = named[0].points[-1] if named and named[0].points else None
    left = _("nothing is known of the base year yet") if last is None else _(
        "{tonnes} t CO₂e remain to be removed", tonnes=words.shown(last.exact)
    )  # fmt: skip
    return figure(_("Net zero"), str(year), "", left)
