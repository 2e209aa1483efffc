"""A proposal how a file is to be read, with the reasons, and what only a person can say."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from zoneinfo import ZoneInfo

from core.errors import UserError
from core.exchange.cells import is_blank, plain_text
from core.exchange.numbers import decimal_sign
from core.exchange.series.classify import Kinds, kinds_of
from core.exchange.series.counting import drops_at_midnight, rises
from core.exchange.series.guessing_times import guess_times
from core.exchange.series.headings import heading_of, quantity_in, unit_in, words_of
from core.exchange.series.looking import Look
from core.exchange.series.mapping import Mapping, Value
from core.exchange.series.plan import ESTIMATES
from core.exchange.series.remembering import last_time, remembered
from core.i18n import T, Text, verbatim
from core.ledger import Meter

WIDE = 23
"""Columns of numbers from which on a row may be a day."""
_METERS = re.compile(
    r"meter|zähler|zaehler|messstelle|zählpunkt|malo|melo|device|inverter|plant name|serial|\bsn\b|channel|point|sensor"
    r"|tag|设备|电表|表号|户号|表计|计量点|电站|逆变器|名称|编号|通道|资产",
    re.IGNORECASE,
)
_CLOCK_HEAD = re.compile(r"[0-9]{1,2}[:.][0-9]{2}.*|[0-9]{1,2} ?[时點点](?:[0-9]{1,2}分?)?")
_COUNTED_HEAD = re.compile(r"[A-Za-z]{0,5}[-_ ]?[0-9]{1,3}[日号]?")
_RATIOS = re.compile(r"倍率|multiplier|transformer ratio|wandlerfaktor|ct.?ratio", re.IGNORECASE)
_STATES = re.compile(r"status|quality|qualität|flag|estimat|ersatz|状态|质量|标志|数据来源", re.IGNORECASE)
_TIMES = re.compile(r"time|date|zeit|datum|stamp|period|时间|日期|时刻", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Question:
    """What the file alone does not say."""

    field: str
    """Of the mapping: ``order``, ``label``, ``clock``, ``decimal``, ``values``, ``tolerance``, ``multiplied``."""
    text: Text


@dataclass(frozen=True, slots=True)
class Guess:
    """A proposal."""

    mapping: Mapping
    reasons: tuple[Text, ...]
    """Why the mapping says what it says."""
    questions: tuple[Question, ...]
    """To be answered before anything is imported; the mapping has a first answer, or none."""
    remembered: bool = False
    """Files of this form were read in this way last time."""


@dataclass(slots=True)
class Draft:
    """A proposal in the making."""

    mapping: Mapping
    reasons: list[Text] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)

    def say(self, reason: Text) -> None:
        """A reason."""
        self.reasons.append(reason)

    def ask(self, key: str, text: Text) -> None:
        """A question."""
        self.questions.append(Question(key, text))

    def put(self, **changes: Any) -> None:
        """Change the mapping."""
        self.mapping = replace(self.mapping, **changes)


def guess(look: Look, zone: ZoneInfo | None = None, meters: Sequence[Meter] = ()) -> Guess:
    """Propose a mapping.

    Parameters
    ----------
    look
        the file as it was looked at.
    zone
        of the plant; it decides whether one must ask if the clock of the logger is changed in spring and autumn.
    meters
        of the plant; the mapping with which files of this form were read last time needs no answers.

    Raises
    ------
    UserError
        when no column of times and values is found.
    """
    known = remembered(look, meters)
    if known is not None:
        return Guess(known[0], (last_time(known[1]),), (), remembered=True)
    if look.kind == "green_button":
        mapping = Mapping(form="green_button", order="ymd", label="left", clock="utc", rows=0)
        return Guess(mapping, (T("Green Button says itself what its values are; its times are UTC."),), ())
    kinds = kinds_of(look)
    if kinds is None or not kinds.of("moment", "day", "month", "number"):
        raise UserError(
            T("No rows of times and values were found in “{file}”.", file=verbatim(look.name)),
            T("Check the sheet and the separator, or choose the columns yourself."),
        )
    draft = Draft(Mapping(sheet=look.sheets[0] if len(look.sheets) > 1 else "", rows=kinds.first - 1))
    time = _time_columns(kinds, draft)
    _decimal(kinds, look, draft, time)
    if not _wide(kinds, draft):
        _long(kinds, draft)
    if any(_RATIOS.search(heading_of(kinds.head, place)) for place in range(look.columns)):
        draft.ask("multiplied", T("The file names a ratio of transformers. Are its values multiplied by it already?"))
    guess_times(kinds, draft, zone)
    _headings(kinds, draft)
    return Guess(draft.mapping, tuple(draft.reasons), tuple(draft.questions))


def _time_columns(kinds: Kinds, draft: Draft) -> set[int]:
    """Find the moments; returns all columns that hold times."""
    moments, days = kinds.of("moment"), kinds.of("day", "month")
    if moments:
        draft.put(time=moments[0])
        if len(moments) > 1 and _later(kinds, moments[0], moments[1]):
            draft.put(label="left")
            draft.say(T("Each row names the beginning and the end of its interval; the beginning is taken."))
        return {*moments, *days}
    clocks = kinds.of("clock")
    if days:
        draft.put(time=days[0])
        if not clocks:
            clocks = [place for place in kinds.of("number") if _is_clock_column(kinds, place)][:1]
        if clocks:
            draft.put(clock_time=clocks[0])
            if len(clocks) > 1:
                draft.put(label="left")
                draft.say(T("Each row names the beginning and the end of its interval; the beginning is taken."))
        return {*days, *clocks}
    numbers = kinds.of("number")
    place = next((n for n in numbers if _TIMES.search(heading_of(kinds.head, n))), numbers[0])
    draft.put(time=place)
    return {place}


def _later(kinds: Kinds, one: int, other: int) -> bool:
    """Whether the second of two columns of moments is never empty, so that it can be the end."""
    return len(kinds.cells(other)) >= len(kinds.cells(one))


def _is_clock_column(kinds: Kinds, place: int) -> bool:
    """``0015`` to ``2400`` under a heading of time."""
    texts = [plain_text(cell).strip() for cell in kinds.cells(place)]
    return bool(_TIMES.search(heading_of(kinds.head, place))) and all(re.fullmatch(r"[0-9]{4}", t) for t in texts)


def _decimal(kinds: Kinds, look: Look, draft: Draft, times: set[int]) -> None:
    said = " ".join(plain_text(cell) for row in kinds.head for cell in row if not is_blank(cell)).casefold()
    if "decimalpoint comma" in said or "decimalpoint dot" in said:
        draft.put(decimal="," if "decimalpoint comma" in said else ".")
        return
    cells = [cell for place in kinds.of("number") if place not in times for cell in kinds.cells(place)]
    sign = decimal_sign(cells, semicolons=look.separator == ";")
    if sign:
        draft.put(decimal=sign)
        return
    if any(isinstance(cell, str) and ("," in cell or "." in cell) for cell in cells):
        draft.ask("decimal", T("Is the decimal sign a point or a comma? Both can be meant."))


def _wide(kinds: Kinds, draft: Draft) -> bool:
    """A day or a month per row."""
    mapping = draft.mapping
    if mapping.clock_time >= 0 or "moment" in kinds.kinds:
        return False
    first, last = _longest_run([p for p in range(len(kinds.kinds)) if kinds.kinds[p] in ("number", "")], kinds)
    count = last - first + 1
    if count < WIDE:
        return False
    monthly = kinds.kinds[mapping.time] == "month" and count <= 31
    heads = [heading_of(kinds.head, place) for place in range(first, last + 1)]
    timed = all(_CLOCK_HEAD.fullmatch(text) for text in heads)
    unit, text = _unit_of_table(kinds, first)
    counter = unit[0] == "energy" and quantity_in(text) == "counter"
    value = Value(first, "counter" if counter else unit[0] or "energy", unit[1] or "kWh")
    draft.put(form="month" if monthly else "day", values=(value,), last=last, numbered=not timed and not monthly)
    draft.say(
        T("Each row is a month with a column for each day.")
        if monthly
        else T("Each row is a day with {count} columns of values.", count=count)
    )
    if not unit[1]:
        draft.ask("values", T("In which unit are the values, and are they energy or power?"))
    elif counter:
        draft.ask("values", _named_counter(text))
    elif text:
        draft.say(T("“{text}” says that the values are in {unit}.", text=verbatim(text), unit=unit[1]))
    _words(kinds, draft)
    return True


def _longest_run(places: list[int], kinds: Kinds) -> tuple[int, int]:
    """First and last of the most neighbouring columns of numbers."""
    best, begin = (0, -1), 0
    for place in range(len(places)):
        if place and places[place] != places[place - 1] + 1:
            begin = place
        if place - begin > best[1] - best[0] or best[1] < 0:
            best = (begin, place)
    if best[1] < 0:
        return 0, -1
    first, last = places[best[0]], places[best[1]]
    while first < last and not kinds.kinds[first]:
        first += 1
    while last > first and not (kinds.kinds[last] or heading_of(kinds.head, last)):
        last -= 1
    # Numbers of the customer, the meter or its ratio may stand before the values.
    for form in (_CLOCK_HEAD, _COUNTED_HEAD):
        fitting = [p for p in range(first, last + 1) if form.fullmatch(heading_of(kinds.head, p).strip())]
        if len(fitting) >= WIDE:
            return fitting[0], fitting[-1]
    while first < last and _METERS.search(heading_of(kinds.head, first)):
        first += 1
    return first, last


def _unit_of_table(kinds: Kinds, first: int) -> tuple[tuple[str, str], str]:
    """Unit of a wide form, from any text above or before the values."""
    texts = [
        plain_text(cell) for row in (*kinds.head, *kinds.rows[:1]) for cell in row[:first] if isinstance(cell, str)
    ]
    for text in texts:
        found = unit_in(text)
        if found and found[1]:
            return found, text
    for text in texts:
        quantity = quantity_in(text)
        if quantity in ("power", "energy"):
            return (quantity, "kW" if quantity == "power" else "kWh"), text
    return ("", ""), ""


def _long(kinds: Kinds, draft: Draft) -> None:
    mapping = draft.mapping
    _words(kinds, draft)
    taken = {mapping.time, mapping.clock_time, draft.mapping.meter, draft.mapping.status}
    numbers = [place for place in kinds.of("number") if place not in taken]
    values, unknown = [], []
    for place in numbers:
        words = words_of(kinds.head, place)
        unit = next((found for text in reversed(words) if (found := unit_in(text)) is not None), None)
        if unit is None:
            unknown.append(place)
        elif unit[1]:
            values.append(_value(kinds, place, unit, draft))
    if not values:
        unit = _stated_unit(kinds)
        values = [
            Value(place, "energy", "kWh", heading_of(kinds.head, place))
            if unit is None
            else _value(kinds, place, unit, draft)
            for place in unknown[:1]
        ]
        if values and unit is None:
            draft.ask(
                "values", T("In which unit are the values, and are they energy, power or the state of a counter?")
            )
    if not values:
        draft.ask("values", T("Which columns hold the values?"))
    left = [heading_of(kinds.head, place) for place in numbers if place not in {one.column for one in values}]
    if any(left):
        draft.say(T("Not read: {columns}", columns=[verbatim(text) for text in left if text]))
    draft.put(values=tuple(values))


def _stated_unit(kinds: Kinds) -> tuple[str, str] | None:
    """The one unit that a column of its own states for all rows."""
    for place in kinds.of("word"):
        if re.fullmatch(r"unit|uom|einheit|单位|计量单位", heading_of(kinds.head, place).strip(), re.IGNORECASE):
            found = {unit_in(plain_text(cell)) for cell in kinds.cells(place)}
            unit = found.pop() if len(found) == 1 else None
            return unit if unit and unit[1] else None
    return None


def _value(kinds: Kinds, place: int, unit: tuple[str, str], draft: Draft) -> Value:
    """What a column with a known unit holds."""
    heading = heading_of(kinds.head, place)
    if unit[0] != "energy":
        return Value(place, *unit, heading)
    said = quantity_in(" ".join(words_of(kinds.head, place)))
    rising = rises(kinds, place, draft.mapping)
    if said in ("counter", "day_counter") and rising:
        draft.say(T("“{column}” is a counter: its name says so, and it rises.", column=verbatim(heading)))
        return Value(place, said, unit[1], heading)
    if rising:
        draft.ask(
            "values", T("“{column}” rises from row to row. Is it the state of a counter?", column=verbatim(heading))
        )
        return Value(place, "counter", unit[1], heading)
    if said == "counter":
        # A roll-over or an exchange of the meter lets it fall; read as amounts, its states would be a huge consumption.
        draft.ask("values", _named_counter(heading))
        return Value(place, "counter", unit[1], heading)
    if said == "day_counter":
        return Value(
            place, "day_counter" if drops_at_midnight(kinds, place, draft.mapping) else "energy", unit[1], heading
        )
    return Value(place, "energy", unit[1], heading)


def _named_counter(name: str) -> Text:
    """The question about a column whose name says counter and whose values do not."""
    return T(
        "The name “{column}” says that it is a counter, but its values do not show it. Is it the state of a counter, "
        "or the amount of each interval?",
        column=verbatim(name),
    )


def _words(kinds: Kinds, draft: Draft) -> None:
    """Columns that name the meter, and that say whether a value is an estimate."""
    mapping = draft.mapping
    taken = {mapping.time, mapping.clock_time}
    candidates = [place for place in kinds.of("word") if place not in taken]
    numbered = [
        p for p in kinds.of("number") if p not in taken and _METERS.search(heading_of(kinds.head, p))
        and unit_in(heading_of(kinds.head, p)) is None and not _between(p, mapping)
        and quantity_in(heading_of(kinds.head, p)) != "counter"
    ]  # fmt: skip
    status = next((p for p in candidates if _is_status(kinds, p)), -1)
    meters = [p for p in (*numbered, *candidates) if p != status and not _between(p, mapping)]
    named = [p for p in meters if _METERS.search(heading_of(kinds.head, p))]
    if not named and not _repeats(kinds, mapping):
        meters = []
    meter = max(named or meters, key=lambda p: len(set(map(str, kinds.cells(p)))), default=-1)
    if meter >= 0 and not named and len(set(map(str, kinds.cells(meter)))) < 2:
        meter = -1
    draft.put(meter=meter, status=status)
    if meter >= 0:
        draft.say(T("“{column}” names the meter.", column=verbatim(heading_of(kinds.head, meter) or str(meter + 1))))


def _repeats(kinds: Kinds, mapping: Mapping) -> bool:
    """Whether one moment stands in several rows, so that something must tell them apart."""
    places = [place for place in (mapping.time, mapping.clock_time) if place >= 0]
    moments = [
        tuple(plain_text(row[place]) for place in places) for row in kinds.rows[: kinds.near] if len(row) > max(places)
    ]
    return len(set(moments)) < len(moments)


def _between(place: int, mapping: Mapping) -> bool:
    return mapping.last >= 0 and mapping.values[0].column <= place <= mapping.last


def _is_status(kinds: Kinds, place: int) -> bool:
    if _STATES.search(heading_of(kinds.head, place)):
        return True
    texts = {plain_text(cell).strip().casefold() for cell in kinds.cells(place)}
    return len(texts) <= 6 and bool(texts & ESTIMATES)


def _headings(kinds: Kinds, draft: Draft) -> None:
    mapping = draft.mapping
    found = tuple(
        (key, text)
        for key in ("time", "clock_time", "meter", "status")
        if (place := getattr(mapping, key)) >= 0 and (text := heading_of(kinds.head, place))
    )
    draft.put(headings=found)
