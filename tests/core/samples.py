"""Small plants for tests, and what hypothesis needs to invent others."""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from core.inventory import Choices, Inventory, Issue, Period, compile_inventory, year_of
from core.ledger import Activity, Allocation, Audit, Evidence, Instrument, Ledger, Plant, Record
from core.library import Library, load_library

PLANT = Plant("Zhangjiakou", "CN", "CN-HE")
YEAR = year_of(2023)
CHOICES = Choices(YEAR)
ISSUE = Issue(datetime(2024, 3, 1, 8, 0, tzinfo=UTC), "Li Na", "both", "1", "0" * 64, 12, ("Auditor", "Plant manager"))


def activity(key: str = "a1", **changes: Any) -> Activity:
    """A bill of January's grid electricity, and what differs from it."""
    bill = Activity(
        key,
        "Main meter",
        "purchased_electricity",
        "electricity",
        date(2023, 1, 1),
        date(2023, 1, 31),
        Decimal("1000"),
        "kWh",
        evidence=f"bill {key}",
    )
    if isinstance(changes.get("quantity"), (int, str)):
        changes["quantity"] = Decimal(changes["quantity"])
    return replace(bill, **changes)


def month(number: int, year: int = 2023) -> dict[str, Any]:
    """First and last day, for ``activity(**month(2))``."""
    return {"start": date(year, number, 1), "end": date(year, number, calendar.monthrange(year, number)[1])}


def year_of_bills(**changes: Any) -> list[Activity]:
    """Twelve bills, ``m01`` to ``m12``."""
    return [activity(f"m{n:02}", **{**month(n), **changes}) for n in range(1, 13)]


def green(bill: str = "a1", energy: int | str | Decimal = 1000, key: str = "i1", **changes: Any) -> tuple[Record, ...]:
    """What :func:`covering` gives; ``proof=False`` leaves the proof out."""
    proven = changes.pop("proof", True)
    proof, contract, allocated = covering(bill, energy, key, **changes)
    return (proof, contract, allocated) if proven else (replace(contract, evidence=()), allocated)


def covering(
    bill: str = "a1", energy: int | str | Decimal = 1000, key: str = "i1", **changes: Any
) -> tuple[Evidence, Instrument, Allocation]:
    """A contract that no rule stops, with its proof, and what of it is allocated to a record. [kWh]

    ``market`` is the country of the plant, in China the contract of ``PLANT`` with its certificates.
    """
    proof = Evidence(f"e-{key}", f"contract {key}.pdf", "certificate", f"{key:0>64}"[-64:], 10)
    contract = Instrument(
        key,
        f"Wind contract {key}",
        "ppa_physical",
        "CN",
        date(2023, 1, 1),
        date(2023, 12, 31),
        Decimal(100_000_000),
        contract=f"PPA {key}",
        supplier="Wind Seller",
        technology="wind",
        generator="Wind farm",
        commissioned="2020-06-30",
        attributes="with",
        evidence=(proof.id,),
    )
    contract = replace(contract, **changes)
    if contract.market == "CN" and not contract.serials:
        contract = replace(
            contract,
            scheme="GEC",
            serials=f"{key}-1 – {key}-{contract.quantity}",
            retired=f"{contract.end.year + 1}-01-15",
            beneficiary=PLANT.name,
            purpose=f"Scope 2 of {contract.end.year}",
        )
    return proof, contract, Allocation(f"al-{key}-{bill}", key, bill, Decimal(energy))


def compiled(
    records: Iterable[Record],
    *,
    plant: Plant = PLANT,
    period: Period = YEAR,
    gwp: str = "AR6",
    policy: str = "ghg-protocol",
    library: Library | None = None,
) -> Inventory:
    """The inventory of these records."""
    return compile_inventory(Ledger.of([plant, *records]), Choices(period, gwp, policy), library or load_library())


QUANTITIES = st.decimals(min_value=0, max_value=Decimal(10) ** 9, places=3, allow_nan=False, allow_infinity=False)
DAYS = st.dates(date(2022, 11, 1), date(2024, 2, 29))
TEXTS = st.text(st.characters(codec="utf-8"), max_size=12)
THINGS = st.sampled_from(
    [
        ("purchased_electricity", "electricity", "kWh"),
        ("purchased_electricity", "electricity", "MWh"),
        ("stationary_combustion", "natural_gas", "m3"),
        ("stationary_combustion", "anthracite", "t"),
        ("mobile_combustion", "diesel", "l"),
        ("purchased_heat", "heat", "GJ"),
        ("purchased_heat", "steam", "GJ"),
        ("refrigerants", "R-410A", "kg"),
        ("refrigerants", "R-402A", "kg"),
        ("refrigerants", "HCFC-22", "kg"),
        ("welding_gas", "ar80_co2_20", "kg"),
        ("acetylene", "acetylene", "kg"),
        ("carbonates", "dolomite", "t"),
        ("urea", "adblue", "kg"),
        ("solvents", "toluene", "kg"),
        ("stationary_combustion", "wood_pellets", "t"),
        ("solar_generation", "solar_generated", "kWh"),
        ("solar_generation", "solar_self_used", "kWh"),
        ("solar_generation", "solar_fed_in", "MWh"),
        ("stationary_combustion", "diesel", "kWh"),
        ("stationary_combustion", "unobtainium", "t"),
        ("perpetuum_mobile", "diesel", "t"),
    ]
)


@st.composite
def activities(draw: st.DrawFn, key: str = "a") -> Activity:
    """Any record, the foolish ones included."""
    method, item, unit = draw(THINGS)
    start, end = draw(DAYS), draw(DAYS)
    if draw(st.integers(0, 9)) and end < start:
        start, end = end, start
    return Activity(
        key,
        draw(st.sampled_from(["Boiler", "Main meter", "Roof"])),
        method,
        item,
        start,
        end,
        draw(QUANTITIES),
        unit,
        draw(st.booleans()),
        draw(st.sampled_from(["", "bill 7"])),
        draw(st.sampled_from(["", "meter was broken"])),
    )


@st.composite
def ledgers(draw: st.DrawFn, most: int = 8) -> tuple[Ledger, Audit]:
    """A plant with an audit of 2023, some records and proofs of some of them."""
    count = draw(st.integers(0, most))
    records: list[Record] = [draw(activities(f"a{i:02}")) for i in range(count)]
    audit = Audit(
        "2023",
        date(2023, 1, 1),
        date(2023, 12, 31),
        draw(st.sampled_from(["AR4", "AR5", "AR6"])),
        draw(st.sampled_from(["ghg-protocol", "gbt-32150-2025"])),
    )
    proven = draw(st.lists(st.sampled_from([r.id for r in records]), unique=True)) if records else []
    covers = [
        one
        for number in range(draw(st.integers(0, 2)) if records else 0)
        for one in green(draw(st.sampled_from([r.id for r in records])), draw(QUANTITIES), f"i{number}")
    ]
    proof = Evidence("e1", "bills.pdf", "bill", "0" * 64, 10, activities=tuple(proven))
    plant = draw(st.sampled_from([PLANT, Plant("Tychy", "PL"), Plant("Luton", "GB"), Plant("Nowhere", "ZZ")]))
    return Ledger.of([plant, audit, *records, proof, *covers]), audit
