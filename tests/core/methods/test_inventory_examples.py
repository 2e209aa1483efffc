"""Every published or measured example of ``tests/data/inventory_examples.json``, from a file to the inventory.

What a case is about goes into a csv file as a person would write it; the result is read from the lines, totals or
uncertainty of the inventory. Fuels and grids come from the shipped factors, whose numbers must be those of the case;
only where a case states numbers for nowhere in particular they stand in a factor set of its own. The two cases that are
no inventory, and the blends that a GWP set does not know, say so where they are covered.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from core.inventory import Inventory, Period, year_of
from core.inventory.allocation import allocate, transport_work
from core.inventory.uncertainty import combine_product, pedigree, uncertainty_of
from core.ledger import Plant, Record
from core.library import GASES, Library, load_library
from core.methods import BIOGENIC, OTHER, Line
from core.solar import summary
from tests.core.imported import imported, stating
from tests.core.samples import green

LIBRARY = load_library()
FILE = Path(__file__).parents[2] / "data" / "inventory_examples.json"
CASES: dict[str, dict[str, Any]] = {c["id"]: c for c in json.loads(FILE.read_text("utf-8"), parse_float=Decimal)}
NOWHERE, INDIA, BRITAIN = Plant("Example", "ZZ"), Plant("Pune", "IN"), Plant("Luton", "GB")
HYDROCARBONS = {"HC-290", "HC-600", "HC-600a", "HC-601", "HC-601a", "HC-1270", "RE-170"}
"""AR5 gives them no value."""
FUELS = {
    "other_kerosene": "kerosene", "gas_diesel_oil": "diesel", "residual_fuel_oil": "fuel_oil",
    "paraffin_waxes": "waxes", "oxygen_steel_furnace_gas": "converter_gas",
    "other_primary_solid_biomass_fuels": "solid_biomass", "biodiesels": "biodiesel",
}  # fmt: skip
"""The workbook's names of fuels where ours differ."""

ROUNDING = Decimal("0.00001")
"""Fourteen lines of tonnes with nine decimals, in kg."""


def numbers(values: Mapping[str, Any]) -> dict[str, Decimal]:
    return {key: Decimal(value) for key, value in values.items()}


def row(item: str, quantity: object, unit: str, method: str, **more: str) -> dict[str, str]:
    """One line of the file, for the whole of 2023."""
    days = {"start": "2023-01-01", "end": "2023-12-31"}
    return {
        "source": "Example",
        "method": method,
        "item": item,
        "quantity": f"{quantity}",
        "unit": unit,
        **days,
        **more,
    }


def inventory(
    *rows: Mapping[str, str], library: Library = LIBRARY, plant: Plant = NOWHERE, others: tuple[Record, ...] = ()
) -> Inventory:
    return imported(rows, plant=plant, library=library, others=others)


def line(*rows: Mapping[str, str], library: Library = LIBRARY, plant: Plant = NOWHERE) -> Line:
    """The one scope 1 or location-based line of a file, with nothing left out."""
    found = inventory(*rows, library=library, plant=plant)
    assert not found.excluded, [str(one.finding.message) for one in found.excluded]
    (only,) = [li for li in found.lines if li.scope in ("scope1", "scope2_location")]
    return only


def blend(case: dict[str, Any]) -> dict[str, Decimal]:
    """One tonne leaks; DESNZ prints the potential with the parts outside the basket.

    Hydrocarbons have no value in AR5. A blend of nothing else is no line, but an exclusion that says so: the inventory
    states no tonnes, and DESNZ's own 1 or 0.55 for it is below what the case allows.
    """
    key = case["id"].removeprefix("blend-")
    unknown = {part for part, _ in LIBRARY.items[key].composition if part not in LIBRARY.gwp["AR5"].species}
    assert unknown <= HYDROCARBONS
    assert spelled(LIBRARY.items[key].composition) == spelled(composition_of(case)), "the composition of the case"
    leak = row(key, 1, "t", "refrigerants")
    if len(unknown) < len(LIBRARY.items[key].composition):
        leaked = line(leak, plant=BRITAIN)
        return {"gwp": leaked.tco2e + leaked.apart(OTHER)}
    (excluded,) = inventory(leak, plant=BRITAIN).excluded
    assert excluded.finding.rule == "missing_factor"
    return {"gwp": Decimal(0)}


