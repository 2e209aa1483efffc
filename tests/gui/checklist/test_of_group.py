"""The checklist of head office: its own answers, what plants answered, and how far each of them is."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from core.disclosures.checklist import checked_of
from core.group.asked.gathering import Told
from core.i18n import T
from core.ledger import Answer, Evidence, ExternalAudit, Site, Supplier, Undertaking
from core.signing import Trust, create_authority
from core.store import GroupFile
from gui import fonts
from gui.checklist.of_group import PLANTS, GroupChecklistPage
from gui.checklist.page import AUDITS, CALENDAR, QUESTIONS
from gui.disclosures.answer_form import AnswerForm
from gui.disclosures.of_group import Reports, reports_of
from gui.jobs import Job
from gui.language import set_language
from gui.office.office import Office
from gui.pages import discover
from gui.settings import Settings
from gui.window import Window
from tests.core.group.asked.reported import group_of
from tests.core.handover.conftest import NOW, person
from tests.gui.checking import (
    CERTIFICATE,
    LONG,
    PROOF,
    TODAY,
    answer,
    inspected,
    keep,
    links,
    opened,
    press,
    rested,
    shown,
    told,
    wanted,
    words,
)
from tests.gui.walk import beyond, clipped, nameless, out_of_order, stretched

TABS = (QUESTIONS, CALENDAR, AUDITS, PLANTS)


@pytest.fixture(scope="module")
def reported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Ash and Birch have each answered G1 with proof."""
    authority = create_authority("Test Head Office", "Test Group", NOW)
    folder = tmp_path_factory.mktemp("group")
    return group_of(folder / "head.group", person(authority), Trust((authority.certificate,)))


@pytest.fixture
def office(reported: Path, tmp_path: Path) -> Iterator[Office]:
    path = tmp_path / "head.group"
    shutil.copy(reported, path)
    made = Office(GroupFile.open(path), "Wang Wei", 2024)
    yield made
    Job.cancel_all()
    made.close()


def page_of(
    qtbot: QtBot, office: Office, settings: Settings, subject: object = None, **how: bool
) -> GroupChecklistPage:
    page = opened(qtbot, office, settings, subject, **how)
    assert isinstance(page, GroupChecklistPage)
    return page


# ---------------------------------------------------------------------- what plants answered


def test_a_question_says_how_many_plants_answered_and_proved_it(
    qtbot: QtBot, office: Office, settings: Settings
) -> None:
    page = page_of(qtbot, office, settings)
    asked = shown(page, "G1")
    assert (asked["known"], asked["proven"], asked["said"]) == ("2 of 2", "2 of 2", "Yes 2")
    assert asked["state"] == "Answered and proven"
    open_ = shown(page, "G3")
    assert (open_["known"], open_["said"], open_["state"]) == ("0 of 2", "", "Not answered")
    assert "action" not in asked


def test_the_inspector_lists_each_plant_with_the_way_to_its_report(
    qtbot: QtBot, office: Office, settings: Settings
) -> None:
    page = page_of(qtbot, office, settings, "G1")
    made, places = inspected(qtbot, page), wanted(page)
    links(made)["Birch: Yes, with proof"].click()
    qtbot.wait(10)
    birch = next(one for one in office.filed if one.plant == "Birch")
    assert places == [("inbox", birch.sha256)]


def test_each_plant_has_its_counts_from_its_report(qtbot: QtBot, office: Office, settings: Settings) -> None:
    page = page_of(qtbot, office, settings, PLANTS)
    assert page.checks is not None and page.checks.found.group is not None
    rows = page.plants.table.model.records
    columns = {one.key: one for one in page.plants.table.model.columns}
    assert [row.name for row in rows] == ["Ash", "Birch"]
    for row in rows:
        values = page.checks.found.group.plants[row.id]
        areas = checked_of(values)
        known, proven = (sum(counts) for counts in zip(*((a.answered.n, a.proven.n) for a in areas), strict=True))
        assert columns["answered"].text(row) == f"{known} of 39" and columns["proven"].text(row) == f"{proven} of 39"
        assert columns["yes"].text(row) == "1" and columns["wanting"].text(row) == "0"
        assert values["check.G1"].value == "yes"
    places = wanted(page)
    page.plants.table.show_record(rows[0].id)
    assert "G1: Is a manager named" in words(inspected(qtbot, page))
    press(qtbot, page.plants.table.view, Qt.Key.Key_Return)
    assert places == [("inbox", rows[0].report.sha256 if rows[0].report is not None else "")]


