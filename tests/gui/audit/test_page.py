"""The page of the audit: from nobody to a verification, who may press what, and the dialogs behind the buttons."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from core.i18n import T
from core.ledger import Change, Communication, Declaration, Engagement, Person, Plant, Record, Step, kind_of
from core.signing import create_authority, create_request, issue
from core.signing.certificates import Identity
from core.store import PlantFile
from gui.acting import ActingAs
from gui.acting_dialog import ActingDialog
from gui.asking import Asking
from gui.audit import acts as audit_acts
from gui.audit.declare import PAPER, DeclareDialog
from gui.audit.engagement import EngagementDialog
from gui.audit.log import LogDialog
from gui.audit.next import Next
from gui.audit.page import AuditPage
from gui.audit.person import PersonDialog
from gui.language import set_language
from gui.notices import Notice
from gui.pages.audit import create
from gui.session import Session
from gui.settings import Settings
from tests.carried import quick_p12
from tests.core.audit.party import AUDITOR, LEAD, MANAGER, NOW, PEOPLE, PREPARER, REVIEWER
from tests.core.samples import activity
from tests.gui.auditing import audited as put_under_audit
from tests.gui.auditing import finding
from tests.gui.showing import all_kept
from tests.gui.walk import beyond, clipped, nameless, out_of_order, stretched

AGREED = Engagement(
    "2024", "Acme", "Works", "Whether 2024 is right.", "Everything.", team=(LEAD.id, AUDITOR.id),
    reviewer=REVIEWER.id, start="2025-03-03", end="2025-03-07", scope_materiality=(("scope1", "10"),),
)  # fmt: skip
BILL = activity("m01", start=date(2024, 1, 1), end=date(2024, 1, 31))


def put(session: Session, who: Person | str, *records: Record) -> None:
    name = who if isinstance(who, str) else who.name
    steps = tuple(Step(kind_of(r), r.id, session.ledger.get(kind_of(r), r.id), r) for r in records)
    session.confirm(Change(name, NOW, T("Put"), steps))


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Session]:
    """A plant with one bill, and nobody who audits it."""
    path = tmp_path / "works.plant"
    PlantFile.create(path, Plant("Works", "CN", "CN-HE"), "Li Na", datetime(2024, 1, 1, tzinfo=UTC))
    made = Session(PlantFile.open(path), "Li Na", 2024)
    put(made, "Li Na", BILL)
    yield made
    made.close()


@pytest.fixture
def audited(empty: Session) -> Session:
    """The same with five people and an audit in draft; the team lead sits at the computer."""
    put(empty, "Li Na", *PEOPLE)
    put(empty, LEAD, AGREED)
    empty.act_as(LEAD.name)
    return empty


def page(qtbot: QtBot, session: Session, settings: Settings, width: int = 1060) -> AuditPage:
    made = create(session, settings)
    assert isinstance(made, AuditPage)
    qtbot.addWidget(made)
    session.changed.connect(made.refresh)
    made.resize(width, 720)
    made.refresh()
    made.show()
    qtbot.wait(20)
    return made


def words(made: AuditPage) -> list[str]:
    return [one.text() for one in made.findChildren(QLabel) if one.isVisible()]


@pytest.fixture
def answering(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[QDialog], None]], list[str]]:
    """Fill the next dialogs as a person would and press the button; gives what they complained about."""

    def answer(fill: Callable[[QDialog], None]) -> list[str]:
        complaints: list[str] = []

        def ask(dialog: QDialog) -> bool:
            assert isinstance(dialog, Asking)
            qtbot.addWidget(dialog)
            dialog.show()
            fill(dialog)
            dialog.go.click()
            qtbot.waitUntil(dialog.go.isEnabled, timeout=20_000)
            all_kept(qtbot)
            complaints.append(dialog._problem.text() if dialog._problem.isVisible() else "")
            return dialog.result() == QDialog.DialogCode.Accepted

        monkeypatch.setattr(audit_acts, "_ask", ask)
        return complaints

    return answer


# ---------------------------------------------------------------------- beginning


def test_an_audit_begins_with_people_and_then_an_agreement(
    qtbot: QtBot, empty: Session, settings: Settings, answering: Callable[..., list[str]]
) -> None:
    made = page(qtbot, empty, settings)
    assert made.empty and "Nobody audits 2024 yet" in words(made)

    def fill(dialog: QDialog) -> None:
        if isinstance(dialog, PersonDialog):
            assert dialog.name.line.text() == "Li Na" and dialog.roles["team_lead"].isChecked()
            dialog.name.line.setText("Zhao Min")
        else:
            assert isinstance(dialog, EngagementDialog)
            assert dialog.client.line.text() == "Works" and dialog.lead.currentText() == "Zhao Min – Team lead"
            dialog.materiality.line.setText("2.5")
            dialog.scopes["scope3"].line.setText("10")
            dialog.start.line.setText("2025-03-03")

    assert answering(fill) == []
    beginning = next(b for b in made.findChildren(QPushButton) if b.isVisible() and b.text() == "Begin an audit…")
    beginning.click()
    assert empty.person == "Zhao Min"
    agreed = empty.ledger.engagement(2024)
    assert agreed is not None and str(agreed.materiality) == "2.5"
    assert agreed.scope_materiality == (("scope3", "10"),) and agreed.start == "2025-03-03"
    assert agreed.team == (empty.ledger.held(Person)[0].id,)
    assert not made.empty and made.steps.texts[0] == "● Draft"


def test_a_first_person_who_does_not_audit_is_not_asked_for_an_agreement(
    qtbot: QtBot, empty: Session, settings: Settings, answering: Callable[[Callable[[QDialog], None]], list[str]]
) -> None:
    def fill(dialog: QDialog) -> None:
        assert isinstance(dialog, PersonDialog), "the long form would be filled in vain"
        for role, box in dialog.roles.items():
            box.setChecked(role == "preparer")

    made = page(qtbot, empty, settings)
    asked = answering(fill)
    made.engage()
    assert asked == [""], "one dialog, and nothing to complain about"
    assert any(one.endswith("Add one of them first.") for one in words(made))
    assert made.add_person.isEnabled() and not made.begin.isEnabled()


def test_with_people_but_nobody_who_may_begin_the_page_says_who_may(
    qtbot: QtBot, empty: Session, settings: Settings
) -> None:
    put(empty, "Li Na", *PEOPLE)
    made = page(qtbot, empty, settings)
    assert not made.empty and not made.begin.isEnabled()
    said = "An audit is begun by: Auditor, Team lead. You act as Li Na. Act as "
    assert any(said in one and LEAD.name in one for one in words(made)), "who, and what to do"
    assert made.begin.toolTip().startswith("An audit is begun by")
    empty.act_as(LEAD.name)
    assert made.begin.isEnabled() and made.begin.toolTip() == ""


# ---------------------------------------------------------------------- state and moves


def test_the_row_of_steps_marks_the_present_one_in_words(qtbot: QtBot, audited: Session, settings: Settings) -> None:
    made = page(qtbot, audited, settings)
    assert made.steps.texts[:2] == ("● Draft", "Prepared")
    assert made.steps.accessibleName() == "State: Draft, step 1 of 6"
    made.steps.show_state("review")
    assert made.steps.texts == (
        "✓ Draft", "✓ Prepared", "✓ In verification", "✓ Findings open", "● In independent review", "Concluded"
    )  # fmt: skip
    made.steps.show_state("reopened")
    assert "● Opened again" in made.steps.texts and "✓ In verification" not in made.steps.texts


def test_moves_are_those_of_the_acting_person_and_say_why_not(
    qtbot: QtBot, audited: Session, settings: Settings
) -> None:
    made = page(qtbot, audited, settings)
    assert not made.next.moves["prepared"].isEnabled()
    assert "Preparer, Plant manager" in made.next.moves["prepared"].toolTip()
    assert any(one.startswith("Then: Hand over") and PREPARER.name in one for one in words(made)), "whose turn it is"
    audited.act_as(PREPARER.name)
    made.next.moves["prepared"].click()
    assert _state(audited) == "prepared"
    assert made.next.moves["draft"].isEnabled() and not made.next.moves["verification"].isEnabled()
    audited.act_as(LEAD.name)
    assert "The declaration of independence is missing: Zhao Min." in made.next.moves["verification"].toolTip()


def test_taking_back_asks_for_a_reason(
    qtbot: QtBot, audited: Session, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    audited.act_as(PREPARER.name)
    made = page(qtbot, audited, settings)
    made.next.moves["prepared"].click()
    assert list(made.next.moves) == ["verification", "draft"], "the way back comes last"
    assert made.next.moves["draft"].property("role") != "primary", "and is nobody's first"
    monkeypatch.setattr(audit_acts, "ask_reason", lambda *_: "")
    made.next.moves["draft"].click()
    assert _state(audited) == "prepared"
    monkeypatch.setattr(audit_acts, "ask_reason", lambda *_: "A bill came late.")
    made.next.moves["draft"].click()
    assert _state(audited) == "draft"
    qtbot.wait(10)
    assert any("A bill came late." in one for one in words(made))


def test_what_stands_in_the_way_leads_to_where_it_is_mended(
    qtbot: QtBot, audited: Session, settings: Settings, answering: Callable[..., list[str]]
) -> None:
    for one in (LEAD, AUDITOR, REVIEWER):
        put(audited, one, Declaration(f"2024:{one.id}", 2024, one.id, "I am.", NOW.date(), evidence="e00001"))
    audited.act_as(PREPARER.name)
    made = page(qtbot, audited, settings)
    made.next.moves["prepared"].click()
    audited.act_as(LEAD.name)
    made.next.moves["verification"].click()
    assert _state(audited) == "verification"
    there = {link.accessibleName(): link for link in made.next.links}
    with qtbot.waitSignal(made.wanted) as wanted:
        there["Go there: No sample was drawn."].click()
    assert wanted.args == ["samples", None]
    with qtbot.waitSignal(made.wanted) as wanted:
        there["Go there: No opinion on 2024 was decided."].click()
    assert wanted.args == ["conclusion", None]
    asked = answering(lambda _dialog: None)
    made._go("engagement")
    assert len(asked) == 1
    made._go("people")
    qtbot.wait(10)
    assert made.focusWidget() is made.people.view


def test_concluding_leads_to_its_page(qtbot: QtBot, audited: Session, settings: Settings) -> None:
    made = page(qtbot, audited, settings)
    with qtbot.waitSignal(made.wanted) as wanted:
        made.move_on("concluded")
    assert wanted.args == ["conclusion", None]


def test_what_is_refused_is_told(qtbot: QtBot, audited: Session, settings: Settings) -> None:
    made = page(qtbot, audited, settings)
    with qtbot.waitSignal(made.told) as told:
        made.move_on("review")
    assert "does not go from “Draft”" in told.args[0].sentence


# ---------------------------------------------------------------------- engagement, people, declarations, log


def test_an_agreement_is_changed_and_what_cannot_be_is_said_in_the_dialog(
    qtbot: QtBot, audited: Session, settings: Settings, answering: Callable[..., list[str]]
) -> None:
    made = page(qtbot, audited, settings)
    said = answering(lambda dialog: dialog.materiality.line.setText("0"))
    made.change.click()
    assert said[-1].startswith("A materiality is more than 0 %")

    def reviewer_is_nobody(dialog: QDialog) -> None:
        assert isinstance(dialog, EngagementDialog)
        assert dialog.scopes["scope1"].line.text() == "10" and dialog.members[AUDITOR.id].isChecked()
        dialog.reviewer.setCurrentIndex(0)
        dialog.members[AUDITOR.id].setChecked(False)

    said = answering(reviewer_is_nobody)
    made.change.click()
    assert said == [""]
    agreed = audited.ledger.engagement(2024)
    assert agreed is not None and (agreed.reviewer, agreed.team) == ("", (LEAD.id,))


def test_people_are_added_and_changed_by_the_team_lead_alone(
    qtbot: QtBot, audited: Session, settings: Settings, answering: Callable[..., list[str]]
) -> None:
    made = page(qtbot, audited, settings)

    def fill(dialog: QDialog) -> None:
        assert isinstance(dialog, PersonDialog)
        if not dialog.name.line.text():
            dialog.name.line.setText("Qian Bo")
            dialog.roles["auditor"].setChecked(True)
        else:
            dialog.active.setChecked(False)

    said = answering(fill)
    made.add_person.click()
    new = audited.ledger.held(Person)[-1]
    assert said == [""] and (new.name, new.roles) == ("Qian Bo", ("auditor",))
    assert made.people.show_record(new.id)
    made.edit_person.click()
    assert not audited.ledger.held(Person)[-1].active
    audited.act_as(PREPARER.name)
    assert not made.add_person.isEnabled() and "Team lead" in made.add_person.toolTip()
    assert made.people.show_record(MANAGER.id) and not made.edit_person.isEnabled()
    assert made.people.show_record(PREPARER.id) and made.edit_person.isEnabled()  # one's own address


def test_a_double_name_is_refused_in_the_dialog(
    qtbot: QtBot, audited: Session, settings: Settings, answering: Callable[..., list[str]]
) -> None:
    made = page(qtbot, audited, settings)

    def fill(dialog: QDialog) -> None:
        assert isinstance(dialog, PersonDialog)
        dialog.name.line.setText("Li Na")
        dialog.roles["auditor"].setChecked(True)

    said = answering(fill)
    made.add_person.click()
    assert said == ["Li Na is one of the people already. Change that person instead."]


@pytest.mark.usefixtures("however_large")
def test_independence_is_declared_on_paper_and_with_a_key(
    qtbot: QtBot, audited: Session, settings: Settings, tmp_path: Path, answering: Callable[..., list[str]]
) -> None:
    when = datetime.now(UTC)
    root = create_authority("Root", "Group", when)
    key, request = create_request(LEAD.name, "zhao@x.org", "Verify", "Auditor")
    quick_p12(
        tmp_path / "k.p12", Identity(issue(root, request, role="Auditor", sites=["A"], when=when), key), "long enough"
    )
    scan = tmp_path / "scan.pdf"
    scan.write_bytes(b"signed by Sun Yue")
    made = page(qtbot, audited, settings)

    def fill(dialog: QDialog) -> None:
        assert isinstance(dialog, DeclareDialog) and "I am independent of" in dialog.text.toPlainText()
        if made.people.current_record().id == REVIEWER.id:  # type: ignore[union-attr]
            dialog.how.setCurrentIndex(dialog.how.findData(PAPER))
            dialog.scan.set_path(scan)
        else:
            dialog.key.use(tmp_path / "k.p12")
            dialog.key.secret.setText("long enough")

    said = answering(fill)
    for one in (REVIEWER, LEAD, AUDITOR):
        assert made.people.show_record(one.id)
        made.declare.click()
    assert said[:2] == ["", ""] and "is that of Zhao Min" in said[2]
    declared = {one.person: one for one in audited.ledger.held(Declaration)}
    assert set(declared) == {REVIEWER.id, LEAD.id}
    assert declared[REVIEWER.id].evidence and declared[LEAD.id].signature
    lead = audited.ledger.get("person", LEAD.id)
    assert isinstance(lead, Person) and len(lead.certificate) == 64
    shown = {row.id: made.people.model.columns[3].text(row) for row in made.people.model.records}
    assert shown[REVIEWER.id].endswith("on paper") and shown[LEAD.id].endswith("with a signature")
    assert shown[AUDITOR.id] == "not yet" and shown[PREPARER.id] == "–"


def test_a_certificate_is_released_by_somebody_else_with_a_reason(
    qtbot: QtBot, audited: Session, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    for one, digits in ((AUDITOR, "ab"), (LEAD, "cd")):
        put(audited, one, replace(one, certificate=digits * 32))
    monkeypatch.setattr(audit_acts, "ask_reason", lambda *_: "It was renewed.")
    made = page(qtbot, audited, settings)
    assert made.people.show_record(PREPARER.id) and made.release.isHidden()
    assert made.people.show_record(LEAD.id) and not made.release.isEnabled()
    assert made.people.show_record(AUDITOR.id) and made.release.isEnabled()
    made.release.click()
    assert audited.ledger.get("person", AUDITOR.id) == AUDITOR
    assert "It was renewed." in str(audited.file.why(audited.file.entries))


@pytest.mark.usefixtures("however_large")
def test_the_log_begins_with_the_opening_meeting_and_keeps_its_minutes(
    qtbot: QtBot, audited: Session, settings: Settings, tmp_path: Path, answering: Callable[..., list[str]]
) -> None:
    minutes = tmp_path / "minutes.pdf"
    minutes.write_bytes(b"minutes")
    made = page(qtbot, audited, settings)
    assert "Nothing was entered yet" in words(made)

    def fill(dialog: QDialog) -> None:
        assert isinstance(dialog, LogDialog)
        if not dialog.subject.line.text():
            assert dialog.kind.currentText() == "Opening meeting"
            dialog.people.line.setText("Li Na, Zhao Min、Sun Yue")
            dialog.file.set_path(minutes)
            dialog.subject.line.setText("Opening")
        dialog.minutes.setPlainText(dialog.minutes.toPlainText() + "Agreed.")

    said = answering(fill)
    made.add_entry.click()
    (entry,) = audited.ledger.held(Communication)
    assert said == [""] and entry.people == ("Li Na", "Zhao Min", "Sun Yue") and len(entry.evidence) == 1
    assert made.log.show_record(entry.id)
    assert made.log.model.columns[5].text(made.log.model.records[0]) == "minutes.pdf"
    made.edit_entry.click()
    assert audited.ledger.held(Communication)[0].text == "Agreed.Agreed."
    made.remove_entry.click()
    assert audited.ledger.held(Communication) == ()


# ---------------------------------------------------------------------- acting as


def test_somebody_else_acts_and_the_dialog_says_that_a_name_is_no_proof(
    qtbot: QtBot, audited: Session, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    button = ActingAs(audited, settings)
    qtbot.addWidget(button)
    audited.changed.connect(button.refresh)
    assert button.text() == "Acting as Zhao Min" and "Team lead" in button.toolTip()

    def choose(dialog: ActingDialog) -> int:
        qtbot.addWidget(dialog)
        dialog.show()
        said = " ".join(one.text() for one in dialog.findChildren(QLabel))
        assert "no proof of who you are" in said and "signature" in said
        assert dialog.list.currentItem().text() == "Zhao Min – Team lead"
        assert dialog.list.count() == len(PEOPLE)
        dialog.list.setCurrentRow(0)
        QTest.keyClick(dialog.list, Qt.Key.Key_Return)
        return dialog.result()

    monkeypatch.setattr(ActingDialog, "exec", choose)
    button.click()
    assert audited.person == settings.person == "Li Na"
    assert button.text() == "Acting as Li Na"
    audited.act_as("Somebody")
    assert "not one of the people" in button.toolTip()


def test_without_people_nobody_is_asked(qtbot: QtBot, empty: Session, settings: Settings) -> None:
    button = ActingAs(empty, settings)
    qtbot.addWidget(button)
    assert button.isHidden()


def test_who_may_not_change_what_was_agreed_is_told_so(qtbot: QtBot, audited: Session, settings: Settings) -> None:
    made = page(qtbot, audited, settings)
    assert made.change.isEnabled() and made.change.toolTip() == "Change what was agreed"
    audited.act_as(PREPARER.name)
    made.refresh()
    assert not made.change.isEnabled() and made.add_entry.isEnabled(), "everybody writes into the log"
    said = made.change.toolTip()
    assert "Who may change the engagement of 2024" in said and f"{PREPARER.name} is: Preparer" in said
    notices: list[Notice] = []
    made.told.connect(notices.append)
    made.engage()
    assert [one.sentence for one in notices] == [said], "the link of what is next opens no form either"
    audited.act_as("Nobody")
    made.refresh()
    assert "not one of the people" in made.change.toolTip() and not made.add_entry.isEnabled()


# ---------------------------------------------------------------------- reading and operating


def test_a_file_that_is_only_read_is_only_shown(
    qtbot: QtBot, audited: Session, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Session, "writable", property(lambda _self: False))
    made = page(qtbot, audited, settings)
    for one in (made.change, made.add_person, made.declare, made.add_entry, *made.next.moves.values()):
        assert not one.isEnabled() and "reading only" in one.toolTip()


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("begun", [True, False])
def test_the_page_can_be_read_and_operated(
    qtbot: QtBot, request: pytest.FixtureRequest, settings: Settings, lang: str, begun: bool
) -> None:
    set_language(lang)
    session: Session = request.getfixturevalue("audited" if begun else "empty")
    made = page(qtbot, session, settings)
    assert nameless(made) == [] and out_of_order(made) == []
    assert clipped(made) == [] and beyond(made) == []


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_narrow_page_has_room_for_steps_and_moves(
    qtbot: QtBot, session: Session, settings: Settings, lang: str
) -> None:
    """As wide as it is in a window of 960 points."""
    set_language(lang)
    put_under_audit(session, finding(session))
    made = page(qtbot, session, settings, width=754)
    assert "✓ Prepared" in made.steps.texts or lang == "zh"
    assert clipped(made) == [] and beyond(made) == []


def test_words_of_twice_the_length_have_room(
    qtbot: QtBot, audited: Session, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    with stretched(monkeypatch):
        assert clipped(page(qtbot, audited, settings, 1680)) == []


def test_dialogs_can_be_read_and_operated(qtbot: QtBot, audited: Session, settings: Settings) -> None:
    made = page(qtbot, audited, settings)
    dialogs: dict[str, Callable[[], QDialog]] = {
        "person": lambda: PersonDialog(AUDITOR, lambda _: None, made, fresh=False),
        "engagement": lambda: EngagementDialog(AGREED, PEOPLE, lambda _: None, made, fresh=False),
        "log": lambda: LogDialog(
            Communication("co1", 2024, NOW.date(), "call", "s", "t"), made, fresh=False
        ),
        "declare": lambda: DeclareDialog(
            Declaration("2024:x", 2024, AUDITOR.id, "I am.", NOW.date()), AUDITOR, settings, made,
        ),
        "acting": lambda: ActingDialog(PEOPLE, "Li Na", made),
    }  # fmt: skip
    for kind, make in dialogs.items():
        dialog = make()
        qtbot.addWidget(dialog)
        dialog.show()
        dialog.resize(dialog.width(), 2000)  # as if the screen were high enough for all of it
        QApplication.processEvents()
        assert nameless(dialog) == [] and out_of_order(dialog) == [], kind
        assert clipped(dialog) == [] and beyond(dialog) == [], kind
        dialog.close()


def _state(session: Session) -> str:
    found = session.ledger.engagement(session.year)
    assert found is not None
    return found.state


def test_after_the_conclusion_the_way_leads_to_the_second_signature(qtbot: QtBot) -> None:
    made = Next()
    qtbot.addWidget(made)
    made.show_ways(replace(AGREED, state="concluded"), (), "")
    (there,) = made.links
    with qtbot.waitSignal(made.wanted) as wanted:
        there.click()
    assert wanted.args == ["report"]
    assert "countersigns" in there.accessibleName()
