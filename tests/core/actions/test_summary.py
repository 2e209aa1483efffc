"""The plan in a few numbers."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

from core.actions import summary_of, summary_to_plain
from core.actions.measured import Followed, MeasuredYear
from core.actions.summary import money_of
from core.ledger import ActionArea
from core.methods import exact_sum
from tests.core.actions.plans import action, d, in_tonnes
from tests.core.actions.test_situation import gathered, target

START = {"start": date(2024, 1, 1)}
PLAN = (
    action("ac1", energy=10_000, capex=1000, saving=900, currency="CNY", status="running", **START),
    action("ac2", energy=20_000, capex=9000, currency="CNY", status="idea", **START),
    action("ac3", energy=5_000, capex=70, currency="EUR", status="stopped", **START),
    action("ac4", energy=1_000, area="heat", status="planned", excludes=("ac1",), capex=5, currency="CNY", **START),
)


def test_actions_are_counted_by_status_and_area() -> None:
    found = summary_of(gathered(*PLAN, ActionArea("zoo", "Zoo", "Wang")))
    assert dict(found.statuses) == {
        "idea": 1, "planned": 1, "approved": 0, "running": 1, "done": 0, "stopped": 1,
    }  # fmt: skip
    assert list(dict(found.statuses)) == ["idea", "planned", "approved", "running", "done", "stopped"]
    counted = {one.area.key: one.actions for one in found.areas if one.actions}
    assert counted == {"energy_efficiency": 2, "heat": 1}
    assert len(found.areas) == 9 and str(found.areas[-1].area.name) == "Zoo" and found.areas[-1].area.owner == "Wang"


def test_tonnes_of_the_areas_add_up_to_the_plan() -> None:
    situation = gathered(*PLAN, target(), target("t2", "near_term", 2026, 42))
    found = summary_of(situation)
    assert found.year == situation.horizon == 2026
    assert exact_sum(one.saved.location for one in found.areas) == found.planned.location > found.decided.location > 0
    assert found.decided.market < found.decided.location  # part of the electricity is renewable by then
    assert summary_of(situation, 2027).planned.market == 0 < summary_of(situation, 2027).planned.location


def test_money_is_never_added_across_currencies_and_leaves_out_what_cannot_be_done() -> None:
    found = summary_of(gathered(*PLAN)).money
    assert [(one.currency, one.capex, one.actions) for one in found] == [("CNY", Decimal(10_000), 2)]
    both = money_of([*PLAN[:3], in_tonnes("t", capex=3), action("z", capex=1, currency="EUR", life=0)])
    assert [(one.currency, one.capex) for one in both] == [("CNY", Decimal(10_000)), ("EUR", Decimal(70))]
    assert both[1].npv == -70 * (1 - Decimal(0))
    assert money_of([]) == ()


def test_plan_against_measurement_is_weighted_by_the_plan() -> None:
    situation = gathered(*PLAN)
    assert summary_of(situation).percent is None and summary_of(situation).measured == 0
    followed = (
        Followed(PLAN[0], "measured", (MeasuredYear(2024, *d(100, 80, 10, 8)),)),
        Followed(PLAN[1], "measured", (MeasuredYear(2024, *d(300, 300, 30, 30)), MeasuredYear(2025, *d(0, 0, 10, 2)))),
        Followed(PLAN[2], "no_data"),
    )
    found = summary_of(replace(situation, followed=followed))
    assert (found.measured, found.percent) == (2, Decimal(80))


def test_plain_values_can_be_written_as_json() -> None:
    found = summary_of(gathered(*PLAN))
    plain = json.loads(json.dumps(summary_to_plain(found, "zh")))
    assert plain["statuses"]["running"] == 1 and plain["measured_percent"] is None
    assert Decimal(plain["planned_location_t"]) == found.planned.location
    assert plain["money"][0]["currency"] == "CNY" and plain["areas"][2]["name"] == "能效"
