"""A plant of which every data point that follows from records is known, for the tests of derivations; all invented."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from core.disclosures.known import Known
from core.disclosures.value import PointValue
from core.disclosures.values import values_of
from core.handover.asked import known_of
from core.ledger import (
    Action,
    Activity,
    Audit,
    BasePolicy,
    Commitment,
    Component,
    Credit,
    EarlierYear,
    Engagement,
    Evidence,
    ExternalAudit,
    Judgement,
    KeyFigure,
    Ledger,
    MineralDeclaration,
    Opinion,
    Output,
    Person,
    Plant,
    Product,
    PvArray,
    PvSystem,
    Recalculation,
    Record,
    Resolution,
    SmelterList,
    Supplier,
    Target,
    TestSheet,
    Undertaking,
)
from core.library import load_library
from tests.core.samples import PLANT, activity, green

LIBRARY = load_library()
TODAY = date(2024, 6, 1)
YEAR = 2023
WHOLE = {"start": date(2023, 1, 1), "end": date(2023, 12, 31)}
HILLSIDE = replace(PLANT, organisation="Hillside Dampers")
AUDIT = Audit("2023", date(2023, 1, 1), date(2023, 12, 31), preparer="Li Na", boundary="The whole site.", base_year="")


def no_blob(_sha256: str) -> bytes:
    raise AssertionError("no closed year is read")


def gathered(*records: Record, year: int = YEAR, today: date = TODAY, plant: Plant = HILLSIDE) -> Known:
    """What is known of a plant with these records."""
    return known_of(Ledger.of([plant, *records]), year, LIBRARY, no_blob, today)


def values(*records: Record, **options: Any) -> Mapping[str, PointValue]:
    """Every data point of a plant with these records."""
    return values_of(gathered(*records, **options))


def bill(key: str, method: str, item: str, quantity: str | int, unit: str, **more: Any) -> Activity:
    """A record of the whole year."""
    said = {"source": key, "method": method, "item": item, "unit": unit, "evidence": f"bill {key}", **WHOLE, **more}
    return activity(key, quantity=Decimal(quantity), **said)


def figure(name: str, quantity: str | int, unit: str, **more: Any) -> KeyFigure:
    """A key figure of the whole year."""
    return replace(KeyFigure(f"k-{name}", name, unit, WHOLE["start"], WHOLE["end"], Decimal(quantity)), **more)


def proof(key: str, *activities: str, **more: Any) -> Evidence:
    return Evidence(key, f"{key}.pdf", "bill", f"{abs(hash(key)):064x}"[:64], 10, activities=activities, **more)


PLACE = (Decimal("40.8"), Decimal("114.9"))
ROOF = PvSystem("p1", "Roof", date(2020, 5, 1), *PLACE, source="Roof", attributes_owner="plant")
ARRAY = PvArray("pa1", "p1", "South", Decimal(500), Decimal(10), Decimal(180))
ENERGY: tuple[Record, ...] = (
    bill("el", "purchased_electricity", "electricity", 1_000_000, "kWh"),
    bill("gas", "stationary_combustion", "natural_gas", 100_000, "m3"),
    bill("pellets", "stationary_combustion", "wood_pellets", 50, "t"),
    bill("cars", "mobile_combustion", "diesel", 5_000, "l"),
    bill("heat", "purchased_heat", "heat", 3_600, "GJ"),
    bill("made", "solar_generation", "solar_generated", 500_000, "kWh", source="Roof"),
    bill("fed", "solar_generation", "solar_fed_in", 100, "MWh", source="Roof"),
    bill("sun", "solar_heat", "solar_hot_water", 20_000, "kWh"),
    *green("el", 400_000, "i1"),
    ROOF,
    ARRAY,
)
VALUE_CHAIN: tuple[Record, ...] = (
    bill("steel", "purchased_goods", "steel", 200, "t"),
    bill("tap", "water", "water", 10_000, "m3", parameters=(("returned", "80"),)),
    bill("scrap", "waste", "commercial_waste", 30, "t", parameters=(("treatment", "recycling_open"),)),
    bill("drums", "waste", "hazardous_waste", 4, "t", parameters=(("treatment", "incineration"),)),
)
FIGURES: tuple[Record, ...] = (
    figure("revenue", 90_000, "e4CNY", evidence="e-report"),
    figure("production", 2_000_000, "piece"),
    figure("headcount", 800, "person"),
    figure("hours_worked", 1_600_000, "person_hour"),
    figure("lost_time_injuries", 4, "case"),
    figure("fatalities", 0, "case"),
)
PLANS: tuple[Record, ...] = (
    BasePolicy(2021, rules="Structure and methods from the threshold on.", threshold=Decimal(5)),
    *(
        EarlierYear(f"ey{year}{part}", year, part, Decimal(tonnes), f"Report {year}, p. 3", ("e-earlier",))
        for year, tonnes in ((2021, 2000), (2022, 1900))
        for part in ("scope1", "scope2_location", "scope2_market", "scope3", "scope3:1")
    ),
    Recalculation("rc1", date(2023, 5, 1), "structure", "Hall 3 was sold", (("2021 scope1", "-100"),), "recalculate",
                  "Bo", "above 5 %", ("e-sale",)),
    Recalculation("rc2", date(2023, 7, 1), "method", "Steel by mass instead of money"),
    Target("t1", "2030", "near_term", ("scope1", "scope2_market"), 2021, 2030, Decimal(42), "sbti_nz_1_3",
           status="committed", evidence=("e-target",)),
    Target("t2", "Renewable", "renewable", (), 2021, 2027, Decimal(100)),
    Target("t3", "Net zero", "net_zero", ("scope1", "scope2_market", "scope3"), 2021, 2050, Decimal(90)),
    Commitment("cm1", "the plant", ("scope1", "scope2_market"), 2027, text="Neutral from 2027"),
    Action("ac1", "LED", "energy_efficiency", "scope2_location", date(2023, 3, 1), 10, status="done",
           item="electricity", energy=Decimal(20_000), capex=Decimal(90_000), saving=Decimal(16_000), currency="CNY"),
    Resolution("re1", date(2023, 2, 1), "Climate committee", "LED", "Approved", ("ac1",), (), ("e-minutes",)),
    Credit("cr1", "VCS", "1234 Forest", "removal_nature", "CN", 2022, "V-0001 – V-0010", Decimal(10),
           retired="2024-02-01", beneficiary="Hillside Dampers", year=2023, evidence=("e-credit",),
           quality=("additional", "permanent", "no_leakage", "not_double_counted", "verified")),
)  # fmt: skip
AUDITED: tuple[Record, ...] = (
    AUDIT,
    Person("pe1", "Wang Fang", ("team_lead",), "Head office"),
    Engagement("2023", "Hillside", "Hillside", "Verify", "Everything", team=("pe1",), state="concluded",
               concluded="2024-03-01", package="ab" * 32),
    Opinion("2023", "unmodified", "unmodified", "nothing found", "pe1", date(2024, 3, 1)),
    TestSheet("ts1", 2023, "el", "traced", "agrees", "pe1", date(2024, 2, 20), evidence=("e-el",)),
    Judgement("j1", 2023, "scope3:9", "not_relevant", "Customers collect."),
)  # fmt: skip
OTHERS: tuple[Record, ...] = tuple(
    ExternalAudit(f"xa-{scheme}", scheme, scheme.upper(), date(2024, 1, 15), "TÜV", result, "2026-12-31",
                  evidence=(f"e-{scheme}",))
    for scheme, result in (
        ("iso14001", "certified"), ("iso50001", "certified"), ("iso45001", "certified"), ("cdp", "A-"),
        ("ecovadis", "72/100, silver"), ("iso14064", "limited assurance"),
    )
)  # fmt: skip
SMELTER = ("tin", "Yunnan Tin", "Yunnan Tin", "CN", "CID002180", "", "", "", "", "", "", "", "", "", "", "")
SUPPLY: tuple[Record, ...] = (
    Supplier("su1", "Rubber Works", "DE", minerals=True),
    Supplier("su2", "Solder Ltd", "CN", minerals=True),
    Supplier("su3", "Packers", "CN"),
    Supplier("su4", "Gone", "CN", minerals=True, until="2022-01-01"),
    Undertaking("un1", "su1", "ungc", "2024", date(2023, 9, 1), evidence=("e-signed",)),
    Undertaking("un2", "su2", "ungc", "2020", date(2020, 9, 1), valid_to="2022-09-01"),
    MineralDeclaration("md1", "CMRT", "6.5", "Solder Ltd", "2024-02-01", "su2", "A",
                       answers=(("1 tin", "yes"), ("2 tin", "yes")), smelters=(SMELTER,), verdict="accepted",
                       evidence=("e-cmrt",)),
    MineralDeclaration("md2", "CMRT", "6.5", "Hillside", "2024-03-01", "", "A",
                       answers=(("1 tin", "yes"), ("2 tin", "yes"))),
    MineralDeclaration("md3", "EMRT", "2.1", "Hillside", "2024-03-01", "", "A"),
    SmelterList("sl1", "Published list", date(2024, 4, 1),
                smelters=(("CID002180", "tin", "Yunnan Tin", "CN", "Conformant"),)),
)  # fmt: skip
MADE: tuple[Record, ...] = (
    Product("pr1", "Damper", "D-1", mass=Decimal(3)),
    Output("ou1", "pr1", WHOLE["start"], WHOLE["end"], Decimal(2_000_000)),
    Component("co1", "pr1", "Tube", Decimal(1), "kg", footprint=Decimal(2), source="Steel Ltd, 2023", primary=True),
)
PROOFS: tuple[Record, ...] = tuple(
    proof(key, *((key.removeprefix("e-"),) if key in ("e-el", "e-gas") else ()))
    for key in (
        "e-el", "e-gas", "e-report", "e-earlier", "e-sale", "e-target", "e-minutes", "e-credit", "e-signed", "e-cmrt",
        *(f"e-{one.scheme}" for one in OTHERS if isinstance(one, ExternalAudit)),
    )
)  # fmt: skip
LAST_YEAR: tuple[Record, ...] = tuple(
    replace(one, id=f"{one.id}-22", start=date(2022, 1, 1), end=date(2022, 12, 31), quantity=one.quantity * 2)
    for one in ENERGY
    if isinstance(one, Activity) and one.method == "purchased_electricity"
)
FULL: tuple[Record, ...] = (
    *ENERGY, *VALUE_CHAIN, *FIGURES, *PLANS, *AUDITED, *OTHERS, *SUPPLY, *MADE, *PROOFS, *LAST_YEAR,
)  # fmt: skip


def pages() -> Iterable[str]:
    """Keys of the pages of the window, those of this room among them."""
    import gui.pages
    from core.dropins import dropped_in

    return (*dropped_in(gui.pages), "disclosures", "suppliers", "checklist", "products")
