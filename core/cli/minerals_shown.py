"""What ``minerals list``, ``status``, ``check`` and ``rollup`` say."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from core.cli.common import GOOD, NO, now, print_json, table, write
from core.cli.holding import records_in
from core.errors import UserError
from core.exchange.dates import parse_date
from core.i18n import T, Text, labelled, verbatim
from core.ledger import MineralDeclaration, SmelterList, Supplier
from core.ledger.filing import Records
from core.minerals import STATUS_NAMES, STATUSES, Examined, Standings, examine, newest, response_share, rollup
from core.minerals.plain import declaration_to_plain, examined_to_plain, own_to_plain
from core.minerals.problem import COMPLETE, REVIEW, Problem
from core.minerals.rollup import OwnTemplate
from core.minerals.share import answering, asked_suppliers
from core.minerals.standing import STANDING_NAMES
from core.minerals.status import ACCEPTED, SENT_BACK
from core.minerals.templates import ANSWER_NAMES, KEYS, answer_key
from core.minerals.words import mineral_name

DASH = "–"
VERDICTS: Mapping[str, Text] = {ACCEPTED: T("accepted"), SENT_BACK: T("sent back"), "": T("not decided")}


def day_of(arguments: argparse.Namespace) -> date:
    """The day that was said, or today."""
    return parse_date(arguments.day, end=True) if arguments.day else now().date()


def examined_all(
    records: Records, declarations: Iterable[MineralDeclaration], today: date
) -> list[tuple[MineralDeclaration, Examined]]:  # fmt: skip
    """Each with its state; published lists are looked through once."""
    standings, suppliers = Standings.of(records.held(SmelterList)), records.held(Supplier)
    return [(one, examine(one, standings, suppliers, today)) for one in declarations]


def names_of(records: Records) -> dict[str, str]:
    """Names of suppliers by id."""
    return {one.id: one.name for one in records.held(Supplier)}


def listed(arguments: argparse.Namespace) -> int:
    """Every declaration, newest day last."""
    lang, records = arguments.lang_ui, records_in(arguments.file)
    held = sorted(records.held(MineralDeclaration), key=lambda one: (one.effective, one.id))
    found = examined_all(records, held, day_of(arguments))
    if arguments.json:
        print_json([declaration_to_plain(one) | {"status": examined.status, "smelters": len(one.smelters)}
                    for one, examined in found])  # fmt: skip
        return GOOD
    if not found:
        write(T("Nothing is entered yet.").in_language(lang))
        return GOOD
    names = names_of(records)
    heads = [T("Id"), T("Supplier"), T("Template"), T("Effective date"), T("State"), T("Decision")]
    rows = [
        [
            one.id,
            names.get(one.supplier, one.supplier) or T("own declaration").in_language(lang),
            f"{one.template} {one.edition}".strip(),
            one.effective or DASH,
            STATUS_NAMES[examined.status].in_language(lang),
            VERDICTS[one.verdict].in_language(lang),
        ]
        for one, examined in found
    ]
    write(table([one.in_language(lang) for one in heads], rows, ()))
    return GOOD


# ---------------------------------------------------------------------- status


def status(arguments: argparse.Namespace) -> int:
    """Exit code 1 when a supplier has not answered or what counts is not complete."""
    lang, records, today = arguments.lang_ui, records_in(arguments.file), day_of(arguments)
    answered, asked = response_share(records, today)
    shares = {key: response_share(records, today, key) for key in KEYS}
    current = newest(one for one in records.held(MineralDeclaration) if one.supplier).values()
    found = examined_all(records, current, today)
    counts = {key: sum(examined.status == key for _, examined in found) for key in STATUSES}
    waiting = [one for one, _ in found if not one.verdict]
    replied = answering(records, today)
    silent = [one for one in asked_suppliers(records, today) if one.id not in replied]
    if arguments.json:
        print_json({
            "day": today.isoformat(),
            "answered": answered,
            "asked": asked,
            "templates": {key: {"answered": share[0], "asked": share[1]} for key, share in shares.items()},
            "states": counts,
            "waiting": [one.id for one in waiting],
            "silent": [{"id": one.id, "name": one.name} for one in silent],
            "lists": [{"id": one.id, "name": one.name, "day": one.day.isoformat(), "smelters": len(one.smelters)}
                      for one in records.held(SmelterList)],
        })  # fmt: skip
    else:
        _print_status(records, (answered, asked), counts, waiting, silent, lang)
    return GOOD if not silent and not waiting and counts[COMPLETE] + counts[REVIEW] == len(found) else NO


def _print_status(
    records: Records,
    share: tuple[int, int],
    counts: Mapping[str, int],
    waiting: Sequence[MineralDeclaration],
    silent: Sequence[Supplier],
    lang: str,
) -> None:
    write(T("{answered} of {asked} suppliers of minerals have answered.", answered=share[0], asked=share[1])
          .in_language(lang))  # fmt: skip
    for key, count in counts.items():
        write(f"  {labelled(STATUS_NAMES[key].in_language(lang), str(count), lang)}")
    if waiting:
        write(T("Not decided: {ids}", ids=[one.id for one in waiting]).in_language(lang))
    if silent:
        write(T("No answer that counts: {names}", names=[verbatim(one.name) for one in silent]).in_language(lang))
    for one in records.held(SmelterList):
        write(T("List “{name}” of {day}: {count} smelters", name=verbatim(one.name), day=one.day,
                count=len(one.smelters)).in_language(lang))  # fmt: skip


# ---------------------------------------------------------------------- check


def check(arguments: argparse.Namespace) -> int:
    """Exit code 1 when one is incomplete, rejected or to be reviewed."""
    lang, records = arguments.lang_ui, records_in(arguments.file)
    found = examined_all(records, _chosen(records, arguments.ids), day_of(arguments))
    if arguments.json:
        print_json([examined_to_plain(one, examined, lang) for one, examined in found])
    for one, examined in () if arguments.json else found:
        print_examined(one, examined, lang)
    if not found and not arguments.json:
        write(T("Nothing is entered yet.").in_language(lang))
    return GOOD if all(examined.status == COMPLETE for _, examined in found) else NO


def _chosen(records: Records, ids: Sequence[str]) -> list[MineralDeclaration]:
    if not ids:
        return list(newest(records.held(MineralDeclaration)).values())
    found = []
    for key in ids:
        one = records.get("mineral_declaration", key)
        if not isinstance(one, MineralDeclaration):
            raise UserError(T("There is no declaration “{id}”.", id=verbatim(key)), T("Look into the list."))
        found.append(one)
    return found


def print_examined(one: MineralDeclaration, examined: Examined, lang: str) -> None:
    """A declaration with every reason and its smelters by standing."""
    what = f"{one.template} {one.edition}".strip()
    write(T("{id} {template}, {company}: {state}", id=one.id or DASH, template=what, company=verbatim(one.company),
            state=STATUS_NAMES[examined.status]).in_language(lang))  # fmt: skip
    print_problems(examined.problems, lang)
    counts: dict[str, int] = {}
    for smelter in examined.smelters:
        counts[smelter.standing.key] = counts.get(smelter.standing.key, 0) + 1
    if counts:
        parts: list[Text] = [T("{standing}: {count}", standing=STANDING_NAMES[key], count=count)
                             for key, count in counts.items()]  # fmt: skip
        write("  " + T("Smelters: {parts}", parts=parts).in_language(lang))


def print_problems(problems: Iterable[Problem], lang: str) -> None:
    """One line each."""
    for problem in problems:
        said = T("{level}, {subject}: {message} {remedy}", level=STATUS_NAMES[problem.level], subject=problem.place,
                 message=problem.message, remedy=problem.remedy)  # fmt: skip
        write(f"  {said.in_language(lang)}")


# ---------------------------------------------------------------------- roll-up


def roll_up(arguments: argparse.Namespace) -> int:
    """Exit code 1 when declarations contradict each other or the own one."""
    lang, records = arguments.lang_ui, records_in(arguments.file)
    own = rollup(records, day_of(arguments))
    if arguments.out is not None:
        from core.exchange.minerals import write_rollup

        write_rollup(arguments.out, own, records, lang)
    if arguments.json:
        print_json(own_to_plain(own, names_of(records), lang))
    elif not own.templates:
        write(T("No declaration of a supplier counts yet.").in_language(lang))
    for one in () if arguments.json else own.templates:
        _print_own(one, lang)
    return NO if any(one.contradictions for one in own.templates) else GOOD


def _print_own(one: OwnTemplate, lang: str) -> None:
    write(T("{template}: {answered} of {asked} suppliers, {used} declarations accepted", template=one.template.key,
            answered=one.answered, asked=one.asked, used=len(one.used)).in_language(lang))  # fmt: skip
    heads = ["", *(mineral_name(mineral).in_language(lang) for mineral in one.minerals)]
    rows = []
    for question in one.template.questions:
        said = [one.answers.get(answer_key(question.key, mineral), "") for mineral in one.minerals]
        shown = [ANSWER_NAMES[answer].in_language(lang) if answer in ANSWER_NAMES else DASH for answer in said]
        rows.append([f"{question.key} {question.name.in_language(lang)}", *shown])
    if one.minerals:
        write(table(heads, rows, ()))
    write(T("Smelters: {count}", count=len(one.smelters)).in_language(lang))
    if one.open:
        write(T("Answers that stay open: {keys}", keys=list(one.open)).in_language(lang))
    for each in one.contradictions:
        said_of = T("{message} {remedy}", message=each.message, remedy=each.remedy)
        write(said_of.in_language(lang))
