"""Requests for data in the window: the workbook out, the answer in, and what becomes of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from core.exchange.supplier_lines import ANSWERED, ASKED
from core.i18n import T
from core.ledger import Activity, DataRequest, OwnFactor
from gui.jobs import Job
from gui.language import set_language
from gui.notices import Notice
from gui.pages import discover
from gui.session import Session
from gui.settings import Settings
from gui.suppliers.page import SuppliersPage
from gui.suppliers.requests import RequestsPart
from gui.window import Window
from tests.gui.supplying import REGISTER, REQUESTS, TODAY

COLUMNS = [*(one.key for one in ASKED if one.key != "item"), *(one.key for one in ANSWERED if one.key != "number")]
"""Of the workbook, from the left."""
GOOD = {"footprint": 1920, "boundary": "Cradle to our gate", "primary": 40, "standard": "ISO 14067", "mode": "Truck",
        "distance": 610}  # fmt: skip
Open = Callable[[], SuppliersPage]


@pytest.fixture
def asking(bare: Session) -> Session:
    """Two requests, of which one is late."""
    bare.put(T("Test"), *REGISTER, *REQUESTS)
    return bare


@pytest.fixture
def page(qtbot: QtBot, settings: Settings, asking: Session) -> SuppliersPage:
    window = Window(asking, settings, discover("plant"), empty=True)
    qtbot.addWidget(window)
    window.resize(1280, 800)
    window.show()
    made = window.page("suppliers")
    assert isinstance(made, SuppliersPage)
    made.today = lambda: TODAY
    window.go("suppliers", "requests")
    rested(qtbot, made)
    made.setProperty("window", window)
    return made


def rested(qtbot: QtBot, page: SuppliersPage) -> None:
    qtbot.waitUntil(lambda: not page.latest.busy and not Job.any_running(), timeout=20_000)
    qtbot.wait(20)


def part_of(page: SuppliersPage) -> RequestsPart:
    assert page.requests is not None
    return page.requests


def words(widget: QWidget) -> str:
    return "\n".join(one.text() for one in widget.findChildren(QLabel)).replace("\u00a0", " ")


def filled(path: Path, lines: dict[int, dict[str, object]]) -> Path:
    """What the supplier writes into the workbook, by the number of the line."""
    book = load_workbook(path)
    sheet = book.worksheets[0]
    for row in sheet.iter_rows():
        if isinstance(row[0].value, int) and row[0].value in lines and row[3].value:
            for key, value in lines[row[0].value].items():
                row[COLUMNS.index(key)].value = value  # type: ignore[assignment]
    out = path.with_name("answer.xlsx")
    book.save(out)
    return out


def written(page: SuppliersPage, folder: Path) -> Path:
    part, path = part_of(page), folder / "request.xlsx"
    part.table.show_record("dq00001")
    part.write_workbook(path)
    return path


def state(page: SuppliersPage, key: str) -> str:
    table = part_of(page).table
    row = next(one for one in table.model.records if one.id == key)
    return next(one for one in table.model.columns if one.key == "state").text(row)


def test_each_says_whether_it_is_due_late_or_answered(page: SuppliersPage, asking: Session) -> None:
    assert (state(page, "dq00001"), state(page, "dq00002")) == ("late", "due 2025-10-01")
    part = part_of(page)
    rows = {one.id: one for one in part.table.model.records}
    assert part._marks(rows["dq00001"])["state"].level == "warning" and part._marks(rows["dq00002"]) == {}
    part.table.show_record("dq00001")
    made = page.inspect()
    assert made is not None
    said = words(made)
    assert "The answer is overdue." in said and "1. Wire, 12 t" in said and "Lines (2)" in said
    assert not part.write.toolTip().startswith("Select")


def test_an_answer_becomes_activity_data_that_one_can_go_to(
    qtbot: QtBot, page: SuppliersPage, asking: Session, tmp_path: Path
) -> None:
    answer = filled(written(page, tmp_path), {1: GOOD})
    assert page.takes(answer)
    page.take([answer])
    rested(qtbot, page)
    part = part_of(page)
    preview = part.preview
    assert preview.possible and "Weld Wire Ltd: request dq00001 for 2024" in words(preview)
    assert "Lines without an answer: 2." in words(preview)
    assert activities(asking) == []
    preview.go_on.click()
    rested(qtbot, page)
    assert [(one.method, str(one.quantity), one.unit) for one in activities(asking)] == [
        ("supplier_specific", "12", "t"), ("freight", "12", "t"),
    ]  # fmt: skip
    (factor,) = asking.ledger.held(OwnFactor)
    assert factor.amounts == (("CO2e", "1920"),)
    assert state(page, "dq00001") == "answered, lines open: 1"
    part.table.show_record("dq00001")
    made = page.inspect()
    assert made is not None
    assert "Footprint of one unit [kg CO₂e]: 1,920" in words(made) and "answer.xlsx" in words(made)
    wanted: list[tuple[str, object]] = []
    page.wanted.disconnect()
    page.wanted.connect(lambda place, subject: wanted.append((place, subject)))
    for link in made.findChildren(QPushButton):
        if link.text() in ("Go to the activity data", "Go to the factor"):
            link.click()
    ids = [one.id for one in activities(asking)]
    assert wanted == [("activity", ids[0]), ("activity", ids[1]), ("library", factor.id)]
    asking.undo()
    assert activities(asking) == [] and state_of(asking, "dq00001").answered == ""


def activities(session: Session) -> list[Activity]:
    return list(session.ledger.activities)


def state_of(session: Session, key: str) -> DataRequest:
    held = session.ledger.get("data_request", key)
    assert isinstance(held, DataRequest)
    return held


def test_wrong_cells_are_named_and_nothing_is_taken_up(
    qtbot: QtBot, page: SuppliersPage, asking: Session, tmp_path: Path
) -> None:
    answer = filled(written(page, tmp_path), {1: GOOD | {"boundary": "To the moon", "distance": None}})
    part_of(page).read_workbook(answer)
    rested(qtbot, page)
    preview = part_of(page).preview
    assert not preview.possible and preview.go_on.isHidden()
    reasons = [str(line.reason) for line in preview.table.model.records]  # type: ignore[union-attr]
    assert any("“To the moon” is not in the list." in one for one in reasons)
    preview.reject()
    assert activities(asking) == [] and state_of(asking, "dq00001").answers == ()


def test_the_same_answer_twice_is_noticed_and_an_answer_is_taken_back(
    qtbot: QtBot, page: SuppliersPage, asking: Session, tmp_path: Path
) -> None:
    answer = filled(written(page, tmp_path), {1: GOOD, 2: {"footprint": 5, "boundary": "Cradle to our gate"}})
    part = part_of(page)
    for expected in (True, False):
        part.read_workbook(answer)
        rested(qtbot, page)
        assert part.preview.possible is expected
        if expected:
            part.preview.go_on.click()
            rested(qtbot, page)
    assert "imported before" in words(part.preview)
    part.preview.reject()
    assert state(page, "dq00001") == "answered 2025-09-01"
    part.table.show_record("dq00001")
    menu = {one.text(): one for one in part.more_menu().actions()}
    assert menu["Take the answer back"].isEnabled()
    menu["Take the answer back"].trigger()
    rested(qtbot, page)
    assert state(page, "dq00001") == "late" and activities(asking) == []
    assert asking.ledger.held(OwnFactor) == ()


@pytest.mark.parametrize("data", [b"not a workbook", b"\xd0\xcf\x11\xe0" + b"\0" * 64, b"PK\x03\x04"])
def test_what_is_no_answer_is_refused_in_words(
    qtbot: QtBot, page: SuppliersPage, asking: Session, tmp_path: Path, data: bytes
) -> None:
    path = tmp_path / "hostile.xlsx"
    path.write_bytes(data)
    window = page.window()
    part_of(page).read_workbook(path)
    rested(qtbot, page)
    shown = window.notices.notice  # type: ignore[attr-defined]
    assert isinstance(shown, Notice) and shown.level == "bad" and shown.sentence
    assert not hasattr(part_of(page), "preview")


def test_the_workbook_is_written_for_the_current_one(page: SuppliersPage, tmp_path: Path) -> None:
    seen: list[Notice] = []
    page.told.connect(seen.append)
    path = written(page, tmp_path)
    assert "Saved request.xlsx" in seen[-1].sentence
    assert "Weld Wire Ltd" in {cell.value for row in load_workbook(path).worksheets[0].iter_rows() for cell in row}
    part_of(page).write_workbook(tmp_path / "no" / "request.xlsx")
    assert seen[-1].level == "bad"


def test_a_new_request_knows_supplier_year_and_day(qtbot: QtBot, page: SuppliersPage, asking: Session) -> None:
    page.show_subject("su00003")
    page.commands()[4].run()
    part = part_of(page)
    form = part.dialog
    assert form._reads["supplier"]() == "su00003" and form._reads["year"]() == asking.year
    assert form._reads["sent"]() == TODAY
    hidden = [key for key in form.editors if form.editors[key].isHidden()]
    assert hidden == ["answered", "answers", "evidence"]
    form.prefill({"asked": (("1", "Boxes", "", "100", "piece"),), "due": date(2025, 9, 30)})
    form.go.click()
    rested(qtbot, page)
    made = asking.ledger.held(DataRequest)[-1]
    assert (made.supplier, made.due, made.asked) == ("su00003", "2025-09-30", (("1", "Boxes", "", "100", "piece"),))
    part.ask_new()
    assert part.dialog._reads["supplier"].__self__.box.currentIndex() == -1  # type: ignore[attr-defined]
    part.dialog.reject()


def test_chinese_answers_are_read_too(qtbot: QtBot, page: SuppliersPage, asking: Session, tmp_path: Path) -> None:
    set_language("zh")
    answer = filled(written(page, tmp_path), {1: GOOD | {"boundary": "从摇篮到我方大门", "mode": "货车（平均）"}})
    part_of(page).read_workbook(answer)
    rested(qtbot, page)
    preview = part_of(page).preview
    reasons = [] if preview.possible else [str(one.reason) for one in preview.table.model.records]  # type: ignore[union-attr]
    assert preview.possible, reasons
    preview.reject()
