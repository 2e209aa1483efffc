"""Which claims can be checked at all."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal

from core.errors import UserError
from core.i18n import T, Text
from core.ledger import Claim
from core.library.places import countries

NUMBERS: dict[str, Text] = {
    "power": T("Installed power"),
    "area": T("Roof area"),
    "yearly": T("Generation a year"),
    "total": T("Generation so far"),
    "yearly_tonnes": T("Avoided a year"),
    "total_tonnes": T("Avoided in all years"),
    "years": T("Number of years"),
}
"""The numbers a claim can have, with their names."""
MOST_YEARS = Decimal(100)
_SINCE = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")


def check_claim(claim: Claim) -> None:
    """Refuse a claim that cannot be true of any system or says nothing in numbers.

    Parameters
    ----------
    claim
        as typed.

    Raises
    ------
    UserError
        for a claim without a number, a number that is not above 0, more than 100 years, an unknown country, days that
        are none or in the wrong order, an unknown gas or owner; it says what to enter instead.
    """
    given = {name: value for name in NUMBERS if (value := getattr(claim, name)) is not None}
    if not given:
        raise UserError(T("The claim has no number."), T("Enter at least one: power, area, energy, tonnes or years."))
    for name, value in given.items():
        if not value.is_finite() or value <= 0:
            raise UserError(
                T("{name}: {value} is not above 0.", name=NUMBERS[name], value=str(value)),
                T("Enter the number as published, or leave the field empty."),
            )
    if claim.years is not None and claim.years > MOST_YEARS:
        raise UserError(
            T("{years} years are longer than any PV system stands.", years=claim.years),
            T("Enter the number of years, not a calendar year; {most} at most.", most=MOST_YEARS),
        )
    _check_words(claim)
    _check_days(claim)


def _check_words(claim: Claim) -> None:
    if claim.country and claim.country not in countries():
        raise UserError(
            T("“{country}” is not a country code.", country=claim.country), T("Use ISO 3166-1, e.g. CN, PL or MX.")
        )
    if claim.region and not claim.region.startswith(f"{claim.country}-"):
        raise UserError(
            T("“{region}” is not a region of {country}.", region=claim.region, country=claim.country or "–"),
            T("Use ISO 3166-2, e.g. CN-HE for Hebei, or leave it empty."),
        )
    for value, known in ((claim.gas, ("", "CO2", "CO2e")), (claim.attributes, ("", "plant", "other"))):
        if value not in known:
            raise UserError(
                T("“{value}” is not possible here.", value=value),
                T("Choose one of: {choices}, or leave it empty.", choices=[one for one in known if one]),
            )


def _check_days(claim: Claim) -> None:
    until = last_day(claim)
    if claim.since and first_days(claim)[0] > until:
        raise UserError(
            T("The claim counts from {since} on, but only to {until}.", since=claim.since, until=until),
            T("Correct one of the two days."),
        )
    if claim.until and until > claim.published:
        raise UserError(
            T(
                "The total was read on {until}, after it was published on {published}.",
                until=until,
                published=claim.published,
            ),
            T("Correct one of the two days."),
        )


def first_days(claim: Claim) -> tuple[date, date]:
    """The earliest and the latest day that ``since`` can mean: of ``2019`` the first and the last of that year.

    Raises
    ------
    UserError
        for what is neither a day, a month nor a year.
    """
    match = _SINCE.fullmatch(claim.since.strip())
    try:
        if match is None:
            raise ValueError
        year, month, day = (int(part) if part else 0 for part in match.groups())
        first = date(year, month or 1, day or 1)
        if day:
            return first, first
        following = date(year + (not month or month == 12), month % 12 + 1 if month else 1, 1)
    except ValueError:
        raise UserError(
            T("“{day}” is neither a day nor a year.", day=claim.since), T("Write e.g. 2019, 2019-05 or 2019-05-01.")
        ) from None
    return first, following - timedelta(days=1)


def last_day(claim: Claim) -> date:
    """The day on which the total was read; where the claim does not say, that of publication.

    Raises
    ------
    UserError
        for what is no day.
    """
    if not claim.until:
        return claim.published
    try:
        return date.fromisoformat(claim.until)
    except ValueError:
        raise UserError(
            T("“{day}” is not a day.", day=claim.until), T("Write e.g. 2019-05-01, or leave it empty.")
        ) from None
