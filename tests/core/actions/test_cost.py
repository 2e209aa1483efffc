"""What an action costs: published figures of annuity and present value first."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from core.actions import cost_of
from core.actions.cost import cash
from core.errors import UserError
from core.finance import crf
from core.ledger import Action
from tests.core.actions.plans import action, actions, d

FINANCE: dict[str, Any] = json.loads((Path(__file__).parents[2] / "data" / "finance.json").read_text("utf-8"))


@pytest.mark.parametrize("case", FINANCE["pmt"])
def test_the_published_annuity(case: dict[str, float]) -> None:
    plan = action(capex=str(case["pv"]), life=int(case["nper"]), discount=str(case["rate"] * 100))
    assert float(cost_of(plan).yearly) == pytest.approx(-case["expected"], abs=0.006)


@pytest.mark.parametrize("case", FINANCE["pv"])
def test_the_published_present_value(case: dict[str, float]) -> None:
    plan = action(saving=str(case["pmt"]), life=int(case["nper"]), discount=str(case["rate"] * 100))
    found = cost_of(plan)
    assert float(found.npv) == pytest.approx(-case["expected"], abs=0.006)
    assert found.yearly == -Decimal(str(case["pmt"]))


@pytest.mark.parametrize("case", FINANCE["npv"])
def test_the_published_npv_as_a_ramp(case: dict[str, Any]) -> None:
    first, *flows = case["cf"]
    ramp = tuple((str(number), f"{Decimal(flow) / flows[-1] * 100:.20f}") for number, flow in enumerate(flows[:-1], 1))
    plan = action(
        capex=str(-first), saving=str(flows[-1]), life=len(flows), ramp=ramp, discount=str(case["rate"] * 100)
    )
    assert float(cost_of(plan).npv) == pytest.approx(case["expected"], abs=0.006)
    assert [float(one) for one in cash(plan)] == pytest.approx(case["cf"])


def test_capex_opex_and_savings() -> None:
    plan = action(capex=100_000, opex=1_000, saving=5_000, life=20, discount=5)
    assert str(cost_of(plan).yearly) == "4024.26"  # 0.0802425872 × 100,000 + 1,000 - 5,000


def test_without_money_nothing_costs() -> None:
    assert (cost_of(action()).yearly, cost_of(action()).npv) == d(0, 0)


@given(actions("a"))
def test_yearly_cost_is_the_annuity_of_the_present_value(plan: Action) -> None:
    found = cost_of(plan)
    factor = crf(float(plan.discount) / 100, plan.life)
    assert float(found.yearly) == pytest.approx(-factor * float(found.npv), abs=0.02)


@given(actions("a"))
def test_a_ramp_never_earns_more(plan: Action) -> None:
    assert cost_of(plan).npv <= cost_of(replace(plan, ramp=())).npv
    assert cost_of(replace(plan, ramp=(("1", "100"),))).yearly == pytest.approx(
        cost_of(replace(plan, ramp=())).yearly, abs=Decimal("0.011")
    )


@pytest.mark.parametrize("changes", [{"life": 0}, {"life": 101}, {"discount": -100}])
def test_what_cannot_be_calculated(changes: dict[str, Any]) -> None:
    with pytest.raises(UserError) as caught:
        cost_of(action(capex=1, **changes))
    assert caught.value.remedy is not None
