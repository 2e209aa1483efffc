"""What of a ledger travels with the report of a year: enough for the same judgement, and what the plant plans."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from core.checks import review
from core.inventory import build, choices_of, compile_inventory, differences, read
from core.inventory.audited import audited
from core.ledger import (
    Action,
    ActionArea,
    Allocation,
    Audit,
    BasePolicy,
    Commitment,
    Credit,
    Driver,
    EarlierYear,
    Evidence,
    KeyFigure,
    Ledger,
    Measure,
    Meter,
    Milestone,
    PvSystem,
    Reading,
    Recalculation,
    Record,
    Resolution,
    RuleValue,
    Scenario,
    SerialsElsewhere,
    SupplyOption,
    Target,
    canonical,
)
from core.library import load_library
from tests.core.samples import CHOICES, ISSUE, PLANT, activity, green, month

LIBRARY = load_library()
AUDIT = Audit("2023", date(2023, 1, 1), date(2023, 12, 31))
ROOF = PvSystem("p1", "Roof", date(2020, 1, 1), Decimal(40), Decimal(115), source="Roof", attributes_owner="other")
DAY = date(2030, 5, 1)
PLANS: list[Record] = [
    BasePolicy(2021),
    EarlierYear("ey1", 2019, "scope1", Decimal(5), "report", ("e-plan",)),
    Recalculation("rc1", DAY, "factor", "New factors"),
    Target("ta1", "2030", "near_term", ("scope1",), 2021, 2030, Decimal(42)),
    Driver("dr1", "Dampers", "production", "pcs", ("scope1",), figure="production"),
    Scenario("sc1", "Usual"),
    ActionArea("heat", "Heat"),
    Action("ac1", "Heat pump", "heat", "scope1", DAY, 15, measure="s1"),
    Milestone("mi1", "ac1", "Ordered", DAY),
    Resolution("re1", DAY, "Committee", "Roof", "Yes", ("ac1",), ("ta1",)),
    Credit("cr1", "Verra", "Forest", "removal", "CN", 2028, "V-1", Decimal(1)),
    Commitment("cm1", "site", ("scope1",), 2027),
    SupplyOption("so1", "Roof 2", "pv", 2027, Decimal(900)),
]


def part(*records: Record) -> Ledger:
    return audited(Ledger.of([PLANT, AUDIT, activity(), *records]), CHOICES.period, AUDIT)


def ids(ledger: Ledger, kind: str) -> list[str]:
    return sorted(ledger.records[kind])


def test_everything_planned_travels_with_what_it_names() -> None:
    named: list[Record] = [
        Evidence("e-plan", "2019.pdf", "other", "a" * 64, 1),
        Evidence("e-not", "other.pdf", "other", "b" * 64, 1),
        KeyFigure("k1", "production", "pcs", date(2016, 1, 1), date(2016, 12, 31), Decimal(7)),
        KeyFigure("k2", "headcount", "person", date(2016, 1, 1), date(2016, 12, 31), Decimal(7)),
        Measure("s1", "Pump", "fan", DAY, DAY, "electricity"),
        Measure("s2", "Lamp", "fan", DAY, DAY, "electricity"),
    ]
    found = part(*PLANS, *named)
    for one in PLANS:
        assert one in [held for kind in found.records.values() for held in kind.values()], one
    assert (ids(found, "evidence"), ids(found, "key_figure"), ids(found, "measure")) == (["e-plan"], ["k1"], ["s1"])


def test_what_rules_look_at_travels() -> None:
    own = replace(ROOF, id="p2", source="", attributes_owner="plant")
    found = part(
        *green(system="p2"),
        *green("other year", 5, "i2", start=date(2020, 1, 1), end=date(2020, 12, 31)),
        RuleValue("renewables.gec_validity", "36", "Decision 7"),
        SerialsElsewhere("se1", "A1", "North", 2022, "Head office"),
        own,
        replace(ROOF, id="p3"),
    )
    assert (ids(found, "instrument"), ids(found, "allocation")) == (["i1", "i2"], ["al-i1-a1", "al-i2-other year"])
    assert (ids(found, "rule_value"), ids(found, "serials_elsewhere")) == (["renewables.gec_validity"], ["se1"])
    assert ids(found, "pv_system") == ["p2"], "the other system neither generated an instrument nor anything used"
    assert ids(found, "evidence") == ["e-i1"], "proofs of other years stay at home"


def test_a_system_travels_with_its_generation_whosever_the_attributes_are() -> None:
    """That they are kept must be known too: what nobody says anything of is not renewable."""
    used = activity("s1", source="Roof", method="solar_generation", item="solar_self_used")
    for owner in ("other", "plant", ""):
        assert ids(part(used, replace(ROOF, attributes_owner=owner)), "pv_system") == ["p1"]
    assert ids(part(used, replace(ROOF, source="Hall")), "pv_system") == []
    assert ids(part(replace(used, **month(3, 2024)), ROOF), "pv_system") == [], "its generation is of another year"


def test_the_proof_of_a_contract_of_years_to_come_travels_and_that_of_earlier_years_does_not() -> None:
    found = part(
        *green("later", 5, "i1", start=date(2026, 1, 1), end=date(2027, 12, 31)),
        *green("earlier", 5, "i2", start=date(2020, 1, 1), end=date(2020, 12, 31)),
    )
    assert ids(found, "evidence") == ["e-i1"]


def test_main_meters_travel_with_what_was_read_at_them_in_the_period() -> None:
    main, other = (Meter(key, key, "electricity", "import", "kWh") for key in ("m1", "m2"))
    hall, gas = replace(main, id="m3", parent="m1"), replace(main, id="m4", medium="natural_gas")
    march = Reading("r1", "m1", date(2023, 3, 1), date(2023, 3, 31), Decimal(5))
    beside = [
        replace(march, id="r2", start=date(2022, 3, 1), end=date(2022, 3, 31)),
        replace(march, id="r3", counter=True),
        replace(march, id="r4", meter="m3"),
        replace(march, id="r5", meter="m4"),
    ]
    found = part(main, other, hall, gas, march, *beside)
    assert (ids(found, "meter"), ids(found, "reading")) == (["m1", "m2"], ["r1"])
    assert ids(part(main, other, hall, gas, *beside), "meter") == [], (
        "nothing was read that bills could be held against"
    )


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["i1", "i2", "i3"]),
            st.sampled_from(["a1", "a2", "a3", "s1"]),
            st.integers(0, 1500),
        ),
        max_size=7,
    ),
    st.booleans(),
    st.integers(1, 3),
)
def test_head_office_comes_to_the_same_judgement(
    allocated: list[tuple[str, str, int]], shared: bool, megawatt_hours: int
) -> None:
    """Used up in another year, named twice, without proof: what travels is enough to see it."""
    power = [activity(), activity("a2", **month(2)), activity("a3", **month(3, 2024))]
    used = activity("s1", source="Roof", method="solar_generation", item="solar_self_used")
    instruments = [
        one
        for key, year in (("i1", 2023), ("i2", 2022), ("i3", 2023))
        for one in green(
            key=key,
            start=date(year, 1, 1),
            end=date(2023, 12, 31),
            quantity=Decimal(megawatt_hours),
            proof=key != "i3",
            scheme="GEC",
            serials=f"{'X' if shared else key}-1 – {'X' if shared else key}-{megawatt_hours}",
            retired="2024-01-15",
            beneficiary=PLANT.name,
        )
        if not isinstance(one, Allocation)
    ]
    allocations = [Allocation(f"al{n}", key, bill, Decimal(kwh)) for n, (key, bill, kwh) in enumerate(allocated)]
    ledger = Ledger.of([PLANT, AUDIT, *power, used, ROOF, *instruments, *allocations])
    whole = compile_inventory(ledger, choices_of(AUDIT, 2023), LIBRARY)
    received = read(canonical(build(ledger, AUDIT, review(whole), LIBRARY, ISSUE)))
    again = received.inventory()
    assert again == whole
    assert differences(received, again, review(again)) == ()
