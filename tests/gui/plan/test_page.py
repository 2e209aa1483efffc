"""The management plan, the key figures and the site walk in the window."""

from __future__ import annotations

import hashlib
import shutil
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from weakref import ref

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot
from shiboken6.Shiboken import isValid

from core.audit.practice import practices_of
from core.audit.walk import reading_task
from core.checks import all_rules
from core.exchange.degree_days import temperatures_of
from core.i18n import T
from core.ledger import Evidence, KeyFigure, Meter, PlanItem, Step, WeatherFile
from core.store import PlantFile
from gui.garbage import sweep
from gui.language import set_language
from gui.notices import Notice
from gui.pages import discover
from gui.plan.page import FIGURES, KEY_FIGURES, PLAN, PlanPage
from gui.plan.rows import PRACTICE
from gui.plan.walk_dialog import WalkDialog
from gui.session import Session
from gui.settings import Settings
from gui.window import Window
from tests.core.exchange.weather.files import data, epw
from tests.gui.showing import all_kept
from tests.gui.walk import beyond, clipped, nameless, out_of_order, stretched

FIGURE_TABLE = "Key figure,Unit,Start,Quantity\nproduction,piece,2024,1000\nheadcount,person,2024,500\n"


def opened(qtbot: QtBot, session: Session, settings: Settings, *, large: bool = False) -> tuple[Window, PlanPage]:
    window = Window(session, settings, discover("plant"), empty=True)
    qtbot.addWidget(window)
    window.resize(1920 if large else 1280, 1080 if large else 860)
    window.show()
    window.go("plan")
    page = window.page("plan")
    assert isinstance(page, PlanPage)
    return window, page


def words(widget: QWidget) -> str:
    return "\n".join(one.text() for one in widget.findChildren(QLabel) if one.isVisibleTo(widget))


def told(page: PlanPage) -> list[Notice]:
    notices: list[Notice] = []
    page.told.connect(notices.append)
    return notices


def typed(page: PlanPage, tab: int, row: int, **cells: str) -> None:
    """Type into the cells of a row, one after the other, as a person does."""
    table = page.plan.table if tab == PLAN else page.figures.table
    places = [column.key for column in table.model.columns]
    for key, text in cells.items():
        table.model.setData(table.model.index(row, places.index(key)), text)


# ---------------------------------------------------------------------- plan


def test_an_empty_plan_begins_with_practice(qtbot: QtBot, session: Session, settings: Settings) -> None:
    _window, page = opened(qtbot, session, settings)
    assert not page.plan.table.isVisible() and "No management plan yet" in words(page)
    page.plan.begin.click()
    lines = session.ledger.held(PlanItem)
    known = {(one.source, one.item) for one in session.inventory.activities}
    assert {(one.source, one.item) for one in lines} == known and page.plan.table.isVisible()
    assert not [one for one in session.findings if one.rule in ("plan_missing", "plan_unused")]
    notices = told(page)
    page.plan.propose_button.click()
    assert notices[-1].level == "info" and session.ledger.held(PlanItem) == lines
    session.undo()
    assert session.ledger.held(PlanItem) == () and "No management plan yet" in words(page)


def test_practice_stands_beside_each_line_and_its_faults_are_marked(
    qtbot: QtBot, session: Session, settings: Settings
) -> None:
    bill = next(one for one in session.inventory.activities if one.item == "electricity" and not one.estimated)
    session.put(T("Test"), replace(bill, estimated=True, note="meter broken"))
    session.put(
        T("Test"), PlanItem("pl00001", bill.source, bill.item, "metered"), PlanItem("pl00002", "Moon", "", "billed")
    )
    _window, page = opened(qtbot, session, settings)
    model = page.plan.table.model
    place = [column.key for column in model.columns].index(PRACTICE)
    said = [str(model.data(model.index(row, place))) for row in range(2)]
    assert "estimated: 1" in said[0] and said[1] == "nothing recorded in the year"
    tips = [str(model.data(model.index(row, place), int(Qt.ItemDataRole.ToolTipRole))) for row in range(2)]
    assert "are estimated" in tips[0] and "No record of the year" in tips[1]
    assert "Without a line:" in words(page)
    assert {one.rule for one in session.findings} >= {"plan_missing", "plan_unused", "plan_estimated"}
    assert all(key in all_rules() for key in ("plan_frequency", "plan_calibration", "plan_underestimate"))


