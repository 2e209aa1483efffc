"""Forecasts as plain values."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from core.ledger import Ledger, Scenario
from core.targets.forecast import forecast_of
from core.targets.forecast_plain import comparison_to_plain, forecast_to_plain
from core.targets.scenarios import compare
from core.targets.simulation import simulate
from tests.core.actions.plans import BASELINE, action, in_tonnes
from tests.core.samples import PLANT

SCENARIO = Scenario("s", "As planned", 2026, grid_decline=Decimal(10), draws=100)
LEDGER = Ledger.of([PLANT, action(source="Hall"), in_tonnes("o", excludes=("a",))])


def test_a_forecast() -> None:
    found: Any = forecast_to_plain(forecast_of(LEDGER, BASELINE, SCENARIO))
    assert (found["scenario"], found["base_year"], found["simulation"]) == ("s", 2024, None)
    assert found["actions"] == ["a"] and found["left_out"] == [{"action": "o", "excluded_by": "a"}]
    year = found["years"][1]
    assert year["year"] == 2025 and year["actions"] == [{"action": "a", "location_t": "54", "market_t": "40"}]
    assert year["parts"]["scope2_location"] == {
        "base_t": "750", "driver_t": "0", "intensity_t": "0", "supply_t": "-66", "actions_t": "-54",
        "without_actions_t": "684", "with_actions_t": "630",
    }  # fmt: skip
    assert year["location"]["with_actions_t"] == "1910" and "p10_t" not in year["location"]
    assert all(isinstance(one, str) and one for one in found["assumptions"])


def test_with_bands() -> None:
    simulation = simulate(LEDGER, BASELINE, SCENARIO)
    found: Any = forecast_to_plain(forecast_of(LEDGER, BASELINE, SCENARIO), "en", simulation)
    assert found["simulation"] == {"seed": 1, "draws": 100, "generator": "numpy PCG64"}
    year = found["years"][2]["market"]
    assert Decimal(year["p10_t"]) <= Decimal(year["p50_t"]) <= Decimal(year["p90_t"])
    assert json.loads(json.dumps(found)) == found


def test_a_comparison() -> None:
    other = Scenario("o", "Other", 2026, statuses=())
    found: Any = comparison_to_plain(compare(LEDGER, BASELINE, [SCENARIO, other]))
    assert found["parts"] == ["location"]
    assert found["scenarios"] == [{"id": "s", "name": "As planned"}, {"id": "o", "name": "Other"}]
    assert found["rows"][3] == {
        "scenario": "o", "year": 2025, "without_actions_t": "2030", "with_actions_t": "2030", "against_first_t": "120",
        "against_base_percent": "0",
    }  # fmt: skip
