"""The audits of the demo: played by the acts of people, with a state, samples, tests and findings that are theirs."""

from __future__ import annotations

import hashlib
import tomllib
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Any

import pytest

from core.audit.analytics import procedures
from core.audit.coverage import coverage
from core.audit.escalation import wider_than
from core.audit.finding import findings_of, number_of
from core.audit.last_year import last_of
from core.audit.misstatements import misstatements
from core.audit.opinion import proposed
from core.audit.procedures import samples_of, sheets_of, untested
from core.audit.sampling import redraw
from core.checks import forbidding, review
from core.exchange.demo import demo_plants
from core.exchange.demo_audits import ACTS, audit_of, audited_year, name_in
from core.exchange.demo_audits.stage import Stage
from core.inventory import Inventory, choices_of, compile_inventory
from core.ledger import (
    Activity,
    Benchmark,
    Communication,
    Declaration,
    Engagement,
    Evidence,
    KeyFigure,
    Ledger,
    Person,
    PlanItem,
    ReviewAnswer,
    RiskAssessment,
    Step,
)
from core.library import load_library

LIBRARY = load_library()
PLANTS = {one.file: one for one in demo_plants()}
ABOUT = {
    one["file"]: one for one in tomllib.loads((files("resources") / "demo" / "audit.toml").read_text("utf-8"))["plant"]
}
AUDITED = ("zhangjiakou", "krosno")


@dataclass(frozen=True)
class Played:
    """A plant after its audit."""

    ledger: Ledger
    inventory: Inventory
    whos: tuple[str, ...]


@cache
def played(file: str) -> Played:
    one = PLANTS[file]
    ledger, whos = one.ledger, []
    for entry in audit_of(one, ledger, LIBRARY):
        ledger = ledger.apply(entry.change.steps)
        whos.append(entry.change.who)
    return Played(ledger, compile_inventory(ledger, choices_of(ledger.audit(2025), 2025), LIBRARY), tuple(whos))


def engagement(file: str) -> Engagement:
    found = played(file).ledger.engagement(2025)
    assert found is not None
    return found


def acts(file: str, do: str) -> list[dict[str, Any]]:
    return [act for act in ABOUT[file]["act"] if act["do"] == do]


def test_the_newest_year_of_two_plants_is_audited() -> None:
    assert [audited_year(file) for file in PLANTS] == [2025, None, 2025]
    assert audit_of(PLANTS["fangshan"], PLANTS["fangshan"].ledger, LIBRARY) == ()
    assert (engagement("zhangjiakou").state, engagement("krosno").state) == ("findings", "review")


def test_every_act_that_can_be_done_is_shown() -> None:
    assert {act["do"] for file in AUDITED for act in ABOUT[file]["act"]} == set(ACTS)


@pytest.mark.parametrize("file", AUDITED)
def test_acts_follow_each_other_in_time_after_the_bills(file: str) -> None:
    moments = [act["when"] for act in ABOUT[file]["act"]]
    assert all(one < other for one, other in pairwise(moments))
    assert moments[0] > max(entry.change.when for entry in PLANTS[file].entries)
    days = [one.day for one in played(file).ledger.held(Communication)]
    assert days == sorted(days)


@pytest.mark.parametrize("file", AUDITED)
def test_everything_says_that_it_is_invented(file: str) -> None:
    held = played(file).ledger
    assert all("(demo)" in one.name and "虚构" in one.note and "@example.org" in one.email for one in held.held(Person))
    assert "invented" in engagement(file).note and "虚构" in engagement(file).note
    assert all("DEMO" in one.evidence for one in held.held(KeyFigure))
    before = PLANTS[file].ledger.records["evidence"]
    assert all("DEMO" in one.name for one in held.held(Evidence) if one.id not in before)


def test_everybody_has_acted_who_had_something_to_do() -> None:
    """The review of the first audit has not begun, and the manager of the second signs when it is concluded."""
    waiting = {"zhangjiakou": {name_in("zhangjiakou", "zhou")}, "krosno": {name_in("krosno", "piotr")}}
    for file, idle in waiting.items():
        assert set(played(file).whos) == {one.name for one in played(file).ledger.held(Person)} - idle


@pytest.mark.parametrize("file", AUDITED)
def test_people_read_it_in_both_languages(file: str) -> None:
    """Minutes, findings, answers, reasons: Chinese and English letters in each."""
    keys = {"title", "description", "cause", "correction", "action", "explanation", "reason", "note", "objectives",
            "scope", "emphasis", "subject", "text"}  # fmt: skip
    for act in ABOUT[file]["act"]:
        for key, said in {**act, **act.get("paper", {})}.items():
            if key in keys and said and not isinstance(said, dict):
                assert any(letter > "\u4e00" for letter in said), (act["do"], key, said)
                assert sum("a" <= letter.lower() <= "z" for letter in said) > 10, (act["do"], key, said)