def test_what_lies_in_the_value_chain_needs_no_line(qtbot: QtBot, session: Session, settings: Settings) -> None:
    _window, page = opened(qtbot, session, settings)
    beyond_it = {one.source for one in practices_of(session.ledger, session.inventory) if one.value_chain}
    within = {one.source for one in practices_of(session.ledger, session.inventory) if not one.value_chain}
    assert beyond_it - within and within, "the demo has both"
    session.put(T("Test"), PlanItem("pl00001", sorted(within)[0], "", "metered"))
    page.refresh()
    named = page.plan.said()
    assert named.startswith("Without a line:") and not any(one in named for one in beyond_it - within)
    rest = [PlanItem(f"pl1{n:04}", one, "", "metered") for n, one in enumerate(sorted(within))]
    session.put(T("Test"), *rest)
    page.refresh()
    assert "Without a line" not in page.plan.said()


def test_a_unit_is_shown_in_the_language_and_kept_in_one(qtbot: QtBot, session: Session, settings: Settings) -> None:
    set_language("zh")
    session.put(T("Test"), KeyFigure("kf1", "production", "piece", date(2024, 1, 1), date(2024, 12, 31), Decimal(9)))
    _window, page = opened(qtbot, session, settings)
    model = page.figures.table.model
    (column,) = (one for one in model.columns if one.key == "unit")
    assert column.text(model.records[0]) == "件"
    typed(page, FIGURES, 0, unit="人")
    (held,) = session.ledger.held(KeyFigure)
    assert held.unit == "person"


def test_a_line_is_typed_in_either_language(qtbot: QtBot, session: Session, settings: Settings) -> None:
    _window, page = opened(qtbot, session, settings)
    page.plan._begin_typing()
    typed(page, PLAN, 0, method="计量")
    assert session.ledger.held(PlanItem) == () and len(page.plan.table.model.records) == 1
    typed(
        page, PLAN, 0, source="Boiler house", item="天然气", frequency="每月", accuracy="0.5", calibration_months="12"
    )
    (line,) = session.ledger.held(PlanItem)
    assert (line.source, line.item, line.method) == ("Boiler house", "natural_gas", "metered")
    assert (line.frequency, line.accuracy, line.calibration_months) == ("monthly", Decimal("0.5"), 12)
    notices = told(page)
    for cells in ({"method": "guessed"}, {"item": "joy"}, {"calibration_months": "1.5"}, {"accuracy": "500"}):
        typed(page, PLAN, 0, **cells)
        assert notices[-1].level == "bad"
    assert session.ledger.held(PlanItem) == (line,)
    serial = next(one for one in session.ledger.held(Meter) if one.serial)
    typed(page, PLAN, 0, meter=serial.serial.lower())
    assert session.ledger.held(PlanItem)[0].meter == serial.id


def test_two_lines_about_the_same_are_refused(qtbot: QtBot, session: Session, settings: Settings) -> None:
    session.put(T("Test"), PlanItem("pl00001", "Boiler", "", "billed"))
    _window, page = opened(qtbot, session, settings)
    notices = told(page)
    typed(page, PLAN, 1, source="Boiler")
    assert "Two lines" in notices[-1].sentence and len(session.ledger.held(PlanItem)) == 1


def test_the_plan_goes_to_a_file_and_comes_back(
    qtbot: QtBot, session: Session, settings: Settings, tmp_path: Path
) -> None:
    _window, page = opened(qtbot, session, settings)
    page.plan.propose()
    lines = session.ledger.held(PlanItem)
    out = tmp_path / "plan.xlsx"
    page.plan.export(out, page.plan.write)
    session.undo()
    assert page.takes(out)
    page.take([out])
    assert page.plan.dialog.possible
    page.plan.dialog.go_on.click()
    back = session.ledger.held(PlanItem)
    assert sorted((one.source, one.item, one.method, one.meter) for one in back) == sorted(
        (one.source, one.item, one.method, one.meter) for one in lines
    )


