"""Acts of the kinds of records that people enter: ``add``, ``change``, ``remove``, ``list``, ``import``, ``export``.

They work on a plant file and on a group file alike.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from core.cli.because import add_because, confirm
from core.cli.common import GOOD, NO, Commands, command, now, person, print_json, table, write
from core.entering.forms import NUMBERS, Entered, Form, Forms, ordered
from core.entering.keeping import adding, keeping, removing
from core.entering.plant import FORMS
from core.entering.tables import read_table, taking_up, write_table
from core.entering.words import made, shown
from core.errors import UserError
from core.i18n import T, Text, labelled
from core.inventory.judging import Decision
from core.ledger import Change, to_plain
from core.ledger.filing import Records
from core.ledger.records import Record
from core.library.record_words import field_name, kind_name
from core.store import PlantFile

Act: TypeAlias = "Callable[[Records], Decision]"
Run: TypeAlias = "Callable[[argparse.Namespace], int]"
WIDEST = 48
"""Characters of a cell in a list."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A sort of file, and how it is read and changed."""

    forms: Forms
    metavar: str
    read: Callable[[Path], Records]
    """What it holds."""
    change: Callable[[argparse.Namespace, Act], Decision]
    """Makes one change of the file ``arguments.file``; what cannot be is refused as input."""
    begun: Callable[[Path], Records] | None = None
    """What is held where a file need not exist yet; None: it must."""
    before: bool = False
    """Whether the file stands before the act, as in ``office plant GROUP add``."""
    because: bool = False
    """Whether a change may name a finding of the audit."""


def of_plant(path: Path) -> Records:
    """The records of a plant file."""
    with PlantFile.open(path, read_only=True) as plant:
        return plant.ledger


def in_plant(arguments: argparse.Namespace, act: Act) -> Decision:
    """One change of a plant file, which the state of an audit may refuse."""
    with PlantFile.open(arguments.file) as plant:
        decision = act(plant.ledger)
        if decision.steps:
            confirm(plant, Change(person(arguments), now(), decision.why, decision.steps), arguments)
    return decision


PLANT = Kept(FORMS, "FILE", of_plant, in_plant, because=True)


def add_record_commands(
    commands: Commands, names: Mapping[str, str], lang: str, kept: Kept = PLANT
) -> dict[str, Commands]:
    """Register one command for each kind of record, with its acts; gives the acts of each, to which more may be added.

    Parameters
    ----------
    commands
        where to.
    names
        kind of record by the name of its command, ``{"instrument": "instrument", "option": "supply_option"}``.
    lang
        of the help.
    kept
        the sort of file.
    """
    return {name: _add(commands, name, kept.forms[kind], lang, kept) for name, kind in names.items()}


def _add(commands: Commands, name: str, form: Form, lang: str, kept: Kept) -> Commands:
    said = form.explained.in_language(lang)
    parser = commands.add_parser(name, help=said, description=said)
    if kept.before:
        parser.add_argument("file", type=Path, metavar=kept.metavar)
    parser.set_defaults(kind=form.kind, kept=kept)
    acts = parser.add_subparsers(metavar="ACT", required=True)
    if form.single:
        _fields(_act(acts, "change", T("Change what is entered."), run_change, lang, kept), form, lang, new=False)
        add_act(acts, "show", T("Show what is entered."), run_list, lang, kept, changes=False)
    else:
        _fields(_act(acts, "add", T("Add one."), run_add, lang, kept), form, lang, new=True)
        changed = _act(acts, "change", T("Change what is entered."), run_change, lang, kept)
        changed.add_argument("id", metavar="ID")
        _fields(changed, form, lang, new=False)
        taken = _act(acts, "remove", T("Remove what nothing else names."), run_remove, lang, kept)
        taken.add_argument("ids", nargs="+", metavar="ID")
        add_act(acts, "list", T("List what is entered."), run_list, lang, kept, changes=False)
        brought = _act(acts, "import", T("Take up a table in csv or xlsx."), run_import, lang, kept)
        brought.add_argument("table", type=Path, metavar="TABLE")
        written = add_act(acts, "export", T("Write a table in csv or xlsx."), run_export, lang, kept, changes=False)
        written.add_argument("out", type=Path, metavar="OUT")
    return acts


def add_act(
    acts: Commands, name: str, words: Text, run: Run, lang: str, kept: Kept, *, changes: bool = True
) -> argparse.ArgumentParser:
    """One more act of a kind of record, with ``--json``, and ``--person`` where it changes something."""
    parser = command(acts, name, words, run, lang)
    if not kept.before:
        parser.add_argument("file", type=Path, metavar=kept.metavar)
    parser.add_argument("--json", action="store_true")
    if changes or kept.before:  # office takes it everywhere, since people type it before they think
        parser.add_argument("--person")
    if changes and kept.because:
        add_because(parser, lang)
    return parser


_act = add_act


def _fields(parser: argparse.ArgumentParser, form: Form, lang: str, *, new: bool) -> None:
    for one in form.fields:
        if one.key == "id" and not new:
            continue  # it says which one is changed
        needed = new and one.required and not form.has_usual(one.key)
        words = field_name(form.kind, one.key).in_language(lang)
        if one.hint is not None:
            words = labelled(words, one.hint.in_language(lang), lang)
        parser.add_argument(f"--{_option(one)}", dest=f"said_{one.key}", required=needed, metavar=_meta(one),
                            help=words.replace("%", "%%"))  # fmt: skip