@pytest.mark.parametrize("file", AUDITED)
def test_two_plays_are_equal(file: str) -> None:
    one = PLANTS[file]
    assert audit_of(one, one.ledger, LIBRARY) == audit_of(one, one.ledger, LIBRARY)


@pytest.mark.parametrize("file", AUDITED)
def test_files_are_what_their_records_say_and_each_is_linked(file: str) -> None:
    one = PLANTS[file]
    entries = audit_of(one, one.ledger, LIBRARY)
    blobs = {hashlib.sha256(blob).hexdigest(): len(blob) for entry in entries for blob in entry.blobs}
    made = [step.after for entry in entries for step in entry.change.steps if step.kind == "evidence"]
    assert {(p.sha256, p.size) for p in made if isinstance(p, Evidence)} == set(blobs.items())
    assert sum(blobs.values()) < 400_000, "a demo stays small"
    kinds = Counter(p.kind for p in made if isinstance(p, Evidence))
    assert kinds["bill"] >= 5 and kinds["minutes"] >= 1
    assert all(p.start and p.end for p in made if isinstance(p, Evidence) and p.kind == "bill")


@pytest.mark.parametrize("file", AUDITED)
def test_everybody_who_audits_declared_to_be_independent_on_paper(file: str) -> None:
    agreed = engagement(file)
    held = played(file).ledger.held(Declaration)
    assert {one.person for one in held} == {*agreed.team, agreed.reviewer}
    assert all(one.evidence and not one.signature for one in held)


def test_each_sample_is_what_its_seed_draws_from_the_records_of_that_moment() -> None:
    for file in AUDITED:
        stage = Stage(ABOUT[file], PLANTS[file].ledger, LIBRARY, PLANTS[file].who)
        drawn = []
        for act in ABOUT[file]["act"]:
            before = {one.id for one in samples_of(stage.ledger, 2025)}
            list(stage.play(act, ACTS[act["do"]]))
            new = [one for one in samples_of(stage.ledger, 2025) if one.id not in before]
            assert all(redraw(stage.ledger, stage.inventory, one).state == "same" for one in new)
            drawn += new
        assert [one.method for one in drawn] == (["random", "random", "monetary_unit"] if file == "zhangjiakou" else
                                                 ["monetary_unit"])  # fmt: skip


# ---------------------------------------------------------------------- the audit at work


def test_a_finding_widened_the_sample_of_its_source_alone() -> None:
    first, wider, _ = samples_of(played("zhangjiakou").ledger, 2025)
    assert wider_than(played("zhangjiakou").ledger, first) == wider
    assert (first.level, wider.level) == (30, 50) and set(first.activities) < set(wider.activities)
    more = set(wider.activities) - set(first.activities)
    records = {one.id: one.source for one in played("zhangjiakou").inventory.activities}
    assert {records[key] for key in more} == {"锅炉房 / Boiler house"}


def test_sheets_show_every_way_of_testing_and_work_is_left() -> None:
    held = played("zhangjiakou").ledger
    sheets = sheets_of(held, 2025)
    assert Counter(one.procedure for one in sheets).keys() == {
        "traced", "recalculated", "rekeyed", "read_on_site", "interview",
    }  # fmt: skip
    assert {one.result for one in sheets} == {"agrees", "differs"}
    assert 10 < len({key for _, key in untested(held, 2025)}) < 20
    blind = [one for one in sheets if one.procedure == "rekeyed"]
    assert len(blind) == 2
    for one in blind:
        assert all(other.by != one.by for other in sheets if other.activity == one.activity and other is not one)


def test_findings_are_of_every_state() -> None:
    held = played("zhangjiakou").ledger
    found = {number_of(held, one): one for one in findings_of(held, 2025)}
    assert {number: (one.kind, one.status) for number, one in found.items()} == {
        "2025-01": ("misstatement", "closed"),
        "2025-02": ("misstatement", "open"),
        "2025-03": ("nonconformity", "answered"),
        "2025-04": ("recommendation", "open"),
    }
    assert found["2025-02"].owner and found["2025-02"].due
    assert found["2025-01"].closed_by not in (found["2025-01"].answered_by, "")


