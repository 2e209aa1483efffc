"""From an inventory to what is known about its inputs, and on to the written result."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings

from core.inventory import Inventory, choices_of, compile_inventory
from core.inventory.quality import rows_of
from core.inventory.uncertainty import (
    VIEWS,
    classes,
    combine_product,
    half_of_deviation,
    half_of_limits,
    pedigree,
    quantify,
    uncertainty_of,
    uncertainty_to_plain,
)
from core.inventory.uncertainty.quantify import limits_of
from core.ledger import Evidence, OwnFactor, Plant
from core.library import SHIPPED, load_library
from tests.core.samples import CHOICES, PLANT, activity, compiled, ledgers, month, year_of_bills

POLAND = Plant("Tychy", "PL")
BOILER: dict[str, Any] = {"source": "Boiler", "method": "stationary_combustion", "item": "natural_gas", "unit": "m3"}
PROOF = Evidence("e1", "bill.pdf", "bill", "0" * 64, 10, activities=("a1",))


def activity_half(*records: Any, plant: Plant = PLANT, proposals: bool = False) -> Decimal | None:
    """Of the only thing that was measured."""
    known = quantify(compiled(records, plant=plant), proposals=proposals).activities
    return None if not known else round(next(iter(known.values())).half, 2)


def test_what_the_record_states_wins() -> None:
    known = quantify(compiled([activity("a1", parameters=(("uncertainty", "1.5"),))])).activities
    stated = known["Main meter/electricity"]
    assert (stated.half, stated.kind) == (Decimal("1.5"), "record")


def test_measured_fuel_takes_the_default_of_the_ipcc() -> None:
    (known,) = quantify(compiled([activity("a1", **BOILER)])).activities.values()
    assert known.half == 5 and "2006 IPCC Guidelines" in str(known.basis)


def test_other_quantities_widen_with_their_proof() -> None:
    kept, named, said, guessed = (
        activity_half(activity("a1"), PROOF),
        activity_half(activity("a1")),
        activity_half(activity("a1", evidence="")),
        activity_half(activity("a1", estimated=True)),
    )
    assert kept is not None and named is not None and said is not None and guessed is not None
    assert kept < named < said < guessed
    assert kept == round(half_of_deviation(Decimal("1.05")), 2)


def test_proposals_only_on_request() -> None:
    top_up = activity("a1", method="refrigerants", item="R-410A", unit="kg", quantity=2)
    assert activity_half(top_up) is None
    assert activity_half(top_up, proposals=True) == 10
    grid = "cn_electricity_2023.electricity.location.CN-HE.2023.kWh"
    assert grid not in quantify(compiled([activity("a1")])).factors
    proposed = quantify(compiled([activity("a1")]), proposals=True).factors[grid]
    assert proposed.half == 15 and proposed.kind == "proposal"
    assert "not verified" in str(proposed.basis)


def test_published_limits_of_a_factor_and_of_its_calorific_value() -> None:
    inventory = compiled([activity("a1", **BOILER)], plant=POLAND)
    (spread,) = quantify(inventory).factors.values()
    (line,) = inventory.lines
    assert line.factor.lower is not None and line.factor.upper is not None
    assert spread.kind == "published" and spread.skewed
    alone = limits_of(line.factor, ())
    assert alone is not None and alone.half < spread.half


def test_limits_of_a_row_that_only_adds_methane_are_not_those_of_carbon_dioxide() -> None:
    """The Chinese form takes CH4 and N2O from the IPCC, whose limits are those of its own CO2."""
    inventory = compiled([activity("a1", **BOILER)])
    assert any(part.startswith("ipcc") for part in inventory.lines[0].factor.parts)
    (spread,) = quantify(inventory).factors.values()
    assert spread.kind == "default"


def test_a_bare_number_that_is_the_factor_counts_once() -> None:
    chiller = {"item": "R-410A", "unit": "kg", "parameters": (("equipment", "chillers"),)}
    charge = activity("a1", method="refrigerant_screening", **chiller)
    (line,) = compiled([charge]).lines
    (row,) = [row for row in rows_of(line.factor, load_library()) if row.lower is not None]
    assert row.lower is not None and row.upper is not None
    half = half_of_limits(row.headline, row.lower, row.upper)
    for applied in (line.factor, replace(line.factor, value=row.headline, lower=row.lower, upper=row.upper)):
        spread = limits_of(applied, [row])
        assert spread is not None and spread.half == pytest.approx(half)


def test_potentials_are_a_convention() -> None:
    inventory = compiled([activity("a1", method="refrigerants", item="R-410A", unit="kg", quantity=2)])
    (spread,) = quantify(inventory).factors.values()
    assert spread.half == 0


def test_process_gases_take_the_basic_uncertainty() -> None:
    welding = activity("a1", method="welding_gas", item="ar80_co2_20", unit="kg", quantity=200)
    (spread,) = quantify(compiled([welding])).factors.values()
    assert spread.kind == "default" and "CO2 of processes" in str(spread.basis)


def test_stated_emissions_are_multiplied_by_nothing() -> None:
    stated = activity("a1", method="supplier_specific", item="reported_emissions", unit="tCO2e", quantity=7)
    inputs = quantify(compiled([stated]))
    assert [spread.half for spread in inputs.factors.values()] == [0]
    assert not inputs.activities  # nobody says how sure the supplier is


def test_burning_a_fuel_and_making_it_share_the_meter() -> None:
    tank = {"source": "Tank", "item": "diesel", "unit": "l"}
    records = (activity("a1", method="mobile_combustion", **tank), activity("a2", method="upstream_energy", **tank))
    inputs = quantify(compiled(records))
    assert {term.scope for term in inputs.terms} == {"scope1", "scope3"}
    assert {term.activity for term in inputs.terms} == {"Tank/diesel"}


def test_an_own_factor_brings_its_uncertainty() -> None:
    own = OwnFactor(
        "f1", "Gas report", "laboratory", "Lab", "No. 7", "p. 2", "natural_gas", "stationary", "kg/m3",
        (("CO2", "2.1"),), CHOICES.period.start, CHOICES.period.end, "e1", uncertainty=Decimal("1.2"),
    )  # fmt: skip
    (spread,) = quantify(compiled([activity("a1", **BOILER), own])).factors.values()
    assert (round(spread.half, 9), spread.kind, spread.skewed) == (Decimal("1.2"), "published", False)


def test_a_laboratory_that_knows_the_calorific_value_does_not_know_the_carbon() -> None:
    own = OwnFactor(
        "f1", "Gas report", "laboratory", "Lab", "No. 7", "p. 2", "natural_gas", "ncv", "GJ/e4m3",
        (("value", "390"),), CHOICES.period.start, CHOICES.period.end, "e1", uncertainty=Decimal("3"),
    )  # fmt: skip
    boiler = activity("a1", **BOILER)
    (line,) = compiled([boiler, own]).lines
    assert any(part.startswith("own.") for part in line.factor.parts)
    (with_own,) = quantify(compiled([boiler, own])).factors.values()
    (without,) = quantify(compiled([boiler])).factors.values()
    assert with_own.half == pytest.approx(combine_product([without.half, Decimal(3)]))


def test_a_year_of_bills_shares_its_meter_and_its_factor() -> None:
    """A meter that reads 6 % too high does so all year: twelve bills are no twelve measurements."""
    bills = year_of_bills(parameters=(("uncertainty", "6"),))
    view = uncertainty_of(compiled(bills), proposals=True, draws=0).formula["location"]
    assert view.estimate.percent is not None
    assert float(view.estimate.percent) == pytest.approx((15**2 + 6**2) ** 0.5)
    assert [i.kind for i in view.inputs] == ["factor", "activity"]


def test_other_meters_average_out() -> None:
    bills = [replace(bill, source=bill.id) for bill in year_of_bills(parameters=(("uncertainty", "6"),))]
    view = uncertainty_of(compiled(bills), draws=0).formula["location"]
    assert view.estimate.percent is not None
    assert float(view.estimate.percent) == pytest.approx(6 / 12**0.5)


def test_months_of_one_meter_that_are_known_differently() -> None:
    """Three quarters at 2 %, one at 6 %: 3 % of all, for one meter's errors add up."""
    one = activity("a1", quantity=3000, parameters=(("uncertainty", "2"),))
    other = activity("a2", quantity=1000, parameters=(("uncertainty", "6"),), **month(2))
    assert activity_half(one, other) == 3


