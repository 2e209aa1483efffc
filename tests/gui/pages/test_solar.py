"""The solar page: what was generated, where it went, and what it avoided, with the factor behind it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from core.i18n import T
from core.ledger import Activity
from core.solar import summary
from gui.language import set_language
from gui.pages import discover
from gui.pages._solar import SolarPage
from gui.session import Session
from gui.settings import Settings
from gui.window import Window
from tests.gui.walk import beyond, clipped, nameless, out_of_order, stretched


def opened(qtbot: QtBot, session: Session, settings: Settings, *, large: bool = False) -> tuple[Window, SolarPage]:
    window = Window(session, settings, discover("plant"))
    qtbot.addWidget(window)
    window.resize(*((1920, 1080) if large else (1280, 800)))
    window.show()
    window.go("solar")
    page = window.page("solar")
    assert isinstance(page, SolarPage)
    qtbot.wait(30)
    return window, page


def words(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget))


def reading(source: str, item: str, month: int, kwh: str) -> Activity:
    first = date(2024, month, 1)
    return Activity(f"{source}-{item}-{month}", source, "solar_generation", item, first, first.replace(day=28),
                    Decimal(kwh), "kWh")  # fmt: skip


def test_the_months_add_up_to_the_year(qtbot: QtBot, session: Session, settings: Settings) -> None:
    _window, page = opened(qtbot, session, settings)
    rows = list(page.table.model.records)
    assert len(rows) == 13
    assert rows[-1].title == "Total"
    for name in ("generated", "self_used", "fed_in", "avoided_self_used", "avoided_fed_in"):
        values = [getattr(row.figures, name) for row in rows]
        assert sum(values[:-1]) == values[-1] > 0
    ratio = next(c for c in page.table.model.columns if c.key == "ratio")
    total = rows[-1].figures
    assert ratio.text(rows[-1]) == f"{total.self_used / total.generated * 100:.1f}"


def test_the_bars_are_the_months(qtbot: QtBot, session: Session, settings: Settings) -> None:
    _window, page = opened(qtbot, session, settings)
    data = page.chart.data
    assert data is not None
    assert data.categories[0] == "Jan"
    found = summary(session.inventory)
    assert data.series[0].values == tuple(f.self_used / 1000 for f in found.by_month)
    assert data.series[1].values == tuple(f.fed_in / 1000 for f in found.by_month)


def test_avoided_is_told_apart_with_factor_publisher_and_year(
    qtbot: QtBot, session: Session, settings: Settings
) -> None:
    _window, page = opened(qtbot, session, settings)
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
    _window, page = opened(qtbot, bare, settings)
    assert "Use unknown" in words(page)
    data = page.chart.data
    assert data is not None
    assert [s.name for s in data.series][-1] == "Use unknown"
    assert data.series[-1].values[2] > 0


def test_one_of_several_plants_can_be_chosen(qtbot: QtBot, bare: Session, settings: Settings) -> None:
    bare.put(T("Test"), reading("Roof A", "solar_self_used", 3, "5000"), reading("Roof B", "solar_self_used", 3, "700"))
    _window, page = opened(qtbot, bare, settings)
    assert page.source.isVisible()
    assert page.table.model.records[-1].figures.self_used == Decimal(5700)
    page.source.setCurrentIndex(page.source.findData("Roof B"))
    page.source.activated.emit(2)
    assert page.table.model.records[-1].figures.self_used == Decimal(700)


def test_an_edit_is_seen_at_once(qtbot: QtBot, session: Session, settings: Settings) -> None:
    _window, page = opened(qtbot, session, settings)
    before = page.table.model.records[-1].figures.generated
    record = next(a for a in session.ledger.activities if a.item == "solar_generated" and a.start.year == 2024)
    session.put(T("Test"), replace(record, quantity=record.quantity + 1))
    assert page.table.model.records[-1].figures.generated != before


def test_the_inspector_has_all_digits(qtbot: QtBot, session: Session, settings: Settings) -> None:
    window, page = opened(qtbot, session, settings)
    page.table.show_record("2024-03")
    window.show_inspector(True)
    qtbot.waitUntil(lambda: "Implied constant" in words(window.inspector))
    figures = page.table.model.records[2].figures
    assert f"{figures.avoided_self_used:,f}".rstrip("0") in words(window.inspector)


def test_a_plant_without_solar_is_told_how_to_begin(qtbot: QtBot, bare: Session, settings: Settings) -> None:
    window, page = opened(qtbot, bare, settings)
    assert "No solar in 2024" in words(page)
    next(b for b in page.findChildren(QPushButton) if b.text() == "Enter readings").click()
    assert window.place == "activity"


def test_months_are_written_in_chinese(qtbot: QtBot, session: Session, settings: Settings) -> None:
    set_language("zh")
    _window, page = opened(qtbot, session, settings)
    assert page.table.model.records[0].title == "2024年1月"
    assert page.chart.data is not None
    assert page.chart.data.categories[0] == "1月"


@pytest.mark.parametrize("long", [False, True])
def test_full_it_can_be_read_and_operated(
    qtbot: QtBot, session: Session, settings: Settings, monkeypatch: pytest.MonkeyPatch, long: bool
) -> None:
    def look() -> None:
        _window, page = opened(qtbot, session, settings, large=long)
        assert nameless(page) == []
        assert out_of_order(page) == []
        qtbot.waitUntil(lambda: clipped(page) == [])
        assert beyond(page) == []
        cards = [f for f in page.findChildren(QFrame, "card") if f.accessibleName()]
        assert len(cards) >= 5

    if long:
        with stretched(monkeypatch):
            look()
    else:
        look()


def test_months_are_three_letters_and_one_factor_is_printed_once(
    qtbot: QtBot, session: Session, settings: Settings
) -> None:
    _window, page = opened(qtbot, session, settings)
    assert page.chart.data is not None
    assert page.chart.data.categories[8] == "Sep"
    factor = summary(session.inventory).total.factors_self_used[0]
    assert words(page).count(str(factor.title)) == 1
