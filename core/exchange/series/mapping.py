"""How a file of interval data is to be read: where time and values stand, and what they mean.

A mapping says everything that the numbers themselves do not say, so the same file read under the same mapping always
gives the same series. It travels as pairs of texts, so a meter can keep it (:attr:`core.ledger.Meter.mapping`) and the
next file of the same form proposes it again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import Any

from core.errors import UserError
from core.i18n import T, Text

FORMS = ("table", "day", "month", "green_button")
"""A moment per row; a day per row with a column for each time of day; a month per row with a column for each day."""
QUANTITIES = ("energy", "power", "counter", "day_counter", "level")
"""Amount of an interval; power; state of a counter; counter that begins at zero every day; level, of which means are
taken."""
COUNTERS = ("counter", "day_counter")
LABELS = ("", "left", "right", "instant")
ORDERS = ("", "ymd", "dmy", "mdy", "serial", "epoch", "epoch_ms")
DOUBLES = ("refuse", "first", "last")
SEPARATORS = ("", ",", ";", "\t", "|")
CLOCKS_FIXED = ("local", "utc", "stamped")
"""Clocks besides ``offset:+08:00``."""
_OFFSET = re.compile(r"offset:([+-])([0-9]{2}):([0-5][0-9])")
_NUMBER = re.compile(r"-?[0-9]{1,6}")
MOST_COLUMNS = 2_000


@dataclass(frozen=True, slots=True)
class Value:
    """A column of values; in a wide form all of them together."""

    column: int
    """Counted from 0; in a wide form the first one."""
    quantity: str = "energy"
    """One of :data:`QUANTITIES`."""
    unit: str = "kWh"
    """``kWh``, ``m3`` ... of an amount or a counter, ``kW``, ``m3/h`` ... of a power, ``W/m2``, ``degC`` of a level."""
    heading: str = ""
    """As it stands in the file; the column is found again by it."""
    label: str = ""
    """As :attr:`Mapping.label`, where this column differs from the others."""


@dataclass(frozen=True, slots=True)
class Mapping:
    """Everything that the numbers of a file do not say themselves."""

    form: str = "table"
    """One of :data:`FORMS`."""
    sheet: str = ""
    """Of a workbook; empty: the first one."""
    rows: int = 1
    """Rows before the first row of values."""
    time: int = 0
    """Column of the moments, or of the days."""
    clock_time: int = -1
    """Column of the time of day; -1: it stands with the day."""
    meter: int = -1
    """Column that names the meter; -1: there is none."""
    status: int = -1
    """Column that says whether a value is an estimate; -1: there is none."""
    values: tuple[Value, ...] = ()
    last: int = -1
    """Last column of a wide form."""
    numbered: bool = False
    """Whether the columns of a wide form are counted from the beginning of the day and not headed by times."""
    order: str = ""
    """Of day and month, or how a number is a moment: one of :data:`ORDERS`; empty: nobody has said it."""
    decimal: str = "."
    """Decimal sign: ``.`` or ``,``."""
    label: str = ""
    """Whether a time is where its interval begins (``left``), where it ends (``right``), or the moment of a sample
    (``instant``); empty: nobody has said it."""
    clock: str = "local"
    """``local`` (the plant's, changed in spring and autumn), ``utc``, ``offset:+08:00`` or ``stamped`` (each time says
    how far it is ahead of UTC)."""
    step: int = 0
    """Length of an interval; 0: as the times show it. [s]"""
    tolerance: int = 0
    """How far a time may lie beside the regular one and still be taken for it. [s]"""
    double: str = "refuse"
    """What becomes of two different values of one time: one of :data:`DOUBLES`."""
    multiplied: str = ""
    """Whether the ratio of the transformers is in the values: ``yes``, ``no`` or empty for as usual: it is in amounts
    and power and not in the states of a counter."""
    separator: str = ""
    """Of a csv; empty: as the file shows it."""
    column: str = ""
    """Name of the column of the meter that keeps this mapping."""
    headings: tuple[tuple[str, str], ...] = field(default=())
    """Headings of the columns ``time``, ``clock_time``, ``meter`` and ``status``, by which they are found again."""

    def checked(self) -> Mapping:
        """Itself, when it is complete and without contradiction.

        Raises
        ------
        UserError
            naming what is missing or wrong.
        """
        if self.order == "":
            raise _unsaid(T("whether the day or the month comes first"))
        if not self.values and self.form != "green_button":
            raise _unsaid(T("which columns hold the values"))
        if any(label_of(one, self) == "" for one in self.values):
            raise _unsaid(T("whether a time is the beginning or the end of its interval"))
        if any(one.quantity == "energy" and label_of(one, self) == "instant" for one in self.values):
            raise UserError(
                T("An amount belongs to an interval, not to a moment."),
                T("Say of each column of amounts whether a time is the beginning or the end of its interval."),
            )
        self._check_places()
        offset_of(self.clock)
        return self

    def _check_places(self) -> None:
        places = [self.time, self.clock_time, self.meter, self.status, self.last, *(one.column for one in self.values)]
        used = [place for place in places[:4] if place >= 0] + [one.column for one in self.values]
        wide = self.form in ("day", "month")
        wrong = self.time < 0 or max(places) >= MOST_COLUMNS or min(places) < -1 or len(set(used)) < len(used)
        if wide:
            wrong |= len(self.values) != 1 or not self.values[0].column < self.last
            wrong |= any(self.values[0].column <= place <= self.last for place in places[:4])
        if wrong or not 0 <= self.rows <= 10_000 or not 0 <= self.tolerance <= 3600 or not 0 <= self.step <= 86_400:
            raise _contradicts()

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """As texts, without what is as usual."""
        usual = Mapping()
        found = [
            (one.name, _text(getattr(self, one.name)))
            for one in fields(self)
            if one.name not in ("values", "headings") and getattr(self, one.name) != getattr(usual, one.name)
        ]
        found += [(f"heading.{key}", text) for key, text in self.headings]
        found += [
            (f"value.{number}", f"{one.column};{one.quantity};{one.unit};{one.label};{one.heading}")
            for number, one in enumerate(self.values, 1)
        ]
        return tuple(found)

    @staticmethod
    def of(pairs: Iterable[tuple[str, str]]) -> Mapping:
        """The mapping that was written as pairs; whatever it came from is not trusted.

        Raises
        ------
        UserError
            for an unknown key or a value that none can have.
        """
        known = {one.name: getattr(Mapping(), one.name) for one in fields(Mapping)}
        found: dict[str, Any] = {}
        values: list[Value] = []
        headings: list[tuple[str, str]] = []
        for key, text in pairs:
            if key.startswith("value."):
                values.append(_value(text))
            elif key.startswith("heading."):
                headings.append((key.removeprefix("heading."), text))
            elif key in known and key not in ("values", "headings"):
                found[key] = _plain(key, text, known[key])
            else:
                raise _unreadable(key)
        return replace(Mapping(), values=tuple(values), headings=tuple(headings), **found)

    def only(self, value: Value, column: str) -> Mapping:
        """For one column of values, as the meter that it belongs to keeps it."""
        values = (value,) if self.form == "table" else self.values
        return replace(self, values=values, column=column)

    def is_multiplied(self, value: Value) -> bool:
        """Whether the ratio of the transformers is in the values of a column."""
        if self.multiplied:
            return self.multiplied == "yes"
        return value.quantity not in COUNTERS


_CHOICES: dict[str, Sequence[str]] = {
    "form": FORMS, "label": LABELS, "order": ORDERS, "double": DOUBLES, "separator": SEPARATORS, "decimal": (".", ","),
    "multiplied": ("", "yes", "no"),
}  # fmt: skip


def label_of(value: Value, mapping: Mapping) -> str:
    """What a time means for a column: states of a counter are always those of a moment."""
    if value.quantity in COUNTERS:
        return "instant"
    return value.label or mapping.label


def offset_of(clock: str) -> int | None:
    """How far a clock is ahead of UTC [s]; None where it is not the same all the time.

    Raises
    ------
    UserError
        when there is no such clock.
    """
    if clock in ("local", "stamped"):
        return None
    if clock == "utc":
        return 0
    found = _OFFSET.fullmatch(clock)
    if found is None or int(found[2]) > 14:
        raise _unreadable("clock")
    seconds = int(found[2]) * 3600 + int(found[3]) * 60
    return -seconds if found[1] == "-" else seconds


def _text(value: object) -> str:
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)


def _plain(key: str, text: str, usual: object) -> object:
    if isinstance(usual, bool):
        if text not in ("yes", "no"):
            raise _unreadable(key)
        return text == "yes"
    if isinstance(usual, int):
        if not _NUMBER.fullmatch(text):
            raise _unreadable(key)
        return int(text)
    if key in _CHOICES and text not in _CHOICES[key]:
        raise _unreadable(key)
    if key == "clock":
        offset_of(text)
    return text


def _value(text: str) -> Value:
    column, quantity, unit, label, heading = (*text.split(";", 4), "", "", "", "")[:5]
    if not _NUMBER.fullmatch(column) or quantity not in QUANTITIES or not unit or label not in LABELS:
        raise _unreadable("value")
    return Value(int(column), quantity, unit, heading, label)


def _unsaid(what: Text) -> UserError:
    return UserError(T("The mapping does not say {what}.", what=what), T("Say it; the file alone does not tell."))


def _contradicts() -> UserError:
    return UserError(
        T("The mapping contradicts itself: a column has two meanings or does not exist."),
        T("Choose the columns of time and values again."),
    )


def _unreadable(key: str) -> UserError:
    return UserError(T("The mapping cannot be read: {key}", key=key[:80]), T("Let the program propose a new mapping."))
