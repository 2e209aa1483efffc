"""The solar page: which view is shown when, what the bills say of avoided emissions, and what can be done."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from core.exchange.demo import demo_plants
from core.i18n import T
from core.ledger import Activity, Claim, PvArray, PvSystem, Step, Tariff
from core.solar import summary
from core.store import PlantFile
from gui.language import set_language
from gui.latest import Latest
from gui.pages import discover
from gui.session import Session
from gui.settings import Settings
from gui.solar.avoided import AvoidedView
from gui.solar.forecast import ForecastView
from gui.solar.page import SolarPage
from gui.solar.views import VIEWS
from gui.solar.words import money, mwh, percent, shown
from gui.window import Window
from gui.wording import tonnes
from tests.gui.showing import settle
from tests.gui.walk import beyond, clipped, nameless, out_of_order, stretched

SMALL, LARGE = QSize(1280, 800), QSize(1920, 1080)


def opened(
    qtbot: QtBot, session: Session, settings: Settings, view: str = "", *, size: QSize = SMALL
) -> tuple[Window, SolarPage]:
    window = Window(session, settings, discover("plant"), empty=True)
    qtbot.addWidget(window)
    window.resize(size)
    window.show()
    window.go("solar")
    page = window.page("solar")
    assert isinstance(page, SolarPage)
    if view:
        page.go(view)
    answered(qtbot, page)
    return window, page


def answered(qtbot: QtBot, page: SolarPage) -> None:
    """Until everything that was asked is answered and painted."""
    settle(qtbot, *page.findChildren(Latest))
    settle(qtbot, *page.findChildren(Latest))  # an answer may ask for more


def avoided(qtbot: QtBot, session: Session, settings: Settings) -> tuple[SolarPage, AvoidedView]:
    _window, page = opened(qtbot, session, settings, "avoided")
    view = page.view("avoided")
    assert isinstance(view, AvoidedView)
    return page, view


def words(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget))


def pressed(widget: QWidget, text: str) -> None:
    next(b for b in widget.findChildren(QPushButton) if b.text() == text and b.isVisibleTo(widget)).click()


def reading(source: str, item: str, month: int, kwh: str) -> Activity:
    first = date(2024, month, 1)
    return Activity(f"{source}-{item}-{month}", source, "solar_generation", item, first, first.replace(day=28),
                    Decimal(kwh), "kWh")  # fmt: skip


def roof(key: str = "pv001", name: str = "Roof") -> tuple[PvSystem, PvArray]:
    system = PvSystem(key, name, date(2020, 1, 1), Decimal("40.8"), Decimal("114.9"))
    return system, PvArray(f"{key}-a", key, "South", Decimal(100), Decimal(10), Decimal(180))


@pytest.fixture
def krosno(tmp_path: Path) -> Iterator[Session]:
    """A plant with bills of solar generation and no description of the system."""
    one = demo_plants()[2]
    path = tmp_path / "krosno.plant"
    PlantFile.create(path, one.plant, one.who, one.created)
    with PlantFile.open(path) as plant:
        for entry in one.entries:
            plant.append(entry.change, entry.blobs)
    made = Session(PlantFile.open(path), "Li Na", 2024)
    yield made
    made.close()


# ---------------------------------------------------------------------- avoided, by the bills


def test_the_months_add_up_to_the_year(qtbot: QtBot, session: Session, settings: Settings) -> None:
    _page, view = avoided(qtbot, session, settings)
    rows = list(view.table.model.records)
    assert len(rows) == 13
    assert rows[-1].title == "Total"
    for name in ("generated", "self_used", "fed_in", "avoided_self_used", "avoided_fed_in"):
        values = [getattr(row.figures, name) for row in rows]
        assert sum(values[:-1]) == values[-1] > 0
    ratio = next(c for c in view.table.model.columns if c.key == "ratio")
    total = rows[-1].figures
    assert ratio.text(rows[-1]) == f"{total.self_used / total.generated * 100:.1f}"


def test_without_bills_the_tonnes_carry_the_gas_of_their_factor(
    qtbot: QtBot, session: Session, settings: Settings
) -> None:
    solar = [one for one in session.ledger.activities if one.method == "solar_generation"]
    session.remove(T("Test"), *solar)
    session.show_year(2025)
    _page, view = avoided(qtbot, session, settings)
    assert view._solved is not None and view._solved.outlook is not None
    balance = view._solved.outlook.balance
    assert balance is not None and balance.self_used.factor.gas == "CO2"
    named = {frame.accessibleName() for frame in view.findChildren(QFrame) if frame.isVisibleTo(view)}
    assert f"Avoided by it (memo): {tonnes(balance.self_used.tonnes)} t CO₂" in named


def test_the_bars_are_the_months(qtbot: QtBot, session: Session, settings: Settings) -> None:
    _page, view = avoided(qtbot, session, settings)
    data = view.chart.data
    assert data is not None
    assert data.categories[0] == "Jan"
    found = summary(session.inventory)
    assert data.series[0].values == tuple(f.self_used / 1000 for f in found.by_month)
    assert data.series[1].values == tuple(f.fed_in / 1000 for f in found.by_month)


def test_avoided_is_told_apart_with_factor_publisher_and_year(
    qtbot: QtBot, session: Session, settings: Settings
) -> None:
    page, _view = avoided(qtbot, session, settings)
    text = words(page)
    found = summary(session.inventory).total
    assert found.implied_self_used is not None
    assert f"× {found.implied_self_used:,.4f} t/MWh" in text
    assert "Hebei · 2023" in text
    assert "MEE" in text
    assert "they never change a total" in text
    assert "describes 2023, not 2024" in text
    assert session.inventory.totals.avoided == found.avoided
    assert found.avoided not in (session.inventory.totals.location, session.inventory.totals.market)


def test_generation_of_unknown_use_is_shown(qtbot: QtBot, bare: Session, settings: Settings) -> None:
    bare.put(T("Test"), reading("Roof", "solar_generated", 3, "5000"))
    page, view = avoided(qtbot, bare, settings)
    assert "Use unknown" in words(page)
    data = view.chart.data
    assert data is not None
    assert [s.name for s in data.series][-1] == "Use unknown"
    assert data.series[-1].values[2] > 0


def test_one_of_several_plants_can_be_chosen(qtbot: QtBot, bare: Session, settings: Settings) -> None:
    bare.put(T("Test"), reading("Roof A", "solar_self_used", 3, "5000"), reading("Roof B", "solar_self_used", 3, "700"))
    _page, view = avoided(qtbot, bare, settings)
    assert view.source.isVisible()
    assert view.table.model.records[-1].figures.self_used == Decimal(5700)
    view.source.setCurrentIndex(view.source.findData("Roof B"))
    view.source.activated.emit(2)
    assert view.table.model.records[-1].figures.self_used == Decimal(700)


def test_an_edit_is_seen_at_once(qtbot: QtBot, session: Session, settings: Settings) -> None:
    _page, view = avoided(qtbot, session, settings)
    before = view.table.model.records[-1].figures.generated
    record = next(a for a in session.ledger.activities if a.item == "solar_generated" and a.start.year == 2024)
    session.put(T("Test"), replace(record, quantity=record.quantity + 1))
    assert view.table.model.records[-1].figures.generated != before


def test_the_inspector_has_all_digits(qtbot: QtBot, session: Session, settings: Settings) -> None:
    window, page = opened(qtbot, session, settings)
    page.show_subject("2024-03")
    view = page.view("avoided")
    assert isinstance(view, AvoidedView)
    window.show_inspector(True)
    qtbot.waitUntil(lambda: "Implied constant" in words(window.inspector))
    figures = view.table.model.records[2].figures
    assert f"{figures.avoided_self_used:,f}".rstrip("0") in words(window.inspector)


def test_months_are_written_in_chinese(qtbot: QtBot, session: Session, settings: Settings) -> None:
    set_language("zh")
    _page, view = avoided(qtbot, session, settings)
    assert view.table.model.records[0].title == "2024年1月"
    assert view.chart.data is not None
    assert view.chart.data.categories[0] == "1月"


def test_months_are_three_letters_and_one_factor_is_printed_once(
    qtbot: QtBot, session: Session, settings: Settings
) -> None:
    page, view = avoided(qtbot, session, settings)
    assert view.chart.data is not None
    assert view.chart.data.categories[8] == "Sep"
    factor = summary(session.inventory).total.factors_self_used[0]
    assert words(page).count(str(factor.title)) == 1


# ---------------------------------------------------------------------- which view is shown


def test_a_plant_without_solar_is_told_how_to_begin(qtbot: QtBot, bare: Session, settings: Settings) -> None:
    window, page = opened(qtbot, bare, settings)
    assert page.empty
    assert "No solar in 2024" in words(page)
    assert {b.text() for b in page.findChildren(QPushButton) if b.isVisibleTo(page)} >= {
        "Enter readings", "Describe the PV system", "Check a published claim",
    }  # fmt: skip
    pressed(page, "Enter readings")
    assert window.place == "activity"


def test_a_claim_can_be_checked_at_a_plant_without_anything(qtbot: QtBot, bare: Session, settings: Settings) -> None:
    _window, page = opened(qtbot, bare, settings)
    pressed(page, "Check a published claim")
    assert not page.empty
    assert page.front == "claims"
    assert [page.tabs.isTabVisible(place) for place in range(len(VIEWS))] == [False] * 5 + [True]


def test_bills_alone_show_what_was_avoided_and_ask_for_the_system(
    qtbot: QtBot, krosno: Session, settings: Settings
) -> None:
    _window, page = opened(qtbot, krosno, settings)
    assert page.front == "avoided"
    assert [VIEWS[p] for p in range(len(VIEWS)) if page.tabs.isTabVisible(p)] == ["avoided", "claims"]
    pressed(page, "Describe the PV system")
    asked = next(w for w in page.findChildren(QWidget) if w.isWindow() and w.isVisible())
    assert asked.windowTitle() == "PV system"
    asked.close()


def test_a_system_shows_its_overview_first_and_all_views(qtbot: QtBot, session: Session, settings: Settings) -> None:
    _window, page = opened(qtbot, session, settings)
    assert page.front == "overview"
    assert all(page.tabs.isTabVisible(place) for place in range(len(VIEWS)))
    found = page.solved
    assert found is not None
    assert found.observed is not None
    assert found.observed.whole is not None
    assert found.observed.use is not None
    assert found.outlook is not None
    assert found.outlook.balance is not None
    saved, fed = found.outlook.saved, found.outlook.revenue
    assert saved is not None
    assert fed is not None
    text = words(page)
    for said in (
        money(saved.money + fed.money),
        f"{money(saved.money)} not bought, {money(fed.money)} for feed-in",
        mwh(found.observed.energy),
        f"{mwh(found.observed.typical_year)} MWh of an average year",
        shown(found.observed.whole["performance_ratio"].value, 3),
        percent(found.observed.use.self_consumption),
        "netted per 15 min",
        tonnes(found.outlook.balance.avoided),
        "never subtracted",
    ):
        assert said in text


def test_what_the_roof_earned_needs_a_tariff(qtbot: QtBot, session: Session, settings: Settings) -> None:
    for one in session.ledger.held(Tariff):
        session.edit(T("Tariff"), [Step("tariff", one.id, one, None)])
    _window, page = opened(qtbot, session, settings)
    qtbot.waitUntil(lambda: "needs a tariff of this year and meters of use" in words(page))


def test_a_view_that_was_chosen_stays_when_the_window_is_made_anew(
    qtbot: QtBot, session: Session, settings: Settings
) -> None:
    opened(qtbot, session, settings, "forecast")
    _window, page = opened(qtbot, session, settings)
    assert page.front == "forecast"


def test_the_views_are_switched_by_keyboard(qtbot: QtBot, session: Session, settings: Settings) -> None:
    _window, page = opened(qtbot, session, settings)
    page.tabs.tabBar().setFocus()
    QTest.keyClick(page.tabs.tabBar(), Qt.Key.Key_Right)
    assert page.front == "performance"
    titles = [command.title for command in page.commands()]
    assert "Solar: Forecast" in titles
    next(command for command in page.commands() if command.title == "Solar: Forecast").run()
    assert page.front == "forecast"
    answered(qtbot, page)


def test_one_of_several_systems_is_chosen(qtbot: QtBot, session: Session, settings: Settings) -> None:
    session.put(T("Test"), *roof("pv002", "Canteen"))
    _window, page = opened(qtbot, session, settings)
    assert page.chooser.isVisible()
    page.show_subject("pv002")
    answered(qtbot, page)
    assert page.system is not None
    assert page.system.name == "Canteen"
    assert "No meter counts the generation of this system" in words(page)
    session.remove(T("Test"), session.ledger.get("pv_system", "pv002"))  # type: ignore[arg-type]
    answered(qtbot, page)
    assert page.system is not None
    assert page.system.id == "pv001"


def test_a_claim_is_gone_to(qtbot: QtBot, session: Session, settings: Settings) -> None:
    session.put(T("Test"), Claim("c00001", "Brochure", "", date(2024, 1, 1), power=Decimal(2000), system="pv001",
                                 yearly=Decimal(2_000_000)))  # fmt: skip
    _window, page = opened(qtbot, session, settings)
    page.show_subject("c00001")
    answered(qtbot, page)
    assert page.front == "claims"
    check = page.claims.check
    assert check is not None
    assert check.claim.id == "c00001"
    said = " ".join(str(step.sentence) for step in check.steps)
    assert "The model of this system" in said


# ---------------------------------------------------------------------- read and operated


@pytest.mark.parametrize("long", [False, True])
def test_full_it_can_be_read_and_operated(
    qtbot: QtBot, session: Session, settings: Settings, monkeypatch: pytest.MonkeyPatch, long: bool
) -> None:
    with stretched(monkeypatch) if long else nullcontext():
        _window, page = opened(qtbot, session, settings, size=LARGE if long else SMALL)
        for key in VIEWS:
            page.go(key)
            answered(qtbot, page)
            assert page.front == key
            assert (key, nameless(page), out_of_order(page), clipped(page)) == (key, [], [], [])
            assert long or (key, beyond(page)) == (key, [])


@pytest.mark.parametrize("lang", ["en", "zh", "long"])
def test_a_narrow_window_shows_what_is_assumed_beside_what_follows(
    qtbot: QtBot, session: Session, settings: Settings, monkeypatch: pytest.MonkeyPatch, lang: str
) -> None:
    set_language("zh" if lang == "zh" else "en")
    with stretched(monkeypatch) if lang == "long" else nullcontext():
        window, page = opened(qtbot, session, settings, "forecast", size=QSize(960, 640))
        view = page.view("forecast")
        assert isinstance(view, ForecastView)
        qtbot.waitUntil(lambda: clipped(view) == [])
        assert lang == "long" or beyond(window) == []
        assumed, follows = (QRect(one.mapToGlobal(QPoint(0, 0)), one.size()) for one in (view.assumptions, view.energy))
        assert assumed.right() < follows.left()


def test_the_cards_say_what_they_show(qtbot: QtBot, session: Session, settings: Settings) -> None:
    page, _view = avoided(qtbot, session, settings)
    cards = [f for f in page.findChildren(QFrame, "card") if f.accessibleName()]
    assert len(cards) >= 5
