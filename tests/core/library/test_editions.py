"""Other editions and areas: what can be compared, in which unit, by how many per cent."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from core.library import Factor, load_library
from core.library.editions import Edition, editions, gas_of, in_terms_of

LIBRARY = load_library()


def factor(key: str) -> Factor:
    found = LIBRARY.factor(key)
    assert found is not None
    return found


HEBEI = factor("cn_electricity_2023.electricity.location.CN-HE.2023.kWh")


def by_key(found: tuple[Edition, ...]) -> dict[str, Edition]:
    return {one.factor.key: one for one in found}


def test_editions_of_the_own_area_come_first_and_the_newest_on_top() -> None:
    found = editions(LIBRARY, HEBEI)
    own = [one.factor.data_year for one in found[:3]]
    assert own == [2023, 2022, 2021]
    assert {one.factor.region for one in found[:3]} == {"CN-HE"}
    assert found[0].factor is HEBEI and found[0].difference == 0


def test_the_difference_is_to_the_chosen_factor_in_per_cent() -> None:
    older = by_key(editions(LIBRARY, HEBEI))["cn_electricity_2022.electricity.location.CN-HE.2022.kWh"]
    # 0.7252 and 0.6516 kg/kWh as printed: (0.7252 - 0.6516) / 0.6516
    assert (older.value, HEBEI.headline) == (Decimal("0.7252"), Decimal("0.6516"))
    assert older.difference is not None and round(older.difference, 3) == Decimal("11.295")


def test_other_units_are_converted_above_and_below_the_line() -> None:
    american = next(f for f in LIBRARY.about("electricity", "location") if f.unit == "lb/MWh" and "CO2" in f.amounts)
    value = in_terms_of(HEBEI, american, LIBRARY.units)
    assert value is not None
    assert abs(value - american.amounts["CO2"] * Decimal("0.45359237") / 1000) < Decimal("1e-12")


@pytest.mark.parametrize(
    "other",
    [
        replace(HEBEI, amounts={"CO2e": Decimal("0.6")}),
        replace(HEBEI, unit="kg/t"),
        replace(HEBEI, unit="kg"),
        replace(HEBEI, amounts={}, value=Decimal(2)),
    ],
)
def test_what_cannot_be_compared_has_no_number(other: Factor) -> None:
    assert in_terms_of(HEBEI, other, LIBRARY.units) is None


def test_bare_numbers_are_compared_as_they_are() -> None:
    calorific = next(f for f in LIBRARY.about("diesel", "ncv") if f.unit == "GJ/t")
    assert gas_of(calorific) == ""
    assert in_terms_of(calorific, replace(calorific, unit="MJ/kg"), LIBRARY.units) == calorific.value


def test_a_factor_of_the_plant_stands_among_the_published_ones() -> None:
    own = replace(HEBEI, key="own.f1.electricity.location.2023", region="plant", amounts={"CO2": Decimal("0.3")})
    found = by_key(editions(LIBRARY.with_own((own,)), HEBEI))
    assert found[own.key].value == Decimal("0.3")
    assert own.key not in by_key(editions(LIBRARY, HEBEI))


def test_an_own_factor_of_several_years_is_one_answer() -> None:
    years = tuple(
        replace(HEBEI, key=f"own.f1.electricity.location.{year}", set=replace(HEBEI.set, key="own.f1"), region="plant",
                data_year=year)
        for year in (2022, 2023, 2024)
    )  # fmt: skip
    library = LIBRARY.with_own(years)
    assert [one.factor.data_year for one in editions(library, HEBEI) if one.factor.region == "plant"] == [2023]
    assert [one.factor.data_year for one in editions(library, years[2]) if one.factor.region == "plant"] == [2024]


def test_nothing_is_divided_by_zero() -> None:
    nothing = replace(HEBEI, key="zero", amounts={"CO2": Decimal(0)})
    assert all(one.difference is None for one in editions(LIBRARY, nothing))
