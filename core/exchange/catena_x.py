"""Footprints as the aspect model ``io.catenax.pcf`` 9.0.0 of Catena-X asks for them.

The model is published under CC BY 4.0 by Eclipse Tractus-X and Catena-X Automotive Network; see NOTICE.
"""

from __future__ import annotations

import re
from datetime import datetime, time
from decimal import Decimal
from pathlib import Path

from core.exchange.pact import footprint_id, write_json
from core.exchange.stated_footprints import (
    STANDARDS,
    Asking,
    Declared,
    Needs,
    Stated,
    stamp,
    stated,
    subregions,
)
from core.i18n import T
from core.ledger import Plant
from core.products import Footprint, Footprints

SPECIFICATION = "urn:io.catenax.pcf:datamodel:version:9.0.0"
INCINERATION = ("cut-off", "reverse cut-off", "system expansion", "polluter pays principle")
"""How burning waste is shared; the rulebook follows the polluter pays principle, which is the reverse cut-off."""
MOST_EXEMPTED = 3
"""The rulebook, version 4, allows that much to be left out. [%]"""
UNITS = frozenset({
    "liter", "kilogram", "cubic meter", "kilowatt hour", "megajoule", "ton kilometer", "square meter", "piece", "hour",
})  # fmt: skip
"""Declared units that the model and PACT spell alike."""
_BPNL = re.compile(r"BPNL[0-9A-Z]{12}")
_BEST, _WORST = 1, 5


def aspect(footprints: Footprints, product: str, declared: Declared, when: datetime) -> dict[str, object]:
    """The payload of one product.

    Parameters
    ----------
    footprints
        of the year.
    product
        id of the product.
    declared
        what the company says itself.
    when
        the moment of the statement.

    Raises
    ------
    UserError
        naming every required field that nobody knows, with its remedy.

    Notes
    -----
    The way to the customer stands in its own stage; packaging is inside of the production stage, as Catena-X PCF
    Rulebook v4 asks. Numbers are numbers of JSON, to fifteen digits.
    """
    one = stated(footprints, product, declared, _wanted(footprints, declared, when))
    methods: dict[str, object] = {
        "dataSourcesAndQuality": [_quality(one, declared)],
        "pcfMethodology": [_methodology(one, declared)],
    }
    content: dict[str, object] = {
        "scopeOfPcfForm": [{"specVersion": [SPECIFICATION], "partialFullPcf": "Cradle-to-gate"}],
        "companyAndProductInformation": [_who_and_what(one)],
        "pcfAssessmentAndMethodology": [methods],
        "general": [{"comment": one.comment,
                     **({"pcfLegalStatement": said} if (said := declared.legal.strip()) else {})}],
        "carbonContent": [_carbon(one)],
        "productLifeCycleStagesAndEmissions": [_stages(one)],
    }  # fmt: skip
    key = footprint_id(footprints, product, content)
    methods["pcfAssessmentInformation"] = [_assessment(one, declared, key, when)]
    return content


def _wanted(footprints: Footprints, declared: Declared, when: datetime) -> Asking:
    """What Catena-X requires beyond PACT."""
    assert footprints.period is not None
    earliest = max(when.date(), footprints.period.end)

    def asking(one: Footprint, plant: Plant, needs: Needs) -> None:
        if not any(_BPNL.search(said) for said in declared.company_ids):
            needs.refuse("companyIds", T("Declare the BPNL of the company, e.g. urn:BPNL000000000DWF."))
        if one.product.unit not in UNITS:
            needs.refuse(
                "declaredUnitOfMeasurement", T("Catena-X does not know this unit. Choose pieces or kilograms.")
            )
        if plant.country not in subregions():
            needs.refuse(
                "geographyRegionOrSubregion", T("The region of the country is not known. Correct the country.")
            )
        if declared.valid_until is None or declared.valid_until <= earliest:
            needs.refuse(
                "validityPeriodEnd",
                T("Declare until when the footprint is valid: a day after its period and after today."),
            )
        _declared(declared, needs)

    return asking


def _declared(declared: Declared, needs: Needs) -> None:
    if declared.exempted is not None and declared.exempted > MOST_EXEMPTED:
        needs.refuse("exemptedEmissionsPercent",
                     T("The rulebook allows {most} % to be left out. Enter what is missing.", most=MOST_EXEMPTED),
                     )  # fmt: skip
    if not declared.rules:
        needs.refuse("productOrSectorSpecificRules",
                     T("Declare the rules of the sector, e.g. Catena-X Product Carbon Footprint Rulebook v4."),
                     )  # fmt: skip
    if declared.incineration not in INCINERATION:
        needs.refuse("allocationWasteIncineration",
                     T("Declare how burning waste is shared: {known}.", known=list(INCINERATION)))  # fmt: skip
    for name, rating in _ratings(declared).items():
        if rating is None or not _BEST <= rating <= _WORST:
            needs.refuse(name, T("Declare the data quality rating, from 1 (best) to 5."))


