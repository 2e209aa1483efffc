"""The page about meters: list and rest, views of the values, problems, what a person enters, and files."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QItemSelectionModel, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from core.i18n import T
from core.inventory.period import year_of
from core.ledger import IntervalData, Meter, MeterExchange, Plant, PvSystem, Reading
from core.series.clock import mean_power
from core.series.curves import base_load, peak
from core.series.overview import year_sum
from core.series.profiles import heat_map, profile
from core.series.zones import begin_of
from core.store import PlantFile
from gui import fonts
from gui.language import set_language
from gui.meters.activities import ActivitiesDialog
from gui.meters.detail import DURATION, HEAT, LOAD, MONTHS, PROBLEMS, PROFILE, READINGS
from gui.meters.estimate import LINEAR, SAME_TIME, TOTAL, EstimateDialog
from gui.meters.form import ExchangeDialog, MeterDialog
from gui.meters.page import MetersPage
from gui.meters.words import percent
from gui.notices import Notice
from gui.pages import discover
from gui.pages.meters import create
from gui.session import Session
from gui.settings import Settings
from gui.window import Window
from tests.gui.showing import left_open, looked_at, settle, shown
from tests.gui.walk import beyond, clipped, nameless, out_of_order, stretched

MAIN, PV, LOADS, MACHINING, AIR, PAINT = "m001", "m002", "m004", "m005", "m006", "m007"


def page(qtbot: QtBot, session: Session, settings: Settings, width: int = 1060, year: int = 2025) -> MetersPage:
    session.show_year(year)
    made = create(session, settings)
    assert isinstance(made, MetersPage)
    shown(qtbot, made, session, width)
    rest(qtbot, made)
    return made


@pytest.fixture(scope="module")
def at_rest(dressed: QApplication, demo_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[MetersPage]:
    """The page of 2025 for the tests that only look at it."""
    folder = tmp_path_factory.mktemp("meters")
    with looked_at(demo_file, folder, 2025) as plant:
        made = create(plant, Settings(folder / "settings.ini"))
        assert isinstance(made, MetersPage)
        with left_open(made, plant):
            yield made


@pytest.fixture
def looked(qtbot: QtBot, at_rest: MetersPage) -> MetersPage:
    at_rest.detail.tabs.setCurrentIndex(LOAD)
    at_rest.list.go(MAIN)
    rest(qtbot, at_rest)
    return at_rest


def rest(qtbot: QtBot, made: MetersPage) -> None:
    """Until every meter was looked at and everything is painted."""
    qtbot.waitUntil(lambda: not made.examiner.busy, timeout=20_000)
    settle(qtbot)


def words(widget: QWidget) -> list[str]:
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisible()]


def told(made: MetersPage) -> list[Notice]:
    heard: list[Notice] = []
    made.told.connect(heard.append)
    return heard


def in_dialog(act: Callable[[], object], answer: Callable[[QDialog], None]) -> None:
    """Open a dialog, answer it, and see it closed."""
    seen: list[QDialog] = []

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QDialog)
        seen.append(dialog)
        answer(dialog)

    QTimer.singleShot(0, look)
    act()
    assert seen


# ---------------------------------------------------------------------- list


def test_the_list_shows_every_meter_below_its_parent_with_its_sum(looked: MetersPage) -> None:
    made, session = looked, looked._session
    rows = {row.id: row for row in made.list.table.model.records}
    assert [row.id for row in made.list.table.model.records if not row.rest] == [
        "m001", "m002", "m003", "m004", "m005", "m006", "m007", "m008", "m009",
    ]  # fmt: skip
    for row in rows.values():
        if not row.rest:
            assert row.total == year_sum(session.metered, row.meter, 2025)[0]
    assert [rows[key].depth for key in (LOADS, MACHINING, AIR)] == [0, 1, 1]
    whole, part = rows[LOADS].total, rows[AIR].total
    assert whole is not None and part is not None
    assert rows[AIR].share == pytest.approx(part / whole)
    name = made.list.table.model.columns[0]
    assert name.text(rows[AIR]).startswith("\u2003") and name.value(rows[AIR]) == rows[AIR].meter.name


def test_what_nobody_counted_below_a_meter_is_a_row_with_values(qtbot: QtBot, looked: MetersPage) -> None:
    made, session = looked, looked._session
    rows = {row.id: row for row in made.list.table.model.records}
    left = rows[f"rest:{LOADS}"]
    sums = [rows[key].total for key in (LOADS, MACHINING, AIR, PAINT)]
    assert all(one is not None for one in sums)
    assert left.total == (sums[0] or 0) - sum((one or Decimal(0) for one in sums[1:]), Decimal(0))
    assert made.list.go(left.id)
    settle(qtbot)
    values_of = made.detail.looked
    assert values_of is not None and values_of.series is not None
    parts = [session.metered.series(key) for key in (LOADS, MACHINING, AIR, PAINT)]
    values = [one.values for one in parts if one is not None]
    assert np.allclose(values_of.series.values, values[0] - values[1] - values[2] - values[3], equal_nan=True)
    assert np.isnan(values_of.series.values).sum() == 124  # where one of them has a gap nobody knows what is left
    assert not made.detail.tabs.isTabEnabled(READINGS)
    assert made.meter is None and made.inspect() is None


def test_problems_are_those_of_the_command_line_and_the_report(
    qtbot: QtBot, session: Session, settings: Settings
) -> None:
    from core.handover.energy import problems_of

    made = page(qtbot, session, settings)
    for row in made.list.table.model.records:
        if not row.rest:
            assert row.problems == problems_of(session.metered, row.meter, year_of(2025))
    assert made.list.go(AIR)
    made.detail.tabs.setCurrentIndex(PROBLEMS)
    settle(qtbot)
    found = [row.problem.check for row in made.detail.problems.table.model.records]
    assert found == ["gaps", "night_use", "calibration"]
    assert made.detail.tabs.tabText(PROBLEMS) == "Problems (3)"
    session.show_year(2024)
    rest(qtbot, made)
    assert "gaps" not in [row.problem.check for row in made.detail.problems.table.model.records]
    made.detail.problems.every.setChecked(True)
    rest(qtbot, made)
    assert "gaps" in [row.problem.check for row in made.detail.problems.table.model.records]


def test_nothing_is_examined_twice(qtbot: QtBot, session: Session, settings: Settings) -> None:
    made = page(qtbot, session, settings)
    begun = len(made.examiner._known)
    session.show_year(2024)
    rest(qtbot, made)
    session.show_year(2025)
    made.refresh()
    assert not made.examiner.busy
    assert len(made.examiner._known) == 2 * begun
    air = session.metered.meter(AIR)
    assert air is not None
    session.put(T("Meter {name} edited", name="x"), replace(air, highest=Decimal(100)))
    assert made.examiner.busy  # the limit is another, so the meter and the one above it are looked at again
    rest(qtbot, made)
    assert any(one.check == "limits" for one in made.examiner.problems(2025)[AIR])


# ---------------------------------------------------------------------- views


def test_the_figures_are_those_of_the_core(qtbot: QtBot, looked: MetersPage) -> None:
    made, session = looked, looked._session
    made.list.go(AIR)
    settle(qtbot)
    series = session.metered.series(AIR, date(2025, 1, 1), date(2025, 12, 31))
    assert series is not None
    highest, base = peak(series), base_load(series, session.metered.zone)
    assert highest is not None and base is not None
    assert made.detail.looked is not None and made.detail.looked.figures.peak == highest
    seen = words(made.detail.strip)
    assert f"{highest.power:.1f}" in seen and f"{base.power:.1f}" in seen
    assert "99.6" in seen and "124 missing" in seen
    row = made.list.current
    assert row is not None and f"{percent(row.share, 1)} % of parent" in seen


def test_the_load_of_several_meters_is_laid_over_each_other(looked: MetersPage) -> None:
    made, session = looked, looked._session
    choose(made, LOADS, AIR, "m008", "m009")
    load = made.detail.load
    assert load is not None
    tracks = load.plot.tracks
    assert [track.unit for track in tracks] == ["kW", "kW", "W/m²"]  # two axes, so no third unit
    assert [track.right for track in tracks] == [False, False, True]
    air = session.metered.series(AIR)
    assert air is not None and np.array_equal(tracks[1].values, mean_power(air), equal_nan=True)
    choose(made, LOADS)
    assert [track.kind for track in load.plot.tracks] == ["area"]


def choose(made: MetersPage, *keys: str) -> None:
    made.list.go(keys[0])
    model, chosen = made.list.table.model, made.list.table.view.selectionModel()
    flag = QItemSelectionModel.SelectionFlag
    for key in keys[1:]:
        row = model.row_of(key)
        assert row is not None
        chosen.select(model.index(row, 0), flag.Select | flag.Rows)


def test_limits_are_drawn_where_a_value_passes_them(qtbot: QtBot, session: Session, settings: Settings) -> None:
    made = page(qtbot, session, settings)
    made.list.go(MAIN)
    assert made.detail.load is not None and not made.detail.load.plot.canvas.limits
    main = session.metered.meter(MAIN)
    assert main is not None
    session.put(T("x"), replace(main, highest=Decimal(1500), lowest=Decimal(0)))
    assert [limit.value for limit in made.detail.load.plot.canvas.limits] == [1500.0]
    rest(qtbot, made)


def test_what_can_be_done_stands_in_the_menu_of_a_row(looked: MetersPage) -> None:
    made = looked
    made.list.go(AIR)
    menu = made._with_acts(made.list.table.view.menu())
    enabled = {action.text(): action.isEnabled() for action in menu.actions()}
    assert enabled["Edit the meter…"] and enabled["Copy"] and enabled["Export values as CSV…"]
    made.list.go(f"rest:{LOADS}")
    menu = made._with_acts(made.list.table.view.menu())
    assert not {action.text(): action.isEnabled() for action in menu.actions()}["Edit the meter…"]


def test_ranges_follow_the_local_calendar_and_stay_when_another_meter_is_chosen(
    qtbot: QtBot, session: Session, settings: Settings
) -> None:
    made = page(qtbot, session, settings)
    load = made.detail.load
    assert load is not None and load.days == (date(2025, 1, 1), date(2025, 12, 31))
    load.show_kind("month")
    assert load.days == (date(2025, 7, 1), date(2025, 7, 31))
    load.step(1)
    assert load.days == (date(2025, 8, 1), date(2025, 8, 31)) and load.kinds.key == "month"
    load.step(-1)
    load.show_kind("week")
    assert load.days == (date(2025, 7, 14), date(2025, 7, 20))
    assert load.days[0].weekday() == 0
    load.show_kind("day")
    before = load.days
    made.list.go(PAINT)
    assert load.days == before
    load.plot.canvas.zoom(0.5)
    assert load.kinds.key is None
    load.plot.reset()
    load.show_kind("year")
    load.step(1)
    load.step(1)
    assert load.days[1] == date(2025, 12, 31) and not load.after.isEnabled()


def test_of_a_year_that_has_just_begun_only_what_is_known_is_drawn(
    qtbot: QtBot, session: Session, settings: Settings
) -> None:
    made = page(qtbot, session, settings)
    load = made.detail.load
    assert load is not None
    low, high = load.plot.canvas.whole
    begin = begin_of(date(2025, 12, 1), session.metered.zone)
    load.plot.canvas.whole = (low, begin + 10 * 86_400)
    load.plot.show_range(low, low + 86_400)
    load.show_year(2025)
    assert load.days == (date(2025, 1, 1), date(2025, 12, 10))
    load.plot.canvas.whole = (low, high)


def test_the_months_are_gone_to_from_another_page(qtbot: QtBot, session: Session, settings: Settings) -> None:
    made = page(qtbot, session, settings)
    made.show_subject("months")
    assert made.detail.tabs.currentIndex() == MONTHS
    assert made.meter is not None


def test_another_year_moves_the_load(qtbot: QtBot, session: Session, settings: Settings) -> None:
    made = page(qtbot, session, settings)
    session.show_year(2024)
    settle(qtbot)
    assert made.detail.load is not None
    assert made.detail.load.days == (date(2024, 1, 1), date(2024, 12, 31))


def test_a_problem_leads_to_its_place(qtbot: QtBot, looked: MetersPage) -> None:
    made = looked
    made.list.go(PAINT)
    made.detail.tabs.setCurrentIndex(PROBLEMS)
    settle(qtbot)
    problem = made.detail.problems.current
    assert problem is not None and problem.check == "stuck"
    made.detail.problems.go.click()
    assert made.detail.tabs.currentIndex() == LOAD
    assert made.detail.load is not None
    first, last = made.detail.load.plot.range
    assert first < problem.start < problem.end < last
    assert last - first < 4 * 86_400
    assert problem.start < (made.detail.load.plot.canvas.at or 0) < problem.end


def test_each_view_shows_what_the_core_says(looked: MetersPage) -> None:
    made, session = looked, looked._session
    made.list.go(AIR)
    zone = session.metered.zone
    series = session.metered.series(AIR, date(2025, 1, 1), date(2025, 12, 31))
    assert series is not None
    made.detail.tabs.setCurrentIndex(HEAT)
    heat = made.detail.heat.plot.data
    assert heat is not None and np.array_equal(heat.values, heat_map(series, zone).mean, equal_nan=True)
    made.detail.tabs.setCurrentIndex(PROFILE)
    drawn = made.detail.profile.plot.data
    known = profile(series, zone, kinds="working")
    assert drawn is not None and [line.kind for line in drawn.lines] == ["band", "step", "step"]
    assert np.array_equal(drawn.lines[1].y[:-1], known.mean[0])
    assert drawn.lines[1].x[-1] == 24.0
    made.detail.tabs.setCurrentIndex(DURATION)
    curve = made.detail.duration.plot.data
    assert curve is not None and [line.name for line in curve.lines] == ["2025", "2024"]
    assert [line.dashed for line in curve.lines] == [False, True]
    assert made.detail.looked is not None and made.detail.looked.figures.base is not None
    assert [limit.value for limit in curve.limits] == [made.detail.looked.figures.base.power]


def test_the_period_can_be_a_month_or_what_the_load_shows(qtbot: QtBot, session: Session, settings: Settings) -> None:
    made = page(qtbot, session, settings)
    made.list.go(AIR)
    assert made.detail.load is not None
    made.detail.tabs.setCurrentIndex(DURATION)
    plot, period = made.detail.duration.plot, made.detail.duration.period

    def pick(key: str) -> float:
        period.setCurrentIndex(period.findData(key))
        period.activated.emit(period.currentIndex())
        assert plot.data is not None
        return float(plot.data.lines[0].x[-1])

    assert pick("2") == 28 * 24
    assert pick("8") == 31 * 24 - 31
    assert pick("year") == 365 * 24 - 31
    assert pick("all") == (365 + 366) * 24 - 31
    made.detail.tabs.setCurrentIndex(LOAD)
    made.detail.load.show_kind("day")
    made.detail.tabs.setCurrentIndex(DURATION)
    assert pick("load") == 24
    made.detail.tabs.setCurrentIndex(PROFILE)
    assert made.detail.profile.period.key == "load"  # one period for all views
    made.detail.tabs.setCurrentIndex(LOAD)
    made.detail.load.show_kind("week")
    made.detail.tabs.setCurrentIndex(DURATION)
    assert plot.data is not None and plot.data.lines[0].x[-1] == 7 * 24


def test_months_stand_beside_those_of_the_year_before(looked: MetersPage) -> None:
    made, session = looked, looked._session
    made.list.go(AIR)
    made.detail.tabs.setCurrentIndex(MONTHS)
    data, table = made.detail.months.bars.data, made.detail.months.table
    assert data is not None and table is not None
    sums = session.metered.monthly(AIR, date(2024, 1, 1), date(2025, 12, 31))
    assert data.before[0] == pytest.approx(float(sums[0].total) / 1000)
    assert data.now[0] == pytest.approx(float(sums[12].total) / 1000)
    assert data.unit == "MWh" and data.partial == tuple(month == 8 for month in range(1, 13))
    rows = table.model.records
    assert [row.id for row in rows][-1] == "total" and len(rows) == 13
    assert rows[7].change is None and rows[0].change is not None  # August has a gap, so nothing compares
    assert rows[0].base is not None
    assert data.base[0] == pytest.approx(rows[0].base.power * 31 * 24 / 1000)
    assert all(base < now for base, now in zip(data.base, data.now, strict=True))


def test_a_sensor_has_means_and_no_base_load(qtbot: QtBot, looked: MetersPage) -> None:
    made = looked
    made.list.go("m009")
    settle(qtbot)
    seen = words(made.detail.strip)
    assert "Mean 2025" in seen and "Base load" not in seen and "Load factor" not in seen
    made.detail.tabs.setCurrentIndex(MONTHS)
    data = made.detail.months.bars.data
    assert data is not None and data.unit == "°C" and min(data.now) < 0


# ---------------------------------------------------------------------- acts


def test_a_meter_is_added_edited_and_deleted_and_each_is_undone(
    qtbot: QtBot, session: Session, settings: Settings
) -> None:
    made = page(qtbot, session, settings)

    def fill(dialog: QDialog) -> None:
        assert isinstance(dialog, MeterDialog)
        dialog.name.line.setText("Hall 3")
        dialog.parent_meter.set(LOADS)
        dialog.multiplier.line.setText("40")
        dialog.calibrated.line.setText("2027-06")
        dialog.go.click()

    in_dialog(made.add, fill)
    added = made.meter
    assert added is not None
    assert (added.name, added.parent, added.multiplier, added.calibrated_to) == (
        "Hall 3", LOADS, Decimal(40), "2027-06-30",
    )  # fmt: skip
    assert added.unit == "kWh" and added.direction == "consumption"

    def rename(dialog: QDialog) -> None:
        assert isinstance(dialog, MeterDialog)
        dialog.name.line.setText("Hall 4")
        dialog.go.click()

    in_dialog(made.edit, rename)
    assert made.meter is not None and made.meter.name == "Hall 4" and made.meter.id == added.id
    session.undo()
    session.undo()
    assert session.ledger.get("meter", added.id) is None


def test_deleting_a_meter_takes_its_values_and_leaves_no_loose_end(
    qtbot: QtBot, session: Session, settings: Settings
) -> None:
    made = page(qtbot, session, settings)
    before = session.ledger
    heard = told(made)
    made.list.go(LOADS)
    made.remove()
    assert session.ledger.get("intervals", LOADS) is None
    assert [m.parent for m in session.ledger.held(Meter) if m.id in (MACHINING, AIR, PAINT)] == ["", "", ""]
    made.list.go(PV)
    made.remove()
    assert all(PV not in one.generation for one in session.ledger.held(PvSystem))
    assert "no longer go by it" in heard[-1].sentence
    assert heard[-1].action is not None
    heard[-1].action[1]()
    heard[-2].action[1]() if heard[-2].action else session.undo()
    assert session.ledger.to_plain() == before.to_plain()


def test_what_contradicts_the_values_is_refused_beside_the_fields(
    qtbot: QtBot, session: Session, settings: Settings
) -> None:
    made = page(qtbot, session, settings)
    made.list.go(AIR)
    seen: list[str] = []

    def wrong(dialog: QDialog) -> None:
        assert isinstance(dialog, MeterDialog)
        dialog.unit.set("MWh")
        dialog.go.click()
        seen.extend(words(dialog))
        dialog.reject()

    in_dialog(made.edit, wrong)
    assert any("another unit would change what they mean" in text for text in seen)
    assert made.meter is not None and made.meter.unit == "kWh"


def test_a_field_that_cannot_be_read_says_so_itself(qtbot: QtBot, session: Session) -> None:
    dialog = MeterDialog(session)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.multiplier.line.setText("forty")
    dialog.digits.line.setText("99")
    dialog.go.click()
    assert "Please fill this in." in dialog.name.message
    assert "forty" in dialog.multiplier.message and "99" in dialog.digits.message
    assert dialog.kept is None


def test_the_form_offers_only_what_fits(qtbot: QtBot, session: Session) -> None:
    air = session.metered.meter(LOADS)
    dialog = MeterDialog(session, air)
    qtbot.addWidget(dialog)
    parents = {dialog.parent_meter.box.itemData(i) for i in range(dialog.parent_meter.box.count())}
    assert MAIN in parents and not {LOADS, AIR, MACHINING, "m008"} & parents  # no circle, nothing of another medium
    dialog.medium.set("temperature")
    assert dialog.direction.read() == "sensor"
    assert dialog.unit.read() == "degC"


def test_an_exchange_is_entered_corrected_and_deleted(qtbot: QtBot, session: Session, settings: Settings) -> None:
    made = page(qtbot, session, settings)
    made.list.go(MAIN)

    def fill(dialog: QDialog) -> None:
        assert isinstance(dialog, ExchangeDialog)
        dialog.day.line.setText("2025-05-01")
        dialog.last.line.setText("99321")
        dialog.serial.line.setText("NEW-7")
        dialog.go.click()

    in_dialog(made.exchange, fill)
    held = session.ledger.held(MeterExchange)
    assert [(one.meter, one.last, one.first, one.multiplier) for one in held] == [
        (MAIN, Decimal(99321), Decimal(0), Decimal(6000))
    ]
    row = made.list.current
    assert row is not None and row.serial == "NEW-7"  # the plate that hangs there now
    made.detail.tabs.setCurrentIndex(READINGS)
    settle(qtbot)
    assert any("Exchanged on 2025-05-01" in text for text in words(made.detail.readings))
    made.detail.readings._remove(held[0])
    assert session.ledger.held(MeterExchange) == ()


def test_a_gap_is_estimated_on_purpose_and_stays_marked(qtbot: QtBot, session: Session, settings: Settings) -> None:
    made = page(qtbot, session, settings)
    made.list.go(AIR)
    made.detail.tabs.setCurrentIndex(PROBLEMS)
    settle(qtbot)
    before = session.metered.monthly(AIR, date(2025, 8, 1), date(2025, 8, 31))[0]
    seen: dict[str, str] = {}

    def answer(dialog: QDialog) -> None:
        assert isinstance(dialog, EstimateDialog)
        dialog.go.click()
        seen["no reason"] = dialog.reason.message
        choose_method(dialog, LINEAR)
        seen["linear"] = dialog.gives.text()
        assert not dialog.go.isEnabled()  # 31 hours are too long for a straight line
        choose_method(dialog, TOTAL)
        seen["total"] = dialog.gives.text()
        dialog.total.line.setText("250000")
        dialog.where.line.setText("Bill 8")
        dialog.calculate()
        by_total = dialog.estimate
        assert by_total is not None and by_total.amount == pytest.approx(250_000 - float(before.total))
        choose_method(dialog, SAME_TIME)
        assert dialog.estimate is not None and dialog.estimate.count == 124
        assert dialog.plot.tracks[0].estimated is not None and dialog.plot.tracks[0].estimated.sum() == 124
        dialog.reason.line.setText("Logger without power")
        dialog.go.click()

    assert made.detail.problems.estimate.isEnabled()
    in_dialog(made.detail.problems.estimate.click, answer)
    assert "Please fill this in." in seen["no reason"]
    assert "31" in seen["linear"] and "Enter the total" in seen["total"]
    after = session.metered.monthly(AIR, date(2025, 8, 1), date(2025, 8, 31))[0]
    assert (after.present, after.estimated) == (after.expected, 124)
    entry = session.history(kept(session, AIR))[0]
    assert "Logger without power" in str(entry.change.why) and "Mean of the measured values" in str(entry.change.why)
    rest(qtbot, made)
    assert made.detail.load is not None
    made.detail.tabs.setCurrentIndex(LOAD)
    assert made.detail.load.plot.tracks[0].estimated is not None
    session.undo()
    assert session.metered.monthly(AIR, date(2025, 8, 1), date(2025, 8, 31))[0] == before


def choose_method(dialog: EstimateDialog, method: str) -> None:
    dialog.method.setCurrentIndex(dialog.method.findData(method))
    dialog.method.activated.emit(dialog.method.currentIndex())


def kept(session: Session, meter: str) -> IntervalData:
    found = session.ledger.get("intervals", meter)
    assert isinstance(found, IntervalData)
    return found


def test_months_become_activity_data_once(qtbot: QtBot, session: Session, settings: Settings) -> None:
    made = page(qtbot, session, settings)
    made.list.go(MAIN)
    own = [a for a in session.ledger.activities if a.source == session.metered.meters[0].source]
    session.remove(T("{count} rows of activity data deleted", count=len(own)), *own)
    seen: list[int] = []

    def answer(dialog: QDialog) -> None:
        assert isinstance(dialog, ActivitiesDialog)
        assert not dialog.go.isEnabled()  # nobody says by which method
        dialog.method.set("purchased_electricity")
        dialog.method.changed.emit()
        seen.append(len(dialog.rows.model.records))
        dialog.go.click()

    in_dialog(made.enter_months, answer)
    assert seen == [12]
    entered = [a for a in session.ledger.activities if a.source == session.metered.meters[0].source]
    sums = session.metered.monthly(MAIN, date(2025, 1, 1), date(2025, 12, 31))
    assert [(a.start, a.quantity, a.unit) for a in entered] == [(one.month, one.total, "kWh") for one in sums]
    assert {a.method for a in entered} == {"purchased_electricity"}

    def again(dialog: QDialog) -> None:
        assert isinstance(dialog, ActivitiesDialog)
        seen.append(len(dialog.left.model.records))
        assert dialog.method.value == "purchased_electricity" and not dialog.go.isEnabled()
        dialog.reject()

    in_dialog(made.enter_months, again)
    assert seen == [12, 12]
    session.undo()
    assert [a for a in session.ledger.activities if a.source == session.metered.meters[0].source] == []


def test_a_meter_without_a_source_says_what_is_missing(looked: MetersPage) -> None:
    made = looked
    heard = told(made)
    made.list.go(AIR)
    made.enter_months()
    assert "belongs to no emission source" in heard[-1].sentence


# ---------------------------------------------------------------------- files


def test_values_leave_as_csv(qtbot: QtBot, session: Session, settings: Settings, tmp_path: Path) -> None:
    made = page(qtbot, session, settings)
    made.list.go(AIR)
    assert made.meter is not None
    heard = told(made)
    job = made.intake.write(tmp_path / "air.csv", [made.meter])
    qtbot.waitUntil(lambda: not job.running, timeout=20_000)
    with (tmp_path / "air.csv").open(encoding="utf-8-sig", newline="") as stream:
        heads, *rows = csv.reader(stream)
    series = session.metered.series(AIR)
    assert series is not None and len(rows) == len(series)
    value, status = heads.index("value"), heads.index("status")
    assert float(rows[5][value]) == series.values[5]
    assert sum(row[status] == "missing" for row in rows) == 124
    assert "air.csv" in heard[-1].sentence


def test_the_dialog_of_an_import_opens_after_the_look_at_the_file_has_ended(
    qtbot: QtBot, session: Session, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = page(qtbot, session, settings)
    (tmp_path / "air.csv").write_text("time,kWh\n2025-01-01 00:00,1\n2025-01-01 00:15,2\n2025-01-01 00:30,3\n")
    heard: list[str] = []
    monkeypatch.setattr("gui.meters.import_dialog.SeriesImportDialog.exec", lambda _dialog: heard.append("asked"))
    made.working.connect(lambda job, _doing: job.ended.connect(lambda: heard.append("ended")))
    made.intake.begin([tmp_path / "air.csv"])
    qtbot.waitUntil(lambda: len(heard) == 2, timeout=20_000)
    assert heard == ["ended", "asked"]
    rest(qtbot, made)


def test_an_import_is_told_with_the_year_its_values_are_of(qtbot: QtBot, session: Session, settings: Settings) -> None:
    made = page(qtbot, session, settings)
    heard = told(made)
    made.intake.imported.emit("96 values of “a.csv” were imported.", AIR, 2025)
    assert heard[-1].action is not None and heard[-1].action[0] == "Undo"
    assert made.meter is not None and made.meter.id == AIR and made.list.table.view.hasFocus()
    made.intake.imported.emit("96 values of “a.csv” were imported.", MAIN, 2026)
    last = heard[-1]
    assert last.sentence == "96 values of “a.csv” were imported. The values are of 2026; this page shows 2025."
    assert last.action is not None and last.action[0] == "Show 2026"
    last.action[1]()
    assert session.year == 2026


def test_files_are_taken_only_while_the_page_is_shown(qtbot: QtBot, session: Session, settings: Settings) -> None:
    made = page(qtbot, session, settings)
    assert made.takes(Path("a.csv")) and made.takes(Path("b.XML")) and not made.takes(Path("c.pdf"))
    made.hide()
    assert not made.takes(Path("a.csv"))


# ---------------------------------------------------------------------- beginnings


def test_a_plant_without_meters_says_how_to_begin(qtbot: QtBot, bare: Session, settings: Settings) -> None:
    made = create(bare, settings)
    assert isinstance(made, MetersPage)
    shown(qtbot, made, bare)
    assert any("Here stand the meters" in text for text in words(made))
    bare.put(T("Meter {name} added", name="A"), Meter("m1", "A", "electricity", "import", "kWh"))
    settle(qtbot)
    assert [row.meter.name for row in made.list.table.model.records] == ["A"]
    assert any("No interval data yet" in text for text in words(made.detail))
    for place in range(made.detail.tabs.count()):  # every view of a meter without values is a sentence
        made.detail.tabs.setCurrentIndex(place)
        settle(qtbot)
    rest(qtbot, made)


@pytest.fixture
def wide(tmp_path: Path) -> Iterator[Session]:
    """A plant in a country of several time zones."""
    path = tmp_path / "wide.plant"
    PlantFile.create(path, Plant("Test", "US"), "Li Na", datetime(2024, 1, 1, tzinfo=UTC))
    made = Session(PlantFile.open(path), "Li Na", 2024)
    yield made
    made.close()


def test_the_time_zone_is_asked_where_it_is_not_known(qtbot: QtBot, wide: Session, settings: Settings) -> None:
    made = create(wide, settings)
    assert isinstance(made, MetersPage)
    shown(qtbot, made, wide)
    question = made._question
    assert question is not None and question.isVisible()
    question.keep.click()
    assert question.zone.message  # nothing is chosen yet
    question.zone.set("America/Chicago")
    question.keep.click()
    assert wide.ledger.plant.timezone == "America/Chicago"
    assert not question.isVisible()
    wide.undo()
    assert wide.ledger.plant.timezone == ""


def test_the_keyboard_leaves_the_list_for_the_views(qtbot: QtBot, session: Session, settings: Settings) -> None:
    made = page(qtbot, session, settings)
    view = made.list.table.view
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert made.detail.load is not None and made.detail.load.plot.canvas.hasFocus()
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Tab)
    focus = QApplication.focusWidget()
    assert focus is not None and made.detail.isAncestorOf(focus)
    for place, command in enumerate(made.commands()[-7:]):
        command.run()
        assert made.detail.tabs.currentIndex() == place


def test_the_inspector_tells_of_the_meter_that_is_looked_at(qtbot: QtBot, looked: MetersPage) -> None:
    made = looked
    made.list.go(MAIN)
    widget = made.inspect()
    assert widget is not None
    qtbot.addWidget(widget)
    assert "DEMO-ZJK-0001" in [label.text() for label in widget.findChildren(QLabel)]


def test_a_reading_shows_beside_its_intervals(qtbot: QtBot, session: Session, settings: Settings) -> None:
    made = page(qtbot, session, settings)
    made.list.go(AIR)
    total = session.metered.monthly(AIR, date(2025, 3, 1), date(2025, 3, 31))[0].total
    session.put(T("x"), Reading("r000001", AIR, date(2025, 3, 1), date(2025, 3, 31), total))
    made.detail.tabs.setCurrentIndex(READINGS)
    assert made.detail.readings.table is not None
    row = made.detail.readings.table.model.records[0]
    assert row.amount == row.counted == total
    held = session.ledger.get("reading", "r000001")
    assert isinstance(held, Reading)
    session.put(T("x"), replace(held, value=total * 2))
    row = made.detail.readings.table.model.records[0]
    assert row.apart == Decimal("-0.5")


# ---------------------------------------------------------------------- eyes and hands


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_view_can_be_read_and_operated(qtbot: QtBot, session: Session, settings: Settings, lang: str) -> None:
    set_language(lang)
    made = page(qtbot, session, settings)
    made.list.go(AIR)
    for place in range(made.detail.tabs.count()):
        made.detail.tabs.setCurrentIndex(place)
        rest(qtbot, made)
        assert nameless(made) == []
        assert out_of_order(made) == []
        assert clipped(made) == []
        assert beyond(made) == []


def test_words_of_twice_the_length_have_room(
    qtbot: QtBot, session: Session, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    with stretched(monkeypatch):
        made = page(qtbot, session, settings, 1680)
        made.list.go(AIR)
        for place in range(made.detail.tabs.count()):
            made.detail.tabs.setCurrentIndex(place)
            rest(qtbot, made)
            assert clipped(made) == []


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_nothing_must_be_scrolled_on_a_small_laptop(
    qtbot: QtBot, session: Session, settings: Settings, lang: str, dressed: QApplication
) -> None:
    set_language(lang)
    fonts.prepare(dressed)
    session.show_year(2025)
    window = Window(session, settings, discover("plant"), empty=True)
    qtbot.addWidget(window)
    window.resize(1280, 800)
    window.show()
    window.go("meters")
    made = window.page("meters")
    assert isinstance(made, MetersPage)
    for place in range(made.detail.tabs.count()):
        made.detail.tabs.setCurrentIndex(place)
        rest(qtbot, made)
    above = made.parentWidget()
    while not isinstance(above, QScrollArea):
        assert above is not None
        above = above.parentWidget()
    assert above.verticalScrollBar().maximum() == above.horizontalScrollBar().maximum() == 0
