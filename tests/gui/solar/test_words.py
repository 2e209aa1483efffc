"""How PV systems are spoken of."""

from __future__ import annotations

import math
from decimal import Decimal

import pytest

from core.solar.indices import INDICES
from core.solar.losses import KEYS
from core.solar.model import TYPED_LOSSES
from gui.language import set_language
from gui.solar.words import (
    LOSS_WORDS,
    SHORT,
    figure_unit,
    figure_value,
    gas_sign,
    money,
    month_name,
    mwh,
    netted_by,
    percent,
    place_words,
    plain,
    shown,
)


@pytest.mark.parametrize(
    ("kwh", "words"),
    [
        (2_644_760.0, "2,644.8"),
        (Decimal(1234), "1.234"),
        (0.0, "0"),
        (Decimal(0), "0"),
        (None, "–"),
        (math.nan, "–"),
        (-23_563, "-23.6"),
    ],
)
def test_energies_are_told_in_megawatt_hours(kwh: float | Decimal | None, words: str) -> None:
    assert mwh(kwh) == words


def test_what_is_not_known_is_a_dash_and_nothing_is_a_zero_without_sign() -> None:
    assert shown(None, 1) == percent(None) == money(None) == "–"
    assert shown(-0.001, 1) == "0.0"
    assert money(0) == "0"
    assert money(Decimal("118664.28")) == "118,664"
    assert money(Decimal("0.372")) == "0.37"
    assert percent(0.87912) == "87.9"
    assert plain(None) == ""
    assert plain(0.1) == "0.1"


def test_ratios_and_shares_keep_their_digits() -> None:
    assert figure_value(INDICES["performance_ratio"], 0.83134) == "0.831"
    assert figure_unit(INDICES["performance_ratio"]) == ""
    assert figure_value(INDICES["capacity_factor_dc"], 0.15096) == "15.1"
    assert figure_unit(INDICES["capacity_factor_dc"]) == "%"
    assert figure_unit(INDICES["specific_yield"]) == "kWh/kW/a"
    assert figure_value(INDICES["final_yield"], None) == "–"


def test_every_figure_and_every_stated_loss_has_a_name() -> None:
    assert set(SHORT) == set(INDICES)
    assert set(LOSS_WORDS) == set(TYPED_LOSSES) < set(KEYS)


def test_the_netting_interval_is_named() -> None:
    assert [netted_by(one) for one in (900, 1800, 3600, 86_400, "day", "month")] == [
        "15 min", "30 min", "1 h", "24 h", "local day", "local month",
    ]  # fmt: skip


def test_places_on_both_halves_of_the_earth() -> None:
    assert place_words(Decimal("40.8"), Decimal("114.9")) == "40.8° N, 114.9° E"
    assert place_words(-33.5, -70.25) == "33.5° S, 70.25° W"


def test_months_and_gases() -> None:
    assert month_name(9) == "Sep"
    set_language("zh")
    assert month_name(9) == "9月"
    assert (gas_sign("CO2"), gas_sign("CO2e")) == ("CO₂", "CO₂e")
