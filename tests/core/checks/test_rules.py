"""Each rule fires on what it is for, stays silent on what only looks like it, and says what to do."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings

from core.checks import all_rules, review
from core.checks._types import Review, median
from core.inventory import build, choices_of, compile_inventory, read
from core.ledger import Activity, Audit, Evidence, Ledger, Plant, Record, canonical
from core.library import Library, load_library
from core.library.load import read_factors
from core.methods import SEVERITIES, Finding
from tests.core.checks.examples import like
from tests.core.samples import ISSUE, PLANT, activity, compiled, ledgers, month, year_of_bills

LIBRARY = load_library()


def found(rule: str, *records: Record, plant: Plant = PLANT, library: Library | None = None) -> list[Finding]:
    inventory = compiled(records, plant=plant, library=library)
    return list(all_rules()[rule].findings(Review(inventory)))


def subjects(rule: str, *records: Record) -> list[str]:
    return [finding.subject for finding in found(rule, *records)]


def changed(key: str, **fields: object) -> list[Activity]:
    """A year of bills of which one is different."""
    return [replace(a, **fields) if a.id == key else a for a in year_of_bills()]  # type: ignore[arg-type]


def good_year() -> list[Record]:
    """Twelve bills as meters give them, and a meter with a valid calibration."""
    bills = [replace(bill, quantity=Decimal(1000 + 7 * n)) for n, bill in enumerate(year_of_bills())]
    meter = Evidence("e", "meter.pdf", "calibration", "0", 1, activities=("m01",), valid_to="2025-06-30")
    return [*bills, meter]


def test_a_good_year_raises_nothing() -> None:
    assert [f.rule for f in review(compiled(good_year()))] == []


def test_duplicates() -> None:
    same = activity("m13", **month(5))
    assert subjects("duplicates", *year_of_bills(), same) == ["m13"]
    (finding,) = found("duplicates", *year_of_bills(), same, replace(same, id="m14"))
    assert "3 records" in str(finding.message)


def test_a_duplicate_in_another_unit_is_one() -> None:
    assert subjects("duplicates", activity("a"), activity("b", quantity=1, unit="MWh")) == ["b"]


@pytest.mark.parametrize(
    "other",
    [
        {"quantity": 1001},
        {"source": "Hall 2"},
        {"method": "vehicle_charging", "item": "ev_charging"},
        month(2),
        {"unit": "MWh"},
    ],
    ids=str,
)
def test_no_duplicates(other: dict[str, object]) -> None:
    assert subjects("duplicates", activity("a"), activity("b", **other)) == []


def test_gaps_name_the_months() -> None:
    bills = [a for a in year_of_bills() if a.id not in ("m03", "m07")]
    (finding,) = found("gaps", *bills)
    assert finding.subject == "m01"
    assert "2023-03, 2023-07" in str(finding.message)
    assert "2023年3月、2023年7月" in finding.message.in_language("zh")


@pytest.mark.parametrize(
    "records",
    [
        year_of_bills(),
        [activity("a", start=date(2023, 1, 1), end=date(2023, 12, 31))],
        [
            activity("a", start=date(2022, 12, 15), end=date(2023, 6, 15)),
            activity("b", start=date(2023, 6, 16), end=date(2023, 12, 1)),
        ],
        [activity("a")],
        [activity(f"r{n}", method="refrigerants", item="R-410A", unit="kg", **month(n)) for n in (2, 9)],
    ],
    ids=["months", "year", "halves", "once", "refrigerant"],
)
def test_no_gaps(records: list[Activity]) -> None:
    assert subjects("gaps", *records) == []


def test_a_zero_is_no_gap() -> None:
    assert subjects("gaps", *changed("m08", quantity=Decimal(0))) == []


def test_overlaps() -> None:
    late = changed("m05", end=date(2023, 6, 1))
    (finding,) = found("overlaps", *late)
    assert finding.subject == "m06"
    assert "2023-05-01 to 2023-06-01" in str(finding.message)


def test_a_long_bill_overlaps_all_it_covers() -> None:
    annual = activity("year", start=date(2023, 1, 1), end=date(2023, 12, 31))
    (finding,) = found("overlaps", *year_of_bills(), annual)
    assert "12 records" in str(finding.message)


@pytest.mark.parametrize(
    "records",
    [
        year_of_bills(),
        [activity("a"), activity("b")],
        [activity("a"), activity("b", source="Hall 2", quantity=7)],
        [activity(key, start=date(2023, 3, 3), end=date(2023, 3, 3), quantity=len(key)) for key in ("a", "bb")],
    ],
    ids=["months", "duplicate", "other source", "two deliveries on a day"],
)
def test_no_overlaps(records: list[Activity]) -> None:
    assert subjects("overlaps", *records) == []


@pytest.mark.parametrize(
    ("fields", "rule", "words"),
    [
        ({"unit": "MWh"}, "unit_slips", "about 1,000 times what is usual: probably a wrong unit"),
        ({"quantity": Decimal("1.1")}, "unit_slips", "about 1/1,000 of what is usual: probably a wrong unit"),
        ({"unit": "e4kWh"}, "unit_slips", "about 10,000 times what is usual: probably a wrong unit"),
        ({"quantity": Decimal("20000")}, "outliers", "times the median per day"),
        ({"quantity": Decimal("50")}, "outliers", "of the median per day"),
    ],
)
def test_outliers_and_slips(fields: dict[str, object], rule: str, words: str) -> None:
    (finding,) = found(rule, *changed("m06", **fields))
    assert finding.subject == "m06"
    assert words in str(finding.message)
    assert subjects({"outliers": "unit_slips", "unit_slips": "outliers"}[rule], *changed("m06", **fields)) == []


@pytest.mark.parametrize(
    "records",
    [
        year_of_bills(),
        changed("m06", quantity=Decimal(7000)),
        changed("m06", quantity=Decimal(0)),
        [activity("a"), activity("b", quantity=10**6, **month(2)), activity("c", **month(3))],
        [activity("q", start=date(2023, 1, 1), end=date(2023, 6, 30), quantity=6000), *year_of_bills()[6:]],
        [
            activity(f"r{n}", method="refrigerants", item="R-410A", unit="kg", quantity=10**n, **month(n))
            for n in range(1, 8)
        ],
    ],
    ids=["even", "seven times", "zero", "too few", "half a year in one bill", "refrigerant"],
)
def test_no_outliers(records: list[Activity]) -> None:
    assert subjects("outliers", *records) == [] == subjects("unit_slips", *records)


def test_negative() -> None:
    (finding,) = found("negative", *changed("m06", quantity=Decimal(-1)))
    assert (finding.subject, finding.severity) == ("m06", "error")
    assert subjects("negative", *changed("m06", quantity=Decimal(0))) == []


def pv(item: str, quantity: int, **fields: object) -> Activity:
    return activity(item, source="Roof", method="solar_generation", item=f"solar_{item}", quantity=quantity, **fields)


@pytest.mark.parametrize(
    ("records", "fires"),
    [
        ([pv("generated", 1000), pv("fed_in", 1001)], True),
        ([pv("generated", 1000), pv("self_used", 1001)], True),
        ([pv("generated", 1000), pv("self_used", 600), pv("fed_in", 420)], True),
        ([pv("generated", 1000), pv("self_used", 600), pv("fed_in", 1, unit="MWh")], True),
        ([pv("generated", 1000), pv("self_used", 600), pv("fed_in", 405)], False),
        ([pv("generated", 1000), pv("fed_in", 1000)], False),
        ([pv("generated", 1000)], False),
        ([pv("self_used", 600), pv("fed_in", 405)], False),
        ([pv("generated", 1000), pv("fed_in", 2000, **month(2))], False),
    ],
)
def test_solar_balance(records: list[Activity], fires: bool) -> None:
    assert bool(found("solar_balance", *records)) == fires


def test_estimates_need_a_reason() -> None:
    bills = [replace(a, estimated=a.id in ("m02", "m03")) for a in year_of_bills()]
    (finding,) = found("unexplained_estimates", *bills)
    assert finding.subject == "m02" and "2 estimated" in str(finding.message)
    assert subjects("unexplained_estimates", *(replace(a, note="meter broken, mean of 2022") for a in bills)) == []
    assert subjects("unexplained_estimates", *(replace(a, note="  ") for a in bills)) == ["m02"]


def test_missing_evidence() -> None:
    small = activity("s", source="Guard house", quantity=1, evidence="")
    big = activity("b", evidence=" ")
    found_ = found("missing_evidence", small, big, activity("c"))
    assert [(f.subject, f.severity) for f in found_] == [("s", "info"), ("b", "warning")]


@pytest.mark.parametrize(
    "records",
    [
        [activity("a", evidence="12")],
        [activity("a", evidence=""), Evidence("e", "a.pdf", "bill", "0", 1, activities=("a",))],
        [activity("a", evidence="", estimated=True)],
        [pv("generated", 1, evidence="")],
    ],
    ids=["number", "file", "estimate", "solar"],
)
def test_no_missing_evidence(records: list[Record]) -> None:
    assert subjects("missing_evidence", *records) == []


def test_a_file_for_another_record_proves_nothing() -> None:
    proof = Evidence("e", "a.pdf", "bill", "0", 1, activities=("other",))
    assert subjects("missing_evidence", activity("a", evidence=""), proof) == ["a"]


def test_the_workbook_that_rows_came_from_proves_nothing() -> None:
    source = Evidence("e", "bills.xlsx", "import", "0", 1, activities=("a", "generated"))
    assert subjects("missing_evidence", activity("a", evidence=""), source) == ["a"]
    assert subjects("solar_readings", pv("generated", 1, evidence=""), source) == ["generated"]


def test_own_pv_needs_monthly_readings() -> None:
    assert subjects("solar_readings", pv("generated", 1, evidence="")) == ["generated"]
    assert subjects("solar_readings", pv("generated", 1, end=date(2023, 12, 31))) == ["generated"]
    assert subjects("solar_readings", pv("generated", 1)) == []


def own_factor(use: str, value: str, status: str) -> Library:
    head = (
        "# title_en: Own\n# title_zh: 自\n# publisher: Plant\n# edition: 1\n# year: 2024\n# published: 2026-01-01\n"
        "# licence: own\n# rank: 1\nitem,use,region,year,unit,CO2e,place,status\n"
    )
    row = f"electricity,{use},CN-HE,2023,kg/kWh,{value},p. 1,{status}\n"
    return Library(LIBRARY.units, LIBRARY.gwp, LIBRARY.items, (*read_factors("own.csv", head + row), *LIBRARY.factors))


def test_a_footprint_is_no_grid_factor() -> None:
    rule = "footprint_factor"
    assert [f.subject for f in found(rule, activity(), library=own_factor("location", "0.6205", "USER"))] == ["a1"]
    assert found(rule, activity(), library=own_factor("location", "0.6204", "USER")) == []
    assert found(rule, *year_of_bills()) == []


def test_a_high_share_of_estimates() -> None:
    bills = year_of_bills()
    assert subjects("estimated_share", *(replace(a, estimated=a.id < "m03") for a in bills)) == []
    (finding,) = found("estimated_share", *(replace(a, estimated=a.id < "m04") for a in bills))
    assert "25" in str(finding.message)
    assert subjects("estimated_share") == []


def test_market_above_location() -> None:
    assert [f.severity for f in found("market_above_location", activity(), plant=Plant("Kunming", "CN", "CN-YN"))] == [
        "info"
    ]
    assert subjects("market_above_location", activity()) == []


FAULTY = [
    *changed("m06", unit="MWh"),
    activity("neg", quantity=-1, evidence=""),
    activity("dup"),
    activity("est", source="Hall 2", estimated=True, quantity=90000),
    pv("generated", 10, evidence=""),
    pv("fed_in", 20),
]


def test_gravest_first_and_every_time_the_same() -> None:
    findings = review(compiled(FAULTY))
    assert [SEVERITIES.index(f.severity) for f in findings] == sorted(SEVERITIES.index(f.severity) for f in findings)
    assert findings == review(compiled([*reversed(FAULTY)]))
    assert {f.rule for f in findings} >= {"negative", "duplicates", "unit_slips", "solar_balance", "missing_evidence"}
    for finding in findings:
        assert finding.message.in_language("en") and finding.remedy.in_language("zh")
        rule = all_rules().get(finding.rule)
        assert rule is None or SEVERITIES.index(finding.severity) >= SEVERITIES.index(rule.severity)


@settings(max_examples=40)
@given(ledgers())
def test_head_office_finds_the_same_in_the_package(pair: tuple[Ledger, Audit]) -> None:
    ledger, audit = pair
    at_the_plant = review(compile_inventory(ledger, choices_of(audit, 2023), LIBRARY))
    received = read(canonical(build(ledger, audit, at_the_plant, LIBRARY, ISSUE)))
    assert review(received.inventory()) == at_the_plant == received.findings


def test_median() -> None:
    assert median([Decimal(3)]) == 3
    assert median([Decimal(9), Decimal(1), Decimal(2)]) == 2


def test_meters_without_calibration_are_named_together() -> None:
    two = [
        activity("a"),
        activity("b", source="Hall 2"),
    ]
    (finding,) = found("calibration_overdue", *two)
    assert (finding.severity, finding.subject) == ("info", "inventory")
    assert "for Hall 2, Main meter." in str(finding.message)
    assert subjects("calibration_overdue", *two, Evidence("e", "b.pdf", "bill", "0", 1, activities=("a",))) == [
        "inventory"
    ]


@pytest.mark.parametrize(("days", "expected"), [(("2022-01-01", "2024-01-01"), []), (("2022-01-01", "soon?"), [])])
def test_the_newest_calibration_counts(days: tuple[str, ...], expected: list[str]) -> None:
    proofs = [
        Evidence(f"e{n}", "c.pdf", "calibration", str(n), 1, activities=("a",), valid_to=day)
        for n, day in enumerate(days)
    ]
    assert subjects("calibration_overdue", activity("a"), *proofs) == expected


def test_a_calibration_proves_no_quantity() -> None:
    meter = Evidence("e", "c.pdf", "calibration", "0", 1, activities=("a",), valid_to="2030-01-01")
    assert subjects("missing_evidence", activity("a", evidence=""), meter) == ["a"]


def test_a_month_of_the_roof_stands_out() -> None:
    roof = [pv("generated", 100 + n, **month(n)) for n in range(1, 13)]
    roof = [replace(a, id=f"p{n:02}") for n, a in enumerate(roof)]
    assert subjects("solar_possible", *roof) == []
    assert subjects("solar_possible", *roof[:-1], replace(roof[-1], quantity=Decimal(400))) == ["p11"]


def test_a_year_of_which_nothing_is_recorded_is_not_compared() -> None:
    """It has not fallen by 100 %: it has not begun."""
    assert subjects("year_on_year", activity(quantity=Decimal(1)), like("0.3", 2022)) == ["year:2022"]
    assert subjects("year_on_year", like("0.3", 2022)) == []


def test_tonnes_are_said_as_the_window_shows_them() -> None:
    (grown,) = found("year_on_year", activity(quantity=Decimal("1234567.891")), like("123.456789123", 2022))
    assert "123.5 t CO₂e then, 804.4 t now." in str(grown.message)


def test_of_two_totals_that_hardly_differ_so_many_decimals_are_said_as_tell_them_apart() -> None:
    (changed_since,) = found("changed_after_closing", activity(), like("0.651600001"))
    assert "with 0.651600001 t CO₂e" in str(changed_since.message)
    assert "the records give 0.651600000 t." in str(changed_since.message)
