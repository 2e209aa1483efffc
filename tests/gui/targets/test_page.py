"""Targets in the window: figures, pathway, each tab, records, rules, credits, undo; both languages and long words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from core.entering.keeping import keeping
from core.entering.plant import FORMS
from core.handover.ahead import TargetsOf, simulated, targets_of
from core.i18n import T
from core.ledger import (
    Activity,
    BasePolicy,
    Commitment,
    Credit,
    Driver,
    EarlierYear,
    Plant,
    Recalculation,
    Record,
    RuleValue,
    Scenario,
    Target,
)
from core.renewables.shares import CERTIFIED
from core.store import PlantFile
from core.targets.budget import budget
from gui import fonts
from gui.language import set_language
from gui.pages import discover
from gui.renewables.words import shown_share
from gui.session import Session
from gui.settings import Settings
from gui.targets.page import KINDS, TargetsPage
from gui.window import Window
from tests.gui.showing import looked_at, settle
from tests.gui.walk import beyond, clipped, nameless, out_of_order, stretched

BOTH = ("scope1", "scope2_location")
HALF = Target("ta1", "Half by 2030", "near_term", BOTH, 2023, 2030, Decimal(50), "sbti_nz_1_3")
GREEN = Target("ta2", "All green", "renewable", (), 2023, 2027, Decimal(100))
ZERO = Target("ta3", "Net zero", "net_zero", ("scope1", "scope2_location", "scope3"), 2023, 2050, Decimal(90), "own")
STEADY = Scenario("sc1", "As planned", 2035, draws=100, seed=42)
BOLD = Scenario("sc2", "Bold", 2035, grid_decline=Decimal(8), draws=100)
CARS = Driver("dr1", "Cars", "production", "car", BOTH, values=(("2024", "100"),), growth=Decimal(4))
SOLD = Recalculation("rc1", date(2024, 5, 1), "structure", "Paint shop sold", (("2023 scope1", "-400"),))
NEUTRAL = Commitment("cm1", "Operations", BOTH, 2024, "claimed")
CREDIT = Credit("cr1", "CCER", "Forest", "removal_nature", "CN", 2024, "CCER-001–CCER-050", Decimal(50))
EVERYTHING: tuple[Record, ...] = (
    HALF, GREEN, ZERO, STEADY, BOLD, CARS, SOLD, NEUTRAL, CREDIT, BasePolicy(2023),
    EarlierYear("ey1", 2020, "scope1", Decimal(700), "Report 2020, p. 4"),
)  # fmt: skip
RANGE = "Likely range, P10 to P90"
Open = Callable[..., TargetsPage]


def bill(year: int, kwh: int) -> Activity:
    days = date(year, 1, 1), date(year, 12, 31)
    return Activity(
        f"a{year}", "Main", "purchased_electricity", "electricity", *days, Decimal(kwh), "kWh", evidence="E"
    )


def words(widget: QWidget) -> str:
    return "\n".join(one.text() for one in widget.findChildren(QLabel) if one.isVisibleTo(widget))


@pytest.fixture
def filled(bare: Session) -> Session:
    fill(bare)
    return bare


def fill(bare: Session) -> None:
    """Above its pathway in 2024."""
    bare.put(T("Test"), bill(2023, 1_000_000), bill(2024, 1_100_000), *EVERYTHING)


@pytest.fixture
def opened(qtbot: QtBot, settings: Settings) -> Open:
    def open_on(session: Session) -> TargetsPage:
        window, page = window_on(session, settings)
        qtbot.addWidget(window)
        rest(qtbot, page)
        return page

    return open_on


def window_on(session: Session, settings: Settings) -> tuple[Window, TargetsPage]:
    window = Window(session, settings, discover("plant"), empty=True)
    window.resize(1280, 800)
    window.show()
    window.go("targets")
    page = window.page("targets")
    assert isinstance(page, TargetsPage)
    return window, page


@pytest.fixture(scope="module")
def at_rest(dressed: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TargetsPage]:
    """The page of the filled plant for the tests that only look at it."""
    folder = tmp_path_factory.mktemp("targets")
    path = folder / "filled.plant"
    PlantFile.create(path, Plant("Test", "CN", "CN-HE"), "Li Na", datetime(2024, 1, 1, tzinfo=UTC))
    with PlantFile.open(path) as plant:
        filling = Session(plant, "Li Na", 2024)
        fill(filling)
    with looked_at(path, tmp_path_factory.mktemp("looked"), 2024) as session:
        set_language("en")
        window, page = window_on(session, Settings(folder / "settings.ini"))
        yield page
        window.close()
        window.deleteLater()


@pytest.fixture
def page(qtbot: QtBot, at_rest: TargetsPage) -> TargetsPage:
    at_rest.go("pathway")
    rest(qtbot, at_rest)
    return at_rest


def rest(qtbot: QtBot, page: TargetsPage) -> None:
    settle(qtbot, page.latest, page.latest_width)
    settle(qtbot, page.latest, page.latest_width)


def look(qtbot: QtBot, page: TargetsPage, key: str) -> None:
    """Bring a tab to the front and wait for its words."""
    page.go(key)
    rest(qtbot, page)


def core_of(session: Session, scenario: str = "") -> TargetsOf:
    return targets_of(session.ledger, session.year, session.library, session.file.blob, scenario=scenario)


# ---------------------------------------------------------------------- figures and pathway


def test_the_big_numbers_are_those_of_the_core(page: TargetsPage) -> None:
    found = core_of(page._session)
    one = next(one for one in found.status.targets if one.target.id == "ta1")
    assert one.gap is not None
    assert one.budget is not None
    said = words(page)
    assert f"+{float(one.gap.gap):,.1f}" in said
    assert "above the pathway" in said
    assert str(one.budget.exhausted_forecast) in said
    assert "nothing may be said" in said
    assert "Renewable electricity" in said
    assert found.share is not None
    assert shown_share(found.share.shown(CERTIFIED)) in said
    assert "not reached yet: 100\u00a0% are promised for 2027" in said
    assert "2050" in said


def test_without_a_promise_of_renewable_electricity_there_is_no_card(opened: Open, filled: Session) -> None:
    promise = next(one for one in filled.ledger.held(Target) if one.kind == "renewable")
    filled.put(T("Test"), replace(promise, status="withdrawn"))
    page = opened(filled)
    assert "are promised for" not in words(page)


def test_a_target_is_added_by_one_button(qtbot: QtBot, page: TargetsPage) -> None:
    assert page.add_button.isVisible()
    look(qtbot, page, "targets")
    assert not page.add_button.isVisible(), "the table has its own"
    look(qtbot, page, "budget")
    assert page.add_button.isVisible()


def test_the_pathway_shows_what_was_and_what_is_to_come(page: TargetsPage) -> None:
    data = page.plot.data
    assert data is not None
    lines = {line.name: line for line in data.lines}
    assert {"Pathway", "Actual", "Likely range, P10 to P90", "Forecast with actions", "Forecast without actions"} <= {
        *lines
    }
    assert lines["Pathway"].y[-1] == pytest.approx(lines["Pathway"].y[0] / 2)
    drawn = simulated(core_of(page._session))
    assert drawn is not None
    band = drawn.band(2030, "ta1")
    assert band is not None
    place = list(lines[RANGE].x).index(2030.0)
    assert lines[RANGE].y[place] == pytest.approx(float(band.p10))
    assert lines[RANGE].top[place] == pytest.approx(float(band.p90))
    assert max(line.x.max() for line in data.lines) == 2033  # not to 2035: beyond the target nobody asked


def test_another_target_and_all_scopes_are_shown_when_chosen(qtbot: QtBot, opened: Open, filled: Session) -> None:
    page = opened(filled)
    assert [page.target.itemData(place) for place in range(page.target.count())] == ["ta1", "ta3", ""]
    for place, title in ((1, "Net zero"), (2, "All scopes")):
        page.target.setCurrentIndex(place)
        page.target.activated.emit(place)
        rest(qtbot, page)
        assert page.plot.data is not None
        assert page.plot.data.title == title
    assert page.one is None


def test_another_scenario_and_a_promised_share_change_the_forecast(qtbot: QtBot, opened: Open, filled: Session) -> None:
    page = opened(filled)

    def of_2030(line: str) -> float:
        assert page.plot.data is not None
        found = next(one for one in page.plot.data.lines if one.name == line)
        return float(found.y[list(found.x).index(2030.0)])

    before = of_2030("Forecast with actions")
    page.scenario.setCurrentIndex(1)
    page.scenario.activated.emit(1)
    rest(qtbot, page)
    assert of_2030("Forecast with actions") < before
    assert page.found is not None
    assert page.found.scenario == BOLD
    page.share.setCurrentIndex(1)
    page.share.activated.emit(1)
    rest(qtbot, page)
    assert page.found.shares[-1] == (2027, Decimal(100))


def test_nothing_is_asked_twice_and_a_change_asks_anew(qtbot: QtBot, opened: Open, filled: Session) -> None:
    page = opened(filled)
    first = page.found
    page.refresh()
    rest(qtbot, page)
    assert page.found is first
    filled.put(T("Test"), replace(HALF, reduction=Decimal(10)))
    rest(qtbot, page)
    assert page.found is not first
    assert page.one is not None
    assert page.one.target.reduction == 10


# ---------------------------------------------------------------------- tabs


def test_targets_carry_state_gap_and_what_is_to_be_said(qtbot: QtBot, page: TargetsPage) -> None:
    look(qtbot, page, "targets")
    columns = {column.key: column for column in page.targets.table.model.columns}
    by_id = {record.id: record for record in page.targets.table.model.records}
    assert columns["judgement"].text(by_id["ta2"]) == "not reached yet"
    assert columns["gap"].text(by_id["ta1"]).startswith("+")
    assert columns["gap"].text(by_id["ta2"]) == "–"
    page.targets.table.show_record("ta1")
    inspector = page.inspect()
    assert inspector is not None
    said = words(inspector)
    assert "Coverage" in said
    assert "Needed each year from now on" in said
    assert page.one is not None
    page.targets.table.show_record("ta3")
    net_zero = page.targets.status(ZERO)
    assert net_zero is not None
    assert net_zero.judged
    said = words(inspected(page))
    assert all(one.message.in_language("en") in said for one in net_zero.judged)


def test_the_base_year_shows_what_waits_against_the_threshold(qtbot: QtBot, page: TargetsPage) -> None:
    look(qtbot, page, "base")
    base = core_of(page._session).status.base_year
    assert base is not None
    assert base.due
    assert base.waiting is not None
    said = words(page.base)
    assert f"{base.waiting:,.2f}" in said
    assert "were not recalculated" in said
    [row] = page.base.triggers.table.model.records
    columns = {column.key: column for column in page.base.triggers.table.model.columns}
    assert columns["effect"].text(row) == "−400.0"
    page.base.ask_policy()
    assert page.base.dialog.isVisible()
    page.base.dialog.reject()


def test_years_show_both_series_once_something_was_recalculated(qtbot: QtBot, opened: Open, filled: Session) -> None:
    done = replace(SOLD, decision="recalculate", decided_by="Li Na", reason="above the threshold")
    filled.put(T("Test"), done)
    page = opened(filled)
    look(qtbot, page, "years")
    tab = page.places["years"][1]
    rows = {row.id: row for row in tab.table.model.records}  # type: ignore[attr-defined]
    assert rows[2023].difference == -400
    assert rows[2024].difference == 0
    assert rows[2020].original is None  # only scope 1 is known of it
    assert rows[2020].scopes[0] == 700


def test_the_forecast_is_taken_apart_and_tells_its_seed(qtbot: QtBot, page: TargetsPage) -> None:
    look(qtbot, page, "forecast")
    assert "100 draws with the seed 42" in words(page.ahead)
    assert page.ahead.year.currentData() == 2030
    data = page.ahead.chart.data
    assert data is not None
    found = core_of(page._session)
    assert found.forecast is not None
    last = found.forecast.series(BOTH)[2030]
    assert data.categories[0] == "2024"
    assert data.series[0].values[-1] == last
    rows = {row.id: row for row in page.ahead.table.model.records}
    assert rows[2030].steps.result == last
    assert rows[2030].allowed is not None
    drawn = [rows[2030].drawn(place) for place in range(3)]
    assert drawn == sorted(drawn)  # type: ignore[type-var]
    assert None not in drawn


def test_scenarios_stand_side_by_side(qtbot: QtBot, page: TargetsPage) -> None:
    look(qtbot, page, "scenarios")
    tab = page.places["scenarios"][1]
    rows = {row.id: row for row in tab.table.model.records}  # type: ignore[attr-defined]
    assert rows[2024].spread == 0
    assert rows[2030].results[1] < rows[2030].results[0]


def test_budgets_are_areas(qtbot: QtBot, page: TargetsPage) -> None:
    look(qtbot, page, "budget")
    tab = page.places["budget"][1]
    rows = {row.id: row for row in tab.table.model.records}  # type: ignore[attr-defined]
    assert set(rows) == {"ta1", "ta3"}
    one = rows["ta1"].status
    assert one.budget.area == budget(one.points, one.actual).area


def test_what_forbids_a_claim_is_named(qtbot: QtBot, page: TargetsPage) -> None:
    look(qtbot, page, "neutrality")
    [one] = core_of(page._session).status.neutrality
    said = words(page.places["neutrality"][1])
    stops = [judged for judged in one.judged if judged.level == "stop"]
    assert stops
    assert all(judged.message.in_language("en") in said for judged in stops)
    assert "What the rules rest on" in said


def test_rules_show_source_and_what_nobody_knows_and_may_be_changed(
    qtbot: QtBot, opened: Open, filled: Session
) -> None:
    page = opened(filled)
    look(qtbot, page, "rules")
    rows = {row.id: row for row in page.rules.table.model.records}
    columns = {column.key: column for column in page.rules.table.model.columns}
    unknown = rows["sbti_nz_2_0.rate_scope12"]
    assert columns["value"].text(unknown) == "not known"
    assert columns["value"].text(rows["sbti_nz_1_3.rate_scope12"]) == "4.2"
    page.rules.table.show_record(unknown.id)
    assert not page.rules.back.isEnabled()
    page.rules.ask_change()
    form = page.rules.dialog
    form.prefill({"value": "5", "source": "Expert of the plant"})
    form.go.click()
    qtbot.waitUntil(lambda: bool(filled.ledger.held(RuleValue)))
    rest(qtbot, page)
    changed = {row.id: row for row in page.rules.table.model.records}[unknown.id]
    assert (changed.ruling.value, changed.ruling.status) == ("5", "USER")
    page.rules.table.show_record(unknown.id)
    assert "Expert of the plant" in words(inspected(page))
    page.rules.take_back()
    assert filled.ledger.held(RuleValue) == ()
    filled.undo()
    assert len(filled.ledger.held(RuleValue)) == 1


def inspected(page: TargetsPage) -> QWidget:
    found = page.inspect()
    assert found is not None
    return found


def test_credits_are_imported_from_an_export_and_undone(
    qtbot: QtBot, opened: Open, filled: Session, tmp_path: Path
) -> None:
    page = opened(filled)
    look(qtbot, page, "credits")
    [row] = page.credits.table.model.records
    columns = {column.key: column for column in page.credits.table.model.columns}
    assert columns["judgement"].text(row) == "does not count"  # it is not retired
    table = tmp_path / "credits.csv"
    heads = "Registry,Project,Kind,Country,Vintage,Serial numbers,Quantity [t CO₂e]"
    table.write_text(f"{heads}\nCCER,Forest 2,Removal by nature,China,2024,CCER-101 – CCER-150,50\n", "utf-8")
    assert page.takes(table)
    page.take([table])
    page.credits.importing.accept()
    qtbot.waitUntil(lambda: len(filled.ledger.held(Credit)) == 2)
    rest(qtbot, page)
    filled.undo()
    assert filled.ledger.held(Credit) == (CREDIT,)


# ---------------------------------------------------------------------- beginning, acts


def test_an_empty_plant_is_told_how_to_begin(qtbot: QtBot, opened: Open, bare: Session) -> None:
    page = opened(bare)
    assert "Nothing is promised yet." in words(page)
    page.add_button.click()
    form = page.targets.dialog
    assert form.isVisible()
    form.prefill({"name": "First", "kind": "own", "parts": ("scope1",), "base_year": 2023, "year": 2030,
                  "reduction": Decimal(30), "ruleset": "own"})  # fmt: skip
    form.go.click()
    qtbot.waitUntil(lambda: bool(bare.ledger.held(Target)))
    rest(qtbot, page)
    assert "Nothing is promised yet." not in words(page)
    assert "No base year is set." in words(page)
    bare.undo()
    rest(qtbot, page)
    assert "Nothing is promised yet." in words(page)


def test_every_kind_of_record_has_its_tab_and_its_command(page: TargetsPage) -> None:
    assert set(KINDS) == set(page.parts)
    said = [command.title for command in page.commands()]
    assert len(said) == len(page.parts) + 1
    for subject, kind in (("cr1", "credit"), ("rc1", "recalculation"), ("sc2", "scenario"), ("ta3", "target")):
        page.show_subject(subject)
        assert page.tabs.currentWidget() is page.places[KINDS[kind]][1]
        assert page.parts[kind].table.current_record() == page._session.ledger.get(kind, subject)
    page.show_subject("policy")
    assert page.tabs.currentWidget() is page.base
    page.show_subject("neutrality")
    assert page.tabs.currentWidget() is page.places["neutrality"][1]


def test_a_plant_that_is_read_only_can_be_looked_at(
    qtbot: QtBot, opened: Open, filled: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Session, "writable", property(lambda _self: False))
    page = opened(filled)
    assert not page.add_button.isEnabled()
    for part in page.parts.values():
        assert not part.add.isEnabled()
    look(qtbot, page, "base")
    assert not page.base.policy.isEnabled()
    look(qtbot, page, "rules")
    page.rules.table.show_record("sbti_nz_1_3.rate_scope12")
    assert not page.rules.change.isEnabled()
    assert not any(command.enabled is not None and command.enabled() for command in page.commands())


def test_a_scenario_that_cannot_be_calculated_is_said(qtbot: QtBot, opened: Open, filled: Session) -> None:
    filled.put(T("Test"), replace(STEADY, grid_table=(("2030", "many"),)))
    page = opened(filled)
    look(qtbot, page, "forecast")
    assert "cannot be read" in words(page.ahead)
    assert page.plot.data is not None
    assert "Pathway" in [line.name for line in page.plot.data.lines]


def test_an_intensity_target_has_a_pathway_and_no_forecast(opened: Open, filled: Session) -> None:
    decision = keeping(filled.ledger, FORMS, replace(HALF, intensity="production"))
    filled.edit(decision.why, decision.steps)
    page = opened(filled)
    page.target.setCurrentIndex(page.target.findData("ta1"))
    page.target.activated.emit(0)
    assert page.plot.data is not None
    assert "Forecast with actions" not in [line.name for line in page.plot.data.lines]
    assert "per unit" in page.plot.data.y.unit


# ---------------------------------------------------------------------- walked


def walked(qtbot: QtBot, page: TargetsPage) -> None:
    """Every tab: named, in order, nothing clipped."""
    for key in page.places:
        page.go(key)
        rest(qtbot, page)
        assert (key, nameless(page)) == (key, [])
        assert (key, out_of_order(page)) == (key, [])
        assert (key, clipped(page)) == (key, [])
        assert (key, beyond(page)) == (key, [])


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_tab_is_named_in_order_and_has_room(
    qtbot: QtBot, opened: Open, filled: Session, dressed: QApplication, lang: str
) -> None:
    set_language(lang)
    fonts.prepare(dressed)
    walked(qtbot, opened(filled))


def test_every_tab_has_room_for_long_words(
    qtbot: QtBot, opened: Open, filled: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    with stretched(monkeypatch):
        walked(qtbot, opened(filled))
