"""Two years in the window: the first is closed, a bill of it turns out wrong, and it is restated with a reason."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QTableView
from pytestqt.qtbot import QtBot

from core.i18n import T
from core.inventory import choices_of, compile_inventory
from core.ledger import Plant
from core.library import load_library
from core.store import PlantFile
from gui.activity.import_dialog import ImportDialog
from gui.compare.closing import CloseDialog, RestateDialog
from gui.language import _, say
from gui.session import Session
from gui.wording import TONNES, tonnes
from tests.stories.bills import YEAR, write, year_of_bills
from tests.stories.conftest import Start
from tests.stories.person import Person, cells, shown

NEXT = YEAR + 1


@pytest.fixture
def person(start: Start, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lang: str) -> Person:
    """Somebody before an open plant with bills of two years."""
    path, folder = tmp_path / "hillside.plant", tmp_path
    PlantFile.create(path, Plant("Hillside", "CN", "CN-HE"), "Li Na", datetime(2025, 1, 7, tzinfo=UTC))
    made = Person(start(lang), qtbot)
    opened = [path, write(folder / "bills.xlsx", lang, year_of_bills(lang))]
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_a, **_k: (str(opened.pop(0)), ""))
    made.presses(_("Open a plant file"))
    made.goes_to(_("Activity data"))
    with made.answering(lambda: made.presses(_("Import {count} rows", count=36)), ImportDialog):
        made.presses(_("Import a file"))
    made.presses(_("Show {year}", year=str(YEAR)))
    made.copies(f"Boiler 锅炉\tstationary_combustion\tnatural_gas\t{NEXT}-01-01\t{NEXT}-01-31\t9800\tm3")
    made.presses(_("Add row"))
    made.strikes("Ctrl+V")
    return made


def session_of(person: Person) -> Session:
    assert isinstance(person.window.desk, Session)
    return person.window.desk


def total_now(person: Person) -> Decimal:
    """Calculated anew by the core, whatever was closed."""
    ledger = session_of(person).ledger
    return compile_inventory(ledger, choices_of(ledger.audit(YEAR), YEAR), load_library()).totals.location


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_closed_year_is_restated_on_purpose(person: Person) -> None:
    compare_the_years(person)
    closed = close(person)
    more = correct_a_bill(person, closed)
    see_what_waits(person, more)
    restate(person, closed, more)


def compare_the_years(person: Person) -> None:
    person.goes_to(_("Compare"))
    person.waits(lambda: person.sees(f"{total_now(person):,.3f}"))
    assert person.sees("Boiler 锅炉"), "a source that only the next year has"
    person.chooses(_("Base year"), str(YEAR))
    person.waits(lambda: person.sees(_("{year}, base year", year=str(YEAR))))
    person.strikes("Ctrl+Z")
    assert session_of(person).audit.base_year == ""


def close(person: Person) -> Decimal:
    def give_a_reason() -> None:
        person.presses(_("Close the year"))
        reason = say(T("A reason is missing."))
        person.waits(lambda: person.sees(reason))
        person.fills(_("Reason"), "Verified by the auditor.")
        dialog = person.screen
        person.presses(_("Close the year"))
        person.waits(lambda: not dialog.isVisible())

    with person.answering(give_a_reason, CloseDialog):
        person.presses(_("Close the year…"))
    assert person.notice == _("{year} is closed.", year=str(YEAR))
    assert person.sees(_("Closed, version {number}", number=1))
    return total_now(person)


def correct_a_bill(person: Person, closed: Decimal) -> Decimal:
    person.goes_to(_("Activity data"))
    grid = person.grid(_("Activity data"))
    person.walks(grid, 0, _("Quantity"))
    QTest.keyClicks(grid, "5")
    editor = grid.viewport().findChild(QLineEdit)
    assert editor is not None
    QTest.keyClicks(editor, "00,123.5")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    QApplication.processEvents()
    assert person.notice == say(T("{years} is closed: the change waits for a restatement.", years=[str(YEAR)]))
    person.goes_to(_("Overview"))
    assert person.number(_("Total, location-based")) == f"{tonnes(closed)} {TONNES}", "closed numbers stay"
    return total_now(person) - closed


def see_what_waits(person: Person, more: Decimal) -> None:
    assert more > 0
    person.goes_to(_("Compare"))
    person.waits(lambda: person.sees(f"+{more:,.3f}"))
    person.presses(_("Show the difference"))
    (row,) = lines(person)
    assert f"+{more:,.3f}" in row


def lines(person: Person) -> list[list[str]]:
    """What differs line by line, once it is there."""
    person.waits(lambda: person.sees(_("As it would be now")))
    person.window.page("compare").tabs.setCurrentIndex(2)  # type: ignore[attr-defined]
    person.waits(lambda: any(t.accessibleName() == _("Line by line") for t in shown(person.screen, QTableView)))
    table = person.field(_("Line by line"), QTableView)
    person.waits(lambda: table.model().rowCount() > 0)
    return cells(table)


def restate(person: Person, closed: Decimal, more: Decimal) -> None:
    def look_and_say_why() -> None:
        assert person.sees(f"{closed:,.3f}") and person.sees(f"+{more:,.3f}") and person.sees(f"{closed + more:,.3f}")
        assert person.sees(_("Corrected errors"))
        person.fills(_("Reason"), "The meter was read wrongly.")
        dialog = person.screen
        person.presses(_("Restate the year"))
        person.waits(lambda: not dialog.isVisible())

    with person.answering(look_and_say_why, RestateDialog):
        person.presses(_("Restate…"))
    assert person.sees(_("Closed, version {number}", number=2))
    person.goes_to(_("Overview"))
    assert person.number(_("Total, location-based")) == f"{tonnes(closed + more)} {TONNES}"
    (first, second) = reversed(session_of(person).file.history("closing", str(YEAR)))
    assert "The meter was read wrongly." in say(second.change.why) and first.change != second.change
