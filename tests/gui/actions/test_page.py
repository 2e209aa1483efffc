"""Actions in the window: figures, areas, cost curve with a budget, time, steps, decisions with minutes, effect."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from core.actions import situation_of, summary_of
from core.exchange.measures import keeping
from core.i18n import T
from core.ledger import Action, ActionArea, Measure, Milestone, Record, Resolution, Scenario, Target
from gui import fonts
from gui.actions.curve_view import CHOSEN, GIVEN, OPEN
from gui.actions.page import ActionsPage
from gui.entering.form import RecordForm
from gui.language import set_language
from gui.pages import discover
from gui.session import Session
from gui.settings import Settings
from gui.window import Window
from tests.core.actions.plans import action
from tests.core.samples import year_of_bills
from tests.core.savings.measures import measure
from tests.gui.showing import settle
from tests.gui.walk import beyond, clipped, nameless, out_of_order, stretched

WHEN = datetime(2026, 3, 2, tzinfo=UTC)
TODAY = date(2024, 6, 1)
START = {"start": date(2024, 1, 1)}
PLAN: tuple[Record, ...] = (
    action("ac00001", name="Valves", energy=300_000, capex=1000, saving=9000, currency="CNY", status="running",
           **START),
    action("ac00002", name="Drives", energy=200_000, capex=90_000, saving=100, currency="CNY", status="idea", **START),
    action("ac00003", name="Roof", area="renewable_electricity", energy=100_000, capex=400, saving=300, currency="CNY",
           status="planned", ramp=(("1", "50"),), start=date(2025, 1, 1)),
    action("ac00004", name="Course", area="governance", item="", energy=0, owner="", status="approved", **START),
    Milestone("mi00001", "ac00003", "Order", date(2024, 3, 31)),
    Milestone("mi00002", "ac00003", "Start", date(2024, 12, 31)),
    Milestone("mi00003", "ac00001", "Built", date(2023, 12, 31), "2023-12-20"),
    Resolution("re00001", date(2023, 12, 11), "Committee", "2024", "Approved", ("ac00001",)),
    Target("ta00001", "All of it", "renewable", (), 2024, 2027, Decimal(100)),
    Target("ta00002", "Half", "own", ("scope1",), 2024, 2030, Decimal(50)),
    Scenario("sc00001", "Plan"),
)  # fmt: skip
TABS = ("plan", "curve", "timeline", "milestones", "decisions", "areas", "measured")
Open = Callable[[Session], ActionsPage]


@pytest.fixture
def filled(bare: Session) -> Session:
    """A thousand megawatt-hours of 2024, four actions on them."""
    bills = [
        replace(one, start=one.start.replace(year=2024), quantity=Decimal(100_000),
                end=date(2024, one.end.month, min(one.end.day, 29) if one.end.month == 2 else one.end.day))
        for one in year_of_bills()
    ]  # fmt: skip
    bare.put(T("Test"), *bills, *PLAN)
    return bare


@pytest.fixture
def opened(qtbot: QtBot, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Open:
    windows: list[Window] = []

    def make(session: Session, *, large: bool = False) -> ActionsPage:
        window = Window(session, settings, discover("plant"), empty=True)
        windows.append(window)
        qtbot.addWidget(window)
        window.resize(1920 if large else 1280, 1080 if large else 800)
        window.show()
        page = window.page("actions")
        assert isinstance(page, ActionsPage)
        page.today = lambda: TODAY
        window.go("actions")
        rested(qtbot, page)
        return page

    return make


def rested(qtbot: QtBot, page: ActionsPage) -> None:
    settle(qtbot, page.latest)


def go(qtbot: QtBot, page: ActionsPage, tab: str) -> None:
    page.tabs.setCurrentIndex(TABS.index(tab))
    rested(qtbot, page)


def words(widget: QWidget) -> str:
    return "\n".join(one.text() for one in widget.findChildren(QLabel) if one.isVisibleTo(widget))


def inspected(page: ActionsPage) -> str:
    made = page.inspect()
    assert made is not None
    made.show()
    said = words(made)
    made.close()
    return said


# ---------------------------------------------------------------------- figures, plan


def test_the_figures_are_those_of_the_core(opened: Open, filled: Session) -> None:
    page = opened(filled)
    found = summary_of(situation_of(filled.ledger, filled.inventory, filled.library))
    said = words(page).replace("\u00a0", " ")
    assert found.year == 2030 and "Saves in 2030" in said
    assert f"{found.planned.location:,.0f}" in said and f"{found.decided.location:,.0f}" in said
    assert "market-based 0 t" in said  # 100 % renewable by then
    assert "Idea 1 · Planned 1 · Approved 1 · Running 1" in said
    assert f"investment {91_400:,} CNY" in said
    assert "0 of 4 actions are measured" in said


def test_the_plan_has_the_areas_as_groups(qtbot: QtBot, opened: Open, filled: Session) -> None:
    page = opened(filled)
    listed = [page.plan.areas.item(n).text().splitlines() for n in range(page.plan.areas.count())]
    assert [one[0] for one in listed] == [
        "The whole plan", "Governance and targets", "Renewable electricity", "Energy efficiency",
        "Direct emissions and heat", "Low-carbon materials and suppliers", "Logistics and mobility",
        "Waste, water, circularity", "Products",
    ]  # fmt: skip
    assert listed[0][1].startswith("4 actions · ") and listed[2][1].startswith("1 action · ") and listed[4][1] == "–"
    page.plan.choose("energy_efficiency")
    assert [one.id for one in page.plan.part.table.model.records] == ["ac00002", "ac00001"]
    page.show_subject("ac00003")  # of another area: all of them are shown
    current = page.plan.part.table.current_record()
    assert current is not None and current.id == "ac00003"


def test_a_row_says_what_follows_from_it(opened: Open, filled: Session) -> None:
    page = opened(filled)
    table, found = page.plan.part.table, page.found
    assert found is not None
    columns = {one.key: one for one in table.model.columns}
    rows = {one.id: one for one in table.model.records}
    bars = {bar.action.id: bar for bar in found.situation.curve().bars}
    for key, bar in bars.items():
        assert columns["saves"].value(rows[key]) == f"{bar.tonnes:f}"
        assert columns["per_tonne"].value(rows[key]) == ("" if bar.cost is None else f"{bar.cost:f}")
    assert columns["next"].text(rows["ac00003"]) == "2024-03-31 Order"
    assert columns["next"].text(rows["ac00001"]) == ""  # all reached
    assert columns["per_tonne"].text(rows["ac00004"]) == "–"
    marks = page.plan.part._marks(rows["ac00003"])
    assert marks["next"].level == "warning" and "Order" in marks["next"].text
    assert "has no owner" in page.plan.part._marks(rows["ac00004"])["name"].text


def test_the_inspector_explains_an_action(opened: Open, filled: Session) -> None:
    page = opened(filled)
    assert page.inspect() is None
    page.show_subject("ac00003")
    said = inspected(page)
    assert "Roof" in said and "Planned · Renewable electricity · Li Na" in said
    assert "s = 100,000 kWh ÷ 1,200,000 kWh\n= 8.33 %" in said
    assert "Effect by year, alone" in said and "From 2027 on electricity is 100 % renewable" in said
    assert "Savings on one source multiply" in said and "Valves (300.0 MWh)" in said
    assert "Order · 2024-03-31 · late" in said and "Start · 2024-12-31 · to come" in said
    assert "was due on 2024-03-31" in said  # what is judged, with its remedy
    page.show_subject("ac00001")
    said = inspected(page)
    assert "2023-12-11 Committee: 2024 – Approved" in said and "Net present value" in said
    assert "no savings measure is named" in said
    page.show_subject("ac00004")
    assert "It saves no tonnes" in inspected(page) or "nothing that it works on" in inspected(page)


def test_a_new_action_begins_in_the_chosen_area(qtbot: QtBot, opened: Open, filled: Session) -> None:
    page = opened(filled)
    page.plan.choose("heat")
    assert page.plan.part.table.model.records == []
    page.plan.part.ask_new()
    form = page.plan.part.dialog
    assert isinstance(form, RecordForm)
    form.prefill({"name": "Heat pump", "part": "scope1", "start": date(2026, 1, 1), "life": 10})
    form.go.click()
    rested(qtbot, page)
    (made,) = [one for one in filled.ledger.held(Action) if one.name == "Heat pump"]
    assert made.area == "heat"
    assert [one.id for one in page.plan.part.table.model.records] == [made.id]
    filled.undo()
    rested(qtbot, page)
    assert len(filled.ledger.held(Action)) == 4


def test_what_has_no_room_for_a_button_stands_in_the_menu(qtbot: QtBot, opened: Open, filled: Session) -> None:
    page = opened(filled)
    part = page.plan.part
    page.window().resize(1920, 1080)
    qtbot.waitUntil(part.paste.isVisible)
    assert [one.text() for one in part.more_menu().actions()] == ["Export…"]
    page.window().resize(1024, 700)
    qtbot.waitUntil(lambda: not part.attach.isVisible())
    menu = part.more_menu().actions()
    assert [one.text() for one in menu] == ["Paste a table", "Import…", "Attach files…", "Export…"]
    assert [one.isEnabled() for one in menu] == [True, True, False, True]
    assert not part.paste.isVisible() and not part.bring.isVisible()
    part.table.show_record(filled.ledger.held(Action)[0].id)
    assert all(one.isEnabled() for one in part.more_menu().actions())


# ---------------------------------------------------------------------- curve


def test_the_curve_is_that_of_the_core_in_both_views(qtbot: QtBot, opened: Open, filled: Session) -> None:
    page = opened(filled)
    go(qtbot, page, "curve")
    view, found = page.curve, page.found
    assert found is not None and view.plot.data is not None
    curve = found.situation.curve(2030)
    with_cost = [bar for bar in curve.bars if bar.cost is not None]
    assert [block.key for block in view.plot.data.blocks] == [bar.action.id for bar in with_cost]
    assert [block.width for block in view.plot.data.blocks] == [float(bar.tonnes) for bar in with_cost]
    assert view.plot.data.y.unit == "CNY/t"
    assert "With 100 % renewable electricity, market-based tonnes of electricity measures vanish" in words(view)
    assert "Here that is so from 2027 on." in words(view)
    view.view.setCurrentIndex(1)
    view.view.activated.emit(1)
    assert view.plot.data.blocks == ()  # electricity saves no market-based tonnes then
    rows = {row.id: row for row in view.table.model.records}
    assert "Electricity is 100 % renewable in 2030" in rows["ac00001"].reason and rows["ac00001"].place == 0
    view.year.setValue(2025)
    qtbot.waitUntil(lambda: view.curve is not None and view.curve.year == 2025)
    assert len(view.plot.data.blocks) == 3
    once = "With 100 % renewable electricity, market-based tonnes"
    qtbot.waitUntil(lambda: words(view).count(once) == 1)


def test_a_budget_chooses_and_highlights(qtbot: QtBot, opened: Open, filled: Session) -> None:
    page = opened(filled)
    go(qtbot, page, "curve")
    view = page.curve
    QTest.keyClicks(view.budget, "5,000")
    qtbot.waitUntil(lambda: view.selection is not None)
    assert view.plot.data is not None and view.selection is not None
    looks = {block.key: block.look for block in view.plot.data.blocks}
    assert looks == {"ac00001": GIVEN, "ac00003": CHOSEN, "ac00002": OPEN}
    assert [one.id for one in view.selection.chosen] == ["ac00003"]
    qtbot.waitUntil(lambda: "Actions chosen: 1. They save" in words(view), timeout=20_000)
    assert "Roof · 400 CNY" in words(view)
    view.budget.setText("1")
    qtbot.waitUntil(lambda: "No open action fits into the budget." in words(view), timeout=20_000)
    view.budget.setText("many")
    qtbot.waitUntil(lambda: view.selection is None)
    assert view.budget.property("problem") and "0 or more" in view.budget.accessibleDescription()
    view.budget.clear()
    qtbot.waitUntil(lambda: not view.budget.property("problem"))
    qtbot.waitUntil(lambda: "All of the curve saves" in words(view), timeout=20_000)


def test_plot_and_table_choose_the_same_action(qtbot: QtBot, opened: Open, filled: Session) -> None:
    page = opened(filled)
    go(qtbot, page, "curve")
    page.curve.plot.canvas.picked.emit("ac00002")
    current = page.curve.table.current_record()
    assert current is not None and current.id == "ac00002"
    assert "Drives" in inspected(page)
    page.curve.table.show_record("ac00003")
    assert page.curve.plot.canvas.chosen == "ac00003"
    go(qtbot, page, "timeline")
    page.timeline.plot.canvas.picked.emit("ac00001")
    assert page.curve.plot.canvas.chosen == "ac00001" and "Valves" in inspected(page)


# ---------------------------------------------------------------------- timeline, steps, decisions, areas


def test_the_timeline_shows_areas_ramps_and_late_steps(qtbot: QtBot, opened: Open, filled: Session) -> None:
    page = opened(filled)
    go(qtbot, page, "timeline")
    data = page.timeline.plot.data
    assert data is not None and data.today == TODAY
    assert [(row.group, row.key) for row in data.rows] == [
        ("Governance and targets", "ac00004"), ("Renewable electricity", "ac00003"),
        ("Energy efficiency", "ac00001"), ("Energy efficiency", "ac00002"),
    ]  # fmt: skip
    roof = data.rows[1]
    assert (roof.begin, roof.start, roof.full) == (date(2024, 3, 31), date(2025, 1, 1), date(2026, 1, 1))
    assert [(mark.name, mark.state) for mark in roof.marks] == [("Order", "late"), ("Start", "due")]
    assert "Late milestones: Order" in words(page.timeline)
    page.timeline.plot.canvas.setFocus()
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Return):
        QTest.keyClick(page.timeline.plot.canvas, key)
    assert page.timeline.chosen_action() == "ac00003"


def test_of_many_late_milestones_the_first_are_named_and_all_of_them_beside(
    qtbot: QtBot, opened: Open, filled: Session
) -> None:
    late = (Milestone(f"mi1{n:04}", "ac00003", f"Step {n}", date(2024, 2, n)) for n in range(1, 10))
    filled.put(T("Test"), *late)
    page = opened(filled)
    go(qtbot, page, "timeline")
    (shown,) = (one for one in page.timeline.findChildren(QLabel) if one.text().startswith("Late milestones"))
    assert shown.text().endswith("Step 6 and 4 more")
    assert shown.toolTip().count("Step") == 9 == shown.accessibleDescription().count("Step")


def test_a_reached_milestone_is_no_longer_late(qtbot: QtBot, opened: Open, filled: Session) -> None:
    page = opened(filled)
    go(qtbot, page, "timeline")
    held = filled.ledger.get("milestone", "mi00001")
    assert isinstance(held, Milestone)
    filled.put(T("Test"), replace(held, done="2024-04-30"))
    rested(qtbot, page)
    assert "Late milestones" not in words(page.timeline)


@pytest.mark.usefixtures("however_large")
def test_minutes_are_kept_with_a_decision(
    qtbot: QtBot, opened: Open, filled: Session, tmp_path: Path
) -> None:  # fmt: skip
    page = opened(filled)
    go(qtbot, page, "decisions")
    assert not page.decisions.attach.isEnabled() and not page.takes(tmp_path / "minutes.pdf")
    page.show_subject("re00001")
    minutes = tmp_path / "minutes.pdf"
    minutes.write_bytes(b"%PDF-1.7 minutes of the committee")
    assert page.decisions.attach.isEnabled() and page.takes(minutes) and page.takes(tmp_path / "table.csv")
    page.take([minutes])
    qtbot.waitUntil(lambda: bool(filled.ledger.evidence))
    rested(qtbot, page)
    (kept,) = filled.ledger.evidence
    assert (kept.name, kept.kind) == ("minutes.pdf", "minutes")
    held = filled.ledger.get("resolution", "re00001")
    assert isinstance(held, Resolution) and held.evidence == (kept.id,)
    page.show_subject("ac00001")
    assert "(minutes.pdf)" in inspected(page)
    filled.undo()
    assert filled.ledger.evidence == ()


def test_areas_get_names_and_owners(qtbot: QtBot, opened: Open, filled: Session) -> None:
    page = opened(filled)
    go(qtbot, page, "areas")
    table = page.areas.table
    assert len(table.model.records) == 8
    row, owner = table.model.row_of("heat"), [one.key for one in table.model.columns].index("owner")
    assert row is not None
    table.model.setData(table.model.index(row, owner), "Wang")
    rested(qtbot, page)
    (made,) = filled.ledger.held(ActionArea)
    assert (made.id, made.owner) == ("heat", "Wang")
    set_language("zh")
    assert page.found is not None
    named = next(one for one in page.found.summary.areas if one.area.key == "heat")
    assert named.area.name.in_language("zh") != made.name and named.area.owner == "Wang"  # its name is still shipped
    set_language("en")
    table.show_record("materials")
    page.areas.remove_chosen()  # shipped, and nothing is said of it
    assert len(filled.ledger.held(ActionArea)) == 1
    table.show_record("heat")
    page.areas.remove_chosen()
    rested(qtbot, page)
    assert filled.ledger.held(ActionArea) == () and len(table.model.records) == 8


# ---------------------------------------------------------------------- measured


def test_the_measured_effect_stands_beside_the_plan(qtbot: QtBot, opened: Open, filled: Session) -> None:
    made = keeping(replace(measure("lighting", name="Lamps"), id=""), filled.ledger, filled.library, "Li Na", WHEN)
    filled.edit(T("Test"), made.change.steps, made.data)
    (kept,) = filled.ledger.held(Measure)
    filled.put(T("Test"), action("ac00005", name="Lamps", energy=114_000, measure=kept.id, status="done", **START))
    page = opened(filled)
    go(qtbot, page, "measured")
    rows = [row for row in page.measured.table.model.records if row.year is not None]
    assert [row.action.action.id for row in rows] == ["ac00005"] * len(rows) and rows
    first = rows[0]
    assert first.year is not None and (first.year.planned_kwh, first.year.measured_kwh) == (
        Decimal(114_000),
        Decimal(91_200),
    )
    assert first.percent == 80
    data = page.measured.chart.data
    assert data is not None and data.beside
    assert [one.values[0] for one in data.series] == [first.year.planned_tonnes, first.year.measured_tonnes]
    page.measured.quantity.setCurrentIndex(1)
    page.measured.quantity.activated.emit(1)
    assert page.measured.chart.data is not None and page.measured.chart.data.series[1].values[0] == Decimal("91.2")
    wanted: list[tuple[str, object]] = []
    page.wanted.connect(lambda place, subject: wanted.append((place, subject)))
    page.measured.table.show_record(first.id)
    page.measured.table.view.doubleClicked.emit(page.measured.table.view.currentIndex())
    assert wanted == [("savings", kept.id)]
    made_widget = page.inspect()
    assert made_widget is not None
    link = next(one for one in made_widget.findChildren(QPushButton) if "Lamps" in one.text())
    link.click()
    assert wanted == [("savings", kept.id)] * 2


def test_without_measures_it_says_how_to_get_them(qtbot: QtBot, opened: Open, filled: Session) -> None:
    page = opened(filled)
    go(qtbot, page, "measured")
    assert "No effect is measured yet." in words(page.measured) and not page.measured.chart.isVisible()
    assert {row.year for row in page.measured.table.model.records} == {None}


# ---------------------------------------------------------------------- empty, read-only, walked


def test_an_empty_plan_says_what_belongs_there(qtbot: QtBot, opened: Open, bare: Session) -> None:
    page = opened(bare)
    for tab in TABS:
        go(qtbot, page, tab)
        if tab == "areas":
            continue
        begin = [
            one for one in page.findChildren(QPushButton)
            if one.isVisible() and one.text() in ("Add an action…", "Add…")
        ]  # fmt: skip
        assert begin and begin[0].isEnabled(), tab
    go(qtbot, page, "curve")
    assert "No cost curve yet" in words(page)
    page._begin[0].click()
    assert page.plan.part.dialog.isVisible() and page.tabs.currentIndex() == 0
    page.plan.part.dialog.reject()


def test_a_file_that_cannot_be_written_offers_nothing(
    opened: Open, filled: Session, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(Session, "writable", property(lambda _self: False))
    page = opened(filled)
    assert page.commands() == [] and not page.takes(tmp_path / "a.csv")
    page.show_subject("ac00001")
    for one in (page.add_button, page.plan.part.add, page.plan.part.attach, page.plan.part.change):
        assert not one.isEnabled()
    page.add()
    assert not hasattr(page.plan.part, "dialog")


def test_commands_begin_records(qtbot: QtBot, opened: Open, filled: Session) -> None:
    page = opened(filled)
    page.show_subject("ac00003")
    page.commands()[1].run()
    form = page.milestones.dialog
    assert page.tabs.currentIndex() == TABS.index("milestones") and form._reads["action"]() == "ac00003"
    form.reject()
    page.commands()[2].run()
    assert page.decisions.dialog.isVisible()
    page.decisions.dialog.reject()
    for subject, tab in (("mi00002", "milestones"), ("re00001", "decisions"), ("curve", "curve")):
        page.show_subject(subject)
        assert page.tabs.currentIndex() == TABS.index(tab)


def walked(qtbot: QtBot, page: ActionsPage) -> None:
    """Every tab: named, in order, nothing clipped, nothing scrolled sideways."""
    for tab in TABS:
        go(qtbot, page, tab)
        assert (tab, nameless(page)) == (tab, [])
        assert (tab, out_of_order(page)) == (tab, [])
        assert (tab, clipped(page)) == (tab, [])
        assert (tab, beyond(page)) == (tab, [])


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_tab_is_named_in_order_and_has_room(
    qtbot: QtBot, opened: Open, filled: Session, dressed: QApplication, lang: str
) -> None:
    set_language(lang)
    fonts.prepare(dressed)
    walked(qtbot, opened(filled))


def test_every_tab_has_room_for_long_words(
    qtbot: QtBot, opened: Callable[..., ActionsPage], filled: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    with stretched(monkeypatch):
        page = opened(filled, large=True)
        for tab in TABS:
            go(qtbot, page, tab)
            assert (tab, clipped(page)) == (tab, [])
