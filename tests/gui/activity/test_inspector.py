"""Whoever looks at a record sees how its emissions came about."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from gui.activity.page import ActivityPage
from gui.session import Session
from gui.settings import Settings
from gui.wording import formula_of
from tests.gui.activity.grid import page_of, shown, type_in, words


@pytest.fixture
def page(qtbot: QtBot, session: Session, settings: Settings) -> ActivityPage:
    return page_of(qtbot, session, settings)


def test_the_inspector_shows_formula_factor_evidence_and_history(page: ActivityPage, session: Session) -> None:
    type_in(page, 0, "quantity", "1,000", Qt.Key.Key_Return)
    page.table.view.go(0, 0)
    text = words(page.inspect())
    line = next(li for li in session.inventory.lines if li.activity.id == shown(page)[0].id)
    for part in (
        formula_of(session.library, line.trace[0]),
        line.factor.publisher,
        line.factor.edition,
        line.factor.place,
    ):
        assert part in text
    assert "Activity data edited" in text
    assert "Quantity: 1,162 → 1,000" in text
    assert "Li Na" in text


def test_a_tonne_leads_to_its_factors_in_the_library(qtbot: QtBot, page: ActivityPage, session: Session) -> None:
    line = next(li for li in session.inventory.lines if len(li.factor.parts) > 2)
    page.table.show_record(line.activity.id)
    shown = page.inspect()
    assert shown is not None
    qtbot.addWidget(shown)
    wanted: list[tuple[str, object]] = []
    page.wanted.connect(lambda place, subject: wanted.append((place, subject)))
    links = [b for b in shown.findChildren(QPushButton) if b.text().startswith("In the library")]
    assert links
    links[0].click()
    qtbot.waitUntil(lambda: bool(wanted))
    place, key = wanted[0]
    assert place == "library" and key in line.factor.parts


def test_electricity_is_explained_location_and_market_based(page: ActivityPage, session: Session) -> None:
    meter = next(a for a in session.inventory.activities if a.item == "electricity")
    page.show_subject(meter.id)
    text = words(page.inspect())
    assert "Scope 2, location-based" in text
    assert "Scope 2, market-based" in text
