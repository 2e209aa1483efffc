"""What the fields of a record must keep to by their form alone, and the limits that several kinds share."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from core.entering.forms import Entered, Form
from core.entering.pairs import plain_key
from core.entering.refusing import FieldError, choose, refuse
from core.errors import UserError
from core.i18n import T
from core.ledger.codec import read_decimal
from core.ledger.filing import Records
from core.ledger.records import Record
from core.library.places import countries
from core.library.record_words import field_name, kind_name

FIRST, LAST = 1990, 2100
"""Years that may be spoken of; the Kyoto Protocol counts from the first."""
LONGEST = 300
"""Characters of a line."""
LONGEST_WORDS = 20_000
"""Characters of several lines."""
_MAY_BE_LONG = frozenset({"serials", "note"})


def basics(records: Records, form: Form, record: Record) -> None:
    """Refuse what no field of this form can hold: choices, names, days, countries, currencies, keys.

    Raises
    ------
    FieldError
        for the first field that is wrong.
    """
    for one in form.fields:
        value = getattr(record, one.key)
        if one.required and (not value.strip() if isinstance(value, str) else value == ()):
            raise FieldError(form.kind, one.key, T("“{field}” is missing.", field=field_name(form.kind, one.key)),
                             T("Enter it."))  # fmt: skip
        test = _TESTS.get(one.form)
        if test is not None:
            test(records, form.kind, one, value)


def _line(_records: Records, kind: str, one: Entered, value: str) -> None:
    most = LONGEST if one.form == "text" and one.key not in _MAY_BE_LONG else LONGEST_WORDS
    if len(value) > most:
        refuse(kind, one.key, T("This is longer than {most} characters.", most=most), T("Shorten it."))


def _country(_records: Records, kind: str, one: Entered, value: str) -> None:
    if value and value not in countries():
        refuse(kind, one.key, T("“{code}” is not a country.", code=value),
               T("Use the two letters of ISO 3166, e.g. CN or PL."))  # fmt: skip


def _currency(_records: Records, kind: str, one: Entered, value: str) -> None:
    if value and not (len(value) == 3 and value.isascii() and value.isalpha() and value.isupper()):
        refuse(kind, one.key, T("“{code}” is not a currency.", code=value),
               T("Use the three letters of ISO 4217, e.g. CNY or EUR."))  # fmt: skip


def _iso_day(_records: Records, kind: str, one: Entered, value: str) -> None:
    try:
        good = not value or date.fromisoformat(value).isoformat() == value
    except ValueError:
        good = False
    if not good:
        refuse(kind, one.key, T("“{text}” is not a day.", text=value[:40]), T("Write it as 2026-03-31."))


def _day(_records: Records, kind: str, one: Entered, value: date) -> None:
    year(kind, one.key, value.year)


def _chosen(_records: Records, kind: str, one: Entered, value: str | tuple[str, ...]) -> None:
    choices = one.offered
    for key in value if isinstance(value, tuple) else (value,):
        if key not in choices and (key or one.required):
            refuse(kind, one.key, T("“{text}” is not in the list.", text=key[:60]),
                   choose(choices.values(), key))  # fmt: skip


def _named(records: Records, kind: str, one: Entered, value: str | tuple[str, ...]) -> None:
    for key in value if isinstance(value, tuple) else (value,):
        if key:
            _exists(records, kind, one, key)


def _exists(records: Records, kind: str, one: Entered, key: str) -> None:
    found = next((held for other in one.of if (held := records.get(other, key)) is not None), None)
    if found is None and key in one.offered:
        return
    if found is None or (one.only is not None and not one.only(found)):
        refuse(kind, one.key,
               T("There is no {kind} “{id}”.", kind=[kind_name(other) for other in one.of], id=key[:60]),
               T("Enter it first, or correct the name."))  # fmt: skip


def _pairs(records: Records, kind: str, one: Entered, value: Sequence[tuple[str, str]]) -> None:
    for key, number in value:
        try:
            read_decimal(number)
        except ValueError:
            refuse(kind, one.key, T("“{text}” is not a number.", text=number[:40]), T("Correct it."))
        if one.of:
            _exists(records, kind, one, key)
        elif one.keys == "year part":
            year, _space, part = key.partition(" ")
            _plain(kind, one, year)
            _chosen(records, kind, one, part or "?")
        elif one.offered:
            _chosen(records, kind, one, key)
        else:
            _plain(kind, one, key)


def _plain(kind: str, one: Entered, key: str) -> None:
    try:
        plain_key(one, key)
    except UserError as error:
        raise FieldError(kind, one.key, error.message, error.remedy) from None


_TESTS: Mapping[str, Callable[[Records, str, Entered, Any], None]] = {
    "text": _line,
    "long": _line,
    "country": _country,
    "currency": _currency,
    "first": _iso_day,
    "last": _iso_day,
    "day": _day,
    "choice": _chosen,
    "choices": _chosen,
    "record": _named,
    "records": _named,
    "pairs": _pairs,
}
"""By form."""

# ---------------------------------------------------------------------- limits


def year(kind: str, key: str, value: int, first: int = FIRST, last: int = LAST) -> None:
    """Refuse a year outside of what may be spoken of."""
    if not first <= value <= last:
        refuse(kind, key, T("{number} is no year for “{field}”.", number=str(value), field=field_name(kind, key)),
               T("Enter a year from {first} to {last}.", first=str(first), last=str(last)))  # fmt: skip


def between(kind: str, key: str, value: Decimal | int, low: int, high: int) -> None:
    """Refuse a number below ``low`` or above ``high``."""
    if not low <= value <= high:
        said = value if isinstance(value, Decimal) else str(value)
        refuse(kind, key, T("{number} is out of range for “{field}”.", number=said, field=field_name(kind, key)),
               T("Enter a number from {low} to {high}.", low=str(low), high=str(high)))  # fmt: skip


def above_zero(kind: str, key: str, value: Decimal) -> None:
    """Refuse zero and less."""
    if value <= 0:
        refuse(kind, key, T("“{field}” must be more than 0.", field=field_name(kind, key)), T("Correct the number."))


def not_below_zero(kind: str, key: str, value: Decimal) -> None:
    """Refuse less than zero."""
    if value < 0:
        refuse(kind, key, T("“{field}” cannot be below 0.", field=field_name(kind, key)), T("Correct the number."))


def in_order(kind: str, start: date, end: date) -> None:
    """Refuse an end before its start."""
    if end < start:
        refuse(kind, "end", T("The end, {end}, lies before the start, {start}.", end=end, start=start),
               T("Correct one of the two."))  # fmt: skip


def money(form: Form, record: Record, *keys: str) -> None:
    """Refuse amounts without a currency."""
    currency: str = getattr(record, "currency")  # noqa: B009 - only kinds with money come here
    if not currency and any(getattr(record, key) for key in keys):
        refuse(form.kind, "currency", T("There is an amount of money and no currency."),
               T("Use the three letters of ISO 4217, e.g. CNY or EUR."))  # fmt: skip


def numbers_between(kind: str, key: str, pairs: Sequence[tuple[str, str]], low: int, high: int) -> None:
    """Refuse a pair whose number lies outside."""
    for _key, number in pairs:
        between(kind, key, read_decimal(number), low, high)


def disjoint(kind: str, key: str, parts: Sequence[str]) -> None:
    """Refuse parts of the emissions that hold the same tonnes twice."""
    both = {"scope2_location", "scope2_market"} <= set(parts)
    inside = "scope3" in parts and any(part.startswith("scope3:") for part in parts)
    if both:
        refuse(kind, key, T("Scope 2 would be counted twice."), T("Choose location-based or market-based."))
    if inside:
        refuse(kind, key, T("Categories of scope 3 would be counted twice."),
               T("Choose scope 3 as a whole, or its categories."))  # fmt: skip
