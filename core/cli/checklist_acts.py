"""What ``checklist`` shows and changes: the state of each question, answers with their proofs, corrective actions."""

from __future__ import annotations

import argparse
from pathlib import Path

from core.audit.finding import STATUSES, number_of
from core.audit.people import person as person_named
from core.cli.audit._acting import acting_person
from core.cli.audit._findings import finding_to_plain
from core.cli.common import GOOD, NO, now, person, print_json, table, write
from core.cli.disclosure_asked import Asked, asked_of
from core.cli.holding import append, holding, records_of
from core.disclosures.catalogue import AREAS, CHECK
from core.disclosures.checklist import (
    STATES,
    Action,
    Area,
    Checked,
    checked_of,
    corrective,
    proposed_action,
    question_named,
)
from core.disclosures.plain_checked import checked_to_plain
from core.disclosures.submitting import written
from core.entering.keeping import keeping
from core.entering.plant import FORMS
from core.entering.words import made
from core.errors import UserError
from core.exchange.dates import parse_date
from core.exchange.ids import next_ids
from core.exchange.minerals.keeping import kept_file
from core.exchange.proofs import Proof, load_proof
from core.i18n import T, verbatim
from core.ledger import AuditFinding, Change, Ledger, Step, to_plain
from core.ledger.filing import Records
from core.store import PlantFile

WIDEST = 48
"""Characters of a cell."""


def status(arguments: argparse.Namespace) -> int:
    """The state of each question. Exit code 1 when one has no answer that holds."""
    lang = arguments.lang_ui
    if arguments.area and arguments.area not in AREAS:
        raise UserError(
            T("There is no area “{area}”.", area=verbatim(arguments.area[:40])),
            T("Choose one of: {known}.", known=list(AREAS)),
        )
    with asked_of(arguments) as asked:
        areas = tuple(one for one in _areas(asked) if arguments.area in (None, one.key))
        if arguments.json:
            plain = checked_to_plain(areas, asked.maps, asked.records, asked.today, lang)
            print_json({"year": asked.year, "level": asked.level, "areas": plain})
        else:
            for area in areas:
                _show(area, asked, lang)
    return GOOD if all(area.answered.n == area.answered.of for area in areas) else NO


def _areas(asked: Asked) -> tuple[Area, ...]:
    findings = asked.records.held(AuditFinding) if isinstance(asked.records, Ledger) else ()
    return checked_of(asked.values(), findings, asked.level)


def _show(area: Area, asked: Asked, lang: str) -> None:
    counts = T("{area}: {answered} of {all} answered, {proven} with proof", area=area.title, answered=area.answered.n,
               all=area.answered.of, proven=area.proven.n)  # fmt: skip
    write(counts.in_language(lang))
    heads = ["", *(word.in_language(lang) for word in (T("Question"), T("Answer"), T("State"), T("Who can say"),
                                                       T("Corrective action")))]  # fmt: skip
    write(table(heads, [_row(one, asked, lang) for one in area.questions], ()))


def _row(one: Checked, asked: Asked, lang: str) -> list[str]:
    said = written(one.value) if one.state != "missing" else ""
    choice = dict(one.question.point.choices).get(said)
    actions = "; ".join(
        f"{number_of(asked.records, each)} {STATUSES[each.status].in_language(lang)}"
        for each in one.findings if isinstance(asked.records, Ledger)
    )  # fmt: skip
    cells = [
        one.question.code,
        one.question.point.name.in_language(lang),
        f"{said if choice is None else choice.in_language(lang)} {one.value.unit if said else ''}".strip(),
        STATES[one.state].in_language(lang),
        "" if one.who is None else one.who.in_language(lang),
        actions,
    ]
    return [cell if len(cell) <= WIDEST else f"{cell[: WIDEST - 1]}…" for cell in cells]


# ---------------------------------------------------------------------- answers


def answer(arguments: argparse.Namespace) -> int:
    """Answer a question; files that are named by path are kept with it."""
    question, year = question_named(arguments.code), _year(arguments)
    with holding(arguments.file) as file:
        records = records_of(file)
        ids, steps, files = _kept(records, arguments.evidence)
        after = records.apply(steps)
        said: dict[str, object] = {
            "year": str(year), "point": f"{CHECK}{question.code}", "day": arguments.day or now().date().isoformat(),
            "by": arguments.by or person(arguments), "evidence": "; ".join(ids),
        }  # fmt: skip
        for key in ("value", "rows", "unit", "valid_to", "note"):
            if getattr(arguments, key) is not None:
                said[key] = getattr(arguments, key)
        decision = keeping(after, FORMS, made(after, FORMS["answer"], said, f"{year} {CHECK}{question.code}"))
        if decision.steps:
            append(file, arguments, decision.why, (*steps, *decision.steps), [one.data for one in files])
    if arguments.json:
        print_json({"changed": [to_plain(one.after) for one in decision.steps if one.after is not None]})
    else:
        done = decision.why if decision.steps else T("Nothing differs.")
        write(done.in_language(arguments.lang_ui))
    return GOOD


def _year(arguments: argparse.Namespace) -> int:
    if arguments.year is not None:
        return int(arguments.year)
    with asked_of(arguments) as asked:
        return asked.year


def _kept(records: Records, names: list[str]) -> tuple[tuple[str, ...], tuple[Step, ...], list[Proof]]:
    """Ids of what was named by id or path, the steps that keep what is new, and its files."""
    ids: list[str] = []
    steps: list[Step] = []
    files: list[Proof] = []
    for name in names:
        if records.get("evidence", name) is not None:
            ids.append(name)
            continue
        proof = load_proof(Path(name))
        key, fresh = kept_file(records, proof.name, proof.sha256, proof.size, proof.media_type)
        records = records.apply(fresh)
        ids.append(key)
        steps.extend(fresh)
        files.extend([proof] if fresh else [])
    return tuple(dict.fromkeys(ids)), tuple(steps), files


# ---------------------------------------------------------------------- corrective actions


def raise_action(arguments: argparse.Namespace) -> int:
    """A finding of the audit because of a question."""
    lang, today = arguments.lang_ui, now().date()
    question = question_named(arguments.code)
    with asked_of(arguments) as asked:
        found = {one.question.code: one for area in _areas(asked) for one in area.questions}
    proposed = proposed_action(found[question.code], lang)
    with PlantFile.open(arguments.file) as plant:
        ledger = plant.ledger
        action = Action(
            proposed.title if arguments.title is None else arguments.title,
            proposed.description if arguments.description is None else arguments.description,
            arguments.kind,
            person_named(ledger, arguments.owner).id if arguments.owner else "",
            parse_date(arguments.due).isoformat() if arguments.due else "",
            arguments.clause,
        )
        (key,) = next_ids(ledger, 1, "finding")
        by = acting_person(ledger, arguments).id
        done = corrective(ledger, question.code, arguments.year, by, today, key, action)
        plant.append(Change(person(arguments), now(), done.why, done.steps))
        ledger = plant.ledger
    (raised,) = (step.after for step in done.steps if isinstance(step.after, AuditFinding))
    if arguments.json:
        print_json(finding_to_plain(ledger, raised, today))
    else:
        write(done.why.in_language(lang))
    return GOOD
