"""Lists of a key and a number in one cell: ``2026=1000; 2027=1,100``."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from typing import TypeAlias

from core.entering.forms import Entered
from core.errors import UserError
from core.exchange.numbers import parse_number
from core.i18n import T, show_number
from core.ledger.codec import decimal_text, read_decimal

Pairs: TypeAlias = "tuple[tuple[str, str], ...]"
SIGN = "="
SEPARATORS = ";；\n"
"""Between several in one cell."""
_YEAR = re.compile(r"(1[89]|20|21)[0-9]{2}")
_STEP = re.compile(r"[1-9][0-9]?")
EXAMPLES = {
    "year": "2026=1000; 2027=1100",
    "step": "1=50; 2=100",
    "year part": "2020 scope1=12.5",
    "part": "scope1=1.5",
    "record": "Production=2",
}
"""By what the keys are."""


def apart(text: str) -> tuple[str, ...]:
    """What stands between semicolons, in either width.

    Examples
    --------
    >>> apart("Old works； Plant 7;")
    ('Old works', 'Plant 7')
    """
    for sign in SEPARATORS[1:]:
        text = text.replace(sign, SEPARATORS[0])
    return tuple(dict.fromkeys(part.strip() for part in text.split(SEPARATORS[0]) if part.strip()))


def parse_pairs(text: str, one: Entered, key_of: Callable[[str], str]) -> Pairs:
    """The pairs of a cell, ordered where their keys are numbers.

    Parameters
    ----------
    text
        what was written.
    one
        the field.
    key_of
        the key that some words mean.

    Raises
    ------
    UserError
        naming the part that is no pair, or the key that appears twice.
    """
    found: dict[str, str] = {}
    for part in apart(text.replace("＝", SIGN)):
        words, sign, number = part.rpartition(SIGN)
        if not sign or not words.strip() or not number.strip():
            raise UserError(
                T("“{text}” is not a key and a number.", text=part[:60]),
                T("Write it like {example}.", example=EXAMPLES[one.keys]),
            )
        key = key_of(words.strip())
        if key in found:
            raise UserError(T("“{text}” appears twice.", text=words.strip()), T("Leave one of the two."))
        found[key] = decimal_text(parse_number(number.strip()))
    pairs = tuple(found.items())
    return pairs if one.keys in ("part", "record") else tuple(sorted(pairs, key=_place))


def plain_key(one: Entered, words: str) -> str:
    """A year, a step, or a year and a part.

    Raises
    ------
    UserError
        for anything else.
    """
    if one.keys == "step":
        if _STEP.fullmatch(words) is None:
            raise UserError(T("“{text}” is no year of effect.", text=words[:40]), T("Count them: 1, 2, 3 up to 99."))
        return words
    if _YEAR.fullmatch(words) is None:
        raise UserError(T("“{text}” is not a year.", text=words[:40]), T("Write it as 2026."))
    return words


def written_pairs(pairs: Pairs, name: Callable[[str], str], *, grouped: bool) -> str:
    """As a person writes them; ``grouped`` sets thousands apart.

    Examples
    --------
    >>> written_pairs((("2026", "1000"),), str, grouped=True)
    '2026=1,000'
    """
    return "; ".join(f"{name(key)}{SIGN}{_number(value, grouped=grouped)}" for key, value in pairs)


def _number(value: str, *, grouped: bool) -> str:
    try:
        number: Decimal = read_decimal(value)
    except ValueError:
        return value
    return show_number(number) if grouped else value


def _place(pair: tuple[str, str]) -> tuple[int, str]:
    first, _space, rest = pair[0].partition(" ")
    return (int(first) if first.isdecimal() else 0, rest)
