"""Whether the plant is on its way to what it promised, in one sentence."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from pytestqt.qtbot import QtBot

from core.renewables.way import Way
from gui.renewables.figures import gap_card
from gui.renewables.known import known_of
from gui.renewables.standing import standing, told
from gui.session import Session
from tests.gui.renewing import TARGET, bill, certificates, fill, keep, words


@pytest.fixture
def way(bare: Session) -> Way:
    """12 MWh are missing in 2027, which the options close."""
    fill(bare)
    return known_of(bare).way


def test_each_way_to_stand_has_its_words(way: Way) -> None:
    zero = Decimal(0)
    assert told(way, promised=True) == (
        "warning", "100 % in 2027 is not secured yet: 12.0 MWh a year are missing. What is planned would close the "
        "gap for 432.24 CNY a year.",
    )  # fmt: skip
    assert told(replace(way, open=Decimal(5)), promised=True) == (
        "bad", "Not on the way to 100 % in 2027: 12.0 MWh a year are missing, and what is planned leaves 5.000 MWh "
        "open.",
    )  # fmt: skip
    assert told(replace(way, mix=(), open=way.gap), promised=True) == (
        "bad", "Not on the way to 100 % in 2027: 12.0 MWh a year are missing, and nothing is planned that would close "
        "the gap.",
    )  # fmt: skip
    assert told(replace(way, year=2024), promised=True) == (
        "bad",
        "100 % in 2024 is not reached: 12.0 MWh are missing.",
    )
    assert told(way, promised=False) == ("info", "Not covered: 12.0 MWh; no target is entered")
    assert told(replace(way, gap=zero), promised=True) == ("good", "Nothing is missing for 100 % in 2027.")


def test_a_promise_is_a_target_of_renewable_electricity(qtbot: QtBot, bare: Session) -> None:
    keep(bare, bill(1))
    without = standing(known_of(bare).way, bare.ledger)
    keep(bare, TARGET)
    promised = standing(known_of(bare).way, bare.ledger)
    for one in (without, promised):
        qtbot.addWidget(one)
    assert "no target is entered" in words(without) and "Not on the way to 100 % in 2027" in words(promised)


def test_certificates_of_this_year_do_not_secure_a_later_one(qtbot: QtBot, way: Way) -> None:
    """So what is secured is less than the share of the year, and the card says why."""
    later, same = gap_card(way), gap_card(replace(way, year=way.data_year))
    for one in (later, same):
        qtbot.addWidget(one)
    assert "what is contracted for 2027 secure" in words(later)
    assert "are secured" in words(same) and "contracted" not in words(same)
    assert certificates().end.year == way.data_year
