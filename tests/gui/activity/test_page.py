"""Bills are typed, pasted and filled down in the grid; every act is one change that can be taken back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from core.i18n import T
from core.inventory.upstream import UPSTREAM
from core.ledger import Activity
from gui.activity.page import ActivityPage
from gui.activity.rows import alike
from gui.language import set_language
from gui.page import NewRecord
from gui.session import Session
from gui.settings import Settings
from gui.tables.table import Edit, Edits
from tests.gui.activity.grid import Heard, column, page_of, shown, type_in

Key, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier
COLUMNS = ["source", "method", "item", "start", "end", "quantity", "unit"]


@pytest.fixture
def page(qtbot: QtBot, session: Session, settings: Settings) -> ActivityPage:
    return page_of(qtbot, session, settings)


@pytest.fixture
def empty(qtbot: QtBot, bare: Session, settings: Settings) -> Iterator[ActivityPage]:
    yield page_of(qtbot, bare, settings)


def paste(page: ActivityPage, row: int, key: str, text: str) -> None:
    QGuiApplication.clipboard().setText(text)
    page.table.view.go(row, column(page, key))
    page.table.view.paste()


# ---------------------------------------------------------------------- show


def test_the_grid_holds_the_records_of_the_year_with_their_emissions(page: ActivityPage, session: Session) -> None:
    assert len(shown(page)) == len(session.inventory.activities)
    totals = session.inventory.totals
    assert sum((r.location or Decimal(0)) for r in shown(page)) == totals.location
    assert sum((r.market or Decimal(0)) for r in shown(page)) == totals.market
    page._every.setChecked(True)
    assert len(shown(page)) == len(session.ledger.activities) > len(session.inventory.activities)


def test_a_year_of_bills_is_pasted_as_the_workbook_of_the_plant_has_it(page: ActivityPage, session: Session) -> None:
    """Other names and another order of columns, and the method follows from what the source burned before."""
    one = next(iter(alike(session.ledger.activities).values()))
    before = len(session.ledger.activities)
    rows = [f"2026-{month:02d}\t{100 + month}\tINV-{month}\t{one.source}" for month in range(1, 13)]
    QGuiApplication.clipboard().setText("\n".join(["月份\t用量\t发票号\t排放设施", *rows]))
    heard = Heard(page)
    page.table.view.paste()
    assert heard.last == "Rows that belong to 2026 and are kept there: 12."
    made = session.ledger.activities[before:]
    assert [a.quantity for a in made] == [Decimal(100 + month) for month in range(1, 13)]
    assert {(a.source, a.method, a.item, a.unit) for a in made} == {(one.source, one.method, one.item, one.unit)}
    assert (made[1].start, made[1].end, made[1].evidence) == (date(2026, 2, 1), date(2026, 2, 28), "INV-2")


def test_pasted_rows_that_lack_something_say_what(page: ActivityPage, session: Session) -> None:
    heard = Heard(page)
    QGuiApplication.clipboard().setText("Source\tItem\tStart\tQuantity\nKitchen\tNatural gas\t2024-01\t5\n")
    page.table.view.paste()
    assert heard.last == "Rows that wait and do not count yet: 1. Still missing: Method, Unit."
    type_in(page, page.table.model.rowCount() - 2, "method", "Stationary combustion")
    last = session.ledger.activities[-1]
    assert (last.source, last.unit) == ("Kitchen", session.library.items["natural_gas"].unit), "the unit follows"


def test_what_follows_from_the_bills_makes_no_source_ambiguous(session: Session) -> None:
    one = next(iter(alike(session.ledger.activities).values()))
    upstream = replace(one, id="a99999", method=UPSTREAM, category=3)
    assert alike([one, upstream]) == {one.source: one}
    assert alike([one, replace(upstream, method="urea", item="adblue")]) == {}


def test_what_a_source_is_follows_only_where_it_is_one_thing(page: ActivityPage, session: Session) -> None:
    one = next(iter(alike(session.ledger.activities).values()))
    other = replace(one, id="a99998", item="coal", method="stationary_combustion", unit="t")
    session.put(T("Activity"), other)
    last = page.table.model.rowCount() - 1
    type_in(page, last, "source", one.source)
    assert shown(page)[-1].item == ""


def test_a_picture_is_pasted_on_the_rows_that_it_proves(page: ActivityPage, session: Session) -> None:
    heard = Heard(page)
    image = QImage(20, 10, QImage.Format.Format_RGB32)
    image.fill(QColor("teal"))
    QGuiApplication.clipboard().setImage(image)
    page.table.view.clearSelection()
    page.table.view.paste()
    assert heard.last.startswith("Select the rows first")
    before = len(session.ledger.evidence)
    page.table.view.go(1, 0)
    page.table.view.paste()
    assert [one.activities for one in session.ledger.evidence[before:]] == [(shown(page)[1].id,)]


def test_words_follow_the_language(qtbot: QtBot, session: Session, settings: Settings) -> None:
    set_language("zh")
    made = page_of(qtbot, session, settings)
    assert made.table.model.index(0, column(made, "start")).data() == "2024年1月1日"
    assert made.table.model.index(0, column(made, "item")).data() == "汽油"
    assert made.table.model.headerData(0, Qt.Orientation.Horizontal) == "排放源"


def test_a_finding_is_marked_in_its_cell(page: ActivityPage, session: Session) -> None:
    session.show_year(2025)
    finding = session.findings[0]
    assert page.table.show_record(finding.subject)
    row = page.table.view.currentIndex().row()
    cell = page.table.model.index(row, column(page, "quantity"))
    assert str(finding.message) in cell.data(Qt.ItemDataRole.ToolTipRole)


# ---------------------------------------------------------------------- type


def test_a_bill_is_typed_with_few_keys_and_kept_when_complete(empty: ActivityPage, bare: Session) -> None:
    next(b for b in empty.findChildren(QPushButton) if b.text() == "Type or paste rows").click()
    type_in(empty, 0, "source", "Main meter")
    type_in(empty, 0, "item", "electricity")
    row = shown(empty)[0]
    assert (row.method, row.unit) == ("purchased_electricity", "kWh"), "they follow from the item"
    assert not bare.ledger.activities
    type_in(empty, 0, "start", "2024年3月")
    assert shown(empty)[0].end == date(2024, 3, 31), "they follow from the month"
    assert "Still missing" in empty.table.model.index(0, column(empty, "quantity")).data(Qt.ItemDataRole.ToolTipRole)
    type_in(empty, 0, "quantity", "1.2万")
    assert bare.ledger.activities == (
        Activity("a00001", "Main meter", "purchased_electricity", "electricity", date(2024, 3, 1), date(2024, 3, 31),
                 Decimal(12000), "kWh"),
    )  # fmt: skip
    assert len(shown(empty)) == 1
    assert bare.inventory.totals.location > 0


def test_what_belongs_to_two_methods_waits_for_the_person(empty: ActivityPage, bare: Session) -> None:
    empty._begin_typing()
    type_in(empty, 0, "item", "柴油")
    row = shown(empty)[0]
    assert (row.item, row.method) == ("diesel", "")
    assert "method" in row.missing


def test_a_cell_is_edited_undone_and_redone(page: ActivityPage, session: Session) -> None:
    before = session.ledger.activities[0:1]
    first = shown(page)[0]
    type_in(page, 0, "quantity", "5,000", Key.Key_Return)
    assert session.ledger.get("activity", first.id).quantity == 5000  # type: ignore[union-attr]
    assert page.table.view.currentIndex().row() == 1
    session.undo()
    assert shown(page)[0].quantity == first.quantity
    session.redo()
    assert shown(page)[0].quantity == 5000
    assert before


@pytest.mark.parametrize(
    ("key", "text"),
    [("quantity", "much"), ("start", "03/04/2024"), ("unit", "parsec"), ("item", "gold"), ("method", "x")],
)
def test_what_is_not_understood_changes_nothing(page: ActivityPage, session: Session, key: str, text: str) -> None:
    heard, ledger = Heard(page), session.ledger
    type_in(page, 0, key, text, Key.Key_Return)
    assert heard.notices[-1].level == "bad"
    assert text in heard.last
    assert session.ledger is ledger


def test_a_change_that_does_not_fit_is_refused_as_a_whole(page: ActivityPage, session: Session) -> None:
    heard, ledger = Heard(page), session.ledger
    type_in(page, 0, "end", "2023-01-01", Key.Key_Return)
    assert "lies before the start" in heard.last
    type_in(page, 0, "method", "Purchased electricity", Key.Key_Return)
    assert "is not something that" in heard.last
    assert session.ledger is ledger
    assert shown(page)[0].method == "mobile_combustion"


def test_another_item_brings_its_method(page: ActivityPage, session: Session) -> None:
    type_in(page, 0, "item", "R-410A", Key.Key_Return)
    assert (shown(page)[0].method, shown(page)[0].unit) == ("refrigerants", "kg")


# ---------------------------------------------------------------------- paste, fill, delete


def test_a_year_of_bills_is_pasted_as_one_change(empty: ActivityPage, bare: Session) -> None:
    empty._begin_typing()
    heard = Heard(empty)
    rows = [f"Boiler\tStationary combustion\tdiesel\t2024-{m:02}\t\t{100 + m}\tl\n" for m in range(1, 13)]
    heads = "Source\tMethod\tItem\tStart\tEnd\tQuantity\tUnit\n"
    paste(empty, 0, "source", heads + "".join(rows))
    assert [a.quantity for a in bare.ledger.activities] == [Decimal(100 + m) for m in range(1, 13)]
    assert bare.ledger.activities[1].end == date(2024, 2, 29)
    assert bare.file.entries == 2
    assert heard.last == "12 rows changed."
    assert heard.notices[-1].action is not None
    heard.notices[-1].action[1]()
    assert bare.ledger.activities == ()


def test_one_wrong_cell_refuses_the_paste_and_says_which(empty: ActivityPage, bare: Session) -> None:
    empty._begin_typing()
    heard = Heard(empty)
    good = "Boiler\tstationary_combustion\tdiesel\t2024-01\t\t5\tl\n"
    paste(empty, 0, "source", good + good.replace("\t5\t", "\tfive\t"))
    assert bare.ledger.activities == ()
    assert shown(empty) == []
    assert heard.notices[-1].level == "bad"
    assert "Row 2, Quantity" in heard.last


def test_rows_that_are_not_complete_wait_in_the_grid(empty: ActivityPage, bare: Session) -> None:
    empty._begin_typing()
    paste(empty, 0, "source", "A\nB\n")
    assert not bare.ledger.activities
    assert [r.source for r in shown(empty)] == ["A", "B"]
    paste(empty, 0, "item", "electricity\t2024-01\t\t5\nelectricity\t2024-02\t\t6\n")
    assert [one.source for one in bare.ledger.activities] == ["A", "B"]
    assert [r.id for r in shown(empty)] == ["a00001", "a00002"]


def test_fill_down_and_delete_are_one_change_each(page: ActivityPage, session: Session) -> None:
    heard, entries = Heard(page), session.file.entries
    model, place = page.table.model, column(page, "note")
    type_in(page, 0, "note", "checked", Key.Key_Return)
    block = QItemSelection(model.index(0, place), model.index(4, place))
    page.table.view.selectionModel().select(block, QItemSelectionModel.SelectionFlag.ClearAndSelect)
    page.table.view.fill_down()
    assert [r.note for r in shown(page)[:6]] == ["checked"] * 5 + [""]
    page.table.view.selectionModel().select(block, QItemSelectionModel.SelectionFlag.ClearAndSelect)
    count = len(session.ledger.activities)
    QTest.keyClick(page.table.view, Key.Key_Delete, CTRL)
    assert len(session.ledger.activities) == count - 5
    assert heard.last == "5 rows deleted."
    assert session.file.entries == entries + 3
    session.undo()
    assert len(session.ledger.activities) == count


def test_a_draft_can_be_deleted(empty: ActivityPage) -> None:
    empty._begin_typing()
    type_in(empty, 0, "source", "A")
    draft = shown(empty)[0]
    empty.table.asked.emit(Edits("delete", (Edit(draft, None),)))
    assert shown(empty) == []


def test_a_row_of_another_year_is_told(page: ActivityPage, session: Session) -> None:
    heard = Heard(page)
    row = len(shown(page))
    paste(page, row, "source", "Cars\tmobile_combustion\tdiesel\t2023-05\t\t7\tl")
    assert "belongs to 2023" in heard.last
    assert heard.notices[-1].action is not None
    heard.notices[-1].action[1]()
    assert session.year == 2023
    assert shown(page)[-1].source == "Cars"


# ---------------------------------------------------------------------- explain


def test_a_finding_of_another_place_leads_to_its_row(page: ActivityPage, session: Session, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.inspector_wanted):
        page.show_subject(session.findings[0].subject)
    current = page.table.current_record()
    assert current is not None
    assert current.method == "purchased_electricity"
    other_year = next(a for a in session.ledger.activities if a.start.year == 2023)
    page.show_subject(other_year.id)
    current = page.table.current_record()
    assert current is not None
    assert current.id == other_year.id


def test_a_file_that_can_only_be_read_offers_no_editing(
    qtbot: QtBot, session: Session, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Session, "writable", property(lambda _self: False))
    made = page_of(qtbot, session, settings)
    assert made.table.model.rowCount() == len(shown(made))
    assert not made.takes(Path("a.csv"))
    assert not made._import.isEnabled()


def test_unfinished_rows_survive_a_new_window(
    qtbot: QtBot, page: ActivityPage, session: Session, settings: Settings
) -> None:
    type_in(page, len(shown(page)), "source", "Half typed", Key.Key_Return)
    set_language("zh")
    again = page_of(qtbot, session, settings)
    assert [row.source for row in again.table.model.records if row.missing] == ["Half typed"]


def test_another_page_may_begin_a_row_of_its_method(page: ActivityPage) -> None:
    page.show_subject(NewRecord("solar_generation"))
    begun = page.table.current_record()
    assert begun is not None
    assert begun.method == "solar_generation"
    assert begun.missing


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_evidence_is_seen_in_a_window_of_ordinary_width(
    qtbot: QtBot, session: Session, settings: Settings, lang: str
) -> None:
    set_language(lang)
    page = page_of(qtbot, session, settings)
    page.resize(1098, 700)  # 1280 without the side list
    QApplication.processEvents()
    view, keys = page.table.view, [column.key for column in page.table.model.columns]
    place = keys.index("evidence")
    assert view.columnViewportPosition(place) + 60 <= view.viewport().width()
