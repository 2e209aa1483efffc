"""Everything that expires or is due, by month; each line leads to its record."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QListWidget, QListWidgetItem, QWidget

from core.disclosures.calendar import KINDS, Due, calendar_of
from core.exchange.icalendar import ENDING, write_calendar
from core.handover import write_safely
from core.i18n import show_date, show_month
from gui.entering.part import Keeper
from gui.language import _, language, say
from gui.page import Page
from gui.quality.parts import combo
from gui.settings import Settings
from gui.tables.table import Column, Mark, Table
from gui.tables.whole_rows import choose_whole_rows
from gui.widgets import allow, button, divided, empty_state, letters

MONTHS = 12
"""That are looked ahead."""
SOON, OVERDUE, LATER = "soon", "overdue", "later"
"""Overdue and the next months together; what is overdue; what comes after that."""
EVERY = ""
SOON_DAYS = 30
"""From so many days before its day on a line is marked. [d]"""
WIDE, LEAST = 28, 22
"""Of the list of months, in digits."""
MOST_WIDE = 25
"""Digits that what happens may take: it is about what that counts."""
_KEY = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class DueRow:
    """A line of the calendar."""

    due: Due
    number: int
    """Tells findings of one audit apart, which share its id."""

    @property
    def id(self) -> tuple[str, str, int]:
        """What it is known by when the records change."""
        return self.due.kind, self.due.id, self.number


class CalendarView(QWidget):
    """Months at the left, what happens in them at the right."""

    chosen = Signal()
    wanted = Signal(object)
    """The Due whose record is to be shown."""

    def __init__(self, page: Page, desk: Keeper, settings: Settings, today: Callable[[], date]) -> None:
        super().__init__()
        self._page, self._desk, self._today = page, desk, today
        self._rows: tuple[DueRow, ...] = ()
        self.months = QListWidget()
        self.months.setAccessibleName(_("Months"))
        self.months.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.months.setMinimumWidth(letters(self, LEAST))
        self.months.currentItemChanged.connect(lambda _now, _before: self._fill())
        self.kinds = combo(_("What happens"), [(_("Everything"), EVERY)])
        self.kinds.setMinimumContentsLength(12)
        self.kinds.setSizeAdjustPolicy(self.kinds.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.kinds.activated.connect(lambda _row: self._refill())
        self.table: Table[DueRow] = Table(
            "checklist_calendar", self._columns(), settings, name=_("What expires and is due"), editable=False,
            marks=self._marks,
        )  # fmt: skip
        choose_whole_rows(self.table)
        self.table.current.connect(lambda _row: self._moved())
        self.table.view.doubleClicked.connect(lambda _index: self.open())
        self.show_record = button(_("Show record"), self.open, role="primary", tip=_("Enter; or double-click the row"))
        self.export = button(_("Export…"), self.ask_export, picture="export",
                             tip=_("As a file that other calendars read"))  # fmt: skip
        self._filling = False
        self._lay_out()

    def _lay_out(self) -> None:
        for one in (self.kinds, self.show_record, self.export):
            self.table.add_tool(one)
        for key in ("Return", "Enter", "F2"):
            QShortcut(QKeySequence(key), self.table.view, self.open, context=Qt.ShortcutContext.WidgetShortcut)
        self.table.set_empty(empty_state(
            "check", _("Nothing expires and nothing is due here"),
            _("Here stand answers, proofs, certificates and undertakings with the last day on which they hold, and "
              "findings and requests with the day by which they are due."),
        ))  # fmt: skip
        parts = divided(self.months, self.table)
        inside = self.table.layout()
        if inside is not None:
            inside.setContentsMargins(12, 0, 0, 0)
        parts.setStretchFactor(1, 1)
        parts.setSizes([letters(self, WIDE), 3 * letters(self, WIDE)])
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 10, 0, 0)
        row.addWidget(parts)

    # ------------------------------------------------------------------ show

    def refresh(self) -> None:
        """Everything, from the records."""
        seen: dict[tuple[str, str], int] = {}
        rows = []
        for one in calendar_of(self._desk.records, self._today()):
            seen[one.kind, one.id] = number = seen.get((one.kind, one.id), 0) + 1
            rows.append(DueRow(one, number))
        self._rows = tuple(rows)
        self._offer_kinds()
        self._refill()

    def _offer_kinds(self) -> None:
        """Those of which there is something, each with how often."""
        kept = self.kinds.currentData()
        counts = {kind: sum(row.due.kind == kind for row in self._rows) for kind in KINDS}
        self.kinds.clear()
        self.kinds.addItem(_("Everything"), EVERY)
        for kind, count in counts.items():
            if count:
                self.kinds.addItem(_("{what} ({count})", what=say(KINDS[kind]), count=count), kind)
        self.kinds.setCurrentIndex(max(0, self.kinds.findData(kept)))

    def _refill(self) -> None:
        """Months with something of the kind, and the lines of the one that is chosen."""
        kept = self._month
        self._filling = True
        self.months.clear()
        for key, title, count in self._groups():
            item = QListWidgetItem(_("{what} ({count})", what=title, count=count))
            item.setData(_KEY, key)
            self.months.addItem(item)
            if key == kept:
                self.months.setCurrentItem(item)
        if self.months.currentRow() < 0:
            self.months.setCurrentRow(0)
        self._filling = False
        self._fill()

    def _groups(self) -> Iterable[tuple[str, str, int]]:
        """Key, title and number of lines of each group that has any; the first always is there."""
        rows, lang = self._of_kind(), language()
        soon = sum(self._group(row) != LATER for row in rows)
        yield SOON, _("Overdue, next 12 months"), soon
        found: dict[str, tuple[str, int]] = {}
        for row in rows:
            key = self._group(row)
            title = {OVERDUE: _("Overdue"), LATER: _("Later")}.get(key) or show_month(row.due.day, lang)
            found[key] = (title, found.get(key, ("", 0))[1] + 1)
        yield from ((key, title, count) for key, (title, count) in found.items())

    def _group(self, row: DueRow) -> str:
        """Overdue, a month, or later; lines come by their days, so groups do too."""
        day, today = row.due.day, self._today()
        if row.due.overdue:
            return OVERDUE
        ahead = (day.year - today.year) * MONTHS + day.month - today.month
        return LATER if ahead > MONTHS else f"{day:%Y-%m}"

    @property
    def _month(self) -> str:
        return str(self.months.currentItem().data(_KEY)) if self.months.currentRow() >= 0 else SOON

    def _of_kind(self) -> list[DueRow]:
        kind = self.kinds.currentData()
        return [row for row in self._rows if kind in (EVERY, None, row.due.kind)]

    def _fill(self) -> None:
        if self._filling:
            return
        month = self._month
        shown = [row for row in self._of_kind()
                 if self._group(row) == month or (month == SOON and self._group(row) != LATER)]  # fmt: skip
        self.table.set_rows(shown)
        self._moved()

    def choose(self, month: str) -> None:
        """``soon``, ``overdue``, ``later`` or ``2026-03``."""
        for row in range(self.months.count()):
            if self.months.item(row).data(_KEY) == month:
                self.months.setCurrentRow(row)

    def _columns(self) -> list[Column[DueRow]]:
        longest = max(self.fontMetrics().horizontalAdvance(say(words)) for words in KINDS.values())
        wide = min(MOST_WIDE, -(-longest // letters(self, 1)))
        return [
            Column("day", _("Day"), lambda row: show_date(row.due.day, language()), sort=lambda row: row.due.day,
                   plain=lambda row: row.due.day.isoformat(), width=17),
            Column("left", _("Days left"), self._left, "", "right", self._days, width=9),
            Column("kind", _("What happens"), lambda row: say(KINDS[row.due.kind]), width=wide),
            Column("words", _("About"), lambda row: say(row.due.words), width=34, stretch=True),
        ]  # fmt: skip

    def _days(self, row: DueRow) -> int:
        return (row.due.day - self._today()).days

    def _left(self, row: DueRow) -> str:
        days = self._days(row)
        return str(days) if days >= 0 else _("overdue")

    def _marks(self, row: DueRow) -> dict[str, Mark]:
        if row.due.overdue:
            return {"day": Mark("bad", _("Overdue"))}
        if self._days(row) <= SOON_DAYS:
            return {"day": Mark("warning", _("Within {days} days", days=SOON_DAYS))}
        return {}

    def _moved(self) -> None:
        allow(self.show_record, "" if self.table.current_record() is not None else _("Select a row first."))
        allow(self.export, "" if self._rows else _("There is nothing to export."))
        self.chosen.emit()

    # ------------------------------------------------------------------ act

    def open(self) -> None:
        """Show the record of the line."""
        row = self.table.current_record()
        if row is not None:
            self.wanted.emit(row.due)

    def ask_export(self) -> None:
        """Ask where to write the calendar."""
        if not self._rows:
            self._page.tell("info", _("There is nothing to export."))
            return
        kinds = f"{_('Calendar')} (*{ENDING})"
        name, _kind = QFileDialog.getSaveFileName(self, _("Export calendar…"), f"calendar{ENDING}", kinds)
        if name:
            self.write(Path(name))

    def write(self, path: Path) -> None:
        """Everything of the kind that is chosen, whatever month is in front."""
        records = self._desk.records
        subject = records.get("plant", "plant") or records.get("group", "group")
        text = write_calendar(str(getattr(subject, "name", "")), [row.due for row in self._of_kind()],
                              datetime.now(UTC), language())  # fmt: skip

        def act() -> bool:
            write_safely(path, text.encode())
            return True

        if self._page.attempt(act):
            self._page.tell("good", _("Saved {file}.", file=path.name))
