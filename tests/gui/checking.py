"""The page about the checklist, opened and waited for."""

from __future__ import annotations

from datetime import date
from hashlib import sha256
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from core.i18n import T
from core.ledger import Answer, Evidence, ExternalAudit, Record, Step, kind_of
from gui.checklist.page import ChecklistBase
from gui.jobs import Job
from gui.notices import Notice
from gui.office.office import Office
from gui.pages import discover
from gui.session import Session
from gui.settings import Settings
from gui.window import Window

LONG = 60_000
FILE = b"%PDF-1.4 letter"
PROOF = Evidence("e00901", "letter 任命书.pdf", "other", sha256(FILE).hexdigest(), len(FILE), "application/pdf")
TODAY = date(2025, 3, 1)
CERTIFICATE = ExternalAudit(
    "ea00001", "iso14001", "Management system", date(2024, 7, 1), "CQC", "certified", "2025-06-30", "Whole plant",
    (("Labels", "2025-02-01", ""), ("Register", "2025-05-01", ""), ("Drill", "2024-10-01", "2024-09-20")), (PROOF.id,),
)  # fmt: skip


def opened(
    qtbot: QtBot, desk: Session | Office, settings: Settings, subject: object = None, *, large: bool = False
) -> ChecklistBase:
    """The page in its window, once there is an answer, on the first of March 2025."""
    plant = isinstance(desk, Session)
    window = Window(desk, settings, discover("plant" if plant else "office"), empty=True)
    qtbot.addWidget(window)
    window.resize(*((1920, 1080) if large else (1280, 800)))
    window.show()
    key = "checklist" if plant else "group_checklist"
    page = window.page(key)
    assert isinstance(page, ChecklistBase)
    page.today = lambda: TODAY
    window.activateWindow()
    window.go(key, subject)
    rested(qtbot, page)
    return page


def rested(qtbot: QtBot, page: ChecklistBase) -> None:
    """Until what is shown is about the records as they are, and nothing is at work."""

    def ready() -> bool:
        checks = page.checks
        return (
            checks is not None
            and checks.found.records is page.desk.records
            and checks.found.year == page.desk.year
            and not page.latest.busy
            and not Job.any_running()
        )

    qtbot.waitUntil(ready, timeout=LONG)
    qtbot.wait(10)


def keep(desk: Session | Office, *records: Record) -> None:
    """Enter records as one change, with the file that proves them."""
    steps = [Step(kind_of(one), one.id, desk.records.get(kind_of(one), one.id), one) for one in records]
    desk.edit(T("Test"), steps, (FILE,) if any(isinstance(one, Evidence) for one in records) else ())


def answer(code: str, value: str = "", year: int = 2024, **more: Any) -> Answer:
    """What somebody answered to a question of the checklist."""
    said: dict[str, Any] = {"by": "Li Na", "day": date(year, 12, 1), **more}
    return Answer(f"{year} check.{code}", f"check.{code}", year, value=value, **said)


def shown(page: ChecklistBase, code: str) -> dict[str, str]:
    """The row of a question, by column."""
    row = next(one for one in page.questions.table.model.records if one.question.code == code)
    return {one.key: one.text(row) for one in page.questions.table.model.columns}


def words(widget: QWidget) -> str:
    """What is read on it."""
    return "\n".join(one.text() for one in widget.findChildren(QLabel) if one.isVisibleTo(widget))


def links(widget: QWidget) -> dict[str, QPushButton]:
    """Buttons by their whole words."""
    return {one.accessibleName(): one for one in widget.findChildren(QPushButton)}


def press(qtbot: QtBot, view: QWidget, key: Qt.Key) -> None:
    """A key on a table, which is heard by whoever has the focus of the window in front."""
    view.window().activateWindow()
    view.setFocus()
    qtbot.waitUntil(view.hasFocus, timeout=5_000)
    QTest.keyClick(view, key)


def told(page: ChecklistBase) -> list[Notice]:
    """What the page says from now on."""
    notices: list[Notice] = []
    page.told.connect(notices.append)
    return notices


def wanted(page: ChecklistBase) -> list[tuple[str, object]]:
    """Where the page leads from now on; it stays itself."""
    places: list[tuple[str, object]] = []
    page.wanted.connect(lambda place, subject: places.append((place, subject)))
    return places


def inspected(qtbot: QtBot, page: ChecklistBase) -> QWidget:
    """The inspector about the row, kept alive by the test."""
    made = page.inspect()
    assert made is not None
    qtbot.addWidget(made)
    made.show()
    return made
