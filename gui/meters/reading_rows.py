"""Readings as a grid: what is typed or pasted becomes records, and what follows from them stands beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

import numpy as np

from core.errors import UserError
from core.i18n import T, Text, show_date, show_number
from core.ledger import Ledger, Meter, MeterExchange, Reading
from core.series.counters import Consumed, consumption
from core.series.metered import Metered
from core.series.series import Series
from core.series.wording import figure as short
from core.series.zones import begin_of
from gui.language import _, language, say
from gui.meters.rows import cut
from gui.meters.words import unit_sign
from gui.tables.table import Column, Mark

KINDS: dict[bool, Text] = {False: T("Amount"), True: T("State of the counter")}
FAR = Decimal("0.02")
"""From here on a reading and the intervals of its days contradict each other; limit of this program. [1]"""


@dataclass(frozen=True, slots=True)
class ReadingRow:
    """A reading as it is typed; what is missing is None."""

    id: str
    counter: bool
    start: date | None = None
    end: date | None = None
    value: Decimal | None = None
    estimated: bool = False
    evidence: str = ""
    note: str = ""
    amount: Decimal | None = None
    """What was used since the reading before, or the amount itself. [unit]"""
    counted: Decimal | None = None
    """What the intervals of the same days make; None where one is missing. [unit]"""

    @property
    def missing(self) -> tuple[str, ...]:
        """Keys of the columns without which it is no reading."""
        needed = {"end": self.end, "value": self.value}
        if not self.counter:
            needed["start"] = self.start
        return tuple(key for key, held in needed.items() if held is None)

    @property
    def apart(self) -> Decimal | None:
        """How much more the intervals make, relative to the reading; None where nothing compares. [1]"""
        return None if self.counted is None or not self.amount else self.counted / self.amount - 1


def reading_of(row: ReadingRow, meter: Meter) -> Reading:
    """The record of a finished row, not yet checked."""
    assert row.end is not None and row.value is not None
    start = row.end if row.counter or row.start is None else row.start
    return Reading(row.id, meter.id, start, row.end, row.value, row.counter, row.estimated, row.evidence, row.note)


def rows_of_readings(
    metered: Metered, meter: Meter, series: Series | None
) -> tuple[list[ReadingRow], UserError | None]:
    """The readings of a meter in order of time with what follows from them, and what is wrong between them."""
    ledger = metered.ledger
    own = sorted((one for one in ledger.held(Reading) if one.meter == meter.id), key=lambda one: (one.end, one.start))
    try:
        found, problem = consumption(own, meter, ledger.held(MeterExchange)), None
    except UserError as error:
        found, problem = [], error
    by_last = {one.reading_ids[-1]: one for one in found if one.reading_ids}
    rows = []
    for one in own:
        used = by_last.get(one.id)
        counted = None if used is None or series is None else sum_between(series, metered, used)
        start = None if one.counter else one.start
        rows.append(
            ReadingRow(one.id, one.counter, start, one.end, one.value, one.estimated, one.evidence, one.note,
                       None if used is None else used.amount, counted)
        )  # fmt: skip
    return rows, problem


def contradiction(ledger: Ledger, meter: Meter) -> UserError | None:
    """What is wrong between the readings of a meter; None where each follows from the one before."""
    try:
        consumption(ledger.held(Reading), meter, ledger.held(MeterExchange))
    except UserError as error:
        return error
    return None


def sum_between(series: Series, metered: Metered, used: Consumed) -> Decimal | None:
    """What the intervals of some days make; None where one is missing."""
    start, end = begin_of(used.start, metered.zone), begin_of(used.end + timedelta(days=1), metered.zone)
    part = cut(series, start, end)
    if part.start >= start + part.step or part.end < end or np.isnan(part.values).any() or not len(part):
        return None
    return short(float(part.values.sum()), 12)


def usual_kind(ledger: Ledger, meter: Meter) -> bool:
    """Whether the next reading is probably a state of the counter."""
    own = [one for one in ledger.held(Reading) if one.meter == meter.id]
    return own[-1].counter if own else bool(meter.digits) or meter.multiplier != 1


# ---------------------------------------------------------------------- cells


def columns(meter: Meter) -> list[Column[ReadingRow]]:
    """Typed are kind, days, value, estimate, reference and remark; the rest follows."""
    unit = unit_sign(meter.unit)
    names = [say(name) for name in KINDS.values()]
    yes_no = [_("yes"), _("no")]
    return [
        Column("kind", _("Kind"), lambda r: say(KINDS[r.counter]), edit=_edit_kind, choices=lambda _r: names, width=9),
        Column("start", _("From"), lambda r: _day(r.start), sort=lambda r: r.start or r.end or date.min,
               edit=_edit_start, width=10),
        Column("end", _("To the end of"), lambda r: _day(r.end), sort=lambda r: r.end or date.min, edit=_edit_end,
               width=10),
        Column("value", _("Value read"), lambda r: _number(r.value), "", "right", lambda r: r.value or Decimal(0),
               lambda r: "" if r.value is None else f"{r.value:f}", _edit_value, width=10),
        Column("amount", _("Amount"), lambda r: _number(r.amount), unit, "right", lambda r: r.amount or Decimal(0),
               width=9),
        Column("counted", _("By intervals"), lambda r: _number(r.counted), unit, "right",
               lambda r: r.counted or Decimal(0), width=9),
        Column("estimated", _("Estimated"), lambda r: _("yes") if r.estimated else "", edit=_edit_estimated,
               choices=lambda _r: yes_no, width=9),
        Column("evidence", _("Reference"), lambda r: r.evidence, edit=_text("evidence"), width=14),
        Column("note", _("Remark"), lambda r: r.note, edit=_text("note"), width=16, stretch=True),
    ]  # fmt: skip


def marks_of(row: ReadingRow, drafts: Mapping[str, ReadingRow]) -> dict[str, Mark]:
    """What is still missing, and where reading and intervals contradict each other."""
    if row.id in drafts:
        words = _("Still missing; the row is kept once it is complete.")
        return {key: Mark("info", words) for key in row.missing}
    if row.apart is not None and abs(row.apart) > FAR:
        share = show_number(row.apart * 100, 1)
        return {"counted": Mark("warning", _("The intervals differ from the reading by {share} %.", share=share))}
    return {}


def _day(value: date | None) -> str:
    return "" if value is None else show_date(value, language())


def _number(value: Decimal | None) -> str:
    return "" if value is None else show_number(value)


def _edit_kind(row: ReadingRow, text: str) -> ReadingRow:
    wanted = text.strip().casefold()
    for counter, name in KINDS.items():
        if wanted and wanted in {name.in_language("en").casefold(), name.in_language("zh").casefold()}:
            return replace(row, counter=counter, start=None if counter else row.start)
    raise UserError(T("“{text}” is not in the list.", text=text), T("Choose one of the list."))


def _edit_start(row: ReadingRow, text: str) -> ReadingRow:
    """A month, quarter or year tells the last day too, where none is told yet."""
    from core.exchange.dates import parse_span

    if row.counter:
        if not text.strip():
            return row
        raise UserError(
            T("The state of a counter is read at the end of one day."), T("Enter the day in the next column.")
        )
    if not text.strip():
        return replace(row, start=None)
    start, end = parse_span(text)
    return replace(row, start=start, end=row.end if row.end is not None or end == start else end)


def _edit_end(row: ReadingRow, text: str) -> ReadingRow:
    from core.exchange.dates import parse_date

    return replace(row, end=parse_date(text, end=True) if text.strip() else None)


def _edit_value(row: ReadingRow, text: str) -> ReadingRow:
    from core.exchange.numbers import parse_number

    return replace(row, value=parse_number(text) if text.strip() else None)


def _edit_estimated(row: ReadingRow, text: str) -> ReadingRow:
    from core.exchange.cells import parse_boolean

    return replace(row, estimated=parse_boolean(text))


def _text(name: str) -> Callable[[ReadingRow, str], ReadingRow]:
    def edit(row: ReadingRow, text: str) -> ReadingRow:
        from core.exchange.cells import parse_text

        said = parse_text(text)
        return replace(row, evidence=said) if name == "evidence" else replace(row, note=said)

    return edit
