"""Everything about a plant's targets at once, and as JSON."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from decimal import Decimal

import pytest

import core.targets
from core.inventory import Choices, compile_inventory
from core.ledger import BasePolicy, Ledger, Record
from core.library import load_library
from core.targets.plain import number, status_to_plain
from core.targets.status import TargetsStatus, targets_status
from tests.core.samples import YEAR, activity
from tests.core.targets.plans import (
    PLANT,
    POLICY,
    closing,
    commitment,
    credit,
    each,
    ledger,
    rules,
    scopes,
    target,
    trigger,
)

RECORDS: tuple[Record, ...] = (
    POLICY,
    closing(2020, **scopes(600, 400, 100)),
    closing(2024, **scopes(500, 380, 100, 300)),
    target("b", parts=("scope1", "scope2_market"), evidence=()),
    target("a", kind="net_zero", year=2050, reduction=Decimal(90), parts=("scope1", "scope2_market", "scope3")),
    target("c", kind="renewable", parts=(), year=2027, reduction=Decimal(100)),
    target("d", intensity="production", ruleset="own", kind="own", year=2031),
    commitment(stated="committed"),
    credit(),
    trigger("r1", {"2020 scope1": 10}),
)
FIGURES = {"production": {2020: Decimal(500), 2024: Decimal(1000)}}


def status(*records: Record, year: int = 2024) -> TargetsStatus:
    return targets_status(ledger(*(records or RECORDS)), [], year, figures=FIGURES)


def test_targets_come_in_the_order_of_their_years() -> None:
    assert [one.target.id for one in status().targets] == ["c", "b", "d", "a"]
    assert status() == status(*reversed(RECORDS))


def test_an_absolute_target_has_pathway_gap_budget_and_coverage() -> None:
    near = status().targets[1]
    assert near.points[0].exact == 1000 and near.points[-1].exact == 580
    assert near.gap is not None and each(near.gap.year, near.gap.allowed, near.gap.actual) == [2024, 832, 800]
    assert near.budget is not None and each(near.budget.until, near.budget.area) == [2024, 7900]
    assert near.coverage is not None and near.coverage.holds
    assert near.ruleset is not None and near.ruleset.key == "sbti_nz_1_3"


def test_an_intensity_is_held_against_its_key_figure() -> None:
    one = status().targets[2]
    assert each(one.actual, one.budget) == [{2020: Decimal(2), 2024: Decimal("0.8")}, None]
    assert one.gap is not None and one.gap.on_track and one.points[0].exact == 2


def test_a_share_of_electricity_has_neither_pathway_nor_gap() -> None:
    one = status().targets[0]
    assert each(one.points, one.gap, one.budget, one.actual) == [(), None, None, {}]


def test_a_target_that_cannot_be_has_no_pathway_and_says_why() -> None:
    one = status(*RECORDS[:3], target(year=2019)).targets[0]
    assert each(one.points, one.gap, one.budget) == [(), None, None] and "target_years" in rules(one.judged, "stop")


def test_years_after_the_one_that_is_looked_at_are_not_used() -> None:
    one = status(*RECORDS[:4], year=2022).targets[0]
    assert one.gap is not None and one.gap.year == 2020
    assert one.budget is not None and one.budget.used == 0


def test_the_base_year_is_that_of_the_view_of_the_targets() -> None:
    found = status().base_year
    assert found is not None and (found.view, found.original, len(found.undecided)) == ("market", Decimal(1100), 1)
    plain = status(POLICY, RECORDS[1]).base_year
    assert plain is not None and plain.view == "location"


def test_the_strictest_rule_set_asks_for_the_threshold() -> None:
    found = status(BasePolicy(2020, Decimal(10)), *RECORDS[1:]).base_year
    assert found is not None and "base_threshold" in rules(found.judged)
    alone = status(BasePolicy(2020, Decimal(10)), RECORDS[1]).base_year
    assert alone is not None and "base_threshold" not in rules(alone.judged)


def test_an_empty_plant_has_a_status() -> None:
    found = targets_status(Ledger.of([PLANT]), [], 2024)
    assert each(found.base_year, found.targets, found.neutrality, found.series.years) == [None, (), (), ()]


def test_open_years_take_part() -> None:
    inventory = compile_inventory(Ledger.of([PLANT, activity()]), Choices(YEAR), load_library())
    found = targets_status(ledger(*RECORDS), [inventory], 2023)
    assert found.series.year(2023) is not None and found.targets[1].gap is not None
    assert found.targets[1].gap.year == 2023


def test_a_forecast_belongs_to_its_target() -> None:
    ahead = {"b": {year: Decimal(4000) for year in range(2025, 2031)}}
    found = targets_status(ledger(*RECORDS), [], 2024, forecast=ahead)
    near, far = found.targets[1].budget, found.targets[3].budget
    assert near is not None and near.exhausted_forecast == 2025
    assert far is not None and far.exhausted_forecast is None


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_json_can_be_read_again_and_has_no_floats(lang: str) -> None:
    told = json.loads(json.dumps(status_to_plain(status(), lang), allow_nan=False), parse_float=pytest.fail)
    near = next(one for one in told["targets"] if one["id"] == "b")
    assert near["pathway"]["2030"] == "580" and near["gap"]["gap"] == "-32" and near["gap"]["on_track"] is True
    assert near["budget"]["area_tco2e"] == "7900"
    assert near["coverage"]["checks"][0]["asked"]["value"] == "95"
    assert near["ruleset"]["parameters"]["rate_scope12"]["source"].startswith("SBTi")
    assert told["base_year"]["triggers"][0]["effect_tco2e"] == "10"
    assert told["series"]["valid"] == "original" and told["series"]["years"][0]["original_tco2e"]["scope1"] == "600"
    assert told["credits"][0]["counts"] is True and told["neutrality"][0]["stated"] == "committed"
    assert all(one["message"] and one["remedy"] for one in near["judged"])


def test_json_of_a_plant_without_anything() -> None:
    told = status_to_plain(targets_status(Ledger.of([PLANT]), [], 2024))
    assert each(told["base_year"], told["targets"], told["credits"], told["neutrality"]) == [None, [], [], []]
    unknown = status_to_plain(status(target(ruleset="sbti_nz_9")))["targets"]
    assert isinstance(unknown, list) and unknown[0]["ruleset"] is None and unknown[0]["pathway"] == {}


def test_numbers_are_plain() -> None:
    assert each(number(Decimal("1E+3")), number(Decimal("-0.5000")), number(None)) == ["1000", "-0.5", None]


def test_the_room_is_light_and_offers_what_it_says() -> None:
    assert all(hasattr(core.targets, name) for name in core.targets.__all__)
    code = "import sys, core.targets; print(*(m for m in sys.modules if m.startswith('core.targets.') or m == 'numpy'))"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == ""


def test_a_withdrawn_target_keeps_its_pathway_but_covers_nothing() -> None:
    gone = status(*RECORDS[:3], replace(target("b"), status="withdrawn")).targets[0]
    assert gone.points and gone.coverage is not None and not gone.coverage.holds
