"""Renewable electricity: where the plant stands, its instruments, what covers what, the way ahead, hours, rules."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gui.commands import Command
from gui.language import _
from gui.page import Page
from gui.renewables import words
from gui.renewables.allocation import AllocationView
from gui.renewables.hourly import HourlyView
from gui.renewables.instruments import InstrumentsPart
from gui.renewables.known import known_of
from gui.renewables.overview import OverviewView
from gui.renewables.rules import RulesView
from gui.renewables.standing import standing
from gui.renewables.way import WayView
from gui.session import Session
from gui.settings import Settings
from gui.tables.kinds import is_table
from gui.tabs import FrontTabs
from gui.widgets import clear, heading

TABS = (words.OVERVIEW, words.INSTRUMENTS, words.ALLOCATION, words.WAY, words.HOURLY, words.RULES)
"""In the order of reading."""


class RenewablesPage(Page):
    """A line that says it all, and the tabs; only the one in front is kept up to date."""

    def __init__(self, session: Session, settings: Settings) -> None:
        super().__init__()
        self._session = session
        self.overview = OverviewView(self, session, settings)
        self.instruments = InstrumentsPart(self, session, settings)
        self.allocation = AllocationView(self, session, settings)
        self.way = WayView(self, session, settings)
        self.hourly = HourlyView(self, session, settings)
        self.rules = RulesView(self, session, settings)
        self._title, self._standing = heading(""), QVBoxLayout()
        self.tabs = FrontTabs()
        self.tabs.setAccessibleName(_("Renewable electricity"))
        for part, name in zip(self._parts, self._names(), strict=True):
            self.tabs.addTab(part, name)
        self.tabs.currentChanged.connect(lambda _tab: self._turned())
        for view in (self.overview, self.way, self.hourly):
            view.go.connect(self.go)
        self._lay_out()

    @property
    def _parts(self) -> tuple[OverviewView, InstrumentsPart, AllocationView, WayView, HourlyView, RulesView]:
        return self.overview, self.instruments, self.allocation, self.way, self.hourly, self.rules

    @staticmethod
    def _names() -> tuple[str, ...]:
        return (_("Overview"), _("Instruments"), _("Allocation"), _("The way ahead"), _("Hour by hour"), _("Rules"))

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self._title)
        head.addLayout(self._standing, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 14, 16, 12)
        whole.setSpacing(10)
        whole.addLayout(head)
        whole.addWidget(self.tabs, 1)

    # ------------------------------------------------------------------ page

    def refresh(self) -> None:
        """Whether the plant is on its way, and the tab in front."""
        known, year = known_of(self._session), str(self._session.year)
        self._title.setText(_("Renewable electricity {year}", year=year))
        clear(self._standing)
        if known.shares.year.used:
            self._standing.addWidget(standing(known.way, self._session.ledger))
        self._parts[self.tabs.currentIndex()].refresh()

    def _turned(self) -> None:
        self._parts[self.tabs.currentIndex()].refresh()
        self.selected.emit()

    def go(self, place: str, subject: object = None) -> None:
        """To a tab of this page, or to another page."""
        if place in TABS:
            self.tabs.setCurrentIndex(TABS.index(place))
            self._parts[self.tabs.currentIndex()].refresh()
            self._show(subject)
        else:
            self.wanted.emit(place, subject)

    def _show(self, subject: object) -> None:
        part = self._parts[self.tabs.currentIndex()]
        if isinstance(part, InstrumentsPart):
            if subject is not None:
                part.table.show_record(str(subject))
        elif subject is not None:
            part.show_subject(subject)

    def show_subject(self, subject: object) -> None:
        """A tab by its name, or a record by its id."""
        if not isinstance(subject, str):
            return
        ledger = self._session.ledger
        if subject in TABS:
            self.go(subject)
            return
        for kind, place in (("instrument", words.INSTRUMENTS), ("allocation", words.ALLOCATION),
                            ("supply_option", words.WAY), ("rule_value", words.RULES),
                            ("activity", words.ALLOCATION)):  # fmt: skip
            if ledger.get(kind, subject) is not None:
                self.go(place, subject)
                return

    def inspect(self) -> QWidget | None:
        return self._parts[self.tabs.currentIndex()].inspect()

    def commands(self) -> list[Command]:
        def able() -> bool:
            return self._session.writable

        def at(place: str, act: Callable[[], object]) -> Callable[[], object]:
            def go_and_act() -> None:
                self.go(place)
                act()

            return go_and_act

        return [
            Command(_("Import instruments…"), at(words.INSTRUMENTS, self.instruments.ask_table),
                    icon="import", enabled=able),
            Command(_("Add an instrument…"), at(words.INSTRUMENTS, self.instruments.ask_new),
                    icon="plus", enabled=able),
            Command(_("Allocate by hand…"), at(words.ALLOCATION, self.allocation.ask), icon="renewables",
                    enabled=able),
            Command(_("Propose an allocation…"), at(words.ALLOCATION, self.allocation.propose),
                    icon="renewables", enabled=able),
            Command(_("Match hour by hour"), lambda: self.go(words.HOURLY), icon="meter"),
        ]  # fmt: skip

    def takes(self, path: Path) -> bool:
        return self._session.writable and is_table(path)

    def take(self, paths: Sequence[Path]) -> None:
        """Exports of registries; on the way ahead a table of options."""
        if self.tabs.currentIndex() == TABS.index(words.WAY):
            self.way.options.read_table(paths[0])
        else:
            self.go(words.INSTRUMENTS)
            self.instruments.read_table(paths[0])
