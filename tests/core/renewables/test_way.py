"""From what a plant has to what it promised."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import UserError
from core.ledger import Record, RuleValue, SupplyOption, Target
from core.methods import exact_sum
from core.renewables.way import Way, way_to
from tests.core.renewables.plants import allocation, certificate, contract, plant, roof, self_used
from tests.core.samples import activity, year_of_bills

D = Decimal


def way(*records: Record, year: int | None = None, percent: int | None = None, use: Decimal | None = None) -> Way:
    return way_to(*plant(records), year, percent, use=use)


def option(key: str, price: int, quantity: int, **changes: object) -> SupplyOption:
    made = SupplyOption(key, f"Option {key}", "certificates", 2024, D(quantity), D(price), currency="CNY")
    return replace(made, **changes)  # type: ignore[arg-type]


BILLS = year_of_bills(quantity=1_000_000)
"""12,000 MWh."""


def test_a_plant_that_covers_two_thirds() -> None:
    covers = [allocation(f"al{number}", "i1", f"m{number:02}", 1_000_000) for number in range(1, 9)]
    found = way(*BILLS, certificate(quantity="8000", serials="G00001-G08000"), *covers)
    assert (found.data_year, found.year) == (2023, 2023)
    assert [found.percent, found.use, found.secured, found.gap, found.open] == [100, 12000, 8000, 4000, 4000]


def test_the_cheapest_options_close_the_gap() -> None:
    cheap = option("so2", 4, 9000, first_year=2026)
    line = option("so3", 2, 1000, kind="direct_line")
    pv = option("so1", 0, 500, kind="pv", capex=D(4_000_000), life=20, first_year=2025)
    found = way(*BILLS, cheap, line, pv, year=2027)
    assert [(one.option.id, one.quantity) for one in found.mix] == [("so3", D(1000)), ("so2", D(9000)), ("so1", D(500))]
    assert found.cost == D(2000) + D(36000) + found.mix[2].cost
    assert found.open == 1500
    assert [str(one.message) for one in found.missing] == ["The options leave 1,500 MWh open in 2027."]
    assert found.location == found.mix[0].location + found.mix[2].location < 0, "paper does not lower that figure"
    assert found.mix[0].location < 0 == found.mix[1].location and found.market < found.location


def test_only_as_much_is_taken_as_is_missing() -> None:
    found = way(*BILLS, option("so1", 4, 20_000), year=2024, percent=50)
    assert [(one.quantity, one.cost) for one in found.mix] == [(D(6000), D(24_000))]
    assert found.open == 0
    assert found.missing == ()


def test_the_promise_of_the_plant_is_the_target() -> None:
    promised = Target("ta1", "Renewable", "renewable", (), 2023, 2027, D(80))
    found = way(*BILLS, promised, replace(promised, id="ta2", year=2030, reduction=D(100)))
    assert [found.year, found.percent, found.gap] == [2027, 80, 9600]
    assert way(*BILLS, promised, year=2028).percent == 100
    assert way(*BILLS, promised, year=2027, percent=90).percent == 90


def test_another_consumption_is_another_gap() -> None:
    assert way(*BILLS, year=2027, use=D(15_000)).gap == 15_000
    assert way(*BILLS, year=2027, use=D(0)).gap == 0


def test_certificates_once_used_do_not_cover_a_later_year() -> None:
    covered = way(*BILLS, certificate(quantity="1000"), allocation("al1", "i1", "m01", 1_000_000), year=2027)
    assert [covered.secured, covered.gap] == [0, 12_000]


def test_own_generation_and_contracts_of_that_year_are_secured() -> None:
    """Half of the contract's days lie in 2024; what is not proven is not secured."""
    long = contract(quantity="731", start=date(2023, 1, 1), end=date(2024, 12, 31))
    unproven = contract("i8", quantity="500", evidence=(), start=date(2024, 1, 1), end=date(2024, 12, 31))
    nuclear = contract("i7", technology="nuclear", start=date(2024, 1, 1), end=date(2024, 12, 31))
    found = way(*BILLS, roof(), self_used(quantity=300_000), long, unproven, nuclear, year=2024)
    assert found.use == 12_300
    assert found.secured == D(300) + D(366)


def test_no_more_is_secured_than_is_used() -> None:
    found = way(roof(), self_used(quantity=300_000), *BILLS, year=2024, use=D(100))
    assert [found.secured, found.gap] == [100, 0]


def test_years_say_when_it_becomes_possible() -> None:
    found = way(*BILLS, option("so1", 4, 5000, first_year=2025), option("so2", 9, 8000, first_year=2029), year=2027)
    assert [(one.year, one.available, one.reached) for one in found.years] == [
        (2024, D(0), False), (2025, D(5000), False), (2026, D(5000), False), (2027, D(5000), False),
        (2028, D(5000), False), (2029, D(13000), True),
    ]  # fmt: skip
    assert found.first_year == 2029
    assert [one.option.id for one in found.mix] == ["so1"]
    assert "Option so2 begins in 2029, after 2027." in [str(one.message) for one in found.missing]


