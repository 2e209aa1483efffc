"""Every data point once, with what is known of it and in how many questions it is asked; first what helps most."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.disclosures.readiness import Lacking, is_proven, value_of
from core.disclosures.value import PointValue
from gui.disclosures import words
from gui.disclosures.found import Found
from gui.language import _, say
from gui.quality.parts import combo
from gui.settings import Settings
from gui.tables.table import Column, Mark, Table
from gui.tables.whole_rows import choose_whole_rows
from gui.widgets import allow, button, empty_state

ALL, MISSING, EXPIRED, PEOPLE, RECORDS = "all", "missing", "expired", "people", "records"


@dataclass(frozen=True, slots=True, eq=False)
class PointRow:
    """One data point."""

    value: PointValue
    asked: int
    """Questions of all frameworks that ask for it."""
    lacking: Lacking | None
    """Where it is missing and asked for."""

    @property
    def id(self) -> str:
        return self.value.point

    @property
    def open(self) -> int:
        """Questions that it would help to answer."""
        return 0 if self.lacking is None else self.lacking.asked

    @property
    def state(self) -> str:
        """``known``, ``expired`` or ``missing``."""
        return "expired" if self.value.expired else "missing" if self.value.missing is not None else "known"


FILTERS: dict[str, Callable[[PointRow], bool]] = {
    ALL: lambda one: True,
    MISSING: lambda one: one.state == "missing",
    EXPIRED: lambda one: one.state == "expired",
    PEOPLE: lambda one: one.state == "known" and not one.value.derived,
    RECORDS: lambda one: one.state == "known" and one.value.derived,
}


def rows_of(found: Found) -> list[PointRow]:
    """What is missing first, by how many questions it answers; then what is known, in the order of the catalogue."""
    open_ = list(found.lacking)
    keys = [*open_, *(key for key in found.values if key in found.asked and key not in found.lacking)]
    keys += [key for key in found.asked if key not in found.values and key not in found.lacking]
    return [PointRow(value_of(found.values, key), len(found.asked.get(key, ())), found.lacking.get(key))
            for key in keys]  # fmt: skip


class PointsView(QWidget):
    """The table of data points."""

    chosen = Signal()
    """Another row is selected."""
    asked = Signal(str, str)
    """What is wanted (``answer``, ``open``, ``take_back``) and the key of the data point."""

    def __init__(self, settings: Settings, why_not: Callable[[str], str]) -> None:
        """``why_not`` says why a data point cannot be answered."""
        super().__init__()
        self._why_not = why_not
        self._found: Found | None = None
        self.shown = combo(_("Which data points"), [
            (_("All"), ALL), (_("Missing"), MISSING), (_("Expired"), EXPIRED), (_("Answered by people"), PEOPLE),
            (_("From records"), RECORDS),
        ])  # fmt: skip
        self.shown.activated.connect(lambda _row: self._fill())
        self.table: Table[PointRow] = Table("disclosure_points", columns(), settings, name=_("Data points"),
                                            editable=False, marks=marks)  # fmt: skip
        choose_whole_rows(self.table)
        self.table.current.connect(lambda _row: self._moved())
        self.table.view.doubleClicked.connect(lambda _index: self._ask("open"))
        self.answer = button(_("Answer…"), lambda: self._ask("answer"), role="primary",
                             tip=_("F2 or Ctrl+Enter; or double-click the row"))  # fmt: skip
        for one in (self.shown, self.answer):
            self.table.add_tool(one)
        keys = {"F2": "answer", "Ctrl+Return": "answer", "Ctrl+Enter": "answer", "Delete": "take_back",
                "Ctrl+Delete": "take_back"}  # fmt: skip
        for key, what in keys.items():
            QShortcut(QKeySequence(key), self.table.view, lambda what=what: self._ask(what),
                      context=Qt.ShortcutContext.WidgetShortcut)  # fmt: skip
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 10, 0, 0)
        column.addWidget(self.table, 1)

    def show_found(self, found: Found) -> None:
        """Everything that is asked."""
        if self._found is None:
            self.table.set_empty(empty_state("check", _("No data point of this kind"),
                                             _("Another choice above shows the other data points.")))  # fmt: skip
        self._found = found
        self._fill()

    def _fill(self) -> None:
        keep = FILTERS[str(self.shown.currentData())]
        self.table.set_rows([one for one in rows_of(self._found) if keep(one)] if self._found is not None else [])
        self._moved()

    def show_point(self, key: str) -> bool:
        """Go to a data point; a filter that hides it is lifted."""
        if self.table.show_record(key):
            return True
        self.shown.setCurrentIndex(self.shown.findData(ALL))
        self._fill()
        return self.table.show_record(key)

    @property
    def current(self) -> str:
        """Key of the data point the person stands on; empty: none."""
        row = self.table.current_record()
        return "" if row is None else row.id

    def _ask(self, what: str) -> None:
        if self.current:
            self.asked.emit(what, self.current)

    def _moved(self) -> None:
        allow(self.answer, self._why_not(self.current) if self.current else _("Select a row first."))
        self.chosen.emit()


def columns() -> list[Column[PointRow]]:
    """What it is, what is known, how much it helps, where it comes from."""
    return [
        Column("name", _("Data point"), lambda one: words.point_name(one.id), width=28, stretch=True),
        Column("state", _("State"), state, width=14, sort=lambda one: one.state),
        Column("value", _("Value"), lambda one: words.brief(one.value), width=16),
        Column("asked", _("Asked in"), asked, align="right", sort=lambda one: (one.open, one.asked), width=13),
        Column("who", _("Who can say it"), lambda one: words.who_words(one.id), width=20),
        Column("origin", _("Origin"), origin, width=32),
        Column("alone", _("Lack nothing else"), lambda one: "" if one.lacking is None else str(one.lacking.alone),
               align="right", sort=lambda one: -1 if one.lacking is None else one.lacking.alone, width=10,
               hidden=True),
        Column("key", _("Key"), lambda one: one.id, width=18, hidden=True),
    ]  # fmt: skip


def asked(row: PointRow) -> str:
    """``7 of 9 open``; of what is known how many ask for it."""
    return _("{n} of {of} open", n=row.open, of=row.asked) if row.open else str(row.asked)


def state(row: PointRow) -> str:
    """What is known of it."""
    if row.state == "known":
        if any(one.kind == "site" for one in row.value.origins):
            return _("From plants")
        return _("From records") if row.value.derived else _("Answered")
    return words.state_words(row.state)


def origin(row: PointRow) -> str:
    """Where it comes from."""
    return "; ".join(say(one.words) for one in row.value.origins)


def marks(row: PointRow) -> dict[str, Mark]:
    """The icon of the state, and whether there is proof."""
    found: dict[str, Mark] = {"state": Mark("good", state(row))}
    if row.state != "known":
        found["state"] = Mark("warning" if row.state == "expired" else "bad", state(row))
    if is_proven(row.value):
        found["value"] = Mark("proof", _("With proof"))
    return found
