"""Where the generation went: intervals that are named, what a battery would change, money by price."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from functools import cache

import pytest
from hypothesis import given
from hypothesis import settings as chosen
from hypothesis import strategies as st
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from core.errors import UserError
from core.i18n import T
from core.ledger import PvSystem, Tariff
from core.solar.system import Observed
from gui.session import Session
from gui.settings import Settings
from gui.solar.page import SolarPage
from gui.solar.use import UseView
from gui.solar.what_if import Outcome, Wish, try_out
from gui.solar.words import money
from tests.gui.showing import settle
from tests.gui.solar.test_page import answered, opened, words
from tests.gui.solar.test_work import FANGSHAN, ZHANGJIAKOU, look, plant_of

NOTHING = Wish(0.0, 0.0, 0.9, 0.0)


def use_of(page: SolarPage) -> UseView:
    view = page.view("use")
    assert isinstance(view, UseView)
    return view


def observed() -> Observed:
    found = look(ZHANGJIAKOU).observed
    assert found is not None
    return found


@cache
def tried(wish: Wish) -> Outcome:
    return try_out(observed(), wish, plant_of(ZHANGJIAKOU)[0].held(Tariff))


# ---------------------------------------------------------------------- what would change


def test_no_battery_and_no_moved_load_change_nothing() -> None:
    found = tried(NOTHING)
    assert found.then.self_used == pytest.approx(found.now.self_used)
    assert found.then.fed_in == pytest.approx(found.now.fed_in)
    assert found.worth is not None
    assert found.worth[0] == found.worth[1]
    assert (found.moved, found.lost) == (0.0, 0.0)


@chosen(max_examples=8, deadline=None)
@given(st.floats(0, 5000), st.floats(0, 2000), st.floats(0.5, 1.0), st.floats(0, 0.5))
def test_energy_is_kept_and_the_grid_gives_nothing_to_a_battery(
    capacity: float, power: float, efficiency: float, moved: float
) -> None:
    found = try_out(observed(), Wish(capacity, power, efficiency, moved), ())
    then = found.then
    assert then.interval == found.now.interval
    assert then.self_used >= found.now.self_used - 1e-6
    assert then.self_used + then.fed_in + found.lost == pytest.approx(found.now.generated)
    assert then.self_used + then.purchased == pytest.approx(found.now.load)
    assert found.worth is None


def test_money_is_that_of_the_hours_in_which_it_is_used() -> None:
    found = tried(Wish(2000.0, 1000.0, 0.9, 0.0))
    assert found.currency == "CNY"
    assert found.worth is not None
    more = found.worth[1] - found.worth[0]
    mean = more / Decimal(found.then.self_used - found.now.self_used)
    assert Decimal("0.2") < mean < Decimal("1.05")


def test_without_a_load_nothing_can_be_tried() -> None:
    found = look(FANGSHAN).observed
    assert found is not None
    with pytest.raises(UserError, match="not known"):
        try_out(found, NOTHING, ())


# ---------------------------------------------------------------------- in the window


def test_the_interval_is_named_with_each_figure_and_can_be_chosen(
    qtbot: QtBot, session: Session, settings: Settings
) -> None:
    _window, page = opened(qtbot, session, settings, "use")
    view = use_of(page)
    assert [view.interval.itemText(row) for row in range(view.interval.count())] == [
        "15 min, as the meters", "1 h", "local day", "local month",
    ]  # fmt: skip
    text = words(view)
    assert "Self-consumption, per 15 min" in text
    assert "must not be compared" in text
    view.interval.setCurrentIndex(3)
    view.interval.activated.emit(3)
    answered(qtbot, page)
    text = words(view)
    assert "Self-consumption, per local month" in text
    assert view.months.data is not None
    assert view.months.data.title == "Use by month, netted per local month"


def test_a_battery_is_tried_as_one_types(qtbot: QtBot, session: Session, settings: Settings) -> None:
    _window, page = opened(qtbot, session, settings, "use")
    tool = use_of(page).what_if
    assert tool.capacity.line.text() == "2,000"  # an hour of the modules' power, as an example
    before = words(tool)
    entries = session.file.entries
    tool.capacity.line.setText("0")
    tool.capacity.line.textEdited.emit("0")
    qtbot.waitUntil(lambda: words(tool) != before)
    settle(qtbot, tool.latest)
    assert "lost in the battery" not in words(tool)
    tool.efficiency.line.setText("300")
    tool.efficiency.line.textEdited.emit("300")
    qtbot.waitUntil(lambda: "Correct the data of the battery." in words(tool))
    assert session.file.entries == entries  # nothing of it is kept


def test_money_is_told_price_by_price(qtbot: QtBot, session: Session, settings: Settings) -> None:
    _window, page = opened(qtbot, session, settings, "use")
    assert page.solved is not None
    assert page.solved.outlook is not None
    saved, paid = page.solved.outlook.saved, page.solved.outlook.revenue
    assert saved is not None
    assert paid is not None
    text = words(use_of(page).money)
    for said in (
        "daily 08:00-11:00",
        "0.98",
        "daily, at any other time",
        "Purchase saved",
        "Feed-in",
        "demand charges",
    ):
        assert said in text
    for sum_of in (saved.money, paid.money, saved.money + paid.money):
        assert money(sum_of) in text
    assert len(saved.parts) == 5


def test_a_tariff_that_is_gone_leaves_the_way_to_another(qtbot: QtBot, session: Session, settings: Settings) -> None:
    window, page = opened(qtbot, session, settings, "use")
    card = use_of(page).money
    delete = next(b for b in card.findChildren(QPushButton) if b.accessibleName().startswith("Edit the tariff"))
    assert delete.isEnabled()
    page.act("untariff:t001")
    answered(qtbot, page)
    assert session.ledger.held(Tariff) == ()
    assert "No tariff holds in this time" in words(card)
    assert window.notices.notice is not None
    assert window.notices.notice.action is not None
    window.notices.notice.action[1]()
    answered(qtbot, page)
    assert len(session.ledger.held(Tariff)) == 1
    assert "Purchase saved" in words(card)


def test_without_the_meters_it_says_which_are_needed(qtbot: QtBot, session: Session, settings: Settings) -> None:
    system = session.ledger.get("pv_system", "pv001")
    assert isinstance(system, PvSystem)
    session.put(T("Test"), replace(system, purchased=()))
    window, page = opened(qtbot, session, settings, "use")
    view = use_of(page)
    assert "three meters at the connection" in words(view)
    assert not view.what_if.isVisible()
    next(b for b in view.findChildren(QPushButton) if b.text() == "Go to the meters").click()
    assert window.place == ("meters" if "meters" in {p.info.key for p in window.places} else "solar")
