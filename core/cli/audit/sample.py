"""``audit sample``: list samples, draw one, widen one after findings, remove one, or draw one again to check it.

With ``--frame`` what it is drawn from becomes a file.
"""

from __future__ import annotations

import argparse
import secrets
from pathlib import Path

from core.audit.escalation import escalating, findings_in, next_level
from core.audit.procedures import samples_of, untested
from core.audit.sampling import (
    ALLOCATIONS,
    BY_CHANCE,
    METHODS,
    STRATA,
    Drawn,
    Wish,
    drawing,
    redraw,
    removing,
    sample_named,
)
from core.cli.audit._acting import confirm
from core.cli.audit._frame import save_frame, save_frame_of
from core.cli.common import GOOD, NO, Commands, command, inventory_of_plant, library_of_plant, print_json, table, write
from core.disk import take_back
from core.errors import UserError
from core.exchange.ids import next_ids
from core.exchange.numbers import parse_number
from core.i18n import T, verbatim
from core.inventory import Inventory
from core.inventory.judging import Decision
from core.ledger import Activity, Ledger, Sample, to_plain
from core.store import PlantFile

SEED_BYTES = 8


def add_commands(commands: Commands, lang: str) -> None:
    """Register the command."""
    words = T("List the samples of an audit, draw one, widen one after findings, or draw one again.")
    parser = command(commands, "sample", words, run_sample, lang)
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--year", type=int, required=True)
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--name", help=T("Draw a sample of this name.").in_language(lang))
    what.add_argument(
        "--escalate", metavar="SAMPLE", help=T("Widen a sample because of its findings.").in_language(lang)
    )
    what.add_argument("--remove", metavar="SAMPLE", help=T("Remove a sample without tests.").in_language(lang))
    what.add_argument("--redraw", metavar="SAMPLE", help=T("Draw it again and compare.").in_language(lang))
    what.add_argument("--show", metavar="SAMPLE", help=T("Its records.").in_language(lang))
    _add_choices(parser, lang)
    words = T("Write the records it is drawn from as a csv file, for another program to draw again.")
    parser.add_argument("--frame", type=Path, metavar="CSV", help=words.in_language(lang))
    parser.add_argument("--dry-run", action="store_true", help=T("Show what would be drawn.").in_language(lang))
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--person")


def _add_choices(parser: argparse.ArgumentParser, lang: str) -> None:
    parser.add_argument("--method", choices=tuple(METHODS))
    parser.add_argument("--source", action="append", default=[], help=T("Repeat it for several.").in_language(lang))
    parser.add_argument("--size", type=int, default=0, metavar="N", help=T("Without it: from risk.").in_language(lang))
    parser.add_argument("--seed", default="", metavar="TEXT", help=T("Without it one is made.").in_language(lang))
    parser.add_argument("--level", type=int, default=0, metavar="%", help=T("30, 50, 80 or 100.").in_language(lang))
    parser.add_argument("--confidence", metavar="%", help=T("Without it: from risk.").in_language(lang))
    words = T("In t CO₂e; of random records in percent.")
    parser.add_argument("--tolerable", metavar="N", help=words.in_language(lang))
    parser.add_argument("--expected", metavar="N", default="0", help=T("In the same unit.").in_language(lang))
    parser.add_argument("--strata", choices=tuple(STRATA), default="source")
    parser.add_argument("--allocation", choices=tuple(ALLOCATIONS), default="neyman")
    parser.add_argument("--activity", action="append", default=[], metavar="ID",
                        help=T("Records of a judgement sample.").in_language(lang))  # fmt: skip
    parser.add_argument("--reason", default="")


