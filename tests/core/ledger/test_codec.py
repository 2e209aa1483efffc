"""Records survive writing and reading; anything else is refused with its name."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import UserError
from core.ledger import (
    KINDS,
    Action,
    ActionArea,
    Activity,
    Allocation,
    AllocationKey,
    Answer,
    Audit,
    AuditFinding,
    BasePolicy,
    Benchmark,
    Claim,
    Closing,
    Commitment,
    Communication,
    Component,
    Credit,
    DataRequest,
    Declaration,
    Driver,
    EarlierYear,
    Engagement,
    Evidence,
    Expectation,
    ExternalAudit,
    FactorFile,
    Instrument,
    IntervalData,
    Judgement,
    KeyFigure,
    Ledger,
    Leg,
    MapFile,
    Measure,
    Meter,
    MeterExchange,
    Milestone,
    MineralDeclaration,
    Opinion,
    Output,
    OwnFactor,
    OwnQuestion,
    Person,
    PlanItem,
    Plant,
    Product,
    PvArray,
    PvSystem,
    QuestionDecision,
    Reading,
    Recalculation,
    Record,
    Resolution,
    ReviewAnswer,
    RiskAssessment,
    RuleValue,
    Sample,
    Scenario,
    SerialsElsewhere,
    SmelterList,
    Submission,
    Supplier,
    SupplyOption,
    Target,
    Tariff,
    TestSheet,
    Undertaking,
    WeatherFile,
    canonical,
    from_plain,
    kind_of,
    to_plain,
)
from core.ledger.canonical import parse
from tests.core.samples import TEXTS, activity

DIGITS = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**20), max_value=10**20, places=9)
DATES = st.dates()
ACTIVITIES = st.builds(Activity, TEXTS, TEXTS, TEXTS, TEXTS, DATES, DATES, DIGITS, TEXTS, st.booleans(), TEXTS, TEXTS)
RECORDS = st.one_of(
    ACTIVITIES,
    st.builds(Plant, TEXTS, TEXTS, TEXTS, TEXTS, TEXTS, TEXTS, TEXTS),
    st.builds(Audit, TEXTS, DATES, DATES, revision=st.integers(0, 99), boundary=TEXTS),
    st.builds(Evidence, TEXTS, TEXTS, TEXTS, TEXTS, st.integers(0, 2**40), activities=st.tuples(TEXTS, TEXTS)),
)


@given(RECORDS)
def test_round_trip(record: Record) -> None:
    plain = parse(canonical(to_plain(record)))
    assert isinstance(plain, dict)
    again = from_plain(kind_of(record), plain)
    assert again == record
    assert to_plain(again) == to_plain(record)


@given(st.lists(ACTIVITIES, unique_by=lambda a: a.id, max_size=5))
def test_ledger_round_trip(records: list[Activity]) -> None:
    ledger = Ledger.of([Plant("P", "CN"), *records])
    assert Ledger.from_plain(ledger.to_plain()) == ledger
    assert Ledger.of([*reversed(records), Plant("P", "CN")]).to_plain() == ledger.to_plain()


def test_digits_are_kept_as_typed() -> None:
    assert to_plain(activity(quantity="1.50"))["quantity"] == "1.50"
    assert to_plain(activity(quantity=Decimal("1E+3")))["quantity"] == "1000"


@pytest.mark.parametrize("number", ["1E+30", "1E-31", "NaN", "Infinity", "-1E+40"])
def test_what_could_not_be_read_again_is_not_written(number: str) -> None:
    with pytest.raises(UserError, match="too many digits"):
        to_plain(activity(quantity=Decimal(number)))


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("quantity", "1E+3"),
        ("quantity", "1e400"),
        ("quantity", "NaN"),
        ("quantity", "١٢"),
        ("quantity", "1_000"),
        ("quantity", " 1"),
        ("quantity", "1\n"),
        ("quantity", "+1"),
        ("quantity", ".5"),
        ("quantity", "1" * 31),
        ("quantity", 1000),
        ("quantity", None),
        ("start", "2023-W01-1"),
        ("start", "20230101"),
        ("start", "2023-13-01"),
        ("start", "2023-1-01"),
        ("start", 20230101),
        ("estimated", 0),
        ("estimated", "true"),
        ("source", 7),
        ("source", None),
        ("id", ["a"]),
    ],
)
def test_wrong_value_is_named(field: str, value: object) -> None:
    plain = to_plain(activity()) | {field: value}
    with pytest.raises(UserError, match=field):
        from_plain("activity", plain)


@pytest.mark.parametrize("field", ["id", "source", "start", "quantity", "unit"])
def test_missing_field_is_named(field: str) -> None:
    plain = {key: value for key, value in to_plain(activity()).items() if key != field}
    with pytest.raises(UserError, match=f"lacks the field {field}"):
        from_plain("activity", plain)


def test_unknown_field_is_named() -> None:
    with pytest.raises(UserError, match="unknown field colour"):
        from_plain("activity", to_plain(activity()) | {"colour": "red"})


def test_fields_with_defaults_may_be_missing() -> None:
    plain = {key: value for key, value in to_plain(activity()).items() if key != "estimated"}
    assert from_plain("activity", plain) == activity()


@pytest.mark.parametrize(
    "plain",
    [
        {"weighbridge": []},
        {"activity": {}},
        {"activity": ["x"]},
        {"activity": [to_plain(activity()), to_plain(activity())]},
    ],
    ids=["kind", "object", "string", "twice"],
)
def test_broken_ledgers(plain: dict[str, object]) -> None:
    with pytest.raises(UserError):
        Ledger.from_plain(plain)


@pytest.mark.parametrize(("kind", "value"), [("evidence", {"size": True}), ("evidence", {"activities": "abc"})])
def test_evidence_is_strict(kind: str, value: dict[str, object]) -> None:
    plain = to_plain(Evidence("e", "n", "bill", "0", 1)) | value
    with pytest.raises(UserError, match=next(iter(value))):
        from_plain(kind, plain)


@pytest.mark.parametrize(
    "pairs", ["ncv", [["ncv"]], [["ncv", "1", "2"]], [["ncv", 1]], [["ncv", "1"], ["ncv", "2"]], [1], None]
)
def test_parameters_are_strict(pairs: object) -> None:
    plain = to_plain(activity()) | {"parameters": pairs}
    with pytest.raises(UserError, match="parameters"):
        from_plain("activity", plain)


def test_every_kind_has_a_codec() -> None:
    day = date(2024, 1, 1)
    samples: list[Record] = [
        Plant("P", "CN"),
        activity(category=4, parameters=(("distance", "12.5"), ("mode", "rail"))),
        Audit("2024", day, day),
        Evidence("e", "n", "bill", "0", 1),
        OwnFactor(
            "f1", "Coal of 2024", "laboratory", "Lab", "R 7", "p. 2", "anthracite", "ncv", "GJ/t",
            (("value", "24.515"),), day, day, "e", Decimal("2.5"), False,
        ),
        FactorFile("uk_2027", "flat.xlsx", "0" * 64, 9, "DESNZ", "2027", "publisher"),
        Judgement("j1", 2024, "scope3:14", "not_relevant", "No franchises", ""),
        Closing("2024", "0" * 64, 9, 1, day, "Verified", "", (("scope1", "12.5"),)),
        Meter("m1", "Main", "electricity", "import", "kWh", lowest=Decimal(0), mapping=(("unit", "kWh"),)),
        MeterExchange("x1", "m1", day, Decimal("99120.5"), Decimal(0)),
        Reading("r1", "m1", day, day, Decimal("1200.5"), counter=True),
        IntervalData("m1", "0" * 64, 9, day, day, 96, (("0" * 64, "load.csv"),)),
        PvSystem("p1", "Roof", day, Decimal("40.8"), Decimal("114.9"), generation=("m2",)),
        PvArray("q1", "p1", "South", Decimal(100), Decimal(10), Decimal(180)),
        WeatherFile("w1", "zjk.epw", "epw", "0" * 64, 9, Decimal("40.8"), Decimal("114.9")),
        Claim("c1", "Roof", "1,200 t a year", day, yearly_tonnes=Decimal(1200)),
        Measure("s1", "LED", "lighting", day, day, "electricity", (("days", "250"),)),
        Tariff("t1", "Day and night", "CNY", day, day, (("1-7 00:00-24:00", "0.7"),), Decimal("0.37")),
        Person("pe1", "Li Na", ("auditor",)),
        Engagement("2024", "Client", "Site", "Verify", "Scopes 1 and 2", scope_materiality=(("scope1", "2.5"),)),
        Declaration("2024:pe1", 2024, "pe1", "I am independent.", day),
        Communication("co1", 2024, day, "opening_meeting", "Opening", "Agreed", ("Li Na",)),
        RiskAssessment("2024:Boiler", 2024, "Boiler", "high", "low", "Two meters"),
        Sample("sa1", 2024, "First", "random", (), 3, "42", "0" * 64, ("a1",), 30, settings=(("confidence", "95"),)),
        TestSheet("te1", 2024, "a1", "traced", "differs", "pe1", day, found=Decimal("12.5")),
        AuditFinding("fi1", 2024, "misstatement", "Bill", "Wrong", day, "pe1", effect=Decimal("-0.5")),
        KeyFigure("kf1", "production", "pcs", day, day, Decimal(1000)),
        Benchmark("bm1", "production", "total", "t/pcs", Decimal(1), Decimal(2), Decimal(3), 9, 2023, "Head office"),
        Expectation("2024:last_year:", 2024, "last_year", "", Decimal(10)),
        ReviewAnswer("2024:scope", 2024, "scope", "yes", "pe2"),
        Opinion("2024", "unmodified", "unmodified", "Nothing open", "pe1", day),
        PlanItem("pl1", "Boiler", "natural_gas", "metered", accuracy=Decimal("1.5")),
        Instrument("i1", "Wind", "certificate", "CN", day, day, Decimal(50), "GEC", "A1-A50", price=Decimal("-0.5")),
        Allocation("al1", "i1", "a1", Decimal(50_000)),
        RuleValue("renewables.gec_validity", "24", "Notice of 2026"),
        SerialsElsewhere("se1", "A1-A50", "Fangshan", 2024, "Head office, 2025-03-01"),
        SupplyOption("so1", "Second roof", "pv", 2026, Decimal(900), capex=Decimal(3_000_000), life=25, currency="CNY"),
        BasePolicy(2020, Decimal(5)),
        EarlierYear("ey1", 2020, "scope1", Decimal("812.4"), "Report 2020, p. 4", ("e1",)),
        Recalculation("rc1", day, "structure", "Foundry sold", (("2020 scope1", "-120.5"),), "recalculate"),
        Target("ta1", "2030", "near_term", ("scope1", "scope2_market"), 2020, 2030, Decimal(42), "sbti_nz_1_3"),
        Driver("dr1", "Dampers", "production", "pcs", ("scope1",), values=(("2026", "1000"),), growth=Decimal(-2)),
        Scenario("sc1", "Plan", growth=(("dr1", "3"),), grid_decline=Decimal(2)),
        ActionArea("renewables", "Green power", "Li Na"),
        Action("ac1", "Heat pump", "heat", "scope1", day, 15, ramp=(("1", "50"),), tonnes=Decimal(40)),
        Milestone("mi1", "ac1", "Ordered", day),
        Resolution("re1", day, "Climate committee", "Heat pump", "Approved", ("ac1",), ("ta1",), ("e1",)),
        Credit("cr1", "VCS", "1234", "removal_nature", "BR", 2022, "V1-V9", Decimal(9), quality=("verified",)),
        Commitment("cm1", "Operations", ("scope1", "scope2_market"), 2027),
        Answer("2025 air.emissions", "air.emissions", 2025, day, rows=(("NOx", "120", "kg"), ("SO2", "3", "kg"))),
        QuestionDecision("2025 cdp_2025 3.5.2", "cdp_2025", "3.5.2", 2025, "no", "Not regulated"),
        OwnQuestion("oq1", "ecovadis_2025", "ENV999", "Noise", ("policy.env",)),
        MapFile("cdp_2026", "cdp.csv", "0" * 64, 9, "CDP", "2026"),
        Submission("sb1", "cdp_2025", "2025", 2025, day, values=(("7.6", "ghg.s1", "12.5", "tCO2e"),)),
        ExternalAudit("ea1", "iso14001", "Certificate", day, findings=(("Drains unmarked", "2025-03-01", ""),)),
        Supplier("su1", "Casting works", "CN", spend=Decimal("1.5")),
        Undertaking("un1", "su1", "ungc", "2024", day),
        MineralDeclaration(
            "md1", "CMRT", "6.5", "Casting works", answers=(("1 tin", "yes"),), smelters=(("tin", "", "Works"),)
        ),
        SmelterList("sl1", "List of May", day, smelters=(("CID000001", "tin", "Works", "CN", "active"),)),
        DataRequest("dq1", "su1", 2025, day, asked=(("1", "Castings", "", "12", "t"),)),
        Product("pd1", "Brake disc", mass=Decimal("7.5")),
        Output("ou1", "pd1", day, day, Decimal(1000)),
        Component("cp1", "pd1", "Cast iron", Decimal(8), "kg", footprint=Decimal("1.9")),
        Leg("lg1", "pd1", "To the customer", "outbound", "truck", Decimal(300)),
        AllocationKey("ak1", "Foundry", "own", (("pd1", "1"),)),
    ]  # fmt: skip
    assert {kind_of(record) for record in samples} == set(KINDS)
    for record in samples:
        assert from_plain(kind_of(record), to_plain(record)) == record
