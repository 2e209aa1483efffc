from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QAction, QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QLineEdit,
    QListWidget,
    QMenu,
    QPushButton,
    QTableView,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from core.errors import UserError
from core.i18n import T
from core.ledger import Person
from gui.commands import Command
from gui.jobs import Job
from gui.page import Page, PageInfo
from gui.pages import Place, discover
from gui.palette.box import Palette
from gui.session import Session
from gui.settings import Settings
from gui.window import Window
from tests.gui.walk import beyond, clipped, lay_out

Key, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier


class Paper(Page):
    """A page that counts how often it is shown anew."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.refreshed = 0
        self.subjects: list[object] = []
        self.taken: list[Path] = []
        self.button = QPushButton("Fold", self)

    def refresh(self) -> None:
        self.refreshed += 1

    def show_subject(self, subject: object) -> None:
        self.subjects.append(subject)

    def inspect(self) -> QWidget | None:
        return QLabel("explained")

    def commands(self) -> list[Command]:
        return [Command("Fold the paper", lambda: self.subjects.append("folded"))]

    def takes(self, path: Path) -> bool:
        return path.suffix == ".bill"

    def take(self, paths: Any) -> None:
        self.taken += paths


def place(key: str, make: Callable[[Any, Any], Page] = lambda session, _settings: Paper(session)) -> Place:
    return Place(PageInfo(key, T("{key}", key=key.title()), "data", 0, "plant"), make)


@pytest.fixture
def window(qtbot: QtBot, session: Session, settings: Settings) -> Window:
    made = Window(session, settings, (place("one"), place("two")), (Command("Knock", lambda: None, "", "", "file"),))
    qtbot.addWidget(made)
    made.show()
    return made


def paper(window: Window, key: str) -> Paper:
    page = window.page(key)
    assert isinstance(page, Paper)
    return page


def action(window: Window, title: str) -> QAction:
    return next(one for one in window.findChildren(QAction) if one.text() == title)


def rename(session: Session, name: str) -> None:
    session.put(T("Renamed"), replace(session.ledger.plant, name=name))


def test_only_what_is_seen_is_brought_up_to_date(window: Window, session: Session) -> None:
    assert (window.place, paper(window, "one").refreshed) == ("one", 1)
    rename(session, "A")
    assert paper(window, "one").refreshed == 2
    window.go("two")
    assert (paper(window, "one").refreshed, paper(window, "two").refreshed) == (2, 1)
    window.go("one")
    assert paper(window, "one").refreshed == 2, "nothing has changed meanwhile"
    window.go("two")
    rename(session, "B")
    assert paper(window, "one").refreshed == 2
    window.go("one")
    assert paper(window, "one").refreshed == 3


def test_the_place_one_was_at_is_the_only_page_that_is_made(qtbot: QtBot, session: Session, settings: Settings) -> None:
    made: list[str] = []

    def paper(key: str) -> Place:
        def create(session: Session, _settings: Settings) -> Page:
            made.append(key)
            return Paper(session)

        return place(key, create)

    places = (paper("one"), paper("two"))
    for wanted, shown in (("two", "two"), ("gone", "one"), ("", "one")):
        made.clear()
        window = Window(session, settings, places, (), wanted)
        qtbot.addWidget(window)
        assert (window.place, made) == (shown, [shown])


def test_an_empty_window_is_seen_before_it_has_a_page(qtbot: QtBot, session: Session, settings: Settings) -> None:
    window = Window(session, settings, (place("one"), place("two")), (), "two", empty=True)
    qtbot.addWidget(window)
    seen: list[int] = []
    window.painted.connect(lambda: seen.append(len(window.findChildren(Paper))))
    window.show()
    qtbot.waitUntil(lambda: bool(seen))
    window.repaint()
    qtbot.wait(20)
    assert seen == [0], "told once, and nothing was made for it"
    assert window.topbar.year.count() and session.ledger.plant.name in window.windowTitle()
    assert [one.text() for one in window.sidebar.findChildren(QToolButton) if one.isChecked()] == ["Two"]
    window.go(window.place)
    assert (window.place, len(window.findChildren(Paper))) == ("two", 1)
    window.go("one")
    assert (window.place, len(window.findChildren(Paper))) == ("one", 2)


def test_menus_have_their_icons_when_they_open(window: Window) -> None:
    undo = action(window, "Undo")
    menu = next(one for one in window.findChildren(QMenu) if undo in one.actions())
    menu.aboutToShow.emit()
    assert not undo.icon().isNull()


def test_plant_year_and_state_are_always_visible(window: Window, session: Session) -> None:
    words = {label.text() for label in window.topbar.findChildren(QLabel) if label.isVisible()}
    assert {session.ledger.plant.name, "Hebei, China", "Signed, revision 1"} & words >= {
        session.ledger.plant.name,
        "Hebei, China",
    }
    assert window.topbar.year.currentText() == "2024"
    rename(session, "Neu")
    assert "Neu" in {label.text() for label in window.topbar.findChildren(QLabel)}
    assert window.windowTitle() == "Neu – Plant Carbon Audit"
    window.topbar.year.setCurrentText("2023")
    window.topbar.year.activated.emit(0)
    assert session.year == 2023


def test_everything_is_undone_and_redone_by_keys_and_buttons(window: Window, session: Session) -> None:
    name = session.ledger.plant.name
    rename(session, "New name")
    action(window, "Undo").trigger()
    assert session.ledger.plant.name == name
    assert window.notices.notice is not None
    assert window.notices.notice.sentence == "Undo: Renamed"
    redo = next(b for b in window.topbar.findChildren(QToolButton) if b.accessibleName() == "Redo")
    assert redo.isEnabled()
    redo.click()
    assert session.ledger.plant.name == "New name"
    assert not redo.isEnabled()


def test_an_undo_that_is_refused_is_told(window: Window, session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> None:
        raise UserError(T("The file is open read-only."))

    rename(session, "New name")
    monkeypatch.setattr(session, "undo", refuse)
    window.undo()
    assert window.notices.notice is not None
    assert window.notices.notice.sentence == "The file is open read-only."


@pytest.mark.parametrize(("words", "least"), [("high " * 10_000, 0), ("high", 3000)])
def test_a_high_page_makes_no_other_scroll(window: Window, qtbot: QtBot, words: str, least: int) -> None:
    window.resize(1280, 800)
    high = paper(window, "one")
    for page, said, height in ((high, words, least), (paper(window, "two"), "low", 0)):
        text = QLabel(said)
        text.setWordWrap(True)
        text.setMinimumHeight(height)
        QVBoxLayout(page).addWidget(text)
    stack = high.parentWidget()
    assert stack is not None
    seen = stack.parentWidget()
    assert seen is not None
    qtbot.waitUntil(lambda: stack.height() > 2 * window.height())
    window.go("two")
    qtbot.waitUntil(lambda: stack.height() == seen.height())
    window.go("one")
    qtbot.waitUntil(lambda: stack.height() > 2 * window.height())


def test_an_undo_that_is_offered_leaves_with_the_next_change(window: Window, session: Session) -> None:
    page = paper(window, "one")
    rename(session, "New name")
    page.tell("good", "Renamed.", ("Undo", session.undo))
    session.show_year(2023)
    assert window.notices.notice is not None, "nothing was changed since"
    rename(session, "Newer name")
    assert window.notices.notice is None, "it would take back what it does not speak of"
    page.tell("bad", "That is wrong.")
    rename(session, "Newest name")
    assert window.notices.notice is not None, "a problem stays until it is read"


def test_places_and_panes_are_reached_by_keys(window: Window, qtbot: QtBot) -> None:
    window.activateWindow()
    action(window, "Go to Two").trigger()
    assert window.place == "two"
    window.toggle_inspector()
    window.sidebar.focus_chosen()
    panes = {
        "places": window.sidebar,
        "top": window.topbar,
        "page": window.page("two"),
        "inspector": window.inspector,
    }
    seen = []
    for _step in range(5):
        at = window.focusWidget()
        assert at is not None
        seen.append(next(name for name, pane in panes.items() if pane.isAncestorOf(at)))
        action(window, "Next pane").trigger()
    assert seen == ["places", "top", "page", "inspector", "places"]


def test_who_comes_by_a_key_works_at_once(qtbot: QtBot, session: Session, settings: Settings) -> None:
    """Ctrl+2 and Ctrl+V paste bills; the keyboard does not stay in the list of places."""
    made = Window(session, settings, discover("plant"), empty=True)
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.sidebar.focus_chosen()
    action(made, "Go to Activity data").trigger()
    grid = made.page("activity").findChild(QTableView)
    assert made.focusWidget() is grid
    search = made.page("activity").findChild(QLineEdit)
    assert search is not None
    search.setFocus()
    action(made, "Go to Overview").trigger()
    action(made, "Go to Activity data").trigger()
    assert made.focusWidget() is search, "where it was"
    made.page("overview").wanted.emit("findings", None)
    assert made.focusWidget() is made.page("findings").findChild(QTableView)


def test_the_palette_does_what_is_typed(window: Window, qtbot: QtBot) -> None:
    window.show_palette()
    palette = window.findChild(Palette)
    assert isinstance(palette, Palette)
    QTest.keyClicks(palette.line, "fold")
    QTest.keyClick(palette.line, Key.Key_Return)
    assert paper(window, "one").subjects == ["folded"]
    window.show_palette()
    palette = window.findChildren(Palette)[-1]
    QTest.keyClicks(palette.line, "go to")
    QTest.keyClick(palette.line, Key.Key_Down)
    QTest.keyClick(palette.line, Key.Key_Return)
    assert window.place == "two"


def test_the_inspector_opens_on_demand(window: Window) -> None:
    assert not window.inspector.isVisible()
    window.toggle_inspector()
    assert "explained" in {label.text() for label in window.inspector.findChildren(QLabel)}
    paper(window, "one").inspected.emit(QLabel("another"))
    assert "another" in {label.text() for label in window.inspector.findChildren(QLabel)}
    window.inspector.closed.emit()
    assert not window.inspector.isVisible()


def test_the_inspector_stands_below_the_page_where_the_window_is_narrow(window: Window, qtbot: QtBot) -> None:
    """Beside it, neither would have its room."""
    page = paper(window, "one")
    window.show_inspector(True)
    for width, below in ((1280, False), (960, True), (1280, False), (960, True)):
        window.resize(width, 640)
        qtbot.waitUntil(lambda: _below(window.inspector, page) is below)  # noqa: B023
        if below:
            assert window.inspector.height() < page.height(), "the page is what one works on"
        else:
            assert window.inspector.width() < page.width()


def test_the_row_one_stands_on_stays_in_sight_above_the_inspector(window: Window) -> None:
    page, rows = paper(window, "one"), QListWidget()
    rows.addItems([str(place) for place in range(40)])
    rows.setMinimumHeight(200)
    head = QLabel("High above the rows")
    head.setMinimumHeight(200)
    column = QVBoxLayout(page)
    column.addWidget(head)
    column.addWidget(rows, 1)
    window.resize(960, 640)
    window.activateWindow()
    rows.setFocus()
    rows.setCurrentRow(7)
    window.show_inspector(True)
    lay_out(window)
    row = rows.visualItemRect(rows.currentItem())
    assert rows.viewport().rect().contains(row)
    below = rows.viewport().mapToGlobal(row.bottomLeft())
    assert below.y() < window.inspector.mapToGlobal(QPoint(0, 0)).y()


def _below(one: QWidget, other: QWidget) -> bool:
    return one.mapToGlobal(QPoint(0, 0)).y() >= other.mapToGlobal(QPoint(0, 0)).y() + other.height()


def test_a_closed_inspector_costs_nothing(window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    page, asked = paper(window, "one"), []
    monkeypatch.setattr(Paper, "inspect", lambda _page: asked.append("asked"))
    page.selected.emit()
    assert asked == []
    window.toggle_inspector()
    page.selected.emit()
    assert asked == ["asked", "asked"]


def test_pages_speak_through_the_window(window: Window, qtbot: QtBot) -> None:
    page = paper(window, "one")
    page.tell("good", "Saved.")
    assert window.notices.notice is not None
    assert window.notices.notice.sentence == "Saved."
    page.attempt(_refuse)
    assert window.notices.notice.level == "bad"
    page.wanted.emit("two", "a00001")
    assert (window.place, paper(window, "two").subjects) == ("two", ["a00001"])
    page.wanted.emit("nowhere", None)
    assert window.place == "two"
    job = Job(lambda progress, cancelled: None)
    with qtbot.waitSignal(job.ended):
        page.run(job, "Working")


def test_a_command_that_cannot_be_done_stays_awake_for_later(window: Window, session: Session) -> None:
    menu = next(m for m in window.menuBar().findChildren(QMenu) if m.title() == "&Edit")
    redo = action(window, "Redo")
    menu.aboutToShow.emit()
    assert not redo.isEnabled()
    menu.aboutToHide.emit()
    QApplication.processEvents()
    assert redo.isEnabled()


def test_files_are_given_to_the_page_that_takes_them(window: Window) -> None:
    assert _drop(window, "a.exe") is False
    assert _drop(window, "a.bill") is True
    assert [path.name for path in paper(window, "one").taken] == ["a.bill"]
    assert window.notices.notice is None


def test_what_belongs_nowhere_does_not_keep_the_rest_out(window: Window) -> None:
    assert _drop(window, "a.exe", "b.bill", "c.bill", "Thumbs.db") is True
    assert [path.name for path in paper(window, "one").taken] == ["b.bill", "c.bill"]
    assert window.notices.notice is not None
    assert window.notices.notice.sentence == "Left aside, for it does not belong here: a.exe, Thumbs.db"


def test_closing_is_announced(window: Window, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.closing):
        window.close()


def _refuse() -> None:
    raise UserError(T("No."))


def _drop(window: Window, *names: str) -> bool:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(f"/tmp/{name}") for name in names])
    none, left = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton
    enter = QDragEnterEvent(QPoint(5, 5), Qt.DropAction.CopyAction, mime, left, none)
    enter.ignore()
    window.dragEnterEvent(enter)
    drop = QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, mime, left, none)
    window.dropEvent(drop)
    return enter.isAccepted()


def test_places_have_the_room_that_their_names_take_in_what_the_window_wears(
    qtbot: QtBot, session: Session, settings: Settings
) -> None:
    made = Window(session, settings, discover("plant"), empty=True)
    qtbot.addWidget(made)
    made.resize(960, 540)
    made.show()
    assert clipped(made.sidebar) == beyond(made.sidebar) == []


def test_the_top_bar_gives_way_to_a_narrow_window(qtbot: QtBot, session: Session, settings: Settings) -> None:
    """Of 960 pixels, all that is left of 1920 at 200 %."""
    session.put(T("Person"), Person("pe00001", "A very long name of a person 很长的姓名", roles=("auditor",)))
    session.act_as("A very long name of a person 很长的姓名")
    window = Window(session, settings, discover("plant"), empty=True)
    qtbot.addWidget(window)
    window.resize(960, 540)
    window.show()
    assert window.width() == 960
    acting = window.topbar.acting
    assert acting is not None and acting.seen.endswith("…")
    assert "很长的姓名" in acting.accessibleName(), "screen readers have it whole"
    window.resize(1600, 540)
    qtbot.waitUntil(lambda: acting.seen == acting.accessibleName())