# ---------------------------------------------------------------------- key figures


def test_figures_are_kept_once_they_are_complete(qtbot: QtBot, session: Session, settings: Settings) -> None:
    window, page = opened(qtbot, session, settings)
    window.go("plan", KEY_FIGURES)
    assert page.tabs.currentIndex() == FIGURES
    typed(page, FIGURES, 0, name="产量", start="2024年")
    assert session.ledger.held(KeyFigure) == ()
    (row,) = page.figures.table.model.records
    assert (row.name, row.unit, row.missing) == ("production", "piece", ("quantity",))
    typed(page, FIGURES, 0, quantity="3.5万")
    (one,) = session.ledger.held(KeyFigure)
    assert (one.quantity, one.start, one.end) == (Decimal(35000), date(2024, 1, 1), date(2024, 12, 31))
    assert "Production 35,000 piece" in page.figures.sums.text()
    notices = told(page)
    typed(page, FIGURES, 0, quantity="-1")
    assert notices[-1].level == "bad" and session.ledger.held(KeyFigure) == (one,)


def test_rows_are_pasted_from_a_spreadsheet_as_one_change(qtbot: QtBot, session: Session, settings: Settings) -> None:
    _window, page = opened(qtbot, session, settings)
    page.tabs.setCurrentIndex(FIGURES)
    lines = [f"产量\tpiece\t2024-{n:02}\t\t{100 * n}" for n in range(1, 13)]
    QGuiApplication.clipboard().setText("\n".join(lines))
    page.figures.table.begin_record()
    page.figures.table.view.paste()
    assert [one.quantity for one in session.ledger.held(KeyFigure)] == [100 * n for n in range(1, 13)]
    session.undo()
    assert session.ledger.held(KeyFigure) == ()


def test_figures_come_from_a_file(qtbot: QtBot, session: Session, settings: Settings, tmp_path: Path) -> None:
    _window, page = opened(qtbot, session, settings)
    page.tabs.setCurrentIndex(FIGURES)
    table = tmp_path / "figures.csv"
    table.write_text(FIGURE_TABLE.replace("500", "nobody"), "utf-8")
    page.take([table])
    assert not page.figures.dialog.possible
    page.figures.dialog.reject()
    table.write_text(FIGURE_TABLE, "utf-8")
    page.take([table])
    page.figures.dialog.go_on.click()
    assert [one.name for one in session.ledger.held(KeyFigure)] == ["production", "headcount"]
    model = page.figures.table.model
    place = [column.key for column in model.columns].index("evidence")
    assert model.data(model.index(0, place)) == "figures.csv"
    page.take([table])
    again = page.figures.dialog
    assert not again.possible
    assert "imported before" in words(again)
    again.reject()
    out = tmp_path / "out.csv"
    page.figures.export(out, page.figures.write)
    assert "headcount" in out.read_text("utf-8-sig")


def test_degree_days_of_a_kept_file(qtbot: QtBot, session: Session, settings: Settings) -> None:
    content = data(epw())
    digest = hashlib.sha256(content).hexdigest()
    file = WeatherFile("w00009", "krosno.epw", "epw", digest, len(content), Decimal("49.7"), Decimal("21.8"))
    session.edit(T("Test"), [Step("weather", file.id, None, file)], [content])
    session.show_year(2021)
    _window, page = opened(qtbot, session, settings)
    page.figures.degree_days()
    dialog = page.figures.asking
    assert [one.id for one in temperatures_of(session.ledger)].index("w00009") == dialog.origin.findData("w00009")
    dialog.origin.setCurrentIndex(dialog.origin.findData("w00009"))
    dialog.go.click()
    qtbot.waitUntil(lambda: len(session.ledger.held(KeyFigure)) == 12, timeout=10_000)
    assert session.ledger.held(KeyFigure)[0].note == "18 °C; krosno.epw"
    page.figures.degree_days()
    dialog = page.figures.asking
    dialog.base.line.setText("90")
    dialog.origin.setCurrentIndex(dialog.origin.findData("w00009"))
    dialog.go.click()
    assert "not plausible" in words(dialog)
    dialog.reject()


