"""The page Risk and samples: the source map, risks decided by keyboard, samples drawn, widened and removed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from core.audit.risk import risks_of
from core.audit.sampling import Wish, redraw
from core.audit.sampling import drawing as core_drawing
from core.i18n import T
from core.ledger import Activity, AuditFinding, RiskAssessment, Sample, Step
from core.store import PlantFile
from gui.language import set_language
from gui.notices import Notice
from gui.pages import discover
from gui.samples.dialog import SampleDialog
from gui.samples.page import RISKS, SAMPLES, SamplesPage
from gui.samples.risk_dialog import RiskDialog
from gui.samples.widen import WidenDialog
from gui.session import Session
from gui.settings import Settings
from gui.window import Window
from tests.core.audit.audited_file import audited_file
from tests.core.audit.party import AUDITOR, PREPARER
from tests.core.audit.sampling_samples import BOILER
from tests.core.samples import year_of_bills
from tests.gui.walk import beyond, clipped, nameless, out_of_order, stretched

FINDING = AuditFinding(
    "fi00001", 2023, "misstatement", "Bill of March", "Comma misread.", date(2024, 3, 5), AUDITOR.id,
    effect=Decimal("1.5"),
)  # fmt: skip


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An audited plant with two sources; copied before it is changed."""
    return audited_file(tmp_path_factory.mktemp("audited"), bills=[*year_of_bills(), *BOILER])


@pytest.fixture
def audited(built: Path, tmp_path: Path) -> Iterator[Session]:
    path = tmp_path / built.name
    path.write_bytes(built.read_bytes())
    made = Session(PlantFile.open(path), AUDITOR.name, 2023)
    yield made
    made.close()


def opened(qtbot: QtBot, session: Session, settings: Settings, *, large: bool = False) -> tuple[Window, SamplesPage]:
    window = Window(session, settings, discover("plant"), empty=True)
    qtbot.addWidget(window)
    window.resize(1920 if large else 1280, 1080 if large else 800)
    window.show()
    window.go("samples")
    page = window.page("samples")
    assert isinstance(page, SamplesPage)
    qtbot.wait(20)
    return window, page


def words(widget: QWidget) -> str:
    return "\n".join(one.text() for one in widget.findChildren(QLabel) if one.isVisibleTo(widget))


def done(qtbot: QtBot, dialog: RiskDialog | SampleDialog | WidenDialog) -> None:
    dialog.go.click()
    qtbot.waitUntil(lambda: not dialog.isVisible(), timeout=10_000)


def refused(qtbot: QtBot, dialog: RiskDialog | SampleDialog | WidenDialog, why: str) -> None:
    dialog.go.click()
    qtbot.waitUntil(lambda: why in words(dialog), timeout=10_000)
    assert dialog.isVisible()


def choose(box: object, key: object) -> None:
    """As a person does with the mouse or the keyboard."""
    box.setCurrentIndex(box.findData(key))  # type: ignore[attr-defined]
    box.activated.emit(box.currentIndex())  # type: ignore[attr-defined]


def drawing(page: SamplesPage, *, level: int = 30, seed: str = "2023-A", name: str = "Gas") -> SampleDialog:
    """The dialog, filled in for a share of the gas bills."""
    page.draw()
    dialog = page.dialog
    assert isinstance(dialog, SampleDialog)
    choose(dialog.method, "random")
    choose(dialog.level, level)
    for row in range(dialog.sources.count()):
        item = dialog.sources.item(row)
        item.setCheckState(Qt.CheckState.Checked if item.text() == "Boiler house" else Qt.CheckState.Unchecked)
    dialog.name.set(name)
    dialog.seed.set(seed)
    dialog.preview()
    return dialog


def with_gas(qtbot: QtBot, page: SamplesPage) -> Sample:
    done(qtbot, drawing(page))
    row = page.samples.current_record()
    assert row is not None and row.sample.name == "Gas"
    return row.sample


def found_in(session: Session, sample: Sample) -> None:
    """A finding about the first record of a sample."""
    finding = replace(FINDING, sample=sample.id, activities=sample.activities[:1])
    session.edit(T("Raised"), (Step("finding", finding.id, None, finding),))


# ---------------------------------------------------------------------- risks


