"""What ``disclosure`` changes: decisions about questions, what is handed in, links of a received questionnaire."""

from __future__ import annotations

import argparse

from core.cli.common import GOOD, person, print_json, table, write
from core.cli.disclosure_asked import asked_of
from core.cli.entering import changed
from core.cli.fields import pair
from core.disclosures.deciding import comment, decide, proposed
from core.disclosures.maps import KEY
from core.disclosures.question import DisclosureMap
from core.disclosures.submitting import freeze, submitting
from core.entering.keeping import check
from core.entering.plant import FORMS
from core.errors import UserError
from core.exchange.dates import parse_date
from core.exchange.ids import next_ids
from core.exchange.questionnaires import CODES, Questionnaire, linking, read_questionnaire
from core.i18n import Name, T
from core.inventory.judging import Decision
from core.ledger import QuestionDecision, Step
from core.ledger.filing import Records


def decide_questions(arguments: argparse.Namespace) -> int:
    """One change of all questions that are named."""
    if arguments.applies is None and arguments.comment is None and not arguments.as_before:
        raise UserError(
            T("It is not said what is decided."), T("Say --applies, --comment or --as-before.")
        )  # fmt: skip
    who = person(arguments)
    with asked_of(arguments) as asked:
        one, maps, year = asked.map(arguments.map), asked.maps, asked.year
    editions = {other.key for other in maps.values() if other.framework == one.framework}

    def act(records: Records) -> Decision:
        steps: dict[tuple[str, str], Step] = {}
        last, after = Decision(T("Nothing"), ()), records
        for question in arguments.questions:
            for part in _decided(arguments, after, one, question, year, who, editions):
                after, last = after.apply(part.steps), part
                for step in part.steps:
                    first = steps.get((step.kind, step.id), step)
                    steps[step.kind, step.id] = Step(step.kind, step.id, first.before, step.after)
        real = tuple(step for step in steps.values() if step.before != step.after)
        why = last.why if len(real) == 1 else T("Questions of {map} decided: {count}", map=one.title, count=len(real))
        return Decision(why, real)

    return changed(arguments, act)


def _decided(
    arguments: argparse.Namespace, records: Records, one: DisclosureMap, question: str, year: int, who: str,
    editions: set[str],
) -> list[Decision]:  # fmt: skip
    applies, reason = arguments.applies, arguments.reason
    if arguments.as_before:
        proposal = proposed(records.held(QuestionDecision), editions, question, year)
        if proposal is None:
            raise UserError(
                T("Question {question} was not decided in an earlier year.", question=question),
                T("Decide it with --applies and --reason."),
            )
        applies, reason = proposal.decision.applies, proposal.decision.reason
    made = []
    if applies is not None:
        said = "" if applies == "undecided" else applies
        made.append(decide(records, one, question, year, said, reason, who))
        records = records.apply(made[-1].steps)
    if arguments.comment is not None:
        made.append(comment(records, one, question, year, arguments.comment))
    return made


def submit(arguments: argparse.Namespace) -> int:
    """Keep what is handed in."""
    with asked_of(arguments) as asked:
        one, values, level, year, today = (
            asked.map(arguments.map), asked.values(), asked.level, asked.year, asked.today,
        )  # fmt: skip
    day = parse_date(arguments.day) if arguments.day else today

    def act(records: Records) -> Decision:
        (key,) = next_ids(records, 1, "submission")
        made = freeze(
            one, values, year, day, person(arguments), arguments.recipient, key=key, level=level,
            decisions=records.held(QuestionDecision), evidence=arguments.evidence, note=arguments.note,
        )  # fmt: skip
        decision = submitting(records, made)
        check(records.apply(decision.steps), FORMS, made)
        return decision

    return changed(arguments, act)


# ---------------------------------------------------------------------- a received questionnaire


def link(arguments: argparse.Namespace) -> int:
    """Show what a received workbook asks; with links, keep them."""
    with asked_of(arguments) as asked:
        one = asked.maps.get(arguments.map) or _begun(arguments.map)
    found = read_questionnaire(arguments.workbook, one, pattern=arguments.codes or CODES)
    if not arguments.link:
        _show(found, arguments)
        return GOOD
    links = {
        code: tuple(key.strip() for key in keys.split(",") if key.strip())
        for code, keys in (pair(word, "ENV999=energy.total") for word in arguments.link)
    }
    return changed(arguments, lambda records: linking(records, found, links, arguments.requirement))


def _begun(key: str) -> DisclosureMap:
    """The map of a questionnaire that no shipped one fits, e.g. of a customer."""
    if KEY.fullmatch(key) is None:
        raise UserError(
            T("“{value}” is no key of a map.", value=key[:40]),
            T("Use up to 40 small letters, digits and “_”, such as cdp_2026."),
        )
    return DisclosureMap(key, key, "", Name(key, key), ())


def _show(found: Questionnaire, arguments: argparse.Namespace) -> None:
    lang = arguments.lang_ui
    if arguments.json:
        print_json({
            "matched": [{"question": question.id, "sheet": one.sheet, "row": one.row}
                        for question, one in found.matched],
            "unknown": [{"code": one.code, "label": one.label, "sheet": one.sheet, "row": one.row}
                        for one in found.unknown],
        })  # fmt: skip
        return
    write(T("Known to {map}: {count}", map=found.map.title, count=len(found.matched)).in_language(lang))
    write(T("To be linked by hand: {count}", count=len(found.unknown)).in_language(lang))
    if found.unknown:
        heads = [word.in_language(lang) for word in (T("Code"), T("Label"), T("Sheet"), T("Row"))]
        rows = [[one.code, one.label[:80], one.sheet, str(one.row)] for one in found.unknown]
        write(table(heads, rows, (3,)))
