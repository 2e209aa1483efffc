"""The page that compares, and closing and restating a year on it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from core.i18n import T
from core.inventory import choices_of, compile_inventory
from core.inventory.views import years
from core.inventory.waterfall import difference
from core.ledger import Activity
from core.store import PlantFile
from gui.compare.closing import CloseDialog, RestateDialog
from gui.compare.comparing import Question
from gui.compare.page import LINES, ComparePage
from gui.language import set_language
from gui.notices import Notice
from gui.page import CloseYear
from gui.pages import discover
from gui.pages.compare import create
from gui.session import Session
from gui.settings import Settings
from gui.topbar import headline
from gui.window import Window
from gui.wording import signed_percent
from tests.gui.showing import settle, shown
from tests.gui.walk import beyond, clipped, nameless, out_of_order, stretched

REASON = "The report was verified."


def page(qtbot: QtBot, session: Session, settings: Settings, width: int = 1060) -> ComparePage:
    made = create(session, settings)
    assert isinstance(made, ComparePage)
    shown(qtbot, made, session, width)
    rest(qtbot, made)
    return made


def rest(qtbot: QtBot, made: ComparePage) -> None:
    """Until the answers are there and painted."""
    settle(qtbot, made.latest, made.background)


def choose(qtbot: QtBot, made: ComparePage, **wanted: str) -> None:
    for name, key in wanted.items():
        box = getattr(made if name == "view" else made.choosing, name)
        assert box.findData(key) >= 0, key
        box.setCurrentIndex(box.findData(key))
        box.activated.emit(box.currentIndex())
    rest(qtbot, made)


def words(made: ComparePage) -> list[str]:
    return [label.text() for label in made.findChildren(QLabel) if label.isVisible()]


def correct(session: Session) -> Activity:
    """A bill of the year shown is other than it was entered."""
    bill = next(line.activity for line in session.inventory.lines if line.scope == "scope1")
    session.put(T("Corrected"), replace(bill, quantity=bill.quantity * 2))
    return bill


def answer(qtbot: QtBot, kind: type[QDialog], do: Callable[[QDialog], object], ask: Callable[[], object]) -> None:
    """Open a dialog and let somebody answer it; an error there ends the test here."""
    problems: list[BaseException] = []
    seen: list[QDialog] = []

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, kind):
            return
        timer.stop()
        seen.append(dialog)
        try:
            do(dialog)
        except BaseException as error:
            problems.append(error)
            dialog.reject()

    timer = QTimer()
    timer.timeout.connect(look)
    timer.start(10)
    ask()
    timer.stop()
    assert seen, "no such dialog"
    if problems:
        raise problems[0]


def give_reason(qtbot: QtBot, reason: str) -> Callable[[QDialog], object]:
    def do(dialog: QDialog) -> None:
        assert isinstance(dialog, CloseDialog | RestateDialog)
        dialog.reason.setPlainText(reason)
        dialog.go.click()
        qtbot.waitUntil(lambda: not dialog.isVisible(), timeout=20_000)

    return do


# ---------------------------------------------------------------------- compare


def test_two_years_are_shown_with_totals_and_causes(qtbot: QtBot, session: Session, settings: Settings) -> None:
    made = page(qtbot, session, settings)
    assert made.choosing.question == Question("years", "2023", "2024")
    fall = difference(session.inventory_of(2023), session.inventory)
    seen = words(made)
    assert f"{fall.start():,.3f}" in seen and f"{fall.end():,.3f}" in seen
    assert f"{fall.change():+,.3f}" in seen
    assert {row.id for row in made.sources.model.records} >= set(fall.by_source())
    assert not made.tabs.isTabVisible(LINES), "records of two years are not the same"
    choose(qtbot, made, view="market")
    assert made.chart.data is not None and "market" in made.chart.data.title
    choose(qtbot, made, left="2024")
    assert (made.choosing.question.left, made.choosing.question.right) == ("2024", "2023"), "they change places"
    choose(qtbot, made, mode="gwp", left="AR6", right="AR4")
    row = next(row for row in made.scopes.model.records if row.id == "location")
    assert row.causes["gwp"] == row.change != 0, "warming potentials change by their own cause alone"


def test_policies_line_by_line_and_only_what_differs(qtbot: QtBot, session: Session, settings: Settings) -> None:
    made = page(qtbot, session, settings)
    choose(qtbot, made, mode="policies", left="ghg-protocol", right="gbt-32150-2025")
    few = made.lines.model.records
    assert few and all(row.differs for row in few)
    made.only.setChecked(False)
    assert len(made.lines.model.records) > len(few)
    row = few[0]
    cells = {column.key: column.text(row) for column in made.lines.model.columns}
    assert row.cells[0].factor is not None and row.cells[0].factor.publisher in cells["publisher0"]
    assert cells["factor0"] != cells["factor1"]
    wanted: list[tuple[str, object]] = []
    made.wanted.connect(lambda key, subject: wanted.append((key, subject)))
    made.only.setChecked(True)
    made.tabs.setCurrentIndex(LINES)
    made.lines.view.go(0, 0)
    go = next(b for b in made.findChildren(QPushButton) if b.isVisible() and b.text() == "Show the record")
    go.click()
    assert wanted == [("activity", made.lines.model.records[0].record.id)]
    widget = made.inspect()
    assert widget is not None
    qtbot.addWidget(widget)
    said = [label.text() for label in widget.findChildren(QLabel)]
    assert row.cells[1].factor is not None and row.cells[1].factor.publisher in said


def test_one_year_alone_has_nothing_to_be_compared_with(qtbot: QtBot, bare: Session, settings: Settings) -> None:
    made = page(qtbot, bare, settings)
    assert made.empty and any("Nothing to compare yet" in text for text in words(made))
    bare.put(T("Entered"), bill("a", 2024))
    rest(qtbot, made)
    assert not made.empty
    assert made.choosing.question.mode == "policies"
    assert [command.possible for command in made.commands()] == [False, True, True, False]


def bill(key: str, year: int, quantity: int = 1000, unit: str = "m3") -> Activity:
    return Activity(key, "Boiler", "stationary_combustion", "natural_gas", date(year, 1, 1), date(year, 1, 31),
                    Decimal(quantity), unit)  # fmt: skip


# ---------------------------------------------------------------------- years


def test_years_side_by_side_with_a_base_year_that_can_be_undone(
    qtbot: QtBot, session: Session, settings: Settings
) -> None:
    made = page(qtbot, session, settings)
    made.board.base.setCurrentIndex(made.board.base.findData("2023"))
    made.board.base.activated.emit(made.board.base.currentIndex())
    rest(qtbot, made)
    assert session.audit.base_year == "2023"
    assert any("2023, base year" in text for text in words(made))
    found = years(session.ledger, session.library, session.years())
    change = found.change(2024, against=2023)
    assert change is not None and f"{signed_percent(change)} %" in words(made)
    session.undo()
    rest(qtbot, made)
    assert session.audit.base_year == "" and made.board.base.currentData() == ""
    assert not any("base year" in text for text in words(made) if text.startswith("2023"))


# ---------------------------------------------------------------------- close and restate


def test_closing_wants_a_reason_and_is_seen_at_the_top(qtbot: QtBot, session: Session, settings: Settings) -> None:
    made = page(qtbot, session, settings)
    assert headline(session)[2] == "Draft"
    entries = session.file.entries
    answer(qtbot, CloseDialog, lambda dialog: dialog.reject(), made.close_or_restate)
    assert session.closing is None and session.file.entries == entries, "somebody thought better of it"

    def first_without(dialog: QDialog) -> None:
        assert isinstance(dialog, CloseDialog)
        dialog.reason.setPlainText("  ")
        dialog.go.click()
        assert any("reason is missing" in one.text() for one in dialog.findChildren(QLabel) if one.isVisible())
        assert session.closing is None
        give_reason(qtbot, REASON)(dialog)

    answer(qtbot, CloseDialog, first_without, lambda: made.show_subject(CloseYear()))
    rest(qtbot, made)
    assert session.closing is not None and session.closing.reason == REASON
    assert headline(session)[2] == "Closed, version 1"
    assert any("2024 is closed since" in text for text in words(made))
    assert not made.state.act.isVisible(), "nothing waits"


def test_errors_forbid_closing_before_a_reason_is_typed(qtbot: QtBot, bare: Session, settings: Settings) -> None:
    bare.put(T("Entered"), bill("a", 2024), replace(bill("b", 2024), quantity=Decimal(-5)))
    made = page(qtbot, bare, settings)
    assert any(finding.severity == "error" for finding in bare.findings)
    assert any("open errors forbid closing" in text for text in words(made))
    told: list[Notice] = []
    made.told.connect(told.append)
    made.close_or_restate()
    assert told[0].level == "bad" and "errors forbid closing" in told[0].sentence
    wanted: list[str] = []
    made.wanted.connect(lambda key, _subject: wanted.append(key))
    assert told[0].action is not None
    told[0].action[1]()
    assert wanted == ["findings"]
    assert bare.closing is None


def test_a_correction_waits_until_it_is_restated(qtbot: QtBot, session: Session, settings: Settings) -> None:
    made = page(qtbot, session, settings)
    session.close_year(REASON)
    before = session.inventory.totals.location
    told: list[object] = []
    session.waiting.connect(told.append)
    corrected = correct(session)
    assert told == [T("{years} is closed: the change waits for a restatement.", years=["2024"])]
    rest(qtbot, made)
    assert session.inventory.totals.location == before, "what was closed stays"
    now = compile_inventory(session.ledger, choices_of(session.ledger.audit(2024), 2024), session.library)
    more = now.totals.location - before
    assert any("Changes that wait for a restatement: 1;" in text and f"+{more:,.3f}" in text for text in words(made))
    made.state.compare.click()
    rest(qtbot, made)
    assert made.choosing.question.mode == "closed"
    assert [row.record.id for row in made.lines.model.records] == [corrected.id]

    def look_and_restate(dialog: QDialog) -> None:
        assert isinstance(dialog, RestateDialog)
        assert dialog.chart.data is not None and "Corrected errors" in dialog.chart.data.categories
        assert any(one.text() == f"+{more:,.3f}" for one in dialog.findChildren(QLabel))
        give_reason(qtbot, "The meter was read twice.")(dialog)

    answer(qtbot, RestateDialog, look_and_restate, made.close_or_restate)
    rest(qtbot, made)
    assert session.inventory.totals.location == before + more
    assert session.closing is not None and session.closing.revision == 2
    assert headline(session)[2] == "Closed, version 2"
    told_now: list[Notice] = []
    made.told.connect(told_now.append)
    made.close_or_restate()
    assert "Nothing differs" in told_now[0].sentence


def test_the_command_palette_closes_the_year_from_any_page(qtbot: QtBot, session: Session, settings: Settings) -> None:
    window = Window(session, settings, discover("plant"), empty=True)
    qtbot.addWidget(window)
    window.show()
    close, restate = (
        next(c for c in window.commands if c.title == f"{what} the year…") for what in ("Close", "Restate")
    )
    assert (window.place, close.possible, restate.possible) == ("overview", True, False)
    answer(qtbot, CloseDialog, give_reason(qtbot, REASON), close.run)
    assert window.place == "compare" and session.closing is not None
    assert (close.possible, restate.possible) == (False, True)
    made = window.page("compare")
    assert isinstance(made, ComparePage)
    rest(qtbot, made)
    window.go("overview")
    assert any("Closed since" in one.text() for one in window.findChildren(QLabel) if one.isVisible())


def test_an_edit_of_a_closed_year_is_told_and_leads_here(qtbot: QtBot, session: Session, settings: Settings) -> None:
    window = Window(session, settings, discover("plant"))
    qtbot.addWidget(window)
    window.show()
    correct(session)
    assert window.notices.notice is None, "the year is open"
    session.close_year(REASON)
    assert window.notices.notice is None, "closing is no edit"
    correct(session)
    notice = window.notices.notice
    assert notice is not None and "the change waits for a restatement" in notice.sentence
    assert notice.action is not None
    notice.action[1]()
    assert window.place == "compare"
    made = window.page("compare")
    assert isinstance(made, ComparePage)
    rest(qtbot, made)


@pytest.fixture
def read_only(demo_file: Path) -> Iterator[Session]:
    made = Session(PlantFile.open(demo_file, read_only=True), "Li Na", 2024)
    yield made
    made.close()


def test_a_file_that_is_only_read_can_be_compared_but_not_closed(
    qtbot: QtBot, read_only: Session, settings: Settings
) -> None:
    made = page(qtbot, read_only, settings)
    assert not made.state.act.isEnabled() and "reading only" in made.state.act.toolTip()
    assert not made.board.base.isEnabled()
    assert any("open for reading only" in text for text in words(made))
    assert made.sources.model.records
    told: list[Notice] = []
    made.told.connect(told.append)
    made.close_or_restate()
    assert "reading only" in told[0].sentence


# ---------------------------------------------------------------------- read and operate


def look_at(widget: QWidget) -> None:
    """It has names, an order and room."""
    assert nameless(widget) == []
    assert out_of_order(widget) == []
    assert clipped(widget) == []
    assert beyond(widget) == []


def look_into(qtbot: QtBot, dialog: QDialog) -> None:
    qtbot.addWidget(dialog)
    dialog.show()
    look_at(dialog)
    dialog.close()


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_page_can_be_read_and_operated(qtbot: QtBot, session: Session, settings: Settings, lang: str) -> None:
    """Open, then closed against a base year and with a change that waits; at last as narrow as in 960 points."""
    set_language(lang)
    made = page(qtbot, session, settings)
    look_at(made)
    look_into(qtbot, CloseDialog(session, None))
    session.put(T("Base year"), replace(session.audit, base_year="2023"))
    session.close_year(REASON)
    made.resize(754, 700)
    rest(qtbot, made)
    assert clipped(made) == [] and beyond(made) == []
    made.resize(1060, 700)
    correct(session)
    rest(qtbot, made)
    made.show_subject("closed")
    made.tabs.setCurrentIndex(LINES)
    rest(qtbot, made)
    look_at(made)
    assert session.candidate is not None
    look_into(qtbot, RestateDialog(session, session.candidate, None))


def test_words_of_twice_the_length_have_room(
    qtbot: QtBot, session: Session, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    session.close_year(REASON)
    correct(session)
    with stretched(monkeypatch):
        assert clipped(page(qtbot, session, settings, 1680)) == []