def test_the_source_map_is_that_of_the_core(qtbot: QtBot, audited: Session, settings: Settings) -> None:
    _window, page = opened(qtbot, audited, settings)
    found = risks_of(audited.ledger, audited.inventory, 2023)
    assert list(page.risks.model.records) == list(found)
    assert "Material from" in words(page) and ": 5 % (Total, " in words(page), "and of which total"
    first = found[0]
    cell = page.matrix.cells[first.inherent, first.control]
    assert first.source in cell.words and "90 %" in cell.words
    assert all(one.words.count("sources") == 1 for pair, one in page.matrix.cells.items() if pair != ("high", "high"))
    cell_names = {one.accessibleName() for one in page.matrix.cells.values()}
    assert len(cell_names) == 9 and "Inherent risk high, control risk low" in cell_names


def test_a_risk_is_decided_by_keyboard_with_a_reason(qtbot: QtBot, audited: Session, settings: Settings) -> None:
    _window, page = opened(qtbot, audited, settings)
    page.risks.show_record("Boiler house")
    QTest.keyClick(page.risks.view, Qt.Key.Key_Return)
    dialog = page.dialog
    assert isinstance(dialog, RiskDialog) and dialog.isVisible() and "times materiality" in words(dialog)
    choose(dialog.inherent, "low")
    choose(dialog.control, "medium")
    assert "high · 66.7 %" in words(dialog) and "It differs from the proposal" in words(dialog)
    refused(qtbot, dialog, "reason is missing")
    dialog.reason.setPlainText("sealed meter")
    done(qtbot, dialog)
    (held,) = audited.ledger.held(RiskAssessment)
    assert (held.source, held.inherent, held.control, held.reason) == ("Boiler house", "low", "medium", "sealed meter")
    row = page.risks.current_record()
    assert row is not None and row.decided == held
    assert "Boiler house" in page.matrix.cells["low", "medium"].words
    assert "▶" in page.matrix.cells["low", "medium"].words
    page.take_back()
    assert audited.ledger.held(RiskAssessment) == ()
    audited.undo()
    assert audited.ledger.held(RiskAssessment) == (held,)


def test_the_inspector_says_why(qtbot: QtBot, audited: Session, settings: Settings) -> None:
    window, page = opened(qtbot, audited, settings)
    page.risks.show_record("Boiler house")
    window.show_inspector(True)
    qtbot.waitUntil(lambda: "times materiality" in words(window.inspector))
    said = words(window.inspector)
    assert "ISA 400" in said and "our choice" in said and "Proposed: ● high" in said
    assert nameless(window.inspector) == []


def test_what_the_plant_may_not_do_is_refused_in_the_dialog(
    qtbot: QtBot, built: Path, settings: Settings, tmp_path: Path
) -> None:
    path = tmp_path / built.name
    path.write_bytes(built.read_bytes())
    session = Session(PlantFile.open(path), PREPARER.name, 2023)
    _window, page = opened(qtbot, session, settings)
    refused(qtbot, drawing(page), "risks, samples and tests")
    page.dialog.reject()
    page.risks.show_record("Boiler house")
    page.decide()
    assert isinstance(page.dialog, RiskDialog)
    page.dialog.reason.setPlainText("trust us")
    choose(page.dialog.inherent, "low")
    refused(qtbot, page.dialog, "risks, samples and tests")
    page.dialog.reject()
    assert session.ledger.held(RiskAssessment) == ()
    session.close()


def test_a_year_that_nobody_audits_shows_proposals_only(qtbot: QtBot, session: Session, settings: Settings) -> None:
    window, page = opened(qtbot, session, settings)
    assert "Nobody audits this year yet" in words(page)
    page.risks.view.go(0, 0)
    assert not page.decide_button.isEnabled() and not page.draw_button.isEnabled()
    assert page.decide_button.toolTip() == page.draw_button.toolTip() == "Begin the audit first."
    page.decide()
    page.draw()
    assert not hasattr(page, "dialog")
    begin = next(one for one in page.findChildren(QPushButton) if one.text() == "Begin the audit")
    with qtbot.waitSignal(page.wanted) as asked:
        begin.click()
    assert asked.args == ["audit", None]
    assert page.risks.model.records[0].share.percent >= page.risks.model.records[1].share.percent
    assert window.isVisible()