def test_what_is_not_known_stays_apart_from_what_is() -> None:
    known = activity("a1", method="refrigerants", item="R-410A", unit="kg", parameters=(("uncertainty", "8"),))
    inputs = quantify(compiled([known, replace(known, id="a2", parameters=(), **month(2))]))
    assert len({term.activity for term in inputs.terms}) == 2
    coverage = uncertainty_of(compiled([known, replace(known, id="a2", parameters=(), **month(2))]), draws=0)
    assert coverage.formula["scope1"].estimate.coverage.factor == coverage.formula["scope1"].estimate.coverage.both


def test_only_verified_classes_are_used_by_themselves() -> None:
    for row in classes().values():
        assert row.proposal == (row.status not in SHIPPED)
        assert row.name.en and row.name.zh and row.document and row.unit in ("%", "GSD2")
        assert row.value >= (0 if row.unit == "%" else 1)


def test_published_pedigree_example() -> None:
    assert float(pedigree((2, 3, 2, 3, 4, 1), Decimal("1.05"))) == pytest.approx(1.5154, abs=0.0002)
    assert pedigree((1,) * 6, Decimal("1.05")).quantize(Decimal("0.0001")) == Decimal("1.0500")
    for scores in ((1,) * 5, (0, 1, 1, 1, 1, 1), (6, 1, 1, 1, 1, 1)):
        with pytest.raises(ValueError, match="six scores"):
            pedigree(scores, Decimal(1))


