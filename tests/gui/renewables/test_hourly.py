"""Hour by hour in the window: score, heat map, variants, readiness; or what is missing."""

from __future__ import annotations

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from core.renewables.flexing import variants
from core.renewables.hourly import Matched
from core.renewables.hourly_meters import matching_of
from gui.jobs import Job
from gui.renewables import words as said
from gui.renewables.hourly import HourlyView, figures, flex_rows, heat_of
from gui.session import Session
from gui.settings import Settings
from tests.core.renewables.metered_plants import DAY, FIRST, sunny
from tests.gui.renewing import fill, opened, words


@pytest.fixture
def matched() -> Matched:
    found = matching_of(sunny(), DAY).matched
    assert found is not None
    return found


def rested(qtbot: QtBot, view: HourlyView) -> None:
    qtbot.waitUntil(lambda: not view.latest.busy and not Job.any_running(), timeout=30_000)
    qtbot.wait(20)


def test_score_and_volume_stand_beside_each_other(qtbot: QtBot, matched: Matched) -> None:
    """120 kWh of load, 60 of them while the sun shone on 96."""
    shown = figures(matched.total)
    for one in shown:
        qtbot.addWidget(one)
    names = [one.accessibleName() for one in shown]
    assert names[0].startswith("Matched hour by hour: 50.00 %")
    assert names[1].startswith("Matched by volume: 80.00 %")
    assert names[2].startswith("Hours not met: 12 h") and names[3].startswith("Hours known: 100.00 %")


def test_the_heat_map_holds_what_was_not_met_or_left_over(matched: Matched) -> None:
    open_, left = heat_of(matched), heat_of(matched, excess=True)
    assert open_.first == left.first == FIRST and open_.values.shape == (24, 1)
    assert open_.values[:, 0].tolist() == [5.0] * 6 + [0.0] * 12 + [5.0] * 6
    assert left.values[:, 0].tolist() == [0.0] * 6 + [3.0] * 12 + [0.0] * 6


def test_variants_begin_with_today_and_never_lose(matched: Matched) -> None:
    rows = flex_rows(variants(matched), matched.total)
    assert rows[0].what == "Today" and rows[0].gained == 0
    assert all(row.gained >= 0 and row.unmatched <= rows[0].unmatched for row in rows[1:])
    stored = [row.size for row in rows if row.what.startswith("Storage")]
    assert stored == sorted(stored) and len(stored) > 2
    assert any("of the load moved" in row.what for row in rows)


def test_without_meters_it_says_what_is_missing(qtbot: QtBot, bare: Session, settings: Settings) -> None:
    fill(bare)
    _window, page = opened(qtbot, bare, settings, said.HOURLY)
    rested(qtbot, page.hourly)
    seen = words(page.hourly)
    assert "What is missing to match hour by hour" in seen
    assert "No meter counts the purchased electricity" in seen
    assert "Data for the revised Scope 2 rules" in seen and "draft" in seen
    assert not page.hourly.heat.isVisible() and not page.hourly.table.isVisible()


def test_with_meters_everything_is_there(qtbot: QtBot, session: Session, settings: Settings) -> None:
    session.show_year(2025)
    _window, page = opened(qtbot, session, settings, said.HOURLY)
    view = page.hourly
    rested(qtbot, view)
    assert view.found is not None and view.found.matching.matched is not None
    total = view.found.matching.matched.total
    assert total.score is not None and total.volumetric is not None and total.score <= total.volumetric
    assert view.heat.isVisible() and view.heat.data is not None
    assert len(view.table.model.records) == 1 + len(view.found.flexed)
    before = np.nansum(view.heat.data.values)
    view.shows.setCurrentIndex(1)
    view.shows.activated.emit(1)
    assert np.nansum(view.heat.data.values) != before


def test_it_is_worked_out_once_for_a_ledger(qtbot: QtBot, session: Session, settings: Settings) -> None:
    session.show_year(2025)
    _window, page = opened(qtbot, session, settings, said.HOURLY)
    rested(qtbot, page.hourly)
    found = page.hourly.found
    page.hourly.refresh()
    assert not page.hourly.latest.busy and page.hourly.found is found
    session.show_year(2024)
    rested(qtbot, page.hourly)
    assert page.hourly.found is not found
