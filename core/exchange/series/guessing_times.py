"""Which is the day and which the month, whether a time begins or ends its interval, and whose clock it is.

Said by the data where they decide, else asked.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from core.errors import UserError
from core.exchange.cells import Cell, is_blank, plain_text
from core.exchange.series.classify import Kinds, order_of_number
from core.exchange.series.clock import changes_between
from core.exchange.series.headings import heading_of
from core.exchange.series.mapping import COUNTERS
from core.exchange.series.plan import Plan
from core.exchange.series.stamps import DAY, Reading
from core.i18n import T

if TYPE_CHECKING:
    from core.exchange.series.guessing import Draft

_PARTS = re.compile(r" *([0-9]{1,2})([-/.]) ?([0-9]{1,2})[-/.] ?([0-9]{4}|[0-9]{2})\b.*")
_FORMAT = re.compile(r"\b(d{1,2}|M{1,2}|m{1,2}|T{2})[-/.](M{1,2}|m{1,2}|d{1,2})[-/.](?:y|J|Y){2,4}")
_AHEAD = re.compile(r".*[0-9](?: ?[+-][0-9]{2}:?(?:[0-9]{2})?| ?z| (?:utc|gmt|cet|cest|mez|mesz))", re.IGNORECASE)


def guess_times(kinds: Kinds, draft: Draft, zone: ZoneInfo | None) -> None:
    """Order of day and month, label, clock and tolerance."""
    mapping = draft.mapping
    cells = kinds.cells(mapping.time)
    draft.put(order=_order(cells, kinds, draft))
    _clock(kinds, draft, zone)
    moments = _moments(kinds, draft)
    _label(moments, kinds, draft)
    _tolerance(moments, draft)


def _order(cells: Sequence[Cell], kinds: Kinds, draft: Draft) -> str:
    texts = [cell for cell in cells if isinstance(cell, str)]
    numeric = {order_of_number(cell) for cell in cells}
    if kinds.kinds[draft.mapping.time] == "number":
        return numeric.pop() if len(numeric) == 1 else ""
    parts = [found for text in texts if (found := _PARTS.fullmatch(text))]
    if not parts:
        return "ymd"
    said = _said(kinds)
    if said:
        draft.say(T("The headings say in which order day and month stand."))
        return said
    decided = _decided(parts)
    if decided:
        return decided
    by_continuity = _continuous([found[0] for found in parts])
    if by_continuity:
        draft.say(T("In this order of day and month the times follow each other without a jump."))
        return by_continuity
    draft.ask("order", T("Does the day or the month come first in “{value}”?", value=parts[0][0].strip()[:40]))
    return ""


def _said(kinds: Kinds) -> str:
    """The form of dates as a heading shows it: ``dd.MM.yyyy``."""
    for row in kinds.head:
        for cell in row:
            found = _FORMAT.search(plain_text(cell)) if not is_blank(cell) else None
            if found is not None:
                return "mdy" if found[1] in ("M", "MM", "m", "mm") and found[2][0] == "d" else "dmy"
    return ""


def _decided(parts: Sequence[re.Match[str]]) -> str:
    """With points the day is first everywhere; else a number above 12 is no month."""
    first, second = max(int(found[1]) for found in parts), max(int(found[3]) for found in parts)
    if first > 12 and second > 12:
        return "ymd" if all(len(found[4]) == 2 for found in parts) and first > 31 else ""
    if first > 12:
        return "dmy"
    if second > 12:
        return "mdy"
    return "dmy" if all(found[2] == "." for found in parts) else ""


def _continuous(texts: Sequence[str]) -> str:
    """The order under which each time is the next one, where the other makes jumps of a month."""
    fitting = []
    for order in ("dmy", "mdy"):
        try:
            seconds = [Reading(order).read(text).seconds for text in dict.fromkeys(texts[:400])]
        except UserError:
            continue
        steps = Counter(b - a for a, b in pairwise(seconds))
        if len(steps) and max(abs(step) for step in steps) <= DAY and len({s // DAY for s in seconds}) > 1:
            fitting.append(order)
    return fitting[0] if len(fitting) == 1 else ""


def _clock(kinds: Kinds, draft: Draft, zone: ZoneInfo | None) -> None:
    mapping = draft.mapping
    texts = [cell for cell in kinds.cells(mapping.time) if isinstance(cell, str)]
    heading = heading_of(kinds.head, mapping.time)
    ahead = [text for text in texts if _AHEAD.fullmatch(text)]
    # 00:00-01:00, 01:00-02:00 ... are intervals; a clock is ahead of UTC by one or two different distances.
    distances = {text.strip()[-6:] for text in ahead}
    if mapping.order.startswith("epoch"):
        draft.put(clock="utc")
        draft.say(T("Seconds since 1970 are UTC."))
    elif texts and len(ahead) > 0.9 * len(texts) and len(distances) <= 2:
        draft.put(clock="stamped")
        draft.say(T("Each time says how far it is ahead of UTC."))
    elif re.search(r"\b(utc|gmt)\b(?![+-])", heading, re.IGNORECASE):
        draft.put(clock="utc")
        draft.say(T("The heading of the times says UTC."))
    elif zone is not None and _changes(zone):
        draft.ask(
            "clock",
            T("Is the clock of the logger put forward in spring and back in autumn, as that of the plant, or not?"),
        )


def _changes(zone: ZoneInfo) -> bool:
    """Whether clocks of the zone have been changed in the last years."""
    day = date(2020, 1, 1).toordinal() - date(1970, 1, 1).toordinal()
    return bool(changes_between(day, day + 6 * 366, zone))


def _moments(kinds: Kinds, draft: Draft) -> list[int]:
    """What the rows say, in their order, as far as they can be read."""
    mapping = replace(draft.mapping, label=draft.mapping.label or "left")
    plan = Plan(mapping, {}, ())
    found = []
    for row in kinds.rows:
        cell, clock = (row[p] if 0 <= p < len(row) else None for p in (mapping.time, mapping.clock_time))
        try:
            found.append(plan.moment(cell, clock).seconds)
        except UserError:
            continue
    return found


def _label(moments: list[int], kinds: Kinds, draft: Draft) -> None:
    mapping = draft.mapping
    if mapping.label or all(one.quantity in COUNTERS for one in mapping.values):
        draft.put(label=mapping.label or "instant")
        return
    if mapping.form == "month" or (mapping.form == "table" and _daily(kinds, mapping.clock_time, mapping.time)):
        draft.put(label="left")
        return
    ends, begins = _bounds(moments, kinds, draft)
    if ends:
        draft.put(label="right")
        draft.say(T("The days of the file end at 24:00 and do not begin at 0:00, so times are ends of intervals."))
    elif begins and all(one.quantity in ("energy", "level") for one in mapping.values):
        draft.put(label="left")
        draft.say(
            T("The days of the file begin at 0:00 and do not end at 24:00, so times are beginnings of intervals.")
        )
    else:
        draft.put(label="left")
        draft.ask("label", T("Is a time the beginning or the end of its interval, or the moment of a sample?"))


def _daily(kinds: Kinds, clock: int, column: int) -> bool:
    return clock < 0 and kinds.kinds[column] in ("day", "month")


def _bounds(moments: list[int], kinds: Kinds, draft: Draft) -> tuple[bool, bool]:
    """Whether days end at 24:00 without beginning at 0:00, and the other way round."""
    mapping = draft.mapping
    if mapping.form == "day":
        heads = [heading_of(kinds.head, place) for place in (mapping.values[0].column, mapping.last)]
        begins = bool(re.fullmatch(r"0{1,2}[:.]00(?:[:.]00)?", heads[0]))
        ends = bool(re.match(r"(?:24|0{1,2})[:.]00", heads[1]))
        return ends and not begins, begins and not ends
    if any(_is_24(row[p]) for row in kinds.rows for p in (mapping.time, mapping.clock_time) if 0 <= p < len(row)):
        return True, False
    if len(moments) < 3:
        return False, False
    step = Counter(abs(b - a) for a, b in pairwise(moments) if b != a).most_common(1)
    first, last = min(moments) % DAY, max(moments) % DAY
    length = step[0][0] if step else 0
    return (first == length and last == 0), (first == 0 and last == DAY - length)


def _is_24(cell: Cell) -> bool:
    if isinstance(cell, timedelta):
        return cell == timedelta(days=1)
    return isinstance(cell, str) and bool(re.search(r"(?:^|[ T])24[:.]?00", cell))


def _tolerance(moments: list[int], draft: Draft) -> None:
    """Loggers that are late by seconds."""
    steps = [b - a for a, b in pairwise(moments[:400]) if 0 < b - a < DAY]
    if len(steps) < 5 or draft.mapping.form != "table":
        return
    usual, count = Counter(steps).most_common(1)[0]
    near = [step for step in steps if abs(step - round(usual / 60) * 60) <= 60]
    if (DAY % usual or count < 0.5 * len(steps)) and len(near) > 0.9 * len(steps) and usual >= 120:
        draft.ask(
            "tolerance",
            T("The times are regular but for some seconds. Shall each be taken for the regular one next to it?"),
        )
