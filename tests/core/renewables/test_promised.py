"""What targets promise of the share: where the way begins, and that it never falls."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from core.actions import baseline_of
from core.ledger import Ledger, Scenario, Target
from core.renewables import promised_shares, promises, shares_of, way_to
from core.targets.forecast import forecast_of
from tests.core.renewables.plants import allocation, certificate, plant, roof, self_used
from tests.core.samples import activity, month

BILL = activity("a1", quantity=100_000)
HUNDRED = Decimal(100)


def target(key: str = "t1", kind: str = "renewable", year: int = 2027, percent: int | str = 100, **said: Any) -> Target:
    """A share of electricity, unless another kind is said."""
    parts = () if kind == "renewable" else ("scope1",)
    return Target(key, key, kind, parts, 2023, year, Decimal(percent), **said)


def test_of_two_promises_for_a_year_the_higher_holds() -> None:
    made = [
        target("a", year=2030, percent=90), target("b", year=2027, percent=80), target("c", year=2030),
        target("past", year=2022, percent=50), target("gone", year=2028, status="withdrawn"),
        target("near", "near_term", 2029, 42),
    ]  # fmt: skip
    assert [*promises(Ledger.of(made)).items()] == [(2022, Decimal(50)), (2027, Decimal(80)), (2030, HUNDRED)]
    ledger, inventory = plant([BILL, certificate(), allocation("l1", "i1", "a1", 61_000), *made])
    assert promised_shares(ledger, inventory) == ((2023, Decimal(61)), (2027, Decimal(80)), (2030, HUNDRED))


def test_it_begins_with_the_certified_share_of_all_that_was_used() -> None:
    """60 MWh bought, 20 of them covered, and 40 MWh of own PV: 60 % are renewable, not the third that was bought so."""
    ledger, inventory = plant([
        activity("a1", quantity=60_000), certificate(), allocation("l1", "i1", "a1", 20_000), roof(),
        self_used(quantity=40_000), target(),
    ])  # fmt: skip
    assert round(baseline_of(inventory).share, 2) == Decimal("33.33")
    path = promised_shares(ledger, inventory)
    assert path == ((2023, Decimal(60)), (2027, HUNDRED))
    assert promised_shares(ledger, inventory, shares_of(ledger, inventory)) == path


def test_halfway_to_all_half_of_what_was_uncovered_is_left() -> None:
    """Own generation does not change what a megawatt-hour bought without certificates emits."""
    ledger, inventory = plant([
        activity("a1", quantity=60_000), certificate(), allocation("l1", "i1", "a1", 20_000), roof(),
        self_used(quantity=40_000), target(),
    ])  # fmt: skip
    baseline, plain = baseline_of(inventory), Scenario("s", "S", last_year=2027)
    found = forecast_of(ledger, baseline, plain, shares=promised_shares(ledger, inventory)).series(("scope2_market",))
    assert found[2025] * 2 == found[2023] == baseline.of("scope2_market") > 0 == found[2027]


def test_the_way_and_the_forecast_go_to_the_same_promise() -> None:
    ledger, inventory = plant([
        BILL, target("t1", year=2026, status="withdrawn"), target("t2", percent=80), target("t3", percent=90),
    ])  # fmt: skip
    way = way_to(ledger, inventory)
    assert (way.year, way.percent) == promised_shares(ledger, inventory)[-1] == (2027, Decimal(90))


def test_targets_that_say_nothing_of_the_years_to_come() -> None:
    ledger, inventory = plant([
        BILL, target("t1", year=2023), target("t2", year=2030, status="withdrawn"), target("t3", "near_term", 2030),
    ])  # fmt: skip
    assert promised_shares(ledger, inventory) == ()


@given(st.lists(st.tuples(st.integers(2018, 2050), st.integers(0, 100)), max_size=5))
def test_a_promised_share_never_falls(promised: list[tuple[int, int]]) -> None:
    targets = [target(f"t{n}", year=year, percent=percent) for n, (year, percent) in enumerate(promised)]
    ledger, inventory = plant([BILL, *targets])
    path = promised_shares(ledger, inventory)
    assert [year for year, _ in path] == sorted({year for year, _ in path})
    assert all(0 <= one[1] <= other[1] <= 100 for one, other in pairwise(path))
    for year, percent in promised:
        assert year <= 2023 or dict(path)[year] >= percent


def test_electricity_is_the_only_thing_that_is_covered() -> None:
    """A month without bills has no share, and a promise of 100 % still begins at zero."""
    ledger, inventory = plant([activity("a2", method="stationary_combustion", item="natural_gas", unit="m3",
                                        **month(1)), target()])  # fmt: skip
    assert promised_shares(ledger, inventory) == ((2023, Decimal(0)), (2027, HUNDRED))