def test_a_plant_that_has_not_reported_stands_there_with_nothing(
    qtbot: QtBot, office: Office, settings: Settings
) -> None:
    keep(office, Site("si9", "Willow", "CN"))
    page = page_of(qtbot, office, settings, PLANTS)
    row = next(one for one in page.plants.table.model.records if one.name == "Willow")
    columns = {one.key: one.text(row) for one in page.plants.table.model.columns}
    assert columns == {"name": "Willow", "answered": "", "proven": "", "yes": "", "wanting": "", "expired": "",
                       "report": "not reported"}  # fmt: skip
    page.plants.table.show_record(row.id)
    assert not page.plants.go.isEnabled()
    page.go_tab(QUESTIONS)
    assert shown(page, "G1")["known"] == "2 of 3"
    assert shown(page, "G1")["state"] != "Answered and proven"


# ---------------------------------------------------------------------- what head office says itself


def test_head_office_answers_for_all_and_takes_it_back(qtbot: QtBot, office: Office, settings: Settings) -> None:
    page = page_of(qtbot, office, settings, "G3")
    press(qtbot, page.questions.table.view, Qt.Key.Key_F2)
    form = page.acts.dialog
    assert isinstance(form, AnswerForm)
    form.prefill({"value": "yes"})
    form.go.click()
    rested(qtbot, page)
    held = office.register.get("answer", "2024 check.G3")
    assert isinstance(held, Answer) and (held.value, held.by) == ("yes", "Wang Wei")
    assert shown(page, "G3")["answer"] == "Yes"
    press(qtbot, page.questions.table.view, Qt.Key.Key_Delete)
    rested(qtbot, page)
    assert office.register.get("answer", "2024 check.G3") is None


def test_what_plants_add_up_to_is_not_typed(qtbot: QtBot, office: Office, settings: Settings) -> None:
    page = page_of(qtbot, office, settings, "G4")
    assert not page.questions.answer.isEnabled()
    assert "follows from the reports of the plants" in page.questions.answer.toolTip()


def test_files_prove_answers_and_results_of_head_office(
    qtbot: QtBot, office: Office, settings: Settings, tmp_path: Path
) -> None:
    keep(office, answer("G3", "yes"), replace(CERTIFICATE, evidence=()))
    path = tmp_path / "register.pdf"
    path.write_bytes(b"%PDF register")
    page = page_of(qtbot, office, settings, "G3")
    page.take([path])
    rested(qtbot, page)
    (kept,) = office.register.held(Evidence)
    held = office.register.get("answer", "2024 check.G3")
    assert isinstance(held, Answer) and held.evidence == (kept.id,) and kept.name == "register.pdf"
    page.show_subject(CERTIFICATE.id)
    page.take([path])
    rested(qtbot, page)
    result = office.register.get("external_audit", CERTIFICATE.id)
    assert isinstance(result, ExternalAudit) and result.evidence == (kept.id,), "it is kept once"
    office.undo()
    rested(qtbot, page)
    assert office.register.get("external_audit", CERTIFICATE.id).evidence == ()  # type: ignore[union-attr]


