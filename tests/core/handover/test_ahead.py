"""What is gathered for the targets of a plant, from bills and closings to status and forecast."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.audit.key_figures import of_targets
from core.errors import UserError
from core.handover import close_year
from core.handover.ahead import (
    TargetsOf,
    compared,
    failing,
    net_zero_year,
    open_years,
    reached_share,
    simulated,
    targets_of,
)
from core.inventory import choices_of, compile_inventory
from core.ledger import (
    Activity,
    BasePolicy,
    Commitment,
    Driver,
    KeyFigure,
    Ledger,
    Plant,
    Record,
    Scenario,
    Step,
    Target,
)
from core.library import load_library
from core.methods import exact_sum
from core.targets.parts import view_of
from core.targets.status import main_target

NOW = datetime(2026, 2, 1, 9, 0, tzinfo=UTC)
PLANT = Plant("Hillside", "CN", "CN-HE", note="Invented for tests.")
LIBRARY = load_library()
BOTH = ("scope1", "scope2_location")
HALF = Target("t1", "Half by 2030", "near_term", BOTH, 2023, 2030, Decimal(50), "own")
GREEN = Target("t2", "Renewable", "renewable", (), 2023, 2027, Decimal(100))
ZERO = Target("t3", "Net zero", "net_zero", (*BOTH, "scope3"), 2023, 2050, Decimal(90), "own")
STEADY = Scenario("s1", "As it is", 2032)


def bill(year: int, kwh: int, first: tuple[int, int] = (1, 1), last: tuple[int, int] = (12, 31)) -> Activity:
    key = f"a{year}{first[0]:02}"
    days = date(year, *first), date(year, *last)
    return Activity(
        key, "Main meter", "purchased_electricity", "electricity", *days, Decimal(kwh), "kWh", evidence=f"E-{key}"
    )


def plant(*more: Record, kwh: tuple[int, ...] = (1_000_000, 900_000)) -> Ledger:
    """Electricity of 2023, 2024 ..."""
    return Ledger.of((PLANT, *(bill(2023 + place, one) for place, one in enumerate(kwh)), *more))


def no_blob(_sha256: str) -> bytes:
    raise AssertionError("no closed year is read")


def gathered(ledger: Ledger, year: int = 2024, **options: object) -> TargetsOf:
    return targets_of(ledger, year, LIBRARY, no_blob, **options)  # type: ignore[arg-type]


def test_an_empty_plant_has_nothing_and_breaks_nothing() -> None:
    found = gathered(Ledger.of((PLANT,)))
    assert (found.status.targets, found.baseline, found.forecast, found.share) == ((), None, None, None)
    assert (simulated(found), compared(found, BOTH), main_target(found.status)) == (None, None, None)
    assert net_zero_year(found.status) is None
    assert found.view == "location"


def test_actual_years_are_the_inventories_of_the_open_years() -> None:
    ledger = plant(HALF)
    found = gathered(ledger)
    [one] = found.status.targets
    for year in (2023, 2024):
        inventory = compile_inventory(ledger, choices_of(ledger.audit(year), year), LIBRARY)
        assert one.actual[year] == exact_sum(inventory.totals.scopes[part] for part in BOTH) > 0
    assert one.gap is not None
    assert one.gap.year == 2024


def test_a_year_with_some_months_is_compared_with_nothing_for_it_would_look_like_a_reduction() -> None:
    ledger = plant(HALF, STEADY, bill(2025, 1000, (1, 1), (3, 31)))
    assert open_years(ledger, 2025) == ((2023, 2024), {2025: 3})
    found = gathered(ledger, 2025)
    assert found.partial == {2025: 3}
    assert sorted(found.status.targets[0].actual) == [2023, 2024]
    assert found.baseline is not None
    assert found.baseline.year == 2024


def test_a_year_after_the_one_that_is_looked_at_is_not_known_yet() -> None:
    found = gathered(plant(HALF, STEADY), 2023)
    assert [one.year for one in found.status.series.years] == [2023]
    assert found.baseline is not None
    assert found.baseline.year == 2023


def test_bills_across_the_new_year_count_in_the_months_they_touch() -> None:
    across = Activity("a1", "M", "purchased_electricity", "electricity", date(2023, 12, 20), date(2024, 1, 20),
                      Decimal(10), "kWh", evidence="E")  # fmt: skip
    assert open_years(Ledger.of((PLANT, across)), 2024) == ((), {2023: 1, 2024: 1})


@given(st.lists(st.integers(1, 12), unique=True), st.integers(2020, 2024))
def test_a_year_is_whole_when_every_month_is_touched(months: list[int], year: int) -> None:
    bills = [bill(year, 10, (month, 1), (month, 28)) for month in months]
    whole, partial = open_years(Ledger.of((PLANT, *bills)), year)
    assert whole == ((year,) if len(months) == 12 else ())
    assert partial == ({year: len(months)} if 0 < len(months) < 12 else {})


def test_inventories_at_hand_are_not_compiled_again() -> None:
    ledger = plant(HALF)
    kept = compile_inventory(ledger, choices_of(None, 2024), LIBRARY)
    assert gathered(ledger, known={2024: kept}).inventories[2024] is kept


def test_a_closed_year_comes_out_of_its_package_and_stays_when_records_change() -> None:
    ledger = plant(HALF, STEADY)
    change, blob = close_year(
        ledger, 2024, LIBRARY, reason="verified", who="Li Na", when=NOW, journal=("0" * 64, 1)
    )  # fmt: skip
    closed = ledger.apply(change.steps)
    before = gathered(ledger)
    altered = closed.apply((Step("activity", "zz", None, replace(bill(2024, 5), id="zz")),))
    found = targets_of(altered, 2024, LIBRARY, lambda _sha256: blob)
    assert found.baseline == before.baseline
    assert [one.origin for one in found.status.series.years] == ["open", "closed"]
    assert found.forecast is not None
    assert before.forecast is not None
    assert found.forecast.years == before.forecast.years


def test_a_damaged_package_is_said_and_the_rest_stands() -> None:
    ledger = plant(HALF, STEADY)
    change, _blob = close_year(ledger, 2024, LIBRARY, reason="ok", who="Li", when=NOW, journal=("0" * 64, 1))
    found = targets_of(ledger.apply(change.steps), 2024, LIBRARY, lambda _sha256: b"no")
    assert [type(one) for one in found.troubles] == [UserError]
    assert found.baseline is None
    assert found.status.targets[0].gap is not None  # the figures of the closing are in the ledger itself


def test_the_forecast_starts_from_the_baseline_and_reaches_the_budget() -> None:
    growing = Driver("d1", "Cars", "production", "car", BOTH, growth=Decimal(10))
    found = gathered(plant(HALF, STEADY, growing))
    assert found.forecast is not None
    series = found.forecast.series(BOTH)
    assert series[2025] == pytest.approx(series[2024] * Decimal("1.1"), abs=Decimal("1e-6"))
    budget = found.status.targets[0].budget
    assert budget is not None
    assert budget.exhausted_forecast is not None
    without = gathered(plant(HALF)).status.targets[0].budget
    assert without is not None
    assert without.exhausted_forecast is None


def test_a_scenario_is_chosen_by_id_and_the_first_one_holds_else() -> None:
    other = replace(STEADY, id="s2", grid_decline=Decimal(10))
    ledger = plant(HALF, other, STEADY)
    first, second = gathered(ledger), gathered(ledger, scenario="s2")
    assert first.scenario == STEADY
    assert second.scenario == other
    assert first.forecast is not None
    assert second.forecast is not None
    assert second.forecast.series(BOTH)[2030] < first.forecast.series(BOTH)[2030]
    with pytest.raises(UserError, match="no scenario") as refused:
        gathered(ledger, scenario="s9")
    assert refused.value.remedy is not None
    assert "s1" in refused.value.remedy.in_language("en")


def test_a_scenario_that_cannot_be_calculated_is_a_trouble_and_not_the_end() -> None:
    found = gathered(plant(HALF, replace(STEADY, grid_table=(("2030", "many"),))))
    assert found.forecast is None
    assert found.status.targets[0].gap is not None
    [trouble] = found.troubles
    assert "As it is" in trouble.text("en")


def test_the_share_of_renewable_electricity_stays_unless_what_is_promised_is_assumed() -> None:
    market = replace(HALF, parts=("scope1", "scope2_market"))
    ledger = plant(market, GREEN, STEADY)
    as_now, promised = gathered(ledger), gathered(ledger, promised=True)
    assert as_now.shares == ()
    assert promised.shares == ((2024, Decimal(0)), (2027, Decimal(100)))
    assert as_now.forecast is not None
    assert promised.forecast is not None
    assert promised.forecast.series(("scope2_market",))[2027] == 0
    assert as_now.forecast.series(("scope2_market",))[2027] > 0
    assert promised.forecast.series(("scope2_location",)) == as_now.forecast.series(("scope2_location",))


def test_key_figures_of_intensity_targets_are_taken_by_year_and_gaps_are_left_out() -> None:
    made = [
        KeyFigure("k1", "production", "piece", date(2023, 1, 1), date(2023, 12, 31), Decimal(100)),
        KeyFigure("k2", "production", "piece", date(2024, 1, 1), date(2024, 6, 30), Decimal(60)),
    ]
    ledger = plant(replace(HALF, intensity="production"), *made)
    assert of_targets(ledger, LIBRARY.units, 2024) == {"production": {2023: Decimal(100)}}
    [one] = gathered(ledger).status.targets
    whole = gathered(plant(HALF)).status.targets[0].actual[2023]
    assert one.actual == {2023: whole / 100}
    assert one.budget is None


def test_the_simulation_is_seeded_and_as_wide_as_the_scenario_says() -> None:
    ledger = plant(HALF, replace(STEADY, draws=100, seed=7))
    one, again = simulated(gathered(ledger), 2026), simulated(gathered(ledger), 2026)
    assert one == again
    assert one is not None
    assert [year.year for year in one.years] == [2024, 2025, 2026]
    band = one.band(2026, "location")
    assert band is not None
    assert one.band(2026, "t1") == band  # all that this plant emits lies in what the target covers
    assert band.p10 < band.p50 < band.p90


def test_scenarios_side_by_side_have_the_first_one_to_be_compared_with() -> None:
    other = replace(STEADY, id="s2", grid_decline=Decimal(10))
    found = compared(gathered(plant(HALF, STEADY, other)), BOTH)
    assert found is not None
    rows = found.of(2030)
    assert [row.scenario for row in rows] == ["s1", "s2"]
    assert rows[0].against_first == 0 > rows[1].against_first


def test_the_main_target_is_the_next_one_in_time_with_a_pathway() -> None:
    def main(*targets: Target, year: int = 2024) -> str:
        found = main_target(gathered(plant(*targets), year).status)
        return "" if found is None else found.target.id

    assert main(ZERO, HALF, GREEN) == "t1"
    assert main(GREEN) == ""
    assert main(replace(HALF, status="withdrawn"), ZERO) == "t3"
    early = replace(HALF, id="t0", year=2024)
    assert main(early, HALF) == "t0"
    blind = replace(HALF, id="t0", base_year=2019, year=2025)  # nothing is known of 2019
    assert main(blind, HALF) == "t1"
    assert main(blind) == "t0"


def test_the_year_of_net_zero_is_the_earliest_that_stands() -> None:
    later = replace(ZERO, id="t4", year=2060)
    assert net_zero_year(gathered(plant(later, ZERO)).status) == 2050
    assert net_zero_year(gathered(plant(later, replace(ZERO, status="withdrawn"))).status) == 2060


def test_a_target_fails_above_its_pathway_in_its_year_or_by_a_rule() -> None:
    def fails(one: Target, kwh: tuple[int, ...] = (1_000_000, 900_000), year: int = 2024) -> bool:
        found = gathered(plant(BasePolicy(2023), one, kwh=kwh), year)
        return failing(found, found.status.targets[0])

    assert not fails(HALF, (1_000_000, 500_000))
    assert fails(HALF, (1_000_000, 1_100_000))
    assert not fails(replace(HALF, status="withdrawn"), (1_000_000, 1_100_000))
    assert fails(replace(HALF, base_year=2019))  # stopped: nothing is known of its base year
    assert not fails(GREEN)  # 0 % three years before its time is no failure yet
    assert fails(replace(GREEN, year=2024))


def test_a_share_is_reached_exactly_or_not_at_all() -> None:
    found = gathered(plant(GREEN))
    assert found.share is not None
    assert reached_share(GREEN, found.share) is False
    assert reached_share(replace(GREEN, reduction=Decimal(0)), found.share) is True
    nearly = replace(found.share, certified=found.share.used - Decimal("0.001"))
    assert reached_share(GREEN, nearly) is False
    assert reached_share(GREEN, replace(nearly, certified=nearly.used)) is True
    assert reached_share(GREEN, None) is None
    assert reached_share(GREEN, replace(nearly, used=Decimal(0))) is None


def test_errors_of_the_review_forbid_a_claim_of_neutrality() -> None:
    claim = Commitment("c1", "Operations", BOTH, 2024, "claimed")
    wrong = replace(bill(2024, 10), id="bad", unit="furlong")
    rules = {one.rule for one in gathered(plant(HALF, claim, wrong)).status.neutrality[0].judged if one.level == "stop"}
    clean = {one.rule for one in gathered(plant(HALF, claim), findings=()).status.neutrality[0].judged}
    assert any("finding" in rule or "incomplete" in rule for rule in rules - clean), rules - clean


def test_the_view_is_that_of_the_targets() -> None:
    assert gathered(plant(HALF)).view == view_of(BOTH) == "location"
    assert gathered(plant(replace(HALF, parts=("scope2_market",)))).view == "market"
