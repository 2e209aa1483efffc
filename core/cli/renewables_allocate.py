"""What ``renewables allocate``, ``import`` and ``export`` do: cover bills, take exports of registries up, and write."""

from __future__ import annotations

import argparse

from core.cli.because import confirm
from core.cli.common import GOOD, NO, inventory_of_plant, library_of_plant, now, person, print_json, table, write
from core.cli.energy import year_ahead
from core.errors import UserError
from core.exchange.ids import next_ids
from core.exchange.instruments import FoundLots, read_instruments, taking_up, write_instruments
from core.exchange.numbers import parse_number
from core.i18n import T, show_number
from core.inventory.judging import Decision
from core.ledger import Activity, Change, Instrument, Ledger, to_plain
from core.library.record_words import field_name
from core.renewables import accept, allocate, propose, take_back
from core.renewables.plain import proposal_to_plain
from core.renewables.proposed import Proposal
from core.store import PlantFile


def run(arguments: argparse.Namespace) -> int:
    """By hand, back, or as a proposal says."""
    by_hand = (arguments.instrument, arguments.record, arguments.kwh)
    ways = [any(by_hand), bool(arguments.take_back), arguments.order is not None]
    if sum(ways) > 1:
        raise UserError(
            T("A proposal, an allocation by hand and taking back do not go together."), T("Say one of them.")
        )
    if any(by_hand) and not all(by_hand):
        raise UserError(T("An allocation by hand needs instrument, record and amount."),
                        T("Say --instrument, --record and --kwh."))  # fmt: skip
    with PlantFile.open(arguments.file, read_only=arguments.dry_run) as plant:
        if arguments.take_back:
            return _changed(plant, take_back(plant.ledger, arguments.take_back), arguments)
        if all(by_hand):
            return _changed(plant, _by_hand(plant, arguments), arguments)
        return _proposed(plant, arguments)


def _by_hand(plant: PlantFile, arguments: argparse.Namespace) -> Decision:
    key = next_ids(plant.ledger, 1, "allocation")[0]
    return allocate(plant.ledger, library_of_plant(plant), key, arguments.instrument, arguments.record,
                    parse_number(arguments.kwh), arguments.note)  # fmt: skip


def _changed(plant: PlantFile, decision: Decision, arguments: argparse.Namespace) -> int:
    if not arguments.dry_run:
        confirm(plant, Change(person(arguments), now(), decision.why, decision.steps), arguments)
    lang = arguments.lang_ui
    if arguments.json:
        plain = [to_plain(step.after) if step.after else {"id": step.id} for step in decision.steps]
        print_json({"changed": plain, "dry_run": arguments.dry_run})
    else:
        write(decision.why.in_language(lang))
        if arguments.dry_run:
            write(T("Nothing was changed (dry run).").in_language(lang))
    return GOOD


# ---------------------------------------------------------------------- proposal


def _proposed(plant: PlantFile, arguments: argparse.Namespace) -> int:
    """Exit code 1 when there is nothing to allocate."""
    ledger, library, lang = plant.ledger, library_of_plant(plant), arguments.lang_ui
    inventory = inventory_of_plant(plant, year_ahead(ledger, arguments.year), library)
    found = propose(ledger, inventory, arguments.order or "expiry")
    take = bool(found.allocations) and not arguments.dry_run
    if take:
        ids = next_ids(ledger, len(found.allocations), "allocation")
        decision = accept(ledger, library, found, ids)
        confirm(plant, Change(person(arguments), now(), decision.why, decision.steps), arguments)
    if arguments.json:
        print_json({**proposal_to_plain(found, ledger, lang), "accepted": take})
    else:
        _print(found, ledger, lang)
        write(decision.why.in_language(lang) if take else T("Nothing was changed.").in_language(lang))
    return GOOD if found.allocations else NO


def _print(found: Proposal, ledger: Ledger, lang: str) -> None:
    rows = []
    for one in found.allocations:
        record = ledger.get("activity", one.activity)
        bill = f"{record.source} {record.start.isoformat()}" if isinstance(record, Activity) else one.activity
        rows.append([bill, _name(ledger, one.instrument), show_number(one.kwh), one.reason.in_language(lang)])
    if rows:
        heads = (T("Bill"), field_name("allocation", "instrument"), T("Quantity [kWh]"), T("Reason"))
        write(table([one.in_language(lang) for one in heads], rows, (2,)))
    for key, kwh in found.open:
        record = ledger.get("activity", key)
        source = record.source if isinstance(record, Activity) else key
        write(T("Stays open: {source} ({id}), {kwh} kWh", source=source, id=key, kwh=kwh).in_language(lang))
    for unfit in found.unfit:
        said = T("Not proposed: {name}. {reason}", name=_name(ledger, unfit.instrument), reason=unfit.reason)
        write(said.in_language(lang))


def _name(ledger: Ledger, key: str) -> str:
    found = ledger.get("instrument", key)
    return found.name if isinstance(found, Instrument) else key


# ---------------------------------------------------------------------- files


def take_up(arguments: argparse.Namespace) -> int:
    """Exit code 1 with each refused row when the file cannot be taken up."""
    with PlantFile.open(arguments.file, read_only=arguments.dry_run) as plant:
        found = read_instruments(arguments.export, plant.ledger)
        why = None
        new = bool(found.records) or not found.known  # what is there already adds nothing, and is no fault
        if not found.refused and new and not arguments.dry_run:
            change = taking_up(found, plant.ledger)
            confirm(plant, Change(person(arguments), now(), change.why, change.steps), arguments, change.data)
            why = change.why
    lang = arguments.lang_ui
    if arguments.json:
        print_json(_found_to_plain(found, lang, imported=why is not None, dry=arguments.dry_run))
    else:
        _print_found(found, lang)
        write((why or T("Nothing was changed.")).in_language(lang))
    return NO if found.refused else GOOD


def _found_to_plain(found: FoundLots[Instrument], lang: str, *, imported: bool, dry: bool) -> dict[str, object]:
    return {
        "layout": found.layout.in_language(lang),
        "imported": imported,
        "dry_run": dry,
        "rows": len(found.rows),
        "records": [to_plain(one) for one in found.records],
        "known": [{"row": one.row, "id": one.id} for one in found.known],
        "left_out": [one.message.in_language(lang) for one in found.passed],
        "ignored": list(found.ignored),
        "refused": [one.message.in_language(lang) for one in found.refused],
    }


def _print_found(found: FoundLots[Instrument], lang: str) -> None:
    write(T("Recognised as: {layout}.", layout=found.layout).in_language(lang))
    if found.rows:
        write(T("{rows} rows become {records} instruments; consecutive certificates of one lot are one.",
                rows=len(found.rows), records=len(found.records)).in_language(lang))  # fmt: skip
    for one in found.refused:
        write(one.message.in_language(lang))
    for one in found.passed:
        write(one.message.in_language(lang))
    if found.ignored:
        write(T("Not read: {headings}.", headings=[f"“{one}”" for one in found.ignored]).in_language(lang))
    if found.known:
        write(T("{count} rows are held already; nothing is added for them.", count=len(found.known)).in_language(lang))


def export(arguments: argparse.Namespace) -> int:
    """In the form that can be imported again."""
    with PlantFile.open(arguments.file, read_only=True) as plant:
        ledger = plant.ledger
    write_instruments(arguments.out, ledger, arguments.lang_ui)
    return GOOD
