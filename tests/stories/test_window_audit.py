"""An audit in the window: agreed, sampled, tested, found, corrected, closed, reviewed, concluded, countersigned."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QListWidget, QTableView
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from core.audit.checklist import questions
from core.audit.choosing import RANDOM
from core.audit.procedures import AGREES, DIFFERS, PROCEDURES, RESULTS, TRACED
from core.audit.roles import ROLES
from core.audit.sampling import METHODS
from core.audit.states import STATES
from core.handover import receive
from core.ledger import AuditFinding, Declaration, Opinion, Person, Sample, TestSheet
from core.library import load_library
from core.signing import load_trust
from gui.acting_dialog import ActingDialog
from gui.audit.declare import DeclareDialog
from gui.audit.engagement import EngagementDialog
from gui.audit.person import PersonDialog
from gui.audit_findings.dialogs import AnswerDialog, ClosingDialog, FindingDialog
from gui.conclusion.opinion_dialog import OpinionDialog
from gui.language import _, language, say
from gui.report.countersigning import CountersignDialog
from gui.samples.dialog import SampleDialog
from tests.stories.conftest import Start
from tests.stories.engineer import Engineer, Job, in_dialog
from tests.stories.person import cells
from tests.stories.terminal import Terminal
from tests.stories.verification import DUE, WORD, YEAR, power, power_id, rows, scan, words_of

PREPARER, LEAD, REVIEWER, MANAGER = "Zhao Min", "Li Na", "Wang Fang", "Chen Hong"
ROLE_OF = {LEAD: "team_lead", PREPARER: "preparer", REVIEWER: "reviewer", MANAGER: "plant_manager"}
WRONG = power(1) + 500
"""What January was entered with."""


class Party(Job):
    """Four people who take turns at one computer."""

    def agrees_in(self, kind: type[QDialog], button: str, fill: Callable[[], None], *, by: str) -> None:
        """Presses a button, fills in the form that comes, and confirms it by another one."""

        def answer() -> None:
            fill()
            self.person.presses(by)

        in_dialog(self.person, kind, lambda: self.person.presses(button), answer)

    def acts_as(self, name: str) -> None:
        """Somebody else sits down."""
        now = _("Acting as {name}", name=self.session.person)

        def choose() -> None:
            box = self.person.field(_("People of this plant"), QListWidget)
            row = next(n for n in range(box.count()) if box.item(n).text().startswith(f"{name} – "))
            box.setFocus()
            box.setCurrentRow(row)

        self.agrees_in(ActingDialog, now, choose, by=_("Act as this person"))
        assert self.session.person == name

    def stands_on(self, table: str, words: str) -> QTableView:
        """Clicks the row of a table in which these words stand."""
        grid = self.person.grid(table)
        row = next(n for n, texts in enumerate(cells(grid)) if any(words in text for text in texts))
        place = grid.model().index(row, grid.columnAt(5))
        grid.scrollTo(place)
        QApplication.processEvents()
        at = grid.visualRect(place).center()
        QTest.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
        QApplication.processEvents()
        assert grid.currentIndex().row() == row
        return grid

    @property
    def state(self) -> str:
        engagement = self.session.ledger.engagement(YEAR)
        assert engagement is not None
        return engagement.state

    def moves_on(self, before: str, to: str) -> None:
        """By the button of the page Audit."""
        move = STATES[before].move(to)
        assert move is not None
        self.person.goes_to(_("Audit"))
        self.person.presses(say(move.title))
        assert self.state == to, self.person.notice


@pytest.fixture
def party(start: Start, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lang: str, keys: Path) -> Party:
    """Before an open plant with three bills, one of them wrong, each with its scan."""
    monkeypatch.chdir(tmp_path)
    type_in, by = Terminal(lang), ("--person", PREPARER)
    head, *bills = rows({power_id(1): WRONG})
    type_in("new", "hill.plant", "--name", "Hillside", "--country", "CN", "--region", "CN-HE", *by)
    Path("bills.csv").write_text("\n".join((head, *bills[:3])) + "\n", encoding="utf-8")
    type_in("import", "hill.plant", "bills.csv", *by)
    every = [word for month in (1, 2, 3) for word in ("--to", power_id(month))]
    type_in("attach", "hill.plant", scan("bills.pdf"), *every, "--kind", "bill", *by)
    made = Party(Engineer(start(lang), qtbot), tmp_path, monkeypatch)
    made.chooses_files(tmp_path / "hill.plant")
    made.person.presses(_("Open a plant file"))
    assert made.session.year == YEAR
    return made


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_an_audit_from_its_beginning_to_both_signatures(party: Party, keys: Path) -> None:
    agree(party)
    declare_on_paper(party)
    hand_over(party)
    draw(party)
    compare_with_the_bills(party)
    raise_the_finding(party)
    correct_and_answer(party)
    close(party)
    decide_and_review(party)
    conclude(party, keys)
    countersign(party, keys)


def agree(party: Party) -> None:
    """The first person leads; the others are added, and the agreement names the reviewer."""
    person = party.person

    def enter_lead() -> None:
        dialog = person.screen
        assert person.field(_("Name"), QLineEdit).text() == LEAD
        person.presses(_("Add"))
        person.waits(lambda: not (isValid(dialog) and dialog.isVisible()))

    def begin() -> None:
        dialog = person.screen
        person.fills(_("First day on site"), "2025-01-13")
        person.fills(_("Last day on site"), "2025-01-15")
        person.presses(_("Begin"))
        person.waits(lambda: not (isValid(dialog) and dialog.isVisible()))

    person.goes_to(_("Audit"))
    with person.answering(begin, EngagementDialog), person.answering(enter_lead, PersonDialog):
        person.presses(_("Begin an audit…"))
    assert party.state == "draft"
    for name in (PREPARER, REVIEWER, MANAGER):

        def enter(name: str = name) -> None:
            person.fills(_("Name"), name)
            person.agrees(say(ROLES[ROLE_OF[name]]))

        party.agrees_in(PersonDialog, _("Add a person…"), enter, by=_("Add"))

    def name_reviewer() -> None:
        person.chooses(_("Independent reviewer"), f"{REVIEWER} – {say(ROLES['reviewer'])}")

    party.agrees_in(EngagementDialog, _("Change the engagement…"), name_reviewer, by=_("Keep"))
    assert {one.name: one.roles for one in party.session.ledger.held(Person)} == {n: (r,) for n, r in ROLE_OF.items()}


def declare_on_paper(party: Party) -> None:
    person = party.person
    paper = scan("declaration.pdf")

    def declare() -> None:
        person.chooses(_("How it is signed"), _("on paper, here is the scan"))
        person.fills(_("Scan of the signed paper"), str(paper.resolve()))

    for name in (LEAD, REVIEWER):
        party.stands_on(_("People and independence"), name)
        party.agrees_in(DeclareDialog, _("Declare independence…"), declare, by=_("Declare"))
    held = party.session.ledger.held(Declaration)
    assert len(held) == 2 and all(one.evidence and not one.signature for one in held)


def hand_over(party: Party) -> None:
    party.acts_as(PREPARER)
    party.moves_on("draft", "prepared")
    party.acts_as(LEAD)
    party.moves_on("prepared", "verification")


def draw(party: Party) -> None:
    person = party.person

    def choose() -> None:
        person.chooses(_("Method"), say(METHODS[RANDOM]))
        person.chooses(_("How many"), _("{level} % of the records of each source", level=100))
        person.fills(_("Seed"), "2024")

    person.goes_to(_("Risk and samples"))
    person.turns_to(_("Samples"))
    party.agrees_in(SampleDialog, _("Draw a sample…"), choose, by=_("Draw"))
    (sample,) = party.session.ledger.held(Sample)
    assert (sample.seed, sample.level, len(sample.activities)) == ("2024", 100, 3)


def compare_with_the_bills(party: Party) -> None:
    """What differs is typed; what agrees is one key."""
    person = party.person
    person.goes_to(_("Tests"))
    person.chooses(_("Procedure"), say(PROCEDURES[TRACED]))
    for month in (2, 3, 1):
        party.stands_on(_("Items"), f"{power(month):,}" if month > 1 else f"{WRONG:,}")
        if month == 1:
            person.fills(_("The evidence shows"), str(power(1)))
            assert person.number(_("Effect")) != "–", "what it weighs is seen while it is typed"
            person.presses(say(RESULTS[DIFFERS]))
        else:
            person.presses(say(RESULTS[AGREES]))
    sheets = party.session.ledger.held(TestSheet)
    assert [(one.activity, one.result) for one in sheets] == [
        (power_id(2), AGREES), (power_id(3), AGREES), (power_id(1), DIFFERS),
    ]  # fmt: skip


def raise_the_finding(party: Party) -> None:
    person = party.person

    def state() -> None:
        person.fills(_("Title"), "Bill of January")
        person.chooses(_("Owner"), PREPARER)
        person.fills(_("Answer due"), DUE)

    party.stands_on(_("Items"), f"{WRONG:,}")
    raising = _("Raise a finding of the sheet {sheet}", sheet="te00003")
    party.agrees_in(FindingDialog, raising, state, by=_("Raise"))
    (finding,) = party.session.ledger.held(AuditFinding)
    assert (finding.activities, finding.sample, finding.status) == ((power_id(1),), "sa00001", "open")
    assert party.session.ledger.held(TestSheet)[-1].finding == finding.id


def correct_and_answer(party: Party) -> None:
    person = party.person
    party.acts_as(PREPARER)
    party.stands_on(_("Findings"), "Bill of January")
    person.presses(_("Correct data…"))
    assert party.session.because == "fi00001"
    grid = person.grid(_("Activity data"))
    row = next(n for n, texts in enumerate(cells(grid)) if any(f"{WRONG:,}" in text for text in texts))
    person.walks(grid, row, _("Quantity"))
    QTest.keyClicks(grid, "1")
    editor = grid.viewport().findChild(QLineEdit)
    assert editor is not None
    QTest.keyClicks(editor, str(power(1))[1:])
    QTest.keyClick(editor, Qt.Key.Key_Return)
    QApplication.processEvents()
    person.presses(_("Done"))
    assert [(one.id, one.finding) for one in party.session.file.corrections] == [(power_id(1), "fi00001")]

    def answer() -> None:
        person.fills(_("Root cause"), "Typed by hand.")
        person.fills(_("Correction"), "Typed again.")
        person.fills(_("Corrective action"), "Bills are imported.")

    person.goes_to(_("Findings"))
    party.stands_on(_("Findings"), "Bill of January")
    party.agrees_in(AnswerDialog, _("Answer…"), answer, by=_("Answer"))


def close(party: Party) -> None:
    """As corrected, which the form proposes because nothing is left; the other tab says what became of the line."""
    person = party.person
    party.acts_as(LEAD)
    party.stands_on(_("Findings"), "Bill of January")
    party.agrees_in(ClosingDialog, _("Close…"), lambda: None, by=_("Close"))
    (finding,) = party.session.ledger.held(AuditFinding)
    assert (finding.status, finding.treatment) == ("closed", "corrected")
    person.turns_to(_("Initial – verified – why"))
    person.waits_for(f"{YEAR}-01")


def decide_and_review(party: Party) -> None:
    person = party.person
    person.goes_to(_("Conclusion"))
    party.agrees_in(OpinionDialog, _("Decide…"), lambda: None, by=_("Decide"))
    opinion = party.session.ledger.get("opinion", str(YEAR))
    assert isinstance(opinion, Opinion) and opinion.kind == "unmodified"
    party.moves_on("verification", "review")
    party.acts_as(REVIEWER)
    person.goes_to(_("Conclusion"))
    for one in questions():
        party.stands_on(_("Checklist of the independent review"), one.text.in_language(language()))
        person.presses(_("Yes"))
    person.waits_for(_("Nothing stands in the way."))


def conclude(party: Party, keys: Path) -> None:
    person, out = party.person, party.folder / "half.pdf"
    party.acts_as(LEAD)
    person.presses(_("Conclude and sign…"))
    person.fills(_("Key file (.p12)"), str(keys / "lead.p12"))
    person.fills(_("Passphrase"), WORD)
    person.fills(_("Signed report"), str(out))
    person.presses(_("Conclude the audit and sign"))
    person.waits(lambda: out.exists() and party.state == "concluded")
    assert not person.button(_("Sign a new revision…")).isEnabled()


def countersign(party: Party, keys: Path) -> None:
    person, half, whole = party.person, party.folder / "half.pdf", party.folder / "whole.pdf"
    party.acts_as(MANAGER)

    def sign() -> None:
        person.fills(_("Signed report"), str(half))
        person.fills(_("Trust file of head office"), str(keys / "office.pem"))
        person.waits(lambda: person.button(_("Countersign")).isEnabled())
        assert person.sees(LEAD), "who signed first is shown before one signs"
        person.fills(_("Key file (.p12)"), str(keys / "manager.p12"))
        person.fills(_("Passphrase"), WORD)
        person.fills(_("Report with both signatures"), str(whole))
        person.presses(_("Countersign"))
        person.waits(whole.exists)
        person.presses(_("Close"))

    in_dialog(person, CountersignDialog, lambda: person.presses(_("Countersign a signed report…")), sign)
    receipt = receive(whole.read_bytes(), load_trust(keys / "office.pem"), load_library(), datetime.now(UTC))
    assert receipt.valid and receipt.rebuilt == "equal", str(receipt.reason)
    assert [one.field for one in receipt.signatures] == ["Auditor", "PlantManager"]
    assert "".join(f"{YEAR}-01 Bill of January".split()) in words_of(whole)
    assert all(one.certificate for one in party.session.ledger.held(Person) if one.name in (LEAD, MANAGER))
