"""The way of a report through two windows: signed in the plant's, dropped on head office's, equal to the last digit."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from core.store import GroupFile
from gui.language import set_language
from gui.office.office import Office
from gui.pages import discover
from gui.report.page import ReportPage
from gui.session import Session
from gui.settings import Settings
from gui.window import Window
from tests.gui.trusted import PASSPHRASE, keys

LONG = 60_000


def drop(window: Window, path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    at, copy, none = QPoint(300, 300), Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
    for kind in (QDragEnterEvent, QDropEvent):
        QApplication.sendEvent(window, kind(at, copy, data, Qt.MouseButton.LeftButton, none))


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_what_the_plant_signs_head_office_recalculates(
    qtbot: QtBot, session: Session, settings: Settings, tmp_path: Path, lang: str
) -> None:
    set_language(lang)
    plant = Window(session, settings, discover("plant"), empty=True)
    qtbot.addWidget(plant)
    plant.show()
    plant.go("report")
    page = plant.page("report")
    assert isinstance(page, ReportPage)
    page._soon.setInterval(LONG)  # nobody looks at the draft
    page.form.language.setCurrentIndex(page.form.language.findData(lang))
    page.panel.key.set_path(keys().auditor)
    out = page.panel.out.needed()
    QTest.keyClicks(page.panel.secret, PASSPHRASE)
    QTest.keyClick(page.panel.secret, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: plant.notices.notice is not None and plant.notices.notice.level == "good", timeout=LONG)
    assert out.exists()

    office = Office(GroupFile.open(tmp_path / "head.group"), "Wang Wei", 2024)
    office.believe([keys().authority])
    head = Window(office, settings, discover("office"))
    qtbot.addWidget(head)
    head.show()
    with qtbot.waitSignal(office.idle, timeout=LONG):
        drop(head, out)
    (filed,) = office.filed
    assert (filed.state, filed.recalculated_equal, filed.rebuilt) == ("accepted", True, "equal")
    assert filed.totals is not None
    totals = session.inventory.totals
    assert filed.totals == {**totals.scopes, "biogenic": totals.biogenic, "outside_basket": totals.other}
    assert office.file.accepted(filed.year) == (filed,)
    assert filed.plant == session.ledger.plant.name
    office.close()
