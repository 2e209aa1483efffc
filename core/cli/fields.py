"""Options of the command line that are fields of records, read as numbers, days and words."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from dataclasses import fields
from datetime import date
from decimal import Decimal
from typing import Any

from core.errors import UserError
from core.exchange.dates import parse_date
from core.exchange.numbers import parse_number
from core.i18n import T, verbatim
from core.ledger import Record


def read_options(arguments: argparse.Namespace, cls: type[Record]) -> dict[str, Any]:
    """The options that are fields of a record and were said.

    Raises
    ------
    UserError
        for what is no number or no day.
    """
    found: dict[str, Any] = {}
    for field in fields(cls):
        text = getattr(arguments, field.name, None)
        if isinstance(text, str) and str(field.type) in READERS:
            found[field.name] = READERS[str(field.type)](text)
    return found


def _maybe_number(text: str) -> Decimal | None:
    return parse_number(text) if text.strip() else None


def whole_number(text: str) -> int:
    """A small number without decimals.

    Raises
    ------
    UserError
        for anything else.
    """
    tidy = text.strip()
    if not (tidy.isascii() and tidy.isdecimal() and len(tidy) <= 9):
        raise UserError(T("“{text}” is no whole number.", text=verbatim(text[:40])), T("Write it in digits, like 6."))
    return int(tidy)


READERS: dict[str, Callable[[str], object]] = {
    "Decimal": parse_number,
    "Decimal | None": _maybe_number,
    "date": parse_date,
    "int": whole_number,
    "str": str.strip,
}
"""By the type of a field; what is empty clears a field that may be empty."""


def needed(arguments: argparse.Namespace, *names: str) -> None:
    """Ask for the options without which there is no new record.

    Raises
    ------
    UserError
        naming the first one that is missing.
    """
    for name in names:
        if not getattr(arguments, name):
            raise UserError(
                T("{option} is missing.", option=f"--{name.replace('_', '-')}"), T("Say it on the command line.")
            )


def pair(word: str, example: str) -> tuple[str, str]:
    """``soiling=3`` as key and value; the value may be empty.

    Raises
    ------
    UserError
        without a key or the sign between the two.
    """
    key, sign, value = word.partition("=")
    if not sign or not key.strip():
        raise UserError(
            T("“{word}” is not understood.", word=verbatim(word[:80])),
            T("Write it as key=value, e.g. {example}.", example=verbatim(example)),
        )
    return key.strip(), value.strip()


def pairs(words: Sequence[str], example: str) -> dict[str, str]:
    """Several of them; of one key the last holds."""
    return dict(pair(word, example) for word in words)


def last_of(text: str) -> date:
    """The last day of what is named: a day, a month, a quarter, a year."""
    return parse_date(text, end=True)
