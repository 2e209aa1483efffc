"""Coverage by class of proof: every tonne in exactly one class, and equal to what the inventory says of its proofs."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.audit.coverage import TITLES, WAIVED, Coverage, coverage, waived
from core.checks import dismissal, review
from core.inventory import Choices, Inventory, Period, compile_inventory
from core.inventory.evidence import CLASSES, KEPT, NOTHING, NUMBER, evidence_coverage
from core.ledger import Activity, Audit, Evidence, Ledger, Record
from core.library import load_library
from tests.core.checks.examples import ENGAGED, file, gas, of
from tests.core.samples import activity, ledgers, month

RULE = "required_evidence"


def covered(*records: Record) -> Coverage:
    inventory = of(*records)()
    return coverage(inventory, review(inventory))


def shares(*records: Record) -> dict[str, Decimal]:
    return {one.key: round(one.percent, 3) for one in covered(*records).classes["location"]}


def four(**fields: object) -> list[Activity]:
    """Four bills of the same size at four meters."""
    return [activity(f"a{n}", source=f"Meter {n}", evidence="", **{**month(n), **fields}) for n in (1, 2, 3, 4)]


def test_every_class_has_its_share() -> None:
    rows = four()
    rows[3] = replace(rows[3], evidence="B-4")
    found = shares(*rows, file("bill", "a1"), file("laboratory", "a2", key="l"))
    assert found == {"bill": 25, "laboratory": 25, NUMBER: 25, NOTHING: 25}
    assert list(found) == [key for key in TITLES if key in found], "strongest first"


def test_the_strongest_proof_counts_and_some_prove_nothing() -> None:
    proofs = [file(kind, "a1", key=kind) for kind in ("other", "contract", "meter_photo")]
    assert shares(*four(), *proofs)["meter_photo"] == 25 and "contract" not in shares(*four(), *proofs)
    assert shares(*four(), file("calibration", "a1"), file("import", "a1", key="i")) == {NOTHING: 100}
    strange = replace(file("bill", "a1"), kind="receipt")
    assert shares(*four(), strange) == {"other": 25, NOTHING: 75}, "of a later program"


def test_a_waiver_is_a_class_of_its_own_with_its_reason() -> None:
    records: list[Record] = [activity("a1", evidence="B-1"), gas("g", evidence=""), ENGAGED]
    inventory = of(*records)()
    findings = [f for f in review(inventory) if f.rule == RULE]
    assert len(findings) == 2
    judged = dismissal(next(f for f in findings if f.subject == "g"), 2023, "Archive burnt.")
    found = covered(*records, judged)
    assert found.waivers == {"g": "Archive burnt."}
    assert [one.key for one in found.classes["location"]] == [NUMBER, WAIVED]
    reasons = {one.activity.id: (one.proof, one.reason) for one in found.unproven}
    assert reasons == {"a1": (NUMBER, ""), "g": (WAIVED, "Archive burnt.")}
    kept = covered(*records, judged, file("bill", "g"))
    assert kept.waivers == {} and "bill" in {one.key for one in kept.classes["location"]}


def test_a_waiver_of_other_facts_waives_nothing() -> None:
    inventory = of(activity(), ENGAGED)()
    (finding,) = [f for f in review(inventory) if f.rule == RULE]
    judged = dismissal(finding, 2023, "Lost.")
    more = of(activity(), activity("a2", **month(2)), ENGAGED, judged)()
    assert waived(more, review(more)) == {}
    assert waived(of(activity(), judged)(), review(of(activity(), judged)())) == {}, "nobody audits"


def test_what_has_none_is_ranked_by_tonnes() -> None:
    found = covered(activity("small", quantity=10), activity("large", source="Other", quantity=1000))
    assert [one.activity.id for one in found.unproven] == ["large", "small"]
    assert round(sum(one.percent for one in found.unproven), 6) == 100
    assert found.kept == {"location": 0, "market": 0}


@pytest.mark.parametrize("view", ["location", "market"])
@given(drawn=ledgers(), kinds=st.lists(st.sampled_from((*CLASSES, "import")), max_size=3))
def test_every_tonne_is_in_one_class_and_the_inventory_agrees(
    view: str, drawn: tuple[Ledger, Audit], kinds: list[str]
) -> None:
    held, audit = drawn
    ids = tuple(a.id for a in held.activities)
    more = [Evidence(f"x{n}", "f", kind, "0", 1, activities=ids[n:]) for n, kind in enumerate(kinds)]
    records = [r for kind in held.records.values() for r in kind.values()]
    choices = Choices(Period(date(2023, 1, 1), date(2023, 12, 31)), audit.gwp_set, audit.policy)
    inventory: Inventory = compile_inventory(Ledger.of([*records, *more]), choices, load_library())
    found, known = coverage(inventory, ()), evidence_coverage(inventory).totals[view]
    by_key = {one.key: one.tonnes for one in found.classes[view]}
    assert set(by_key) <= set(TITLES)
    assert sum((by_key.get(kind, Decimal(0)) for kind in CLASSES), Decimal(0)) == known.kept
    assert (by_key.get(NUMBER, 0), by_key.get(NOTHING, 0)) == (known.number, known.nothing)
    if known.total:
        assert round(sum(one.percent for one in found.classes[view]), 9) == 100
        assert round(found.kept[view], 9) == round(known.percent(known.kept), 9)
    assert KEPT not in by_key
