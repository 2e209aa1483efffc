"""The questions of the page: asked once for what they depend on, and remembered."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from core.i18n import T
from core.ledger import Meter, PvSystem
from core.solar.outlook import LOCATION
from gui.session import Session
from gui.settings import Settings
from gui.solar import asking as solar_asking
from gui.solar.asking import KEPT, Answers
from gui.solar.performance import PerformanceView
from gui.solar.work import Look
from tests.gui.showing import settle
from tests.gui.solar.test_page import answered, opened


class Counted:
    """Counts how often a system is looked at, and sees nothing."""

    def __init__(self) -> None:
        self.looks = 0

    def __call__(self, *_args: object) -> Look:
        self.looks += 1
        return Look(None)


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> Counted:
    made = Counted()
    monkeypatch.setattr(solar_asking, "look_at", made)
    return made


def roof(session: Session) -> PvSystem:
    return session.ledger.held(PvSystem)[0]


def test_nothing_is_asked_again_until_something_it_depends_on_changes(
    qtbot: QtBot, session: Session, counted: Counted
) -> None:
    parent = QObject()
    answers = Answers(session, parent)
    found: list[object] = []
    answers.answered.connect(found.append)

    def ask() -> None:
        answers.ask(roof(session), LOCATION)
        settle(qtbot, answers.latest)

    ask()
    assert (counted.looks, len(found)) == (1, 1)
    bill = session.ledger.activities[0]
    session.put(T("Test"), replace(bill, quantity=bill.quantity + 1))
    ask()
    assert (counted.looks, len(found)) == (1, 1)  # a bill is none of its business
    session.put(T("Test"), replace(roof(session), parameters=(*roof(session).parameters, ("years", "20"))))
    ask()
    assert (counted.looks, len(found)) == (1, 2)  # valued anew, not looked at
    session.show_year(2025)
    ask()
    session.show_year(2024)
    ask()
    assert (counted.looks, len(found)) == (2, 4)  # the year before is remembered
    main = session.ledger.get("meter", "m001")
    assert isinstance(main, Meter)
    session.put(T("Test"), replace(main, note="Checked"))
    ask()
    assert (counted.looks, len(found)) == (3, 5)


def test_few_looks_are_remembered(qtbot: QtBot, session: Session, counted: Counted) -> None:
    parent = QObject()
    answers = Answers(session, parent)
    for year in range(2010, 2010 + KEPT + 1):
        session.show_year(year)
        answers.ask(roof(session), LOCATION)
        settle(qtbot, answers.latest)
    session.show_year(2010)
    answers.ask(roof(session), LOCATION)
    settle(qtbot, answers.latest)
    assert counted.looks == KEPT + 2


def test_a_broken_question_is_told_and_asked_again(
    qtbot: QtBot, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    parent = QObject()
    answers = Answers(session, parent)
    told: list[str] = []
    answers.broken.connect(told.append)

    def fail(*_args: object) -> Look:
        raise ZeroDivisionError("by the sun")

    monkeypatch.setattr(solar_asking, "look_at", fail)
    answers.ask(roof(session), LOCATION)
    settle(qtbot, answers.latest)
    assert "by the sun" in told[0]
    monkeypatch.undo()
    found: list[object] = []
    answers.answered.connect(found.append)
    answers.ask(roof(session), LOCATION)
    settle(qtbot, answers.latest)
    assert len(found) == 1


def test_models_for_claims_are_asked_for_once(qtbot: QtBot, session: Session) -> None:
    parent = QObject()
    answers = Answers(session, parent)
    known: list[None] = []
    answers.expected.connect(lambda: known.append(None))
    assert answers.expectation("pv001") is None
    for _again in range(2):
        answers.ask_for_models()
        settle(qtbot, answers.models)
    assert len(known) == 1
    assert answers.expectation("pv001") is not None
    session.put(T("Test"), replace(roof(session), generation=()))  # what meters tell is no matter of the model
    answers.ask_for_models()
    settle(qtbot, answers.models)
    assert len(known) == 1


def test_only_what_is_seen_is_brought_up_to_date(
    qtbot: QtBot, session: Session, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    _window, page = opened(qtbot, session, settings, "performance")
    page.go("overview")
    shown: list[object] = []
    with monkeypatch.context() as patch:
        patch.setattr(page.view("performance"), "show_solved", shown.append)
        session.put(T("Test"), replace(roof(session), name="Another name"))
        answered(qtbot, page)
        assert shown == []
        page.go("performance")
        assert len(shown) == 1


def test_years_are_read_only_for_those_who_look_at_them(qtbot: QtBot, session: Session, settings: Settings) -> None:
    _window, page = opened(qtbot, session, settings, "performance")
    view = page.view("performance")
    assert isinstance(view, PerformanceView)
    assert len(view.table.model.records) == 13
    view.by.setCurrentIndex(1)
    view.by.activated.emit(1)
    answered(qtbot, page)
    assert [row.id for row in view.table.model.records] == ["2024", "2025"]
    view.table.show_record("2025")
    assert view.inspect() is not None
