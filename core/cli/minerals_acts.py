"""What ``minerals import``, ``decide`` and ``smelters`` change."""

from __future__ import annotations

import argparse

from core.cli.common import GOOD, NO, must_be_new, now, person, print_json, write
from core.cli.holding import append, holding, records_of
from core.cli.minerals_shown import print_examined, print_problems
from core.errors import UserError
from core.exchange.dates import parse_date
from core.exchange.key_figures import TableChange
from core.exchange.minerals import Read, read_declaration, read_smelter_list, taking_up, taking_up_list
from core.exchange.minerals.reading import supplier_named
from core.exchange.minerals.returning import buyer_of, write_returned
from core.i18n import T, Text, verbatim
from core.ledger import MineralDeclaration, SmelterList, Step, Supplier, to_plain
from core.ledger.filing import Records
from core.minerals import ACCEPTED, SENT_BACK, deciding, examine
from core.minerals.plain import examined_to_plain, problem_to_plain
from core.minerals.problem import COMPLETE, REVIEW


def take_up(arguments: argparse.Namespace) -> int:
    """A workbook is taken up whatever the rules say of it; exit code 1 says that they speak against it."""
    lang, today = arguments.lang_ui, now().date()
    received = parse_date(arguments.received) if arguments.received else today
    with holding(arguments.file, read_only=arguments.dry_run) as file:
        records = records_of(file)
        read = read_declaration(arguments.workbook, "", records)
        change = taking_up(read, records, _whose(arguments, read, records), received)
        if not arguments.dry_run:
            append(file, arguments, change.why, change.steps, change.data)
    after = records.apply(change.steps)
    (made,) = (step.after for step in change.steps if isinstance(step.after, MineralDeclaration))
    examined = examine(made, after.held(SmelterList), after.held(Supplier), today)
    if arguments.json:
        print_json({
            "layout": {"key": read.layout.key, "sure": dict(read.layout.sure)},
            "reading": [problem_to_plain(one, lang) for one in read.problems],
            "declaration": examined_to_plain(made, examined, lang),
            "dry_run": arguments.dry_run,
        })  # fmt: skip
    else:
        write(change.why.in_language(lang))
        print_problems(read.problems, lang)
        print_examined(made, examined, lang)
        _say_dry(arguments)
    return GOOD if examined.status in (COMPLETE, REVIEW) else NO


def _whose(arguments: argparse.Namespace, read: Read, records: Records) -> Supplier | None:
    """The supplier that was said, or whose name the workbook bears; None for the own declaration."""
    company = read.declaration.company
    if arguments.own:
        return None
    if arguments.new_supplier:
        if supplier_named(records, company) is not None:
            raise UserError(
                T("“{name}” is a supplier already.", name=verbatim(company)), T("Leave --new-supplier out.")
            )
        return Supplier("", company, minerals=True)
    if arguments.supplier:
        held = records.get("supplier", arguments.supplier)
        found = held if isinstance(held, Supplier) else supplier_named(records, arguments.supplier)
        if found is None:
            raise UserError(
                T("There is no supplier “{id}”.", id=verbatim(arguments.supplier)),
                T("Choose another one, or enter it first."),
            )
        return found
    found = supplier_named(records, company)
    if found is None:
        raise UserError(
            T("“{company}” is no supplier in the register.", company=verbatim(company)),
            T("Say --supplier NAME, --new-supplier, or --own."),
        )
    return found


def decide(arguments: argparse.Namespace) -> int:
    """Accept, send back with a list of what to correct, or take the decision back."""
    must_be_new(arguments.list)
    if arguments.list is not None and not arguments.send_back:
        raise UserError(T("A list is written only when a declaration is sent back."), T("Add --send-back."))
    verdict = ACCEPTED if arguments.accept else SENT_BACK if arguments.send_back else ""
    with holding(arguments.file, read_only=arguments.dry_run) as file:
        records = records_of(file)
        held = records.get("mineral_declaration", arguments.id)
        if not isinstance(held, MineralDeclaration):
            raise UserError(T("There is no declaration “{id}”.", id=verbatim(arguments.id)), T("Look into the list."))
        examined = examine(held, records.held(SmelterList), records.held(Supplier), now().date())
        why, steps = deciding(records, arguments.id, verdict, arguments.reason, person(arguments), examined)
        if not arguments.dry_run:
            if arguments.list is not None:
                write_returned(arguments.list, held, examined.problems, arguments.reason, now().date(),
                               buyer_of(records), arguments.lang)  # fmt: skip
            append(file, arguments, why, steps)
    _say(arguments, why, steps)
    return GOOD


def take_list(arguments: argparse.Namespace) -> int:
    """Exit code 1 with each refused row when the list cannot be taken up."""
    lang = arguments.lang_ui
    with holding(arguments.file, read_only=arguments.dry_run) as file:
        records = records_of(file)
        found = read_smelter_list(
            arguments.table, records, parse_date(arguments.day), "", arguments.name, arguments.standing
        )
        if found.refused:
            told = [one.message.in_language(lang) for one in found.refused]
            if arguments.json:
                print_json({"changed": [], "refused": told})
            for line in () if arguments.json else told:
                write(line)
            return NO
        change: TableChange = taking_up_list(found, records, arguments.source)
        if not arguments.dry_run:
            append(file, arguments, change.why, change.steps, change.data)
    _say(arguments, change.why, change.steps)
    return GOOD


def _say(arguments: argparse.Namespace, why: Text, steps: tuple[Step, ...]) -> None:
    if arguments.json:
        plain = [to_plain(step.after) for step in steps if step.after is not None]
        print_json({"changed": plain, "refused": [], "dry_run": arguments.dry_run})
    else:
        write(why.in_language(arguments.lang_ui))
        _say_dry(arguments)


def _say_dry(arguments: argparse.Namespace) -> None:
    if arguments.dry_run:
        write(T("Nothing was changed (dry run).").in_language(arguments.lang_ui))
