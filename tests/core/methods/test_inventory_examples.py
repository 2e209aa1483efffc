"""Every published or measured example of ``tests/data/inventory_examples.json`` and how it is covered.

What follows from shipped factors is also checked in ``tests/core/library/test_published_examples.py``; here each case
goes through the public calculation with the inputs that the case itself gives.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from core.inventory.allocation import allocate, transport_work
from core.inventory.uncertainty import combine_product, geometric_deviation
from core.ledger import Plant
from core.library import GASES, Library, load_library
from core.library.load import read_factors
from core.methods import OTHER, Line
from core.methods.refrigerants import blend_gwp
from core.solar import SolarFigures
from tests.core.samples import activity, compiled

LIBRARY = load_library()
FILE = Path(__file__).parents[2] / "data" / "inventory_examples.json"
CASES: dict[str, dict[str, Any]] = {c["id"]: c for c in json.loads(FILE.read_text("utf-8"), parse_float=Decimal)}
NOWHERE = Plant("Example", "ZZ")
HYDROCARBONS = {"HC-290", "HC-600", "HC-600a", "HC-601", "HC-601a", "HC-1270", "RE-170"}
"""AR5 gives them no value."""


def numbers(values: Mapping[str, Any]) -> dict[str, Decimal]:
    return {key: Decimal(value) for key, value in values.items()}


def with_factor(rows: str, columns: str = "item,use,region,unit,CO2,CH4,N2O,CO2e,value,place") -> Library:
    """The shipped library and the factors that a case states."""
    head = (
        "# title_en: Example\n# title_zh: 例\n# publisher: Example\n# edition: 1\n# year: 2024\n"
        f"# published: 2024-01-01\n# licence: own\n# rank: 1\n{columns}\n"
    )
    added = read_factors("example.csv", head + rows)
    return Library(LIBRARY.units, LIBRARY.gwp, LIBRARY.items, (*LIBRARY.factors, *added))


def line(library: Library, gwp: str = "AR5", **record: Any) -> Line:
    """The one scope 1 or location-based line of one record."""
    inventory = compiled([activity(**record)], plant=NOWHERE, library=library, gwp=gwp)
    (found,) = [li for li in inventory.lines if li.scope in ("scope1", "scope2_location")]
    return found


def blend(case: dict[str, Any]) -> dict[str, Decimal]:
    """One tonne leaks; DESNZ prints the potential with the parts outside the basket."""
    key = case["id"].removeprefix("blend-")
    composition = LIBRARY.items[key].composition
    known = {s: LIBRARY.gwp["AR5"].species[s].gwp for s, _ in composition if s in LIBRARY.gwp["AR5"].species}
    assert {s for s, _ in composition} - set(known) <= HYDROCARBONS
    value = blend_gwp([(s, Decimal(share)) for s, share in composition if s in known], known)
    if known:
        leaked = line(LIBRARY, method="refrigerants", item=key, quantity=1, unit="t")
        assert leaked.tco2e + leaked.apart(OTHER) == value
    return {"gwp": value}


def ghgp_mass(case: dict[str, Any]) -> dict[str, Decimal]:
    """A tonne burned in the IPCC form; 1 TJ/Gg = 1 GJ/t."""
    given = numbers(case["inputs"])
    library = with_factor(
        f"diesel,ncv,ZZ,GJ/t,,,,,{given['ncv_tj_gg']},p. 1\ndiesel,combustion,ZZ,kg/TJ,{given['kgco2_tj']},,,,,p. 1\n"
    )
    return {"kgco2_per_t": line(library, method="stationary_combustion", item="diesel", quantity=1, unit="t").kg["CO2"]}


def ghgp_volume(case: dict[str, Any]) -> dict[str, Decimal]:
    """A litre burned, by way of its density."""
    given = numbers(case["inputs"])
    library = with_factor(
        f"fuel_oil,density,ZZ,kg/l,,,,,{given['kg_per_l']},p. 1\nfuel_oil,ncv,ZZ,GJ/t,,,,,{given['ncv_tj_gg']},p. 1\n"
        f"fuel_oil,combustion,ZZ,kg/TJ,{given['kgco2_tj']},,,,,p. 1\n"
    )
    burned = line(library, method="stationary_combustion", item="fuel_oil", quantity=1000, unit="l")
    assert any(".density." in part for part in burned.factor.parts)
    return {"kgco2_per_l": burned.kg["CO2"] / 1000}


def heat_content(unit: str) -> Callable[[dict[str, Any]], dict[str, Decimal]]:
    """EPA: heat content × factor; a printed factor per unit is the product."""

    def covered(case: dict[str, Any]) -> dict[str, Decimal]:
        given = numbers(case["inputs"])
        printed = given["heat_content_mmbtu"] * given["kgco2_per_mmbtu"]
        library = with_factor(f"natural_gas,combustion,ZZ,kg/{unit},{printed},,,,,p. 1\n")
        burned = line(library, method="stationary_combustion", item="natural_gas", quantity=1000, unit=unit)
        return {"kgco2_per_unit": burned.kg["CO2"] / 1000}

    return covered


def glec_diesel(case: dict[str, Any]) -> dict[str, Decimal]:
    given = numbers(case["inputs"])
    library = with_factor(f"diesel,mobile,ZZ,kg/l,,,,{given['ef_kgco2e_per_l']},,p. 106\n")
    burned = line(library, method="mobile_combustion", item="diesel", quantity=given["litres"], unit="l")
    return {"kgco2e": burned.tco2e * 1000}


def glec_bev(case: dict[str, Any]) -> dict[str, Decimal]:
    given = numbers(case["inputs"])
    per_kwh = LIBRARY.units.convert(given["g_per_mj"], "kWh", "MJ")
    library = with_factor(f"electricity,location,ZZ,kg/MJ,,,,{given['g_per_mj'] / 1000},,p. 106\n")
    used = line(library, quantity=given["kwh"])
    return {"g_per_kwh": per_kwh, "kgco2e": used.tco2e * 1000}


def glec_hybrid(case: dict[str, Any]) -> dict[str, Decimal]:
    assert case["inputs"]["diesel_l"] == CASES["glec-diesel"]["inputs"]["litres"]
    assert case["inputs"]["kwh"] == CASES["glec-bev"]["inputs"]["kwh"]
    return {"kgco2e": glec_diesel(CASES["glec-diesel"])["kgco2e"] + glec_bev(CASES["glec-bev"])["kgco2e"]}


def egrid(case: dict[str, Any]) -> dict[str, Decimal]:
    """Pounds per MWh, three gases, AR5: 1 MWh."""
    given = case["inputs"]
    assert [LIBRARY.gwp["AR5"].species[g].gwp for g in ("CH4", "N2O")] == given["gwp"]
    library = with_factor(
        f"electricity,location,ZZ,lb/MWh,{given['co2_lb']},{given['ch4_lb']},{given['n2o_lb']},,,p. 1\n"
    )
    used = line(library, quantity=1, unit="MWh")
    return {"co2e_lb_per_mwh": LIBRARY.units.convert(used.tco2e, "t", "lb")}


def thai(case: dict[str, Any]) -> dict[str, Decimal]:
    """kg of each gas per kWh or kg, AR5 28 and 265."""
    given = case["inputs"]
    library = with_factor(
        f"electricity,location,ZZ,kg/kWh,{given.get('co2', '')},{given['ch4']},{given['n2o']},,,p. 1\n"
    )
    # A factor needs CO2: for biomass that is counted apart, as zero here.
    if "co2" not in given:
        library = with_factor(f"solid_biomass,combustion,ZZ,kg/kg,1,{given['ch4']},{given['n2o']},,,p. 1\n")
        burned = line(library, method="stationary_combustion", item="solid_biomass", quantity=1000, unit="kg")
        return {"total": burned.tco2e}
    return {"total": line(library, quantity=1000).tco2e}


def parcels(case: dict[str, Any]) -> dict[str, Decimal]:
    given = case["inputs"]
    work = [transport_work(Decimal(km), Decimal(kg)) for km, kg in given["km_and_kg"]]
    shares, percent = allocate(given["total_kgco2e"], work), allocate(Decimal(100), work)
    assert sum(shares) == given["total_kgco2e"]
    return {
        "total_tkm": sum(work, Decimal(0)), "row1_share_pct": percent[0], "row5_share_pct": percent[4],
        "row1_kgco2e": shares[0], "row5_kgco2e": shares[4], "row7_kgco2e": shares[6],
    }  # fmt: skip


def parcel_delivery(case: dict[str, Any]) -> dict[str, Decimal]:
    given = case["inputs"]
    return {"l_per_item": allocate(given["litres"], [Decimal(1)] * given["items"])[-1]}


def dual(case: dict[str, Any]) -> dict[str, Decimal]:
    given = numbers(case["inputs"])
    library = with_factor(
        f"electricity,location,ZZ,kg/kWh,{given['grid']},,,,,p. 1\n"
        f"electricity,residual,ZZ,kg/kWh,{given['residual']},,,,,p. 2\n"
    )
    records = [
        activity("grid", quantity=given["kwh"] - given["cert_kwh"]),
        activity("green", item="renewable_electricity", quantity=given["cert_kwh"], evidence="certificates"),
    ]
    scopes = compiled(records, plant=NOWHERE, library=library).totals.scopes
    coverage = given["cert_kwh"] * 100 / given["kwh"]
    return {"lb_t": scopes["scope2_location"], "mb_t": scopes["scope2_market"], "coverage_pct": coverage}


def fangshan(case: dict[str, Any]) -> dict[str, Decimal]:
    """The claim rests on one constant; the summary of a roof shows the constant behind any claim."""
    given = numbers(case["inputs"])
    mwh = given["mwh_per_year"] * given["years"]
    claim = SolarFigures(self_used=mwh * 1000, avoided_self_used=numbers(case["expected"])["tco2"])
    assert claim.implied == given["implied_ef"]
    return {"tco2": mwh * given["implied_ef"]}


def product_rule(case: dict[str, Any]) -> dict[str, Decimal]:
    return {"u_combined": combine_product([Decimal(u) for u in case["inputs"]["u"]])}


PEDIGREE = (
    ("1.00", "1.05", "1.10", "1.20", "1.50"),
    ("1.00", "1.02", "1.05", "1.10", "1.20"),
    ("1.00", "1.03", "1.10", "1.20", "1.50"),
    ("1.00", "1.01", "1.02", "1.02", "1.10"),
    ("1.00", "1.00", "1.20", "1.50", "2.00"),
    ("1.00", "1.02", "1.05", "1.10", "1.20"),
)
"""ecoinvent v1: reliability, completeness, temporal, geographical, technology, sample size; by score."""


def pedigree(case: dict[str, Any]) -> dict[str, Decimal]:
    given = case["inputs"]
    factors = [Decimal(row[score - 1]) for row, score in zip(PEDIGREE, given["scores"], strict=True)]
    return {"gsd2": geometric_deviation([*factors, given["basic"]])}


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
    "epa-natural_gas_per_scf": heat_content("ft3"),
    "epa-": heat_content("short_ton"),
    "article-fangshan": fangshan,
    "unc-product": product_rule,
    "pedigree-v1": pedigree,
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
    assert tuple(line(LIBRARY, method="refrigerants", item="R-508A", quantity=1, unit="kg").kg) == GASES
