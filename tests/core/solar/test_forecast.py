"""The years to come."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import UserError
from core.ledger.energy import PvSystem
from core.library import load_library
from core.solar import economics, grid_path, planning
from core.solar import forecast as module
from core.solar.avoided import answers, modules_factor
from core.solar.economics import PARAMETERS, Economics, economics_of, finance
from core.solar.forecast import COMPONENTS, Assumptions, combined, energies, exceeded_by_nine_of_ten, forecast
from core.solar.grid_path import GridPath
from core.solar.planning import assumptions_of, sigmas
from tests.documented import run_examples

CASES = json.loads((Path(__file__).parents[2] / "data" / "cashflow.json").read_text("utf-8"))["cases"]
FLAT = GridPath(0.5, 2024)
PLAN = Assumptions(2024, 1_000_000.0, FLAT)
MONEY = Economics(3_000_000.0, 30_000.0, 0.02, 0.8, 0.7, 0.01, 0.35, 0.0, 0.06, 0.02, ((13, 200_000.0),))


@pytest.mark.parametrize("one", [economics, module, grid_path, planning])
def test_examples_run(one: ModuleType) -> None:
    result = run_examples(one)
    assert result.attempted and not result.failed


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_the_published_degradation(case: dict[str, Any]) -> None:
    """NREL SAM: energy of year n = energy of year 1 × (1 - d)^(n-1)."""
    energy = case["cash_flows"]["cf_energy_net"][1:]
    found = energies(energy[0], case["inputs"]["analysis_period"], case["inputs"]["degradation"][0] / 100, 0.0)
    assert found.tolist() == pytest.approx(energy, rel=1e-9)


def test_the_claim_of_the_demo() -> None:
    """1,200 MWh and 0.600 t/MWh a year, 25 years: 16.6 kt with modules that age, 11.9 kt with a grid falling by 3 %."""
    plan = Assumptions(2024, 1_200_000.0, GridPath(0.6, 2024, decline=0.03))
    found = forecast(plan)
    assert found.constant == pytest.approx(0.6 * 1200 * 0.98 * (1 - 0.995**25) / 0.005)
    assert found.falling == pytest.approx(0.6 * 1200 * 0.98 * (1 - (0.995 * 0.97) ** 25) / (1 - 0.995 * 0.97))
    assert 16_500 < found.constant < 17_000 and 11_800 < found.falling < 12_000


@given(st.floats(1, 1e8), st.integers(1, 60), st.floats(0, 0.05), st.floats(0, 0.1), st.floats(0, 0.2))
def test_years_add_up(energy: float, years: int, d: float, lid: float, decline: float) -> None:
    plan = replace(PLAN, energy=energy, years=years, degradation=d, first_year_loss=lid, modules=0.05)
    found = forecast(replace(plan, grid=replace(FLAT, decline=decline)))
    assert len(found.years) == years and found.years[-1].year == 2024 + years - 1
    closed = energy * (1 - lid) * ((1 - (1 - d) ** years) / d if d > 1e-6 else years)
    assert math.isclose(found.p50, closed, rel_tol=1e-4)
    assert math.isclose(found.constant, found.p50 * 0.0005, rel_tol=1e-9)
    assert found.falling <= found.constant * (1 + 1e-12)
    assert found.modules is not None and found.net_falling is not None
    assert found.net_falling <= found.constant - found.modules + 1e-6
    assert "never change a total" in str(found.note)


def test_the_named_factor_stays_and_the_falling_one_falls_from_its_year_on() -> None:
    found = forecast(replace(PLAN, grid=GridPath(0.5306, 2023, decline=0.03)))
    assert found.years[0].factor == pytest.approx(0.5306 * 0.97)
    assert found.years[0].constant == pytest.approx(found.years[0].p50 * 0.5306 / 1000)


class TestGrid:
    def test_a_table_of_years(self) -> None:
        path = GridPath(0.5, 2024, table=((2035, 0.1), (2030, 0.3)))
        assert [path.at(y) for y in (2023, 2024, 2027, 2030, 2031, 2035, 2060)] == [0.5, 0.5, 0.4, 0.3, 0.26, 0.1, 0.1]
        assert "2035" in str(path.text)
        stated = GridPath(0.5, 2024, table=((2024, 0.6), (2026, 0.4)))
        assert stated.at(2024) == 0.6 and stated.at(2025) == 0.5

    def test_ways_have_sentences(self) -> None:
        assert "3 %" in str(GridPath(0.5, 2024, 0.03).text) and str(FLAT.text) == "Staying as it is."

    @given(st.floats(0, 2), st.floats(0, 0.5), st.integers(2000, 2080))
    def test_it_never_rises_by_falling(self, value: float, decline: float, year: int) -> None:
        path = GridPath(value, 2024, decline)
        assert 0 <= path.at(year + 1) <= path.at(year) <= value

    @pytest.mark.parametrize(
        "path",
        [
            GridPath(-0.1, 2024),
            GridPath(math.nan, 2024),
            GridPath(0.5, 2024, 1.0),
            GridPath(0.5, 2024, table=((2030, 0.2), (2030, 0.3))),
            GridPath(0.5, 2024, table=((2030, -0.2),)),
        ],
    )
    def test_paths_that_cannot_be(self, path: GridPath) -> None:
        with pytest.raises(UserError):
            path.at(2025)


class TestUncertainty:
    def test_components_are_named_and_independent(self) -> None:
        found = forecast(replace(PLAN, uncertainty=(("irradiation", 0.03), ("model", 0.04))))
        assert found.deviation == pytest.approx(0.05)
        assert [str(title) for title, _ in found.components] == [
            str(COMPONENTS[k][0]) for k in ("irradiation", "model")
        ]
        assert found.years[0].p90 == pytest.approx(found.years[0].p50 * (1 - 1.2816 * 0.05))
        assert found.p90 == pytest.approx(found.p50 * (1 - 1.2816 * 0.05))

    def test_nine_of_ten_exceed_it(self) -> None:
        draws = np.random.default_rng(1).normal(1000.0, 70.0, 100_000)
        assert (draws > exceeded_by_nine_of_ten(1000.0, 0.07)).mean() == pytest.approx(0.9, abs=0.003)

    def test_without_doubt_there_is_no_difference(self) -> None:
        assert combined(()) == 0 and exceeded_by_nine_of_ten(5.0, 0.0) == 5
        assert exceeded_by_nine_of_ten(5.0, 2.0) == 0

    @pytest.mark.parametrize("wrong", [(("model", -0.1),), (("luck", 0.1),), (("model", 0.1), ("model", 0.1))])
    def test_doubts_that_cannot_be(self, wrong: tuple[tuple[str, float], ...]) -> None:
        with pytest.raises(UserError, match="deviation"):
            combined(wrong)
        with pytest.raises(UserError):
            exceeded_by_nine_of_ten(1.0, math.nan)


class TestMoney:
    def test_payments_of_single_years(self) -> None:
        made = energies(1_000_000.0, 25)
        found = finance(made, MONEY)
        assert found.flows[0] == -3_000_000
        assert found.flows[1] == pytest.approx(made[0] * (0.8 * 0.7 + 0.2 * 0.35) - 30_000)
        assert found.flows[13] == pytest.approx(
            made[12] * (0.8 * 0.7 * 1.01**12 + 0.2 * 0.35) - 30_000 * 1.02**12 - 200_000
        )
        assert found.npv == pytest.approx(sum(found.flows / 1.06 ** np.arange(26)))
        assert found.npv == pytest.approx(found.discounted.sum())
        assert found.irr.count == 1 and found.irr.rate is not None and "one internal rate" in str(found.roots)
        assert found.payback is not None and found.discounted_payback is not None
        assert found.payback < found.discounted_payback

    def test_the_levelised_price_pays_it_back_just_so(self) -> None:
        """Selling every kWh at the LCOE, growing with inflation for the real one, is worth nothing."""
        made = energies(1_000_000.0, 25)
        once = finance(made, MONEY)
        assert once.lcoe is not None and once.lcoe_real is not None and once.lcoe_real < once.lcoe
        nominal = replace(MONEY, self_use=1.0, price=once.lcoe, price_growth=0.0)
        assert finance(made, nominal).npv == pytest.approx(0, abs=1e-3)
        real = replace(MONEY, self_use=1.0, price=once.lcoe_real * 1.02, price_growth=0.02)
        assert finance(made, real).npv == pytest.approx(0, abs=1e-3)

    def test_taking_it_down_gives_a_second_root_and_no_rate(self) -> None:
        found = finance(energies(1000.0, 10), Economics(1000.0, price=0.2, events=((10, 500.0),)))
        assert found.irr.count == 2 and found.irr.rate is None and "2 rates" in str(found.roots)
        never = finance(energies(1000.0, 10), Economics(1000.0, opex=300.0, price=0.2))
        assert never.irr.count == 0 and never.payback is None and "no internal rate" in str(never.roots)

    def test_events_after_the_end_cost_nothing(self) -> None:
        made = energies(1000.0, 10)
        assert finance(made, replace(MONEY, events=((11, 1e6),))).npv == finance(made, replace(MONEY, events=())).npv

    def test_both_halves(self) -> None:
        found = forecast(replace(PLAN, money=MONEY))
        assert found.money is not None and found.money_p90 is not None
        assert found.money_p90.npv < found.money.npv
        assert found.money_p90.lcoe is not None and found.money.lcoe is not None
        assert found.money_p90.lcoe > found.money.lcoe
        assert forecast(PLAN).money is forecast(PLAN).money_p90 is None

    def test_without_energy_there_is_no_levelised_cost(self) -> None:
        assert finance(np.zeros(3), MONEY).lcoe is None


class TestLedger:
    def system(self, **parameters: str) -> PvSystem:
        return PvSystem(
            "r", "Roof", date(2024, 1, 1), Decimal(40), Decimal(116), degradation=Decimal("0.7"),
            first_year_loss=Decimal("1.5"), parameters=tuple(parameters.items()),
        )  # fmt: skip

    def test_percent_become_shares(self) -> None:
        found = economics_of(
            self.system(capex="1000", opex="10", opex_growth="-1", self_use="80", price="0.7", discount="6.5",
                        replacement="50", replacement_year="12", disposal="20", years="20")
        )  # fmt: skip
        assert (found.capex, found.opex, found.opex_growth) == (1000, 10, -0.01)
        assert (found.self_use, found.price, found.rate) == (0.8, 0.7, 0.065)
        assert found.events == ((12, 50), (20, 20))
        assert economics_of(self.system()) == Economics(0.0)

    @pytest.mark.parametrize(
        ("key", "typed"), [("self_use", "101"), ("price", "-1"), ("capex", "much"), ("years", "0"), ("discount", "NaN")]
    )
    def test_numbers_that_cannot_be(self, key: str, typed: str) -> None:
        with pytest.raises(UserError, match=typed) as told:
            economics_of(self.system(**{key: typed}))
        assert str(PARAMETERS[key].title) in told.value.text("en") and "{" not in told.value.text("en")

    def test_everything_a_forecast_needs(self) -> None:
        library, place = load_library(), ("CN", "World")
        grid = answers(library, place, 2023)[0].factor
        assert grid is not None
        system = self.system(sigma_model="5", grid_decline="2")
        found = assumptions_of(system, 1e6, 2025, grid, modules_factor(library, place, 2023))
        assert (found.degradation, found.first_year_loss, found.modules) == (0.007, 0.015, 0.0545)
        assert dict(found.uncertainty) == {key: share for key, (_, share) in COMPONENTS.items()} | {"model": 0.05}
        assert found.grid.at(2024) == pytest.approx(0.5306 * 0.98) and "2025" in found.grid.name
        table = assumptions_of(system, 1e6, 2025, grid, table=((2040, 0.1),))
        assert table.grid.decline == 0 and table.grid.at(2040) == 0.1 and table.modules is None
        assert set(sigmas()) == {f"sigma_{key}" for key in COMPONENTS}
        assert not set(sigmas()) & set(PARAMETERS)


@pytest.mark.parametrize(
    "wrong",
    [
        {"years": 0},
        {"years": 61},
        {"energy": -1.0},
        {"energy": math.nan},
        {"degradation": 1.0},
        {"first_year_loss": -0.1},
    ],
)
def test_assumptions_that_cannot_be(wrong: dict[str, Any]) -> None:
    with pytest.raises(UserError, match="forecast"):
        forecast(replace(PLAN, **wrong))
