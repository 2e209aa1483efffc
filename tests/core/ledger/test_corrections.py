"""What a finding changed is known from the journal, and the ledger before it can be had again."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

from core.i18n import T
from core.ledger import Change, Ledger, Step, corrections_in, folded, initial, named, named_by, renamed
from core.ledger.journal import change_from_plain, change_to_plain
from tests.core.samples import activity

NOW = datetime(2025, 3, 1, tzinfo=UTC)
WRONG = activity()
RIGHT = replace(WRONG, quantity=WRONG.quantity / 10)


def change(before: object, after: object, because: str = "fi00001") -> Change:
    step = Step("activity", WRONG.id, before, after)  # type: ignore[arg-type]
    return Change("Li Na", NOW, T("Bill corrected"), (step,), because=because)


def test_the_first_value_before_a_finding_is_the_initial_one() -> None:
    again = replace(RIGHT, quantity=Decimal(7))
    found = (*corrections_in(4, change(WRONG, RIGHT)), *corrections_in(5, change(RIGHT, again)))
    ledger = Ledger.of([again])
    (one,) = folded(found, ledger)
    assert (one.before, one.entry, one.finding) == (WRONG, 4, "fi00001")
    assert initial(ledger, found).activities == (WRONG,)


def test_a_finding_that_takes_back_what_another_changed_does_not_pass_for_the_first() -> None:
    found = (*corrections_in(4, change(WRONG, RIGHT)), *corrections_in(5, change(RIGHT, WRONG, "fi00002")))
    ledger = Ledger.of([WRONG])
    assert folded(found, ledger) == ()
    assert initial(ledger, folded(found, ledger)).activities == (WRONG,)


def test_a_change_taken_back_corrects_nothing() -> None:
    found = (*corrections_in(4, change(WRONG, RIGHT)), *corrections_in(5, change(RIGHT, WRONG)))
    assert folded(found, Ledger.of([WRONG])) == ()


def test_a_change_for_its_own_sake_is_no_correction() -> None:
    assert corrections_in(4, change(WRONG, RIGHT, "")) == ()


def test_a_deleted_record_comes_back_in_the_initial_ledger() -> None:
    found = corrections_in(4, change(WRONG, None))
    assert initial(Ledger(), folded(found, Ledger())).activities == (WRONG,)


def test_the_reason_survives_the_journal_and_old_entries_stay_as_they_were() -> None:
    linked = change(WRONG, RIGHT)
    assert change_from_plain(change_to_plain(linked)) == linked
    assert "because" not in change_to_plain(change(WRONG, RIGHT, ""))


def test_references_follow_a_new_name() -> None:
    from core.ledger import Evidence, TestSheet

    proof = Evidence("e1", "bill.pdf", "bill", "0", 1, activities=("a1", "a2"))
    assert renamed(proof, {("activity", "a1"): "a9"}) == replace(proof, activities=("a9", "a2"))
    sheet = TestSheet("te1", 2024, "a1", "traced", "agrees", "pe1", NOW.date(), evidence=("e1",))
    assert named_by([sheet, proof], "activity") == {"a1", "a2"}
    assert list(named(sheet, "sample")) == []
    own = replace(WRONG, parameters=(("factor", "f1"), ("mode", "f1")))
    assert renamed(own, {("factor", "f1"): "f2"}) == replace(own, parameters=(("factor", "f2"), ("mode", "f1")))
