"""The list of changes beside the window, and the way back in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from core.i18n import T
from core.ledger import Group
from core.store import GroupFile
from gui.history import told
from gui.history.back import GoBack
from gui.history.dialog import HistoryDialog, show_history
from gui.language import set_language
from gui.office.office import Office
from gui.session import Session
from gui.settings import Settings
from tests.core.audit.party import PREPARER
from tests.gui.auditing import audited, bill
from tests.gui.walk import beyond, clipped, nameless, out_of_order, stretched


@pytest.fixture
def dialog(
    qtbot: QtBot, session: Session, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> Iterator[HistoryDialog]:
    monkeypatch.setattr(told, "MOST", 4)  # sixty records of the demo are told again after each change
    parent = QWidget()
    qtbot.addWidget(parent)
    yield show_history(parent, session, settings)


def words(widget: QWidget) -> str:
    said = "\n".join(one.text() for one in widget.findChildren(QLabel) if one.isVisibleTo(widget))
    return said.replace("\u200b", "")


def choose(box: QComboBox, key: str) -> None:
    box.setCurrentIndex(box.findData(key))
    box.activated.emit(box.currentIndex())


def numbers(dialog: HistoryDialog) -> list[int]:
    return [one.number for one in dialog.table.model.visible]


def correct(session: Session) -> None:
    one = session.ledger.activities[0]
    session.put(T("Quantity corrected"), replace(one, quantity=Decimal(7)))


def answering(press: str, seen: list[str]) -> Callable[[], None]:
    """Press a button of the question once it is there."""

    def answer() -> None:
        asked = next(one for one in QApplication.topLevelWidgets() if isinstance(one, GoBack) and one.isVisible())
        seen.append(words(asked))
        next(one for one in asked.findChildren(QPushButton) if one.text() == press).click()

    return answer


def test_every_change_is_listed_newest_first_and_the_newest_is_told(dialog: HistoryDialog, session: Session) -> None:
    assert numbers(dialog) == list(range(session.file.entries, 0, -1))
    correct(session)
    assert numbers(dialog)[0] == session.file.entries
    dialog.table.view.go(0, 3)
    QApplication.processEvents()
    said = words(dialog)
    assert "Quantity corrected" in said and "→ 7" in said and "Li Na" in said


def test_it_is_filtered_by_person_kind_day_and_words(dialog: HistoryDialog, session: Session) -> None:
    correct(session)
    newest = session.file.entries
    choose(dialog.person, "Li Na")
    assert newest in numbers(dialog) and len(numbers(dialog)) < newest
    choose(dialog.kind, "plant")
    assert newest not in numbers(dialog)
    choose(dialog.person, "")
    choose(dialog.kind, "activity")
    choose(dialog.day, dialog.day.itemData(1))
    assert newest in numbers(dialog)
    dialog.table.model.set_filter("quantity corrected")
    assert numbers(dialog) == [newest]


def test_a_choice_stays_when_a_change_is_added(dialog: HistoryDialog, session: Session) -> None:
    choose(dialog.kind, "activity")
    before = len(numbers(dialog))
    correct(session)
    assert dialog.kind.currentData() == "activity"
    assert len(numbers(dialog)) == before + 1


def test_undone_changes_are_marked_so(dialog: HistoryDialog, session: Session) -> None:
    correct(session)
    session.undo()
    taken = {one.number: one.taken_back for one in dialog.table.model.records}
    assert taken[session.file.entries - 1] and not taken[session.file.entries]


def test_one_change_goes_back_after_it_was_shown(dialog: HistoryDialog, session: Session) -> None:
    before = session.ledger.activities[0].quantity
    correct(session)
    dialog.table.show_record((0, session.file.entries))
    seen: list[str] = []
    QTimer.singleShot(0, answering("Cancel", seen))
    dialog.one.click()
    assert session.ledger.activities[0].quantity == 7
    QTimer.singleShot(0, answering("Go back", seen))
    dialog.one.click()
    assert session.ledger.activities[0].quantity == before
    assert "7 → " in seen[1] and "1 changes are taken back; 1 records" in seen[1]
    session.undo()
    assert session.ledger.activities[0].quantity == 7


def test_back_to_here_takes_everything_since_back_as_one_change(dialog: HistoryDialog, session: Session) -> None:
    entries, plain = session.file.entries, session.ledger.to_plain()
    correct(session)
    session.remove(T("Deleted"), *session.ledger.activities[1:4])
    dialog.table.show_record((0, entries))
    QTimer.singleShot(0, answering("Go back", []))
    dialog.all.click()
    assert session.ledger.to_plain() == plain
    assert session.file.entries == entries + 3


def test_a_refusal_is_said_in_the_dialog(dialog: HistoryDialog, session: Session) -> None:
    correct(session)
    correct_number = session.file.entries
    one = session.ledger.activities[0]
    session.put(T("Again"), replace(one, quantity=Decimal(8)))
    dialog.table.show_record((0, correct_number))
    dialog.one.click()
    assert "Later changes depend on entry" in words(dialog) and "(Again)" in words(dialog)
    dialog.table.view.go(0, 3)
    assert "Later changes depend" not in words(dialog)


def test_nothing_goes_back_in_a_file_that_is_only_read(
    qtbot: QtBot, session: Session, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Session, "writable", False)
    made = HistoryDialog(session, settings)
    qtbot.addWidget(made)
    made.table.view.go(0, 3)
    assert not made.one.isEnabled() and "read-only" in made.one.toolTip()


def test_asked_again_it_comes_to_the_front(dialog: HistoryDialog, session: Session, settings: Settings) -> None:
    parent = dialog.parentWidget()
    assert parent is not None
    assert show_history(parent, session, settings) is dialog


def test_head_office_has_the_same_list(qtbot: QtBot, tmp_path: Path, settings: Settings) -> None:
    office = Office(GroupFile.open(tmp_path / "office.group"), "Ma")
    try:
        for name in ("Brakes", "Dampers"):
            office.put(T("Named"), Group(name))
        made = HistoryDialog(office, settings)
        qtbot.addWidget(made)
        made.show()
        set_language("zh")
        made.table.view.go(0, 3)
        QApplication.processEvents()
        assert "Brakes → Dampers" in words(made)
        made.table.view.go(1, 3)
        QTimer.singleShot(0, answering("Go back", []))
        set_language("en")
        made.all.click()
        assert office.register.group.name == "Brakes"
    finally:
        office.close()


def test_the_lock_of_an_audit_forbids_it_before_anybody_is_asked(
    qtbot: QtBot, session: Session, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[GoBack] = []
    monkeypatch.setattr(GoBack, "exec", asked.append)
    session.put(T("Quantity corrected"), replace(bill(session), quantity=Decimal(7)))
    number = session.file.entries
    audited(session)
    session.act_as(PREPARER.name)
    made = HistoryDialog(session, settings)
    qtbot.addWidget(made)
    made.show()
    made.table.show_record((0, number))
    made.one.click()
    QApplication.processEvents()
    assert "data change only because of an open finding" in words(made)
    made.all.click()
    QApplication.processEvents()
    assert "cannot be taken back" in words(made)  # the audit moved on since
    assert not asked and bill(session).quantity == 7


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_it_is_read_in_order_and_nothing_is_cut(qtbot: QtBot, session: Session, settings: Settings, lang: str) -> None:
    set_language(lang)
    made = HistoryDialog(session, settings)
    qtbot.addWidget(made)
    made.show()
    QApplication.processEvents()
    assert nameless(made) == [] and out_of_order(made) == []
    qtbot.waitUntil(lambda: clipped(made) == [])
    assert beyond(made) == []


def test_sentences_may_be_twice_as_long(
    qtbot: QtBot, session: Session, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    with stretched(monkeypatch):
        made = HistoryDialog(session, settings)
        qtbot.addWidget(made)
        made.show()
        qtbot.waitUntil(lambda: clipped(made) == [])