def _option(one: Entered) -> str:
    """The id of a record is said by the word that people have for it."""
    return one.also[0] if one.key == "id" and one.also else one.key.replace("_", "-")


_METAS = {"first": "DATE", "last": "DATE", "day": "DATE", "until": "DATE", "number": "NUMBER", "whole": "NUMBER",
          "flag": "yes|no", "country": "XX", "currency": "XXX", "names": "NAME;NAME", "records": "NAME;NAME",
          "pairs": "KEY=NUMBER;…", "rows": "CELL|CELL;…", "text": "TEXT", "long": "TEXT"}  # fmt: skip


def _meta(one: Entered) -> str:
    # What is data is not read for the sake of a help that nobody may ask for.
    keys = [] if callable(one.choices) or one.form not in ("choice", "choices") else [key for key in one.choices if key]
    if keys and len(keys) <= MOST_CHOICES:
        return "|".join(keys) if one.form == "choice" else ";".join(keys)
    return _METAS.get(one.form, "NAME")


MOST_CHOICES = 10
"""That stand in the help; of more the refusal names them."""


def _said(arguments: argparse.Namespace) -> dict[str, object]:
    fields = _form(arguments).fields
    found = {one.key: getattr(arguments, f"said_{one.key}", None) for one in fields}
    return {key: value for key, value in found.items() if value is not None}


def _form(arguments: argparse.Namespace) -> Form:
    form: Form = arguments.kept.forms[arguments.kind]
    return form


# ---------------------------------------------------------------------- acts


def run_add(arguments: argparse.Namespace) -> int:
    """Enter one record."""
    form, forms = _form(arguments), arguments.kept.forms
    return changed(arguments, lambda records: adding(records, forms, made(records, form, _said(arguments))))


def run_change(arguments: argparse.Namespace) -> int:
    """Change what was named; the rest stays."""
    form, forms = _form(arguments), arguments.kept.forms
    key = form.single or arguments.id

    def act(records: Records) -> Decision:
        if not form.single and records.get(form.kind, key) is None:
            raise UserError(
                T("There is no {kind} “{id}”.", kind=kind_name(form.kind), id=key), T("Look into the list.")
            )
        return keeping(records, forms, made(records, form, _said(arguments), key))

    return changed(arguments, act)


def run_remove(arguments: argparse.Namespace) -> int:
    """All of them or none."""
    return changed(arguments, lambda records: removing(records, arguments.kept.forms, arguments.kind, arguments.ids))


def run_import(arguments: argparse.Namespace) -> int:
    """Exit code 1 with each refused cell when the table cannot be taken up."""
    lang, kept = arguments.lang_ui, arguments.kept
    new = kept.begun is not None and not arguments.file.exists()
    records = (kept.begun if new else kept.read)(arguments.file)
    found = read_table(arguments.table, records, kept.forms, arguments.kind)
    if found.refused:
        if arguments.json:
            print_json({"changed": [], "refused": [one.message.in_language(lang) for one in found.refused]})
        for one in () if arguments.json else found.refused:
            write(one.message.in_language(lang))
        return NO
    return changed(arguments, lambda held: taking_up(found, held, kept.forms))


def run_export(arguments: argparse.Namespace) -> int:
    """In the form that can be imported again."""
    write_table(arguments.out, arguments.kept.read(arguments.file), _form(arguments))
    return GOOD


def changed(arguments: argparse.Namespace, act: Act) -> int:
    """Make a change and say what became of it."""
    decision = arguments.kept.change(arguments, act)
    if arguments.json:
        plain = [to_plain(step.after) if step.after else {"id": step.id} for step in decision.steps]
        print_json({"changed": plain, "refused": []})
    elif decision.steps:
        ids = ", ".join(step.id for step in decision.steps)
        write(f"{ids}: {decision.why.in_language(arguments.lang_ui)}")
    else:
        write(T("Nothing differs.").in_language(arguments.lang_ui))
    return GOOD


def run_list(arguments: argparse.Namespace) -> int:
    """Exit code 1 when nothing is entered."""
    records, form = arguments.kept.read(arguments.file), _form(arguments)
    held = ordered(records, form)
    if arguments.json:
        print_json([to_plain(one) for one in held])
    elif not held:
        write(T("Nothing is entered yet.").in_language(arguments.lang_ui))
    else:
        write(listed(records, form, held, arguments.lang_ui))
    return GOOD if held else NO


def listed(records: Records, form: Form, held: Iterable[Record], lang: str) -> str:
    """Records as a table, without the columns in which nobody has said anything."""
    rows = [[one.id, *(_cell(records, field, one, lang) for field in form.fields)] for one in held]
    heads = ["", *(field_name(form.kind, field.key).in_language(lang) for field in form.fields)]
    numbers = {place for place, field in enumerate(form.fields, 1) if field.form in NUMBERS}
    said = [place for place in range(len(heads)) if any(row[place] not in ("", "0") for row in rows)]
    right = [place for place, column in enumerate(said) if column in numbers]
    return table([heads[place] for place in said], [[row[place] for place in said] for row in rows], right)


def _cell(records: Records, one: Entered, record: Record, lang: str) -> str:
    words = " ".join(shown(records, one, getattr(record, one.key), lang).split())
    return words if len(words) <= WIDEST else f"{words[: WIDEST - 1]}…"