def test_a_year_without_data_says_how_to_begin(qtbot: QtBot, bare: Session, settings: Settings) -> None:
    _window, page = opened(qtbot, bare, settings)
    assert page.empty and "No emission sources in 2024 yet" in words(page)


# ---------------------------------------------------------------------- drawing


def test_a_sample_is_drawn_as_previewed(qtbot: QtBot, audited: Session, settings: Settings) -> None:
    _window, page = opened(qtbot, audited, settings)
    dialog = drawing(page)
    assert dialog.made is not None and dialog.count.text() == "Records: 4"
    assert "30 % of the records of each source" in words(dialog)
    previewed = dialog.made.sample
    assert [row.id for row in dialog.rows.model.records] == list(previewed.activities)
    done(qtbot, dialog)
    drawn = audited.ledger.held(Sample)[-1]
    assert drawn == previewed and redraw(audited.ledger, audited.inventory, drawn).good
    assert page.tabs.currentIndex() == SAMPLES
    current = page.samples.current_record()
    assert current is not None and (current.sample, current.tested, current.records) == (drawn, 0, 4)
    assert [row.id for row in page.drawn.model.records] == list(drawn.activities)
    audited.undo()
    assert drawn not in audited.ledger.held(Sample)


def test_by_tonnes_shows_its_formula_and_each_method_its_fields(
    qtbot: QtBot, audited: Session, settings: Settings
) -> None:
    _window, page = opened(qtbot, audited, settings)
    page.draw()
    dialog = page.dialog
    assert isinstance(dialog, SampleDialog) and dialog.method.currentData() == "monetary_unit"
    assert "× factor 2.303" in words(dialog) and "Draws" in dialog.count.text()
    dialog.confidence.set(Decimal(95))
    dialog.confidence.changed.emit()
    qtbot.waitUntil(lambda: "× factor 2.996" in words(dialog))
    assert not dialog.strata.isVisible() and not dialog.reason.isVisible() and dialog.tolerable.isVisible()
    choose(dialog.method, "stratified")
    assert dialog.strata.isVisible() and dialog.allocation.isVisible() and not dialog.level.isVisible()
    choose(dialog.method, "random")
    assert dialog.level.isVisible() and dialog.rate.isVisible() and not dialog.tolerable.isVisible()
    choose(dialog.level, 50)
    assert not dialog.confidence.isVisible() and dialog.seed.isVisible()
    choose(dialog.method, "all")
    assert not dialog.seed.isVisible()
    dialog.preview()
    assert dialog.count.text() == "Records: 24"
    dialog.reject()


def test_each_dialog_brings_another_seed(qtbot: QtBot, audited: Session, settings: Settings) -> None:
    _window, page = opened(qtbot, audited, settings)
    page.draw()
    dialog = page.dialog
    assert isinstance(dialog, SampleDialog)
    seeds = [dialog.seed.read()]
    for _again in range(2):
        dialog.new_seed()
        seeds.append(dialog.seed.read())
    assert len(set(seeds)) == 3 and all(seed and len(seed) == 16 for seed in seeds)
    dialog.reject()


def test_a_judgement_sample_is_chosen_from_the_list(qtbot: QtBot, audited: Session, settings: Settings) -> None:
    _window, page = opened(qtbot, audited, settings)
    page.draw()
    dialog = page.dialog
    assert isinstance(dialog, SampleDialog)
    choose(dialog.method, "judgement")
    dialog.preview()
    assert len(dialog.rows.model.records) == 24 and dialog.count.text() == "Records chosen: 0"
    flag = QItemSelectionModel.SelectionFlag
    for row in (2, 5):
        index = dialog.rows.model.index(row, 0)
        dialog.rows.view.selectionModel().select(index, flag.Select | flag.Rows)
    assert dialog.count.text() == "Records chosen: 2"
    wanted = [dialog.rows.model.records[row].id for row in (2, 5)]
    refused(qtbot, dialog, "reason is missing")
    dialog.reason.set("both stand out")
    done(qtbot, dialog)
    drawn = audited.ledger.held(Sample)[-1]
    assert (list(drawn.activities), drawn.reason, drawn.seed) == (wanted, "both stand out", "")