def composition_of(case: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    """``53% R-22 + 13% R-152a`` as pairs."""
    parts = (part.split("% ") for part in case["inputs"]["composition"].split(" + "))
    return tuple((name, percent) for percent, name in parts)


def spelled(parts: Iterable[tuple[str, str]]) -> dict[str, Decimal]:
    """By the number of the substance alone, 22 for R-22 and HCFC-22; shares in percent."""
    whole = sum((Decimal(share) for _, share in parts), Decimal(0))
    return {name.split("-", 1)[1].removeprefix("E"): Decimal(share) * 100 / whole for name, share in parts}


def fuel_of(case: dict[str, Any]) -> str:
    """The fuel itself, whose shipped numbers are those of the case."""
    name = case["id"].split("-", 2)[2]
    key: str = FUELS.get(name, name)
    given = numbers(case["inputs"])
    (ncv,) = (f.value for f in LIBRARY.about(key, "ncv") if f.set.key == "ipcc_2006_stationary")
    (burned,) = (f for f in LIBRARY.about(key, "stationary") if f.set.key == "ipcc_2006_stationary" and f.per == "TJ")
    assert (ncv, burned.amounts["CO2"]) == (given["ncv_tj_gg"], given["kgco2_tj"])
    return key


def carbon_dioxide(found: Line) -> Decimal:
    """Fossil and, of biomass, what stands apart. [kg]"""
    return found.kg["CO2"] + found.apart(BIOGENIC) * 1000


def ghgp_mass(case: dict[str, Any]) -> dict[str, Decimal]:
    """A tonne burned where only the values of the IPCC hold."""
    burned = line(row(fuel_of(case), 1, "t", "stationary_combustion"), plant=INDIA)
    return {"kgco2_per_t": carbon_dioxide(burned)}


def ghgp_volume(case: dict[str, Any]) -> dict[str, Decimal]:
    """A thousand litres burned, by way of the density that the workbook gives."""
    burned = line(row(fuel_of(case), 1000, "l", "stationary_combustion"), plant=INDIA)
    assert any(part.startswith("ghgp_densities_2024.") for part in burned.factor.parts)
    return {"kgco2_per_l": carbon_dioxide(burned) / 1000}


def epa(item: str, unit: str) -> Callable[[dict[str, Any]], dict[str, Decimal]]:
    """A unit by its heat content and by the printed factor per unit: both are the published number."""

    def covered(case: dict[str, Any]) -> dict[str, Decimal]:
        given, plant = numbers(case["inputs"]), Plant("Dayton", "US")
        by_heat = row(item, given["heat_content_mmbtu"] * 1000, "mmBtu_gross", "stationary_combustion")
        per_unit = row(item, 1000, unit, "stationary_combustion")
        heat, printed = (line(one, plant=plant).kg["CO2"] / 1000 for one in (by_heat, per_unit))
        assert abs(printed - Decimal(case["expected"]["kgco2_per_unit"])) <= Decimal(case["tolerance"])
        return {"kgco2_per_unit": heat}

    return covered


GLEC = row("diesel", 100000, "l", "mobile_combustion"), row("ev_charging", 100000, "kWh", "vehicle_charging")


def glec(case: str) -> Library:
    """EU diesel with 5 % biodiesel and the electricity of the example."""
    given = CASES["glec-diesel"]["inputs"] | CASES["glec-bev"]["inputs"]
    assert (given["litres"], given["kwh"]) == (100000, 100000) and case.startswith("glec-")
    return stating(
        {"item": "diesel", "use": "mobile", "unit": "kg/l", "CO2e": f"{given['ef_kgco2e_per_l']}"},
        {"item": "electricity", "use": "location", "unit": "g/MJ", "CO2e": f"{given['g_per_mj']}"},
    )


def glec_diesel(case: dict[str, Any]) -> dict[str, Decimal]:
    return {"kgco2e": line(GLEC[0], library=glec(case["id"])).tco2e * 1000}


def glec_bev(case: dict[str, Any]) -> dict[str, Decimal]:
    charged = line(GLEC[1], library=glec(case["id"]))
    return {"g_per_kwh": charged.tco2e * 1000 * 1000 / case["inputs"]["kwh"], "kgco2e": charged.tco2e * 1000}


def glec_hybrid(case: dict[str, Any]) -> dict[str, Decimal]:
    """Both rows in one file."""
    assert case["inputs"] == {"diesel_l": 100000, "kwh": 100000}
    fleet = inventory(GLEC[0], GLEC[1], library=glec(case["id"]))
    return {"kgco2e": fleet.totals.location * 1000}


def egrid(case: dict[str, Any]) -> dict[str, Decimal]:
    """A thousand MWh of the subregion, three gases as shipped."""
    given = case["inputs"]
    assert [LIBRARY.gwp["AR5"].species[g].gwp for g in ("CH4", "N2O")] == given["gwp"]
    used = line(row("electricity", 1000, "MWh", "purchased_electricity"), plant=Plant("Fresno", "US", grid="US-CAMX"))
    (part,) = used.factor.parts
    factor = LIBRARY.factor(part)
    assert factor is not None and factor.of == "lb"
    assert [factor.amounts[gas] for gas in ("CO2", "CH4", "N2O")] == [given[f"{g}_lb"] for g in ("co2", "ch4", "n2o")]
    return {"co2e_lb_per_mwh": LIBRARY.units.convert(used.tco2e, "t", "lb") / 1000}


def thai(case: dict[str, Any]) -> dict[str, Decimal]:
    """kg of each gas per kWh or kg as TGO prints them, AR5 28 and 265; the CO2 of bagasse stands apart."""
    given = {gas.upper(): f"{value}" for gas, value in case["inputs"].items()}
    if "CO2" in given:
        library = stating({"item": "electricity", "use": "location", "unit": "kg/kWh", **given})
        return {"total": line(row("electricity", 1000, "kWh", "purchased_electricity"), library=library).tco2e}
    # A row of a fuel needs its CO2; whatever it is, it must not reach the total.
    library = stating({"item": "solid_biomass", "use": "combustion", "unit": "kg/kg", "CO2": "1", **given})
    burned = line(row("solid_biomass", 1000, "kg", "stationary_combustion"), library=library)
    assert burned.apart(BIOGENIC) == 1
    return {"total": burned.tco2e}


def parcels(case: dict[str, Any]) -> dict[str, Decimal]:
    """Fourteen rows of freight share the round by tonne-kilometres; the public allocation gives the same."""
    given = case["inputs"]
    work = [transport_work(Decimal(km), Decimal(kg)) for km, kg in given["km_and_kg"]]
    total = sum(work, Decimal(0))
    library = stating({"item": "van", "use": "freight", "unit": "kg/tkm", "CO2e": f"{given['total_kgco2e'] / total}"})
    rows = [
        row("van", kg, "kg", "freight", source=f"{n}", category="4", parameters=f"distance={km}")
        for n, (km, kg) in enumerate(given["km_and_kg"], 1)
    ]
    found = inventory(*rows, library=library)
    kg = {int(li.activity.source): li.tco2e * 1000 for li in found.lines}
    assert len(kg) == len(rows) and abs(sum(kg.values()) - given["total_kgco2e"]) < ROUNDING
    shared = allocate(given["total_kgco2e"], work)
    assert all(abs(kg[n] - part) < ROUNDING for n, part in enumerate(shared, 1))
    percent = {n: part * 100 / given["total_kgco2e"] for n, part in kg.items()}
    return {
        "total_tkm": sum((li.trace[0].result for li in found.lines), Decimal(0)),
        "row1_share_pct": percent[1], "row5_share_pct": percent[5],
        "row1_kgco2e": kg[1], "row5_kgco2e": kg[5], "row7_kgco2e": kg[7],
    }  # fmt: skip


def parcel_delivery(case: dict[str, Any]) -> dict[str, Decimal]:
    """No inventory: litres per item have no emission. The public allocation shares them out."""
    given = case["inputs"]
    return {"l_per_item": allocate(given["litres"], [Decimal(1)] * given["items"])[-1]}


def dual(case: dict[str, Any]) -> dict[str, Decimal]:
    """As two rows, and as one bill of which a part is covered."""
    given = numbers(case["inputs"])
    library = stating(
        {"item": "electricity", "use": "location", "unit": "kg/kWh", "CO2": f"{given['grid']}"},
        {"item": "electricity", "use": "residual", "unit": "kg/kWh", "CO2": f"{given['residual']}"},
    )
    method = "purchased_electricity"
    two = (
        row("electricity", given["kwh"] - given["cert_kwh"], "kWh", method, source="Grid"),
        row("electricity", given["cert_kwh"], "kWh", method, source="Green"),
    )
    covered = row("electricity", given["kwh"], "kWh", method)
    apart = inventory(*two, library=library, others=green("a00002", given["cert_kwh"], market="ZZ"))
    together = inventory(covered, library=library, others=green("a00001", given["cert_kwh"], market="ZZ"))
    assert apart.totals.scopes == together.totals.scopes
    scopes, market = together.totals.scopes, [li for li in together.lines if li.scope == "scope2_market"]
    free = sum((li.portion.quantity for li in market if li.tco2e == given["cert_ef"]), Decimal(0))
    bought = sum((li.portion.quantity for li in market), Decimal(0))
    return {"lb_t": scopes["scope2_location"], "mb_t": scopes["scope2_market"], "coverage_pct": free * 100 / bought}


def fangshan(case: dict[str, Any]) -> dict[str, Decimal]:
    """A row a year for 25 years: the claim rests on one constant, which the summary of the roof shows."""
    given = numbers(case["inputs"])
    library = stating({"item": "electricity", "use": "location", "unit": "t/MWh", "CO2": f"{given['implied_ef']}"})
    years = range(2011, 2011 + int(given["years"]))
    rows = [
        row("solar_self_used", given["mwh_per_year"], "MWh", "solar_generation", start=f"{y}-01-01", end=f"{y}-12-31")
        for y in years
    ]
    whole = Period(year_of(years[0]).start, year_of(years[-1]).end)
    found = imported(rows, plant=NOWHERE, library=library, period=whole)
    assert not found.excluded and found.totals.location == found.totals.market == 0, "a memo lowers nothing"
    assert summary(found).total.implied == given["implied_ef"]
    return {"tco2": found.totals.avoided}


def product_rule(case: dict[str, Any]) -> dict[str, Decimal]:
    """A meter and a factor with these uncertainties; the public rule gives the same."""
    meter, factor = (Decimal(u) for u in case["inputs"]["u"])
    stated = {"CO2": "1", "lower": f"{1 - factor / 100}", "upper": f"{1 + factor / 100}"}
    library = stating({"item": "electricity", "use": "location", "unit": "kg/kWh", **stated})
    bill = row("electricity", 1000, "kWh", "purchased_electricity", parameters=f"uncertainty={meter}")
    view = uncertainty_of(inventory(bill, library=library), draws=0).formula["scope2_location"]
    combined = view.estimate.percent
    assert combined is not None
    assert abs(combined - combine_product([meter, factor])) < Decimal("1e-9")
    return {"u_combined": combined}


def by_pedigree(case: dict[str, Any]) -> dict[str, Decimal]:
    """No inventory: six scores of a data set. The public function takes them with the shipped matrix."""
    return {"gsd2": pedigree(case["inputs"]["scores"], case["inputs"]["basic"])}


BY_PREFIX: dict[str, Callable[[dict[str, Any]], dict[str, Decimal]]] = {
    "blend-": blend,
    "ghgp-mass-": ghgp_mass,
    "ghgp-vol-": ghgp_volume,
    "glec-diesel": glec_diesel,
    "glec-bev": glec_bev,
    "glec-hybrid": glec_hybrid,
    "egrid2023-": egrid,
    "glec-parcel-collection": parcels,
    "glec-parcel-delivery": parcel_delivery,
    "scope2-dual": dual,
    "tgo-": thai,
    "epa-natural_gas_per_scf": epa("natural_gas", "ft3"),
    "epa-anthracite": epa("anthracite", "short_ton"),
    "epa-bituminous": epa("bituminous_coal", "short_ton"),
    "article-fangshan": fangshan,
    "unc-product": product_rule,
    "pedigree-v1": by_pedigree,
}
"""Case (or beginning of its id) and what covers it; the first that fits."""


def covering(case: str) -> Callable[[dict[str, Any]], dict[str, Decimal]] | None:
    return next((check for prefix, check in BY_PREFIX.items() if case.startswith(prefix)), None)


def test_every_case_is_covered() -> None:
    assert len(CASES) == 60
    assert [case for case in CASES if covering(case) is None] == []
    assert all(any(covering(case) is check for case in CASES) for check in BY_PREFIX.values())


@pytest.mark.parametrize("key", CASES)
def test_published_example(key: str) -> None:
    case = CASES[key]
    check = covering(key)
    assert check is not None
    result = check(case)
    assert set(result) == set(case["expected"])
    for name, expected in case["expected"].items():
        tolerance = case["tolerance"][name] if isinstance(case["tolerance"], dict) else case["tolerance"]
        assert abs(result[name] - Decimal(expected)) <= Decimal(tolerance), (name, result[name])


def test_lines_of_examples_have_all_seven_gases() -> None:
    assert tuple(line(row("R-508A", 1, "kg", "refrigerants")).kg) == GASES
