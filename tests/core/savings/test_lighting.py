"""Lighting: the published retrofits, samples, and what the lamps' heat is worth."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import UserError
from core.savings._sampling import sample_size, sampling_error
from core.savings.lighting import lighting_energy, lighting_saving, luminaire_power
from tests.core.savings.measures import DATA, EXAMPLES, saving

CASES = json.loads((DATA / "lighting.json").read_text(encoding="utf-8"))["cases"]
WATTS = st.decimals(min_value=1, max_value=2000, places=1)


def test_the_published_retrofit_to_the_last_digit() -> None:
    case = CASES[0]
    expected = case["expected"]
    hours = Decimal(case["hours_per_day"]) * case["days"]
    old, new = Decimal(case["old_w"]), Decimal(case["new_w"])
    saved = lighting_saving(Decimal(1), old, Decimal(1), new, hours, Decimal(0))
    assert (old - new, hours, saved) == (expected["w_saved"], expected["hours"], expected["kwh_saved_per_lamp"])
    assert saved * Decimal(str(case["rate"])) == Decimal(str(expected["cost_saved"]))


def test_the_published_retrofit_as_a_measure() -> None:
    case = CASES[0]
    found = saving(
        "lighting", luminaires_before="1", luminaires_after="1", watts_before=str(case["old_w"]),
        watts_after=str(case["new_w"]), hours_per_day=str(case["hours_per_day"]), days=str(case["days"]),
        price=str(case["rate"]), currency="USD",
    )  # fmt: skip
    (year,) = found.years
    assert (year.kwh, year.money) == (Decimal(228), Decimal("27.36"))
    assert found.currency == "USD"


def test_the_published_luminaire() -> None:
    case = CASES[1]
    power = luminaire_power(Decimal(case["lamps"]), Decimal(case["lamp_w"]), Decimal(str(case["ballast_factor"])))
    assert power == Decimal(str(case["expected"]["fixture_w"]))


@pytest.mark.parametrize("case", EXAMPLES["sample_size"]["cases"])
def test_published_samples(case: dict[str, Any]) -> None:
    population = None if case["population"] is None else Decimal(case["population"])
    asked = Decimal(case["z"]), Decimal(case["cv"]), Decimal(case["precision"])
    assert sample_size(*asked, population) == case["n"]


@given(st.integers(2, 5000), WATTS, WATTS, st.integers(1, 8760))
def test_a_saving_is_the_difference_of_both_sides(count: int, old: Decimal, new: Decimal, hours: int) -> None:
    many, time = Decimal(count), Decimal(hours)
    whole = lighting_saving(many, old, many, new, time, Decimal(0))
    assert whole == lighting_energy(many, old, time) - lighting_energy(many, new, time)
    assert whole == -lighting_saving(many, new, many, old, time, Decimal(0))


@given(st.integers(1, 500), st.integers(1, 500))
def test_a_sample_is_never_larger_than_its_population(first: int, more: int) -> None:
    small, large = (
        sample_size(Decimal("1.645"), Decimal("0.5"), Decimal("0.1"), Decimal(n)) for n in (first, first + more)
    )
    assert 1 <= small <= first and small <= large <= 68


@given(st.integers(2, 500))
def test_a_sample_of_the_size_asked_for_keeps_the_precision(many: int) -> None:
    asked = Decimal("1.645"), Decimal("0.5")
    size = sample_size(*asked, Decimal("0.1"), Decimal(many))
    assert sampling_error(*asked, Decimal(size), Decimal(many)) <= Decimal("0.1")


def test_everything_measured_leaves_no_error_of_sampling() -> None:
    found = saving("lighting", option="B", sample_before="400", sample_after="400", confidence="95")
    assert found.effect.uncertainty is not None
    assert found.effect.uncertainty.percent == 0
    assert found.effect.option == "B"
    assert not any("measured" in str(text) for text in found.warnings)


def test_the_uncertainty_of_two_samples_adds_by_squares() -> None:
    found = saving("lighting", option="A", sample_before="60", sample_after="50", confidence="90", cv="0.2")
    one = Decimal(108000) * sampling_error(Decimal("1.645"), Decimal("0.2"), Decimal(60), Decimal(400))
    other = Decimal(16800) * sampling_error(Decimal("1.645"), Decimal("0.2"), Decimal(50), Decimal(400))
    sure = found.effect.uncertainty
    assert sure is not None and sure.amount == round((one**2 + other**2).sqrt(), 2)
    assert sure.percent == round(sure.amount / 91200 * 100, 2)
    assert sure.confidence == 90


def test_too_small_a_sample_is_told_with_the_size_that_would_do() -> None:
    found = saving("lighting", option="A", sample_before="20", sample_after="59", confidence="90")
    words = " ".join(str(text) for text in found.warnings)
    assert "20 of 400 luminaires were measured; 90 % confidence and 10 % precision need 59." in words
    assert words.count("need 59") == 1


def test_an_option_without_measured_power_is_told() -> None:
    assert "say how many luminaires were measured" in " ".join(map(str, saving("lighting", option="A").warnings))
    assert "say how many" not in " ".join(map(str, saving("lighting").warnings))


def test_shorter_hours_save_too_and_cooling_saves_more() -> None:
    found = saving("lighting", hours_after="9", cooling_factor="0.1")
    assert found.years[0].kwh == (Decimal(108000) - Decimal(12600)) * Decimal("1.1")


def test_the_heating_penalty_stands_apart_and_costs() -> None:
    found = saving(
        "lighting", heating_factor="0.25", heating_item="natural_gas", efficiency="80", currency="CNY", price="0.7",
        heat_price="0.4",
    )  # fmt: skip
    light, heat = found.years[0].lines
    assert heat.flow.item == "natural_gas" and heat.amounts.saved == -Decimal(91200) * Decimal("0.25") / Decimal("0.8")
    assert light.money == Decimal("63840.00") and heat.money == -Decimal("11400.00")
    assert heat.tonnes is not None and light.tonnes is not None and heat.tonnes < 0 < light.tonnes
    assert found.years[0].tonnes == light.tonnes + heat.tonnes
    assert not any("heating in winter" in str(text) for text in found.effect.left_out)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"heating_factor": "0.2"}, "What heats the building"),
        ({"heating_factor": "0.2", "heating_item": "unobtainium"}, "is not an item for"),
        ({"hours_per_day": "25"}, "out of range"),
        ({"watts_before": ""}, "Power of a lamp before"),
        ({"item": "natural_gas"}, "is not something that Lighting saves"),
        ({"price": "0.7"}, "Currency"),
        ({"brightness": "3"}, "has no parameter"),
        ({"option": "D"}, "is not a choice"),
    ],
)
def test_what_cannot_be_understood_is_refused(changes: dict[str, str], words: str) -> None:
    with pytest.raises(UserError, match=words) as refused:
        saving("lighting", **changes)
    assert refused.value.remedy is not None