def test_what_is_wrong_stands_in_the_form(qtbot: QtBot, audited: Session, settings: Settings) -> None:
    _window, page = opened(qtbot, audited, settings)
    dialog = drawing(page, name="Bills")
    assert "already" in dialog.count.text()
    refused(qtbot, dialog, "already")
    dialog.name.set("")
    dialog.preview()
    assert dialog.made is None and list(dialog.rows.model.records) == []
    dialog.name.set("Other")
    choose(dialog.level, 0)
    dialog.wanted.set(Decimal("2.5"))
    refused(qtbot, dialog, "whole number")
    dialog.reject()
    assert len(audited.ledger.held(Sample)) == 1


def test_selected_sources_are_ticked(qtbot: QtBot, audited: Session, settings: Settings) -> None:
    _window, page = opened(qtbot, audited, settings)
    page.risks.view.selectAll()
    page.draw()
    dialog = page.dialog
    assert isinstance(dialog, SampleDialog)
    assert dialog.wish().sources == ("Boiler house", "Main meter")
    dialog.reject()
    page.risks.view.go(0, 0)
    page.draw()
    assert isinstance(page.dialog, SampleDialog) and page.dialog.wish().sources == ()
    page.dialog.reject()


# ---------------------------------------------------------------------- samples


def test_findings_ask_for_a_wider_sample(qtbot: QtBot, audited: Session, settings: Settings) -> None:
    _window, page = opened(qtbot, audited, settings)
    sample = with_gas(qtbot, page)
    found_in(audited, sample)
    qtbot.waitUntil(lambda: "Of its records 50 % are tested next" in words(page))
    page.widen()
    dialog = page.dialog
    assert isinstance(dialog, WidenDialog) and dialog.level.currentData() == "50"
    assert "records added: 2" in words(dialog) and "易碳家" in words(dialog)
    done(qtbot, dialog)
    wider = audited.ledger.held(Sample)[-1]
    assert (wider.level, wider.previous, wider.activities[:4]) == (50, sample.id, sample.activities)
    current = page.samples.current_record()
    assert current is not None and current.sample == wider


def test_without_a_finding_widening_wants_a_reason(qtbot: QtBot, audited: Session, settings: Settings) -> None:
    _window, page = opened(qtbot, audited, settings)
    with_gas(qtbot, page)
    page.widen()
    dialog = page.dialog
    assert isinstance(dialog, WidenDialog) and "so a reason is needed" in words(dialog)
    refused(qtbot, dialog, "not widened without a reason")
    dialog.reason.setPlainText("the meter was exchanged in June")
    done(qtbot, dialog)
    wider = audited.ledger.held(Sample)[-1]
    assert wider.reason == "the meter was exchanged in June"
    page.samples.show_record(wider.previous)
    page.widen()
    assert page.samples.current_record().id == wider.id, "what was widened already is not widened twice"  # type: ignore[union-attr]


def test_a_sample_is_removed_unless_somebody_worked_with_it(qtbot: QtBot, audited: Session, settings: Settings) -> None:
    _window, page = opened(qtbot, audited, settings)
    sample = with_gas(qtbot, page)
    page.remove()
    assert sample not in audited.ledger.held(Sample)
    audited.undo()
    found_in(audited, sample)
    page.samples.show_record(sample.id)
    told: list[Notice] = []
    page.told.connect(told.append)
    page.remove()
    assert sample in audited.ledger.held(Sample) and "findings 1" in told[-1].sentence


def test_the_inspector_draws_a_sample_again(qtbot: QtBot, audited: Session, settings: Settings) -> None:
    window, page = opened(qtbot, audited, settings)
    sample = with_gas(qtbot, page)
    window.show_inspector(True)
    qtbot.waitUntil(lambda: "the same sample" in words(window.inspector))
    said = words(window.inspector)
    assert sample.seed in said and sample.frame[:8] in said and "Records in the frame" in said
    page.samples.show_record("sa00001")
    qtbot.waitUntil(lambda: "have changed since" in words(window.inspector))  # its frame is no hash of these records
    assert nameless(window.inspector) == []


