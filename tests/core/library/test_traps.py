"""Mistakes seen in published calculators, each as a test of our data."""

from __future__ import annotations

from decimal import Decimal

import pytest

from core.library import SHIPPED, Factor, Want, load_library, policy_named

LIBRARY = load_library()
ELECTRICITY = [f for f in LIBRARY.factors if f.item == "electricity"]
MATCHING, LATEST = policy_named("ghg-protocol"), policy_named("gbt-32150-2025")


def number(key: str) -> Decimal:
    found = LIBRARY.factor(key)
    assert found is not None, key
    return found.headline


def in_kg_per_kwh(factor: Factor) -> Decimal:
    mass = LIBRARY.units.convert(factor.headline, factor.of, "kg")
    return mass / LIBRARY.units.convert(Decimal(1), factor.per, "kWh")


@pytest.mark.parametrize(("year", "value"), [(2021, "0.5568"), (2022, "0.5366"), (2023, "0.5306")])
def test_national_averages_are_not_swapped_between_years(year: int, value: str) -> None:
    assert number(f"cn_electricity_{year}.electricity.location.CN.{year}.kWh") == Decimal(value)


@pytest.mark.parametrize("quota", ["0.5703", "0.5810", "0.6101"])
def test_quota_factors_are_not_electricity_factors(quota: str) -> None:
    """0.5703 is no provincial or 2024 factor, 0.5810 no regional one: they belong to the power sector's quota."""
    assert Decimal(quota) not in {f.headline for f in ELECTRICITY if f.region.startswith("CN")}


def test_hunan_has_its_own_factor() -> None:
    values = [number(f"cn_electricity_{y}.electricity.location.CN-HN.{y}.kWh") for y in (2021, 2022, 2023)]
    assert values == [Decimal("0.5138"), Decimal("0.4900"), Decimal("0.4976")]


def test_footprints_are_never_chosen_for_scope_2() -> None:
    footprints = {f.headline for f in LIBRARY.factors if f.use == "footprint" and f.item == "electricity"}
    assert footprints == {Decimal("0.6205"), Decimal("0.5777")}
    for year in (2023, 2024, 2025):
        for policy in (MATCHING, LATEST):
            for use in ("location", "residual"):
                choice = LIBRARY.choose(Want("electricity", (use,), year, ("CN-HE", "CN", "World")), policy)
                assert choice is not None
                assert choice.factor.headline not in footprints


def test_no_tonnes_per_kwh_under_a_label_of_tonnes_per_mwh() -> None:
    for factor in ELECTRICITY:
        lowest, highest = ("0.002", "1.4") if factor.use == "life_cycle" else ("0.002", "1.3")
        assert Decimal(lowest) < in_kg_per_kwh(factor) < Decimal(highest), factor.key


def test_tibet_has_no_provincial_factor() -> None:
    """Southwest's value must not be given to it."""
    assert not [f for f in ELECTRICITY if f.region == "CN-XZ"]
    choice = LIBRARY.choose(Want("electricity", ("location",), 2023, ("CN-XZ", "CN", "World")), MATCHING)
    assert choice is not None
    assert (choice.factor.region, choice.factor.headline) == ("CN", Decimal("0.5306"))
    assert LIBRARY.publishes_parts_of("CN", "electricity", "location"), "so that the method can say so"


@pytest.mark.parametrize(("key", "gwp"), [("AR4", "3921.6"), ("AR5", "3942.8"), ("AR6", "4728.0")])
def test_r404a_differs_between_assessment_reports(key: str, gwp: str) -> None:
    species = LIBRARY.gwp[key].species
    shares = LIBRARY.items["R-404A"].composition
    assert sum(Decimal(share) * species[s].gwp for s, share in shares) == Decimal(gwp)


def test_nf3_is_not_dropped() -> None:
    for gwp in LIBRARY.gwp.values():
        assert gwp.species["NF3"].gas == "NF3"
        assert gwp.species["NF3"].gwp > 16000
    assert LIBRARY.recognise("三氟化氮") is LIBRARY.items["NF3"]


def test_sf6_of_ar6_names_both_values() -> None:
    sf6 = LIBRARY.gwp["AR6"].species["SF6"]
    assert sf6.gwp == 24300
    assert "24,300" in sf6.place and "25,200" in sf6.place
    assert sf6.status == "CONFLICT"


def test_egrid_names_its_revision() -> None:
    publication = next(f.set for f in ELECTRICITY if f.key.startswith("us_egrid_2023.") and f.region == "US-CAMX")
    assert "January 2025" in publication.edition
    assert "Rev2" in publication.edition
    assert "revisions" in publication.note


def test_eea_edition_is_pinned() -> None:
    publication = next(f.set for f in ELECTRICITY if f.key.startswith("eea_2025.") and f.region == "CZ")
    assert publication.edition.startswith("2025 edition")
    assert "revises" in publication.note


def test_uk_2026_says_that_its_method_changed() -> None:
    old = LIBRARY.factor("uk_desnz_2025.electricity.location.GB.2025.kWh")
    new = LIBRARY.factor("uk_desnz_2026.electricity.location.GB.2026.kWh")
    assert old is not None and new is not None
    assert round(100 * (new.headline / old.headline - 1)) == -26
    assert "new method" in new.note


def test_two_chinese_families_are_kept_apart() -> None:
    def diesel(family: str) -> Decimal:
        parts = [number(f"{family}.diesel.{use}.CN") for use in ("ncv", "carbon", "oxidation")]
        return round(parts[0] * parts[1] * parts[2] * 44 / 12, 4)

    assert diesel("cn_gbt32151_2024") == Decimal("3.0959")
    assert diesel("cn_ndrc_2013_2015") == Decimal("3.1451")
    for policy in (MATCHING, LATEST):
        for use in ("ncv", "carbon", "oxidation"):
            choice = LIBRARY.choose(Want("diesel", (use,), 2024, ("CN-HE", "CN", "World")), policy)
            assert choice is not None
            assert choice.factor.set.key == "cn_gbt32151_2024"


def test_a_quality_scale_is_a_word_not_a_number() -> None:
    """Scales of figures run in opposite directions; a status cannot be read upside down."""
    assert all(f.status.isupper() and not f.status.isdigit() for f in LIBRARY.factors)


def test_weak_rows_are_there_and_never_chosen() -> None:
    weak = [f for f in LIBRARY.factors if f.status not in SHIPPED]
    assert {f.use for f in weak} == {"residual", "fossil", "density", "combined_margin"}
    for factor in weak:
        want = Want(factor.item, (factor.use,), factor.data_year or 2024, (factor.region, factor.region[:2], "World"))
        for policy in (MATCHING, LATEST):
            choice = LIBRARY.choose(want, policy)
            assert choice is None or choice.factor.status in SHIPPED


def test_road_diesel_is_not_given_the_density_of_heating_oil() -> None:
    for regions in (("PL", "World"), ("CN", "World")):
        choice = LIBRARY.choose(Want("diesel", ("density",), 2024, regions, per="volume"), MATCHING)
        assert choice is not None and choice.factor.value is not None
        per_litre = choice.factor.value * LIBRARY.units.convert(Decimal(1), "l", choice.factor.per)
        assert Decimal("0.82") < LIBRARY.units.convert(per_litre, choice.factor.of, "kg") < Decimal("0.85")
