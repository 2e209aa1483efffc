"""The same box at head office: plants, reports and certificates."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from gui.office.office import Office
from gui.pages import discover
from gui.settings import Settings
from gui.window import Window
from tests.gui.grouped import NORTH, office_in


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = office_in(tmp_path)
    yield made
    made.close()


def test_a_plant_and_its_reports_are_found_by_either_name(qtbot: QtBot, office: Office, settings: Settings) -> None:
    window = Window(office, settings, discover("office"))
    qtbot.addWidget(window)
    window.show()
    box = window.finder.open(everything=True)
    qtbot.waitUntil(lambda: window.finder.everything.is_ready, timeout=20_000)
    for words in ("north", "北方"):
        box.line.setText(words)
        kinds = {row.entry.kind for row in box.rows if row.entry}
        assert {"site", "report"} <= kinds
    assert {one.title.in_language("en") for one in window.finder.everything.entries if one.kind == "site"} >= {NORTH}
    place = next(n for n, row in enumerate(box.rows) if row.entry and row.entry.kind == "site")
    box.list.setCurrentIndex(box.list.model().index(place, 0))
    QTest.keyClick(box.line, Qt.Key.Key_Return)
    assert window.place == "plants"
