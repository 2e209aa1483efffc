"""Concluding is one change: the signed report, the closed year and the locked state, or nothing of it."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from core.audit.checklist import answering, questions
from core.audit.opinion import deciding_opinion
from core.errors import UserError
from core.handover import Conclusion, conclude, concluded, prepare, produce, receive
from core.inventory import choices_of, compile_inventory, read
from core.inventory.closing import opened
from core.ledger import (
    Audit,
    AuditFinding,
    Engagement,
    Evidence,
    Ledger,
    Person,
    Record,
    Sample,
    Step,
    TestSheet,
    canonical,
)
from core.library import load_library
from core.signing import Identity, Trust
from tests.core.handover.conftest import NOW, ledger

LIBRARY = load_library()
DAY = date(2025, 1, 20)
JOURNAL = ("ab" * 32, 7)
IDS = ("a00001", "a00002", "a00003")
BILLS = b"%PDF-1.7 the bills"
PROOF = Evidence(
    "e00001", "bills.pdf", "bill", hashlib.sha256(BILLS).hexdigest(), len(BILLS), "application/pdf", activities=IDS
)
BLOBS = {PROOF.sha256: BILLS}
IN_REVIEW: tuple[Record, ...] = (
    Person("pe1", "Li Na", ("team_lead",)),
    Person("pe2", "Wang Fang", ("reviewer",)),
    Engagement(
        "2024", "Client", "Hillside", "Verify.", "Scopes 1 and 2.", team=("pe1",), reviewer="pe2", state="review"
    ),
    Sample("sa1", 2024, "All", "all", (), 3, "", "0" * 64, IDS),
    PROOF,
    *(TestSheet(f"te{n}", 2024, key, "traced", "agrees", "pe1", DAY) for n, key in enumerate(IDS)),
)


def reviewed(*more: Record, answer: str = "yes") -> Ledger:
    """An audit that only waits for its conclusion."""
    held = ledger(*IN_REVIEW, *more)
    inventory = compile_inventory(held, choices_of(None, 2024), LIBRARY)
    held = held.apply(deciding_opinion(held, inventory, 2024, "unmodified", "", "", "pe1", DAY).steps)
    for one in questions():
        held = held.apply(answering(held, 2024, one.key, answer, "Looked at.", "pe2").steps)
    return held


def conclusion_of(held: Ledger, *kept: bytes) -> Conclusion:
    blobs = BLOBS | {hashlib.sha256(one).hexdigest(): one for one in kept}
    return conclude(held, 2024, LIBRARY, language="en", who="Li Na", when=NOW, journal=JOURNAL, blob=blobs.__getitem__)


def test_everything_happens_in_one_change(auditor: Identity, trust: Trust) -> None:
    held = reviewed()
    made = conclusion_of(held)
    pdf = produce(made.draft, auditor)
    change = concluded(held, made, "Li Na", NOW)
    after = held.apply(change.steps)
    engagement, audit, closing = after.engagement(2024), after.audit(2024), after.closing(2024)
    assert engagement is not None
    assert audit is not None
    assert closing is not None
    assert (engagement.state, engagement.concluded, engagement.package) == (
        "concluded",
        "2025-02-01",
        made.draft.sha256,
    )
    assert (audit.revision, audit.previous) == (1, made.draft.sha256)
    assert (
        opened(closing, made.package).inventory.totals
        == compile_inventory(held, choices_of(None, 2024), LIBRARY).totals
    )
    receipt = receive(pdf, trust, LIBRARY, NOW)
    assert receipt.package is not None
    assert receipt.equal, receipt.reason
    assert receipt.rebuilt == "equal"
    assert receipt.verification.attachments["e00001-bills.pdf"] == BILLS, "what was sampled travels with its proof"
    assert receipt.package.ledger.engagement(2024) == replace(engagement, package="")


def test_a_report_of_an_audited_year_is_signed_in_no_other_way(auditor: Identity) -> None:
    for held in (reviewed(), ledger(*IN_REVIEW)):
        draft = prepare(held, 2024, LIBRARY, language="en", issued_by="Li Na", when=NOW, journal=JOURNAL, carry=False)
        assert produce(draft, None).startswith(b"%PDF")
        with pytest.raises(UserError, match="signed once, when the audit is concluded"):
            produce(draft, auditor)


@pytest.mark.parametrize("state", ["draft", "prepared", "verification", "findings", "concluded", "reopened"])
def test_only_what_is_in_review_is_concluded(state: str) -> None:
    held = reviewed()
    before = held.engagement(2024)
    assert before is not None
    other = held.apply([Step("engagement", "2024", before, replace(before, state=state))])
    with pytest.raises(UserError, match="not in independent review"):
        conclusion_of(other)


def test_the_reviewer_has_the_last_word() -> None:
    with pytest.raises(UserError, match="has not answered"):
        conclusion_of(ledger(*IN_REVIEW))
    with pytest.raises(UserError, match="said no"):
        conclusion_of(reviewed(answer="no"))


def test_no_conclusion_without_an_opinion_that_still_fits() -> None:
    held = reviewed()
    opinion = held.get("opinion", "2024")
    with pytest.raises(UserError, match="No opinion on 2024"):
        conclusion_of(held.apply([Step("opinion", "2024", opinion, None)]))
    wrong = AuditFinding(
        "fi1", 2024, "misstatement", "Bill", "Wrong", DAY, "pe1", activities=IDS[:1], effect=held_tonnes(held),
        status="closed", treatment="uncorrected",
    )  # fmt: skip
    with pytest.raises(UserError, match="no longer rests on what the ledger says"):
        conclusion_of(held.apply([Step("finding", "fi1", None, wrong)]))


def held_tonnes(held: Ledger) -> Decimal:
    return compile_inventory(held, choices_of(None, 2024), LIBRARY).totals.market


def test_a_year_that_is_opened_again_gets_a_new_closing_that_names_the_old_one() -> None:
    held = reviewed(Audit("2024", date(2024, 1, 1), date(2024, 12, 31), preparer="Li Na"))
    before = conclusion_of(held)
    held = held.apply(concluded(held, before, "Li Na", NOW).steps)
    first, engagement = held.closing(2024), held.engagement(2024)
    assert first is not None
    assert engagement is not None
    again = replace(engagement, state="review", number=2)
    bill = held.activities[0]
    held = held.apply(
        [
            Step("engagement", "2024", engagement, again),
            Step("activity", bill.id, bill, replace(bill, quantity=bill.quantity + 1)),
        ]
    )
    made = conclusion_of(held, before.package)
    after = held.apply(concluded(held, made, "Li Na", NOW).steps)
    second, audit = after.closing(2024), after.audit(2024)
    assert second is not None
    assert audit is not None
    assert (second.revision, second.previous) == (2, first.sha256)
    assert audit.revision == 2
    stated = read(canonical(dict(made.draft.package)))
    assert stated.audit.previous == engagement.package
    (changed,) = stated.comparisons
    assert (changed.year, changed.sha256) == ("2024", first.sha256), "what changed since is named"
    assert stated.ledger.engagement(2024) == replace(again, state="concluded", concluded="2025-02-01")
