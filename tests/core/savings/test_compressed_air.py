"""Compressed air: the published leaks and heat, pressure, tests without consumers."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import UserError
from core.savings._air import compression_work, leak_energy, leak_share, pressure_ratio, recovered_heat
from tests.core.savings.measures import EXAMPLES, saving

BAR = st.decimals(min_value=1, max_value=15, places=2)
PSI = Decimal("0.0689476")
AMBIENT = Decimal("1.013")


def test_the_published_leaks_to_the_dollar() -> None:
    said = EXAMPLES["compressed_air_leaks"]
    total = Decimal(0)
    for leak in said["leaks"]:
        flow = leak["count"] * Decimal(leak["cfm"]) * Decimal(said["edge"])
        cost = leak_energy(flow, Decimal(said["kw_per_cfm"]), Decimal(said["hours"])) * Decimal(said["price"])
        assert round(cost) == leak["dollars"]
        total += cost
    assert round(total) == said["total_dollars"]


def test_the_published_heat_of_a_compressor() -> None:
    said = EXAMPLES["compressor_heat"]
    power = Decimal(said["horsepower"]) * Decimal(said["btu_per_horsepower_hour"])
    heat = recovered_heat(power, Decimal(said["share"]), Decimal(said["hours"]))
    assert heat == Decimal(said["expected_btu"])
    therms = heat / Decimal(said["btu_per_therm"])
    assert round(therms * Decimal(said["dollars_per_therm"]) / Decimal(said["efficiency"])) == said["expected_dollars"]


def test_two_psi_are_about_one_percent() -> None:
    """Rule of thumb of the sourcebook, around 100 psig."""
    for isothermal in (False, True):
        saved = 1 - pressure_ratio(100 * PSI, 98 * PSI, AMBIENT, isothermal)
        assert Decimal("0.008") < saved < Decimal("0.013")


@given(BAR, BAR, st.booleans(), st.integers(1, 4))
def test_pressure_ratios_are_inverse_and_chain(one: Decimal, other: Decimal, isothermal: bool, stages: int) -> None:
    many = Decimal(stages)
    there = pressure_ratio(one, other, AMBIENT, isothermal, many)
    back = pressure_ratio(other, one, AMBIENT, isothermal, many)
    assert abs(there * back - 1) < Decimal("1e-25")
    assert (there < 1) == (other < one)


@given(st.decimals(min_value="1.5", max_value=15, places=2))
def test_many_stages_come_near_cooling_throughout(ratio: Decimal) -> None:
    works = [compression_work(ratio, False, Decimal(stages)) for stages in (1, 2, 4)]
    assert works[0] > works[1] > works[2] > compression_work(ratio, True)


def test_the_unload_test_gives_the_same_as_the_flows_behind_it() -> None:
    test = saving(
        "compressed_air", leaks_by="test", leak_share_before="", leak_share_after="", capacity="12",
        on_load_before="1.5", off_load_before="4.5", on_load_after="0.5", off_load_after="9.5",
    )  # fmt: skip
    flow = saving(
        "compressed_air", leaks_by="flow", leak_share_before="", leak_share_after="", leak_before="3", leak_after="0.6"
    )
    assert test.kwh == flow.kwh > 0
    assert any("unload test" in str(step.what) for step in test.effect.steps)
    assert leak_share(Decimal("1.5"), Decimal("4.5")) == Decimal("0.25")


def test_leaks_and_pressure_do_not_count_twice() -> None:
    both = saving("compressed_air").kwh
    leaks = saving("compressed_air", pressure_after="7.5").kwh
    pressure = saving("compressed_air", leak_share_after="28").kwh
    assert max(leaks, pressure) < both < leaks + pressure


def test_poor_controls_save_less_of_the_leaks() -> None:
    good, poor = (saving("compressed_air", pressure_after="7.5", response=one).kwh for one in ("100", "30"))
    assert poor == good * Decimal("0.3")


def test_heat_recovery_is_a_line_of_its_own() -> None:
    found = saving(
        "compressed_air", recovered="70", heat_hours="3000", heat_item="natural_gas", efficiency="90", currency="CNY",
        price="0.7", heat_price="0.35",
    )  # fmt: skip
    electricity, heat = found.years[0].lines
    mean = electricity.amounts.after / 6000
    assert abs(heat.amounts.before - mean * 3000 * Decimal("0.7") / Decimal("0.9")) < Decimal("1e-6")
    assert heat.amounts.after == 0 and heat.money is not None and heat.money > 0
    assert found.years[0].tonnes == electricity.tonnes + heat.tonnes  # type: ignore[operator]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"leak_share_after": ""}, "Share of leaks after"),
        ({"pressure_after": ""}, "Pressure after"),
        ({"pressure_before": "0"}, "above that of the air around"),
        ({"leaks_by": "flow", "leak_before": "25", "leak_after": "1"}, "more than the 20 m³/min delivered"),
        ({"leaks_by": "test", "capacity": "12", "on_load_before": "0", "off_load_before": "0", "on_load_after": "1",
          "off_load_after": "1"}, "no time on load"),
        ({"recovered": "50", "heat_hours": "7000", "heat_item": "natural_gas", "efficiency": "90"}, "more hours"),
        ({"recovered": "50", "heat_hours": "3000"}, "What the heat replaces"),
        ({"specific_power": "0"}, "out of range"),
        ({"hours": "9000"}, "out of range"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused(changes: dict[str, str], words: str) -> None:
    with pytest.raises(UserError, match=words):
        saving("compressed_air", **changes)


def test_what_became_worse_is_told() -> None:
    found = saving("compressed_air", leak_share_before="10", leak_share_after="20", pressure_after="8")
    words = " ".join(map(str, found.warnings))
    assert "more air leaks than before" in words and "pressure is higher" in words
    assert found.kwh < 0
