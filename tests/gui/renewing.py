"""A plant whose electricity is renewable in part, in the year 2024, for the tests of the window."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import Any

from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from core.i18n import T
from core.ledger import Activity, Allocation, Evidence, Instrument, Record, Step, SupplyOption, Target, kind_of
from gui.notices import Notice
from gui.page import Page
from gui.pages import discover
from gui.renewables.page import RenewablesPage
from gui.session import Session
from gui.settings import Settings
from gui.window import Window
from tests.core.samples import activity as bill_of
from tests.core.samples import month
from tests.gui.showing import settle

FILE = b"Retired for Test on 2025-01-15."
PROOF = Evidence("e00001", "retirement.txt", "certificate", sha256(FILE).hexdigest(), len(FILE), "text/plain")
TARGET = Target("ta00001", "All green", "renewable", (), 2024, 2027, Decimal(100), "own")
PPA = SupplyOption("so00001", "Wind contract", "ppa", 2027, Decimal(8), Decimal(30), currency="CNY")
PV = SupplyOption("so00002", "Second roof", "pv", 2026, Decimal(4), Decimal(28), Decimal(1000), 20, "CNY")


def bill(number: int, **changes: Any) -> Activity:
    """The bill of a month, 1,000 kWh."""
    return bill_of(f"a{number:05}", **{**month(number, 2024), **changes})


def certificates(key: str = "i00001", **changes: Any) -> Instrument:
    """Of 2024, 5 MWh of wind, retired and proven."""
    made = Instrument(
        key, f"Wind {key[-1]}", "certificate", "CN", date(2024, 1, 1), date(2024, 12, 31), Decimal(5), scheme="GEC",
        serials=f"GEC-{key.upper()}-0001–GEC-{key.upper()}-0005", technology="wind", retired="2025-01-15",
        beneficiary="Test", evidence=(PROOF.id,), attributes="with", commissioned="2021-06-01",
    )  # fmt: skip
    return replace(made, **changes)


def allocated(key: str, instrument: str, record: str, kwh: int = 1000) -> Allocation:
    """So much of an instrument for a bill."""
    return Allocation(key, instrument, record, Decimal(kwh))


def keep(session: Session, *records: Record) -> None:
    """Enter records as one change, with the file that proves the certificates."""
    files = () if session.ledger.get("evidence", PROOF.id) is not None else (PROOF,)
    steps = [Step(kind_of(one), one.id, session.ledger.get(kind_of(one), one.id), one) for one in (*files, *records)]
    session.edit(T("Test"), steps, (FILE,) if files else ())


def fill(session: Session) -> None:
    """Twelve bills, three covered, one covered by what does not count."""
    keep(
        session, *(bill(number) for number in range(1, 13)), certificates(), certificates("i00002", evidence=()),
        *(allocated(f"al{n:05}", "i00001", f"a{n:05}") for n in (1, 2, 3)), allocated("al00004", "i00002", "a00004"),
        TARGET, PPA, PV,
    )  # fmt: skip


def opened(
    qtbot: QtBot, session: Session, settings: Settings, tab: str = "overview", *, large: bool = False
) -> tuple[Window, RenewablesPage]:
    """The window on the page, with a tab in front."""
    window = Window(session, settings, discover("plant"), empty=True)
    qtbot.addWidget(window)
    window.resize(1920 if large else 1280, 1080 if large else 800)
    window.show()
    window.go("renewables", tab)
    page = window.page("renewables")
    assert isinstance(page, RenewablesPage)
    settle(qtbot)
    return window, page


def words(widget: QWidget) -> str:
    """Every label that is seen."""
    return "\n".join(one.text() for one in widget.findChildren(QLabel) if one.isVisibleTo(widget))


def told(page: Page) -> list[Notice]:
    """What the page says from now on."""
    notices: list[Notice] = []
    page.told.connect(notices.append)
    return notices
