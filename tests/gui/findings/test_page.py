"""The page of findings: open and dismissed ones, several dismissed at once, and the way to what they are about."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QItemSelection, QItemSelectionModel
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from core.checks import can_be_dismissed, open_findings
from gui.findings import dismissing
from gui.findings.listed import place_of
from gui.findings.page import FindingsPage
from gui.language import set_language
from gui.pages.findings import create
from gui.session import Session
from gui.settings import Settings
from tests.gui.walk import beyond, clipped, nameless, out_of_order, stretched


def page(qtbot: QtBot, session: Session, settings: Settings, width: int = 1060) -> FindingsPage:
    made = create(session, settings)
    assert isinstance(made, FindingsPage)
    qtbot.addWidget(made)
    session.changed.connect(made.refresh)
    made.resize(width, 700)
    made.refresh()
    made.show()
    qtbot.wait(20)
    return made


def choose_all(made: FindingsPage) -> None:
    model = made.table.model
    everything = QItemSelection(model.index(0, 0), model.index(model.rowCount() - 1, 0))
    made.table.view.selectionModel().select(everything, QItemSelectionModel.SelectionFlag.ClearAndSelect)


def look_at(made: FindingsPage, which: str) -> None:
    made.shown.setCurrentIndex(made.shown.findData(which))
    made.shown.activated.emit(0)


def test_every_finding_is_listed_once(qtbot: QtBot, session: Session, settings: Settings) -> None:
    made = page(qtbot, session, settings)
    rows = made.table.model.records
    assert [r.finding for r in rows] == list(open_findings(session.findings))
    look_at(made, "every")
    rows = made.table.model.records
    assert [r.finding for r in rows] == list(session.findings)
    assert len({r.id for r in rows}) == len(rows)


def test_several_are_dismissed_with_one_reason_and_taken_back(
    qtbot: QtBot, session: Session, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dismissing, "ask_reason", lambda *_args: "Known and accepted.")
    made = page(qtbot, session, settings)
    before = session.findings
    possible = [f for f in open_findings(before) if can_be_dismissed(f)]
    choose_all(made)
    assert made.dismiss.isEnabled() and not made.back.isEnabled()
    assert made.back.toolTip() == "It was not dismissed."
    made.dismiss.click()
    assert len(open_findings(session.findings)) == len(open_findings(before)) - len(possible)
    assert session.undo() is not None
    assert session.findings == before
    session.redo()
    look_at(made, "dismissed")
    choose_all(made)
    assert made.back.isEnabled()
    made.back.click()
    assert not any(f.dismissed for f in session.findings)


def test_a_double_click_leads_to_the_subject(qtbot: QtBot, session: Session, settings: Settings) -> None:
    made = page(qtbot, session, settings)
    made.table.view.go(0, 1)
    with qtbot.waitSignal(made.wanted) as wanted:
        made.show_it.click()
    assert tuple(wanted.args) == place_of(session.findings[0])


def test_the_inspector_says_where_the_question_comes_from(qtbot: QtBot, session: Session, settings: Settings) -> None:
    made = page(qtbot, session, settings)
    row = next(r for r in made.table.model.records if r.rule)
    made.table.show_record(row.id)
    widget = made.inspect()
    assert widget is not None
    qtbot.addWidget(widget)
    said = [label.text() for label in widget.findChildren(QLabel)]
    assert row.rule in said and str(row.finding.remedy) in said and "Asked by" in said


def test_a_plant_without_findings_says_so(qtbot: QtBot, bare: Session, settings: Settings) -> None:
    made = page(qtbot, bare, settings)
    look_at(made, "dismissed")
    qtbot.wait(10)
    assert "Nothing here" in [label.text() for label in made.findChildren(QLabel) if label.isVisible()]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_page_can_be_read_and_operated(qtbot: QtBot, session: Session, settings: Settings, lang: str) -> None:
    set_language(lang)
    made = page(qtbot, session, settings)
    assert nameless(made) == [] and out_of_order(made) == []
    assert clipped(made) == [] and beyond(made) == []


def test_words_of_twice_the_length_have_room(
    qtbot: QtBot, session: Session, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    with stretched(monkeypatch):
        assert clipped(page(qtbot, session, settings, 1680)) == []
