"""Refusals that say which field they are about, so that a form can say them there and a table can name the column."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from typing import NoReturn

from core.exchange.tables import CellError
from core.i18n import Localised, T, Text
from core.library.record_words import field_name


class FieldError(CellError):
    """What is wrong with one field of a record."""

    def __init__(self, kind: str, key: str, reason: Text, remedy: Text | None, *, prefixed: bool = False) -> None:
        name = field_name(kind, key)
        super().__init__(name, reason, remedy, T("{field}: {why}", field=name, why=reason) if prefixed else reason)
        self.key = key
        """Of the field."""


MOST_NAMED = 20
"""Words of a list that a person reads through; of a longer one the nearest are named."""
_NEAREST = 5


def choose(choices: Iterable[Localised], words: str) -> Text:
    """What to do about words that are not in a list.

    Parameters
    ----------
    choices
        what stands in the list.
    words
        what was said instead.
    """
    known = list(choices)
    if len(known) <= MOST_NAMED:
        return T("Choose one of: {choices}.", choices=known)
    spelled = {one.in_language(lang): one for one in known for lang in ("en", "zh")}
    found = [spelled[name] for name in get_close_matches(words[:80], spelled, _NEAREST, 0.0)]
    nearest = list({one.in_language("en"): one for one in found}.values())
    return T("Choose one of the {count} of the list; the nearest are: {choices}.", count=len(known), choices=nearest)


def refuse(kind: str, key: str, what: Text, remedy: Text) -> NoReturn:
    """Refuse a record for one of its fields.

    Raises
    ------
    FieldError
        always.
    """
    raise FieldError(kind, key, what, remedy)
