"""``audit merge``: a colleague's copy of the file joins, and what both changed differently is decided."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from core.audit.merge_words import Words
from core.cli.common import GOOD, NO, Commands, command, now, person, print_json, table, write
from core.errors import UserError
from core.i18n import T, verbatim
from core.ledger.merging import OURS, THEIRS, Comparison
from core.ledger.merging_join import Conflict
from core.ledger.merging_parts import ALL, LEAD, RECORD, parts_of
from core.library import load_library
from core.library.record_words import kind_name
from core.store import Found, PlantFile, look, merging

_RECORD = "record"
"""How the command line calls the part that says whether a record stays."""


def add_commands(commands: Commands, lang: str) -> None:
    """Register the command."""
    words = T("Merge a colleague's copy of the file: what each changed joins, what both changed is decided.")
    parser = command(commands, "merge", words, run_merge, lang)
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("other", type=Path, metavar="OTHER.plant")
    parser.add_argument("--take", choices=(OURS, THEIRS),
                        help=T("Which copy holds where nothing else is decided.").in_language(lang))  # fmt: skip
    parser.add_argument("--decide", action="append", default=[], metavar="KIND:ID:FIELD=ours|theirs",
                        help=T("One decision; as often as needed.").in_language(lang))  # fmt: skip
    parser.add_argument("--dry-run", action="store_true", help=T("Check only, change nothing.").in_language(lang))
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--person")


def run_merge(arguments: argparse.Namespace) -> int:
    """Merge as one change; exit code 1 when something is not decided, and nothing is changed then."""
    with (
        PlantFile.open(arguments.file, read_only=arguments.dry_run) as plant,
        look(plant.path, plant.ledger, arguments.other) as found,
    ):
        answers = _answers(found.comparison, arguments)
        waiting = [one for one in found.comparison.conflicts if one.key not in answers]
        entry = 0
        if not waiting and not found.comparison.nothing:
            pending = merging(plant, found, answers, person(arguments), now())
            if not arguments.dry_run:
                pending.write_apart()
                entry = plant.happened(pending).number
        if arguments.json:
            print_json(_to_plain(found, answers, entry, arguments))
        else:
            _print(found, answers, entry, plant, arguments)
    return NO if waiting else GOOD


def _answers(comparison: Comparison, arguments: argparse.Namespace) -> dict[tuple[str, str, str], str]:
    """What is decided: one by one first, then all others alike."""
    asked = {one.key: one for one in comparison.conflicts}
    answers = {key: arguments.take for key in asked if arguments.take}
    for said in arguments.decide:
        what, _, taken = said.rpartition("=")
        kind, _, rest = what.partition(":")
        name, _, field = rest.rpartition(":")
        key = (kind, name, _part(kind, field))
        if taken not in (OURS, THEIRS) or key not in asked:
            raise UserError(
                T("There is nothing to decide like “{what}”.", what=verbatim(said)),
                T("Write KIND:ID:FIELD=ours or =theirs, as the command lists them without a decision."),
            )
        answers[key] = taken
    return answers


def _part(kind: str, field: str) -> str:
    """The part a field belongs to, for it is decided with the others of it."""
    if field == _RECORD:
        return RECORD
    if (kind, field) in (("engagement", "team"), ("engagement", LEAD)):
        return LEAD
    try:
        return next((part for part, names in parts_of(kind).items() if field in (*names, part)), field)
    except KeyError:
        return field


def _field(conflict: Conflict) -> str:
    """How a decision names what is decided."""
    if conflict.part == ALL:
        return conflict.fields[0]
    return conflict.part or _RECORD


def _to_plain(
    found: Found, answers: Mapping[tuple[str, str, str], str], entry: int, arguments: argparse.Namespace
) -> dict[str, Any]:
    comparison = found.comparison
    return {
        "file": str(arguments.file),
        "other": str(arguments.other),
        "dry_run": arguments.dry_run,
        "merged": entry > 0,
        "entry": entry or None,
        "nothing_new": comparison.nothing,
        "people": comparison.people,
        "joins": {
            kind: {"added": one.added, "changed": one.changed, "deleted": one.deleted, "renamed": one.renamed}
            for kind, one in comparison.counted().items()
        },
        "renamed": [
            {"kind": one.kind, "copy": OURS if one.ours else THEIRS, "before": one.before, "after": one.after}
            for one in comparison.renames
            if one.before != one.after
        ],
        "blobs": {"count": len(found.blobs), "bytes": found.size},
        "conflicts": [_conflict_to_plain(one, answers.get(one.key)) for one in comparison.conflicts],
    }


def _conflict_to_plain(conflict: Conflict, taken: str | None) -> dict[str, Any]:
    (ours_by, ours_at), (theirs_by, theirs_at) = conflict.ours_by, conflict.theirs_by
    return {
        "kind": conflict.kind,
        "id": conflict.id,
        "field": _field(conflict),
        "fields": list(conflict.fields),
        "base": _said(conflict, conflict.base),
        "ours": _said(conflict, conflict.ours),
        "theirs": _said(conflict, conflict.theirs),
        "ours_by": ours_by,
        "ours_at": ours_at.isoformat(),
        "theirs_by": theirs_by,
        "theirs_at": theirs_at.isoformat(),
        "proposed": conflict.proposed or None,
        "taken": taken,
    }


def _said(conflict: Conflict, plain: Mapping[str, Any] | None) -> dict[str, Any] | None:
    return None if plain is None else {name: plain[name] for name in conflict.fields if name in plain}


def _print(
    found: Found,
    answers: Mapping[tuple[str, str, str], str],
    entry: int,
    plant: PlantFile,
    arguments: argparse.Namespace,
) -> None:
    lang, comparison = arguments.lang_ui, found.comparison
    if comparison.nothing:
        write(T("The copy holds nothing that this file does not.").in_language(lang))
        return
    for line in _joining(found, lang):
        write(line)
    waiting = [one for one in comparison.conflicts if one.key not in answers]
    if waiting:
        words = Words((plant.ledger, found.theirs), load_library(), lang)
        heads = [T("Decide"), T("What"), T("Originally"), T("This file"), T("The copy")]
        rows = [list(_row(one, words)) for one in waiting]
        write(table([one.in_language(lang) for one in heads], rows, ()))
        message = T("Both copies changed the same, and nobody decided: {count}.", count=len(waiting))
    elif entry:
        message = T("Merged as entry {number} of the journal.", number=entry)
    else:
        message = T("Nothing was changed (dry run).")
    write(message.in_language(lang))


def _joining(found: Found, lang: str) -> Iterator[str]:
    for kind, one in found.comparison.counted().items():
        yield T("{kind}: {added} added, {changed} changed, {deleted} deleted, {renamed} with another id",
                kind=kind_name(kind), added=one.added, changed=one.changed, deleted=one.deleted,
                renamed=one.renamed).in_language(lang)  # fmt: skip
    for who, count in found.comparison.people.items():
        yield T("{name}, changes: {count}", name=verbatim(who), count=count).in_language(lang)


def _row(conflict: Conflict, words: Words) -> Iterator[str]:
    yield f"{conflict.kind}:{conflict.id}:{_field(conflict)}"
    yield f"{words.of(conflict)}, {words.fields(conflict)}"
    yield _line(words.side(conflict, conflict.base))
    for plain, (who, when) in ((conflict.ours, conflict.ours_by), (conflict.theirs, conflict.theirs_by)):
        yield f"{_line(words.side(conflict, plain))} ({who}, {when:%Y-%m-%d %H:%M})"


def _line(text: str) -> str:
    return text.replace("\n", "; ")