def _ratings(declared: Declared) -> dict[str, Decimal | None]:
    return {"technologicalDQR": declared.technological, "temporalDQR": declared.temporal,
            "geographicalDQR": declared.geographical}  # fmt: skip


def _number(value: Decimal) -> float:
    return float(f"{value:.15g}")


def _who_and_what(one: Stated) -> dict[str, object]:
    product = one.footprint.product
    return {
        "companyInformation": [{"companyName": one.company, "companyIds": list(one.company_ids)}],
        "productInformation": [{
            "productNameCompany": product.name,
            "productIds": list(one.product_ids),
            "declaredUnitOfMeasurement": product.unit,
            "declaredUnitAmount": 1.0,
            "productMassPerDeclaredUnit": _number(one.mass),
            **({"productClassifications": list(one.classifications)} if one.classifications else {}),
            "productDescription": one.description,
        }],
    }  # fmt: skip


def _assessment(one: Stated, declared: Declared, key: str, when: datetime) -> dict[str, object]:
    assert declared.valid_until is not None
    valid = datetime.combine(declared.valid_until, time(23, 59, 59), when.tzinfo)
    region = {"geographyCountrySubdivision": one.plant.region} if one.plant.region else {}
    why = declared.exempted_why.strip()
    return {
        # No method of an inventory counts captured carbon.
        "technology": [{"ccsTechnologicalCO2CaptureIncluded": False, "boundaryProcessesDescription": one.processes}],
        "idAndVersion": [{"id": key, "version": 0, "status": "Active",
                          "retroOrProspectivePcfType": "Retrospective PCF"}],
        "boundarySpecifications": [{"exemptedEmissionsPercent": _number(one.exempted),
                                    **({"exemptedEmissionsDescription": why} if why else {})}],
        "geography": [{"geographyRegionOrSubregion": subregions()[one.plant.country],
                       "geographyCountry": one.plant.country, **region}],
        "time": [{"referencePeriodStart": stamp(one.start), "referencePeriodEnd": stamp(one.end),
                  "created": stamp(when), "validityPeriodEnd": stamp(valid)}],
    }  # fmt: skip


def _quality(one: Stated, declared: Declared) -> dict[str, object]:
    return {
        "primaryDataShare": _number(one.footprint.primary_share),
        "secondaryEmissionFactorSources": [f"{name}, {edition}" for name, edition in one.secondary],
        **{name: _number(rating) for name, rating in _ratings(declared).items() if rating is not None},
    }


def _methodology(one: Stated, declared: Declared) -> dict[str, object]:
    none = "not applicable"
    return {
        # What goes in is shared evenly among what comes out; no credit is moved.
        "massBalancingInformation": [{"massBalancingUsed": False, "freeAttributionInMassBalancing": none,
                                      "massBalancingCertificateScheme": none}],
        "standards": [{"crossSectoralStandards": [str(STANDARDS[key]) for key in one.standards],
                       "productOrSectorSpecificRules": list(dict.fromkeys(declared.rules))}],
        "gwpCharacterizationFactorDetails": [{"ipccCharacterizationFactors": one.gwp_set}],
        "allocationInForeground": [{"allocationWasteIncineration": declared.incineration,
                                    "allocationRulesDescription": one.sharing}],
    }  # fmt: skip


def _carbon(one: Stated) -> dict[str, object]:
    return {
        "carbonContentTotal": _number(one.fossil_carbon + one.biogenic_carbon),
        "fossilCarbonContent": _number(one.fossil_carbon),
        "biogenicCarbonContent": _number(one.biogenic_carbon),
    }


def _stages(one: Stated) -> dict[str, object]:
    way = {} if one.outbound is None else {
        "distributionStagePcfExcludingBiogenicUptake": _number(one.outbound),
        "distributionStagePcfIncludingBiogenicUptake": _number(one.outbound),
    }  # fmt: skip
    return {
        "productionStage": [{
            "pcfIncludingBiogenicUptake": _number(one.including),
            "pcfExcludingBiogenicUptake": _number(one.excluding),
            "fossilGhgEmissions": _number(one.fossil),
            "biogenicNonCO2Emissions": _number(one.biogenic_gases),
            "biogenicCO2Uptake": _number(one.uptake),
        }],
        "distributionStage": [{"distributionStageIncluded": one.outbound is not None, **way}],
        "packagingStage": [{"packagingEmissionsIncluded": one.packaging}],
    }  # fmt: skip


def write_catena_x(path: Path, footprints: Footprints, product: str, declared: Declared, when: datetime) -> None:
    """One product in one file, as the model has it.

    Raises
    ------
    UserError
        when the footprint cannot be stated, or the file not be written.
    """
    write_json(path, aspect(footprints, product, declared, when))
