"""The register: linked, described, removed, each as one change that can be taken back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from core.errors import UserError
from core.exchange.proofs import attaching, is_named, load_proof, proof_of, registering, releasing
from core.exchange.register import Described, describing, expired, linking, naming, relinking, removing, unlinking
from core.ledger import (
    REFERENCES,
    AuditFinding,
    Communication,
    Evidence,
    KeyFigure,
    Ledger,
    Measure,
    Record,
    Step,
    TestSheet,
)
from tests.core.samples import PLANT, activity

DAY = date(2024, 3, 1)
BILL = Evidence("e00001", "bill.pdf", "bill", "1" * 64, 10, "application/pdf", ("a00001",))
SCAN = Evidence("e00002", "scan.pdf", "other", "2" * 64, 10)
SOURCE = Evidence("e00003", "rows.xlsx", "import", "3" * 64, 10, activities=("a00001", "a00002"))


def ledger(*more: Record) -> Ledger:
    return Ledger.of([PLANT, activity("a00001"), activity("a00002"), BILL, SCAN, SOURCE, *more])


def after(key: str, steps: tuple[Step, ...]) -> Evidence | None:
    (found,) = [step.after for step in steps if step.id == key]
    assert found is None or isinstance(found, Evidence)
    return found


def test_a_file_is_taken_in_without_a_row_and_stays() -> None:
    proof = replace(proof_of("纪要 2024-03.pdf", b"minutes"), start="2024-03-01", end="2024-03-02", note="opening")
    found = registering(ledger(), [proof])
    (step,) = found.steps
    assert step.after == replace(
        Evidence("e00004", "纪要 2024-03.pdf", "minutes", proof.sha256, 7, "application/pdf"),
        start="2024-03-01", end="2024-03-02", note="opening",
    )  # fmt: skip
    assert found.data == (b"minutes",) and "taken into the register" in str(found.why)
    held = ledger().apply(found.steps)
    assert registering(held, [proof]).steps == (), "it is there already"
    assert releasing(held, ["a00001", "a00002"]) == releasing(ledger(), ["a00001", "a00002"]), "it goes with no row"


def test_links_are_added_to_many_and_taken_off_again() -> None:
    why, steps = linking(ledger(), ["e00001", "e00002", "e00001"], ["a00002", "a00001"])
    assert str(why) == "Proofs linked: bill.pdf, scan.pdf; rows: 2"
    assert after("e00001", steps).activities == ("a00001", "a00002")  # type: ignore[union-attr]
    assert after("e00002", steps).activities == ("a00002", "a00001")  # type: ignore[union-attr]
    held = ledger().apply(steps)
    assert linking(held, ["e00001"], ["a00001"])[1] == ()
    _why, steps = unlinking(held, ["e00001", "e00002"], ["a00001", "a00002"])
    left = held.apply(steps)
    assert [one.activities for one in left.evidence[:2]] == [(), ()], "they stay in the register"
    assert unlinking(left, ["e00001"], ["a00001"])[1] == ()


def test_links_are_changed_both_ways_at_once() -> None:
    why, steps = relinking(ledger(), ["e00001", "e00002"], ["a00002"], ["a00001"])
    assert str(why) == "Links of proofs changed: bill.pdf, scan.pdf; rows added: 1, taken off: 1"
    assert [after(key, steps).activities for key in ("e00001", "e00002")] == [("a00002",)] * 2  # type: ignore[union-attr]
    assert relinking(ledger(), ["e00001"], [], [])[1] == ()


def test_what_a_proof_is_can_be_said() -> None:
    said = Described("contract", "2024-01-01", "2024-12-31", "2024-06-30", " signed ")
    why, steps = describing(ledger(), ["e00001"], said)
    assert str(why) == "Proofs described: bill.pdf"
    assert after("e00001", steps) == replace(
        BILL, kind="contract", start="2024-01-01", end="2024-12-31", valid_to="2024-06-30", note="signed"
    )
    held = ledger().apply(steps)
    assert describing(held, ["e00001"], said)[1] == ()
    _why, steps = describing(held, ["e00001"], Described(valid_to=""))
    assert after("e00001", steps) == replace(held.evidence[0], valid_to=""), "the rest stays"


@pytest.mark.parametrize(
    ("said", "why"),
    [
        (Described(kind="import"), "not a kind of proof"),
        (Described(kind="receipt"), "not a kind of proof"),
        (Described(start="spring"), "not a date"),
        (Described(start="2024-02-01", end="2024-01-31"), "ends before it begins"),
        (Described(note="x" * 2001), "more than 2000"),
    ],
)
def test_what_cannot_be_said_is_refused(said: Described, why: str) -> None:
    with pytest.raises(UserError, match=why):
        describing(ledger(), ["e00001"], said)


def test_a_proof_goes_with_its_links_but_not_when_something_names_it() -> None:
    why, steps = removing(ledger(), ["e00001", "e00002"])
    assert str(why) == "Proofs removed: bill.pdf, scan.pdf" and [s.after for s in steps] == [None, None]
    sheet = TestSheet("t00001", 2024, "a00001", "traced", "agrees", "pe00001", DAY, evidence=("e00001",))
    with pytest.raises(UserError, match=r"“bill\.pdf” is named by: t00001"):
        removing(ledger(sheet), ["e00002", "e00001"])
    assert len(removing(ledger(sheet), ["e00002"])[1]) == 1


def test_the_file_that_rows_came_from_is_left_alone() -> None:
    acts: tuple[Callable[[], object], ...] = (
        lambda: linking(ledger(), ["e00003"], ["a00001"]),
        lambda: unlinking(ledger(), ["e00003"], ["a00001"]),
        lambda: describing(ledger(), ["e00003"], Described(note="x")),
        lambda: removing(ledger(), ["e00003"]),
    )
    for act in acts:
        with pytest.raises(UserError, match=r"“rows\.xlsx” is the file that rows were imported from"):
            act()


def test_unknown_proofs_and_rows_are_named() -> None:
    with pytest.raises(UserError, match="e00009"):
        linking(ledger(), ["e00009"], ["a00001"])
    with pytest.raises(UserError, match="a00009"):
        linking(ledger(), ["e00001"], ["a00009"])
    with pytest.raises(UserError, match="No proof was chosen"):
        removing(ledger(), [])
    with pytest.raises(UserError, match="No row was chosen"):
        attaching(ledger(), [proof_of("x.pdf", b"x")], [])


NAMING: list[Record] = [
    TestSheet("x", 2024, "a00001", "traced", "agrees", "pe1", DAY, evidence=("e00002",)),
    AuditFinding("x", 2024, "misstatement", "t", "d", DAY, "pe1", proof=("e00002",)),
    AuditFinding("x", 2024, "misstatement", "t", "d", DAY, "pe1", evidence=("e00002",)),
    Communication("x", 2024, DAY, "closing_meeting", "s", "t", evidence=("e00002",)),
    KeyFigure("x", "production", "pcs", DAY, DAY, Decimal(1), evidence="e00002"),
    Measure("x", "LED", "lighting", DAY, DAY, "electricity", evidence=("e00002",)),
]


@pytest.mark.parametrize("record", NAMING, ids=lambda r: type(r).__name__)
def test_whatever_names_a_proof_holds_it(record: Record) -> None:
    held = ledger(record)
    assert is_named(held, "e00002") and not is_named(held, "e00002", but=record)
    assert naming(held) == {"e00002": ("x",)}
    with pytest.raises(UserError, match="is named by: x"):
        removing(held, ["e00002"])
    linked = held.apply(linking(held, ["e00002"], ["a00002"])[1])
    (step,) = [one for one in releasing(linked, ["a00002"]) if one.id == "e00002"]
    assert step.after == SCAN, "let go of its row, and kept"


def test_every_kind_of_record_that_can_name_a_proof_is_asked() -> None:
    kinds = {kind for kind, fields in REFERENCES.items() if "evidence" in fields.values()}
    assert {"factor", "measure", "test", "finding", "declaration", "communication"} <= kinds


def test_a_proof_expires_after_its_last_day() -> None:
    until = replace(BILL, valid_to="2024-06-30")
    assert not expired(until, date(2024, 6, 30)) and expired(until, date(2024, 7, 1))
    assert not expired(BILL, date(2999, 1, 1))


def test_a_large_file_is_looked_at_in_pieces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.blob.PIECE", 1000)
    file = tmp_path / "film of the walk.mp4"
    file.write_bytes(b"x" * 10_500)
    told: list[int] = []
    proof = load_proof(file, watch=told.append)
    assert (proof.size, proof.media_type) == (10_500, "video/mp4") and len(told) == 11
    assert not isinstance(proof.data, bytes), "its bytes stay on the disk until it is kept"