# ---------------------------------------------------------------------- site walk


def walking(page: PlanPage) -> WalkDialog:
    page.walk_button.click()
    return page.dialog


@pytest.mark.usefixtures("however_large")
def test_a_walk_is_ticked_read_noted_photographed_and_kept(
    qtbot: QtBot, session: Session, settings: Settings, tmp_path: Path
) -> None:
    _window, page = opened(qtbot, session, settings)
    dialog = walking(page)
    first = dialog.tree.topLevelItem(0)
    assert first is not None
    leaf = first.child(0).child(0)  # type: ignore[union-attr]
    assert leaf is not None
    leaf.setCheckState(0, Qt.CheckState.Checked)
    stop = dialog.stops[0]
    meter = stop.meters[0].meter
    QTest.keyClicks(dialog.place.readings[meter.id], "12345.6, 09:40")
    dialog.place.note.setPlainText("The seal is broken.")
    photo = tmp_path / "IMG_1.jpg"
    photo.write_bytes(b"\xff\xd8\xff picture")
    dialog.place.of.setCurrentIndex(dialog.place.of.findData(meter.id))
    dialog.place.take_photos([photo, photo])
    all_kept(qtbot)
    assert dialog.place.photos.text().count("IMG_1.jpg") == 1
    other = dialog.tree.topLevelItem(1)
    assert other is not None
    dialog.tree.setCurrentItem(other)
    dialog.tree.setCurrentItem(first)
    assert dialog.place.note.toPlainText() == "The seal is broken."
    assert dialog.place.readings[meter.id].text() == "12345.6, 09:40"
    dialog.reject()
    again = walking(page)
    assert again.place.note.toPlainText() == "The seal is broken." and "2 of" in words(again)
    again.save_button.click()
    all_kept(qtbot)
    held = {one.kind: one for one in session.ledger.held(Evidence) if one.kind in ("minutes", "meter_photo")}
    assert session.file.blob(held["minutes"].sha256).startswith(b"%PDF")
    assert held["meter_photo"].name == "IMG_1.jpg"
    assert set(held["meter_photo"].activities) == {
        one.id for one in session.inventory.activities if one.source == meter.source and meter.item in ("", one.item)
    }
    assert "0 of" in words(walking(page))
    page.dialog.reject()


