"""``history``: every change of a file, field by field; taking one back, or everything since."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core.audit.change_words import ACTS, act_said, differences, record_said
from core.cli.because import add_because
from core.cli.common import GOOD, Commands, command, print_json, table, write
from core.cli.holding import append, holding, records_of
from core.i18n import T, labelled
from core.ledger.history import Heading

if TYPE_CHECKING:
    from core.audit.merge_words import Words
    from core.ledger import Entry
    from core.store import GroupFile, PlantFile

NEWEST = 50
"""Changes that are listed unless more are asked for."""


def add_commands(commands: Commands, lang: str) -> None:
    """Register the command."""
    words = T("Every change of a plant or of head office: who, when, what and why; take changes back.")
    parser = command(commands, "history", words, run_history, lang)
    parser.add_argument("file", type=Path, metavar="FILE")
    asked = parser.add_mutually_exclusive_group()
    asked.add_argument(
        "--record", metavar="ID", help=T("Only changes of this record, field by field.").in_language(lang)
    )
    asked.add_argument("--entry", type=int, metavar="N", help=T("One change, field by field.").in_language(lang))
    asked.add_argument(
        "--undo", type=int, metavar="N", help=T("Take change N back and leave all others.").in_language(lang)
    )
    asked.add_argument(
        "--back-to",
        type=int,
        metavar="N",
        help=T("Take back everything since change N, as one change.").in_language(lang),
    )
    parser.add_argument("--newest", type=int, default=NEWEST, metavar="COUNT",
                        help=T("How many changes are listed, newest first; 0: all.").in_language(lang))  # fmt: skip
    parser.add_argument("--by", metavar="PERSON", help=T("Only what this person changed.").in_language(lang))
    parser.add_argument("--dry-run", action="store_true", help=T("Check only, change nothing.").in_language(lang))
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--person")
    add_because(parser, lang)


def run_history(arguments: argparse.Namespace) -> int:
    """List, tell or take back; exit code 1 when it cannot be taken back."""
    back = arguments.undo is not None or arguments.back_to is not None
    with holding(arguments.file, read_only=not back or arguments.dry_run) as file:
        if back:
            return _go_back(file, arguments)
        if arguments.record is not None or arguments.entry is not None:
            return _tell(file, arguments)
        return _list(file, arguments)


# ---------------------------------------------------------------------- list


def _list(file: PlantFile | GroupFile, arguments: argparse.Namespace) -> int:
    from core.store.history import headings

    found = [one for one in headings(file) if arguments.by in (None, one.who)]
    shown = found[: arguments.newest] if arguments.newest > 0 else found
    if arguments.json:
        print_json({"changes": [_plain(one, arguments.lang_ui) for one in shown], "count": len(found)})
        return GOOD
    lang = arguments.lang_ui
    titles = (T("No."), T("When"), T("Who"), T("Records"), T("What was done"))
    rows = [
        (str(one.number), f"{one.when:%Y-%m-%d %H:%M}", one.who, str(one.records), _what(one, lang)) for one in shown
    ]
    write(table([title.in_language(lang) for title in titles], rows, right=(0, 3)))
    if len(shown) < len(found):
        write(T("{count} earlier changes; list them with --newest 0.", count=len(found) - len(shown)).in_language(lang))
    return GOOD


def _what(one: Heading, lang: str) -> str:
    notes = []
    if one.merge:
        notes.append(T("of a copy, merged by entry {merge}", merge=one.merge))
    if one.because:
        notes.append(T("because of finding {finding}", finding=one.because))
    if one.taken_back:
        notes.append(T("taken back"))
    words = " · ".join(note.in_language(lang) for note in notes)
    return f"{one.why.in_language(lang)}  [{words}]" if words else one.why.in_language(lang)


def _plain(one: Heading, lang: str) -> dict[str, Any]:
    return {
        "number": one.number,
        "when": one.when.isoformat(),
        "who": one.who,
        "what": one.why.in_language(lang),
        "records": dict(one.touched),
        "because": one.because,
        "undoes": one.undoes,
        "redoes": one.redoes,
        "taken_back": one.taken_back,
        "final": one.final,
        "merged_by": one.merge,
    }


# ---------------------------------------------------------------------- field by field


def _tell(file: PlantFile | GroupFile, arguments: argparse.Namespace) -> int:
    words, key = _words(file, arguments.lang_ui), arguments.record
    entries = (file.entry(arguments.entry),) if key is None else _entries_of(file, key)
    if arguments.json:
        print_json([_entry_plain(one, words, key) for one in entries])
        return GOOD
    for one in entries:
        change = one.change
        write(f"{one.number}  {change.when:%Y-%m-%d %H:%M}  {change.who}  {change.why.in_language(words.lang)}")
        for told in _entry_plain(one, words, key)["records"]:
            write(f"    {told['name']} ({ACTS[told['act']].in_language(words.lang)})")
            for field in told["fields"]:
                became = f"{field['before']} → {field['after']}"
                write(f"        {labelled(field['field'], became, words.lang)}")
    return GOOD


def _entries_of(file: PlantFile | GroupFile, key: str) -> tuple[Entry, ...]:
    """Of whatever kinds the records of this id are, newest first."""
    from core.errors import UserError
    from core.store.history import kinds_of

    found = [one for kind in kinds_of(file, key) for one in file.history(kind, key)]
    if not found:
        raise UserError(
            T("No change is about a record {id}.", id=key),
            T("Look for its id on its page or in the list of changes."),
        )
    return tuple(sorted(found, key=lambda one: (one.here, one.number), reverse=True))


def _entry_plain(one: Entry, words: Words, key: str | None) -> dict[str, Any]:
    return {
        "number": one.number,
        "when": one.change.when.isoformat(),
        "who": one.change.who,
        "what": one.change.why.in_language(words.lang),
        "merged_by": one.merge,
        "records": [
            {
                "kind": step.kind,
                "id": step.id,
                "name": record_said(words, step),
                "act": act_said(step),
                "fields": [{"field": d.field, "before": d.before, "after": d.after} for d in differences(words, step)],
            }
            for step in one.change.steps
            if key in (None, step.id)
        ],
    }


def _words(file: PlantFile | GroupFile, lang: str) -> Words:
    from core.audit.merge_words import Words
    from core.library import load_library

    return Words((records_of(file),), load_library(), lang)


# ---------------------------------------------------------------------- back


def _go_back(file: PlantFile | GroupFile, arguments: argparse.Namespace) -> int:
    from core.store.history import to_return, to_take_back

    records, lang = records_of(file), arguments.lang_ui
    one = arguments.undo is not None
    way = to_take_back(file, records, arguments.undo) if one else to_return(file, records, arguments.back_to)
    if not arguments.dry_run:
        append(file, arguments, way.why, way.steps)
    if arguments.json:
        print_json({"what": way.why.in_language(lang), "entries": list(way.entries), "records": len(way.steps),
                    "done": not arguments.dry_run})  # fmt: skip
        return GOOD
    write(way.why.in_language(lang))
    words = _words(file, lang)
    for step in way.steps:
        write(f"    {record_said(words, step)} ({ACTS[act_said(step)].in_language(lang)})")
        for difference in differences(words, step) if act_said(step) == "changed" else ():
            write(f"        {difference}")
    if arguments.dry_run:
        write(T("Nothing was changed.").in_language(lang))
    return GOOD
