"""The page of those who ask, of a plant: two counts apart, questions worked off, every value down to its records."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot
from python_calamine import CalamineWorkbook

from core.disclosures.maps import all_maps, write_map
from core.disclosures.readiness import readiness_of
from core.disclosures.submitting import submitted
from core.disclosures.values import values_of
from core.errors import UserError
from core.handover.asked import known_of
from core.i18n import T
from core.ledger import Answer, Evidence, OwnQuestion, QuestionDecision, Submission
from gui import fonts
from gui.disclosures.answer_form import AnswerForm
from gui.disclosures.bringing import MapDialog
from gui.disclosures.dialogs import CommentDialog, DecideDialog
from gui.disclosures.frame import TABS
from gui.disclosures.page import DisclosuresBase
from gui.disclosures.points import MISSING as POINTS_MISSING
from gui.disclosures.questionnaire import LinkDialog, ReceivedDialog
from gui.disclosures.questions import ALL, FILTERS, UNDECIDED
from gui.disclosures.value_part import TableDialog
from gui.jobs import Job
from gui.language import set_language
from gui.session import Session
from gui.settings import Settings
from gui.window import Window
from tests.core.samples import activity, month
from tests.gui.disclosing import (
    CDP,
    LONG,
    PROOF,
    SAQ,
    answer,
    inspected,
    keep,
    links,
    opened,
    rested,
    told,
    wanted,
    words,
)
from tests.gui.walk import beyond, clipped, nameless, out_of_order, stretched


@pytest.fixture
def small(bare: Session) -> Iterator[Session]:
    """A plant with a bill of gas in each of two years."""
    gas: dict[str, Any] = {"method": "stationary_combustion", "item": "natural_gas", "unit": "m3"}
    for key, year, quantity in (("a00001", 2024, 1000), ("a00002", 2023, 800)):
        keep(bare, activity(key, source="Boiler", quantity=quantity, **month(3, year), **gas))
    yield bare
    Job.cancel_all()


# ---------------------------------------------------------------------- what is read


def test_the_counts_are_those_of_the_core_and_stand_apart(qtbot: QtBot, session: Session, settings: Settings) -> None:
    _window, page = opened(qtbot, session, settings)
    known = known_of(session.ledger, 2024, session.library, session.file.blob, page.today())
    held, values = session.ledger.held(QuestionDecision), values_of(known)
    assert page.found is not None and page.key == CDP, "what asks most is looked at first"
    for key, ready in page.found.ready.items():
        mine = readiness_of(all_maps()[key], values, held, 2024, "plant")
        assert (ready.data, ready.evidence) == (mine.data, mine.evidence)
    item = page.frame.frameworks.list.currentItem()
    ready = page.found.ready[CDP]
    said = str(item.data(int(Qt.ItemDataRole.AccessibleTextRole)))
    assert f"Data {ready.data.n} of {ready.data.of} · Proof {ready.evidence.n} of {ready.evidence.of}" in said
    assert "CDP questionnaire 2025" in words(page) and "%" not in page.frame.said.text()


def test_each_question_says_its_state_its_answer_and_who_can_say_the_rest(
    qtbot: QtBot, small: Session, settings: Settings
) -> None:
    _window, page = opened(qtbot, small, settings)
    table = page.frame.questions.table
    columns = {one.key: one for one in table.model.columns}
    rows = {one.question.id: one for one in table.model.records}
    assert page.found is not None and len(rows) == len(page.found.ready[CDP].questions)
    scope1 = rows["7.6/1"]
    assert columns["state"].text(scope1) == "Answered" and columns["value"].text(scope1).endswith("t CO₂e")
    policy = rows["4.6.1"]
    assert columns["missing"].text(policy) == "Environmental policy (Environment, health and safety)"
    assert columns["missing"].text(rows["3.5.2"]) == "Decide whether it applies"
    ids = [columns["id"].sort(one) for one in table.model.records if columns["id"].sort]
    assert sorted(rows, key=lambda key: columns["id"].sort(rows[key]))[:3] == ["1.4", "3.5", "3.5.2"]  # type: ignore[misc]
    assert len(ids) == len(rows)
    page.frame.frameworks.choose("iso_14064_1_2018")
    recalled = next(one for one in table.model.records if one.question.status == "RECALLED")
    mark = table.model._marks(recalled)["id"] if table.model._marks else None
    assert mark is not None and mark.text.startswith("Check the number")


def test_a_filter_shows_its_questions_and_no_others(qtbot: QtBot, small: Session, settings: Settings) -> None:
    keep(small, answer("policy.env", "Signed policy", valid_to="2024-12-31"))
    _window, page = opened(qtbot, small, settings)
    assert page.found is not None
    expired = page.found.state_of((CDP, "4.6.1"))
    assert expired is not None and expired.state == "expired"
    for kind, fits in FILTERS.items():
        page.frame.questions.show_kind(kind)
        shown = [one.question.id for one in page.frame.questions.table.model.records]
        assert shown == [one.question.id for one in page.found.ready[CDP].questions if fits(one)], kind
        assert ("4.6.1" in shown) == (kind in (ALL, "expired")), kind


def test_the_page_follows_the_plant(qtbot: QtBot, small: Session, settings: Settings) -> None:
    _window, page = opened(qtbot, small, settings)
    assert page.found is not None
    before = page.found.values["ghg.s1"].value
    bill = small.ledger.activities[0]
    keep(small, activity("a00003", **{**{k: getattr(bill, k) for k in ("source", "method", "item", "unit")},
                                      **month(4, 2024), "quantity": Decimal(500)}))  # fmt: skip
    rested(qtbot, page)
    after = page.found.values["ghg.s1"].value
    assert isinstance(before, Decimal) and isinstance(after, Decimal) and round(after / before, 6) == Decimal("1.5")


def test_a_year_that_cannot_be_read_says_why(
    qtbot: QtBot, small: Session, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_asked: object, **_options: object) -> None:
        raise UserError(T("The closed year is damaged."), T("Restore it."))

    window, page = opened(qtbot, small, settings)
    monkeypatch.setattr("gui.disclosures.found.known_of", broken)
    notices = told(page)
    keep(small, answer("policy.env", "Signed"))
    qtbot.waitUntil(lambda: bool(notices), timeout=LONG)
    assert notices[-1].level == "bad" and "The closed year is damaged. Restore it." in notices[-1].sentence
    assert "The closed year is damaged." in words(page)
    page.out.ask_export(CDP)
    assert notices[-1].sentence == "It is being worked out.", "what is out of date is not exported"
    window.close()


# ---------------------------------------------------------------------- down to the records


def test_a_value_leads_to_its_bills_and_to_those_of_the_year_before(
    qtbot: QtBot, small: Session, settings: Settings
) -> None:
    small.show_year(2023)
    small.close_year("Settled")
    small.show_year(2024)
    window, page = opened(qtbot, small, settings, (CDP, "7.6/1"))
    made, places = inspected(qtbot, page), wanted(page)
    assert page.found is not None and page.before is not None
    assert "Required" not in words(made) and "required" in words(made) and "t CO₂e" in words(made)
    old = page.before["ghg.s1"].value
    assert isinstance(old, Decimal) and f"2023: {old.normalize():f}" in words(made) and "+25.0 %" in words(made)
    assert "Records without a kept document: 1" in words(made)
    links(made)["Records of Scope 1: 1"].click()
    qtbot.waitUntil(lambda: places == [("activity", "a00001")])
    assert window.place == "activity"
    window.go("disclosures", "ghg.prev_s1")
    again = inspected(qtbot, page)
    links(again)["Records of 2023: 1"].click()
    qtbot.waitUntil(lambda: places[-1] == ("activity", "a00002"))
    assert small.year == 2023 and window.notices.notice is not None and window.notices.notice.action is not None
    assert window.notices.notice.action[0] == "Back to 2024"
    window.notices.notice.action[1]()
    assert small.year == 2024
    window.go("disclosures")
    rested(qtbot, page)


def test_several_records_unfold_the_largest_first_and_a_table_is_shown_whole_on_demand(
    qtbot: QtBot, session: Session, settings: Settings
) -> None:
    window, page = opened(qtbot, session, settings, "ghg.s1")
    made, places = inspected(qtbot, page), wanted(page)
    (fold,) = [one for name, one in links(made).items() if name.startswith("Records of Scope 1:")]
    names = set(links(made))
    fold.click()
    qtbot.waitUntil(lambda: len(links(made)) > len(names))
    fresh = [name for name in links(made) if name not in names]
    assert "and " in words(made)
    lines = [one for one in session.inventory.lines if one.scope == "scope1"]
    sums: dict[str, Decimal] = {}
    for one in lines:
        sums[one.activity.id] = sums.get(one.activity.id, Decimal(0)) + one.tco2e
    links(made)[fresh[0]].click()
    qtbot.waitUntil(lambda: bool(places))
    assert places[0] == ("activity", max(sums, key=lambda key: sums[key]))
    window.go("disclosures", "ghg.s3_cat")
    window.show_inspector(True)
    made = inspected(qtbot, page)
    assert page.found is not None
    rows = page.found.values["ghg.s3_cat"].rows
    assert f"and {len(rows) - 5} more" in words(made)
    links(made)["Show the whole table…"].click()
    qtbot.waitUntil(lambda: any(isinstance(one, TableDialog) for one in QApplication.topLevelWidgets()))
    (dialog,) = [one for one in QApplication.topLevelWidgets() if isinstance(one, TableDialog) and one.isVisible()]
    assert len(dialog.table.model.records) == len(rows)
    first = dialog.table.model.columns[0].text(dialog.table.model.records[0])
    assert first and not first.isdecimal(), "keys are said in words"
    dialog.accept()


def test_a_proof_opens_where_it_is_kept(qtbot: QtBot, small: Session, settings: Settings) -> None:
    keep(small, PROOF,
         answer("policy.env", "Signed policy", evidence=("e00001",), valid_to="2099-12-31"))  # fmt: skip
    _window, page = opened(qtbot, small, settings, (CDP, "4.6.1"))
    made, places = inspected(qtbot, page), wanted(page)
    assert "With proof" in words(made) and "Holds until 2099-12-31" in words(made)
    links(made)[PROOF.name].click()
    qtbot.waitUntil(lambda: places == [("evidence", "e00001")])


def test_a_data_point_names_the_questions_that_ask_for_it(qtbot: QtBot, small: Session, settings: Settings) -> None:
    _window, page = opened(qtbot, small, settings, "policy.env")
    made = inspected(qtbot, page)
    assert page.found is not None
    count = len(page.found.asked["policy.env"])
    assert f"Asked by questions: {count}" in words(made) and count > 1
    name = next(one for one in links(made) if one.startswith("CDP 4.6.1"))
    links(made)[name].click()
    qtbot.waitUntil(lambda: page.frame.front is page.frame.questions)
    current = page.frame.questions.current
    assert page.key == CDP and current is not None and current.question.id == "4.6.1"


# ---------------------------------------------------------------------- answers


def press(qtbot: QtBot, window: Window, page: DisclosuresBase, key: Qt.Key) -> None:
    """A key on the table of questions."""
    view = page.frame.questions.table.view
    window.activateWindow()
    view.setFocus()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is view)
    QTest.keyClick(view, key)


def test_a_question_is_answered_with_the_keyboard_and_taken_back(
    qtbot: QtBot, small: Session, settings: Settings, tmp_path: Path
) -> None:
    window, page = opened(qtbot, small, settings, (CDP, "4.6.1"))
    (tmp_path / "policy.pdf").write_bytes(b"%PDF-1.4 policy")
    press(qtbot, window, page, Qt.Key.Key_F2)
    form = page.acts.dialog
    assert isinstance(form, AnswerForm) and form.isVisible()
    form.editors["value"].words.setPlainText("Signed by the general manager")  # type: ignore[attr-defined]
    form.files.put([tmp_path / "policy.pdf"])
    form.go.click()
    qtbot.waitUntil(lambda: not form.isVisible(), timeout=LONG)
    (said,) = small.ledger.held(Answer)
    (proof,) = small.ledger.held(Evidence)
    assert (said.id, said.value, said.evidence) == ("2024 policy.env", "Signed by the general manager", (proof.id,))
    assert said.by == "Li Na" and said.day == page.today() and small.file.blob(proof.sha256) == b"%PDF-1.4 policy"
    rested(qtbot, page)
    state = page.frame.questions.current
    assert state is not None and state.question.id == "4.6.1" and state.state == "answered" and state.proven
    assert window.notices.notice is not None and window.notices.notice.action is not None
    press(qtbot, window, page, Qt.Key.Key_Delete)
    assert small.ledger.held(Answer) == ()
    rested(qtbot, page)
    small.undo()
    rested(qtbot, page)
    assert [one.id for one in small.ledger.held(Answer)] == ["2024 policy.env"]
    notices = told(page)
    page.frame.questions.show_question("7.6/1")
    press(qtbot, window, page, Qt.Key.Key_Delete)
    assert [one.sentence for one in notices] == ["Nobody has answered it in this year."]


def test_what_follows_from_records_is_not_typed_but_may_be_commented(
    qtbot: QtBot, small: Session, settings: Settings
) -> None:
    window, page = opened(qtbot, small, settings, (CDP, "7.6/1"))
    notices = told(page)
    button = page.frame.questions.answer
    assert not button.isEnabled() and button.toolTip() == "It follows from other records: its origin leads to them."
    press(qtbot, window, page, Qt.Key.Key_F2)
    assert [one.sentence for one in notices] == ["It follows from other records: its origin leads to them."]
    assert not hasattr(page.acts, "dialog")
    page.frame.questions.comment.click()
    dialog = page.acts.dialog
    assert isinstance(dialog, CommentDialog)
    dialog.text.setPlainText("Gas meter replaced in May")
    dialog.go.click()
    qtbot.waitUntil(lambda: not dialog.isVisible(), timeout=LONG)
    rested(qtbot, page)
    assert "Gas meter replaced in May" in words(inspected(qtbot, page))


def test_of_several_data_points_one_is_chosen(qtbot: QtBot, small: Session, settings: Settings) -> None:
    keep(small, answer("griev.channel", rows=(("Letter box", "staff", "zh", "yes", "all"),)))
    _window, page = opened(qtbot, small, settings, (SAQ, "4"))
    assert page.found is not None
    several = [one for one in page.found.ready[SAQ].questions if len(one.question.points) > 1
               and all(not page.acts.why_not(key) for key in one.question.points)]  # fmt: skip
    assert several
    menu = page.row_acts.answer_menu(several[0], several[0].question.points)
    assert len(menu.actions()) == len(several[0].question.points)
    menu.actions()[0].trigger()
    form = page.acts.dialog
    assert isinstance(form, AnswerForm) and form.editors["point"].read() in several[0].question.points  # type: ignore[attr-defined]
    form.reject()
    menu.deleteLater()


def test_one_answer_serves_every_framework(qtbot: QtBot, small: Session, settings: Settings) -> None:
    _window, page = opened(qtbot, small, settings)
    assert page.found is not None
    before = {key: one.data.n for key, one in page.found.ready.items()}
    keep(small, answer("griev.channel", rows=(("Letter box", "staff", "zh", "yes", "all"),)))
    rested(qtbot, page)
    better = {key for key, one in page.found.ready.items() if one.data.n > before[key]}
    assert SAQ in better
    expected = {key for key, _question in page.found.asked["griev.channel"]}
    asking = [one for key in expected for one in page.found.ready[key].questions
              if "griev.channel" in one.question.points]  # fmt: skip
    known = [value.known for one in asking for value in one.values if value.point == "griev.channel"]
    assert len(expected) > 1 and len(known) > 2 and all(known)


# ---------------------------------------------------------------------- decisions and comments


def test_whether_a_question_applies_is_decided_with_a_reason(qtbot: QtBot, small: Session, settings: Settings) -> None:
    _window, page = opened(qtbot, small, settings, (CDP, "3.5.2"))
    page.frame.questions.decide.click()
    dialog = page.acts.dialog
    assert isinstance(dialog, DecideDialog)
    dialog.applies.set("no")
    dialog.go.click()
    qtbot.waitUntil(lambda: "The reason is missing." in words(dialog))
    dialog.reason.setPlainText("No trading scheme covers the plant")
    dialog.go.click()
    qtbot.waitUntil(lambda: not dialog.isVisible(), timeout=LONG)
    (held,) = small.ledger.held(QuestionDecision)
    assert (held.id, held.applies, held.by) == (f"2024 {CDP} 3.5.2", "no", "Li Na")
    rested(qtbot, page)
    state = page.frame.questions.current
    assert state is not None and state.state == "not_applicable"
    assert "No trading scheme covers the plant" in words(inspected(qtbot, page))


def test_the_decision_of_last_year_is_proposed_and_taken_over(qtbot: QtBot, small: Session, settings: Settings) -> None:
    keep(small, QuestionDecision(f"2023 {CDP} 3.5.2", CDP, "3.5.2", 2023, "no", "No scheme"))
    _window, page = opened(qtbot, small, settings, (CDP, "3.5.2"))
    table = page.frame.questions.table
    (missing,) = [one for one in table.model.columns if one.key == "missing"]
    state = page.frame.questions.current
    assert state is not None
    assert missing.text(state) == "Decide whether it applies; in 2023: does not apply"
    table.view.doubleClicked.emit(table.view.currentIndex())
    dialog = page.acts.dialog
    assert isinstance(dialog, DecideDialog) and dialog.applies.read() == "no"
    assert dialog.reason.toPlainText() == "No scheme" and "In 2023 it was decided: does not apply." in words(dialog)
    dialog.reject()
    acts = {one.title: one for one in page.commands()}
    acts["Take over decisions of earlier years (1)"].run()
    assert small.ledger.get("question_decision", f"2024 {CDP} 3.5.2") is not None
    rested(qtbot, page)
    notices = told(page)
    page.acts.decide_as_before(CDP)
    assert [one.level for one in notices] == ["info"]


# ---------------------------------------------------------------------- out


def test_the_workbook_holds_every_question_with_last_year_beside_it(
    qtbot: QtBot, small: Session, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, page = opened(qtbot, small, settings)
    out = tmp_path / "cdp.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_asked: (str(out), ""))
    page.frame.export.click()
    qtbot.waitUntil(lambda: window.notices.notice is not None and "Written" in window.notices.notice.sentence,
                    timeout=LONG)  # fmt: skip
    with CalamineWorkbook.from_path(str(out)) as book:
        rows = book.get_sheet_by_index(1).to_python()
    (scope1,) = [row for row in rows if row[0] == "7.6/1"]
    assert page.found is not None and page.before is not None
    assert scope1[4] == pytest.approx(float(page.found.values["ghg.s1"].value or 0))
    assert scope1[15] == pytest.approx(float(page.before["ghg.s1"].value or 0))
    assert len({row[0] for row in rows}) > 40


def test_what_is_handed_in_is_frozen_with_its_workbook_and_compared_later(
    qtbot: QtBot, small: Session, settings: Settings
) -> None:
    _window, page = opened(qtbot, small, settings)
    page.frame.freeze.click()
    dialog = page.out.dialog
    assert dialog.recipient.read() == "CDP" and "Data" in words(dialog)
    dialog.go.click()
    qtbot.waitUntil(lambda: not dialog.isVisible(), timeout=LONG)
    (one,) = small.ledger.held(Submission)
    (proof,) = small.ledger.held(Evidence)
    assert one.evidence == (proof.id,) and proof.name == f"{CDP}-2024-{page.today().isoformat()}.xlsx"
    assert ("7.6/1", "ghg.s1") in submitted(one) and small.file.blob(proof.sha256).startswith(b"PK")
    keep(small, replace(small.ledger.activities[0], quantity=Decimal(1100)))
    rested(qtbot, page)
    page.frame.go("submitted")
    table = page.frame.submitted.table
    assert [row.one for row in table.model.records] == [one] and not table.model.records[0].superseded
    table.show_record(one.id)
    assert proof.name in words(inspected(qtbot, page))
    page.frame.submitted.beside.click()
    assert page.frame.front is page.frame.compared
    rows = {row.id: row.one for row in page.frame.compared.table.model.records}
    assert rows["7.6/1", "ghg.s1"].change == "changed" and round(rows["7.6/1", "ghg.s1"].percent or 0, 6) == 10
    assert all(row.change != "same" for row in rows.values())
    page.frame.freeze.click()
    page.out.dialog.workbook.setChecked(False)
    page.out.dialog.go.click()
    qtbot.waitUntil(lambda: len(small.ledger.held(Submission)) == 2, timeout=LONG)
    rested(qtbot, page)
    page.frame.go("submitted")
    assert [row.superseded for row in table.model.records] == [False, True]
    assert len(small.ledger.held(Evidence)) == 1


def test_proofs_of_what_was_handed_in_are_added_and_nothing_else(
    qtbot: QtBot, small: Session, settings: Settings
) -> None:
    one = Submission("sb00001", CDP, "2025", 2024, date(2025, 6, 30), "Li Na", "CDP", (("7.6/1", "ghg.s1", "1", "t"),))
    keep(small, one, PROOF)
    _window, page = opened(qtbot, small, settings, "sb00001")
    assert page.frame.front is page.frame.submitted
    page.frame.submitted.complete.click()
    form = page.row_acts.dialog
    assert not form.editors["recipient"].isEnabled() and not form.editors["values"].isEnabled()
    form.editors["evidence"].set(("e00001",))  # type: ignore[attr-defined]
    form.go.click()
    held = small.ledger.get("submission", "sb00001")
    assert isinstance(held, Submission) and held.evidence == ("e00001",) and held.values == one.values


def test_nothing_is_frozen_where_nothing_is_answered(qtbot: QtBot, small: Session, settings: Settings) -> None:
    _window, page = opened(qtbot, small, settings, "emrt_2_1")
    assert page.key == "emrt_2_1"
    page.frame.freeze.click()
    dialog = page.out.dialog
    dialog.workbook.setChecked(False)
    dialog.go.click()
    qtbot.waitUntil(lambda: "has an answer for 2024" in words(dialog), timeout=LONG)
    assert small.ledger.held(Submission) == () and dialog.isVisible()
    dialog.reject()


# ---------------------------------------------------------------------- compared


def test_the_year_before_stands_beside_this_one_and_where_nothing_is_known_of_it_this_is_said(
    qtbot: QtBot, small: Session, settings: Settings
) -> None:
    _window, page = opened(qtbot, small, settings, "compared")
    view = page.frame.compared
    (row,) = [one for one in view.table.model.records if one.id == ("7.6/1", "ghg.s1")]
    columns = {one.key: one for one in view.table.model.columns}
    assert columns["percent"].text(row) == "+25.0" and columns["change"].text(row) == "changed"
    view.table.show_record(row.id)
    assert "7.6/1" in words(inspected(qtbot, page))
    small.show_year(2023)
    rested(qtbot, page)
    assert "Nothing is known of 2022." in words(page.frame.compared)
    assert page.frame.compared.table.model.rowCount() == 0


# ---------------------------------------------------------------------- by data point


def test_what_helps_most_stands_first_and_opens(qtbot: QtBot, small: Session, settings: Settings) -> None:
    _window, page = opened(qtbot, small, settings, "points")
    table = page.frame.points.table
    assert page.found is not None
    rows = list(table.model.records)
    assert [one.id for one in rows[: len(page.found.lacking)]] == list(page.found.lacking)
    assert len({one.id for one in rows}) == len(rows) == len(page.found.asked)
    first = rows[0]
    (asked,) = [one for one in table.model.columns if one.key == "asked"]
    assert asked.text(first) == f"{first.open} of {first.asked} open"
    page.frame.points.shown.setCurrentIndex(page.frame.points.shown.findData(POINTS_MISSING))
    page.frame.points._fill()
    assert all(one.value.missing is not None for one in table.model.records)
    page.frame.points.show_point("policy.env")
    table.view.doubleClicked.emit(table.view.currentIndex())
    form = page.acts.dialog
    assert isinstance(form, AnswerForm) and form.windowTitle() == "Environmental policy"
    form.reject()
    wanting = []
    page.inspector_wanted.connect(lambda: wanting.append(1))
    page.frame.points.show_point("ghg.s1")
    table.view.doubleClicked.emit(table.view.currentIndex())
    assert wanting == [1], "what follows from records is looked into"


# ---------------------------------------------------------------------- in


def test_a_map_is_looked_at_brought_in_and_removed(
    qtbot: QtBot, small: Session, settings: Settings, tmp_path: Path
) -> None:
    _window, page = opened(qtbot, small, settings)
    path = tmp_path / "customer_2026.csv"
    path.write_text(write_map(all_maps()["hkex_part_d"]).replace("hkex_part_d", "customer_2026"), encoding="utf-8")
    assert page.takes(path) and not page.takes(tmp_path / "a.pdf")
    page.take([path])
    dialog = page.offers.bringing.dialog
    assert isinstance(dialog, MapDialog) and len(dialog.table.model.records) == 7
    dialog.go_on.click()
    rested(qtbot, page)
    assert page.found is not None and "customer_2026" in page.found.ready
    page.show_subject("customer_2026")
    assert page.key == "customer_2026"
    acts = {one.title: one for one in page.commands()}
    acts["Remove this disclosure map"].run()
    rested(qtbot, page)
    assert "customer_2026" not in page.found.ready and page.key != "customer_2026"


def test_a_map_that_is_none_is_refused_with_its_row(
    qtbot: QtBot, small: Session, settings: Settings, tmp_path: Path
) -> None:
    _window, page = opened(qtbot, small, settings)
    path, notices = tmp_path / "broken.csv", told(page)
    path.write_text(write_map(all_maps()["hkex_part_d"]).replace("ghg.s1", "ghg.nothing"), encoding="utf-8")
    page.take([path])
    assert notices[-1].level == "bad" and "ghg.nothing" in notices[-1].sentence and "broken.csv" in notices[-1].sentence
    assert not hasattr(page.offers.bringing, "dialog")


def questionnaire(path: Path) -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (("Code", "Question"), ("GEN300", "Which report do you publish on sustainability?"),
                ("ENV999", "How much energy does the site use in a year?"),
                ("ENV998", "Who looks after the river beside the site?")):  # fmt: skip
        sheet.append(row)
    book.save(path)
    return path


def test_a_questionnaire_is_matched_and_the_rest_linked(
    qtbot: QtBot, small: Session, settings: Settings, tmp_path: Path
) -> None:
    _window, page = opened(qtbot, small, settings, "ecovadis_2025")
    page.take([questionnaire(tmp_path / "received.xlsx")])
    asking = page.offers.bringing.dialog
    assert isinstance(asking, ReceivedDialog) and asking.map.read() == "ecovadis_2025"
    asking.go.click()
    qtbot.waitUntil(lambda: isinstance(page.offers.bringing.dialog, LinkDialog), timeout=LONG)
    dialog = page.offers.bringing.dialog
    assert isinstance(dialog, LinkDialog)
    known = {one.id: one.question is not None for one in dialog.table.model.records}
    assert not known["ENV999"] and not known["ENV998"]
    dialog.table.show_record("ENV999")
    dialog.points.list.setFocus()
    dialog.points.model.setData(dialog.points.model.index(dialog.points.model.keys.index("energy.total")),
                                Qt.CheckState.Checked, Qt.ItemDataRole.CheckStateRole)  # fmt: skip
    assert dialog.links["ENV999"] == ("energy.total",) and dialog.links["ENV998"] == ()
    dialog.table.show_record("ENV998")
    assert dialog.points.read() == (), "each question has its own links"
    dialog.keep_open.setChecked(False)
    assert set(dialog.links) == {"ENV999"}
    dialog.go.click()
    (own,) = small.ledger.held(OwnQuestion)
    assert (own.map, own.code, own.points) == ("ecovadis_2025", "ENV999", ("energy.total",))
    rested(qtbot, page)
    page.show_subject(own.id)
    assert page.frame.front is page.frame.own
    assert page.found is not None and page.found.state_of(("ecovadis_2025", "ENV999")) is not None


def test_a_questionnaire_of_its_own_gets_a_key(
    qtbot: QtBot, small: Session, settings: Settings, tmp_path: Path
) -> None:
    _window, page = opened(qtbot, small, settings)
    page.offers.bringing.ask_questionnaire(CDP, questionnaire(tmp_path / "received.xlsx"))
    asking = page.offers.bringing.dialog
    assert isinstance(asking, ReceivedDialog)
    asking.map.set("*")
    asking.own.set("Customer 2026")
    asking.go.click()
    qtbot.waitUntil(lambda: "is no key of a map" in words(asking))
    asking.own.set("customer_2026")
    asking.go.click()
    qtbot.waitUntil(lambda: isinstance(page.offers.bringing.dialog, LinkDialog), timeout=LONG)
    dialog = page.offers.bringing.dialog
    assert isinstance(dialog, LinkDialog)
    dialog.go.click()
    rested(qtbot, page)
    assert page.found is not None and len(page.found.ready["customer_2026"].questions) == 3


# ---------------------------------------------------------------------- the frame


LANDS: tuple[tuple[object, str], ...] = (
    *((one, one) for one in TABS), (CDP, "questions"), ("2024 policy.env", "points"), ("ghg.s1", "points"),
    (f"2024 {CDP} 3.5.2", "questions"), ((SAQ, "4"), "questions"),
)  # fmt: skip
"""What leads to the page, and to which of its tabs."""


@pytest.mark.parametrize("subject", ["compared", (SAQ, "4")])
def test_where_one_lands_when_the_page_opens(qtbot: QtBot, small: Session, settings: Settings, subject: object) -> None:
    _window, page = opened(qtbot, small, settings, subject)
    lands(page, subject, dict(LANDS)[subject])


def test_where_one_lands(qtbot: QtBot, small: Session, settings: Settings) -> None:
    """From any other tab."""
    keep(small, QuestionDecision(f"2024 {CDP} 3.5.2", CDP, "3.5.2", 2024, "no", "No scheme"))
    window, page = opened(qtbot, small, settings)
    for subject, tab in LANDS:
        page.show_question((CDP, "7.5/2"))
        page.frame.go(next(one for one in TABS if one != tab))
        window.go("disclosures", subject)
        lands(page, subject, tab)


def lands(page: DisclosuresBase, subject: object, tab: str) -> None:
    assert page.frame.front is page.frame.parts[TABS.index(tab)], subject
    if subject == (SAQ, "4"):
        assert page.key == SAQ and page.frame.questions.current is not None
        assert page.frame.questions.current.question.id == "4"


def test_read_only_offers_no_change(
    qtbot: QtBot, small: Session, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Session, "writable", property(lambda _self: False))
    _window, page = opened(qtbot, small, settings, (CDP, "3.5.2"))
    frame = page.frame
    frame.go("submitted")
    frame.go("questions")
    assert not any(one.isEnabled() for one in (frame.freeze, frame.questions.answer, frame.questions.decide,
                                               frame.questions.comment, frame.submitted.first))  # fmt: skip
    assert frame.export.isEnabled() and not page.takes(Path("a.csv"))
    assert [one.title for one in page.commands() if one.possible] == [
        "Export workbook…", "Questions to be decided", "Compare with the year before",
    ]  # fmt: skip
    page.acts.decide((CDP, "3.5.2"))
    page.acts.take_back(["policy.env"])
    assert not hasattr(page.acts, "dialog")


def test_the_palette_leads_to_what_is_to_be_decided_and_what_nothing_fits_leads_back(
    qtbot: QtBot, small: Session, settings: Settings
) -> None:
    _window, page = opened(qtbot, small, settings, "points")
    {one.title: one for one in page.commands()}["Questions to be decided"].run()
    assert page.frame.front is page.frame.questions
    assert {one.state for one in page.frame.questions.table.model.records} == {UNDECIDED}
    page.frame.questions.show_kind("expired")
    assert page.frame.questions.table.model.rowCount() == 0
    links(page.frame.questions)["Show all questions"].click()
    assert page.frame.questions.table.model.rowCount() > 20


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_tab_can_be_read_and_operated_on_a_small_screen(
    qtbot: QtBot, dressed: QApplication, session: Session, settings: Settings, lang: str
) -> None:
    set_language(lang)
    fonts.prepare(dressed)
    window, page = opened(qtbot, session, settings)
    window.resize(1024, 700)
    for tab in TABS:
        page.frame.go(tab)
        qtbot.waitUntil(lambda: not clipped(window))
        assert nameless(window) == [] and beyond(window) == [] and out_of_order(page) == [], tab
    page.show_question((CDP, "7.5/2"))
    window.show_inspector(True)
    qtbot.waitUntil(lambda: not clipped(window.inspector))
    assert nameless(window.inspector) == []


def test_words_of_twice_the_length_have_room(
    qtbot: QtBot, session: Session, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    with stretched(monkeypatch):
        window, page = opened(qtbot, session, settings, large=True)
        for tab in TABS:
            page.frame.go(tab)
            qtbot.waitUntil(lambda: not clipped(window))
