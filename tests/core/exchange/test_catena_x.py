"""Footprints in the aspect model Pcf 9.0.0 of Catena-X, held to its published schema."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from core.errors import UserError
from core.exchange.catena_x import aspect, write_catena_x
from core.exchange.pact import product_footprint
from tests.core.exchange.stating import DECLARED, WHEN, WHOLE_STRUT, footprints
from tests.core.products.plants import DISC, HEBEI, STRUT, ledger_of, made_by

SCHEMA = json.loads((Path(__file__).parents[2] / "data" / "catena_x_pcf_9.0.0.json").read_text("utf-8"))
FORM = jsonschema.Draft4Validator(SCHEMA, format_checker=jsonschema.Draft4Validator.FORMAT_CHECKER)
FOUND = footprints()


def stated(product: str = STRUT.id, **changes: Any) -> Any:
    return aspect(FOUND, product, replace(DECLARED, **changes), WHEN)


@pytest.mark.parametrize("product", [STRUT.id, DISC.id])
def test_it_has_the_form_that_is_published(product: str) -> None:
    FORM.validate(stated(product))
    FORM.validate(stated(product, legal="For information only", exempted=Decimal(0), exempted_why=""))


def test_a_country_without_parts_has_it_too() -> None:
    poland = replace(HEBEI, name="Krosno", country="PL", region="")
    FORM.validate(aspect(made_by(ledger_of(WHOLE_STRUT, plant=poland)), STRUT.id, DECLARED, WHEN))


def test_the_schema_refuses_what_is_wrong() -> None:
    spoils: tuple[Callable[[Any], object], ...] = (
        lambda one: one.pop("general"),
        lambda one: one["carbonContent"][0].update(fossilCarbonContent=-1),
        lambda one: one["productLifeCycleStagesAndEmissions"][0]["productionStage"][0].pop(
            "pcfIncludingBiogenicUptake"
        ),
        lambda one: one["pcfAssessmentAndMethodology"][0]["dataSourcesAndQuality"][0].update(temporalDQR=6),
    )
    for spoil in spoils:
        one = stated()
        spoil(one)
        assert not FORM.is_valid(one)


def test_what_is_stated_is_what_was_calculated() -> None:
    found = FOUND.of(STRUT.id)
    assert found is not None
    one = stated()
    stages = one["productLifeCycleStagesAndEmissions"][0]
    assert stages["productionStage"][0]["pcfExcludingBiogenicUptake"] == pytest.approx(float(found.per_unit))
    assert stages["distributionStage"][0] == {
        "distributionStageIncluded": True,
        "distributionStagePcfExcludingBiogenicUptake": pytest.approx(float(found.outbound)),
        "distributionStagePcfIncludingBiogenicUptake": pytest.approx(float(found.outbound)),
    }
    assert stages["packagingStage"] == [{"packagingEmissionsIncluded": False}]
    (about,) = one["pcfAssessmentAndMethodology"]
    (assessed,) = about["pcfAssessmentInformation"]
    assert assessed["geography"] == [{"geographyRegionOrSubregion": "Eastern Asia", "geographyCountry": "CN",
                                      "geographyCountrySubdivision": "CN-HE"}]  # fmt: skip
    assert assessed["time"][0]["validityPeriodEnd"] == "2027-02-28T23:59:59Z"
    assert about["dataSourcesAndQuality"][0]["primaryDataShare"] == float(found.primary_share)
    assert about["pcfMethodology"][0]["standards"][0]["crossSectoralStandards"] == [
        "GHG Protocol Product Standard", "PACT Methodology 3.0"]  # fmt: skip
    assert one["scopeOfPcfForm"][0]["partialFullPcf"] == "Cradle-to-gate"
    assert one["carbonContent"] == [
        {"carbonContentTotal": 0.0, "fossilCarbonContent": 0.0, "biogenicCarbonContent": 0.0}
    ]


def test_without_a_way_out_none_is_stated() -> None:
    assert stated(DISC.id)["productLifeCycleStagesAndEmissions"][0]["distributionStage"] == [
        {"distributionStageIncluded": False}
    ]


def test_biomass() -> None:
    one = stated(DISC.id)
    production = one["productLifeCycleStagesAndEmissions"][0]["productionStage"][0]
    assert production["biogenicCO2Uptake"] == -1.613333333
    assert production["pcfIncludingBiogenicUptake"] == pytest.approx(
        production["pcfExcludingBiogenicUptake"] - 1.613333333
    )
    assert one["carbonContent"][0]["carbonContentTotal"] == 0.74


def test_the_id_follows_from_what_is_stated() -> None:
    def key(one: Any) -> str:
        return str(one["pcfAssessmentAndMethodology"][0]["pcfAssessmentInformation"][0]["idAndVersion"][0]["id"])

    assert key(stated()) == key(stated()) != key(stated(packaging=True))
    assert key(stated()) != product_footprint(FOUND, STRUT.id, DECLARED, WHEN)["id"]


LACKING: list[tuple[dict[str, Any], dict[str, Any], str]] = [
    ({}, {"company_ids": ("urn:pact:example.com:company-id:7",)}, "companyIds: Declare the BPNL"),
    ({}, {"rules": ()}, "productOrSectorSpecificRules: Declare the rules"),
    ({}, {"incineration": ""}, "allocationWasteIncineration: Declare how burning waste is shared"),
    ({}, {"technological": None}, "technologicalDQR: Declare the data quality rating"),
    ({}, {"temporal": Decimal("0.9")}, "temporalDQR: Declare the data quality rating"),
    ({}, {"geographical": Decimal(6)}, "geographicalDQR: Declare the data quality rating"),
    ({}, {"valid_until": None}, "validityPeriodEnd: Declare until when"),
    ({}, {"valid_until": date(2026, 3, 1)}, "validityPeriodEnd: Declare until when"),
    ({}, {"exempted": Decimal("3.1")}, "exemptedEmissionsPercent: The rulebook allows 3 %"),
    ({"unit": "megabit second"}, {}, "declaredUnitOfMeasurement: Catena-X does not know this unit"),
    ({"carbon": None}, {}, "fossilCarbonContent: Enter it at the product"),
]


@pytest.mark.parametrize(("product", "declared", "words"), LACKING, ids=[one[2] for one in LACKING])
def test_what_is_required_and_unknown_is_refused(product: dict[str, Any], declared: dict[str, Any], words: str) -> None:
    found = footprints(replace(WHOLE_STRUT, **product))
    with pytest.raises(UserError, match="Fields required and not known: 1") as caught:
        aspect(found, STRUT.id, replace(DECLARED, **declared), WHEN)
    assert words in str(caught.value.remedy)


def test_a_file_holds_one_product(tmp_path: Path) -> None:
    path = tmp_path / "strut.json"
    write_catena_x(path, FOUND, STRUT.id, DECLARED, WHEN)
    FORM.validate(json.loads(path.read_text("utf-8")))
