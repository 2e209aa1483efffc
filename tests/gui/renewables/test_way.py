"""The way ahead in the window: gap, options with what follows from each, the cheapest mix, what is missing."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from pytestqt.qtbot import QtBot

from core.ledger import SupplyOption
from core.renewables.options import cost_per_mwh
from core.renewables.way import way_to
from gui.renewables import words as said
from gui.renewables.known import known_of
from gui.renewables.way import WayView, by_year
from gui.session import Session
from gui.settings import Settings
from tests.gui.renewing import PPA, PV, TARGET, bill, certificates, fill, keep, opened, words


@pytest.fixture
def filled(bare: Session) -> Session:
    fill(bare)
    return bare


@pytest.fixture
def view(qtbot: QtBot, filled: Session, settings: Settings) -> WayView:
    window, page = opened(qtbot, filled, settings, said.WAY)
    page.way.kept_window = window  # type: ignore[attr-defined]
    return page.way


def cell(view: WayView, key: str, column: str) -> str:
    columns = {one.key: one for one in view.options.table.model.columns}
    record = next(one for one in view.options.table.model.records if one.id == key)
    return columns[column].text(record)


def test_cost_and_effect_stand_beside_each_option(view: WayView, filled: Session) -> None:
    way = known_of(filled).way
    pv = next(one for one in way.options if one.option.id == PV.id)
    assert pv.cost == cost_per_mwh(PV, Decimal(5))
    assert cell(view, PV.id, "cost") == f"{pv.cost:,.2f} CNY/MWh"
    assert cell(view, PPA.id, "cost") == "30.00 CNY/MWh"
    assert cell(view, PPA.id, "location") == "0" and cell(view, PV.id, "location").startswith("−")
    assert cell(view, PPA.id, "in_mix") == "8.000" and cell(view, PV.id, "in_mix") == "4.000"


def test_the_mix_and_what_it_costs(view: WayView, filled: Session) -> None:
    seen = words(view)
    assert "The cheapest way to 100 % in 2027" in seen and "Wind contract: 8.000 MWh a year" in seen
    assert "The options close the gap in 2027." in seen
    assert known_of(filled).way.open == 0


def test_what_is_missing_is_named(qtbot: QtBot, view: WayView, filled: Session) -> None:
    keep(filled, replace(PPA, quantity=Decimal(3)))
    qtbot.wait(10)
    seen = words(view)
    assert "What is missing" in seen
    assert "The options leave 5 MWh open in 2027." in seen


def test_an_option_without_a_cost_shows_a_dash(qtbot: QtBot, view: WayView, filled: Session) -> None:
    keep(filled, SupplyOption("so00003", "Somewhat", "certificates", 2026, Decimal(5)))
    qtbot.wait(10)
    assert cell(view, "so00003", "cost") == "–" and cell(view, "so00003", "in_mix") == "–"
    assert "Somewhat: price or investment is missing." in words(view)


def test_bars_by_year_grow_as_options_begin(filled: Session) -> None:
    way = way_to(filled.ledger, filled.inventory)
    data = by_year(way)
    assert data.categories == tuple(str(one.year) for one in way.years)
    sums = {one.name: one.values for one in data.series}
    years = list(data.categories)
    assert sums["More PV"][years.index("2026")] == 4 and sums["PPA"][years.index("2026")] == 0
    assert sums["PPA"][years.index("2027")] == 8 and sums["Not covered"][years.index("2027")] == 0
    for place in range(len(years)):
        assert sum((one.values[place] for one in data.series), Decimal(0)) == way.use


def test_without_options_the_table_says_how_to_begin(qtbot: QtBot, bare: Session, settings: Settings) -> None:
    keep(bare, bill(1), TARGET)
    _window, page = opened(qtbot, bare, settings, said.WAY)
    seen = words(page.way)
    assert "No option is recorded" in seen and "nothing is entered yet" in seen


def test_without_a_target_the_year_shown_is_taken(qtbot: QtBot, bare: Session, settings: Settings) -> None:
    keep(bare, bill(1), certificates())
    _window, page = opened(qtbot, bare, settings, said.WAY)
    assert "No target of renewable electricity is entered" in words(page.way)
    assert "Missing for 100 % in 2024" in words(page.way)


def test_a_new_option_changes_the_way_at_once(view: WayView, filled: Session) -> None:
    before = known_of(filled).way.cost
    keep(filled, SupplyOption("so00003", "Cheap", "certificates", 2026, Decimal(50), Decimal(1), currency="CNY"))
    assert known_of(filled).way.cost == 12 < before
    assert cell(view, "so00003", "in_mix") == "12.0"


def test_the_inspector_shows_the_option(qtbot: QtBot, view: WayView) -> None:
    view.show_subject(PV.id)
    shown = view.inspect()
    assert shown is not None
    qtbot.addWidget(shown)
    shown.show()
    assert "Second roof" in words(shown)
