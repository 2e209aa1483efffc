"""The list of findings: open ones first, dismissed ones apart with their reason; dismissing and taking back."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from core.checks import can_be_dismissed, open_findings
from core.checks.required_evidence import RULE as REQUIRED
from core.i18n import T
from core.methods import Finding
from gui.findings.dismissing import Dismissing
from gui.findings.listed import FindingList, place_of
from gui.notices import Notice
from gui.page import Page
from gui.session import Session
from tests.gui.walk import nameless


class Desk:
    """A list that follows a session, as on a page."""

    def __init__(self, qtbot: QtBot, session: Session) -> None:
        self.qtbot, self.session, self.page = qtbot, session, Page()
        self.notices: list[Notice] = []
        self.page.told.connect(self.notices.append)
        self.dismissing = Dismissing(self.page, session)
        self.list = FindingList(lambda _finding: None, dismissing=self.dismissing)
        qtbot.addWidget(self.page)
        qtbot.addWidget(self.list)
        session.changed.connect(self.refresh)
        self.refresh()
        self.list.resize(500, 900)
        self.list.show()

    def refresh(self) -> None:
        self.list.show_findings(self.session.findings, "Needs attention")

    def press(self, text: str) -> None:
        self.qtbot.wait(5)
        next(b for b in self.buttons() if b.text().startswith(text)).click()
        self.qtbot.wait(20)

    def buttons(self) -> list[QPushButton]:
        self.qtbot.wait(5)  # what is put into a layout shows with the next turn
        return [b for b in self.list.findChildren(QPushButton) if b.isVisibleTo(self.list)]

    @property
    def words(self) -> list[str]:
        return [label.text() for label in self.list.findChildren(QLabel) if label.isVisibleTo(self.list)]


@pytest.fixture
def desk(qtbot: QtBot, session: Session) -> Desk:
    return Desk(qtbot, session)


def some(session: Session) -> Finding:
    return next(f for f in open_findings(session.findings) if can_be_dismissed(f))


def test_a_dismissed_finding_stands_apart_with_its_reason_until_taken_back(desk: Desk) -> None:
    finding, before = some(desk.session), len(open_findings(desk.session.findings))
    desk.dismissing.dismiss("The meter was read twice that month.", finding)
    assert len(open_findings(desk.session.findings)) == before - 1
    desk.press(f"{sum(bool(f.dismissed) for f in desk.session.findings)} dismissed")
    assert "Reason: The meter was read twice that month." in desk.words
    assert nameless(desk.list) == []
    back = next(b for b in desk.buttons() if b.accessibleName() == f"Take back {finding.message}")
    back.click()
    desk.qtbot.wait(20)
    assert len(open_findings(desk.session.findings)) == before
    assert "taken back" in desk.notices[-1].sentence
    desk.session.undo()
    assert len(open_findings(desk.session.findings)) == before - 1
    desk.session.undo()
    assert len(open_findings(desk.session.findings)) == before


def test_without_a_reason_nothing_is_dismissed(desk: Desk) -> None:
    before = desk.session.findings
    desk.dismissing.dismiss("   ", some(desk.session))
    assert desk.session.findings == before
    assert desk.notices[-1].level == "bad"


def test_only_what_may_be_dismissed_offers_it(desk: Desk) -> None:
    stop = Finding("renewable_not_counted", "error", "x", T("A hard stop."), T("Prove it."))
    desk.list.show_findings([stop], "Needs attention")
    assert not any(b.text().startswith("Dismiss") for b in desk.buttons())
    desk.dismissing.dismiss("because", stop)
    assert desk.notices[-1].level == "bad"
    finding = some(desk.session)
    desk.list.show_findings([finding], "Needs attention")
    assert any(b.accessibleName() == f"Dismiss… {finding.message}" for b in desk.buttons())


def test_of_many_names_the_first_are_said_and_the_whole_list_stands_beside(desk: Desk) -> None:
    names = [f"Line {number}" for number in range(1, 76)]
    one = Finding("plan_missing", "info", "inventory", T("The plan forgets {sources}.", sources=names), T("Add them."))
    desk.list.show_findings([one, replace(one, dismissed="not metered")], "Needs attention")
    desk.press("1 dismissed")
    short = "The plan forgets Line 1, Line 2, Line 3, Line 4, Line 5, Line 6 and 69 more."
    open_one, dismissed = (w for w in desk.list.findChildren(QLabel) if w.text() == short)
    assert open_one.toolTip() == f"{one.message} Add them." == open_one.accessibleDescription()
    assert dismissed.toolTip() == str(one.message) == dismissed.accessibleDescription()
    brief = replace(one, message=T("One thing."))
    desk.list.show_findings([brief], "Needs attention")
    (shown,) = (w for w in desk.list.findChildren(QLabel) if w.text() == "One thing.")
    assert shown.toolTip() == "Add them."


def test_a_list_without_anybody_to_dismiss_offers_nothing(qtbot: QtBot, session: Session) -> None:
    made = FindingList(lambda _finding: None)
    qtbot.addWidget(made)
    made.show_findings([some(session)], "Findings")
    texts = [b.text() for b in made.findChildren(QPushButton)]
    assert texts == ["Show"]


@pytest.mark.parametrize(
    ("subject", "place"),
    [
        ("a00001", "activity"),
        ("scope3:9", "sources"),
        ("scope3", "sources"),
        ("inventory", "quality"),
        ("base_year:2024", "compare"),
        ("cn_grid@2024", "activity"),
    ],
)
def test_a_finding_leads_to_the_page_of_its_subject(subject: str, place: str) -> None:
    finding = Finding("rule", "info", subject, T("What."), T("Do."))
    assert place_of(finding)[0] == place


def test_a_missing_file_leads_to_where_files_are_attached() -> None:
    assert place_of(Finding(REQUIRED.key, "error", "a00001", T("What."), T("Do."))) == ("evidence", "a00001")


def test_a_widget_is_left_for_each_row(desk: Desk) -> None:
    rows = [w for w in desk.list.findChildren(QWidget) if isinstance(w, QPushButton) and w.text() == "Show"]
    assert len(rows) == min(3, len(open_findings(desk.session.findings)))
