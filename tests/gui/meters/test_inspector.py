"""Whoever looks at a meter sees its plate, what is kept of it and what happened to it."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from core.i18n import T
from core.ledger import Meter
from gui.meters.inspector import explained
from gui.meters.rows import rows_of
from gui.session import Session


def said(qtbot: QtBot, session: Session, key: str) -> list[str]:
    row = next(one for one in rows_of(session.metered, 2025, {}) if one.meter.id == key)
    shown = explained(row, session)
    qtbot.addWidget(shown)
    return [label.text() for label in shown.findChildren(QLabel)]


def test_the_plate_what_is_kept_and_the_history_are_told(qtbot: QtBot, session: Session) -> None:
    texts = said(qtbot, session, "m001")
    assert {"DEMO-ZJK-0001", "6,000", "4,200 kW", "70,176"} <= set(texts)
    assert any("Meters and PV system entered" in text for text in texts)


def test_of_a_meter_without_values_only_the_plate_is_told(qtbot: QtBot, session: Session) -> None:
    session.put(T("x"), Meter("m999", "New meter", "electricity", "import", "kWh", location="Hall 3"))
    texts = said(qtbot, session, "m999")
    assert "Hall 3" in texts and "Interval data" not in texts
