"""The months of a year as a table: what it shows, and what goes to a spreadsheet."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from core.i18n import T
from gui.session import Session
from gui.settings import Settings
from tests.gui.sources.pages import page, rest


def test_the_months_go_to_excel_with_all_digits(qtbot: QtBot, session: Session, settings: Settings) -> None:
    made = page(qtbot, session, settings)
    made.tabs.setCurrentIndex(1)
    assert made.months.table is not None
    rows = made.months.table.model.records
    assert rows[-1].id == "total"
    assert sum(rows[-1].tonnes) == session.inventory.totals.location
    made.months.copy()
    text = QGuiApplication.clipboard().text()
    assert len(text.splitlines()) == len(rows) + 1
    assert f"{rows[0].tonnes[0]:f}".rstrip("0") in text
    made.months.measure.setCurrentIndex(1)
    made.months.measure.activated.emit(1)
    assert made.months.table.model.columns[3].text(rows[0]) != "t CO₂e"


def test_another_year_brings_its_own_months(qtbot: QtBot, session: Session, settings: Settings) -> None:
    made = page(qtbot, session, settings)
    table = made.months.table
    session.show_year(2023)
    rest(qtbot, made)
    assert made.months.table is table and table is not None
    assert sum(table.model.records[-1].tonnes) == session.inventory.totals.location
    audit = session.audit
    session.put(T("From April on"), replace(audit, start=date(2023, 4, 1), end=date(2024, 3, 31)))
    rest(qtbot, made)
    assert made.months.table is not table and made.months.table is not None
    assert [c.title for c in made.months.table.model.columns[5:7]] == ["Apr", "May"]
