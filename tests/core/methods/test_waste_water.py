"""Methane of waste water against published factors and its own laws."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import UserError
from core.library import SHIPPED
from core.methods.waste_water import TREATMENT, methane
from tests.core.methods.gases import LIBRARY, only, only_with, record, refused
from tests.core.samples import compiled

LOADS = st.decimals(min_value=0, max_value=10**6, places=2)
SHARES = st.decimals(min_value=0, max_value=1, places=3)


@pytest.mark.parametrize(("treatment", "grams"), [("septic_tank", "8100"), ("deep_lagoon", "12960")])
def test_a_kilogram_of_bod_as_others_publish_it(treatment: str, grams: str) -> None:
    """ClimateView, transition elements, after IPCC Table 6.3 with AR6: 8,100 and 12,960 g CO2e per kg BOD."""
    line = only(compiled([record("waste_water", "sewage_bod", 1000, treatment=treatment)]))
    assert line.tco2e * 1000 == Decimal(grams)
    assert line.kg["CH4"] * 27 == line.tco2e * 1000


def test_direct_discharge_as_a_water_utility_counts_it() -> None:
    """ECAM: 0.6 × 0.1 = 0.06 kg CH4 per kg BOD into a river."""
    assert only(compiled([record("waste_water", "sewage_bod", 1, treatment="water_body")])).kg["CH4"] == Decimal("0.06")


def test_industrial_waste_water_of_a_reactor() -> None:
    """(2,000 - 100) kg COD × 0.25 × 0.8 - 30 kg recovered = 350 kg."""
    line = only(compiled([record("waste_water", "waste_water_cod", 2, "t",
                                 treatment="anaerobic_reactor", sludge=100, recovered=30)], gwp="AR5"))  # fmt: skip
    assert line.kg["CH4"] == 350 and line.tco2e == Decimal("9.8")
    assert line.trace[-2].formula == "(2000 kg − 100 kg) × 0.25 kg/kg × 0.8 − 30 kg"
    assert len(line.factor.parts) == 2 and line.factor.value == Decimal("0.2")


def test_volume_times_what_the_plant_took_out() -> None:
    """NDRC: 50,000 m3 × (800 - 60) mg/L = 37 t COD."""
    told: dict[str, Any] = {"treatment": "aerobic_overloaded", "inlet": 800, "outlet": 60}
    assert only(compiled([record("waste_water", "waste_water_cod", 50000, "m3", **told)])).kg["CH4"] == 2775
    rule, message = refused(record("waste_water", "waste_water_cod", 50000, "m3", treatment="septic_tank"))
    assert rule == "not_understood" and "inlet" in message


def test_person_days_of_a_plant_with_a_septic_tank() -> None:
    """1,000 people, 250 days, 40 g BOD a day (IPCC, Asia): 10 t × 0.6 × 0.5 = 3 t CH4."""
    told: dict[str, Any] = {"treatment": "septic_tank", "load_per_person": 40}
    assert only(compiled([record("waste_water", "sewage_bod", 250000, "person_day", **told)])).kg["CH4"] == 3000
    rule, _ = refused(record("waste_water", "sewage_bod", 250000, "person_day", treatment="septic_tank"))
    assert rule == "not_understood"


def test_a_well_managed_aerobic_plant_emits_none_and_says_why() -> None:
    line = only(compiled([record("waste_water", "waste_water_cod", 900, treatment="aerobic_managed")]))
    assert line.tco2e == 0 and any("aerobic_managed" in part for part in line.factor.parts)


def test_measured_factors_of_the_plant() -> None:
    line = only(compiled([record("waste_water", "waste_water_cod", 1000, mcf="0.1", b0="0.2")]))
    assert line.kg["CH4"] == 20 and line.factor.status == "USER"


def test_nothing_is_assumed_about_the_treatment() -> None:
    rule, message = refused(record("waste_water", "waste_water_cod", 1000))
    assert rule == "not_understood" and "Treatment" in message


@pytest.mark.parametrize(
    "told",
    [
        {"sludge": 1001},
        {"recovered": 201},
        {"inlet": 10, "outlet": 20},
    ],
)
def test_more_out_than_in_is_told(told: dict[str, Any]) -> None:
    unit = "m3" if "inlet" in told else "kg"
    rule, _ = refused(record("waste_water", "waste_water_cod", 1000, unit, treatment="anaerobic_reactor", **told))
    assert rule == "contradiction"


@pytest.mark.parametrize("key", [key for key, _ in TREATMENT.choices])
def test_every_treatment_has_a_published_factor(key: str) -> None:
    (factor,) = LIBRARY.about(key, "methane_correction")
    assert factor.status in SHIPPED and factor.value is not None and 0 <= factor.value <= 1


def test_it_is_the_same_with_only_the_rows_it_names() -> None:
    bill = record("waste_water", "waste_water_cod", 1000, treatment="shallow_lagoon")
    line = only(compiled([bill]))
    assert only(compiled([bill], library=only_with(line))) == line


@given(load=LOADS, capacity=SHARES, correction=SHARES)
def test_recovering_all_of_it_leaves_nothing(load: Decimal, capacity: Decimal, correction: Decimal) -> None:
    formed = methane(load, Decimal(0), capacity, correction, Decimal(0))
    assert 0 <= formed <= load
    assert methane(load, Decimal(0), capacity, correction, formed) == 0
    with pytest.raises(UserError):
        methane(load, Decimal(0), capacity, correction, formed + 1)
