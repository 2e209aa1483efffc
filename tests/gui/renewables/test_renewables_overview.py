"""The first tab: three shares that are never added, the claim, bars by month and year, and the line on the overview."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from core.i18n import T
from core.instruments import Judged
from core.ledger import Plant
from core.methods import exact_sum
from core.renewables.parts import PARTS, UNCOVERED
from core.renewables.shares import CERTIFIED, VIEWS, Share
from gui.overview.page import Overview
from gui.pages import discover
from gui.renewables import words as said
from gui.renewables.figures import apart, gap_card, share_card
from gui.renewables.known import known_of
from gui.renewables.overview import MONTHS, YEARS
from gui.session import Session
from gui.settings import Settings
from gui.window import Window
from tests.gui.renewing import allocated, bill, certificates, fill, keep, opened, words

WHOLE = Share(date(2024, 1, 1), date(2024, 12, 31), *map(Decimal, (100000, 99999, 500, 400, 0, 0)))


@pytest.fixture
def filled(bare: Session) -> Session:
    fill(bare)
    return bare


# ---------------------------------------------------------------------- figures


def test_shares_are_rounded_down_and_say_of_how_much(qtbot: QtBot) -> None:
    cards = [share_card(WHOLE, view) for view in VIEWS]
    for one in cards:
        qtbot.addWidget(one)
    assert [one.accessibleName() for one in cards] == [
        "With certificates: 99.9 %, 99.9 of 100.0 MWh",
        "Physically traced: 0.5 %, 0.500 of 100.0 MWh",
        "Own generation: 0.4 %, 0.400 of 100.0 MWh",
    ]


def test_a_plant_without_electricity_has_no_share(qtbot: QtBot) -> None:
    nothing = replace(WHOLE, used=Decimal(0), certified=Decimal(0), traced=Decimal(0), own=Decimal(0))
    card = share_card(nothing, CERTIFIED)
    qtbot.addWidget(card)
    assert card.accessibleName().startswith("With certificates: – %")


@pytest.mark.parametrize(
    ("kwh", "shown"),
    [("0", "0"), ("99999.999", "99.9"), ("100000", "100.0"), ("9999.9999", "9.999"), ("0.4", "0.000")],
)
def test_a_part_never_looks_like_the_whole(kwh: str, shown: str) -> None:
    assert said.mwh_down(Decimal(kwh)) == shown


@pytest.mark.parametrize(
    ("mwh", "shown"), [("0", "0"), ("0.0001", "< 0.001"), ("-3", "−3.000"), ("12.34", "12.3"), ("0.5", "0.500")]
)
def test_what_is_missing_never_looks_like_nothing(mwh: str, shown: str) -> None:
    assert said.mwh(Decimal(mwh)) == shown


def test_nuclear_and_unclaimed_electricity_stand_apart(qtbot: QtBot) -> None:
    assert list(apart(WHOLE)) == []
    shown = list(apart(replace(WHOLE, low_carbon=Decimal(12000), untitled=Decimal(3000))))
    for one in shown:
        qtbot.addWidget(one)
    assert ["12.0 MWh" in words(shown[0]), "3.000 MWh" in words(shown[1])] == [True, True]


def test_what_is_missing_names_the_year_of_the_target(qtbot: QtBot, filled: Session) -> None:
    card = gap_card(known_of(filled).way)
    qtbot.addWidget(card)
    assert "Missing for 100 % in 2027: 12.0 MWh" in card.accessibleName()


def test_the_page_shows_the_shares_of_the_core(qtbot: QtBot, filled: Session, settings: Settings) -> None:
    _window, page = opened(qtbot, filled, settings)
    year = known_of(filled).shares.year
    assert year.used == 12000 and year.certified == 3000
    seen = words(page.overview)
    assert "25.0" in seen and "3.000 of 12.0 MWh" in seen


# ---------------------------------------------------------------------- claim


def test_each_open_point_has_its_remedy_and_the_way_there(qtbot: QtBot, filled: Session, settings: Settings) -> None:
    keep(filled, certificates("i00003", market="PL"), allocated("al00009", "i00003", "a00009"))
    _window, page = opened(qtbot, filled, settings)
    part = page.overview.judgements
    first = part.judged[0]
    seen = words(part)
    assert first.message.in_language("en") in seen and first.remedy.in_language("en") in seen
    more = len(part.judged) - 3
    assert more > 0 and part.judged[-1].message.in_language("en") not in seen
    (link,) = (one for one in part.findChildren(QPushButton) if one.text() == f"Show {more} more")
    link.click()
    qtbot.wait(10)
    assert all(one.remedy.in_language("en") in words(part) for one in part.judged)


@pytest.mark.parametrize(
    ("rule", "subject", "place"),
    [
        ("enough_covered", "2024", (said.ALLOCATION, None)),
        ("own_attributes", "2024", ("solar", None)),
        ("main_meters", "2024", ("meters", None)),
        ("months_missing", "2024", ("activity", None)),
        ("findings_open", "a00001", ("activity", "a00001")),
        ("findings_open", "2024", ("findings", None)),
        ("instruments_open", "i00001", (said.INSTRUMENTS, "i00001")),
        ("exports", "al00001", (said.ALLOCATION, "al00001")),
    ],
)
def test_where_something_can_be_done(filled: Session, rule: str, subject: str, place: tuple[str, object]) -> None:
    one = Judged(rule, "stop", subject, T("What"), T("Do"))
    assert said.place_of(one, filled.ledger) == place


def test_every_place_of_a_rule_is_there() -> None:
    pages = {place.info.key for place in discover("plant")} | {said.INSTRUMENTS, said.ALLOCATION}
    assert set(said._BY_RULE.values()) <= pages


# ---------------------------------------------------------------------- chart


def test_bars_by_month_are_what_was_used(qtbot: QtBot, filled: Session, settings: Settings) -> None:
    _window, page = opened(qtbot, filled, settings)
    data = page.overview.chart.data
    assert data is not None and len(data.categories) == 12
    by_name = {one.name: one.values for one in data.series}
    assert by_name["Certificates and contracts"][:4] == tuple(map(Decimal, (1, 1, 1, 0)))
    assert by_name["Not covered"] == tuple(map(Decimal, (0, 0, 0, *[1] * 9)))
    assert sum((sum(one.values) for one in data.series), Decimal(0)) == known_of(filled).shares.year.used / 1000
    assert "Direct line" not in by_name  # there is none


def test_bars_by_year_hold_each_year_with_data(qtbot: QtBot, filled: Session, settings: Settings) -> None:
    keep(filled, bill(1, id="a00099", start=date(2023, 5, 1), end=date(2023, 5, 31), quantity=Decimal(700)))
    _window, page = opened(qtbot, filled, settings)
    view = page.overview
    view.by.setCurrentIndex(view.by.findData(YEARS))
    view.by.activated.emit(1)
    qtbot.waitUntil(lambda: view.chart.data is not None and view.chart.data.categories == ("2023", "2024"))
    data = view.chart.data
    assert data is not None
    assert {one.name: one.values for one in data.series}["Not covered"] == (Decimal("0.7"), Decimal(9))
    view.by.setCurrentIndex(view.by.findData(MONTHS))
    view.by.activated.emit(0)
    assert view.chart.data is not None and len(view.chart.data.categories) == 12


def test_every_part_has_a_name_and_a_colour_of_its_own() -> None:
    colours = said.part_colours()
    assert set(colours) == set(said.PARTS) == set(PARTS)
    assert len(set(colours.values())) == len(PARTS)


def test_parts_of_the_page_add_up(filled: Session) -> None:
    known = known_of(filled)
    assert exact_sum(one.used for one in known.parts) == known.shares.year.used
    assert exact_sum(one.kwh(UNCOVERED) for one in known.parts) == 9000


# ---------------------------------------------------------------------- zero-carbon factory


def test_the_zero_carbon_factory_is_asked_of_plants_in_china_alone(
    qtbot: QtBot, filled: Session, settings: Settings
) -> None:
    _window, page = opened(qtbot, filled, settings)
    assert "Zero-carbon factory" in words(page.overview) and "not reached" in words(page.overview)
    filled.put(T("Moved"), replace(filled.ledger.plant, country="PL", region=""))
    qtbot.wait(10)
    assert isinstance(filled.ledger.plant, Plant)
    assert "Zero-carbon factory" not in words(page.overview)


# ---------------------------------------------------------------------- the line on the overview of the plant


def overview_of(qtbot: QtBot, session: Session, settings: Settings) -> tuple[Window, Overview]:
    window = Window(session, settings, discover("plant"))
    qtbot.addWidget(window)
    window.resize(1280, 800)
    window.show()
    window.go("overview")
    page = window.page("overview")
    assert isinstance(page, Overview)
    return window, page


def test_the_plant_manager_sees_share_and_gap_and_goes_to_the_page(
    qtbot: QtBot, filled: Session, settings: Settings
) -> None:
    window, page = overview_of(qtbot, filled, settings)
    assert page.renewable.isVisible()
    assert "25.0 %" in words(page.renewable) and "100 % in 2027 is not secured yet" in words(page.renewable)
    page.renewable._go()
    assert window.place == "renewables"


def test_without_a_target_the_line_says_so(qtbot: QtBot, bare: Session, settings: Settings) -> None:
    keep(bare, bill(1))
    _window, page = overview_of(qtbot, bare, settings)
    assert "no target is entered" in words(page.renewable)
    keep(bare, certificates(), allocated("al00001", "i00001", "a00001"))
    qtbot.wait(10)
    assert "Nothing is missing for 100 % in 2024." in words(page.renewable)


def test_a_year_without_bills_may_begin_with_the_meters(qtbot: QtBot, bare: Session, settings: Settings) -> None:
    window, page = opened(qtbot, bare, settings)
    (take,) = (one for one in page.findChildren(QPushButton) if one.text() == "Take months from the meters")
    take.click()
    assert window.place == "meters"


def test_without_electricity_there_is_no_line(qtbot: QtBot, bare: Session, settings: Settings) -> None:
    keep(bare, bill(1, method="stationary_combustion", item="natural_gas", unit="m3"))
    _window, page = overview_of(qtbot, bare, settings)
    assert not page.renewable.isVisible()
