"""The page of those who ask at head office: reports read once, folded, and every number of the group down to a bill."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot
from python_calamine import CalamineWorkbook

from core.errors import UserError
from core.group.asked.gathering import group_values, reports_of
from core.group.asked.kept import ASKED
from core.i18n import T
from core.ledger import Answer, Evidence, Site, Submission
from core.store import GroupFile
from gui import fonts
from gui.disclosures.answer_form import AnswerForm
from gui.disclosures.frame import TABS
from gui.disclosures.group_page import GroupDisclosuresPage
from gui.disclosures.of_group import Reports
from gui.entering.fields import WordsField
from gui.jobs import Job, Progress, Work
from gui.language import set_language
from gui.office.office import Office
from gui.page import Page
from gui.pages import discover
from gui.settings import Settings
from gui.window import Window
from tests.gui.disclosing import CDP, LONG, inspected, links, opened, rested, told, wanted, words
from tests.gui.grouped import NORTH, SOUTH, office_in
from tests.gui.walk import beyond, clipped, nameless, out_of_order, stretched


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = office_in(tmp_path)
    yield made
    Job.cancel_all()
    made.close()


def of_group(page: Page) -> GroupDisclosuresPage:
    assert isinstance(page, GroupDisclosuresPage)
    return page


def test_values_are_those_of_the_core_and_each_report_is_read_once_until_plants_are_called_otherwise(
    qtbot: QtBot, office: Office, settings: Settings
) -> None:
    _window, shown = opened(qtbot, office, settings)
    page = of_group(shown)
    with GroupFile.open(office.path, read_only=True) as group:
        found = group_values(group.register, reports_of(group, 2024, page.today()), 2024, page.today())
    assert page.found is not None and page.found.values == found.values and page.found.level == "group"
    assert set(page.reports.told) == {one.sha256 for one in office.file.accepted(2024)}
    reports = office.file.accepted(2024)
    assert all(office.file.part(one.sha256, ASKED) for one in reports) and page.reports.made == {}
    jobs = []
    page.working.connect(lambda job, _what: jobs.append(job))
    office.put(T("Answered"), Answer("2024 gov.risk", "gov.risk", 2024, page.today(), "Workshop", by="Wang Wei"))
    rested(qtbot, page)
    assert jobs == [] and page.found.values["gov.risk"].value == "Workshop"
    site = office.register.get("site", "si0002")
    assert isinstance(site, Site)
    office.put(T("Renamed"), replace(site, name="Southern works"))
    rested(qtbot, page)
    assert len(jobs) == 1 and page.found.group is not None
    assert "Southern works" in page.found.group.names.values()


def test_a_number_of_the_group_opens_down_to_a_bill_and_another_row_begins_at_the_group_again(
    qtbot: QtBot, office: Office, settings: Settings
) -> None:
    _window, shown = opened(qtbot, office, settings, "ghg.s1")
    page, places = of_group(shown), wanted(shown)
    assert page.found is not None and page.found.group is not None
    top = inspected(qtbot, page)
    (north,) = [name for name in links(top) if name.startswith(NORTH)]
    assert any(name.startswith(SOUTH) for name in links(top))
    assert "It follows from the reports of the plants" in words(top)
    links(top)[north].click()
    qtbot.waitUntil(lambda: page.step is not None)
    plant = inspected(qtbot, page)
    (key,) = [key for key, name in page.found.group.names.items() if name == NORTH]
    value = page.found.group.plants[key]["ghg.s1"].value
    assert isinstance(value, Decimal) and f"{value.normalize():,f} t CO₂e" in words(plant)
    assert "gas bill.pdf" in words(plant)
    links(plant)["Records of Scope 1: 2"].click()
    qtbot.waitUntil(lambda: "Record a1" in links(plant))
    links(plant)["Record a1"].click()
    qtbot.waitUntil(lambda: page.step is not None and page.step.record == "a1")
    assert "The report is read again" in words(inspected(qtbot, page))
    qtbot.waitUntil(lambda: not Job.any_running(), timeout=LONG)
    record = inspected(qtbot, page)
    assert "1,400 m³" in words(record) and "G-1" in words(record) and "gas bill.pdf" in words(record)
    links(record)["Show the report"].click()
    qtbot.waitUntil(lambda: len(places) == 1)
    assert places == [("inbox", page.found.group.reports[key].sha256)]
    links(record)["Back to the plant"].click()
    qtbot.waitUntil(lambda: page.step is not None and not page.step.record)
    again = inspected(qtbot, page)
    links(again)["Back to the group"].click()
    qtbot.waitUntil(lambda: page.step is None)
    top = inspected(qtbot, page)
    links(top)[next(name for name in links(top) if name.startswith(NORTH))].click()
    qtbot.waitUntil(lambda: page.step is not None)
    page.frame.points.show_point("ghg.s2_lb")
    assert page.step is None and "Scope 2, location-based" in words(inspected(qtbot, page))


def test_what_the_register_says_leads_to_it(qtbot: QtBot, office: Office, settings: Settings) -> None:
    _window, shown = opened(qtbot, office, settings, "org.name")
    page, places = of_group(shown), wanted(shown)
    assert page.found is not None and page.found.values["org.name"].value == "Example Group"
    links(inspected(qtbot, page))["The group: Example Group"].click()
    qtbot.waitUntil(lambda: places == [("plants", "group")])
    page.frame.points.show_point("period.end")
    assert "2024-12-31" in words(inspected(qtbot, page))
    made = inspected(qtbot, page)
    links(made)["Reports of the year: 2"].click()
    qtbot.waitUntil(lambda: NORTH in links(made))
    links(made)[NORTH].click()
    qtbot.waitUntil(lambda: len(places) == 2)
    (north,) = [one for one in office.file.accepted(2024) if one.plant == NORTH]
    assert places[1] == ("inbox", north.sha256)


def test_plants_that_make_sums_incomplete_are_named_with_the_way_to_them(
    qtbot: QtBot, office: Office, settings: Settings
) -> None:
    office.put(T("Bought"), *(Site(f"si01{n}", f"Plant {n}", "PL") for n in range(6)))
    _window, shown = opened(qtbot, office, settings)
    page, places = of_group(shown), wanted(shown)
    told_ = "Without an accepted report of 2024: Plant 0, Plant 1, Plant 2 and 3 more. Until these come"
    qtbot.waitUntil(lambda: told_ in words(page))
    links(page)["Show the plants"].click()
    assert places == [("plants", "late")]


def test_head_office_answers_what_plants_cannot_say(qtbot: QtBot, office: Office, settings: Settings) -> None:
    _window, shown = opened(qtbot, office, settings)
    page, notices = of_group(shown), told(shown)
    page.acts.answer("ghg.s1")
    assert "It follows from the reports of the plants" in notices[-1].sentence
    page.acts.answer("gov.risk")
    form = page.acts.dialog
    assert isinstance(form, AnswerForm)
    field = form.editors["value"]
    assert isinstance(field, WordsField)
    field.words.setPlainText("Yearly workshop of the board")
    (page.desk.file.path.parent / "minutes.pdf").write_bytes(b"%PDF-1.4 minutes")
    form.files.put([page.desk.file.path.parent / "minutes.pdf"])
    form.go.click()
    qtbot.waitUntil(lambda: not form.isVisible(), timeout=LONG)
    (said,) = office.register.held(Answer)
    (proof,) = office.register.held(Evidence)
    assert said.by == "Wang Wei" and said.evidence == (proof.id,)
    assert office.file.blob(proof.sha256) == b"%PDF-1.4 minutes"
    rested(qtbot, page)
    page.show_point("gov.risk")
    made = inspected(qtbot, page)
    assert "Yearly workshop of the board" in words(made) and "minutes.pdf" in words(made)
    assert "minutes.pdf" not in links(made), "head office has no page of kept files"
    origin = next(name for name in links(made) if name.startswith("Answered by Wang Wei"))
    links(made)[origin].click()
    qtbot.waitUntil(lambda: page.acts.dialog is not form)
    assert page.acts.dialog.isVisible()
    page.acts.dialog.reject()


def test_the_workbook_of_the_group_is_exported_and_frozen(
    qtbot: QtBot, office: Office, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, shown = opened(qtbot, office, settings)
    page, out = of_group(shown), tmp_path / "group.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_asked: (str(out), ""))
    page.frame.frameworks.choose(CDP)
    page.frame.export.click()
    qtbot.waitUntil(lambda: window.notices.notice is not None and "Written" in window.notices.notice.sentence,
                    timeout=LONG)  # fmt: skip
    with CalamineWorkbook.from_path(str(out)) as book:
        rows = book.get_sheet_by_index(1).to_python()
    (scope1,) = [row for row in rows if row[0] == "7.6/1"]
    assert page.found is not None
    assert scope1[4] == pytest.approx(float(page.found.values["ghg.s1"].value or 0))
    assert NORTH in str(scope1[10]) and SOUTH in str(scope1[10])
    page.frame.freeze.click()
    page.out.dialog.go.click()
    qtbot.waitUntil(lambda: bool(office.register.held(Submission)), timeout=LONG)
    (one,) = office.register.held(Submission)
    assert len(one.evidence) == 1 and one.by == "Wang Wei"


def test_the_year_before_is_read_when_somebody_asks(qtbot: QtBot, office: Office, settings: Settings) -> None:
    _window, shown = opened(qtbot, office, settings, "compared")
    page = of_group(shown)
    view = page.frame.compared
    assert page.before is None and "The reports of 2023 are not read yet." in words(view)
    links(view)["Read the reports of 2023"].click()
    qtbot.waitUntil(lambda: page.before is not None and view.table.model.rowCount() > 0, timeout=LONG)
    rows = {row.id: row.one for row in view.table.model.records}
    assert rows["7.6/1", "ghg.s1"].change == "changed"


def test_reading_is_stopped_and_gone_on_with(
    qtbot: QtBot, office: Office, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def endless(*_asked: object) -> Work:
        def work(progress: Progress, cancelled: Callable[[], bool]) -> None:
            while not cancelled():
                time.sleep(0.001)
            progress(0.5, T("Reading"))

        return work

    window = Window(office, settings, discover("office"), empty=True)
    qtbot.addWidget(window)
    window.show()
    page = of_group(window.page("group_disclosures"))
    with monkeypatch.context() as patch:
        patch.setattr(Reports, "to_read", endless)
        window.go("group_disclosures")
        assert page.job is not None
        page.job.cancel()
        qtbot.waitUntil(lambda: page.job is None, timeout=LONG)
    qtbot.waitUntil(lambda: "Reports of 2024 that are not read yet: 2" in words(page))
    assert page.found is None and not page.frame.export.isEnabled()
    page.refresh()
    assert page.job is None, "nobody is asked to wait twice"
    links(page)["Read them"].click()
    rested(qtbot, page)
    assert "not read yet" not in words(page) and page.frame.export.isEnabled()


def test_without_reports_it_says_where_they_come_from(qtbot: QtBot, office: Office, settings: Settings) -> None:
    office.show_year(2019)
    _window, page = opened(qtbot, office, settings)
    places = wanted(page)
    assert "No report of 2019 is accepted yet" in words(page) and page.found is not None
    links(page)["Go to the inbox"].click()
    assert places == [("inbox", None)]


def test_a_damaged_report_is_named(
    qtbot: QtBot, office: Office, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lost(_group: object, _filed: object) -> None:
        raise UserError(T("The original is missing."), T("Hand it in again."))

    monkeypatch.setattr("core.group.asked.keeping.package_of", lost)
    _window, page = opened(qtbot, office, settings)
    assert "The original is missing." in words(page)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_tab_can_be_read_and_operated_on_a_small_screen(
    qtbot: QtBot, dressed: QApplication, office: Office, settings: Settings, lang: str
) -> None:
    set_language(lang)
    fonts.prepare(dressed)
    window, page = opened(qtbot, office, settings)
    window.resize(1024, 700)
    for tab in TABS:
        page.frame.go(tab)
        qtbot.waitUntil(lambda: not clipped(window))
        assert nameless(window) == [] and beyond(window) == [] and out_of_order(page) == [], tab
    page.show_point("ghg.s1")
    window.show_inspector(True)
    qtbot.waitUntil(lambda: not clipped(window.inspector))
    assert nameless(window.inspector) == []


def test_words_of_twice_the_length_have_room(
    qtbot: QtBot, office: Office, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    with stretched(monkeypatch):
        window, page = opened(qtbot, office, settings, large=True)
        for tab in TABS:
            page.frame.go(tab)
            qtbot.waitUntil(lambda: not clipped(window))
