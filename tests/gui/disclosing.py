"""The page about those who ask, opened and waited for."""

from __future__ import annotations

from datetime import date
from hashlib import sha256
from typing import Any

from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from core.i18n import T
from core.ledger import Answer, Evidence, Record, Step, kind_of
from gui.disclosures.page import DisclosuresBase
from gui.jobs import Job
from gui.notices import Notice
from gui.office.office import Office
from gui.pages import discover
from gui.session import Session
from gui.settings import Settings
from gui.window import Window

LONG = 60_000
FILE = b"%PDF-1.4 received"
PROOF = Evidence("e00001", "received.pdf", "other", sha256(FILE).hexdigest(), len(FILE), "application/pdf")
CDP, SAQ = "cdp_2025", "saq_5_0"


def opened(
    qtbot: QtBot, desk: Session | Office, settings: Settings, subject: object = None, *, large: bool = False
) -> tuple[Window, DisclosuresBase]:
    """The window on the page, once there is an answer."""
    plant = isinstance(desk, Session)
    window = Window(desk, settings, discover("plant" if plant else "office"), empty=True)
    qtbot.addWidget(window)
    window.resize(*((1920, 1080) if large else (1280, 800)))
    window.show()
    key = "disclosures" if plant else "group_disclosures"
    window.go(key, subject)
    page = window.page(key)
    assert isinstance(page, DisclosuresBase)
    rested(qtbot, page)
    return window, page


def rested(qtbot: QtBot, page: DisclosuresBase) -> None:
    """Until what is shown is about the records as they are, and nothing is at work."""

    def ready() -> bool:
        return (
            page.found is not None
            and page.found.records is page.desk.records
            and page.found.year == page.desk.year
            and not Job.any_running()
        )

    qtbot.waitUntil(ready, timeout=LONG)
    qtbot.wait(10)


def keep(desk: Session | Office, *records: Record) -> None:
    """Enter records as one change, with the file that proves them."""
    steps = [Step(kind_of(one), one.id, desk.records.get(kind_of(one), one.id), one) for one in records]
    desk.edit(T("Test"), steps, (FILE,) if PROOF in records else ())


def answer(point: str, value: str = "", year: int = 2024, **more: Any) -> Answer:
    """What somebody answered."""
    said: dict[str, Any] = {"by": "Li Na", **more}
    return Answer(f"{year} {point}", point, year, date(year, 12, 1), value, **said)


def words(widget: QWidget) -> str:
    """What is read on it."""
    return "\n".join(one.text() for one in widget.findChildren(QLabel) if one.isVisibleTo(widget))


def links(widget: QWidget) -> dict[str, QPushButton]:
    """Buttons by their whole words."""
    return {one.accessibleName(): one for one in widget.findChildren(QPushButton)}


def told(page: DisclosuresBase) -> list[Notice]:
    """What the page says from now on."""
    notices: list[Notice] = []
    page.told.connect(notices.append)
    return notices


def wanted(page: DisclosuresBase) -> list[tuple[str, object]]:
    """Where the page leads from now on."""
    places: list[tuple[str, object]] = []
    page.wanted.connect(lambda place, subject: places.append((place, subject)))
    return places


def inspected(qtbot: QtBot, page: DisclosuresBase) -> QWidget:
    """The inspector about the row, kept alive by the test."""
    made = page.inspect()
    assert made is not None
    qtbot.addWidget(made)
    made.show()
    return made
