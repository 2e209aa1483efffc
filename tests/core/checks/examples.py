"""For each rule an inventory that makes it speak, and one that only looks like it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from core.inventory import Inventory
from core.ledger import (
    Activity,
    Audit,
    Closing,
    Engagement,
    Evidence,
    Judgement,
    Meter,
    OwnFactor,
    PlanItem,
    Plant,
    Record,
)
from core.library import Library, load_library
from core.library.load import read_factors
from tests.core.samples import PLANT, activity, compiled, month, year_of_bills

Example = Callable[[], Inventory]
LIBRARY = load_library()
YEAR: dict[str, Any] = {"start": date(2023, 1, 1), "end": date(2023, 12, 31)}


def of(*records: Record, plant: Plant = PLANT, library: Library | None = None) -> Example:
    """An inventory of 2023, made when it is asked for."""
    return lambda: compiled(records, plant=plant, library=library)


def changed(key: str, **fields: object) -> list[Activity]:
    """A year of bills of which one is different."""
    return [replace(a, **fields) if a.id == key else a for a in year_of_bills()]  # type: ignore[arg-type]


def pv(item: str, quantity: int, key: str = "", **fields: object) -> Activity:
    """What a roof's meter counts."""
    fields = {"source": "Roof", **fields}
    return activity(key or item, method="solar_generation", item=f"solar_{item}", quantity=quantity, **fields)


def roof(july: int, **fields: object) -> list[Activity]:
    """Generation of a year, with this in July."""
    usual = (30, 45, 80, 110, 130, 135, july, 115, 90, 60, 35, 25)
    return [pv("generated", q, f"p{n:02}", **{**month(n), **fields}) for n, q in enumerate(usual, 1)]


def file(kind: str, *ids: str, valid_to: str = "", key: str = "e") -> Evidence:
    """A kept file."""
    return Evidence(key, f"{kind}.pdf", kind, "0", 1, activities=ids, valid_to=valid_to)


def gas(key: str = "g", **fields: object) -> Activity:
    """Natural gas of January."""
    return activity(key, **{"source": "Boiler", "method": "stationary_combustion", "item": "natural_gas", "unit": "m3",
                            **fields})  # fmt: skip


def spent(rate: str) -> Activity:
    """Tools, paid in yuan."""
    return activity("m", source="Tools", method="spend", item="naics_333517", unit="CNY", category=2,
                    parameters=(("exchange_rate", rate),))  # fmt: skip


def travel(key: str = "t", **fields: object) -> Activity:
    """Flights, so that scope 3 has begun."""
    return activity(key, **{"source": "Trips", "method": "business_travel", "item": "flight_short", "unit": "pkm",
                            **fields})  # fmt: skip


def cooling(key: str = "k", **fields: object) -> Activity:
    """R-410A topped up."""
    return activity(key, **{"source": "Chiller", "method": "refrigerants", "item": "R-410A", "unit": "kg",
                            "quantity": 3, **fields})  # fmt: skip


def own_row(use: str, value: str, region: str = "CN-HE", year: int = 2023, status: str = "USER") -> Library:
    """The library with one more electricity factor."""
    head = (
        "# title_en: Own\n# title_zh: 自\n# publisher: Plant\n# edition: 1\n# year: 2024\n# published: 2026-01-01\n"
        "# licence: own\n# rank: 1\nitem,use,region,year,unit,CO2e,place,status\n"
    )
    row = f"electricity,{use},{region},{year},kg/kWh,{value},p. 1,{status}\n"
    return Library(LIBRARY.units, LIBRARY.gwp, LIBRARY.items, (*read_factors("own.csv", head + row), *LIBRARY.factors))


def published(region: str, year: int) -> str:
    """A grid factor of the library."""
    rows = LIBRARY.about("electricity", "location")
    return str(next(f.headline for f in rows if (f.region, f.data_year) == (region, year)))


def own(value: str = "0.6", **fields: object) -> OwnFactor:
    """A factor of the plant for its grid electricity."""
    made = OwnFactor("o1", "Grid by the supplier", "supplier", "Power Ltd", "R-7", "p. 2", "electricity", "location",
                     "kg/kWh", (("CO2", value),), date(2023, 1, 1), date(2023, 12, 31), "e9")  # fmt: skip
    return replace(made, **fields)  # type: ignore[arg-type]


def closing(year: int, *figures: tuple[str, str]) -> Closing:
    """A closed year."""
    return Closing(str(year), "0" * 64, 1, 1, date(year + 1, 3, 1), "audited", figures=figures)


def like(location: str, key: int = 2023) -> Closing:
    """A year closed with this scope 2 and nothing else."""
    return closing(key, ("scope1", "0"), ("scope2_location", location), ("scope3", "0"))


def audit(base_year: str) -> Audit:
    return Audit("2023", date(2023, 1, 1), date(2023, 12, 31), base_year=base_year)