def run_sample(arguments: argparse.Namespace) -> int:
    """Do one of them; exit code 1 when a sample is not what its seed draws."""
    acts = arguments.name is not None or arguments.escalate or arguments.remove
    writes = bool(acts) and not arguments.dry_run
    if arguments.remove and arguments.frame:
        raise UserError(T("A sample that is removed has no frame to write."), T("Leave out --frame or --remove."))
    with PlantFile.open(arguments.file, read_only=not writes) as plant:
        if arguments.redraw:
            return _redraw(plant, arguments)
        if arguments.show:
            return _show(plant, arguments)
        if arguments.remove:
            return _remove(plant, arguments, writes)
        if acts:
            return _draw(plant, arguments, writes)
        return _frame(plant, arguments) if arguments.frame else _list(plant.ledger, arguments)


def _remove(plant: PlantFile, arguments: argparse.Namespace, writes: bool) -> int:
    done = removing(plant.ledger, sample_named(plant.ledger, arguments.year, arguments.remove))
    if writes:
        confirm(plant, done, arguments, say=not arguments.json)
    if arguments.json:
        print_json({"sample": arguments.remove, "removed": writes})
    return GOOD


def _frame(plant: PlantFile, arguments: argparse.Namespace) -> int:
    """The records as they are now, without a sample."""
    sha256 = save_frame(arguments.frame, _inventory(plant, arguments), tuple(dict.fromkeys(arguments.source)))
    if arguments.json:
        print_json({"frame": sha256})
    else:
        _say_frame(arguments, sha256)
    return GOOD


def _say_frame(arguments: argparse.Namespace, sha256: str) -> None:
    if arguments.frame and not arguments.json:
        words = T("Frame written: {file}, SHA-256 {sha256}", file=arguments.frame.name, sha256=sha256)
        write(words.in_language(arguments.lang_ui))


def _inventory(plant: PlantFile, arguments: argparse.Namespace) -> Inventory:
    return inventory_of_plant(plant, arguments.year, library_of_plant(plant))


def _draw(plant: PlantFile, arguments: argparse.Namespace, writes: bool) -> int:
    (key,) = next_ids(plant.ledger, 1, "sample")
    inventory = _inventory(plant, arguments)
    if arguments.escalate:
        made = escalating(
            plant.ledger,
            inventory,
            sample_named(plant.ledger, arguments.year, arguments.escalate),
            key,
            reason=arguments.reason,
            level=arguments.level,
            sources=tuple(arguments.source),
        )
    else:
        made = drawing(plant.ledger, inventory, arguments.year, _wish(arguments), key)
    if writes:
        _confirm(plant, inventory, made, arguments)
    elif arguments.frame:
        save_frame_of(arguments.frame, inventory, made.sample)
    if arguments.json:
        print_json(_plain(made, arguments.lang_ui) | {"saved": writes})
    else:
        _print(made, plant.ledger, arguments.lang_ui)
    _say_frame(arguments, made.sample.frame)
    return GOOD


def _confirm(plant: PlantFile, inventory: Inventory, made: Drawn, arguments: argparse.Namespace) -> None:
    """Sample and frame, or neither of them."""
    if arguments.frame:
        save_frame_of(arguments.frame, inventory, made.sample)
    try:
        confirm(plant, Decision(made.why, made.steps), arguments, say=not arguments.json)
    except BaseException:
        if arguments.frame:
            take_back(arguments.frame)
        raise


def _wish(arguments: argparse.Namespace) -> Wish:
    if arguments.method is None:
        raise UserError(T("{option} is missing.", option="--method"), T("Say it on the command line."))
    seed = arguments.seed
    if arguments.method in BY_CHANCE and not seed:
        seed = secrets.token_hex(SEED_BYTES)  # from the system once; from then on everything follows from it
    return Wish(
        name=arguments.name,
        method=arguments.method,
        sources=tuple(dict.fromkeys(arguments.source)),
        seed=seed,
        size=arguments.size,
        level=arguments.level,
        confidence=None if arguments.confidence is None else parse_number(arguments.confidence),
        tolerable=None if arguments.tolerable is None else parse_number(arguments.tolerable),
        expected=parse_number(arguments.expected),
        strata=arguments.strata,
        allocation=arguments.allocation,
        activities=tuple(arguments.activity),
        reason=arguments.reason,
    )


