"""Footprints as PACT Technical Specifications 3.0 ask for them, by World Business Council for Sustainable Development.

Field names, units and lists of values follow the published specification; see NOTICE.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from uuid import UUID, uuid5

from core.disk import write_safely
from core.exchange.stated_footprints import Declared, Stated, stamp, stated
from core.methods import plain
from core.products import Footprints

SPECIFICATION = "3.0.0"
NAMES = UUID("b9a3f0f4-6a0c-5d0c-9a5b-6a1f1f6f2b11")
"""In which the ids of footprints are made."""


def product_footprint(footprints: Footprints, product: str, declared: Declared, when: datetime) -> dict[str, object]:
    """A ``ProductFootprint``.

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
    The id follows from plant, product, period and everything that is stated, so that an unchanged footprint keeps its
    id and a changed one gets another, as the life cycle of PACT 3.0 asks. Decimals are strings; the end of the period
    is the first moment behind it.
    """
    one = stated(footprints, product, declared)
    content = {
        "specVersion": SPECIFICATION,
        "status": "Active",
        "companyName": one.company,
        "companyIds": list(one.company_ids),
        "productDescription": one.description,
        "productIds": list(one.product_ids),
        **({"productClassifications": list(one.classifications)} if one.classifications else {}),
        "productNameCompany": one.footprint.product.name,
        "comment": one.comment,
        "pcf": _carbon_footprint(one, declared),
    }
    return {"id": footprint_id(footprints, product, content), "created": stamp(when), **content}


def footprint_id(footprints: Footprints, product: str, content: Mapping[str, object]) -> str:
    """The same for the same statement of the same plant, product and period; another for any other."""
    plant, period = footprints.plant, footprints.period
    assert plant is not None and period is not None
    about = [plant.country, plant.name, product, period.start.isoformat(), period.end.isoformat(), content]
    return str(uuid5(NAMES, json.dumps(about, ensure_ascii=False, sort_keys=True, separators=(",", ":"))))


def geography(one: Stated) -> dict[str, object]:
    """The smallest area alone: the part of the country, else the country."""
    if one.plant.region:
        return {"geographyCountrySubdivision": one.plant.region}
    return {"geographyCountry": one.plant.country}


def _carbon_footprint(one: Stated, declared: Declared) -> dict[str, object]:
    return {
        "declaredUnitOfMeasurement": one.footprint.product.unit,
        "declaredUnitAmount": "1",
        "productMassPerDeclaredUnit": plain(one.mass),
        "referencePeriodStart": stamp(one.start),
        "referencePeriodEnd": stamp(one.end),
        **geography(one),
        "boundaryProcessesDescription": one.processes,
        "pcfExcludingBiogenicUptake": plain(one.excluding),
        "pcfIncludingBiogenicUptake": plain(one.including),
        "fossilGhgEmissions": plain(one.fossil),
        "fossilCarbonContent": plain(one.fossil_carbon),
        "biogenicCarbonContent": plain(one.biogenic_carbon),
        "biogenicCO2Uptake": plain(one.uptake),
        "biogenicNonCO2Emissions": plain(one.biogenic_gases),
        "packagingEmissionsIncluded": one.packaging,
        **({} if one.outbound is None else {"outboundLogisticsGhgEmissions": plain(one.outbound)}),
        "ccsTechnologicalCO2CaptureIncluded": False,  # no method of an inventory counts captured carbon
        "ipccCharacterizationFactors": [one.gwp_set],
        "crossSectoralStandards": list(one.standards),
        **_rules(declared),
        "exemptedEmissionsPercent": plain(one.exempted),
        **({"exemptedEmissionsDescription": said} if (said := declared.exempted_why.strip()) else {}),
        "allocationRulesDescription": one.sharing,
        **_sources(one),
        "primaryDataShare": plain(one.footprint.primary_share),
        **_quality(declared),
    }


def _rules(declared: Declared) -> dict[str, object]:
    if not declared.rules:
        return {}
    names = list(dict.fromkeys(declared.rules))
    return {"productOrSectorSpecificRules": [{"operator": "Other", "ruleNames": names, "otherOperatorName": names[0]}]}


def _sources(one: Stated) -> dict[str, object]:
    if not one.secondary:
        return {}
    sources = [{"name": name, "version": edition} for name, edition in one.secondary]
    return {"secondaryEmissionFactorSources": sources}


def _quality(declared: Declared) -> dict[str, object]:
    """All three ratings or none, as the specification has it."""
    ratings = (declared.technological, declared.geographical, declared.temporal)
    said = {
        name: plain(rating)
        for name, rating in zip(("technologicalDQR", "geographicalDQR", "temporalDQR"), ratings, strict=True)
        if rating is not None
    }
    return {"dqi": said} if len(said) == len(ratings) else {}


def write_pact(
    path: Path, footprints: Footprints, products: Iterable[str], declared: Declared, when: datetime
) -> None:  # fmt: skip
    """Footprints in one file, as an answer to a list of footprints holds them: ``{"data": [ … ]}``.

    Raises
    ------
    UserError
        for the first footprint that cannot be stated, or when the file cannot be written.
    """
    write_json(path, {"data": [product_footprint(footprints, one, declared, when) for one in products]})


def write_json(path: Path, value: object) -> None:
    """A file for other programs: UTF-8, indented.

    Raises
    ------
    UserError
        when it cannot be written.
    """
    write_safely(path, (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode())
