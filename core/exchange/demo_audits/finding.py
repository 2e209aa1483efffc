"""Findings, what becomes of them, and what is concluded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from core.audit import analytics, checklist
from core.audit.finding import Answer, answering, finding_named, raising, title_of
from core.audit.finding_closing import ClosingWords, closing_finding
from core.audit.last_year import last_of
from core.audit.opinion import deciding_opinion
from core.audit.procedures import linked, sheets_of
from core.exchange.demo_audits.stage import Act, Acting, Done, Stage
from core.exchange.ids import next_ids
from core.i18n import T
from core.ledger import Activity, AuditFinding, Step, TestSheet
from core.methods import exact_sum


def _raise(stage: Stage, act: Act) -> Done:
    """With the sheets that showed it, whose effects it sums unless it says its own."""
    rows = stage.records(act.get("records", ()))
    sheets = [one for one in sheets_of(stage.ledger, stage.year) if one.activity in rows and one.result == "differs"]
    (key,) = next_ids(stage.ledger, 1, "finding")
    made = AuditFinding(
        key,
        stage.year,
        act["kind"],
        act["title"],
        act["description"],
        act["when"].date(),
        stage.id_of(act["by"]),
        clause=act.get("clause", ""),
        activities=rows,
        evidence=stage.kept(act.get("evidence", ())),
        sample=stage.sample(act["sample"]).id if "sample" in act else "",
        effect=Decimal(act["effect"]) if "effect" in act else _effect(sheets),
        projected=act.get("projected", False),
        owner=stage.id_of(act["owner"]) if "owner" in act else "",
        due=act.get("due", ""),
    )
    decided = raising(stage.ledger, made)
    return Done(decided.why, (*decided.steps, *linked(stage.ledger, [one.id for one in sheets], key)))


def _effect(sheets: Sequence[TestSheet]) -> Decimal | None:
    """Of each record once, however often it was tested. [t CO2e]"""
    effects = {one.activity: one.effect for one in sheets if one.effect is not None}
    return exact_sum(effects.values()) or None


def _answer(stage: Stage, act: Act) -> Done:
    """The plant's answer, perhaps with a paper that proves it."""
    finding = finding_named(stage.ledger, act["finding"])
    key, steps, data = stage.taken(stage.paper(act)) if "paper" in act else ("", (), ())
    said = Answer(act["cause"], act["correction"], act.get("action", ""), (key,) if key else ())
    decided = answering(stage.ledger.apply(steps), finding.id, stage.id_of(act["by"]), said)
    return Done(decided.why, (*steps, *decided.steps), data)


def _correct(stage: Stage, act: Act) -> Done:
    """Data are changed because of a finding."""
    finding = finding_named(stage.ledger, act["finding"])
    steps = []
    for one in act["record"]:
        before = stage.record(one["number"])
        steps.append(Step("activity", before.id, before, _corrected(before, one)))
    why = T("Corrected because of finding {finding}", finding=title_of(stage.ledger, finding))
    return Done(why, tuple(steps), because=finding.id)


def _corrected(record: Activity, said: Act) -> Activity:
    new: dict[str, Any] = {name: said[name] for name in ("note", "evidence", "estimated") if name in said}
    return replace(record, quantity=Decimal(said.get("quantity", record.quantity)), **new)


def _close(stage: Stage, act: Act) -> Done:
    finding = finding_named(stage.ledger, act["finding"])
    words = ClosingWords(act["when"].date(), act.get("note", ""), act.get("treatment", ""))
    decided = closing_finding(
        stage.ledger, stage.inventory, stage.corrections, finding.id, stage.id_of(act["by"]), words
    )
    return Done(decided.why, decided.steps)


def _explain(stage: Stage, act: Act) -> list[Done]:
    """What the auditor says about differences that the analytical procedures show."""
    last = last_of(stage.inventory_of(stage.year - 1))
    shown = {one.id: one for one in analytics.procedures(stage.ledger, stage.inventory, last)}
    made = []
    for said in act["difference"]:
        found = shown[said["procedure"]]
        decided = analytics.expecting(
            stage.ledger, stage.year, found, found.threshold, said["explanation"], said["accepted"],
            stage.kept(said.get("evidence", ())),
        )  # fmt: skip
        made.append(Done(decided.why, decided.steps))
    return made


def _review(stage: Stage, act: Act) -> list[Done]:
    """The checklist: yes to everything that is not named."""
    made = []
    for question in checklist.questions():
        answer, remark = act.get("answers", {}).get(question.key, ("yes", ""))
        held = checklist.answers(stage.ledger, stage.year).get(question.key)
        if held is not None and (held.answer, held.remark) == (answer, remark):
            continue
        by = stage.id_of(act["by"])
        decided = checklist.answering(stage.ledger, stage.year, question.key, answer, remark, by)
        made.append(Done(decided.why, decided.steps))
    return made


def _decide(stage: Stage, act: Act) -> Done:
    decided = deciding_opinion(
        stage.ledger, stage.inventory, stage.year, act["kind"], act.get("basis", ""), act.get("emphasis", ""),
        stage.id_of(act["by"]), act["when"].date(),
    )  # fmt: skip
    return Done(decided.why, decided.steps)


ACTS: Mapping[str, Acting] = {
    "raise": _raise,
    "answer": _answer,
    "correct": _correct,
    "close": _close,
    "explain": _explain,
    "review": _review,
    "decide": _decide,
}