def _plain(made: Drawn, lang: str) -> dict[str, object]:
    return {
        "sample": to_plain(made.sample),
        "why": [one.in_language(lang) for one in made.sizing.why],
        "notes": [one.in_language(lang) for one in made.sizing.notes],
    }


def _print(made: Drawn, ledger: Ledger, lang: str) -> None:
    for one in (*made.sizing.why, *made.sizing.notes):
        write(f"- {one.in_language(lang)}")
    sample = made.sample
    if sample.seed:
        write(T("Id {id}, seed {seed}", id=sample.id, seed=verbatim(sample.seed)).in_language(lang))
    _print_records(ledger, sample, lang)


def _show(plant: PlantFile, arguments: argparse.Namespace) -> int:
    sample = sample_named(plant.ledger, arguments.year, arguments.show)
    if arguments.frame:
        save_frame_of(arguments.frame, _inventory(plant, arguments), sample)
    if arguments.json:
        print_json(_summary(plant.ledger, sample))
    else:
        _print_records(plant.ledger, sample, arguments.lang_ui)
    _say_frame(arguments, sample.frame)
    return GOOD


def _print_records(ledger: Ledger, sample: Sample, lang: str) -> None:
    heads = (T("Record"), T("Source"), T("From"), T("To"), T("Times drawn"))
    rows = []
    for key in dict.fromkeys(sample.activities):
        record = ledger.get("activity", key)
        span = (
            (record.source, record.start.isoformat(), record.end.isoformat())
            if isinstance(record, Activity)
            else ("",) * 3
        )
        rows.append((key, *span, str(sample.activities.count(key))))
    write(table([head.in_language(lang) for head in heads], rows, (4,)))


# ---------------------------------------------------------------------- looking


def _redraw(plant: PlantFile, arguments: argparse.Namespace) -> int:
    sample = sample_named(plant.ledger, arguments.year, arguments.redraw)
    inventory = _inventory(plant, arguments)
    found = redraw(plant.ledger, inventory, sample)
    if arguments.frame:
        save_frame_of(arguments.frame, inventory, sample)
    if arguments.json:
        print_json({"sample": sample.id, "state": found.state, "good": found.good})
    else:
        write(found.words.in_language(arguments.lang_ui))
    _say_frame(arguments, sample.frame)
    return GOOD if found.good else NO


def _summary(ledger: Ledger, sample: Sample) -> dict[str, object]:
    waiting = [key for name, key in untested(ledger, sample.year) if name == sample.id]
    proposal = next_level(ledger, sample)
    return {
        "sample": to_plain(sample),
        "records": len(set(sample.activities)),
        "untested": waiting,
        "findings": [one.id for one in findings_in(ledger, sample)],
        "next_level": None if proposal is None else {"level": proposal.level, "sources": list(proposal.sources)},
    }


def _list(ledger: Ledger, arguments: argparse.Namespace) -> int:
    samples, lang = samples_of(ledger, arguments.year), arguments.lang_ui
    if arguments.json:
        print_json([_summary(ledger, one) for one in samples])
        return GOOD
    if not samples:
        write(T("No sample was drawn in {year} yet.", year=str(arguments.year)).in_language(lang))
        return GOOD
    heads = (
        T("Id"),
        T("Sample"),
        T("Method"),
        T("Share drawn, %"),
        T("Records"),
        T("Tested"),
        T("Findings"),
        T("Seed"),
    )
    waiting = [name for name, _ in untested(ledger, arguments.year)]
    rows = [
        (
            one.id,
            one.name,
            METHODS[one.method].in_language(lang),
            str(one.level or "–"),
            str(len(set(one.activities))),
            str(len(set(one.activities)) - waiting.count(one.id)),
            str(len(findings_in(ledger, one))),
            one.seed or "–",
        )
        for one in samples
    ]
    write(table([head.in_language(lang) for head in heads], rows, (3, 4, 5, 6)))
    for proposal in filter(None, (next_level(ledger, one) for one in samples)):
        write(f"- {proposal.why.in_language(lang)}")
    return GOOD
