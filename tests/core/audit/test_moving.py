"""Moves: each obstacle stands in the way until it is gone, and says where it is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from core.audit.checklist import questions
from core.audit.moving import Way, forward, moving, obstacles, standing, ways_on
from core.audit.progress import progress_of
from core.audit.states import STATES
from core.checks import review
from core.errors import RefusedError, UserError
from core.i18n import T
from core.inventory import compile_inventory
from core.ledger import Ledger, Record, ReviewAnswer
from core.library import load_library
from core.methods import Finding
from tests.core.audit.party import (
    AUDITOR,
    FINDING,
    LEAD,
    OPINION,
    PREPARER,
    REVIEWER,
    SAMPLE,
    declaration,
    evidence,
    gone,
    ledger_of,
    ready,
    sheet,
)
from tests.core.samples import CHOICES

DAY = date(2024, 3, 8)
BILLS = [evidence(f"e{n:05}", activities=(f"m{n:02}",), sha256=f"{n:064}") for n in range(1, 13)]
"""Proofs, for a report without them is not signed."""
TESTED: tuple[Record, ...] = (SAMPLE, sheet(AUDITOR), OPINION, *BILLS)


def against(ledger: Ledger, to: str) -> list[str]:
    inventory = compile_inventory(ledger, CHOICES, load_library())
    return [str(text) for text in obstacles(ledger, inventory, review(inventory), 2023, to)]


def move(ledger: Ledger, to: str, who: str, reason: str = "") -> str:
    """The state afterwards."""
    inventory = compile_inventory(ledger, CHOICES, load_library())
    done = moving(ledger, inventory, review(inventory), 2023, to, reason, who, DAY)
    after = ledger.apply(done.steps).engagement(2023)
    assert after is not None
    return after.state


def test_without_data_there_is_nothing_to_hand_over() -> None:
    ledger = ledger_of("draft")
    assert against(ledger, "prepared") == []
    assert move(ledger, "prepared", PREPARER.name) == "prepared"
    empty = ledger.apply([gone(one) for one in ledger.activities])
    assert against(empty, "prepared") == ["There is no activity data for 2023."]


@pytest.mark.parametrize(
    ("changes", "said", "where"),
    [
        ({"client": " "}, "does not say: client", "engagement"),
        ({"objectives": "", "start": ""}, "does not say: objectives, first day on site", "engagement"),
        ({"materiality": Decimal(0)}, "more than 0 %", "engagement"),
        ({"team": ()}, "No team is named", "engagement"),
        ({"team": (AUDITOR.id,)}, "No team is named, with the team lead first", "engagement"),
        ({"reviewer": ""}, "No independent reviewer", "engagement"),
    ],
)
def test_a_verification_begins_with_a_complete_engagement(changes: dict[str, Any], said: str, where: str) -> None:
    ledger = ready("prepared", **changes)
    inventory = compile_inventory(ledger, CHOICES, load_library())
    found = standing(ledger, inventory, (), 2023, "verification")
    assert any(said in str(one.text) and one.where == where for one in found)
    assert against(ready("prepared"), "verification") == []
    assert move(ready("prepared"), "verification", LEAD.name) == "verification"


def test_everybody_who_judges_declares_before() -> None:
    ledger = ledger_of("prepared", declaration(LEAD), declaration(AUDITOR, signature="", evidence="e1"),
                       declaration(REVIEWER, signature=""))  # fmt: skip
    assert against(ledger, "verification") == ["The declaration of independence is missing: Sun Yue."]
    with pytest.raises(RefusedError, match="declaration of independence is missing"):
        move(ledger, "verification", LEAD.name)


def test_findings_are_given_out_when_there_are_some_and_done_when_there_are_none() -> None:
    assert against(ready("verification"), "findings") == ["No finding is open."]
    found = ready("findings", FINDING)
    assert against(ready("verification", FINDING), "findings") == []
    assert against(found, "verification") == ["The finding is open: 2023-01 No bill."]
    closed = ready("findings", replace(FINDING, status="closed", closed_by=LEAD.id, closed="2024-03-08"))
    assert move(closed, "verification", AUDITOR.name) == "verification"


@pytest.mark.parametrize("state", ["verification", "findings", "reopened"])
def test_the_review_begins_when_the_work_is_done(state: str) -> None:
    whole = ready(state, *TESTED)
    assert against(whole, "review") == []
    assert move(whole, "review", LEAD.name) == "review"
    for missing, said in (
        (SAMPLE, "No sample was drawn."),
        (sheet(AUDITOR), "without a test: 1"),
        (OPINION, "No opinion on 2023 was decided."),
        (declaration(LEAD), "declaration of independence is missing: Zhao Min"),
        (BILLS[0], "Errors of the review: 1, first:"),
    ):
        short = whole.apply([gone(missing)])
        assert any(said in text for text in against(short, "review")), said
        with pytest.raises(RefusedError):
            move(short, "review", LEAD.name)
    assert any("finding is open" in text for text in against(ready(state, *TESTED, FINDING), "review"))


def test_the_reviewer_answers_everything_before_the_conclusion() -> None:
    yes = [ReviewAnswer(f"2023:{one.key}", 2023, one.key, "yes", REVIEWER.id) for one in questions()]
    assert against(ready("review", *TESTED, *yes), "concluded") == []
    assert against(ready("review", *TESTED, *yes[1:]), "concluded") == [
        "Questions that the independent reviewer has not answered: 1."
    ]
    no = ready("review", *TESTED, replace(yes[0], answer="no", remark="Not so."), *yes[1:])
    assert any("said no" in text for text in against(no, "concluded"))


def test_nobody_concludes_without_signing() -> None:
    with pytest.raises(RefusedError, match="by signing its report"):
        move(ready("review", *TESTED), "concluded", LEAD.name)


def test_sending_back_and_opening_again_want_a_reason_and_count() -> None:
    with pytest.raises(UserError, match="reason is missing"):
        move(ready("review"), "verification", REVIEWER.name, "  ")
    assert move(ready("review"), "verification", REVIEWER.name, "Two meters were not seen.") == "verification"
    ledger = ready("concluded", concluded="2024-03-09", package="a" * 64)
    inventory = compile_inventory(ledger, CHOICES, load_library())
    done = moving(ledger, inventory, (), 2023, "reopened", " A bill was found. ", LEAD.name, DAY)
    after = ledger.apply(done.steps).engagement(2023)
    assert after is not None
    assert (after.number, after.reason, after.package) == (2, "A bill was found.", "a" * 64)
    assert after.reopened == after.reason, "which a report says that is signed when the reason of the last move is gone"
    assert str(done.why) == "Audit of 2023: Opened again: A bill was found."


def test_a_move_is_refused_to_others_and_to_nobody() -> None:
    with pytest.raises(RefusedError, match="is for: Team lead"):
        move(ready(), "verification", PREPARER.name)
    with pytest.raises(RefusedError, match="not one of the people"):
        move(ready(), "verification", "Somebody")
    with pytest.raises(RefusedError, match="does not go"):
        move(ready(), "review", LEAD.name)
    with pytest.raises(UserError, match="Nobody audits"):
        move(Ledger.of([*ready().activities, ready().plant]), "prepared", PREPARER.name)


def test_ways_say_what_stands_and_whose_they_are() -> None:
    ledger = ledger_of("prepared")
    inventory = compile_inventory(ledger, CHOICES, load_library())

    def seen(who: str) -> dict[str, Way]:
        return {way.move.to: way for way in ways_on(ledger, inventory, (), 2023, who)}

    lead, plant = seen(LEAD.name), seen(PREPARER.name)
    assert not lead["verification"].open and lead["verification"].refused is None and lead["verification"].standing
    assert plant["draft"].open and not lead["draft"].open
    assert "Team lead" in str(plant["verification"].refused)


def test_the_way_forward_leads_to_the_conclusion() -> None:
    steps = {state: move.to for state in STATES if (move := forward(state)) is not None}
    assert steps == {"draft": "prepared", "prepared": "verification", "verification": "review", "findings": "review",
                     "review": "concluded", "reopened": "review"}  # fmt: skip


def test_errors_of_the_review_stop_only_what_ends_in_a_signature() -> None:
    error = Finding("gaps", "error", "m01", T("Wrong."), T("Mend it."))
    ledger = ready("prepared")
    inventory = compile_inventory(ledger, CHOICES, load_library())
    assert obstacles(ledger, inventory, (error,), 2023, "verification") == ()
    assert len(obstacles(ready("review", *TESTED), inventory, (error,), 2023, "concluded")) == 2


def test_progress_counts_what_is_there() -> None:
    ledger = ready("verification", SAMPLE, replace(SAMPLE, id="sa00002", activities=("m01", "m02")), sheet(AUDITOR),
                   FINDING, replace(FINDING, id="fi00002", status="withdrawn"))  # fmt: skip
    inventory = compile_inventory(ledger, CHOICES, load_library())
    counted = progress_of(ledger, inventory, 2023)
    assert (counted.samples, counted.records, counted.untested, counted.tests) == (2, 2, 1, 1)
    assert (counted.findings, counted.open) == (1, 1)
    stricter = min(inventory.totals.location, inventory.totals.market)
    assert counted.materiality == (stricter * 5 / 100).quantize(Decimal("1e-9"))
