"""Rows and columns of the allocation: bills with what covers them, and each allocation."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from core.i18n import show_date, show_month, show_number
from core.instruments import Cover
from core.ledger import Activity
from core.library.record_words import field_name
from core.methods import plain
from core.renewables.bills import Bill
from core.renewables.shares import shown_percent
from gui.language import _, language, say
from gui.renewables import words
from gui.solar.words import mwh
from gui.tables.table import Column, Mark
from gui.wording import clauses


@dataclass(frozen=True, slots=True)
class BillRow:
    """A bill as a row."""

    bill: Bill

    @property
    def id(self) -> str:
        return self.bill.record.id


@dataclass(frozen=True, slots=True)
class CoverRow:
    """An allocation as a row."""

    cover: Cover
    record: Activity

    @property
    def id(self) -> str:
        return self.cover.allocation.id


def days(record: Activity) -> str:
    """A month where it is one, else both days."""
    if record.start.day == 1 and (record.end + timedelta(days=1)) == (record.start + timedelta(days=32)).replace(day=1):
        return show_month(record.start, language())
    start, end = (show_date(day, language()) for day in (record.start, record.end))
    return start if record.start == record.end else _("{start} to {end}", start=start, end=end)


def bill_columns() -> list[Column[BillRow]]:
    """Of bills."""
    return [
        Column("source", _("Source"), lambda r: r.bill.record.source, width=24, stretch=True),
        Column("period", _("Period"), lambda r: days(r.bill.record),
               sort=lambda r: (r.bill.record.start, r.bill.record.end, r.id), width=14),
        _amount("used", _("Electricity used"), lambda r: r.bill.used),
        _amount("covered", _("Covered amount"), lambda r: r.bill.counted),
        Column("percent", _("Covered"), _percent, "%", "right", lambda r: r.bill.counted / r.bill.used, width=8),
        _amount("stopped", _("Does not count"), lambda r: r.bill.stopped),
        _amount("uncovered", _("Not covered"), lambda r: r.bill.uncovered),
        Column("instruments", _("Instruments"), _instruments, width=34),
    ]  # fmt: skip


def _amount(key: str, title: str, of: Callable[[BillRow], Decimal]) -> Column[BillRow]:
    return Column(key, title, lambda r: mwh(of(r)), "MWh", "right", of, lambda r: plain(of(r) / 1000), width=10)


def _percent(row: BillRow) -> str:
    return words.shown_share(shown_percent(min(row.bill.counted, row.bill.used), row.bill.used))


def _instruments(row: BillRow) -> str:
    return clauses(dict.fromkeys(one.instrument.name for one in row.bill.covers))


def bill_marks(row: BillRow) -> Mapping[str, Mark]:
    """What is allocated and does not count, with the reason."""
    stopped = [one for one in row.bill.covers if not one.counts]
    if not stopped:
        return {}
    reasons = dict.fromkeys(
        said.message.in_language(language()) for one in stopped for said in one.judged if said.level == "stop"
    )
    return {"stopped": Mark("bad", "\n".join(reasons))}


def cover_columns() -> list[Column[CoverRow]]:
    """Of allocations."""
    return [
        Column("instrument", say(field_name("allocation", "instrument")), lambda r: r.cover.instrument.name, width=30,
               stretch=True),
        Column("judgement", _("Rules say"), lambda r: words.worst_words(words.worst(r.cover.judged)), width=11),
        Column("source", _("Source"), lambda r: r.record.source, width=24),
        Column("period", _("Period"), lambda r: days(r.record), sort=lambda r: (r.record.start, r.id), width=14),
        Column("kwh", _("Allocated"), lambda r: show_number(r.cover.quantity), "kWh", "right",
               lambda r: r.cover.quantity, lambda r: plain(r.cover.quantity), width=14),
        Column("note", _("Remark"), lambda r: r.cover.allocation.note, width=18, hidden=True),
    ]  # fmt: skip


def cover_marks(row: CoverRow) -> Mapping[str, Mark]:
    """Why it does not count, or what to look at."""
    level = words.worst(row.cover.judged)
    if level == "ok":
        return {}
    said = [one.message.in_language(language()) for one in row.cover.judged if one.level == level]
    return {"judgement": Mark(words.LEVELS[level][0], "\n".join(said))}
