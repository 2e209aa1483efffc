"""What comes before the tests: people, plan, key figures, papers, what is agreed, what is said, the risks."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import groupby

from core.audit import benchmarks, key_figures, plan
from core.audit.communicating import noting
from core.audit.declaring import drafted, on_paper, wording
from core.audit.engagement import agreeing, usual
from core.audit.enrolling import adding
from core.audit.moving import moving
from core.audit.practice import proposed
from core.audit.risk import assessing
from core.checks import dismissal, review
from core.exchange.demo_audits.papers import Bill, Form, Signed, bills, figure, letter
from core.exchange.demo_audits.stage import Act, Acting, Done, Stage
from core.exchange.ids import next_ids
from core.exchange.proofs import Proof, proof_of
from core.i18n import T
from core.inventory import months_of, year_of
from core.ledger import Activity, Benchmark, Communication, Evidence, KeyFigure, Ledger, Person, PlanItem, Step

CALCULATED = frozenset({"upstream_energy", "transmission_losses"})
"""Methods whose records follow from others, so that no paper shows them."""


def _people(stage: Stage, _act: Act) -> list[Done]:
    """Everybody, the team lead last: from then on only the lead adds people."""
    made, ledger = [], stage.ledger
    for about in stage.about["person"].values():
        (key,) = next_ids(ledger, 1, "person")
        decided = adding(ledger, Person(key, **{**about, "roles": tuple(about["roles"])}))
        ledger = ledger.apply(decided.steps)
        made.append(Done(decided.why, decided.steps))
    return made


def _plan(stage: Stage, act: Act) -> list[Done]:
    """The lines of the file, then what the program proposes for the rest."""
    lines = [
        PlanItem("", **{**one, "accuracy": Decimal(one["accuracy"]) if "accuracy" in one else None})
        for one in act["line"]
    ]
    made = _planned(stage.ledger, lines)
    ledger = stage.ledger.apply(made.steps)
    chinese, english = (proposed(ledger, stage.inventory, lang) for lang in ("zh", "en"))
    rest = [
        replace(one, records=" / ".join(dict.fromkeys((one.records, other.records))), responsible=act["responsible"])
        for one, other in zip(chinese, english, strict=True)
    ]
    return [made, _planned(ledger, rest)]


def _planned(ledger: Ledger, lines: Sequence[PlanItem]) -> Done:
    keys = next_ids(ledger, len(lines), "plan_item")
    decided = plan.changing(ledger, [replace(one, id=key) for key, one in zip(keys, lines, strict=True)])
    return Done(decided.why, decided.steps)


def _figures(stage: Stage, act: Act) -> Done:
    """Twelve values of a year are months, one is the year."""
    found: list[KeyFigure] = []
    for one in act["figure"]:
        period = year_of(int(one["year"]))
        parts = months_of(period) if len(one["values"]) > 1 else (period,)
        found += [
            KeyFigure("", one["name"], one["unit"], part.start, part.end, Decimal(value), one["document"], one["note"])
            for part, value in zip(parts, one["values"], strict=True)
        ]
    keys = next_ids(stage.ledger, len(found), "key_figure")
    kept = [replace(one, id=key) for key, one in zip(keys, found, strict=True)]
    decided = key_figures.changing(stage.ledger, stage.library.units, kept)
    return Done(decided.why, decided.steps)


def _benchmarks(stage: Stage, act: Act) -> Done:
    """As head office sent them, with their file."""
    rows = act["row"]
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    key, steps, data = stage.taken(proof_of(act["file"], text.getvalue().encode(), "other"))
    numbers = {"low": Decimal, "median": Decimal, "high": Decimal, "plants": int, "year": int}
    kept = [
        Benchmark(id=one, evidence=key, **{name: numbers.get(name, str)(value) for name, value in row.items()})
        for one, row in zip(next_ids(stage.ledger, len(rows), "benchmark"), rows, strict=True)
    ]
    decided = benchmarks.keeping(stage.ledger, kept)
    return Done(decided.why, (*steps, *decided.steps), data)


# ---------------------------------------------------------------------- papers


def _bills(stage: Stage, act: Act) -> Done:
    """The bills of a source, one file each or in files of several; ``shows`` says where the paper differs."""
    records = [one for one in stage.inventory.activities if one.source == act["source"]]
    records = [one for one in records if one.method not in CALCULATED and one.item in act.get("items", (one.item,))]
    if "only" in act:
        records = [one for one in records if one.id in act["only"]]
    if "sample" in act:
        drawn = set(stage.sample(act["sample"]).activities)
        records = [one for one in records if one.id in drawn and not _proven(stage, one)]
    groups: list[list[Activity]] = [[one] for one in records]
    if "together" in act:
        groups = [list(own) for _, own in groupby(records, lambda one: one.method)]
    proofs = [(_bill_paper(stage, act, own), tuple(one.id for one in own)) for own in groups]
    return _kept(stage, proofs)


def _proven(stage: Stage, record: Activity) -> bool:
    return any(record.id in one.activities for one in stage.ledger.held(Evidence))


def _bill_paper(stage: Stage, act: Act, records: Sequence[Activity]) -> Proof:
    about = act["form"]
    form = Form(
        tuple(about["sender"]), tuple(about["title"]), tuple(about["colour"]), Decimal(about["price"]),
        about["currency"],
    )  # fmt: skip
    data = bills(form, [_filled(stage, act, one) for one in records])
    name = act.get("together") or f"{records[0].evidence or act['number']}.pdf"
    start, end = min(one.start for one in records), max(one.end for one in records)
    return replace(proof_of(name, data, act["kind"]), start=start.isoformat(), end=end.isoformat())


def _filled(stage: Stage, act: Act, record: Activity) -> Bill:
    number = record.evidence or act["number"]
    shown = Decimal(act.get("shows", {}).get(number, record.quantity))
    return Bill(number, stage.ledger.plant.name, record.source, stage.item_of(record), record.start, record.end, shown,
                record.unit)  # fmt: skip


def _report(stage: Stage, act: Act) -> Done:
    """A report on paper about the records of sources, which it lists."""
    found = [one for one in stage.inventory.activities if one.source in act["sources"]]
    records = sorted((one for one in found if one.method not in CALCULATED), key=lambda one: (one.start, one.id))
    lines = [f"{one.start:%Y-%m}   {stage.item_of(one)}   {figure(one.quantity)} {one.unit}" for one in records]
    period, about = stage.inventory.choices.period, act["paper"]
    made = stage.paper({**act, "paper": {**about, "text": "\n".join((about["text"].strip(), *lines))}})
    proof = replace(made, start=period.start.isoformat(), end=period.end.isoformat())
    return _kept(stage, [(proof, tuple(one.id for one in records))])


def _kept(stage: Stage, proofs: Sequence[tuple[Proof, tuple[str, ...]]]) -> Done:
    keys = next_ids(stage.ledger, len(proofs), "evidence")
    steps = tuple(
        Step("evidence", key, None, proof.record(key, rows)) for key, (proof, rows) in zip(keys, proofs, strict=True)
    )
    rows = sum(len(own) for _, own in proofs)
    why = T("Proofs attached: {files}; rows: {count}", files=len(proofs), count=rows)
    return Done(why, steps, tuple(proof.data for proof, _ in proofs))


# ---------------------------------------------------------------------- agreeing


def _engage(stage: Stage, act: Act) -> Done:
    agreed = usual(stage.ledger, stage.year, "en")
    said = {key: act[key] for key in ("client", "site", "objectives", "scope", "assurance", "start", "end", "note")}
    made = replace(
        agreed,
        **said,
        materiality=Decimal(act["materiality"]),
        scope_materiality=tuple((scope, percent) for scope, percent in act.get("scopes", {}).items()),
        team=tuple(stage.id_of(key) for key in act["team"]),
        reviewer=stage.id_of(act["reviewer"]),
    )
    decided = agreeing(stage.ledger, made)
    return Done(decided.why, decided.steps)


def _declare(stage: Stage, act: Act) -> Done:
    """Signed on paper, which is scanned."""
    words, day = wording(stage.ledger, stage.year, stage.id_of(act["who"])), act["when"].date()
    text = "\n\n".join(words.in_language(lang) for lang in ("zh", "en"))
    signed = [Signed(stage.name(act["who"]), day)]
    scan = proof_of(act["file"], letter("独立性声明 Declaration of independence", text.split("\n\n"), signed), "other")
    key, steps, data = stage.taken(scan)
    made = drafted(stage.ledger, stage.year, stage.id_of(act["who"]), text, day)
    decided = on_paper(stage.ledger, made, key, steps)
    return Done(decided.why, decided.steps, data)


def _note(stage: Stage, act: Act) -> Done:
    """Into the log, with the minutes on paper where there are any."""
    key, steps, data = stage.taken(stage.paper(act)) if "paper" in act else ("", (), ())
    (entry,) = next_ids(stage.ledger, 1, "communication")
    people = tuple(stage.about["person"].get(one, {"name": one})["name"] for one in act["people"])
    day: date = act["when"].date()
    text = act["paper"]["text"] if "paper" in act else act["text"]
    made = Communication(
        entry, stage.year, day, act["kind"], act["subject"], text.strip(), people, (key,) if key else ()
    )
    decided = noting(stage.ledger, made)
    return Done(decided.why, (*steps, *decided.steps), data)


def _move(stage: Stage, act: Act) -> Done:
    found = review(stage.inventory) if act["to"] == "review" else ()
    decided = moving(
        stage.ledger, stage.inventory, found, stage.year, act["to"], act.get("reason", ""), stage.name(act["by"]),
        act["when"].date(),
    )  # fmt: skip
    return Done(decided.why, decided.steps)


def _risks(stage: Stage, act: Act) -> list[Done]:
    made = []
    for one in act["source"]:
        decided = assessing(
            stage.ledger, stage.inventory, stage.year, one["name"], one["inherent"], one["control"],
            one.get("reason", ""), stage.corrections,
        )  # fmt: skip
        made.append(Done(decided.why, decided.steps))
    return made


def _waive(stage: Stage, act: Act) -> Done:
    """A finding of the automatic review that needs no action, for a reason."""
    sources = {one.id: one.source for one in stage.inventory.activities}
    found = next(
        one
        for one in review(stage.inventory)
        if one.rule == act["rule"] and not one.dismissed and sources.get(one.subject) == act["source"]
    )
    judged = dismissal(found, stage.year, act["reason"])
    why = T("Finding dismissed: {finding}", finding=found.message)
    return Done(why, (Step("judgement", judged.id, None, judged),))


ACTS: Mapping[str, Acting] = {
    "people": _people,
    "plan": _plan,
    "figures": _figures,
    "benchmarks": _benchmarks,
    "bills": _bills,
    "report": _report,
    "engage": _engage,
    "declare": _declare,
    "note": _note,
    "move": _move,
    "risks": _risks,
    "waive": _waive,
}