def mixed() -> Inventory:
    gas = activity("a1", **BOILER)
    return compiled([gas, activity("a2"), activity("a3", quantity=-100, **month(2))], plant=POLAND)


def test_written_down() -> None:
    result = uncertainty_of(mixed(), draws=500, seed=42)
    written = uncertainty_to_plain(result)
    assert json.loads(json.dumps(written)) == written
    formula, drawn = written["formula"], written["monte_carlo"]
    assert isinstance(formula, dict) and isinstance(drawn, dict)
    assert list(formula) == list(VIEWS) == list(drawn["views"])
    assert (drawn["seed"], drawn["draws"], drawn["generator"]) == (42, 500, "numpy PCG64")
    assert float(formula["location"]["coverage"]["activity_percent"]) > 0  # the grid factor has no published limits
    assert uncertainty_to_plain(uncertainty_of(mixed(), draws=500, seed=42), "zh") != written
    assert uncertainty_to_plain(uncertainty_of(mixed(), draws=0))["monte_carlo"] is None


@given(ledgers())
@settings(deadline=None, max_examples=25)
def test_any_inventory_has_an_uncertainty(made: Any) -> None:
    ledger, audit = made
    inventory = compile_inventory(ledger, choices_of(audit, 2023), load_library())
    result = uncertainty_of(inventory, proposals=True, draws=50)
    totals = {**inventory.totals.scopes, "location": inventory.totals.location, "market": inventory.totals.market}
    for key, view in result.formula.items():
        assert view.estimate.tonnes == totals[key]
        assert view.estimate.low <= view.estimate.tonnes <= view.estimate.high
    assert json.dumps(uncertainty_to_plain(result))


def test_units_of_energy_do_not_matter() -> None:
    one = activity_half(activity("a1"))
    assert one == activity_half(replace(activity("a1"), quantity=Decimal(1), unit="MWh"))


def test_starting_the_program_does_not_load_numpy() -> None:
    code = "import sys, core.inventory.uncertainty, core.inventory.quality; sys.exit('numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False, timeout=60).returncode == 0