def test_who_stands_on_a_meter_photographs_it_and_what_is_read_is_done(
    qtbot: QtBot, session: Session, settings: Settings
) -> None:
    _window, page = opened(qtbot, session, settings)
    dialog = walking(page)
    first, meter = dialog.tree.topLevelItem(0), dialog.stops[0].meters[0].meter
    assert first is not None and dialog.place.of.currentIndex() == 0, "the place itself"
    dialog.tree.setCurrentItem(first.child(0))  # type: ignore[arg-type]
    assert dialog.place.of.currentData() == meter.id
    image = QImage(30, 20, QImage.Format.Format_RGB32)
    image.fill(QColor("teal"))
    QGuiApplication.clipboard().setImage(image)
    with qtbot.waitActive(dialog):
        dialog.activateWindow()
    dialog.tree.setFocus()
    QTest.keyClick(dialog.tree, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert dialog.place.photos.text().startswith(meter.name) and ".png" in dialog.place.photos.text()
    reading = dialog._items[reading_task(meter.id)]
    QTest.keyClicks(dialog.place.readings[meter.id], "1")
    assert reading.checkState(0) == Qt.CheckState.Checked and "1 of" in words(dialog)
    dialog.place.readings[meter.id].selectAll()
    QTest.keyClick(dialog.place.readings[meter.id], Qt.Key.Key_Delete)
    assert reading.checkState(0) == Qt.CheckState.Unchecked
    dialog.tree.setCurrentItem(first)
    assert dialog.place.of.currentIndex() == 0
    dialog.reject()


def minutes(session: Session) -> list[Evidence]:
    return [one for one in session.ledger.held(Evidence) if one.kind == "minutes"]


def test_a_sheet_can_be_printed(qtbot: QtBot, session: Session, settings: Settings, tmp_path: Path) -> None:
    _window, page = opened(qtbot, session, settings)
    notices = told(page)
    before = minutes(session)
    dialog = walking(page)
    dialog.write_pdf(tmp_path / "empty.pdf", empty=True)
    assert (tmp_path / "empty.pdf").read_bytes().startswith(b"%PDF") and notices[-1].level == "good"
    dialog.day.line.setText("someday")
    dialog.write_pdf(tmp_path / "done.pdf")
    assert not (tmp_path / "done.pdf").exists() and "not a date" in words(dialog)
    dialog.save()
    assert minutes(session) == before
    dialog.reject()


def test_an_idle_walk_is_not_kept(qtbot: QtBot, session: Session, settings: Settings) -> None:
    _window, page = opened(qtbot, session, settings)
    dialog = walking(page)
    dialog.save_button.click()
    assert "Nothing was ticked" in words(dialog) and dialog.isVisible()
    dialog.reject()


def test_unfinished_rows_go_with_their_plant(qtbot: QtBot, demo_file: Path, settings: Settings, tmp_path: Path) -> None:
    """They are kept beside it, and would keep it for ever if they held it."""
    one = Session(PlantFile.open(Path(shutil.copy(demo_file, tmp_path))), "Li Na", 2024)
    show_and_end(qtbot, PlanPage(one, settings))
    one.close()
    seen = ref(one)
    del one
    sweep()
    assert seen() is None


def show_and_end(qtbot: QtBot, page: PlanPage) -> None:
    page.show()
    page.deleteLater()
    qtbot.waitUntil(lambda: not isValid(page))


# ---------------------------------------------------------------------- as a person sees it


def begin(page: PlanPage, step: int) -> None:
    """Empty, with a plan, with key figures."""
    if step == 1:
        page.plan.propose()
    elif step == 2:
        page.tabs.setCurrentIndex(FIGURES)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_full_it_can_be_read_and_operated(qtbot: QtBot, session: Session, settings: Settings, lang: str) -> None:
    set_language(lang)
    session.put(T("Test"), KeyFigure("kf1", "production", "piece", date(2024, 1, 1), date(2024, 12, 31), Decimal(5)))
    _window, page = opened(qtbot, session, settings)
    for step in range(3):
        begin(page, step)
        assert nameless(page) == []
        assert out_of_order(page) == []
        qtbot.waitUntil(lambda: clipped(page) == [])
        assert beyond(page) == []
    dialog = walking(page)
    dialog.resize(1100, 720)
    assert nameless(dialog) == [] and out_of_order(dialog) == []
    qtbot.waitUntil(lambda: clipped(dialog) == [])
    dialog.reject()


def test_words_of_twice_the_length_have_room(
    qtbot: QtBot, session: Session, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    with stretched(monkeypatch):
        _window, page = opened(qtbot, session, settings, large=True)
        for step in range(3):
            begin(page, step)
            qtbot.waitUntil(lambda: clipped(page) == [])
        dialog = walking(page)
        dialog.resize(1800, 900)
        qtbot.waitUntil(lambda: clipped(dialog) == [])
        dialog.reject()


def test_a_file_that_may_not_be_written_offers_no_change(
    qtbot: QtBot, session: Session, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Session, "writable", property(lambda _self: False))
    _window, page = opened(qtbot, session, settings)
    parts = (page.plan.begin, page.plan.propose_button, page.plan.import_button, page.figures.import_button,
             page.figures.degree_button)  # fmt: skip
    assert not any(one.isEnabled() for one in parts)
    assert [command.possible for command in page.commands()] == [True, False, False, False, False]
    dialog = walking(page)
    assert not dialog.save_button.isEnabled() and dialog.print_button.isEnabled()
    dialog.reject()
