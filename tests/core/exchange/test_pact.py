"""Footprints in the words of PACT 3.0: every number, nothing filled, held to a schema."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, cast
from uuid import UUID

import jsonschema
import pytest

from core.errors import UserError
from core.exchange import stated_footprints
from core.exchange.pact import product_footprint, write_pact
from core.exchange.stated_footprints import Declared, NotStated, subregions
from core.library.places import countries
from core.products import uptake
from tests.core.exchange.stating import DECLARED, WHEN, WHOLE_STRUT, footprints
from tests.core.products.plants import DISC, HEBEI, PARTS, STRUT, bill, ledger_of, made_by
from tests.documented import run_examples

SCHEMA = json.loads((Path(__file__).parents[2] / "data" / "pact_3.0.json").read_text("utf-8"))
FORM = jsonschema.Draft7Validator(SCHEMA)
FOUND = footprints()


def stated(product: str = STRUT.id, declared: Declared = DECLARED, when: datetime = WHEN) -> dict[str, Any]:
    return product_footprint(FOUND, product, declared, when)


def pcf(one: Mapping[str, object]) -> Mapping[str, Any]:
    return cast("Mapping[str, Any]", one["pcf"])


@pytest.mark.parametrize("product", [STRUT.id, DISC.id])
@pytest.mark.parametrize("how", [{}, {"view": "location"}, {"electricity": "footprint"}])
def test_it_has_the_form_that_is_asked_for(product: str, how: dict[str, str]) -> None:
    one = product_footprint(footprints(**how), product, DECLARED, WHEN)
    FORM.validate({"data": [one]})
    lean = replace(DECLARED, rules=(), exempted=Decimal(0), temporal=None)
    FORM.validate({"data": [product_footprint(footprints(**how), product, lean, WHEN)]})


def test_the_schema_refuses_what_is_wrong() -> None:
    """What validates everything would prove nothing."""
    spoils: tuple[Callable[[Any], object], ...] = (
        lambda one: one.pop("companyIds"),
        lambda one: one.update(status="active"),
        lambda one: one["pcf"].pop("fossilCarbonContent"),
        lambda one: one["pcf"].update(pcfExcludingBiogenicUptake=3.1),
        lambda one: one["pcf"].update(pcfExcludingBiogenicUptake="3E+1"),
        lambda one: one["pcf"].update(geographyCountry="CN"),
        lambda one: one["pcf"].update(pcfExcludingBiogenic="1"),
        lambda one: one["pcf"].update(biogenicCO2Uptake="1"),
    )
    for spoil in spoils:
        one = stated()
        spoil(one)
        assert not FORM.is_valid({"data": [one]})


def test_what_is_stated_is_what_was_calculated() -> None:
    one, found = stated(), FOUND.of(STRUT.id)
    assert found is not None
    said = pcf(one)
    assert Decimal(said["pcfExcludingBiogenicUptake"]) == found.per_unit
    assert said["pcfIncludingBiogenicUptake"] == said["fossilGhgEmissions"] == said["pcfExcludingBiogenicUptake"]
    assert Decimal(said["outboundLogisticsGhgEmissions"]) == found.outbound
    assert Decimal(said["primaryDataShare"]) == found.primary_share
    assert said["productMassPerDeclaredUnit"] == "3.2" and said["declaredUnitAmount"] == "1"
    assert (said["referencePeriodStart"], said["referencePeriodEnd"]) == (
        "2023-01-01T00:00:00Z",
        "2024-01-01T00:00:00Z",
    )
    assert said["geographyCountrySubdivision"] == "CN-HE" and "geographyCountry" not in said
    assert said["ipccCharacterizationFactors"] == ["AR6"]
    assert said["allocationRulesDescription"].startswith("Mass: ")
    assert said["allocationRulesDescription"].endswith("(Presses and ovens work by mass)")
    sources = {each["name"] for each in said["secondaryEmissionFactorSources"]}
    assert "Spring works" not in sources and any("worldsteel" in name.lower() for name in sources)
    assert one["productIds"] == ["urn:pact:damping.example.com:supplier-id:S-1"]
    assert one["productClassifications"] == ["urn:cpc:49129"]
    assert one["companyName"] == "Example Damping Co. Ltd."
    assert "market-based" in one["comment"]


def test_carbon_of_biomass_is_taken_off_where_it_belongs() -> None:
    said = pcf(stated(DISC.id))
    assert Decimal(said["biogenicCO2Uptake"]) == Decimal("-1.613333333")
    assert Decimal(said["pcfIncludingBiogenicUptake"]) == Decimal(said["pcfExcludingBiogenicUptake"]) - Decimal(
        "1.613333333"
    )
    assert "outboundLogisticsGhgEmissions" not in said
    wood = bill("a9", "Wood boiler", "stationary_combustion", "wood_pellets", "1000", "t")
    burned = pcf(product_footprint(footprints(wood), STRUT.id, DECLARED, WHEN))
    assert Decimal(burned["biogenicNonCO2Emissions"]) > 0
    assert Decimal(burned["fossilGhgEmissions"]) + Decimal(burned["biogenicNonCO2Emissions"]) == Decimal(
        burned["pcfExcludingBiogenicUptake"]
    )


# PACT Technical Specifications 3.0.0 (2025-04-30), examples 1 to 4: biogenic carbon content, uptake, footprint without
# and with uptake, as printed.
EXAMPLES = [
    ("0.44", "-1.61", "0.384", "-1.23"), ("5.28", "-19.36", "5.14", "-14.22"), ("0", "0", "77.0", "77.0"),
    ("0.1", "-0.37", "0.42", "0.05"),
]  # fmt: skip


@pytest.mark.parametrize(("carbon", "taken", "without", "with_it"), EXAMPLES)
def test_the_examples_of_the_specification(carbon: str, taken: str, without: str, with_it: str) -> None:
    places = Decimal("0.01")
    assert uptake(Decimal(carbon)).quantize(places) == Decimal(taken).quantize(places)
    assert (Decimal(without) + uptake(Decimal(carbon))).quantize(places) == Decimal(with_it).quantize(places)


# ---------------------------------------------------------------------- identity


def test_the_id_stays_as_long_as_nothing_changes() -> None:
    first = stated()["id"]
    assert UUID(first).version == 5
    assert stated(when=WHEN + timedelta(days=9))["id"] == first
    assert product_footprint(footprints(), STRUT.id, DECLARED, WHEN)["id"] == first
    others = {
        stated(DISC.id)["id"],
        stated(declared=replace(DECLARED, packaging=True))["id"],
        product_footprint(footprints(replace(PARTS[0], quantity=Decimal("2.7"))), STRUT.id, DECLARED, WHEN)["id"],
        product_footprint(
            made_by(ledger_of(WHOLE_STRUT, plant=replace(HEBEI, name="Other"))), STRUT.id, DECLARED, WHEN
        )["id"],
    }
    assert len(others) == 4 and first not in others


def test_the_moment_is_said_in_utc() -> None:
    assert stated(when=datetime.fromisoformat("2026-03-01T16:30:00+08:00"))["created"] == "2026-03-01T08:30:00Z"


# ---------------------------------------------------------------------- what is not known

LACKING: list[tuple[dict[str, Any], dict[str, Any], str]] = [
    ({"carbon": None}, {}, "fossilCarbonContent: Enter it at the product; 0 where there is none."),
    ({"biogenic": None}, {}, "biogenicCarbonContent: Enter it at the product"),
    ({"description": " "}, {}, "productDescription: Enter the description"),
    ({"number": ""}, {}, "productIds: Enter the product number"),
    ({}, {"domain": ""}, "productIds: Declare the domain of the company"),
    ({}, {"domain": "no domain"}, "productIds: Declare the domain of the company"),
    ({"code": "brake part", "number": "urn:gtin:1"}, {"domain": ""}, "productClassifications: Declare the domain"),
    ({}, {"company_ids": ()}, "companyIds: Declare the company as a URN"),
    ({}, {"company_ids": ("BPNL000000000DWF",)}, "companyIds: Declare the company as a URN"),
    ({}, {"standards": ()}, "crossSectoralStandards: Declare by which standards"),
    ({}, {"standards": ("ISO 9001",)}, "crossSectoralStandards: Declare by which standards"),
    ({}, {"exempted": None}, "exemptedEmissionsPercent: Declare what share"),
    ({}, {"exempted": Decimal(101)}, "exemptedEmissionsPercent: Declare what share"),
    ({}, {"exempted_why": ""}, "exemptedEmissionsDescription: Say what was left out"),
    ({}, {"packaging": None}, "packagingEmissionsIncluded: Say whether"),
]


@pytest.mark.parametrize(("product", "declared", "words"), LACKING, ids=[one[2] for one in LACKING])
def test_what_is_required_and_unknown_is_refused(product: dict[str, Any], declared: dict[str, Any], words: str) -> None:
    found = footprints(replace(WHOLE_STRUT, **product))
    with pytest.raises(UserError, match="Fields required and not known: 1") as caught:
        product_footprint(found, STRUT.id, replace(DECLARED, **({"domain": "x.com"} | declared)), WHEN)
    assert words in str(caught.value.remedy)


def test_all_of_it_is_said_at_once() -> None:
    lean = replace(WHOLE_STRUT, carbon=None, biogenic=None, description="", number="")
    with pytest.raises(NotStated) as caught:
        product_footprint(footprints(lean), STRUT.id, Declared(), WHEN)
    words = str(caught.value.remedy)
    assert [name for name, _remedy in caught.value.lacking].count("productIds") == 1 and len(caught.value.lacking) == 8
    for name in ("fossilCarbonContent", "biogenicCarbonContent", "productDescription", "productIds", "companyIds",
                 "crossSectoralStandards", "exemptedEmissionsPercent", "packagingEmissionsIncluded"):  # fmt: skip
        assert f"{name}: " in words


def test_a_plant_without_a_legal_entity_is_refused() -> None:
    nobody = made_by(ledger_of(WHOLE_STRUT, plant=replace(HEBEI, organisation="")))
    with pytest.raises(UserError) as caught:
        product_footprint(nobody, STRUT.id, DECLARED, WHEN)
    assert "companyName: Enter the legal entity at the plant." in str(caught.value.remedy)


def test_an_average_without_its_edition_is_refused() -> None:
    found = footprints(replace(PARTS[2], source="A database"))
    with pytest.raises(UserError) as caught:
        product_footprint(found, DISC.id, DECLARED, WHEN)
    assert "Enter the source “A database” with its edition behind a comma." in str(caught.value.remedy)


def test_what_stands_in_the_way_of_the_footprint_comes_first() -> None:
    found = footprints(replace(PARTS[0], unit="bushel"))
    with pytest.raises(UserError, match="There is no footprint of “pd00001” in 2023") as caught:
        product_footprint(found, STRUT.id, DECLARED, WHEN)
    assert "Unknown unit" in str(caught.value.remedy)


# ---------------------------------------------------------------------- files


def test_a_file_holds_a_list(tmp_path: Path) -> None:
    path = tmp_path / "footprints.json"
    write_pact(path, FOUND, [STRUT.id, DISC.id], DECLARED, WHEN)
    held = json.loads(path.read_text("utf-8"))
    FORM.validate(held)
    assert [one["productNameCompany"] for one in held["data"]] == ["Strut", "Disc"]
    assert held["data"][1]["productIds"] == ["urn:gtin:4712345060507"]
    assert held["data"][1]["productClassifications"] == ["urn:pact:damping.example.com:category-id:49129"]


def test_nothing_is_written_when_one_cannot_be_stated(tmp_path: Path) -> None:
    path = tmp_path / "footprints.json"
    with pytest.raises(UserError):
        write_pact(path, footprints(replace(WHOLE_STRUT, carbon=None)), [DISC.id, STRUT.id], DECLARED, WHEN)
    assert not path.exists()
    with pytest.raises(UserError, match="cannot be written"):
        write_pact(tmp_path, FOUND, [STRUT.id], DECLARED, WHEN)


def test_every_country_has_its_region() -> None:
    regions = set(
        SCHEMA["properties"]["data"]["items"]["properties"]["pcf"]["properties"]["geographyRegionOrSubregion"]["enum"]
    )
    assert set(subregions()) == set(countries()) - {"AQ"}
    assert set(subregions().values()) <= regions
    assert (subregions()["CN"], subregions()["PL"], subregions()["MX"]) == (
        "Eastern Asia", "Eastern Europe", "Latin America and the Caribbean")  # fmt: skip


def test_days_are_kept_whole() -> None:
    assert stated(when=datetime(2026, 1, 1, tzinfo=UTC))["created"] == "2026-01-01T00:00:00Z"


def test_examples_of_the_code_run() -> None:
    assert run_examples(stated_footprints).failed == 0


def test_the_notice_names_the_owner_and_repeats_its_disclaimer() -> None:
    notice = " ".join((Path(__file__).parents[3] / "NOTICE").read_text("utf-8").split())
    assert "World Business Council for Sustainable Development" in notice
    assert all(
        part in notice for part in ("5.1 Licensor offers", "5.2 In no event will Licensor", "5.3 The disclaimer")
    )
    assert "io.catenax.pcf:9.0.0" in notice and "Creative Commons Attribution 4.0" in notice
