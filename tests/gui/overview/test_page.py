from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from core.errors import UserError
from core.i18n import T
from gui.chart import Chart
from gui.overview.page import Overview
from gui.pages.overview import create
from gui.session import Session
from gui.settings import Settings
from gui.wording import TONNES, tonnes


def page(qtbot: QtBot, session: Session, settings: Settings) -> Overview:
    made = create(session, settings)
    assert isinstance(made, Overview)
    qtbot.addWidget(made)
    session.changed.connect(made.refresh)
    made.resize(1060, 700)
    made.refresh()
    made.show()
    return made


def words(made: Overview) -> list[str]:
    QApplication.processEvents()  # what is put into a layout shows with the next turn
    return [label.text() for label in made.findChildren(QLabel) if label.isVisible()]


def box(made: Overview, name: str) -> QComboBox:
    return next(b for b in made.findChildren(QComboBox) if b.accessibleName() == name)


def test_both_totals_and_every_scope_are_shown(qtbot: QtBot, session: Session, settings: Settings) -> None:
    seen = words(page(qtbot, session, settings))
    totals = session.inventory.totals
    for value in (totals.location, totals.market, *list(totals.scopes.values())[:4]):
        assert tonnes(value) in seen
    assert "Emissions in 2024" in seen


def test_numbers_are_named_for_screen_readers(qtbot: QtBot, session: Session, settings: Settings) -> None:
    made = page(qtbot, session, settings)
    names = {label.accessibleName() for label in made.findChildren(QLabel)}
    assert f"Total, location-based: {tonnes(session.inventory.totals.location)} {TONNES}" in names
    assert f"Scope 1: {tonnes(session.inventory.totals.scopes['scope1'])} {TONNES}" in names


def test_the_year_is_set_against_the_one_before(qtbot: QtBot, session: Session, settings: Settings) -> None:
    before = session.inventory.totals.location
    session.show_year(2025)
    made = page(qtbot, session, settings)
    percent = (session.inventory.totals.location - before) / before * 100
    assert percent > 0
    assert f"▲ {percent:.1f} % against 2024" in words(made)
    session.show_year(2023)
    assert "No data of 2022 to compare with" in words(made)


def test_a_year_without_bills_has_not_fallen_to_nothing(qtbot: QtBot, session: Session, settings: Settings) -> None:
    year = max(session.years()) + 1
    session.show_year(year)
    seen = words(page(qtbot, session, settings))
    assert seen.count(f"Nothing recorded for {year} yet") == 2, "below both totals"
    assert not [text for text in seen if "100" in text and "%" in text]


def test_the_year_before_is_the_closed_one_while_it_is_closed(
    qtbot: QtBot, session: Session, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    session.close_year("Verified")
    closed, bill = session.inventory.totals.location, session.inventory.lines[0].activity
    session.put(T("Bill corrected"), replace(bill, quantity=bill.quantity * 9))
    session.show_year(2025)
    made = page(qtbot, session, settings)
    percent = (session.inventory.totals.location - closed) / closed * 100
    assert f"▲ {percent:.1f} % against 2024" in words(made)
    monkeypatch.setattr(session, "inventory_of", refuse)
    made.refresh()
    assert "No data of 2024 to compare with" in words(made)


def refuse(_year: int) -> None:
    raise UserError(T("The data of the closed year are damaged."))


def test_another_basis_recalculates_as_one_undoable_change(qtbot: QtBot, session: Session, settings: Settings) -> None:
    made = page(qtbot, session, settings)
    old = session.inventory.totals
    gwp = box(made, "Warming potentials")
    gwp.setCurrentText("AR4")
    gwp.activated.emit(gwp.currentIndex())
    assert session.choices.gwp_set == "AR4"
    assert session.inventory.totals.gases["HFCs"] != old.gases["HFCs"]
    assert tonnes(session.inventory.totals.location) in words(made)
    session.undo()
    assert gwp.currentText() == "AR6"
    assert session.inventory.totals == old
    assert session.redo_text is not None


def test_charts_follow_the_choice_of_scope_2(qtbot: QtBot, session: Session, settings: Settings) -> None:
    made = page(qtbot, session, settings)
    months, sources = made.findChildren(Chart)
    assert months.data is not None
    assert sources.data is not None

    def sums() -> list[Decimal]:
        return [
            sum((v for s in chart.data.series for v in s.values), Decimal(0))
            for chart in (months, sources)
            if chart.data is not None
        ]

    assert sums() == [session.inventory.totals.location] * 2
    which = box(made, "Scope 2 in the charts")
    which.setCurrentIndex(1)
    which.activated.emit(1)
    assert sums() == [session.inventory.totals.market] * 2
    assert months.data.categories[0] == "2024-01"


def test_a_finding_leads_to_its_record(qtbot: QtBot, session: Session, settings: Settings) -> None:
    session.show_year(2025)
    made = page(qtbot, session, settings)
    first = session.findings[0]
    assert first.severity == "error"
    shows = [b for b in made.findChildren(QPushButton) if b.accessibleName().startswith("Show: ")]
    assert len(shows) == 3
    with qtbot.waitSignal(made.wanted) as wanted:
        shows[0].click()
    assert wanted.args == ["activity", first.subject]
    assert str(first.remedy) not in words(made)
    with qtbot.waitSignal(made.wanted) as wanted:
        next(b for b in made.findChildren(QPushButton) if b.text().startswith("What to do about all ")).click()
    assert wanted.args == ["findings", None]


def test_a_plant_without_data_shows_where_to_begin(qtbot: QtBot, bare: Session, settings: Settings) -> None:
    made = page(qtbot, bare, settings)
    assert "No activity data yet" in words(made)
    button = next(b for b in made.findChildren(QPushButton) if b.isVisible())
    with qtbot.waitSignal(made.wanted) as wanted:
        button.click()
    assert wanted.args == ["activity", None]


def test_a_file_that_can_only_be_read_keeps_its_basis(
    qtbot: QtBot, session: Session, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Session, "writable", property(lambda _self: False))
    assert not box(page(qtbot, session, settings), "Warming potentials").isEnabled()


def test_the_page_follows_every_change(qtbot: QtBot, session: Session, settings: Settings) -> None:
    made = page(qtbot, session, settings)
    boiler = next(a for a in session.inventory.activities if a.method == "stationary_combustion")
    session.remove(T("Removed"), boiler)
    assert tonnes(session.inventory.totals.location) in words(made)


def test_refreshing_leaves_no_label_of_the_time_before(qtbot: QtBot, session: Session, settings: Settings) -> None:
    made = page(qtbot, session, settings)

    def labels() -> int:
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        return len(made.findChildren(QLabel))

    before = labels()
    for _time in range(3):
        made.refresh()
    assert labels() == before


def test_the_choice_of_factors_is_shown_whole(qtbot: QtBot, session: Session, settings: Settings) -> None:
    made = page(qtbot, session, settings)
    for box in made.findChildren(QComboBox):
        widest = max(box.fontMetrics().horizontalAdvance(box.itemText(i)) for i in range(box.count()))
        assert box.width() >= widest + 30, box.currentText()
