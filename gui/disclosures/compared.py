"""The answers of a framework beside those of the year before, or beside what was handed in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.disclosures.comparing import CHANGES, Compared, compare
from core.disclosures.submitting import rounded
from core.disclosures.value import PointValue
from core.i18n import show_date
from core.ledger import Submission
from core.methods import plain
from gui.disclosures import words
from gui.disclosures.found import Found
from gui.language import _, language, say
from gui.quality.parts import combo
from gui.settings import Settings
from gui.tables.table import Column, Mark, Table
from gui.tables.whole_rows import choose_whole_rows
from gui.widgets import button, empty_state
from gui.wording import minus

YEAR = ""
"""Key of the comparison with the year before; of the others the id of what was handed in."""
CHANGED, ALL = "changed", "all"
ZERO = Decimal(0)


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """One data point of one question, then and now."""

    one: Compared

    @property
    def id(self) -> tuple[str, str]:
        return self.one.question.id, self.one.point


class ComparedView(QWidget):
    """What it is compared with is chosen above."""

    chosen = Signal()
    """Another row is selected."""
    before_wanted = Signal()
    """The year before is asked for and not known."""

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self._found: Found | None = None
        self._key = ""
        self._before: Mapping[str, PointValue] | None = None
        self._reading, self._can_read = "", False
        self.beside = combo(_("Compared with"), [])
        self.beside.setMinimumContentsLength(14)
        self.beside.setSizeAdjustPolicy(self.beside.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.beside.activated.connect(lambda _row: self._fill())
        self.shown = combo(_("Which rows"), [(_("Changes"), CHANGED), (_("All"), ALL)])
        self.shown.activated.connect(lambda _row: self._fill())
        self.table: Table[Row] = Table("disclosure_compared", columns(), settings, name=_("Comparison"),
                                       editable=False, marks=marks)  # fmt: skip
        choose_whole_rows(self.table)
        self.table.current.connect(lambda _row: self.chosen.emit())
        for one in (self.beside, self.shown):
            self.table.add_tool(one)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 10, 0, 0)
        self._column.addWidget(self.table, 1)

    # ------------------------------------------------------------------ show

    def show_found(
        self, found: Found, key: str, before: Mapping[str, PointValue] | None, why: str, *, can_read: bool
    ) -> None:
        """A framework; ``why`` says why the year before is not known, where it is not."""
        self._found, self._key, self._before, self._reading, self._can_read = found, key, before, why, can_read
        chosen = self.beside.currentData()
        self.beside.clear()
        self.beside.addItem(_("Year {year}", year=str(found.year - 1)), YEAR)
        for one in handed_in(found, key):
            self.beside.addItem(submission_words(one), one.id)
        self.beside.setCurrentIndex(max(0, self.beside.findData(chosen)))
        self._fill()

    def choose(self, submission: str) -> None:
        """Compare with what was handed in; empty: with the year before."""
        self.beside.setCurrentIndex(max(0, self.beside.findData(submission)))
        self._fill()

    @property
    def old(self) -> Mapping[str, PointValue] | Submission | None:
        """What it is compared with; None where that is not known."""
        wanted = str(self.beside.currentData() or YEAR)
        if wanted == YEAR or self._found is None:
            return self._before
        held = self._found.records.get("submission", wanted)
        return held if isinstance(held, Submission) else None

    def _fill(self) -> None:
        old = self.old
        if self._found is None or old is None:
            self._say_nothing(_("Not known yet"), self._reading)
            self.table.set_rows([])
            return
        rows = [Row(one) for one in compare(self._found.ready[self._key], old)]
        if self.shown.currentData() == CHANGED:
            rows = [row for row in rows if row.one.change not in ("same", "none")]
        self._say_nothing(_("Nothing has changed"), _("Every answer is as it was. “All” shows them too."))
        self.table.set_rows(rows)

    def _say_nothing(self, title: str, sentence: str) -> None:
        read = button(_("Read the reports of {year}", year=str(self._found.year - 1 if self._found else 0)),
                      self.before_wanted.emit)  # fmt: skip
        asks = self._can_read and self.old is None
        self.table.set_empty(empty_state("compare", title, sentence, *([read] if asks else [])))
        if not asks:
            read.deleteLater()

    @property
    def current(self) -> tuple[str, str] | None:
        """Question and data point the person stands on."""
        row = self.table.current_record()
        return None if row is None else row.id


def handed_in(found: Found, key: str) -> list[Submission]:
    """What was handed in for a framework, newest first."""
    held = (one for one in found.records.held(Submission) if one.map == key)
    return sorted(held, key=lambda one: (one.day, one.id), reverse=True)


def submission_words(one: Submission) -> str:
    """``Handed in on 2025-06-30, CDP``."""
    return _("Handed in on {day}: {recipient}", day=show_date(one.day, language()), recipient=one.recipient)


def columns() -> list[Column[Row]]:
    """Before, now, and by how much."""
    return [
        Column("id", _("Question"), lambda row: row.one.question.id, width=9),
        Column("name", _("Data point"), lambda row: words.point_name(row.one.point), width=24, stretch=True),
        Column("old", _("Value before"), lambda row: said(row.one.old), align="right", width=14),
        Column("new", _("Value now"), lambda row: said(row.one.new), align="right", width=14),
        Column("difference", _("Difference"), lambda row: signed(row.one.difference), align="right", width=11,
               sort=lambda row: row.one.difference or ZERO, plain=lambda row: exact(row.one.difference)),
        Column("percent", _("Difference"), lambda row: signed(row.one.percent, 1), "%", "right",
               lambda row: row.one.percent or ZERO, lambda row: exact(row.one.percent), width=9),
        Column("change", _("Change"), lambda row: say(CHANGES[row.one.change]), width=16),
        Column("reason", _("Reason"), lambda row: row.one.reason, width=26),
        Column("label", _("Label"), lambda row: say(row.one.question.name), width=26, hidden=True),
    ]  # fmt: skip


def said(value: PointValue | None) -> str:
    """Then or now."""
    return "" if value is None else words.brief(value)


def signed(number: Decimal | None, places: int | None = None) -> str:
    """``+12`` or ``−12``; nothing where a difference says nothing."""
    if number is None:
        return ""
    shown = words.rounded_number(abs(number)) if places is None else f"{abs(number):,.{places}f}"
    return shown if not number else f"+{shown}" if number > 0 else minus(f"-{shown}")


def exact(number: Decimal | None) -> str:
    """All digits, for copying."""
    return "" if number is None else plain(rounded(number))


def marks(row: Row) -> dict[str, Mark]:
    """What is gone needs a look."""
    if row.one.change == "gone":
        return {"change": Mark("warning", say(CHANGES["gone"]))}
    return {}
