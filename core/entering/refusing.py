"""Refusals that say which field they are about, so that a form can say them there and a table can name the column."""

from __future__ import annotations

from typing import NoReturn

from core.exchange.tables import CellError
from core.i18n import T, Text
from core.library.record_words import field_name


class FieldError(CellError):
    """What is wrong with one field of a record."""

    def __init__(self, kind: str, key: str, reason: Text, remedy: Text | None, *, prefixed: bool = False) -> None:
        name = field_name(kind, key)
        super().__init__(name, reason, remedy, T("{field}: {why}", field=name, why=reason) if prefixed else reason)
        self.key = key
        """Of the field."""


def refuse(kind: str, key: str, what: Text, remedy: Text) -> NoReturn:
    """Refuse a record for one of its fields.

    Raises
    ------
    FieldError
        always.
    """
    raise FieldError(kind, key, what, remedy)