def judged(number: int, verdict: str) -> Judgement:
    """About a category of scope 3."""
    return Judgement(f"j{number}", 2023, f"scope3:{number}", verdict, "nothing is leased")


def plan(**fields: object) -> PlanItem:
    """The line of the management plan about the main meter."""
    made = PlanItem("pl1", "Main meter", "electricity", "metered")
    return replace(made, **fields)  # type: ignore[arg-type]


def bills(**fields: object) -> Iterable[Activity]:
    """Twelve bills that differ."""
    return [replace(a, quantity=Decimal(1003 + 7 * n)) for n, a in enumerate(year_of_bills(**fields))]


SPEND = activity("s", source="Parts", method="spend", item="naics_336340", unit="USD", quantity=90000)
ENGAGED = Engagement("2023", "Group", "Hillside", "Verify the statement of 2023", "All sources")
"""Somebody audits the year."""
METER = Meter("m1", "Incoming feeder", "electricity", "import", "kWh", calibrated_to="2023-06-30")
EARLY = [gas(), travel(), cooling()]
HEBEI = published("CN-HE", 2023)

EXAMPLES: dict[str, tuple[Example, Example]] = {
    "always_estimated": (
        of(*(replace(a, estimated=True) for a in year_of_bills())),
        of(*(replace(a, estimated=a.id != "m01") for a in year_of_bills())),
    ),
    "base_year_change": (of(activity(), like("0.5")), of(activity(), like("0.65"))),
    "base_year_open": (of(activity(), audit("2020")), of(activity(), audit("2020"), like("1", 2020))),
    "biomass_without_proof": (
        of(gas("w", item="wood_pellets", unit="t", evidence="")),
        of(gas("w", item="wood_pellets", unit="t", evidence="D-1"), gas(evidence="")),
    ),
    "calibration_overdue": (
        of(activity(), file("calibration", "a1", valid_to="2023-06-30")),
        of(activity(), file("calibration", "a1", valid_to="2023-12-31")),
    ),
    "changed_after_closing": (of(activity(), like("0.65")), of(activity(), like(HEBEI))),
    "duplicates": (of(activity("a"), activity("b")), of(activity("a"), activity("b", quantity=1001))),
    "electricity_below_self_use": (of(activity(), pv("self_used", 1001)), of(activity(), pv("self_used", 999))),
    "estimated_share": (
        of(*(replace(a, estimated=a.id < "m04") for a in year_of_bills())),
        of(*(replace(a, estimated=a.id < "m03") for a in year_of_bills())),
    ),
    "evidence_expired": (
        of(activity(), file("contract", "a1", valid_to="2023-01-30")),
        of(activity(), file("contract", "a1", valid_to="2023-01-30"), file("bill", "a1", key="f")),
    ),
    "excluded_share": (
        of(activity(), gas(item="unobtainium")),
        of(*(gas(f"g{n}", source=f"B{n}") for n in range(20)), gas(item="unobtainium")),
    ),
    "factor_of_other_region": (
        of(activity(), library=own_row("location", published("CN-YN", 2023))),
        of(activity(), library=own_row("location", HEBEI)),
    ),
    "factor_of_other_year": (
        of(activity(), library=own_row("location", published("CN-HE", 2022))),
        of(activity(), library=own_row("location", HEBEI)),
    ),
    "footprint_factor": (
        of(activity(), library=own_row("location", "0.6205")),
        of(activity(), library=own_row("location", "0.6204")),
    ),
    "exchange_rate_inverted": (
        of(spent("7.2")),
        of(spent("0.139")),
    ),
    "future_dates": (of(*EARLY, activity("f", **month(12))), of(*EARLY, activity("f", **month(2)))),
    "gaps": (of(*year_of_bills()[1:]), of(*year_of_bills())),
    "laboratory_without_proof": (
        of(gas(parameters=(("ncv_volume", "38.9"),))),
        of(gas(parameters=(("ncv_volume", "38.9"),)), gas("h", source="Oven"), file("other", "g")),
    ),
    "long_bills": (of(activity(**YEAR)), of(activity(end=date(2023, 2, 28)), gas(**YEAR))),
    "market_above_location": (of(activity(), plant=Plant("Kunming", "CN", "CN-YN")), of(activity())),
    "measured_value_far": (
        of(gas(parameters=(("ncv_volume", "35000"),))),
        of(gas(parameters=(("ncv_volume", "35"),))),
    ),
    "missing_evidence": (of(activity(evidence=" ")), of(activity(evidence=""), file("bill", "a1"))),
    "mixed_families": (
        of(
            gas("a", parameters=(("factor", "o1"),)),
            gas("b", source="Oven"),
            own("2.1", item="natural_gas", use="stationary", unit="kg/m3", general=False),
        ),
        of(gas("a"), gas("b", source="Oven"), gas("c", item="diesel", unit="l")),
    ),
    "negative": (of(activity(quantity=-1)), of(activity(quantity=0))),
    "outdated_factor": (
        of(activity(), library=own_row("location", "0.9", "ZZ", 2016, "VERIFIED"), plant=Plant("Nowhere", "ZZ")),
        of(activity(), library=own_row("location", "0.9", "ZZ", 2019, "VERIFIED"), plant=Plant("Nowhere", "ZZ")),
    ),
    "outliers": (of(*changed("m06", quantity=Decimal(20000))), of(*changed("m06", quantity=Decimal(7000)))),
    "overlaps": (of(*changed("m05", end=date(2023, 6, 1))), of(*year_of_bills())),
    "own_factor_evidence": (of(activity(), own()), of(activity(), own(), file("other", key="e9"))),
    "own_factor_far": (of(activity(), own("600")), of(activity(), own("0.6"))),
    "own_factor_validity": (
        of(activity(), own(valid_from=date(2023, 1, 15))),
        of(activity(), own(valid_from=date(2023, 1, 1))),
    ),
    "plan_calibration": (
        of(*bills(), plan(calibration_months=12, meter="m1"), METER),
        of(*bills(), plan(calibration_months=12, meter="m1"), replace(METER, calibrated_to="2023-12-31")),
    ),
    "plan_estimated": (
        of(*changed("m03", estimated=True), plan()),
        of(*changed("m03", estimated=True), plan(method="estimated")),
    ),
    "plan_frequency": (
        of(*bills(), gas(**YEAR), plan(), plan(id="pl2", source="Boiler", item="")),
        of(*bills(), gas(**YEAR), plan(), plan(id="pl2", source="Boiler", item="", frequency="yearly")),
    ),
    "plan_missing": (of(activity(), gas(), plan()), of(activity(), travel(), plan())),
    "plan_underestimate": (
        of(*changed("m03", estimated=True, quantity=Decimal(999)), plan()),
        of(*changed("m03", estimated=True, quantity=Decimal(1108)), plan()),
    ),
    "plan_unused": (of(activity(), plan(), plan(id="pl2", source="Boiler", item="")), of(activity(), plan())),
    "proxy_share": (of(SPEND), of(activity())),
    "refrigerant_charge": (
        of(cooling(parameters=(("charge", "2.5"),))),
        of(cooling(parameters=(("charge", "3"),)), cooling("l", source="Fridge")),
    ),
    "repeated_quantity": (of(*year_of_bills()), of(*bills())),
    "required_evidence": (of(activity(), ENGAGED), of(activity(), ENGAGED, file("meter_photo", "a1"))),
    "reused_bill": (
        of(*year_of_bills(evidence="B-1")),
        of(*year_of_bills(), activity("r", source="Contract", quantity=500)),
    ),
    "round_numbers": (of(*year_of_bills(quantity=Decimal(5000))), of(*year_of_bills(quantity=Decimal(5001)))),
    "scope3_contradiction": (of(travel(), judged(6, "not_relevant")), of(travel(), judged(8, "not_relevant"))),
    "scope3_silent": (
        of(travel()),
        of(travel(), *(judged(n, "not_relevant") for n in range(1, 16) if n != 6)),
    ),
    "screening_material": (
        of(cooling(method="refrigerant_screening", parameters=(("equipment", "chillers"),), quantity=100)),
        of(
            cooling(method="refrigerant_screening", parameters=(("equipment", "chillers"),), quantity="0.001"),
            activity(),
        ),
    ),
    "solar_balance": (
        of(pv("generated", 1000), pv("self_used", 1001)),
        of(pv("generated", 1000), pv("self_used", 600), pv("fed_in", 405)),
    ),
    "solar_possible": (
        of(pv("generated", 10000, parameters=(("peak_power", "30"),))),
        of(pv("generated", 5000, parameters=(("peak_power", "30"),)), *roof(140, source="Hall")),
    ),
    "solar_readings": (of(pv("generated", 1, evidence="")), of(pv("generated", 1))),
    "spend_share": (of(SPEND), of(SPEND, travel(quantity=10**7))),
    "two_units": (of(activity("a"), activity("b", unit="MWh")), of(activity("a"), activity("b", **month(2)))),
    "uncertainty_implausible": (
        of(activity(parameters=(("uncertainty", "0.01"),))),
        of(activity(parameters=(("uncertainty", "1"),))),
    ),
    "unexplained_estimates": (
        of(activity(estimated=True)),
        of(activity(estimated=True, note="meter broken, mean of 2022")),
    ),
    "unit_slips": (of(*changed("m06", unit="MWh")), of(*changed("m06", quantity=Decimal(20000)))),
    "unknown_gas": (of(cooling(item="R-999Z")), of(cooling(), gas(item="unobtainium"))),
    "weak_factors": (of(activity(), library=own_row("location", "0.9", status="VERIFIED_SECONDARY")), of(activity())),
    "year_on_year": (of(activity(), like("0.3", 2022)), of(activity(), like("0.6", 2022))),
    "zero_quantity": (of(*changed("m03", quantity=Decimal(0))), of(*changed("m03", quantity=Decimal(0), note="shut"))),
}
