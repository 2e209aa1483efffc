"""What may be done to a finding, by whom, and what it must say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.audit.areas import ANSWERS, FINDINGS, area_of_step
from core.audit.finding import (
    Answer,
    answering,
    changing,
    finding_named,
    findings_of,
    linking,
    misstates,
    number_of,
    open_findings,
    overdue,
    raising,
    reopening,
    sending_back,
    withdrawing,
)
from core.audit.finding_closing import (
    ClosingWords,
    closing_finding,
    conservative_of,
    left_of,
)
from core.errors import UserError
from core.inventory.judging import Decision
from core.ledger import AuditFinding, Ledger
from tests.core.audit.finding_samples import (
    RIGHT,
    WRONG,
    corrected_by,
    finding,
    inventory_of,
    ledger_of,
)
from tests.core.samples import activity, compiled, month

DAY = date(2024, 4, 1)
INVENTORY = inventory_of(ledger_of())
ANSWER = Answer("Comma read as thousands", "Bill entered again", "Second person compares entries", ("e00001",))


def after(ledger: Ledger, decision: Decision) -> AuditFinding:
    (step,) = decision.steps
    found = ledger.apply(decision.steps).get("finding", step.id)
    assert isinstance(found, AuditFinding)
    return found


def answered(**changes: Any) -> AuditFinding:
    return finding(
        status="answered",
        root_cause="cause",
        correction="entered again",
        corrective_action="compare",
        answered_by="pe00001",
        **changes,
    )


def close(ledger: Ledger, by: str = "pe00003", corrections: Any = (), **words: Any) -> Decision:
    said = {"treatment": "uncorrected", "note": "The plant does not agree.", **words}
    return closing_finding(ledger, inventory_of(ledger), corrections, "fi00001", by, ClosingWords(DAY, **said))


# ---------------------------------------------------------------------- looking


def test_numbers_count_in_the_order_of_raising_whatever_day_was_entered() -> None:
    late, early = finding("fi00002", raised=date(2024, 1, 1)), finding("fi00010")
    ledger = ledger_of(early, late, finding("fi00003", year=2022), finding("fi00001", status="withdrawn"))
    assert [number_of(ledger, one) for one in findings_of(ledger, 2023)] == ["2023-01", "2023-02", "2023-03"]
    assert [one.id for one in findings_of(ledger, 2023)] == ["fi00001", "fi00002", "fi00010"]
    assert finding_named(ledger, "2023-02") is finding_named(ledger, "fi00002") is late
    with pytest.raises(UserError, match="no finding 2023-09"):
        finding_named(ledger, "2023-09")


@given(st.lists(st.sampled_from([2022, 2023]), min_size=1, max_size=12))
def test_raising_more_never_renumbers(years: list[int]) -> None:
    records = [finding(f"fi{place:05}", year=year) for place, year in enumerate(years, 1)]
    whole = ledger_of(*records)
    for end in range(1, len(records)):
        part = ledger_of(*records[:end])
        assert all(number_of(part, one) == number_of(whole, one) for one in records[:end])
    assert len({number_of(whole, one) for one in records}) == len(records)


def test_open_are_those_of_which_something_is_to_be_done() -> None:
    states = ("open", "answered", "closed", "withdrawn")
    ledger = ledger_of(*(finding(f"fi{n:05}", status=state) for n, state in enumerate(states, 1)))
    assert [one.status for one in open_findings(ledger, 2023)] == ["open", "answered"]
    assert open_findings(ledger, 2022) == ()


def test_an_answer_is_late_on_the_day_after_it_was_due() -> None:
    ledger = ledger_of(finding(), finding("fi00002", status="answered"), finding("fi00003", due=""))
    assert overdue(ledger, 2023, date(2024, 3, 15)) == ()
    assert [one.id for one in overdue(ledger, 2023, date(2024, 3, 16))] == ["fi00001"]


def test_what_has_an_effect_misstates_until_it_is_withdrawn() -> None:
    assert misstates(finding()) and misstates(finding(kind="nonconformity"))
    assert misstates(finding(effect=None))
    assert not misstates(finding(kind="nonconformity", effect=None))
    assert not misstates(finding(status="withdrawn"))


# ---------------------------------------------------------------------- raising and changing


def test_raising_keeps_what_was_said_and_nothing_of_an_answer() -> None:
    dirty = answered(title="  Bill  ", activities=(WRONG.id, WRONG.id))
    made = after(ledger_of(), decision := raising(ledger_of(), dirty))
    assert (made.title, made.activities, made.status, made.root_cause) == ("Bill", (WRONG.id,), "open", "")
    assert str(decision.why) == "Finding 2023-01 Bill raised"


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"raised_by": "pe00001"}, "Li Na may not do this: it takes an auditor"),
        ({"raised_by": "pe00009"}, "not one of the people"),
        ({"kind": "rumour"}, "Unknown kind"),
        ({"title": " "}, "title is missing"),
        ({"title": "x" * 201}, "longer than 200"),
        ({"description": ""}, "description is missing"),
        ({"due": "2024-03-01"}, "is due on 2024-03-01"),
        ({"due": "soon"}, "is not a date"),
        ({"effect": None}, "effect of the misstatement is missing"),
        ({"effect": Decimal(0)}, "is not zero"),
        ({"kind": "recommendation"}, "changes no tonnes"),
        ({"projected": True}, "found in a sample"),
        ({"activities": ("a9",)}, "record a9 does not exist"),
        ({"evidence": ("e9",)}, "record e9 does not exist"),
        ({"sample": "sa9"}, "record sa9 does not exist"),
        ({"owner": "pe00002"}, "it takes somebody of the plant"),
        ({"year": 2022}, "Nobody audits 2022"),
    ],
)
def test_raising_refuses(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(UserError, match=message):
        raising(ledger_of(), finding(**changes))


def test_an_id_is_taken_once() -> None:
    with pytest.raises(UserError, match="exists already"):
        raising(ledger_of(finding()), finding())


def test_a_misstatement_without_an_effect_says_so_on_purpose() -> None:
    assert after(ledger_of(), raising(ledger_of(), finding(effect=None), unquantified=True)).effect is None
    with pytest.raises(UserError, match="said to be unknown"):
        raising(ledger_of(), finding(), unquantified=True)
    with pytest.raises(UserError, match="nothing can be projected"):
        raising(ledger_of(), finding(effect=None, projected=True), unquantified=True)


def test_changing_takes_what_the_auditor_states_and_nothing_else() -> None:
    ledger = ledger_of(answered())
    wanted = finding(title="Other", effect=Decimal(-2), root_cause="forged", status="closed", raised=DAY)
    made = after(ledger, changing(ledger, "2023-01", "pe00002", wanted))
    assert (made.title, made.effect) == ("Other", Decimal(-2))
    assert (made.root_cause, made.status, made.raised) == ("cause", "answered", date(2024, 3, 1))
    with pytest.raises(UserError, match="Nothing changes"):
        changing(ledger, "fi00001", "pe00002", finding())
    with pytest.raises(UserError, match="takes an auditor"):
        changing(ledger, "fi00001", "pe00001", wanted)
    closed = ledger_of(finding(status="closed"))
    with pytest.raises(UserError, match="not open any more"):
        changing(closed, "fi00001", "pe00002", wanted)


# ---------------------------------------------------------------------- answering


def test_the_plant_answers_and_may_answer_anew_until_it_is_judged() -> None:
    ledger = ledger_of(finding())
    decision = answering(ledger, "fi00001", "pe00001", ANSWER)
    made = after(ledger, decision)
    assert (made.status, made.answered_by, made.proof) == ("answered", "pe00001", ("e00001",))
    assert area_of_step(decision.steps[0]) == ANSWERS
    again = ledger.apply(decision.steps)
    other = after(again, answering(again, "fi00001", "pe00004", replace(ANSWER, correction="All bills entered again")))
    assert (other.answered_by, other.correction) == ("pe00004", "All bills entered again")


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        (replace(ANSWER, root_cause=" "), "root cause is missing"),
        (replace(ANSWER, correction=""), "correction is missing"),
        (replace(ANSWER, corrective_action=""), "corrective action is missing"),
        (replace(ANSWER, proof=("e9",)), "record e9"),
    ],
)
def test_an_answer_must_say(answer: Answer, message: str) -> None:
    with pytest.raises(UserError, match=message):
        answering(ledger_of(finding()), "fi00001", "pe00001", answer)


def test_auditors_do_not_answer_and_recommendations_need_no_corrective_action() -> None:
    with pytest.raises(UserError, match="somebody of the plant"):
        answering(ledger_of(finding()), "fi00001", "pe00002", ANSWER)
    ledger = ledger_of(finding(kind="recommendation", effect=None))
    made = after(ledger, answering(ledger, "fi00001", "pe00001", Answer("", "We thank you")))
    assert made.status == "answered"


def test_an_answer_that_does_not_do_goes_back_with_a_reason() -> None:
    ledger = ledger_of(answered())
    decision = sending_back(ledger, "fi00001", "pe00002", "The cause is not the cause")
    made = after(ledger, decision)
    assert (made.status, made.closing_note, made.root_cause) == ("open", "The cause is not the cause", "cause")
    assert area_of_step(decision.steps[0]) == FINDINGS
    with pytest.raises(UserError, match="reason is missing"):
        sending_back(ledger, "fi00001", "pe00002", " ")
    with pytest.raises(UserError, match="was not answered"):
        sending_back(ledger_of(finding()), "fi00001", "pe00002", "no")
    own = ledger_of(replace(answered(), answered_by="pe00005"))
    with pytest.raises(UserError, match="may not judge it"):
        sending_back(own, "fi00001", "pe00005", "no")


# ---------------------------------------------------------------------- closing


def test_corrected_needs_a_correction_in_the_journal_and_nothing_left() -> None:
    ledger = ledger_of(answered())
    with pytest.raises(UserError, match="Nothing was corrected"):
        close(ledger, treatment="corrected", note="")
    half, corrections = corrected_by(ledger, (replace(WRONG, quantity=Decimal(4000)), "fi00001"))
    with pytest.raises(UserError, match=r"1\.9548 t CO2e of the 5\.8644 t"):
        close(half, corrections=corrections, treatment="corrected")
    right, corrections = corrected_by(ledger, (RIGHT, "fi00001"))
    decision = close(right, corrections=corrections, treatment="corrected", note="")
    made = after(right, decision)
    assert (made.status, made.treatment, made.closed_by, made.closed) == (
        "closed",
        "corrected",
        "pe00003",
        "2024-04-01",
    )
    assert str(decision.why).endswith("closed: Corrected")


def test_a_correction_for_its_own_sake_or_of_another_finding_does_not_count() -> None:
    ledger = ledger_of(answered(), finding("fi00002"))
    right, corrections = corrected_by(ledger, (RIGHT, "fi00002"))
    with pytest.raises(UserError, match="Nothing was corrected"):
        close(right, corrections=corrections, treatment="corrected")
    alone, none = corrected_by(ledger, (RIGHT, ""))
    with pytest.raises(UserError, match="Nothing was corrected"):
        close(alone, corrections=none, treatment="corrected")


def test_what_is_left_is_judged_in_the_digits_of_the_effect() -> None:
    rounded, sharp = finding(effect=Decimal("5.9")), finding(effect=Decimal("5.90"))
    right, corrections = corrected_by(ledger_of(rounded), (RIGHT, "fi00001"))
    inventory = inventory_of(right)
    assert left_of(right, inventory, corrections, rounded) == 0
    assert left_of(right, inventory, corrections, sharp) == Decimal("0.0356")
    market = finding(effect=Decimal("5.4864"))
    assert left_of(right, inventory, corrections, market) == 0
    assert left_of(right, inventory, corrections, finding(effect=None)) is None


def test_nobody_closes_their_own() -> None:
    ledger = ledger_of(replace(answered(), answered_by="pe00005"))
    with pytest.raises(UserError, match="may not judge it"):
        close(ledger, by="pe00005")
    with pytest.raises(UserError, match="takes an auditor"):
        close(ledger, by="pe00001")
    right, corrections = corrected_by(ledger_of(answered()), (RIGHT, "fi00001"))
    mine = tuple(replace(one, who="Zhao Min") for one in corrections)
    with pytest.raises(UserError, match="Zhao Min corrected the data"):
        close(right, corrections=mine, treatment="corrected")


def test_an_unanswered_finding_closes_only_as_not_corrected() -> None:
    ledger = ledger_of(finding())
    assert after(ledger, close(ledger)).treatment == "uncorrected"
    with pytest.raises(UserError, match="reason is missing"):
        close(ledger, note="")
    right, corrections = corrected_by(ledger, (RIGHT, "fi00001"))
    with pytest.raises(UserError, match="has not answered"):
        close(right, corrections=corrections, treatment="corrected")


def test_other_kinds_close_without_a_treatment() -> None:
    ledger = ledger_of(answered(kind="nonconformity", effect=None))
    made = after(ledger, close(ledger, treatment="", note=""))
    assert (made.status, made.treatment) == ("closed", "")
    with pytest.raises(UserError, match="Only a misstatement"):
        close(ledger, treatment="corrected")
    with pytest.raises(UserError, match="was treated is missing"):
        close(ledger_of(answered()), treatment="")
    asked = ledger_of(finding(kind="recommendation", effect=None))
    assert after(asked, close(asked, treatment="", note="")).status == "closed"
    unanswered = ledger_of(finding(kind="nonconformity", effect=None))
    with pytest.raises(UserError, match="has not answered"):
        close(unanswered, treatment="", note="")


def test_an_estimate_is_never_less_than_what_is_missing() -> None:
    ledger = ledger_of(finding(effect=Decimal(-7)))
    made = after(ledger, close(ledger, treatment="conservative", conservative=Decimal(7)))
    assert (made.treatment, made.conservative) == ("conservative", Decimal(7))
    with pytest.raises(UserError, match=r"estimate of 6\.9 t is less than the 7 t"):
        close(ledger, treatment="conservative", conservative=Decimal("6.9"))
    for wrong in (None, Decimal(0), Decimal(-1), Decimal("NaN")):
        with pytest.raises(UserError, match="adds to the total"):
            close(ledger, treatment="conservative", conservative=wrong)
    with pytest.raises(UserError, match="it is not the treatment"):
        close(ledger, conservative=Decimal(7))
    with pytest.raises(UserError, match="nothing to estimate"):
        close(ledger_of(finding()), treatment="conservative", conservative=Decimal(7))


def test_the_proposal_follows_the_size_of_what_is_missing() -> None:
    inventory = inventory_of(ledger_of())
    assert conservative_of(finding(), inventory).tonnes == 0
    assert conservative_of(finding(effect=Decimal(-7)), inventory).tonnes == 7
    assert conservative_of(finding(effect=Decimal(-7)), inventory, Decimal(-3)).tonnes == 10
    assert conservative_of(finding(effect=Decimal(-7)), inventory, Decimal(9)).tonnes == 0


def test_of_an_unknown_effect_the_highest_day_of_the_year_is_proposed() -> None:
    records = (activity("b1", **month(1), quantity=3100), activity("b2", **month(2), quantity=1400))
    other = activity("b3", **month(3), quantity=99000, source="Other meter")
    inventory = compiled((*records, other))
    unknown = finding(effect=None, activities=("b2",))
    # 100 kWh a day in January; February has 28 days and 1,400 kWh: 1,400 kWh more, at 0.6516 kg/kWh
    assert conservative_of(unknown, inventory).tonnes == Decimal("0.912240000")
    assert conservative_of(replace(unknown, activities=("b1",)), inventory).tonnes == 0
    assert "names no records" in str(conservative_of(replace(unknown, activities=()), inventory).why)


@given(
    st.decimals(-1000, 1000, places=3).filter(bool),
    st.decimals(-1000, 1000, places=3),
)
def test_a_proposal_never_leaves_the_total_too_small(effect: Decimal, beyond: Decimal) -> None:
    proposed = conservative_of(finding(effect=effect), INVENTORY, beyond).tonnes
    assert proposed >= 0
    assert effect + beyond + proposed >= 0


# ---------------------------------------------------------------------- withdrawing and reopening


def test_a_withdrawn_finding_says_why_and_by_whom() -> None:
    ledger = ledger_of(finding())
    made = after(ledger, withdrawing(ledger, "fi00001", "pe00003", DAY, "The bill was the wrong one"))
    assert (made.status, made.closed_by, made.closed) == ("withdrawn", "pe00003", "2024-04-01")
    right, corrections = corrected_by(ledger, (RIGHT, "fi00001"))
    with pytest.raises(UserError, match="cannot be withdrawn"):
        withdrawing(right, "fi00001", "pe00003", DAY, "no", corrections)
    with pytest.raises(UserError, match="reason is missing"):
        withdrawing(ledger, "fi00001", "pe00003", DAY, "")


def test_reopening_forgets_the_closing_and_keeps_the_answer() -> None:
    closed = replace(
        answered(), status="closed", treatment="conservative", conservative=Decimal(1), closed="2024-04-01"
    )
    ledger = ledger_of(closed)
    made = after(ledger, reopening(ledger, "fi00001", "pe00002", "It came again"))
    assert (made.status, made.treatment, made.conservative, made.closed) == ("open", "", None, "")
    assert (made.root_cause, made.closing_note) == ("cause", "It came again")
    with pytest.raises(UserError, match="is open"):
        reopening(ledger_of(finding()), "fi00001", "pe00002", "why")


def test_files_are_linked_by_each_side_as_its_own() -> None:
    ledger = ledger_of(finding(evidence=()))
    shown = linking(ledger, "fi00001", "pe00002", ["e00001"], proof=False)
    assert after(ledger, shown).evidence == ("e00001",)
    proved = linking(ledger, "fi00001", "pe00001", ["e00001"], proof=True)
    assert (after(ledger, proved).proof, area_of_step(proved.steps[0])) == (("e00001",), ANSWERS)
    with pytest.raises(UserError, match="Nothing changes"):
        linking(ledger_of(finding()), "fi00001", "pe00002", ["e00001"], proof=False)
    with pytest.raises(UserError, match="e9 does not exist"):
        linking(ledger, "fi00001", "pe00002", ["e9"], proof=False)
