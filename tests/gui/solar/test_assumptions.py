"""What a forecast assumes: typed line by line, each an undoable change."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from core.errors import UserError
from core.i18n import T
from core.ledger import PvSystem
from core.solar.economics import PARAMETERS, economics_of
from core.solar.forecast import Forecast
from core.solar.planning import grid_table, sigmas
from gui.session import Session
from gui.settings import Settings
from gui.solar.assumptions import TABLE, AssumedLine, groups, parse_table, value_of, with_value
from gui.solar.forecast import ForecastView
from gui.solar.page import SolarPage
from gui.solar.words import money, percent, shown
from tests.gui.solar.test_page import answered, opened, words

ROOF = PvSystem("pv001", "Roof", date(2024, 1, 1), Decimal(40), Decimal(116), parameters=(("soiling", "2"),))
KEYS = [one.key for _heading, lines in groups("CNY") for one in lines]


def forecast(page: SolarPage) -> ForecastView:
    view = page.view("forecast")
    assert isinstance(view, ForecastView)
    return view


def state(view: ForecastView, key: str, text: str) -> AssumedLine:
    line = view.assumptions.lines[key]
    line.line.setText(text)
    line.line.setModified(True)
    line.line.editingFinished.emit()
    return line


def held(session: Session) -> PvSystem:
    found = session.ledger.get("pv_system", "pv001")
    assert isinstance(found, PvSystem)
    return found


# ---------------------------------------------------------------------- values


def test_everything_a_forecast_can_be_told_has_a_line() -> None:
    assert set(KEYS) == {"degradation", "first_year_loss", TABLE, *PARAMETERS, *sigmas()}
    units = {one.key: one.unit for _heading, lines in groups("CNY") for one in lines}
    assert units["price"] == "CNY/kWh"
    assert {one.key: one.unit for _h, lines in groups("") for one in lines}["capex"] == "money"


@given(key=st.sampled_from(sorted(PARAMETERS)), number=st.integers(1, 25))
def test_what_is_stated_is_kept_beside_the_losses_and_read_by_the_core(key: str, number: int) -> None:
    stated = with_value(ROOF, key, str(number))
    assert dict(stated.parameters)["soiling"] == "2"
    assert list(stated.parameters) == sorted(stated.parameters)
    assert value_of(stated, key) == str(number)
    economics_of(stated)
    assert with_value(stated, key, "") == ROOF


def test_fields_of_the_record_are_stated_too() -> None:
    assert with_value(ROOF, "degradation", "0.7").degradation == Decimal("0.7")
    assert with_value(ROOF, "first_year_loss", "3").first_year_loss == Decimal(3)
    assert value_of(ROOF, "degradation") == "0.5"


YEARS = st.dictionaries(st.integers(2020, 2199), st.integers(0, 999), max_size=6)


@given(YEARS)
def test_a_table_of_factors_is_kept_year_by_year(table: dict[int, int]) -> None:
    text = "; ".join(f"{year}: {factor / 1000:.3f}" for year, factor in table.items())
    stated = with_value(ROOF, TABLE, text)
    assert grid_table(stated) == tuple(sorted((year, factor / 1000) for year, factor in table.items()))
    assert parse_table(value_of(stated, TABLE)) == parse_table(text)
    assert with_value(stated, TABLE, "") == ROOF


@pytest.mark.parametrize("text", ["2030", "soon: 0.4", "2030: -1", "1980: 0.4", "2030: 0.4 0.5"])
def test_what_is_no_table_is_refused(text: str) -> None:
    with pytest.raises(UserError, match="no year with a factor"):
        parse_table(text)


def test_a_year_twice_is_refused() -> None:
    with pytest.raises(UserError, match="a year twice"):
        parse_table("2030: 0.4; 2030: 0.3")


# ---------------------------------------------------------------------- in the window


def told(page: SolarPage) -> Forecast:
    assert page.solved is not None
    assert page.solved.outlook is not None
    assert page.solved.outlook.forecast is not None
    return page.solved.outlook.forecast


def test_an_assumption_is_one_undoable_change_and_changes_the_result(
    qtbot: QtBot, session: Session, settings: Settings
) -> None:
    _window, page = opened(qtbot, session, settings, "forecast")
    view, before, text = forecast(page), told(page), words(forecast(page))
    assert before.money is not None
    for said in (shown(before.falling, 0), shown(before.constant, 0), money(before.money.npv)):
        assert said in text
    state(view, "grid_decline", "5")
    assert dict(held(session).parameters)["grid_decline"] == "5"
    answered(qtbot, page)
    assert told(page).falling < before.falling
    assert shown(told(page).falling, 0) in words(view)
    assert shown(before.falling, 0) not in words(view)
    assert told(page).constant == pytest.approx(before.constant)  # with a grid that stays nothing changes
    assert str(session.undo_text) == "Assumption of the forecast changed: Fall of the grid factor"
    session.undo()
    answered(qtbot, page)
    assert words(view) == text
    assert view.assumptions.lines["grid_decline"].line.text() == "2"


def test_what_cannot_be_is_said_at_its_line_and_changes_nothing(
    qtbot: QtBot, session: Session, settings: Settings
) -> None:
    _window, page = opened(qtbot, session, settings, "forecast")
    view, before = forecast(page), held(session)
    for key, text, why in (
        ("years", "900", "Enter a number from 1 to 60."),
        ("price", "cheap", "cheap"),
        ("degradation", "", "Please fill this in."),
        (TABLE, "2030", "no year with a factor"),
    ):
        line = state(view, key, text)
        assert why in line.line.accessibleDescription()
        assert line.line.property("problem") is True
    assert held(session) == before
    state(view, "years", "")
    assert held(session) == before
    assert view.assumptions.lines["years"].line.property("problem") is False


def test_two_assumptions_in_a_row_are_both_kept(qtbot: QtBot, session: Session, settings: Settings) -> None:
    _window, page = opened(qtbot, session, settings, "forecast")
    view = forecast(page)
    state(view, "opex", "120000")
    state(view, "inflation", "1.5")  # before the first answer is there
    answered(qtbot, page)
    said = dict(held(session).parameters)
    assert (said["opex"], said["inflation"]) == ("120000", "1.5")
    assert view.assumptions.lines["opex"].line.text() == "120,000"


def test_the_table_of_factors_changes_the_falling_grid_alone(
    qtbot: QtBot, session: Session, settings: Settings
) -> None:
    _window, page = opened(qtbot, session, settings, "forecast")
    view, before = forecast(page), told(page)
    state(view, TABLE, "2046: 0.1")
    answered(qtbot, page)
    rows = {row.id: row for row in view.table.model.records}
    assert rows["2046"].factor == pytest.approx(0.1)
    assert shown(before.constant, 0) in words(view)
    assert "by the table of factors" in words(view)


def test_the_years_add_up_and_begin_with_the_investment(qtbot: QtBot, session: Session, settings: Settings) -> None:
    _window, page = opened(qtbot, session, settings, "forecast")
    rows = list(forecast(page).table.model.records)
    assert [row.title for row in (rows[0], rows[1], rows[-1])] == ["Investment", "2022", "All years"]
    assert len(rows) == 27
    for name in ("p50", "p90", "constant", "falling", "flow"):
        assert sum(getattr(row, name) for row in rows[:-1]) == pytest.approx(getattr(rows[-1], name))
    found = told(page).money
    assert found is not None
    text = words(forecast(page))
    for said in (
        percent(found.irr.rate),
        "one root",
        shown(found.lcoe, 3),
        f"nominal; real {shown(found.lcoe_real, 3)}",
        shown(found.payback, 1),
        f"discounted {shown(found.discounted_payback, 1)} years",
        f"P50; P90 is {shown(told(page).p90 / 1000, 0)}",
    ):
        assert said in text


def test_several_roots_are_no_rate(qtbot: QtBot, session: Session, settings: Settings) -> None:
    _window, page = opened(qtbot, session, settings, "forecast")
    view = forecast(page)
    state(view, "capex", "100")
    state(view, "disposal", "900000000")
    answered(qtbot, page)
    text = words(view)
    assert "2 roots: go by the net present value" in text
    assert "none of them is the internal rate of return" in text


def test_without_an_investment_money_is_asked_for(qtbot: QtBot, session: Session, settings: Settings) -> None:
    _window, page = opened(qtbot, session, settings, "forecast")
    state(forecast(page), "capex", "")
    answered(qtbot, page)
    assert "Enter the investment" in words(forecast(page))
    assert "Net present value" not in words(forecast(page))


def test_another_factor_is_chosen(qtbot: QtBot, session: Session, settings: Settings) -> None:
    _window, page = opened(qtbot, session, settings, "forecast")
    view = forecast(page)
    view.basis.setCurrentIndex(view.basis.findData("residual"))
    view.basis.activated.emit(view.basis.currentIndex())
    answered(qtbot, page)
    assert view.basis.currentData() == "residual"
    assert "0.6096 t CO₂/MWh" in words(view)
    page.go("overview")
    answered(qtbot, page)
    assert "at 0.6096 t/MWh" in words(page.view("overview"))


def test_without_weather_it_says_what_is_needed(qtbot: QtBot, session: Session, settings: Settings) -> None:
    session.put(T("Test"), replace(held(session), weather=""))
    _window, page = opened(qtbot, session, settings, "forecast")
    assert "the system has no weather yet" in words(forecast(page))
    assert not forecast(page).table.isVisible()
