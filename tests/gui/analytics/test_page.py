"""Analytical procedures in the window: what wants an explanation stands first, and what is said of it is kept."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from core.audit.analytics import procedures
from core.audit.balance import counted_of
from core.audit.last_year import last_of
from core.i18n import T
from core.ledger import Benchmark, Evidence, Expectation, KeyFigure
from gui.analytics.page import BENCHMARKS, BEYOND, OPEN, PROCEDURES, AnalyticsPage
from gui.language import set_language
from gui.notices import Notice
from gui.pages import discover
from gui.session import Session
from gui.settings import Settings
from gui.tables.import_parts import Complaint
from gui.window import Window
from tests.gui.showing import all_kept
from tests.gui.walk import beyond, clipped, nameless, out_of_order, stretched

MARK = Benchmark("be00001", "production", "total", "t/piece", Decimal("0.1"), Decimal("0.2"), Decimal("0.3"), 7, 2023,
                 "Head office")  # fmt: skip
SISTERS = """Key figure,Of what,Unit,Low,Median,High,Plants,Year,Publisher
production,total,t/piece,0.1,0.2,0.3,7,2023,Head office
headcount,electricity,kWh/person,1000,2000,3000,7,2023,Head office
"""


def pieces(year: int, quantity: int) -> KeyFigure:
    return KeyFigure(f"kf{year}", "production", "piece", date(year, 1, 1), date(year, 12, 31), Decimal(quantity))


@pytest.fixture
def filled(session: Session) -> Session:
    """The demo plant of 2024 with production of two years and a benchmark."""
    session.put(T("Test"), pieces(2023, 400_000), pieces(2024, 440_000), MARK)
    return session


def rested(qtbot: QtBot, page: AnalyticsPage) -> None:
    qtbot.waitUntil(lambda: not page.latest.busy, timeout=20_000)
    qtbot.wait(20)


def opened(qtbot: QtBot, session: Session, settings: Settings, *, large: bool = False) -> tuple[Window, AnalyticsPage]:
    window = Window(session, settings, discover("plant"), empty=True)
    qtbot.addWidget(window)
    window.resize(1920 if large else 1280, 1080 if large else 860)
    window.show()
    window.go("analytics")
    page = window.page("analytics")
    assert isinstance(page, AnalyticsPage)
    rested(qtbot, page)
    return window, page


def words(widget: QWidget) -> str:
    return "\n".join(one.text() for one in widget.findChildren(QLabel) if one.isVisibleTo(widget))


def told(page: AnalyticsPage) -> list[Notice]:
    notices: list[Notice] = []
    page.told.connect(notices.append)
    return notices


def test_the_rows_are_those_of_the_core_and_what_is_open_stands_first(
    qtbot: QtBot, filled: Session, settings: Settings
) -> None:
    _window, page = opened(qtbot, filled, settings)
    counted = counted_of(filled.metered, filled.choices.period)
    expected = procedures(filled.ledger, filled.inventory, last_of(filled.inventory_of(2023)), counted)
    rows = page.table.model.visible
    assert sorted(one.id for one in rows) == sorted(one.id for one in expected)
    first_done = next(place for place, one in enumerate(rows) if not one.unexplained)
    assert first_done > 0 and not any(one.unexplained for one in rows[first_done:])
    assert {one.procedure for one in rows} == {"last_year", "production", "sister_plants", "energy_balance"}
    page.which.setCurrentIndex(page.which.findData(BEYOND))
    page.which.activated.emit(0)
    assert all(one.beyond for one in page.table.model.visible)


def test_the_form_shows_the_formula_with_its_numbers(qtbot: QtBot, filled: Session, settings: Settings) -> None:
    window, page = opened(qtbot, filled, settings)
    window.go("analytics", "production:production")
    assert "÷ 400,000 piece × 440,000 piece" in page.form.how.text()
    assert "Total, location-based per Production" in words(page.form)
    window.go("analytics", "sister_plants:production:total")
    assert "Head office, 2023, plants: 7" in page.form.how.text()


@pytest.mark.usefixtures("however_large")
def test_what_is_said_is_one_change_with_its_proof_and_can_be_undone(
    qtbot: QtBot, filled: Session, settings: Settings, tmp_path: Path
) -> None:
    _window, page = opened(qtbot, filled, settings)
    one = next(row for row in page.found if row.unexplained)
    page.table.show_record(one.id)
    before = sum(row.unexplained for row in page.found)
    page.form.explanation.setPlainText("A second shift since May")
    page.form.accepted.setChecked(True)
    proof = tmp_path / "shifts.pdf"
    proof.write_bytes(b"%PDF shifts")
    page.form.add_files([proof])
    assert "shifts.pdf" in page.form.proofs.text()
    page.form.keep.click()
    all_kept(qtbot)
    rested(qtbot, page)
    (said,) = filled.ledger.held(Expectation)
    assert (said.explanation, said.accepted) == ("A second shift since May", True)
    kept = filled.ledger.get("evidence", said.evidence[0])
    assert isinstance(kept, Evidence) and filled.file.blob(kept.sha256) == b"%PDF shifts"
    assert sum(row.unexplained for row in page.found) == before - 1
    page.table.show_record(one.id)
    assert page.form.accepted.isChecked() and "shifts.pdf" in page.form.proofs.text()
    page.form.back.click()
    rested(qtbot, page)
    assert filled.ledger.held(Expectation) == () and sum(row.unexplained for row in page.found) == before
    filled.undo()
    filled.undo()
    assert filled.ledger.get("evidence", kept.id) is None


def test_what_is_refused_is_told_and_stays_typed(qtbot: QtBot, filled: Session, settings: Settings) -> None:
    _window, page = opened(qtbot, filled, settings)
    notices = told(page)
    page.form.accepted.setChecked(True)
    page.form.keep.click()
    assert notices[-1].level == "bad" and "without an explanation" in notices[-1].sentence
    assert filled.ledger.held(Expectation) == () and page.form.accepted.isChecked()
    page.form.threshold.line.setText("many")
    page.form.keep.click()
    assert "not a number" in page.form.threshold.message


def test_an_edit_elsewhere_does_not_take_what_is_being_typed(qtbot: QtBot, filled: Session, settings: Settings) -> None:
    _window, page = opened(qtbot, filled, settings)
    page.form.explanation.setPlainText("Half a sentence")
    filled.put(T("Test"), KeyFigure("kf9", "headcount", "person", date(2024, 1, 1), date(2024, 12, 31), Decimal(5)))
    rested(qtbot, page)
    assert page.form.explanation.toPlainText() == "Half a sentence"


def test_missing_data_are_named_and_nothing_can_be_said(qtbot: QtBot, bare: Session, settings: Settings) -> None:
    _window, page = opened(qtbot, bare, settings)
    assert page.found == () and not page.form.isVisible()
    assert "Here stands what emissions should be" in words(page)


def test_units_are_words_of_the_language(qtbot: QtBot, filled: Session, settings: Settings) -> None:
    set_language("zh")
    window, page = opened(qtbot, filled, settings)
    window.go("analytics", "production:production")
    assert "÷ 400,000 件 × 440,000 件" in page.form.how.text()
    window.go("analytics", "sister_plants:production:total")
    qtbot.waitUntil(lambda: "t/件" in words(page.form))
    assert "piece" not in words(page.form)
    (column,) = (one for one in page.benchmarks.model.columns if one.key == "unit")
    assert {column.text(one) for one in page.benchmarks.model.records} <= {"t/件", "kg/件", "t/人", "kWh/件"}


def test_benchmarks_are_imported_as_one_change(
    qtbot: QtBot, session: Session, settings: Settings, tmp_path: Path
) -> None:
    _window, page = opened(qtbot, session, settings)
    table = tmp_path / "sisters.csv"
    table.write_text(SISTERS.replace("total", "joy"), "utf-8")
    assert page.takes(table)
    page.take([table])
    complaint = page.dialog.table.model.visible[0]
    assert not page.dialog.possible and isinstance(complaint, Complaint) and "neither the total" in complaint.reason
    page.dialog.reject()
    table.write_text(SISTERS, "utf-8")
    page.take([table])
    assert page.dialog.possible and page.tabs.currentIndex() == BENCHMARKS
    page.dialog.go_on.click()
    assert [one.figure for one in session.ledger.held(Benchmark)] == ["production", "headcount"]
    rested(qtbot, page)
    page.benchmarks.view.selectAll()
    page.remove_button.click()
    assert session.ledger.held(Benchmark) == ()
    session.undo()
    rested(qtbot, page)
    out = tmp_path / "out.csv"
    page.export_to(out)
    assert "Head office" in out.read_text("utf-8-sig")
    page.export_to(tmp_path / "out.txt")
    page.tabs.setCurrentIndex(PROCEDURES)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_full_it_can_be_read_and_operated(qtbot: QtBot, filled: Session, settings: Settings, lang: str) -> None:
    set_language(lang)
    _window, page = opened(qtbot, filled, settings)
    assert nameless(page) == []
    assert out_of_order(page) == []
    qtbot.waitUntil(lambda: clipped(page) == [])
    assert beyond(page) == []
    page.tabs.setCurrentIndex(BENCHMARKS)
    assert nameless(page) == [] and out_of_order(page) == []


def test_words_of_twice_the_length_have_room(
    qtbot: QtBot, filled: Session, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    with stretched(monkeypatch):
        _window, page = opened(qtbot, filled, settings, large=True)
        qtbot.waitUntil(lambda: clipped(page) == [])


def test_a_file_that_may_not_be_written_offers_no_change(
    qtbot: QtBot, filled: Session, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Session, "writable", property(lambda _self: False))
    _window, page = opened(qtbot, filled, settings)
    assert not any(one.isEnabled() for one in (page.import_button, page.remove_button, page.form.keep, page.form.back))
    assert not any(command.possible for command in page.commands())
    page.which.setCurrentIndex(page.which.findData(OPEN))
    page.which.activated.emit(0)
    assert page.table.model.visible
