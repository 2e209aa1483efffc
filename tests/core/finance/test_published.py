"""The published cases: numpy-financial's tests and the cash flows of NREL's System Advisor Model."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import pytest

from core.finance import (
    discounted,
    discounted_payback,
    irr,
    irr_roots,
    lcoe,
    lcoe_fcr,
    mirr,
    nominal_rate,
    npv,
    payback,
    pmt,
    pv,
    rate,
)

DATA = Path(__file__).parents[2] / "data"


def read(name: str) -> dict[str, Any]:
    """The file says itself where its numbers come from."""
    found: dict[str, Any] = json.loads((DATA / name).read_text("utf-8"))
    assert found["source"]["repo"] and found["source"]["commit"] and found["source"]["licence"]
    return found


FINANCE, LCOE, CASHFLOW = read("finance.json"), read("lcoe.json"), read("cashflow.json")


def test_every_entry_is_asked() -> None:
    """A function that the file gains wants a test here."""
    assert set(FINANCE) == {"title", "source", "npv", "mirr", "pmt", "pv", "rate", "irr"}
    assert len(LCOE["cases"]) == 9 and len(CASHFLOW["cases"]) == 2


@pytest.mark.parametrize("case", FINANCE["npv"])
def test_npv(case: dict[str, Any]) -> None:
    assert npv(case["rate"], case["cf"]) == pytest.approx(case["expected"], rel=case["rel_tol"])


@pytest.mark.parametrize("case", FINANCE["mirr"])
def test_mirr(case: dict[str, Any]) -> None:
    found = mirr(case["cf"], case["finance"], case["reinvest"])
    if case["expected"] is None:
        assert found is None
    else:
        assert found == pytest.approx(case["expected"], abs=case["abs_tol"])


@pytest.mark.parametrize("case", FINANCE["pmt"])
def test_pmt(case: dict[str, Any]) -> None:
    assert pmt(case["rate"], case["nper"], case["pv"]) == pytest.approx(case["expected"], abs=5e-7)


@pytest.mark.parametrize("case", FINANCE["pv"])
def test_pv(case: dict[str, Any]) -> None:
    assert pv(case["rate"], case["nper"], case["pmt"]) == pytest.approx(case["expected"], rel=1e-12)


@pytest.mark.parametrize("case", FINANCE["rate"])
def test_rate(case: dict[str, Any]) -> None:
    assert rate(case["nper"], case["pmt"], case["pv"], case["fv"]) == pytest.approx(case["expected"], abs=5e-11)


@pytest.mark.parametrize("case", FINANCE["irr"])
def test_irr(case: dict[str, Any]) -> None:
    roots = irr_roots(case["cf"])
    if "expected_npv_at_irr" in case:
        assert len(roots) == 1
        assert npv(roots[0], case["cf"]) == pytest.approx(case["expected_npv_at_irr"], abs=case["abs_tol"])
    elif case["expected"] is None:
        assert roots == () and irr(case["cf"]).rate is None
    else:
        assert [r for r in roots if math.isclose(r, case["expected"], rel_tol=case["rel_tol"])]


def test_what_one_guess_hides() -> None:
    """Two of the published cases have further roots, so none of them is the rate."""
    hidden = [irr(case["cf"]) for case in FINANCE["irr"] if irr(case["cf"]).count > 1]
    assert [found.count for found in hidden] == [3, 2]
    assert all(found.rate is None for found in hidden)
    assert hidden[0].roots == pytest.approx((-0.870201, 0.088598, 0.709560), abs=1e-6)
    assert hidden[1].roots == pytest.approx((-0.999791, 1.004270), abs=1e-6)


@pytest.mark.parametrize("case", LCOE["cases"], ids=lambda case: case["name"])
def test_lcoe_with_a_fixed_charge_rate(case: dict[str, Any]) -> None:
    found = lcoe_fcr(
        case["fixed_charge_rate"],
        case["capital_cost"],
        case["fixed_operating_cost"],
        case["annual_energy"],
        case["variable_operating_cost"],
    )
    assert found == pytest.approx(case["expected_lcoe"], rel=LCOE["rel_tol"])


@pytest.mark.parametrize("case", CASHFLOW["cases"], ids=lambda case: case["name"])
class TestCashFlow:
    def rates(self, case: dict[str, Any]) -> tuple[float, float]:
        real, inflation = case["inputs"]["real_discount_rate"] / 100, case["inputs"]["inflation_rate"] / 100
        return nominal_rate(real, inflation), real

    def test_npv(self, case: dict[str, Any]) -> None:
        nominal, _ = self.rates(case)
        found = npv(nominal, case["cash_flows"]["cf_after_tax_cash_flow"])
        assert found == pytest.approx(case["expected"]["npv"], rel=CASHFLOW["rel_tol"])

    def test_payback(self, case: dict[str, Any]) -> None:
        found = payback(case["cash_flows"]["cf_payback_with_expenses"])
        assert found == pytest.approx(case["expected"]["payback"], rel=CASHFLOW["rel_tol"])

    def test_discounted_payback(self, case: dict[str, Any]) -> None:
        nominal, _ = self.rates(case)
        flows = case["cash_flows"]["cf_payback_with_expenses"]
        assert discounted(nominal, flows).tolist() == pytest.approx(
            case["cash_flows"]["cf_discounted_payback"], rel=CASHFLOW["rel_tol"]
        )
        assert case["expected"]["discounted_payback"] is None
        assert payback(case["cash_flows"]["cf_discounted_payback"]) is None
        assert discounted_payback(nominal, flows) is None
        assert discounted_payback(0.0, flows) == payback(flows)

    def test_levelised_cost(self, case: dict[str, Any]) -> None:
        """In cents, nominal and real: the same costs over energy discounted at the nominal or the real rate."""
        nominal, real = self.rates(case)
        costs = [-flow for flow in case["cash_flows"]["cf_after_tax_net_equity_cost_flow"]]
        energy = case["cash_flows"]["cf_energy_net"]
        expected, within = case["expected"], CASHFLOW["rel_tol"]
        assert 100 * lcoe(costs, energy, nominal) == pytest.approx(expected["lcoe_nom"], rel=within)
        assert 100 * lcoe(costs, energy, nominal, real) == pytest.approx(expected["lcoe_real"], rel=within)
