from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from core.entering.templates import all_templates
from core.i18n import T
from core.ledger import PlanItem
from gui.activity.page import ActivityPage
from gui.app import Program
from gui.expected.acts import expect
from gui.expected.dialog import TemplateDialog
from gui.page import NewRecord
from gui.plant_form import PlantForm
from gui.session import Session
from gui.settings import Settings
from gui.sources.page import EXPECTED, SourcesPage
from tests.gui.showing import shown

SHOP = all_templates()["paint_shop"]


@pytest.fixture
def page(qtbot: QtBot, bare: Session, settings: Settings) -> SourcesPage:
    return shown(qtbot, SourcesPage(bare, settings), bare)


def rows(page: SourcesPage) -> list[str]:
    return [one.source for one in page.expected.table.model.records]


def test_a_template_fills_the_tab_by_one_change_that_can_be_undone(page: SourcesPage, bare: Session) -> None:
    assert page.tabs.tabText(EXPECTED) == "Expected"
    expect(bare, SHOP)
    assert len(rows(page)) == len(SHOP.usual)
    assert page.tabs.tabText(EXPECTED) == f"Expected ({len(SHOP.usual)})"
    bare.undo()
    assert rows(page) == []


def test_a_record_of_a_line_begins_with_what_the_line_says(
    page: SourcesPage, bare: Session, qtbot: QtBot, settings: Settings
) -> None:
    expect(bare, SHOP)
    wishes: list[object] = []
    page.wanted.connect(lambda where, wish: wishes.append((where, wish)))
    line = next(one for one in bare.ledger.held(PlanItem) if one.source == "Business travel by air")
    page.show_subject("expected")
    assert page.tabs.currentIndex() == EXPECTED
    page.expected.table.show_record(line.id)
    page.expected.begin.click()
    wish = NewRecord("business_travel", 6, line.source, "flight", "pkm")
    assert wishes == [("activity", wish)]
    grid = shown(qtbot, ActivityPage(bare, settings), bare)
    grid.show_subject(wish)
    row = grid.table.current_record()
    assert row is not None
    assert (row.source, row.method, row.item, row.unit) == (line.source, "business_travel", "flight", "pkm")


def test_a_line_whose_method_is_not_known_still_begins_a_row(
    page: SourcesPage, bare: Session, qtbot: QtBot, settings: Settings
) -> None:

    bare.put(T("Planned"), PlanItem("pl00001", "Tank", "diesel", "billed"))
    wishes: list[object] = []
    page.wanted.connect(lambda _where, wish: wishes.append(wish))
    page.expected.table.view.go(0, 0)
    page.expected.begin.click()
    assert wishes == [NewRecord("", source="Tank", item="diesel")]
    grid = shown(qtbot, ActivityPage(bare, settings), bare)
    grid.show_subject(wishes[0])
    row = grid.table.current_record()
    assert row is not None
    assert (row.source, row.item, row.method) == ("Tank", "diesel", "")


def test_what_a_plant_does_not_have_is_taken_out_of_the_plan(page: SourcesPage, bare: Session) -> None:
    expect(bare, SHOP)
    page.expected.table.view.go(0, 0)
    first = rows(page)[0]
    page.expected.drop.click()
    assert first not in rows(page)
    bare.undo()
    assert first in rows(page)


def test_the_dialog_offers_what_is_missing_and_adds_what_is_ticked(
    page: SourcesPage, bare: Session, qtbot: QtBot
) -> None:
    dialog = TemplateDialog(bare, page)
    dialog.kinds.setCurrentRow(list(all_templates()).index("paint_shop"))
    assert dialog.template is SHOP
    assert set(dialog.chosen) == SHOP.usual
    assert dialog.sources.count() == len(SHOP.sources)
    for row in range(1, dialog.sources.count()):
        dialog.sources.item(row).setCheckState(Qt.CheckState.Unchecked)
    assert dialog.go.text() == "Expect 1 sources"
    page.expected.dialog = dialog
    page.expected._apply()
    assert len(rows(page)) == 1
    again = TemplateDialog(bare, page)
    again.kinds.setCurrentRow(list(all_templates()).index("paint_shop"))
    assert again.sources.count() == len(SHOP.sources) - 1


def test_nothing_ticked_cannot_be_taken_over(page: SourcesPage, bare: Session) -> None:
    dialog = TemplateDialog(bare, page)
    for row in range(dialog.sources.count()):
        dialog.sources.item(row).setCheckState(Qt.CheckState.Unchecked)
    assert not dialog.go.isEnabled()
    assert dialog.go.toolTip()


def test_the_form_of_a_new_plant_offers_templates_and_none_by_default(qtbot: QtBot) -> None:
    form = PlantForm("Li Na")
    qtbot.addWidget(form)
    form.name.set("Works")
    form.accept()
    assert form.template is None
    other = PlantForm("Li Na")
    qtbot.addWidget(other)
    other.name.set("Works")
    other.kind.set("paint_shop")
    assert "Paint drying ovens" in other._brings.text()
    other.accept()
    assert other.template is SHOP


def test_a_new_plant_opens_with_its_expected_sources(
    qtbot: QtBot, dressed: QApplication, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = Program(dressed, settings)
    program.show()

    def filled(form: PlantForm) -> int:
        form.name.set("Works")
        form.kind.set("food")
        form.accept()
        return 1

    monkeypatch.setattr(PlantForm, "exec", filled)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a, **_k: (str(tmp_path / "works.plant"), ""))
    program.files.new_plant()
    assert isinstance(program.desk, Session)
    assert len(program.desk.ledger.held(PlanItem)) == len(all_templates()["food"].usual)
    assert program.desk.undo_text is not None
    assert program.window is not None
    qtbot.addWidget(program.window)
    program.close_file()
    assert program.window is not None
    qtbot.addWidget(program.window)
