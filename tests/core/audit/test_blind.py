"""Blind re-keying: the value is typed by somebody who has not seen it, and nothing gives it away before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.audit.blind import blind_task, confirms, may_rekey, rekeying
from core.audit.procedures import AGREES, DIFFERS, Applied, Kept
from core.errors import UserError
from core.ledger import Evidence, Ledger, TestSheet
from tests.core.audit.finding_samples import WRONG, inventory_of, ledger_of

DAY = date(2024, 3, 5)
PROOF = Evidence("e00002", "march.pdf", "bill", "1" * 64, 1, activities=(WRONG.id,))


def typed(ledger: Ledger, values: Sequence[str], by: str = "pe00003", authors: Sequence[str] = ("Li Na",)) -> Kept:
    applied = Applied(WRONG.id, "rekeyed", by, DAY, note="bill 17")
    return rekeying(ledger, inventory_of(ledger), 2023, "te00001", applied, [Decimal(v) for v in values], authors)


def test_the_task_tells_everything_but_the_value() -> None:
    imported = Evidence("e00003", "bills.csv", "import", "2" * 64, 1, activities=(WRONG.id,))
    task = blind_task(ledger_of(PROOF, imported), WRONG.id)
    assert (task.source, task.item, task.unit, task.reference) == ("Main meter", "electricity", "kWh", "bill m03")
    assert (task.start, task.end, task.evidence) == (date(2023, 3, 1), date(2023, 3, 31), ("e00002",))
    assert "10000" not in str(asdict(task)), "nor does anything else of it"
    assert "e00003" not in task.evidence, "the file that was imported repeats the value"
    with pytest.raises(UserError, match="does not exist"):
        blind_task(ledger_of(), "a9")


def test_who_typed_the_same_confirms_it() -> None:
    found = typed(ledger_of(), ["10000.0"]).sheet
    assert (found.procedure, found.result, found.found, found.note) == ("rekeyed", AGREES, Decimal(10000), "bill 17")


def test_a_difference_is_typed_twice_before_it_is_kept() -> None:
    ledger = ledger_of()
    with pytest.raises(UserError, match="differs from the record") as caught:
        typed(ledger, ["1000"])
    assert "10000" not in caught.value.text("en").replace(",", ""), "the record stays hidden"
    found = typed(ledger, ["1000", "1000"]).sheet
    assert (found.result, found.found, found.effect) == (DIFFERS, Decimal(1000), Decimal("5.8644"))
    assert found.note == "bill 17", "typed twice the same"


def test_a_slip_of_the_typist_is_told_from_an_error_of_the_plant() -> None:
    found = typed(ledger_of(), ["1001", "1000"]).sheet
    assert (found.found, found.note) == (Decimal(1000), "1001 → 1000; bill 17")
    settled = typed(ledger_of(), ["1000", "10000"]).sheet
    assert (settled.result, settled.note) == (AGREES, "1000 → 10000; bill 17")


def test_what_was_right_at_once_is_not_typed_over() -> None:
    assert typed(ledger_of(), ["10000", "9"]).sheet.found == 10000


def test_whoever_knows_the_value_does_not_type_it() -> None:
    ledger = ledger_of()
    with pytest.raises(UserError, match="entered or changed"):
        typed(ledger, ["10000"], authors=("Zhao Min",))
    with pytest.raises(UserError, match="takes an auditor"):
        typed(ledger, ["10000"], by="pe00001")
    seen = TestSheet("te00009", 2023, WRONG.id, "traced", AGREES, "pe00003", DAY)
    with pytest.raises(UserError, match="knows its value"):
        typed(ledger_of(seen), ["10000"])
    may_rekey(ledger_of(seen), 2023, WRONG.id, "pe00002", ("Li Na",))
    may_rekey(ledger_of(seen), 2023, "m05", "pe00003", ("Li Na",))


@pytest.mark.parametrize("values", [[], ["1", "2", "3"]])
def test_once_or_twice(values: list[str]) -> None:
    with pytest.raises(UserError, match="value found is missing"):
        typed(ledger_of(), values)


@given(st.decimals(0, 10**6, places=2, allow_nan=False))
def test_whether_it_is_the_same_is_all_that_is_told(value: Decimal) -> None:
    assert confirms(ledger_of(), WRONG.id, value) is (value == 10000)