def test_it_may_be_possible_before_the_target() -> None:
    assert way(*BILLS, option("so1", 4, 12_000, first_year=2025), year=2027).first_year == 2025


@pytest.mark.parametrize(
    ("lacking", "sentence"),
    [
        (option("so1", 0, 100), "Option so1: price or investment is missing."),
        (option("so1", 5, 100, capex=D(5), life=0), "Option so1: life of the investment is missing."),
        (option("so1", 5, 0), "Option so1: quantity is missing."),
    ],
)
def test_what_an_option_lacks_is_said(lacking: SupplyOption, sentence: str) -> None:
    found = way(*BILLS, lacking, year=2027)
    assert found.mix == ()
    assert sentence in [str(one.message) for one in found.missing]
    assert all(str(one.remedy) for one in found.missing)


def test_a_plant_without_options_is_told_what_to_enter() -> None:
    (only,) = way(*BILLS, year=2027).missing
    assert str(only.message) == "No option is recorded that could give the missing 12,000 MWh."
    assert "storage" in str(only.remedy)


def test_money_of_two_currencies_is_not_added() -> None:
    found = way(*BILLS, option("so1", 4, 5000), option("so2", 1, 100, currency="EUR"), year=2024)
    assert [one.option.id for one in found.mix] == ["so1"]
    assert "Option so2 is priced in another currency than the other options (CNY)." in map(
        str, (one.message for one in found.missing)
    )


def test_what_lies_ready_and_does_not_count_is_named_first() -> None:
    records = [*BILLS, roof(attributes_owner=""), self_used(quantity=300_000), certificate(quantity="1000", retired=""),
               allocation("al1", "i1", "m01", 1_000_000), option("so1", 4, 20_000)]  # fmt: skip
    found = way(*records, year=2027)
    assert [str(one.message) for one in found.missing] == [
        "300 MWh of own generation would count if the plant owned its attributes.",
        "1,000 MWh are allocated and do not count.",
    ]


def test_the_interest_is_a_parameter() -> None:
    pv = option("so1", 0, 1000, kind="pv", capex=D(1_000_000), life=20)
    dear = RuleValue("claims.interest", "10", "Treasury, 2025-11-03")
    usual, other = (way(*BILLS, pv, *more, year=2027).options[0].cost for more in ((), (dear,)))
    assert (usual, other) == (D("80.2426"), D("117.4596"))


@pytest.mark.parametrize(
    ("year", "percent", "use"), [(2022, 100, None), (2027, 0, None), (2027, 101, None), (2027, 1, D(-1))]
)
def test_what_cannot_be_asked(year: int, percent: int, use: Decimal | None) -> None:
    with pytest.raises(UserError):
        way(*BILLS, year=year, percent=percent, use=use)


def test_a_plant_without_data() -> None:
    found = way(year=2027)
    assert [found.use, found.gap] == [0, 0]
    assert [str(one.message) for one in found.missing] == ["No electricity is recorded."]
    assert found.first_year == 2024


def test_without_gap_nothing_is_bought() -> None:
    found = way(activity(), certificate(), allocation("al1", "i1", "a1", 1000), option("so1", 1, 10, first_year=2023))
    assert [found.gap, found.cost, found.open] == [0, 0, 0]
    assert found.mix == ()


OPTIONS = st.lists(st.tuples(st.integers(-50, 500), st.integers(1, 9000)), min_size=1, max_size=6)


@given(OPTIONS, st.integers(1, 100), st.randoms(use_true_random=False))
def test_no_other_mix_is_cheaper(pairs: list[tuple[int, int]], percent: int, random: object) -> None:
    """Moving any megawatt-hour from one option to another with room makes it no cheaper: the law of the optimum."""
    options = [option(f"so{number}", price or 1, quantity) for number, (price, quantity) in enumerate(pairs)]
    found = way(*BILLS, *options, year=2027, percent=percent)
    taken = {one.option.id: one.quantity for one in found.mix}
    assert exact_sum(taken.values()) + found.open == found.gap
    for one in options:
        assert 0 <= taken.get(one.id, 0) <= one.quantity
    dearest = max((one.option.price for one in found.mix), default=None)
    for one in options:
        if dearest is not None and taken.get(one.id, D(0)) < one.quantity:
            assert one.price >= dearest
    assert found.open == 0 or all(taken.get(one.id) == one.quantity for one in options)
    random.shuffle(options)  # type: ignore[attr-defined]
    assert way(*BILLS, *options, year=2027, percent=percent) == found


@given(OPTIONS)
def test_more_is_never_cheaper_and_years_never_fall(pairs: list[tuple[int, int]]) -> None:
    options = [
        option(f"so{n}", abs(price) or 1, quantity, first_year=2023 + n) for n, (price, quantity) in enumerate(pairs)
    ]
    found = [way(*BILLS, *options, year=2030, percent=percent) for percent in (20, 60, 100)]
    assert all(one.cost <= other.cost for one, other in pairwise(found))
    assert all(one.available <= other.available for one, other in pairwise(found[0].years))
