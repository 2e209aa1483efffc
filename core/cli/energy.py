"""What the commands about meters and PV systems share: which year is meant, which meter, how figures are written."""

from __future__ import annotations

import argparse
from datetime import date

from core.cli.common import now
from core.cli.fields import last_of
from core.errors import UserError
from core.exchange.dates import FIRST_YEAR, LAST_YEAR, parse_date
from core.handover.ahead import newest_year
from core.i18n import T, show_month, verbatim
from core.inventory import Period, choices_of
from core.ledger import IntervalData, Ledger, Meter
from core.series import Series
from core.series.metered import Metered

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
DASH = "–"
"""For what is not known."""


def year_meant(ledger: Ledger, year: int | None) -> int:
    """The year asked for, else the last audited one, else the last one with interval data.

    Raises
    ------
    UserError
        for a year of which no plant has data.
    """
    if year is None:
        years = [int(key) for key in ledger.records["audit"]] or [one.end.year for one in ledger.held(IntervalData)]
        return max(years, default=now().year - 1)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise UserError(
            T("The year {year} is outside {first} to {last}.", year=year, first=FIRST_YEAR, last=LAST_YEAR),
            T("Check the dates."),
        )
    return year


def year_ahead(ledger: Ledger, year: int | None) -> int:
    """The year asked for, else the last one with data of every month, else the last one with any, else the last year.

    Raises
    ------
    UserError
        for a year of which no plant has data.
    """
    return newest_year(ledger) or year_meant(ledger, None) if year is None else year_meant(ledger, year)


def period_of(ledger: Ledger, year: int | None) -> Period:
    """Of the audit of a year, or the calendar year; of which year see :func:`year_meant`."""
    chosen = year_meant(ledger, year)
    return choices_of(ledger.audit(chosen), chosen).period


def meter_of(ledger: Ledger, word: str) -> Meter:
    """A meter by its id, else by its serial number or name where only one has it.

    Raises
    ------
    UserError
        when there is none, or several.
    """
    found = ledger.get("meter", word)
    if isinstance(found, Meter):
        return found
    named = [one for one in ledger.held(Meter) if word and word in (one.serial, one.name)]
    if len(named) > 1:
        raise UserError(
            T("Several meters are called {name}: {ids}.", name=verbatim(word), ids=[one.id for one in named]),
            T("Name the meter by its id."),
        )
    if not named:
        raise UserError(
            T("There is no meter {id}.", id=verbatim(word)), T("See “meter list” for the meters of the plant.")
        )
    return named[0]


def span_of_days(arguments: argparse.Namespace) -> tuple[date, date]:
    """From the first to the last day that were said.

    Raises
    ------
    UserError
        for what is no day, and when the last comes before the first.
    """
    first, last = parse_date(arguments.first), last_of(arguments.last)
    if last < first:
        raise UserError(
            T("The end, {end}, lies before the start, {start}.", end=last, start=first), T("Correct one of the two.")
        )
    return first, last


def series_of_meter(metered: Metered, meter: Meter, first: date | None = None, last: date | None = None) -> Series:
    """The values of a meter over some local days.

    Raises
    ------
    UserError
        when it has none at all.
    """
    found = metered.series(meter.id, first, last)
    if found is None:
        raise UserError(T("{meter} has no interval data.", meter=meter.name), T("Import a file of the meter first."))
    return found


def month_name(number: int, lang: str) -> str:
    """``Jan`` or ``1月``, counted from 1."""
    return show_month(date(2001, number, 1), lang).partition("年")[2] if lang == "zh" else MONTHS[number - 1]


def whole(value: float | None) -> str:
    """``1,235``; a dash for what is not known."""
    return DASH if value is None else f"{value:,.0f}"


def places(value: float | None, digits: int) -> str:
    """``0.853``; a dash for what is not known."""
    return DASH if value is None else f"{value:,.{digits}f}"


def percent(share: float | None, digits: int = 1) -> str:
    """A ratio in percent; a dash for what is not known."""
    return DASH if share is None else f"{100 * share:.{digits}f}"
