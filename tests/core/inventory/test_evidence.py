"""How many tonnes rest on proof."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from hypothesis import given, settings

from core.inventory import choices_of, compile_inventory
from core.inventory.evidence import evidence_coverage
from core.ledger import Evidence
from core.library import load_library
from tests.core.samples import activity, compiled, ledgers, month

PROOF = Evidence("e1", "bill.pdf", "bill", "0" * 64, 10, activities=("a1",))
BILLS = [
    activity("a1", quantity=5000),
    activity("a2", quantity=3000, **month(2)),
    activity("a3", quantity=2000, evidence=" ", **month(3)),
]


def test_kept_numbered_nothing() -> None:
    coverage = evidence_coverage(compiled([*BILLS, PROOF]))
    for one in (
        coverage.scopes["scope2_location"],
        coverage.totals["market"],
        coverage.sources["market"]["Main meter"],
    ):
        assert [one.percent(t) for t in (one.kept, one.number, one.nothing)] == [50, 30, 20]


def test_what_is_not_kept_is_ranked() -> None:
    coverage = evidence_coverage(compiled([*BILLS, PROOF]))
    assert [(u.activity.id, u.proof) for u in coverage.unproven] == [("a2", "number"), ("a3", "nothing")]
    assert coverage.unproven[0].tonnes == Decimal("1.9548")  # location is more than market


def test_the_imported_workbook_proves_nothing() -> None:
    proof = Evidence("e1", "bills.xlsx", "import", "0" * 64, 10, activities=("a1", "a2", "a3"))
    assert evidence_coverage(compiled([*BILLS, proof])).totals["location"].kept == 0


def test_nothing_is_covered_by_nothing() -> None:
    coverage = evidence_coverage(compiled([]))
    assert coverage.totals["location"].percent(Decimal(0)) == 0
    assert coverage.unproven == ()


@given(ledgers())
@settings(deadline=None, max_examples=30)
def test_tonnes_are_those_of_the_inventory(made: Any) -> None:
    ledger, audit = made
    inventory = compile_inventory(ledger, choices_of(audit, 2023), load_library())
    coverage = evidence_coverage(inventory)
    for key, total in (("location", inventory.totals.location), ("market", inventory.totals.market)):
        assert coverage.totals[key].total == total  # no credits in these ledgers
        assert sum(one.total for one in coverage.sources[key].values()) == total
    missing = sum(one.number + one.nothing for one in coverage.totals.values())
    assert bool(missing) == bool(coverage.unproven)
