"""What no audit allows, each with its reason: own review, edits after the lock, writing in another name."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from core.audit.states import CONCLUDED, DRAFT, OPEN_FINDINGS, PREPARED, REOPENED, STATES, VERIFICATION
from core.ledger import (
    Action,
    Allocation,
    Audit,
    Communication,
    Credit,
    Engagement,
    Evidence,
    FactorFile,
    Judgement,
    KeyFigure,
    Ledger,
    Meter,
    OwnFactor,
    Person,
    PlanItem,
    PvSystem,
    Reading,
    Record,
    RuleValue,
    SerialsElsewhere,
    SupplyOption,
    Target,
)
from tests.core.audit.party import (
    AUDITOR,
    BILLS,
    ENGAGEMENT,
    FINDING,
    LEAD,
    MANAGER,
    OPINION,
    PREPARER,
    REVIEWER,
    answer,
    authors_of,
    closing,
    dearer,
    declaration,
    evidence,
    gone,
    ledger_of,
    moved,
    put,
    ready,
    refusal,
    sheet,
)
from tests.core.samples import PLANT, activity, covering, month

ANSWERED = replace(FINDING, root_cause="Forgotten.", correction="Found.", answered_by=PREPARER.id, status="answered")
CLOSED = replace(ANSWERED, status="closed", closed_by=AUDITOR.id, closed="2024-03-07")


# ---------------------------------------------------------------------- the lock


@pytest.mark.parametrize("who", [PREPARER, MANAGER, AUDITOR, LEAD, REVIEWER])
def test_an_edit_after_the_lock_is_refused_with_state_reason_and_remedy(who: Person) -> None:
    ledger = ledger_of(CONCLUDED, FINDING)
    said = refusal(ledger, who, dearer(ledger), because=FINDING.id)
    assert "2023" in said and "“Concluded”" in said and "Open again" in said


PROOF, WIND, COVER = covering("m02", 400)
OF_2023: dict[str, Record] = {
    "what covers a bill": COVER,
    "bill": replace(BILLS["m02"], quantity=Decimal(1)),
    "bill across the end of the year": replace(BILLS["m01"], id="x", start=date(2023, 12, 20), end=date(2024, 1, 19)),
    "proof of a bill": evidence("e00002"),
    "choices": Audit("2023", date(2023, 1, 1), date(2023, 12, 31), gwp_set="AR5"),
    "signed report": Audit("2023", date(2023, 1, 1), date(2023, 12, 31), revision=1),
    "judgement": Judgement("j1", 2023, "scope3:9", "not_relevant", "None."),
    "closing": closing(),
    "factor": OwnFactor("f1", "Gas", "supplier", "S", "D", "1", "natural_gas", "combustion", "kg/m3",
                        (("CO2", "2"),), date(2022, 1, 1), date(2023, 1, 1), ""),
    "reading": Reading("r1", "m1", date(2023, 12, 31), date(2023, 12, 31), Decimal(1)),
    "production of the year": KeyFigure("k1", "production", "pcs", date(2023, 5, 1), date(2023, 5, 31), Decimal(1)),
    "production of the year before": KeyFigure("k2", "production", "pcs", date(2022, 5, 1), date(2022, 5, 31),
                                               Decimal(1)),
    "test": sheet(AUDITOR),
    "finding": replace(FINDING, id="fi00009"),
    "opinion": OPINION,
    "declaration": declaration(AUDITOR),
    "answer of the review": answer(REVIEWER),
    "log": Communication("co1", 2023, date(2024, 5, 1), "call", "s", "t"),
}  # fmt: skip
OF_NO_CONCLUDED_YEAR: dict[str, Record] = {
    "bill of another year": replace(BILLS["m01"], id="x", **month(1, 2024)),
    "proof of nothing yet": Evidence("e9", "photo.jpg", "other", "0" * 64, 1),
    "choices of another year": Audit("2024", date(2024, 1, 1), date(2024, 12, 31)),
    "factor of later": OwnFactor("f1", "Gas", "supplier", "S", "D", "1", "natural_gas", "combustion", "kg/m3",
                                 (("CO2", "2"),), date(2024, 1, 1), date(2024, 12, 31), ""),
    "factor that no record asks for": OwnFactor("f1", "Gas", "supplier", "S", "D", "1", "natural_gas", "combustion",
                                                "kg/m3", (("CO2", "2"),), date(2023, 1, 1), date(2023, 12, 31), "",
                                                general=False),
    "reading of later": Reading("r1", "m1", date(2024, 1, 1), date(2024, 1, 31), Decimal(1)),
    "description of the plant": replace(PLANT, address="Elsewhere"),
    "factor set": FactorFile("s", "s.csv", "0" * 64, 1, "P", "2024", "publisher"),
    "meter": Meter("m1", "Main", "electricity", "import", "kWh"),
    "plan": PlanItem("pl1", "Main meter", "electricity", "metered"),
    "PV system": PvSystem("p1", "Roof", date(2020, 1, 1), Decimal(40), Decimal(115)),
    "PV system sold without electricity of the year": PvSystem("p1", "Roof", date(2020, 1, 1), Decimal(40),
                                                               Decimal(115), source="Roof", attributes_owner="other"),
    "instrument that covers nothing yet": WIND,
    "what covers a record that does not exist": Allocation("al9", "i1", "gone", Decimal(1)),
    "parameter of a rule": RuleValue("renewables.gec_validity", "36", "Decision 7"),
    "serial numbers of another plant": SerialsElsewhere("se1", "A1", "North", 2023, "Head office"),
    "target": Target("ta1", "2030", "near_term", ("scope1",), 2022, 2030, Decimal(42)),
    "action": Action("ac1", "Heat pump", "heat", "scope1", date(2023, 5, 1), 15),
    "credit": Credit("cr1", "Verra", "Forest", "removal", "CN", 2023, "V-1", Decimal(1)),
    "option": SupplyOption("so1", "Second roof", "pv", 2023, Decimal(900)),
    "engagement of another year": replace(ENGAGEMENT, id="2024"),
    "finding of another year": replace(FINDING, id="fi00009", year=2024),
}  # fmt: skip


@pytest.mark.parametrize("name", OF_2023)
def test_nothing_a_concluded_audit_rests_on_or_consists_of_can_change(name: str) -> None:
    ledger = ledger_of(CONCLUDED)
    assert "“Concluded”" in refusal(ledger, LEAD, put(ledger, OF_2023[name]))


@pytest.mark.parametrize("name", OF_NO_CONCLUDED_YEAR)
def test_the_plant_goes_on_beside_a_concluded_audit(name: str) -> None:
    ledger = ledger_of(CONCLUDED)
    assert refusal(ledger, LEAD, put(ledger, OF_NO_CONCLUDED_YEAR[name])) == ""


def test_what_a_bill_was_counts_as_much_as_what_it_becomes() -> None:
    ledger = ledger_of(CONCLUDED)
    assert refusal(ledger, PREPARER, put(ledger, replace(BILLS["m01"], **month(1, 2024)))) != ""
    assert refusal(ledger, PREPARER, gone(BILLS["m01"])) != ""


def test_proofs_that_only_the_audit_names_are_locked_with_it() -> None:
    photo = evidence("e00007", activities=())
    log = Communication("co1", 2023, date(2024, 5, 1), "call", "s", "t", evidence=("e00007",))
    ledger = ledger_of(CONCLUDED, photo, log)
    assert refusal(ledger, LEAD, gone(photo)) != ""
    assert refusal(ledger_of(CONCLUDED, photo), LEAD, gone(photo)) == ""


def test_a_factor_that_a_record_asks_for_is_locked_with_it() -> None:
    asked = replace(BILLS["m01"], parameters=(("factor", "f1"),))
    factor = OF_NO_CONCLUDED_YEAR["factor that no record asks for"]
    ledger = ledger_of(CONCLUDED, asked, factor)
    assert refusal(ledger, PREPARER, gone(factor)) != ""


@pytest.mark.parametrize("record", [replace(WIND, factor=Decimal(1)), replace(PROOF, kind="other")])
def test_an_instrument_and_its_proof_are_locked_with_what_they_cover(record: Record) -> None:
    ledger = ledger_of(CONCLUDED, PROOF, WIND, COVER)
    assert refusal(ledger, LEAD, put(ledger, record)) != ""
    elsewhere = ledger_of(CONCLUDED, PROOF, WIND, replace(COVER, activity="of another year"))
    assert refusal(elsewhere, LEAD, put(elsewhere, record)) == ""


def test_whose_the_attributes_are_is_locked_with_the_generation_and_the_rest_is_not() -> None:
    used = activity("s1", source="Roof", method="solar_generation", item="solar_self_used", **month(4))
    roof = PvSystem("p1", "Roof", date(2020, 1, 1), Decimal(40), Decimal(115), source="Roof", attributes_owner="other")
    ledger = ledger_of(CONCLUDED, used, roof)
    assert refusal(ledger, LEAD, put(ledger, replace(roof, attributes_owner="plant"))) != ""
    assert refusal(ledger, LEAD, put(ledger, replace(roof, name="Roof of hall 1"))) == ""


def test_parameters_of_rules_are_data_of_an_audit_that_is_under_way() -> None:
    ledger = ledger_of(VERIFICATION)
    assert refusal(ledger, LEAD, put(ledger, RuleValue("renewables.gec_validity", "36", "Decision 7"))) != ""
    assert refusal(ledger, LEAD, put(ledger, Target("ta1", "2030", "near_term", ("scope1",), 2022, 2030,
                                                    Decimal(42)))) == ""  # fmt: skip


def test_how_the_file_of_another_month_was_read_is_no_data_of_an_audit_under_way() -> None:
    """Meters remember it, and the month after would be refused with it."""
    meter = Meter("m1", "Main", "electricity", "import", "kWh")
    ledger = ledger_of(VERIFICATION, meter, Reading("r1", "m1", date(2023, 12, 31), date(2023, 12, 31), Decimal(1)))
    assert refusal(ledger, MANAGER, put(ledger, replace(meter, mapping=(("form", "table"),)))) == ""
    assert refusal(ledger, MANAGER, put(ledger, replace(meter, multiplier=Decimal(2)))) != ""


def test_each_year_of_a_change_is_asked() -> None:
    ledger = ledger_of(CONCLUDED, replace(ENGAGEMENT, id="2024", state=DRAFT))
    across = replace(BILLS["m01"], id="x", start=date(2023, 12, 20), end=date(2024, 1, 19))
    inside = replace(BILLS["m01"], id="y", **month(1, 2024))
    assert "2023" in refusal(ledger, PREPARER, put(ledger, across))
    assert refusal(ledger, PREPARER, put(ledger, inside)) == ""


# ---------------------------------------------------------------------- while it is verified


def test_prepared_data_are_locked_until_they_are_taken_back() -> None:
    ledger = ledger_of(PREPARED)
    said = refusal(ledger, PREPARER, dearer(ledger))
    assert "“Prepared”" in said and "Take back to draft" in said
    assert "“Prepared”" in refusal(ledger, PREPARER, put(ledger, replace(PLANT, region="CN-BJ")))


@pytest.mark.parametrize("state", [VERIFICATION, "findings", REOPENED])
def test_data_change_only_because_of_an_open_finding_of_the_year(state: str) -> None:
    other = replace(FINDING, id="fi00002", year=2024)
    ledger = ledger_of(state, FINDING, replace(CLOSED, id="fi00003"), other)
    assert refusal(ledger, PREPARER, dearer(ledger), because=FINDING.id) == ""
    for because in ("", "fi00099", "fi00002", "fi00003"):
        assert "only because of an open finding" in refusal(ledger, PREPARER, dearer(ledger), because=because)


def test_an_answered_finding_may_still_be_corrected_further() -> None:
    ledger = ledger_of(VERIFICATION, ANSWERED)
    assert refusal(ledger, PREPARER, dearer(ledger), because=ANSWERED.id) == ""


def test_auditors_do_not_correct_what_they_audit() -> None:
    ledger = ledger_of(VERIFICATION, FINDING)
    for who in (AUDITOR, LEAD):
        assert "Preparer, Plant manager" in refusal(ledger, who, dearer(ledger), because=FINDING.id)


@pytest.mark.parametrize("state", [state for state in STATES if state != CONCLUDED])
def test_evidence_may_be_added_by_everybody_until_the_conclusion_but_not_taken_away(state: str) -> None:
    kept = evidence("e00001")
    ledger = ledger_of(state, kept)
    for who in (PREPARER, MANAGER, AUDITOR, LEAD, REVIEWER):
        assert refusal(ledger, who, put(ledger, evidence("e00002"))) == ""
        assert refusal(ledger, who, put(ledger, replace(kept, activities=("m01", "m02"), valid_to="2024-12-31"))) == ""
    for step in (gone(kept), put(ledger, replace(kept, sha256="1" * 64)), put(ledger, replace(kept, activities=()))):
        assert (refusal(ledger, PREPARER, step) == "") == (state == DRAFT)


# ---------------------------------------------------------------------- who it is


def test_whoever_is_nobody_changes_nothing_of_an_audited_year() -> None:
    ledger = ledger_of()
    said = refusal(ledger, "Somebody", dearer(ledger))
    assert "“Somebody” is not one of the people" in said and "let the team lead add you" in said
    assert refusal(ledger, "Somebody", put(ledger, replace(BILLS["m01"], id="x", **month(1, 2024)))) == ""


def test_whoever_has_left_is_nobody() -> None:
    ledger = ledger_of()
    ledger = ledger.apply([put(ledger, replace(PREPARER, active=False))])
    assert "is not one of the people" in refusal(ledger, PREPARER, dearer(ledger))


def test_an_auditor_who_is_not_of_the_team_is_no_auditor_of_this_audit() -> None:
    other = Person("pe00009", "Qian Bo", ("auditor",))
    ledger = ledger_of(VERIFICATION, other)
    assert refusal(ledger, other, put(ledger, sheet(other))) != ""
    assert refusal(ledger, AUDITOR, put(ledger, sheet(AUDITOR))) == ""


def test_nobody_writes_in_somebody_elses_name() -> None:
    ledger = ledger_of(VERIFICATION, FINDING, replace(ANSWERED, id="fi00002"))
    answered = replace(ANSWERED, id="fi00002")
    for who, record in (
        (AUDITOR, sheet(LEAD)),
        (AUDITOR, replace(FINDING, id="fi00009", raised_by=LEAD.id)),
        (AUDITOR, replace(FINDING, raised_by=LEAD.id)),
        (AUDITOR, replace(answered, status="closed", closed_by=LEAD.id, closed="2024-03-07")),
        (AUDITOR, replace(answered, status="withdrawn", closed_by=LEAD.id, closed="2024-03-07")),
        (PREPARER, replace(FINDING, root_cause="x", answered_by=MANAGER.id, status="answered")),
        (MANAGER, replace(answered, root_cause="Other.")),
        (LEAD, replace(OPINION, by=AUDITOR.id)),
        (AUDITOR, declaration(LEAD)),
    ):
        assert "somebody else's name" in refusal(ledger, who, put(ledger, record)), record
    ledger = ledger_of("review")
    assert "somebody else's name" in refusal(ledger, REVIEWER, put(ledger, answer(LEAD)))


def test_a_declaration_on_paper_may_be_entered_by_the_team_but_not_by_the_plant() -> None:
    ledger = ledger_of(PREPARED)
    paper = declaration(REVIEWER, signature="", evidence="e00001")
    assert refusal(ledger, LEAD, put(ledger, paper)) == ""
    assert "somebody else's name" in refusal(ledger, PREPARER, put(ledger, paper))


# ---------------------------------------------------------------------- nobody judges their own


def test_nobody_tests_what_they_entered() -> None:
    ledger = ledger_of(VERIFICATION)
    own = authors_of({("activity", "m01"): AUDITOR.name})
    said = refusal(ledger, AUDITOR, put(ledger, sheet(AUDITOR)), authors=own)
    assert "m01" in said and "cannot test it" in said and "Somebody else" in said
    assert refusal(ledger, LEAD, put(ledger, sheet(LEAD)), authors=own) == ""


def test_a_test_sheet_is_changed_and_taken_away_by_whoever_made_it() -> None:
    made = sheet(AUDITOR)
    ledger = ledger_of(VERIFICATION, made, FINDING)
    assert refusal(ledger, AUDITOR, put(ledger, replace(made, note="more"))) == ""
    assert refusal(ledger, AUDITOR, gone(made)) == ""
    assert refusal(ledger, LEAD, gone(made)) != ""
    assert refusal(ledger, LEAD, put(ledger, replace(made, note="more"))) != ""
    assert refusal(ledger, LEAD, put(ledger, replace(made, finding=FINDING.id))) == ""


def test_nobody_closes_what_they_answered_or_corrected() -> None:
    ledger = ledger_of(VERIFICATION, replace(ANSWERED, answered_by=AUDITOR.id))
    closed = replace(ANSWERED, answered_by=AUDITOR.id, status="closed", closed="2024-03-07")
    said = refusal(ledger, AUDITOR, put(ledger, replace(closed, closed_by=AUDITOR.id)))
    assert "answered or corrected" in said and "Another person" in said
    assert refusal(ledger, LEAD, put(ledger, replace(closed, closed_by=LEAD.id))) == ""
    corrected = authors_of({("correction", FINDING.id): LEAD.name})
    assert refusal(ledger, LEAD, put(ledger, replace(closed, closed_by=LEAD.id)), authors=corrected) != ""


def test_an_answered_finding_stays_and_an_open_one_goes_only_with_its_author() -> None:
    assert "Withdraw it" in refusal(ledger_of(VERIFICATION, ANSWERED), AUDITOR, gone(ANSWERED))
    assert refusal(ledger_of(VERIFICATION, FINDING), AUDITOR, gone(FINDING)) == ""
    assert refusal(ledger_of(VERIFICATION, FINDING), LEAD, gone(FINDING)) != ""


def test_the_reviewer_is_not_of_the_team_and_entered_nothing() -> None:
    ledger = ledger_of(PREPARED, reviewer="")
    engagement = ledger.engagement(2023)
    assert engagement is not None
    both = replace(AUDITOR, roles=("auditor", "reviewer"))
    mixed = ledger.apply([put(ledger, both)])
    assert "in the team" in refusal(mixed, LEAD, put(mixed, replace(engagement, reviewer=both.id)))
    assert "no independent reviewer" in refusal(ledger, LEAD, put(ledger, replace(engagement, reviewer=PREPARER.id)))
    entered = authors_of({("activity", "m07"): REVIEWER.name})
    chosen = put(ledger, replace(engagement, reviewer=REVIEWER.id))
    assert "entered data of 2023" in refusal(ledger, LEAD, chosen, authors=entered)
    assert refusal(ledger, LEAD, chosen) == ""


def test_the_team_lead_cannot_be_the_reviewer() -> None:
    lead = replace(LEAD, roles=("team_lead", "reviewer"))
    ledger = ledger_of(PREPARED, lead)
    engagement = ledger.engagement(2023)
    assert engagement is not None
    assert "in the team" in refusal(ledger, lead, put(ledger, replace(engagement, reviewer=lead.id)))


def test_a_reviewer_who_entered_data_cannot_answer_the_checklist() -> None:
    ledger = ledger_of("review")
    entered = authors_of({("activity", "m07"): REVIEWER.name})
    assert "entered data of 2023" in refusal(ledger, REVIEWER, put(ledger, answer(REVIEWER)), authors=entered)
    assert refusal(ledger, REVIEWER, put(ledger, answer(REVIEWER))) == ""


def test_the_reviewer_changes_no_data_whatever_else_they_are() -> None:
    both = replace(REVIEWER, roles=("preparer", "reviewer"))
    ledger = ledger_of(DRAFT, both)
    assert "reviews the audit" in refusal(ledger, both, dearer(ledger))


def test_only_auditors_are_in_the_team() -> None:
    ledger = ledger_of(PREPARED)
    engagement = ledger.engagement(2023)
    assert engagement is not None
    step = put(ledger, replace(engagement, team=(LEAD.id, PREPARER.id)))
    assert "“Li Na” is no auditor" in refusal(ledger, LEAD, step)


# ---------------------------------------------------------------------- the engagement and its moves


def test_an_audit_is_begun_by_an_auditor_as_a_draft() -> None:
    ledger = Ledger.of([PLANT, *BILLS.values(), PREPARER, LEAD, AUDITOR, REVIEWER])
    assert refusal(ledger, LEAD, put(ledger, ENGAGEMENT)) == ""
    assert "is begun by" in refusal(ledger, PREPARER, put(ledger, ENGAGEMENT))
    assert "is begun by" in refusal(ledger, "Somebody", put(ledger, ENGAGEMENT))
    for wrong in ({"state": CONCLUDED}, {"number": 2}, {"package": "a"}, {"concluded": "2024-01-01"}):
        assert "begins as a draft" in refusal(ledger, LEAD, put(ledger, replace(ENGAGEMENT, **wrong)))


def test_nothing_slips_in_with_the_beginning_of_an_audit() -> None:
    ledger = Ledger.of([PLANT, *BILLS.values(), PREPARER, LEAD, AUDITOR, REVIEWER])
    assert refusal(ledger, LEAD, put(ledger, ENGAGEMENT), put(ledger, answer(REVIEWER))) != ""


def test_state_number_and_conclusion_do_not_change_by_hand() -> None:
    ledger = ledger_of(PREPARED)
    engagement = ledger.engagement(2023)
    assert engagement is not None
    for wrong in ({"number": 7}, {"package": "a"}, {"concluded": "2024-01-01"}, {"reason": "x"}):
        assert "by hand" in refusal(ledger, LEAD, put(ledger, replace(engagement, **wrong)))
    assert "nothing of the engagement but its state" in refusal(
        ready(), LEAD, moved(ready(), VERIFICATION, objectives="other")
    )
    assert "nothing of the engagement but its state" in refusal(ready(), LEAD, moved(ready(), VERIFICATION, number=9))


def test_a_begun_audit_is_not_deleted() -> None:
    draft, begun = ledger_of(DRAFT), ledger_of(VERIFICATION)
    assert refusal(draft, LEAD, gone(_engagement(draft))) == ""
    assert "cannot be deleted" in refusal(begun, LEAD, gone(_engagement(begun)))


def test_a_verification_does_not_begin_past_its_obstacles() -> None:
    assert refusal(ready(), LEAD, moved(ready(), VERIFICATION)) == ""
    undeclared = ledger_of(PREPARED)
    assert "declaration of independence is missing" in refusal(undeclared, LEAD, moved(undeclared, VERIFICATION))


def test_nobody_moves_an_audit_past_a_state() -> None:
    ledger = ready(PREPARED)
    said = refusal(ledger, LEAD, moved(ledger, CONCLUDED))
    assert "does not go from “Prepared” to “Concluded”" in said and "Begin the verification (Team lead)" in said
    assert "does not go" in refusal(ledger, LEAD, moved(ledger, "nonsense"))


def test_an_unsigned_conclusion_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    from core.audit import switching

    monkeypatch.setattr(switching, "in_ledger", lambda *_: ())
    before = Audit("2023", date(2023, 1, 1), date(2023, 12, 31), revision=1)
    ledger = ready("review", before)
    package = "a" * 64
    end = moved(ledger, CONCLUDED, concluded="2024-03-09", package=package)
    signed = put(ledger, replace(before, revision=2, previous=package))
    closed = put(ledger, closing())
    assert refusal(ledger, LEAD, end, signed, closed) == ""
    for steps in (
        (end,),
        (end, signed),
        (end, closed),
        (end, closed, put(ledger, replace(before, revision=2, previous="b" * 64))),
        (end, closed, put(ledger, replace(before, previous=package))),
        (moved(ledger, CONCLUDED, concluded="2024-03-09"), closed, put(ledger, replace(before, revision=2))),
        (moved(ledger, CONCLUDED, package=package), closed, signed),
    ):
        assert "without its signed report" in refusal(ledger, LEAD, *steps)


def test_only_what_concluding_needs_rides_along_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    from core.audit import switching

    monkeypatch.setattr(switching, "in_ledger", lambda *_: ())
    ledger = ready("review")
    package = "a" * 64
    steps = (
        moved(ledger, CONCLUDED, concluded="2024-03-09", package=package),
        put(ledger, Audit("2023", date(2023, 1, 1), date(2023, 12, 31), revision=1, previous=package)),
        put(ledger, closing()),
    )
    assert refusal(ledger, LEAD, *steps) == ""
    assert "“In independent review”" in refusal(ledger, LEAD, *steps, dearer(ledger))


def test_an_audit_opens_again_under_the_next_number() -> None:
    ledger = ledger_of(CONCLUDED)
    said: dict[str, Any] = {"reason": "A bill was found.", "reopened": "A bill was found."}
    assert refusal(ledger, LEAD, moved(ledger, REOPENED, number=2, **said)) == ""
    assert refusal(ledger, LEAD, moved(ledger, REOPENED, number=1, **said)) != ""
    assert refusal(ledger, PREPARER, moved(ledger, REOPENED, number=2, **said)) != ""
    assert refusal(ledger, LEAD, moved(ledger, REOPENED, number=2, **(said | {"reopened": ""}))) != ""
    again = ledger_of(REOPENED, FINDING, number=2, **said)
    assert refusal(again, LEAD, moved(again, OPEN_FINDINGS)) == "", "why it was opened again stays"
    assert refusal(again, LEAD, moved(again, OPEN_FINDINGS, reopened="For fun.")) != ""


def test_a_state_of_a_newer_program_locks_everything() -> None:
    ledger = ledger_of("sealed")
    assert "newer version" in refusal(ledger, PREPARER, dearer(ledger))


def _engagement(ledger: Ledger) -> Engagement:
    found = ledger.engagement(2023)
    assert found is not None
    return found
