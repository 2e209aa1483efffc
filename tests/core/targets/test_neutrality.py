"""What may be said of neutrality, and what forbids more: each rule speaks in one example and is silent in another."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.i18n import T
from core.inventory import Choices, Inventory, compile_inventory, year_of
from core.ledger import AuditFinding, Commitment, Ledger, Record, RuleValue
from core.library import load_library
from core.methods import Finding
from core.targets.credits import credit_ledger
from core.targets.neutrality import STATES, NeutralityJudgement, judge_neutrality, neutrality_rules
from core.targets.neutrality_checks import CHECKS
from core.targets.series import actuals
from tests.core.samples import activity
from tests.core.targets.plans import PLANT, POLICY, closing, commitment, credit, each, ledger, rules, scopes, target

BEFORE = closing(2020, **scopes(600, 400))
NOW = closing(2027, **scopes(60, 300, market=40))
WAY = target(base_year=2020, year=2030, reduction=Decimal(90))
GOOD: tuple[Record, ...] = (POLICY, BEFORE, NOW, WAY, credit())
ERROR = Finding("gaps", "error", "a1", T("A month is missing."), T("Enter it."))


def judged(
    records: Sequence[Record] = GOOD,
    said: Commitment | None = None,
    year: int = 2027,
    inventory: Inventory | None = None,
    findings: Iterable[Finding] = (),
) -> NeutralityJudgement:
    held = ledger(*records)
    found = judge_neutrality(
        said or commitment(), held, actuals(held, [] if inventory is None else [inventory]), year, credit_ledger(held),
        inventory=inventory, findings=findings,
    )  # fmt: skip
    for lang in ("en", "zh"):
        assert all(one.message.in_language(lang) and one.remedy.in_language(lang) for one in found.judged)
    return found


def stops(found: NeutralityJudgement) -> list[str]:
    return [one.removeprefix("neutral_") for one in rules(found.judged, "stop") if one.startswith("neutral_")]


def without(*gone: Record, add: Sequence[Record] = ()) -> list[Record]:
    return [one for one in GOOD if one not in gone] + list(add)


def test_an_honest_claim_holds() -> None:
    found = judged()
    assert (found.attainable, found.stated, found.holds, found.judged) == ("claimed", "claimed", True, ())
    assert each(found.footprint, found.base, found.credits, found.left) == [100, 1000, 100, 0]


CASES: list[tuple[str, str, list[Record], Commitment]] = [
    # rule, furthest state that remains, records, commitment
    ("undeclared", "none", list(GOOD), commitment(declared="soon")),
    ("no_plan", "none", list(GOOD), commitment(plan=())),
    ("no_plan", "none", list(GOOD), commitment(plan=("lost",))),
    ("no_base", "none", without(BEFORE), commitment()),
    ("no_base", "none", without(POLICY, WAY), commitment()),
    ("boundary", "none", list(GOOD), commitment(parts=("scope1",))),
    ("boundary", "none", list(GOOD), commitment(parts=("scope2_market",))),
    ("boundary_unclear", "none", list(GOOD), commitment(parts=("scope1", "scope2_market", "scope2_location"))),
    ("boundary_unclear", "none", list(GOOD), commitment(parts=("scope1", "scope2_market", "scope4"))),
    ("year_unknown", "committed", without(NOW), commitment()),
    ("no_reduction", "committed", without(NOW, add=[closing(2027, **scopes(600, 400))]), commitment()),
    ("credits_alone", "committed", without(NOW, add=[closing(2027, **scopes(700, 400))]), commitment()),
    ("certificates_alone", "committed", without(NOW, add=[closing(2027, **scopes(60, 940, market=40))]), commitment()),
    ("no_target", "committed", without(WAY), commitment()),
    ("no_target", "committed", without(WAY, add=[replace(WAY, status="withdrawn")]), commitment()),
    ("no_target", "committed", without(WAY, add=[replace(WAY, parts=("scope1",))]), commitment()),
    ("behind", "committed", without(NOW, add=[closing(2027, **scopes(400, 300, market=100))]), commitment()),
    ("too_early", "on_path", list(GOOD), commitment(year=2028)),
    ("not_compensated", "on_path", without(credit(), add=[credit(count=99)]), commitment()),
    ("not_compensated", "on_path", without(credit(), add=[credit(retired="")]), commitment()),
    ("credit_stopped", "on_path", without(add=[credit("c2", 1001, 5, beneficiary="Other")]), commitment()),
    ("net_zero_said", "on_path", list(GOOD), commitment(text="Net-zero operations")),
    ("net_zero_said", "on_path", list(GOOD), commitment(text="净零工厂")),
]


@pytest.mark.parametrize(("rule", "left", "records", "said"), CASES, ids=[f"{n}-{c[0]}" for n, c in enumerate(CASES)])
def test_what_forbids_a_claim_is_named(rule: str, left: str, records: list[Record], said: Commitment) -> None:
    found = judged(records, said)
    assert rule in stops(found) and rule not in stops(judged())
    assert (found.attainable, found.holds) == (left, False)
    assert neutrality_rules()[rule].forbids == STATES[STATES.index(left) + 1]


def open_year() -> Inventory:
    bill = activity(start=date(2027, 1, 1), end=date(2027, 12, 31), quantity="1000")
    return compile_inventory(Ledger.of([PLANT, bill]), Choices(year_of(2027)), load_library())


def test_a_year_that_is_not_closed_makes_no_claim() -> None:
    found = judged(without(NOW), inventory=open_year())
    assert stops(found) == ["year_open"] and found.attainable == "on_path"


def test_open_findings_forbid_a_claim() -> None:
    assert stops(judged(findings=[ERROR])) == ["findings_open"]
    assert stops(judged(findings=[replace(ERROR, severity="warning")])) == []


@pytest.mark.parametrize(
    ("status", "year", "expected"),
    [
        ("open", 2027, ["findings_open"]),
        ("answered", 2027, ["findings_open"]),
        ("closed", 2027, []),
        ("open", 2026, []),
    ],
)
def test_findings_of_auditors_forbid_a_claim_until_they_are_closed(status: str, year: int, expected: list[str]) -> None:
    raised = AuditFinding("f1", year, "misstatement", "Bill", "missing", date(2028, 3, 1), "p1", status=status)
    assert stops(judged([*GOOD, raised])) == expected


def test_records_without_a_factor_leave_the_footprint_incomplete() -> None:
    lost = activity(
        "a2",
        item="unobtainium",
        method="stationary_combustion",
        unit="t",
        start=date(2027, 1, 1),
        end=date(2027, 1, 31),
    )
    inventory = compile_inventory(Ledger.of([PLANT, lost]), Choices(year_of(2027)), load_library())
    assert inventory.excluded
    assert "incomplete" in stops(judged(inventory=inventory))
    assert "incomplete" not in stops(judged(inventory=open_year()))


def test_every_rule_is_tried() -> None:
    here = {rule for rule, _, _, _ in CASES} | {"year_open", "findings_open", "incomplete"}
    assert here == set(neutrality_rules())
    assert len(CHECKS) == 8


@pytest.mark.parametrize("rule", neutrality_rules().values(), ids=lambda one: one.key)
def test_every_rule_names_its_source(rule: object) -> None:
    one = neutrality_rules()[rule.key]  # type: ignore[attr-defined]
    assert one.source and one.title.en and one.title.zh and one.forbids in STATES[1:] and one.status


@pytest.mark.parametrize(
    ("stated", "holds", "level"), [("committed", True, "info"), ("on_path", True, "info"), ("claimed", False, "stop")]
)
def test_what_is_not_said_is_not_stopped(stated: str, holds: bool, level: str) -> None:
    found = judged(without(credit()), commitment(stated=stated))
    assert (found.attainable, found.holds) == ("on_path", holds)
    assert rules(found.judged, level) == ["neutral_not_compensated"]


def test_what_stops_a_credit_is_said_with_the_claim() -> None:
    found = judged(without(credit(), add=[credit(retired="")]))
    assert {"credit_not_retired", "neutral_credit_stopped", "neutral_not_compensated"} == set(rules(found.judged))


def test_a_claim_without_sentence_or_report_is_warned_of() -> None:
    found = judged(said=commitment(text="", evidence=()))
    assert rules(found.judged, "warning") == ["neutral_text", "neutral_unproven"] and found.holds
    assert rules(judged(said=commitment(text="", evidence=(), stated="on_path")).judged) == []


def test_an_unknown_state_is_stopped() -> None:
    found = judged(said=commitment(stated="net zero"))
    assert rules(found.judged) == ["neutral_state"] and not found.holds


def test_a_year_on_its_way_is_on_path_before_it_is_neutral() -> None:
    found = judged([POLICY, BEFORE, closing(2024, **scopes(300, 200)), WAY], commitment(stated="on_path"), 2024)
    assert (found.attainable, found.holds) == ("on_path", True)
    assert rules(found.judged, "info") == ["neutral_not_compensated", "neutral_too_early"]


def test_a_location_based_boundary_needs_no_second_look_at_certificates() -> None:
    records = without(NOW, WAY, credit(), add=[closing(2027, **scopes(60, 140)), credit(count=200)])
    records.append(replace(WAY, parts=("scope1", "scope2_location")))
    assert judged(records, commitment(parts=("scope1", "scope2_location"))).judged == ()


def test_how_much_must_be_reduced_first_may_be_changed() -> None:
    change = RuleValue("iso_14068.least_reduction", "95", "own policy")
    found = judged([*GOOD, change])
    assert stops(found) == ["credits_alone", "no_reduction"]
    assert "95 %" in str(next(one.message for one in found.judged if one.rule == "neutral_no_reduction"))
    assert stops(judged([*GOOD, RuleValue("iso_14068.least_reduction", "70", "own policy")])) == ["certificates_alone"]


def test_credits_are_never_taken_off_the_footprint() -> None:
    more = judged(without(credit(), add=[credit(count=500)]))
    assert each(more.footprint, more.credits, more.left) == [100, 500, 0]


@given(st.integers(0, 200), st.integers(0, 1200), st.integers(0, 1200))
def test_credits_open_the_last_step_and_no_other(count: int, direct: int, bought: int) -> None:
    records: list[Record] = [POLICY, BEFORE, closing(2027, **scopes(direct, bought, market=0)), WAY]
    bare = judged(records)
    found = judged([*records, credit(count=count)] if count else records)
    assert STATES.index(bare.attainable) <= STATES.index(found.attainable)
    if found.attainable == "claimed":
        assert count >= direct and bare.attainable in ("on_path", "claimed")
        assert direct + bought < 1000 and direct < 1000
    else:
        assert not found.holds


@given(st.randoms(use_true_random=False))
def test_the_order_of_records_does_not_matter(random: Random) -> None:
    records = [
        *GOOD,
        replace(WAY, id="t2", parts=("scope1",)),
        credit("c2", 5001, 5, retired=""),
        credit("c3", 7001, 9),
    ]
    expected = judged(records)
    random.shuffle(records)
    assert judged(records) == expected