def test_the_correction_is_linked_and_makes_the_record_what_its_bill_says() -> None:
    one = PLANTS["zhangjiakou"]
    (entry,) = [e for e in audit_of(one, one.ledger, LIBRARY) if e.change.because]
    finding = findings_of(played("zhangjiakou").ledger, 2025)[0]
    assert entry.change.because == finding.id and entry.change.who == one.who
    pairs = [(int(s.before.quantity), int(s.after.quantity)) for s in entry.change.steps
             if isinstance(s.before, Activity) and isinstance(s.after, Activity)]  # fmt: skip
    assert pairs == [(27880, 37880), (465950, 475950)]
    judged = misstatements(played("zhangjiakou").ledger, played("zhangjiakou").inventory, 2025)
    corrected, missing = judged.rows
    assert corrected.effect < 0 == corrected.found_left, "nothing of what was found is left"
    assert (missing.left, judged.material_scopes) == (Decimal("-130.1"), ("scope1",))
    assert not judged.sum.material


def test_the_faults_of_the_demo_are_still_there_for_whoever_tries() -> None:
    rules = {finding.rule for finding in review(played("zhangjiakou").inventory)}
    assert {"gaps", "renewable_not_counted", "required_evidence"} <= rules
    assert not {rule for rule in rules if rule.startswith("plan_")}, "practice keeps to the plan"


def test_analytical_procedures_have_all_they_need() -> None:
    stage = Stage(ABOUT["zhangjiakou"], played("zhangjiakou").ledger, LIBRARY, "")
    found = procedures(stage.ledger, stage.inventory, last_of(stage.inventory_of(2024)))
    assert {one.procedure for one in found} == {"last_year", "production", "sister_plants", "degree_days"}
    assert not [one.id for one in found if one.missing]
    beyond = [one for one in found if one.beyond]
    assert {bool(one.holds) for one in beyond} == {True, False}, "some is explained, some waits"
    assert not [one.id for one in found if one.procedure == "sister_plants" and one.beyond]
    assert len(stage.ledger.held(Benchmark)) == 4


def test_risks_that_differ_from_the_proposal_say_why() -> None:
    held = played("zhangjiakou").ledger.held(RiskAssessment)
    assert len(held) == 7 and 3 <= sum(bool(one.reason) for one in held) < 7


@pytest.mark.parametrize("file", AUDITED)
def test_every_source_of_scopes_1_and_2_is_planned(file: str) -> None:
    own = played(file).inventory
    assert len(played(file).ledger.held(PlanItem)) > 30
    assert "plan_missing" not in {finding.rule for finding in review(own)}


# ---------------------------------------------------------------------- the audit to be concluded


def test_the_second_audit_lacks_nothing_but_the_signature() -> None:
    krosno = played("krosno")
    findings = review(krosno.inventory)
    assert forbidding(findings) == ()
    assert untested(krosno.ledger, 2025) == ()
    assert {one.status for one in findings_of(krosno.ledger, 2025)} == {"closed"}
    assert proposed(krosno.ledger, krosno.inventory, 2025).kind == "unmodified"
    stage = Stage(ABOUT["krosno"], krosno.ledger, LIBRARY, "")
    last = last_of(stage.inventory_of(2024))
    assert not [one.id for one in procedures(krosno.ledger, krosno.inventory, last) if one.unexplained]
    assert coverage(krosno.inventory, findings).waivers, "one file is waived with a reason"


def test_the_reviewer_refused_once() -> None:
    moves = [act["to"] for act in acts("krosno", "move")]
    assert moves == ["prepared", "verification", "findings", "review", "verification", "review"]
    one = PLANTS["krosno"]
    steps = [step.after for entry in audit_of(one, one.ledger, LIBRARY) for step in entry.change.steps]
    (sent_back,) = [made for made in steps if isinstance(made, Engagement) and made.reason]
    assert sent_back.state == "verification" and sent_back.reason.startswith("请解释")
    refused = [made.question for made in steps if isinstance(made, ReviewAnswer) and made.answer == "no"]
    assert refused == ["analytics"] and engagement("krosno").state == "review"


def test_the_faults_of_the_year_were_put_right_because_of_findings() -> None:
    """The estimate without a reason and the bill without a number."""
    rules = {finding.rule for finding in review(played("krosno").inventory)}
    assert not rules & {"unexplained_estimates", "missing_evidence", "plan_estimated", "plan_underestimate"}
    before = {
        finding.rule for finding in review(compile_inventory(PLANTS["krosno"].ledger, choices_of(None, 2025), LIBRARY))
    }
    assert {"unexplained_estimates", "missing_evidence"} <= before


def test_a_file_that_somebody_changed_is_refused_by_name() -> None:
    one = PLANTS["zhangjiakou"]
    gone = next(a for a in one.ledger.activities if a.evidence == "DEMO-ZJK-RQ1-202504")
    other = one.ledger.apply((Step("activity", gone.id, gone, None),))
    with pytest.raises(LookupError):
        audit_of(one, other, LIBRARY)
