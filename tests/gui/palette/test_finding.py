"""Everything in the demo plant can be found by its name, and Enter goes to a page that shows it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from core.i18n import T, verbatim
from core.search.entries import Entry
from core.search.records import OFFICE, PLANT
from gui.help.opening import Helping
from gui.pages import discover
from gui.palette.box import Palette
from gui.palette.rows import OWN_ICONS, row_of_entry
from gui.session import Session
from gui.settings import Settings
from gui.window import Window


@pytest.fixture
def window(qtbot: QtBot, session: Session, settings: Settings) -> Window:
    made = Window(session, settings, discover("plant"), empty=True)
    qtbot.addWidget(made)
    made.show()
    return made


def searched(qtbot: QtBot, window: Window, text: str) -> Palette:
    box = window.finder.open(everything=True)
    qtbot.waitUntil(lambda: window.finder.everything.is_ready, timeout=20_000)
    box.line.setText(text)
    return box


def test_a_bill_of_another_year_is_selected_and_explained(qtbot: QtBot, window: Window, session: Session) -> None:
    bill = next(one for one in session.ledger.activities if one.start.year == 2023 and one.evidence)
    box = searched(qtbot, window, bill.id)
    QTest.keyClick(box.line, Qt.Key.Key_Return)
    assert (window.place, session.year) == ("activity", 2023)
    page = window.page("activity")
    assert page.table.current_record().id == bill.id  # type: ignore[attr-defined]
    assert window.inspector.isVisible()


def test_commands_and_records_stand_in_one_list_each_under_its_heading(qtbot: QtBot, window: Window) -> None:
    box = searched(qtbot, window, "solar")
    headings = [row.title for row in box.rows if row.is_heading]
    assert headings[0] == "Commands"
    assert "Published factor" not in headings[:2]
    assert len(headings) > 2
    assert not any(row.reason for row in box.rows), "what cannot be done now is not offered among what is found"


def test_tab_looks_for_the_other_thing_and_keeps_the_words(qtbot: QtBot, window: Window) -> None:
    box = searched(qtbot, window, "boiler")
    assert {row.entry.kind for row in box.rows if row.entry} >= {"activity"}
    QTest.keyClick(box.line, Qt.Key.Key_Tab)
    assert not any(row.entry for row in box.rows)
    assert box.line.text() == "boiler"


def test_after_a_change_the_index_is_made_anew_and_only_then(qtbot: QtBot, window: Window, session: Session) -> None:
    box = searched(qtbot, window, "xylophone")
    assert box.rows == []
    box.close()
    made: list[object] = []
    window.finder.everything.latest.answered.connect(made.append)
    searched(qtbot, window, "boiler").close()
    assert made == []
    qtbot.wait(50)  # a popup that was just closed takes one that opens in the same moment with it
    session.put(T("Renamed"), replace(session.ledger.activities[0], source="Xylophone"))
    assert len(searched(qtbot, window, "xylophone").rows) >= 2
    assert len(made) == 1


def test_each_kind_leads_to_a_page_that_there_is() -> None:
    for places, mode in ((PLANT, "plant"), (OFFICE, "office")):
        assert set(places.values()) <= {place.info.key for place in discover(mode)}


def test_each_kind_has_the_icon_of_its_page_or_its_own() -> None:
    icons = {place.info.key: place.info.icon for mode in ("plant", "office") for place in discover(mode)}
    for places in (PLANT, OFFICE):
        for kind, page in places.items():
            entry = Entry(kind, verbatim("x"), page, "x1")
            assert row_of_entry(entry).icon == OWN_ICONS.get(kind, icons[page]), kind
    drawn = {path.stem for path in (Path(__file__).parents[3] / "resources" / "icons").glob("*.svg")}
    assert set(OWN_ICONS.values()) <= drawn and set(OWN_ICONS) - {"help", "report"} <= {*PLANT, *OFFICE}


def test_the_first_of_every_kind_of_the_demo_is_shown(qtbot: QtBot, window: Window) -> None:
    """No page refuses what the search sends to it: it goes there, and the page has something to stand on."""
    everything = window.finder.everything
    everything.prepare()
    qtbot.waitUntil(lambda: everything.is_ready, timeout=20_000)
    first: dict[str, Entry] = {}
    for one in everything.entries:
        first.setdefault(one.kind, one)
    assert len(first) >= 12
    for kind, one in first.items():
        window.finder.go(one)
        if kind == "help":
            continue
        assert window.place == one.page, kind
        notice = window.notices.notice
        assert notice is None or notice.level in ("info", "good"), kind


def test_help_is_found_by_its_words_and_opens_beside_the_page(qtbot: QtBot, window: Window) -> None:
    box = searched(qtbot, window, "paste from Excel")
    entries = [row.entry for row in box.rows if row.entry and row.entry.kind == "help"]
    assert "activity" in {one.page for one in entries}
    window.finder.go(next(one for one in entries if one.page == "activity"))
    helping = window.findChild(Helping)
    assert helping is not None
    assert helping.open
    assert window.place == "overview", "one reads about a page without going there"


def test_f1_on_a_command_opens_the_help_of_its_place(window: Window) -> None:
    box = window.finder.open()
    box.line.setText("go to activity data")
    QTest.keyClick(box.line, Qt.Key.Key_F1)
    helping = window.findChild(Helping)
    assert helping is not None
    assert helping.pane is not None
    assert helping.open
