"""Readings: typed, pasted, derived, refused, undone; what is unfinished waits in the grid."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from core.i18n import T
from core.ledger import Meter, MeterExchange, Reading
from gui.meters.reading_rows import ReadingRow
from gui.meters.readings import ReadingsView
from gui.session import Session
from gui.settings import Settings
from gui.tables.table import Table

WATER = Meter("w1", "Water", "water", "consumption", "m3")
POWER = Meter("e1", "Power", "electricity", "import", "kWh", multiplier=Decimal(80), digits=5)


class Desk:
    """The view on a plant with two meters, as the page keeps it up to date."""

    def __init__(self, qtbot: QtBot, session: Session, settings: Settings, meter: Meter) -> None:
        session.put(T("Meter {name} added", name="x"), WATER, POWER)
        self.session, self.meter = session, meter
        self.view = ReadingsView(session, settings)
        qtbot.addWidget(self.view)
        self.view.resize(1000, 500)
        self.refused: list[str] = []
        self.done: list[str] = []
        self.view.refused.connect(self.refused.append)
        self.view.done.connect(self.done.append)
        session.changed.connect(self.show)
        self.show()
        self.view.show()
        qtbot.wait(10)

    def show(self) -> None:
        self.view.show_readings(self.meter, None)

    @property
    def table(self) -> Table[ReadingRow]:
        assert self.view.table is not None
        return self.view.table

    @property
    def held(self) -> list[Reading]:
        return sorted((r for r in self.session.ledger.held(Reading)), key=lambda one: one.end)

    def type(self, row: int, **cells: str) -> None:
        keys = [column.key for column in self.table.model.columns]
        for key, text in cells.items():
            self.table.model.setData(self.table.model.index(row, keys.index(key)), text)

    def paste(self, row: int, column: str, *lines: str) -> None:
        keys = [one.key for one in self.table.model.columns]
        self.table.view.go(row, keys.index(column))
        QGuiApplication.clipboard().setText("\n".join(lines))
        self.table.view.paste()


@pytest.fixture
def water(qtbot: QtBot, bare: Session, settings: Settings) -> Desk:
    return Desk(qtbot, bare, settings, WATER)


@pytest.fixture
def power(qtbot: QtBot, bare: Session, settings: Settings) -> Desk:
    return Desk(qtbot, bare, settings, POWER)


def test_a_row_is_kept_once_it_is_complete(water: Desk) -> None:
    entries = water.session.file.entries
    water.type(0, start="2024-03")
    assert water.held == [] and len(water.view.drafts) == 1
    assert water.table.model.records[0].end == date(2024, 3, 31)  # a month tells its last day
    water.type(0, value="1.2万")
    assert [(r.start, r.end, r.value, r.counter) for r in water.held] == [
        (date(2024, 3, 1), date(2024, 3, 31), Decimal(12000), False)
    ]
    assert water.view.drafts == {} and water.session.file.entries == entries + 1
    water.session.undo()
    assert water.held == []


def test_pasted_months_are_one_change(water: Desk) -> None:
    entries = water.session.file.entries
    water.paste(0, "start", *(f"2024-{month:02}\t\t{100 + month}" for month in range(1, 13)))
    assert [int(r.value) for r in water.held] == list(range(101, 113))
    assert water.session.file.entries == entries + 1 and water.done
    assert [row.amount for row in water.table.model.records] == [Decimal(n) for n in range(101, 113)]


def test_states_of_a_counter_become_amounts_over_its_end(power: Desk) -> None:
    power.paste(0, "end", "2024-01-31\t99990", "2024-02-29\t15", "2024-03-31\t115")
    assert all(one.counter and one.start == one.end for one in power.held)
    amounts = [row.amount for row in power.table.model.records]
    assert amounts == [None, Decimal(25 * 80), Decimal(100 * 80)]


def test_an_exchange_between_two_states_is_counted(power: Desk) -> None:
    power.paste(0, "end", "2024-01-31\t1000")
    power.paste(1, "end", "2024-02-29\t30")
    assert "went backwards" in power.refused[-1]  # until somebody says that it is another meter
    swap = MeterExchange("x1", "e1", date(2024, 2, 10), Decimal(1050), Decimal(10), "NEW", Decimal(40))
    power.session.put(T("Exchange of {name} entered", name="x"), swap)
    power.paste(1, "end", "2024-02-29\t30")
    assert power.table.model.records[1].amount == 50 * 80 + 20 * 40
    assert any("2024-02-10" in one.text() for one in power.view.findChildren(QLabel))


def test_what_contradicts_is_refused_and_nothing_is_changed(water: Desk, power: Desk) -> None:
    water.paste(0, "start", "2024-01\t\t100")
    water.paste(1, "start", "2024-01-15\t2024-02-10\t50")
    assert len(water.held) == 1 and "claim" in water.refused[-1]
    water.paste(1, "start", "2024-02-10\t2024-02-01\t50")
    assert "lies before the start" in water.refused[-1]
    water.paste(1, "start", "2024-02\t\tmuch")
    assert "much" in water.refused[-1] and len(water.held) == 1


def test_a_counter_that_goes_backwards_is_refused(power: Desk) -> None:
    power.paste(0, "end", "2024-01-31\t5000", "2024-02-29\t4000")
    assert power.held == [] and "went backwards" in power.refused[-1]


def test_an_estimate_needs_its_reason(water: Desk) -> None:
    water.paste(0, "start", "2024-01\t\t100")
    water.type(0, estimated="yes")
    assert not water.held[0].estimated and "needs its reason" in water.refused[-1]
    water.type(0, note="Meter was broken")
    water.type(0, estimated="yes")
    assert water.held[0].estimated


def test_rows_are_deleted_together(water: Desk) -> None:
    water.paste(0, "start", "2024-01\t\t100", "2024-02\t\t200")
    water.table.view.selectAll()
    water.table.view.delete_rows()
    assert water.held == []
    water.session.undo()
    assert len(water.held) == 2


def test_a_state_has_one_day_only(power: Desk) -> None:
    power.type(0, start="2024-01-01")
    assert power.view.drafts == {} and "one day" in power.refused[-1]


def test_the_kind_decides_what_is_needed(power: Desk) -> None:
    power.type(0, kind="Amount")
    power.type(0, start="2024Q1", value="300")
    assert [(r.start, r.end, r.counter) for r in power.held] == [(date(2024, 1, 1), date(2024, 3, 31), False)]
    power.type(1, kind="nonsense")
    assert "not in the list" in power.refused[-1]


def test_unfinished_rows_of_a_meter_wait_for_it(water: Desk) -> None:
    water.type(0, start="2024-03")
    water.view.show_readings(POWER, None)
    assert water.view.drafts == {}
    water.view.show_readings(WATER, None)
    assert [row.start for row in water.table.model.records] == [date(2024, 3, 1)]
