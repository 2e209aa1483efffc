"""The page of activity data, and what it says."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from gui.activity.page import ActivityPage
from gui.activity.rows import Row
from gui.notices import Notice
from gui.pages.activity import create
from gui.session import Session
from gui.settings import Settings


class Heard:
    """What a page told."""

    def __init__(self, page: ActivityPage) -> None:
        self.notices: list[Notice] = []
        page.told.connect(self.notices.append)

    @property
    def last(self) -> str:
        return self.notices[-1].sentence


def page_of(qtbot: QtBot, session: Session, settings: Settings) -> ActivityPage:
    made = create(session, settings)
    assert isinstance(made, ActivityPage)
    qtbot.addWidget(made)
    session.changed.connect(made.refresh)
    made.resize(1200, 700)
    made.refresh()
    with qtbot.waitExposed(made):
        made.show()
    return made


def words(widget: QWidget | None) -> str:
    assert widget is not None
    return "\n".join(label.text() for label in widget.findChildren(QLabel))


def column(page: ActivityPage, key: str) -> int:
    return [c.key for c in page.table.model.columns].index(key)


def type_in(page: ActivityPage, row: int, key: str, text: str, end: Qt.Key = Qt.Key.Key_Tab) -> None:
    """As a person: go to the cell, type, leave with a key."""
    page.table.view.go(row, column(page, key))
    QTest.keyClick(page.table.view, Qt.Key.Key_F2)
    line = next(e for e in page.table.view.viewport().findChildren(QLineEdit) if e.isVisible())
    line.setText(text)  # as an input method for Chinese does
    QTest.keyClick(line, end)
    QApplication.processEvents()


def shown(page: ActivityPage) -> list[Row]:
    return page.table.model.visible
