"""Words that no list has and numbers that are none are refused by name."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from core.audit.wellformed import check, check_all
from core.errors import UserError
from core.ledger import Action, AuditFinding, Engagement, Person, Record, RiskAssessment, Sample, Target, TestSheet
from tests.core.samples import PLANT, activity

DAY = date(2024, 3, 1)
GOOD: tuple[Record, ...] = (
    PLANT,
    activity(),
    Person("pe1", "Li Na", ("auditor", "team_lead")),
    Engagement("2024", "Client", "Site", "Verify", "All", scope_materiality=(("scope1", "2.5"),)),
    RiskAssessment("2024:Boiler", 2024, "Boiler", "high", "low", "Old meter"),
    Sample("sa1", 2024, "First", "random", (), 3, "1e9 seeds", "0" * 64, ("a1",), settings=(("confidence", "95"),)),
    TestSheet("te1", 2024, "a1", "traced", "agrees", "pe1", DAY),
    AuditFinding("fi1", 2024, "misstatement", "Bill", "Wrong", DAY, "pe1"),
    Target("ta1", "Half", "own", ("scope1",), 2024, 2030, Decimal(50)),
    Action("ac1", "LED", "energy_efficiency", "scope1", DAY, 9999),
)
BAD = (
    (2, {"roles": ("king",)}),
    (3, {"state": "finished"}),
    (3, {"assurance": "absolute"}),
    (3, {"carries": "some"}),
    (3, {"materiality": Decimal(0)}),
    (3, {"materiality": Decimal(101)}),
    (3, {"scope_materiality": (("scope9", "5"),)}),
    (3, {"scope_materiality": (("scope1", "1E+999999"),)}),
    (3, {"scope_materiality": (("scope1", "NaN"),)}),
    (4, {"inherent": "none"}),
    (5, {"method": "dice"}),
    (8, {"year": 10**9}),
    (8, {"base_year": -1}),
    (9, {"life": 10_000}),
    (5, {"settings": (("interval", "1E+999999"),)}),
    (5, {"settings": (("interval", "Infinity"),)}),
    (6, {"procedure": "guessed"}),
    (6, {"result": "perhaps"}),
    (7, {"kind": "crime"}),
    (7, {"status": "forgotten"}),
    (7, {"treatment": "ignored"}),
)


def test_what_the_program_writes_is_well_formed() -> None:
    check_all(GOOD)


@pytest.mark.parametrize(("which", "change"), BAD)
def test_anything_else_is_named(which: int, change: dict[str, object]) -> None:
    record = replace(GOOD[which], **change)  # type: ignore[arg-type]
    with pytest.raises(UserError, match=record.id) as refusal:
        check(record)
    assert next(iter(change)) in str(refusal.value.message) or "interval" in str(refusal.value.message)
