"""Meters and Solar without a mouse: Ctrl and a number, Tab, arrows and Enter lead everywhere."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QTabBar, QTableView, QWidget
from pytestqt.qtbot import QtBot

from core.i18n import T
from core.ledger import IntervalData, PvSystem
from gui.app import Program
from gui.language import _, say
from gui.meters.estimate import EstimateDialog
from gui.session import Session
from tests.soak.run import plant_of
from tests.stories.conftest import Start
from tests.stories.engineer import Engineer, in_dialog
from tests.stories.person import shown

both = pytest.mark.parametrize("lang", ["zh", "en"])
FAR = 120
"""Steps after which a person gives up."""


class Typist(Engineer):
    """Somebody whose mouse is broken."""

    @property
    def focus(self) -> QWidget:
        """Where the keyboard is."""
        self.attends()
        found = QApplication.focusWidget()
        assert found is not None, "the keyboard is nowhere"
        return found

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """One key, wherever the keyboard is."""
        QTest.keyClick(self.focus, key, modifier)
        QApplication.processEvents()

    def tabs_to(self, there: Callable[[QWidget], bool], what: str) -> QWidget:
        """Presses Tab until the keyboard is there, and F6 in a table in which Tab goes from cell to cell."""
        seen = []
        for _step in range(FAR):
            if there(self.focus):
                return self.focus
            seen.append(f"{type(self.focus).__name__} “{self.focus.accessibleName()}”")
            before = self.focus
            self.key(Qt.Key.Key_Tab)
            if self.focus is before:
                self.key(Qt.Key.Key_F6)
        raise AssertionError(f"Tab does not lead to {what}: {seen}")

    def tabs_to_name(self, name: str) -> QWidget:
        """To a widget of this name."""
        return self.tabs_to(lambda one: one.accessibleName() == name or getattr(one, "text", str)() == name, name)

    def opens_tab(self, title: str) -> None:
        """Tab to the row of tabs, then the arrows."""
        bar = self.tabs_to(lambda one: isinstance(one, QTabBar), "the tabs")
        assert isinstance(bar, QTabBar)
        for _step in range(bar.currentIndex()):
            self.key(Qt.Key.Key_Left)
        for _step in range(bar.count()):
            if bar.tabText(bar.currentIndex()).startswith(title):
                return
            self.key(Qt.Key.Key_Right)
        raise AssertionError(f"the arrows do not lead to “{title}”")


@dataclass
class Desk:
    """The demo's first plant, opened by keys."""

    person: Typist
    program: Program

    @property
    def session(self) -> Session:
        assert isinstance(self.person.window.desk, Session)
        return self.person.window.desk


@cache
def demo() -> bytes:
    """The file of the demo's first plant."""
    with TemporaryDirectory() as folder:
        return plant_of(Path(folder)).read_bytes()


@pytest.fixture
def desk(start: Start, qtbot: QtBot, tmp_path: Path, lang: str) -> Desk:
    """Whose pages know everything there is to know."""
    path = tmp_path / "demo.plant"
    path.write_bytes(demo())
    program = start(lang)
    assert program.open(path)
    return Desk(Typist(program, qtbot), program)


@both
def test_meters_by_keys_alone(desk: Desk) -> None:
    person, session = desk.person, desk.session
    person.strikes("Ctrl+5")
    assert person.window.place == "meters"
    table = person.tabs_to_name(_("Meters"))
    assert isinstance(table, QTableView)
    rows = person.rows(_("Meters"))
    for key, row in ((Qt.Key.Key_Down, len(rows) - 1), (Qt.Key.Key_Up, 0)):
        for _step in range(len(rows) - 1):
            person.key(key)
        assert table.currentIndex().row() == row
        assert person.sees(rows[row][0].strip()), "the meter that is looked at"
    person.key(Qt.Key.Key_Return)
    read_the_load(person)
    for title in (_("Heat map"), _("Profile"), _("Duration curve"), _("Months"), _("Readings"), _("Problems")):
        person.opens_tab(title)
    estimate_a_gap(person, session)


def read_the_load(person: Typist) -> None:
    """Enter went to the plot; the arrows move and read it."""
    assert person.focus.accessibleName() == _("Load")
    before = person.described(_("Load"))
    for _step in range(4):
        person.key(Qt.Key.Key_Plus)
    person.waits(lambda: person.described(_("Load")) != before)
    zoomed = person.described(_("Load"))
    person.key(Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    person.waits(lambda: any(one.accessibleName().endswith(" kW") for one in shown(person.screen, QLabel)))
    person.key(Qt.Key.Key_Home)
    person.waits(lambda: person.described(_("Load")) != zoomed)


def estimate_a_gap(person: Typist, session: Session) -> None:
    """The list, the row, the button, the form, all by keys."""
    before = session.ledger.held(IntervalData)
    for _step in range(gaps_from_here(person)):
        person.key(Qt.Key.Key_Down)
    person.tabs_to(lambda one: isinstance(one, QPushButton) and one.text() == _("Estimate…"), "Estimate…")

    def fill() -> None:
        person.tabs_to_name(_("Reason"))
        QTest.keyClicks(person.focus, "power cut")
        person.key(Qt.Key.Key_Return)

    in_dialog(person, EstimateDialog, lambda: person.key(Qt.Key.Key_Space), fill)
    after = session.ledger.held(IntervalData)
    assert len([one for one, old in zip(after, before, strict=True) if one != old]) == 1
    person.strikes("Ctrl+Z")
    assert session.ledger.held(IntervalData) == before


def gaps_from_here(person: Typist) -> int:
    """Goes down the list of meters until one has a gap, and into its problems; at which row of them it stands."""
    for _meter in range(len(person.rows(_("Meters")))):
        person.waits(lambda: person.sees(_("Nothing was noticed")) or has_problems(person))
        checks = [row[0] for row in person.rows(_("Problems"))] if has_problems(person) else []
        if say(T("Gaps")) in checks:
            table = person.tabs_to(lambda one: one.accessibleName() == _("Problems"), "the problems")
            assert isinstance(table, QTableView)
            person.key(Qt.Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
            return checks.index(say(T("Gaps")))
        person.tabs_to(lambda one: isinstance(one, QTableView) and one.accessibleName() == _("Meters"), "the list")
        person.key(Qt.Key.Key_Down)
    raise AssertionError("no meter of the demo has a gap")


def has_problems(person: Typist) -> bool:
    """Whether a table of problems is on the screen."""
    return any(one.accessibleName() == _("Problems") for one in shown(person.screen, QTableView))


@both
def test_solar_by_keys_alone(desk: Desk) -> None:
    person, session = desk.person, desk.session
    person.strikes("Ctrl+6")
    assert person.window.place == "solar"
    for title in (_("Performance"), _("Use and money"), _("Avoided"), _("Claim check"), _("Forecast")):
        person.opens_tab(title)
    (before, *_rest) = session.ledger.held(PvSystem)
    line = person.tabs_to_name(f"{say(T('Fall of the grid factor'))} (%/a)")
    person.key(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(line, "3")
    person.key(Qt.Key.Key_Tab)
    person.waits(lambda: session.ledger.get("pv_system", before.id) != before)
    person.waits_for(_("{percent} % less each year", percent="3"))
