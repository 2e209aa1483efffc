"""``office group|company|plant|stake|transfer|figure|deadline``: what head office itself says of the group."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from core.cli.common import GOOD, NO, Commands, command, now, person, print_json, table, write
from core.cli.office._opened import opened
from core.errors import UserError
from core.group.register.checks import GROUP_ID
from core.group.register.entering import keeping, removing
from core.group.register.fields import FIELDS, Entered
from core.group.register.tables import read_register, taking_reported, taking_up, write_register
from core.group.register.words import has_usual, made, shown
from core.i18n import T, Text
from core.inventory.judging import Decision
from core.ledger import Change, Register, to_plain
from core.ledger.records import Record
from core.library.record_words import field_name
from core.store import GroupFile

KINDS: dict[str, tuple[str, Text]] = {
    "group": ("group", T("The group itself: name, approach, base year, limits.")),
    "company": ("company", T("Companies of the group.")),
    "plant": ("site", T("Plants of the group and the names they report under.")),
    "stake": ("stake", T("Who holds and controls a company or a plant, by date.")),
    "transfer": ("transfer", T("Energy and goods from one own plant to another.")),
    "figure": ("site_figure", T("Headcount, revenue, production of plants.")),
    "deadline": ("deadline", T("The day by which the reports of a year are due.")),
}
"""Kind of record and help, by the name of the command."""
Run = Callable[[argparse.Namespace], int]


def add_commands(commands: Commands, lang: str) -> None:
    """Register one command for each kind of record."""
    for name, (kind, words) in KINDS.items():
        said = words.in_language(lang)
        parser = commands.add_parser(name, help=said, description=said)
        parser.add_argument("group", type=Path, metavar="GROUP")
        parser.set_defaults(kind=kind)
        acts = parser.add_subparsers(metavar="ACT", required=True)
        changed = _changing(acts, "change", T("Change what is entered."), run_change, lang, kind)
        if kind == GROUP_ID:
            _listing(acts, "show", T("Show what is entered."), run_list, lang)
            continue
        changed.add_argument("id", metavar="ID")
        _changing(acts, "add", T("Add one."), run_add, lang, kind)
        taken = _listing(acts, "remove", T("Remove what nothing else names."), run_remove, lang)
        taken.add_argument("ids", nargs="+", metavar="ID")
        _listing(acts, "list", T("List what is entered."), run_list, lang)
        brought = _listing(acts, "import", T("Take up a table in csv or xlsx."), run_import, lang)
        brought.add_argument("table", type=Path, metavar="TABLE")
        written = command(acts, "export", T("Write a table in csv or xlsx."), run_export, lang)
        written.add_argument("out", type=Path, metavar="OUT")
        if kind == "site":
            _listing(acts, "add-reported", T("Add every plant that has reported."), run_reported, lang)


def _listing(acts: Commands, name: str, words: Text, run: Run, lang: str) -> argparse.ArgumentParser:
    made_parser = command(acts, name, words, run, lang)
    made_parser.add_argument("--json", action="store_true")
    made_parser.add_argument("--person")
    return made_parser


def _changing(acts: Commands, name: str, words: Text, run: Run, lang: str, kind: str) -> argparse.ArgumentParser:
    parser = _listing(acts, name, words, run, lang)
    for one in FIELDS[kind]:
        option = "year" if one.key == "id" else one.key.replace("_", "-")
        needed = name == "add" and one.required and not has_usual(kind, one.key)
        parser.add_argument(f"--{option}", dest=f"said_{one.key}", required=needed, metavar=_meta(one),
                            help=field_name(kind, one.key).in_language(lang).replace("%", "%%"))  # fmt: skip
    return parser


def _meta(one: Entered) -> str:
    if one.form == "choice":
        return "|".join(key for key in one.choices if key)
    metas = {"first": "DATE", "last": "DATE", "day": "DATE", "number": "NUMBER", "whole": "NUMBER", "flag": "yes|no",
             "country": "XX", "names": "NAME;NAME"}  # fmt: skip
    return metas.get(one.form, "NAME")


def _said(arguments: argparse.Namespace) -> dict[str, object]:
    fields = FIELDS[arguments.kind]
    found = {one.key: getattr(arguments, f"said_{one.key}", None) for one in fields}
    return {key: value for key, value in found.items() if value is not None}


# ---------------------------------------------------------------------- acts


def run_add(arguments: argparse.Namespace) -> int:
    """Enter one record; a file that does not exist is begun."""

    def act(register: Register) -> Decision:
        one = made(register, arguments.kind, _said(arguments))
        if register.get(arguments.kind, one.id) is not None:
            raise UserError(T("“{id}” is there already.", id=one.id), T("Change that one."))
        return keeping(register, one)

    return _confirm(arguments, act)


def run_change(arguments: argparse.Namespace) -> int:
    """Change what was named; the rest stays."""
    key = GROUP_ID if arguments.kind == GROUP_ID else arguments.id

    def act(register: Register) -> Decision:
        if arguments.kind != GROUP_ID and register.get(arguments.kind, key) is None:
            raise UserError(T("“{id}” is not in the register.", id=key), T("Look into the list."))
        return keeping(register, made(register, arguments.kind, _said(arguments), key))

    return _confirm(arguments, act)


def run_remove(arguments: argparse.Namespace) -> int:
    """All of them or none."""
    return _confirm(arguments, lambda register: removing(register, arguments.kind, arguments.ids))


def run_reported(arguments: argparse.Namespace) -> int:
    """Enter the plants of all accepted reports."""
    with opened(arguments.group) as group:
        filed = group.all()
    return _confirm(arguments, lambda register: taking_reported(register, filed))


def run_import(arguments: argparse.Namespace) -> int:
    """Exit code 1 with each refused cell when the table cannot be taken up."""
    lang = arguments.lang_ui
    found = read_register(arguments.table, arguments.kind, _held(arguments.group))
    if found.refused:
        if arguments.json:
            print_json({"changed": [], "refused": [one.message.in_language(lang) for one in found.refused]})
        for one in () if arguments.json else found.refused:
            write(one.message.in_language(lang))
        return NO
    return _confirm(arguments, lambda register: taking_up(found, register))


def _held(path: Path) -> Register:
    """Of a file that need not exist yet."""
    if not path.exists():
        return Register()
    with GroupFile.open(path) as group:
        return group.register


def run_export(arguments: argparse.Namespace) -> int:
    """In the form that can be imported again."""
    with opened(arguments.group) as group:
        write_register(arguments.out, arguments.kind, group.register)
    return GOOD


def _confirm(arguments: argparse.Namespace, act: Callable[[Register], Decision]) -> int:
    """One change; what cannot be is refused as input, and a file that was begun for it is taken away again."""
    new = not arguments.group.exists()
    try:
        with GroupFile.open(arguments.group) as group:
            decision = act(group.register)
            if decision.steps:
                group.append(Change(person(arguments), now(), decision.why, decision.steps))
    except UserError:
        if new:
            arguments.group.unlink(missing_ok=True)
        raise
    changed = [to_plain(step.after) if step.after else {"id": step.id} for step in decision.steps]
    if arguments.json:
        print_json({"changed": changed, "refused": []})
    elif decision.steps:
        ids = ", ".join(step.id for step in decision.steps)
        write(f"{ids}: {decision.why.in_language(arguments.lang_ui)}")
    else:
        write(T("Nothing differs.").in_language(arguments.lang_ui))
    return GOOD


def run_list(arguments: argparse.Namespace) -> int:
    """Exit code 1 when nothing is entered."""
    with opened(arguments.group) as group:
        register = group.register
    held = tuple(register.records[arguments.kind].values())
    if arguments.json:
        print_json([to_plain(one) for one in held])
    elif not held:
        write(T("Nothing is entered yet.").in_language(arguments.lang_ui))
    else:
        fields, lang = FIELDS[arguments.kind], arguments.lang_ui
        heads = ["", *(field_name(arguments.kind, one.key).in_language(lang) for one in fields)]
        right = [place for place, one in enumerate(fields, 1) if one.form in ("number", "whole")]
        write(table(heads, [_row(register, one, fields, lang) for one in held], right))
    return GOOD if held else NO


def _row(register: Register, record: Record, fields: tuple[Entered, ...], lang: str) -> list[str]:
    return [record.id, *(shown(register, one, getattr(record, one.key), lang) for one in fields)]
