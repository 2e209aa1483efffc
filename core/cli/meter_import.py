"""What ``meter import`` does: a file is looked at, what it does not say is asked, and it is taken up as one change."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from core.cli.because import confirm
from core.cli.common import BAD_INPUT, GOOD, library_of_plant, now, person, print_json, table, write
from core.cli.energy import meter_of
from core.cli.fields import pair
from core.cli.meter_mapping import ANSWERS, altered, open_questions
from core.errors import UserError
from core.exchange.series import (
    Column,
    Guess,
    Look,
    Parsed,
    Planned,
    Preview,
    Question,
    change_of,
    guess,
    look,
    parse,
    preview,
    proposed_meter,
)
from core.exchange.series import Mapping as FileMapping
from core.exchange.series.meters import meters_of
from core.i18n import LANGUAGES, T, Text, verbatim
from core.ledger import Ledger, Meter
from core.series import zone_of
from core.store import PlantFile

SHOWN = 20
"""Refusals that are printed; all are counted, and the JSON has as many as are kept."""


@dataclass(frozen=True, slots=True, eq=False)
class Read:
    """How far a file came."""

    proposed: Guess
    """With the answers of the options in its mapping, and the questions that are left."""
    seen: Preview | None = None
    """None while questions are open."""
    problem: UserError | None = None
    """Why it is not imported."""
    imported: bool = False
    made: Mapping[str, str] = field(default_factory=dict)
    """By name of a column the id of the meter that was made for it."""

    @property
    def nothing_new(self) -> bool:
        """Whether the plant knows all of it."""
        wanted = [one for one in self.seen.columns if one.meter is not None] if self.seen is not None else []
        whole = self.seen is not None and not self.seen.parsed.refused_total
        return bool(wanted) and whole and not any(
            one.added or one.changed or one.conflicts or one.problem for one in wanted
        )  # fmt: skip

    @property
    def good(self) -> bool:
        """Whether it is taken up, or could be."""
        return self.nothing_new or (self.seen is not None and self.problem is None)


def run(arguments: argparse.Namespace) -> int:
    """Import a file, ask what must be known first, or say why not."""
    with PlantFile.open(arguments.file, read_only=arguments.dry_run) as plant:
        found = _read(plant, arguments)
    if arguments.json:
        print_json(_to_plain(found, arguments))
    else:
        _print(found, arguments)
    return GOOD if found.good else BAD_INPUT


def _read(plant: PlantFile, arguments: argparse.Namespace) -> Read:
    proposed = _proposed(plant.ledger, arguments)
    if proposed.questions:
        return Read(proposed)
    parsed = parse(arguments.data, proposed.mapping, zone_of(plant.ledger.plant))
    seen = _previewed(parsed, plant, arguments)
    found = Read(proposed, seen)
    if found.nothing_new:
        return found
    try:
        change, blobs = change_of(
            seen, plant.ledger, person(arguments), now(), without_refused=arguments.without_refused
        )
    except UserError as problem:
        return Read(proposed, seen, problem)
    if not arguments.dry_run:
        confirm(plant, change, arguments, blobs)
    made = {
        dict(step.after.mapping)["column"]: step.id
        for step in change.steps
        if isinstance(step.after, Meter) and step.before is None
    }
    return Read(proposed, seen, imported=not arguments.dry_run, made=made)


def _proposed(ledger: Ledger, arguments: argparse.Namespace) -> Guess:
    """As files of this form were read last time, else as the file looks, with what the options say."""
    said = dict(pair(word, "label=left") for word in arguments.set)
    seen = look(arguments.data, said.get("sheet", ""), _separator(said))
    proposed = _guessed(seen, ledger, said)
    mapping = altered(proposed.mapping, said, seen)
    return Guess(mapping, proposed.reasons, open_questions(proposed.questions, said, mapping))


def _guessed(seen: Look, ledger: Ledger, said: Mapping[str, str]) -> Guess:
    try:
        return guess(seen, zone_of(ledger.plant), ledger.held(Meter))
    except UserError:
        if "columns" not in said:
            raise
        return Guess(FileMapping(), (), ())  # the person says it all


def _separator(said: Mapping[str, str]) -> str:
    text = said.get("separator", "")
    return "\t" if text == "tab" else text


def _previewed(parsed: Parsed, plant: PlantFile, arguments: argparse.Namespace) -> Preview:
    targets = _targets(parsed.columns, plant.ledger, arguments)
    new: dict[str, Meter] = {}
    if arguments.new:
        known = meters_of(parsed, plant.ledger.held(Meter))
        homeless = [one for one in parsed.columns if one.name not in targets and known[one.name][0] is None]
        new = {one.name: proposed_meter(one) for one in homeless}
    units = library_of_plant(plant).units
    return preview(parsed, plant.ledger, plant.blob, units, targets=targets, new=new, overwrite=arguments.overwrite)


def _targets(columns: Sequence[Column], ledger: Ledger, arguments: argparse.Namespace) -> dict[str, str]:
    """By name of a column the id of its meter, or empty."""
    names = [column.name for column in columns]
    if arguments.to:
        if len(names) != 1:
            raise UserError(
                T("The file has several columns: {names}.", names=[verbatim(name) for name in names]),
                T("Say with --column NAME=ID which of them belongs to which meter."),
            )
        return {names[0]: meter_of(ledger, arguments.to).id}
    found: dict[str, str] = {}
    for word in arguments.column:
        # The name of a column may have a sign of equality in itself, an id has none.
        name, sign, key = word.rpartition("=")
        if not sign or name not in names:
            raise UserError(
                T("The file has no column “{name}”.", name=verbatim(name or word)),
                T("Choose one of: {choices}.", choices=[verbatim(one) for one in names]),
            )
        found[name] = meter_of(ledger, key.strip()).id if key.strip() else ""
    return found


# ---------------------------------------------------------------------- JSON


def _to_plain(found: Read, arguments: argparse.Namespace) -> dict[str, Any]:
    lang, seen = arguments.lang_ui, found.seen
    columns = () if seen is None else seen.columns
    return {
        "file": arguments.data.name,
        "sha256": None if seen is None else seen.parsed.sha256,
        "dry_run": arguments.dry_run,
        "imported": found.imported,
        "mapping": dict(found.proposed.mapping.pairs),
        "reasons": [reason.in_language(lang) for reason in found.proposed.reasons],
        "questions": [
            {"field": one.field, "text": one.text.in_language(lang), "answers": list(ANSWERS[one.field])}
            for one in found.proposed.questions
        ],
        "rows": 0 if seen is None else seen.parsed.rows,
        "columns": [_column_to_plain(one, found.made, lang) for one in columns],
        **_counts(found),
        "refusals": [] if seen is None else [
            {"row": one.row, "column": one.column, "reason": one.reason.in_language(lang),
             "remedy": one.remedy.in_language(lang)}
            for one in seen.parsed.refused
        ],
        "already": [] if seen is None else list(seen.already),
        "problem": None if found.problem is None else {
            "message": found.problem.message.in_language(lang),
            "remedy": "" if found.problem.remedy is None else found.problem.remedy.in_language(lang),
        },
    }  # fmt: skip


def _counts(found: Read) -> dict[str, int]:
    wanted = [] if found.seen is None else [one for one in found.seen.columns if one.meter is not None]
    return {
        "new": sum(one.added for one in wanted),
        "same": sum(one.same for one in wanted),
        "changed": sum(one.changed for one in wanted),
        "conflicts": sum(one.conflicts for one in wanted),
        "refused": 0 if found.seen is None else found.seen.parsed.refused_total,
    }


def _column_to_plain(one: Planned, made: Mapping[str, str], lang: str) -> dict[str, Any]:
    column, meter = one.column, one.meter
    return {
        "name": column.name,
        "quantity": column.value.quantity,
        "unit": column.value.unit,
        "label": column.label,
        "step_s": column.step,
        "values": column.values,
        "missing": column.missing,
        "meter": None if meter is None else meter.id or made.get(column.name),
        "meter_name": None if meter is None else meter.name,
        "fresh": one.fresh,
        "why": {each: one.why.in_language(each) for each in LANGUAGES},
        "new": one.added,
        "same": one.same,
        "changed": one.changed,
        "conflicts": one.conflicts,
        "notes": [note.in_language(lang) for note in one.notes],
        "problem": None if one.problem is None else one.problem.text(lang),
    }


# ---------------------------------------------------------------------- text


def _print(found: Read, arguments: argparse.Namespace) -> None:
    lang = arguments.lang_ui
    for reason in found.proposed.reasons:
        write(f"- {reason.in_language(lang)}")
    if found.proposed.questions:
        _ask(found.proposed.questions, lang)
        return
    assert found.seen is not None
    _print_columns(found, lang)
    for sentence in (*_about_refusals(found.seen), _outcome(found, arguments)):
        write(sentence.in_language(lang))


def _ask(questions: Sequence[Question], lang: str) -> None:
    write(T("The file does not say all that must be known. Nothing was changed.").in_language(lang))
    for one in questions:
        write(f"? {one.text.in_language(lang)}")
        for answer in ANSWERS[one.field]:
            write(f"    --set {answer}")


def _print_columns(found: Read, lang: str) -> None:
    columns = () if found.seen is None else found.seen.columns
    heads = (T("Column"), T("Meter"), T("Reads"), T("New"), T("Same"), T("Changed"), T("Not taken"))
    rows = [
        [
            one.column.name,
            _meter_shown(one, found.made, lang),
            f"{one.column.value.quantity} {one.column.value.unit}",
            *(f"{count:,}" for count in (one.added, one.same, one.changed, one.conflicts)),
        ]
        for one in columns
    ]
    write(table([head.in_language(lang) for head in heads], rows, (3, 4, 5, 6)))
    for one in columns:
        said: list[Text] = [one.why, *one.notes] if one.meter is None else [*one.notes]
        for note in said:
            words = T("{name}: {words}", name=verbatim(one.column.name), words=note)
            write(f"- {words.in_language(lang)}")
        if one.problem is not None:
            write(f"- {one.column.name}: {one.problem.text(lang)}")


def _meter_shown(one: Planned, made: Mapping[str, str], lang: str) -> str:
    if one.meter is None:
        return T("left out").in_language(lang)
    name, key = verbatim(one.meter.name), one.meter.id or made.get(one.column.name, "")
    if one.fresh:
        return T("{name} (new, {id})", name=name, id=key).in_language(lang) if key else T(
            "{name} (new)", name=name).in_language(lang)  # fmt: skip
    return T("{name} ({id})", name=name, id=key).in_language(lang)


def _about_refusals(seen: Preview) -> Iterator[Text]:
    for refused in seen.parsed.refused[:SHOWN]:
        yield refused.message
    more = seen.parsed.refused_total - SHOWN
    if more > 0:
        yield T("{count} more values are refused.", count=f"{more:,}")
    differing = sum(one.conflicts for one in seen.columns)
    if differing:
        yield T("{count} values differ from those that are there and are not taken; --overwrite takes them.",
                count=f"{differing:,}")  # fmt: skip


def _outcome(found: Read, arguments: argparse.Namespace) -> Text:
    if found.nothing_new:
        return T("The plant has all of these values already; nothing was changed.")
    if found.problem is not None:
        remedy = found.problem.remedy or T("Nothing was changed.")
        return T("{message} {remedy}", message=found.problem.message, remedy=remedy)
    counts = {key: f"{count:,}" for key, count in _counts(found).items()}
    if arguments.dry_run:
        return T("{new} new values, {changed} corrections. Nothing was changed (dry run).", new=counts["new"],
                 changed=counts["changed"])  # fmt: skip
    return T("Imported as one change: {new} new values, {changed} corrections.", new=counts["new"],
             changed=counts["changed"])  # fmt: skip