def test_the_ways_to_tests_and_records(qtbot: QtBot, audited: Session, settings: Settings) -> None:
    window, page = opened(qtbot, audited, settings)
    sample = with_gas(qtbot, page)
    wanted: list[tuple[str, object]] = []
    page.wanted.connect(lambda place, subject: wanted.append((place, subject)))
    page.tests_button.click()
    assert wanted == [("tests", sample.id)]
    window.go("samples", sample.id)
    page.drawn.view.go(1, 0)
    QTest.keyClick(page.drawn.view, Qt.Key.Key_Return)
    assert wanted[-1] == ("activity", page.drawn.model.records[1].id)
    assert isinstance(audited.ledger.get("activity", str(wanted[-1][1])), Activity)


def test_a_subject_is_a_sample_or_a_source(qtbot: QtBot, audited: Session, settings: Settings) -> None:
    window, page = opened(qtbot, audited, settings)
    window.go("samples", "sa00001")
    row = page.samples.current_record()
    assert page.tabs.currentIndex() == SAMPLES and row is not None and row.id == "sa00001"
    window.go("samples", "Main meter")
    risk = page.risks.current_record()
    assert page.tabs.currentIndex() == RISKS and risk is not None and risk.source == "Main meter"


def test_a_file_that_may_not_be_written_offers_no_change(
    qtbot: QtBot, audited: Session, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Session, "writable", property(lambda _self: False))
    _window, page = opened(qtbot, audited, settings)
    page.risks.view.go(0, 0)
    page.samples.show_record("sa00001")
    buttons = (page.decide_button, page.back_button, page.draw_button, page.widen_button, page.remove_button)
    assert not any(one.isEnabled() for one in buttons)
    assert page.tests_button.isEnabled() and page.explain_button.isEnabled()


def test_records_that_were_deleted_are_told(qtbot: QtBot, audited: Session, settings: Settings) -> None:
    with PlantFile.open(audited.path, read_only=True) as plant:
        assert plant.ledger.get("activity", "m03") is not None
    _window, page = opened(qtbot, audited, settings)
    page.tabs.setCurrentIndex(SAMPLES)
    page.samples.show_record("sa00001")
    assert [row.item.state for row in page.drawn.model.records] == ["", "", ""]


# ---------------------------------------------------------------------- as a person sees it


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_full_it_can_be_read_and_operated(qtbot: QtBot, audited: Session, settings: Settings, lang: str) -> None:
    set_language(lang)
    _window, page = opened(qtbot, audited, settings)
    page.risks.view.go(0, 0)
    for tab in (RISKS, SAMPLES):
        page.tabs.setCurrentIndex(tab)
        qtbot.waitUntil(lambda: clipped(page) == [])
        assert nameless(page) == [], tab
        assert out_of_order(page) == [], tab
        assert beyond(page) == [], tab


def test_words_of_twice_the_length_have_room(
    qtbot: QtBot, audited: Session, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    with stretched(monkeypatch):
        _window, page = opened(qtbot, audited, settings, large=True)
        for tab in (RISKS, SAMPLES):
            page.tabs.setCurrentIndex(tab)
            qtbot.waitUntil(lambda: clipped(page) == [])


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_forms_can_be_read_and_operated(qtbot: QtBot, audited: Session, settings: Settings, lang: str) -> None:
    set_language(lang)
    _window, page = opened(qtbot, audited, settings)
    page.risks.view.go(0, 0)
    for act in (page.decide, page.draw):
        act()
        dialog = page.dialog
        qtbot.wait(30)
        assert nameless(dialog) == [] and out_of_order(dialog) == []
        qtbot.waitUntil(lambda dialog=dialog: clipped(dialog) == [])  # type: ignore[misc]
        dialog.reject()
    write_widenable(audited)
    page.samples.show_record("sa00009")
    page.widen()
    assert nameless(page.dialog) == [] and out_of_order(page.dialog) == []
    page.dialog.reject()


def write_widenable(session: Session) -> None:
    """A sample by levels."""
    wish = Wish("Wide", "random", seed="x", level=30)
    made = core_drawing(session.ledger, session.inventory, 2023, wish, "sa00009")
    session.edit(made.why, made.steps)
