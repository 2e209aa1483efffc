"""The named factors: what each would make of the energy, who published it, or why there is none."""

from __future__ import annotations

from decimal import Decimal

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from core.i18n import T
from core.library import load_library
from core.solar.avoided import BASES, answers, modules_factor
from core.solar.outlook import places_of
from gui.session import Session
from gui.settings import Settings
from gui.solar.factors import (
    FactorRow,
    balance_words,
    explained_factor,
    factor_columns,
    factor_marks,
    factor_rows,
    source_of,
)
from tests.gui.solar.test_page import avoided, words
from tests.gui.solar.test_work import ZHANGJIAKOU, answer, plant_of

KWH = Decimal(1_000_000)


def rows(kwh: Decimal = KWH, places: tuple[str, ...] = ()) -> dict[str, FactorRow]:
    places = places or places_of(plant_of(ZHANGJIAKOU)[0].plant)
    library = load_library()
    found = factor_rows(answers(library, places, 2024), modules_factor(library, places, 2024), kwh)
    return {row.id: row for row in found}


def test_every_basis_has_a_row_and_the_modules_come_last() -> None:
    assert list(rows()) == [*BASES, "modules"]


def test_tonnes_are_energy_times_factor_and_modules_take_away() -> None:
    found = rows()
    column = next(one for one in factor_columns() if one.key == "tonnes")
    location, modules = found["location"], found["modules"]
    assert location.factor is not None
    assert location.amount is not None
    assert location.amount.tonnes == location.factor.value * 1000
    assert column.text(modules).startswith("-")
    assert column.sort is not None
    assert column.sort(modules) < 0 < column.sort(location)


def test_where_none_is_published_it_says_why() -> None:
    margin = rows(places=("PL", "World"))["operating_margin"]
    assert margin.factor is None
    assert source_of(margin) == "No such factor is published for this place."
    texts = {column.key: column.text(margin) for column in factor_columns()}
    assert [texts[key] for key in ("factor", "gas", "year", "tonnes")] == ["–"] * 4


def test_a_number_that_is_not_verified_is_named_and_not_used() -> None:
    margin = rows()["combined_margin"]
    assert margin.factor is None
    assert margin.amount is None
    assert margin.proposal is not None
    assert "The published number is not verified" in source_of(margin)
    assert f"Known but not used: {margin.proposal.value} t CO₂/MWh" in source_of(margin)


def test_without_energy_there_are_factors_and_no_tonnes() -> None:
    location = rows(Decimal(0))["location"]
    assert location.factor is not None
    assert location.amount is None


def test_a_factor_of_another_year_is_marked() -> None:
    found = rows()["location"]
    assert factor_marks(found, 2024)["year"].text == "The factor describes 2023, not 2024."
    assert factor_marks(rows(places=("PL", "World"))["operating_margin"], 2024) == {}


def test_the_inspector_has_the_question_and_the_formula(qtbot: QtBot) -> None:
    made = explained_factor(rows()["location"])
    qtbot.addWidget(made)
    said = [one.text() for one in made.findChildren(QLabel)]
    assert any("average kilowatt-hour of the grid" in text for text in said)
    assert "1,000 MWh × 0.6516 t/MWh = 651.600 t" in [text.replace("1,000.000", "1,000") for text in said]


def test_the_net_says_that_the_bounds_differ() -> None:
    first, second = balance_words(answer(ZHANGJIAKOU).outlook)
    assert first.startswith("Avoided 1,7")
    assert "underestimate" in second
    assert balance_words(None) == []


def test_without_bills_the_meters_say_how_much(qtbot: QtBot, session: Session, settings: Settings) -> None:
    solar = [one for one in session.ledger.activities if one.method == "solar_generation"]
    session.remove(T("Test"), *solar)
    _page, view = avoided(qtbot, session, settings)
    text = words(view)
    assert "according to the meters" in text
    assert "Avoided by it (memo)" in text
    assert not view.table.isVisible()
    location = next(row for row in view.factors.model.records if row.id == "location")
    assert location.amount is not None
    assert float(location.amount.energy) == pytest.approx(2_650_170, abs=1)
