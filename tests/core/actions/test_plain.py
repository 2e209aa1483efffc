"""Plain values: ready for JSON, numbers with all their digits, sentences in the language asked for."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

from core.actions import (
    Ahead,
    abatement_curve,
    follow,
    judge_actions,
    select,
    timeline_of,
)
from core.actions.plain import (
    curve_to_plain,
    followed_to_plain,
    judged_to_plain,
    selection_to_plain,
    timeline_to_plain,
)
from core.ledger import Ledger, Milestone
from tests.core.actions.plans import BASELINE, NOW, action, in_tonnes
from tests.core.samples import PLANT
from tests.core.savings.measures import saving

GREEN = Ahead(2024, share=((2024, Decimal(0)), (2027, Decimal(100))))
PLANS = [action(capex=1000, saving=500, currency="CNY"), in_tonnes(capex=10, currency="CNY")]


def test_the_curve() -> None:
    found = curve_to_plain(abatement_curve(PLANS, BASELINE, GREEN, 2027, "market"))
    bars = found["bars"]
    assert isinstance(bars, list)
    assert [bar["cost_per_tonne"] for bar in bars] == ["0.15", None]
    assert bars[1]["reason"].startswith("Electricity is 100 % renewable") and bars[0]["reason"] == ""
    assert (found["total_t"], found["view"], found["currency"]) == ("10", "market", "CNY")
    left = curve_to_plain(abatement_curve([action(capex=1)], BASELINE, NOW, 2027))
    assert left["beside"] == [{"action": "a", "name": "Action a", "reason": "Its cost has no currency."}]


def test_the_selection() -> None:
    found = selection_to_plain(select(Decimal(1000), PLANS, BASELINE, NOW, 2027))
    assert found["chosen"] == [{"action": "a", "name": "Action a", "capex": "1000"}]
    assert (found["tonnes"], found["cost"], found["left"], found["exact"]) == ("60", "1000", "0", True)


def test_the_timeline() -> None:
    step = Milestone("m", "a", "Order", date(2024, 5, 1))
    (row,) = timeline_to_plain(timeline_of(Ledger.of([PLANT, PLANS[0], step]), date(2024, 6, 1)))
    assert (row["begin"], row["start"], row["full"], row["end"]) == (
        "2024-05-01", "2025-01-01", "2025-01-01", "2034-12-31",
    )  # fmt: skip
    assert row["milestones"] == [{"id": "m", "name": "Order", "day": "2024-05-01", "state": "late"}]
    assert row["reached_percent"] == "0" and row["area_name"] == "Energy efficiency"


def test_planned_and_measured() -> None:
    plan = action(start=date(2024, 1, 1), measure="s1", energy=114_000)
    done, none = followed_to_plain(tuple(follow(one, [saving("lighting")], BASELINE) for one in (plan, PLANS[1])))
    assert (done["state"], done["percent"], none["state"], none["percent"]) == ("measured", "80", "none", None)
    assert done["years"][0]["measured_kwh"] == "91200"  # type: ignore[index]
    lost = followed_to_plain((follow(replace(plan, measure="s9"), [], BASELINE),))
    assert lost[0]["reason"] == "The measure s9 does not exist."


def test_what_is_wrong() -> None:
    (one,) = judged_to_plain(judge_actions(Ledger.of([PLANT, replace(PLANS[0], status="idea", owner="",
                             start=date(2027, 1, 1))]), BASELINE, date(2026, 1, 1)))  # fmt: skip
    assert one == {
        "rule": "action_owner", "level": "info", "action": "a", "message": "“Action a” has no owner.",
        "remedy": "Enter who answers for it.",
    }  # fmt: skip


def test_all_of_it_is_json() -> None:
    everything = [
        curve_to_plain(abatement_curve(PLANS, BASELINE, NOW, 2030)),
        selection_to_plain(select(Decimal(5), PLANS, BASELINE, NOW, 2030)),
    ]  # fmt: skip
    assert json.loads(json.dumps(everything)) == everything
