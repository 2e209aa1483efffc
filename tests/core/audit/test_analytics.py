"""Analytical procedures: what is expected, by hand and by law."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.audit.analytics import (
    DEGREE_DAYS,
    LAST_YEAR,
    PRODUCTION,
    SISTER_PLANTS,
    Procedure,
    expecting,
    procedures,
    taking_back,
    unexplained,
)
from core.audit.last_year import LastYear, last_closed, last_of
from core.audit.thresholds import Thresholds, thresholds_of
from core.audit.trend import line_through
from core.errors import UserError
from core.inventory import Choices, Inventory, compile_inventory, year_of
from core.inventory.closing import figures_of
from core.ledger import (
    Activity,
    Benchmark,
    Closing,
    Engagement,
    Expectation,
    KeyFigure,
    Ledger,
    Record,
    RiskAssessment,
)
from core.library import load_library
from tests.core.samples import PLANT, activity, month

LIBRARY = load_library()
LOSS = (("loss_rate", "5"),)
NORRIS = json.loads((Path(__file__).parents[2] / "data" / "savings_examples.json").read_text("utf-8"))["norris"]


def gas(key: str, number: int, year: int, quantity: str) -> Activity:
    """Natural gas of a month."""
    return activity(
        key,
        source="Boiler",
        method="stationary_combustion",
        item="natural_gas",
        unit="m3",
        quantity=Decimal(quantity),
        **month(number, year),
    )


def heating(year: int, rising: int, base: int = 100) -> list[Activity]:
    """Gas of a year that follows ``degree_days``: base + 2 m³ per degree day."""
    return [gas(f"g{year}{n:02}", n, year, str(base + 2 * rising * n)) for n in range(1, 13)]


def degree_days(year: int, rising: int) -> list[KeyFigure]:
    """Months with ``rising × n`` degree days."""
    return [
        KeyFigure(f"d{year}{n:02}", "heating_degree_days", "K·d", **month(n, year), quantity=Decimal(rising * n))
        for n in range(1, 13)
    ]


def produced(year: int, quantity: int, name: str = "production", unit: str = "piece") -> KeyFigure:
    span = year_of(year)
    return KeyFigure(f"{name}{year}", name, unit, span.start, span.end, Decimal(quantity))


def inventory_of(records: Iterable[Record], year: int = 2023) -> tuple[Ledger, Inventory]:
    ledger = Ledger.of([PLANT, *records])
    return ledger, compile_inventory(ledger, Choices(year_of(year)), LIBRARY)


def both(records: Iterable[Record]) -> tuple[Ledger, Inventory, LastYear]:
    """2023 with 2022 as the year before."""
    held = list(records)
    ledger, now = inventory_of(held)
    return ledger, now, last_of(inventory_of(held, 2022)[1])


def near(value: Decimal | None, number: int) -> bool:
    """Lines are kept to nine decimals, so percentages of small plants are a little off."""
    return value is not None and abs(value - number) < Decimal("1e-6")


def found(all_of_them: Iterable[Procedure], procedure: str, subject: str = "") -> Procedure:
    return next(one for one in all_of_them if (one.procedure, one.subject) == (procedure, subject))


def test_nothing_before_is_said_and_not_guessed() -> None:
    (only,) = procedures(*inventory_of([activity()]))
    assert (only.procedure, only.expected, only.beyond) == (LAST_YEAR, None, False)
    assert "2022 is neither closed nor recorded" in str(only.missing)


def test_each_source_is_held_against_last_year() -> None:
    ledger, now, last = both([gas("a", 1, 2022, "1000"), gas("b", 1, 2023, "1500"), activity("c", source="New hall")])
    all_of_them = procedures(ledger, now, last)
    boiler = found(all_of_them, LAST_YEAR, "Boiler")
    assert near(boiler.percent, 50) and boiler.beyond and boiler.unexplained
    assert boiler.difference == boiler.actual - boiler.expected  # type: ignore[operator]
    new = found(all_of_them, LAST_YEAR, "New hall")
    assert new.expected == 0 and new.percent is None and new.beyond
    assert found(all_of_them, LAST_YEAR).actual == now.totals.location
    assert unexplained(ledger, now, last) == tuple(one for one in all_of_them if one.beyond)


def test_how_the_quantity_changed_is_said_beside_the_tonnes() -> None:
    """Tonnes follow factors as well; 1,100 kWh after 1 MWh are a tenth more, whatever the grid."""
    ledger, now, last = both([activity("a", unit="MWh", quantity=1, **month(1, 2022)), activity("b", quantity=1100)])
    one = found(procedures(ledger, now, last), LAST_YEAR, "Main meter")
    assert "the quantity changed by 10 %" in str(one.how)
    mixed = [*ledger.activities, activity("c", method="vehicle_charging", item="ev_charging", evidence="C-1")]
    ledger, now, last = both(mixed)
    assert "quantity" not in str(found(procedures(ledger, now, last), LAST_YEAR, "Main meter").how)


def test_a_closing_tells_the_same_as_the_inventory_it_closed() -> None:
    records: list[Record] = [*heating(2022, 10), activity("e", **month(3, 2022)), *heating(2023, 10)]
    ledger, now, last = both(records)
    before = inventory_of(records, 2022)[1]
    closing = Closing(
        "2022", "0" * 64, 1, 1, date(2023, 3, 1), "audited", figures=figures_of(before.totals, before.lines)
    )
    closed = last_closed([closing], 2022)
    assert closed is not None
    assert (closed.total, dict(closed.sources)) == (last.total, dict(last.sources))
    with_it = replace(now, closings=(closing,))
    from_inventory = [one for one in procedures(ledger, now, last) if one.procedure == LAST_YEAR]
    assert [
        replace(one, how=two.how) for one, two in zip(procedures(ledger, with_it), from_inventory, strict=True)
    ] == (from_inventory)
    assert last_closed([closing], 2021) is None
    assert last_closed([replace(closing, figures=(("scope1", "1"),))], 2022) is None


def test_production_expects_last_years_ratio() -> None:
    """1,000 m³ for 200 pieces, so 1,250 m³ for 250; 1,500 were used, a fifth more."""
    records: list[Record] = [
        gas("a", 1, 2022, "1000"),
        gas("b", 1, 2023, "1500"),
        produced(2022, 200),
        produced(2023, 250),
    ]
    ledger, now, last = both(records)
    total, boiler = (found(procedures(ledger, now, last), PRODUCTION, f"production{s}") for s in ("", ":Boiler"))
    assert near(total.percent, 20) and total.percent == boiler.percent and boiler.beyond
    assert "÷ 200 piece × 250 piece" in str(total.how)


def test_last_years_unit_may_be_another_one() -> None:
    records: list[Record] = [
        gas("a", 1, 2022, "1000"),
        gas("b", 1, 2023, "1000"),
        produced(2022, 4, unit="t"),
        produced(2023, 4000, unit="kg"),
    ]
    ledger, now, last = both(records)
    assert near(found(procedures(ledger, now, last), PRODUCTION, "production").percent, 0)


def test_each_key_figure_makes_a_ratio_and_gaps_are_named() -> None:
    records: list[Record] = [
        gas("a", 1, 2022, "1000"),
        gas("b", 1, 2023, "1000"),
        produced(2022, 0, "revenue", "CNY"),
        produced(2023, 5, "revenue", "CNY"),
        produced(2023, 7, "headcount", "person"),
    ]
    ledger, now, last = both(records)
    all_of_them = procedures(ledger, now, last)
    assert "was zero in 2022" in str(found(all_of_them, PRODUCTION, "revenue").missing)
    assert "Headcount 2022" in str(found(all_of_them, PRODUCTION, "headcount").missing)


def test_periods_of_different_length_are_not_compared() -> None:
    ledger, now = inventory_of([activity()])
    short = LastYear(2022, replace(year_of(2022), start=date(2022, 7, 1)), Decimal(1), {})
    (only,) = procedures(ledger, now, short)
    assert "different length" in str(only.missing)


def mark(**changes: object) -> Benchmark:
    made = Benchmark(
        "be1", "production", "electricity", "kWh/piece", Decimal(4), Decimal(5), Decimal(8), 9, 2022, "Group"
    )
    return replace(made, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("pieces", "beyond", "percent"), [(250, False, "-20"), (251, True, None), (125, False, "60"), (124, True, None)]
)
def test_sister_plants_are_a_range(pieces: int, beyond: bool, percent: str | None) -> None:
    """1,000 kWh: 250 pieces are 4 kWh each and 125 pieces 8, the ends of the range; beyond both it speaks."""
    ledger, now = inventory_of([activity(), produced(2023, pieces), mark()])
    one = found(procedures(ledger, now), SISTER_PLANTS, "production:electricity")
    assert one.beyond is beyond and one.expected == 5
    assert percent is None or one.percent == Decimal(percent)
    assert one.threshold == (60 if pieces < 200 else 20)


def test_the_auditor_may_set_another_threshold_for_a_benchmark() -> None:
    said = Expectation(
        "2023:sister_plants:production:electricity", 2023, SISTER_PLANTS, "production:electricity", Decimal(10)
    )
    ledger, now = inventory_of([activity(), produced(2023, 250), mark(), said])
    assert found(procedures(ledger, now), SISTER_PLANTS, "production:electricity").beyond


def test_ratios_of_scopes_items_and_the_total() -> None:
    marks = [
        mark(id="b1", subject="total", unit="kg/piece"),
        mark(id="b2", subject="scope2_location", unit="t/piece"),
        mark(id="b3", subject="electricity", unit="t/piece"),
        mark(id="b4", subject="electricity", unit="MWh/piece", year=2030),
        mark(id="b5", subject="natural_gas", unit="m3/piece"),
    ]
    records: list[Record] = [activity(), produced(2023, 10)]
    tonnes = inventory_of(records)[1].totals.location
    for one, actual in zip(marks, (tonnes * 100, tonnes / 10, tonnes / 10, Decimal("0.1"), None), strict=True):
        ledger, now = inventory_of([*records, one])
        assert found(procedures(ledger, now), SISTER_PLANTS, f"production:{one.subject}").actual == actual
    both_years = [mark(id="b1"), mark(id="b2", year=2023, median=Decimal(7)), mark(id="b3", year=2024)]
    ledger, now = inventory_of([*records, *both_years])
    assert found(procedures(ledger, now), SISTER_PLANTS, "production:electricity").expected == 7


def test_energy_counts_once_though_its_upstream_names_it_again() -> None:
    beside = activity("u", method="upstream_energy"), activity("l", method="transmission_losses", parameters=LOSS)
    ledger, now = inventory_of([activity(), *beside, produced(2023, 100), mark(unit="kWh/piece")])
    assert found(procedures(ledger, now), SISTER_PLANTS, "production:electricity").actual == 10
    assert (
        last_of(now).quantities["Main meter"][1] == last_of(inventory_of([activity()])[1]).quantities["Main meter"][1]
    )


def test_a_benchmark_without_its_figure_says_what_lacks() -> None:
    ledger, now = inventory_of([activity(), mark()])
    assert "Production 2023" in str(found(procedures(ledger, now), SISTER_PLANTS, "production:electricity").missing)


def test_heating_follows_degree_days_with_its_base_load() -> None:
    """A mild year: base load stays, what heats falls with the degree days; the prediction is exact for exact data."""
    records: list[Record] = [*heating(2022, 30), *heating(2023, 20), *degree_days(2022, 30), *degree_days(2023, 20)]
    ledger, now, last = both(records)
    one = found(procedures(ledger, now, last), DEGREE_DAYS, "heating_degree_days:Boiler")
    assert one.percent is not None and abs(one.percent) < Decimal("1e-6") and not one.beyond
    assert "least squares over 12 months of 2022, R² = 1" in str(one.how)
    plain = found(procedures(ledger, now, last), LAST_YEAR, "Boiler")
    assert plain.percent is not None and plain.percent < -25


def test_without_months_it_is_in_proportion_and_says_so() -> None:
    records: list[Record] = [
        activity(
            "a",
            source="Boiler",
            method="stationary_combustion",
            item="natural_gas",
            unit="m3",
            quantity=1000,
            start=date(2022, 1, 1),
            end=date(2022, 12, 31),
        ),
        gas("b", 1, 2023, "900"),
        *degree_days(2022, 10),
        *degree_days(2023, 9),
    ]
    ledger, now, last = both(records)
    one = found(procedures(ledger, now, last), DEGREE_DAYS, "heating_degree_days:Boiler")
    assert near(one.percent, 0) and "In proportion" in str(one.how)


def test_months_that_do_not_follow_the_weather_expect_nothing() -> None:
    records: list[Record] = [
        *(gas(f"g{n}", n, 2022, str(1000 + 300 * (n % 2))) for n in range(1, 13)),
        gas("b", 1, 2023, "900"),
        *degree_days(2022, 10),
        *degree_days(2023, 10),
    ]
    ledger, now, last = both(records)
    one = found(procedures(ledger, now, last), DEGREE_DAYS, "heating_degree_days:Boiler")
    assert one.expected is None and "do not follow degree days" in str(one.missing)


def test_what_the_auditor_asks_for_is_answered() -> None:
    asked = [
        Expectation("x", 2023, PRODUCTION, "revenue:Boiler", Decimal(10)),
        Expectation("y", 2023, DEGREE_DAYS, "cooling_degree_days:Boiler", Decimal(10)),
    ]
    records: list[Record] = [
        gas("a", 1, 2022, "1000"),
        gas("b", 1, 2023, "1200"),
        produced(2022, 5, "revenue", "CNY"),
        produced(2023, 5, "revenue", "CNY"),
        *asked,
    ]
    ledger, now, last = both(records)
    all_of_them = procedures(ledger, now, last)
    assert near(found(all_of_them, PRODUCTION, "revenue:Boiler").percent, 20)
    assert "Cooling degree days 2023" in str(found(all_of_them, DEGREE_DAYS, "cooling_degree_days:Boiler").missing)


# ---------------------------------------------------------------------- thresholds and acts


def test_thresholds_follow_materiality_share_and_risk() -> None:
    """5 % of 100 t are 5 t, a quarter of a source of 20 t; medium risk takes three quarters of that, high half."""
    limits = Thresholds(Decimal(5), Decimal(5), {"Low": "low", "High": "high"})
    assert [limits.of(name, Decimal(20)) for name in ("Low", "Other", "High")] == [25, Decimal("18.7"), Decimal("12.5")]
    assert limits.of("", Decimal(100)) == 5
    assert limits.of("Other", Decimal(1)) == limits.of("Other", Decimal(0)) == 50
    assert limits.trivial == Decimal("0.25")


def test_thresholds_of_an_engagement_and_the_higher_risk() -> None:
    records: list[Record] = [
        activity(quantity=100_000),
        Engagement("2023", "C", "S", "o", "s", materiality=Decimal(10)),
        RiskAssessment("2023:Main meter", 2023, "Main meter", "low", "high", "old meter"),
        RiskAssessment("2022:Main meter", 2022, "Main meter", "low", "low", ""),
    ]
    ledger, now = inventory_of(records)
    limits = thresholds_of(ledger, now)
    assert limits.percent == 10 and limits.material == now.totals.location / 10
    assert limits.of("Main meter", now.totals.location) == 5
    assert thresholds_of(*inventory_of([activity()])).percent == 5


def test_trivial_differences_are_not_asked_about_unless_the_auditor_does() -> None:
    records: list[Record] = [
        activity("a", quantity=10**6),
        activity("b", quantity=10**6, **month(1, 2022)),
        gas("c", 1, 2022, "1"),
        gas("d", 1, 2023, "10"),
    ]
    ledger, now, last = both(records)
    assert not found(procedures(ledger, now, last), LAST_YEAR, "Boiler").beyond
    asked = Expectation("2023:last_year:Boiler", 2023, LAST_YEAR, "Boiler", Decimal(50))
    ledger, now, last = both([*records, asked])
    assert found(procedures(ledger, now, last), LAST_YEAR, "Boiler").beyond


def test_an_explanation_holds_for_the_difference_it_was_given_for() -> None:
    records: list[Record] = [gas("a", 1, 2022, "1000"), gas("b", 1, 2023, "1500")]
    ledger, now, last = both(records)
    one = found(procedures(ledger, now, last), LAST_YEAR, "Boiler")
    noted = expecting(ledger, 2023, one, Decimal(10), " A second shift since May. ", False)
    after = ledger.apply(noted.steps)
    assert "noted" in str(noted.why) and unexplained(after, now, last)
    said = found(procedures(after, now, last), LAST_YEAR, "Boiler")
    accepted = after.apply(expecting(after, 2023, said, Decimal(10), "A second shift since May.", True).steps)
    again = found(procedures(accepted, now, last), LAST_YEAR, "Boiler")
    assert again.expectation is not None and Ledger.from_plain(accepted.to_plain()) == accepted
    assert again.beyond and again.holds and not again.unexplained
    later = accepted.apply([])
    moved = compile_inventory(Ledger.of([PLANT, gas("b", 1, 2023, "1700")]), now.choices, LIBRARY)
    assert found(procedures(later, moved, last), LAST_YEAR, "Boiler").unexplained
    near = compile_inventory(Ledger.of([PLANT, gas("b", 1, 2023, "1590")]), now.choices, LIBRARY)
    assert not found(procedures(later, near, last), LAST_YEAR, "Boiler").unexplained
    back = accepted.apply(taking_back(accepted, 2023, again).steps)
    assert back == ledger
    with pytest.raises(UserError, match="Nothing was said"):
        taking_back(ledger, 2023, one)


@pytest.mark.parametrize(
    ("threshold", "words", "accepted", "files", "reason"),
    [
        ("10", " ", True, (), "without an explanation"),
        ("-1", "", False, (), "between 0 and 1,000"),
        ("10", "x" * 2001, False, (), "longer than"),
        ("10", "x", False, ("e9",), "no kept file"),
    ],
)
def test_what_cannot_be_said_is_refused(
    threshold: str, words: str, accepted: bool, files: tuple[str, ...], reason: str
) -> None:
    ledger, now = inventory_of([activity()])
    (one,) = procedures(ledger, now)
    with pytest.raises(UserError, match=reason) as refused:
        expecting(ledger, 2023, one, Decimal(threshold), words, accepted, files)
    assert refused.value.remedy is not None


def test_saying_the_same_twice_changes_nothing() -> None:
    ledger, now = inventory_of([activity()])
    (one,) = procedures(ledger, now)
    after = ledger.apply(expecting(ledger, 2023, one, Decimal(7), "", False).steps)
    with pytest.raises(UserError, match="Nothing changes"):
        expecting(after, 2023, one, Decimal(7), "", False)


# ---------------------------------------------------------------------- laws


def test_the_line_is_that_of_nist() -> None:
    """Norris, linear regression of lower difficulty, to ten digits."""
    xs, ys = ([Decimal(str(value)) for value in NORRIS[key]] for key in ("x", "y"))
    line = line_through(xs, ys)
    assert line is not None and line.points == 36
    certified = (*NORRIS["coefficients"], NORRIS["r2"])
    for ours, theirs in zip((line.base, line.slope, line.r2), certified, strict=True):
        assert abs(float(ours) / theirs - 1) < 1e-12


def test_no_line_through_too_little() -> None:
    assert line_through([Decimal(1), Decimal(2)], [Decimal(1), Decimal(2)]) is None
    assert line_through([Decimal(1)] * 3, [Decimal(1), Decimal(2), Decimal(3)]) is None
    flat = line_through([Decimal(1), Decimal(2), Decimal(3)], [Decimal(4)] * 3)
    assert flat is not None and flat.slope == 0 and flat.r2 == 1


@given(st.integers(1, 10**6), st.integers(1, 10**6), st.integers(1, 10**4), st.integers(2, 50))
def test_as_much_more_of_all_is_no_difference(then: int, pieces: int, quantity: int, times: int) -> None:
    """When tonnes and production grow alike the ratio stays, whatever both are."""
    ledger, now = inventory_of(
        [activity(quantity=quantity * times), produced(2022, pieces), produced(2023, pieces * times)]
    )
    base = inventory_of([activity(quantity=quantity)])[1].totals.location
    last = LastYear(2022, year_of(2022), base, {"Main meter": base})
    one = found(procedures(ledger, now, last), PRODUCTION, "production")
    assert one.percent is not None and abs(one.percent) < Decimal("0.01") and not one.beyond


@given(st.decimals(0, 10**6, places=3), st.decimals(Decimal("0.001"), 10**6, places=3))
def test_difference_and_percentage_belong_together(now_kwh: Decimal, then: Decimal) -> None:
    ledger, now = inventory_of([activity(quantity=now_kwh)])
    last = LastYear(2022, year_of(2022), then, {"Main meter": then})
    for one in procedures(ledger, now, last):
        assert one.actual is not None and one.expected is not None and one.difference is not None
        assert one.difference == one.actual - one.expected
        assert one.percent is not None
        assert abs(one.percent * one.expected - 100 * one.difference) <= Decimal("1e-20") * (one.expected + 1)
        assert not one.beyond or abs(one.percent) > one.threshold
