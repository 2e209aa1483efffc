"""``audit review``, ``opinion``, ``statement`` and ``conclude``: the end of an audit."""

from __future__ import annotations

import argparse
from pathlib import Path

from core.audit.checklist import ANSWERS, answering, answers, questions
from core.audit.opinion import deciding_opinion, proposed
from core.audit.statement import OPINIONS, statement
from core.cli.audit._acting import acting_person, confirm
from core.cli.common import (
    GOOD,
    NO,
    Commands,
    command,
    inventory_of_plant,
    library_of_plant,
    must_be_new,
    now,
    person,
    print_json,
    write,
)
from core.cli.keys import add_key, add_time_stamps, key_of
from core.cli.publishing import finished_before, published
from core.handover import FindingsForbidError, binding, conclude, concluded, produce
from core.i18n import T
from core.inventory import Inventory
from core.inventory.caused import compared_with
from core.ledger import Opinion, to_plain
from core.store import PlantFile


def add_commands(commands: Commands, lang: str) -> None:
    """Register the commands."""
    review = command(
        commands, "review", T("The independent reviewer's checklist: show it, or answer it."), run_review, lang
    )
    opinion = command(commands, "opinion", T("The opinion that is proposed, or decide it."), run_opinion, lang)
    words = command(commands, "statement", T("The text of the audit statement."), run_statement, lang)
    end = command(commands, "conclude", T("Sign the report and lock the audit."), run_conclude, lang)
    for parser in (review, opinion, words, end):
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--year", type=int, required=True)
    for parser in (review, opinion, words):
        parser.add_argument("--json", action="store_true")
    for parser in (review, opinion, end):
        parser.add_argument("--person")
    review.add_argument("--answer", metavar="QUESTION=yes|no|not_applicable", action="append", default=[],
                        help=T("Once for each question.").in_language(lang))  # fmt: skip
    review.add_argument("--remark", default="", help=T("Needed for everything but yes.").in_language(lang))
    opinion.add_argument("--decide", choices=tuple(OPINIONS))
    opinion.add_argument("--basis", default="", help=T("Why.").in_language(lang))
    opinion.add_argument("--emphasis", default="", help=T("What readers should know besides.").in_language(lang))
    words.add_argument("--lang", choices=("zh", "en"), default=lang)
    end.add_argument("--out", type=Path, required=True, metavar="R.pdf")
    end.add_argument("--lang", choices=("zh", "en", "both"), default="both")
    add_key(end, lang)
    add_time_stamps(end, lang)


def run_review(arguments: argparse.Namespace) -> int:
    """Exit code 1 while a question waits or was answered with no."""
    lang, year = arguments.lang_ui, arguments.year
    with PlantFile.open(arguments.file, read_only=not arguments.answer) as plant:
        for pair in arguments.answer:
            key, _, answer = pair.partition("=")
            by = acting_person(plant.ledger, arguments).id
            done = answering(plant.ledger, year, key, answer, arguments.remark, by)
            confirm(plant, done, arguments, say=False)
        given = answers(plant.ledger, year)
    rows = [
        {
            "question": one.key,
            "text": one.text.in_language(lang),
            "source": one.source,
            "answer": given[one.key].answer if one.key in given else "",
            "remark": given[one.key].remark if one.key in given else "",
        }
        for one in questions()
    ]
    if arguments.json:
        print_json(rows)
    else:
        for row in rows:
            mark = ANSWERS[row["answer"]].in_language(lang) if row["answer"] else "—"
            write(f"{row['question']}: {mark}\n  {row['text']}" + (f"\n  {row['remark']}" if row["remark"] else ""))
    return GOOD if all(row["answer"] not in ("", "no") for row in rows) else NO


def run_opinion(arguments: argparse.Namespace) -> int:
    """Exit code 1 while nobody decided."""
    lang, year = arguments.lang_ui, arguments.year
    with PlantFile.open(arguments.file, read_only=arguments.decide is None) as plant:
        inventory = _inventory(plant, year)
        proposal = proposed(plant.ledger, inventory, year)
        if arguments.decide is not None:
            by, day = acting_person(plant.ledger, arguments).id, now().date()
            said = arguments.decide, arguments.basis, arguments.emphasis
            confirm(plant, deciding_opinion(plant.ledger, inventory, year, *said, by, day), arguments, say=False)
        decided = plant.ledger.get("opinion", str(year))
    reasons = [reason.in_language(lang) for reason in proposal.reasons]
    if arguments.json:
        held = None if decided is None else to_plain(decided)
        print_json({"proposed": proposal.kind, "reasons": reasons, "decided": held})
    else:
        write(T("Proposed: {kind}", kind=OPINIONS[proposal.kind]).in_language(lang))
        write("\n".join(f"  {reason}" for reason in reasons))
        if isinstance(decided, Opinion):
            write(T("Decided: {kind}", kind=OPINIONS[decided.kind]).in_language(lang))
    return NO if decided is None else GOOD


def run_statement(arguments: argparse.Namespace) -> int:
    """Print it."""
    with PlantFile.open(arguments.file, read_only=True) as plant:
        parts = statement(plant.ledger, _inventory(plant, arguments.year), arguments.year)
    shown = [(p.title.in_language(arguments.lang), p.text.in_language(arguments.lang)) for p in parts]
    if arguments.json:
        print_json([{"title": title, "text": text} for title, text in shown])
    else:
        write("\n\n".join(f"{title}\n{text}" for title, text in shown))
    return GOOD


def run_conclude(arguments: argparse.Namespace) -> int:
    """Exit code 1 when open errors of the review forbid it."""
    lang, when, year = arguments.lang_ui, now(), arguments.year
    must_be_new(arguments.out)
    with key_of(arguments, when) as identity, PlantFile.open(arguments.file) as plant:
        if finished_before(plant, arguments.out, lang):
            return GOOD
        who = person(arguments)
        binding(plant.ledger, year, who, identity.certificate)  # before the slow work, what would be refused after it
        try:
            made = conclude(
                plant.ledger,
                year,
                library_of_plant(plant),
                language=arguments.lang,
                who=who,
                when=when,
                journal=(plant.head, plant.entries),
                sound=plant.health.sound,
                earlier={sha256: plant.blob(sha256) for _, sha256 in compared_with(plant.ledger, year)},
                blob=plant.blob,
                corrections=plant.corrections,
            )
        except FindingsForbidError as error:
            write(error.text(lang))
            return NO
        pdf = produce(made.draft, identity, time_stamps=arguments.time_stamps)
        change = concluded(plant.ledger, made, who, when, identity.certificate)
        published(plant, pdf, arguments.out, change, (made.package,))
    write(T("Concluded, signed and written: {file}", file=str(arguments.out)).in_language(lang))
    return GOOD


def _inventory(plant: PlantFile, year: int) -> Inventory:
    return inventory_of_plant(plant, year, library_of_plant(plant))
