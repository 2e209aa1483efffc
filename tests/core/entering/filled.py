"""A plant in which every kind of record that people enter is there once, so that each may name the others."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from core.ledger import (
    Action,
    ActionArea,
    Allocation,
    AllocationKey,
    Answer,
    BasePolicy,
    Commitment,
    Component,
    Credit,
    DataRequest,
    Driver,
    EarlierYear,
    Evidence,
    ExternalAudit,
    Instrument,
    Ledger,
    Leg,
    Measure,
    Milestone,
    Output,
    OwnQuestion,
    Plant,
    Product,
    PvSystem,
    QuestionDecision,
    Recalculation,
    Resolution,
    RuleValue,
    Scenario,
    Submission,
    Supplier,
    SupplyOption,
    Target,
    Undertaking,
)
from core.ledger.records import Record
from tests.core.samples import activity

PLANT = Plant("Zhangjiakou", "CN", "CN-HE")
DAY = date(2023, 1, 1)
CONTRACT = Evidence("e00001", "contract.pdf", "other", "0" * 64, 10)
MINUTES = Evidence("e00002", "minutes; March.pdf", "other", "1" * 64, 10)
WIND = Instrument(
    "i00001", "Wind 2023", "certificate", "CN", DAY, date(2023, 12, 31), Decimal("1.5"), "GEC", "GEC-A0001–GEC-A0500",
    supplier="Example Energy", technology="wind", commissioned="2019-06-30", retired="2024-02-01",
    beneficiary="Zhangjiakou", price=Decimal("-4.5"), currency="CNY", evidence=("e00001",), note="first\nsecond",
)  # fmt: skip
GIVEN: tuple[Record, ...] = (
    WIND,
    Allocation("al00001", "i00001", "a1", Decimal(400)),
    RuleValue("renewables.gec_validity", "36", "Decision of the committee"),
    SupplyOption("so00001", "Roof of hall 2", "pv", 2026, Decimal(900), Decimal(20), Decimal("3500000"), 25, "CNY"),
    BasePolicy(2020, Decimal(5), "Structure, methods, errors"),
    EarlierYear("ey00001", 2020, "scope1", Decimal("1200.5"), "Report 2020, p. 4", ("e00001",)),
    Recalculation("rc00001", date(2022, 7, 1), "structure", "Hall 2 was sold",
                  (("2020 scope1", "-12.5"), ("2021 scope3:4", "3")), "recalculate", "Li Na", "Over the threshold"),
    Target("ta00001", "Half by 2030", "near_term", ("scope1", "scope2_market"), 2020, 2030, Decimal("50.4"),
           "sbti_nz_1_3", declared="2023-05-01"),
    Driver("dr00001", "Doors made", "production", "piece", ("scope1", "scope3:1"), "production",
           (("2026", "1000"), ("2027", "1100.5")), Decimal(2)),
    Scenario("sc00001", "Growth", growth=(("dr00001", "3"),), efficiency=(("scope1", "1.5"),),
             grid_table=(("2026", "100"), ("2030", "80"))),
    Credit("cr00001", "VCS", "123 Forest", "removal_nature", "BR", 2022, "VCS-1–VCS-9", Decimal(9),
           retired="2024-01-05", year=2023, price=Decimal(8), currency="USD", quality=("additional", "verified")),
    Commitment("cm00001", "Operations", ("scope1", "scope2_market"), 2027, plan=("e00001", "e00002"),
               text="Carbon neutral by 2027"),
    ActionArea("test_bench", "Test bench", "Wang Wei"),
    Action("ac00001", "Heat pump", "heat", "scope1", DAY, 15, "Li Na", "approved", "Boiler", "natural_gas",
           Decimal(80000), ramp=(("1", "50"), ("2", "100")), capex=Decimal(500000), saving=Decimal(40000),
           currency="CNY", excludes=("ac00002",), measure="s00001", evidence=("e00001",)),
    Action("ac00002", "Biogas", "test_bench", "scope1", DAY, 10, excludes=("ac00001",)),
    Milestone("mi00001", "ac00001", "Ordered", date(2023, 5, 1), "2023-05-03"),
    Resolution("re00001", date(2023, 3, 1), "Climate committee", "Heat pump", "Approved\nwith 500,000 CNY",
               ("ac00001", "ac00002"), ("ta00001",), ("e00002",)),
    Product("pd00001", "Strut", "S-1", "piece", Decimal("3.2"), "CPC 49129", "Strut\nof a car", Decimal("0.4"),
            Decimal(0)),
    Product("pd00002", "Powder", unit="kilogram"),
    Output("ou00001", "pd00001", DAY, date(2023, 12, 31), Decimal(400000), Decimal(40000000), "CNY", ("e00001",)),
    Component("cp00001", "pd00001", "Tube", Decimal("2.6"), "kg", "steel"),
    Component("cp00002", "pd00001", "Spring", Decimal(1), "piece", "", Decimal("3.1"), "Example Springs, PCF 2023",
              True, evidence=("e00001",)),
    Leg("lg00001", "pd00001", "Tube works to plant", "inbound", "truck", Decimal(300), Decimal("2.6")),
    AllocationKey("ak00001", "", "mass", (), "Presses work by mass"),
    AllocationKey("ak00002", "Main meter", "own", (("pd00001", "3"), ("pd00002", "1")), "Meters of the lines"),
    Answer("2023 policy.env", "policy.env", 2023, date(2024, 1, 15), "Policy of 2022;\nsecond line", by="Li Na",
           valid_to="2025-12-31", evidence=("e00001", "e00002"), note="See “intranet”"),
    Answer("2023 substance.list", "substance.list", 2023, date(2024, 1, 15),
           rows=(("Lead | in solder", "7439-92-1", "Joints", "EU", "P-7"), ("=Nickel; plated", "", "", "", ""))),
    Answer("2023 train.env_pct", "train.env_pct", 2023, date(2024, 1, 15), rows=(("40", "50"),)),
    QuestionDecision("2023 cdp_2025 3.5.2", "cdp_2025", "3.5.2", 2023, "no", "No trading scheme\nin Hebei", "None",
                     "Li Na"),
    OwnQuestion("oq00001", "ecovadis_2025", "ENV999", "List of lamps", ("ghg.s1", "energy.total"), "opt"),
    OwnQuestion("oq00002", "customer_2025", "Q-1", "Not linked yet"),
    Submission("sb00001", "cdp_2025", "2025", 2023, date(2024, 7, 1), "Li Na", "CDP",
               (("7.6/1", "ghg.s1", "1200.5", "tCO2e"), ("1.7", "org.countries", "", "", "China"),
                ("2.2", "gov.risk", "a | b; “c”", "")), ("e00002",), "Portal"),
    ExternalAudit("ea00001", "iso14001", "Environmental management", date(2023, 3, 1), "Example Certification",
                  "certified", "2026-02-28", "Whole site", (("Guard; missing", "2023-06-30", "2023-05-01"),
                                                            ("Bund", "2023-12-31", "")), ("e00001",)),
    Supplier("su00001", "Example Steel", "CN", "V-17", "Tubes; bar steel", Decimal("1200000.5"), "CNY", "high", True,
             "sales@steel.example", "2024-12-31", "Since 2019"),
    Supplier("su00002", "Example Oil"),
    Undertaking("un00001", "su00001", "code_of_conduct", "2023-06", date(2023, 7, 1), "Wang Fang, director",
                "2026-06-30", ("e00001",), "Signed in Chinese"),
    DataRequest("dq00001", "su00001", 2023, date(2024, 1, 5), "2024-02-15",
                (("1", "Tube; 32 mm", "steel", "120.5", "t"), ("2", "Cap", "", "400000", "piece")), "2024-02-10",
                (("1", "2.1", "cradle_to_gate", "80", "ISO 14067", "Nobody", "truck", "520", "", "a | b"),
                 ("2", "0.4", "cradle_to_plant", "", "", "", "", "", "0.3", "")), ("e00002",), "By mail"),
)  # fmt: skip
"""One of each kind, of actions two that name each other, of answers one of each form."""
AROUND: tuple[Record, ...] = (
    PLANT,
    CONTRACT,
    MINUTES,
    activity(),
    PvSystem("p00001", "Roof", DAY, Decimal(40), Decimal(115)),
    Measure("s00001", "Heat pump measured", "lighting", DAY, date(2023, 12, 31), "electricity"),
)
"""What they name and is entered elsewhere."""
BEGUN = Ledger.of(AROUND)
FILLED = Ledger.of((*AROUND, *GIVEN))
