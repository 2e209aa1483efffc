"""Risks of sources: what the data propose and why, what the auditor decides, and how detection risk follows."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.audit.risk import (
    DETECTION,
    LEVELS,
    assessing,
    detection_risk,
    matrix,
    proposed,
    risks_of,
    source_of_setting,
    taking_back,
)
from core.audit.risk_rules import CONTROL, INHERENT, RULES, limits_of
from core.audit.sources import SourceShare
from core.errors import UserError
from core.ledger import Ledger, RiskAssessment
from tests.core.audit.finding_samples import ENGAGEMENT, inventory_of, ledger_of
from tests.core.samples import PLANT, activity, month

FIVE = Decimal(5)
QUIET = SourceShare(
    source="Main meter",
    location=Decimal(100),
    market=Decimal(100),
    tonnes=Decimal(100),
    percent=Decimal(5),
    cumulative=Decimal(5),
    records=12,
    excluded=0,
    estimated_percent=Decimal(0),
    unproven_percent=Decimal(0),
    typed=0,
    last_year=Decimal(100),
    change_percent=Decimal(0),
    calibration="valid",
    calibrated_to="2024-06-30",
    corrections=0,
    planned=True,
    spend_based=False,
)
"""A source as large as materiality, of which there is nothing to fear."""
LOUD: dict[str, tuple[dict[str, Any], str, str]] = {
    "size": ({"percent": Decimal("5.01")}, "medium", "times materiality"),
    "estimated": ({"estimated_percent": Decimal("5.1")}, "medium", "5.1 % of its tonnes are estimated"),
    "spend_based": ({"spend_based": True}, "high", "Money spent"),
    "change": ({"change_percent": Decimal("-20.1")}, "medium", "changed by -20.1 %"),
    "new": ({"last_year": Decimal(0), "change_percent": None}, "medium", "did not exist"),
    "excluded": ({"excluded": 1}, "medium", "no factor covers: 1"),
    "unproven": ({"unproven_percent": Decimal("10.1")}, "medium", "No proof is kept of 10.1 %"),
    "typed": ({"typed": 7}, "medium", "7 of 12"),
    "calibration_expired": ({"calibration": "expired", "calibrated_to": "2023-05-31"}, "high", "2023-05-31"),
    "calibration_unknown": ({"calibration": "unknown"}, "medium", "no calibration is known"),
    "corrected": ({"corrections": 2}, "medium", "corrected: 2"),
    "unplanned": ({"planned": False}, "medium", "management plan"),
}
"""What makes each rule speak, what it proposes, and a part of its reason."""


def test_every_rule_is_tried() -> None:
    assert {rule.key for rule in RULES} == set(LOUD)


def test_a_quiet_source_has_low_risks() -> None:
    found = proposed(QUIET, FIVE)
    assert (found.inherent, found.control, found.hits) == ("low", "low", ())


@pytest.mark.parametrize("key", LOUD)
def test_each_rule_raises_its_own_risk_with_a_reason(key: str) -> None:
    changes, level, part = LOUD[key]
    found = proposed(replace(QUIET, **changes), FIVE)
    (hit,) = found.hits
    assert hit.rule.key == key and hit.level == level and part in str(hit.reason)
    wanted = {INHERENT: "low", CONTROL: "low"} | {hit.rule.of: level}
    assert (found.inherent, found.control) == (wanted[INHERENT], wanted[CONTROL])


@pytest.mark.parametrize(
    ("changes", "level"),
    [
        ({"percent": Decimal("20")}, "medium"),
        ({"percent": Decimal("20.01")}, "high"),
        ({"estimated_percent": Decimal("20.01")}, "high"),
        ({"change_percent": Decimal("50.01")}, "high"),
        ({"unproven_percent": Decimal("50.01")}, "high"),
        ({"corrections": 7}, "high"),
    ],
)
def test_beyond_the_second_limit_a_risk_is_high(changes: dict[str, Any], level: str) -> None:
    (hit,) = proposed(replace(QUIET, **changes), FIVE).hits
    assert hit.level == level


def test_what_cannot_be_material_alone_is_never_high() -> None:
    grave = replace(QUIET, spend_based=True)
    assert proposed(grave, FIVE).inherent == "high"
    small = proposed(replace(grave, percent=Decimal("4.9")), FIVE)
    assert (small.inherent, str(small.small)) == ("medium", "Yet it is 4.9 % of the total only.")
    tiny = proposed(replace(grave, percent=Decimal("0.04")), FIVE)
    assert (tiny.inherent, str(tiny.small)) == ("low", "Yet it is 0.04 % of the total only.")
    assert proposed(replace(QUIET, percent=Decimal("0.04")), FIVE).small is None


def test_of_several_reasons_the_gravest_counts() -> None:
    found = proposed(replace(QUIET, typed=12, calibration="expired"), FIVE)
    assert found.control == "high" and len(found.hits) == 2


def test_limits_stand_in_the_data_file() -> None:
    assert all(limits_of(rule.key) for rule in RULES)
    assert "ours" in source_of_setting("audit_risk").en.lower() or "our choice" in source_of_setting("audit_risk").en
    assert all(source_of_setting(key).zh for key in ("matrix", "weights", "audit_risk", "limits"))


# ---------------------------------------------------------------------- detection


def test_the_matrix_is_that_of_the_standard() -> None:
    """ISA 400, appendix: rows inherent, columns control, high to low."""
    printed = {
        "high": ("lowest", "lower", "medium"),
        "medium": ("lower", "medium", "higher"),
        "low": ("medium", "higher", "highest"),
    }
    for inherent, row in printed.items():
        assert tuple(matrix()[inherent, control] for control in ("high", "medium", "low")) == row


@given(st.sampled_from(["reasonable", "limited"]))
def test_words_and_numbers_of_detection_risk_go_the_same_way(assurance: str) -> None:
    order = list(DETECTION)
    cells = [(order.index(matrix()[cell]), detection_risk(*cell, assurance)) for cell in product(LEVELS, LEVELS)]
    for (place, percent), (other_place, other) in product(cells, cells):
        assert percent is not None and other is not None
        if place < other_place:
            assert percent > other


@pytest.mark.parametrize(("inherent", "control"), list(product(LEVELS, LEVELS)))
def test_the_three_risks_multiply_to_the_audit_risk(inherent: str, control: str) -> None:
    weights = {"low": Decimal(50), "medium": Decimal(60), "high": Decimal(100)}
    found = detection_risk(inherent, control, "reasonable")
    assert found is not None
    assert abs(weights[inherent] * weights[control] * found / 10_000 - 5) < Decimal("1e-25")


def test_limited_assurance_leaves_more_undetected_and_agreed_procedures_say_nothing() -> None:
    for cell in product(LEVELS, LEVELS):
        reasonable, limited = (detection_risk(*cell, assurance) for assurance in ("reasonable", "limited"))
        assert reasonable is not None and limited is not None and limited > reasonable
        assert detection_risk(*cell, "agreed_procedures") is None


# ---------------------------------------------------------------------- a plant


def test_without_a_decision_the_proposal_holds() -> None:
    ledger = ledger_of()
    (found,) = risks_of(ledger, inventory_of(ledger), 2023)
    assert found.decided is None
    assert (found.inherent, found.control) == (found.proposal.inherent, found.proposal.control) == ("high", "high")
    assert found.detection == "lowest" and found.detection_percent == 10 and found.confidence == 90
    reasonable = ledger_of(replace(ENGAGEMENT, assurance="reasonable"))
    assert risks_of(reasonable, inventory_of(reasonable), 2023)[0].confidence == 95


def test_before_the_engagement_risks_are_proposed_and_cannot_be_decided() -> None:
    ledger = Ledger.of([PLANT, activity("a"), activity("b", source="Hall", **month(2))])
    inventory = inventory_of(ledger)
    assert [one.decided for one in risks_of(ledger, inventory, 2023)] == [None, None]
    with pytest.raises(UserError, match="Nobody audits 2023"):
        assessing(ledger, inventory, 2023, "Hall", "low", "low", "quiet")


def test_a_decision_holds_and_is_one_change() -> None:
    ledger = ledger_of()
    made = assessing(
        ledger, inventory_of(ledger), 2023, "Main meter", "medium", "low", "Sealed meter, read by the grid"
    )
    assert "Main meter" in str(made.why) and len(made.steps) == 1
    after = ledger.apply(made.steps)
    (found,) = risks_of(after, inventory_of(after), 2023)
    assert (found.inherent, found.control, found.detection) == ("medium", "low", "higher")
    assert found.decided is not None and found.decided.reason == "Sealed meter, read by the grid"
    back = taking_back(after, 2023, "Main meter")
    assert after.apply(back.steps) == ledger


def test_only_what_differs_from_the_proposal_needs_a_reason() -> None:
    ledger = ledger_of()
    inventory = inventory_of(ledger)
    with pytest.raises(UserError, match="reason is missing"):
        assessing(ledger, inventory, 2023, "Main meter", "low", "low", "  ")
    agreed = assessing(ledger, inventory, 2023, "Main meter", "high", "high")
    assert isinstance(agreed.steps[0].after, RiskAssessment) and agreed.steps[0].after.reason == ""


@pytest.mark.parametrize(
    ("source", "inherent", "reason", "why"),
    [
        ("Nowhere", "low", "x", "no emission source"),
        ("Main meter", "huge", "x", "no level of risk"),
        ("Main meter", "low", "x" * 2001, "longer than"),
    ],
)
def test_what_cannot_be_decided_is_refused(source: str, inherent: str, reason: str, why: str) -> None:
    ledger = ledger_of()
    with pytest.raises(UserError, match=why) as refused:
        assessing(ledger, inventory_of(ledger), 2023, source, inherent, "low", reason)
    assert refused.value.remedy is not None


def test_the_same_decision_twice_is_refused() -> None:
    ledger = ledger_of()
    made = assessing(ledger, inventory_of(ledger), 2023, "Main meter", "low", "low", "x")
    after = ledger.apply(made.steps)
    with pytest.raises(UserError, match="Nothing changes"):
        assessing(after, inventory_of(after), 2023, "Main meter", "low", "low", "x")
    with pytest.raises(UserError, match="Nothing was decided"):
        taking_back(ledger, 2023, "Main meter")


def test_a_decision_of_another_year_says_nothing() -> None:
    ledger = ledger_of(RiskAssessment("2022:Main meter", 2022, "Main meter", "low", "low", "x"))
    assert risks_of(ledger, inventory_of(ledger), 2023)[0].decided is None


def test_a_stricter_materiality_makes_a_source_weigh_more() -> None:
    share = replace(QUIET, percent=Decimal(6))
    levels = [proposed(share, Decimal(m)).inherent for m in (10, 5, 1)]
    assert levels == ["low", "medium", "high"]