def test_the_calendar_leads_to_pages_of_head_office_and_files_to_what_names_them(
    qtbot: QtBot, office: Office, settings: Settings
) -> None:
    keep(
        office, replace(PROOF, valid_to="2025-03-20"), CERTIFICATE, Supplier("su00001", "Hebei Steel", "CN"),
        Undertaking("un00001", "su00001", "ilo", "2024", date(2024, 3, 1), valid_to="2025-04-30"),
        Answer("2024 policy.env", "policy.env", 2024, date(2024, 5, 1), "Signed", valid_to="2025-05-31"),
    )  # fmt: skip
    page = page_of(qtbot, office, settings, CALENDAR)
    places = wanted(page)
    for kind in ("undertaking", "answer"):
        row = next(one for one in page.calendar.table.model.records if one.due.kind == kind)
        page.calendar.table.show_record(row.id)
        page.calendar.open()
    assert places == [("group_suppliers", "un00001"), ("group_disclosures", "2024 policy.env")]
    row = next(one for one in page.calendar.table.model.records if one.due.kind == "evidence")
    page.calendar.table.show_record(row.id)
    page.calendar.open()
    current = page.audits.table.current_record()
    assert page.front == AUDITS and current is not None and current.id == CERTIFICATE.id
    notices = told(page)
    office.remove(T("Test"), CERTIFICATE)
    page.go_tab(CALENDAR)
    row = next(one for one in page.calendar.table.model.records if one.due.kind == "evidence")
    page.calendar.table.show_record(row.id)
    page.calendar.open()
    assert [one.sentence for one in notices] == ["No record names this file any more."]


# ---------------------------------------------------------------------- reports


def test_reports_are_read_once_for_all_pages(qtbot: QtBot, office: Office, settings: Settings) -> None:
    page = page_of(qtbot, office, settings)
    assert reports_of(office) is page.reports and len(page.reports.told) == 2
    window = page.window()
    assert isinstance(window, Window)
    read: list[object] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Reports, "to_read", lambda *said: read.append(said))
        window.go("group_disclosures")
        qtbot.waitUntil(lambda: not Job.any_running(), timeout=LONG)
    assert read == []


def test_reading_may_be_stopped_and_taken_up_again(qtbot: QtBot, office: Office, settings: Settings) -> None:
    window = Window(office, settings, discover("office"), empty=True)
    qtbot.addWidget(window)
    window.show()
    page = window.page("group_checklist")
    assert isinstance(page, GroupChecklistPage)
    page.today = lambda: TODAY
    window.go("group_checklist")
    assert page.job is not None
    page.job.cancel()
    rested(qtbot, page)
    assert "Reports of 2024 that are not read yet" in words(page)
    assert shown(page, "G1")["known"] != "2 of 2"
    links(page)["Read them"].click()
    rested(qtbot, page)
    assert shown(page, "G1")["known"] == "2 of 2"
    assert "not read yet" not in words(page)


def test_a_report_that_tells_nothing_is_named(qtbot: QtBot, office: Office, settings: Settings) -> None:
    birch = next(one for one in office.filed if one.plant == "Birch")
    held = reports_of(office)
    held.told[birch.sha256] = Told(birch, {}, trouble=T("The original of Birch is missing."))
    page = page_of(qtbot, office, settings)
    assert "The original of Birch is missing." in words(page)
    assert shown(page, "G1")["known"] == "1 of 2"


def test_a_group_without_reports_says_so_and_answers_all_the_same(
    qtbot: QtBot, settings: Settings, tmp_path: Path
) -> None:
    office = Office(GroupFile.open(tmp_path / "new.group"), "Wang Wei", 2024)
    try:
        keep(office, answer("G1", "yes"))
        page = page_of(qtbot, office, settings)
        assert "No report of 2024 is accepted yet" in words(page)
        assert shown(page, "G1")["answer"] == "Yes"
        page.go_tab(PLANTS)
        assert "No plants yet" in words(page.plants)
    finally:
        Job.cancel_all()
        office.close()


# ---------------------------------------------------------------------- walks


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_page_can_be_walked(
    qtbot: QtBot, office: Office, settings: Settings, lang: str, qapp: QApplication
) -> None:
    set_language(lang)
    fonts.prepare(qapp)
    keep(office, PROOF, CERTIFICATE)
    page = page_of(qtbot, office, settings)
    for tab in TABS:
        page.go_tab(tab)
        rested(qtbot, page)
        assert nameless(page) == [] and out_of_order(page) == [] and clipped(page) == [], tab


def test_twice_as_long_words_have_room(
    qtbot: QtBot, office: Office, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    with stretched(monkeypatch):
        page = page_of(qtbot, office, settings, large=True)
        for tab in TABS:
            page.go_tab(tab)
            rested(qtbot, page)
            assert clipped(page) == [] and beyond(page) == [], tab
